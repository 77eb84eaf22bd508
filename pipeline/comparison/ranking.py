"""The first few of many values, without sorting all."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt


def lowest(values: npt.NDArray[np.float64], n: int) -> npt.NDArray[np.int64]:
    """Return where the lowest values stand, from the lowest; of equal ones the first in the array comes first.

    Args:
        values: Shape (any,), none of them not a number.
        n: How many, at most.

    >>> lowest(np.array([3.0, 1.0, 2.0, 1.0, 2.0]), 3).tolist()
    [1, 3, 2]
    """
    if n >= len(values):
        return np.argsort(values, kind="stable")
    among = np.flatnonzero(values <= np.partition(values, n - 1)[n - 1])
    return among[np.argsort(values[among], kind="stable")][:n]
