"""Lines of print to paragraphs: by indent, by how full a line is, by leading and size."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from pipeline.reading.furniture import ENUMERATED, SENTENCE_END
from pipeline.reading.pdf.lines import Piece, join_text

_INDENT = 1.2
_MAX_INDENT = 4.5
_SLACK = 1.7
_SLACK_INDENTED = 2.7
_SAME = 0.6
_FEW = 5
_FULL = 0.3
_SIZES = 1.12
_LEADING = 1.45
_WIDEST_LEADING = 2.6
_TOKEN = re.compile(r"[A-Za-z0-9.%+/-]{2,30}")
_RAGGED = 0.6
_NO_BREAK = re.compile(r"[，、；：。！？）》”’」』】]")


@dataclass(slots=True)
class Leaf:
    """A column of a page: its lines from top to bottom, and the edges that full lines reach."""

    page: int
    lines: list[Piece]
    left: float = 0.0
    right: float = 0.0


@dataclass(slots=True)
class Block:
    """A paragraph or a row of a table.

    Attributes:
        text: Its lines, joined.
        size: Size of its first line.
        bold: Bold stretches of `text`.
        spans: Merged cells of a row, as in Piece.
        row: It is a row of a table.
        pages: Stretches of `text` by page: `(page, start, end)`.
    """

    text: str
    size: float
    bold: list[tuple[int, int]]
    spans: list[tuple[str, int, int, int]]
    row: bool
    pages: list[tuple[int, int, int]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Print:
    """How a document is set: the leading of each size, and whether paragraphs begin with an indent."""

    leading: dict[float, float]
    indented: bool


def join_paragraphs(leaves: list[Leaf]) -> list[Block]:
    """Join the lines of all columns, in reading order, to paragraphs.

    A paragraph that goes on in the next column or page belongs to the page that it begins on.
    """
    _set_margins(leaves)
    style = _style(leaves)
    blocks: list[Block] = []
    last: tuple[Piece, Leaf] | None = None
    for leaf in leaves:
        for line in leaf.lines:
            if last and _goes_on(last[0], last[1], line, leaf, style):
                _append(blocks[-1], line, leaf.page)
            else:
                pages = [(leaf.page, 0, len(line.text))]
                blocks.append(Block(line.text, line.size, list(line.bold), line.spans, line.row, pages))
            last = line, leaf
    return blocks


def _append(block: Block, line: Piece, page: int) -> None:
    text = join_text(block.text, line.text)
    start = len(text) - len(line.text)
    block.bold += [(start + low, start + high) for low, high in line.bold]
    block.pages.append((page, start, len(text)))
    block.text = text


def _set_margins(leaves: list[Leaf]) -> None:
    """Find the edges of each column; one of few lines takes those of a fuller one around it."""
    for leaf in leaves:
        lines = [one for one in leaf.lines if not one.row] or leaf.lines
        leaf.left, leaf.right = _left(lines), _right(lines)
    full = {(round(one.left), round(one.right)): one for one in leaves if not _is_weak(one)}
    for leaf in leaves:
        if _is_weak(leaf):
            size = leaf.lines[0].size
            around = [one for one in full.values() if -size <= leaf.left - one.left <= _MAX_INDENT * size]
            around = [one for one in around if one.right >= leaf.right - size]
            if around:
                host = min(around, key=lambda one: one.right - one.left)
                leaf.left, leaf.right = min(leaf.left, host.left), max(leaf.right, host.right)


def _is_weak(leaf: Leaf) -> bool:
    """Tell whether a column has too few full lines to show its edges."""
    full = sum(leaf.right - one.x1 < _SLACK * one.size for one in leaf.lines)
    return len(leaf.lines) < _FEW or full < _FULL * len(leaf.lines)


def _left(lines: list[Piece]) -> float:
    """Return the leftmost start of a line, but for one that stands far out."""
    starts = sorted((one.x0, one.size) for one in lines)
    (x, size), (following, _) = starts[0], starts[min(1, len(starts) - 1)]
    return following if following - x > _MAX_INDENT * size else x


def _right(lines: list[Piece]) -> float:
    """Return the rightmost end that two lines share, or the rightmost one."""
    ends = sorted((one.x1 for one in lines), reverse=True)
    near = _SAME * median(one.size for one in lines)
    return next((high for high, low in pairwise(ends) if high - low <= near), ends[0])


def _style(leaves: list[Leaf]) -> Print:
    steps: defaultdict[float, list[float]] = defaultdict(list)
    n_indented = n_lines = 0
    for leaf in leaves:
        for one, other in pairwise(leaf.lines):
            if not (one.row or other.row) and one.size == other.size and other.y > one.y:
                steps[one.size].append((other.y - one.y) / one.size)
                n_lines += 1
                opens = _is_indented(one, leaf) and not _is_indented(other, leaf)
                n_indented += opens and _is_full(one, leaf, other, 1.0)
    leading = {size: _usual(found) for size, found in steps.items()}
    return Print(leading, n_indented > 0 and n_indented >= 0.02 * n_lines)


def _usual(steps: list[float]) -> float:
    """Return the commonest step between lines, to a tenth of the size; the smallest of those as common."""
    counts = Counter(round(one, 1) for one in steps)
    most = max(counts.values())
    return min(step for step, count in counts.items() if count >= 0.6 * most)


def _is_indented(line: Piece, leaf: Leaf) -> bool:
    return _INDENT * line.size <= line.x0 - leaf.left <= _MAX_INDENT * line.size


def _is_full(line: Piece, leaf: Leaf, following: Piece, slack: float) -> bool:
    """Tell whether nothing more fitted on the line: not the first character or word of the next one."""
    token = _TOKEN.match(following.text)
    needed = slack * line.size + (0.55 * line.size * len(token.group()) if token else 0.0)
    return leaf.right - line.x1 < needed


def _goes_on(line: Piece, leaf: Leaf, following: Piece, other: Leaf, style: Print) -> bool:
    """Tell whether a line of print goes on in the following one."""
    if line.row or following.row or max(line.size, following.size) > _SIZES * min(line.size, following.size):
        return False
    if leaf is other and not _is_close(line, following, style):
        return False
    if _NO_BREAK.match(following.text):
        return True
    ended = SENTENCE_END.search(line.text) is not None
    slack = _SLACK_INDENTED if style.indented else _SLACK
    if not _is_full(line, leaf, following, slack):
        if leaf is other and _is_title(line, leaf, following):
            return True
        ragged = style.indented and not ended and line.x1 - leaf.left > _RAGGED * (leaf.right - leaf.left)
        return ragged and abs(following.x0 - other.left) < _SAME * following.size
    if _is_indented(following, other):
        usual = style.indented and abs(following.x0 - other.left - 2 * following.size) < 0.4 * following.size
        alike = leaf is other and not usual and abs(line.x0 - following.x0) < 0.3 * line.size
        hanging = leaf is other and ENUMERATED.match(line.text) is not None and not style.indented
        return not ended and (alike or hanging) and not ENUMERATED.match(following.text)
    if following.x0 - other.left > _MAX_INDENT * following.size:
        return False
    if ENUMERATED.match(line.text) and ENUMERATED.match(following.text):
        return False
    unsure = ENUMERATED.match(following.text) or (ended and leaf.right - line.x1 > _SAME * line.size)
    return style.indented or not unsure


def _is_close(line: Piece, following: Piece, style: Print) -> bool:
    step = (following.y - line.y) / line.size
    usual = style.leading.get(line.size, style.leading.get(following.size, _WIDEST_LEADING))
    return 0 < step <= max(1.2, min(_WIDEST_LEADING, usual * _LEADING))


def _is_title(line: Piece, leaf: Leaf, following: Piece) -> bool:
    """Tell whether two centred lines are one title: wide, of one size, and the second does not begin anew."""
    width = leaf.right - leaf.left
    centred = abs((line.x0 - leaf.left) - (leaf.right - line.x1)) < line.size and line.x0 - leaf.left > line.size
    below = abs((following.x0 + following.x1) - (line.x0 + line.x1)) < 2 * line.size
    below = below and following.x1 < leaf.right - line.size
    wide = line.x1 - line.x0 > 0.55 * width
    plain = not (SENTENCE_END.search(line.text) or ENUMERATED.match(following.text) or following.text[:1] in "（(—-")
    return centred and below and wide and plain and bool(line.bold) == bool(following.bold)
