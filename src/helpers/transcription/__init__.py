"""Read transcriptions in the layout of the archive: lines, blocks, header, paragraphs."""
