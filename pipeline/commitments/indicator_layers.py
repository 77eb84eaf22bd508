"""The sums of the network of `indicator_net`, batch by batch, in memory that each batch writes over again."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.commitments.indicator_windows import AFTER, BEFORE, QUOTE, WIDTH, numbered, positions

DILATIONS = (1, 2, 4, 8)
CLOSED = -1e4
"""The score of a place that cannot be pointed at."""
_BATCH = 32
"""What fits the processor's cache."""

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


class Net(NamedTuple):
    """The shipped weights, made ready: values are kept channel by channel, so that a shift in place is one slice.

    Attributes:
        signs: What the first layer makes of each sign; shape (channels, signs).
        around: What it adds for each place of the window; shape (channels, WIDTH, 1).
        convolutions: Of each dilation the kernel (3 channels, channels), one step after the other, and the bias.
        layers: All weights by name, each bias a column.
        places: The place of each code point in the embedding (0 none, 1 unknown).
    """

    signs: Floats
    around: Floats
    convolutions: list[tuple[Floats, Floats]]
    layers: dict[str, Floats]
    places: Ints


@lru_cache(maxsize=1)
def net() -> Net:
    """Return the shipped weights, made ready."""
    from safetensors.numpy import load

    content = load(resources.files("pipeline.commitments").joinpath("indicator_net.safetensors").read_bytes())
    places = numbered(content.pop("alphabet").astype(np.int64))
    layers = {name: one.astype(np.float32) for name, one in content.items()}
    layers |= {name: one[:, None] for name, one in layers.items() if name.endswith("bias")}
    around: Floats = np.repeat(layers["part"], [BEFORE, QUOTE, AFTER], axis=0) + layers["position"][positions()]
    return Net(
        signs=np.ascontiguousarray((layers["embedding"] @ layers["first"].T).T),
        around=np.ascontiguousarray((around @ layers["first"].T).T)[:, :, None],
        convolutions=[
            (np.concatenate(layers[f"layer{number}"].transpose(2, 0, 1)), layers[f"layer{number}_bias"])
            for number in range(len(DILATIONS))
        ],
        layers=layers,
        places=places,
    )


class _Work:
    """Memory of a batch: arrays made afresh would take a third of the time.

    Attributes:
        both: Of each channel its value, and under them the same weighed by the quantity; shape (2 channels, columns).
        steps: What the three steps of a convolution make of them; shape (3 channels, columns).
    """

    def __init__(self, channels: int, columns: int) -> None:
        self.both = np.empty((2 * channels, columns), np.float32)
        self.steps = np.empty((3 * channels, columns), np.float32)


def place_scores(net: Net, seen: Ints) -> tuple[Floats, Floats]:
    """Return the scores of the places of each window, and of none, as start and as end; both (n, WIDTH + 1).

    Args:
        net: The weights.
        seen: The signs of each window, by their place in the embedding; shape (n, WIDTH).
    """
    found = np.empty((2, len(seen), WIDTH + 1), np.float32)
    work = _Work(len(net.signs), WIDTH * _BATCH)
    for at in range(0, len(seen), _BATCH):
        some = seen[at : at + _BATCH]
        if len(some) < _BATCH:
            work = _Work(len(net.signs), WIDTH * len(some))
        _forward(net, some, work, found[:, at : at + _BATCH])
    return found[0], found[1]


def _forward(net: Net, seen: Ints, work: _Work, found: Floats) -> None:
    """Write the scores of a batch.

    All windows lie side by side, place by place, so that a shift by a place is one by as many columns as windows.
    """
    n, layers, channels = len(seen), net.layers, len(net.signs)
    hidden, weighed = work.both[:channels], work.both[channels:]
    outside = seen.T.reshape(-1) == 0
    edges = np.flatnonzero(outside)
    _first(net, seen.T.reshape(-1), hidden)
    hidden[:, edges] = 0
    for (kernel, bias), dilation in zip(net.convolutions, DILATIONS, strict=True):
        hidden += _relu(_convolve(hidden, kernel, dilation * n, work.steps), bias)
        hidden[:, edges] = 0
    placed = hidden.reshape(-1, WIDTH, n)
    asked = layers["asked"] @ placed[:, BEFORE : BEFORE + QUOTE].max(1) + layers["asked_bias"]
    np.multiply(placed, asked[:, None], out=weighed.reshape(placed.shape))
    mixed = _relu(np.matmul(layers["mix"], work.both, out=work.steps[:channels]), layers["mix_bias"])
    scores = layers["out"] @ mixed + layers["out_bias"]
    scores[:, edges] = CLOSED
    scores = scores.reshape(2, WIDTH, n)
    scores[:, BEFORE : BEFORE + QUOTE] = CLOSED
    found[:, :, :WIDTH] = scores.transpose(0, 2, 1)
    found[:, :, WIDTH] = layers["none"] @ asked + layers["none_bias"]


def _first(net: Net, places: Ints, hidden: Floats) -> None:
    """Write what the first layer makes of the signs, (channels, columns)."""
    net.signs.take(places, axis=1, out=hidden, mode="clip")
    by_place = hidden.reshape(len(hidden), WIDTH, -1)
    by_place += net.around
    _relu(hidden, net.layers["first_bias"])


def _relu(values: Floats, bias: Floats) -> Floats:
    """Add a bias to each channel and cut off what is below zero, in place; against a row of zeros it takes half the time."""
    values += bias
    return np.maximum(values, np.zeros(values.shape[1], np.float32), out=values)


def _convolve(values: Floats, kernel: Floats, shift: int, steps: Floats) -> Floats:
    """Convolve (channels, columns) with a kernel of three steps, `shift` columns apart, padded with zeros."""
    channels = len(values)
    np.matmul(kernel, values, out=steps)
    total: Floats = steps[channels : 2 * channels]
    total[:, shift:] += steps[:channels, :-shift]
    total[:, :-shift] += steps[2 * channels :, shift:]
    return total
