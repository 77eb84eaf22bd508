"""A public source into a corpus."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from pipeline.corpus import add_files
from pipeline.corpus.adding import Added
from pipeline.fetching.download import Downloader
from pipeline.fetching.repository import files_of
from pipeline.fetching.sources import Source
from pipeline.files import atomic, held
from pipeline.records import Reading

Watch = Callable[[str], None]
ReadOne = Callable[[bytes, str], Reading]


def fetch(
    source: Source, folder: Path, read_one: ReadOne, downloader: Downloader, watch: Watch | None = None
) -> tuple[list[Added], list[str]]:
    """Fetch a source into a corpus; what is there already is not fetched again.

    Args:
        source: What to fetch.
        folder: The corpus; made where it is not there.
        read_one: What reads a file, for what its text says of it.
        downloader: What downloads pages.
        watch: Told the name of each file before it is fetched.

    Returns:
        What became of each file, and one line for each that could not be had.

    Raises:
        OSError: If a repository cannot be reached or has no such commit, or another run writes into the folder.
        ValueError: If the folder's corpus.csv is at fault.
    """
    with held(folder):
        faults: list[str] = []
        if source.kind == "git":  # thousands of files: corpus.csv is written once
            paths = [path for path, _ in _told(_of_repository(source, folder), watch)]
            return add_files(paths, folder, _given(source, {}), read_one), faults
        added = [
            one
            for path, given in _told(_of_pages(source, folder, downloader, faults), watch)
            for one in add_files([path], folder, _given(source, given), read_one)
        ]
        return added, faults


def _told(
    named: Iterator[tuple[Path, Mapping[str, str]]], watch: Watch | None
) -> Iterator[tuple[Path, Mapping[str, str]]]:
    for path, given in named:
        if watch:
            watch(path.name)
        yield path, given


def _given(source: Source, more: Mapping[str, str]) -> dict[str, str]:
    address = f"{source.address} at {source.commit}" if source.kind == "git" else ""
    return {"source_url": address, "licence": source.licence, **source.given, **more}


def _of_repository(source: Source, folder: Path) -> Iterator[tuple[Path, Mapping[str, str]]]:
    work = folder / f".{source.name}.git"
    for name, content in files_of(source, work):
        path = folder / name
        if not path.exists() or path.read_bytes() != content:
            with atomic(path) as temporary:
                temporary.write_bytes(content)
        yield path, {}
    shutil.rmtree(work)


def _of_pages(
    source: Source, folder: Path, downloader: Downloader, faults: list[str]
) -> Iterator[tuple[Path, Mapping[str, str]]]:
    for page in source.pages:
        path = folder / page.file
        try:
            if not path.exists():
                downloader.download(page.address, path, page.sha256)
        except OSError as error:
            faults.append(str(error))
        else:
            yield path, {"source_url": page.address, **page.given}
