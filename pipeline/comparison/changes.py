"""What became of a place's commitments from one document to the next: kept, raised, lowered, dropped, new."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

_TYPES = dict.fromkeys(("place", "doc_a", "doc_b", "indicator_id", "change"), "str")
_TYPES |= {"value_a": "float64", "value_b": "float64", "unit": "str", "ambition": "str", "reason": "str",
           "quantity_a": "str", "quantity_b": "str"}  # fmt: skip
_VALUES = ("value_min_si", "value_max_si", "value_min", "value_max")
_SAME = 1e-9
_MUST_AGREE = {
    "comparable_unit": "different units",
    "measure": "different measures",
    "aggregation": "different aggregation",
    "denominator": "different denominators",
}
_ALWAYS = ("comparable_unit", "measure")
"""What only one of two statements says does not contradict the other, but for these."""
MEASURED = ("value", *_MUST_AGREE)
"""What `measured` tells of a statement: by these two of them are compared."""


def measured(statements: pd.DataFrame) -> pd.DataFrame:
    """Return statements with their `value` and with words, perhaps empty, where two of them must agree.

    The value is the lower bound, or the upper where only that is given, in the base unit where there is one.

    Args:
        statements: Rows of the table `indicators`, or of quantities with a `comparable_unit`.
    """
    value = statements[_VALUES[0]].astype("float64")
    for name in _VALUES[1:]:
        value = value.fillna(statements[name].astype("float64"))
    words = {name: statements[name].astype(object).where(statements[name].notna(), "") for name in _MUST_AGREE}
    return statements.assign(value=value, **words)


def side(pairs: pd.DataFrame, suffix: str) -> pd.DataFrame:
    """Return what is measured of one of the two statements of each pair, by the suffix of its columns."""
    return pd.DataFrame({name: pairs[f"{name}{suffix}"] for name in MEASURED})


def incomparable(a: pd.DataFrame, b: pd.DataFrame) -> pd.Series:
    """Say in words why two statements cannot be compared; empty where they can.

    Args:
        a: From `measured`.
        b: The same of other statements, each of the same indicator as the row of `a` beside it.
    """
    found = pd.Series("", index=a.index, dtype=object)
    for column, reason in _MUST_AGREE.items():
        one, other = a[column], b[column]
        differ = one.ne(other) & found.eq("")
        if column not in _ALWAYS:
            differ &= one.ne("") & other.ne("")
        each = zip(one[differ], other[differ], strict=True)
        told = [f"{reason}: {first or 'none'} and {second or 'none'}" for first, second in each]
        found.loc[differ] = np.array(told, dtype=object)
    return found


def ambition(a: pd.DataFrame, b: pd.DataFrame, directions: pd.Series) -> pd.Series:
    """Say whether the second of two comparable statements asks for more.

    Args:
        a: From `measured`.
        b: The same of other statements, each of the same indicator, unit and measure as the row of `a` beside it.
        directions: `up` or `down`, the way that is meant as progress, in the order of the rows.

    Returns:
        more, less, same, or an empty text where neither way is progress.
    """
    one, other = a["value"], b["value"]
    same = (other - one).abs() <= _SAME * np.maximum(1.0, one.abs())
    # A decrease that is planned asks for more the greater it is.
    up = b["measure"].eq("decrease") | directions.eq("up")
    told = [same, ~directions.isin(["up", "down"]), other.gt(one).eq(up)]
    return pd.Series(np.select(told, ["same", "", "more"], "less"), index=a.index, dtype=object)


def _consecutive(documents: pd.DataFrame) -> pd.DataFrame:
    """Return every two documents that follow each other in time at one place: `place, doc_a, doc_b`."""
    known = documents[documents["place"].notna()]
    known = known.sort_values(["place", "published", "period_start", "doc_id"], na_position="first", ignore_index=True)
    pairs = known[["place"]].assign(doc_a=known["doc_id"], doc_b=known.groupby("place")["doc_id"].shift(-1))
    return pairs.dropna(subset=["doc_b"], ignore_index=True)


def _side_by_side(statements: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """Return each indicator of two consecutive documents, with what either says of it."""
    pairs = _consecutive(documents).reset_index(names="pair")
    told = measured(statements)[["doc_id", "indicator_id", "quantity_id", *MEASURED]].astype({"indicator_id": object})
    sides = [
        pairs[["pair", doc]].merge(told, left_on=doc, right_on="doc_id").drop(columns=[doc, "doc_id"])
        for doc in ("doc_a", "doc_b")
    ]
    both = sides[0].merge(sides[1], on=["pair", "indicator_id"], how="outer", suffixes=("_a", "_b"))
    return pairs.merge(both.sort_values(["pair", "indicator_id"]), on="pair")


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
    found = _side_by_side(indicators[indicators["status"].eq("commitment")], documents)
    found = found.rename(columns={"quantity_id_a": "quantity_a", "quantity_id_b": "quantity_b"})
    in_a, in_b = found["quantity_a"].notna(), found["quantity_b"].notna()
    both = found[in_a & in_b]
    a, b = side(both, "_a"), side(both, "_b")
    reason = incomparable(a, b)
    way = ambition(a, b, both["indicator_id"].map(directions).fillna(""))
    told = [reason.ne(""), way.eq("same"), b["value"].gt(a["value"])]
    change = pd.Series(np.select(told, ["not comparable", "kept", "raised"], "lowered"), index=both.index, dtype=object)
    found = found.assign(
        change=change.reindex(found.index).fillna(pd.Series(np.where(in_a, "dropped", "new"), index=found.index)),
        unit=found["comparable_unit_b"].where(in_b, found["comparable_unit_a"]),
        ambition=way.where(reason.eq("")),
        reason=reason.where(reason.ne("")),
    )
    return found[list(_TYPES)].astype(_TYPES)
