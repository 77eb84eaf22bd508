"""Tables of contents: from 目录 to the first entry again, or lines that end with leaders and a page number."""

from __future__ import annotations

import re
from collections.abc import Container
from itertools import pairwise

from pipeline.reading.lines import Line
from pipeline.reading.signs import ENUMERATED, ends_sentence

_CONTENTS = re.compile(r"[【\[]?目\s*[录次錄][】\]]?$")
_LEADER = re.compile(r"[.．·…⋯‥\s]*[-—(（]?\d{1,4}[-—)）]?\s*$|[.．·…⋯‥]{3,}.*$")
_LEADERS = re.compile(r"(?:[.．·…⋯‥]\s*){4,}|[…⋯]{1,}\s*[-—(（]?\d{1,4}[-—)）]?$|\S\s+\d{1,4}$")
_LEADERED = re.compile(
    r"(?<![.．·…⋯‥\s])([.．·…⋯‥\s]{1,200})[-—(（]?\s?\d{1,4}\s?[-—)）]?(?!\d|[.．、]?[\u4e00-\u9fff]{12}.{0,300}[。；])"
)
_FIRST_LINES, _MIN_ENTRIES, _APART, _PROSE, _MAX_ENTRY = 600, 3, 3, 20, 200


def find_contents(lines: list[Line], marks: Container[int]) -> set[int]:
    """Return the lines of tables of contents.

    Args:
        lines: All lines of the source.
        marks: Lines that are furniture already; a table goes on over them.
    """
    return _after_title(lines, marks) | _leadered(lines, marks)


def _after_title(lines: list[Line], marks: Container[int]) -> set[int]:
    """Return the lines from 目录 to its first entry again, or to prose."""
    head = enumerate(lines[:_FIRST_LINES])
    start = next((i for i, one in head if len(one.text) < 12 and _CONTENTS.match(one.text)), None)
    if start is None:
        return set()
    entries: list[tuple[int, str]] = []
    for i in range(start + 1, len(lines)):
        text = lines[i].text
        if i in marks:
            continue
        if text[-1] in "：:" or len(text) > _MAX_ENTRY or (len(text) > _PROSE and ends_sentence(text)):
            return set(range(start, _before_prose(entries, i)))
        entry = _entry(text)
        if entries and len(entry) > 1 and not _LEADERS.search(text):
            first = entries[0][1]
            if entry == first or (len(entry) > 5 and first.startswith(entry)):
                return set(range(start, i))
        entries.append((i, entry))
    return {start}


def _before_prose(entries: list[tuple[int, str]], prose: int) -> int:
    """Return where the text begins: at the headings before its first prose that the contents name too."""
    while entries and entries[-1][1] in [entry for _, entry in entries[:-1]]:
        prose = entries.pop()[0]
    return prose


def _entry(text: str) -> str:
    return re.sub(r"\s", "", _LEADER.sub("", text))


def _leadered(lines: list[Line], marks: Container[int]) -> set[int]:
    """Return runs of lines with leaders and page numbers, with the halves of entries between and above them."""
    entries = {i: len(_entry_ends(one.text)) for i, one in enumerate(lines) if _may_lead(one.text)}
    runs: list[list[int]] = []
    for i in (i for i, n in entries.items() if n):
        if runs and _goes_on(lines, marks, runs[-1][-1], i):
            runs[-1].append(i)
        else:
            runs.append([i])
    found: set[int] = set()
    for run in runs:
        if sum(entries[i] for i in run) >= _MIN_ENTRIES:
            found |= set(range(_top(lines, run[0]), run[-1] + 1))
    return found


def _entry_ends(text: str) -> list[int]:
    """Return where entries end: after leaders (an ellipsis, or at least four dots) and a page number."""
    return [
        one.end() for one in _LEADERED.finditer(text) if re.search("[…⋯]", one[1]) or len("".join(one[1].split())) > 3
    ]


def _may_lead(text: str) -> bool:
    """Tell cheaply whether a line may end in leaders and a number, or hold several entries."""
    return text[-1] in "0123456789-—)）" and (
        "…" in text or ".." in text or "··" in text or "⋯" in text or ". ." in text
    )


def _goes_on(lines: list[Line], marks: Container[int], last: int, i: int) -> bool:
    """Tell whether only page marks and a few halves of entries stand between two entries."""
    between = [lines[at].text for at in range(last + 1, i) if at not in marks]
    return len(between) <= _APART and not any(len(one) > _PROSE and ends_sentence(one) for one in between)


def _top(lines: list[Line], first: int) -> int:
    """Return the line that a table begins with: its title, or the upper half of its first entry."""
    for at in range(max(0, first - _APART), first):
        if _CONTENTS.match(lines[at].text):
            return at
    above = lines[first - 1].text if first else ""
    return first - 1 if above and ENUMERATED.match(above) and not ENUMERATED.match(lines[first].text) else first


def split_entries(text: str) -> list[tuple[int, int]]:
    """Return the spans of the entries that are glued on one line.

    >>> split_entries("第一章 要求……1第二章 目标……9")
    [(0, 9), (9, 18)]
    """
    ends = [0, *_entry_ends(text)]
    if len(ends) < 3:
        return [(0, len(text))]
    ends[-1] = len(text)
    return list(pairwise(ends))
