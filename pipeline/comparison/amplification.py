"""Whether a place asks for more than the one above it (层层加码): city against province, province against nation."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import lru_cache
from importlib import resources

import pandas as pd
import yaml

from pipeline.commitments.indicator_units import is_amount
from pipeline.comparison.changes import Row, ambition, incomparable, rows_of, value_of
from pipeline.reading.places import COUNTRY, PROVINCES

SUM = "a sum: a part of the whole cannot be compared"
_PREFECTURE = re.compile(r"(.+?)(?:[^省]{0,8}自治州|市|地区|盟)$")
_TYPES = dict.fromkeys(("indicator_id",), "str") | {"deadline": "int64"}
_TYPES |= dict.fromkeys(("place", "parent"), "str")
_TYPES |= dict.fromkeys(("value", "parent_value", "difference", "ratio"), "float64")
_TYPES |= dict.fromkeys(("unit", "ambition", "reason", "quantity_id", "parent_quantity_id"), "str")


@lru_cache(maxsize=1)
def _provinces() -> Mapping[str, str]:
    """Return the province of each prefecture-level place by its short name."""
    text = resources.files("pipeline.comparison").joinpath("provinces.yaml").read_text("utf-8")
    return {name: province for province, names in yaml.safe_load(text).items() for name in names.split()}


def parent_of(place: str) -> str | None:
    """Return the place above: the nation for a province, the province for a prefecture-level place.

    None for the nation, and for what the list does not hold (counties).

    >>> parent_of("菏泽市"), parent_of("山东省"), parent_of("海南藏族自治州"), parent_of("全国")
    ('山东省', '全国', '青海省', None)
    """
    if place in PROVINCES:
        return COUNTRY
    if not (match := _PREFECTURE.match(place)):
        return None
    known = _provinces()
    short = match.group(1) if place.endswith(("市", "地区", "盟")) else ""
    return known.get(short) or next(
        (known[place[:n]] for n in range(len(place) - 1, 1, -1) if place.endswith("自治州") and place[:n] in known),
        None,
    )


def amplification_table(indicators: pd.DataFrame, directions: Mapping[str, str], sums: Collection[str]) -> pd.DataFrame:
    """Compare each place's commitments with those of the place above it for the same year.

    Args:
        indicators: From `indicator_table`: one statement a document, indicator and deadline, with `place`.
        directions: Indicator to `up` or `down`, the way that is meant as progress.
        sums: Indicators whose amounts add up over places: a city's jobs are a part of its province's, and fewer is not
            less ambitious. Their rates of growth are compared.

    Returns:
        `indicator_id, deadline, place, parent, value, parent_value, difference, ratio, unit, ambition` (more: the place
        asks for more than the one above it; less, same, or empty where neither way is progress), `reason` (why the two
        cannot be compared, in words; then there is no difference), both quantities' ids. A ratio to nought is empty.
    """
    rows = indicators[indicators["status"].eq("commitment") & indicators["deadline"].notna()]
    rows = rows[rows["place"].notna()].sort_values(["indicator_id", "deadline", "place", "quantity_id"])
    known = {(row["indicator_id"], row["deadline"], row["place"]): row for row in rows_of(rows, "deadline", "place")}
    found = []
    for (name, deadline, place), own in known.items():
        parent = parent_of(place)
        above = known.get((name, deadline, parent)) if parent else None
        if above is not None:
            told = {"indicator_id": name, "deadline": int(deadline), "place": place, "parent": parent}
            found.append(told | _compared(above, own, directions.get(name, ""), name in sums))
    return pd.DataFrame(found, columns=list(_TYPES)).astype(_TYPES)


def _compared(above: Row, own: Row, direction: str, adds_up: bool) -> dict[str, object]:
    one, other = value_of(above), value_of(own)
    told: dict[str, object] = {"value": other, "parent_value": one, "unit": own["comparable_unit"]}
    told |= {"quantity_id": own["quantity_id"], "parent_quantity_id": above["quantity_id"]}
    reason = incomparable(above, own) or (SUM if adds_up and _is_amount(own) else "")
    if reason:
        return told | {"reason": reason}
    ratio = other / one if one else None
    difference = round(other - one, 9)
    return told | {"difference": difference, "ratio": ratio, "ambition": ambition(above, own, direction)}


def _is_amount(row: Row) -> bool:
    known = [str(row[one]) if pd.notna(row[one]) else None for one in ("comparable_unit", "denominator")]
    return is_amount(str(row["measure"]), *known)
