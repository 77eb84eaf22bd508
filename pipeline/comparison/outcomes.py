"""Target against outcome: what a place promised for a year, and what its later report says came of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from pipeline.comparison.changes import incomparable, value_of

_TEXT = ("place", "indicator_id", "doc_target", "doc_outcome", "comparator", "unit", "met", "reason", "quantity_target",
         "quantity_outcome")  # fmt: skip
_TYPES = dict.fromkeys(_TEXT, "str") | {"deadline": "int64"}
_TYPES |= dict.fromkeys(("target", "outcome", "difference"), "float64")
_COLUMNS = ("place", "indicator_id", "deadline", "doc_target", "target", "comparator", "unit", "doc_outcome", "outcome",
            "difference", "met", "reason", "quantity_target", "quantity_outcome")  # fmt: skip
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
    year, place = (documents.set_index("doc_id")[name] for name in ("published", "place"))
    reports = documents.loc[documents["doc_type"].eq("work_report") & documents["published"].notna(), "doc_id"]
    achieved = _achieved(quantities[quantities["doc_id"].isin(reports)])
    known: dict[tuple[str, int, str], list[pd.Series]] = {}
    for _, row in achieved.iterrows():
        key = (str(place[row["doc_id"]]), int(str(year[row["doc_id"]])[:4]) - 1, str(row["indicator_id"]))
        known.setdefault(key, []).append(row)
    rows = list(_outcomes(indicators, known))
    frame = pd.DataFrame(rows, columns=list(_COLUMNS)).astype(_TYPES)
    return frame.sort_values(["place", "indicator_id", "deadline", "doc_target"], ignore_index=True)


def _achieved(quantities: pd.DataFrame) -> pd.DataFrame:
    """Return the achieved figures that name an indicator, those about the whole year first in the text."""
    has_value = quantities["value_min"].notna() | quantities["value_max"].notna()
    rows = quantities[quantities["status"].eq("achieved") & quantities["indicator_id"].notna() & has_value]
    rows = rows.assign(comparable_unit=rows["unit_id"].fillna(rows["unit"]).fillna(""))
    return rows.sort_values(["doc_id", "start"])


def _outcomes(
    indicators: pd.DataFrame, known: Mapping[tuple[str, int, str], list[pd.Series]]
) -> Iterator[dict[str, object]]:
    rows = indicators[
        indicators["status"].eq("commitment") & indicators["deadline"].notna() & indicators["place"].notna()
    ]
    for _, target in rows.iterrows():
        key = (str(target["place"]), int(target["deadline"]), str(target["indicator_id"]))
        if said := known.get(key):
            same = [one for one in said if not incomparable(target, one)]
            yield _row(target, (same or said)[0], key)


def _row(target: pd.Series, outcome: pd.Series, key: tuple[str, int, str]) -> dict[str, object]:
    one, other = value_of(target), value_of(outcome)
    reason = incomparable(target, outcome)
    told = {
        "place": key[0], "deadline": key[1], "indicator_id": key[2], "doc_target": target["doc_id"], "target": one,
        "comparator": target["comparator"], "unit": target["comparable_unit"], "doc_outcome": outcome["doc_id"],
        "outcome": other, "quantity_target": target["quantity_id"], "quantity_outcome": outcome["quantity_id"],
    }  # fmt: skip
    if reason:
        return told | {"reason": reason}
    return told | {"difference": round(other - one, 9), "met": met(target, other)}


def met(target: pd.Series, outcome: float) -> str:
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


def _bound(row: pd.Series, side: str) -> float | None:
    known = [row[name] for name in (f"value_{side}_si", f"value_{side}") if pd.notna(row[name])]
    return float(known[0]) if known else None
