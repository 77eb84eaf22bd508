"""Tables: rows printed with bars or tabs, and tables flattened to one cell a line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from pipeline.structure.outline import STRONG, Line

_RULE = re.compile(r"[\s|:+=-]+")
_STOP = re.compile(r"[。！？；]|[，：:、,]$")
_FIGURE = re.compile(r"[\d.,，%％＜＞<>≥≤±—\-－~～/∗*\s]+")
_SERIAL = re.compile(r"(\d{1,3})(?:[.．、]?$|[.．、]\s*\D|\s+\D)")
_CAPTION = re.compile(r".{4,40}(?:指标|目标|情况|一览|表)(?:（.{1,20}）)?")
_MAX_CELL, _MIN_RUN, _MIN_FIGURES, _MIN_SERIALS = 40, 6, 3, 3

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


def find_grids(lines: list[Line]) -> dict[int, Grid]:
    """Return the tables by the index of their first line (caption, header or row)."""
    found: dict[int, Grid] = {}
    at = 0
    while at < len(lines):
        end = _run_end(lines, at, _is_row)
        if end - at > 1:
            _add(found, _barred(lines, at, end))
        else:
            end = _run_end(lines, at, _is_cell)
            if end - at >= _MIN_RUN:
                _add(found, _flattened(lines, at, end))
        at = max(end, at + 1)
    return found


def _add(found: dict[int, Grid], grid: Grid | None) -> None:
    if grid is not None:
        starts = [at for at in (grid.caption, grid.header and grid.header[0], grid.rows[0][0]) if at is not None]
        found[min(starts)] = grid


def _run_end(lines: list[Line], at: int, belongs: Callable[[Line], bool]) -> int:
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


def _caption_before(lines: list[Line], at: int) -> int | None:
    if at == 0:
        return None
    line = lines[at - 1]
    captioned = line.kind == "caption" or (not line.kind and _CAPTION.fullmatch(line.text))
    return at - 1 if captioned and not _STOP.search(line.text) else None


def _barred(lines: list[Line], at: int, end: int) -> Grid | None:
    """Read a table with bars or tabs; a rule (`|---|`) below the header row belongs to it."""
    body = at
    while body < end and _RULE.fullmatch(lines[body].text):
        body += 1
    body += 1
    while body < end and _RULE.fullmatch(lines[body].text):
        body += 1
    rows = tuple((one, one + 1) for one in range(body, end))
    return Grid(_caption_before(lines, at), (at, body), rows, end) if rows else None


def _flattened(lines: list[Line], at: int, end: int) -> Grid | None:
    """Read a table whose cells stand one a line: many short lines without a stop, figures among them."""
    texts = [line.text for line in lines[at:end]]
    figures = [number for number, one in enumerate(texts) if _FIGURE.fullmatch(one)]
    if len(figures) < _MIN_FIGURES or len(figures) * 8 < len(texts):
        return None
    # Where a caption stands among the first cells, what is above it is none of the table's.
    caption = _caption_before(lines, at)
    inside = next((number for number in range(figures[0]) if _CAPTION.fullmatch(texts[number])), None)
    inside = None if caption is not None else inside
    caption = caption if inside is None else at + inside
    header, rows = _group(lines, at if inside is None else at + inside + 1, end)
    return Grid(caption, header, rows, end)


def _group(lines: list[Line], start: int, end: int) -> tuple[Range | None, tuple[Range, ...]]:
    """Group cells into rows by their serial numbers 1, 2, 3 ...; without them each line is a row."""
    heads: list[int] = []
    for at in range(start, end):
        serial = _SERIAL.match(lines[at].text)
        # A number that the print lost may be skipped, but a value of a cell hardly continues the series.
        if serial and 1 <= int(serial.group(1)) - len(heads) <= (2 if heads else 1):
            heads.append(at)
    if len(heads) < _MIN_SERIALS:
        return None, tuple((at, at + 1) for at in range(start, end))
    spans = list(zip(heads, [*heads[1:], end], strict=True))
    usual = Counter(after - at for at, after in spans[:-1]).most_common(1)[0][0]
    rows: list[Range] = []
    for at, after in spans:
        cut = min(after, at + usual)
        rows.append((at, cut))
        # Cells beyond the usual number name the group of the rows that follow.
        if cut < after:
            rows.append((cut, after))
    return ((start, heads[0]) if heads[0] > start else None), tuple(rows)
