"""The page of a very large corpus is made part by part, and is the same page."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from invented_corpus import report as text_of
from invented_corpus import write_corpus
from running import ALONE, run_line

from pipeline.execution import Cache, compare_folder, report_folder, reporting
from pipeline.files import parts_of, write_table
from pipeline.stages.report import report
from pipeline.stages.report_page import payload
from pipeline.stages.report_page.charts import MAX_MATRIX
from pipeline.stages.report_page.drawing import Drawing, kind_of
from pipeline.workflow import REPORTED, load_tables

NUMBERS = list(range(70))


def made(folder: Path, numbers: list[int], texts: dict[int, str] | None = None) -> Path:
    """Run the stages before the report and return the folder of tables."""
    shutil.rmtree(folder / "corpus", ignore_errors=True)
    run_line(write_corpus(folder / "corpus", numbers, texts), folder / "out", folder / "cache")
    for name, frame in compare_folder(folder / "out", ALONE, Cache(folder / "cache")).items():
        write_table(frame, folder / "out", name)
    return folder / "out"


def in_memory(out: Path) -> str:
    whole = {name: one for name, one in load_tables(out, REPORTED).items() if name in REPORTED}
    return report(whole, ALONE.report)


def test_the_page_of_a_folder_is_that_of_its_tables(tmp_path: Path) -> None:
    out = made(tmp_path, NUMBERS[:3])
    page = report_folder(out, ALONE, Cache(tmp_path / "cache"))
    assert page == in_memory(out) and "整治人居环境" in page


@pytest.mark.parametrize("most", [payload.MAX_QUANTITIES, 0], ids=["small", "very large"])
def test_what_draws_the_charts_is_made_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    monkeypatch.setattr(payload, "MAX_QUANTITIES", most)
    out = made(tmp_path, NUMBERS[: 3 if most else None])
    first = report_folder(out, ALONE, Cache(tmp_path / "cache"))
    monkeypatch.setattr(Drawing, "of", lambda n: pytest.fail(f"made again, for {n} documents"))
    assert report_folder(out, ALONE, Cache(tmp_path / "cache")) == first


def test_corpora_of_one_kind_have_the_same_charts() -> None:
    for n in (MAX_MATRIX + 2, 3000):
        assert kind_of(n) == kind_of(MAX_MATRIX + 1)
        assert Drawing.of(n) == Drawing.of(MAX_MATRIX + 1)
    assert len({kind_of(n) for n in range(MAX_MATRIX + 2)}) == MAX_MATRIX + 2


def test_a_page_made_part_by_part_is_that_made_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(payload, "MAX_QUANTITIES", 0)
    out = made(tmp_path, NUMBERS)
    assert len(parts_of(out, "clauses")) > 1
    first = report_folder(out, ALONE, Cache(tmp_path / "cache"))
    assert first == in_memory(out) and "整治人居环境" not in first
    done: list[int] = []
    work = reporting._SHOWN.work
    counted = replace(reporting._SHOWN, work=lambda *words: done.append(words[0]) or work(*words))
    monkeypatch.setattr(reporting, "_SHOWN", counted)
    for numbers, texts in (([*NUMBERS, 81], {}), (NUMBERS[1:], {}), (NUMBERS, {5: text_of(5).replace("一、", "壹、")})):
        out = made(tmp_path, numbers, texts)
        done.clear()
        page = report_folder(out, ALONE, Cache(tmp_path / "cache"))
        assert len(done) == 1
        assert page == in_memory(out) != first


def test_a_few_documents_with_very_many_quantities_have_a_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(payload, "MAX_QUANTITIES", 0)
    out = made(tmp_path, NUMBERS[:3])
    assert len(load_tables(out)["alignment"])
    assert report_folder(out, ALONE, Cache(tmp_path / "cache")) == in_memory(out)


def test_what_the_cache_lost_of_a_page_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(payload, "MAX_QUANTITIES", 0)
    out = made(tmp_path, NUMBERS)
    first = report_folder(out, ALONE, Cache(tmp_path / "cache"))
    for broken in (tmp_path / "cache" / "fragments").rglob("*"):
        if broken.is_file():
            broken.write_bytes(broken.read_bytes()[:40])
    assert report_folder(out, ALONE, Cache(tmp_path / "cache")) == first
    shutil.rmtree(tmp_path / "cache")
    assert report_folder(out, ALONE, Cache(tmp_path / "cache")) == first
