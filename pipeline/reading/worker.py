"""The child process that parses files: `python -m pipeline.reading.worker`, spoken to over its pipes.

A request is a frame of JSON (`name`, `limits`) and one with the file's bytes; the answer a frame of JSON: the fields
of a Reading, or `error`. A frame is its length in eight bytes, then the bytes. JSON and not pickle: a parser that a
hostile file has taken over can answer nonsense, but run nothing in the parent.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import signal
import struct
import sys
import traceback
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO

from pipeline.reading.errors import ReadingError
from pipeline.reading.limits import Limits
from pipeline.reading.reader import read
from pipeline.records import Article, Furniture, Hint, Reading, Repair, SourceMap

LENGTH = struct.Struct(">Q")
SPENT = b'{"spent":'
"""How the answer of a worker begins that ends itself."""

_PR_SET_PDEATHSIG = 1
_GRACE_S = 5


def encode(message: dict[str, Any]) -> bytes:
    """Write a message as the bytes of a frame."""
    return json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def to_message(reading: Reading) -> dict[str, Any]:
    """Return the fields of a reading as JSON has them."""
    return {
        "source": reading.source,
        "text": reading.text,
        "runs": reading.source_map.runs,
        "articles": [[one.name, one.start, one.end] for one in reading.articles],
        "furniture": [[one.start, one.end, one.reason] for one in reading.furniture],
        "encoding": reading.encoding,
        "warnings": reading.warnings,
        "hints": [[one.kind, one.start, one.end, one.level] for one in reading.hints],
        "repairs": [asdict(one) for one in reading.repairs],
        "script": reading.script,
    }


def from_message(message: bytes) -> Reading:
    """Build the reading from the answer of a worker.

    Raises:
        ReadingError: If the worker could not read the file.
    """
    given = json.loads(message.decode("utf-8", "surrogatepass"))
    if "error" in given:
        raise ReadingError(given["error"])
    return Reading(
        given["source"],
        given["text"],
        SourceMap(tuple([(start, source, length) for start, source, length in given["runs"]])),
        tuple(Article(*one) for one in given["articles"]),
        tuple(Furniture(*one) for one in given["furniture"]),
        given["encoding"],
        tuple(given["warnings"]),
        tuple(Hint(*one) for one in given["hints"]),
        tuple(Repair(**one) for one in given["repairs"]),
        given["script"],
    )


def answer(data: bytes, name: str, limits: Limits) -> tuple[dict[str, Any], bool]:
    """Read a file; return the message and whether the worker is fit for a further one."""
    try:
        return to_message(read(data, name, limits)), True
    except ReadingError as error:
        return {"error": str(error)}, True
    except MemoryError:
        msg = f"reading it takes more than {limits.memory_mb} MB; split it or raise ingest.memory_mb"
        return {"spent": True, "error": msg}, False
    except Exception as error:  # a fault of ours or of a library must not end the run
        frame = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{type(error).__name__} in {Path(frame.filename).name}, line {frame.lineno}"
        return {"spent": True, "error": f"the reader failed ({place}); save it as TXT, and report the file"}, False


def main() -> None:
    """Answer requests until the parent closes the pipe."""
    _die_with_parent()
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not get into the answers
    while header := _frame(requests):
        given = json.loads(header)
        data, limits = _frame(requests), Limits(**given["limits"])
        _limit(limits)
        message, fit = answer(data, given["name"], limits)
        signal.setitimer(signal.ITIMER_REAL, 0)
        _lift_memory_limit()
        payload = encode(message)
        answers.write(LENGTH.pack(len(payload)) + payload)
        answers.flush()
        if not fit:
            break


def _frame(pipe: BinaryIO) -> bytes:
    """Read a frame; empty where the parent has closed the pipe."""
    head = pipe.read(LENGTH.size)
    return pipe.read(LENGTH.unpack(head)[0]) if len(head) == LENGTH.size else b""


def _die_with_parent() -> None:
    """Leave no process behind: Linux kills this one with its parent; an interrupt is the parent's to handle."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = os.getppid()
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        sys.exit()


def _limit(limits: Limits) -> None:
    """Set the limits of one file; the parent's clock is the stricter one, the alarm ends what lost its parent."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, limits.timeout_s + _GRACE_S)
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        taken = pages * resource.getpagesize()
        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        resource.setrlimit(resource.RLIMIT_AS, (taken + limits.memory_mb * 1_000_000, hard))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _lift_memory_limit() -> None:
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        resource.setrlimit(resource.RLIMIT_AS, (hard, hard))


if __name__ == "__main__":
    main()
