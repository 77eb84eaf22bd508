"""Text of a PDF file; ruled tables as rows, pages parted by form feeds."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

from pipeline.reading.errors import ReadingError
from pipeline.reading.hints import Extraction

if TYPE_CHECKING:
    from pdfplumber.page import Page
    from pdfplumber.table import Table
    from pypdfium2 import PdfPage

_MIN_CHARS_A_PAGE = 5
_MIN_RULES = 6
_LINE_END = re.compile(r"\r\n?")


def extract_pdf(data: bytes) -> Extraction:
    """Return the text: pages parted by form feeds, table rows as lines with cells joined by ` | `.

    Raises:
        ReadingError: If the file is damaged, locked, or holds pictures of pages only.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        msg = "the PDF file is damaged or locked by a password; save it again without a password"
        raise ReadingError(msg) from error
    with document:
        pages, ruled = [], []
        for number, page in enumerate(document):
            pages.append(_LINE_END.sub("\n", page.get_textpage().get_text_bounded()).replace("\ufffe", ""))
            if _count_rules(page) >= _MIN_RULES:
                ruled.append(number)
    if sum(len(one.strip()) for one in pages) < _MIN_CHARS_A_PAGE * len(pages):
        msg = "the PDF holds pictures of pages and no text; run OCR first"
        raise ReadingError(msg)
    return Extraction("\n\f\n".join(_with_tables(data, pages, ruled) if ruled else pages), "pdf")


def _count_rules(page: PdfPage) -> int:
    """Count the drawn lines and boxes of a page: a ruled table has many."""
    import pypdfium2.raw as pdfium

    return sum(1 for _ in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=2))


def _with_tables(data: bytes, pages: list[str], ruled: list[int]) -> list[str]:
    """Read the pages that have rules again, with their tables as rows."""
    import pdfplumber

    found = list(pages)
    with pdfplumber.open(io.BytesIO(data), pages=[number + 1 for number in ruled]) as document:
        for number, page in zip(ruled, document.pages, strict=True):
            tables = [one for one in page.find_tables() if len(one.rows) > 1 and len(one.rows[0].cells) > 1]
            if tables:
                found[number] = _page_text(page, sorted(tables, key=lambda one: one.bbox[1]))
    return found


def _page_text(page: Page, tables: list[Table]) -> str:
    """Return text and tables of a page from top to bottom."""
    left, top, right, bottom = page.bbox
    parts: list[str] = []
    for table in tables:
        upper = max(top, table.bbox[1])
        if upper > top:
            parts.append(page.crop((left, top, right, upper)).extract_text())
        parts += [" | ".join((cell or "").replace("\n", "") for cell in row) for row in table.extract()]
        top = min(bottom, table.bbox[3])
    if top < bottom:
        parts.append(page.crop((left, top, right, bottom)).extract_text())
    return "\n".join(part for part in parts if part)
