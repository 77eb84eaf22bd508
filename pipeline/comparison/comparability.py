"""Whether two documents' targets for an indicator may stand side by side in a table, and if not, why."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from typing import Any

import pandas as pd

MAX_DOCUMENTS = 60
"""Of more documents the pairs would fill more pages than anyone reads."""
_TYPES = dict.fromkeys(("indicator_id", "doc_a", "doc_b", "verdict", "reason"), "str")
_CHECKS = (
    ("measure", "different measure"),
    ("comparable_unit", "different unit"),
    ("denominator", "different denominator"),
    ("aggregation", "different aggregation"),
    ("deadline", "different year"),
)
Row = Mapping[str, Any]
"""A row of the table `indicators`."""


def verdict_of(a: Row, b: Row) -> tuple[str, str]:
    """Judge two statements of one indicator.

    Args:
        a: A row of the table `indicators`.
        b: Another, of the same indicator.

    Returns:
        The verdict and, but for `same`, the reason: `same`; `convertible` (another unit of the same quantity, which
        the base unit makes comparable); `different measure`, `different unit`, `different denominator`,
        `different aggregation`, `different year`.
    """
    for column, verdict in _CHECKS:
        one, other = (str(row[column]) if pd.notna(row[column]) and row[column] != "" else "none" for row in (a, b))
        if one != other:
            return verdict, f"{one} and {other}"
    units = [str(row["unit"]) if pd.notna(row["unit"]) else "none" for row in (a, b)]
    return ("same", "") if units[0] == units[1] else ("convertible", f"{units[0]} and {units[1]}")


def comparability_table(indicators: pd.DataFrame) -> pd.DataFrame:
    """Judge every two documents' commitments to an indicator.

    Args:
        indicators: From `indicator_table`.

    Returns:
        `indicator_id, doc_a, doc_b, verdict, reason`; empty for more than 60 documents.
    """
    rows = indicators[indicators["status"].eq("commitment")]
    if rows["doc_id"].nunique() > MAX_DOCUMENTS:
        rows = rows.iloc[:0]
    found = []
    for name, own in rows.sort_values("doc_id").groupby("indicator_id", sort=True):
        cells: list[Row] = own[["doc_id", "unit", *(column for column, _ in _CHECKS)]].to_dict("records")  # type: ignore[assignment]
        found += [(name, a["doc_id"], b["doc_id"], *verdict_of(a, b)) for a, b in combinations(cells, 2)]
    return pd.DataFrame(found, columns=list(_TYPES)).astype(_TYPES)
