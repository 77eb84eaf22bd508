"""Join the lines of a paragraph that print or a web page has broken."""

from __future__ import annotations

import re
from collections.abc import Container
from itertools import pairwise

from pipeline.reading.cohesion import attraction, opens
from pipeline.reading.layout import (
    CLOSING_START,
    Layout,
    Row,
    columns,
    has_wide_marks,
    may_be_wrapped,
    read_layout,
    word_columns,
)
from pipeline.reading.lines import Line, Paragraph
from pipeline.reading.signs import ENUMERATED, ends_sentence

_CHAPTER = re.compile(r"第[一二三四五六七八九十百\d]+[编篇部章]\s*\S")
_STOP = re.compile(r"[。！？；]")
_MIN_PARAGRAPH = 40


def join_lines(lines: list[Line], furniture: Container[int]) -> list[Paragraph]:
    """Join lines to paragraphs.

    Three kinds of source are told apart: lines of one width (print), paragraphs with blank lines between
    them whose inner breaks mean nothing (web pages turned into text), and one paragraph a line.

    Args:
        lines: All lines of the source.
        furniture: Indices of the lines to leave out.
    """
    kept = [(i, one) for i, one in enumerate(lines) if i not in furniture] if furniture else list(enumerate(lines))
    texts = [one for _, one in kept]
    layout = None
    if may_be_wrapped(texts):
        rows = _rows(lines, kept)
        layout = read_layout(rows)
    if layout:
        groups = _join_print(rows, layout)
    else:
        groups = _join_plain(texts, _is_loose(texts))
    return [_paragraph(group, layout) for group in groups]


def _paragraph(group: list[Line], layout: Layout | None) -> Paragraph:
    first = group[0]
    if len(group) == 1:
        return Paragraph(first.text, first.spans, first.marked, first.row)
    text = "".join([one.text for one in group])
    spans = tuple([span for one in group for span in one.spans])
    return Paragraph(text, spans, first.marked, first.row, layout is not None and layout.cuts)


def _rows(lines: list[Line], kept: list[tuple[int, Line]]) -> list[Row]:
    """Return the lines kept, each with the blank lines and page turns since the one before."""
    rows: list[Row] = []
    wide = has_wide_marks([one for _, one in kept])
    before = -1
    for i, one in kept:
        left_out = lines[before + 1 : i] if i > before + 1 else []
        gap = one.gap or any(each.gap for each in left_out)
        rows.append(Row(one, one.indent + columns(one.text, wide), gap, one.page or bool(left_out)))
        before = i
    return rows


def _join_print(rows: list[Row], layout: Layout) -> list[list[Line]]:
    """Join lines of one width; a line of print may come in parts, so columns are added up."""
    groups: list[list[Line]] = []
    column = 0
    for at, row in enumerate(rows):
        if at and _goes_on(rows[at - 1], row, column, len(groups[-1]) == 1, layout):
            groups[-1].append(row.line)
            fits = layout.halves and column + row.columns <= layout.width + 4
            column = column + row.columns if fits else row.columns
        else:
            groups.append([row.line])
            column = row.columns
    return groups


def _goes_on(above: Row, below: Row, column: int, first: bool, layout: Layout) -> bool:
    """Tell whether a line of print continues the one above, which ends in the given column."""
    line, last = below.line, above.line
    if last.row or line.row or line.marked:
        return False
    if CLOSING_START.match(line.text) or line.joined:
        return True
    if below.gap and (layout.page_gaps if below.through else True):
        return False
    if layout.indents and line.indent > 1:
        return False
    taken = column + word_columns(line.text, layout.cuts)
    full = taken >= (layout.first if first else layout.rest)
    if not full and not (layout.halves and last.text[-1] in "，,、" and column + below.columns <= layout.width + 4):
        return _chapter_goes_on(last, below, layout)
    if _is_whole(last, line, first, layout):
        return False
    if not ENUMERATED.match(line.text) or (layout.gaps and not below.through) or layout.indents:
        return True
    return not (
        ends_sentence(last.text)
        or last.text[-1] in "：:"
        or below.columns < layout.rest - 8
        or _CHAPTER.match(line.text)
    )


def _is_whole(last: Line, line: Line, first: bool, layout: Layout) -> bool:
    """Tell whether a line that fills its width is yet a whole heading, by the words on both sides."""
    heading = (
        first
        and not layout.indents
        and not layout.gaps
        and ENUMERATED.match(last.text) is not None
        and not _STOP.search(last.text)
    )
    return heading and attraction(last.text, line.text) < 0 and opens(line.text) >= 0


def _chapter_goes_on(last: Line, below: Row, layout: Layout) -> bool:
    """Tell whether a line is the rest of a chapter's heading, which is set in larger letters."""
    text = below.line.text
    heading = _CHAPTER.match(last.text) and not ends_sentence(last.text) and columns(last.text) > layout.width // 2
    short = below.columns < layout.rest - 8
    return bool(heading) and short and not ends_sentence(text) and not ENUMERATED.match(text)


def _join_plain(lines: list[Line], loose: bool) -> list[list[Line]]:
    """Join lines of a text that is not wrapped, where a paragraph was plainly broken.

    Args:
        lines: The lines kept.
        loose: Paragraphs have blank lines between them; adjacent lines may be one paragraph.
    """
    groups: list[list[Line]] = []
    last: Line | None = None
    for line in lines:
        if last is not None and not (line.row or last.row or line.marked):
            broken = loose and not line.gap and _is_adjacent(groups[-1], line)
            if broken or _follows_mark(last, line) or _splits_figure(groups[-1], line):
                groups[-1].append(line)
                last = line
                continue
        groups.append([line])
        last = line
    return groups


def _is_adjacent(group: list[Line], line: Line) -> bool:
    """Tell whether a line right below goes on with a paragraph: it is long enough for prose, and without an end."""
    if ends_sentence(group[-1].text) or ENUMERATED.match(line.text):
        return False
    return sum(len(one.text) for one in group) + len(line.text) >= _MIN_PARAGRAPH


def _splits_figure(group: list[Line], line: Line) -> bool:
    """Tell whether a paragraph of several sentences was broken before a figure (…全省有 | 125 | 万人次参加…)."""
    last = group[-1].text
    if len(group) > 1 and last.isdecimal() and len(last) < 5:
        return line.text[0] >= "\u4e00"
    prose = "。" in last and last[-1] >= "\u4e00" and not ends_sentence(last) and last[-1] not in "：）】”"
    return prose and line.text[0].isdecimal() and not ENUMERATED.match(line.text)


def _follows_mark(last: Line, line: Line) -> bool:
    """Tell whether only a footnote mark parts a line from the one before."""
    return line.joined and (not ends_sentence(last.text) or CLOSING_START.match(line.text) is not None)


def _is_loose(lines: list[Line]) -> bool:
    """Tell whether most lines have a blank line before them."""
    return len(lines) > 8 and sum(after.gap for _, after in pairwise(lines)) > 0.6 * len(lines)
