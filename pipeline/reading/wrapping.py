"""Join the lines of a paragraph that print or a web page has broken."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise

from pipeline.reading.attraction import attraction, opens
from pipeline.reading.footnotes import take_footnotes
from pipeline.reading.layout import (
    CLOSING,
    Layout,
    Measure,
    Row,
    find_measure,
    may_be_wrapped,
    read_layout,
    word_columns,
)
from pipeline.reading.lines import Line, Paragraph
from pipeline.reading.signs import ENUMERATED, ends_sentence
from pipeline.reading.titles import Titles

_CHAPTER = re.compile(r"第[一二三四五六七八九十百\d]+[编篇部章]\s*\S")
# The label of a box, in print often a line of its own, and so its number.
_BOX, _NUMBERED_BOX = frozenset({"专栏", "专 栏"}), re.compile(r"专 ?栏\s?\d{1,2}")
_STOP = re.compile(r"[。！？；]")
_COUNTED = frozenset("万亿多余个家件次名项元吨亩户人公%％")
_MIN_PARAGRAPH, _OVERHANG, _ATTRACTED, _USUAL = 40, 20, 3, 6


def join_lines(lines: list[Line], furniture: Mapping[int, str]) -> list[Paragraph]:
    """Join lines to paragraphs.

    Three kinds of source are told apart: lines of one width (print), paragraphs with blank lines between
    them whose inner breaks mean nothing (web pages turned into text), and one paragraph a line.

    Args:
        lines: All lines of the source.
        furniture: Reasons of the lines to leave out, by their index.
    """
    kept = [(i, one) for i, one in enumerate(lines) if i not in furniture] if furniture else list(enumerate(lines))
    texts = [one for _, one in kept]
    layout = None
    if may_be_wrapped(texts):
        measure = find_measure(texts)
        rows = _rows(lines, kept, measure)
        layout = read_layout(rows, measure)
    if layout:
        groups = _join_print(rows, layout, Titles(lines[i].text for i, one in furniture.items() if one == "contents"))
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


def _rows(lines: list[Line], kept: list[tuple[int, Line]], measure: Measure) -> list[Row]:
    """Return the lines kept, each with the blank lines and page turns since the one before."""
    rows: list[Row] = []
    before = -1
    for i, one in kept:
        left_out = lines[before + 1 : i] if i > before + 1 else []
        gap = one.gap or any(each.gap for each in left_out)
        rows.append(Row(one, one.indent + _measured(one, measure), gap, one.page or bool(left_out)))
        before = i
    return rows


def _measured(line: Line, measure: Measure) -> int:
    """Return the columns of a line as printed: with the marks inside it that were left out."""
    hidden = sum(after[0] - before[1] for before, after in pairwise(line.spans))
    return measure(line.text) + measure("0") * hidden


def _join_print(rows: list[Row], layout: Layout, titles: Titles) -> list[list[Line]]:
    """Join lines of one width; notes at the foot of a page come after the paragraph that they interrupt.

    A title that the contents name is joined as they print it, and nothing is joined to it.
    """
    kept, notes = take_footnotes(rows, layout)
    groups: list[list[Line]] = []
    waiting: list[Row] = []
    column = 0
    for at, row in enumerate(kept):
        goes_on = titles.go_on(groups[-1], row.line) if at else False
        if goes_on is None:
            goes_on = _goes_on(kept[at - 1], row, column, len(groups[-1]) == 1, layout)
        if goes_on:
            groups[-1].append(row.line)
            # A line of print may come in parts.
            fits = layout.halves and column < layout.first and column + row.columns <= layout.width + 4
            column = column + row.columns if fits else row.columns
        else:
            groups += [*_join_notes(waiting), [row.line]]
            waiting = []
            column = row.columns
        waiting += notes.get(at, [])
    return groups + _join_notes(waiting)


def _join_notes(rows: list[Row]) -> list[list[Line]]:
    """Join the lines of notes: each begins where the one before has ended."""
    groups: list[list[Line]] = []
    for row in rows:
        if groups and not ends_sentence(groups[-1][-1].text):
            groups[-1].append(row.line)
        else:
            groups.append([row.line])
    return groups


def _goes_on(above: Row, below: Row, column: int, first: bool, layout: Layout) -> bool:
    """Tell whether a line of print continues the one above, which ends in the given column."""
    line, last = below.line, above.line
    if last.row or line.row or line.marked or above.columns > layout.width + _OVERHANG:
        return False
    if line.text[0] in CLOSING or line.joined:
        return True
    if below.gap and (layout.page_gaps or not below.through):
        return _bridges_gap(above, below, layout)
    if layout.indents and line.indent > 1:
        return False
    taken = column + word_columns(line.text, layout)
    full = taken >= (layout.first if first else layout.rest) or _is_inside(above, below, layout)
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


def _is_inside(above: Row, below: Row, layout: Layout) -> bool:
    """Tell whether no blank line parts two lines, where it would part paragraphs, and no sentence ends between them."""
    if not layout.gaps or below.through or below.line.text[0] in "（(":
        return False
    return above.columns >= layout.first - 8 and not ends_sentence(above.line.text)


def _bridges_gap(above: Row, below: Row, layout: Layout) -> bool:
    """Tell whether a full line goes on below a blank line, as at a page turn that left no other trace."""
    last, text = above.line.text, below.line.text
    if ends_sentence(last) or ENUMERATED.match(text) or text[0] in "（(" or above.columns < layout.first - 2:
        return False
    return not (layout.indents and below.line.indent > 1) and attraction(last, text) >= _ATTRACTED


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
    heading = _CHAPTER.match(last.text) and not ends_sentence(last.text)
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
    at_figures = sum(_parts_figure(above.text, below.text) for above, below in pairwise(lines)) >= _USUAL
    for line in lines:
        # Most lines are whole paragraphs: only a sign that one is not costs a closer look.
        if last is None or not (loose or line.joined or line.text[0].isdecimal() or last.text[-1].isdecimal()):
            groups.append([line])
        elif _was_broken(groups[-1], line, loose) or _splits_figure(groups[-1], line, at_figures):
            groups[-1].append(line)
        else:
            groups.append([line])
        last = line
    return groups


def _was_broken(group: list[Line], line: Line, loose: bool) -> bool:
    """Tell whether a line of a text that is not wrapped goes on with the paragraph before it."""
    last = group[-1]
    if line.row or last.row or line.marked:
        return False
    if "".join([one.text for one in group]) in _BOX or _NUMBERED_BOX.fullmatch(
        "".join([one.text for one in group[:3]])
    ):
        return len(line.text) < _MIN_PARAGRAPH
    below = loose and not line.gap and _is_adjacent(group, line)
    return below or _follows_mark(last, line)


def _is_adjacent(group: list[Line], line: Line) -> bool:
    """Tell whether a line right below goes on with a paragraph: it is long enough for prose, and without an end."""
    if ends_sentence(group[-1].text) or ENUMERATED.match(line.text):
        return False
    return sum(len(one.text) for one in group) + len(line.text) >= _MIN_PARAGRAPH


def _splits_figure(group: list[Line], line: Line, at_figures: bool) -> bool:
    """Tell whether a paragraph of several sentences was broken at a figure (…全省有 | 125 | 万人次参加…).

    Args:
        group: The lines of the paragraph so far.
        line: The next one.
        at_figures: The file breaks paragraphs at figures; else only a figure on a line of its own is one.
    """
    last = group[-1].text
    if line.row or group[-1].row or line.marked:
        return False
    if len(group) > 1 and last.isdecimal() and len(last) < 5:
        return line.text[0] >= "\u4e00"
    alone = line.text.isdecimal() and len(line.text) < 5
    return (at_figures or alone) and _parts_figure(last, line.text)


def _parts_figure(last: str, text: str) -> bool:
    """Tell whether a break parts a figure from the words of its sentence, which is not the first."""
    before, after = last[-1].isdecimal(), text[0].isdecimal()
    if before == after or "。" not in last or ends_sentence(last) or ENUMERATED.match(text):
        return False
    return text[0] in _COUNTED if before else last[-1] >= "\u4e00" and last[-1] not in "：）】”"


def _follows_mark(last: Line, line: Line) -> bool:
    """Tell whether only a footnote mark parts a line from the one before."""
    return line.joined and (not ends_sentence(last.text) or line.text[0] in CLOSING)


def _is_loose(lines: list[Line]) -> bool:
    """Tell whether most lines have a blank line before them."""
    return len(lines) > 8 and sum(after.gap for _, after in pairwise(lines)) > 0.6 * len(lines)
