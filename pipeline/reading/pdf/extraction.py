"""Text of a PDF file in reading order: characters and rules to lines, tables, columns, paragraphs, pages.

`guard` checks the bytes. `sheets` reads a page: `glyphs` and `second` its characters, `doubt` compares
the two, `rules` and `tables` find its tables, `lines` its lines. `columns` orders them, `edges` parts
running heads, `paragraphs` joins lines, `text` puts the text together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.reading.errors import ReadingError
from pipeline.reading.hints import Extraction
from pipeline.reading.pdf.columns import order_columns
from pipeline.reading.pdf.edges import part_edges
from pipeline.reading.pdf.guard import MAX_INFLATED, MAX_PAGES, check_size
from pipeline.reading.pdf.paragraphs import Block, Leaf, join_paragraphs
from pipeline.reading.pdf.sheets import Sheet, read_sheet
from pipeline.reading.pdf.text import Page, assemble_pages

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

    from pipeline.reading.pdf.second import SecondReader

_MIN_CHARS_A_PAGE = 5
_PASSWORD = 4
_NOTES = {
    "damaged": "cannot be read; the file is damaged there",
    "disagree": "read differently by two extractors, as damaged fonts do; check them against the print",
    "shared": "have fonts that give several characters one name; check them against the print",
    "unreadable": "hold characters that the fonts do not name; run OCR on them",
    "language": "do not read as Chinese, as damaged fonts do; check them against the print",
    "vertical": "are set in upright lines; check their order against the print",
    "hidden": "are pictures with a hidden layer of recognised text; check them against the print",
    "unchecked": "were read by one extractor only",
}


def extract_pdf(data: bytes, max_inflated: int = MAX_INFLATED) -> Extraction:
    """Return the text of a PDF file with its headings, bold runs, merged cells and doubtful pages.

    Args:
        data: The file's bytes.
        max_inflated: Bytes that its streams may take once unpacked.

    Raises:
        ReadingError: If the file is damaged, locked or too large, or holds no text.
    """
    from pipeline.reading.pdf.second import SecondReader

    check_size(data, max_inflated)
    with _open(data) as document:
        second = SecondReader(data)
        sheets = [_read(document, number, second) for number in range(len(document))]
    _check_text(sheets)
    text, hints = assemble_pages(_in_order(sheets), {at for at, one in enumerate(sheets) if one.is_doubtful})
    return Extraction(text, "pdf", hints, _warnings(sheets), "pdf")


def _open(data: bytes) -> PdfDocument:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        msg = "the PDF file is damaged or has no pages; print it to a new PDF"
        # pdfium's code may be left over from an earlier file.
        if error.err_code == _PASSWORD and b"/Encrypt" in data:
            msg = "the PDF is locked by a password; save it again without one"
        raise ReadingError(msg) from error
    n_pages = len(document)
    if not 0 < n_pages <= MAX_PAGES:
        document.close()
        msg = f"the PDF has {n_pages:,} pages, more than {MAX_PAGES:,}; split it"
        raise ReadingError(msg if n_pages else "the PDF has no pages; give another file")
    return document


def _read(document: PdfDocument, number: int, second: SecondReader) -> Sheet:
    import pypdfium2

    again = second.next_page()
    try:
        page = document[number]
    except pypdfium2.PdfiumError:
        return Sheet([], [], 0, 0, frozenset({"damaged"}))
    try:
        return read_sheet(page, again, second.count_shared())
    finally:
        page.close()


def _check_text(sheets: list[Sheet]) -> None:
    """Refuse a file that holds no text that could be read."""
    n_chars, n_unreadable = (sum(one) for one in zip(*((s.n_chars, s.n_unreadable) for s in sheets), strict=True))
    if all("damaged" in one.notes for one in sheets):
        msg = "the PDF file is damaged: none of its pages can be read; print it to a new PDF"
        raise ReadingError(msg)
    if n_chars < _MIN_CHARS_A_PAGE * len(sheets):
        msg = "the PDF holds pictures of pages and no text; run OCR first"
        raise ReadingError(msg)
    if 2 * n_unreadable > n_chars:
        msg = "the fonts of the PDF do not name their characters, so its text cannot be read; run OCR first"
        raise ReadingError(msg)


def _in_order(sheets: list[Sheet]) -> list[Page]:
    """Return head, paragraphs and foot of each page; a paragraph stands on the page where it begins."""
    parts = part_edges([one.pieces for one in sheets])
    columns = order_columns([body for _, body, _ in parts])
    for page, sheet in zip(columns, sheets, strict=True):
        page += [[one] for one in sheet.aside]
    blocks: list[list[Block]] = [[] for _ in sheets]
    for one in join_paragraphs([Leaf(at, lines) for at, page in enumerate(columns) for lines in page]):
        blocks[one.pages[0][0]].append(one)
    return [(head, own, foot) for (head, _, foot), own in zip(parts, blocks, strict=True)]


def _warnings(sheets: list[Sheet]) -> tuple[str, ...]:
    found = []
    for note, words in _NOTES.items():
        numbers = [at for at, one in enumerate(sheets, start=1) if note in one.notes]
        if numbers:
            found.append(f"Pages {_ranges(numbers)} {words}.")
    return tuple(found)


def _ranges(numbers: list[int]) -> str:
    """Return numbers as ranges.

    >>> _ranges([1, 2, 3, 7])
    '1-3, 7'
    """
    parts: list[list[int]] = []
    for one in numbers:
        if parts and one == parts[-1][-1] + 1:
            parts[-1][1:] = [one]
        else:
            parts.append([one])
    return ", ".join("-".join(map(str, part)) for part in parts)
