"""`planlens train-themes` and `count-errors`: a theme model of one's own, and how one errs on one's own labels."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.console import say, table, warn
from pipeline.cli.labels import Own, checked_labels, segmented

if TYPE_CHECKING:
    from pipeline.labelling.standoff import Labels


_FEW = 200
"""Labelled clauses: of fewer, most themes have too few to show an error."""


def train_themes(
    documents: Annotated[list[Path], typer.Argument(help="The labelled documents: tables, corpora or files.")],
    labels: Annotated[list[Path], typer.Option(help="Labels: standoff, Label Studio, doccano or CSV; repeatable.")],
    out: Annotated[Path, typer.Option(help="Folder for the model.")],
    own: Own = None,
) -> None:
    """Train a theme model on your labels, with your codebook or the shipped one; measured in cross-validation.

    Example: planlens train-themes docs/ --codebook my.yaml --labels my.csv --out my-model
    """
    import pandas as pd

    from pipeline.files import write_json
    from pipeline.labelling.training import labelled_clauses, train
    from pipeline.themes.codebook import load_codebook

    book = load_codebook(own)
    read = [checked_labels(path, ("own", ""), book) for path in labels]
    together = _joined(read, book.codes)
    tables = [segmented(where) for where in documents]
    clauses, n_lost = labelled_clauses(
        pd.concat([one["documents"] for one in tables], ignore_index=True),
        pd.concat([one["clauses"] for one in tables], ignore_index=True),
        together,
    )
    done = train(clauses, book.codes, out.name, n_lost)
    done.model.save(out)
    account = {"labels": done.n_labels, "lost": done.n_lost, "counts": dict(done.counts), "apart": done.grouped_by,
               "cross_validation": dict(done.scores), "codebook": book.version}  # fmt: skip
    write_json(out / "training.json", account)
    if done.n_lost:
        warn(f"{done.n_lost} labels stand on no clause of the documents given and were not used")
    _told(done.counts, done.scores["f1"])
    scores = done.scores
    say(f"{done.n_labels} labelled clauses; cross-validation by {done.grouped_by}: accuracy {scores['accuracy']:.3f}, "
        f"macro-F1 {scores['macro_f1']:.3f}")  # fmt: skip
    say(f"use it with `planlens analyze PLAN --model {out} --out OUT`")


def count_errors(
    where: Annotated[Path, typer.Argument(help="The analysed documents: folder of tables, corpus or document.")],
    labels: Annotated[list[Path], typer.Option(help="Labels: standoff, Label Studio, doccano or CSV; repeatable.")],
    to: Annotated[Path, typer.Option(help="File to write, .json.")],
    own: Own = None,
) -> None:
    """Count the theme model's errors on clauses you labelled, to correct theme shares of your corpus by them.

    Label a random draw (`planlens label out --by random`), or all clauses of some documents.

    Example: planlens count-errors out --labels done.json --to errors.json
    """
    from pipeline.cli.results import tables_at
    from pipeline.files import write_text
    from pipeline.labelling.errors import count_errors as count
    from pipeline.themes.codebook import load_codebook

    if to.suffix != ".json":
        msg = f"{to}: counted errors are read back by the ending .json; name such a file with --to"
        raise ValueError(msg)
    book = load_codebook(own)
    together = _joined([checked_labels(path, ("own", ""), book) for path in labels], book.codes)
    found = count(tables_at(where), together, book.codes)
    write_text(to, found.errors.to_json(found.clusters))
    if found.n_lost:
        warn(f"{found.n_lost} labels stand on no clause of the documents given and were not used")
    if found.unseen:
        warn(f"themes that the model gave to no labelled clause stay as counted: {', '.join(found.unseen)}")
    counts = found.errors.among(book.codes)
    if counts.sum() < _FEW:
        warn(f"{counts.sum():.0f} labelled clauses are few: some hundred tell how the model errs in each theme")
    say(f"{counts.sum():.0f} labelled clauses of {found.n_documents} documents, the model right in {found.right:.3f}; "
        f"{len(counts)} {found.clusters} drawn anew for the intervals")  # fmt: skip
    say(f"use it with `planlens compare {where} --errors {to}`, or as compare.errors in params.yaml")


def _joined(read: list[Labels], codes: tuple[str, ...]) -> Labels:
    """Return all labels as one; two files with different themes for a stretch are an error.

    Raises:
        ValueError: If labels of two files overlap.
    """
    from dataclasses import replace

    from pipeline.labelling.standoff import gather_labels

    # A document may be called differently in each file: its hash tells it.
    files = {one.sha256: one.file for labels in read for one in labels.documents}
    rows = [
        (files[one.sha256], one.sha256, label) for labels in read for one in labels.documents for label in one.labels
    ]
    merged = replace(read[0], documents=gather_labels(rows))
    merged.check(codes, "the labels put together")
    return merged


def _told(counts: Mapping[str, int], f1: Mapping[str, float]) -> None:
    rows = [(code, n, f1.get(code)) for code, n in counts.items()]
    table("Labels and cross-validated F1 by theme", ["theme", "clauses", "F1"], rows)
