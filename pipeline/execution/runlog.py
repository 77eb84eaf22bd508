"""The run log: one JSON line for each stage that ran, in `run.jsonl` beside its tables."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import Any

from pipeline.execution.memory import peak_memory

LOG = "run.jsonl"


@contextmanager
def logged(folder: Path, stage: str) -> Iterator[dict[str, Any]]:
    """Write a line on what is done in the block, whether it ends well or not.

    Args:
        folder: Where the tables are.
        stage: Name of the stage.

    Yields:
        A mapping to which the block adds what is to be told: counts, rows, dropped documents.
    """
    told: dict[str, Any] = {}
    began, at = monotonic(), datetime.now(UTC)
    error = None
    try:
        yield told
    except BaseException as raised:
        error = f"{type(raised).__name__}: {raised}"
        raise
    finally:
        line = {"at": at.isoformat(timespec="seconds"), "stage": stage, "seconds": round(monotonic() - began, 3)}
        append(folder, {**line, **told, "peak_mb": round(peak_memory()), **({"error": error} if error else {})})


def append(folder: Path, line: Mapping[str, Any]) -> None:
    """Add a line to the log; a folder that is not there is not made, as nothing was written to it.

    A log that cannot be written (disk full, read only) is no fault of the run.
    """
    with suppress(OSError):
        _append(folder, line)


def _append(folder: Path, line: Mapping[str, Any]) -> None:
    if folder.is_dir():
        with (folder / LOG).open("a", encoding="utf-8", newline="\n") as out:
            out.write(json.dumps(line, ensure_ascii=False) + "\n")


def read_log(folder: Path) -> list[dict[str, Any]]:
    """Return the lines of a folder's log; a line cut off by a crash is left out."""
    found = []
    for line in (folder / LOG).read_text(encoding="utf-8").splitlines() if (folder / LOG).is_file() else ():
        try:
            found.append(json.loads(line))
        except ValueError:
            continue
    return found
