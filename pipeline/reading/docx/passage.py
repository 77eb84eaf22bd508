"""Text with marks over stretches of it, so that hints keep their place while text is joined and tidied."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import accumulate

from pipeline.records import Hint


@dataclass(frozen=True, slots=True)
class Passage:
    """Text and hints with offsets into it."""

    text: str = ""
    marks: tuple[Hint, ...] = ()

    def moved(self, by: int) -> tuple[Hint, ...]:
        """Return the marks, `by` characters further on."""
        return tuple(replace(one, start=one.start + by, end=one.end + by) for one in self.marks)

    def without(self, kind: str) -> Passage:
        """Return the passage without its marks of a kind."""
        return replace(self, marks=tuple(one for one in self.marks if one.kind != kind))

    def marked(self, kind: str, level: int = 0) -> Passage:
        """Return the passage with a mark over the whole of it."""
        return replace(self, marks=(*self.marks, Hint(kind, 0, len(self.text), level))) if self.text else self

    def stripped(self) -> Passage:
        """Return the passage without white space at its ends."""
        start = len(self.text) - len(self.text.lstrip())
        end = max(start, len(self.text.rstrip()))
        moved = (replace(one, start=max(0, one.start - start), end=min(one.end, end) - start) for one in self.marks)
        return Passage(self.text[start:end], tuple(one for one in moved if one.start < one.end))


def joined(parts: Iterable[Passage], between: str = "") -> Passage:
    """Join passages; marks of one kind that touch become one."""
    texts: list[str] = []
    marks: list[Hint] = []
    length = 0
    for one in parts:
        if texts and between:
            texts.append(between)
            length += len(between)
        texts.append(one.text)
        marks += one.moved(length)
        length += len(one.text)
    return Passage("".join(texts), merged(marks))


def merged(marks: Iterable[Hint]) -> tuple[Hint, ...]:
    """Merge marks of one kind and level that touch; sorted by start."""
    found: list[Hint] = []
    last: dict[tuple[str, int], int] = {}
    for one in sorted(marks, key=lambda mark: (mark.start, mark.end, mark.kind)):
        at = last.get((one.kind, one.level))
        # Two merged cells or two notes side by side stay two.
        if at is not None and found[at].end >= one.start and not one.kind.endswith(("_span", "_mark")):
            found[at] = replace(found[at], end=max(found[at].end, one.end))
        else:
            last[one.kind, one.level] = len(found)
            found.append(one)
    return tuple(found)


def replaced(passage: Passage, pattern: re.Pattern[str], new: Callable[[str], str]) -> Passage:
    """Replace each match of a pattern by what `new` makes of it; marks keep to their text, and those left empty go."""
    if not passage.marks:
        return Passage(pattern.sub(lambda match: new(match.group()), passage.text))
    pieces: list[str] = []
    # widths[i]: what the character i of the old text takes in the new one.
    widths = [1] * len(passage.text)
    last = 0
    for match in pattern.finditer(passage.text):
        (low, high), text = match.span(), new(match.group())
        pieces += [passage.text[last:low], text]
        if text != match.group():
            widths[low:high] = [len(text)] + [0] * (high - low - 1)
        last = high
    place = [0, *accumulate(widths)]
    moved = (replace(one, start=place[one.start], end=place[one.end]) for one in passage.marks)
    kept = tuple(one for one in moved if one.start < one.end)
    return Passage("".join([*pieces, passage.text[last:]]), kept)
