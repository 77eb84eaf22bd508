"""Ruled tables of a PDF page: the drawn lines make a grid, the grid's open walls make merged cells."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from pipeline.reading.pdf.columns import rows
from pipeline.reading.pdf.glyphs import Glyph
from pipeline.reading.pdf.lines import Piece, join_text, make_piece, split_pieces
from pipeline.reading.pdf.rules import NEAR, Rule

_MIN_CELLS = 3
# A cell with more characters than this is a frame of the page's design.
_MAX_CELL = 600


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table.

    Attributes:
        xs: Places of its upright lines, from left to right.
        ys: Places of its level lines, from top to bottom.
        owner: Per row and column, the row and column of the cell that covers it (its own, where not merged).
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    owner: tuple[tuple[tuple[int, int], ...], ...]

    def place(self, glyph: Glyph) -> tuple[int, int] | None:
        """Return row and column of the cell that holds the middle of a character, or None."""
        x, y = (glyph.x0 + glyph.x1) / 2, glyph.y - 0.35 * glyph.style.size
        if not (self.xs[0] <= x < self.xs[-1] and self.ys[0] <= y < self.ys[-1]):
            return None
        return self.owner[bisect_right(self.ys, y) - 1][bisect_right(self.xs, x) - 1]

    def extent(self, row: int, column: int) -> tuple[int, int]:
        """Return the number of rows and columns that the cell covers."""
        down = sum(line[column] == (row, column) for line in self.owner)
        return down, sum(one == (row, column) for one in self.owner[row])


def find_grids(level: list[Rule], upright: list[Rule]) -> list[Grid]:
    """Return the grids with at least two rows and columns that the rules of a page make."""
    groups = _connected(level, upright)
    found = [grid for one in groups if (grid := _grid(*one))]
    return sorted(found, key=lambda one: (one.ys[0], one.xs[0]))


def take_tables(grids: list[Grid], glyphs: list[Glyph]) -> tuple[list[Piece], list[Glyph]]:
    """Return the rows of the tables and the characters outside them.

    Args:
        grids: Grids of the page.
        glyphs: Characters that run in the direction of the page.
    """
    taken: list[Piece] = []
    for grid in grids:
        cells: dict[tuple[int, int], list[Glyph]] = {}
        outside: list[Glyph] = []
        for one in glyphs:
            place = grid.place(one)
            (outside if place is None else cells.setdefault(place, [])).append(one)
        filled = {place: text for place, inside in cells.items() if (text := _cell_text(inside))}
        columns = {column for _, column in filled}
        if len(filled) >= _MIN_CELLS and len(columns) > 1 and max(map(len, filled.values())) <= _MAX_CELL:
            size = max(one.style.size for inside in cells.values() for one in inside)
            taken += _table_rows(grid, filled, size)
            glyphs = outside
    return taken, glyphs


def _cell_text(glyphs: list[Glyph]) -> str:
    text = ""
    for line in rows([make_piece(part) for part in split_pieces(glyphs)]):
        text = join_text(text, line.text)
    return text


def _table_rows(grid: Grid, filled: dict[tuple[int, int], str], size: float) -> list[Piece]:
    found: list[Piece] = []
    for row, (top, bottom) in enumerate(pairwise(grid.ys)):
        cells = [filled.get((row, column), "") for column in range(len(grid.xs) - 1)]
        if not any(cells):
            continue
        at, spans = 0, list[tuple[str, int, int, int]]()
        for column, text in enumerate(cells):
            counts = zip(("row_span", "column_span"), grid.extent(row, column), strict=True)
            spans += [(kind, at, at + len(text), count) for kind, count in counts if text and count > 1]
            at += len(text) + 3
        middle = (top + bottom) / 2
        found.append(
            Piece(" | ".join(cells), grid.xs[0], grid.xs[-1], top, bottom, middle, size, spans=spans, row=True)
        )
    return found


def _connected(level: list[Rule], upright: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Group the rules that meet."""
    parent = list(range(len(level) + len(upright)))

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = at = parent[parent[at]]
        return at

    for i, (y, low, high) in enumerate(level):
        for j, (x, top, bottom) in enumerate(upright, start=len(level)):
            if low - NEAR <= x <= high + NEAR and top - NEAR <= y <= bottom + NEAR:
                parent[root(j)] = root(i)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for at, one in enumerate((*level, *upright)):
        groups.setdefault(root(at), ([], []))[at >= len(level)].append(one)
    return list(groups.values())


def _grid(level: list[Rule], upright: list[Rule]) -> Grid | None:
    """Make the grid of rules that meet; its outer walls count as drawn."""
    if len(level) < 2 or not upright:
        return None
    edges = [one.start for one in level] + [one.end for one in level]
    xs = _places([one.at for one in upright] + [min(edges), max(edges)])
    ys = _places([one.at for one in level] + [min(one.start for one in upright), max(one.end for one in upright)])
    if len(xs) < 3 or len(ys) < 3:
        return None
    parent = {(i, j): (i, j) for i in range(len(ys) - 1) for j in range(len(xs) - 1)}
    for i, (top, bottom) in enumerate(pairwise(ys)):
        for j, (left, right) in enumerate(pairwise(xs)):
            if j + 2 < len(xs) and not _is_wall(upright, right, (top + bottom) / 2):
                _unite(parent, (i, j), (i, j + 1))
            if i + 2 < len(ys) and not _is_wall(level, bottom, (left + right) / 2):
                _unite(parent, (i, j), (i + 1, j))
    owner = tuple(tuple(_root(parent, (i, j)) for j in range(len(xs) - 1)) for i in range(len(ys) - 1))
    return Grid(xs, ys, owner)


def _places(values: Iterable[float]) -> tuple[float, ...]:
    """Return places from low to high, those that are nearly alike once."""
    found: list[float] = []
    for one in sorted(values):
        if not found or one - found[-1] > NEAR:
            found.append(one)
    return tuple(found)


def _is_wall(rules: list[Rule], at: float, middle: float) -> bool:
    return any(abs(one.at - at) <= NEAR and one.start <= middle <= one.end for one in rules)


def _root(parent: dict[tuple[int, int], tuple[int, int]], cell: tuple[int, int]) -> tuple[int, int]:
    while parent[cell] != cell:
        cell = parent[cell]
    return cell


def _unite(parent: dict[tuple[int, int], tuple[int, int]], one: tuple[int, int], other: tuple[int, int]) -> None:
    """Merge two cells; the upper left one owns both."""
    low, high = sorted((_root(parent, one), _root(parent, other)))
    parent[high] = low
