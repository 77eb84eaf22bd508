"""Automatic numbering of a DOCX file: 第一章, （一） and 1.1 as the word processor prints them."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.reading.docx.lists import N_LEVELS, Level, Lists, NumberedList
from pipeline.reading.docx.names import value, whole_number
from pipeline.reading.docx.numerals import numeral
from pipeline.reading.docx.symbols import bullet

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from pipeline.reading.docx.styles import Look

_PLACE = re.compile("%([1-9])")
# Marks that bring their own gap: after them the tab or space of the list adds nothing in Chinese print.
_WIDE_END = re.compile("[、，。．：；）】》〉」』]$")


@dataclass(frozen=True, slots=True)
class Counters:
    """How far the lists of one story have counted; the body, each text box, and all headers are stories of their own.

    Attributes:
        numbers: By definition and level.
        begun: `numId` and level of what was met.
    """

    numbers: defaultdict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    begun: set[tuple[str, int]] = field(default_factory=set)


class Numbering:
    """Numbers paragraphs.

    Attributes:
        unknown: Numbering formats that were met and are not known; their numbers are decimals.
    """

    def __init__(self, lists: Lists) -> None:
        """Begin with the lists of a file."""
        self.unknown: set[str] = set()
        self._lists = lists

    def number(self, properties: Element | None, look: Look, counters: Counters) -> str:
        """Count a paragraph and return its number with the gap after it; empty for one without.

        Args:
            properties: Its `numPr`, or None.
            look: What its style gives.
            counters: Of its story.
        """
        direct = value(properties, "numId")
        list_id = look.list_id if direct is None else direct
        found = None if list_id is None else self._lists.get(list_id)
        if found is None or list_id is None:
            return ""
        level = value(properties, "ilvl")
        at = _level_of_style(found, look) if level is None else whole_number(level, 0, 0, N_LEVELS - 1)
        numbers = counters.numbers[found.key]
        if (list_id, at) not in counters.begun:
            counters.begun.add((list_id, at))
            if at in found.restarted:
                numbers.pop(at, None)
        _count(found, at, numbers)
        return self._printed(found.levels, at, numbers)

    def _printed(self, levels: tuple[Level, ...], at: int, numbers: dict[int, int]) -> str:
        level = levels[at]
        if level.form == "bullet":
            text = bullet(level.text, level.font).strip()
            return f"{text} " if text and level.gap else text
        text = _PLACE.sub(lambda one: self._written(levels, int(one[1]) - 1, numbers, level), level.text).strip()
        return f"{text} " if text and level.gap and not _WIDE_END.search(text) else text

    def _written(self, levels: tuple[Level, ...], at: int, numbers: dict[int, int], printed: Level) -> str:
        """Write the number of one level in the text of another."""
        number, form = numbers.get(at, levels[at].start), levels[at].form
        if printed.legal and form != "decimalZero":
            form = "decimal"
        if form.startswith("0"):
            return str(number).zfill(len(form))
        written = numeral(number, form)
        if written is None:
            self.unknown.add(form)
        return str(number) if written is None else written


def _count(found: NumberedList, at: int, numbers: dict[int, int]) -> None:
    """Count one level on; levels above it that were passed over count as begun, those below start again."""
    for higher in range(at):
        numbers.setdefault(higher, found.levels[higher].start)
    numbers[at] = numbers[at] + 1 if at in numbers else found.levels[at].start
    for deeper in [one for one in numbers if one > at and _restarts(found.levels[one], one, at)]:
        del numbers[deeper]


def _restarts(level: Level, deeper: int, at: int) -> bool:
    """Tell whether a level starts again after a paragraph at a higher one (ECMA-376, part 1, 17.9.10)."""
    return level.restart is None or level.restart > deeper or at < level.restart


def _level_of_style(found: NumberedList, look: Look) -> int:
    """Return the level that the list gives to a style, else the one that the style gives itself."""
    for style in look.linked:
        for at, one in enumerate(found.levels):
            if one.style == style:
                return at
    return look.level or 0
