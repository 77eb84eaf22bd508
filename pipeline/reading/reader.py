"""Read one file: extract its text, then restore the text as it reads."""

from __future__ import annotations

from pipeline.folding import script_of
from pipeline.reading.canonical import assemble, find_furniture
from pipeline.reading.errors import ReadingError
from pipeline.reading.extraction import extract
from pipeline.reading.furniture import as_furniture, find_furniture_lines, find_inline
from pipeline.reading.hints import to_canonical
from pipeline.reading.limits import LIMITS, Limits
from pipeline.reading.lines import split_lines
from pipeline.reading.marks import disjoint, find_marks
from pipeline.reading.notes import find_note_marks
from pipeline.reading.ordering import order_articles
from pipeline.reading.overrides import parse_order
from pipeline.reading.wrapping import join_lines
from pipeline.records import Reading


def read(data: bytes, name: str, limits: Limits = LIMITS, order: bytes = b"") -> Reading:
    """Read a file's bytes into canonical text with its way back to the source.

    Args:
        data: The file's bytes: text, Markdown, HTML, DOCX or PDF, told apart by content.
        name: The file's name; only its suffix matters, and only for Markdown.
        limits: What of them a parser can hold to: size of the file, inflated size. `isolation.Reader` holds it to
            all of them, in a process of its own.
        order: The order file beside it (`overrides.py`), empty without one.

    Returns:
        The reading: every character of the source but white space is in the text or in the furniture.

    Raises:
        ReadingError: If the file is empty, too large, holds no text, or cannot be decoded; or if the order file is at
            fault.
    """
    limits.check_size(len(data))
    if not data.strip():
        msg = "the file is empty; give a file with text"
        raise ReadingError(msg)
    found = extract(data, limits)
    source = found.source
    marks = find_marks(found, name)
    left_out = disjoint([*marks.furniture, *find_note_marks(source), *find_inline(source)])
    lines = split_lines(source, left_out, marks.continuations)
    if found.format == "docx":  # Its running heads stand apart: the edges of its pages hold text (附件1, 附件2).
        lines = [one._replace(page=False) for one in lines]
    furniture_lines = find_furniture_lines(lines)
    paragraphs = join_lines(lines, furniture_lines)
    if not paragraphs:
        msg = "the file holds no text; give a file with text"
        raise ReadingError(msg)
    ordered = order_articles(paragraphs, parse_order(order) if order else None)
    text, source_map, spans = assemble(source, ordered.articles)
    reasons = left_out + [one for i, reason in furniture_lines.items() for one in as_furniture(lines[i], reason)]
    furniture = find_furniture(source, source_map, reasons)
    return Reading(
        source,
        text,
        source_map,
        spans,
        furniture,
        found.encoding,
        (*found.warnings, *ordered.warnings),
        to_canonical((*found.hints, *marks.hints), source_map),
        ordered.repairs,
        script_of(text),
        tuple(source[one.start : one.end] for one in furniture if one.reason == "contents"),
    )
