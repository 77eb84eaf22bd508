"""The stages on a Dask cluster: a scheduler and two workers in processes of their own, joined by TCP."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from invented_corpus import report, write_corpus
from running import STAGES, hashes, run_line

from pipeline.execution import Cache, run_stage
from pipeline.params import Parallel, Params

distributed = pytest.importorskip("distributed")
ROOT = Path(__file__).parents[2]
N = 64


def started(module: str, *words: str) -> subprocess.Popen:
    command = [sys.executable, "-m", f"distributed.cli.{module}", *words]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """The address of a cluster with two workers of one thread each, without a nanny that would start them again."""
    told = tmp_path / "scheduler.json"
    words = ["--scheduler-file", str(told)]
    processes = [started("dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", *words)]
    worker = ["--nthreads", "1", "--no-nanny", "--no-dashboard", "--host", "127.0.0.1"]
    processes += [started("dask_worker", *words, *worker, "--local-directory", str(tmp_path)) for _ in range(2)]
    try:
        until = time.monotonic() + 60
        while not told.exists() and time.monotonic() < until:
            time.sleep(0.05)
        with distributed.Client(scheduler_file=str(told), set_as_default=False) as client:
            client.wait_for_workers(2, timeout=60)
            found = client.scheduler.address
        assert found.startswith("tcp://")
        yield found
    finally:
        for one in processes:
            one.kill()
            one.wait()


def test_a_cluster_that_loses_a_worker_gives_the_bytes_of_a_local_run(address: str, tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path / "corpus", range(N), {one: report(one) * 4 for one in range(N)})
    params = replace(Params(), parallel=Parallel(backend="dask", address=address))
    killed: list[tuple[int, int]] = []

    def kill_a_worker_at_work(n_done: int, n_all: int) -> None:
        if killed:
            return
        with distributed.Client(address, set_as_default=False) as client:
            pids = client.run(os.getpid)
            assert len(pids) == 2
            busy = [worker for worker, tasks in client.processing().items() if tasks]
        if busy:
            os.kill(pids[busy[0]], signal.SIGKILL)
            killed.append((n_done, n_all))

    for name in STAGES:
        watch = kill_a_worker_at_work if name == "segment" else None
        given = corpus if name == "ingest" else None
        done = run_stage(name, tmp_path / "out", params, Cache(tmp_path / "cache"), given, watch)
        assert done.n_computed == N
    ((n_done, n_all),) = killed
    assert 0 < n_done < n_all == N
    with distributed.Client(address, set_as_default=False) as client:
        assert len(client.scheduler_info()["workers"]) == 1
    run_line(corpus, tmp_path / "local", tmp_path / "other")
    assert hashes(tmp_path / "out") == hashes(tmp_path / "local")


def test_a_cluster_that_does_not_answer_is_told_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.execution.parallel._ANSWER_S", 1)
    corpus = write_corpus(tmp_path / "corpus", range(2))
    params = replace(Params(), parallel=Parallel(backend="dask", address="tcp://127.0.0.1:9"))
    with pytest.raises(OSError, match=r"no Dask scheduler answers at tcp://127.0.0.1:9 .*docs/cluster.md"):
        run_stage("ingest", tmp_path / "out", params, Cache(tmp_path / "cache"), corpus)
    assert not list((tmp_path / "out").rglob("*.parquet"))


def test_without_dask_the_mend_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    corpus = write_corpus(tmp_path / "corpus", range(2))
    params = replace(Params(), parallel=Parallel(backend="dask", address="tcp://127.0.0.1:9"))
    with pytest.raises(ValueError, match=r"pip install 'planlens\[dask\]'"):
        run_stage("ingest", tmp_path / "out", params, Cache(tmp_path / "cache"), corpus)
