"""Lines of a text and the enumerators that open them."""

from __future__ import annotations

import re
from typing import NamedTuple

_NUMERAL = "一二三四五六七八九十百零〇0-9０-９"
# After 1.1 a title goes on, not the rest of a figure (1.1万, 3.5个百分点).
_TITLE_AFTER = (
    r"(?![0-9])[.．、]?\s*(?=[\u4e00-\u9fff“《])"
    r"(?![万亿千百十]|个|元|倍|[公千]?米|公里|平方|公顷|亩|吨|度|年|月|日|小?时|[天人次岁件]|左右|以[上下内]|至|到|和|与)"
)
# In the order in which plans commonly nest them; the name of the group is the kind.
KINDS = {
    "part": rf"第\s*[{_NUMERAL}-]+\s*(?:[篇编]|部分)",
    "chapter": rf"第\s*[{_NUMERAL}-]+\s*章",
    "section": rf"第\s*[{_NUMERAL}-]+\s*节",
    "article": rf"第\s*[{_NUMERAL}]+\s*条(?=[\s\u3000])",
    "chinese": r"[一二三四五六七八九十百]+\s*[、.．](?![一二三四五六七八九十]+、)",
    "bracketed": r"[（(]\s*[一二三四五六七八九十百]+\s*[）)]\s*、?",
    "arabic": r"[0-9０-９]{1,3}(?:[.．](?![0-9])|、(?![0-9]+、))",
    "decimal": rf"[0-9]{{1,2}}[.．][0-9]{{1,2}}{_TITLE_AFTER}",
    "subdecimal": rf"[0-9]{{1,2}}(?:[.．][0-9]{{1,2}}){{2,3}}{_TITLE_AFTER}",
    "parenthesised": r"[（(]\s*[0-9]{1,2}\s*[）)]|[0-9]{1,2}[）)]",
    "circled": r"[①-⑳]",
    "boxed": r"(?:0[1-9]|1[0-9])(?=\s*$)",
    "caption": rf"(?:专\s*栏|附?[表图])\s*[{_NUMERAL}]+(?:[-—.．][0-9]+)?(?![、，。期年人个季届])",
    "appendix": rf"附\s*[录件]\s*[{_NUMERAL}]*(?=[\s：:《]|$)",
}
STRONG = frozenset({"part", "chapter", "section", "chinese", "bracketed", "appendix"})
ITEMS = frozenset({"arabic", "decimal", "subdecimal", "parenthesised", "circled", "boxed"})
_ENUMERATOR = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in KINDS.items()))
_LINE = re.compile(r"[^\n]*\S")
_FIRST = frozenset("第（(专附表图" + _NUMERAL.replace("-", "") + "0123456789０１２３４５６７８９①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
_GLUED = re.compile(r"(\d{1,3})[.．](?=\d)")
_NEAR = 6
_PUNCTUATION = re.compile(r"[\s、.．，,：:（）()]")
_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0}


class Line(NamedTuple):
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
    return _count_on([_line(*one.span(), one.group()) for one in _LINE.finditer(text, start, end)])


def _line(start: int, end: int, text: str) -> Line:
    stripped = text.lstrip()
    start = end - len(stripped)
    found = _ENUMERATOR.match(stripped) if stripped[0] in _FIRST else None
    if found is None or found.lastgroup is None:
        return Line(start, end, stripped)
    enumerator = found.group().strip()
    return Line(start, end, stripped, found.lastgroup, enumerator, ordinal(enumerator))


def _count_on(lines: list[Line]) -> list[Line]:
    """Tell `20.5G应用。` after 19. and before 21. from a figure: there the number is an enumerator."""
    last = 0
    for at, line in enumerate(lines):
        if line.kind == "arabic":
            last = line.ordinal
        elif (match := _GLUED.match(line.text)) and int(match.group(1)) == last + 1 > 1:
            following = next((one for one in lines[at + 1 : at + _NEAR] if one.kind == "arabic"), None)
            if following and following.ordinal == last + 2:
                last += 1
                lines[at] = line._replace(kind="arabic", enumerator=match.group(), ordinal=last)
    return lines


def kind_of(text: str) -> str:
    """Return the kind of the enumerator that opens a text, a key of KINDS, or an empty text.

    >>> kind_of("第三章 目标"), kind_of("主要目标")
    ('chapter', '')
    """
    found = _ENUMERATOR.match(text)
    return (found.lastgroup or "") if found else ""


def ordinal(enumerator: str) -> int:
    """Return the number of an enumerator up to 999, 0 where it has none.

    >>> ordinal("第二十一章"), ordinal("（十）"), ordinal("11."), ordinal("2.3"), ordinal("②")
    (21, 10, 11, 3, 2)
    """
    if "①" <= enumerator[:1] <= "⑳":
        return ord(enumerator[0]) - ord("①") + 1
    if digits := re.findall(r"\d+", enumerator):
        return int(digits[-1])
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
