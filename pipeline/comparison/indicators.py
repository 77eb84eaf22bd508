"""One value a document and indicator, and the matrix of places by indicators."""

from __future__ import annotations

import numpy as np
import pandas as pd

CRITERIA = ("status", "unit", "deadline", "stated", "goals", "first")
"""In this order the statement to compare is chosen; `chosen_by` names the one that decided."""

GOALS = "目标"
"""In a heading it tells of a section about goals."""
_STATUS = {"commitment": 0, "projection": 1, "achieved": 2, "context": 3}
_SOURCE = {"stated": 0, "section": 1, "plan_period": 2}
_KEPT = [
    "indicator_id", "value_min", "value_max", "comparator", "unit", "unit_id", "value_min_si",
    "value_max_si", "measure", "aggregation", "denominator", "deadline", "status", "force", "quantity_id",
]  # fmt: skip


def _usual_unit(rows: pd.DataFrame) -> pd.Series:
    """Return, for each row, the unit most used for its indicator (commitments count first)."""
    first = rows["status"].eq("commitment").astype(int)
    votes = rows.assign(n=1, n_first=first).groupby(["indicator_id", "comparable_unit"])[["n_first", "n"]].sum()
    votes = votes.reset_index().sort_values(
        ["indicator_id", "n_first", "n", "comparable_unit"], ascending=[True, False, False, True]
    )
    usual = votes.drop_duplicates("indicator_id").set_index("indicator_id")["comparable_unit"]
    return rows["indicator_id"].map(usual)


def _criteria(rows: pd.DataFrame, documents: pd.DataFrame, clauses: pd.DataFrame) -> pd.DataFrame:
    """Add one column a criterion; lower is better."""
    ends = rows["doc_id"].map(documents.set_index("doc_id")["period_end"])
    contexts = rows["clause_id"].map(clauses.set_index("clause_id")["context"]).astype(object).fillna("")
    return rows.assign(
        status_rank=rows["status"].map(_STATUS).fillna(len(_STATUS)).astype(int),
        unit_rank=rows["comparable_unit"].ne(_usual_unit(rows)).astype(int),
        deadline_rank=1 - rows["deadline"].eq(ends).fillna(value=False).astype(int),
        stated_rank=rows["deadline_source"].map(_SOURCE).fillna(len(_SOURCE)).astype(int),
        goals_rank=1 - contexts.str.contains(GOALS, regex=False).astype(int),
        first_rank=rows["start"].astype(int),
    )


def _deciding(rows: pd.DataFrame, group: list[str], ranks: list[str]) -> list[str]:
    """Return, for sorted rows, the criterion that puts each before the next one of its group."""
    order = rows[ranks].to_numpy()
    differing = order[:-1] != order[1:]
    # Of rows that differ in nothing the last criterion counts.
    first = np.where(differing.any(axis=1), differing.argmax(axis=1), len(CRITERIA) - 1)
    follows = np.logical_and.reduce([rows[one].eq(rows[one].shift(-1)).fillna(value=False) for one in group])
    told = np.where(follows[:-1], np.array(CRITERIA, dtype=object)[first], "only")
    return [*told.tolist(), *["only"] * (len(rows) > 0)]


def indicator_table(
    quantities: pd.DataFrame, documents: pd.DataFrame, clauses: pd.DataFrame, *, by_deadline: bool = False
) -> pd.DataFrame:
    """Choose, for each document and indicator (and deadline), the statement to compare.

    Preferred are, in this order: commitments; the unit that the corpus uses most for the indicator; a
    deadline at the end of the document's plan period; a deadline stated next to the value; a section
    about goals (目标); the first in the text. Only statements with a value take part.

    Returns:
        One row a document and indicator: the quantity's own columns, `place`, `comparable_unit` (`unit_id`,
        else `unit`), `usual_unit` (whether it is the corpus's), `n_statements` and `chosen_by` (a
        criterion, or `only`).
    """
    has_value = quantities["value_min"].notna() | quantities["value_max"].notna()
    rows = quantities[quantities["indicator_id"].notna() & has_value]
    rows = rows.assign(comparable_unit=rows["unit_id"].fillna(rows["unit"]).fillna(""))
    rows = _criteria(rows, documents, clauses)
    ranks = [f"{name}_rank" for name in CRITERIA]
    group = ["doc_id", "indicator_id", *(["deadline"] if by_deadline else [])]
    rows = rows.sort_values([*group, *ranks, "quantity_id"], ignore_index=True)
    rows["chosen_by"] = pd.Series(_deciding(rows, group, ranks), index=rows.index, dtype="str")
    rows["n_statements"] = rows.groupby(group)["quantity_id"].transform("size")
    rows["usual_unit"] = rows["unit_rank"].eq(0)
    rows["place"] = rows["doc_id"].map(documents.set_index("doc_id")["place"])
    chosen = rows.drop_duplicates(group, ignore_index=True)
    return chosen[["doc_id", "place", *_KEPT, "comparable_unit", "usual_unit", "n_statements", "chosen_by"]]


def indicator_matrix(indicators: pd.DataFrame, documents: pd.DataFrame, min_places: int) -> pd.DataFrame:
    """Spread the commitments among the chosen statements: one row a document, one column an indicator.

    A cell holds the lower bound, or the upper bound where only that is given, in the base unit of
    `unit_id` where there is one. Statements in another unit than the usual one are left out.

    Args:
        indicators: From `indicator_table`.
        documents: The documents table.
        min_places: Places that must state an indicator for it to have a column.
    """
    rows = indicators[indicators["status"].eq("commitment") & indicators["usual_unit"]]
    si = rows["value_min_si"].fillna(rows["value_max_si"])
    rows = rows.assign(
        value=si.fillna(rows["value_min"]).fillna(rows["value_max"]), who=rows["place"].fillna(rows["doc_id"])
    )
    n_places = rows.groupby("indicator_id")["who"].nunique()
    kept = sorted(n_places.index[n_places >= min_places])
    wide = rows.pivot_table(index="doc_id", columns="indicator_id", values="value", aggfunc="first")
    base = documents[["doc_id", "place", "period_start", "period_end"]].sort_values("doc_id", ignore_index=True)
    columns = wide.reindex(index=base["doc_id"], columns=kept).reset_index(drop=True)
    columns.columns.name = None
    return pd.concat([base, columns.astype(float)], axis=1)
