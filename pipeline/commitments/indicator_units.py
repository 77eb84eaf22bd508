"""Whether a figure can be in the unit of an indicator: `高速公路7条` is no length, `小学450元` no number of schools."""

from __future__ import annotations

from pipeline.commitments.units import unit_id_of

_AMOUNTS = frozenset({"level", "increase", "decrease", "count"})
_RATES = frozenset({"%", "per mille", "percentage_points", "percent", "permille"})
_FAMILY = {"CNY": "money", "USD": "money", **dict.fromkeys(_RATES, "rate")}
_CHECKED = frozenset({"money", "rate", "persons", "count", "m", "m2", "m3", "kg", "kW", "TEU"})
_COUNTED = "counted"
_HEADS = frozenset({"头", "只", "羽", "尾", "万头", "头（只）"})
_PEOPLE_LIKE = frozenset({"户", "个", "对", "批", "岗位"})
SUMMED = frozenset({"CNY", "USD", "count", "persons", "m", "m2", "m3", "kg", "kW", "kWh", "tce", "TEU", "EFLOPS"})
"""Canonical units of amounts, which add up over places unless the catalogue says that they are averages."""
_ALSO = frozenset({("count", _COUNTED), ("count", "persons"), ("count", "m2"), ("count", "m")})
_OF_ALL = _AMOUNTS | {"growth_rate", "multiple", "benchmark"}
_OF_RATES = _OF_ALL | {"share", "coverage"}


def measure_fits(wanted: str, measure: str) -> bool:
    """Tell whether an indicator whose canonical unit is `wanted` can be told in this measure: a number of things is no share.

    >>> measure_fits("count", "share"), measure_fits("%", "share"), measure_fits("count", "growth_rate")
    (False, True, True)
    """
    return measure in (_OF_RATES if wanted in _RATES or wanted in ("ratio", "") else _OF_ALL)


def unit_fits(wanted: str, measure: str, unit: str | None) -> bool:
    """Tell whether a quantity with this unit can be of an indicator whose canonical unit is `wanted`.

    Rates of growth, shares, ranks and the like are told apart by their measure; only amounts are checked. A change may
    be told in per cent of whatever it changes, but percentage points are only of a rate.

    Args:
        wanted: Unit of the indicator in the catalogue.
        measure: Measure of the quantity.
        unit: Its unit as written, None where it has none.

    >>> unit_fits("m", "count", "公里"), unit_fits("m", "count", "条"), unit_fits("CNY", "level", "美元")
    (True, False, True)
    """
    family = _FAMILY.get(wanted, wanted)
    if unit is None or measure not in _AMOUNTS or family not in _CHECKED:
        return True
    unit_id = (unit_id_of(unit) or _COUNTED).split("/")[0]
    own = _FAMILY.get(unit_id, unit_id)
    if own == "rate":
        changes = measure in ("increase", "decrease") and unit_id != "percentage_points"
        return family == "rate" or changes
    if own == _COUNTED:
        return (
            family == "count" or (family == "kg" and unit in _HEADS) or (family == "persons" and unit in _PEOPLE_LIKE)
        )
    return own == family or (family, own) in _ALSO


def is_amount(measure: str, unit: str | None, denominator: str | None) -> bool:
    """Tell whether a figure is an amount, no rate, ratio or rank.

    Args:
        measure: Measure of the quantity.
        unit: Its `unit_id`, else its unit as written.
        denominator: What it is per, None where it is per nothing.

    >>> is_amount("count", "persons", None), is_amount("increase", "percent", None), is_amount("level", "CNY/persons", None)
    (True, False, False)
    """
    rate = unit is not None and (unit in _RATES | {"times", "rank"} or "/" in unit)
    return measure in _AMOUNTS and not rate and not denominator
