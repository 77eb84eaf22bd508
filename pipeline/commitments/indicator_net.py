"""Where the thing measured is named: a small convolutional network that points at its first and last character.

It reads the characters around a quantity and scores each as the start and as the end of the indicator (a pointer
network; Vinyals et al., 2015); that none is named has a score of its own. It first learnt from the rules of
`indicators` on reports without labels, then from labelled quantities (`models/train_indicators.py`). Here it runs in
NumPy.
"""

from __future__ import annotations

import numpy as np

from pipeline.commitments.indicator_layers import CLOSED, DILATIONS, Floats, Ints, net, place_scores
from pipeline.commitments.indicator_windows import AFTER, BEFORE, QUOTE, WIDTH, numbered, positions, windows
from pipeline.records import Span

__all__ = [
    "AFTER", "BEFORE", "DILATIONS", "LONGEST", "QUOTE", "WIDTH",
    "decode", "indicator_spans", "numbered", "positions", "windows",
]  # fmt: skip

LONGEST = 30
"""Characters of an indicator."""


def indicator_spans(text: str, spans: Ints) -> list[Span | None]:
    """Return where the indicator of each quantity is named, None where it is not.

    Args:
        text: The text of the quantities.
        spans: Start and end of each; shape (n, 2).
    """
    layers = net()
    seen = layers.places[np.minimum(windows(text, spans), 0xFFFF)]
    places = decode(*place_scores(layers, seen)).tolist()
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
    beyond = np.full((len(ends), LONGEST - 1), CLOSED, np.float32)
    # An indicator lies on one side of the quantity: no end is reached across the gap between the sides.
    sides = [ends[:, :BEFORE], beyond, ends[:, BEFORE:WIDTH], beyond]
    reached = np.concatenate(sides, 1)
    best_end = _largest_ahead(reached)
    sums = starts[:, :WIDTH] + np.concatenate([best_end[:, :BEFORE], best_end[:, BEFORE + LONGEST - 1 :]], 1)
    first, rows = sums.argmax(1), np.arange(len(sums))
    # The sums over all places, which would make probabilities of the scores, are the same on both sides.
    named = sums[rows, first] >= starts[:, WIDTH] + ends[:, WIDTH]
    at = np.where(first < BEFORE, first, first + LONGEST - 1)
    ahead = reached[rows[:, None], at[:, None] + np.arange(LONGEST)]
    last = first + (starts[rows, first][:, None] + ahead).argmax(1)
    return np.where(named[:, None], np.stack([first, last], 1), -1)


def _largest_ahead(values: Floats) -> Floats:
    """Return at each place the largest of the LONGEST values from there, shape (n, places - LONGEST + 1)."""
    width = 1
    while 2 * width <= LONGEST:
        values = np.maximum(values[:, :-width], values[:, width:])
        width *= 2
    found: Floats = np.maximum(values[:, : width - LONGEST], values[:, LONGEST - width :])
    return found
