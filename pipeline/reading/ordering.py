"""Reading order: put the pieces of a printed page in order and tell its articles apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.reading.articles import article_names
from pipeline.reading.columns import MOST_BLOCKS, Page, lay_out_split
from pipeline.reading.joining import score_neighbours
from pipeline.reading.joints import Block, cut_blocks, find_open
from pipeline.reading.lines import Paragraph
from pipeline.reading.overrides import Cut, Order, cut_at_quotes
from pipeline.reading.repairs import neighbour_repairs, page_repairs
from pipeline.records import Repair

JOIN = 6.0
"""Bits from which two pieces printed one after the other are joined."""
_SURE = 10.0
_MOVE = 8.0
_MARGIN = 1.0


@dataclass(frozen=True, slots=True)
class Ordered:
    """Articles by name, in reading order; warnings, one plain sentence each; and what was repaired."""

    articles: list[tuple[str, list[Paragraph]]]
    warnings: tuple[str, ...] = ()
    repairs: tuple[Repair, ...] = ()


def order_articles(paragraphs: list[Paragraph], order: Order | None = None) -> Ordered:
    """Put paragraphs into reading order and tell articles apart.

    Paragraphs that break off are found by their last characters alone, so a whole document costs next to nothing.
    Where each of them plainly goes on in the next one they are rejoined; else the whole page is laid out anew, and
    left as it stands where the evidence is weak.

    Args:
        paragraphs: In the order of print.
        order: What a person says of the order; wins over the model.

    Returns:
        A document without broken paragraphs and without marks is one article `main` in the order given.

    Raises:
        ReadingError: If a quote of the order is not found in the paragraphs, or twice.
    """
    cut = cut_at_quotes(paragraphs, order or Order())
    paragraphs = cut.paragraphs
    ends, starts = find_open(paragraphs) if not (order and order.keep) else (set[int](), set[int]())
    ends, starts = (ends | cut.ends) - cut.left, (starts | cut.starts) - {i + 1 for i in cut.left}
    if not ends and not starts and not any(one.marked for one in paragraphs):
        return Ordered([("main", paragraphs)])
    blocks = cut_blocks(paragraphs, ends, starts)
    beside = _beside(blocks)
    if not _is_loose(blocks, beside, cut) or len(blocks) > MOST_BLOCKS:
        return _in_place(blocks, beside, cut)
    page = lay_out_split(blocks, cut.joins)
    if not page.moved or not (cut.joins or _is_sure(page)):
        return _in_place(blocks, beside, cut, page)
    return _moved(page, cut)


def _beside(blocks: Sequence[Block]) -> dict[int, float]:
    """Return the bits by which each open ending goes on with the beginning printed after it."""
    pairs = [i for i, one in enumerate(blocks[:-1]) if one.open_end and blocks[i + 1].open_start]
    if not pairs:
        return {}
    lefts = [blocks[i].paragraphs[-1].text for i in pairs]
    rights = [blocks[i + 1].paragraphs[0].text for i in pairs]
    return dict(zip(pairs, score_neighbours(lefts, rights).tolist(), strict=True))


def _is_loose(blocks: Sequence[Block], beside: Mapping[int, float], cut: Cut) -> bool:
    """Tell whether an open ending does not plainly go on in the block after it."""
    return bool(cut.joins) or any(one.open_end and beside.get(i, -1.0) < _SURE for i, one in enumerate(blocks))


def _is_sure(page: Page) -> bool:
    """Tell whether the layout is likelier than print, and each displaced join than any other."""
    moved = [i for i, j in page.following.items() if j != i + 1]
    return page.gain >= _MOVE and all(page.margin(i) >= _MARGIN for i in moved)


def _in_place(blocks: list[Block], beside: Mapping[int, float], cut: Cut, page: Page | None = None) -> Ordered:
    """Leave the blocks in the order of print; rejoin what plainly goes on."""
    joined = {i for i, bits in beside.items() if bits >= JOIN or (blocks[i].end, blocks[i + 1].start) in cut.joins}
    if page is not None and page.moved and not page.splits:
        joined = {i for i in joined if page.following.get(i) == i + 1}
    chains: list[list[int]] = []
    for i, one in enumerate(blocks):
        if one.marked or not chains:
            chains.append([])
        chains[-1].append(i)
    left = "Pieces of the page seem displaced; they were left as they stand."
    warnings = (left,) if page is not None and page.moved and page.gain >= _MOVE else ()
    return _ordered(blocks, chains, joined, warnings, neighbour_repairs(blocks, beside, joined, cut, page))


def _moved(page: Page, cut: Cut) -> Ordered:
    """Put the blocks into the order of the layout."""
    joined = {i for i, j in page.following.items() if page.joins[i, j] >= JOIN or page.is_forced(i, j, cut.joins)}
    chains = page.chains()
    told = f"The page holds {len(chains)} articles; their pieces" if len(chains) > 1 else "Pieces of the page"
    warning = f"{told} were put back into reading order."
    return _ordered(page.blocks, chains, joined, (warning,), page_repairs(page, joined, cut))


def _ordered(
    blocks: Sequence[Block],
    chains: Sequence[Sequence[int]],
    joined: set[int],
    warnings: tuple[str, ...],
    repairs: tuple[Repair, ...],
) -> Ordered:
    """Return the articles that the chains of blocks make, and a warning for each that breaks off."""
    articles = [_join_paragraphs([blocks[i] for i in chain], [i in joined for i in chain]) for chain in chains]
    names = article_names(articles)
    if len(articles) > 1 or warnings:
        for name, chain, paragraphs in zip(names, chains, articles, strict=True):
            if blocks[chain[-1]].open_end:
                warnings += (f"Article {name} breaks off in the middle of a sentence: …{paragraphs[-1].text[-8:]}",)
    return Ordered(list(zip(names, articles, strict=True)), warnings, repairs)


def _join_paragraphs(blocks: Sequence[Block], joined: Sequence[bool]) -> list[Paragraph]:
    """Put blocks one after the other; a block that is joined goes on in the paragraph that opens the next."""
    found: list[Paragraph] = []
    onward = False
    for block, goes_on in zip(blocks, joined, strict=True):
        first, *others = block.paragraphs
        if onward and found:
            found[-1] = replace(found[-1], text=found[-1].text + first.text, spans=found[-1].spans + first.spans)
        else:
            found.append(first)
        found += others
        onward = goes_on
    return found
