"""The source as lines and paragraphs, each with its source spans."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.records import Furniture, Span

_BREAKS = r"\n\r\f\v\u2028\u2029\x85"
# Zero-width characters are no white space to Python, yet they are nothing to read at the edges of a line.
_EDGE = r"\s\u200b\u200c\u200d\u2060\ufeff"
_LINE = re.compile(rf"[^{_EDGE}](?:[^{_BREAKS}]*[^{_EDGE}])?")


class Line(NamedTuple):
    """A line that holds text.

    Attributes:
        text: Without outer white space and marks.
        spans: Source spans of the text.
        gap: A blank line stands before it.
        page: A form feed stands before it.
        marked: A continuation mark (上接第1版) stands before it.
        row: It is a table row.
        indent: Columns of white space before it (an ideographic space takes two).
        joined: A footnote mark on a line of its own stands before it.
    """

    text: str
    spans: tuple[Span, ...]
    gap: bool
    page: bool
    marked: bool
    row: bool
    indent: int = 0
    joined: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph in reading order; `marked` as in Line, `cuts`: its lines were cut inside words."""

    text: str
    spans: tuple[Span, ...]
    marked: bool = False
    row: bool = False
    cuts: bool = False


def split_lines(source: str, marks: list[Furniture], continuations: set[int]) -> list[Line]:
    """Split the source into lines without the marks.

    Args:
        source: Decoded source.
        marks: Furniture inside lines or over several lines, sorted, not overlapping.
        continuations: Starts of the marks that are continuation marks.
    """
    lines: list[Line] = []
    append = lines.append
    feed = "\n" if "\n" in source else "\r"
    rows, feeds = "|" in source or "\t" in source, "\f" in source
    bounds = iter(marks)
    mark = next(bounds, None)
    last, gap, page, marked, joined = 0, False, False, False, False
    note = False
    for match in _LINE.finditer(source):
        start, stop = match.span()
        if feeds or start > last + 1:
            gap = gap or source.count(feed, last, start) > 1
            page = page or (feeds and source.find("\f", last, start) >= 0)
        if mark is None or mark.start >= stop:
            text = match.group()
            spans: tuple[Span, ...] = ((start, stop),)
        else:
            pieces: list[Span] = []
            low, note = start, mark.reason == "footnote_mark"
            while mark is not None and mark.start < stop:
                marked = marked or mark.start in continuations
                pieces.append((low, mark.start))
                low = max(low, mark.end)
                if mark.end > stop:
                    break
                mark = next(bounds, None)
            spans = tuple(_trimmed(source, [*pieces, (low, stop)]))
            text = "".join([source[low:high] for low, high in spans])
        if text:
            indent = _indent(source, last, start) if start > last + 1 else 0
            row = rows and _is_row(text)
            append(Line(text, spans, gap, page, marked, row, indent, joined))
            gap = page = marked = joined = False
        else:
            gap, joined = True, note
        last = stop
    return lines


def _trimmed(source: str, spans: list[Span]) -> Iterator[Span]:
    for start, end in spans:
        if start < end and (match := _LINE.search(source, start, end)):
            yield match.span()


def _is_row(text: str) -> bool:
    """Tell whether a line is a row of a table; an empty first or last cell leaves a bar at the edge."""
    edged = text.startswith("| ") or text.endswith(" |") or (text[0] == "|" and text[-1] == "|")
    return edged or "\t" in text or " | " in text


def _indent(source: str, last: int, start: int) -> int:
    at = start
    while at > last and source[at - 1] in " \t\u3000\xa0\u2002\u2003":
        at -= 1
    return start - at + source.count("\u3000", at, start) + source.count("\u2003", at, start)
