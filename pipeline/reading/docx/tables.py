"""Tables of a DOCX file as lines: a row a line, cells parted by ` | `, merged cells marked."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from pipeline.reading.docx.passage import Passage, joined, replaced
from pipeline.reading.docx.records import PAGE, Block, Cell, Line, Row, Table
from pipeline.reading.furniture import ENUMERATED

_SPACE = re.compile(r"\s+")
_BAR = re.compile(r"\s\|\s")
_ITEM = re.compile(rf"\n(?={ENUMERATED.pattern})")
# A break after a stop, before a bracket or unit, or in a name of up to six characters parts no words.
_GLUE = re.compile(
    r"(?<=[。！？；：、，（(“《])\n|\n(?=[（(）)、，。；：%％‰])|(?<![^\n]{7})(?<=[\u4e00-\u9fff])\n(?=[\u4e00-\u9fff])"
)
_IN_CELLS: tuple[tuple[re.Pattern[str], Callable[[str], str]], ...] = (
    (_ITEM, lambda _: " "), (_GLUE, lambda _: ""), (_SPACE, lambda _: " "), (_BAR, lambda _: "|"),
)  # fmt: skip
_PADDING, _FREE_PADDING = 20, 10_000


def lines_of(blocks: Iterable[Block]) -> Iterator[Line]:
    """Yield the lines of blocks; a table that only lays out the page gives the lines of its cells."""
    for one in blocks:
        if isinstance(one, Line):
            yield one
        elif _is_layout(one):
            for row in one.rows:
                for cell in row.cells:
                    yield from lines_of(cell.blocks)
        else:
            yield from map(Line, _row_lines(one))


def _is_layout(table: Table) -> bool:
    """Tell whether a table has one column, or most of its text in tables within."""
    if all(len(row.cells) < 2 for row in table.rows):
        return True
    cells = [block for row in table.rows for cell in row.cells for block in cell.blocks]
    nested = sum(_ink([one]) for one in cells if isinstance(one, Table) and any(len(row.cells) > 1 for row in one.rows))
    return nested * 2 > _ink(cells)


def _ink(blocks: Iterable[Block]) -> int:
    """Count the characters of blocks."""
    return sum(
        len(one.passage.text)
        if isinstance(one, Line)
        else sum(_ink(cell.blocks) for row in one.rows for cell in row.cells)
        for one in blocks
    )


def _row_lines(table: Table) -> list[Passage]:
    filled = [(row, [_cell_text(cell) for cell in row.cells]) for row in table.rows]
    filled = [(row, texts) for row, texts in filled if any(one.text for one in texts)]
    rows = _aligned([row for row, _ in filled])
    depths = _depths(rows)
    return [_line(at, row, filled[at][1], depths) for at, row in enumerate(rows)]


def _aligned(rows: list[Row]) -> list[Row]:
    """Number the columns by the places where a cell begins in any row; those between are but ruling."""
    starts = sorted({cell.column for row in rows for cell in row.cells})
    widths = [bisect_left(starts, row.width) for row in rows]
    if sum(widths) > _PADDING * sum(len(row.cells) for row in rows) + _FREE_PADDING:
        # The ruling is absurd: cells then stand side by side as they come.
        return [_side_by_side(row) for row in rows]
    return [
        Row(tuple(_placed(starts, cell) for cell in row.cells), width) for row, width in zip(rows, widths, strict=True)
    ]


def _side_by_side(row: Row) -> Row:
    cells = (replace(cell, column=at, span=1, covered=False) for at, cell in enumerate(row.cells))
    return Row(tuple(cells), len(row.cells))


def _placed(starts: list[int], cell: Cell) -> Cell:
    column = bisect_left(starts, cell.column)
    return replace(cell, column=column, span=bisect_left(starts, cell.column + cell.span) - column)


def _depths(rows: list[Row]) -> dict[tuple[int, int], int]:
    """Return over how many rows each cell goes, by row and column."""
    depths: dict[tuple[int, int], int] = {}
    above: dict[int, int] = {}
    for at, row in enumerate(rows):
        here: dict[int, int] = {}
        for cell in row.cells:
            first = above.get(cell.column, at) if cell.covered else at
            here[cell.column] = first
            depths[first, cell.column] = at - first + 1
        above = here
    return depths


def _line(at: int, row: Row, texts: list[Passage], depths: dict[tuple[int, int], int]) -> Passage:
    """Return a row as a line, with a mark over each cell that goes over several rows or columns."""
    columns = [Passage()] * row.width
    for cell, text in zip(row.cells, texts, strict=True):
        depth = depths.get((at, cell.column), 1)
        text = text.marked("row_span", depth) if depth > 1 else text
        columns[cell.column] = text.marked("column_span", cell.span) if cell.span > 1 else text
    return joined(columns, " | ")


def _cell_text(cell: Cell) -> Passage:
    """Return the text of a cell on one line; a name broken over two lines of a narrow cell is one again."""
    lines = [one.passage.without("bold") for one in lines_of(cell.blocks) if one is not PAGE]
    text = joined(lines, "\n")
    for pattern, new in _IN_CELLS:
        text = replaced(text, pattern, new)
    return text.stripped()
