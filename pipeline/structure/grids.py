"""Where tables stand: rows printed with bars or tabs, and tables flattened to one cell a line."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pipeline.structure.barred import RULE, header_rows
from pipeline.structure.cells import cut_bars, cut_words, has_outer_bars
from pipeline.structure.flattened import MAX_COST, TABLE_UNIT, Flat, header_length, read_flat, read_headless
from pipeline.structure.outline import STRONG, Line
from pipeline.structure.table_columns import is_label

_STOP = re.compile(r"[。！？；]|[，：:、,]$")
_SENTENCE = re.compile(r"[。！？]")
_NOTE = re.compile(r"(?:备\s*)?注\s*\d*\s*[:：]|注\d+[.．]|说明[:：]")
_CAPTION = re.compile(r".{4,40}(?:指标|目标|情况|一览|表)(?:[（(].{1,20}[）)])?")
_FIGURE = re.compile(r"[\d.,，%％＜＞<>≥≤±—\-－~～/∗*\s]+")
_MARKED = re.compile(r"\s(?:约束性|预期性)")
_OUTSIDE = frozenset({"part", "chapter", "section", "caption", "appendix"})
_MAX_CELL, _MAX_LOOSE, _MAX_ROWS, _MAX_TITLE = 40, 80, 300, 14
_MIN_RUN, _MIN_FIGURES, _MAX_LINES = 8, 4, 3000

Range = tuple[int, int]


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
    at = 0
    while at < len(lines):
        grid, end = _grid_at(lines, at)
        if grid is not None:
            starts = [one for one in (grid.caption, grid.header and grid.header[0], grid.rows[0][0]) if one is not None]
            found[min(starts)] = grid
        at = max(end, at + 1)
    return found


def _grid_at(lines: Sequence[Line], at: int) -> tuple[Grid | None, int]:
    """Return the table that begins at a line, and the line to look on at."""
    line = lines[at]
    if "|" in line.text or "\t" in line.text:
        end = _run_end(lines, at, _is_row)
        return (_barred(lines, at, end) if end - at > 1 else None), end
    if len(line.text) > _MAX_CELL:
        return None, at + 1
    if is_label(line.text.split(None, 1)[0]) or TABLE_UNIT.fullmatch(line.text):
        if grid := _flattened(lines, at, read_flat):
            return grid, grid.end
        return None, at + 1
    end = _run_end(lines, at, _is_cell)
    if end - at < _MIN_RUN or any(is_label(one.text.split(None, 1)[0]) for one in lines[at:end]):
        return None, at + 1
    return _headless(lines, at, end)


def _run_end(lines: Sequence[Line], at: int, belongs: Callable[[Line], bool]) -> int:
    while at < len(lines) and belongs(lines[at]):
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
    outer = has_outer_bars(texts)
    parted = sum(len(cut_bars(one, 0, len(one), outer)) > 1 and not RULE.fullmatch(one) for one in texts)
    if parted < 2 or not any(sum(bool(cell.text) for cell in cut_bars(one, 0, len(one), outer)) > 1 for one in texts):  # noqa: PLR2004
        return None
    body = at + header_rows(texts)
    rows = tuple((one, one + 1) for one in range(body, end))
    return Grid(_caption_before(lines, at), (at, body) if body > at else None, rows, end)


def _flattened(
    lines: Sequence[Line], at: int, read: Callable[[Sequence[tuple[int, str]]], Flat | None], end: int | None = None
) -> Grid | None:
    """Read a table whose cells stand one after the other from this line on."""
    if end is None:
        first = cut_words([(one.start, one.text) for one in lines[at : at + 24] if _may_belong(one)])
        unit = len(cut_words([(0, lines[at].text)])) if TABLE_UNIT.fullmatch(lines[at].text) else 0
        if not header_length(first[unit:]):
            return None
        end = min(_run_end(lines, at, _may_belong), at + _MAX_LINES)
    pairs = [(one.start, one.text) for one in lines[at:end]]
    flat = read(pairs)
    if flat is None or flat.cost > MAX_COST:
        return None
    return _grid_of(flat, lines, at)


def _grid_of(flat: Flat, lines: Sequence[Line], at: int) -> Grid:
    """Return the lines of the rows; two rows on one line are one, a label on lines of its own is one, too."""
    starts = [line.start for line in lines]

    def line_of(place: int) -> int:
        return bisect_right(starts, place) - 1

    heads = [line_of(one.name_start) for one in flat.rows]
    groups = [line_of(one.start) for one in flat.rows]
    breaks = {*heads, *groups, *(line_of(start) for start, _ in flat.repeats)}
    end = line_of(flat.rows[-1].end - 1) + 1
    cuts = sorted(one for one in breaks if one < end)
    rows = tuple(zip(cuts, [*cuts[1:], end], strict=True))
    header = (at, cuts[0]) if flat.header and cuts[0] > at else None
    return Grid(_caption_before(lines, at), header, rows, end)


def _headless(lines: Sequence[Line], at: int, end: int) -> tuple[Grid | None, int]:
    """Read a run of short lines without a header: a table where its rows repeat the same kinds of cells."""
    figures = [one for one in range(at, end) if _FIGURE.fullmatch(lines[one].text)]
    if len(figures) < _MIN_FIGURES or len(figures) * 5 < end - at:
        return None, end
    # Where a caption stands among the first cells, what is above it is none of the table's.
    first = next((one + 1 for one in range(at, figures[0]) if _CAPTION.fullmatch(lines[one].text)), at)
    return _flattened(lines, first, read_headless, end), end
