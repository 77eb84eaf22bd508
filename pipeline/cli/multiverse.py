"""`planlens multiverse`: how often a conclusion holds over all choices of reading."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from math import prod
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.console import cell, emit, load_params, markdown, note, read_yaml, say, tell
from pipeline.cli.results import ARTIFACTS, tables_at

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

    from pipeline.comparison.conclusions import Conclusion
    from pipeline.comparison.universes import Grid
    from pipeline.params import Params
    from pipeline.workflow import Tables

_READ = ("documents", "sentences", "clauses")
_TOLD_BY = ("doc_id", "place", "doc_type", "published", "period_start")
"""Columns by which the documents of a conclusion are found."""


def multiverse(
    where: Annotated[Path, typer.Argument(help="Folder of tables, corpus or documents.")],
    conclusions: Annotated[list[str], typer.Argument(help="'higher THEME A B', 'rose THEME A [YEAR YEAR...]', "
        "'nearest A B' or 'farther A B C', each in quotes; A: document, place, year, PLACE@YEAR or all.")],
    grid: Annotated[Path | None, typer.Option(help="Choices, as in pipeline/comparison/multiverse.yaml.")] = None,
    out: Annotated[Path | None, typer.Option(help="Write multiverse.csv and multiverse.md here.")] = None,
    params: Annotated[Path | None, typer.Option(help="Parameters, as in params.yaml: `compare`.")] = None,
    form: Annotated[str, typer.Option("--format", help="table (a summary), csv, jsonl, markdown or latex.")] = "table",
) -> None:  # fmt: skip
    """Try a conclusion under every combination of choices: splitting, theme model, codebook, shares.

    Example: planlens multiverse data/artifacts/sample "higher rural 云泽市 澜坪市"
    """
    from pipeline.comparison.multiverse_summary import choice_table, in_words
    from pipeline.comparison.universes import ONLY, default_grid, parse_grid
    from pipeline.files import held, write_table, write_text

    choices = default_grid() if grid is None else parse_grid(read_yaml(grid), str(grid))
    table = tried(*_loaded(where, conclusions), choices, load_params(params))
    by_choice = choice_table(table)
    words = [in_words(own) for _, own in table.groupby("conclusion", sort=False)]
    n_lacking = prod(map(len, choices.values())) - int(table["universe"].max())
    if n_lacking:
        words.append(f"{n_lacking} combinations are no universe: {ONLY}.")
    if out is not None:
        with held(out):
            write_table(table, out, "multiverse", "csv")
            write_table(by_choice, out, "multiverse_choices", "csv")
            write_text(out / "multiverse.md", page(words, by_choice, table))
    if form != "table":
        emit(table, form, "Universes")
        return
    for line in words:
        say(line)
    emit(_short(by_choice), form, "How often it holds, by choice")
    if out is not None:
        tell(f"multiverse.csv, multiverse_choices.csv and multiverse.md in {out}")


def _loaded(where: Path, conclusions: list[str]) -> tuple[Tables, list[Conclusion]]:
    """Return the conclusions, and the tables of the documents that they speak of: a large corpus holds many others."""
    import pyarrow as pa

    from pipeline.files import has_table, read_table
    from pipeline.tables import CLAUSES, DOCUMENTS

    for folder in (where, ARTIFACTS / where):
        if has_table(folder, "documents"):
            known = {
                one.name: read_table(folder, one.name, [name for name in one.columns if name not in _TOLD_BY])
                for one in (DOCUMENTS, CLAUSES)
            }
            said = named(conclusions, known)
            wanted = pa.array(sorted({doc_id for one in said for doc_id in one.doc_ids}), pa.string())
            own = partial(_only, wanted=wanted)
            return {name: read_table(folder, name, change=own) for name in _READ}, said
    tables = tables_at(where)
    return tables, named(conclusions, tables)


def _only(rows: pa.Table, wanted: pa.Array) -> pa.Table:
    import pyarrow.compute as pc

    return rows.filter(pc.is_in(rows["doc_id"], wanted))


def named(conclusions: list[str], tables: Tables) -> list[Conclusion]:
    """Read the conclusions; documents without a clause are none.

    Raises:
        ValueError: If a conclusion is at fault, or named twice.
    """
    from pipeline.comparison.conclusions import parse_conclusion

    if len({*conclusions}) < len(conclusions):
        msg = "a conclusion is named twice; name each once"
        raise ValueError(msg)
    documents = tables["documents"][tables["documents"]["doc_id"].isin(tables["clauses"]["doc_id"])]
    return [parse_conclusion(one, documents) for one in conclusions]


def tried(tables: Tables, said: list[Conclusion], grid: Grid, params: Params) -> pd.DataFrame:
    """Try conclusions; each document that one speaks of is split once a splitting, and read once a model of that.

    Raises:
        FileNotFoundError: If there is no such theme model.
        ValueError: If a theme model has a codebook of its own.
    """
    import pandas as pd

    from pipeline.comparison.correction import Errors
    from pipeline.comparison.multiverse import multiverse_table
    from pipeline.themes.weights import model_folder

    errors = {one: Errors.read(model_folder(one)) for one in grid["reader"]}
    wanted = {doc_id for one in said for doc_id in one.doc_ids}
    own = {name: tables[name][tables[name]["doc_id"].isin(wanted)] for name in _READ}
    found = read_again(own, grid, params)
    return pd.concat([multiverse_table(one, found, errors, grid, params.compare) for one in said], ignore_index=True)


def read_again(tables: Tables, grid: Grid, params: Params) -> dict[tuple[str, str], pd.DataFrame]:
    """Return what each theme model of the grid says of each splitting of it."""
    from pipeline.comparison.multiverse import reading
    from pipeline.tables import EMBEDDINGS
    from pipeline.themes.loading import load_classifier
    from pipeline.workflow import STEPS, one_by_one

    found = {}
    split = {splitting: _split(tables, splitting, params) for splitting in grid["splitting"]}
    for reader in grid["reader"]:
        own = replace(params, classify=replace(params.classify, model=reader))
        embedded = load_classifier(reader).vectors is not None
        for splitting, clauses in split.items():
            note(f"reading {len(clauses):,} {splitting} with {reader}")
            read = {"clauses": clauses, "embeddings": EMBEDDINGS.frame([])}
            if embedded:
                read |= one_by_one(STEPS["embed"], read, own)
            found[splitting, reader] = reading(clauses, one_by_one(STEPS["classify"], read, own)["themes"])
    return found


def _split(tables: Tables, splitting: str, params: Params) -> pd.DataFrame:
    """Return a splitting of the documents as a clauses table, in the order of the text."""
    from pipeline.comparison.splitting import sentences_as_clauses
    from pipeline.params import Segment
    from pipeline.workflow import STEPS

    if splitting == "sentences":
        return sentences_as_clauses(tables["documents"], tables["sentences"], tables["clauses"])
    if splitting == "commas":
        tables = dict(STEPS["segment"].run(tables, replace(params, segment=Segment(join_clauses=False))))
    return tables["clauses"].sort_values(["doc_id", "start"], ignore_index=True)


def _short(by_choice: pd.DataFrame) -> pd.DataFrame:
    """Return the choices that there are more than one value of, with shares in percent."""
    several = by_choice.groupby(["conclusion", "choice"])["value"].transform("size") > 1
    return by_choice[several].assign(share=(100 * by_choice["share"]).round(1)).rename(columns={"share": "holds, %"})


def page(words: list[str], by_choice: pd.DataFrame, table: pd.DataFrame) -> str:
    """Return the multiverse as a page in Markdown."""
    universes = table.round({"estimate": 6, "holds_resampled": 3})
    sections = ["# Multiverse", *(f"- {cell(one)}" for one in words), "## By choice", markdown(_short(by_choice)),
                "## All universes", markdown(universes)]  # fmt: skip
    return "\n\n".join(sections) + "\n"
