"""How the lines of a printed page are set: their width, indents, blank lines, whether words may be cut.

In print a line breaks where its next word would not have fitted. So a line whose next word would have fitted ends a
paragraph; how much fits is read off the lines that end in the middle of a sentence.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

from pipeline.reading.lines import Line
from pipeline.reading.signs import ends_sentence

CLOSING = frozenset("，,、。；;：:）)》〉」』”’？！!?%％")
_WORD = re.compile(r"[“‘（《「『(\[]*(?:[!-~]+|\S)[，。；：、！？”’）》」』]*")
Measure = Callable[[str], int]
_MIN_WIDTH, _MAX_WIDTH, _RAGGED = 24, 130, 14
_MIN_LINES, _SAMPLE = 8, 400
_HIDDEN_INDENT, _JITTER = 4, 3
_ASCII_MARKS = ",;:!?()"


class Layout(NamedTuple):
    """How wrapped lines are set.

    Attributes:
        width: Columns that a line holds at most (a Chinese character takes two).
        first: Columns that the first line of a paragraph takes at least with the next line's first word.
        rest: As `first`, of the other lines.
        cuts: Lines are cut after any character, so words go on without a space.
        indents: Paragraphs begin with white space.
        gaps: Paragraphs have a blank line between them.
        page_gaps: Also at a page turn a blank line means a new paragraph.
        halves: A line of print may come as several lines.
        measure: How columns are counted.
    """

    width: int
    first: int
    rest: int
    cuts: bool
    indents: bool
    gaps: bool
    page_gaps: bool
    halves: bool
    measure: Measure


class Row(NamedTuple):
    """A line with what of its place matters; `through` tells that a page turns before it."""

    line: Line
    columns: int
    gap: bool
    through: bool


def columns(text: str) -> int:
    """Return the columns of a text: Chinese characters take two, others one."""
    return len(text.encode("gb18030", "replace"))


def _wide_columns(text: str) -> int:
    """Return the columns where ASCII marks are printed as wide as Chinese ones."""
    return columns(text) + sum(map(text.count, _ASCII_MARKS))


def _counted_columns(text: str) -> int:
    """Return the columns where each character counts as one, as programs cut lines."""
    return 2 * len(text)


def word_columns(text: str, layout: Layout) -> int:
    """Return the columns of what of a line would have had to go on the line above together."""
    return _word_columns(text, layout.cuts, layout.measure)


def _word_columns(text: str, cuts: bool, measure: Measure) -> int:
    match = None if cuts else _WORD.match(text)
    return measure(match.group() if match else text[0])


def may_be_wrapped(lines: Sequence[Line]) -> bool:
    """Tell cheaply whether lines could be wrapped: few are long."""
    long = sum(len(one.text) > _MAX_WIDTH // 2 for one in lines)
    return len(lines) >= _MIN_LINES and long * 4 < len(lines)


def find_measure(lines: Sequence[Line]) -> Measure:
    """Return the measure by which most lines have one width."""
    texts = [one.text for one in lines if 2 * len(one.text) >= _MIN_WIDTH and not ends_sentence(one.text)]
    if not texts:
        return columns
    texts = texts[:: -(-len(texts) // _SAMPLE)]
    return max((columns, _wide_columns, _counted_columns), key=lambda measure: _alike([*map(measure, texts)]))


def _alike(widths: list[int]) -> int:
    """Return how many lines have the commonest width, but for a column."""
    counts = Counter(widths)
    return max(counts[one] + counts[one - 1] for one in counts)


def read_layout(rows: Sequence[Row], measure: Measure = columns) -> Layout | None:
    """Return how lines are wrapped, None where they are not; `measure` is the one that the rows were measured by."""
    widths = sorted(one.columns for one in rows if _MIN_WIDTH <= one.columns <= _MAX_WIDTH and not one.line.row)
    if len(widths) < _MIN_LINES:
        return None
    width = _cap(widths)
    wide = [one for one in rows if width - _RAGGED <= one.columns <= _MAX_WIDTH and not one.line.row]
    broken = sum(not ends_sentence(one.line.text) for one in wide)
    # Where some paragraphs are whole, the others must be wrapped beyond doubt.
    mixed = sum(one.columns > _MAX_WIDTH for one in rows) * 20 >= len(rows)
    if len(wide) * (2 if mixed else 4) < len(widths) or broken < 0.6 * len(wide):
        return None
    pairs = [(above, below) for above, below in zip(rows, rows[1:], strict=False) if above.columns >= width - _RAGGED]
    inner = [(above, below) for above, below in pairs if not ends_sentence(above.line.text)]
    cuts = sum(_is_cut(above.line.text, below.line.text) for above, below in inner) * 100 > len(inner)
    after_end = {id(below) for above, below in zip(rows, rows[1:], strict=False) if _ends(above, width)}
    first = sorted(_taken(*one, cuts, measure) for one in inner if id(one[0]) in after_end)
    rest = sorted(_taken(*one, cuts, measure) for one in inner if id(one[0]) not in after_end)
    least, opening = _least(first, rest, width)
    # Lines cut anywhere are all full, so what falls short is a heading or the end of a paragraph.
    if cuts and sum(one > width for one in (*first, *rest)) * 10 > 7 * len(inner):
        least = opening = width + 1
    return Layout(
        width,
        opening,
        least,
        cuts,
        _indents(rows, after_end, inner),
        *_gaps(rows, after_end, inner),
        _halves(rows, width, least),
        measure,
    )


def _cap(widths: list[int]) -> int:
    """Return the width that hardly a line exceeds."""
    return widths[min(len(widths) - 1, len(widths) * 98 // 100)]


def _ends(row: Row, width: int) -> bool:
    """Tell whether a line plainly ends a paragraph."""
    return row.columns < width - _RAGGED and ends_sentence(row.line.text)


def _is_cut(above: str, below: str) -> bool:
    """Tell whether a break parts what print keeps together: a closing mark from its word, or a figure."""
    return below[0] in CLOSING or (above[-1].isdecimal() and below[0].isdecimal())


def _taken(above: Row, below: Row, cuts: bool, measure: Measure) -> int:
    return above.columns + _word_columns(below.line.text, cuts, measure)


def _least(first: list[int], rest: list[int], width: int) -> tuple[int, int]:
    """Return the columns that all but a few lines take, and that first lines take, whose indent may be lost."""
    values = rest or first
    least = min(width + 1, values[min(len(values) - 1, max(2, len(values) // 20))] if values else width)
    if len(first) < 5 or not rest:
        return least, least
    usual, usual_first = rest[len(rest) // 2], first[len(first) // 2]
    if usual - usual_first < _HIDDEN_INDENT - 1:
        return least, least
    return least, min(least, usual_first - _JITTER)


def _indents(rows: Sequence[Row], after_end: set[int], inner: Sequence[tuple[Row, Row]]) -> bool:
    openings = [one.line.indent > 1 for one in rows if id(one) in after_end]
    goings_on = [below.line.indent > 1 for _, below in inner]
    return sum(openings) * 10 > 6 * len(openings) and sum(goings_on) * 10 < len(goings_on)


def _gaps(rows: Sequence[Row], after_end: set[int], inner: Sequence[tuple[Row, Row]]) -> tuple[bool, bool]:
    openings = [one.gap for one in rows if id(one) in after_end and not one.through]
    goings_on = [below.gap for _, below in inner if not below.through]
    gaps = sum(openings) * 10 > 8 * len(openings) and sum(goings_on) * 10 < len(goings_on)
    turns = [below.gap for _, below in inner if below.through]
    return gaps, gaps and sum(turns) * 5 < len(turns)


def _halves(rows: Sequence[Row], width: int, least: int) -> bool:
    """Tell whether lines that end with a comma often make one line of print with the next one."""
    found = 0
    for above, below, after in zip(rows, rows[1:], rows[2:], strict=False):
        if above.line.text[-1] in "，,、" and above.columns < width - _RAGGED:
            both = above.columns + below.columns
            found += both <= width + 4 and both + columns(after.line.text[:1]) >= least
    return found > 2
