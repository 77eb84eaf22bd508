"""Tables whose rows print their cells with bars or tabs between them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.records import Hint
from pipeline.structure.cells import Cell, cut_bars, has_outer_bars
from pipeline.structure.table_columns import Column, is_label, name_columns, settle

RULE = re.compile(r"[\s|:+=-]+")
"""A line below a header row in Markdown (`|---|---|`), or a row of nothing."""

_MAX_HEADER_ROWS = 3
_MERGED_DOWN = frozenset({"group", "attribute", "unit", "indicator", "base", "target", "change", "other"})


@dataclass(frozen=True, slots=True)
class Barred:
    """A table of rows with bars.

    Attributes:
        n_header: Number of its first rows that are its header.
        columns: From left to right.
        rows: Cells of each further row, one for each column; a merged cell stands in each row that it covers.
        printed: For each row and column whether a cell is printed there, not only carried down.
    """

    n_header: int
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    printed: tuple[tuple[bool, ...], ...]


def header_rows(rows: Sequence[str]) -> int:
    """Return how many of the first rows of a table are its header, rules and rows of nothing among them.

    Args:
        rows: Text of each row, at least one.
    """
    outer = has_outer_bars(rows)
    cells = [[one.text for one in cut_bars(row, 0, len(row), outer)] for row in rows[: _MAX_HEADER_ROWS + 3]]
    blank = [RULE.fullmatch(row) is not None for row in rows[: len(cells)]]
    first = next((at for at, one in enumerate(blank) if not one), 0)
    ruled = first + 1 < len(blank) and blank[first + 1] and "-" in rows[first + 1]
    length = first
    while length < len(cells) and length - first < _MAX_HEADER_ROWS and _heads(cells[length], length == first):
        length += 1
    if length == first and (ruled or _differs(cells[first:])):
        length += 1
    while length < len(blank) and length > first and blank[length]:
        length += 1
    return length if length < len(rows) else first


def _heads(cells: Sequence[str], first: bool) -> bool:
    """Tell whether a row is (a further) header row: its cells are labels of columns."""
    filled = [one for one in cells if one]
    labels = sum(map(is_label, filled))
    if first:
        return labels >= 2 or (labels == 1 and len(filled) <= 2)  # noqa: PLR2004
    return bool(filled) and labels == len(filled) and len(filled) < len(cells) + 1


def _differs(cells: Sequence[Sequence[str]]) -> bool:
    """Tell whether the first row holds no figure where the rows below do: then it names the columns."""
    if len(cells) < 2 or any(re.search(r"\d", one) for one in cells[0]):  # noqa: PLR2004
        return False
    return any(re.search(r"\d", one) for row in cells[1:] for one in row[1:])


def read_bars(rows: Sequence[tuple[int, str]], hints: Sequence[Hint] = ()) -> Barred:
    """Read a table whose rows have bars or tabs.

    Args:
        rows: Start and text of each row, the header's among them.
        hints: Hints `row_span` and `column_span` in these rows.
    """
    outer = has_outer_bars([text for _, text in rows])
    spans = {(one.kind, one.start): one.level for one in hints}
    n_header = header_rows([text for _, text in rows])
    table = [_cut(one, outer, spans) for one in rows if not RULE.fullmatch(one[1])]
    n_heads = sum(not RULE.fullmatch(text) for _, text in rows[:n_header])
    width = max(len(one) for one in table)
    for row in table:
        row += [Cell(row[-1].end, row[-1].end, "") for _ in range(width - len(row))]
    body = table[n_heads:]
    printed = tuple(tuple(bool(one.text) for one in row) for row in body)
    columns = settle(name_columns(_labels(table[:n_heads], width)), body)
    _carry_down(body, columns)
    return Barred(n_header, tuple(columns), tuple(map(tuple, body)), printed)


def _cut(row: tuple[int, str], outer: bool, spans: dict[tuple[str, int], int]) -> list[Cell]:
    start, text = row
    cells = cut_bars(text, 0, len(text), outer)
    return [
        replace(
            one,
            start=start + one.start,
            end=start + one.end,
            rows=spans.get(("row_span", start + one.start), 1),
            columns=spans.get(("column_span", start + one.start), 1),
        )
        for one in cells
    ]


def _labels(head: Sequence[Sequence[Cell]], width: int) -> list[str]:
    """Return the label of each column; a label over several columns stands before each label below it."""
    labels = [""] * width
    for level, row in enumerate(head):
        above = ""
        for at, one in enumerate(row):
            below = any(further[at].text for further in head[level + 1 :])
            # A cell merged to the right is empty where it goes on; without a hint, where a label stands below.
            above = one.text if one.text else above if below else ""
            labels[at] += above if above != labels[at] else ""
    return labels


def _carry_down(body: list[list[Cell]], columns: Sequence[Column]) -> None:
    """Fill the cells that a merged one covers, as the hints say; group labels are merged without one, too."""
    for at, column in enumerate(columns):
        left, last = 0, Cell(0, 0, "")
        for row in body:
            if row[at].text:
                last, left = row[at], row[at].rows - 1
            elif left > 0 and column.kind in _MERGED_DOWN:
                row[at], left = last, left - 1
