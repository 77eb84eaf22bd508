"""The child process that parses files: `python -m pipeline.reading.worker`, spoken to over its pipes.

A frame is its length in eight bytes, then the bytes. A request is a frame of JSON (`name`, `limits`) and one with the
file's bytes; the answer is one frame: a line of JSON, which is an `error` or the fields of a Reading, then its source
and its text as they are. JSON and not pickle: a parser that a hostile file has taken over can answer nonsense, but run
nothing in the parent.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import resource
import signal
import struct
import sys
import traceback
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import BinaryIO

from pipeline.reading.errors import ReadingError
from pipeline.reading.limits import Limits
from pipeline.reading.reader import read
from pipeline.records import Article, Furniture, Hint, Reading, Repair, SourceMap

LENGTH = struct.Struct(">Q")
SPENT = b'{"spent":'
"""How the answer of a worker begins that ends itself."""

_TEXT = "utf-16-le"  # of Chinese, a good deal faster than UTF-8
_PR_SET_PDEATHSIG = 1
_GRACE_S = 5


def encode(message: Mapping[str, object]) -> bytes:
    """Write a message as a line of JSON, without its end."""
    return json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def to_message(reading: Reading) -> bytes:
    """Write a reading as an answer."""
    source, text = (one.encode(_TEXT, "surrogatepass") for one in (reading.source, reading.text))
    head = {
        "n_source": len(source),
        "runs": reading.source_map.runs,
        "articles": [[one.name, one.start, one.end] for one in reading.articles],
        "furniture": [[one.start, one.end, one.reason] for one in reading.furniture],
        "encoding": reading.encoding,
        "warnings": reading.warnings,
        "hints": [[one.kind, one.start, one.end, one.level] for one in reading.hints],
        "repairs": [asdict(one) for one in reading.repairs],
        "script": reading.script,
        "contents": reading.contents,
    }
    return b"".join((encode(head), b"\n", source, text))


def from_message(message: bytes) -> Reading:
    """Build the reading from an answer.

    Raises:
        ReadingError: If it is an error.
        ValueError: If it is no answer; so do KeyError and TypeError.
    """
    head, _, rest = message.partition(b"\n")
    given = json.loads(head.decode("utf-8", "surrogatepass"))
    if "error" in given:
        raise ReadingError(given["error"])
    source, text = rest[: given["n_source"]], rest[given["n_source"] :]
    return Reading(
        source.decode(_TEXT, "surrogatepass"),
        text.decode(_TEXT, "surrogatepass"),
        SourceMap(tuple([(canonical, start, length) for canonical, start, length in given["runs"]])),
        tuple(Article(*one) for one in given["articles"]),
        tuple(Furniture(*one) for one in given["furniture"]),
        given["encoding"],
        tuple(given["warnings"]),
        tuple(Hint(*one) for one in given["hints"]),
        tuple(Repair(**one) for one in given["repairs"]),
        given["script"],
        tuple(given["contents"]),
    )


def answer(data: bytes, name: str, limits: Limits) -> tuple[bytes, bool]:
    """Read a file; return the message and whether the worker is fit for a further one."""
    try:
        return to_message(read(data, name, limits)), True
    except ReadingError as error:
        return encode({"error": str(error)}), True
    except MemoryError:
        msg = f"reading it takes more than {limits.memory_mb} MB; split it or raise ingest.memory_mb"
        return encode({"spent": True, "error": msg}), False
    except Exception as error:  # a fault of ours or of a library must not end the run
        frame = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{type(error).__name__} in {Path(frame.filename).name}, line {frame.lineno}"
        msg = f"the reader failed ({place}); save it as TXT, and report the file"
        return encode({"spent": True, "error": msg}), False


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
        answers.write(LENGTH.pack(len(message)) + message)
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
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    parent = os.getppid()
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        sys.exit()


def _limit(limits: Limits) -> None:
    """Set the limits of one file; the parent's clock is the stricter one, the alarm ends what lost its parent."""
    signal.setitimer(signal.ITIMER_REAL, limits.timeout_s + _GRACE_S)
    with contextlib.suppress(OSError, ValueError):
        with open("/proc/self/statm", "rb") as told:
            taken = int(told.read().split()[0]) * resource.getpagesize()
        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        resource.setrlimit(resource.RLIMIT_AS, (taken + limits.memory_mb * 1_000_000, hard))


def _lift_memory_limit() -> None:
    with contextlib.suppress(OSError, ValueError):
        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        resource.setrlimit(resource.RLIMIT_AS, (hard, hard))


if __name__ == "__main__":
    main()
