"""Read files in child processes with limits: what a file does to its parser, it does to that process alone.

`with Reader(limits) as reader:` starts a worker (`pipeline.reading.worker`) when the first file comes, one a core at
most, and keeps it for the next files. A worker that crashes, takes too long or too much memory is replaced, and its
file becomes one clear error. A file whose worker had read others before and crashed is given a second, fresh one, so
that its fate depends on itself alone.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import Self

from pipeline.reading.errors import ReadingError
from pipeline.reading.limits import LIMITS, Limits
from pipeline.reading.reader import read
from pipeline.reading.worker import LENGTH, SPENT, encode, from_message
from pipeline.records import Reading

File = tuple[bytes, str]
ReadAll = Callable[[Iterable[File]], Iterator[Reading | ReadingError]]
"""Reads files (bytes and name), and yields what became of each, in their order."""

_ROOT = Path(__file__).parents[2]
_COMMAND = (sys.executable, "-P", "-m", "pipeline.reading.worker")
_CHUNK = 1 << 20
_MEMORY_SIGNALS = frozenset({signal.SIGABRT, signal.SIGSEGV, signal.SIGBUS, signal.SIGTRAP, signal.SIGILL})


def read_each(files: Iterable[File]) -> Iterator[Reading | ReadingError]:
    """Read files in this process, with the default limits of what a parser itself can hold to."""
    for data, name in files:
        try:
            yield read(data, name)
        except ReadingError as error:
            yield error


class Reader:
    """Reads files in child processes; use it in one thread, in a `with` block.

    Args:
        limits: What a file may cost.
        workers: Processes side by side; 0 for one a processor core.
        command: What starts a worker.
    """

    def __init__(self, limits: Limits = LIMITS, workers: int = 0, command: tuple[str, ...] = _COMMAND) -> None:
        self._limits, self._command = limits, command
        self._n_workers = workers or len(os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else "1")
        self._workers: list[_Worker] = []

    def __enter__(self) -> Self:
        """Return the reader; workers start with the first file."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """End all workers."""
        self.close()

    def close(self) -> None:
        """End all workers; none is left behind."""
        for one in self._workers:
            one.end()
        self._workers.clear()

    def read(self, data: bytes, name: str) -> Reading:
        """Read one file.

        Raises:
            ReadingError: If it cannot be read within the limits.
        """
        (found,) = self.read_all([(data, name)])
        if isinstance(found, ReadingError):
            raise found
        return found

    def read_all(self, files: Iterable[File]) -> Iterator[Reading | ReadingError]:
        """Read files side by side, and yield what became of each, in their order."""
        waiting, told = enumerate(files), 0
        again: deque[tuple[int, File]] = deque()
        done: dict[int, Reading | ReadingError] = {}
        busy: dict[_Worker, tuple[int, File]] = {}
        try:
            while self._hand_out(waiting, again, busy):
                for worker in _ready(list(busy)):
                    at, file = busy.pop(worker)
                    if worker.died and worker.n_read > 1:
                        again.append((at, file))
                    else:
                        done[at] = worker.result(self._limits)
                    if worker.is_spent:
                        self._drop(worker)
                while told in done:
                    yield done.pop(told)
                    told += 1
        finally:
            for worker in busy:  # the caller stopped in the middle, and these still read
                self._drop(worker)

    def _hand_out(
        self, waiting: Iterator[tuple[int, File]], again: deque[tuple[int, File]], busy: dict[_Worker, tuple[int, File]]
    ) -> bool:
        """Give files to idle workers, second tries to fresh ones; tell whether any worker reads."""
        while len(busy) < self._n_workers:
            if again:
                given, worker = again.popleft(), self._start()
            elif (following := next(waiting, None)) is not None:
                idle = next((one for one in self._workers if one not in busy), None)
                given, worker = following, idle or self._start()
            else:
                break
            busy[worker] = given
            worker.give(*given[1], self._limits)
        return bool(busy)

    def _start(self) -> _Worker:
        self._workers.append(_Worker(self._command))
        return self._workers[-1]

    def _drop(self, worker: _Worker) -> None:
        self._workers.remove(worker)
        worker.end()


def _ready(workers: list[_Worker]) -> list[_Worker]:
    """Wait until some worker has answered, died or run out of time; return those."""
    while workers:
        first = min(one.deadline for one in workers)
        pipes = {one.pipe: one for one in workers}
        for pipe in select.select(list(pipes), [], [], max(0, first - time.monotonic()))[0]:
            pipes[pipe].receive()
        now = time.monotonic()
        if found := [one for one in workers if one.is_done or one.deadline <= now]:
            return found
    return []


class _Worker:
    """A child process and what is on its way from it."""

    def __init__(self, command: tuple[str, ...]) -> None:
        path = os.pathsep.join(filter(None, [str(_ROOT), os.environ.get("PYTHONPATH", "")]))
        self._child = subprocess.Popen(  # noqa: S603
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=os.environ | {"PYTHONPATH": path},
        )
        self._in, self.pipe = (one.fileno() for one in (self._child.stdin, self._child.stdout) if one)
        os.set_blocking(self._in, False)
        self.n_read = 0
        self._clear()

    def _clear(self) -> None:
        self._answer, self.deadline = bytearray(), 0.0
        self.died = False

    def give(self, data: bytes, name: str, limits: Limits) -> None:
        """Hand a file over."""
        self._clear()
        self.n_read += 1
        self.deadline = time.monotonic() + limits.timeout_s
        request = encode({"name": name, "limits": asdict(limits)})
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            for part in (LENGTH.pack(len(request)) + request + LENGTH.pack(len(data)), data):
                self._send(memoryview(part))

    def _send(self, rest: memoryview) -> None:
        while rest and (left := self.deadline - time.monotonic()) > 0:
            if select.select([], [self._in], [], left)[1]:
                rest = rest[os.write(self._in, rest[:_CHUNK]) :]

    def receive(self) -> None:
        """Take what has come; nothing means that the process is dead."""
        part = os.read(self.pipe, _CHUNK)
        self._answer += part
        self.died = not part

    @property
    def is_done(self) -> bool:
        """Tell whether the whole answer is there, or none will come."""
        if self.died or len(self._answer) < LENGTH.size:
            return self.died
        return len(self._answer) >= LENGTH.size + int(LENGTH.unpack_from(self._answer)[0])

    @property
    def is_spent(self) -> bool:
        """Tell whether the process is of no further use."""
        return not self.is_done or self.died or self._answer.startswith(SPENT, LENGTH.size)

    def result(self, limits: Limits) -> Reading | ReadingError:
        """Return what became of the file."""
        if self.died:
            return ReadingError(_death(self._child.wait(), limits))
        if not self.is_done:
            msg = f"reading it took more than {limits.timeout_s} s; split it, save it as TXT or raise ingest.timeout_s"
            return ReadingError(msg)
        try:
            return from_message(bytes(self._answer[LENGTH.size :]))
        except ReadingError as error:
            return error
        except (ValueError, KeyError, TypeError):
            return ReadingError("its parser broke and answered nonsense; save the file again, or as TXT")

    def end(self) -> None:
        """Kill the process and wait for its end."""
        self._child.kill()
        for pipe in (self._child.stdin, self._child.stdout):
            with contextlib.suppress(OSError):
                pipe.close()  # type: ignore[union-attr]
        self._child.wait()


def _death(code: int, limits: Limits) -> str:
    """Say how a worker ended, in one line with the mend."""
    if code >= 0:
        return f"the process that read it ended by itself (exit {code}); `{json.dumps(_COMMAND[-1])}` must start"
    name = signal.Signals(-code).name
    if -code in _MEMORY_SIGNALS:
        return (
            f"it crashed its parser ({name}): the file is damaged, or takes more than {limits.memory_mb} MB of memory; "
            "save it again, or as TXT"
        )
    return f"the process that read it was killed ({name}), perhaps for want of memory; run it again, or save it as TXT"
