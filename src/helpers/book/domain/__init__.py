"""What the directives share: ids and links of paragraphs and entries, nodes, citations, tables."""
