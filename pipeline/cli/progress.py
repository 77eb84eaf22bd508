"""How far long work is: a bar in a terminal, else a line now and then."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from pipeline.cli.console import is_quiet, note
from pipeline.execution.stages import Watch

_EVERY_S = 15


@contextmanager
def progress(name: str) -> Iterator[Watch | None]:
    """Yield what is to be told of the documents done; nothing is shown with --quiet.

    Args:
        name: What is being done.
    """
    if is_quiet():
        yield None
    elif sys.stderr.isatty():
        with _bar(name) as watch:
            yield watch
    else:
        yield _Lines(name).watch


@contextmanager
def _bar(name: str) -> Iterator[Watch]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    told = (TextColumn("  {task.description:<9}"), MofNCompleteColumn(), TextColumn("{task.fields[rate]}"))
    with Progress(*told, BarColumn(), TimeRemainingColumn(), console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task(name, total=None, rate="")
        began = time.monotonic()

        def watch(n_done: int, n_all: int) -> None:
            rate = f"{n_done / max(time.monotonic() - began, 1e-9):,.1f} documents/s"
            shown.update(task, completed=n_done, total=n_all, rate=rate)

        yield watch


class _Lines:
    """Tells a log how far the work is, every quarter of a minute."""

    def __init__(self, name: str) -> None:
        self._name, self._began = name, time.monotonic()
        self._last = self._began

    def watch(self, n_done: int, n_all: int) -> None:
        now = time.monotonic()
        if now - self._last < _EVERY_S:
            return
        self._last = now
        note(f"  {self._name} {estimate(n_done, n_all, now - self._began)}")


def estimate(n_done: int, n_all: int, seconds: float) -> str:
    """Return how far the work is, its rate and the time left, in words.

    >>> estimate(50, 200, 10.0)
    '50 of 200 documents, 5.0 a second, 0:00:30 left'
    """
    rate = n_done / max(seconds, 1e-9)
    left = round((n_all - n_done) / rate) if rate else 0
    clock = f"{left // 3600}:{left // 60 % 60:02d}:{left % 60:02d}"
    return f"{n_done:,} of {n_all:,} documents, {rate:,.1f} a second, {clock} left"
