"""Which pieces of a flattened table make up which cell: the cheapest way through all rows at once.

A flattened table prints one cell after the other, long cells over several lines, merged cells once. Each piece
is put to the cost of being (part of) a cell of each column, and dynamic programming finds the cheapest reading.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.structure.cells import UNIT, Cell
from pipeline.structure.table_columns import VALUES

Range = tuple[int, int]
_NEVER = 1e9
_LONGEST = {"serial": 1, "attribute": 1, "unit": 3, "group": 4, "indicator": 6, "text": 6} | dict.fromkeys(VALUES, 5)
_EMPTY = {"serial": 2.0, "attribute": 2.5, "unit": 2.0, "group": 0.0, "indicator": 8.0, "text": 1.5} | dict.fromkeys(
    VALUES, 3.0
)
_OF_VALUE = {"dash": 0.0, "figure": 0.0, "unit": 2.5}
_STRAY, LEFT_OVER, _DEAR, _HOPELESS, _MAX_GROUP = 6.0, 2.9, 8.0, 14.0, 16
_CHINESE, _TEXT = re.compile(r"[\u4e00-\u9fff]"), re.compile(r"[\u4e00-\u9fff]{2}")
_WORDS_OF_VALUE = re.compile(
    r"完成|达到|达标|目标|国家|同步|提高|下降|优于|保持|力争|争取|稳步|稳定|持续|左右|提升|改善|前列|以上|以内|确定|审核|下达|核定|控制|基本|待定"
    r"|年均|累计|全覆盖|进一步|不降低|高于|低于|不断|结果|要求"
)
_STATE = re.compile(r"完成|达到|达标|与|国家|优于|保持|力争|争取|稳步|稳定|持续|控制|基本|待定|进一步|不")
_OPEN_END, _OPEN_START = re.compile(r"[,，/／（(、＞>＜<≥≤~～—-]$"), re.compile(r"[/／（(）)，,、]|左右|以上|以内|以下")
_NAMED = re.compile(r"[）)]\s*[*∗＊]?$")
_COUNTED = re.compile(r"[（(]\s*(?:共\s*)?[\d一二三四五六七八九十]+\s*[项个]\s*[）)]$")
_SERIAL = re.compile(r"(\d{1,3})[.．、]?")


@dataclass(frozen=True, slots=True)
class Aligned:
    """Pieces put into rows.

    Attributes:
        cost: Of the whole reading; 0 where each row prints one piece for each column.
        rows: For each row the pieces of each column, as half-open indices; equal where it is empty.
    """

    cost: float
    rows: tuple[tuple[Range, ...], ...]


def serials(pieces: Sequence[Cell]) -> frozenset[int]:
    """Return the pieces that number the rows 1, 2, 3 ...: those before a name, in order."""
    found: list[int] = []
    for at, one in enumerate(pieces[:-1]):
        number = _SERIAL.fullmatch(one.text)
        # A number that print lost may be skipped.
        if number and 1 <= int(number[1]) - len(found) <= (2 if found else 1) and _is_name(pieces[at + 1]):
            found.append(at)
    return frozenset(found) if len(found) > 2 else frozenset()


def _is_name(one: Cell) -> bool:
    named = _TEXT.search(one.text) is not None and not _STATE.match(one.text)
    return named and not one.is_attribute and not UNIT.fullmatch(one.text)


def align(pieces: Sequence[Cell], kinds: Sequence[str], numbers: frozenset[int]) -> Aligned:
    """Put pieces into rows of cells.

    Args:
        pieces: Of the body of the table, in the order of print.
        kinds: Kind of each column (see table_columns.Column).
        numbers: Pieces that are serial numbers; with any, `kinds` holds `serial`.

    Returns:
        The cheapest reading; pieces behind its last row are no part of the table.
    """
    return _Search(pieces, kinds, numbers).run()


class _Search:
    """Dynamic programming over (piece, column)."""

    def __init__(self, pieces: Sequence[Cell], kinds: Sequence[str], numbers: frozenset[int]) -> None:
        self._costs = _Costs(pieces, numbers)
        self._kinds, self._n = kinds, len(pieces)
        width = len(kinds) + 1
        self._best = [[_NEVER] * width for _ in range(self._n + 1)]
        self._from: list[list[tuple[int, int]]] = [[(-1, -1)] * width for _ in range(self._n + 1)]

    def run(self) -> Aligned:
        """Return the cheapest reading."""
        self._best[0][0] = 0.0
        last = len(self._kinds)
        for at in range(self._n + 1):
            for column in range(1, last):
                self._relax(at, column)
            self._reach(at, 0, self._best[at][last], (at, last))
            if at < self._n:
                self._reach(at + 1, 0, self._best[at][0] + _STRAY, (at, 0))
            for column in range(last):
                self._relax(at, column)
        ends = [(self._best[at][0] + LEFT_OVER * (self._n - at), at) for at in range(self._n + 1)]
        cost, end = min(ends)
        return Aligned(cost, self._rows(end))

    def _relax(self, at: int, column: int) -> None:
        base = self._best[at][column]
        if base > min(self._best[at]) + _HOPELESS:
            return
        kind = self._kinds[column]
        for count in range(min(_LONGEST[kind], self._n - at) + 1):
            cost = self._costs.cell(kind, at, count)
            if cost >= _NEVER:
                return  # nor is it with further pieces
            self._reach(at + count, column + 1, base + cost, (at, column))

    def _reach(self, at: int, column: int, cost: float, origin: tuple[int, int]) -> None:
        if cost < self._best[at][column]:
            self._best[at][column], self._from[at][column] = cost, origin

    def _rows(self, end: int) -> tuple[tuple[Range, ...], ...]:
        rows: list[list[Range]] = []
        at, column = end, 0
        while (at, column) != (0, 0):
            before, origin = self._from[at][column]
            if column == 0 and origin:
                rows.append([])
            elif column:
                rows[-1].insert(0, (before, at))
            at, column = before, origin
        return tuple(tuple(row) for row in reversed(rows))


class _Costs:
    """What it costs that pieces are a cell of a kind."""

    def __init__(self, pieces: Sequence[Cell], numbers: frozenset[int]) -> None:
        self._pieces, self._numbers = pieces, numbers
        self._known: dict[tuple[str, int, int], float] = {}
        self._classes = [_class_of(one, at in numbers) for at, one in enumerate(pieces)]

    def cell(self, kind: str, at: int, count: int) -> float:
        """Return the cost of `count` pieces from `at` as a cell of this kind."""
        if not count:
            return 0.0 if kind == "serial" and not self._numbers else _EMPTY[kind]
        key = ("value" if kind in VALUES else kind, at, count)
        if key not in self._known:
            self._known[key] = getattr(self, f"_{key[0]}")(at, at + count)
        return self._known[key]

    def _serial(self, at: int, end: int) -> float:
        del end
        return 0.0 if at in self._numbers else _NEVER

    def _attribute(self, at: int, end: int) -> float:
        del end
        return 0.0 if self._classes[at] == "attribute" else _NEVER

    def _group(self, at: int, end: int) -> float:
        classes, pieces = self._classes[at:end], self._pieces[at:end]
        label = "".join(one.text for one in pieces)
        barred = any(one in {"serial", "attribute", "dash"} for one in classes) or "figure" in classes[:-1]
        if barred or len(label) > _MAX_GROUP or (classes[-1] == "figure" and not _COUNTED.search(label)):
            return _NEVER
        if not _TEXT.search(label) or (_NAMED.search(label) and not _COUNTED.search(label)):
            return _NEVER
        sure = _COUNTED.search(label) or end in self._numbers
        return (0.4 if sure else 1.7) + 0.1 * (end - at)

    def _indicator(self, at: int, end: int) -> float:
        classes, pieces = self._classes[at:end], self._pieces[at:end]
        if any(one in {"serial", "attribute", "dash"} for one in classes) or classes[0] == "figure":
            return _NEVER
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
            return _NEVER
        if UNIT.fullmatch(label) or (end - at == 1 and classes[0] == "dash"):
            return 0.0
        return 1.5 + end - at if len(label) <= 10 and "dash" not in classes else _NEVER  # noqa: PLR2004

    def _value(self, at: int, end: int) -> float:
        classes = self._classes[at:end]
        if any(one in {"serial", "attribute"} for one in classes) or ("dash" in classes and end - at > 1):
            return _NEVER
        if end - at == 1:
            return _OF_VALUE[classes[0]] if classes[0] in _OF_VALUE else self._words(at)
        # A stretch that is dear already grows no cheaper: nothing of it need be read.
        cost = self.cell("base", at, end - at - 1) if end - at > 2 else 0.3 + self._stray_words(at)  # noqa: PLR2004
        return cost + self._stray_words(end - 1) + self._break_of_value(end - 2) if cost < _DEAR else _NEVER

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
        return _NEVER if "serial" in classes or "attribute" in classes else 0.5 * (end - at)


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
