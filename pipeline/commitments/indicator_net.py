"""Where the thing measured is named: a small convolutional network that points at its first and last character.

It reads the characters around a quantity and scores each as the start and as the end of the indicator (a pointer
network; Vinyals et al., 2015); that none is named has a score of its own. It first learnt from the rules of
`indicators` on reports without labels, then from labelled quantities (`models/train_indicators.py`). Here it runs in
NumPy.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import resources
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.records import Span

BEFORE, QUOTE, AFTER = 64, 8, 20
"""Characters that are read before the quantity, of its end, and after it."""
WIDTH = BEFORE + QUOTE + AFTER
LONGEST = 30
"""Characters of an indicator."""
DILATIONS = (1, 2, 4, 8)
_BATCH = 16
"""What fits the processor's cache."""
_CLOSED = -1e4

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


def positions() -> Ints:
    """Return for each place of a window how far it lies from the quantity, on a logarithmic scale before it."""
    ahead = [min(31, int(np.log2(max(1, BEFORE - at)) * 5)) for at in range(BEFORE)]
    return np.array([*ahead, *[32] * QUOTE, *(min(63, 33 + at) for at in range(AFTER))], np.int64)


def windows(text: str, spans: Ints) -> NDArray[np.uint32]:
    """Return the code points around each quantity, every digit as `0`, 0 where the text ends; shape (n, WIDTH).

    Args:
        text: Any text.
        spans: Start and end of the quantities; shape (n, 2).
    """
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    starts, ends = spans[:, :1], spans[:, 1:]
    before, after = starts - BEFORE + np.arange(BEFORE), ends + np.arange(AFTER)
    quote = ends - QUOTE + np.arange(QUOTE)
    places = np.concatenate([before, np.where(quote >= starts, quote, -1), after], 1)
    inside = (places >= 0) & (places < len(codes))
    found = np.where(inside, codes[places.clip(0, len(codes) - 1)], 0).astype(np.uint32)
    for zero in ("0", "０"):
        found[(found >= ord(zero)) & (found <= ord(zero) + 9)] = ord("0")
    return found


class _Weights(NamedTuple):
    """The shipped weights, and the place of each code point in the embedding (0 none, 1 unknown)."""

    layers: dict[str, Floats]
    places: Ints


def numbered(alphabet: Ints) -> Ints:
    """Return the place of each code point of the basic plane in the embedding."""
    places = np.ones(1 << 16, np.int64)
    places[0] = 0
    places[alphabet] = np.arange(2, len(alphabet) + 2)
    return places


@lru_cache(maxsize=1)
def _weights() -> _Weights:
    from safetensors.numpy import load

    content = load(resources.files("pipeline.commitments").joinpath("indicator_net.safetensors").read_bytes())
    places = numbered(content.pop("alphabet").astype(np.int64))
    return _Weights({name: one.astype(np.float32) for name, one in content.items()}, places)


def indicator_spans(text: str, spans: Ints) -> list[Span | None]:
    """Return where the indicator of each quantity is named, None where it is not.

    Args:
        text: The text of the quantities.
        spans: Start and end of each; shape (n, 2).
    """
    layers, places = _weights()
    found: list[Span | None] = []
    for at in range(0, len(spans), _BATCH):
        part = spans[at : at + _BATCH]
        seen = places[np.minimum(windows(text, part), 0xFFFF)]
        pointed = decode(*_forward(layers, seen))
        found += [_span(start, end, *own) for (start, end), own in zip(part.tolist(), pointed.tolist(), strict=True)]
    return found


def _span(start: int, end: int, first: int, last: int) -> Span | None:
    if first < 0:
        return None
    origin = start - BEFORE if first < BEFORE else end - BEFORE - QUOTE
    return origin + first, origin + last + 1


def decode(starts: Floats, ends: Floats) -> Ints:
    """Return the best first and last place of each window, -1 and -1 where none is named.

    Args:
        starts: Scores of the places as start, and of none; shape (n, WIDTH + 1).
        ends: The same as end.
    """
    step = np.arange(WIDTH)
    length = step[None, :] - step[:, None]
    allowed = (length >= 0) & (length < LONGEST) & ((step[:, None] < BEFORE) == (step[None, :] < BEFORE))
    starts, ends = _log_softmax(starts), _log_softmax(ends)
    scores = np.where(allowed, starts[:, :WIDTH, None] + ends[:, None, :WIDTH], _CLOSED).reshape(len(starts), -1)
    best = scores.argmax(1)
    named = scores[np.arange(len(best)), best] >= starts[:, WIDTH] + ends[:, WIDTH]
    return np.where(named[:, None], np.stack([best // WIDTH, best % WIDTH], 1), -1)


def _log_softmax(scores: Floats) -> Floats:
    scores = scores - scores.max(1, keepdims=True)
    found: Floats = scores - np.log(np.exp(scores).sum(1, keepdims=True))
    return found


def _forward(layers: dict[str, Floats], places: Ints) -> tuple[Floats, Floats]:
    n = len(places)
    inside = (places > 0)[:, :, None].astype(np.float32)
    around = np.repeat(layers["part"], [BEFORE, QUOTE, AFTER], axis=0) + layers["position"][positions()]
    hidden = _relu((layers["embedding"][places] + around) @ layers["first"].T + layers["first_bias"]) * inside
    for number, dilation in enumerate(DILATIONS):
        more = _convolve(hidden, layers[f"layer{number}"], layers[f"layer{number}_bias"], dilation)
        hidden = (hidden + _relu(more)) * inside
    asked = hidden[:, BEFORE : BEFORE + QUOTE].max(1) @ layers["asked"].T + layers["asked_bias"]
    both = np.concatenate([hidden, hidden * asked[:, None]], 2)
    hidden = _relu(both @ layers["mix"].T + layers["mix_bias"])
    scores = hidden @ layers["out"].T + layers["out_bias"]
    closed = (places == 0) | ((np.arange(WIDTH) >= BEFORE) & (np.arange(WIDTH) < BEFORE + QUOTE))
    scores = np.where(closed[:, :, None], _CLOSED, scores)
    none = (asked @ layers["none"].T + layers["none_bias"]).reshape(n, 1)
    return np.concatenate([scores[:, :, 0], none], 1), np.concatenate([scores[:, :, 1], none], 1)


def _relu(values: Floats) -> Floats:
    found: Floats = np.maximum(values, 0)
    return found


def _convolve(values: Floats, kernel: Floats, bias: Floats, dilation: int) -> Floats:
    """Convolve (n, length, channels) with a kernel (out, channels, 3), padded to the same length."""
    n, length, channels = values.shape
    padded = np.zeros((n, length + 2 * dilation, channels), np.float32)
    padded[:, dilation:-dilation] = values
    total = np.broadcast_to(bias, (n * length, len(bias))).copy()
    for step in range(3):
        part = padded[:, step * dilation : step * dilation + length]
        total += part.reshape(-1, channels) @ kernel[:, :, step].T
    return total.reshape(n, length, -1)
