"""What the network of `indicator_net` sees: the characters around a quantity, as numbers."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

BEFORE, QUOTE, AFTER = 64, 8, 20
"""Characters that are read before the quantity, of its end, and after it."""
WIDTH = BEFORE + QUOTE + AFTER

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


def numbered(alphabet: Ints) -> Ints:
    """Return the place of each code point of the basic plane in the embedding."""
    places = np.ones(1 << 16, np.int64)
    places[0] = 0
    places[alphabet] = np.arange(2, len(alphabet) + 2)
    return places
