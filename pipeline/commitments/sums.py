"""Amounts told in two numbers: 五元三毛, 8天20小时, 大于10小于20."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from pipeline.commitments.numerals import read_number
from pipeline.commitments.units import unit_of

_MONEY_PARTS = {
    "元": {"角": "0.1", "毛": "0.1", "分": "0.01"},
    "角": {"分": "0.1"},
    "毛": {"分": "0.1"},
    "美元": {"美分": "0.01"},
    "日元": {"日本钱": "0.01"},
}
_LONGEST = 7
"""Characters that may stand between the two numbers of one amount."""
_LONGEST_SPAN = 1000
"""Years; what is longer is a date."""
_LASTING = ("s", "year")
_MEAN_YEAR, _MEAN_MONTH = Decimal("31557600"), Decimal("2629800")
_BETWEEN = re.compile(r"[ \u3000，,]*(?:的?同时|并且|而且|且|并|但|而)?[ \u3000]*(?:又|也)?")
_AND_THEN = re.compile(r"[ \u3000]*(?:又|零|余|多)?[ \u3000]*")


@dataclass(frozen=True, slots=True)
class Expression:
    """A number as a text has it.

    Attributes:
        start: Start in the text.
        end: End in the text.
        value_min: Lower bound in `unit`, or None.
        value_max: Upper bound, or None.
        comparator: eq, ge, le, gt, lt, approx or range.
        unit: As written, without multiplier; one name for each currency; or None.
    """

    start: int
    end: int
    value_min: Decimal | None
    value_max: Decimal | None
    comparator: str
    unit: str | None

    @property
    def value(self) -> Decimal | None:
        """The lower bound, or the upper one where that is all that is told."""
        return self.value_max if self.value_min is None else self.value_min

    def moved_to(self, value: Decimal, end: int) -> Expression:
        """Return the expression with its bounds at another value, up to another end."""
        low = None if self.value_min is None else value
        high = None if self.value_max is None else value
        return replace(self, end=end, value_min=low, value_max=high)


def joined(text: str, found: list[Expression]) -> list[Expression]:
    """Join what is one amount in two numbers: bounds on both sides, 三块五, 五元三毛, 8天20小时.

    Args:
        text: The text.
        found: Its numbers, from left to right.
    """
    kept: list[Expression] = []
    for one in found:
        between = text[kept[-1].end : one.start] if kept else ""
        whole = None
        if kept and len(between) <= _LONGEST:
            whole = _both_bounds(kept[-1], one, between) or _in_parts(kept[-1], one, between)
        if whole is None:
            kept.append(one)
        else:
            kept[-1] = whole
    changed = [_with_small_change(text, one) for one in kept]
    return [one for before, one in pairwise((None, *changed)) if one and (before is None or one.start >= before.end)]


def _both_bounds(a: Expression, b: Expression, between: str) -> Expression | None:
    low, high = {"ge", "gt"}, {"le", "lt"}
    opposite = (a.comparator in low and b.comparator in high) or (a.comparator in high and b.comparator in low)
    if not opposite or (a.unit and b.unit and a.unit != b.unit) or not _BETWEEN.fullmatch(between):
        return None
    least, most = (a.value_min, b.value_max) if a.comparator in low else (b.value_min, a.value_max)
    if least is None or most is None or least > most:
        return None
    return Expression(a.start, b.end, least, most, "range", b.unit or a.unit)


def _in_parts(a: Expression, b: Expression, between: str) -> Expression | None:
    """Return a sum in parts of money or time."""
    if "range" in (a.comparator, b.comparator) or not a.unit or not b.unit or not _AND_THEN.fullmatch(between):
        return None
    whole, rest = a.value, b.value
    if whole is None or rest is None:
        return None
    parts = _MONEY_PARTS.get(a.unit, {})
    if part := parts.get(b.unit) or parts.get(b.unit.removesuffix("钱")):
        return a.moved_to(whole + rest * Decimal(part), b.end)
    longer, shorter = _seconds(a.unit), _seconds(b.unit)
    dated = b.unit in ("月", "日") or (a.unit == "年" and whole > _LONGEST_SPAN)
    if dated or not longer or not shorter or not (between or longer > shorter):
        return None
    unit, size = (b.unit, shorter) if longer > shorter else (a.unit, longer)
    value = (whole * longer + rest * shorter) / size
    return Expression(a.start, b.end, value, value, "approx" if a.comparator == "approx" else "eq", unit)


def _seconds(unit: str) -> Decimal | None:
    """Return the length of a unit of time in seconds, months and years at their mean length (UCUM)."""
    if unit in ("个月", "月"):
        return _MEAN_MONTH
    known = unit_of(unit)
    if known is None or known.unit_id not in _LASTING or unit in ("岁", "周岁"):
        return None
    return known.factor * (_MEAN_YEAR if known.unit_id == "year" else 1)


_CHANGE = re.compile(r"([一二三四五六七八九])(?![十百千万亿一二三四五六七八九点个年月日天只]|[\u4e00-\u9fff]?[元块])")


def _with_small_change(text: str, one: Expression) -> Expression:
    """Read 三块五 as 3.5: a digit after 块 counts its tenths."""
    if one.unit != "元" or text[one.end - 1] != "块" or not (found := _CHANGE.match(text, one.end)):
        return one
    digit = read_number(found[1]) or Decimal(0)
    return one.moved_to((one.value or Decimal(0)) + digit / 10, found.end())
