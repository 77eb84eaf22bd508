"""Where tables stand: rows printed with bars or tabs, and tables flattened to one cell a line."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pipeline.structure.barred import header_rows
from pipeline.structure.cells import cut_words
from pipeline.structure.flat_header import TABLE_UNIT, header_length
from pipeline.structure.flattened import MAX_COST, Flat, read_flat, read_headless
from pipeline.structure.outline import STRONG, Line
from pipeline.structure.table_columns import is_label

_STOP = re.compile(r"[。！？；]|[，：:、,]$")
_SENTENCE = re.compile(r"[。！？]")
_NOTE = re.compile(r"(?:备\s*)?注\s*\d*\s*[:：]|注\d+[.．]|说明[:：]")
_CAPTION = re.compile(r".{4,40}(?:指标|目标|情况|一览|表)(?:[（(].{1,20}[）)])?")
_FIGURE = re.compile(r"[\d.,，%％＜＞<>≥≤±—\-－~～/∗*\s]+")
_MAY_HEAD = re.compile(
    '[（(“"]?(?:[序编类指项名单计主产种目十数#N]|(?:19|20)[0-9]|年均|累计|现状|基期|规划|完成|实际|预计|領|领|類|單|大类|具体|核心)'
)
_BAR = re.compile(r"[|\t]")
_MARKED = re.compile(r"\s(?:约束性|预期性)")
_OUTSIDE = frozenset({"part", "chapter", "section", "caption", "appendix"})
_MAX_CELL, _MAX_LOOSE, _MAX_ROWS, _MAX_TITLE = 40, 80, 300, 14
_MIN_RUN, _MIN_FIGURES, _MAX_LINES = 8, 4, 2000

_MAX_HEADER_LINES, _BUDGET, _BUDGET_PER_LINE = 24, 3000, 4

Range = tuple[int, int]
Pairs = tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table, as indices into the lines, half-open.

    Attributes:
        caption: The line of the caption, or None.
        header: Lines of the header row, or None.
        rows: Lines of each further row.
        end: Line after the table.
    """

    caption: int | None
    header: Range | None
    rows: tuple[Range, ...]
    end: int


def find_grids(lines: Sequence[Line]) -> dict[int, Grid]:
    """Return the tables by the index of their first line (caption, header or row)."""
    found: dict[int, Grid] = {}
    at = run_end = 0
    # However often short lines look like headers, the work stays in proportion to their number.
    budget = _BUDGET + _BUDGET_PER_LINE * len(lines)
    while at < len(lines):
        grid, after = None, at + 1
        text = lines[at].text
        if "|" in text or "\t" in text:
            after = _run_end(lines, at, _is_row)
            grid = _barred(lines, at, after) if after - at > 1 else None
        elif len(text) <= _MAX_CELL and _MAY_HEAD.match(text) and _heads(text):
            end = _region_end(lines, at) if budget > 0 else at
            budget -= end - at
            grid = _flattened(lines, at, end, read_flat) if end > at else None
        elif at >= run_end and len(text) <= _MAX_CELL:
            run_end = max(_run_end(lines, at, _is_cell), at + 1)
            grid = _headless(lines, at, run_end) if run_end - at >= _MIN_RUN else None
        if grid is not None:
            starts = [one for one in (grid.caption, grid.header and grid.header[0], grid.rows[0][0]) if one is not None]
            found[min(starts)] = grid
            after = grid.end
        at = after
    return found


def _run_end(lines: Sequence[Line], at: int, belongs: Callable[[Line], bool], until: int | None = None) -> int:
    last = min(len(lines), until or len(lines))
    while at < last and belongs(lines[at]):
        at += 1
    return at


def _is_row(line: Line) -> bool:
    return "|" in line.text or "\t" in line.text


def _is_cell(line: Line) -> bool:
    return (
        len(line.text) <= _MAX_CELL
        and line.kind not in STRONG
        and line.kind != "caption"
        and not _STOP.search(line.text)
    )


