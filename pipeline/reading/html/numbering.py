"""The numbers that browsers put before the items of a list."""

# ruff: noqa: E501, SIM905 - lists of words
from __future__ import annotations

from pipeline.reading.html.node import Node

_DIGITS = "零一二三四五六七八九"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_FORMS = {"lower-alpha": "a", "lower-latin": "a", "upper-alpha": "A", "upper-latin": "A", "lower-roman": "i", "upper-roman": "I",
          "cjk-ideographic": "一", "simp-chinese-informal": "一", "trad-chinese-informal": "一", "cjk-decimal": "一"}  # fmt: skip
_MAX = 10**6


class Numbering:
    """Counts the items of one ordered list."""

    def __init__(self, element: Node) -> None:
        self._form = _form(element)
        self._step = -1 if "reversed" in element.attributes else 1
        items = sum(isinstance(one, Node) and one.tag == "li" for one in element.children)
        self._next = _number(element.get("start"), items if self._step < 0 else 1)

    def number(self, item: Node) -> str:
        """Return what stands before an item (`3. `, `三、`), an empty text where numbers are not shown."""
        value = _number(item.get("value"), self._next)
        self._next = value + self._step
        form = _form(item) if item.get("type") or "list-style" in item.raw else self._form
        if form == "none":
            return ""
        mark = "、" if form == "一" and 0 < value < 100 else ". "
        return f"{_written(value, form)}{mark}"


def _form(element: Node) -> str:
    style = element.get("style").lower().replace(" ", "")
    if "list-style" in style:
        named = style.rsplit("list-style", 1)[1]
        if "none" in named or any(one in named for one in ("disc", "circle", "square")):
            return "none"
        return next((form for name, form in _FORMS.items() if name in named), "1")
    return element.get("type") or "1"


def _number(given: str, default: int) -> int:
    text = given.strip()
    digits = text.removeprefix("-")
    return int(text) if digits.isascii() and digits.isdigit() and len(digits) < 7 else default


def _written(value: int, form: str) -> str:
    """Write a number in a form of lists: 1, a, A, i, I or 一."""
    if form in {"a", "A"} and 0 < value < _MAX:
        letters = ""
        while value:
            value, rest = divmod(value - 1, 26)
            letters = chr(ord(form) + rest) + letters
        return letters
    if form in {"i", "I"} and 0 < value < 4000:
        text = ""
        for worth, letters in _ROMAN:
            times, value = divmod(value, worth)
            text += letters * times
        return text if form == "i" else text.upper()
    if form == "一" and 0 < value < 100:
        tens, ones = divmod(value, 10)
        return (_DIGITS[tens] if tens > 1 else "") + ("十" if tens else "") + (_DIGITS[ones] if ones else "")
    return str(value)
