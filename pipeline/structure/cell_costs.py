"""What it costs to take pieces of a flattened table for a cell of a column."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.structure.cells import UNIT, Cell
from pipeline.structure.table_columns import VALUES

NEVER = 1e9
"""The cost of what cannot be."""

LONGEST = {"serial": 1, "attribute": 1, "unit": 3, "group": 4, "indicator": 6, "text": 6} | dict.fromkeys(VALUES, 5)
"""Of how many pieces a cell of a kind may be."""

_EMPTY = {"serial": 2.0, "attribute": 2.5, "unit": 2.0, "group": 0.0, "indicator": 8.0, "text": 1.5} | dict.fromkeys(
    VALUES, 3.0
)
_OF_VALUE = {"dash": 0.0, "figure": 0.0, "unit": 2.5}
_DEAR, _MAX_GROUP = 8.0, 16
_CHINESE, _TEXT = re.compile(r"[\u4e00-\u9fff]"), re.compile(r"[\u4e00-\u9fff]{2}")
_WORDS_OF_VALUE = re.compile(
    r"完成|达到|达标|目标|国家|同步|提高|下降|优于|保持|力争|争取|稳步|稳定|持续|左右|提升|改善|前列|以上|以内|确定|审核|下达|核定|控制|基本|待定"
    r"|年均|累计|全覆盖|进一步|不降低|高于|低于|不断|结果|要求"
)
_OPEN_END, _OPEN_START = re.compile(r"[,，/／（(、＞>＜<≥≤~～—-]$"), re.compile(r"[/／（(）)，,、]|左右|以上|以内|以下")
_NAMED = re.compile(r"[）)]\s*[*∗＊]?$")
_COUNTED = re.compile(r"[（(]\s*(?:共\s*)?[\d一二三四五六七八九十]+\s*[项个]\s*[）)]$")


class CellCosts:
    """What it costs that pieces are a cell of a kind."""

    def __init__(self, pieces: Sequence[Cell], numbers: frozenset[int]) -> None:
        self._pieces, self._numbers = pieces, numbers
        self._empty = _EMPTY if numbers else _EMPTY | {"serial": 0.0}
        read = {kind: getattr(self, f"_{kind}") for kind in LONGEST.keys() - VALUES} | dict.fromkeys(
            VALUES, self._value
        )
        known: dict[str, dict[tuple[int, int], float]] = {"value": {}}
        self._by_kind = {
            kind: (one, known.setdefault("value" if kind in VALUES else kind, {})) for kind, one in read.items()
        }
        self._classes = [_class_of(one, at in numbers) for at, one in enumerate(pieces)]

    def cell(self, kind: str, at: int, count: int) -> float:
        """Return the cost of `count` pieces from `at` as a cell of this kind."""
        if not count:
            return self._empty[kind]
        read, known = self._by_kind[kind]
        if (at, count) not in known:
            known[at, count] = read(at, at + count)
        return known[at, count]

    def _serial(self, at: int, end: int) -> float:
        del end
        return 0.0 if at in self._numbers else NEVER

    def _attribute(self, at: int, end: int) -> float:
        del end
        return 0.0 if self._classes[at] == "attribute" else NEVER

    def _group(self, at: int, end: int) -> float:
        classes, pieces = self._classes[at:end], self._pieces[at:end]
        label = "".join(one.text for one in pieces)
        barred = any(one in {"serial", "attribute", "dash"} for one in classes) or "figure" in classes[:-1]
        if barred or len(label) > _MAX_GROUP or (classes[-1] == "figure" and not _COUNTED.search(label)):
            return NEVER
        if not _TEXT.search(label) or (_NAMED.search(label) and not _COUNTED.search(label)):
            return NEVER
        sure = _COUNTED.search(label) or end in self._numbers
        return (0.4 if sure else 1.7) + 0.1 * (end - at)

    def _indicator(self, at: int, end: int) -> float:
        classes, pieces = self._classes[at:end], self._pieces[at:end]
        if any(one in {"serial", "attribute", "dash"} for one in classes) or classes[0] == "figure":
            return NEVER
        cost = 0.0 if _TEXT.search(pieces[0].text) else 1.5
        cost += 2.0 if _WORDS_OF_VALUE.match(pieces[0].text) and not _NAMED.search(pieces[-1].text) else 0.0
        for before, after in zip(range(at, end - 1), range(at + 1, end), strict=True):
            cost += self._break_of_name(before, after)
        return cost

    def _break_of_name(self, before: int, after: int) -> float:
        cost = break_of_name(self._pieces[before].text, self._pieces[after].text)
        return max(cost, 4.0) if self._classes[after] == "figure" and cost > 0.0 else cost

    def _unit(self, at: int, end: int) -> float:
        classes, label = self._classes[at:end], "".join(one.text for one in self._pieces[at:end])
        if any(one in {"serial", "attribute", "figure"} for one in classes):
            return NEVER
        if UNIT.fullmatch(label) or (end - at == 1 and classes[0] == "dash"):
            return 0.0
        return 1.5 + end - at if len(label) <= 10 and "dash" not in classes else NEVER  # noqa: PLR2004

    def _value(self, at: int, end: int) -> float:
        classes = self._classes[at:end]
        if any(one in {"serial", "attribute"} for one in classes) or ("dash" in classes and end - at > 1):
            return NEVER
        if end - at == 1:
            return _OF_VALUE[classes[0]] if classes[0] in _OF_VALUE else self._words(at)
        # A stretch that is dear already grows no cheaper: nothing of it need be read.
        cost = self.cell("base", at, end - at - 1) if end - at > 2 else 0.3 + self._stray_words(at)  # noqa: PLR2004
        return cost + self._stray_words(end - 1) + self._break_of_value(end - 2) if cost < _DEAR else NEVER

    def _stray_words(self, at: int) -> float:
        text = self._pieces[at].text
        if self._classes[at] != "words" or _WORDS_OF_VALUE.search(text) or _OPEN_START.match(text):
            return 0.0
        return 3.0 if _NAMED.search(text) else 1.0

    def _words(self, at: int) -> float:
        text = self._pieces[at].text
        if _WORDS_OF_VALUE.search(text) or "/" in text:
            return 0.3
        return 4.0 if _NAMED.search(text) else 1.6

    def _break_of_value(self, at: int) -> float:
        first, second = self._pieces[at].text, self._pieces[at + 1].text
        if _unclosed(first) or _OPEN_END.search(first) or _OPEN_START.match(second):
            return 0.1
        if self._classes[at] == "figure":
            return 6.0 if self._classes[at + 1] == "figure" else 1.5
        if self._classes[at + 1] == "figure" or _WORDS_OF_VALUE.search(first + second):
            return 0.5
        return 1.2 if _CHINESE.search(second) else 2.5

    def _text(self, at: int, end: int) -> float:
        classes = self._classes[at:end]
        return NEVER if "serial" in classes or "attribute" in classes else 0.5 * (end - at)


def break_of_name(first: str, second: str) -> float:
    """Return what it costs that a name goes on from one piece to the next."""
    if _unclosed(first):
        return 0.0
    if _OPEN_END.search(first) or _OPEN_START.match(second):
        return 0.2
    if _NAMED.search(first):
        return 4.0
    # Print breaks a cell where it is full: the first line is no shorter than the second.
    return 0.8 if len(first) >= len(second) else 2.0


def _unclosed(text: str) -> bool:
    return max(text.rfind("（"), text.rfind("(")) > max(text.rfind("）"), text.rfind(")"))


def _class_of(one: Cell, serial: bool) -> str:
    if serial:
        return "serial"
    if one.is_attribute:
        return "attribute"
    if one.is_dash:
        return "dash"
    if one.is_figure:
        return "figure"
    return "unit" if UNIT.fullmatch(one.text) else "words"
