"""`planlens compare`, `evaluate`, `report`: on tables that are there already."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.console import emit, load_params, note, say, table, warn

if TYPE_CHECKING:
    from collections.abc import Collection

    import pandas as pd

    from pipeline.params import Params
    from pipeline.stages.evaluate import Evaluation
    from pipeline.workflow import Tables

_SHOWN = 10
ARTIFACTS = Path("data/artifacts")


def tables_at(path: Path) -> Tables:
    """Return the tables of a folder, of a corpus named in params.yaml, or of documents, read now.

    Raises:
        FileNotFoundError: If there is none of these.
        ValueError: If none of the documents could be read.
    """
    from pipeline.corpus import gather
    from pipeline.files import has_table
    from pipeline.params import Params
    from pipeline.workflow import analyze, load_tables

    for folder in (path, ARTIFACTS / path):
        if has_table(folder, "documents"):
            return load_tables(folder)
        if has_table(folder, "theme_shares"):
            msg = f"{folder}: tables of a comparison alone; give what was compared, or a folder that `analyze` wrote"
            raise FileNotFoundError(msg)
    if not path.exists():
        msg = f"{path}: neither a file, nor a folder, nor a corpus in {ARTIFACTS}"
        raise FileNotFoundError(msg)
    tables = analyze(gather([path]), Params())
    if tables["documents"].empty:
        raise ValueError("; ".join(tables["dropped"]["reason"]))
    return tables


def compare(
    inputs: Annotated[list[Path], typer.Argument(help="Folders of tables, corpora or documents; put together.")],
    out: Annotated[Path | None, typer.Option(help="Write the comparison tables and report.html here.")] = None,
    form: Annotated[str, typer.Option("--format", help="table, csv, jsonl, markdown or latex.")] = "table",
    params: Annotated[Path | None, typer.Option(help="Parameters, as in params.yaml.")] = None,
    errors: Annotated[Path | None, typer.Option(help="Correct theme shares by this file of `count-errors`.")] = None,
) -> None:
    """Compare documents: the matrix of indicators, theme shares and divergence.

    Example: planlens compare out data/artifacts/sample --out both
    """
    from pipeline.workflow import COMPARISON, STEPS

    settings = load_params(params)
    if errors is not None:
        settings = replace(settings, compare=replace(settings.compare, errors=str(errors)))
    tables = _together(inputs)
    settings = with_own_errors(settings, tables["themes"]["model"].unique())
    made = STEPS["compare"].run(tables, settings)
    tell_of_characters(made["theme_shares"], settings.compare.errors)
    if out is not None:
        _write(tables | dict(made), out, settings.report.title)
    emit(_matrix(made["indicator_matrix"]), form, "Indicators (commitments; percent, else base units)")
    shares = made["theme_shares"].pivot_table(index="theme", columns="doc_id", values="share", aggfunc="first")
    emit((100 * shares.iloc[:, :_SHOWN]).round(1).reset_index(), form, "Theme shares, % of clauses")
    divergence = made["divergence"]
    if len(divergence):
        kept = divergence[divergence["kind"] == ("pair" if len(divergence) < 40 else "mean")]
        emit(kept.round(4), form, "Divergence of themes (Jensen-Shannon, bits)")
    if out is not None:
        say(f"{', '.join(COMPARISON)} and report.html in {out}")


def with_own_errors(settings: Params, read_by: Collection[str]) -> Params:
    """Return the parameters without a model's counted errors where another model gave the themes, and say so.

    Args:
        settings: Parameters of all stages.
        read_by: Names of the models that gave the themes.
    """
    errors = settings.compare.errors
    if not errors or errors.endswith(".json"):
        return settings
    counted = model_name(errors)
    if not (others := sorted({*read_by} - {counted})):
        return settings
    note(f"Theme shares stay as counted: {', '.join(others)} gave the themes, and the errors are those of {counted}; "
         "count them with `planlens count-errors` on clauses that you labelled")  # fmt: skip
    return replace(settings, compare=replace(settings.compare, errors=""))


def model_name(name: str) -> str:
    """Return what a model calls itself in the table `themes`.

    Args:
        name: A shipped model, or a model's folder.

    Raises:
        FileNotFoundError: If there is no such model.
    """
    from pipeline.themes.weights import model_folder

    config = json.loads((model_folder(name) / "config.json").read_text(encoding="utf-8"))
    return str(config.get("name", name))


def tell_of_characters(shares: pd.DataFrame, errors: str) -> None:
    """Say so where shares of clauses were corrected and those of characters could not be."""
    if shares["share_corrected"].notna().any() and shares["share_chars_corrected"].isna().all():
        again = "planlens count-errors" if errors.endswith(".json") else "python models/theme_errors.py"
        note(f"Shares of characters stay as counted: the errors of {errors} were counted by clauses only; "
             f"`{again}` counts both, and how far errors differ from place to place")  # fmt: skip


def _matrix(matrix: pd.DataFrame) -> pd.DataFrame:
    """Return the matrix with a row an indicator, and a column a document: the first ones, as many as a page holds."""
    indicators = [name for name in matrix.columns if name not in ("doc_id", "place", "period_start", "period_end")]
    turned = matrix.head(_SHOWN).set_index("doc_id")[indicators].T
    return turned.dropna(how="all").reset_index(names="indicator")


def _together(inputs: list[Path]) -> Tables:
    """Return the tables of all inputs as one corpus.

    Raises:
        ValueError: If two inputs hold a document with the same id.
    """
    import pandas as pd

    from pipeline.workflow import COMPARISON

    parts = [tables_at(path) for path in inputs]
    names = [name for name in parts[0] if name not in COMPARISON and all(name in part for part in parts)]
    tables = {name: pd.concat([part[name] for part in parts], ignore_index=True) for name in names}
    doubled = tables["documents"]["doc_id"][tables["documents"]["doc_id"].duplicated()]
    if len(doubled):
        msg = f"document {doubled.iloc[0]!r} is in two of the inputs; rename it in one of them"
        raise ValueError(msg)
    return tables


def _write(tables: Tables, out: Path, title: str) -> None:
    from pipeline.files import held, write_table, write_text
    from pipeline.params import Report
    from pipeline.stages.report import report as page_of
    from pipeline.workflow import COMPARISON, REPORTED

    shown = {name: tables[name] for name in REPORTED if name in tables}
    page = page_of(shown, Report(title))
    with held(out):
        for name in COMPARISON:
            write_table(tables[name], out, name)
        write_text(out / "report.html", page)


def evaluation_of(tables: Tables, gold: Path) -> Evaluation:
    """Score tables against the gold data of a folder.

    Raises:
        FileNotFoundError: If the folder holds no gold.
        ValueError: If a file is no gold, or no gold document is in the tables.
    """
    from pipeline.evaluation import parse_gold
    from pipeline.stages.evaluate import evaluate as score
    from pipeline.workflow import EVALUATED

    paths = sorted(gold.glob("*.json"))
    if not paths:
        msg = f"{gold}: no gold here (one JSON file a document)"
        raise FileNotFoundError(msg)
    documents = []
    for path in paths:
        try:
            documents.append(parse_gold(json.loads(path.read_text(encoding="utf-8")), path.stem))
        except ValueError as error:
            msg = f"{path}: {error}"
            raise ValueError(msg) from error
    found = score(documents, *(tables[name] for name in EVALUATED))
    absent = len(documents) - len(found.metrics["documents"])
    if absent:
        warn(f"{gold}: {absent} of {len(documents)} gold documents are not among the documents scored")
    return found


def evaluate(
    gold: Annotated[Path, typer.Option(help="Folder with gold data, one JSON file a document.")],
    corpus: Annotated[Path, typer.Option(help="Folder of tables, corpus or document.")],
    out: Annotated[Path | None, typer.Option(help="Write metrics.json and the errors here.")] = None,
) -> None:
    """Score clauses, themes and quantities against gold data.

    Example: planlens evaluate --gold data/gold/sample --corpus data/artifacts/sample
    """
    found = evaluation_of(tables_at(corpus), gold)
    names = [name for name, value in found.metrics["all"].items() if isinstance(value, int | float)]
    documents = {"all": found.metrics["all"], **found.metrics["documents"]}
    table(
        "Scores",
        ["measure", *documents],
        [[name, *(one.get(name) for one in documents.values())] for name in names],
    )
    if out is not None:
        from pipeline.files import write_json, write_table

        write_json(out / "metrics.json", found.metrics)
        write_table(found.errors, out, "errors", "csv")
        say(f"metrics.json and errors.csv in {out}")


def report(
    tables: Annotated[Path, typer.Argument(help="Folder of tables, corpus or document.")],
    out: Annotated[Path, typer.Option(help="The page.")] = Path("report.html"),
    title: Annotated[str, typer.Option(help="Title of the page.")] = "PlanLens",
) -> None:
    """Write one HTML page on a corpus; it opens with no server and no network.

    Example: planlens report out --out report.html --title "Plans of Shandong"
    """
    from pipeline.files import write_text
    from pipeline.params import Report
    from pipeline.stages.report import report as page_of
    from pipeline.workflow import REPORTED

    found = tables_at(tables)
    write_text(out, page_of({name: found[name] for name in REPORTED if name in found}, Report(title)))
    say(f"open {out}")
