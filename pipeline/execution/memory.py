"""How much memory a process took."""

from __future__ import annotations

import contextlib
from pathlib import Path


def peak_memory() -> float:
    """Return the most memory that this process held, in MB; NaN where the system does not tell.

    From VmHWM of /proc/self/status (proc(5)): `getrusage` counts what the parent held before this process began.
    """
    with contextlib.suppress(OSError, StopIteration):
        lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
        return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) * 1024 / 1e6
    return float("nan")
