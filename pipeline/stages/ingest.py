"""Read the files of a corpus into the table of documents."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import asdict, dataclass

import pandas as pd

from pipeline.folding import fold
from pipeline.params import Ingest
from pipeline.reading import ReadingError, guessed_metadata
from pipeline.reading.files import File
from pipeline.reading.isolation import ReadAll, read_each
from pipeline.records import Reading
from pipeline.tables import CORPUS_COLUMNS, DOCUMENTS, DROPPED, REPAIRS

_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_PLAN_SIGN = re.compile(
    r"规划|计划|五年|纲要|工作报告|政府工作|各位代表|国民经济|社会发展|经济发展|总产值|生产总值|财政收入|人民政府|国务院"
)
_MIN_SIGNS = 3
_NUMBERS = ("period_start", "period_end")


@dataclass(frozen=True, slots=True)
class Ingested:
    """What ingest makes.

    Attributes:
        documents: By tables.DOCUMENTS, sorted by doc_id.
        repairs: By tables.REPAIRS, sorted by doc_id and place.
        dropped: By tables.DROPPED, sorted by doc_id: the files that are no plan or cannot be read.
    """

    documents: pd.DataFrame
    repairs: pd.DataFrame
    dropped: pd.DataFrame


def ingest(corpus: pd.DataFrame, params: Ingest, read_all: ReadAll = read_each) -> Ingested:
    """Read the files of a corpus; a file that fails is dropped with a reason, not an error.

    Args:
        corpus: Columns tables.CORPUS_COLUMNS and `content` (bytes of the file), and where there is one `order` (bytes
            of its order file) and `same_as` (the first document of the whole corpus that has the same file; told from
            these rows where the column is absent). What they say wins; empty values are guessed from name and text.
        params: Least number of Chinese characters of a document.
        read_all: What reads the files: in this process, or `isolation.Reader.read_all`, in child processes.

    Returns:
        Documents and dropped files.
    """
    documents: list[dict[str, object]] = []
    repairs: list[dict[str, object]] = []
    dropped: list[dict[str, object]] = []
    rows = corpus.sort_values("doc_id").to_dict("records")
    if "same_as" not in corpus:
        digests = [hashlib.sha256(bytes(row["content"])).hexdigest() for row in rows]
        for row, first in zip(rows, first_with([str(row["doc_id"]) for row in rows], digests), strict=True):
            row["same_as"] = first
    files = (_file(row) for row in rows)
    for row, reading in zip(rows, read_all(files), strict=True):
        doc_id, digest = str(row["doc_id"]), hashlib.sha256(bytes(row["content"])).hexdigest()
        if fault := _fault(row, digest, reading, params):
            dropped.append({"doc_id": doc_id, "stage": "ingest", "reason": f"{row['file']}: {fault}"})
        if fault or isinstance(reading, ReadingError):
            continue
        repeated = (f"The file is the same as that of document {row['same_as']}.",) if row["same_as"] else ()
        documents.append(_document(row, reading, digest, repeated))
        repairs += [{"doc_id": doc_id, **asdict(one)} for one in reading.repairs]
    return Ingested(DOCUMENTS.frame(documents), REPAIRS.frame(repairs), DROPPED.frame(dropped))


def first_with(doc_ids: Sequence[str], digests: Sequence[str]) -> list[str]:
    """Return for each document the one with the same file that comes first in order of doc_id; empty for itself."""
    first: dict[str, str] = {}
    for doc_id, digest in sorted(zip(doc_ids, digests, strict=True)):
        first.setdefault(digest, doc_id)
    return ["" if first[digest] == doc_id else first[digest] for doc_id, digest in zip(doc_ids, digests, strict=True)]


def _file(row: Mapping[Hashable, object]) -> File:
    order = row.get("order")
    return File(bytes(row["content"]), str(row["file"]), order if isinstance(order, bytes) else b"")  # type: ignore[call-overload]


def _fault(row: Mapping[Hashable, object], digest: str, reading: Reading | ReadingError, params: Ingest) -> str | None:
    """Return why a file is dropped, with the mend, or None."""
    given = row["sha256"]
    if isinstance(given, str) and given and given.lower() != digest:
        return "the file is not the one that corpus.csv names (sha256 differs); correct or clear its sha256"
    return str(reading) if isinstance(reading, ReadingError) else _no_plan(reading, params)


def _no_plan(reading: Reading, params: Ingest) -> str | None:
    """Tell why a text is no plan: it is too short, or does not speak as plans do."""
    n_chinese = len(_CHINESE.findall(reading.text))
    if n_chinese < params.min_chars:
        return (
            f"the text has {n_chinese} Chinese characters, fewer than {params.min_chars}; "
            "give a whole plan or lower ingest.min_chars"
        )
    if len(set(_PLAN_SIGN.findall(fold(reading.text, reading.script)))) < _MIN_SIGNS:
        return "the text is no plan (no word of plans, budgets or government in it); take it out of the corpus"
    return None


def _document(
    row: Mapping[Hashable, object], reading: Reading, digest: str, repeated: tuple[str, ...]
) -> dict[str, object]:
    """Build the row of one document."""
    given = {column: _given(row.get(column)) for column in CORPUS_COLUMNS}
    guessed = guessed_metadata(str(row["file"]), reading)
    known = {column: guessed.get(column) if value is None else value for column, value in given.items()}
    for column in _NUMBERS:
        known[column] = None if known[column] is None else int(str(known[column]).split(".")[0])
    return known | {
        "doc_id": str(row["doc_id"]),
        "sha256": digest,
        "text": reading.text,
        "source_map": [list(run) for run in reading.source_map.runs],
        "articles": [{"name": one.name, "start": one.start, "end": one.end} for one in reading.articles],
        "furniture": [asdict(one) for one in reading.furniture],
        "hints": [asdict(one) for one in reading.hints],
        "n_chars": len(reading.text),
        "encoding": reading.encoding,
        "script": reading.script,
        "contents": list(reading.contents),
        "warnings": [*reading.warnings, *repeated],
    }


def _given(value: object) -> object | None:
    """Return a value of corpus.csv, None where it is empty."""
    if value is None or value is pd.NA or (isinstance(value, float) and value != value):
        return None
    return value if str(value).strip() else None
