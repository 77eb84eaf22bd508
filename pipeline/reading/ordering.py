"""Reading order: put the pieces of a printed page in order and tell its articles apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.reading.articles import article_names
from pipeline.reading.columns import MOST_BLOCKS, lay_out_split
from pipeline.reading.joining import score_neighbours
from pipeline.reading.joints import (
    Block,
    breaks_off,
    cut_blocks,
    find_doubtful,
    find_never_ending,
    find_open,
    find_starts,
    may_break_off,
    title_bits,
)
from pipeline.reading.lines import Paragraph
from pipeline.reading.overrides import Cut, Order, cut_at_quotes
from pipeline.reading.page_layout import Page, Prior
from pipeline.reading.repairs import Beside, neighbour_repairs, page_repairs
from pipeline.records import Repair

_JOIN = 6.0
_MOVE = 2.0
_MOVE_ONE = 4.0
_PLAIN = 9.0
_READ_ON = 15.0
_ASKED = 3.0
_MOST_PARAGRAPHS = 100
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
    keep = order is not None and order.keep
    ends, starts = (set[int](), set[int]()) if keep else find_open(paragraphs)
    ends, starts = (ends | cut.ends) - cut.left, (starts | cut.starts) - {i + 1 for i in cut.left}
    if not ends and not starts and not any(one.marked for one in paragraphs):
        return Ordered([("main", paragraphs)]) if keep else _unmarked(paragraphs, cut)
    blocks = cut_blocks(paragraphs, ends, starts)
    beside = _beside(blocks)
    if not cut.joins and all(one.sure for one in beside.values()) and len(beside) == sum(b.open_end for b in blocks):
        return _in_place(blocks, beside, cut)
    n_sure = sum(one.sure for one in beside.values())
    n_loose = sum(one.open_end for one in blocks) - n_sure
    page = _page(paragraphs, ends, starts, cut, Prior(n_sure, n_loose, len(paragraphs), frozenset(cut.joins)))
    if page is None or not page.moved or not (cut.joins or _is_sure(page)):
        return _in_place(blocks, beside, cut, page)
    return _moved(page, cut)


def _unmarked(paragraphs: list[Paragraph], cut: Cut) -> Ordered:
    """Order a page on which nothing plainly breaks off: what looks like a heading may begin a sentence."""
    ends = find_never_ending(paragraphs) - cut.left if len(paragraphs) <= _MOST_PARAGRAPHS else set[int]()
    page = _page(paragraphs, ends, set(), cut, Prior(0, len(ends), len(paragraphs))) if ends else None
    if page is None or not page.moved or page.splits or not _is_sure(page):
        return Ordered([("main", paragraphs)])
    goings_on = [page.blocks[j].paragraphs[0] for i, j in page.following.items() if page.reads_on(i, j)]
    if any(map(may_break_off, goings_on)):  # Cells of a table and lines of verse read on anywhere.
        return Ordered([("main", paragraphs)])
    return _moved(page, cut)


def _page(paragraphs: list[Paragraph], ends: set[int], starts: set[int], cut: Cut, prior: Prior) -> Page | None:
    """Lay the paragraphs out anew, what may be a heading or the beginning of a sentence among the open endings."""
    ends = ends | (find_doubtful(paragraphs) - cut.left)
    if len(ends) > MOST_BLOCKS:
        return None
    blocks = cut_blocks(paragraphs, ends, starts | (find_starts(paragraphs, ends) - {i + 1 for i in cut.left}))
    return lay_out_split(blocks, prior) if len(blocks) <= MOST_BLOCKS else None


def _beside(blocks: Sequence[Block]) -> dict[int, Beside]:
    """Return how each open ending goes on with the beginning printed after it."""
    pairs = [i for i, one in enumerate(blocks[:-1]) if one.open_end and blocks[i + 1].open_start]
    if not pairs:
        return {}
    lefts = [blocks[i].paragraphs[-1].text for i in pairs]
    rights = [blocks[i + 1].paragraphs[0].text for i in pairs]
    gains, drawn = score_neighbours(lefts, rights)
    return {
        i: Beside(float(gain) - title_bits(left), float(bits), left[-1] in "，,、")
        for i, gain, bits, left in zip(pairs, gains, drawn, lefts, strict=True)
    }


def _is_sure(page: Page) -> bool:
    """Tell whether the layout is likelier than print, and each displaced join than any other.

    A displaced piece makes two displaced joins at least, but where it was the first or the last one.
    """
    moved = [i for i, j in page.following.items() if j != i + 1 and page.joins[i, j] > 0]
    if not moved or page.gain < (_MOVE if len(moved) > 1 else _MOVE_ONE):
        return False
    return page.gain >= _PLAIN or all(page.margin(i) >= _MARGIN for i in moved)


def _in_place(blocks: list[Block], beside: Mapping[int, Beside], cut: Cut, page: Page | None = None) -> Ordered:
    """Leave the blocks in the order of print; rejoin what plainly goes on."""
    displaced = page is not None and page.moved
    if page is not None and not page.splits:
        at = {one.end: i for i, one in enumerate(page.blocks)}
        beside = {at[blocks[i].end]: one for i, one in beside.items()}
        blocks = page.blocks
    joined = {i for i, one in beside.items() if one.sure or (one.likely and not displaced)}
    joined |= {i for i in beside if (blocks[i].end, blocks[i + 1].start) in cut.joins}
    if page is not None and not page.splits:
        joined |= _read_on(page)
        if not displaced:
            joined |= {i for i, one in beside.items() if one.gain > 0 and page.joins[i, i + 1] >= _JOIN}
    chains: list[list[int]] = []
    for i, one in enumerate(blocks):
        if one.marked or not chains:
            chains.append([])
        chains[-1].append(i)
    left = "Pieces of the page seem displaced; they were left as they stand."
    warnings = (left,) if page is not None and page.moved and page.gain >= _MOVE else ()
    return _ordered(blocks, chains, joined, warnings, neighbour_repairs(blocks, beside, joined, cut, page))


def _read_on(page: Page) -> set[int]:
    """Return the blocks that the best layout plainly reads on into the next one.

    What may be a heading must ask for the words that follow.
    """
    likely = [i for i, j in page.following.items() if j == i + 1 and page.joins[i, j] >= _READ_ON]
    lefts = [page.blocks[i].paragraphs[-1] for i in likely]
    rights = [page.blocks[i + 1].paragraphs[0].text for i in likely]
    _, drawn = score_neighbours([one.text for one in lefts], rights)
    return {i for i, one, bits in zip(likely, lefts, drawn, strict=True) if breaks_off(one) or bits >= _ASKED}


def _moved(page: Page, cut: Cut) -> Ordered:
    """Put the blocks into the order of the layout."""
    joined = {i for i, j in page.following.items() if page.reads_on(i, j)}
    kept = {i for i, one in _beside(page.blocks).items() if one.sure}
    joined |= {i for i, j in page.following.items() if j == i + 1 and i in kept}
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
