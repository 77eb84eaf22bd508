"""Extend a corpus; nothing in it is ever overwritten."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.corpus.index import INDEX, Row, new_id, read_index, write_index
from pipeline.reading import ReadingError, guess_metadata, opening, read
from pipeline.tables import CORPUS_COLUMNS


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


def add_files(files: Sequence[Path], folder: Path, given: Mapping[str, str]) -> list[Added]:
    """Copy files into a corpus and name them in its corpus.csv, with what their text says of them.

    Nothing is overwritten: a file whose bytes are there already is left out, one whose name is taken gets
    another name; rows that are there stay as they are.

    Args:
        files: Files to add.
        folder: The corpus; made where it is not there.
        given: Columns that win over the guesses.

    Raises:
        ValueError: If the folder's corpus.csv is at fault.
    """
    rows = read_index(folder) if (folder / INDEX).is_file() else []
    known = {_digest(folder / row["file"]): row["doc_id"] for row in rows if (folder / row["file"]).is_file()}
    taken = {row["doc_id"] for row in rows}
    added: list[Added] = []
    for path in files:
        one = _add_file(path, folder, known, taken, given)
        added.append(one)
        if one.row:
            rows.append(one.row)
    if any(one.row for one in added):
        write_index(folder, rows)
    return added


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _add_file(path: Path, folder: Path, known: dict[str, str], taken: set[str], given: Mapping[str, str]) -> Added:
    if not path.is_file():
        return Added(path, None, "no such file")
    content = path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    if digest in known:
        return Added(path, None, f"is in the corpus already, as {known[digest]}")
    try:
        head = opening(read(content, path.name))
    except ReadingError as error:
        return Added(path, None, str(error))
    guessed = guess_metadata(path.as_posix(), head)
    doc_id = new_id(path, taken)
    target = _free_name(folder, path, doc_id)
    row = dict.fromkeys(CORPUS_COLUMNS, "")
    row |= {column: str(value) for column, value in guessed.items() if value is not None}
    row |= {"doc_id": doc_id, "file": target.name, "sha256": digest, **given}
    target.parent.mkdir(parents=True, exist_ok=True)
    if not target.exists():
        with target.open("xb") as out:
            out.write(content)
    known[digest] = doc_id
    return Added(path, row)


def _free_name(folder: Path, path: Path, doc_id: str) -> Path:
    """Return where a file goes: itself where it lies in the corpus already, else a name not taken."""
    if path.resolve().parent == folder.resolve():
        return folder / path.name
    names = [path.name, f"{doc_id}{path.suffix}"]
    names += [f"{doc_id}-{number}{path.suffix}" for number in range(2, 1000)]
    return next(folder / name for name in names if not (folder / name).exists())
