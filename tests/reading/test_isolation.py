"""Child processes: real crashes, endless loops, hunger and kills; each ends its own file alone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.params import Ingest
from pipeline.reading import ReadingError, read
from pipeline.reading.files import File
from pipeline.reading.isolation import Reader, read_each
from pipeline.reading.limits import LIMITS, Limits

TEXT = "云泽市坚持把发展经济的着力点放在实体经济上，推进产业基础高级化。\n二、推进乡村振兴\n" * 3
GOOD = File(TEXT.encode(), "good.txt")
# A worker whose parser does what the file's name says, as a hostile file makes a parser do it.
HOSTILE = """
import ctypes, os, time
from pathlib import Path
import pipeline.reading.worker as worker
real = worker.read
def read(data, name, limits, order):
    if name == "abort": os.abort()
    if name == "segfault": ctypes.string_at(0)
    if name == "exit": os._exit(3)
    if name == "loop":
        while True: pass
    if name == "regex":
        import re; re.match("(a+)+b", "a" * 99)
    if name == "memory": bytearray(50_000_000_000)
    if name == "hungry":
        kept = []
        while True: kept.append(bytearray(10_000_000))
    if name == "deep":
        def down(): down()
        down()
    if name == "noise": os.write(1, b"noise of a library")
    if name == "nonsense": return real(data, name, limits)._replace()
    if name == "sleep":
        Path(data.decode()).write_text(str(os.getpid()))
        time.sleep(60)
    return real(data, name, limits)
