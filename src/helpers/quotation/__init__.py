"""Find quotations in the sources and say what differs, by the published matching contract."""
