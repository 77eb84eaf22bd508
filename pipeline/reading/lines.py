"""The source as lines and paragraphs, each with its source spans."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.records import Furniture, Span

_LINE = re.compile(r"[^\n\r\f\v\u2028\u2029\x85]+")
_EDGE = " \t\u3000\xa0\u200b\ufeff\u2002\u2003"


class Line(NamedTuple):
    """A line that holds text.

    Attributes:
        text: Without outer white space and marks.
        spans: Source spans of the text.
        gap: A blank line stands before it.
        page: A form feed stands before it.
        marked: A continuation mark (上接第1版) stands before it.
        row: It is a table row.
    """

    text: str
    spans: tuple[Span, ...]
    gap: bool
    page: bool
    marked: bool
    row: bool


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph in reading order; `marked` as in Line."""

    text: str
    spans: tuple[Span, ...]
    marked: bool = False
    row: bool = False


def split_lines(source: str, marks: list[Furniture], continuations: set[int]) -> list[Line]:
    """Split the source into lines without the marks.

    Args:
        source: Decoded source.
        marks: Furniture inside lines or over several lines, sorted, not overlapping.
        continuations: Starts of the marks that are continuation marks.
    """
    lines: list[Line] = []
    at, last, gap, marked = 0, 0, False, False
    for match in _LINE.finditer(source):
        start, stop = match.span()
        between = source[last:start]
        gap, page = gap or between.count("\n") > 1 or between.count("\r") > 1, "\f" in between
        last = stop
        spans: list[Span] = []
        while at < len(marks) and marks[at].start < stop:
            low, high = marks[at].start, marks[at].end
            marked = marked or low in continuations
            spans.append((start, low))
            start = max(start, high)
            if high > stop:
                break
            at += 1
        spans.append((start, stop))
        trimmed = tuple(one for one in (_trim(source, *span) for span in spans) if one[0] < one[1])
        text = "".join([source[low:high] for low, high in trimmed])
        if not text:
            gap = True
            continue
        row = "\t" in text or " | " in text or text.startswith("| ") or text.endswith(" |")
        row = row or (text[0] == "|" and text[-1] == "|")
        lines.append(Line(text, trimmed, gap, page, marked, row))
        gap = marked = False
    return lines


def _trim(source: str, start: int, end: int) -> Span:
    text = source[start:end]
    return start + len(text) - len(text.lstrip(_EDGE)), end - (len(text) - len(text.rstrip(_EDGE)))
