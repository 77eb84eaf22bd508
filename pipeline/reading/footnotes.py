"""Notes at the foot of a printed page, which part a sentence from its rest on the next page."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.reading.layout import Layout, Row
from pipeline.reading.signs import ENUMERATED, ends_sentence

_NOTE = re.compile(
    r"[①-⑳¹²³⁴-⁹]|\[\d{1,3}\]|〔\d{1,3}〕|注\s*[：:释]|\d{1,3}[.．、]?\s*[“《]?[\u4e00-\u9fffA-Za-z][^。；]{0,30}[：:]"
)
_MAX_LINES, _SLACK = 15, 4


def take_footnotes(rows: Sequence[Row], layout: Layout) -> tuple[list[Row], dict[int, list[Row]]]:
    """Take out the notes that stand between a full line without an end and the page turn after them.

    Args:
        rows: Lines of a wrapped text.
        layout: How they are set.

    Returns:
        The other rows, and the rows of notes by the index (among the others) of the row that they interrupted.
    """
    kept: list[Row] = []
    notes: dict[int, list[Row]] = {}
    for row in rows:
        if row.through and (first := _first_note(kept, row, layout)):
            notes.setdefault(first - 1, []).extend(kept[first:])
            del kept[first:]
        kept.append(row)
    return kept, notes


def _first_note(kept: Sequence[Row], below: Row, layout: Layout) -> int:
    """Return the index of the first note line at the end of a page, 0 where there is none."""
    if ENUMERATED.match(below.line.text) or (layout.indents and below.line.indent > 1):
        return 0
    for at in range(len(kept) - 1, max(0, len(kept) - _MAX_LINES), -1):
        above = kept[at - 1]
        if _NOTE.match(kept[at].line.text) and not _NOTE.match(above.line.text):
            broken = above.columns >= layout.first - _SLACK and not ends_sentence(above.line.text)
            if broken and ends_sentence(kept[-1].line.text):
                return at
        if kept[at].through:
            return 0
    return 0
