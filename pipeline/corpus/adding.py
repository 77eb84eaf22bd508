"""Extend a corpus; nothing in it is ever overwritten."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.corpus.files import open_file
from pipeline.corpus.index import INDEX, Row, new_id, read_index, write_index
from pipeline.files import atomic
from pipeline.reading import ReadingError, guessed_metadata, read
from pipeline.reading.limits import LIMITS, Limits
from pipeline.records import Reading
from pipeline.tables import CORPUS_COLUMNS

_LONGEST = 70
"""Characters of a file name: file systems take 255 bytes."""


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one file given to `add_files`.

    Attributes:
        path: The file.
        row: Its new row of corpus.csv, or None where it was left out.
        reason: Why it was left out; empty where it was added.
    """

    path: Path
    row: Row | None
    reason: str = ""


def add_files(
    files: Sequence[Path],
    folder: Path,
    given: Mapping[str, str],
    read_one: Callable[[bytes, str], Reading] = read,
    limits: Limits = LIMITS,
) -> list[Added]:
    """Copy files into a corpus and name them in its corpus.csv, with what their text says of them.

    Nothing is overwritten: a file whose bytes are there already is left out, one whose name is taken gets
    another name; rows that are there stay as they are.

    Args:
        files: Files to add; of an archive each document inside.
        folder: The corpus; made where it is not there.
        given: Columns that win over the guesses.
        read_one: What reads a file.
        limits: What a file and an archive may have.

    Raises:
        ValueError: If the folder's corpus.csv is at fault.
    """
    rows = read_index(folder) if (folder / INDEX).is_file() else []
    known = {_digest(folder / row["file"]): row["doc_id"] for row in rows if (folder / row["file"]).is_file()}
    taken = {row["doc_id"] for row in rows}
    added: list[Added] = []
    for path in files:
        if not path.is_file():
            added.append(Added(path, None, "no such file"))
            continue
        opened = open_file(path, limits)
        added += [Added(inside, None, line) for inside, line in opened.faults]
        for inside, content in opened.documents:
            added.append(_add_file(_File(inside, content, read_one), folder, known, taken, given))
            if row := added[-1].row:
                rows.append(row)
    if any(one.row for one in added):
        write_index(folder, rows)
    return added


@dataclass(frozen=True, slots=True)
class _File:
    """A file to add and what reads it."""

    path: Path
    content: bytes
    read: Callable[[bytes, str], Reading]


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _add_file(file: _File, folder: Path, known: dict[str, str], taken: set[str], given: Mapping[str, str]) -> Added:
    path, content = file.path, file.content
    digest = hashlib.sha256(content).hexdigest()
    if digest in known:
        return Added(path, None, f"is in the corpus already, as {known[digest]}")
    try:
        reading = file.read(content, path.name)
    except ReadingError as error:
        return Added(path, None, str(error))
    guessed = guessed_metadata(path.as_posix(), reading)
    doc_id = new_id(path, taken)
    target = _free_name(folder, path, doc_id)
    row = dict.fromkeys(CORPUS_COLUMNS, "")
    row |= {column: str(value) for column, value in guessed.items() if value is not None}
    row |= {"doc_id": doc_id, "file": target.name, "sha256": digest, **given}
    target.parent.mkdir(parents=True, exist_ok=True)
    if not target.exists():
        with atomic(target) as temporary:
            temporary.write_bytes(content)
    known[digest] = doc_id
    return Added(path, row)


def _free_name(folder: Path, path: Path, doc_id: str) -> Path:
    """Return where a file goes: itself where it lies in the corpus already, else a name not taken."""
    if path.resolve().parent == folder.resolve():
        return folder / path.name
    stem, short = path.stem[:_LONGEST], doc_id[:_LONGEST]
    names = [f"{stem}{path.suffix}", f"{short}{path.suffix}"]
    names += [f"{short}-{number}{path.suffix}" for number in range(2, len(list(folder.glob("*"))) + 3)]
    return next(folder / name for name in names if not (folder / name).exists())
