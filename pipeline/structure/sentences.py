"""Sentences and the stretches between their commas, for all paragraphs of a text at once."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from pipeline.structure.punctuation import Ints, Punctuation

_CLOSING = "”’」』）)】》〕\"'"
_STOPS = re.compile(rf"[。！？!?；;]+[{_CLOSING}。！？!?；;]*")
_OPENING = re.compile(r"[“‘《「『（(【\[〔]")
_PAIR = re.compile(
    r"“[^”]*”|‘[^’]*’|《[^》]*》|「[^」]*」|『[^』]*』|（[^）]*）|\([^)]*\)|【[^】]*】|\[[^\]]*\]|〔[^〕]*〕"
)


@dataclass(frozen=True, slots=True)
class Stretches:
    """Sentences, and the commas within them at which a clause may end; all arrays ascend.

    Attributes:
        sentence_starts: Start of each sentence; shape (n,).
        sentence_ends: Its end, after the stop; shape (n,).
        commas: Index of each comma; shape (m,).
        starts: Start of the stretch after it; shape (m,).
        sentences: Index of its sentence; shape (m,).
    """

    sentence_starts: Ints
    sentence_ends: Ints
    commas: Ints
    starts: Ints
    sentences: Ints


def cut(punctuation: Punctuation, starts: Ints, ends: Ints) -> Stretches:
    """Cut paragraphs into sentences and these at their commas.

    Args:
        punctuation: Of the whole text.
        starts: Start of each paragraph; ascending.
        ends: Its end, after its last character that is no space.
    """
    starts = punctuation.next_ink(starts)
    stops = punctuation.stops if len(starts) else starts
    at = np.searchsorted(starts, stops, "left") - 1
    after = punctuation.next_ink(stops)
    inner = (at >= 0) & (stops <= ends[at]) & (after < ends[at])
    sentence_starts = np.sort(np.concatenate([starts, after[inner]]))
    sentence_ends = np.sort(np.concatenate([stops[inner], ends]))
    commas = punctuation.commas if len(starts) else starts
    following = punctuation.next_ink(commas + 1)
    sentence = np.searchsorted(sentence_starts, commas, "right") - 1
    inside = (sentence >= 0) & (following < sentence_ends[sentence])
    return Stretches(sentence_starts, sentence_ends, commas[inside], following[inside], sentence[inside])


def first_stop(text: str) -> int:
    """Return the end of the first sentence of a line; its length where no stop is inside.

    A stop inside a pair of quotes or brackets is none, as for `punctuation.find_punctuation`.
    """
    stop = _STOPS.search(text)
    if stop is None or not _OPENING.search(text, 0, stop.start()):
        return len(text) if stop is None else stop.end()
    at = 0
    while stop is not None:
        opening = _OPENING.search(text, at, stop.start())
        if opening is None:
            return stop.end()
        pair = _PAIR.match(text, opening.start())
        at = pair.end() if pair else opening.end()
        if at > stop.start():
            stop = _STOPS.search(text, at)
    return len(text)
