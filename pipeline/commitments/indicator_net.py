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
_BATCH = 32
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


class _Net(NamedTuple):
    """The shipped weights, made ready: values are kept channel by channel, so that a shift in place is one slice.

    Attributes:
        signs: What the first layer makes of each sign; shape (signs, channels).
        around: What it adds for each place of the window; shape (WIDTH, 1, channels).
        convolutions: Of each dilation the kernel (3 channels, channels), one step after the other, and the bias.
        layers: All weights by name, each bias a column.
        places: The place of each code point in the embedding (0 none, 1 unknown).
    """

    signs: Floats
    around: Floats
    convolutions: list[tuple[Floats, Floats]]
    layers: dict[str, Floats]
    places: Ints


def numbered(alphabet: Ints) -> Ints:
    """Return the place of each code point of the basic plane in the embedding."""
    places = np.ones(1 << 16, np.int64)
    places[0] = 0
    places[alphabet] = np.arange(2, len(alphabet) + 2)
    return places


@lru_cache(maxsize=1)
def _net() -> _Net:
    from safetensors.numpy import load

    content = load(resources.files("pipeline.commitments").joinpath("indicator_net.safetensors").read_bytes())
    places = numbered(content.pop("alphabet").astype(np.int64))
    layers = {name: one.astype(np.float32) for name, one in content.items()}
    layers |= {name: one[:, None] for name, one in layers.items() if name.endswith("bias")}
    around: Floats = np.repeat(layers["part"], [BEFORE, QUOTE, AFTER], axis=0) + layers["position"][positions()]
    return _Net(
        signs=layers["embedding"] @ layers["first"].T,
        around=(around @ layers["first"].T)[:, None],
        convolutions=[
            (np.concatenate(layers[f"layer{number}"].transpose(2, 0, 1)), layers[f"layer{number}_bias"])
            for number in range(len(DILATIONS))
        ],
        layers=layers,
        places=places,
    )


def indicator_spans(text: str, spans: Ints) -> list[Span | None]:
    """Return where the indicator of each quantity is named, None where it is not.

    Args:
        text: The text of the quantities.
        spans: Start and end of each; shape (n, 2).
    """
    net = _net()
    seen = net.places[np.minimum(windows(text, spans), 0xFFFF)]
    pointed = [decode(*_forward(net, seen[at : at + _BATCH])) for at in range(0, len(seen), _BATCH)]
    places = [one for batch in pointed for one in batch.tolist()]
    return [_span(start, end, *own) for (start, end), own in zip(spans.tolist(), places, strict=True)]


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
    scores = np.concatenate([_pairs(starts, ends, 0, BEFORE), _pairs(starts, ends, BEFORE, WIDTH)], 1)
    scores = scores.reshape(len(scores), -1)
    best = scores.argmax(1)
    # The sums over all places, which would make probabilities of the scores, are the same on both sides.
    named = scores[np.arange(len(best)), best] >= starts[:, WIDTH] + ends[:, WIDTH]
    first, length = best // LONGEST, best % LONGEST
    return np.where(named[:, None], np.stack([first, first + length], 1), -1)


def _pairs(starts: Floats, ends: Floats, low: int, high: int) -> Floats:
    """Return the score of each start in [low, high) with each of the LONGEST ends from there, (n, high - low, LONGEST)."""
    padded = np.full((len(ends), high - low + LONGEST - 1), _CLOSED, np.float32)
    padded[:, : high - low] = ends[:, low:high]
    found: Floats = starts[:, low:high, None] + np.lib.stride_tricks.sliding_window_view(padded, LONGEST, axis=1)
    return found


def _forward(net: _Net, seen: Ints) -> tuple[Floats, Floats]:
    """Return the scores of the places of each window, and of none, as start and as end; both (n, WIDTH + 1).

    All windows lie side by side, place by place, so that a shift by a place is one by as many columns as windows.
    """
    n, layers = len(seen), net.layers
    hidden, inside = _first(net, seen.T.reshape(-1), n)
    for (kernel, bias), dilation in zip(net.convolutions, DILATIONS, strict=True):
        more = _convolve(hidden, kernel, dilation * n)
        hidden += _relu(more, bias)
        hidden *= inside
    placed = hidden.reshape(-1, WIDTH, n)
    asked = layers["asked"] @ placed[:, BEFORE : BEFORE + QUOTE].max(1) + layers["asked_bias"]
    both = np.concatenate([hidden, (placed * asked[:, None]).reshape(hidden.shape)])
    mixed = _relu(layers["mix"] @ both, layers["mix_bias"])
    scores = (layers["out"] @ mixed + layers["out_bias"]).reshape(2, WIDTH, n)
    scores[:, seen.T == 0] = _CLOSED
    scores[:, BEFORE : BEFORE + QUOTE] = _CLOSED
    none = layers["none"] @ asked + layers["none_bias"]
    starts, ends = (np.concatenate([one, none]).T for one in scores)
    return starts, ends


def _first(net: _Net, places: Ints, n: int) -> tuple[Floats, Floats]:
    """Return what the first layer makes of the signs, (channels, WIDTH n), and where there are any, (WIDTH n)."""
    rows = net.signs.take(places, axis=0).reshape(WIDTH, n, -1)
    rows += net.around
    inside = (places > 0).astype(np.float32)
    hidden = _relu(np.ascontiguousarray(rows.reshape(WIDTH * n, -1).T), net.layers["first_bias"])
    hidden *= inside
    return hidden, inside


def _relu(values: Floats, bias: Floats) -> Floats:
    """Add a bias to each channel and cut off what is below zero, in place; against a row of zeros it takes half the time."""
    values += bias
    return np.maximum(values, np.zeros(values.shape[1], np.float32), out=values)


def _convolve(values: Floats, kernel: Floats, shift: int) -> Floats:
    """Convolve (channels, columns) with a kernel of three steps, `shift` columns apart, padded with zeros."""
    channels = len(values)
    steps = kernel @ values
    total: Floats = steps[channels : 2 * channels]
    total[:, shift:] += steps[:channels, :-shift]
    total[:, :-shift] += steps[2 * channels :, shift:]
    return total
