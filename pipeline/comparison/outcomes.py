"""Target against outcome: what a place promised for a year, and what its later report says came of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from pipeline.comparison.changes import Row, incomparable, value_of
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
    pairs = _commitments(indicators).merge(
        _achieved(quantities, documents), on=["place", "deadline", "indicator_id"], suffixes=("", "_outcome")
    )
    if pairs.empty:
        return pd.DataFrame(columns=list(_COLUMNS)).astype(_TYPES)
    pairs = pairs.assign(apart=_apart(pairs)).sort_values(
        ["doc_id", "indicator_id", "apart", "doc_id_outcome", "start"]
    )
    best = pairs.drop_duplicates(["doc_id", "indicator_id"])
    rows = [_row({str(name): value for name, value in one.items()}) for one in best.to_dict("records")]
    frame = pd.DataFrame(rows, columns=list(_COLUMNS)).astype(_TYPES)
    return frame.sort_values(["place", "indicator_id", "deadline", "doc_target"], ignore_index=True)


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


def _apart(pairs: pd.DataFrame) -> pd.Series:
    """Tell which pairs `incomparable` would refuse."""
    found = pd.Series(data=False, index=pairs.index)
    for name in ("comparable_unit", "measure", "aggregation", "denominator"):
        one, other = (
            pairs[column].astype(object).where(pairs[column].notna(), "") for column in (name, f"{name}_outcome")
        )
        differ = one.ne(other)
        found |= differ if name in ("comparable_unit", "measure") else differ & one.ne("") & other.ne("")
    return found


def _row(pair: Mapping[str, Any]) -> dict[str, object]:
    """Return the row of a commitment and an achieved figure."""
    target = {name: value for name, value in pair.items() if not name.endswith("_outcome")}
    outcome = target | {name.removesuffix("_outcome"): pair[name] for name in pair if name.endswith("_outcome")}
    one, other = value_of(target), value_of(outcome)
    reason = incomparable(target, outcome)
    told = {
        "place": target["place"], "deadline": target["deadline"], "indicator_id": target["indicator_id"],
        "doc_target": target["doc_id"], "target": one, "comparator": target["comparator"],
        "unit": target["comparable_unit"], "doc_outcome": outcome["doc_id"], "outcome": other,
        "quantity_target": target["quantity_id"], "quantity_outcome": outcome["quantity_id"], "reason": reason,
    }  # fmt: skip
    return told if reason else told | {"difference": round(other - one, 9), "met": met(target, other)}


def met(target: Row, outcome: float) -> str:
    """Say whether a value keeps to a target's bound.

    Args:
        target: A row of the table `indicators`.
        outcome: In the same unit.

    Returns:
        yes or no for a target with a bound (of a range the lower one); of an exact or approximate one yes where it is
        just that, else empty: `difference` tells the rest.
    """
    low, high = (_bound(target, side) for side in ("min", "max"))
    slack = _ROUNDING * max(1.0, abs(outcome))
    if target["comparator"] in ("ge", "gt", "range"):
        return "yes" if low is not None and outcome >= low - slack else "no"
    if target["comparator"] in ("le", "lt"):
        return "yes" if high is not None and outcome <= high + slack else "no"
    return "yes" if low is not None and abs(outcome - low) <= slack else ""


def _bound(row: Row, side: str) -> float | None:
    known = [row[name] for name in (f"value_{side}_si", f"value_{side}") if pd.notna(row[name])]
    return float(known[0]) if known else None
