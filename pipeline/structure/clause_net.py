"""A small convolutional network that reads the characters on both sides of a comma.

Two layers of width 3 over the end of the stretch before the comma and the start of the one after it; what is strongest
anywhere and what stands at the comma decide. It first learnt, on work reports without labels, to tell commas from
stops, then joins from the labelled commas (`models/train_clauses.py`, `models/clause_net.py`). Here it runs in NumPy.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import resources
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.structure.clause_filter import Sides, sides_of
from pipeline.structure.punctuation import Ints
from pipeline.structure.sentences import Stretches

LEFT, RIGHT = 24, 16
"""Characters that are read before and after the comma."""
_LEFT_HEAD, _RIGHT_TAIL = 8, 5
LONGEST = 40
"""Lengths of stretches count up to this."""
_BATCH = 512

Floats = NDArray[np.float32]


class Windows(NamedTuple):
    """What the network sees of n commas.

    Attributes:
        codes: Code points before and after the comma, 0 where there is none; shape (n, LEFT + RIGHT).
        sizes: Lengths of the two stretches, 0 to LONGEST; shape (n, 2).
        edges: Whether the stretches are the first and the last of their sentence; shape (n, 2).
    """

    codes: NDArray[np.uint32]
    sizes: Ints
    edges: Floats


def windows(codes: NDArray[np.uint32], stretches: Stretches, chosen: Ints) -> Windows:
    """Return what the network sees of the chosen commas.

    Args:
        codes: Code points of the text.
        stretches: All commas.
        chosen: Indices of the commas to look at; shape (n,).
    """
    every = sides_of(stretches)
    sides = Sides(
        every.lefts[chosen], every.left_ends[chosen], every.rights[chosen], every.right_ends[chosen],
        every.first[chosen], every.last[chosen],
    )  # fmt: skip
    before, after = sides.left_ends - sides.lefts, sides.right_ends - sides.rights
    step = np.arange(LEFT)
    # A long stretch shows its head and its end, a short one stands at the comma.
    places = sides.left_ends[:, None] - LEFT + step
    places = np.where((before > LEFT)[:, None] & (step < _LEFT_HEAD), sides.lefts[:, None] + step, places)
    left = np.where(places >= sides.lefts[:, None], codes[places.clip(0)], 0)
    step = np.arange(RIGHT)
    places = sides.rights[:, None] + step
    tail = (after > RIGHT)[:, None] & (step >= RIGHT - _RIGHT_TAIL)
    places = np.where(tail, sides.right_ends[:, None] - RIGHT + step, places)
    right = np.where(places < sides.right_ends[:, None], codes[places.clip(0, len(codes) - 1)], 0)
    seen = np.concatenate([left, right], 1).astype(np.uint32)
    seen[(seen >= ord("0")) & (seen <= ord("9"))] = ord("0")
    sizes = np.stack([before, after], 1).clip(0, LONGEST)
    return Windows(seen, sizes, np.stack([sides.first, sides.last], 1).astype(np.float32))


class _Weights(NamedTuple):
    """The shipped weights, and the place of each code point in the embedding (0 none, 1 unknown)."""

    layers: dict[str, Floats]
    places: Ints


@lru_cache(maxsize=1)
def _weights() -> _Weights:
    from safetensors.numpy import load

    content = load(resources.files("pipeline.structure").joinpath("clause_net.safetensors").read_bytes())
    alphabet = content.pop("alphabet").astype(np.int64)
    places = np.ones(1 << 16, np.int64)
    places[0] = 0
    places[alphabet] = np.arange(2, len(alphabet) + 2)
    return _Weights({name: one.astype(np.float32) for name, one in content.items()}, places)


def join_scores(seen: Windows) -> Floats:
    """Return for each comma how much the network holds it for a join, in log odds; shape (n,)."""
    layers, places = _weights()
    parts = [np.zeros(0, np.float32)]
    for at in range(0, len(seen.codes), _BATCH):
        part = slice(at, at + _BATCH)
        found = places[np.minimum(seen.codes[part], 0xFFFF)]
        parts.append(_forward(layers, found, seen.sizes[part], seen.edges[part]))
    return np.concatenate(parts)


def _forward(layers: dict[str, Floats], places: Ints, sizes: Ints, edges: Floats) -> Floats:
    inside = (places > 0)[:, :, None].astype(np.float32)
    side = np.repeat(layers["side"], [LEFT, RIGHT], axis=0)
    values = (layers["embedding"][places] + side) * inside
    hidden = np.maximum(_convolve(values, layers["first"], layers["first_bias"]), 0) * inside
    hidden = (np.maximum(_convolve(hidden, layers["second"], layers["second_bias"]), 0) + hidden) * inside
    left, right = hidden[:, :LEFT], hidden[:, LEFT:]
    lengths = layers["sizes"][sizes + np.array([0, LONGEST + 1])].reshape(len(places), -1)
    joined = [left.max(1), right.max(1), left[:, -1], right[:, 0], left[:, -2], lengths, edges]
    inner = np.maximum(np.concatenate(joined, 1) @ layers["inner"].T + layers["inner_bias"], 0)
    found: Floats = (inner @ layers["outer"].T + layers["outer_bias"])[:, 0]
    return found


def _convolve(values: Floats, kernel: Floats, bias: Floats) -> Floats:
    """Convolve (n, length, channels) with a kernel (out, channels, 3), padded by one."""
    n, length, channels = values.shape
    padded = np.zeros((n, length + 2, channels), np.float32)
    padded[:, 1:-1] = values
    total = np.broadcast_to(bias, (n * length, len(bias))).copy()
    for step in range(3):
        total += padded[:, step : step + length].reshape(-1, channels) @ kernel[:, :, step].T
    return total.reshape(n, length, -1)
