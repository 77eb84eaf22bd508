"""The straight lines drawn on a PDF page: what could be the walls of a table."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

NEAR = 3.0
_STRAIGHT = 1.0
_MIN_LENGTH = 5.0
# Maps and drawings have more lines than any table.
_MAX_SEGMENTS = 30_000
_MAX_RULES = 600
_MAX_DEPTH = 3

Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_Point = tuple[float, float]


class Rule(NamedTuple):
    """A level or upright line: its place across, its start and end along."""

    at: float
    start: float
    end: float


def read_rules(page: PdfPage, turn: int) -> tuple[list[Rule], list[Rule]]:
    """Return the level and the upright lines of a page; none for a page with a drawing.

    Args:
        page: A loaded page.
        turn: Direction of the text in degrees.
    """
    level: list[Rule] = []
    upright: list[Rule] = []
    for count, (one, other) in enumerate(_segments(page)):
        if count >= _MAX_SEGMENTS:
            return [], []
        (x0, y0), (x1, y1) = _turn(one, turn), _turn(other, turn)
        if abs(y1 - y0) <= _STRAIGHT and abs(x1 - x0) >= _MIN_LENGTH:
            level.append(Rule((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
        elif abs(x1 - x0) <= _STRAIGHT and abs(y1 - y0) >= _MIN_LENGTH:
            upright.append(Rule((x0 + x1) / 2, min(y0, y1), max(y0, y1)))
    level, upright = _merged(level), _merged(upright)
    return (level, upright) if len(level) + len(upright) <= _MAX_RULES else ([], [])


def _turn(point: _Point, turn: int) -> _Point:
    x, y = point
    return {0: (x, -y), 90: (y, x), 180: (-x, y)}.get(turn, (-y, -x))


def _merged(rules: list[Rule]) -> list[Rule]:
    """Merge lines that lie on each other or go on into each other."""
    found: list[Rule] = []
    for place in _bands(rules):
        for one in sorted(place, key=lambda one: one.start):
            if found and found[-1].at == place[0].at and one.start <= found[-1].end + NEAR:
                found[-1] = found[-1]._replace(end=max(found[-1].end, one.end))
            else:
                found.append(Rule(place[0].at, one.start, one.end))
    return [one for one in found if one.end - one.start > 2 * NEAR]


def _bands(rules: list[Rule]) -> list[list[Rule]]:
    bands: list[list[Rule]] = []
    for one in sorted(rules):
        if bands and one.at - bands[-1][0].at <= NEAR:
            bands[-1].append(one)
        else:
            bands.append([one])
    return bands


def _segments(page: PdfPage) -> Iterator[tuple[_Point, _Point]]:
    import pypdfium2.raw as pdfium

    for at in range(pdfium.FPDFPage_CountObjects(page.raw)):
        yield from _object_segments(pdfium.FPDFPage_GetObject(page.raw, at), _IDENTITY, 0)


def _object_segments(drawn: ctypes.c_void_p, outer: Matrix, depth: int) -> Iterator[tuple[_Point, _Point]]:
    import pypdfium2.raw as pdfium

    kind = pdfium.FPDFPageObj_GetType(drawn)
    if kind not in (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_FORM):
        return
    own = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(drawn, own)
    matrix = _times((own.a, own.b, own.c, own.d, own.e, own.f), outer)
    if kind == pdfium.FPDF_PAGEOBJ_PATH:
        yield from _path_segments(drawn, matrix)
    elif depth < _MAX_DEPTH:
        for at in range(pdfium.FPDFFormObj_CountObjects(drawn)):
            yield from _object_segments(pdfium.FPDFFormObj_GetObject(drawn, at), matrix, depth + 1)


def _path_segments(path: ctypes.c_void_p, matrix: Matrix) -> Iterator[tuple[_Point, _Point]]:
    import pypdfium2.raw as pdfium

    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, fill, stroke)
    if not fill.value and not stroke.value:
        return
    a, b, c, d, e, f = matrix
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[_Point | None] = []
    first: _Point | None = None
    for at in range(min(_MAX_SEGMENTS, pdfium.FPDFPath_CountSegments(path))):
        segment = pdfium.FPDFPath_GetPathSegment(path, at)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = (a * x.value + c * y.value + e, b * x.value + d * y.value + f)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            points.append(None)
            first = point
        elif kind != pdfium.FPDF_SEGMENT_LINETO:
            points.append(None)
        points.append(point)
        if pdfium.FPDFPathSegment_GetClose(segment):
            points.append(first)
    for one, other in pairwise(points):
        if one is not None and other is not None:
            yield one, other


def _times(one: Matrix, other: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    p, q, r, s, t, u = other
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)
