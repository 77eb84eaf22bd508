"""How well paragraphs go on into each other, in bits, by a character language model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.reading.ngrams import ORDER, UNKNOWN, Codes, encode, load_model, normalise
from pipeline.reading.rests import rest_bits

Matrix = NDArray[np.float64]
_REACH = ORDER - 1
_NEAR = 32
_FAR = 16
_BREAK = ord("\n")
# Their weights in the sum and the most that the linear one may say; chosen on pages of the places for development.
_BY_MODEL, _BY_REST, _MOST_REST = 0.3, 0.9, 6.0


@dataclass(frozen=True, slots=True)
class JoinScores:
    """Scores of all pairs of endings and beginnings, log2 of probabilities.

    Attributes:
        onward: Of each beginning right after each ending. Shape: endings x beginnings.
        end: Of a paragraph's end after each ending. Shape: endings.
        start: Of each beginning at the start of a paragraph. Shape: beginnings.
        alone: Of each beginning after nothing known. Shape: beginnings.
        rest: Bits by which each beginning is likelier the rest of a paragraph, by more of its characters.
    """

    onward: Matrix
    end: Matrix
    start: Matrix
    alone: Matrix
    rest: Matrix

    @property
    def drawn(self) -> Matrix:
        """Bits that speak for each beginning right after each ending. Shape: endings x beginnings.

        How much likelier the ending makes it, and how much likelier it is the rest of a paragraph than a beginning, as
        two models see it: the language model by four characters, a linear one by twelve.
        """
        asked = _BY_MODEL * (self.alone - self.start) + _BY_REST * self.rest
        return self.onward - self.alone[None, :] + asked[None, :]


def score_joins(lefts: Sequence[str], rights: Sequence[str]) -> JoinScores:
    """Score all pairs of an ending (of `lefts`) with a beginning (of `rights`)."""
    ends, starts = _endings(lefts), _beginnings(rights)
    shape = (len(lefts), len(rights), _REACH)
    before = np.broadcast_to(ends[:, None], shape)
    after = np.broadcast_to(starts[None], shape)
    breaks = np.full((len(lefts), 1), _BREAK, np.uint32)
    opening = np.full((len(rights), _REACH), UNKNOWN, np.uint32)
    opening[:, -1] = _BREAK
    return JoinScores(
        _bits(before.reshape(-1, _REACH), after.reshape(-1, _REACH)).reshape(shape[:2]),
        _bits(ends, breaks),
        _bits(opening, starts),
        _bits(np.full_like(opening, UNKNOWN), starts),
        np.minimum(rest_bits(rights), _MOST_REST),
    )


def score_neighbours(lefts: Sequence[str], rights: Sequence[str]) -> tuple[Matrix, Matrix]:
    """Score each ending with the beginning of the same index alone.

    Returns:
        The bits by which one paragraph is likelier than two, and those by which the ending alone makes the beginning
        likelier. Shape of each: pairs.
    """
    ends, starts = _endings(lefts), _beginnings(rights)
    opening = np.full_like(starts, UNKNOWN)
    opening[:, -1:] = _BREAK
    breaks = np.full((len(lefts), 1), _BREAK, np.uint32)
    onward = _bits(ends, starts)
    return onward - _bits(ends, breaks) - _bits(opening, starts), onward - _bits(np.full_like(opening, UNKNOWN), starts)


def score_ends(texts: Sequence[str]) -> Matrix:
    """Return log2 of the probability that a paragraph ends after each text."""
    return _bits(_endings(texts), np.full((len(texts), 1), _BREAK, np.uint32))


def score_onward(lefts: Sequence[str], texts: Sequence[str]) -> Matrix:
    """Return log2 of the probability of each text (its first 16 characters) read on after each ending.

    Returns:
        Shape: endings x texts.
    """
    after = np.full((len(texts), _FAR), UNKNOWN, np.uint32)
    for i, text in enumerate(texts):
        codes = encode(normalise(text[: 2 * _FAR]))[:_FAR]
        after[i, : len(codes)] = codes
    before = np.repeat(_endings(lefts), len(texts), axis=0)
    return _bits(before, np.tile(after, (len(lefts), 1))).reshape(len(lefts), len(texts))


def _endings(texts: Sequence[str]) -> Codes:
    """Return the last characters of each text. Shape: texts x 4."""
    found = np.full((len(texts), _REACH), UNKNOWN, np.uint32)
    for i, text in enumerate(texts):
        codes = encode("\n" + normalise(text[-_NEAR:]))[-_REACH:]
        found[i, _REACH - len(codes) :] = codes
    return found


def _beginnings(texts: Sequence[str]) -> Codes:
    """Return the first characters of each text. Shape: texts x 4."""
    found = np.full((len(texts), _REACH), UNKNOWN, np.uint32)
    for i, text in enumerate(texts):
        codes = encode(normalise(text[:_NEAR]))[:_REACH]
        found[i, : len(codes)] = codes
    return found


def _bits(before: Codes, after: Codes) -> Matrix:
    """Return log2 of the probability of the characters `after` read on from those `before`."""
    line = np.concatenate([before, after], axis=1)
    windows = np.lib.stride_tricks.sliding_window_view(line, ORDER, axis=1)
    bits = load_model().bits(windows.reshape(-1, ORDER)).reshape(windows.shape[:2])
    found: Matrix = np.where(after == UNKNOWN, 0.0, bits).sum(1)
    return found
