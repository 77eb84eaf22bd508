"""The lists that a DOCX file defines: how each level is numbered."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from pipeline.reading.docx.names import W, is_on, value, whole_number

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from pipeline.reading.docx.styles import Styles

N_LEVELS = 9
_MAX_START = 1_000_000_000
_PADDED = re.compile(r"0+1\b")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list.

    Attributes:
        start: Its first number.
        form: Numbering format, `bullet`, or zeros and a one (`001`) for numbers padded to that width.
        text: What is printed, with `%1` to `%9` for the numbers of the levels.
        gap: A tab or space follows.
        legal: Levels are printed in digits, whatever their format.
        restart: It starts again after a paragraph at one of the first so many levels; None for any higher one.
        style: Id of the paragraph style that it belongs to.
        font: Font of the number.
    """

    start: int = 1
    form: str = "decimal"
    text: str = ""
    gap: bool = True
    legal: bool = False
    restart: int | None = None
    style: str | None = None
    font: str | None = None


@dataclass(frozen=True, slots=True)
class NumberedList:
    """A list as a `num` gives it.

    Attributes:
        key: Definition that it refers to; lists of one definition count on together.
        levels: All nine.
        restarted: Levels that start again where the list is first met.
    """

    key: str
    levels: tuple[Level, ...]
    restarted: frozenset[int] = field(default_factory=frozenset)


class Lists:
    """The lists of a file."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        """Index the lists of a `numbering.xml`, or none."""
        self._styles = styles
        abstracts = [] if root is None else root.findall(f"{W}abstractNum")
        self._abstracts: dict[str, Element] = {one.get(f"{W}abstractNumId", ""): one for one in abstracts}
        self._named = {name: key for key, one in self._abstracts.items() if (name := value(one, "styleLink"))}
        nums = [] if root is None else root.findall(f"{W}num")
        self._nums: dict[str, Element] = {one.get(f"{W}numId", ""): one for one in nums}
        self._lists: dict[str, NumberedList | None] = {}

    def get(self, list_id: str) -> NumberedList | None:
        """Return the list of a `numId`; None where there is none (0 takes a number away)."""
        if list_id == "0" or list_id not in self._nums:
            return None
        if list_id not in self._lists:
            self._lists[list_id] = self._read(self._nums[list_id])
        return self._lists[list_id]

    def _read(self, num: Element) -> NumberedList | None:
        key = value(num, "abstractNumId")
        resolved = self._resolved(key)
        if key is None or resolved is None:
            return None
        levels = {at: _level(one) for one in self._abstracts[resolved].findall(f"{W}lvl") if (at := _index(one)) >= 0}
        restarted: set[int] = set()
        for one in num.findall(f"{W}lvlOverride"):
            at, own, start = _index(one), one.find(f"{W}lvl"), value(one, "startOverride")
            if at >= 0 and own is not None:
                levels[at] = _level(own)
            if at >= 0 and start is not None:
                levels[at] = replace(levels.get(at, Level()), start=_start(start))
                restarted.add(at)
        return NumberedList(key, tuple(levels.get(at, Level()) for at in range(N_LEVELS)), frozenset(restarted))

    def _resolved(self, key: str | None) -> str | None:
        """Follow a definition to the one that its list style stands for, and no circle."""
        seen: set[str] = set()
        while key in self._abstracts and key not in seen:
            seen.add(key)
            link = value(self._abstracts[key], "numStyleLink")
            if link is None:
                return key
            target = value(self._nums.get(self._styles.list_of(link) or ""), "abstractNumId")
            key = target if target in self._abstracts and target not in seen else self._named.get(link)
        return None


def _index(element: Element) -> int:
    """Return the level of an element, 0 to 8; -1 for another one."""
    at = whole_number(element.get(f"{W}ilvl"), -1, -1, N_LEVELS)
    return at if at < N_LEVELS else -1


def _start(text: str | None) -> int:
    return whole_number(text, 0, 0, _MAX_START)


def _level(element: Element) -> Level:
    # A custom format (001, 002, ...) stands in an alternative, which comes before its fallback.
    form = next(element.iter(f"{W}numFmt"), None)
    kind = "decimal" if form is None else form.get(f"{W}val", "decimal")
    padded = _PADDED.match(form.get(f"{W}format", "")) if form is not None and kind == "custom" else None
    fonts = element.find(f"{W}rPr/{W}rFonts")
    restart = value(element, "lvlRestart")
    return Level(
        _start(value(element, "start")),
        padded.group() if padded else kind,
        "" if is_on(element.find(f"{W}rPr"), "vanish") else value(element, "lvlText") or "",
        value(element, "suff") != "nothing",
        bool(is_on(element, "isLgl")),
        None if restart is None else whole_number(restart, 0, 0, N_LEVELS),
        value(element, "pStyle"),
        None if fonts is None else fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi"),
    )
