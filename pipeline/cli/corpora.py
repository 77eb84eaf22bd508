"""`planlens corpus`: make, extend and check a corpus."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.analyze import DocType, Issuer, Level, Period, Place, Published, Title, described
from pipeline.cli.console import note, say, table, warn

app = typer.Typer(help="Make, extend and check a corpus.\n\nExample: planlens corpus add *.pdf --to plans",
                  no_args_is_help=True)  # fmt: skip

_SHOWN = ("doc_id", "file", "place", "level", "doc_type", "period_start", "period_end", "published", "title")


@app.command()
def add(
    files: Annotated[list[Path], typer.Argument(help="Files, archives (ZIP, tar), or folders of files.")],
    to: Annotated[Path, typer.Option(help="The corpus: a folder, made where it is not there.")],
    place: Place = "",
    level: Level = "",
    doc_type: DocType = "",
    period: Period = "",
    title: Title = "",
    issuer: Issuer = "",
    published: Published = "",
) -> None:
    """Add documents to a corpus, and print what is guessed of each; nothing is ever overwritten.

    Example: planlens corpus add heze.txt jining.pdf --to data/raw/shandong --period 2021-2025
    """
    from pipeline.corpus import add_files
    from pipeline.corpus.loading import documents_in
    from pipeline.reading.isolation import Reader

    paths = [one for path in files for one in (documents_in(path) if path.is_dir() else [path])]
    given = described(place, level, doc_type, period, title, issuer, published)
    with Reader() as reader:
        added = add_files(paths, to, given, reader.read)
    rows = [[one.row[column] for column in _SHOWN] for one in added if one.row]
    if rows:
        table("Guessed from the text; correct corpus.csv where it is wrong", _SHOWN, rows)
    for one in added:
        if one.row is None:
            warn(f"left out {one.path}: {one.reason}")
    say(f"{to / 'corpus.csv'}: {len(rows)} documents added")
    if not rows and not all("already" in one.reason for one in added):
        raise typer.Exit(1)


@app.command()
def check(corpus: Annotated[Path, typer.Argument(help="Folder with corpus.csv.")]) -> None:
    """Check a corpus: files there and unchanged, ids unique, every document readable and named.

    Example: planlens corpus check data/raw/sample
    """
    from pipeline.corpus import check_corpus
    from pipeline.reading.isolation import Reader

    with Reader() as reader:
        n_documents, faults = check_corpus(corpus, reader.read_all)
    for fault in faults:
        warn(fault)
    say(f"{corpus}: {n_documents} documents, {len(faults)} faults")
    if faults:
        raise typer.Exit(1)


@app.command()
def fetch(
    name: Annotated[str, typer.Argument(help="Name of the source; none: list them.")] = "",
    to: Annotated[Path | None, typer.Option(help="The corpus: a folder, made where it is not there.")] = None,
    sources: Annotated[Path | None, typer.Option(help="A list of your own, as data/sources.yaml.")] = None,
    delay: Annotated[float, typer.Option(help="Seconds between two pages.", min=0)] = 1.0,
) -> None:
    """Fetch a public corpus: the one command that uses the network; run it again to go on where it broke off.

    Example: planlens corpus fetch national-plans --to data/raw/national
    """
    from pipeline.fetching import fetch as fetch_source
    from pipeline.fetching import read_sources
    from pipeline.fetching.download import Downloader
    from pipeline.fetching.sources import SOURCES
    from pipeline.reading.isolation import Reader

    path = sources or SOURCES
    known = read_sources(path)
    if not name:
        table("Sources", ["name", "kind", "holds"], [[one.name, one.kind, one.about] for one in known.values()])
        return
    if name not in known or to is None:
        unknown = f"no source {name!r} in {path}: use one of {', '.join(known)}"
        raise ValueError("give --to FOLDER" if name in known else unknown)
    with Reader() as reader:
        added, faults = fetch_source(known[name], to, reader.read, Downloader(delay_s=delay), note)
    left = [f"left out {one.path}: {one.reason}" for one in added if one.row is None and "already" not in one.reason]
    for line in (*left, *faults):
        warn(line)
    n_new = sum(one.row is not None for one in added)
    say(f"{to / 'corpus.csv'}: {n_new} documents added, {len(faults)} could not be had")
    if faults or not added:
        raise typer.Exit(1)
