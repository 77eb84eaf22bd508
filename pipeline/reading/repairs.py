"""The record of what was joined and split, and of what was left alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from pipeline.reading.joints import Block
from pipeline.reading.overrides import Cut
from pipeline.reading.page_layout import Page
from pipeline.reading.sequence import FORBIDDEN
from pipeline.records import Repair

_QUOTE = 4
_JOIN = 6.0
_SURE = 10.0
_DRAWN = 3.0
_APART = -2.0


@dataclass(frozen=True, slots=True)
class Beside:
    """How an open ending goes on with the beginning printed after it.

    Attributes:
        gain: Bits by which one paragraph is likelier than two.
        drawn: Bits by which the ending makes the beginning likelier.
        comma: The ending is a comma.
    """

    gain: float
    drawn: float
    comma: bool

    @property
    def likely(self) -> bool:
        """Whether the two are joined where nothing speaks for another place."""
        return self.comma or (self.gain >= _JOIN and self.drawn >= _APART)

    @property
    def sure(self) -> bool:
        """Whether the two are joined in any case."""
        return self.gain >= _SURE and self.drawn >= _DRAWN


def page_repairs(page: Page, joined: Set[int], cut: Cut, applied: bool = True) -> tuple[Repair, ...]:
    """Return the joins and splits of a page laid out anew."""
    found = [_join(page, i, page.following[i], cut, applied) for i in sorted(joined)]
    for start, bits in page.splits:
        found.append(_split(page.blocks, start, bits, applied, "model"))
    found += [_split(page.blocks, start, 0.0, applied, "override") for start in cut.splits]
    return tuple(sorted(found, key=lambda one: (one.left, one.right)))


def neighbour_repairs(
    blocks: Sequence[Block], beside: Mapping[int, Beside], joined: Set[int], cut: Cut, page: Page | None
) -> tuple[Repair, ...]:
    """Return the joins of neighbours, and what a page would have joined that was left as it stands."""
    found = {
        blocks[i].end: Repair(
            "join", blocks[i].end, blocks[i + 1].start, _quote(blocks[i], blocks[i + 1]), round(one.gain, 1), None, "",
            None, i in joined, _source(blocks[i], blocks[i + 1], cut),
        )
        for i, one in beside.items()
    }  # fmt: skip
    if page is not None:
        found |= {blocks[i].end: _join(page, i, i + 1, cut, applied=True) for i in joined - beside.keys()}
    if page is not None and page.moved:
        likely = {i for i, j in page.following.items() if page.joins[i, j] > 0 and page.blocks[i].end not in found}
        moved = {i for i, j in page.following.items() if page.joins[i, j] > 0 and j != i + 1}
        for one in page_repairs(page, likely | moved, cut, applied=False):
            if one.left not in found or not found[one.left].applied:
                found[one.left] = one
    return tuple(sorted(found.values(), key=lambda one: (one.left, one.right)))


def _join(page: Page, i: int, j: int, cut: Cut, applied: bool) -> Repair:
    """Return the record of one join; scores hold all that spoke for it."""
    left, right, other = page.blocks[i], page.blocks[j], page.runner_up(i)
    source = _source(left, right, cut)
    bits = page.bits_of(i, j)
    best = None if other is None else page.scores[i, other]
    return Repair(
        "join",
        left.end,
        right.start,
        _quote(left, right),
        round(bits, 1),
        None if other is None else page.blocks[other].start,
        "" if other is None else _quote(left, page.blocks[other]),
        None if best is None or best <= FORBIDDEN / 2 else round(bits - float(best), 1),
        applied,
        source,
    )


def _split(blocks: Sequence[Block], start: int, bits: float, applied: bool, source: str) -> Repair:
    """Return the record of one split, named by the block that begins at its second part."""
    j = next(i for i, one in enumerate(blocks) if one.start == start)
    left = max((one for one in blocks if one.end <= start), key=lambda one: one.end)
    return Repair("split", left.end, start, _quote(left, blocks[j]), round(bits, 1), None, "", None, applied, source)


def _source(left: Block, right: Block, cut: Cut) -> str:
    return "override" if (left.end, right.start) in cut.joins else "model"


def _quote(left: Block, right: Block) -> str:
    return f"{left.paragraphs[-1].text[-_QUOTE:]}|{right.paragraphs[0].text[:_QUOTE]}"
