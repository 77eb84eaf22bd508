"""Paragraphs that do not end, paragraphs that do not begin, and the blocks between them."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from pipeline.reading.furniture import ENUMERATED, SENTENCE_END
from pipeline.reading.joining import score_ends, score_joins, score_neighbours
from pipeline.reading.lines import Paragraph
from pipeline.records import Span

_CLOSERS = '”’」』》）)"】'
_ENDS = frozenset("。！？；!?;：:…")
_STOPS = ("。", "；", "！", "？")
CLOSING_START = frozenset("，,、。；;：:）)》”’？！%％")
_COMMAS = frozenset("，,、（(《“")
_LEAST = 8
_NO_TITLE = 48
_WORD = 14.0
_DRAWN = 3.0
_SHORT_DRAWN = 4.0
_SHORT_END = -12.0
_HARDLY = -8.0
_NEVER = -14.0
_TITLE = 13.0
_ONWARD = -4.0
_MOST_STARTS = 40
_NUMERALS = re.compile(
    r"([一二三四五六七八九十百]{1,3})、|[（(]([一二三四五六七八九十]{1,3})[)）]|(\d{1,3})[.．、](?!\d)|第([一二三四五六七八九十百]{1,4})[章篇]"
)


@dataclass(frozen=True)
class Block:
    """Paragraphs that stand together.

    Attributes:
        paragraphs: In the order of print.
        open_start: Its first paragraph may be the rest of one.
        open_end: Its last paragraph breaks off.
        after_whole: It is cut off although the paragraph before it is whole.
    """

    paragraphs: tuple[Paragraph, ...]
    open_start: bool = False
    open_end: bool = False
    after_whole: bool = False

    @property
    def marked(self) -> bool:
        """Whether another article begins here, by a mark."""
        return self.paragraphs[0].marked

    @property
    def start(self) -> int:
        """Source offset of the first character."""
        return self.paragraphs[0].spans[0][0]

    @property
    def end(self) -> int:
        """Source offset after the last character."""
        return self.paragraphs[-1].spans[-1][1]

    @cached_property
    def numerals(self) -> tuple[dict[int, int], dict[int, int]]:
        """The first and the last numeral of each kind of enumerator."""
        first: dict[int, int] = {}
        last: dict[int, int] = {}
        for one in self.paragraphs[1:] if self.open_start else self.paragraphs:
            if match := _NUMERALS.match(one.text):
                kind = match.lastindex or 0
                last[kind] = numeral_value(match.group(kind))
                first.setdefault(kind, last[kind])
        return first, last


def breaks_off(paragraph: Paragraph) -> bool:
    """Tell whether a paragraph plainly ends in the middle of a sentence: after several, with a comma, or a long one.

    >>> breaks_off(Paragraph("建设园区。力争通", ()))
    True
    """
    text = paragraph.text
    if paragraph.row or _ended(text):
        return False
    if any(stop in text for stop in _STOPS) or (text[-1] in _COMMAS and len(text) >= _LEAST):
        return True
    return len(text) >= _NO_TITLE and "，" in text and not ENUMERATED.match(text)


def may_break_off(paragraph: Paragraph) -> bool:
    """Tell whether a stretch without inner stop may be the beginning of a sentence; it may be a heading too."""
    text = paragraph.text
    return not paragraph.row and not _ended(text) and not any(stop in text for stop in _STOPS)


def title_bits(text: str) -> float:
    """Return by how many bits an ending is likelier a heading's: where an enumerator opens its last sentence.

    >>> title_bits("解释名词。2.六稳六保"), title_bits("建设园区。力争通")
    (13.0, 0.0)
    """
    return _TITLE if ENUMERATED.match(text, max(map(text.rfind, _STOPS)) + 1) else 0.0


def _ended(text: str) -> bool:
    """Tell whether a text ends with the end of a sentence, dots included, or with a note in brackets after one."""
    if text[-1] not in _CLOSERS:
        # A half-width full stop ends a sentence too, but for that of an enumerator (`8.`).
        return text[-1] in _ENDS or text.endswith("..") or (text[-1] in ".．" and len(text) >= _LEAST)
    before_note = text[: max(text.rfind("（"), text.rfind("("), 0)]
    if text[-1] in "）)" and before_note[-1:] in _ENDS and before_note:
        return True
    return text.rstrip(_CLOSERS)[-1:] in _ENDS


def may_continue(paragraph: Paragraph) -> bool:
    """Tell whether a paragraph could be the rest of a broken one."""
    text = paragraph.text
    return len(text) > 1 and not paragraph.row and not paragraph.marked and not ENUMERATED.match(text)


def find_open(paragraphs: Sequence[Paragraph]) -> tuple[set[int], set[int]]:
    """Return the paragraphs that break off, and those that plainly do not begin, by their outermost characters.

    A stretch without inner stop may be a heading; it breaks off only where a model reads it on into the next one.
    """
    ends = {i for i, one in enumerate(paragraphs) if breaks_off(one)}
    starts = {i for i, one in enumerate(paragraphs) if i and one.text[0] in CLOSING_START and may_continue(one)}
    doubtful = [
        i
        for i, one in enumerate(paragraphs[:-1])
        if may_break_off(one) and not ENUMERATED.match(one.text) and _may_end(paragraphs[i + 1])
    ]
    return ends | _read_on(paragraphs, doubtful), starts


def _read_on(paragraphs: Sequence[Paragraph], doubtful: Sequence[int]) -> set[int]:
    """Return which of the paragraphs plainly read on into the next one; of short ones, where they hardly end so."""
    if not doubtful:
        return set()
    lefts = [paragraphs[i].text for i in doubtful]
    found = score_neighbours(lefts, [paragraphs[i + 1].text for i in doubtful])
    short = np.array([len(one) < _LEAST for one in lefts])
    asked = np.where(short, _SHORT_DRAWN, _DRAWN)
    read_on = (found[0] >= _WORD) & (found[1] >= asked) & ~(short & (score_ends(lefts) > _SHORT_END))
    return {i for i, one in zip(doubtful, read_on, strict=True) if one}


def find_never_ending(paragraphs: Sequence[Paragraph]) -> set[int]:
    """Return the paragraphs without inner stop and enumerator that as good as never end so (`各位`, `推进重点`)."""
    doubtful = [i for i, one in enumerate(paragraphs) if may_break_off(one) and not ENUMERATED.match(one.text)]
    if not doubtful:
        return set()
    bits = score_ends([paragraphs[i].text for i in doubtful])
    return {i for i, one in zip(doubtful, bits, strict=True) if one < _NEVER}


def _may_end(paragraph: Paragraph) -> bool:
    return may_continue(paragraph) and SENTENCE_END.search(paragraph.text[-4:]) is not None


def _may_go_on(paragraph: Paragraph, open_end: bool) -> bool:
    """Tell whether a paragraph could be the rest of a broken one, not a heading after it."""
    return may_continue(paragraph) and (open_end or not may_break_off(paragraph))


def find_doubtful(paragraphs: Sequence[Paragraph]) -> set[int]:
    """Return the paragraphs without inner stop after whose last characters a paragraph hardly ever ends."""
    doubtful = [i for i, one in enumerate(paragraphs) if may_break_off(one)]
    if not doubtful:
        return set()
    bits = score_ends([paragraphs[i].text for i in doubtful])
    return {i for i, one in zip(doubtful, bits, strict=True) if one < _HARDLY}


def find_starts(paragraphs: Sequence[Paragraph], ends: Set[int]) -> set[int]:
    """Return the paragraphs after whole ones with which some open ending would go on well."""
    places = [
        i
        for i, one in enumerate(paragraphs)
        if i and i - 1 not in ends and may_continue(one) and not may_break_off(one)
    ]
    if not places or not ends:
        return set()
    found = score_joins([paragraphs[i].text for i in sorted(ends)], [paragraphs[i].text for i in places])
    gains = found.drawn.max(0)
    best = sorted(zip(gains, places, strict=True), reverse=True)[:_MOST_STARTS]
    return {i for gain, i in best if gain >= _ONWARD}


def cut_blocks(paragraphs: Sequence[Paragraph], ends: set[int], starts: set[int]) -> list[Block]:
    """Cut the paragraphs after those that break off, before those that do not begin, and at marks."""
    cuts = {0} | starts | {i + 1 for i in ends} | {i for i, one in enumerate(paragraphs) if one.marked}
    edges = [*sorted(cut for cut in cuts if cut < len(paragraphs)), len(paragraphs)]
    return [
        Block(
            tuple(paragraphs[low:high]),
            low > 0 and (low in starts or (low - 1 in ends and _may_go_on(paragraphs[low], low in ends))),
            high - 1 in ends,
            low in starts and low - 1 not in ends,
        )
        for low, high in zip(edges, edges[1:], strict=False)
    ]


def split_paragraph(paragraph: Paragraph, at: int) -> tuple[Paragraph, Paragraph]:
    """Split a paragraph before its character `at`."""
    head: list[Span] = []
    rest: list[Span] = []
    left = at
    for start, end in paragraph.spans:
        cut = min(end, start + max(0, left))
        left -= end - start
        head += [(start, cut)] if cut > start else []
        rest += [(cut, end)] if end > cut else []
    return (
        replace(paragraph, text=paragraph.text[:at], spans=tuple(head)),
        replace(paragraph, text=paragraph.text[at:], spans=tuple(rest), marked=False),
    )


def numeral_value(numeral: str) -> int:
    """Return the value of an enumerator's numeral, 1 to 999.

    >>> numeral_value("二十一"), numeral_value("7")
    (21, 7)
    """
    if numeral.isdigit():
        return int(numeral)
    total, digit = 0, 0
    for one in numeral:
        if one in "十百":
            total += (digit or 1) * (10 if one == "十" else 100)
            digit = 0
        else:
            digit = "零一二三四五六七八九".index(one)
    return total + digit
