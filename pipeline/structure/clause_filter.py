"""A quick first judge of commas: a linear model of hashed character n-grams, for all commas of a text at once.

It lets pass the few commas at which a stretch might join its neighbour; `clauses` judges these with care.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import resources
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.structure.punctuation import Flags, Ints
from pipeline.structure.sentences import Stretches

SIZE = 1 << 16
"""Weights of the table."""
SCALE = 16.0
"""Weights are stored as 8-bit integers, multiplied by this."""
_PRIME, _SHIFT = np.uint32(0x9E3779B1), np.uint32(15)
_PAD = 4


class Sides(NamedTuple):
    """The stretches on both sides of n commas; all of shape (n,).

    Attributes:
        lefts: Start of the stretch before the comma.
        left_ends: Its end, the comma.
        rights: Start of the stretch after the comma.
        right_ends: Its end, the next comma or stop.
        first: The stretch before is the first of its sentence.
        last: The stretch after is the last of its sentence.
    """

    lefts: Ints
    left_ends: Ints
    rights: Ints
    right_ends: Ints
    first: Flags
    last: Flags


def sides_of(stretches: Stretches) -> Sides:
    """Return the stretches on both sides of each comma."""
    ends, rights, sentences = stretches.commas, stretches.starts, stretches.sentences
    same = sentences[1:] == sentences[:-1]
    first, last = np.append(True, ~same)[: len(ends)], np.append(~same, True)[: len(ends)]
    lefts = np.where(first, stretches.sentence_starts[sentences], np.roll(rights, 1))
    right_ends = np.where(last, stretches.sentence_ends[sentences] - 1, np.roll(ends, -1))
    return Sides(lefts, ends, rights, right_ends, first, last)


def buckets(codes: NDArray[np.uint32], stretches: Stretches) -> NDArray[np.int64]:
    """Return the features of each comma as places in the table of weights.

    Args:
        codes: Code points of the text; shape (n,).
        stretches: The commas.

    Returns:
        Shape (n_commas, n_features); values 0 to SIZE - 1.
    """
    codes = np.concatenate([codes, np.zeros(_PAD, np.uint32)])
    codes[(codes >= ord("0")) & (codes <= ord("9"))] = ord("0")
    lefts, ends, rights, right_ends, first, last = sides_of(stretches)
    tail = [_at(codes, ends - one, lefts, ends) for one in (1, 2, 3, 4)]
    opening = [_at(codes, lefts + one, lefts, ends) for one in (0, 1, 2)]
    head = [_at(codes, rights + one, rights, right_ends) for one in (0, 1, 2, 3)]
    end = [_at(codes, right_ends - one, rights, right_ends) for one in (1, 2)]
    length = _sizes(ends - lefts) * np.uint32(2) + first
    rest = _sizes(right_ends - rights) * np.uint32(2) + last
    grams = [
        tail[:1], tail[:2], tail[:3], tail, head[:1], head[:2], head[:3], head, opening[:1], opening[:2],
        opening, end, [length], [rest], [length, rest], [tail[0], head[0]], [*tail[:2], head[0]],
        [tail[0], *head[:2]], [*opening[:2], *tail[:2]], [*opening[:2], *head[:2]], [*opening[:2], length],
        [*tail[:2], length], [*head[:2], rest], [opening[0], tail[0], head[0]],
    ]  # fmt: skip
    return np.stack([_hash(number, gram) for number, gram in enumerate(grams)], 1)


def _at(codes: NDArray[np.uint32], places: Ints, low: Ints, high: Ints) -> NDArray[np.uint32]:
    """Return the characters at the places that lie in `[low, high)`, 0 for the others."""
    inside = (places >= low) & (places < high)
    found: NDArray[np.uint32] = np.where(inside, codes[places.clip(0, len(codes) - 1)], 0).astype(np.uint32)
    return found


def _sizes(lengths: Ints) -> NDArray[np.uint32]:
    """Return lengths on a logarithmic scale, 0 to 12."""
    sizes: NDArray[np.uint32] = np.minimum(2 * np.log(np.maximum(lengths, 0) + 1), 12).astype(np.uint32)
    return sizes


def _hash(number: int, gram: list[NDArray[np.uint32]]) -> NDArray[np.int64]:
    value = np.full(len(gram[0]), number * 7919 + 1, np.uint32)
    for one in gram:
        value = (value ^ one) * _PRIME
        value ^= value >> _SHIFT
    places: NDArray[np.int64] = (value % np.uint32(SIZE)).astype(np.int64)
    return places


@lru_cache(maxsize=1)
def _weights() -> tuple[NDArray[np.float32], float]:
    with resources.files("pipeline.structure").joinpath("clause_filter.npy").open("rb") as file:
        table = np.load(file, allow_pickle=False)
    return table[:SIZE].astype(np.float32) / SCALE, float(table[SIZE]) / SCALE


def maybe_joined(codes: NDArray[np.uint32], stretches: Stretches) -> NDArray[np.bool_]:
    """Tell for each comma whether the stretch after it might join the one before it; shape (n_commas,)."""
    weights, threshold = _weights()
    if not len(stretches.commas):
        return np.zeros(0, bool)
    scores: NDArray[np.float32] = weights[buckets(codes, stretches)].sum(1)
    return scores >= threshold
