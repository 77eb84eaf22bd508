"""Whether a place asks for more than the one above it (层层加码): city against province, province against nation."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import lru_cache
from importlib import resources

import pandas as pd
import yaml

from pipeline.commitments.indicator_units import is_amount
from pipeline.comparison.changes import MEASURED, ambition, incomparable, measured, side
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
    found = _with_above(indicators)
    own, above = side(found, ""), side(found, "_above")
    one, other = above["value"], own["value"]
    reason = incomparable(above, own)
    reason = reason.mask(reason.eq("") & _are_parts(found, sums), SUM)
    comparable = reason.eq("")
    difference = pd.Series([round(one, 9) for one in (other - one).tolist()], index=found.index, dtype="float64")
    way = ambition(above, own, found["indicator_id"].map(directions).fillna(""))
    told = found.rename(columns={"comparable_unit": "unit", "quantity_id_above": "parent_quantity_id"}).assign(
        parent_value=one,
        difference=difference.where(comparable),
        ratio=(other / one.where(one.ne(0))).where(comparable),
        ambition=way.where(comparable),
        reason=reason.where(~comparable),
    )
    return told[list(_TYPES)].astype(_TYPES)


def _with_above(indicators: pd.DataFrame) -> pd.DataFrame:
    """Return each place's commitments for a year, with those of the place above it."""
    rows = indicators[indicators["status"].eq("commitment") & indicators["deadline"].notna()]
    rows = measured(rows[rows["place"].notna()])
    key = ["indicator_id", "deadline", "place"]
    rows = rows.sort_values([*key, "quantity_id"]).drop_duplicates(key, keep="last")
    rows = rows[[*key, "quantity_id", *MEASURED]].astype({"deadline": "int64", "place": object})
    parents = {place: parent_of(place) for place in rows["place"].unique()}
    rows = rows.assign(parent=rows["place"].map(parents).astype(object))
    above = rows.drop(columns="parent").rename(columns={"place": "parent"})
    key[-1] = "parent"
    return rows.dropna(subset=["parent"]).merge(above, on=key, suffixes=("", "_above"))


def _are_parts(found: pd.DataFrame, sums: Collection[str]) -> pd.Series:
    """Tell which statements are of a part of what the place above speaks of."""
    columns = (found[name].tolist() for name in ("indicator_id", "measure", "comparable_unit", "denominator"))
    each = zip(*columns, strict=True)
    told = [name in sums and is_amount(measure, unit, per or None) for name, measure, unit, per in each]
    return pd.Series(told, index=found.index, dtype=bool)
