"""What became of a place's commitments from one document to the next: kept, raised, lowered, dropped, new."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

_TYPES = dict.fromkeys(("place", "doc_a", "doc_b", "indicator_id", "change"), "str")
_TYPES |= {"value_a": "float64", "value_b": "float64", "unit": "str", "ambition": "str", "reason": "str",
           "quantity_a": "str", "quantity_b": "str"}  # fmt: skip
Row = Mapping[str, Any]
"""A row of the table `indicators`."""
_VALUES = ("value_min_si", "value_max_si", "value_min", "value_max")
_SAME = 1e-9
_MUST_AGREE = {
    "comparable_unit": "different units",
    "measure": "different measures",
    "aggregation": "different aggregation",
    "denominator": "different denominators",
}


def value_of(row: Row) -> float:
    """Return the lower bound, or the upper where only that is given, in the base unit where there is one."""
    return next(float(row[name]) for name in _VALUES if pd.notna(row[name]))


def rows_of(indicators: pd.DataFrame, *more: str) -> list[dict[str, Any]]:
    """Return the rows with the columns by which two statements are compared, and more."""
    columns = ["doc_id", "indicator_id", "quantity_id", *_VALUES, *_MUST_AGREE, *more]
    return [dict(zip(columns, row, strict=True)) for row in indicators[columns].itertuples(index=False)]


def incomparable(a: Row, b: Row) -> str:
    """Say in words why two statements cannot be compared; empty where they can.

    Args:
        a: A row of the table `indicators`.
        b: Another, of the same indicator.
    """
    for column, reason in _MUST_AGREE.items():
        one, other = (_word(row[column]) for row in (a, b))
        # What only one of the two says does not contradict the other, but for units and measures.
        if one != other and (column in ("comparable_unit", "measure") or (one and other)):
            return f"{reason}: {one or 'none'} and {other or 'none'}"
    return ""


def _word(value: Any) -> str:  # noqa: ANN401
    return str(value) if pd.notna(value) else ""


def ambition(a: Row, b: Row, direction: str) -> str:
    """Say whether the second of two comparable statements asks for more.

    Args:
        a: A row of the table `indicators`.
        b: Another, of the same indicator, unit and measure.
        direction: `up` or `down`, the way that is meant as progress.

    Returns:
        more, less, same, or an empty text where neither way is progress.
    """
    one, other = value_of(a), value_of(b)
    if abs(other - one) <= _SAME * max(1.0, abs(one)):
        return "same"
    # A decrease that is planned asks for more the greater it is.
    up = b["measure"] == "decrease" or direction == "up"
    if direction not in ("up", "down"):
        return ""
    return "more" if (other > one) == up else "less"


def _compared(a: Row, b: Row, direction: str) -> dict[str, object]:
    """Return the change between two statements of one indicator."""
    one, other = value_of(a), value_of(b)
    told: dict[str, object] = {"value_a": one, "value_b": other, "unit": b["comparable_unit"]}
    if reason := incomparable(a, b):
        return told | {"change": "not comparable", "reason": reason}
    way = ambition(a, b, direction)
    change = "kept" if way == "same" else "raised" if other > one else "lowered"
    return told | {"change": change, "ambition": way}


def _ordered(documents: pd.DataFrame) -> pd.DataFrame:
    """Return the documents with a place in the order of time."""
    known = documents[documents["place"].notna()]
    return known.sort_values(["place", "published", "period_start", "doc_id"], na_position="first")


def change_table(indicators: pd.DataFrame, documents: pd.DataFrame, directions: Mapping[str, str]) -> pd.DataFrame:
    """Compare each document's commitments with those of the place's document before it.

    Args:
        indicators: From `indicator_table`: one statement a document and indicator.
        documents: The documents table; in time they follow by `published`, then `period_start`.
        directions: Indicator to `up` or `down`, the way that is meant as progress; others have no ambition.

    Returns:
        One row an indicator of either document: `place, doc_a, doc_b, indicator_id, change` (kept, raised, lowered,
        dropped, new, not comparable), both values in the base unit, `ambition` (more, less, same or empty), `reason`
        (why they cannot be compared) and both quantities' ids. Empty where no place has two documents.
    """
    rows = indicators[indicators["status"].eq("commitment")]
    by_doc: dict[str, dict[str, Row]] = {}
    for row in rows_of(rows):
        by_doc.setdefault(row["doc_id"], {})[row["indicator_id"]] = row
    found: list[dict[str, object]] = []
    for place, own in _ordered(documents).groupby("place", sort=True):
        ids = own["doc_id"].tolist()
        for doc_a, doc_b in zip(ids, ids[1:], strict=False):
            a, b = by_doc.get(doc_a, {}), by_doc.get(doc_b, {})
            for name in sorted({*a, *b}):
                told = {"place": place, "doc_a": doc_a, "doc_b": doc_b, "indicator_id": name}
                found.append(told | _change(a.get(name), b.get(name), directions.get(name, "")))
    frame = pd.DataFrame(found, columns=list(_TYPES))
    return frame.astype({"value_a": "float64", "value_b": "float64"}).astype(
        {name: "str" for name, kind in _TYPES.items() if kind == "str"}
    )


def _change(a: Row | None, b: Row | None, direction: str) -> dict[str, object]:
    ids = {f"quantity_{side}": row["quantity_id"] for side, row in (("a", a), ("b", b)) if row is not None}
    if a is not None and b is not None:
        return ids | _compared(a, b, direction)
    if b is not None:
        return ids | {"change": "new", "value_b": value_of(b), "unit": b["comparable_unit"]}
    return ids | ({"change": "dropped", "value_a": value_of(a), "unit": a["comparable_unit"]} if a is not None else {})
