"""Clauses of the training corpus, read by the pipeline itself, and the labels of the gold data.

The corpus and the gold data are outside the repository; only figures and weights go into it.
"""

from __future__ import annotations

import hashlib
import json
import tarfile
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from pipeline.reading import read
from pipeline.structure import parse
from pipeline.themes.context import SEPARATOR

_REPORTS = "work_reports"


@dataclass(frozen=True, slots=True)
class Corpus:
    """The folder of documents: plans as files, work reports in an archive."""

    folder: Path

    def content(self, file: str) -> bytes:
        """Return the bytes of a document, named as in the gold data."""
        if file.startswith(f"{_REPORTS}/"):
            return dict(_reports(self.folder))[file]
        return (self.folder / file).read_bytes()

    def reports(self) -> Iterator[tuple[str, bytes]]:
        """Yield the work reports, sorted by name."""
        yield from sorted(_reports(self.folder))


@cache
def _reports(folder: Path) -> list[tuple[str, bytes]]:
    with tarfile.open(folder / f"{_REPORTS}.tar.xz") as archive:
        members = [one for one in archive if one.isfile() and one.name.endswith(".md")]
        return [(one.name.removeprefix("./"), archive.extractfile(one).read()) for one in members]  # type: ignore[union-attr]


def place_of(file: str) -> str:
    """Return the place that a document is about: training and test never share one.

    >>> place_of("plans/hf-15th-suggestion.txt"), place_of("work_reports/city/菏泽市/2018.md")
    ('合肥市', '菏泽市')
    """
    cities = {
        "bj": "北京市",
        "gz": "广州市",
        "hz": "杭州市",
        "sh": "上海市",
        "hf": "合肥市",
        "heze": "菏泽市",
    }
    parts = Path(file).parts
    if parts[0] == "plans":
        return cities[parts[1].split("-")[0]]
    return parts[-2] if parts[0] == _REPORTS and len(parts) > 3 else "全国"


def load_gold(paths: Sequence[Path], corpus: Corpus) -> pd.DataFrame:
    """Return all clauses of the documents that the gold files annotate.

    Args:
        paths: Gold files or files of labels (data/labels); several may annotate stretches of one document.
        corpus: Where the documents stand.

    Returns:
        `doc_id` (the file), `place`, `text`, `context`, `theme` and `second` (empty where not annotated), in
        reading order. A clause has the themes of the annotated unit that covers its first character.

    Raises:
        ValueError: If a document is not the one that was annotated.
    """
    by_file: dict[str, list[dict[str, Any]]] = {}
    for path in sorted(paths):
        for file, digest, units in _annotated(json.loads(path.read_text(encoding="utf-8"))):
            if hashlib.sha256(corpus.content(file)).hexdigest() != digest:
                msg = f"{file} is not the document that {path.name} annotates"
                raise ValueError(msg)
            by_file.setdefault(file, []).extend(units)
    frames = [clauses_of(file, corpus.content(file), units) for file, units in sorted(by_file.items())]
    return pd.concat(frames, ignore_index=True)


def _annotated(given: dict[str, Any]) -> Iterator[tuple[str, str, list[dict[str, Any]]]]:
    """Yield file, sha256 and units, of gold data (one document) or of labels (several)."""
    if "documents" not in given:
        yield given["file"], given["sha256"], given["units"]
        return
    for one in given["documents"]:
        units = [
            {"start": start, "end": end, "kind": "clause", "agreed": True, "themes": [code], "secondary": [second]}
            for start, end, code, second in one["labels"]
        ]
        yield one["file"], one["sha256"], units


def clauses_of(file: str, content: bytes, units: Sequence[dict[str, Any]]) -> pd.DataFrame:
    """Return the clauses of a document; the columns of `load_gold` and `source_spans`.

    Args:
        file: Its name in the corpus.
        content: Its bytes.
        units: Of the gold data; may be empty.
    """
    reading = read(content, file)
    structure = parse(reading.text, reading.articles)
    labelled = sorted(
        (one["start"], one["end"], one["themes"][0], (one.get("secondary") or [""])[0] or "")
        for one in units
        if one["kind"] == "clause" and one["agreed"] and one["themes"]
    )
    rows = []
    for clause in structure.clauses:
        spans = reading.source_map.spans(clause.start, clause.end)
        at = spans[0][0] if spans else -1
        unit = bisect_right(labelled, at, key=lambda one: one[0]) - 1
        told = labelled[unit][2:] if unit >= 0 and at < labelled[unit][1] else ("", "")
        path = SEPARATOR.join(structure.heading_path(reading.text, clause.section))
        rows.append((file, place_of(file), reading.text[clause.start : clause.end], path, *told, spans))
    return pd.DataFrame(rows, columns=["doc_id", "place", "text", "context", "theme", "second", "source_spans"])
