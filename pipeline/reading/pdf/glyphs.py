"""The characters of a PDF page with their places, as pdfium draws them.

Places are turned so that lines run to the right and y grows downwards, whatever way the text was set; `turn`
(degrees) keeps apart what does not run the same way.
"""

from __future__ import annotations

import ctypes
import math
import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pypdfium2 import PdfPage, PdfTextPage

_BOLD = re.compile(r"bold|black|heavy|semib|demi|hei|黑|dahei|xbs|xiaobiaosong", re.I)
_MIN_SIZE = 0.5
_TWICE = 0.12
_HIDDEN_MODE = 3
_STROKED_MODE = 2
# What pdfium puts for the hyphen that ends a line; it is drawn, so it stays.
_LINE_HYPHEN = 0xFFFE
_ASKEW_FROM = 10
ASKEW = -1
UNREADABLE = "\ufffd"


class Style(NamedTuple):
    """How a run is drawn: size in points, direction in degrees (0, 90, 180, 270), bold, hidden (an OCR layer)."""

    size: float
    turn: int
    bold: bool
    hidden: bool


class Glyph(NamedTuple):
    """A drawn character: text (mostly one character), left and right edge, baseline, style, number of its run."""

    text: str
    x0: float
    x1: float
    y: float
    style: Style
    run: int


def is_chinese(text: str) -> bool:
    """Tell whether a text begins with a Chinese character."""
    return "\u2e80" <= text[:1] <= "\u2fdf" or "\u3400" <= text[:1] <= "\u9fff" or text[:1] >= "\U00020000"


def is_bold(name: str) -> bool:
    """Tell whether a font's name says that it is bold, or 黑体, which stands for bold in Chinese print."""
    return _BOLD.search(name.split("+")[-1]) is not None


def turned(box: tuple[float, float, float, float], x: float, y: float, turn: int) -> tuple[float, float, float]:
    """Return left edge, right edge and baseline in the direction of the text.

    Args:
        box: Left, bottom, right, top on the page, in points; y grows upwards.
        x: Origin of the character.
        y: Origin of the character.
        turn: Direction of the text in degrees.
    """
    left, bottom, right, top = box
    if turn in (0, ASKEW):
        return left, right, -y
    if turn == 90:
        return bottom, top, x
    return (-right, -left, y) if turn == 180 else (-top, -bottom, -x)


def direction(a: float, b: float) -> int:
    """Return the direction of a text matrix in degrees: a quarter turn, or ASKEW (a watermark)."""
    angle = math.degrees(math.atan2(b, a)) if math.isfinite(a) and math.isfinite(b) else 0.0
    quarter = round(angle / 90)
    return quarter % 4 * 90 if abs(angle - 90 * quarter) < _ASKEW_FROM else ASKEW


def drop_doubles(glyphs: list[Glyph]) -> list[Glyph]:
    """Leave out what is drawn a second time in the same place: print without a bold font does so."""
    places = [(g.text, g.style.turn, round(g.y / g.style.size * 2), g.x0, g.run, at) for at, g in enumerate(glyphs)]
    gone: set[int] = set()
    for one, other in pairwise(sorted(places)):
        if other[3] - one[3] < _TWICE * glyphs[other[5]].style.size and one[:3] == other[:3]:
            apart = one[4] == other[4] or one[0].isspace()
            gone |= set() if apart else {max(one[5], other[5])}
    return [one for at, one in enumerate(glyphs) if at not in gone] if gone else glyphs


def read_glyphs(page: PdfPage) -> list[Glyph]:
    """Return the characters of a page in the order of the file, none twice."""
    text_page = page.get_textpage()
    try:
        return drop_doubles(_read(text_page))
    finally:
        text_page.close()


def _read(text_page: PdfTextPage) -> list[Glyph]:
    import pypdfium2.raw as pdfium

    raw = text_page.raw
    found: list[Glyph] = []
    x, y, box = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF()
    at_x, at_y, at_box = ctypes.byref(x), ctypes.byref(y), ctypes.byref(box)
    runs: dict[int, tuple[Style, int]] = {}
    high = 0
    for at in range(pdfium.FPDFText_CountChars(raw)):
        place = pdfium.FPDFText_GetTextObject(raw, at)
        if not place:  # put in by pdfium: a blank or line end that is not drawn
            continue
        owner = ctypes.addressof(place.contents)
        if owner not in runs:
            runs[owner] = (_style(raw, at, place), len(runs))
        style, run = runs[owner]
        code = pdfium.FPDFText_GetUnicode(raw, at)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if high and 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00
        high = 0
        pdfium.FPDFText_GetCharOrigin(raw, at, at_x, at_y)
        pdfium.FPDFText_GetLooseCharBox(raw, at, at_box)
        edges = turned((box.left, box.bottom, box.right, box.top), x.value, y.value, style.turn)
        found.append(Glyph(_sign(code), *edges, style, run))
    return found


def _sign(code: int) -> str:
    if code == _LINE_HYPHEN:
        return "-"
    return chr(code) if code and not 0xD800 <= code < 0xE000 else UNREADABLE


def _style(raw: ctypes.c_void_p, at: int, place: ctypes.c_void_p) -> Style:
    """Read size, direction and weight of the run that holds a character."""
    import pypdfium2.raw as pdfium

    matrix, size = pdfium.FS_MATRIX(), ctypes.c_float()
    pdfium.FPDFText_GetMatrix(raw, at, matrix)
    pdfium.FPDFTextObj_GetFontSize(place, size)
    name = ctypes.create_string_buffer(128)
    font = pdfium.FPDFTextObj_GetFont(place)
    if font:
        pdfium.FPDFFont_GetBaseFontName(font, name, len(name))
    mode = pdfium.FPDFTextObj_GetTextRenderMode(place)
    scaled = max(_MIN_SIZE, abs(size.value) * math.hypot(matrix.c, matrix.d))
    bold = mode == _STROKED_MODE or is_bold(name.value.decode("utf-8", "replace"))
    return Style(round(scaled, 2), direction(matrix.a, matrix.b), bold, mode == _HIDDEN_MODE)
