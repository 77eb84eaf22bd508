"""Read files in child processes with limits: what a file does to its parser, it does to that process alone.

`with Reader(limits) as reader:` starts a worker (`pipeline.reading.worker`) when the first file comes, one a core at
most, and keeps it for the next files. A worker that crashes, takes too long or too much memory is replaced, and its
file becomes one clear error. A file whose worker had read others before and crashed is given a second, fresh one, so
that its fate depends on itself alone.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from types import TracebackType
from typing import Self

from pipeline.reading.child import COMMAND, Worker, ready
from pipeline.reading.errors import ReadingError
from pipeline.reading.files import File
from pipeline.reading.limits import LIMITS, Limits
from pipeline.reading.reader import read
from pipeline.records import Reading

ReadAll = Callable[[Iterable[File]], Iterator[Reading | ReadingError]]
"""Reads files (bytes and name), and yields what became of each, in their order."""


def read_each(files: Iterable[File]) -> Iterator[Reading | ReadingError]:
    """Read files in this process, with the default limits of what a parser itself can hold to."""
    for one in files:
        try:
            yield read(one.data, one.name, order=one.order)
        except ReadingError as error:
            yield error


class Reader:
    """Reads files in child processes; use it in one thread, in a `with` block.

    Args:
        limits: What a file may cost.
        workers: Processes side by side; 0 for one a processor core.
        command: What starts a worker.
    """

    def __init__(self, limits: Limits = LIMITS, workers: int = 0, command: tuple[str, ...] = COMMAND) -> None:
        self._limits, self._command = limits, command
        self._n_workers = workers or len(os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else "1")
        self._workers: list[Worker] = []

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
        (found,) = self.read_all([File(data, name)])
        if isinstance(found, ReadingError):
            raise found
        return found

    def read_all(self, files: Iterable[File]) -> Iterator[Reading | ReadingError]:
        """Read files side by side, and yield what became of each, in their order."""
        waiting, told = enumerate(files), 0
        again: deque[tuple[int, File]] = deque()
        done: dict[int, Reading | ReadingError] = {}
        busy: dict[Worker, tuple[int, File]] = {}
        try:
            while self._hand_out(waiting, again, busy):
                for worker in ready(list(busy)):
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
        self, waiting: Iterator[tuple[int, File]], again: deque[tuple[int, File]], busy: dict[Worker, tuple[int, File]]
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
            worker.give(given[1], self._limits)
        return bool(busy)

    def _start(self) -> Worker:
        self._workers.append(Worker(self._command))
        return self._workers[-1]

    def _drop(self, worker: Worker) -> None:
        self._workers.remove(worker)
        worker.end()
