"""Put pieces in sequence: the assignment of each piece to the one it goes on with that scores best on the whole."""

from __future__ import annotations

import heapq
from itertools import count

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
FORBIDDEN = -1e6
_MOST_ASSIGNED = 200
"""Assignments that are tried to part circles; pages of many like pieces have circles without end."""


def solve(scores: Matrix, opening: NDArray[np.float64]) -> tuple[dict[int, int], float]:
    """Return the best sequences of pieces: each has at most one before and one after it, and none goes in a circle.

    Args:
        scores: Bits of piece j right after piece i; FORBIDDEN where it cannot be. Shape: pieces x pieces.
        opening: Bits that it costs to begin a sequence with each piece. Shape: pieces.

    Returns:
        The piece after each that has one, and the total in bits.
    """
    tickets = count()
    cost, following = _assign(scores, opening)
    waiting = [(cost, next(tickets), following, scores)]
    best, n_assigned = waiting[0], 1
    while waiting:
        best = heapq.heappop(waiting)
        circle = _circle(best[2])
        if not circle or n_assigned >= _MOST_ASSIGNED:
            break
        n_assigned += len(circle)
        for i in circle:
            changed = best[3].copy()
            changed[i, best[2][i]] = FORBIDDEN
            cost, following = _assign(changed, opening)
            heapq.heappush(waiting, (cost, next(tickets), following, changed))
    following = best[2]
    while circle := _circle(following):
        del following[min(circle, key=lambda i: scores[i, following[i]])]
    return following, total(scores, opening, following)


def total(scores: Matrix, opening: NDArray[np.float64], following: dict[int, int]) -> float:
    """Return the bits of given sequences."""
    joined = sum(float(scores[i, j]) for i, j in following.items())
    return joined - float(sum(cost for j, cost in enumerate(opening) if j not in set(following.values())))


def _assign(scores: Matrix, opening: NDArray[np.float64]) -> tuple[float, dict[int, int]]:
    """Return the cost of the best assignment, circles allowed, and what follows each piece."""
    from scipy.optimize import linear_sum_assignment

    n = len(scores)
    ends = np.full((n, n), 2 * FORBIDDEN)
    np.fill_diagonal(ends, 0.0)
    table = np.concatenate([scores + opening[None, :], ends], axis=1)
    rows, columns = linear_sum_assignment(table, maximize=True)
    following = {int(i): int(j) for i, j in zip(rows, columns, strict=True) if j < n and table[i, j] > FORBIDDEN / 2}
    return -float(table[rows, columns].sum()), following


def _circle(following: dict[int, int]) -> list[int]:
    """Return the pieces of a circle, if there is one."""
    seen: set[int] = set()
    for start in following:
        path: list[int] = []
        at = start
        while at in following and at not in seen:
            seen.add(at)
            path.append(at)
            at = following[at]
        if at in path:
            return path[path.index(at) :]
    return []
