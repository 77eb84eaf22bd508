"""Stages by document: only what is new is worked on, and nothing of how it was done shows in the bytes."""

import shutil
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from invented_corpus import report, write_corpus
from running import ALONE, STAGES, hashes, run_line

from pipeline.corpus import load_corpus
from pipeline.execution import Cache, run_stage, seal
from pipeline.execution.keys import file_digest
from pipeline.execution.work import work
from pipeline.files import parts_of, read_table, write_table
from pipeline.params import Ingest, Parallel, Params, Segment
from pipeline.workflow import analyze

NUMBERS = [one for one in range(1, 81) if one != 37]
N = len(NUMBERS)


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus, its tables and what is remembered of it."""
    folder = tmp_path_factory.mktemp("ran")
    run_line(write_corpus(folder / "corpus", NUMBERS), folder / "out", folder / "cache")
    return folder


@pytest.fixture
def copy(ran: Path, tmp_path: Path) -> Path:
    shutil.copytree(ran, tmp_path / "copy", copy_function=shutil.copy2)
    return tmp_path / "copy"


def test_the_tables_are_those_of_the_line_in_memory(ran: Path, tmp_path: Path) -> None:
    tables = analyze(load_corpus(ran / "corpus"), Params())
    assert len(parts_of(ran / "out", "clauses")) > 1
    for name in ("documents", "sections", "sentences", "clauses", "embeddings", "themes", "quantities", "commitments"):
        whole = pq.read_table(write_table(tables[name], tmp_path, name))
        assert whole.num_rows and pq.read_table(ran / "out" / f"{name}.parquet").equals(whole), name


def test_a_second_run_works_on_nothing_and_touches_no_part(copy: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in copy.rglob("out/*/*.parquet")}
    done = run_line(copy / "corpus", copy / "out", copy / "cache")
    assert {(one.n_computed, one.n_parts_made, one.n_documents) for one in done.values()} == {(0, 0, N)}
    assert before and {path: path.stat().st_mtime_ns for path in copy.rglob("out/*/*.parquet")} == before


@pytest.mark.parametrize("new", [0, 37, 81])
def test_one_more_document_is_the_only_one_worked_on(copy: Path, tmp_path: Path, new: int) -> None:
    write_corpus(copy / "corpus", sorted([*NUMBERS, new]))
    done = run_line(copy / "corpus", copy / "out", copy / "cache")
    assert {one.n_computed for one in done.values()} == {1}
    assert {one.n_parts_made for one in done.values()} <= {1, 2}
    run_line(copy / "corpus", tmp_path / "fresh", tmp_path / "none")
    assert hashes(copy / "out") == hashes(tmp_path / "fresh")


def test_a_changed_document_is_the_only_one_worked_on(copy: Path, tmp_path: Path) -> None:
    write_corpus(copy / "corpus", NUMBERS, {5: report(5).replace("改善民生", "增进民生福祉")})
    done = run_line(copy / "corpus", copy / "out", copy / "cache")
    assert {one.n_computed for one in done.values()} == {1}
    run_line(copy / "corpus", tmp_path / "fresh", tmp_path / "none")
    assert hashes(copy / "out") == hashes(tmp_path / "fresh")


def test_deleting_the_cache_or_the_tables_changes_no_byte(copy: Path) -> None:
    before = hashes(copy / "out")
    shutil.rmtree(copy / "cache")
    assert run_line(copy / "corpus", copy / "out", copy / "cache")["extract"].n_computed == N
    assert hashes(copy / "out") == before
    shutil.rmtree(copy / "out")
    assert run_line(copy / "corpus", copy / "out", copy / "cache")["extract"].n_computed == 0
    assert hashes(copy / "out") == before


def test_a_broken_fragment_and_a_changed_part_are_made_again(copy: Path) -> None:
    before = hashes(copy / "out")
    broken = next(one for one in sorted((copy / "cache" / "fragments").rglob("*")) if one.is_file())
    broken.write_bytes(broken.read_bytes()[:50])
    for name in ("documents", "sections", "embeddings", "themes", "quantities"):
        parts_of(copy / "out", name)[1].write_bytes(b"nonsense")
    run_line(copy / "corpus", copy / "out", copy / "cache")
    assert hashes(copy / "out") == before


def test_a_corpus_that_shrinks_becomes_one_file_again(copy: Path, tmp_path: Path) -> None:
    write_corpus(copy / "corpus", NUMBERS[:10])
    done = run_line(copy / "corpus", copy / "out", copy / "cache")
    assert {one.n_computed for one in done.values()} == {0}
    assert (copy / "out" / "clauses.parquet").is_file()
    run_line(copy / "corpus", tmp_path / "fresh", tmp_path / "none")
    assert hashes(copy / "out") == hashes(tmp_path / "fresh")


def test_two_processes_give_the_bytes_of_one(ran: Path, tmp_path: Path) -> None:
    two = replace(Params(), parallel=Parallel(n_jobs=2))
    done = run_line(ran / "corpus", tmp_path / "out", tmp_path / "cache", two)
    assert done["segment"].n_computed == N and done["segment"].worker_mb > 10
    assert hashes(tmp_path / "out") == hashes(ran / "out")


def test_parameters_of_a_stage_make_it_and_what_hangs_on_it_anew(copy: Path) -> None:
    split = replace(ALONE, segment=Segment(join_clauses=False))
    done = run_line(copy / "corpus", copy / "out", copy / "cache", split)
    assert [done[name].n_computed for name in STAGES] == [0, N, N, N, N]


def test_what_is_dropped_is_told_each_time(tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path / "corpus", range(3), {1: "春天来了，桃花开得正好。" * 30})
    with (corpus / "corpus.csv").open("a", encoding="utf-8") as out:
        out.write("无,none.txt,,\n")
    for n_computed in (3, 0):
        done = run_line(corpus, tmp_path / "out", tmp_path / "cache")["ingest"]
        assert (done.n_documents, done.n_computed, done.rows["documents"]) == (3, n_computed, 2)
        assert [row["doc_id"] for row in done.dropped] == ["无", "市-0001"]
        assert "is not in" in done.dropped[0]["reason"] and "no plan" in done.dropped[1]["reason"]
    assert read_table(tmp_path / "out", "dropped_ingest")["doc_id"].tolist() == ["无", "市-0001"]


def test_a_doubled_file_is_told_as_in_memory(tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path / "corpus", range(20), {11: report(2)})
    run_stage("ingest", tmp_path / "out", ALONE, Cache(tmp_path / "cache"), corpus)
    told = dict(read_table(tmp_path / "out", "documents")[["doc_id", "warnings"]].to_numpy().tolist())
    assert any("the same as that of document 市-0002" in one for one in told["市-0011"])
    assert not any("the same as" in one for one in told["市-0002"])


def test_nothing_is_written_where_no_document_can_be_read(tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path / "corpus", range(7), dict.fromkeys(range(7), "空"))
    with pytest.raises(ValueError, match="none of the documents could be read: .*and 2 more"):
        run_line(corpus, tmp_path / "out", tmp_path / "cache")
    assert not list((tmp_path / "out").rglob("*.parquet"))


def test_tables_of_two_runs_are_not_mixed(copy: Path, tmp_path: Path) -> None:
    other = write_corpus(tmp_path / "corpus", range(10))
    run_line(other, tmp_path / "out", tmp_path / "cache")
    shutil.rmtree(copy / "out" / "documents.parquet")
    shutil.copy(tmp_path / "out" / "documents.parquet", copy / "out")
    with pytest.raises(ValueError, match="not of one run; run the stages before extract again"):
        run_stage("extract", copy / "out", ALONE, Cache(copy / "cache"))
    shutil.copy(tmp_path / "out" / "clauses.parquet", tmp_path / "kept.parquet")
    run_line(write_corpus(tmp_path / "corpus", range(11)), tmp_path / "out", tmp_path / "cache")
    shutil.copy(tmp_path / "kept.parquet", tmp_path / "out" / "clauses.parquet")
    seal(tmp_path / "out", "segment", file_digest)
    with pytest.raises(ValueError, match="embeddings and clauses are not of one run"):
        run_stage("classify", tmp_path / "out", ALONE, Cache(tmp_path / "cache"))


def test_a_missing_table_names_the_mend(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no table `documents` here; run `planlens run`"):
        run_stage("segment", tmp_path, ALONE, Cache(tmp_path / "cache"))


def test_a_table_of_another_version_names_the_mend(copy: Path) -> None:
    part = parts_of(copy / "out", "clauses")[0]
    pq.write_table(pq.read_table(part).drop_columns(["kind"]), part)
    seal(copy / "out", "segment", file_digest)
    with pytest.raises(ValueError, match=r"00000.parquet: no table `clauses` of this version"):
        run_stage("embed", copy / "out", ALONE, Cache(copy / "cache"))


@pytest.mark.parametrize(
    ("given", "message"),
    [(Parallel(backend="slurm"), "'slurm' is unknown; use one of loky, dask"), (Parallel(n_jobs=-1), "n_jobs: -1 is negative"),
     (Parallel(backend="dask"), "address is empty")],
)  # fmt: skip
def test_a_wrong_section_parallel_is_told_before_any_work(tmp_path: Path, given: Parallel, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        run_stage("segment", tmp_path, replace(Params(), parallel=given), Cache(tmp_path / "cache"))


def test_a_worker_of_another_version_refuses(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="a worker has another PlanLens"):
        work("segment", [], {}, Params(), "another", 1)


def test_limits_of_reading_hold_in_the_workers(tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path / "corpus", range(3), {1: report(1) * 1500})
    params = replace(ALONE, ingest=Ingest(max_mb=1))
    done = run_stage("ingest", tmp_path / "out", params, Cache(tmp_path / "cache"), corpus)
    assert done.rows["documents"] == 2 and "MB" in done.dropped[0]["reason"]
