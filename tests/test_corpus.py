"""Corpora on disk: loading, checking, adding, and what is wrong with them."""

import csv
from pathlib import Path

import pytest

from pipeline.corpus import add_files, check_corpus, gather, load_corpus
from pipeline.tables import CORPUS_COLUMNS

TEXT = (
    "云泽市2021年政府工作报告\n（2021年1月20日）\n各位代表：\n"
    + "一、目标任务\n推进国民经济和社会发展，财政收入增长6%。\n" * 30
)


def write_corpus(folder: Path, *rows: dict[str, str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "corpus.csv").open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, CORPUS_COLUMNS)
        writer.writeheader()
        writer.writerows(rows)


def test_rows_at_fault_are_dropped_and_the_others_stay(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    write_corpus(
        tmp_path,
        {"doc_id": "a", "file": "a.txt"},
        {"doc_id": "a", "file": "a.txt"},
        {"doc_id": "b", "file": "none.txt"},
        {"doc_id": "c", "file": "a.txt", "doc_type": "poem"},
        {"doc_id": "d", "file": "a.txt", "period_start": "soon"},
        {"doc_id": "", "file": "a.txt"},
    )
    corpus = load_corpus(tmp_path)
    assert corpus.rows["doc_id"].tolist() == ["a"]
    reasons = dict(zip(corpus.dropped["doc_id"], corpus.dropped["reason"], strict=True))
    assert "line 3: doc_id 'a' is doubled" in reasons["a"]
    assert "'none.txt' is not in" in reasons["b"]
    assert "doc_type 'poem' is unknown" in reasons["c"]
    assert "period_start 'soon' is no year" in reasons["d"]
    assert "no doc_id" in reasons["line 7"]


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"", "missing column doc_id"), (b"doc_id,file,colour\n", "unknown column 'colour'"),
     ("doc_id,file\n云,a".encode("gb18030"), "not UTF-8"), (b"doc_id,file\n", "names no document")],
)  # fmt: skip
def test_an_index_that_is_none(tmp_path: Path, content: bytes, message: str) -> None:
    (tmp_path / "corpus.csv").write_bytes(content)
    with pytest.raises(ValueError, match=message):
        load_corpus(tmp_path)


def test_no_index(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="planlens corpus add"):
        load_corpus(tmp_path)


def test_adding_guesses_and_never_overwrites(tmp_path: Path) -> None:
    given, corpus = tmp_path / "given.txt", tmp_path / "corpus"
    given.write_text(TEXT, encoding="utf-8")
    (first,) = add_files([given], corpus, {})
    row = first.row
    assert (row["place"], row["doc_type"], row["period_start"], row["published"]) == (
        "云泽市",
        "work_report",
        "2021",
        "2021-01-20",
    )
    (again,) = add_files([given], corpus, {})
    assert (again.row, again.reason) == (None, "is in the corpus already, as given")
    given.write_text(TEXT.replace("6%", "7%"), encoding="utf-8")
    (second,) = add_files([given], corpus, {"place": "澜坪市"})
    assert (second.row["place"], second.row["file"]) == ("澜坪市", "given-2.txt") or second.row["file"] != "given.txt"
    assert "6%" in (corpus / "given.txt").read_text(encoding="utf-8")
    assert check_corpus(corpus) == (2, [])


def test_adding_what_cannot_be_read(tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")
    added = add_files([empty, tmp_path / "none.txt"], tmp_path / "corpus", {})
    assert [one.reason for one in added] == ["the file is empty; give a file with text", "no such file"]
    assert not (tmp_path / "corpus").exists()


def test_check_names_changed_and_unnamed_files(tmp_path: Path) -> None:
    given, corpus = tmp_path / "a.txt", tmp_path / "corpus"
    given.write_text(TEXT, encoding="utf-8")
    add_files([given], corpus, {})
    (corpus / "a.txt").write_text(TEXT + "改", encoding="utf-8")
    (corpus / "b.txt").write_text(TEXT, encoding="utf-8")
    n_documents, faults = check_corpus(corpus)
    assert n_documents == 1
    assert "differs from its sha256" in faults[0]
    assert "not named in corpus.csv" in faults[1]


def test_gathering_files_folders_and_corpora(tmp_path: Path) -> None:
    loose, corpus = tmp_path / "loose", tmp_path / "corpus"
    for path in (loose / "a.txt", loose / "in" / "a.txt", corpus / "a.txt"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(TEXT, encoding="utf-8")
    write_corpus(corpus, {"doc_id": "a", "file": "a.txt"})
    assert gather([corpus, loose]).rows["doc_id"].tolist() == ["a", "loose-a", "in-a"]
    with pytest.raises(FileNotFoundError, match="no such file or folder"):
        gather([tmp_path / "none"])
    (tmp_path / "bare").mkdir()
    with pytest.raises(FileNotFoundError, match="no document in this folder"):
        gather([tmp_path / "bare"])
