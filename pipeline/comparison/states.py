"""What each document does with each indicator: sets a number, only names it, sets none on purpose, or says nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np
import pandas as pd
import pyarrow as pa

from pipeline.comparison.changes import measured
from pipeline.comparison.naming import mentions, names_of
from pipeline.files import frame_of

STATES = ("quantified", "explicitly_absent", "extraction_failed", "qualitative", "not_mentioned")
"""The first that holds counts."""
_MISSED, _NAMED = "extraction_failed", "qualitative"  # in the order of the alphabet
_FIGURE = re.compile("[0-9０-９]|百分之|[一二三四五六七八九]成")
_MISSING = {"state": "not_mentioned", "value": None, "unit": None, "clause_id": None}


def named_clauses(
    clauses: pd.DataFrame, quantities: pd.DataFrame, names: Mapping[str, tuple[str, ...]]
) -> pd.DataFrame:
    """Find, for each document and name, the clause that names it without a number, a missed figure before a mere name.

    Each document is read by itself. A name within a longer one is not meant.

    Args:
        clauses: Rows of the clauses table.
        quantities: Rows of the quantities table.
        names: All that may be asked for: indicator to its names.

    Returns:
        `doc_id, name, state` (`extraction_failed` or `qualitative`)`, start, clause_id`, in reading order.
    """
    clauses = clauses[["doc_id", "start", "clause_id", "text"]].reset_index(drop=True)
    was_read = clauses["clause_id"].isin(quantities["clause_id"]).to_numpy()
    found: dict[tuple[str, str], tuple[str, int]] = {}
    for doc_id, row, text, name in mentions(clauses, names_of(names)):
        before = found.get((doc_id, name))
        if before and before[0] == _MISSED:
            continue
        has_figure = bool(_FIGURE.search(text))
        if has_figure and was_read[row]:
            continue  # its figure was read: of another thing, or of the past
        if has_figure or before is None:
            found[doc_id, name] = (_MISSED if has_figure else _NAMED, row)
    told = clauses.iloc[[row for _, row in found.values()]]
    keys = pd.DataFrame([(*key, state) for key, (state, _) in found.items()], columns=["doc_id", "name", "state"])
    return pd.concat([keys, told[["start", "clause_id"]].reset_index(drop=True)], axis=1)


def state_table(
    tables: Mapping[str, pd.DataFrame],
    named: pd.DataFrame,
    indicators: pd.DataFrame,
    names: Mapping[str, tuple[str, ...]],
) -> pd.DataFrame:
    """Return one row a document and indicator.

    Args:
        tables: `documents`, `quantities` and, where there are any, `absent_targets`.
        named: From `named_clauses`.
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
    found = {**_named(named, names, known), **_absent(tables.get("absent_targets"), names), **known}
    return _grid(sorted(tables["documents"]["doc_id"]), sorted(names), found)


_Cells = dict[tuple[str, str], tuple[str, float | None, str | None, str | None]]


def _grid(doc_ids: list[str], names: list[str], found: _Cells) -> pd.DataFrame:
    """Return one row a document and name, with what was found of the two."""
    shape = (len(doc_ids), len(names))
    at_doc = {one: at * len(names) for at, one in enumerate(doc_ids)}
    at_name = {one: at for at, one in enumerate(names)}
    known = {at_doc[doc] + at_name[name]: cell for (doc, name), cell in found.items() if doc in at_doc}
    columns = {}
    for at, (column, missing) in enumerate(_MISSING.items()):
        cells = np.full(shape[0] * shape[1], missing, dtype=object)
        cells[list(known)] = [cell[at] for cell in known.values()]
        columns[column] = pa.array(cells, pa.float64() if column == "value" else pa.string())
    doc, name = (one.ravel() for one in np.indices(shape))
    keys = {"doc_id": pa.array(doc_ids, pa.string()).take(doc), "indicator_id": pa.array(names, pa.string()).take(name)}
    return frame_of(pa.table(keys | columns)).astype({"value": "float64"})


def _quantified(indicators: pd.DataFrame, quantities: pd.DataFrame, names: Mapping[str, tuple[str, ...]]) -> _Cells:
    rows = indicators[indicators["status"].eq("commitment") & indicators["indicator_id"].isin(list(names))]
    clause_of = quantities.set_index("quantity_id")["clause_id"]
    rows = measured(rows).assign(clause_id=clause_of.reindex(rows["quantity_id"]).to_numpy(dtype=object))
    columns = (rows[one].tolist() for one in ("doc_id", "indicator_id", "value", "comparable_unit", "clause_id"))
    return {
        (doc_id, name): ("quantified", value, unit, clause_id)
        for doc_id, name, value, unit, clause_id in zip(*columns, strict=True)
    }


def _absent(absent: pd.DataFrame | None, names: Mapping[str, tuple[str, ...]]) -> _Cells:
    if absent is None or absent.empty:
        return {}
    rows = absent[absent["indicator_id"].isin(list(names))].sort_values("start", ascending=False)
    return {
        (doc_id, name): ("explicitly_absent", None, None, clause_id)
        for doc_id, name, clause_id in zip(rows["doc_id"], rows["indicator_id"], rows["clause_id"], strict=True)
    }


def _named(named: pd.DataFrame, names: Mapping[str, tuple[str, ...]], known: _Cells) -> _Cells:
    """Return what is named without a number; a name that several share tells nothing where one has its number."""
    meant = names_of(names)
    rows = named[named["name"].isin(list(meant))].sort_values(["doc_id", "state", "start"])
    found: _Cells = {}
    columns = (rows[one].tolist() for one in ("doc_id", "name", "state", "clause_id"))
    for doc_id, name, state, clause_id in zip(*columns, strict=True):
        if not any((doc_id, one) in known for one in meant[name]):
            for one in meant[name]:
                found.setdefault((doc_id, one), (state, None, None, clause_id))
    return found
