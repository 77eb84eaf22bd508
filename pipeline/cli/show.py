"""`planlens show`: tables in the terminal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.console import emit
from pipeline.cli.results import tables_at

if TYPE_CHECKING:
    import pandas as pd

    from pipeline.workflow import Tables

app = typer.Typer(
    help="Print tables in the terminal.\n\nExample: planlens show commitments out --theme rural",
    no_args_is_help=True,
)

Where = Annotated[Path, typer.Argument(help="Folder of tables, corpus or document.")]
Place = Annotated[str, typer.Option(help="Only this place.")]
Document = Annotated[str, typer.Option("--doc", help="Only this document.")]
Form = Annotated[str, typer.Option("--format", help="table, csv, jsonl, markdown or latex.")]
Limit = Annotated[int, typer.Option(help="At most so many rows; 0 for all.")]


@app.command()
def commitments(
    where: Where,
    place: Place = "",
    doc: Document = "",
    theme: Annotated[str, typer.Option(help="Only this theme, e.g. rural.")] = "",
    indicator: Annotated[str, typer.Option(help="Only indicators (or ids) that contain this.")] = "",
    status: Annotated[str, typer.Option(help="commitment, achieved, projection, context or all.")] = "commitment",
    form: Form = "table",
    limit: Limit = 0,
) -> None:
    """Print the numeric commitments: indicator, bound, unit, deadline, force, and the words that say so.

    Example: planlens show commitments out --indicator 粮食
    """
    tables = tables_at(where)
    rows = _of_documents(tables["quantities"], tables, place, doc)
    if status != "all":
        rows = rows[rows["status"] == status]
    if theme:
        rows = rows[rows["theme"] == theme]
    if indicator:
        hit = rows["indicator"].fillna("").str.contains(indicator, regex=False)
        rows = rows[hit | rows["indicator_id"].fillna("").str.contains(indicator, regex=False)]
    columns = ["place", "quote", "indicator", "comparator", "value_min", "value_max", "unit", "measure",
               "status", "deadline", "force", "theme", "quantity_id"]  # fmt: skip
    _print(rows, columns, form, limit, "commitments" if status == "commitment" else "quantities")


@app.command()
def themes(where: Where, place: Place = "", doc: Document = "", form: Form = "table", limit: Limit = 0) -> None:
    """Print the share of each theme in each document, with its interval.

    Example: planlens show themes out --format csv
    """
    tables = tables_at(where)
    rows = _of_documents(tables["theme_shares"].drop(columns="place"), tables, place, doc)
    rows = rows.sort_values(["doc_id", "share"], ascending=[True, False], kind="stable")
    for column in ("share", "low", "high"):
        rows[f"{column}, %"] = (100 * rows[column]).round(1)
    columns = ["doc_id", "place", "theme", "n_clauses", "share, %", "low, %", "high, %"]
    _print(rows[rows["n_clauses"] > 0], columns, form, limit, "themes")


@app.command()
def sections(where: Where, place: Place = "", doc: Document = "", form: Form = "table", limit: Limit = 0) -> None:
    """Print the tree of sections.

    Example: planlens show sections plan.pdf
    """
    tables = tables_at(where)
    rows = _of_documents(tables["sections"], tables, place, doc)
    rows["heading"] = [
        "  " * int(level) + heading for level, heading in zip(rows["level"], rows["heading"], strict=True)
    ]
    _print(rows, ["doc_id", "article", "path", "heading", "start", "end"], form, limit, "sections")


def _of_documents(rows: pd.DataFrame, tables: Tables, place: str, doc: str) -> pd.DataFrame:
    """Return the rows of the documents asked for, with their place.

    Raises:
        ValueError: If no document fits.
    """
    documents = tables["documents"]
    for column, wanted in (("place", place), ("doc_id", doc)):
        if wanted:
            documents = documents[documents[column] == wanted]
    if documents.empty:
        known = ", ".join(tables["documents"]["place" if place else "doc_id"].dropna().unique()[:20])
        msg = f"no document of {place or doc}; there are: {known}"
        raise ValueError(msg)
    places = documents.set_index("doc_id")["place"]
    return rows[rows["doc_id"].isin(places.index)].assign(place=lambda frame: frame["doc_id"].map(places))


def _print(rows: pd.DataFrame, columns: list[str], form: str, limit: int, what: str) -> None:
    shown = rows[columns].head(limit) if limit else rows[columns]
    more = f", the first {limit} shown" if limit and len(rows) > limit else ""
    emit(shown, form, f"{len(rows)} {what}{more}")
