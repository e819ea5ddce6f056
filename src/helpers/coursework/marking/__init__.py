"""From a submission to points: rehearse, prepare, execute, record."""
