"""Footnote marks glued to words: 量子科技35产业, 思路①, 产业[12], 平台〔3〕, 产业³.

A bare number is a mark only as a link of a chain that counts on 1, 2, 3 ... through the document, and only where
it fits no quantity; the other forms need no chain, but a sign that the form is used for notes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from pipeline.reading.pages import a_page_apart
from pipeline.records import Furniture

# A number between words, or after a closing mark, that nothing counts or measures: it is no quantity.
_COUNTED = (
    "[个家项年月日天人名户口所座条件公里万亿千百十元英亩度小时分秒岁届次位倍期级层类种批套台辆架处村镇乡县市区省国多余几大点号"
    "楼线款部门篇章节页场轮步岗班组群队支只头株棵艘对双根颗粒片块张本册卷栋幢间床例宗起笔份把周世以至到左来寸克斤担升瓦兆赫伏厘毫]"
    "|平[方均米]|立方|[美港]元"
)
_LEADING = "第至到达为约近超共前于仅逾足增成余是每满破和与及或名列居升降减月零点数后北东南西上下"
_GLUED = re.compile(
    rf"[1-9](?<=[\u4e00-\u9fff”’》）」』)〉\"][1-9])(?<![{_LEADING}][1-9])[0-9]{{0,2}}"
    rf"(?:(?=[，。；、：,;:！？”’》）)](?![0-9])|[ \t\u3000]*$)|(?=[\u4e00-\u9fff“《（])(?!{_COUNTED}))",
    re.M,
)
_CLOSING, _STOPS = '”’》）」』)〉"', "，。；、：,;:！？”’》）)"
_ALONE = re.compile(r"\n[ \t\u3000\xa0]*([0-9]{1,3})[ \t\u3000\xa0]*(?=\n)")
_MIN_CHAIN, _HIDDEN, _MIN_PROSE = 4, 1.5, 10
_SIGNS = re.compile(
    r"[¹²³⁴-⁹⁰](?<=[\w”’》）」』%％。].)(?<![米平立方mMＭ㎡].)[¹²³⁴-⁹⁰]{0,2}"
    r"|[\[〔﹝【](?<=[\w”’》）」』）。].)[0-9]{1,3}[\]〕﹞】]"
)
_CIRCLED = re.compile(r"[①-⑳](?<=[\u4e00-\u9fff”’》）」』].)(?=[，。；、！？”’）)]|[ \t\u3000]*$)", re.M)
_CIRCLED_ANY = re.compile(r"[①-⑳](?<=[\u4e00-\u9fff”’》）」』].)")
_OPENS_NOTE = re.compile(r"^[ \t\u3000*>]*([①-⑳])", re.M)


class _Link(NamedTuple):
    """A number that may be a mark, and the index of the one that it counts on from."""

    start: int
    end: int
    value: int
    weight: float
    before: int


def find_note_marks(source: str) -> list[Furniture]:
    """Return the footnote marks of a source, sorted."""
    spans = [*_numbers(source), *_signs(source), *_circled(source)]
    return [Furniture(start, end, "footnote_mark") for start, end in sorted(spans)]


def _signs(source: str) -> Iterator[tuple[int, int]]:
    """Yield marks in superscript or square brackets; one bracket alone may be a value of a table."""
    if not any(one in source for one in "]〕﹞】¹²³"):
        return
    found = [one.span() for one in _SIGNS.finditer(source)]
    if len(found) > 1:
        yield from found


def _circled(source: str) -> Iterator[tuple[int, int]]:
    """Yield circled marks: where no item can begin, or, where notes open with them, wherever they are glued."""
    if "①" not in source:
        return
    surest = {one.start() for one in _CIRCLED.finditer(source)}
    if not surest:
        return
    notes = {one.group(1): one.start(1) for one in _OPENS_NOTE.finditer(source)}
    for one in _CIRCLED_ANY.finditer(source):
        if one.start() in surest or one.start() < notes.get(one.group(), 0):
            yield one.span()


def _numbers(source: str) -> list[tuple[int, int]]:
    """Return the links of the best chain of bare numbers, where it is plainly one."""
    best: dict[int, tuple[float, int]] = {}
    links: list[_Link] = []
    for start, end, value, sure in sorted(_candidates(source)):
        # One or two marks of a chain may be hidden where a quantity could stand.
        earlier = [one for one in range(value - 3, value) if one in best]
        if value > 2 and not earlier:
            continue
        before, link = max(
            ((best[one][0] - _HIDDEN * (value - 1 - one), best[one][1]) for one in earlier), default=(0.0, -1)
        )
        score = before + sure
        if score >= best.get(value, (0.0, -1))[0]:
            best[value] = (score, len(links))
        links.append(_Link(start, end, value, sure, link))
    if not best:
        return []
    at = max(best.values())[1]
    chain: list[_Link] = []
    while at >= 0:
        chain.append(links[at])
        at = links[at].before
    surest = sum(one.weight > 1 for one in chain)
    if len(chain) < _MIN_CHAIN or surest * 2 < len(chain):
        return []
    alone = [
        one.start
        for one in reversed(chain)
        if source[max(0, one.start - 9) : one.start].rstrip(" \t\u3000\xa0")[-1:] == "\n"
    ]
    if len(alone) * 2 > len(chain) and a_page_apart(alone):
        return []
    hidden = [found for after, before in pairwise(chain) if (found := _hidden(source, before, after))]
    return [(start, end) for start, end, *_ in chain] + sum(hidden, [])


def _hidden(source: str, before: _Link, after: _Link) -> list[tuple[int, int]]:
    """Return the marks between two links whose value occurs there only once."""
    found: list[tuple[int, int]] = []
    at = before.end
    for value in range(before.value + 1, after.value):
        places = list(re.finditer(rf"(?<![0-9.．第]){value}(?![0-9.．、%％])", source[at : after.start]))
        if len(places) != 1 or places[0].start() == 0:
            return []
        found.append((at + places[0].start(), at + places[0].end()))
        at += places[0].end()
    return found


def _candidates(source: str) -> Iterator[tuple[int, int, int, float]]:
    """Yield span, value and weight of the numbers that nothing counts; weights above 1 are sure of it."""
    for one in _GLUED.finditer(source):
        start, end = one.span()
        if source[start - 1] in _CLOSING:
            yield start, end, int(one.group()), 3.0
        else:
            yield start, end, int(one.group()), 2.0 if source[end : end + 1] in _STOPS else 1.0
    for one in _ALONE.finditer(source):
        above = source[max(0, one.start() - 80) : one.start()].rstrip().rpartition("\n")[2].rstrip()
        below = source[one.end() : one.end() + 80].lstrip().partition("\n")[0]
        inside = above[-1:] not in "。！？；：" and min(len(above), len(below)) >= _MIN_PROSE
        if inside or above[-1:] in "”’》」" or below[:1] in _STOPS:
            yield *one.span(1), int(one.group(1)), 3.0