worker.read = read
worker.main()
"""
COMMAND = (sys.executable, "-P", "-c", HOSTILE)


@pytest.fixture
def reader() -> Iterator[Reader]:
    with Reader(replace(LIMITS, timeout_s=5, memory_mb=300), workers=1, command=COMMAND) as one:
        yield one


def pid_in(path: Path) -> int:
    """Wait until a worker has written its number."""
    for _ in range(300):
        if path.is_file() and path.read_text():
            return int(path.read_text())
        time.sleep(0.05)
    raise AssertionError("the worker did not start")


def is_gone(pid: int) -> bool:
    """Tell whether a process ends within half a minute, as it does on a busy machine too; a zombie counts as there."""
    for _ in range(600):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


def test_a_reading_is_the_same_as_in_this_process() -> None:
    traditional = "雲澤市堅持發展經濟，推進鄉村振興。".encode("big5")
    files = [
        GOOD,
        File(b"", "a.txt"),
        File(traditional, "b.txt"),
        File("# 一、目标\n\n**坚持**。[^1]\n".encode(), "c.md"),
    ]
    with Reader(workers=2) as one:
        found = list(one.read_all(files))
        again = list(one.read_all(files))
    wanted = list(read_each(files))
    assert [str(x) for x in found] == [str(x) for x in wanted] == [str(x) for x in again]
    assert found[0] == wanted[0] == read(GOOD.data, GOOD.name)
    assert isinstance(found[1], ReadingError)


def test_results_come_in_order_whoever_is_faster(reader: Reader) -> None:
    files = [File(f"{n}号文件。{TEXT * (40 - n)}".encode(), "a.txt") for n in range(40)]
    with Reader(workers=3) as one:
        assert [x.source[:2].rstrip("号") for x in one.read_all(files)] == [str(n) for n in range(40)]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("abort", r"crashed its parser \(SIGABRT\).*save it again"),
        ("segfault", r"crashed its parser \(SIGSEGV\)"),
        ("exit", r"ended by itself \(exit 3\)"),
        ("memory", "takes more than 300 MB; split it or raise ingest.memory_mb"),
        ("hungry", "takes more than 300 MB"),
        ("deep", r"the reader failed \(RecursionError in .*, line \d+\)"),
        ("nonsense", r"the reader failed \(AttributeError"),
    ],
)
def test_a_crash_is_one_line_and_the_run_goes_on(reader: Reader, name: str, line: str) -> None:
    for files in ([File(b"x", name), GOOD], [GOOD, File(b"x", name), GOOD]):
        found = list(reader.read_all(files))
        bad = found[[one[1] for one in files].index(name)]
        assert isinstance(bad, ReadingError)
        assert "\n" not in str(bad)
        with pytest.raises(ReadingError, match=line):
            raise bad
        assert [one for one in found if one is not bad] == [read(GOOD.data, GOOD.name)] * (len(files) - 1)


@pytest.mark.parametrize("name", ["loop", "regex"])
def test_what_takes_too_long_is_killed(name: str) -> None:
    with Reader(replace(LIMITS, timeout_s=1), workers=1, command=COMMAND) as one:
        began = time.monotonic()
        first, second = one.read_all([File(b"x", name), GOOD])
        assert time.monotonic() - began < 10
    assert "more than 1 s" in str(first)
    assert "ingest.timeout_s" in str(first)
    assert second == read(GOOD.data, GOOD.name)


def test_a_real_kill(tmp_path: Path, reader: Reader) -> None:
    place = tmp_path / "pid"
    killer = threading.Thread(target=lambda: os.kill(pid_in(place), signal.SIGKILL))
    killer.start()
    first, second = reader.read_all([File(str(place).encode(), "sleep"), GOOD])
    killer.join()
    assert "was killed (SIGKILL)" in str(first)
    assert second == read(GOOD.data, GOOD.name)
    assert is_gone(pid_in(place))


def test_a_file_is_not_blamed_for_the_death_of_a_used_worker(tmp_path: Path, reader: Reader) -> None:
    assert reader.read(GOOD.data, GOOD.name) == read(GOOD.data, GOOD.name)
    (worker,) = reader._workers
    os.kill(worker._child.pid, signal.SIGKILL)
    assert reader.read(GOOD.data, GOOD.name) == read(GOOD.data, GOOD.name)


def test_what_a_library_prints_is_no_answer(reader: Reader) -> None:
    assert reader.read(TEXT.encode(), "noise") == read(TEXT.encode(), "noise")


def test_workers_are_kept_and_ended(tmp_path: Path) -> None:
    with Reader(workers=1, command=COMMAND) as one:
        one.read(GOOD.data, GOOD.name)
        (worker,) = one._workers
        one.read(GOOD.data, GOOD.name)
        with pytest.raises(ReadingError, match="empty"):
            one.read(b"", "a.txt")
        assert one._workers == [worker]
        pid = worker._child.pid
    assert is_gone(pid)
    assert one._workers == []


def test_a_caller_that_stops_early_leaves_no_worker(tmp_path: Path) -> None:
    with Reader(workers=2, command=COMMAND) as one:
        results = one.read_all([GOOD, File(str(tmp_path / "pid").encode(), "sleep")])
        assert next(results) == read(GOOD.data, GOOD.name)
        pid = pid_in(tmp_path / "pid")
        results.close()  # type: ignore[attr-defined]
        assert is_gone(pid)


PARENT = """
import sys
from pipeline.reading.isolation import Reader
with Reader(workers=1, command=(sys.executable, "-P", "-c", {hostile!r})) as reader:
    reader.read({place!r}.encode(), "sleep")
"""


@pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_no_worker_outlives_its_parent(tmp_path: Path, sign: signal.Signals) -> None:
    place = tmp_path / "pid"
    root = Path(__file__).parents[2]
    code = PARENT.format(hostile=HOSTILE, place=str(place))
    with subprocess.Popen(
        [sys.executable, "-c", code], env=os.environ | {"PYTHONPATH": str(root)}, stderr=subprocess.DEVNULL
    ) as parent:
        pid = pid_in(place)
        parent.send_signal(sign)
        parent.wait(60)
    assert is_gone(pid)


def test_limits_come_from_the_parameters() -> None:
    assert Limits.of(Ingest()) == LIMITS
    assert Limits.of(Ingest(timeout_s=1, memory_mb=2, max_mb=3, inflated_mb=4, archive_mb=5, depth=6)) == Limits(
        1, 2, 3, 4, 5, 6
    )
