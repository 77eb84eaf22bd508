"""Join the lines of a paragraph that print or a web page has broken."""

from __future__ import annotations

import re
from collections.abc import Container
from itertools import pairwise

from pipeline.reading.furniture import ENUMERATED, SENTENCE_END
from pipeline.reading.lines import Line, Paragraph

_OPEN_END = re.compile(r"[，,、（(《“：]$")
_CLOSING_START = re.compile(r"[，,、。；;：:）)》”’？！]")
_FOOTNOTE = re.compile(r"\d{1,3}$")
_CHAPTER = re.compile(r"第[一二三四五六七八九十百\d]+[编篇部章]\s*\S")
_SLACK = 9
_MIN_WIDTH = 24


def join_lines(lines: list[Line], furniture: Container[int]) -> list[Paragraph]:
    """Join lines to paragraphs.

    Three kinds of source are told apart: lines of one width (print), paragraphs with blank lines between
    them whose inner breaks mean nothing (web pages turned into text), and one paragraph a line.

    Args:
        lines: All lines of the source.
        furniture: Indices of the lines to leave out.
    """
    kept = [(i, one) for i, one in enumerate(lines) if i not in furniture]
    width = _wrap_width([one for _, one in kept])
    if width:
        groups = _join_print(kept, width)
    elif _is_loose([one for _, one in kept]):
        groups = _join_loose([one for _, one in kept])
    else:
        groups = [[one] for _, one in kept]
    return [
        Paragraph(
            "".join(one.text for one in group),
            sum((one.spans for one in group), ()),
            group[0].marked,
            group[0].row,
        )
        for group in groups
    ]


def _join_print(kept: list[tuple[int, Line]], width: int) -> list[list[Line]]:
    """Join lines of one width; a line of print may come in parts, so columns are added up."""
    groups: list[list[Line]] = []
    column = 0
    for at, (index, line) in enumerate(kept):
        through_page = line.page or (at > 0 and index - kept[at - 1][0] > 1)
        last = groups[-1][-1] if groups else line
        apart = not groups or last.row or line.row or line.marked or (line.gap and not through_page)
        own = _width(line.text)
        if apart or not _wraps(last, line, column, width):
            groups.append([line])
            column = own
        else:
            groups[-1].append(line)
            column = column + own if column + own <= width + 4 and not _CHAPTER.match(last.text) else own
    return groups


def _join_loose(lines: list[Line]) -> list[list[Line]]:
    """Join adjacent lines of a paragraph; a figure alone on a line within it is a footnote mark."""
    groups: list[list[Line]] = []
    after_mark = False
    for line in lines:
        last = groups[-1][-1] if groups else line
        inside = bool(groups) and not (
            line.gap or line.marked or line.row or last.row or SENTENCE_END.search(last.text)
        )
        if inside and _FOOTNOTE.match(line.text):
            after_mark = True
            continue
        if inside and (after_mark or _is_prose([*groups[-1], line])) and not ENUMERATED.match(line.text):
            groups[-1].append(line)
        else:
            groups.append([line])
        after_mark = False
    return groups


def _is_prose(group: list[Line]) -> bool:
    return sum(len(one.text) for one in group) >= 40


def _width(text: str) -> int:
    """Columns of a line: Chinese characters take two, others one."""
    return len(text.encode("gb18030", "replace"))


def _wrap_width(lines: list[Line]) -> int:
    """Return the width that most lines share, in columns, or 0 where lines are whole paragraphs."""
    widths = sorted(width for one in lines if (width := _width(one.text)) >= _MIN_WIDTH)
    if len(widths) < 8:
        return 0
    full = widths[len(widths) * 9 // 10]
    alike = sum(full - _SLACK <= one <= full + 4 for one in widths)
    broken = sum(not SENTENCE_END.search(one.text) for one in lines if _width(one.text) >= full - _SLACK)
    if full > 130 or alike < len(widths) * 0.5 or broken < alike * 0.6:
        return 0
    return full


def _is_loose(lines: list[Line]) -> bool:
    """Tell whether most lines have a blank line before them."""
    return len(lines) > 8 and sum(after.gap for _, after in pairwise(lines)) > 0.6 * len(lines)


def _wraps(last: Line, line: Line, column: int, width: int) -> bool:
    """Tell whether a line of print continues the one before it, which ends in the given column."""
    if _CLOSING_START.match(line.text) or _OPEN_END.search(last.text):
        return True
    enumerated = ENUMERATED.match(line.text)
    short = _width(line.text) < width - _SLACK
    if _CHAPTER.match(last.text) and not SENTENCE_END.search(last.text):
        return not enumerated and short and not SENTENCE_END.search(line.text)
    if column < width - _SLACK:
        return False
    return not (enumerated and (short or _CHAPTER.match(line.text) or SENTENCE_END.search(last.text)))
