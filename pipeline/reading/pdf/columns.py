"""The reading order of a page: columns are found by the white rivers between them, whatever the file's order.

A page is cut at the river that parts most text, within the height that no line crosses; what stands above and
below it, and what stands left and right of it, is cut again. What has no river is one column.
"""

from __future__ import annotations

from itertools import pairwise

from pipeline.reading.pdf.lines import Piece, join_row

_RIVER = 0.3
_MIN_ROWS = 2
_MIN_CHARS = 24
_MIN_COLUMN = 5.0
_FULL = 0.65
_MOSTLY = 0.35
_MAX_DEPTH = 12
_STEP = 3.0


def order_columns(pages: list[list[Piece]]) -> list[list[list[Piece]]]:
    """Return for each page its columns in reading order, each with its lines from top to bottom.

    A river of one page is looked for on the others too, where a few lines alone would not show it.

    Args:
        pages: Pieces of lines and rows of tables of each page.
    """
    rivers: list[float] = []
    found = [_order(one, [], rivers) for one in pages]
    if not rivers:
        return found
    places = {round(one / _STEP): one for one in rivers}
    return [_order(one, list(places.values()), []) for one in pages]


def _order(pieces: list[Piece], known: list[float], rivers: list[float], depth: int = 0) -> list[list[Piece]]:
    """Cut a part of a page; `rivers` takes up the places of its rivers."""
    cut = _best_river(pieces, known) if depth < _MAX_DEPTH and len(pieces) > 1 else None
    if cut is None:
        return [rows(pieces)] if pieces else []
    x, top, bottom = cut
    rivers.append(x)
    above = [one for one in pieces if _middle(one) < top]
    below = [one for one in pieces if _middle(one) > bottom]
    band = [one for one in pieces if top <= _middle(one) <= bottom]
    left = [one for one in band if one.x0 + one.x1 < 2 * x]
    right = [one for one in band if one.x0 + one.x1 >= 2 * x]
    return [column for part in (above, left, right, below) for column in _order(part, known, rivers, depth + 1)]


def rows(pieces: list[Piece]) -> list[Piece]:
    """Join the pieces that stand on one line; lines from top to bottom."""
    found: list[list[Piece]] = []
    for one in sorted(pieces, key=lambda one: (one.y, one.x0)):
        last = found[-1][0] if found else None
        if last and not (one.row or last.row) and one.y - last.y <= 0.4 * min(one.size, last.size):
            found[-1].append(one)
        else:
            found.append([one])
    return [join_row(line) for line in found]


def _middle(piece: Piece) -> float:
    return (piece.top + piece.bottom) / 2


def _best_river(pieces: list[Piece], known: list[float]) -> tuple[float, float, float] | None:
    """Return place, top and bottom of the river with most text on its poorer side.

    Args:
        pieces: Pieces of a part of the page.
        known: Places of rivers of other pages; there, a line on each side is enough.
    """
    best, found = 0, None
    size = sorted(one.size for one in pieces)[len(pieces) // 2]
    ordered = sorted(pieces, key=_middle)
    for x in [*known, *_candidates(ordered)]:
        crossing = [one for one in ordered if one.x0 < x - _RIVER * size and one.x1 > x + _RIVER * size]
        edges = [float("-inf"), *(_middle(one) for one in crossing), float("inf")]
        for top, bottom in pairwise(edges):
            band = [one for one in ordered if top < _middle(one) < bottom]
            left = [one for one in band if one.x1 <= x + _RIVER * size]
            right = [one for one in band if one.x0 >= x - _RIVER * size]
            if not (left and right and len(left) + len(right) == len(band) and _stand_abreast(left, right)):
                continue
            worth = min(_worth(left, size), _worth(right, size))
            if worth > best or (not best and x in known):
                middle = (max(one.x1 for one in left) + min(one.x0 for one in right)) / 2
                best, found = max(1, worth), (middle, *_clear(top, bottom, band))
    return found


def _clear(top: float, bottom: float, band: list[Piece]) -> tuple[float, float]:
    return max(top, min(map(_middle, band))), min(bottom, max(map(_middle, band)))


def _candidates(ordered: list[Piece]) -> list[float]:
    """Return the middles of the gaps between pieces that stand side by side."""
    found: dict[int, float] = {}
    for at, one in enumerate(ordered):
        for other in ordered[at + 1 :]:
            if other.top >= one.bottom:
                break
            left, right = (one, other) if one.x0 < other.x0 else (other, one)
            if right.x0 - left.x1 > _RIVER * left.size:
                x = (left.x1 + right.x0) / 2
                found.setdefault(round(x / _STEP), x)
    return sorted(found.values())


def _worth(side: list[Piece], size: float) -> int:
    """Return the number of characters of a side that is prose, 0 for one that is none (cells, figures)."""
    if len(side) < _MIN_ROWS:
        return 0
    left = min(one.x0 for one in side)
    width = max(one.x1 for one in side) - left
    lines = rows(side)
    n_chars = sum(len(one.text) for one in side)
    full = sum(one.x1 - left > _FULL * width for one in lines if not one.row)
    prose = width >= _MIN_COLUMN * size and len(lines) >= _MIN_ROWS and full >= _MOSTLY * len(lines)
    return n_chars if prose and n_chars >= _MIN_CHARS else 0


def _stand_abreast(left: list[Piece], right: list[Piece]) -> bool:
    """Tell whether the two sides share most of the lower one's height."""
    low = max(min(one.top for one in left), min(one.top for one in right))
    high = min(max(one.bottom for one in left), max(one.bottom for one in right))
    sizes = [one.size for one in (*left, *right)]
    return high - low > 0.5 * min(sizes)
