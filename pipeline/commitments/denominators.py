"""What a share or a ratio is per: `占地区生产总值比重`, `每千人口`, `单位GDP`, `80%的行政村`."""

from __future__ import annotations

import re

from pipeline.records import Quantity, Span, Structure

_SHARES = frozenset({"share", "coverage", "increase", "decrease", "benchmark"})
_UNITS = frozenset({"%", "‰", "‱", "个百分点", "百分点"})
_NAMED = re.compile(
    r"每(?:十|百|千|万|十万|百万|亿)(?:名|个|位)?(?:常住|户籍)?"
    r"(?:人口?|居民|老年人|从业人员|就业人员|劳动力|元(?:(?:地区|国内|国民)?(?:生产总值|GDP))?)"
    r"|(?:单位|万元|亿元)(?:(?:地区|国内|国民)?(?:生产总值|GDP)|规模以上工业增加值|规上工业增加值|工业增加值|产值|产品|建筑面积|建设用地)"
    r"|每(?:立方米|平方公里|平方米|公顷|亩|人|户|村)|人均(?!预期寿命|期望寿命|寿命)|户均|亩均|地均|村均|单位面积"
)
_OF = re.compile(
    r"占(?:到|了)?(?P<whole>(?!比|地(?!方|区)|用|有|领|据|补|道)[^，。；：、占0-9\s]{1,24}?)的?"
    r"(?:比重|比例|比率|份额|百分比|比值|(?=达|为|约|提高|提升|上升|下降|降|增|分别|超|近|[0-9]|$))"
)
_TO_GROWTH = re.compile("对(?:我市|我省|全[市省]|我国)?(?P<whole>[^，。；、]{1,16}?)的?贡献率")
_LIKE = re.compile("相当于(?P<whole>[^，。；、]{2,20}?)的?$")
_USED = re.compile("(?P<whole>[^，。；、]{2,8}?)(?:中?用于|投向)[^，。；、]{1,14}的?(?:比重|比例|占比)")
_RELATIONS = (_OF, _TO_GROWTH, _USED, _LIKE)
_LAST_OF = re.compile("(?:^|[，。；：])(?P<whole>(?:(?![由从按比较])[^，。；：0-9]){2,14})的$")
_WHO = re.compile(r"(?:^|[，。；：、])(?P<whole>[^，。；：、\s]{2,14})$")
_MEASURED = re.compile(
    "(?:率|比|重|例|度|额|量|占|到|至|为|达|在|了|约|高|增|降|长|升|幅|速|由|从|各|按|照|现在|[0-9])$"
)
_PART = re.compile(
    r"的?(?P<whole>[^，。；：、0-9（）“”\s]{2,14}?)"
    r"(?=的|实现|达|得|建成|完成|开展|通|进入|纳入|参加|[，。；、\s]|$)"
)
_VERB_AFTER = re.compile("按(?!照)|通|实现|达|参|纳|完成|接入|进入|得到|享受|建|配|覆盖")
_SEEN = 18
"""Characters read on either side of a bare share."""


def denominator_in(name: str) -> Span | None:
    """Return where the name of an indicator says what it is per, None where it does not.

    >>> name = "每千人口执业医师数"
    >>> name[slice(*denominator_in(name))]
    '每千人口'
    """
    found = _NAMED.search(name)
    if found:
        return found.span()
    of = _OF.search(name)
    return of.span("whole") if of else None


def denominator_of(text: str, structure: Structure, one: Quantity) -> Span | None:
    """Return where a text says what a quantity is per, None where it does not.

    Args:
        text: Canonical text.
        structure: Its structure.
        one: The quantity, its indicator read.
    """
    clause = structure.clauses[one.clause]
    if one.unit in _UNITS and one.measure in _SHARES:
        told = _whole(text, structure.sentences[clause.sentence].start, one.start)
        if told is not None:
            return told
    named = next((told for told in one.evidence if told.field == "indicator"), None)
    if named is not None and (inside := denominator_in(text[named.start : named.end])):
        return named.start + inside[0], named.start + inside[1]
    if one.unit in ("%", "‰") and one.measure in ("share", "coverage") and one.rule != "coverage":
        return _part(text, (clause.start, clause.end), (one.start, one.end))
    return None


def _whole(text: str, low: int, end: int) -> Span | None:
    """Return the whole that a share ahead of a figure is taken of."""
    segment = _segment(text, low, end)
    # `…占…的比重，由12%提高到15%`: the share goes on behind the comma.
    if segment > low and text.startswith(("由", "从", "分别"), segment):
        segment = _segment(text, low, segment - 1)
    ahead = text[segment:end]
    for pattern in _RELATIONS:
        found = list(pattern.finditer(ahead))
        if found:
            return segment + found[-1].start("whole"), segment + found[-1].end("whole")
    return None


def _segment(text: str, low: int, end: int) -> int:
    """Return the start of the stretch between signs that holds the character before `end`."""
    return max(low, *(text.rfind(sign, low, end) + 1 for sign in "，。；"))


def _part(text: str, clause: Span, quantity: Span) -> Span | None:
    """Return the whole of which a bare share tells the part: `利润的90%`, `80%的行政村`, `乡镇100%通宽带`."""
    start, end = quantity
    low = max(clause[0], start - _SEEN)
    ahead, after = text[low:start], text[end : min(clause[1], end + _SEEN)]
    if of := _LAST_OF.search(ahead):
        return low + of.start("whole"), low + of.end("whole")
    if not after or _MEASURED.search(ahead):
        return None
    if _VERB_AFTER.match(after):
        who = _WHO.search(ahead)
        return (low + who.start("whole"), start) if who else None
    part = _PART.match(after)
    return (end + part.start("whole"), end + part.end("whole")) if part else None
