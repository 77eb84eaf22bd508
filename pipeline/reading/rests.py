"""Whether a stretch is the rest of a broken paragraph or begins one, by its first characters.

A linear model of hashed character n-grams and of the first mark; `models/train_rests.py` trains it on paragraphs of
work reports and on what is left of them after a cut inside a sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from pipeline.reading.ngrams import UNKNOWN, Codes, encode, hash_grams, normalise

SIZE = 1 << 17
"""Weights of the table; the intercept stands after them."""
SCALE = 32.0
"""Weights are stored as 8-bit integers, in bits multiplied by this."""
_LENGTH, _PAD, _READ = 12, 3, 40
_MARKS = [ord(one) for one in "，、；。：“”！？（）《》"]
# How many places n-grams of 1, 2, 3 and 4 characters are looked for at.
_PLACES = ((1, 6), (2, 6), (3, 6), (4, 3))


def rest_bits(texts: Sequence[str]) -> NDArray[np.float64]:
    """Return by how many bits each text is likelier the rest of a paragraph than the beginning of one; shape (n,)."""
    weights = _weights()
    found: NDArray[np.float64] = (weights[rest_buckets(texts)].sum(1, dtype=np.int64) + int(weights[SIZE])) / SCALE
    return found


def rest_buckets(texts: Sequence[str]) -> NDArray[np.int64]:
    """Return the features of each text as places in the table of weights.

    Returns:
        Shape: texts x features; values 0 to SIZE - 1.
    """
    codes = np.full((len(texts), _LENGTH + _PAD), UNKNOWN, np.uint32)
    for row, text in enumerate(texts):
        found = encode(normalise(text[:_READ]))[:_LENGTH]
        codes[row, : len(found)] = found
    grams = [[codes[:, at + one] for one in range(n)] for n, n_places in _PLACES for at in range(n_places)]
    grams += _around_mark(codes)
    buckets = [
        hash_grams([np.full(len(texts), number, np.uint32), *gram]) % np.uint64(SIZE)
        for number, gram in enumerate(grams)
    ]
    return np.stack(buckets, 1).astype(np.int64)


def _around_mark(codes: Codes) -> list[list[Codes]]:
    """Return where the first mark stands and which, with the first character, and with the ones before it."""
    rows = np.arange(len(codes))
    marks = np.isin(codes, _MARKS)
    first = np.where(marks.any(1), marks.argmax(1), _LENGTH)
    place, mark = first.astype(np.uint32), codes[rows, first]
    before, ahead = (codes[rows, np.maximum(first - back, 0)] for back in (1, 2))
    return [[place, mark], [place, mark, codes[:, 0]], [before, mark], [ahead, before, mark]]


@cache
def _weights() -> NDArray[np.int8]:
    with resources.files("pipeline.reading").joinpath("rests.npy").open("rb") as file:
        table: NDArray[np.int8] = np.load(file, allow_pickle=False)
    return table
