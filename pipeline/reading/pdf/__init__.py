"""PDF files.

Reading order: `guard` (hostile bytes), `sheets` (one page: `glyphs`, `second`, `doubt`, `rules`, `tables`, `lines`),
`columns`, `edges`, `paragraphs`, `text`, `extraction` (all of it).
"""

from pipeline.reading.pdf.extraction import extract_pdf

__all__ = ["extract_pdf"]
