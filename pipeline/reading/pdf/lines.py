"""Characters of a page to pieces of lines: what stands on one baseline without a wide gap."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from pipeline.reading.pdf.glyphs import Glyph

_BASELINE = 0.35
_GAP = 0.6
_BLANK_LATIN = 0.2
_LATIN = re.compile(r"[A-Za-z0-9.,:;%)'’”-]$")
_LATIN_START = re.compile(r"[A-Za-z0-9(‘“'-]")
_WORD_END = re.compile(r"[A-Za-z0-9.,:;%)]$")
_SMALL = 0.8
_MAX_MARK = 4
_ASCENT, _DESCENT = 0.86, 0.14


@dataclass(slots=True)
class Piece:
    """A stretch of a line, or a whole table; places in points, y grows downwards.

    Attributes:
        text: Its characters with the blanks between them.
        x0: Left edge.
        x1: Right edge.
        top: Upper edge.
        bottom: Lower edge.
        y: Baseline.
        size: Size of most of its characters in points.
        bold: Stretches of `text` that are bold.
        spans: Merged cells of a table row: `(kind, start, end, count)`.
        row: It is a row of a table.
    """

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    y: float
    size: float
    bold: list[tuple[int, int]] = field(default_factory=list)
    spans: list[tuple[str, int, int, int]] = field(default_factory=list)
    row: bool = False


def make_piece(glyphs: list[Glyph]) -> Piece:
    """Set characters of one baseline, sorted by x, together; wide gaps between them become blanks."""
    parts: list[str] = []
    bold: list[tuple[int, int]] = []
    length, last = 0, None
    sizes: dict[float, int] = {}
    for one in glyphs:
        if last is not None and _is_blank(last, one):
            parts.append(" ")
            length += 1
        stop = length + len(one.text)
        if one.style.bold:
            if bold and length - bold[-1][1] <= 1:
                bold[-1] = (bold[-1][0], stop)
            else:
                bold.append((length, stop))
        if not one.text.isspace():
            sizes[one.style.size] = sizes.get(one.style.size, 0) + 1
        parts.append(one.text)
        length, last = stop, one
    size = max(sizes.items(), key=lambda one: (one[1], one[0]))[0] if sizes else glyphs[0].style.size
    y = next((one.y for one in glyphs if one.style.size == size), glyphs[0].y)
    text = "".join(parts)
    x0, x1 = glyphs[0].x0, max(one.x1 for one in glyphs)
    return Piece(text, x0, x1, y - _ASCENT * size, y + _DESCENT * size, y, size, bold)


def _is_blank(left: Glyph, right: Glyph) -> bool:
    """Tell whether the gap between two neighbours stands for a blank."""
    if left.text.isspace() or right.text.isspace():
        return False
    gap = right.x0 - left.x1
    size = max(left.style.size, right.style.size)
    if gap < _BLANK_LATIN * size:
        return False
    return gap > _GAP * size or bool(_LATIN.search(left.text) and _LATIN_START.match(right.text))


def split_pieces(glyphs: Iterable[Glyph], walls: Iterable[float] = ()) -> list[list[Glyph]]:
    """Group characters of one direction by baseline and cut each line at its wide gaps.

    Args:
        glyphs: Characters; white space among them goes with the line that it stands in.
        walls: Places (x) of drawn lines that part the text.
    """
    bands: list[list[Glyph]] = []
    start = 0.0
    for one in sorted(glyphs, key=lambda one: one.y):
        if bands and one.y - start <= _BASELINE * min(one.style.size, bands[-1][0].style.size):
            bands[-1].append(one)
        else:
            bands.append([one])
            start = one.y
    found = [part for band in bands for part in _cut(sorted(band, key=lambda one: one.x0), sorted(walls))]
    return _with_marks(found)


def _cut(line: list[Glyph], walls: list[float]) -> list[list[Glyph]]:
    """Cut at gaps; the blanks at the ends of the parts go."""
    parts: list[list[Glyph]] = []
    edge = 0.0
    for one in line:
        if one.text.isspace():
            if parts:
                parts[-1].append(one)
            continue
        apart = not parts or one.x0 - edge > _GAP * one.style.size
        if apart or any(edge - 1 <= wall <= one.x0 + 1 for wall in walls):
            parts.append([])
        parts[-1].append(one)
        edge = max(edge, one.x1) if len(parts[-1]) > 1 else one.x1
    for part in parts:
        while part[-1].text.isspace():
            part.pop()
    return parts


def _with_marks(parts: list[list[Glyph]]) -> list[list[Glyph]]:
    """Set small raised or lowered marks into the line that they stand beside."""
    small = [one for one in parts if len(one) <= _MAX_MARK]
    if not small or len(small) == len(parts):
        return parts
    found = [one for one in parts if len(one) > _MAX_MARK]
    for mark in small:
        hosts = [one for one in found if _is_beside(mark, one)]
        if hosts:
            hosts[0].extend(mark)
            hosts[0].sort(key=lambda one: one.x0)
        else:
            found.append(mark)
    return found


def _is_beside(mark: list[Glyph], host: list[Glyph]) -> bool:
    size = host[0].style.size
    if mark[0].style.size > _SMALL * size or not -0.7 * size < mark[0].y - host[0].y < 0.4 * size:
        return False
    return host[0].x0 - 0.3 * size < mark[0].x0 < max(one.x1 for one in host) + 0.4 * size


def join_text(left: str, right: str) -> str:
    """Join two lines of a paragraph or cell; a blank parts Latin words, a figure goes on."""
    parts = _WORD_END.search(left) and _LATIN_START.match(right) and not (left[-1:].isdigit() and right[:1].isdigit())
    return f"{left} {right}" if parts and right[:1] not in "-'’”" else left + right


def join_row(pieces: list[Piece]) -> Piece:
    """Join pieces of one line from left to right; a blank stands where they were apart."""
    pieces = sorted(pieces, key=lambda one: one.x0)
    if len(pieces) == 1:
        return pieces[0]
    text, bold, largest = "", list[tuple[int, int]](), max(pieces, key=lambda one: (len(one.text), one.size))
    for before, one in zip([None, *pieces], pieces, strict=False):
        text += " " if before and one.x0 - before.x1 > 0.25 * one.size else ""
        bold += [(len(text) + low, len(text) + high) for low, high in one.bold]
        text += one.text
    edges = min(one.top for one in pieces), max(one.bottom for one in pieces)
    return Piece(text, pieces[0].x0, max(one.x1 for one in pieces), *edges, largest.y, largest.size, bold)
