"""Ingest: what corpus.csv says wins, what fails is dropped with a reason."""

from __future__ import annotations

import hashlib

import pandas as pd
import pytest

from pipeline.params import Ingest
from pipeline.stages.ingest import Ingested, ingest
from pipeline.tables import CORPUS_COLUMNS, DOCUMENTS, DROPPED

PLAN = (
    "云泽市国民经济和社会发展第十四个五年规划纲要\n"
    + "到2025年，全市生产总值年均增长6%，财政收入稳步提高，人民政府组织实施本规划。\n" * 8
).encode()
STORY = ("夜里下了一场大雨，街上的灯都灭了，他撑着伞慢慢走回家去。" * 20).encode()


def run(*rows: dict[str, object]) -> Ingested:
    frame = pd.DataFrame([dict.fromkeys(CORPUS_COLUMNS) | row for row in rows])
    return ingest(frame, Ingest())


def test_rows_are_sorted_filled_and_fit_the_table() -> None:
    made = run(
        {"doc_id": "b", "file": "b.txt", "content": PLAN},
        {"doc_id": "a", "file": "a.txt", "content": PLAN + b"\n"},
    )
    DOCUMENTS.check(made.documents)
    DROPPED.check(made.dropped)
    assert list(made.documents.doc_id) == ["a", "b"]
    first = made.documents.iloc[0]
    assert (first.place, first.doc_type, first.period_start, first.n_chars) == (
        "云泽市",
        "outline",
        2021,
        len(first.text),
    )
    assert first.sha256 == hashlib.sha256(PLAN + b"\n").hexdigest()


def test_given_metadata_wins() -> None:
    made = run(
        {
            "doc_id": "a",
            "file": "a.txt",
            "content": PLAN,
            "place": "澜坪市",
            "period_start": 2026.0,
            "period_end": "2030",
        }
    )
    first = made.documents.iloc[0]
    assert (first.place, first.period_start, first.period_end, first.doc_type) == (
        "澜坪市",
        2026,
        2030,
        "outline",
    )


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"\x00\x01\x02\xff" * 400, "binary|not valid|neither"),
        (b"hello world " * 50, "Chinese characters"),
        (STORY, "no plan"),
        (b"%PDF-1.4 broken", "damaged"),
    ],
)
def test_failing_files_are_dropped_with_a_reason(content: bytes, reason: str) -> None:
    made = run(
        {"doc_id": "a", "file": "a.txt", "content": content},
        {"doc_id": "b", "file": "b.txt", "content": PLAN},
    )
    assert list(made.documents.doc_id) == ["b"]
    assert made.dropped.stage.tolist() == ["ingest"]
    assert made.dropped.reason.str.match(rf"a\.txt: .*(?:{reason})").all()
    assert not made.dropped.reason.str.contains("\n").any()


def test_a_wrong_digest_is_dropped() -> None:
    made = run({"doc_id": "a", "file": "a.txt", "content": PLAN, "sha256": "0" * 64})
    assert "sha256" in made.dropped.reason[0]
    assert made.documents.empty


def test_the_same_file_twice_is_a_warning() -> None:
    made = run({"doc_id": "a", "file": "a.txt", "content": PLAN}, {"doc_id": "b", "file": "b.txt", "content": PLAN})
    assert [len(one) for one in made.documents.warnings] == [0, 1]
    assert "document a" in made.documents.warnings[1][0]
