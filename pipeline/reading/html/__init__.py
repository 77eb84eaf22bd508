"""Web pages.

Reading order: `tokens`, `node`, `tree` (the page as browsers build it), `style` (hidden, bold, links), `lines` and
`layout` (what it shows, line by line), `tables`, `numbering`, `words`, `prose`, `boxes` and `main` (what of it is the
text), `head`, `extraction` (all of it).
"""

from pipeline.reading.html.extraction import extract_html

__all__ = ["extract_html"]
