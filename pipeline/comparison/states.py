"""What each document does with each indicator: sets a number, only names it, sets none on purpose, or says nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pandas as pd

from pipeline.comparison.changes import rows_of, value_of
from pipeline.comparison.naming import mentions, names_of

STATES = ("quantified", "explicitly_absent", "extraction_failed", "qualitative", "not_mentioned")
"""The first that holds counts."""
_FIGURE = re.compile("[0-9０-９]|百分之|[一二三四五六七八九]成")
_TYPES = {"doc_id": "str", "indicator_id": "str", "state": "str", "value": "float64", "unit": "str", "clause_id": "str"}


def state_table(
    tables: Mapping[str, pd.DataFrame], indicators: pd.DataFrame, names: Mapping[str, tuple[str, ...]]
) -> pd.DataFrame:
    """Return one row a document and indicator.

    Args:
        tables: `documents`, `clauses`, `quantities` and, where there are any, `absent_targets`.
        indicators: From `indicator_table`.
        names: Names of the indicators that are looked for.

    Returns:
        `doc_id, indicator_id, state, value, unit, clause_id`. `quantified`: a commitment with a value (`value`, `unit`
        in base units). `explicitly_absent`: the text says that no number is set, or a range is kept.
        `extraction_failed`: a clause names the indicator and holds a figure of which no quantity was read.
        `qualitative`: the indicator is named, but no number is set for the future. `clause_id`: the clause that
        shows it; empty for `not_mentioned`.
    """
    known = _quantified(indicators, tables["quantities"], names)
    found = {**_named(tables, names, known), **_absent(tables.get("absent_targets"), names), **known}
    rows = [
        (doc_id, name, *found.get((doc_id, name), ("not_mentioned", None, None, None)))
        for doc_id in sorted(tables["documents"]["doc_id"])
        for name in sorted(names)
    ]
    return pd.DataFrame(rows, columns=list(_TYPES)).astype(_TYPES)


_Cells = dict[tuple[str, str], tuple[str, float | None, str | None, str | None]]


def _quantified(indicators: pd.DataFrame, quantities: pd.DataFrame, names: Mapping[str, tuple[str, ...]]) -> _Cells:
    rows = indicators[indicators["status"].eq("commitment") & indicators["indicator_id"].isin(list(names))]
    clause_of = quantities.set_index("quantity_id")["clause_id"]
    clause_ids = clause_of.reindex(rows["quantity_id"]).tolist()
    return {
        (row["doc_id"], row["indicator_id"]): ("quantified", value_of(row), row["comparable_unit"], clause_id)
        for row, clause_id in zip(rows_of(rows), clause_ids, strict=True)
    }


def _absent(absent: pd.DataFrame | None, names: Mapping[str, tuple[str, ...]]) -> _Cells:
    if absent is None or absent.empty:
        return {}
    rows = absent[absent["indicator_id"].isin(list(names))].sort_values("start", ascending=False)
    return {
        (doc_id, name): ("explicitly_absent", None, None, clause_id)
        for doc_id, name, clause_id in zip(rows["doc_id"], rows["indicator_id"], rows["clause_id"], strict=True)
    }


def _named(tables: Mapping[str, pd.DataFrame], names: Mapping[str, tuple[str, ...]], known: _Cells) -> _Cells:
    """Return what is named without a number, a missed figure before a mere name.

    A name that several indicators share tells nothing where one of them has its number.
    """
    clauses = tables["clauses"][["doc_id", "start", "clause_id", "text"]].reset_index(drop=True)
    was_read = clauses["clause_id"].isin(tables["quantities"]["clause_id"]).to_numpy()
    meant = names_of(names)
    found: dict[tuple[str, str], tuple[str, int]] = {}
    for doc_id, row, text, name in mentions(clauses, meant):
        if any((doc_id, one) in known for one in meant[name]):
            continue
        has_figure = bool(_FIGURE.search(text))
        if has_figure and was_read[row]:
            continue  # its figure was read: of another thing, or of the past
        state = "extraction_failed" if has_figure else "qualitative"
        for one in meant[name]:
            before = found.get((doc_id, one))
            if before is None or (state == "extraction_failed" and before[0] == "qualitative"):
                found[doc_id, one] = (state, row)
    clause_ids = clauses["clause_id"].iloc[[row for _, row in found.values()]]
    return {
        cell: (state, None, None, str(one)) for (cell, (state, _)), one in zip(found.items(), clause_ids, strict=True)
    }
