"""corpus.csv: the rows of a corpus, read and written."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from pipeline.files import write_text
from pipeline.tables import CORPUS_COLUMNS

INDEX = "corpus.csv"
_REQUIRED = ("doc_id", "file")

Row = dict[str, str]


def read_index(folder: Path) -> list[Row]:
    """Read `folder/corpus.csv` strictly.

    Raises:
        FileNotFoundError: If there is none.
        ValueError: If it is not UTF-8, or its columns are not those of a corpus.
    """
    path = folder / INDEX
    if not path.is_file():
        msg = f"{path}: no such file; make one with `planlens corpus add FILES --to {folder}`"
        raise FileNotFoundError(msg)
    try:
        lines = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline=""))
        rows = list(lines)
    except UnicodeDecodeError as error:
        msg = f"{path}: not UTF-8; save the table as `CSV UTF-8`"
        raise ValueError(msg) from error
    columns = set(lines.fieldnames or ())
    lacking, unknown = set(_REQUIRED) - columns, columns - set(CORPUS_COLUMNS)
    if lacking or unknown:
        faults = [f"missing column {one}" for one in sorted(lacking)]
        faults += [f"unknown column {one!r}" for one in sorted(unknown)]
        msg = f"{path}: {', '.join(faults)}; known columns: {', '.join(CORPUS_COLUMNS)}"
        raise ValueError(msg)
    return [{column: (row.get(column) or "").strip() for column in CORPUS_COLUMNS} for row in rows]


def write_index(folder: Path, rows: Sequence[Row]) -> None:
    """Write corpus.csv, atomically, in the order given."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, CORPUS_COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    write_text(folder / INDEX, out.getvalue())


def new_id(path: Path, taken: set[str]) -> str:
    """Return an id made of the file's name, with its folder's where the name is taken; mark it taken."""
    names = [path.stem, f"{path.parent.name}-{path.stem}"]
    names += [f"{path.parent.name}-{path.stem}-{number}" for number in range(2, len(taken) + 3)]
    doc_id = next(name for name in ("-".join(one.split()) for one in names) if name not in taken)
    taken.add(doc_id)
    return doc_id
