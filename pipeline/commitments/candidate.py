"""A stretch that may be a quantity."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from pipeline.commitments.patterns import GE, GT, LE, LT, comparator_of


class Candidate(NamedTuple):
    """A stretch that may be a quantity.

    Attributes:
        start: Start in the text.
        end: End in the text.
        value_min: Lower bound in `unit`, or None.
        value_max: Upper bound, or None.
        comparator: eq, ge, le, gt, lt, approx or range.
        unit: As written without multiplier; `times`, `rank`, `%`; or None.
        rule: What read it: number, order, multiple, rank, coverage, benchmark, configuration, ratio, digits.
    """

    start: int
    end: int
    value_min: float | None
    value_max: float | None
    comparator: str
    unit: str | None
    rule: str


def bounds(value: float, comparator: str) -> tuple[float | None, float | None]:
    """Return lower and upper bound that a comparator makes of one value.

    >>> bounds(5.0, "ge"), bounds(5.0, "lt"), bounds(5.0, "approx")
    ((5.0, None), (None, 5.0), (5.0, 5.0))
    """
    if comparator in (GE, GT):
        return value, None
    if comparator in (LE, LT):
        return None, value
    return value, value


def candidate(
    found: re.Match[str],
    low: Decimal | float | None,
    high: Decimal | float | None,
    comparator: str,
    unit: str | None,
    rule: str,
) -> Candidate:
    """Return the candidate of a match; its bounds become the numbers of a record here."""
    least, most = None if low is None else float(low), None if high is None else float(high)
    return Candidate(found.start(), found.end(), least, most, comparator, unit, rule)


def exact(found: re.Match[str], value: Decimal | float, comparator: str, unit: str | None, rule: str) -> Candidate:
    """Return the candidate of one value with a comparator."""
    return candidate(found, *bounds(float(value), comparator), comparator, unit, rule)


def comparator_in(before: str | None, after: str | None, more: bool = False) -> str:
    """Return the comparator that the words around a number tell; without any, `eq`, or `gt` after 余 or 多."""
    return comparator_of(before, after) or (GT if more else "eq")
