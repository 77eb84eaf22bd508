"""The characters of a PDF page as a second extractor decodes them: pdfminer, without its slow layout.

Two programs that read a damaged font differ, so the second one tells where the first is not to be trusted. A
character that the font does not name is UNREADABLE here, where pdfium makes one up.
"""

from __future__ import annotations

import io
import math

from pdfminer.pdfcolor import PDFColorSpace
from pdfminer.pdfdevice import PDFTextDevice, PDFTextSeq
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdffont import PDFFont
from pdfminer.pdfinterp import PDFGraphicState, PDFPageInterpreter, PDFResourceManager, PDFTextState
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import stream_value
from pdfminer.utils import Matrix

from pipeline.reading.pdf.glyphs import UNREADABLE, Glyph, Style, direction, drop_doubles, is_bold, is_chinese, turned

# Stream bytes that are read a second time, over all pages: about 20 seconds.
_BUDGET = 24_000_000
_MAX_GLYPHS = 100_000
_IDENTITY = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class _TooLongError(Exception):
    """A page draws more than is worth a second reading."""


class _Listener(PDFTextDevice):
    """Notes each character that is drawn."""

    def __init__(self, resources: PDFResourceManager) -> None:
        super().__init__(resources)
        self.run = 0
        self._styles: dict[tuple[float, ...], Style] = {}
        self._fonts: dict[int, PDFFont] = {}
        self._signs: dict[tuple[int, int], tuple[str, float]] = {}
        self.start_page()

    def start_page(self) -> None:
        """Forget the last page."""
        self.found: list[Glyph] = []
        self.n_shared = 0
        self._codes: dict[tuple[int, str], int] = {}

    def render_string(
        self, textstate: PDFTextState, seq: PDFTextSeq, ncs: PDFColorSpace, graphicstate: PDFGraphicState
    ) -> None:
        """Number the run."""
        self.run += 1
        super().render_string(textstate, seq, ncs, graphicstate)

    def render_char(
        self,
        matrix: Matrix,
        font: PDFFont,
        fontsize: float,
        scaling: float,
        rise: float,
        cid: int,
        ncs: PDFColorSpace,
        graphicstate: PDFGraphicState,
    ) -> float:
        """Note the character; return its advance, as the caller needs it."""
        if len(self.found) > _MAX_GLYPHS:
            raise _TooLongError
        sign = self._signs.get((id(font), cid))
        if sign is None:
            sign = self._signs[id(font), cid] = _look_up(font, cid)
            self._fonts[id(font)] = font  # kept, so that no other font takes its id
        text, width = sign
        if is_chinese(text):
            self.n_shared += self._codes.setdefault((id(font), text), cid) != cid
        a, b, c, d, e, f = matrix
        key = (id(font), fontsize, a, b, c, d)
        style = self._styles.get(key) or self._styles.setdefault(key, _style(font, fontsize, matrix))
        x, y, advance = e + c * rise, f + d * rise, width * fontsize * scaling
        far_x, far_y = x + a * advance, y + b * advance
        box = (min(x, far_x), min(y, far_y), max(x, far_x), max(y, far_y))
        self.found.append(Glyph(text, *turned(box, x, y, style.turn), style, self.run))
        return advance


def _look_up(font: PDFFont, cid: int) -> tuple[str, float]:
    """Return the character and the width of a code."""
    try:
        text = font.to_unichr(cid)
    except Exception:  # noqa: BLE001 - a damaged map fails in many ways; each means: no character
        text = UNREADABLE
    return _cleaned(text), float(font.char_width(cid))


def _style(font: PDFFont, size: float, matrix: Matrix) -> Style:
    a, b, c, d, _, _ = matrix
    scaled = max(0.5, abs(size) * math.hypot(c, d))
    return Style(round(scaled, 2), direction(a, b), is_bold(str(getattr(font, "basefont", ""))), False)


def _cleaned(text: str) -> str:
    return "".join(UNREADABLE if "\ud800" <= sign < "\ue000" or sign == "\0" else sign for sign in text) or UNREADABLE


class SecondReader:
    """Reads pages again, in order, as long as the budget lasts; the budget counts bytes, so that runs are alike."""

    def __init__(self, data: bytes) -> None:
        self._left = _BUDGET
        resources = PDFResourceManager()
        self._listener = _Listener(resources)
        self._interpreter = PDFPageInterpreter(resources, self._listener)
        try:
            self._pages = PDFPage.create_pages(PDFDocument(PDFParser(io.BytesIO(data))))
        except Exception:  # noqa: BLE001 - it fails in many ways on files that pdfium mends
            self._pages = iter(())

    def count_shared(self) -> int:
        """Return how many Chinese characters of the last page bear a name that two codes of their font share."""
        return self._listener.n_shared

    def next_page(self) -> list[Glyph] | None:
        """Return the characters of the next page, or None where it cannot be read or the budget is spent."""
        self._listener.start_page()
        try:
            page = next(self._pages)
            self._left -= sum(len(stream_value(one).get_data()) for one in page.contents)
            if self._left < 0:
                return None
            self._interpreter.render_contents(page.resources, page.contents, ctm=_IDENTITY)
        except Exception:  # noqa: BLE001 - as above; RecursionError and StopIteration are among them
            return None
        return drop_doubles(self._listener.found)
