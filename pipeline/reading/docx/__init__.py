"""DOCX files, read from their XML.

Reading order: `package` (the archive and its parts), `styles`, `numbering`, `numerals`, `lists` (automatic numbers),
`runs`, `fields`, `symbols`, `inline`, `records`, `passage` (paragraphs), `tables`, `blocks`, `extraction` (all of it).
"""

from pipeline.reading.docx.extraction import extract_docx

__all__ = ["extract_docx"]
