"""Reading order: put the pieces of a printed page in order and tell its articles apart."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.reading.columns import (
    Block,
    Joins,
    cut_blocks,
    match_blocks,
    match_neighbours,
    split_between,
    split_glued,
)
from pipeline.reading.lines import Paragraph


def order_articles(paragraphs: list[Paragraph]) -> tuple[list[tuple[str, list[Paragraph]]], tuple[str, ...]]:
    """Put paragraphs into reading order and tell articles apart.

    Only a page on which two articles go on from the same other page (上接第1版, twice) is taken for one whose
    columns may be displaced; elsewhere paragraphs keep their order, and those plainly broken are rejoined.

    Returns:
        Name and paragraphs of each article, and warnings. A document without displaced pieces is one article
        `main` in the order given.
    """
    printed = any(one.marked for one in paragraphs)
    blocks = cut_blocks(paragraphs, printed)
    if len(blocks) == 1:
        return [("main", paragraphs)], ()
    if not printed:
        return [("main", _join_paragraphs(blocks, match_neighbours(blocks)))], ()
    blocks, joins = split_glued(*split_between(blocks, match_blocks(blocks)))
    chains = _chain(blocks, joins)
    if chains is None:
        return [("main", paragraphs)], ("Pieces of the page seem displaced; they were left as they stand.",)
    articles = [_join_paragraphs([blocks[i] for i in chain]) for chain in chains]
    if len(articles) == 1:
        return [("main", articles[0])], ()
    warning = f"The page holds {len(articles)} articles; their pieces were put back into reading order."
    return list(zip(_names(articles), articles, strict=True)), (warning,)


def _chain(blocks: list[Block], joins: Joins) -> list[list[int]] | None:
    """Follow the joins from each block that begins an article; None where a piece stays without a place."""
    chains: list[list[int]] = []
    for i, block in enumerate(blocks):
        if i in joins.values():
            continue
        if i and not block.paragraphs[0].marked:
            if chains and chains[-1][-1] == i - 1:
                chains[-1].append(i)
            else:
                return None
        else:
            chains.append([i])
        while chains[-1][-1] in joins:
            chains[-1].append(joins[chains[-1][-1]])
    return chains


def _join_paragraphs(blocks: list[Block], only: set[int] | None = None) -> list[Paragraph]:
    """Put blocks one after the other, rejoining the paragraphs that were broken between them.

    Args:
        blocks: In reading order.
        only: Rejoin before these alone; None rejoins wherever an open ending meets an open beginning.
    """
    found: list[Paragraph] = []
    for at, block in enumerate(blocks):
        first, *others = block.paragraphs
        if at and block.open_start and blocks[at - 1].open_end and (only is None or at in only):
            found[-1] = replace(found[-1], text=found[-1].text + first.text, spans=found[-1].spans + first.spans)
        else:
            found.append(first)
        found += others
    return found


def _names(articles: list[list[Paragraph]]) -> list[str]:
    """Name articles by their genre; a second one of a genre gets a number."""
    names: list[str] = []
    for paragraphs in articles:
        text = "\n".join(one.text for one in paragraphs)
        base = _genre(text)
        names.append(base if base not in names else f"{base}{names.count(base) + 1}")
    return names


def _genre(text: str) -> str:
    """Tell the genre of one of several articles; an explanation speaks of the plan's draft (建议稿)."""
    if re.search(r"建议稿|纲要草案|的说明$|起草(?:过程|情况)", text, re.M):
        return "explanation"
    return "work_report" if re.search(r"政府工作报告|各位代表", text) else "proposal"
