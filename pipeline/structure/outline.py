"""Lines of a text and the enumerators that open them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_NUMERAL = "一二三四五六七八九十百零〇0-9０-９"
# In the order in which plans commonly nest them; the name of the group is the kind.
KINDS = {
    "part": rf"第\s*[{_NUMERAL}-]+\s*(?:[篇编]|部分)",
    "chapter": rf"第\s*[{_NUMERAL}-]+\s*章",
    "section": rf"第\s*[{_NUMERAL}-]+\s*节",
    "chinese": r"[一二三四五六七八九十百]+\s*[、.．](?![一二三四五六七八九十]+、)",
    "bracketed": r"[（(]\s*[一二三四五六七八九十百]+\s*[）)]\s*、?",
    "arabic": r"[0-9０-９]{1,3}(?:[.．](?![0-9])|、(?![0-9]+、))",
    "parenthesised": r"[（(]\s*[0-9]{1,2}\s*[）)]|[0-9]{1,2}[）)]",
    "circled": r"[①-⑳]",
    "boxed": r"(?:0[1-9]|1[0-9])(?=\s*$)",
    "caption": rf"(?:专\s*栏|附?[表图])\s*[{_NUMERAL}]+(?:[-—.．][0-9]+)?(?![、，。期年人个季届])",
    "appendix": rf"附\s*[录件]\s*[{_NUMERAL}]*(?=[\s：:《]|$)",
}
STRONG = frozenset({"part", "chapter", "section", "chinese", "bracketed", "appendix"})
ITEMS = frozenset({"arabic", "parenthesised", "circled", "boxed"})
_ENUMERATOR = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in KINDS.items()))
_LINE = re.compile(r"[^\n]*\S")
_PUNCTUATION = re.compile(r"[\s、.．，,：:（）()]")
_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text without the white space around it.

    Attributes:
        start: Start in the canonical text.
        end: End in the canonical text.
        text: What stands there.
        kind: Kind of its enumerator, a key of KINDS, or empty.
        enumerator: As printed, or empty.
        ordinal: Number that the enumerator gives, 0 without one.
    """

    start: int
    end: int
    text: str
    kind: str = ""
    enumerator: str = ""
    ordinal: int = 0


def split_lines(text: str, start: int, end: int) -> list[Line]:
    """Return the lines of `text[start:end]` that hold more than white space."""
    return list(_lines(text, start, end))


def _lines(text: str, start: int, end: int) -> Iterator[Line]:
    for match in _LINE.finditer(text, start, end):
        line = match.group()
        stripped = line.lstrip()
        low = match.end() - len(stripped)
        found = _ENUMERATOR.match(stripped)
        if found is None or found.lastgroup is None:
            yield Line(low, match.end(), stripped)
            continue
        enumerator = found.group().strip()
        yield Line(low, match.end(), stripped, found.lastgroup, enumerator, ordinal(enumerator))


def ordinal(enumerator: str) -> int:
    """Return the number of an enumerator up to 999, 0 where it has none.

    >>> ordinal("第二十一章"), ordinal("（十）"), ordinal("11."), ordinal("②")
    (21, 10, 11, 2)
    """
    if "①" <= enumerator[:1] <= "⑳":
        return ord(enumerator[0]) - ord("①") + 1
    if digits := re.search(r"\d+", enumerator):
        return int(digits.group())
    total = unit = 0
    for sign in enumerator:
        if sign in _DIGITS:
            unit = _DIGITS[sign]
        elif sign in "十百":
            total += (unit or 1) * (10 if sign == "十" else 100)
            unit = 0
    return total + unit


def bare(enumerator: str) -> str:
    """Return an enumerator without punctuation, as paths show it.

    >>> bare("（二）"), bare("11."), bare("第三章")
    ('二', '11', '第三章')
    """
    return _PUNCTUATION.sub("", enumerator)
