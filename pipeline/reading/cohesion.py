"""How much two stretches of text speak of the same thing: the character pairs they share, the rare ones more.

Around a cut inside a sentence the words of the topic come back on the other side within a line or two; farther off,
topics and names of places tell the articles of a page apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from pipeline.reading.ngrams import ORDER, UNKNOWN, encode, load_model, normalise

_FLOOR = 2.0
_FIRST, _LAST = 0x4E00, 0x9FFF
# Characters on each side, bits for each doubling of what both share there, and what they share at a usual true join.
# The bits are those of a conditional logit over the beginnings an ending may go on with, on places for development.
_WINDOWS = ((25, 0.7, 0.025), (60, 1.4, 0.04), (300, 3.4, 0.07))
_LEAST = 0.02
FARTHEST = max(window for window, _, _ in _WINDOWS)
"""Characters on each side of a join that are looked at."""


def shared_bits(lefts: Sequence[str], rights: Sequence[str]) -> NDArray[np.float64]:
    """Return by how many bits the words that both sides share speak for each beginning right after each ending.

    The first words shared say most, so it is the logarithm of the share that counts.

    Returns:
        Shape: lefts x rights.
    """
    found = np.zeros((len(lefts), len(rights)))
    for window, bits, usual in _WINDOWS:
        held = cohesion([one[-window:] for one in lefts], [one[:window] for one in rights])
        found += bits * np.log2((held + _LEAST) / (usual + _LEAST))
    return found


def cohesion(lefts: Sequence[str], rights: Sequence[str]) -> NDArray[np.float64]:
    """Return for each pair of stretches the share of their pairs of characters that both hold, weighed by rarity.

    Returns:
        0 (nothing in common) to 1. Shape: lefts x rights.
    """
    bags = [_rare_pairs(one) for one in (*lefts, *rights)]
    known = {pair: at for at, pair in enumerate(sorted(set().union(*bags)))}
    weights = np.zeros((len(bags), len(known)))
    for row, bag in enumerate(bags):
        weights[row, [known[pair] for pair in bag]] = list(bag.values())
    there = weights > 0
    sums = weights.sum(1)
    left, right = slice(0, len(lefts)), slice(len(lefts), None)
    shared = weights[left] @ there[right].T
    return shared / np.maximum(np.sqrt(np.outer(sums[left], sums[right])), 1e-9)


@lru_cache(maxsize=4096)
def _rare_pairs(text: str) -> dict[int, float]:
    """Return the pairs of Chinese characters in a text with their rarity in bits above a floor."""
    codes = encode(normalise(text))
    if len(codes) < 2:
        return {}
    windows = np.full((2, len(codes) - 1, ORDER), UNKNOWN, np.uint32)
    windows[0, :, -1] = codes[:-1]
    windows[1, :, -2], windows[1, :, -1] = codes[:-1], codes[1:]
    rarity = -load_model().bits(windows.reshape(-1, ORDER)).reshape(2, -1).sum(0) - _FLOOR
    chinese = (codes >= _FIRST) & (codes <= _LAST)
    kept = np.flatnonzero(chinese[:-1] & chinese[1:] & (rarity > 0))
    pairs = codes[kept].astype(np.uint64) << np.uint64(32) | codes[kept + 1]
    return dict(zip(pairs.tolist(), rarity[kept].tolist(), strict=True))
