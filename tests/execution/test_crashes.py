"""Whatever ends a run (a kill, a full disk, another run), no artifact that is cut off is taken for good."""

import errno
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from invented_corpus import write_corpus
from running import ALONE, STAGES, hashes, run_line

from pipeline.execution import Cache, check_sealed, run_stage, seal
from pipeline.execution.keys import file_digest
from pipeline.files import atomic, held, read_table, write_table
from pipeline.workflow import STEPS

HERE = Path(__file__).parent
_DISK = 1 << 20
N_KILLS = int(os.environ.get("PLANLENS_KILLS", "30"))


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ran")
    run_line(write_corpus(folder / "corpus", range(3)), folder / "out", folder / "cache")
    return folder


def test_a_run_that_is_killed_goes_on_to_the_same_bytes(tmp_path: Path) -> None:
    command = [sys.executable, str(HERE / "killing.py"), str(tmp_path), str(N_KILLS), "14"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["kills"] == N_KILLS and told["wrong"] == []


def test_a_table_that_was_cut_off_is_refused_by_the_next_stage(ran: Path, tmp_path: Path) -> None:
    out = shutil.copytree(ran / "out", tmp_path / "out")
    whole = (out / "clauses.parquet").read_bytes()
    (out / "clauses.parquet").write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    with pytest.raises(ValueError, match=r"clauses.parquet is not what stage segment ended with .*; run segment again"):
        run_stage("embed", out, ALONE, Cache(tmp_path / "cache"))


def test_a_table_that_lost_a_part_is_refused(tmp_path: Path) -> None:
    for at in range(2):
        write_table(pd.DataFrame({"n": [at]}), tmp_path / "clauses.parquet", f"{at:05d}")
    seal(tmp_path, "segment", file_digest)
    check_sealed(tmp_path, ["clauses"], file_digest)
    (tmp_path / "clauses.parquet" / "00001.parquet").unlink()
    with pytest.raises(ValueError, match=r"clauses.parquet/00001.parquet is not what stage segment ended with"):
        check_sealed(tmp_path, ["clauses"], file_digest)


def test_tables_of_a_stage_that_did_not_end_are_refused(ran: Path, tmp_path: Path) -> None:
    out = shutil.copytree(ran / "out", tmp_path / "out")
    (out / "manifest" / "segment.json").unlink()
    with pytest.raises(ValueError, match="run segment again"):
        run_stage("extract", out, ALONE, Cache(tmp_path / "cache"))


@pytest.mark.parametrize("name", STAGES)
def test_a_table_that_cannot_be_placed_leaves_no_manifest_and_is_made_later(
    ran: Path, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = hashes(ran / "out")
    home = shutil.copytree(ran, tmp_path / "home", copy_function=shutil.copy2)
    shutil.rmtree(home / "cache")
    for one in STEPS[name].makes:
        (home / "out" / f"{one}.parquet").unlink()

    def full(*given: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", str(home))

    given = home / "corpus" if name == "ingest" else None
    with monkeypatch.context() as patch:
        patch.setattr("pipeline.execution.stages.NewTable.place", full)
        with pytest.raises(OSError, match="No space left"):
            run_stage(name, home / "out", ALONE, Cache(home / "cache"), given)
    assert not (home / "out" / "manifest" / f"{name}.json").exists()
    assert not list((home / "out").rglob(".*"))
    run_stage(name, home / "out", ALONE, Cache(home / "cache"), given)
    assert hashes(home / "out") == before


@pytest.fixture
def small_disk(tmp_path: Path):  # noqa: ANN201
    """A disk of 1 MB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = shutil.which("mount") and os.geteuid() == 0 and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)], capture_output=True, check=False
    ).returncode == 0  # fmt: skip
    if not mounted:
        pytest.skip("only root can mount a small disk")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def stage(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pipeline", *words]
    environment = os.environ | {"PYTHONPATH": str(HERE.parents[1])}
    return subprocess.run(command, cwd=home, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("full", ["tables", "cache", "analyze"])
def test_a_full_disk_is_told_in_one_line_and_leaves_nothing(small_disk: Path, tmp_path: Path, full: str) -> None:
    corpus = write_corpus(tmp_path / "corpus", range(12))
    (small_disk / "ballast").write_bytes(b"0" * (_DISK - 4096))  # one page is left
    params = str(HERE.parents[1] / "params.yaml")
    if full == "analyze":
        done = stage(tmp_path, "analyze", str(corpus), "--out", str(small_disk / "out"), "--quiet")
    else:
        where = {"tables": tmp_path / "tables", "cache": tmp_path / "cache", full: small_disk / "out"}
        words = ["ingest", str(where["tables"]), "--from", str(corpus), "--cache", str(where["cache"])]
        done = stage(tmp_path, "stage", *words, "--params", params)
    assert done.returncode == 1, done.stderr
    assert "No space left on device" in done.stderr.splitlines()[-1] and "Traceback" not in done.stderr
    assert not list(small_disk.rglob("*.partial")) and not list(small_disk.rglob(".*.new"))
    for path in (small_disk / "out").rglob("*.parquet"):
        assert len(pd.read_parquet(path))


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    corpus = write_corpus(tmp_path / "corpus", range(2))
    if os.geteuid():
        out = tmp_path / "out"
        out.mkdir(mode=0o555)
    else:  # root writes everywhere but on a disk that is read only
        out = request.getfixturevalue("small_disk")
        subprocess.run(["mount", "-o", "remount,ro", str(out)], check=True)
    done = stage(tmp_path, "analyze", str(corpus), "--out", str(out), "--quiet")
    assert done.returncode == 1 and re.search("Permission denied|Read-only file system", done.stderr.splitlines()[-1])
    assert "Traceback" not in done.stderr and list(out.iterdir()) == []


def test_a_file_in_the_place_of_the_folder_is_told(tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path / "corpus", range(2))
    (tmp_path / "out").write_text("mine")
    done = stage(tmp_path, "analyze", str(corpus), "--out", str(tmp_path / "out"))
    assert done.returncode == 1 and "Traceback" not in done.stderr and str(tmp_path / "out") in done.stderr
    assert (tmp_path / "out").read_text() == "mine"


def test_two_runs_at_once_on_one_folder_are_kept_apart(ran: Path, tmp_path: Path) -> None:
    shutil.copytree(ran / "out", tmp_path / "tables")
    with held(tmp_path / "tables"):
        done = stage(tmp_path, "stage", "segment", "tables", "--params", str(HERE.parents[1] / "params.yaml"))
        analyzed = stage(tmp_path, "analyze", str(ran / "corpus"), "--out", "tables")
    assert done.returncode == analyzed.returncode == 1
    for one in (done, analyzed):
        assert "tables: another run is writing there; wait until it has ended" in one.stderr.splitlines()[-1]
    assert hashes(tmp_path / "tables") == hashes(ran / "out")


def test_a_folder_is_held_again_after_a_run_that_made_nothing(tmp_path: Path) -> None:
    with held(tmp_path / "out"), pytest.raises(OSError, match="another run"), held(tmp_path / "out"):
        pass
    assert not (tmp_path / "out").exists()
    with held(tmp_path / "out"):
        assert (tmp_path / "out").is_dir()


def test_a_run_refused_takes_no_folder_from_the_one_that_holds_it(tmp_path: Path) -> None:
    with held(tmp_path / "out"):
        for _ in range(2):
            with pytest.raises(OSError, match="another run is writing there"), held(tmp_path / "out"):
                pass
        assert (tmp_path / "out").is_dir()


def test_a_fault_of_the_work_is_not_taken_for_another_run(tmp_path: Path) -> None:
    with pytest.raises(BlockingIOError, match="mine"), held(tmp_path / "out"):
        raise BlockingIOError("mine")


def test_what_a_killed_run_left_is_swept_by_the_next(tmp_path: Path) -> None:
    left = tmp_path / ".clauses.parquet.abc.partial"
    left.write_bytes(b"half")
    with held(tmp_path):
        assert not left.exists()


def test_a_fault_while_writing_leaves_what_was_there(tmp_path: Path) -> None:
    write_table(pd.DataFrame({"n": [1]}), tmp_path, "counts")

    def break_off() -> None:
        with atomic(tmp_path / "counts.parquet") as temporary:
            temporary.write_bytes(b"half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        break_off()
    assert read_table(tmp_path, "counts")["n"].tolist() == [1]
    assert [one.name for one in tmp_path.iterdir()] == ["counts.parquet"]
