"""Read one file: extract its text, then restore the text as it reads."""

from __future__ import annotations

from pipeline.reading.canonical import assemble, find_furniture
from pipeline.reading.errors import ReadingError
from pipeline.reading.extraction import extract
from pipeline.reading.furniture import find_furniture_lines
from pipeline.reading.hints import to_canonical
from pipeline.reading.lines import split_lines
from pipeline.reading.marks import find_marks
from pipeline.reading.ordering import order_articles
from pipeline.reading.overrides import parse_order
from pipeline.reading.wrapping import join_lines
from pipeline.records import Furniture, Reading


def read(data: bytes, name: str, order: bytes = b"") -> Reading:
    """Read a file's bytes into canonical text with its way back to the source.

    Args:
        data: The file's bytes: text, Markdown, HTML, DOCX or PDF, told apart by content.
        name: The file's name; only its suffix matters, and only for Markdown.
        order: The order file beside it (see overrides.py), where there is one.

    Returns:
        The reading: every character of the source but white space is in the text or in the furniture.

    Raises:
        ReadingError: If the file is empty, holds no text, or cannot be decoded; or if the order file is at fault.
    """
    if not data.strip():
        msg = "the file is empty; give a file with text"
        raise ReadingError(msg)
    found = extract(data)
    source = found.source
    marks, continuations = find_marks(source, name)
    lines = split_lines(source, marks, continuations)
    left_out = find_furniture_lines(lines)
    paragraphs = join_lines(lines, left_out)
    if not paragraphs:
        msg = "the file holds no text; give a file with text"
        raise ReadingError(msg)
    ordered = order_articles(paragraphs, parse_order(order) if order else None)
    text, source_map, spans = assemble(source, ordered.articles)
    reasons = marks + [Furniture(*span, reason) for i, reason in left_out.items() for span in lines[i].spans]
    return Reading(
        source,
        text,
        source_map,
        spans,
        find_furniture(source, source_map, reasons),
        found.encoding,
        (*found.warnings, *ordered.warnings),
        to_canonical(found.hints, source_map),
        ordered.repairs,
    )
