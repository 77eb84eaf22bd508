"""`planlens export`, `certify`, `verify`, `diff`: what a paper and its reviewers need."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.cli.console import emit, load_params, say, warn
from pipeline.cli.results import tables_at

if TYPE_CHECKING:
    import pandas as pd

    from pipeline.workflow import Tables

CERTIFICATE = "certificate.json"
_SHOWN_DOCUMENTS = 12


def export(
    where: Annotated[Path, typer.Argument(help="Folder of tables, corpus or document.")],
    to: Annotated[Path, typer.Option(help="Folder for the package.")],
    title: Annotated[
        str, typer.Option(help="Title of the data package.")
    ] = "Chinese development plans, read by PlanLens",
    with_text: Annotated[
        bool, typer.Option("--with-text", help="Publish the text of documents and clauses too.")
    ] = False,
    with_figures: Annotated[bool, typer.Option("--figures/--no-figures", help="Draw the figures.")] = True,
) -> None:
    """Write a data package for a paper: CSV, Parquet, Excel, data dictionary, LaTeX tables, figures.

    Example: planlens export data/artifacts/sample --to paper
    """
    from pipeline.files import held, write_text
    from pipeline.publishing.figures import figures, write_figures
    from pipeline.publishing.latex import document
    from pipeline.publishing.package import published, write_package
    from pipeline.publishing.spreadsheet import write_workbook

    tables = _compared(tables_at(where))
    shown = published(tables, with_text)
    with held(to):
        names = write_figures(figures(tables), to / "figures") if with_figures else []
        write_package(shown, to, "planlens-package", title)
        for table in write_workbook(shown, to / "planlens.xlsx"):
            warn(f"{table} has more rows than a sheet holds, and is in data/{table}.csv only")
        latex = {name: body for name, body in _latex_tables(tables).items() if body}
        for name, body in latex.items():
            write_text(to / "latex" / f"{name}.tex", document(body))
    say(f"{len(shown)} tables in {to / 'datapackage.json'}, {len(latex)} for LaTeX, {len(names)} files of figures")


def _compared(tables: Tables) -> Tables:
    """Return the tables, with those of the comparison where they are not there yet."""
    from pipeline.params import Params
    from pipeline.workflow import COMPARISON, STEPS

    if all(name in tables for name in COMPARISON):
        return tables
    return {**tables, **STEPS["compare"].run(tables, Params())}


def _latex_tables(tables: Tables) -> dict[str, str]:
    """Return the tables that fit a page: theme shares, the matrix of indicators."""
    from pipeline.cli.console import cell
    from pipeline.publishing.latex import tabular
    from pipeline.stages.report_page.payload import doc_labels

    documents = tables["documents"]
    if len(documents) > _SHOWN_DOCUMENTS:
        return {}
    labels = dict(zip(documents["doc_id"], doc_labels(documents), strict=True))
    shares = tables["theme_shares"].assign(document=tables["theme_shares"]["doc_id"].map(labels))
    wide = shares.pivot_table(index="theme", columns="document", values="share", sort=False)
    matrix = tables["indicator_matrix"]
    fixed = [one for one in ("place", "period_start", "period_end") if one in matrix]
    values = (
        matrix.assign(document=matrix["doc_id"].map(labels)).drop(columns=["doc_id", *fixed]).set_index("document").T
    )
    rows = [[str(name), *(f"{one:.1%}" for one in row)] for name, row in zip(wide.index, wide.to_numpy(), strict=True)]
    numbers = [
        [str(name), *(cell(one) for one in row)] for name, row in zip(values.index, values.to_numpy(), strict=True)
    ]
    return {
        "theme_shares": tabular(["theme", *map(str, wide.columns)], rows),
        "indicators": tabular(["indicator", *map(str, values.columns)], numbers) if numbers else "",
    }


def certify(
    where: Annotated[Path, typer.Argument(help="Folder of tables, corpus or document.")],
    out: Annotated[
        Path | None, typer.Option(help="The certificate; by default certificate.json beside the tables.")
    ] = None,
    params: Annotated[Path | None, typer.Option(help="What the tables were made with, as params.yaml.")] = None,
) -> None:
    """Write a certificate: digests of documents, code, models, parameters and tables, for a reviewer to verify.

    Example: planlens certify data/artifacts/sample --params params.yaml
    """
    from pipeline.cli.results import ARTIFACTS
    from pipeline.files import write_json
    from pipeline.publishing.provenance import certificate

    found = certificate(tables_at(where), load_params(params))
    folder = where if where.is_dir() and not (where / "corpus.csv").is_file() else ARTIFACTS / where
    path = out or (folder if folder.is_dir() else Path()) / CERTIFICATE
    write_json(path, found)
    say(f"{path}: {len(found['documents'])} documents, {len(found['tables'])} tables, sha256 {found['sha256']}")


def read_certificate(path: Path) -> dict[str, Any]:
    """Read a certificate.

    Raises:
        FileNotFoundError: If it is not there.
        ValueError: If it is none, or was changed by hand.
    """
    from pipeline.publishing.provenance import KIND, seal_of

    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        msg = f"{path}: no JSON; make a certificate with `planlens certify`"
        raise ValueError(msg) from error
    if not isinstance(told, dict) or told.get("kind") != KIND:
        msg = f"{path}: no certificate of PlanLens; make one with `planlens certify`"
        raise ValueError(msg)
    if told.get("sha256") != seal_of(told):
        msg = f"{path}: does not hold its own sha256: it was changed after it was made"
        raise ValueError(msg)
    return told


def verify(
    certificate: Annotated[Path, typer.Argument(help="The certificate.")],
    corpus: Annotated[Path, typer.Option(help="The documents (read anew), or a folder of tables (only compared).")],
) -> None:
    """Read the documents again with the certificate's parameters, and tell whether the same tables come out.

    Example: planlens verify certificate.json --corpus data/raw/sample
    """
    from pipeline.corpus import gather
    from pipeline.files import has_table
    from pipeline.params import parse
    from pipeline.publishing.provenance import certificate as certificate_of
    from pipeline.publishing.provenance import differences
    from pipeline.workflow import analyze, load_tables

    told = read_certificate(certificate)
    given = parse({**told["params"], "report": {"title": ""}, "parallel": _ALONE}, str(certificate))
    tables = load_tables(corpus) if has_table(corpus, "documents") else analyze(gather([corpus]), given)
    lines = differences(told, certificate_of(tables, given))
    for line in lines:
        warn(line)
    n = len(told["tables"])
    same = n - sum(line.startswith("table ") for line in lines)
    say(f"{certificate}: {same} of {n} tables are the same, row for row")
    if same != n:
        raise typer.Exit(1)


_ALONE = {"backend": "loky", "n_jobs": 0, "address": ""}


def diff(
    before: Annotated[Path, typer.Argument(help="Folder of tables: the one version.")],
    after: Annotated[Path, typer.Argument(help="The other version.")],
    form: Annotated[str, typer.Option("--format", help="table, csv, jsonl, markdown or latex.")] = "table",
) -> None:
    """Name each published number that differs between two versions of results, and what did it.

    Example: planlens diff out-2024 out-2025
    """
    from pipeline.publishing.provenance import differences
    from pipeline.publishing.revisions import revisions

    told = tuple(_certificate_beside(path) for path in (before, after))
    found = revisions(tables_at(before), tables_at(after), (told[0], told[1]))
    if told[0] and told[1] and form == "table":
        for line in differences(told[0], told[1]):
            say(line)
    _print(found, form)


def _certificate_beside(folder: Path) -> dict[str, Any] | None:
    from pipeline.cli.results import ARTIFACTS

    for path in (folder / CERTIFICATE, ARTIFACTS / folder / CERTIFICATE):
        if path.is_file():
            return read_certificate(path)
    return None


def _print(found: pd.DataFrame, form: str) -> None:
    if found.empty and form == "table":
        say("no published number differs")
    else:
        emit(found, form, f"{len(found)} numbers differ")
