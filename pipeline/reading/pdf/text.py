"""Paragraphs of all pages to one text with its hints; pages are parted by a form feed on a line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container

from pipeline.reading.pdf.lines import Piece
from pipeline.reading.pdf.paragraphs import Block
from pipeline.records import Hint

_LARGER = 1.12
_MAX_HEADING = 100
_MAX_LEVEL = 9

Page = tuple[list[Piece], list[Block], list[Piece]]


def assemble_pages(pages: list[Page], doubtful: Container[int]) -> tuple[str, tuple[Hint, ...]]:
    """Return the text and its hints.

    Args:
        pages: Head lines, paragraphs and foot lines of each page.
        doubtful: Indices of the pages whose characters are not sure.
    """
    body = _body_size(pages)
    levels = _levels(pages, body)
    parts: list[str] = []
    hints: list[Hint] = []
    at = 0
    for number, (head, blocks, foot) in enumerate(pages):
        if number:
            parts.append("\f")
            at += 2
        edges = [Block(one.text, body, [], [], False, [(number, 0, len(one.text))]) for one in (*head, *foot)]
        for block in (*edges[: len(head)], *blocks, *edges[len(head) :]):
            hints += _block_hints(block, at, levels, doubtful)
            parts.append(block.text)
            at += len(block.text) + 1
    return "\n".join(parts), tuple(sorted(_joined(hints), key=lambda one: (one.start, one.end, one.kind)))


def _body_size(pages: list[Page]) -> float:
    sizes: Counter[float] = Counter()
    for _, blocks, _ in pages:
        for one in blocks:
            sizes[one.size] += 0 if one.row else len(one.text)
    return max(sizes.items(), key=lambda one: (one[1], -one[0]))[0] if sizes else 0.0


def _levels(pages: list[Page], body: float) -> dict[float, int]:
    """Rank the sizes of headings: the largest is level 1."""
    sizes = {one.size for _, blocks, _ in pages for one in blocks if _is_heading(one, body)}
    return {size: min(_MAX_LEVEL, rank) for rank, size in enumerate(sorted(sizes, reverse=True), start=1)}


def _is_heading(block: Block, body: float) -> bool:
    return not block.row and block.size > _LARGER * body and len(block.text) <= _MAX_HEADING


def _block_hints(block: Block, at: int, levels: dict[float, int], doubtful: Container[int]) -> list[Hint]:
    end = at + len(block.text)
    found = [Hint("doubtful", at + low, at + high) for page, low, high in block.pages if page in doubtful]
    found += [Hint("bold", at + low, at + high) for low, high in block.bold]
    found += [Hint(kind, at + low, at + high, count) for kind, low, high, count in block.spans]
    if block.size in levels and not block.row and len(block.text) <= _MAX_HEADING:
        found.append(Hint("heading", at, end, levels[block.size]))
    return found


def _joined(hints: list[Hint]) -> list[Hint]:
    """Join bold or doubtful stretches that only a line end parts within a paragraph or page."""
    found: list[Hint] = []
    last: dict[str, int] = {}
    for one in sorted(hints, key=lambda one: (one.start, one.end)):
        before = last.get(one.kind)
        gap = {"doubtful": 3, "bold": 0}.get(one.kind, -1)
        if before is not None and 0 <= one.start - found[before].end <= gap:
            found[before] = Hint(one.kind, found[before].start, one.end)
        else:
            last[one.kind] = len(found)
            found.append(one)
    return found
