"""Which pieces of a flattened table make up which cell: the cheapest way through all rows at once.

A flattened table prints one cell after the other, long cells over several lines, merged cells once. Each piece
is put to the cost of being (part of) a cell of each column, and dynamic programming finds the cheapest reading.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.structure.cell_costs import LONGEST, NEVER, CellCosts
from pipeline.structure.cells import UNIT, Cell

Range = tuple[int, int]
_STRAY, LEFT_OVER, _HOPELESS = 6.0, 2.9, 9.0
_STATE = re.compile(r"完成|达到|达标|与|国家|优于|保持|力争|争取|稳步|稳定|持续|控制|基本|待定|进一步|不")
_TEXT = re.compile(r"[\u4e00-\u9fff]{2}")
_SERIAL = re.compile(r"(\d{1,3})[.．、]?")


@dataclass(frozen=True, slots=True)
class Aligned:
    """Pieces put into rows.

    Attributes:
        cost: Of the whole reading; 0 where each row prints one piece for each column.
        rows: For each row the pieces of each column, as half-open indices; equal where it is empty.
    """

    cost: float
    rows: tuple[tuple[Range, ...], ...]


def serials(pieces: Sequence[Cell], least: int = 3) -> frozenset[int]:
    """Return the pieces that number the rows 1, 2, 3 ...: those before a name, in order; none where they are few.

    Args:
        pieces: Of the body of a table.
        least: How many there must be.
    """
    found: list[int] = []
    for at, one in enumerate(pieces[:-1]):
        number = _SERIAL.fullmatch(one.text)
        # A number that print lost may be skipped.
        if number and 1 <= int(number[1]) - len(found) <= (2 if found else 1) and _is_name(pieces[at + 1]):
            found.append(at)
    return frozenset(found) if len(found) >= least else frozenset()


def _is_name(one: Cell) -> bool:
    named = _TEXT.search(one.text) is not None and not _STATE.match(one.text)
    return named and not one.is_attribute and not UNIT.fullmatch(one.text)


def align(pieces: Sequence[Cell], kinds: Sequence[str], numbers: frozenset[int]) -> Aligned:
    """Put pieces into rows of cells.

    Args:
        pieces: Of the body of the table, in the order of print.
        kinds: Kind of each column (see table_columns.Column).
        numbers: Pieces that are serial numbers; with any, `kinds` holds `serial`.

    Returns:
        The cheapest reading; pieces behind its last row are no part of the table.
    """
    return _Search(pieces, kinds, numbers).run()


class _Search:
    """Dynamic programming over (piece, column)."""

    def __init__(self, pieces: Sequence[Cell], kinds: Sequence[str], numbers: frozenset[int]) -> None:
        self._costs = CellCosts(pieces, numbers)
        self._kinds, self._n = kinds, len(pieces)
        width = len(kinds) + 1
        self._best = [[NEVER] * width for _ in range(self._n + 1)]
        self._from: list[list[tuple[int, int]]] = [[(-1, -1)] * width for _ in range(self._n + 1)]

    def run(self) -> Aligned:
        """Return the cheapest reading."""
        self._best[0][0] = 0.0
        last = len(self._kinds)
        for at, best in enumerate(self._best):
            bound = min(best) + _HOPELESS
            for column in range(1, last):
                if best[column] <= bound:
                    self._relax(at, column)
            self._reach(at, 0, best[last], (at, last))
            if best[0] > bound:
                continue
            if at < self._n:
                self._reach(at + 1, 0, best[0] + _STRAY, (at, 0))
            before = best[:]
            self._relax(at, 0)
            for column in range(1, last):
                if best[column] < before[column]:
                    self._relax(at, column)
        ends = [(self._best[at][0] + LEFT_OVER * (self._n - at), at) for at in range(self._n + 1)]
        cost, end = min(ends)
        return Aligned(cost, self._rows(end))

    def _relax(self, at: int, column: int) -> None:
        base, kind, origin = self._best[at][column], self._kinds[column], (at, column)
        for count in range(min(LONGEST[kind], self._n - at) + 1):
            cost = self._costs.cell(kind, at, count)
            if cost >= NEVER:
                return  # nor is it with further pieces
            self._reach(at + count, column + 1, base + cost, origin)

    def _reach(self, at: int, column: int, cost: float, origin: tuple[int, int]) -> None:
        if cost < self._best[at][column]:
            self._best[at][column], self._from[at][column] = cost, origin

    def _rows(self, end: int) -> tuple[tuple[Range, ...], ...]:
        rows: list[list[Range]] = []
        at, column = end, 0
        while (at, column) != (0, 0):
            before, origin = self._from[at][column]
            if column == 0 and origin:
                rows.append([])
            elif column:
                rows[-1].insert(0, (before, at))
            at, column = before, origin
        return tuple(tuple(row) for row in reversed(rows))
