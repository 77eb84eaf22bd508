"""Target against outcome: what a place promised for a year, and what its later report says came of it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pipeline.comparison.changes import incomparable, measured, side
from pipeline.comparison.dating import dated

_TEXT = ("place", "indicator_id", "doc_target", "doc_outcome", "comparator", "unit", "met", "reason", "quantity_target",
         "quantity_outcome")  # fmt: skip
_TYPES = dict.fromkeys(_TEXT, "str") | {"deadline": "int64"}
_TYPES |= dict.fromkeys(("target", "outcome", "difference"), "float64")
_COLUMNS = ("place", "indicator_id", "deadline", "doc_target", "target", "comparator", "unit", "doc_outcome", "outcome",
            "difference", "met", "reason", "quantity_target", "quantity_outcome")  # fmt: skip
_KEPT = ["doc_id", "quantity_id", "start", "indicator_id", "value_min", "value_max", "value_min_si", "value_max_si",
         "unit", "unit_id", "measure", "aggregation", "denominator"]  # fmt: skip
_ROUNDING = 1e-9


def outcome_table(quantities: pd.DataFrame, indicators: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """Put each commitment beside what the place's work report of the year after its deadline says was achieved.

    A work report looks back on the year before its own, so its achieved figures are those of that year.

    Args:
        quantities: The quantities table.
        indicators: From `indicator_table`: the commitments.
        documents: The documents table; `published` gives a report's year.

    Returns:
        `place, indicator_id, deadline, doc_target, target, comparator, unit, doc_outcome, outcome, difference` (outcome
        less target), `met` (yes, no, or empty where neither can be said), `reason` (in words, where they cannot be
        compared) and both quantities' ids. Empty where no place has a report of the year after a deadline.
    """
    targets, achieved = measured(_commitments(indicators)), measured(_achieved(quantities, documents))
    pairs = targets.merge(achieved, on=["place", "deadline", "indicator_id"], suffixes=("", "_outcome"))
    reason = incomparable(side(pairs, ""), side(pairs, "_outcome"))
    order = ["doc_id", "indicator_id", "apart", "doc_id_outcome", "start"]
    pairs = pairs.assign(reason=reason, apart=reason.ne("")).sort_values(order)
    best = pairs.drop_duplicates(["doc_id", "indicator_id"])
    return _told(best).sort_values(["place", "indicator_id", "deadline", "doc_target"], ignore_index=True)


def _commitments(indicators: pd.DataFrame) -> pd.DataFrame:
    told = indicators["status"].eq("commitment") & indicators["deadline"].notna() & indicators["place"].notna()
    return indicators[told].astype({"deadline": "int64"})


def _achieved(quantities: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """Return what work reports say was achieved, with the report's place and, as `deadline`, the year before it."""
    reports = documents[documents["doc_type"].eq("work_report") & documents["published"].notna()]
    year = dated(reports)["year"].to_numpy()
    known = pd.DataFrame({"doc_id": reports["doc_id"], "place": reports["place"], "deadline": year - 1}).dropna()
    has_value = quantities["value_min"].notna() | quantities["value_max"].notna()
    told = quantities["status"].eq("achieved") & quantities["indicator_id"].notna() & has_value
    rows = quantities.loc[told, _KEPT].merge(known.astype({"deadline": "int64"}), on="doc_id")
    return rows.assign(comparable_unit=rows["unit_id"].fillna(rows["unit"]).fillna(""))


def _told(pairs: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of commitments and achieved figures."""
    names = {"doc_id": "doc_target", "value": "target", "comparable_unit": "unit", "doc_id_outcome": "doc_outcome",
             "value_outcome": "outcome", "quantity_id": "quantity_target",
             "quantity_id_outcome": "quantity_outcome"}  # fmt: skip
    found = pairs.drop(columns="unit").rename(columns=names)
    comparable = found["reason"].eq("")
    apart = [round(one, 9) for one in (found["outcome"] - found["target"]).tolist()]
    difference = pd.Series(apart, index=found.index, dtype="float64").where(comparable)
    return found.assign(difference=difference, met=met(pairs, found["outcome"]).where(comparable))[
        list(_COLUMNS)
    ].astype(_TYPES)


def met(targets: pd.DataFrame, outcomes: pd.Series) -> pd.Series:
    """Say whether values keep to the bounds of targets.

    Args:
        targets: Rows of the table `indicators`.
        outcomes: A value for each, in the same unit.

    Returns:
        yes or no for a target with a bound (of a range the lower one); of an exact or approximate one yes where it is
        just that, else empty: `difference` tells the rest.
    """
    low, high = (_bound(targets, end) for end in ("min", "max"))
    slack = _ROUNDING * np.maximum(1.0, outcomes.abs())
    least, most = targets["comparator"].isin(["ge", "gt", "range"]), targets["comparator"].isin(["le", "lt"])
    # What has no bound on that side compares as false.
    near = (outcomes - low).abs() <= slack
    kept = np.select([least, most], [outcomes >= low - slack, outcomes <= high + slack], near)
    missed = np.where(least | most, "no", "")
    return pd.Series(np.where(kept, "yes", missed), index=targets.index, dtype=object)


def _bound(targets: pd.DataFrame, end: str) -> pd.Series:
    return targets[f"value_{end}_si"].astype("float64").fillna(targets[f"value_{end}"].astype("float64"))
