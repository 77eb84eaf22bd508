"""A printed page as laid out: its pieces, the scores of their sequences, and the best of these."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from math import log2

from pipeline.reading.joints import Block, breaks_off
from pipeline.reading.sequence import FORBIDDEN, Matrix, solve, total

FORCE = 10_000.0
"""Bits by which an order file speaks for a join."""
_STAY = 1.0
_SURE_STEP = 3.0
_LONG_STEP = 2.0
_USUAL_LENGTH = 100


@dataclass(frozen=True, slots=True)
class Prior:
    """What is known of a page beside its blocks.

    Attributes:
        n_sure: Open endings that surely go on with the beginning printed after them: each speaks for print.
        n_loose: The other open endings.
        n_paragraphs: Of the document; a long one is no page.
        forced: Joins to be kept whatever their score, as source offsets of end and start.
    """

    n_sure: int = 0
    n_loose: int = 0
    n_paragraphs: int = 0
    forced: Set[tuple[int, int]] = frozenset()

    @property
    def stay(self) -> float:
        """Bits by which a piece rather goes on with the one printed after it."""
        in_place = _SURE_STEP * log2(1 + self.n_sure / (1 + self.n_loose))
        return _STAY + in_place + _LONG_STEP * log2(max(1.0, self.n_paragraphs / _USUAL_LENGTH))


NOTHING_KNOWN = Prior()


@dataclass(frozen=True, slots=True)
class Page:
    """Blocks with the scores of all their sequences.

    Attributes:
        blocks: In the order of print.
        scores: Bits of block j right after block i. Shape: blocks x blocks.
        joins: The part of it that speaks for one paragraph; FORBIDDEN where two cannot be one.
        opening: Bits that it costs to begin an article with each block.
        following: The block after each that has one, in the best layout.
        bits: Of the best layout.
        prior: What was known beside the blocks.
        splits: Where a paragraph was split (source offset of the second part), with the bits won.
    """

    blocks: list[Block]
    scores: Matrix
    joins: Matrix
    opening: Matrix
    following: dict[int, int]
    bits: float
    prior: Prior
    splits: tuple[tuple[int, float], ...] = ()

    @property
    def printed(self) -> dict[int, int]:
        """What follows each block in print; a marked block follows none."""
        return {i: i + 1 for i in range(len(self.blocks) - 1) if not self.blocks[i + 1].marked}

    @property
    def gain(self) -> float:
        """Bits by which the best layout is likelier than print."""
        return self.bits - total(self.scores, self.opening, self.printed)

    @property
    def moved(self) -> bool:
        """Whether the best layout differs from print."""
        return self.following != self.printed

    def margin(self, i: int) -> float:
        """Return the bits lost by the best layout in which block i is not followed by the same block."""
        scores = self.scores.copy()
        scores[i, self.following[i]] = FORBIDDEN
        return self.bits - solve(scores, self.opening)[1]

    def is_forced(self, i: int, j: int) -> bool:
        """Tell whether an order file joins block j to block i."""
        return (self.blocks[i].end, self.blocks[j].start) in self.prior.forced

    def reads_on(self, i: int, j: int) -> bool:
        """Tell whether blocks i and j are one paragraph where the layout puts j after i."""
        if self.joins[i, j] > 0 or self.is_forced(i, j):
            return True
        # What plainly breaks off and stands elsewhere in print has no other half but this one.
        return j != i + 1 and self.joins[i, j] > FORBIDDEN / 2 and breaks_off(self.blocks[i].paragraphs[-1])

    def bits_of(self, i: int, j: int) -> float:
        """Return the bits that speak for block j after block i, without an order file's word."""
        return float(self.scores[i, j]) - (FORCE if self.is_forced(i, j) else 0.0)

    def runner_up(self, i: int) -> int | None:
        """Return the second best block to join to block i, None where there is none."""
        chosen = self.following.get(i)
        others = [
            (self.scores[i, j] if self.joins[i, j] > FORBIDDEN / 2 else FORBIDDEN, -j)
            for j in range(len(self.blocks))
            if j not in (i, chosen)
        ]
        best = max(others, default=(FORBIDDEN, 0))
        return -best[1] if best[0] > FORBIDDEN / 2 else None

    def chains(self) -> list[list[int]]:
        """Return the blocks of each article in reading order, the articles by their first block."""
        later = set(self.following.values())
        found = []
        for i in range(len(self.blocks)):
            if i not in later:
                found.append([i])
                while found[-1][-1] in self.following:
                    found[-1].append(self.following[found[-1][-1]])
        return found
