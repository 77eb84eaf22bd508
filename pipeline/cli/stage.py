"""`planlens stage`: one stage on disk, as dvc.yaml calls it."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.console import load_params, say, warn

if TYPE_CHECKING:
    import pandas as pd

    from pipeline.params import Params


_TOLD = ("_f1", "status_accuracy", "deadline_accuracy", "theme_accuracy", "n_gold")
CONFUSION = "theme_confusion.csv"


def stage(
    name: Annotated[str, typer.Argument(help="Name of the stage.")],
    folder: Annotated[Path, typer.Argument(help="Folder of the tables.")],
    given: Annotated[Path | None, typer.Option("--from", help="The corpus (ingest) or the gold (evaluate).")] = None,
    to: Annotated[Path | None, typer.Option(help="The page (report), folder of metrics (evaluate).")] = None,
    params: Annotated[Path, typer.Option(help="Parameters.")] = Path("params.yaml"),
) -> None:
    """Run one stage of dvc.yaml on tables on disk.

    Example: planlens stage segment data/artifacts/sample
    """
    began = time.monotonic()
    settings = load_params(params)
    if name == "evaluate":
        told = _evaluate(folder, _needed(given, "--from"), _needed(to, "--to"))
    elif name == "report":
        told = _report(folder, _needed(to, "--to"), settings)
    else:
        told = _tables(name, folder, given, settings)
    say(f"  {name} {folder.name}: {told}, {time.monotonic() - began:.1f} s")


def _needed(path: Path | None, flag: str) -> Path:
    if path is None:
        msg = f"this stage needs {flag}"
        raise ValueError(msg)
    return path


def _tables(name: str, folder: Path, given: Path | None, settings: Params) -> str:
    from pipeline.corpus import load_corpus
    from pipeline.files import read_table, write_table
    from pipeline.reading.limits import Limits
    from pipeline.workflow import STEPS

    if name not in STEPS:
        msg = f"unknown stage {name!r}: use one of {', '.join([*STEPS, 'evaluate', 'report'])}"
        raise ValueError(msg)
    step = STEPS[name]
    if name == "ingest":
        corpus = load_corpus(_needed(given, "--from"), Limits.of(settings.ingest))
        tables = {"corpus": corpus.rows, "dropped_corpus": corpus.dropped}
    else:
        tables = {one: read_table(folder, one) for one in step.reads}
    made = step.run(tables, settings)
    for row in dropped_rows(made):
        warn(f"  dropped {row}")
    if name == "ingest" and made["documents"].empty:
        msg = f"{given}: none of the documents could be read (reasons above)"
        raise ValueError(msg)
    for one in step.makes:
        write_table(made[one], folder, one)
    return ", ".join(f"{len(made[one]):,} {one}" for one in step.makes if not one.startswith("dropped"))


def dropped_rows(made: Mapping[str, pd.DataFrame]) -> list[str]:
    """Return `doc_id: reason` for each dropped document."""
    frames = [frame for name, frame in made.items() if name.startswith("dropped")]
    return [f"{row.doc_id}: {row.reason}" for frame in frames for row in frame.itertuples()]


def _evaluate(folder: Path, gold: Path, to: Path) -> str:
    from pipeline.cli.results import evaluation_of
    from pipeline.files import write_json, write_table, write_text
    from pipeline.workflow import load_tables

    found = evaluation_of(load_tables(folder), gold)
    told = {name: value for name, value in found.metrics["all"].items() if name.endswith(_TOLD)}
    write_json(to / "metrics.json", told)
    write_json(folder / "scores.json", found.metrics)
    write_table(found.errors, folder, "errors")
    confusion = found.theme_confusion
    each = confusion.loc[confusion.index.repeat(confusion["n"]), ["gold", "predicted"]]
    write_text(to / CONFUSION, each.to_csv(index=False, lineterminator="\n"))
    return json.dumps(told)


def _report(folder: Path, page: Path, settings: Params) -> str:
    from pipeline.files import write_text
    from pipeline.stages.report import report
    from pipeline.workflow import REPORTED, load_tables

    tables = load_tables(folder)
    text = report({name: tables[name] for name in REPORTED if name in tables}, settings.report)
    write_text(page, text)
    return f"{page} ({len(text) / 1e6:.1f} MB)"
