"""`planlens label` and `agreement`: labels by people."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.console import emit, say, warn

if TYPE_CHECKING:
    import pandas as pd

    from pipeline.labelling.standoff import Labels
    from pipeline.themes.codebook import Codebook
    from pipeline.workflow import Tables

Own = Annotated[Path | None, typer.Option("--codebook", help="A codebook of your own (YAML).")]


def label(
    where: Annotated[Path | None, typer.Argument(help="Folder of tables, corpus or document.")] = None,
    to: Annotated[Path | None, typer.Option(help="File to write.")] = None,
    form: Annotated[str, typer.Option("--format", help="label-studio, doccano or csv.")] = "label-studio",
    by: Annotated[str, typer.Option(help="uncertain, thin (rare themes) or random.")] = "uncertain",
    n: Annotated[int, typer.Option("--n", help="At most so many clauses.")] = 200,
    per_document: Annotated[int, typer.Option(help="At most so many of one document; 0: no bound.")] = 0,
    seed: Annotated[int, typer.Option(help="Of the lot.")] = 0,
    blind: Annotated[bool, typer.Option("--blind", help="Leave out what the model thinks.")] = False,
    given: Annotated[Path | None, typer.Option("--import", help="Labelled file of one of the three formats.")] = None,
    round_name: Annotated[str, typer.Option("--round", help="With --import: name of the round.")] = "1",
    labeller: Annotated[str, typer.Option(help="With --import: who labelled.")] = "",
    own: Own = None,
) -> None:
    """Export clauses to label, the least certain first; or with --import bring labels back as standoff labels.

    Example: planlens label out --n 300 --per-document 30 --to tasks.json

    Example: planlens label out --import done.json --labeller anna --to data/labels/themes-2.json
    """
    from pipeline.cli.results import tables_at
    from pipeline.labelling.choosing import choose
    from pipeline.labelling.exchange import FORMATS
    from pipeline.themes.codebook import load_codebook

    book = load_codebook(own)
    if to is None:
        msg = "name the file to write with --to"
        raise ValueError(msg)
    if given is not None:
        _import(given, to, (round_name, labeller), book, where)
        return
    if where is None:
        msg = "name the documents to label (a folder of tables, a corpus or a document), or a file with --import"
        raise ValueError(msg)
    if to.suffix != FORMATS.get(form, to.suffix):
        msg = f"{to}: {form} is written as {FORMATS[form]}, and read back by that ending"
        raise ValueError(msg)
    chosen = choose(tables_at(where), by, n, per_document, seed)
    _export(chosen, to, (form, blind), book)


def _export(rows: pd.DataFrame, to: Path, how: tuple[str, bool], book: Codebook) -> None:
    """Write chosen clauses for a tool, and beside them what sets up its project."""
    from pipeline.files import write_text
    from pipeline.labelling.exchange import doccano_label_types, export, label_studio_interface

    write_text(to, export(rows, *how))
    beside = {
        "label-studio": (".interface.xml", label_studio_interface),
        "doccano": (".labels.json", doccano_label_types),
    }
    told = ""
    if how[0] in beside:
        ending, made = beside[how[0]]
        write_text(to.with_suffix(ending), made(book))
        told = f"; {to.with_suffix(ending)} sets up the project"
    say(f"{len(rows)} clauses of {rows['sha256'].nunique()} documents in {to}{told}")


def _import(given: Path, to: Path, about: tuple[str, str], book: Codebook, where: Path | None) -> None:
    from pipeline.files import write_text

    labels = checked_labels(given, about, book)
    if where is not None:
        _compare_with(labels, where, given)
    write_text(to, labels.to_json())
    n = sum(len(one.labels) for one in labels.documents)
    say(f"{n} labels of {len(labels.documents)} documents in {to} (round {labels.round}, {labels.labeller})")


def checked_labels(given: Path, about: tuple[str, str], book: Codebook) -> Labels:
    """Return the checked labels of a file of any kind."""
    from pipeline.labelling.exchange import read_any_labels

    labels, n_open = read_any_labels(given, (about[0], about[1] or given.stem, book.version or "own"))
    labels.check(book.codes, str(given))
    if n_open:
        warn(f"{given}: {n_open} clauses without a label were left out")
    return labels


def _compare_with(labels: Labels, where: Path, given: Path) -> None:
    """Hold labels against the documents that they are of.

    Raises:
        ValueError: If a document is not there, or a label ends behind its source.
    """
    tables = segmented(where)
    documents = tables["documents"].set_index("sha256")
    n_other = 0
    for one in labels.documents:
        if one.sha256 not in documents.index:
            msg = f"{given}: {one.file} (sha256 {one.sha256[:12]}…) is not among the documents of {where}"
            raise ValueError(msg)
        row = documents.loc[one.sha256]
        length = max(int(run[1]) + int(run[2]) for run in row["source_map"])
        behind = next((each for each in one.labels if each.end > length), None)
        if behind:
            msg = f"{given}: {one.file}: {behind.start}–{behind.end} lies behind the end of the source ({length})"
            raise ValueError(msg)
        own = tables["clauses"]["doc_id"] == row["doc_id"]
        starts = {int(spans[0][0]) for spans in tables["clauses"].loc[own, "source_spans"] if len(spans)}
        n_other += sum(each.start not in starts for each in one.labels)
    if n_other:
        warn(f"{given}: {n_other} labels do not start where a clause of {where} does")


def segmented(where: Path) -> Tables:
    """Return the documents and clauses of a folder of tables, a corpus or a document, themes or not.

    Raises:
        ValueError: If none of the documents could be read.
    """
    from pipeline.cli.results import ARTIFACTS
    from pipeline.corpus import gather
    from pipeline.files import has_table, read_table
    from pipeline.params import Params
    from pipeline.workflow import STEPS

    for folder in (where, ARTIFACTS / where):
        if has_table(folder, "documents"):
            return {name: read_table(folder, name) for name in ("documents", "clauses")}
    gathered = gather([where])
    tables: Tables = {"corpus": gathered.rows, "dropped_corpus": gathered.dropped}
    for name in ("ingest", "segment"):
        tables |= STEPS[name].run(tables, Params())
        if tables["documents"].empty:
            raise ValueError("; ".join(tables["dropped_ingest"]["reason"]) or f"{where}: no document here")
    return tables


def agreement(
    files: Annotated[list[Path], typer.Argument(help="Standoff labels of two readers or more.")],
    form: Annotated[str, typer.Option("--format", help="table, csv, jsonl, markdown or latex.")] = "table",
    limit: Annotated[int, typer.Option(help="At most so many rows of the confusion table; 0 for all.")] = 15,
    own: Own = None,
) -> None:
    """Say how far readers agree: kappa, Krippendorff's alpha, Gwet's AC1, by theme, and what they mix up.

    Example: planlens agreement data/labels/themes-test-a.json data/labels/themes-test-b.json
    """
    from pipeline.labelling.agreement import agreement as compare
    from pipeline.labelling.standoff import read_labels
    from pipeline.themes.codebook import load_codebook

    book = load_codebook(own)
    readers = [read_labels(path) for path in files]
    for path, one in zip(files, readers, strict=True):
        one.check(book.codes, str(path))
    found = compare(readers, book.codes)
    overall = found.overall.round(3)
    emit(overall, form, f"{found.n} stretches read by two or more of {len(files)} readers, {found.alone} by one only")
    _gap(form)
    emit(found.themes.round(3), form, "Each theme against all others")
    _gap(form)
    emit(found.confusion.head(limit) if limit else found.confusion, form, "Themes that were mixed up")


def _gap(form: str) -> None:
    if form != "table":
        say("")
