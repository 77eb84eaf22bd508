"""A row of a table from its cells: group, indicator, unit, values, attribute."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.records import CellValue, Span, TableRow
from pipeline.structure.cells import Cell, name_and_unit
from pipeline.structure.figures import read_figure
from pipeline.structure.table_columns import VALUES, Column

_SERIAL = re.compile(
    r"(?:\d{1,3}\s*[.．、]|[（(]\s*\d{1,2}\s*[）)]|[①-⑳]|[一二三四五六七八九十]+、|[-—·])\s*(?=[^\d\s])"
)
_AMONG = re.compile(r"(?:其\s*中|#)\s*[:：]?\s*")
_COUNT = re.compile(r"\s*[（(]\s*(?:共\s*)?[\d一二三四五六七八九十]+\s*[项个]\s*[）)]$")
_NUMBER = re.compile(r"\d{1,3}[.．、]?")
_NEARLY = 0.995


class RowReader:
    """Reads the rows of one table from the first to the last; what merged cells and 其中 say is carried on."""

    def __init__(self, text: str, columns: Sequence[Column], unit: str | None = None) -> None:
        """Start a table.

        Args:
            text: Canonical text.
            columns: From left to right.
            unit: Unit of all values, given above the table, or None.
        """
        self._text, self._columns, self._unit = text, columns, unit
        self._at = {one.kind: at for at, one in reversed(list(enumerate(columns)))}
        self._group: str | None = None
        self._parent: str | None = None
        self._above: TableRow | None = None
        self._left: float | None = None

    def row(self, cells: Sequence[Cell | None], span: Span, parent: Cell | None = None) -> TableRow | None:
        """Return the next row, None where it is the label of those below it.

        Args:
            cells: One for each column; None or empty where there is none.
            span: Where its own cells stand.
            parent: Name over this row and the unnumbered ones below it, where that stands in the same cell.
        """
        label, numbered = self._cell(cells, "group"), bool(self._cell(cells, "serial"))
        if label and _COUNT.sub("", label) != self._group:
            self._group, self._parent = _COUNT.sub("", label), None
        name = self._cell(cells, "indicator")
        if not self._gives(cells):
            self._open(name or label or next((one.text for one in cells if one and one.text), ""), numbered)
            return None
        part = self._cell(cells, "part")
        if part:
            self._parent, name = self._plain(name) or self._parent, part
        elif numbered or "part" in self._at:
            self._parent = parent.text if parent else None
        named = self._named(cells, name, "part" if part else "indicator")
        row = TableRow(
            *span,
            tuple(one.text if one else "" for one in cells),
            self._group,
            self._parent,
            named.indicator,
            named.indicator_span,
            named.unit,
            tuple(self._values(cells)),
            self._cell(cells, "attribute") or None,
        )
        return self._keep(replace(row, unit=row.unit or _own_unit(row) or self._unit))

    def _cell(self, cells: Sequence[Cell | None], kind: str) -> str:
        cell = cells[self._at[kind]] if kind in self._at else None
        return cell.text if cell else ""

    def _gives(self, cells: Sequence[Cell | None]) -> bool:
        telling = [at for at, one in enumerate(self._columns) if one.kind in VALUES | {"attribute", "unit"}]
        filled = [at for at, one in enumerate(cells) if one and one.text]
        return len(filled) > 1 if not telling else any(at in telling for at in filled)

    def _open(self, label: str, numbered: bool) -> None:
        """Take a row without values as the name or the group of the rows below it."""
        plain = self._plain(label)
        if _AMONG.fullmatch(label):
            self._begin_parts()
        elif numbered:
            self._parent = plain
        else:
            self._group, self._parent = _COUNT.sub("", plain), None

    @staticmethod
    def _plain(name: str) -> str:
        return _SERIAL.sub("", name_and_unit(name)[0], count=1)

    def _begin_parts(self) -> None:
        above = self._above
        self._parent = above.indicator if above else None
        total = above.values[0].value_max if above and above.values else None
        self._left = total

    def _named(self, cells: Sequence[Cell | None], name: str, kind: str) -> TableRow:
        """Return a row with nothing but indicator, its place and its unit."""
        bare = TableRow(0, 0, ())
        if _AMONG.match(name):
            self._begin_parts()
            name = _AMONG.sub("", name, count=1)
        unit = self._cell(cells, "unit")
        unit = "" if not re.search(r"\w|[%％‰℃]", unit) else unit
        if not name:
            above = self._above
            return bare if above is None else replace(above, unit=unit or above.unit if unit else None)
        plain, own = name_and_unit(_SERIAL.sub("", name, count=1))
        cell = cells[self._at[kind]]
        span = place_of(self._text, (cell.start, cell.end), plain) if cell else None
        return replace(bare, indicator=plain, indicator_span=span, unit=unit or own)

    def _values(self, cells: Sequence[Cell | None]) -> list[CellValue]:
        found = []
        for cell, column in zip(cells, self._columns, strict=True):
            if cell and cell.text and column.kind in VALUES and not cell.is_dash:
                found.append(_value(self._text, cell, column))
        return found

    def _keep(self, row: TableRow) -> TableRow:
        """Remember a row; parts that make up the whole together end with the last of them."""
        if self._parent is None or self._left is None:
            self._above = row
            return row
        part = row.values[0].value_max if row.values else None
        total = self._above.values[0].value_max if self._above and self._above.values else None
        if part is not None and total:
            self._left -= part
            if self._left <= total * (1 - _NEARLY):
                self._parent, self._left = None, None
        return row


def _own_unit(row: TableRow) -> str | None:
    units = {one.unit for one in row.values if one.comparator and one.role != "other"}
    return units.pop() if len(units) == 1 else None


def _value(text: str, cell: Cell, column: Column) -> CellValue:
    figure = read_figure(cell.text)
    if figure is None:
        return CellValue(cell.start, cell.end, cell.text, column.kind, column.year, aggregation=column.aggregation)
    start, end = place_of(text, (cell.start, cell.end), cell.text[figure.start : figure.end])
    return CellValue(
        start, end, cell.text, column.kind, figure.year or column.year, figure.value_min, figure.value_max,
        figure.comparator, figure.unit or name_and_unit(column.label)[1], figure.aggregation or column.aggregation,
    )  # fmt: skip


def place_of(text: str, span: Span, words: str) -> Span:
    r"""Return where words stand in a stretch of the text, whatever white space breaks them there.

    >>> place_of("占地区生\n产总值(%)", (0, 11), "地区生产总值")
    (1, 8)
    """
    places = [at for at in range(*span) if not text[at].isspace()]
    wanted = re.sub(r"\s", "", words)
    at = "".join(text[one] for one in places).find(wanted)
    if at < 0 or not wanted:
        return span
    return places[at], places[at + len(wanted) - 1] + 1
