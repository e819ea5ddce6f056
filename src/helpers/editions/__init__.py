"""The documents and tables in the formats of their field: TEI P5, CSV and Parquet, Croissant, schema.org."""
