"""How the pages look: nodes as HTML, theme, pictures, metadata, and the scripts in ``static``."""
