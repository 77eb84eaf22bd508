"""One page of a PDF: its characters set together to pieces of lines and rows of tables."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from pipeline.reading.pdf.doubt import judge, reads_as_chinese
from pipeline.reading.pdf.glyphs import ASKEW, Glyph, read_glyphs
from pipeline.reading.pdf.lines import Piece, make_piece, split_pieces
from pipeline.reading.pdf.rules import read_rules
from pipeline.reading.pdf.tables import find_grids, take_tables

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

_MIN_VERTICAL = 20
_ASCENT, _DESCENT = 0.86, 0.14
_DOUBTFUL = frozenset({"disagree", "shared", "unreadable", "language"})


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page as read.

    Attributes:
        pieces: Pieces of lines and rows of tables, in no order.
        aside: What runs in another direction: watermarks, notes at the margin.
        n_chars: Characters with ink.
        n_unreadable: Those that no extractor can name.
        notes: What is to be said of the page: `disagree`, `shared`, `unreadable`, `language`, `unchecked`, `vertical`,
            `hidden`, `damaged`.
    """

    pieces: list[Piece]
    aside: list[Piece]
    n_chars: int
    n_unreadable: int
    notes: frozenset[str]

    @property
    def is_doubtful(self) -> bool:
        """Whether its characters may be wrong."""
        return bool(self.notes & _DOUBTFUL)


def read_sheet(page: PdfPage, again: list[Glyph] | None, n_shared: int = 0) -> Sheet:
    """Read a page.

    Args:
        page: A loaded page.
        again: Its characters as a second extractor reads them, or None.
        n_shared: Chinese characters whose name another code of the same font bears too.
    """
    verdict = judge(read_glyphs(page), again, n_shared)
    ink = [one for one in verdict.glyphs if not one.text.isspace()]
    notes = set(verdict.doubts)
    if not ink:
        return Sheet([], [], 0, 0, frozenset(notes))
    if not verdict.compared:
        notes.add("unchecked")
    if 2 * sum(one.style.hidden for one in ink) > len(ink):
        notes.add("hidden")
    (turn, _), *_ = Counter(one.style.turn for one in ink).most_common()
    main = [one for one in verdict.glyphs if one.style.turn == turn]
    if turn == ASKEW:
        pieces, main = [], []
    elif _is_vertical(main):
        notes.add("vertical")
        pieces = [make_piece(part) for part in split_pieces([_laid(one) for one in main])]
    else:
        level, upright = read_rules(page, turn)
        pieces, main = take_tables(find_grids(level, upright), main)
        pieces += [make_piece(part) for part in split_pieces(main)]
    aside = _aside([one for one in verdict.glyphs if one.style.turn != turn or turn == ASKEW])
    if not reads_as_chinese("\n".join(one.text for one in pieces)):
        notes.add("language")
    return Sheet(pieces, aside, len(ink), verdict.n_unreadable, frozenset(notes))


def _aside(glyphs: list[Glyph]) -> list[Piece]:
    """Return what runs in another direction, line by line; what is askew in the order of the file."""
    found: list[Piece] = []
    for turn in sorted({one.style.turn for one in glyphs}):
        own = [one for one in glyphs if one.style.turn == turn]
        if turn == ASKEW:
            inked = [one for one in own if not one.text.isspace()]
            found += [make_piece(list(run)) for _, run in groupby(inked, key=lambda one: one.run)]
        else:
            found += sorted(map(make_piece, split_pieces(own)), key=lambda one: (one.y, one.x0))
    return found


def _is_vertical(glyphs: list[Glyph]) -> bool:
    """Tell whether upright characters mostly follow each other downwards."""
    down = along = 0
    for one, other in pairwise(glyphs):
        size = one.style.size
        step = (other.x0 + other.x1 - one.x0 - one.x1) / 2
        drop = other.y - one.y
        down += abs(step) < 0.3 * size and 0.7 * size < drop < 2 * size
        along += abs(drop) < 0.3 * size and 0 < step < 2 * size
    return down >= _MIN_VERTICAL and down > along


def _laid(glyph: Glyph) -> Glyph:
    """Turn a character of an upright line, so that lines run to the right and follow each other downwards."""
    size = glyph.style.size
    return glyph._replace(x0=glyph.y - _ASCENT * size, x1=glyph.y + _DESCENT * size, y=-(glyph.x0 + glyph.x1) / 2)
