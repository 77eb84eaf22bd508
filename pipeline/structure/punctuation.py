"""Stops, commas and pairs of a whole text, found at once on its array of code points.

A stop or comma inside a pair of quotes or brackets does not split; a pair that ends with a stop ends the sentence
(guidelines, section 1). Pairs are short and stay within a line, or their closing mark was lost.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

_STOPS, _FULL_STOPS, _COMMAS = "。！？!?；;", "。！？!?", "，,"
_CLOSING = "”’」』）)】》〕\"'"
# Opening marks, closing marks, longest content; the forms of one bracket are one kind.
_PAIRS = (
    ("“", "”", 300), ("‘", "’", 300), ("《", "》", 100), ("「", "」", 300), ("『", "』", 300),
    ("（(", "）)", 300), ("【", "】", 100), ("[", "]", 100), ("〔", "〕", 100), ('"', '"', 100),
)  # fmt: skip
_NESTED = frozenset("（(“《")
_SPACES = "".join(chr(one) for one in range(0x3001) if chr(one).isspace())
_STOP, _FULL, _COMMA, _CLOSE, _PAIR, _SPACE, _DIGIT = (1 << bit for bit in range(7))
_LONGEST_RUN, _DEEPEST = 8, 3


def _classes() -> NDArray[np.uint8]:
    """Return what each code point of the basic plane is, as flags."""
    table = np.zeros(1 << 16, np.uint8)
    marks = "".join(opening + closing for opening, closing, _ in _PAIRS)
    flags = ((_STOPS, _STOP), (_FULL_STOPS, _FULL), (_COMMAS, _COMMA), (_CLOSING, _CLOSE), (marks, _PAIR),
             (_SPACES, _SPACE), ("0123456789", _DIGIT))  # fmt: skip
    for signs, flag in flags:
        for sign in signs:
            table[ord(sign)] |= flag
    return table


def _pair_kinds() -> NDArray[np.uint8]:
    """Return twice the number of a mark's pair, plus one for a closing mark; 0 for a line break."""
    table = np.zeros(1 << 16, np.uint8)
    for number, (opening, closing, _) in enumerate(_PAIRS):
        for sign in closing:
            table[ord(sign)] = 2 * number + 3
        for sign in opening:
            table[ord(sign)] = 2 * number + 2
    return table


_CLASSES, _PAIR_KINDS = _classes(), _pair_kinds()


@dataclass(frozen=True, slots=True)
class Punctuation:
    """Where a text may be cut.

    Attributes:
        codes: Code points of the text; shape (n,).
        spaces: Which of them are white space; shape (n + 1,), the last one False.
        stops: Ends of sentences, each after its stop and the closing marks that follow; ascending.
        commas: Indices of the commas at which a clause may end; ascending.
    """

    codes: NDArray[np.uint32]
    spaces: Flags
    stops: Ints
    commas: Ints

    def next_ink(self, at: Ints) -> Ints:
        """Return for each index the first one from it on that is no white space, at most the text's length."""
        at = at.copy()
        while (moving := self.spaces[at]).any():
            at[moving] += 1
        return at


def find_punctuation(text: str) -> Punctuation:
    """Find the stops and commas of a text that are outside pairs."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    kinds = _CLASSES[np.minimum(codes, 0xFFFF)]
    spaces = np.append((kinds & _SPACE) > 0, False)
    opens, closes = _pairs(codes, np.flatnonzero((kinds & _PAIR) | (codes == 10)))
    depth = np.zeros(len(codes) + 2, np.int32)
    depth[opens] += 1
    depth[closes + 1] -= 1
    outside = np.cumsum(depth)[: len(codes)] == 0
    free = np.where(outside, kinds, 0).astype(np.uint8)
    return Punctuation(codes, spaces, _sentence_ends(kinds, free, opens, closes, depth), _free_commas(kinds, free))


def _pairs(codes: NDArray[np.uint32], places: Ints) -> tuple[Ints, Ints]:
    """Return the indices of the opening and closing marks of all pairs."""
    signs = _PAIR_KINDS[np.minimum(codes[places], 0xFFFF)]
    none = np.zeros(0, np.int64)
    found: list[tuple[Ints, Ints]] = [(none, none)]
    for number, (opening, closing, longest) in enumerate(_PAIRS):
        own = (signs == 0) | (signs >> 1 == number + 1)
        at, kinds = places[own], signs[own]
        if not kinds.any():
            continue
        if opening == closing:
            found.append(_alternating(at, kinds == 0, longest))
            continue
        for _ in range(_DEEPEST if opening[0] in _NESTED else 1):
            inner = (kinds[:-1] == 2 * number + 2) & (kinds[1:] == 2 * number + 3)
            paired = np.flatnonzero(inner & (np.diff(at) <= longest + 1))
            found.append((at[paired], at[paired + 1]))
            left = np.delete(np.arange(len(at)), np.concatenate([paired, paired + 1]))
            at, kinds = at[left], kinds[left]
    return np.concatenate([one[0] for one in found]), np.concatenate([one[1] for one in found])


def _alternating(at: Ints, breaks: Flags, longest: int) -> tuple[Ints, Ints]:
    """Pair a mark that opens and closes alike: first with second, third with fourth, in each line."""
    count = np.cumsum(~breaks)
    before = np.maximum.accumulate(np.where(breaks, count, 0))
    odd = ~breaks & ((count - before) % 2 == 1)
    paired = np.flatnonzero(odd[:-1] & ~breaks[1:] & (np.diff(at) <= longest + 1))
    return at[paired], at[paired + 1]


def _sentence_ends(
    kinds: NDArray[np.uint8], free: NDArray[np.uint8], opens: Ints, closes: Ints, depth: NDArray[np.int32]
) -> Ints:
    """Return the ends of sentences: runs of stops and closing marks that begin with a stop."""
    ends = np.append((free & _STOP) > 0, False)
    outermost = np.cumsum(depth)[closes + 1] == 0 if len(closes) else np.zeros(0, bool)
    for back in (1, 2, 3):
        # “…。” or “…（…。）”: the stop stands before the closing marks.
        inner = np.maximum(closes - back, 0)
        quoted = outermost & ((kinds[inner] & _FULL) > 0) & (inner > opens)
        for step in range(1, back):
            quoted &= (kinds[closes - step] & _CLOSE) > 0
        ends[closes[quoted]] = True
    extending = np.append((free & (_STOP | _CLOSE)) > 0, False)
    grown = ends.copy()
    for _ in range(_LONGEST_RUN):
        more = np.zeros_like(grown)
        more[1:] = grown[:-1] & extending[1:] & ~grown[1:]
        if not more.any():
            break
        grown |= more
    return np.flatnonzero(grown[:-1] & ~grown[1:]) + 1


def _free_commas(kinds: NDArray[np.uint8], free: NDArray[np.uint8]) -> Ints:
    """Return the commas outside pairs that part no thousands (3，000)."""
    commas = np.flatnonzero(free & _COMMA)
    padded = np.concatenate([[0], kinds, [0, 0, 0]])
    digits = (padded & _DIGIT) > 0
    thousands = digits[commas] & digits[commas + 2] & digits[commas + 3] & digits[commas + 4]
    return commas[~thousands]
