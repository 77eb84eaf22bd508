"""Blocks of a printed page: the pieces between column breaks, and how they go on into each other.

Column breaks cut paragraphs in the middle of a sentence. An open ending goes on into the open beginning that
fits it best: by the attraction of the characters on both sides, by figures that need a unit or a bound, by
enumerators that count on (39. to 40., （二） to （三）), and by their standing side by side. A piece may
also be glued to the end of another article; it is looked for only while an open ending is left over.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise

from pipeline.reading.cohesion import attraction, opens
from pipeline.reading.furniture import ENUMERATED, SENTENCE_END
from pipeline.reading.lines import Paragraph
from pipeline.records import Span

Joins = dict[int, int]
_INNER_STOP = re.compile(r"[。！？；]")
_INNER_END = re.compile(r"[。！？；，,;]")
_NUMERALS = re.compile(
    r"([一二三四五六七八九十百]{1,3})、|[（(]([一二三四五六七八九十]{1,3})[)）]|(\d{1,3})[.．、](?!\d)|第([一二三四五六七八九十百]{1,4})[章篇]"
)
_FIGURE_END = re.compile(r"[\d一二三四五六七八九十百千万亿%％][个家条项处人倍元斤亩米年座]?$")
_BOUND_START = re.compile(r"以[上下内]|左右|[万亿]?[元斤亩吨个家条项%％]|个百分点")
_CLOSING_START = re.compile(r"[，,、。；;：:）)》”’？！]")
_NEAR = 3.0
_OPENING = 0.5
_BETWEEN = 4.0
_COUNTS_ON = 6.0
_JOIN = 1.0
_JOIN_NEIGHBOURS = 3.0
_WORD = 6
_SPLIT = 2.0
_MAX_HEAD = 12


@dataclass(slots=True)
class Block:
    """Paragraphs that stand together; open at the start or end where a column break cuts a sentence."""

    paragraphs: list[Paragraph]
    open_start: bool = False
    open_end: bool = False
    first: dict[int, int] = field(default_factory=dict)
    last: dict[int, int] = field(default_factory=dict)

    def count(self) -> Block:
        """Note the first and last numeral of each kind of enumerator."""
        self.first, self.last = {}, {}
        for one in self.paragraphs[1:] if self.open_start else self.paragraphs:
            if match := _NUMERALS.match(one.text):
                kind = match.lastindex or 0
                number = _value(match.group(kind))
                self.first.setdefault(kind, number)
                self.last[kind] = number
        return self


def _is_open(paragraph: Paragraph) -> bool:
    """Tell whether a paragraph of several sentences breaks off in the middle of one."""
    text = paragraph.text
    broken = not paragraph.row and not SENTENCE_END.search(text) and text[-1] not in "：:…"
    return broken and _INNER_STOP.search(text) is not None


def _may_continue(paragraph: Paragraph) -> bool:
    """Tell whether a paragraph could be the rest of a broken one."""
    return (
        not paragraph.row and not paragraph.marked and not ENUMERATED.match(paragraph.text) and len(paragraph.text) > 1
    )


def _is_cut_word(paragraph: Paragraph, following: Paragraph) -> bool:
    """Tell whether a stretch without inner punctuation breaks off within a word that the next one ends."""
    text = paragraph.text
    return (
        not paragraph.row
        and len(text) > 16
        and re.search(r"[\u4e00-\u9fff]$", text) is not None
        and not ENUMERATED.match(text)
        and SENTENCE_END.search(following.text) is not None
        and attraction(text, following.text) >= _WORD
    )


def cut_blocks(paragraphs: list[Paragraph], printed: bool) -> list[Block]:
    """Cut the file at open endings and at continuation marks; on printed pages also within words."""
    blocks = [Block([])]
    for at, one in enumerate(paragraphs):
        if at:
            before = paragraphs[at - 1]
            broken = _may_continue(one) and (_is_open(before) or (printed and _is_cut_word(before, one)))
            if one.marked or broken or _CLOSING_START.match(one.text):
                blocks[-1].open_end = broken or _is_open(before)
                blocks.append(Block([], open_start=not one.marked))
        blocks[-1].paragraphs.append(one)
    blocks[-1].open_end = _is_open(paragraphs[-1])
    return [one.count() for one in blocks]


def fit(left: Block, right: Block) -> float:
    """Score the sequence of two blocks by their enumerators: counting on is good, counting back is bad."""
    score = 0.0
    for kind, number in right.first.items():
        if kind in left.last:
            score += (
                _COUNTS_ON
                if number == left.last[kind] + 1
                else -_COUNTS_ON
                if number <= left.last[kind] and number > 1
                else 0
            )
    return score


def continuation(block: Block, right: str) -> float:
    """Score how a text goes on with the open ending of a block."""
    left = block.paragraphs[-1].text
    score = attraction(left, right) - _OPENING * opens(right)
    if _FIGURE_END.search(left) and _BOUND_START.match(right):
        score += 4.0
    return score


def match_blocks(blocks: list[Block]) -> Joins:
    """Match open endings with open beginnings, best first."""
    candidates = [
        (continuation(left, right.paragraphs[0].text) + fit(left, right) + _near(i, j), -abs(j - i - 1), i, j)
        for i, left in enumerate(blocks)
        for j, right in enumerate(blocks)
        if i != j and left.open_end and right.open_start
    ]
    joins: Joins = {}
    for score, _, i, j in sorted(candidates, reverse=True):
        if score >= _JOIN and i not in joins and j not in joins.values() and not _reaches(joins, j, i):
            joins[i] = j
    return joins


def _near(left: int, right: int) -> float:
    return _NEAR if right == left + 1 else 0.0


def _reaches(joins: Joins, start: int, goal: int) -> bool:
    while start in joins:
        start = joins[start]
        if start == goal:
            return True
    return False


def match_neighbours(blocks: list[Block]) -> set[int]:
    """Return the blocks that plainly go on with the one before them."""
    pairs = enumerate(pairwise(blocks), start=1)
    return {
        i
        for i, (left, right) in pairs
        if left.open_end
        and (
            left.paragraphs[-1].text[-1] in "，,、" or continuation(left, right.paragraphs[0].text) >= _JOIN_NEIGHBOURS
        )
    }


def split_glued(blocks: list[Block], joins: Joins) -> tuple[list[Block], Joins]:
    """Split a paragraph whose head ends one article and whose rest goes on with another's open ending."""
    free = [i for i, one in enumerate(blocks) if one.open_end and i not in joins]
    if not free or all(j == i + 1 for i, j in joins.items()):
        return blocks, joins
    found = [
        (_gain(blocks, left, right, j, before, at), left, right, j, at)
        for i in free
        for before, j in joins.items()
        for left, right in ((i, before), (before, i))
        if i not in (before, j) and (at := _head_length(blocks[j].paragraphs[0].text))
    ]
    gain, left, right, j, at = max(found, default=(0.0, 0, 0, 0, 0))
    if gain < _SPLIT:
        return blocks, joins
    head, rest = _split(blocks[j].paragraphs[0], at)
    tail = replace(blocks[j], paragraphs=[rest, *blocks[j].paragraphs[1:]])
    return _replace(blocks, joins, j, (Block([head], open_start=True), tail), (left, right))


