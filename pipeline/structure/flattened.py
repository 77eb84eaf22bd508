"""Tables that print one cell after the other: their header, their columns and their rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.structure.alignment import LEFT_OVER, Aligned, align, break_of_name, serials
from pipeline.structure.cells import UNIT, Cell, cut_words, join_pieces
from pipeline.structure.table_columns import VALUES, Column, is_label, name_columns

TABLE_UNIT = re.compile(r"[（(]?\s*(?:计量)?单位\s*[:：]\s*([^\s（）()]{1,12})\s*[）)]?")
"""A line above a table that gives the unit of all its values."""

_FRAGMENT = re.compile(
    r"(?:规划|预期|发展)?目标值?|(?:预计|实际)?完成(?:值|数|情况)?|预计(?:值|数|完成)?|实际(?:值|数)?|现状值?|基期值?|数值?|值"
    r"|累计|增长|增速|增长率|[（(\[［〔].{1,10}[)）\]］〕]|[/／].{1,4}"
)
_DATE_ONLY = re.compile(r"(?:(?:19|20)\d\d\s*年?|[“\"]?十[一二三四五]?五[”\"]?(?:时期|期间)?|.*[/／]|年均)$")
_SPANNING = re.compile("目标|规划|规划目标|完成情况|指标值")
MAX_COST = 4.0
"""A row that costs more on the average is none."""

_MAX_HEADER, _MIN_COLUMNS, _MIN_ROWS, _MIN_MARKS = 24, 3, 2, 3


@dataclass(frozen=True, slots=True)
class FlatRow:
    """A row: its cells from left to right, a column without one None; and the name that it is a part of."""

    cells: tuple[Cell | None, ...]
    parent: Cell | None = None

    @property
    def start(self) -> int:
        """Start of its first cell."""
        return min(one.start for one in self.cells if one)

    @property
    def end(self) -> int:
        """End of its last cell."""
        return max(one.end for one in self.cells if one)

    @property
    def name_start(self) -> int:
        """Start of its first cell that is not the label of a group."""
        return min((one.start for one in self.cells[1:] if one), default=self.start)


@dataclass(frozen=True, slots=True)
class Flat:
    """A flattened table.

    Attributes:
        header: Start and end of the header, or None.
        columns: From left to right.
        rows: In the order of print.
        repeats: Start and end of each repetition of the header.
        cost: Of the alignment for each row.
        unit: Unit of all values, given above the table, or None.
    """

    header: tuple[int, int] | None
    columns: tuple[Column, ...]
    rows: tuple[FlatRow, ...]
    repeats: tuple[tuple[int, int], ...]
    cost: float
    unit: str | None = None


def read_flat(lines: Sequence[tuple[int, str]]) -> Flat | None:
    """Read a flattened table that begins with its header.

    Args:
        lines: Start and text of each line that may belong to it.

    Returns:
        The table, or None where the lines are none; what is behind its last row is no part of it.
    """
    unit = TABLE_UNIT.fullmatch(lines[0][1])
    pieces = cut_words(lines[1:] if unit else lines)
    length = header_length(pieces)
    if not length:
        return None
    head = pieces[:length]
    body, repeats = _without_repeats(pieces[length:], head)
    flat = _cheapest(body, [name_columns(labels) for labels in _labels(head)])
    if flat is None:
        return None
    start, end = lines[0][0] if unit else head[0].start, flat.rows[-1].end
    kept = tuple(one for one in repeats if one[1] <= end)
    return replace(flat, header=(start, head[-1].end), repeats=kept, unit=unit[1] if unit else None)


def read_headless(lines: Sequence[tuple[int, str]]) -> Flat | None:
    """Read a flattened table without a header: numbered rows, or rows that end with 约束性 or 预期性.

    Args:
        lines: Start and text of each line of it.
    """
    body = cut_words(lines)
    marked = sum(one.is_attribute for one in body) >= _MIN_MARKS
    if not marked and not serials(body):
        return None
    united = sum(UNIT.fullmatch(one.text) is not None for one in body) >= _MIN_MARKS
    tail = [Column("", "attribute")] if marked else []
    head = [Column("", "indicator"), *([Column("", "unit")] if united else [])]
    return _cheapest(body, [[*head, *[Column("", "other")] * count, *tail] for count in (1, 2, 3)])


def _cheapest(body: Sequence[Cell], choices: Sequence[list[Column]]) -> Flat | None:
    """Return the reading of the rows with those columns that fit them best."""
    if not body:
        return None
    aligned, columns = min((_aligned(body, one) for one in choices), key=lambda one: one[0].cost)
    rows = tuple(_rows(body, aligned, [one.kind for one in columns]))
    if len(rows) < _MIN_ROWS:
        return None
    left_over = sum(one.start >= rows[-1].end for one in body)
    return Flat(None, tuple(columns), rows, (), (aligned.cost - LEFT_OVER * left_over) / len(rows))


def header_length(pieces: Sequence[Cell]) -> int:
    """Return how many pieces the header takes, 0 where there is none.

    A header names at least three columns, the indicators and their values among them.
    """
    length = 0
    while length < min(len(pieces), _MAX_HEADER) and _heads(pieces, length):
        length += 1
    for labels in _labels(pieces[:length]):
        kinds = {one.kind for one in name_columns(labels)}
        if len(labels) >= _MIN_COLUMNS and "indicator" in kinds and kinds & (VALUES | {"attribute"}):
            return length
    return 0


def _heads(pieces: Sequence[Cell], at: int) -> bool:
    text = pieces[at].text
    return is_label(text) or (at > 0 and _FRAGMENT.fullmatch(text) is not None)


def _labels(head: Sequence[Cell]) -> Iterator[list[str]]:
    """Yield the ways to read the pieces of a header: a label over several columns is none of its own."""
    labels: list[str] = []
    for one in head:
        if labels and (_attaches(labels[-1], one.text)):
            labels[-1] += one.text
        else:
            labels.append(one.text)
    if not labels:
        return
    yield labels
    for at, label in enumerate(labels[:-1]):
        if _SPANNING.search(label) and not re.search(r"(?:19|20)\d\d", label):
            below = labels[at + 1 :]
            count = next((n for n, one in enumerate(below) if name_columns([one])[0].kind not in VALUES), len(below))
            if count:
                yield [*labels[:at], *(label + one for one in below[:count]), *below[count:]]


def _attaches(label: str, piece: str) -> bool:
    bracketed = piece[0] in "（([［〔"
    return _FRAGMENT.fullmatch(piece) is not None and (bracketed or _DATE_ONLY.match(label) is not None) or label.endswith(("/", "／"))


def _without_repeats(body: Sequence[Cell], head: Sequence[Cell]) -> tuple[list[Cell], list[tuple[int, int]]]:
    """Take out the header where it is printed again on the next page."""
    words = [one.text for one in head]
    kept: list[Cell] = []
    repeats: list[tuple[int, int]] = []
    at = 0
    while at < len(body):
        if [one.text for one in body[at : at + len(words)]] == words:
            repeats.append((body[at].start, body[at + len(words) - 1].end))
            at += len(words)
        else:
            kept.append(body[at])
            at += 1
    return kept, repeats


def _aligned(body: Sequence[Cell], columns: list[Column]) -> tuple[Aligned, list[Column]]:
    kinds = [one.kind for one in columns]
    numbers = serials(body)
    columns = list(columns)
    if numbers and "serial" not in kinds:
        columns.insert(kinds.index("indicator"), Column("", "serial"))
        kinds = [one.kind for one in columns]
    # A label over several rows stands before them, in whichever column the header has it.
    columns.insert(0, columns.pop(kinds.index("group")) if "group" in kinds else Column("", "group"))
    return align(body, [one.kind for one in columns], numbers), columns


def _rows(body: Sequence[Cell], aligned: Aligned, kinds: list[str]) -> Iterator[FlatRow]:
    """Yield the rows; where rows without a number follow a numbered one, its name holds the name of them all."""
    serial = kinds.index("serial") if "serial" in kinds else None
    name = kinds.index("indicator")
    filled = [row for row in aligned.rows if any(high > low for low, high in row)]
    numbered = [serial is None or row[serial][1] > row[serial][0] for row in filled]
    parent: Cell | None = None
    for at, row in enumerate(filled):
        cells = [_cell(body, one) for one in row]
        if numbered[at]:
            parent = None
            if at + 1 < len(filled) and not numbered[at + 1] and row[name][1] - row[name][0] > 1:
                cut = _cut(body, *row[name])
                parent, cells[name] = join_pieces(body[row[name][0] : cut]), join_pieces(body[cut : row[name][1]])
        yield FlatRow(tuple(cells), parent)


def _cut(body: Sequence[Cell], low: int, high: int) -> int:
    """Return where a name of several pieces least goes on: there the name of one part begins."""
    return max(range(low + 1, high), key=lambda at: break_of_name(body[at - 1].text, body[at].text))


def _cell(body: Sequence[Cell], pieces: tuple[int, int]) -> Cell | None:
    low, high = pieces
    return join_pieces(body[low:high]) if high > low else None
