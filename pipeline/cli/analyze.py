"""`planlens analyze`: any files, the whole line, no DVC."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.console import Quiet, Verbose, is_quiet, load_params, note, table, tell

if TYPE_CHECKING:
    import pandas as pd

    from pipeline.workflow import Tables

Place = Annotated[str, typer.Option(help="Place of all the documents, e.g. 菏泽市.")]
Level = Annotated[str, typer.Option(help="nation, province, city or county.")]
DocType = Annotated[str, typer.Option("--type", help="proposal, outline, work_report or other.")]
Period = Annotated[str, typer.Option(help="Plan period, e.g. 2021-2025.")]
Title = Annotated[str, typer.Option(help="Title of the document.")]
Issuer = Annotated[str, typer.Option(help="Who issued it.")]
Published = Annotated[str, typer.Option(help="Date of issue, YYYY-MM-DD.")]

_TYPES = ("proposal", "outline", "work_report", "other")


def described(
    place: str, level: str, doc_type: str, period: str, title: str, issuer: str, published: str
) -> dict[str, str]:
    """Return the columns of corpus.csv that flags set.

    Raises:
        ValueError: If the type or the period is none.
    """
    if doc_type and doc_type not in _TYPES:
        msg = f"--type {doc_type!r} is unknown: use one of {', '.join(_TYPES)}"
        raise ValueError(msg)
    first, _, last = period.partition("-")
    if period and not (first.isdigit() and last.isdigit() and len(first) == len(last) == 4):
        msg = f"--period {period!r} is none: write it as 2021-2025"
        raise ValueError(msg)
    given = {"place": place, "level": level, "doc_type": doc_type, "period_start": first, "period_end": last,
             "title": title, "issuer": issuer, "published": published}  # fmt: skip
    return {column: value for column, value in given.items() if value}


def analyze(
    inputs: Annotated[list[Path], typer.Argument(help="Files, archives, folders of files, or corpora.")],
    out: Annotated[Path, typer.Option(help="Folder for the tables and the report.")],
    form: Annotated[str, typer.Option("--format", help="parquet, jsonl or csv.")] = "parquet",
    params: Annotated[Path | None, typer.Option(help="Parameters, as in params.yaml.")] = None,
    model: Annotated[str, typer.Option(help="Theme model: a folder that `planlens train-themes` made.")] = "",
    with_report: Annotated[bool, typer.Option("--report/--no-report", help="Write report.html.")] = True,
    place: Place = "",
    level: Level = "",
    doc_type: DocType = "",
    period: Period = "",
    title: Title = "",
    issuer: Issuer = "",
    published: Published = "",
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Read plans and write all tables and the report.

    Place, type and period are guessed from the text; a flag wins over the guess, for all inputs.

    Example: planlens analyze plan.pdf report.docx --out out --format csv
    """
    from pipeline.cli.results import model_name, with_own_errors
    from pipeline.corpus import gather
    from pipeline.files import FORMATS, held, write_json, write_table, write_text
    from pipeline.publishing.provenance import certificate
    from pipeline.reading.limits import Limits
    from pipeline.workflow import REPORTED
    from pipeline.workflow import analyze as run_all

    given = described(place, level, doc_type, period, title, issuer, published)
    if form not in FORMATS:
        msg = f"unknown format {form!r}: use one of {', '.join(FORMATS)}"
        raise ValueError(msg)
    settings = load_params(params)
    if model:
        settings = replace(settings, classify=replace(settings.classify, model=model))
    settings = with_own_errors(settings, [model_name(settings.classify.model)])
    gathered = gather(inputs, Limits.of(settings.ingest))
    tables = run_all(gathered.described(given), settings, _progress)
    for row in tables["dropped"].itertuples():
        note(f"dropped {row.doc_id}: {row.reason}")
    if tables["documents"].empty:
        msg = f"nothing written to {out}: none of the documents could be read (reasons above)"
        raise ValueError(msg)
    with held(out):
        for name, frame in _with_theme(tables).items():
            write_table(frame, out, name, form)
        write_json(out / "certificate.json", certificate(tables, settings))
        if with_report:
            from pipeline.stages.report import report

            shown = {name: tables[name] for name in REPORTED if name in tables}
            write_text(out / "report.html", report(shown, settings.report))
    if not is_quiet():
        _summary(tables)
    ends = f"; open {out / 'report.html'}" if with_report else ""
    tell(f"{len(tables)} tables as {form} in {out}{ends}")


def _with_theme(tables: Tables) -> Tables:
    """Return the tables with each clause's theme beside it, for readers of the files."""
    themes = tables["themes"][["clause_id", "theme"]]
    return tables | {"clauses": tables["clauses"].merge(themes, on="clause_id", how="left")}


def _progress(step: str, made: Mapping[str, pd.DataFrame]) -> None:
    counts = ", ".join(f"{len(frame):,} {name}" for name, frame in made.items() if not name.startswith("dropped"))
    tell(f"{step:<9} {counts}")


def _summary(tables: Tables) -> None:
    """Print what was found in each document, and the warnings."""
    import pandas as pd

    documents = tables["documents"]
    counts = {
        name: tables[name].groupby("doc_id").size() for name in ("sections", "clauses", "commitments") if name in tables
    }
    rows = []
    for row in documents.head(50).to_dict("records"):
        known = not pd.isna(row["period_end"])
        period = f"{row['period_start']}-{row['period_end']}" if known else ""
        found = [int(one.get(row["doc_id"], 0)) for one in counts.values()]
        about = [row["doc_id"], row["place"], row["doc_type"], period, len(row["articles"]), row["n_chars"]]
        rows.append([*about, *found])
    columns = ["document", "place", "type", "period", "articles", "characters", *counts]
    table(f"{len(documents)} documents" if len(documents) > 1 else "1 document", columns, rows)
    for row in documents.to_dict("records"):
        for warning in row["warnings"]:
            note(f"{row['doc_id']}: {warning}")
