"""What the commands say of long work, and the status they end with."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from invented_corpus import write_corpus

from pipeline.cli.progress import estimate, progress
from pipeline.execution import read_log

ROOT = Path(__file__).parents[2]
PARAMS = ROOT / "params.yaml"


def planlens(*words: object, cwd: Path = ROOT, **settings: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **settings}
    command = [sys.executable, "-m", "pipeline", *map(str, words)]
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)


def stage(at: Path, *words: object, **settings: str) -> subprocess.CompletedProcess[str]:
    return planlens("stage", *words, "--params", PARAMS, cwd=at, **settings)


def test_progress_tells_rate_and_time_left() -> None:
    assert estimate(50, 200, 10.0) == "50 of 200 documents, 5.0 a second, 0:00:30 left"
    assert estimate(1, 100_000, 0.25) == "1 of 100,000 documents, 4.0 a second, 6:56:40 left"
    assert estimate(0, 3, 0.0) == "0 of 3 documents, 0.0 a second, 0:00:00 left"


def test_long_work_is_told_now_and_then(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture) -> None:
    clock = iter([0.0, 5.0, 20.0, 22.0, 40.0])
    monkeypatch.setattr("pipeline.cli.progress.time.monotonic", lambda: next(clock))
    monkeypatch.delenv("PLANLENS_TALK", raising=False)
    with progress("segment") as watch:
        for n_done in (10, 40, 44, 80):
            watch(n_done, 100)
    assert capsys.readouterr().err.splitlines() == [
        "  segment 40 of 100 documents, 2.0 a second, 0:00:30 left",
        "  segment 80 of 100 documents, 2.0 a second, 0:00:10 left",
    ]


def test_quiet_prints_nothing_and_verbose_more_and_the_log_holds_all(tmp_path: Path) -> None:
    write_corpus(tmp_path / "corpus", range(4), {2: "春天来了，桃花开得正好。" * 30})
    words = ("ingest", "tables", "--from", "corpus")
    plain = stage(tmp_path, *words)
    assert plain.stdout.startswith("  ingest tables: 3 documents, 0 repairs, ") and "dropped 市-0002" in plain.stderr
    verbose = stage(tmp_path, *words, "--verbose").stdout
    assert "0 of 4 documents worked on" in verbose and str(Path("tables") / "run.jsonl") in verbose
    quiet = stage(tmp_path, *words, "--quiet")
    assert (quiet.returncode, quiet.stdout, quiet.stderr) == (0, "", "")
    assert stage(tmp_path, *words, PLANLENS_TALK="quiet").stdout == ""
    lines = read_log(tmp_path / "tables")
    assert [(one["n_documents"], one["n_computed"], one["n_dropped"]) for one in lines] == [(4, 4, 1), *[(4, 0, 1)] * 3]
    assert lines[0]["rows"]["documents"] == 3 and "no plan" in lines[0]["dropped"][0]["reason"]
    assert lines[0]["seconds"] > 0 and lines[0]["worker_mb"] > 10


def test_the_log_tells_of_a_stage_that_failed(tmp_path: Path) -> None:
    write_corpus(tmp_path / "corpus", range(2))
    stage(tmp_path, "ingest", "tables", "--from", "corpus")
    done = stage(tmp_path, "classify", "tables")
    assert done.returncode == 1 and len(done.stderr.strip().splitlines()) == 1
    assert "no table `clauses`" in read_log(tmp_path / "tables")[-1]["error"]


def test_the_cache_lies_where_the_environment_says(tmp_path: Path) -> None:
    write_corpus(tmp_path / "corpus", range(2))
    stage(tmp_path, "ingest", "tables", "--from", "corpus", PLANLENS_CACHE=str(tmp_path / "kept"))
    assert (tmp_path / "kept" / "fragments").is_dir() and not (tmp_path / "data").exists()


def test_the_status_tells_whose_fault_it_is(tmp_path: Path) -> None:
    assert planlens("--version").returncode == 0
    assert planlens("analyze", tmp_path / "none.txt", "--out", tmp_path / "out").returncode == 1
    assert planlens("analyze").returncode == 2
    broken = tmp_path / "sitecustomize.py"
    broken.write_text(
        "import pipeline.cli.console as c\ndef load_params(path): raise RuntimeError('a fault')\nc.load_params = load_params\n"
    )
    done = planlens("stage", "segment", tmp_path, PYTHONPATH=f"{tmp_path}{os.pathsep}{ROOT}")
    assert done.returncode == 70 and "RuntimeError: a fault" in done.stderr
    assert done.stderr.splitlines()[-1].startswith("planlens: this is a fault of PlanLens")


N_MANY = 300
"""Documents that a run is not done with before a signal reaches it, on a busy machine too."""


def test_an_interrupted_run_ends_with_130_and_goes_on_later(tmp_path: Path) -> None:
    write_corpus(tmp_path / "corpus", range(N_MANY))
    command = [
        sys.executable,
        "-m",
        "pipeline",
        "stage",
        "ingest",
        "tables",
        "--from",
        "corpus",
        "--params",
        str(PARAMS),
    ]
    running = subprocess.Popen(
        command, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE, start_new_session=True,
        # Tests started in the background have inherited that SIGINT is ignored.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # noqa: PLW1509
    )  # fmt: skip
    fragments = tmp_path / "data" / "cache" / "fragments"
    until = time.monotonic() + 60
    while not any(one.is_file() for one in fragments.rglob("*")) and time.monotonic() < until:
        time.sleep(0.005)
    running.send_signal(signal.SIGINT)
    running.communicate(timeout=60)
    assert running.returncode == 130
    assert not list((tmp_path / "tables").rglob("*.parquet")) if (tmp_path / "tables").exists() else True
    done = stage(tmp_path, "ingest", "tables", "--from", "corpus")
    assert done.returncode == 0
    line = json.loads((tmp_path / "tables" / "run.jsonl").read_text(encoding="utf-8").splitlines()[-1])
    assert 0 < line["n_computed"] < N_MANY
