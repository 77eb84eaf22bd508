"""PDF files: pages of text, rules and tables whose objects and streams are changed in some places."""

from __future__ import annotations

import random
import re
import zlib

from fuzz_draw import ODD_NUMBERS, Draw, damaged
from fuzz_words import ENUMERATORS, FURNITURE, TABLES, TITLES, piece
from pdf_damage import DAMAGES
from pdf_maker import Sheet, column, make_pdf, stream, wrap, write_pdf
from reading_checks import story

_OBJECT = re.compile(rb"\d+ 0 obj\n(.*?)\nendobj", re.S)
_STREAM = re.compile(rb"(<<.*?>>)\nstream\n(.*)\nendstream", re.S)
_NUMBER, _WORD = re.compile(rb"-?\d+(?:\.\d+)?"), re.compile(rb"/[A-Za-z0-9+]+|\b[A-Za-z*]+\b")
_EXTRA = (
    "",
    "",
    "",
    "/Rotate 90",
    "/Rotate 180",
    "/Rotate 45",
    "/UserUnit 9999999",
    "/CropBox [0 0 0 0]",
    "/Annots [1 0 R 2 0 R]",
    "/Group << >>",
)
_BOXES = (
    "0 0 595 842",
    "0 0 595 842",
    "0 0 842 595",
    "0 0 0 0",
    "-500 -500 95 342",
    "0 0 99999999 99999999",
    "595 842 0 0",
    "0 0 1e30 1",
)
_MATRICES = (
    "1 0 0 1 0 0",
    "1 0 0 1 0 0",
    "0.5 0 0 0.5 0 0",
    "0 1 -1 0 595 0",
    "-1 0 0 -1 595 842",
    "1 0 0 -1 0 842",
    "0 0 0 0 0 0",
    "1e9 0 0 1e9 0 0",
    "0.7 0.7 -0.7 0.7 0 0",
)
_FIRST = (
    "", "", "", "q q q q", "Q Q Q", "BT ET", "3 Tr", "/F9 12 Tf", "BT /F0 0 Tf (x) Tj ET", "BT /F0 -12 Tf <0003> Tj ET", "0 0 m 9 9 l 1 1 1 1 1 1 c h S", "1 0 0 rg 0 0 595 842 re f", "/X0 Do",
    "BI /W 1 /H 1 /BPC 8 /CS /G ID x EI", "/Span << /ActualText (x) >> BDC", "EMC EMC", "[ [ [ (x) ] ] ] TJ", "<< /A << /B 1 >> >> DP", "0 0 0 0 re f", "99 Tz", "-1e38 Tc 1e38 Tw", "/Artifact BMC",
)  # fmt: skip
_WORDS = (b"Tj", b"TJ", b"Tf", b"Tm", b"Td", b"cm", b"re", b"S", b"f", b"q", b"Q", b"/Page", b"/Pages", b"/Font", b"/Identity-H", b"/Type0", b"null", b"/Kids", b"/F0", b"R", b"/FlateDecode", b"/ASCIIHexDecode", b"/ToUnicode", b"/W")  # fmt: skip


def pdf_file(draw: Draw) -> tuple[bytes, str]:
    """Return a PDF file."""
    damage, seed = draw.choice((None, None, None, *DAMAGES)), draw.below(256)
    shuffle, spread = draw.choice((None, None, 3)), draw.one_in(8)
    changes, kept = draw.below(8), draw.below(4)
    n_pages = draw.below(3) + 1
    first, draw = draw.apart()
    sheets = [_sheet(first, number) for number in range(n_pages)]
    change = (lambda one: DAMAGES[damage](one, random.Random(seed))) if damage else lambda one: one
    data = make_pdf(sheets, change, shuffle, spread)
    if kept == 0:
        return data, "a.pdf"
    if kept == 1:
        return damaged(data, draw), "a.pdf"
    objects = _OBJECT.findall(data)
    for _ in range(changes):
        objects = _changed(objects, draw)
    return write_pdf(objects, draw.choice(("", "", "/Encrypt 3 0 R", "/Prev 9", "/Info 1 0 R"))), "a.pdf"


def _sheet(draw: Draw, number: int) -> Sheet:
    """Return a page: a head, columns of prose, a table, a page number."""
    n_columns, size = draw.below(3) + 1, draw.choice((12, 12, 10.5, 16, 0.1, 400))
    width = 36 // n_columns
    runs = [(72.0, 800.0, 9.0, draw.choice(FURNITURE)), (290.0, 40.0, 9.0, f"— {number + 1} —")]
    for at in range(n_columns):
        lines: list[str] = []
        for _ in range(draw.below(3) + 1):
            words = draw.choice(("", *ENUMERATORS)) + draw.choice(TITLES) + story(draw.below(4), draw.below(256))
            lines += wrap(words.replace("\n", ""), max(4, width - 2))
        runs += column(
            lines[:34], 60 + 480 / n_columns * at, draw.choice((770, 600, 300)), size, draw.choice((20, 14, 2))
        )
    found = Sheet(runs, [], draw.choice(_EXTRA), draw.choice(_BOXES), {draw.below(8)}, draw.choice(_MATRICES))
    if draw.one_in(3):
        _rule(found, draw)
    if draw.one_in(6):
        found.askew = [(300, 400, 40, draw.choice(FURNITURE)), (1, 1, 9, piece(draw)[:9].replace("\n", ""))]
    found.first = draw.choice(_FIRST)
    return found


def _rule(sheet: Sheet, draw: Draw) -> None:
    """Set a table with rules, some of them missing."""
    n_rows, n_columns, left, top = draw.below(4) + 2, draw.below(4) + 2, 80.0, 280.0
    across, down = 400 / n_columns, 24.0
    for row in range(n_rows + 1):
        sheet.rules.append((left, top - down * row, left + 400, top - down * row))
    for place in range(n_columns + 1):
        sheet.rules.append((left + across * place, top, left + across * place, top - down * n_rows))
    for _ in range(draw.below(3)):
        sheet.rules.pop(draw.below(len(sheet.rules)))
    for row in range(n_rows):
        for place in range(n_columns):
            words = draw.choice(TABLES).strip()
            sheet.runs += [(left + across * place + 4, top - down * row - 16, 10.5, words)] if words else []


def _changed(objects: list[bytes], draw: Draw) -> list[bytes]:
    """Change one object, or a stream of it as it is unpacked."""
    at, kind = draw.below(len(objects)), draw.below(6)
    found = list(objects)
    if kind == 0:
        found[at] = draw.choice(objects)
    elif kind == 1:
        found[at] = draw.choice((b"null", b"[]", b"<< >>", b"1 0 R", b"[ %d 0 R ]" % (at + 1), b"(" * 99, b"<<" * 300))
    elif parts := _STREAM.fullmatch(found[at]):
        try:
            body = zlib.decompress(parts[2])
        except zlib.error:
            return found
        found[at] = (
            stream(_reworded(body, draw))
            if kind < 5
            else parts[1] + b"\nstream\n" + damaged(parts[2], draw) + b"\nendstream"
        )
    else:
        found[at] = _reworded(found[at], draw)
    return found


def _reworded(body: bytes, draw: Draw) -> bytes:
    """Put another number or word in the place of one, or damage the bytes."""
    kind = draw.below(5)
    if kind == 4:
        return damaged(body, draw)
    places = [one.span() for one in (_NUMBER if kind < 2 else _WORD).finditer(body)]
    if not places:
        return body
    low, high = draw.choice(places)
    new = draw.choice(ODD_NUMBERS).encode() if kind < 2 else draw.choice(_WORDS)
    return body[:low] + new + body[high:]
