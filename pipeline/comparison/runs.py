"""Runs of characters as numbers, for counting and comparing wordings."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

_FACTOR = np.uint64(0x9E3779B97F4A7C15)


def code_points(text: str) -> npt.NDArray[np.uint64]:
    """Return the code points of a text, shape (len(text),)."""
    return np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)


def run_hashes(points: npt.NDArray[np.uint64], width: int) -> npt.NDArray[np.uint64]:
    """Return the hash of the run that starts at each place, shape (max(0, len(points) - width + 1),).

    A polynomial modulo 2**64; equal runs have equal hashes.
    """
    n = max(len(points) - width + 1, 0)
    hashes = np.zeros(n, dtype=np.uint64)
    for offset in range(width):
        hashes = hashes * _FACTOR + points[offset : offset + n]
    return hashes
