"""Quantities in the rows of indicator tables: unit, year, base and force stand in other cells than the figure."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.commitments.denominators import denominator_in
from pipeline.commitments.facts import DocumentFacts
from pipeline.commitments.indicators import indicator_id_of
from pipeline.commitments.numerals import multiplier
from pipeline.commitments.units import in_base_units, unit_id_of
from pipeline.records import CellValue, Evidence, Quantity, Structure, TableFound, TableRow
from pipeline.structure.row_cells import place_of

_DOWN = re.compile("降低|下降|减少|削减|降幅")
_GROWTH = re.compile("增长|增速|增幅")
_AVERAGE = re.compile("年均(?!浓度)")
_IN_STEP = re.compile("与.{2,14}同步")
_PAIR = re.compile(r"(\d+(?:\.\d+)?)\s*[/／]\s*(\d+(?:\.\d+)?)")


def table_quantities(
    text: str, structure: Structure, tables: Sequence[TableFound], facts: DocumentFacts
) -> Iterator[Quantity]:
    """Yield the quantities of the rows of indicator tables.

    Args:
        text: Canonical text.
        structure: Its structure; each row stands in one of its clauses.
        tables: Its tables as read.
        facts: What is known of the document.
    """
    starts = [one.start for one in structure.clauses]
    for table in tables:
        if table.kind != "indicator":
            continue
        for row in table.rows:
            reader = _Row(text, row, facts)
            for value in row.values:
                yield from reader.quantities(value, bisect_right(starts, value.start) - 1)


@dataclass(frozen=True, slots=True)
class _Bounds:
    """A figure in its unit, multipliers of the unit multiplied out."""

    start: int
    end: int
    low: float | None
    high: float | None
    comparator: str
    unit: str | None


class _Row:
    """Reads the quantities of one row."""

    def __init__(self, text: str, row: TableRow, facts: DocumentFacts) -> None:
        self._text, self._row, self._facts = text, row, facts
        self._base, self._target = row.value("base"), row.value("target")

    def quantities(self, value: CellValue, clause: int) -> Iterator[Quantity]:
        """Yield the quantities of a cell: one, two where it holds a pair, none where it holds no figure."""
        for one in self._bounds(value):
            yield self._quantity(value, one, clause)

    def _bounds(self, value: CellValue) -> Iterator[_Bounds]:
        if value.comparator is not None:
            factor, unit = split_unit(self._unit(value))
            factor = 1.0 if value.unit else factor
            low, high = _times(value.value_min, factor), _times(value.value_max, factor)
            yield _Bounds(value.start, value.end, low, high, value.comparator, unit)
        elif pair := _PAIR.fullmatch(value.text):
            units = re.split("[/／]", self._row.unit or "")
            for figure, unit in zip(pair.groups(), units, strict=False) if len(units) == 2 else ():  # noqa: PLR2004
                factor, plain = split_unit(unit)
                number = _times(float(figure), factor)
                start, end = place_of(self._text, (value.start, value.end), figure)
                yield _Bounds(start, end, number, number, "eq", plain)
        elif found := _IN_STEP.search(value.text):
            yield _Bounds(*place_of(self._text, (value.start, value.end), found.group()), None, None, "eq", None)

    def _unit(self, value: CellValue) -> str:
        # A rate of growth beside sums of money is in per cent, whatever the sums are in.
        if value.unit is None and value.role == "change" and value.aggregation == "annual_average":
            return "%"
        return value.unit or self._row.unit or ""

    def _quantity(self, value: CellValue, one: _Bounds, clause: int) -> Quantity:
        row = self._row
        status, deadline = self._standing(value)
        committed = status == "commitment"
        base = self._base if value.role == "target" and self._base and self._base.comparator else None
        measure = "benchmark" if _is_open(one) else self._measure(value, one.unit)
        return Quantity(
            start=one.start,
            end=one.end,
            clause=clause,
            indicator=row.indicator,
            indicator_id=indicator_id_of(row.indicator, measure, one.unit),
            value_min=one.low,
            value_max=one.high,
            comparator=one.comparator,
            unit=one.unit,
            unit_id=unit_id_of(one.unit),
            value_min_si=in_base_units(one.unit, one.low),
            value_max_si=in_base_units(one.unit, one.high),
            measure=measure,
            aggregation=self._aggregation(value),
            denominator=self._denominator(),
            baseline_value=self._baseline(base),
            baseline_year=base.year if base else None,
            deadline=deadline if committed else None,
            deadline_source=("stated" if value.year else "plan_period") if committed and deadline else None,
            status=status,
            force=(row.force or "planned") if committed else None,
            rule="table_row",
            evidence=tuple(self._evidence(one, base)),
        )

    def _baseline(self, base: CellValue | None) -> float | None:
        if base is None:
            return None
        factor = 1.0 if base.unit else split_unit(self._row.unit or "")[0]
        return _times(base.value_max if base.value_min is None else base.value_min, factor)

    def _standing(self, value: CellValue) -> tuple[str, int | None]:
        """Return status and deadline: a base is reached; what no header names is told, not undertaken."""
        facts = self._facts
        begun = facts.period_start or facts.published_year
        year = value.year or (self._target.year if self._target else None)
        if value.role == "base" or (year is not None and begun is not None and year < begun):
            return "achieved", None
        if value.role == "other":
            return "context", None
        return "commitment", year if year is not None else facts.period_end

    def _aggregation(self, value: CellValue) -> str | None:
        if value.aggregation:
            return value.aggregation
        return "annual_average" if _AVERAGE.search(self._row.indicator or "") else None

    def _measure(self, value: CellValue, unit: str | None) -> str:
        name = self._row.indicator or ""
        if unit in ("%", "‰"):
            if _DOWN.search(name):
                return "decrease"
            grows = _GROWTH.search(name) or (value.role == "change" and self._row.unit not in (None, "%", "‰", "％"))
            return "growth_rate" if grows else "share"
        if unit in ("个百分点", "百分点"):
            return "decrease" if _DOWN.search(name) else "increase"
        return "increase" if re.search("新增|增加", name) else "level"

    def _denominator(self) -> str | None:
        name = self._row.indicator or ""
        span = denominator_in(name)
        return name[slice(*span)] if span else None

    def _evidence(self, one: _Bounds, base: CellValue | None) -> Iterator[Evidence]:
        row = self._row
        yield Evidence("value", one.start, one.end)
        if row.indicator_span:
            yield Evidence("indicator", *row.indicator_span)
        if base:
            yield Evidence("baseline_value", base.start, base.end)
        per = self._denominator()
        where = self._text.find(per, *row.indicator_span) if per and row.indicator_span else -1
        if per and where >= 0:
            yield Evidence("denominator", where, where + len(per))
        at = self._text.find(row.attribute, row.start, row.end) if row.attribute else -1
        if at >= 0:
            yield Evidence("force", at, at + len(row.attribute or ""))


def _is_open(one: _Bounds) -> bool:
    return one.low is None and one.high is None


def _times(value: float | None, factor: float) -> float | None:
    return None if value is None else round(value * factor, 6)


def split_unit(unit: str) -> tuple[float, str | None]:
    """Return factor and unit.

    >>> split_unit("万人"), split_unit("万套（间）"), split_unit("％")
    ((10000.0, '人'), (10000.0, '套（间）'), (1.0, '%'))
    """
    plain = unit.strip().replace("％", "%")
    signs = re.match("[万亿]*", plain)
    lead = signs.group() if signs and len(signs.group()) < len(plain) else ""
    return multiplier(lead), plain[len(lead) :] or None
