"""Running heads and page numbers of a PDF: told by their place on the page and by coming back on other pages."""

from __future__ import annotations

import re
from collections import Counter

from pipeline.reading.pdf.columns import rows
from pipeline.reading.pdf.lines import Piece

_NUMBER = re.compile(
    r"[—–―－\-·•.]{0,3}\s*(?:\d{1,4}|[ivxIVX]{1,6}|第\s*\d{1,4}\s*页(?:\s*[,，/]?\s*共\s*\d+\s*页)?)\s*[—–―－\-·•.]{0,3}$"
)
_FIGURES = re.compile(r"\d+")
_MAX_LENGTH = 60
_MAX_ROWS = 2
_REPEATS = 3
_NEAR = 4.0


def part_edges(pages: list[list[Piece]]) -> list[tuple[list[Piece], list[Piece], list[Piece]]]:
    """Return head, body and foot of each page.

    Args:
        pages: Pieces of each page.
    """
    outer = [_outer_rows(one) for one in pages]
    often = Counter(key for top, bottom in outer for line in (*top, *bottom) for key in _keys(line))
    needed = _REPEATS if len(pages) > _REPEATS else 2
    found = []
    for pieces, (top, bottom) in zip(pages, outer, strict=True):
        head = _furniture(top, often, needed)
        foot = [] if len(head) + len(bottom) > len(pieces) else _furniture(bottom, often, needed)
        gone = {id(one) for line in (*head, *foot) for one in line}
        body = [one for one in pieces if id(one) not in gone]
        found.append((rows(sum(head, [])), body, rows(sum(foot, []))))
    return found


def _outer_rows(pieces: list[Piece]) -> tuple[list[list[Piece]], list[list[Piece]]]:
    """Return the first rows of a page from the top, the last ones from the bottom."""
    if not pieces:
        return [], []
    ordered = sorted(pieces, key=lambda one: (one.y, one.x0))
    lines: list[list[Piece]] = []
    for one in ordered:
        if lines and one.y - lines[-1][0].y <= 0.4 * min(one.size, lines[-1][0].size):
            lines[-1].append(one)
        else:
            lines.append([one])
    top = lines[:_MAX_ROWS]
    return top, lines[len(top) :][: -_MAX_ROWS - 1 : -1]


def _text(line: list[Piece]) -> str:
    return " ".join(one.text for one in line)


def _keys(line: list[Piece]) -> list[tuple[str, int]]:
    """Return what a line is told by on other pages: its text but for figures, and its height to within a little."""
    text = _FIGURES.sub("0", _text(line))
    place = line[0].y / _NEAR
    return [(text, round(place - 0.25)), (text, round(place + 0.25) + 1_000_000)]


def _furniture(lines: list[list[Piece]], often: Counter[tuple[str, int]], needed: int) -> list[list[Piece]]:
    """Return the outermost rows that are no text of the page."""
    found: list[list[Piece]] = []
    for line in lines:
        text = _text(line)
        if len(text) > _MAX_LENGTH or any(one.row for one in line):
            break
        comes_back = max(often[key] for key in _keys(line)) >= needed and not text.endswith(("。", "；"))
        if not (_NUMBER.match(text) or comes_back):
            break
        found.append(line)
    return found
