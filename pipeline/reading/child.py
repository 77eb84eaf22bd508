"""One child process that parses files, as its parent sees it."""

from __future__ import annotations

import contextlib
import fcntl
import os
import select
import signal
import subprocess
import sys
import time
from dataclasses import asdict
from pathlib import Path

from pipeline.reading.errors import ReadingError
from pipeline.reading.files import File
from pipeline.reading.limits import Limits
from pipeline.reading.worker import HELLO, LENGTH, SPENT, encode, from_message
from pipeline.records import Reading

_ROOT = Path(__file__).parents[2]
COMMAND = (sys.executable, "-P", "-m", "pipeline.reading.worker")
_CHUNK, _START_S = 1 << 18, 60
_MEMORY_SIGNALS = frozenset({signal.SIGABRT, signal.SIGSEGV, signal.SIGBUS, signal.SIGTRAP, signal.SIGILL})


class Worker:
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
        with contextlib.suppress(OSError, AttributeError):  # a whole file at once, fewer turns; Linux only
            for pipe in (self._in, self.pipe):
                fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _CHUNK)
        self.n_read, self._timeout, self._is_ready = 0, 0.0, False
        self._clear()

    def _clear(self) -> None:
        self._answer, self.deadline = bytearray(), 0.0
        self.died = False

    def give(self, file: File, limits: Limits) -> None:
        """Hand a file over, with the order file beside it."""
        self._clear()
        self.n_read += 1
        self._timeout = limits.timeout_s
        self.deadline = time.monotonic() + self._timeout + (0 if self._is_ready else _START_S)
        request = encode({"name": file.name, "order": file.order.decode("latin-1"), "limits": asdict(limits)})
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            for part in (LENGTH.pack(len(request)) + request + LENGTH.pack(len(file.data)), file.data):
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
        if not self._is_ready and self._answer.startswith(HELLO):
            del self._answer[: len(HELLO)]
            # Its start is not the file's fault.
            self._is_ready, self.deadline = True, time.monotonic() + self._timeout

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
            return from_message(bytes(memoryview(self._answer)[LENGTH.size :]))
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
        return f"the process that read it ended by itself (exit {code}); `python -m {COMMAND[-1]}` must start"
    name = signal.Signals(-code).name
    if -code in _MEMORY_SIGNALS:
        return (
            f"it crashed its parser ({name}): the file is damaged, or takes more than {limits.memory_mb} MB of memory; "
            "save it again, or as TXT"
        )
    return f"the process that read it was killed ({name}), perhaps for want of memory; run it again, or save it as TXT"


def ready(workers: list[Worker]) -> list[Worker]:
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