def _may_belong(line: Line) -> bool:
    """Tell whether a line below a header may be (a part of) a cell: any short line that is no heading."""
    # Several rows that print set on one line are long, but tell themselves by their marks.
    longest = _MAX_ROWS if _MARKED.search(line.text) else _MAX_LOOSE
    if len(line.text) > longest or line.kind in _OUTSIDE or _is_row(line):
        return False
    if line.kind in STRONG and len(line.text) > _MAX_TITLE:
        return False
    return not _SENTENCE.search(line.text) and not _NOTE.match(line.text)


def _caption_before(lines: Sequence[Line], at: int) -> int | None:
    if at == 0:
        return None
    line = lines[at - 1]
    captioned = line.kind == "caption" or (not line.kind and _CAPTION.fullmatch(line.text))
    return at - 1 if captioned and not _STOP.search(line.text) else None


def _barred(lines: Sequence[Line], at: int, end: int) -> Grid | None:
    """Read a table with bars or tabs; rows of a single cell make none."""
    texts = [line.text for line in lines[at:end]]
    filled = [sum(bool(part.strip(" :+=-")) for part in _BAR.split(one)) for one in texts]
    if sum(map(bool, filled)) < 2 or max(filled) < 2:  # noqa: PLR2004
        return None
    body = at + header_rows(texts)
    rows = tuple((one, one + 1) for one in range(body, end))
    return Grid(_caption_before(lines, at), (at, body) if body > at else None, rows, end)


def _region_end(lines: Sequence[Line], at: int) -> int:
    """Return the line up to which a table that begins with a header here may reach; `at` where there is no header."""
    first = [(one.start, one.text) for one in lines[at : at + _MAX_HEADER_LINES] if _may_belong(one)]
    if first and TABLE_UNIT.fullmatch(first[0][1]):
        first = first[1:]
    if not header_length(cut_words(first)):
        return at
    return _run_end(lines, at, _may_belong, at + _MAX_LINES)


def _flattened(lines: Sequence[Line], at: int, end: int, read: Callable[[Pairs], Flat | None]) -> Grid | None:
    """Read a table whose cells stand one after the other in these lines; what is behind it may be more than it."""
    flat = read(tuple((one.start, one.text) for one in lines[at:end]))
    return None if flat is None or flat.cost > MAX_COST else _grid_of(flat, lines, at)


def _grid_of(flat: Flat, lines: Sequence[Line], at: int) -> Grid:
    """Return the lines of the rows; two rows on one line are one, a label on lines of its own is one, too."""
    starts = [line.start for line in lines[at : at + _MAX_LINES]]

    def line_of(place: int) -> int:
        return at + bisect_right(starts, place) - 1

    heads = [line_of(one.name_start) for one in flat.rows]
    groups = [line_of(one.start) for one in flat.rows]
    breaks = {*heads, *groups, *(line_of(start) for start, _ in flat.repeats)}
    end = line_of(flat.rows[-1].end - 1) + 1
    cuts = sorted(one for one in breaks if one < end)
    rows = tuple(zip(cuts, [*cuts[1:], end], strict=True))
    header = (at, cuts[0]) if flat.header and cuts[0] > at else None
    return Grid(_caption_before(lines, at), header, rows, end)


def _headless(lines: Sequence[Line], at: int, end: int) -> Grid | None:
    """Read a run of short lines without a header: a table where its rows repeat the same kinds of cells."""
    figures = [one for one in range(at, end) if _FIGURE.fullmatch(lines[one].text)]
    if len(figures) < _MIN_FIGURES or len(figures) * 5 < end - at:
        return None
    if any(_heads(one.text) for one in lines[at:end]):
        return None
    # Where a caption stands among the first cells, what is above it is none of the table's.
    first = next((one + 1 for one in range(at, figures[0]) if _CAPTION.fullmatch(lines[one].text)), at)
    return _flattened(lines, first, min(end, first + _MAX_LINES), read_headless)


def _heads(text: str) -> bool:
    return is_label(text.split(None, 1)[0]) or TABLE_UNIT.fullmatch(text) is not None
