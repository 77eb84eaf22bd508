"""`planlens nearest`: the plans whose themes are nearest to those of a plan."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.console import emit, load_params
from pipeline.cli.results import ARTIFACTS, tables_at

if TYPE_CHECKING:
    import pandas as pd

    from pipeline.params import Params
    from pipeline.workflow import Tables

_READ = {
    "documents": ("doc_id", "place", "published", "period_start", "doc_type"),
    "clauses": ("clause_id", "doc_id", "section_id", "text"),
    "themes": ("clause_id", "theme"),
}
"""Columns that a search for the nearest needs: a large corpus holds much else."""


def nearest(
    where: Annotated[Path, typer.Argument(help="Folder of tables, corpus or documents.")],
    doc: Annotated[str, typer.Argument(help="A document, a place with one document, or PLACE@YEAR.")],
    k: Annotated[int, typer.Option("--number", "-k", min=1, help="How many.")] = 10,
    elsewhere: Annotated[bool, typer.Option("--elsewhere", help="Leave out documents of its own place.")] = False,
    same_year: Annotated[bool, typer.Option("--same-year", help="Only documents of its year.")] = False,
    same_type: Annotated[bool, typer.Option("--same-type", help="Only documents of its kind, e.g. outlines.")] = False,
    params: Annotated[Path | None, typer.Option(help="Parameters, as in params.yaml: `compare`.")] = None,
    form: Annotated[str, typer.Option("--format", help="table, csv, jsonl, markdown or latex.")] = "table",
) -> None:
    """Find the plans nearest to a plan by their theme shares (Jensen-Shannon distance, 0 to 1).

    All documents are ranked by the distance as counted; the nearest alone get an interval and a p value.

    Example: planlens nearest data/artifacts/sample 云泽市 --elsewhere
    """
    tables = _loaded(where)
    doc_id, candidates = among(tables["documents"], doc, elsewhere, same_year, same_type)
    found = nearest_of(tables, doc_id, candidates, k, load_params(params))
    title = f"Nearest to {doc_id}, of {len(candidates):,} other document(s)"
    emit(_shown(found) if form == "table" else found, form, title)


def _loaded(where: Path) -> Tables:
    """Return the tables needed, without the columns that no figure here is made of."""
    from pipeline.files import has_table, read_table
    from pipeline.tables import TABLES

    for folder in (where, ARTIFACTS / where):
        if has_table(folder, "documents"):
            lacking = {name: [one for one in TABLES[name].columns if one not in kept] for name, kept in _READ.items()}
            return {name: read_table(folder, name, without) for name, without in lacking.items()}
    return tables_at(where)


def among(
    documents: pd.DataFrame, doc: str, elsewhere: bool, same_year: bool, same_type: bool
) -> tuple[str, list[str]]:
    """Return the document meant, and those that may be near it.

    Raises:
        ValueError: If no document is meant, or several, or there is no other that may be near.
    """
    from pipeline.comparison.conclusions import side_of
    from pipeline.comparison.dating import dated

    known = documents.set_index("doc_id").assign(year=dated(documents)["year"])
    meant = side_of(doc, known)
    if len(meant) > 1:
        msg = f"{doc!r} has {len(meant)} documents; name one of them, e.g. {', '.join(meant[:20])}"
        raise ValueError(msg)
    own = known.loc[meant[0]]
    kept = known.drop(index=meant[0])
    for wanted, column in ((same_year, "year"), (same_type, "doc_type")):
        kept = kept[kept[column].eq(own[column])] if wanted else kept
    kept = kept[kept["place"].ne(own["place"])] if elsewhere else kept
    if kept.empty:
        msg = f"{meant[0]}: no other document is left; leave out --elsewhere, --same-year or --same-type"
        raise ValueError(msg)
    return meant[0], sorted(map(str, kept.index))


def nearest_of(tables: Tables, doc_id: str, candidates: list[str], k: int, params: Params) -> pd.DataFrame:
    """Return the table of the nearest, with place and year.

    Raises:
        ValueError: If the document has no clause with a theme.
    """
    from pipeline.comparison.dating import dated
    from pipeline.comparison.nearest import nearest_table
    from pipeline.comparison.shares import profiles

    settings = params.compare
    found = profiles(tables["clauses"], tables["themes"], settings.bootstrap, settings.seed)
    if doc_id not in found.doc_ids:
        msg = f"{doc_id}: no clause with a theme was read of it, so nothing is near it; see `planlens show sections`"
        raise ValueError(msg)
    table = nearest_table(found, doc_id, candidates, k, settings.confidence, settings.seed)
    documents = tables["documents"].set_index("doc_id")
    year = dated(tables["documents"])["year"].astype("Int64")
    table.insert(2, "place", table["doc_id"].map(documents["place"]))
    table.insert(3, "year", table["doc_id"].map(year).astype("Int64"))
    return table


def _shown(table: pd.DataFrame) -> pd.DataFrame:
    """Return what a person reads: rounded, and notes only where there is one."""
    rounded = table.round({**dict.fromkeys(("distance", "distance_corrected", "low", "high"), 3), "p_value": 4})
    return rounded if table["note"].ne("").any() else rounded.drop(columns="note")
