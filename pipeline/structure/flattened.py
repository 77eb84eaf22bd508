"""Tables that print one cell after the other: their header, their columns and their rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from pipeline.structure.alignment import LEFT_OVER, Aligned, align, serials
from pipeline.structure.cell_costs import break_of_name
from pipeline.structure.cells import UNIT, Cell, cut_words, join_pieces
from pipeline.structure.flat_header import TABLE_UNIT, header_length, readings, without_repeats
from pipeline.structure.table_columns import Column, name_columns

MAX_COST = 4.0
"""A row that costs more on the average is none."""

_MIN_ROWS, _MIN_MARKS = 2, 3


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


# Finding a table and reading its rows are two steps with the structure between them; the work is done once.
@lru_cache(maxsize=64)
def read_flat(lines: tuple[tuple[int, str], ...]) -> Flat | None:
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
    body, repeats = without_repeats(pieces[length:], head)
    flat = _cheapest(body, [name_columns(labels) for labels in readings(head)])
    if flat is None:
        return None
    start, end = lines[0][0] if unit else head[0].start, flat.rows[-1].end
    kept = tuple(one for one in repeats if one[1] <= end)
    return replace(flat, header=(start, head[-1].end), repeats=kept, unit=unit[1] if unit else None)


@lru_cache(maxsize=64)
def read_headless(lines: tuple[tuple[int, str], ...]) -> Flat | None:
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
    values = [Column("", "base"), Column("", "target"), Column("", "change")]
    flat = _cheapest(body, [[*head, *one, *tail] for one in (values[1:2], values[:2], values)])
    if flat is None:
        return None
    # Numbered items with a line of text are a list; only figures make a table of them.
    target = [one.kind for one in flat.columns].index("target")
    figures = sum(
        one is not None and (one.is_figure or one.is_dash) for one in (row.cells[target] for row in flat.rows)
    )
    return flat if marked or figures * 2 > len(flat.rows) else None


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


def _aligned(body: Sequence[Cell], columns: list[Column]) -> tuple[Aligned, list[Column]]:
    kinds = [one.kind for one in columns]
    numbers = serials(body, 1 if "serial" in kinds else 3)
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
