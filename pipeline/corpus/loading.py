"""Load and check corpora, gather loose files."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from pipeline.corpus.archives import PACKED, SUFFIXES
from pipeline.corpus.files import Opened, open_file
from pipeline.corpus.index import INDEX, Row, new_id, read_index
from pipeline.reading import ORDER_SUFFIX, ReadingError
from pipeline.reading.files import File
from pipeline.reading.isolation import ReadAll, read_each
from pipeline.reading.limits import LIMITS, Limits
from pipeline.tables import CORPUS_COLUMNS, DROPPED

_TYPES = frozenset({"proposal", "outline", "work_report", "other", ""})
_YEARS = ("period_start", "period_end")


@dataclass(frozen=True, slots=True)
class Corpus:
    """Files with what is known of them.

    Attributes:
        rows: Columns tables.CORPUS_COLUMNS as text (empty where unknown), `content` (bytes), and `order` (bytes of the
            order file beside the document, empty without one).
        dropped: By tables.DROPPED: rows that name no readable file, doubled ids.
    """

    rows: pd.DataFrame
    dropped: pd.DataFrame

    def described(self, given: Mapping[str, str]) -> Corpus:
        """Return the corpus with these columns set in every row, whatever the text says."""
        return replace(self, rows=self.rows.assign(**given))


def load_corpus(folder: Path, limits: Limits = LIMITS) -> Corpus:
    """Load a corpus; rows at fault are dropped with a reason, the others stay.

    Args:
        folder: The corpus.
        limits: Larger files are dropped, and never loaded.

    Raises:
        FileNotFoundError: If the folder has no corpus.csv.
        ValueError: If corpus.csv is no table of documents, or names none.
    """
    rows, dropped = list_corpus(folder, limits)
    return Corpus(_frame([with_content(folder, row) for row in rows]), dropped)


def list_corpus(folder: Path, limits: Limits = LIMITS) -> tuple[list[Row], pd.DataFrame]:
    """Return the sound rows of a corpus in the order of corpus.csv, its files unread, and the table of dropped rows.

    Args:
        folder: The corpus.
        limits: Larger files are dropped.

    Raises:
        FileNotFoundError: If the folder has no corpus.csv.
        ValueError: If corpus.csv is no table of documents, or names none.
    """
    kept: list[Row] = []
    faults: dict[str, list[str]] = {}
    seen: set[str] = set()
    index = read_index(folder)
    for number, row in enumerate(index, start=2):
        doc_id = row["doc_id"] or f"line {number}"
        fault = _row_fault(row, folder, seen, limits)
        if fault:
            faults.setdefault(doc_id, []).append(f"{folder / INDEX}, line {number}: {fault}")
            continue
        seen.add(doc_id)
        kept.append(row)
    if not index:
        msg = f"{folder / INDEX}: names no document; add some with `planlens corpus add FILES --to {folder}`"
        raise ValueError(msg)
    dropped: list[dict[str, object]] = [
        {"doc_id": doc_id, "stage": "corpus", "reason": "; ".join(reasons)}
        for doc_id, reasons in sorted(faults.items())
    ]
    return kept, DROPPED.frame(dropped)


def with_content(folder: Path, row: Row) -> dict[str, object]:
    """Return a row of a corpus with the bytes of its file and of the order file beside it."""
    path = folder / row["file"]
    return {**row, "content": path.read_bytes(), "order": order_beside(path)}


def _row_fault(row: Row, folder: Path, seen: set[str], limits: Limits) -> str | None:
    """Return what makes a row unusable, with the mend, or None."""
    if not row["doc_id"]:
        return "no doc_id; give the document one"
    if row["doc_id"] in seen:
        return f"doc_id {row['doc_id']!r} is doubled; give each document its own (the first one is kept)"
    if not row["file"] or not (folder / row["file"]).is_file():
        return f"file {row['file']!r} is not in {folder}; correct the name or take the row out"
    if not (folder / row["file"]).resolve().is_relative_to(folder.resolve()):
        return f"file {row['file']!r} lies outside {folder}; copy it into the corpus"
    if row["doc_type"] not in _TYPES:
        return f"doc_type {row['doc_type']!r} is unknown; use proposal, outline, work_report or other"
    for column in _YEARS:
        if row[column] and not (row[column].isdigit() and len(row[column]) == 4):
            return f"{column} {row[column]!r} is no year; write four digits"
    try:
        limits.check_size((folder / row["file"]).stat().st_size)
    except ReadingError as error:
        return f"file {row['file']!r}: {error}"
    return None


def check_corpus(folder: Path, read_all: ReadAll = read_each) -> tuple[int, list[str]]:
    """Return the number of documents and what is wrong with the corpus, one line each.

    Beside what `load_corpus` drops: files that differ from their sha256, files that cannot be read, and
    documents in the folder that corpus.csv does not name.

    Args:
        folder: The corpus.
        read_all: What reads the files.

    Raises:
        FileNotFoundError: If the folder has no corpus.csv.
        ValueError: If corpus.csv is no table of documents.
    """
    corpus = load_corpus(folder)
    faults = corpus.dropped["reason"].tolist()
    rows = corpus.rows.to_dict("records")
    for row, reading in zip(
        rows, read_all(File(row["content"], row["file"], row["order"]) for row in rows), strict=True
    ):
        digest = hashlib.sha256(row["content"]).hexdigest()
        if row["sha256"] and row["sha256"].lower() != digest:
            faults.append(f"{folder / row['file']}: differs from its sha256 in {INDEX}; restore or clear it")
        if isinstance(reading, ReadingError):
            faults.append(f"{folder / row['file']}: {reading}")
    named = {row["file"] for row in read_index(folder)}
    faults += [
        f"{path}: not named in {INDEX}; add it with `planlens corpus add {path} --to {folder}`"
        for path in documents_in(folder, SUFFIXES)
        if path.relative_to(folder).as_posix() not in named
    ]
    return len(corpus.rows), faults


def documents_in(folder: Path, suffixes: Set[str] = SUFFIXES | PACKED) -> list[Path]:
    """Return the files of a folder that look like documents or archives, sorted; hidden ones are left out."""
    found = (path for path in folder.rglob("*") if path.is_file() and path.suffix.lower() in suffixes)
    return sorted(path for path in found if not any(part[0] == "." for part in path.relative_to(folder).parts))


def gather(inputs: Sequence[Path], limits: Limits = LIMITS) -> Corpus:
    """Make a corpus of files, folders of files, archives and corpora.

    A folder with corpus.csv is loaded as a corpus; of another folder all documents are taken, and of an archive
    (ZIP, tar, also packed by gzip, xz, bzip2) all documents inside.

    Args:
        inputs: What to read.
        limits: What a file and an archive may have; what has more is dropped with a reason.

    Raises:
        FileNotFoundError: If an input is not there, or a folder holds no document.
        ValueError: If a corpus.csv is at fault.
    """
    parts, dropped, loose = [], [], []
    for given in inputs:
        if (given / INDEX).is_file():
            corpus = load_corpus(given, limits)
            parts.append(corpus.rows)
            dropped.append(corpus.dropped)
        elif given.is_dir():
            if not (inside := documents_in(given)):
                msg = f"{given}: no document in this folder; known suffixes: {', '.join(sorted(SUFFIXES))}"
                raise FileNotFoundError(msg)
            loose += inside
        elif given.is_file():
            loose.append(given)
        else:
            msg = f"{given}: no such file or folder"
            raise FileNotFoundError(msg)
    taken = {doc_id for part in parts for doc_id in part["doc_id"]}
    opened = [open_file(path, limits) for path in dict.fromkeys(loose)]
    parts.append(_frame([_loose_row(path, content, taken) for one in opened for path, content in one.documents]))
    dropped.append(_faults(opened, taken))
    rows = pd.concat(parts, ignore_index=True)
    first = ~rows["doc_id"].duplicated()
    lost = [
        {"doc_id": doc_id, "stage": "corpus", "reason": f"doc_id {doc_id!r} is in two of the given corpora"}
        for doc_id in rows.loc[~first, "doc_id"].unique()
    ]
    return Corpus(rows[first].reset_index(drop=True), pd.concat([*dropped, DROPPED.frame([*lost])]))


def _loose_row(path: Path, content: bytes, taken: set[str]) -> dict[str, object]:
    doc_id = new_id(path, taken)
    return {"doc_id": doc_id, "file": path.as_posix(), "content": content, "order": order_beside(path)}


def order_beside(path: Path) -> bytes:
    """Return the bytes of the order file beside a document, none where there is none."""
    order = path.with_name(path.name + ORDER_SUFFIX)
    return order.read_bytes() if order.is_file() else b""


def _faults(opened: Sequence[Opened], taken: set[str]) -> pd.DataFrame:
    lines = [(path, line) for one in opened for path, line in one.faults]
    return DROPPED.frame(
        [{"doc_id": new_id(path, taken), "stage": "corpus", "reason": f"{path}: {line}"} for path, line in lines]
    )


def _frame(rows: Sequence[Mapping[str, object]]) -> pd.DataFrame:
    filled = [{**dict.fromkeys(CORPUS_COLUMNS, ""), **row} for row in rows]
    return pd.DataFrame(filled, columns=[*CORPUS_COLUMNS, "content", "order"], dtype=object)