def split_between(blocks: list[Block], joins: Joins) -> tuple[list[Block], Joins]:
    """Split a block where one article ends with a whole sentence and another goes on with an open ending."""
    free = [i for i, one in enumerate(blocks) if one.open_end and i not in joins]
    found = [
        (_gain_between(blocks, left, right, j, before, at), left, right, j, at)
        for i in free
        for before, j in joins.items()
        for left, right in ((i, before), (before, i))
        for at, one in enumerate(blocks[j].paragraphs)
        # Where the ending is the block's own, its last part goes before its first.
        if at and i != before and (i != j or left == i) and _may_continue(one) and _INNER_STOP.search(one.text)
    ]
    best, left, right, j, at = max(found, default=(0.0, 0, 0, 0, 0))
    if best < _BETWEEN:
        return blocks, joins
    return _replace(blocks, joins, j, (_head(blocks[j], at), _rest(blocks[j], at)), (left, right))


def _gain_between(blocks: list[Block], left: int, right: int, j: int, before: int, at: int) -> float:
    """Score the gain when the first paragraphs of block j follow `left` and the others `right`."""
    head, rest = _head(blocks[j], at), _rest(blocks[j], at)
    gained = continuation(blocks[left], head.paragraphs[0].text) + _near(left, j) + fit(blocks[left], head)
    gained += continuation(blocks[right], rest.paragraphs[0].text) + fit(blocks[right], rest)
    given_up = continuation(blocks[before], head.paragraphs[0].text) + _near(before, j)
    return gained - given_up - fit(blocks[before], blocks[j])


def _head(block: Block, at: int) -> Block:
    return replace(block, paragraphs=block.paragraphs[:at], open_end=False).count()


def _rest(block: Block, at: int) -> Block:
    return replace(block, paragraphs=block.paragraphs[at:], open_start=True).count()


def _replace(
    blocks: list[Block], joins: Joins, j: int, parts: tuple[Block, Block], before: tuple[int, int]
) -> tuple[list[Block], Joins]:
    """Put two blocks in the place of block j, each after the block `before` it."""
    kept = {a + (a >= j): b + (b > j) for a, b in joins.items() if b != j}
    for i, target in zip(before, (j, j + 1), strict=True):
        kept[i + (i >= j)] = target
    return [*blocks[:j], *parts, *blocks[j + 1 :]], kept


def _head_length(text: str) -> int:
    """Return the length of the shortest head that ends between two words, 0 where there is none.

    The head is the rest of a cut word or phrase that closes an article, so it is short and unpunctuated.
    """
    for at in range(1, min(_MAX_HEAD, len(text) - 1)):
        if _INNER_END.match(text[at - 1]):
            return 0
        if attraction(text[:at], text[at:]) < 0:
            return at
    return 0


def _gain(blocks: list[Block], left: int, right: int, j: int, before: int, at: int) -> float:
    """Score the gain when the head of block j follows `left` and its rest `right`, not all of it `before`."""
    text = blocks[j].paragraphs[0].text
    gained = continuation(blocks[left], text) + _near(left, j) + fit(blocks[right], blocks[j])
    given_up = continuation(blocks[before], text) + _near(before, j) + fit(blocks[before], blocks[j])
    return gained - given_up + continuation(blocks[right], text[at:]) - attraction(text[:at], text[at:])


def _split(paragraph: Paragraph, at: int) -> tuple[Paragraph, Paragraph]:
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


def _value(numeral: str) -> int:
    """Return the value of an enumerator's numeral, 1 to 999."""
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
