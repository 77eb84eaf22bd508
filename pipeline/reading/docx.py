"""Text of a DOCX file: paragraphs and tables in document order, with simple automatic numbering."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from pipeline.reading.errors import ReadingError
from pipeline.reading.hints import Extraction

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DIGITS = "零一二三四五六七八九"
_CHINESE_FORMATS = {
    "chineseCounting",
    "chineseCountingThousand",
    "japaneseCounting",
    "ideographDigital",
    "taiwaneseCounting",
}


def extract_docx(data: bytes) -> Extraction:
    """Return the text, one paragraph a line, the cells of a table row joined by ` | `.

    Raises:
        ReadingError: If the file is damaged or holds no text.
    """
    import docx
    from docx.table import Table
    from docx.text.paragraph import Paragraph as TextParagraph

    try:
        document = docx.Document(io.BytesIO(data))
    except Exception as error:  # python-docx lets errors of zipfile, lxml and its own through
        msg = "the DOCX file is damaged; save it again in the word processor"
        raise ReadingError(msg) from error
    number = _numbering(document)
    lines: list[str] = []
    for block in _blocks(document.element.body):
        if block.tag == f"{_W}tbl":
            lines += [_row(row.cells) for row in Table(block, document).rows]
        else:
            paragraph = TextParagraph(block, document)
            lines += [part for part in (number(paragraph) + paragraph.text).split("\n") if part.strip()]
    if not lines:
        msg = "the DOCX file holds no text; if it holds scanned pages, run OCR first"
        raise ReadingError(msg)
    return Extraction("\n".join(lines), "docx")


def _blocks(body: BaseOxmlElement) -> Iterator[BaseOxmlElement]:
    """Yield paragraphs and tables, also those within content controls."""
    for child in body:
        if child.tag in {f"{_W}p", f"{_W}tbl"}:
            yield child
        elif child.tag == f"{_W}sdt":
            content = child.find(f"{_W}sdtContent")
            yield from _blocks(content) if content is not None else ()


def _row(cells: tuple[_Cell, ...]) -> str:
    """Join the cells of a row; merged cells come once."""
    texts, seen = [], None
    for cell in cells:
        if cell._tc is not seen:  # noqa: SLF001 - python-docx has no public identity of a merged cell
            texts.append(" ".join(cell.text.split()))
        seen = cell._tc  # noqa: SLF001
    return " | ".join(texts)


def _numbering(document: Document) -> Callable[[Paragraph], str]:
    """Return a function that gives the automatic number of the next paragraph, or an empty text."""
    levels = _levels(document)
    counts: dict[str, defaultdict[int, int]] = defaultdict(lambda: defaultdict(int))

    def number(paragraph: Paragraph) -> str:
        found = _numbered(paragraph)
        if found is None or found not in levels:
            return ""
        key, level = found
        count = counts[key]
        start, form, _ = levels[found]
        count[level] = count[level] + 1 if level in count else start
        for deeper in [one for one in count if one > level]:
            del count[deeper]
        text = levels[found][2]
        if form == "bullet":
            return ""
        for one in range(level + 1):
            own = levels.get((key, one), (1, "decimal", ""))[1]
            text = text.replace(f"%{one + 1}", _numeral(count.get(one, 1), own))
        return text

    return number


def _numbered(paragraph: Paragraph) -> tuple[str, int] | None:
    """Return the list and the level of a paragraph, from itself or its style."""
    for properties in (
        paragraph._p.pPr,
        paragraph.style.element.pPr if paragraph.style is not None else None,
    ):  # noqa: SLF001
        numbers = properties.find(f"{_W}numPr") if properties is not None else None
        if numbers is None:
            continue
        key, level = numbers.find(f"{_W}numId"), numbers.find(f"{_W}ilvl")
        if key is not None:
            return key.get(f"{_W}val"), int(level.get(f"{_W}val")) if level is not None else 0
    return None


def _levels(document: Document) -> dict[tuple[str, int], tuple[int, str, str]]:
    """Return start, number format and text of each level of each list."""
    try:
        root = document.part.numbering_part.element
    except (KeyError, NotImplementedError):
        return {}
    abstract = {one.get(f"{_W}abstractNumId"): one for one in root.findall(f"{_W}abstractNum")}
    found = {}
    for one in root.findall(f"{_W}num"):
        base = abstract.get(one.find(f"{_W}abstractNumId").get(f"{_W}val"))
        for level in base.findall(f"{_W}lvl") if base is not None else ():
            values = {
                name: part.get(f"{_W}val")
                for name in ("start", "numFmt", "lvlText")
                if (part := level.find(f"{_W}{name}")) is not None
            }
            entry = (int(values.get("start", 1)), values.get("numFmt", "decimal"), values.get("lvlText", ""))
            found[one.get(f"{_W}numId"), int(level.get(f"{_W}ilvl"))] = entry
    return found


def _numeral(value: int, form: str) -> str:
    """Write a list number: Chinese numerals below 100, letters, or digits."""
    if form in _CHINESE_FORMATS and 0 < value < 100:
        tens, ones = divmod(value, 10)
        return ("" if tens < 2 else _DIGITS[tens]) + ("十" if tens else "") + (_DIGITS[ones] if ones else "")
    if form in {"lowerLetter", "upperLetter"}:
        letter = chr(ord("a") + (value - 1) % 26)
        return letter if form == "lowerLetter" else letter.upper()
    if form == "decimalEnclosedCircle" and 0 < value <= 20:
        return chr(0x245F + value)
    return str(value)
