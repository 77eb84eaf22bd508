"""`planlens stage`: one stage on disk, as dvc.yaml calls it."""

from __future__ import annotations

import json
import time
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.cli.console import Quiet, Verbose, is_verbose, load_params, note, tell

if TYPE_CHECKING:
    from pipeline.execution import Done
    from pipeline.params import Params

CACHE = Path("data/cache")
LOG = "run.jsonl"
_TOLD = ("_f1", "status_accuracy", "deadline_accuracy", "theme_accuracy", "n_gold")
_DROPPED = ("dropped_ingest", "dropped_segment")
CONFUSION = "theme_confusion.csv"


def stage(
    name: Annotated[str, typer.Argument(help="Name of the stage.")],
    folder: Annotated[Path, typer.Argument(help="Folder of the tables.")],
    given: Annotated[Path | None, typer.Option("--from", help="The corpus (ingest) or the gold (evaluate).")] = None,
    to: Annotated[Path | None, typer.Option(help="The page (report), folder of metrics (evaluate).")] = None,
    params: Annotated[Path, typer.Option(help="Parameters.")] = Path("params.yaml"),
    cache: Annotated[Path, typer.Option(envvar="PLANLENS_CACHE", help="What is remembered.")] = CACHE,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Run one stage of dvc.yaml on tables on disk.

    Example: planlens stage segment data/artifacts/sample
    """
    from pipeline.execution import Cache, check_sealed, logged
    from pipeline.files import held
    from pipeline.workflow import EVALUATED, REPORTED, STEPS

    if name not in (known := [*STEPS, "evaluate", "report"]):
        msg = f"unknown stage {name!r}: use one of {', '.join(known)}"
        raise ValueError(msg)
    began = time.monotonic()
    settings = load_params(params)
    with held(folder), logged(folder, name) as line:
        if name == "evaluate":
            check_sealed(folder, EVALUATED, Cache(cache).digest)
            told = _evaluate(folder, _needed(given, "--from"), _needed(to, "--to"))
        elif name == "report":
            check_sealed(folder, (*REPORTED, *_DROPPED), Cache(cache).digest)
            told = _report(folder, _needed(to, "--to"), settings, cache)
        else:
            told = _tables(name, folder, given, settings, cache, line)
    tell(f"  {name} {folder.name}: {told}, {time.monotonic() - began:.1f} s")


def _needed(path: Path | None, flag: str) -> Path:
    if path is None:
        msg = f"this stage needs {flag}"
        raise ValueError(msg)
    return path


def _tables(name: str, folder: Path, given: Path | None, settings: Params, cache: Path, line: dict[str, Any]) -> str:
    """Run a stage that makes tables, and return what it made; what is to be logged is added to the line."""
    from pipeline.workflow import STEPS

    if STEPS[name].unit == "corpus":
        rows = _of_corpus(name, folder, settings, cache)
        line["rows"] = rows
        return ", ".join(f"{n:,} {one}" for one, n in rows.items())
    done = _by_document(name, folder, _needed(given, "--from") if name == "ingest" else None, settings, cache)
    line |= asdict(done) | {"dropped": [{**row} for row in done.dropped], "n_dropped": len(done.dropped)}
    line["parallel"] = asdict(settings.parallel)
    for row in done.dropped:
        note(f"  dropped {row['doc_id']}: {row['reason']}")
    if is_verbose():
        tell(
            f"  {name} {folder.name}: {done.n_computed:,} of {done.n_documents:,} documents worked on, the others "
            f"remembered in {cache}; {done.n_parts_made} of {done.n_parts} parts written; log in {folder / LOG}"
        )
    return ", ".join(f"{n:,} {one}" for one, n in done.rows.items())


def _by_document(name: str, folder: Path, corpus: Path | None, settings: Params, cache: Path) -> Done:
    from pipeline.cli.progress import progress
    from pipeline.execution import Cache, run_stage

    with progress(name) as watch:
        return run_stage(name, folder, settings, Cache(cache), corpus, watch)


def _of_corpus(name: str, folder: Path, settings: Params, cache: Path) -> dict[str, int]:
    from pipeline.cli.results import model_name, tell_of_characters, with_own_errors
    from pipeline.execution import Cache, check_sealed, compare_folder, seal, unseal
    from pipeline.files import write_table
    from pipeline.workflow import STEPS

    digest = Cache(cache).digest
    check_sealed(folder, STEPS[name].reads, digest)
    settings = with_own_errors(settings, [model_name(settings.classify.model)])
    made = compare_folder(folder, settings, Cache(cache))
    tell_of_characters(made["theme_shares"], settings.compare.errors)
    unseal(folder, name)
    for one in STEPS[name].makes:
        write_table(made[one], folder, one)
    seal(folder, name, digest)
    return {one: len(made[one]) for one in STEPS[name].makes}


def _evaluate(folder: Path, gold: Path, to: Path) -> str:
    from pipeline.cli.results import evaluation_of
    from pipeline.files import write_json, write_table, write_text
    from pipeline.workflow import EVALUATED, load_tables

    found = evaluation_of(load_tables(folder, EVALUATED), gold)
    told = {name: value for name, value in found.metrics["all"].items() if name.endswith(_TOLD)}
    write_json(to / "metrics.json", told)
    write_json(folder / "scores.json", found.metrics)
    write_table(found.errors, folder, "errors")
    confusion = found.theme_confusion
    each = confusion.loc[confusion.index.repeat(confusion["n"]), ["gold", "predicted"]]
    write_text(to / CONFUSION, each.to_csv(index=False, lineterminator="\n"))
    return json.dumps(told)


def _report(folder: Path, page: Path, settings: Params, cache: Path) -> str:
    from pipeline.execution import Cache, report_folder
    from pipeline.files import write_text

    text = report_folder(folder, settings, Cache(cache))
    write_text(page, text)
    return f"{page} ({len(text) / 1e6:.1f} MB)"
