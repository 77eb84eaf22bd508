"""Comparing again after a change gives the bytes of comparing anew, whatever the cache holds."""

import shutil
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from invented_corpus import report, write_corpus
from running import ALONE, run_line

from pipeline.comparison import divergence
from pipeline.corpus import load_corpus
from pipeline.execution import Cache, compare_folder, condensing
from pipeline.files import parts_of, read_table, write_table
from pipeline.params import Parallel
from pipeline.workflow import COMPARISON, analyze

NUMBERS = list(range(70))


def compared(folder: Path, cache: Path) -> dict[str, bytes]:
    """Return the bytes of the comparison of a folder."""
    made = compare_folder(folder / "out", ALONE, Cache(cache))
    return {name: write_table(made[name], folder / "compared", name).read_bytes() for name in COMPARISON}


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus of several parts, its tables and what is remembered of them and of their comparison."""
    folder = tmp_path_factory.mktemp("ran")
    run_line(write_corpus(folder / "corpus", NUMBERS), folder / "out", folder / "cache")
    compared(folder, folder / "cache")
    assert len(parts_of(folder / "out", "clauses")) > 1
    return folder


@pytest.fixture
def copy(ran: Path, tmp_path: Path) -> Path:
    shutil.copytree(ran, tmp_path / "copy", copy_function=shutil.copy2)
    return tmp_path / "copy"


def test_a_folder_is_compared_as_its_tables_in_memory(ran: Path) -> None:
    tables = analyze(load_corpus(ran / "corpus"), ALONE)
    for name, content in compared(ran, ran / "cache").items():
        assert write_table(tables[name], ran / "whole", name).read_bytes() == content, name
    assert all(len(read_table(ran / "compared", name)) for name in ("reuse", "divergence", "indicator_states"))


@pytest.mark.parametrize(
    ("numbers", "texts"),
    [([*NUMBERS, 81], {}), (NUMBERS, {5: report(5).replace("发展特色种植", "发展林下经济，建设大棚九百座")}), (NUMBERS[1:], {}), (NUMBERS[:9], {})],
    ids=["added", "changed", "removed", "few left"],
)  # fmt: skip
def test_after_a_change_the_bytes_are_those_of_a_comparison_anew(
    copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, numbers: list[int], texts: dict[int, str]
) -> None:
    done: list[int] = []
    digest, pairs = condensing._CONDENSED, divergence._compared
    counted = replace(digest, work=lambda *words: done.append(words[0]) or digest.work(*words))
    monkeypatch.setattr(condensing, "_CONDENSED", counted)
    n_pairs: list[int] = []
    monkeypatch.setattr(divergence, "_compared", lambda *words: n_pairs.append(1) or pairs(*words))
    shutil.rmtree(copy / "corpus")
    run_line(write_corpus(copy / "corpus", numbers, texts), copy / "out", copy / "cache")
    again = compared(copy, copy / "cache")
    assert len(done) == 1
    few = len(n_pairs)
    assert again == compared(copy, tmp_path / "none")
    assert few < len(n_pairs) - few


def test_a_broken_or_lost_fragment_is_made_again(copy: Path) -> None:
    before = compared(copy, copy / "cache")
    shutil.copytree(copy / "cache", copy / "kept")
    for broken in (copy / "cache" / "fragments").rglob("*"):
        if broken.is_file():
            broken.write_bytes(broken.read_bytes()[:60])
    assert compared(copy, copy / "cache") == before
    shutil.rmtree(copy / "cache")
    assert compared(copy, copy / "cache") == before


def test_two_processes_give_the_bytes_of_one(ran: Path, tmp_path: Path) -> None:
    two = replace(ALONE, parallel=Parallel(n_jobs=2))
    one = compare_folder(ran / "out", ALONE, Cache(ran / "cache"))
    other = compare_folder(ran / "out", two, Cache(tmp_path / "cache"))
    for name in COMPARISON:
        pd.testing.assert_frame_equal(one[name], other[name], check_exact=True)
