"""The pieces of a printed page put in sequence.

A join of two pieces is scored by a language model over the characters around it, by the words both sides share, by
enumerators that count on (39. to 40., （二） to （三）) and by standing side by side. A piece may be glued to the end
of another article; it is looked for only while an open ending is left over.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from pipeline.reading.cohesion import FARTHEST, shared_bits
from pipeline.reading.joining import score_joins, score_onward
from pipeline.reading.joints import CLOSING_START, Block, may_break_off, split_paragraph, title_bits
from pipeline.reading.page_layout import FORCE, NOTHING_KNOWN, Page, Prior
from pipeline.reading.sequence import FORBIDDEN, Matrix, solve

MOST_BLOCKS = 120
"""Pages of more pieces are left as they stand."""
ANEW = 10.0
"""Bits against an article that begins without a mark."""
_MISMATCH = 8.0
_APART = 6.0
_AFTER_WHOLE = 7.0
_AT_FIGURE = 2.0
_LONELY = 14.0
_USUAL_END = 10.0
_COUNTS_ON = 8.0
_MAX_HEAD = 12
_MOST_SPLITS = 2
_TRIED = 4
_SPLIT = 4.0
_PLAIN_PART = 10.0
_FITTING = 20.0
_HEAD_COST = 3.0
_BOUNDS = (-30.0, 40.0)


def lay_out(blocks: list[Block], prior: Prior = NOTHING_KNOWN) -> Page:
    """Return the best layout of blocks, given in the order of print."""
    joins = _joins(blocks)
    beside = prior.stay * np.eye(len(blocks), k=1)
    scores = np.maximum(joins, _breaks(blocks)) + beside + _enumerators(blocks)
    for i, one in enumerate(blocks):
        scores[i, i] = FORBIDDEN
        if one.marked:
            scores[:, i] = FORBIDDEN
        for j, other in enumerate(blocks if prior.forced else ()):
            scores[i, j] += FORCE if (one.end, other.start) in prior.forced else 0.0
    opening = np.array([0.0 if one.marked or not i else ANEW for i, one in enumerate(blocks)])
    return Page(blocks, scores, joins, opening, *solve(scores, opening), prior)


def _joins(blocks: Sequence[Block]) -> Matrix:
    """Score each pair of blocks as one paragraph read on, against two paragraphs."""
    found = np.full((len(blocks), len(blocks)), FORBIDDEN)
    rows = [i for i, one in enumerate(blocks) if one.open_end]
    columns = [j for j, one in enumerate(blocks) if one.open_start]
    if rows and columns:
        lefts = [blocks[i].paragraphs[-1].text for i in rows]
        rights = [blocks[j].paragraphs[0].text for j in columns]
        found_bits = score_joins(lefts, rights)
        lonely = np.array([_lonely(blocks[i], end) for i, end in zip(rows, found_bits.end, strict=True)])
        gain = found_bits.drawn + lonely[:, None]
        # The language model reads all figures alike, so they fit in many places.
        figures = np.array([one[-1].isdecimal() for one in lefts])[:, None] | [one[0].isdecimal() for one in rights]
        gain -= _AT_FIGURE * figures * (np.array(rows)[:, None] + 1 != columns)
        shared = shared_bits([_tail(blocks[i]) for i in rows], [_head(blocks[j]) for j in columns])
        found[np.ix_(rows, columns)] = np.clip(gain, *_BOUNDS) + shared
        # Few of the many paragraphs after whole ones are the rest of another.
        found[:, [j for j in columns if blocks[j].after_whole]] -= _AFTER_WHOLE
    np.fill_diagonal(found, FORBIDDEN)
    return found


def _lonely(block: Block, end: float) -> float:
    """Return by how many bits an open ending that goes on nowhere is unlikely.

    Args:
        block: A block with an open ending.
        end: log2 of the probability that a paragraph ends so; counts where the ending may be a heading's.
    """
    last = block.paragraphs[-1]
    usual = _LONELY if not may_break_off(last) else min(_LONELY, -end - _USUAL_END)
    return usual - title_bits(last.text)


def _tail(block: Block) -> str:
    found = ""
    for one in reversed(block.paragraphs):
        found = one.text + found
        if len(found) >= FARTHEST:
            break
    return found


def _head(block: Block) -> str:
    found = ""
    for one in block.paragraphs:
        found += one.text
        if len(found) >= FARTHEST:
            break
    return found


def _breaks(blocks: Sequence[Block]) -> Matrix:
    """Score each pair of blocks as two paragraphs: an open side without its other half is unlikely."""
    ends = np.array([one.open_end for one in blocks])
    starts = np.array([one.open_start for one in blocks])
    found = np.where(ends[:, None] ^ starts[None, :], -_MISMATCH, np.where(ends[:, None], -_MISMATCH, -_APART))
    beside = np.eye(len(blocks), k=1, dtype=bool)
    return np.where(beside, 0.0, found)


def _enumerators(blocks: Sequence[Block]) -> Matrix:
    """Score the sequence of each pair by their enumerators: counting on is good, counting back is bad."""
    found = np.zeros((len(blocks), len(blocks)))
    numerals = _numerals(blocks)
    for i, (_, last) in enumerate(numerals):
        for j, (first, _) in enumerate(numerals):
            for kind in first.keys() & last.keys():
                step = first[kind] - last[kind]
                found[i, j] += _COUNTS_ON if step == 1 else -_COUNTS_ON if step <= 0 and first[kind] > 1 else 0.0
    return found


def _numerals(blocks: Sequence[Block]) -> list[tuple[dict[int, int], dict[int, int]]]:
    """Return the first and last enumerators of each block; one without has those of its neighbours in print.

    Most places after whole paragraphs where blocks are cut turn out to be none, so the count goes on over them.
    """
    found = [one.numerals for one in blocks]
    for i in range(1, len(blocks)):
        if blocks[i].after_whole:
            found[i] = (found[i][0], found[i - 1][1] | found[i][1])
    for i in range(len(blocks) - 1, 0, -1):
        if blocks[i].after_whole:
            found[i - 1] = (found[i][0] | found[i - 1][0], found[i - 1][1])
    return found


def lay_out_split(blocks: list[Block], prior: Prior = NOTHING_KNOWN) -> Page:
    """Return the best layout, blocks split where an open ending that is left over goes on inside one."""
    page = lay_out(blocks, prior)
    for _ in range(_MOST_SPLITS):
        found = [(lay_out(one, prior), j) for one, j in _splits(page)]
        # What held the two parts together before counts against the split.
        gains = [_won(page, one, j) for one, j in found]
        best = int(np.argmax(gains)) if gains else -1
        if best < 0 or gains[best] < _SPLIT:
            break
        chosen, j = found[best]
        glued = ((chosen.blocks[j + 1].start, float(gains[best])),) if chosen.blocks[j].open_end else ()
        page = replace(chosen, splits=(*page.splits, *glued))
    return page


def _won(page: Page, parted: Page, j: int) -> float:
    """Return the bits won by splitting block j; a split is worth nothing unless both parts are plainly joined."""
    before = {right: left for left, right in parted.following.items()}
    if min(parted.scores[before.get(k, k), k] for k in (j, j + 1)) < _PLAIN_PART:
        return FORBIDDEN
    return parted.bits - page.bits - max(float(parted.scores[j, j + 1]), 0.0)


def _splits(page: Page) -> Iterator[tuple[list[Block], int]]:
    """Yield the blocks with one of them split inside its first paragraph, and its index."""
    if not _left_over(page):
        return
    for _, j, at in sorted(_glued(page), reverse=True)[:_TRIED]:
        block = page.blocks[j]
        head, rest = split_paragraph(block.paragraphs[0], at)
        parts = (
            replace(block, paragraphs=(head,), open_end=True),
            replace(block, paragraphs=(rest, *block.paragraphs[1:]), open_start=True),
        )
        yield [*page.blocks[:j], *parts, *page.blocks[j + 1 :]], j


def _left_over(page: Page) -> bool:
    """Tell whether an open ending finds no fitting beginning."""
    return any(one.open_end and page.joins[i, page.following.get(i, i)] < _FITTING for i, one in enumerate(page.blocks))


def _glued(page: Page) -> Iterator[tuple[float, int, int]]:
    """Yield the blocks whose first paragraph may be two glued together, with bits and the length of the first one."""
    before = {j: i for i, j in page.following.items()}
    for j, i in sorted(before.items()):
        text = page.blocks[j].paragraphs[0].text
        left = page.blocks[i].paragraphs[-1].text
        others = [one.paragraphs[-1].text for k, one in enumerate(page.blocks) if one.open_end and k != i]
        fixed = any(start == page.blocks[j].start for _, start in page.prior.forced)
        apart = not (page.blocks[j].open_start and page.blocks[i].open_end and others)
        if fixed or apart or not (most := _head_length(text)):
            continue
        lengths = range(1, most + 1)
        bits = score_onward([left, *others], [text, *(text[:n] for n in lengths), *(text[n:] for n in lengths)])
        heads, rests = bits[:, 1 : most + 1], bits[:, most + 1 :]
        gain = np.maximum(heads[0] + rests[1:], heads[1:] + rests[0]) - bits[0, 0]
        # The head is the rest of a cut word, so it is short.
        bits = np.max(gain, axis=0) - _HEAD_COST * np.arange(most)
        yield float(bits.max()), j, 1 + int(bits.argmax())


def _head_length(text: str) -> int:
    """Return how long the rest of a cut word can be: up to the first mark."""
    stops = (at for at, one in enumerate(text) if one in "。！？；，,;、" or one.isdigit() or one in CLOSING_START)
    return max(0, min(next(stops, len(text)), _MAX_HEAD, len(text) - 2))
