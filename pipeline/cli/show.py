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
def absent(where: Where, place: Place = "", doc: Document = "", form: Form = "table", limit: Limit = 0) -> None:
    """Print the goals whose number is withheld: what they would measure, and what the text says instead.

    Example: planlens show absent out --format csv
    """
    tables = tables_at(where)
    found = _of_documents(tables["absent_targets"], tables, place, doc)
    _print(found, ["place", "quote", "indicator", "indicator_id", "reason", "doc_id"], form, limit, "absent targets")


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


@app.command()
def rows(where: Where, place: Place = "", doc: Document = "", form: Form = "table", limit: Limit = 0) -> None:
    """Print the rows of indicator tables: indicator, unit, base, target, binding or expected.

    Example: planlens show rows plan.docx --format csv
    """
    tables = tables_at(where)
    found = _of_documents(tables["table_rows"], tables, place, doc)
    columns = ["place", "group", "indicator", "unit", "base_value", "base_year", "target_value", "target_year",
               "attribute", "doubtful", "row_id"]  # fmt: skip
    _print(found, columns, form, limit, "rows of tables")


@app.command()
def repairs(where: Where, place: Place = "", doc: Document = "", form: Form = "table", limit: Limit = 0) -> None:
    """Print where print was broken and what was read on there, with the runner-up.

    Example: planlens show repairs newspaper-page.txt
    """
    tables = tables_at(where)
    found = _of_documents(tables["repairs"], tables, place, doc)
    columns = ["doc_id", "kind", "quote", "score", "runner_up_quote", "margin", "applied", "source", "left", "right"]
    _print(found, columns, form, limit, "repairs")


@app.command()
def furniture(where: Where, place: Place = "", doc: Document = "", form: Form = "table", limit: Limit = 0) -> None:
    """Print how many stretches of each document were left out of the text, and why.

    Example: planlens show furniture plan.html
    """
    tables = tables_at(where)
    found = _of_documents(tables["documents"], tables, place, doc)[["doc_id", "place", "furniture"]]
    each = found.explode("furniture").dropna(subset="furniture")
    each = each.assign(
        reason=[one["reason"] for one in each["furniture"]],
        n_chars=[one["end"] - one["start"] for one in each["furniture"]],
    )
    counted = each.groupby(["doc_id", "place", "reason"], dropna=False)["n_chars"].agg(["size", "sum"]).reset_index()
    counted = counted.rename(columns={"size": "stretches", "sum": "characters"})
    _print(counted, ["doc_id", "place", "reason", "stretches", "characters"], form, limit, "kinds of furniture")


@app.command()
def notes(where: Where, place: Place = "", doc: Document = "", form: Form = "table", limit: Limit = 0) -> None:
    """Print what is out of order in the headings: gaps and resets of numbers, differences from the contents.

    Example: planlens show notes out
    """
    tables = tables_at(where)
    found = _of_documents(tables["outline_notes"], tables, place, doc)
    _print(found, ["doc_id", "place", "kind", "detail", "section_id"], form, limit, "notes on outlines")


def _of_documents(frame: pd.DataFrame, tables: Tables, place: str, doc: str) -> pd.DataFrame:
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
    return frame[frame["doc_id"].isin(places.index)].assign(place=lambda own: own["doc_id"].map(places))


def _print(frame: pd.DataFrame, columns: list[str], form: str, limit: int, what: str) -> None:
    shown = frame[columns].head(limit) if limit else frame[columns]
    more = f", the first {limit} shown" if limit and len(frame) > limit else ""
    emit(shown, form, f"{len(frame)} {what}{more}")
