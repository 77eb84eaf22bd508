"""What a change starts from: the value and the year, as the clause tells them."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from pipeline.commitments.indicators import indicator_id_of
from pipeline.commitments.periods import Named, named_years, years
from pipeline.records import Evidence, Quantity

_FROM = re.compile(r"(?:由|从)[^，。；、]{0,16}$")
_CHANGE = "提高|提升|增加|增长|上升|扩大|下降|降低|减少|缩小|缩短|压缩|压减|拓展|降|增|升|延长|优化|调整|改善|回升|回落|跃升|攀升|发展|达"
_TO = re.compile(rf"[^，。；、0-9]{{0,8}}?(?:{_CHANGE})(?:到|至|为)[^，。；、]{{0,14}}$")
_AND = re.compile(r"(?:、|和)[^，。；、0-9]{0,8}$")
_THAN = re.compile(r"(?:比|较)[^，。；、]{0,16}的\s*$")
_GREW = re.compile(rf"[^，。；、0-9]{{0,6}}?(?:{_CHANGE}|翻)(?:了|约)?$")
_YEAR = r"((?:19|20)\d\d\s?年|二[〇○零].{2}年|一九.{2}年|[“\"‘]?(?:十[一二三四五六]?|[七八九])个?五[”\"’]?(?=时?期?末))"
_SINCE = re.compile(
    rf"(?:比|较|与|和|同|在|是|为|相当于|以)(?:“?十.五”?期?末的?)?{_YEAR}(?:年)?(?:末|底|期末|时期末|期间)?(?:的|全[国省市]|我[国省市])?(?:相比|基础上|水平)?"
)
_ANEW = re.compile("年均|平均每年|每年|同比|比上年|较上年|比去年|比上届|达到?[0-9]")
_CHANGES = frozenset({"increase", "decrease", "growth_rate", "multiple"})
_NEAR = 30


def with_baselines(text: str, start: int, sentence: int, own: list[Quantity]) -> list[Quantity]:
    """Give each value the baseline that the clause tells, and the year that it starts from.

    A baseline of its own is the quantity X of 由 X 提高到 Y and 比 2020 年的 X 增长 Y; its status is `context`.

    Args:
        text: Canonical text.
        start: Start of the clause.
        sentence: Start of its sentence.
        own: The quantities of the clause by start.
    """
    found = [_since(text, sentence, one) for one in own]
    for at, (first, second) in enumerate(pairwise(own)):
        ahead, between = text[start : first.start], text[first.end : second.start]
        if _FROM.search(ahead) and _TO.match(between):
            found[at], found[at + 1] = _changed(text, start, found[at], found[at + 1], same=True)
        elif _THAN.search(ahead) and _GREW.match(between):
            found[at], found[at + 1] = _changed(text, start, found[at], found[at + 1], same=False)
        elif _FROM.search(ahead) and (n := _listed(text, own[at:])):
            for one in range(at, at + n):
                found[one], found[one + n] = _changed(text, start, found[one], found[one + n], same=True)
    return found


def _listed(text: str, own: list[Quantity]) -> int:
    """Return the length of two lists of figures, from the first to the second: 由 X、Y 增加到 Z、W; else 0."""
    between = [text[one.end : other.start] for one, other in pairwise(own)]
    n = 1 + next((at for at, one in enumerate(between) if not _AND.match(one)), len(between))
    units = [one.unit for one in own]
    if n < 2 or len(own) < 2 * n or units[:n] != units[n : 2 * n] or not _TO.match(between[n - 1]):  # noqa: PLR2004
        return 0
    return n if all(map(_AND.match, between[n : 2 * n - 1])) else 0


def _changed(text: str, start: int, first: Quantity, second: Quantity, *, same: bool) -> tuple[Quantity, Quantity]:
    """Return a baseline and the value that starts from it; the same thing is measured in both where it goes from to."""
    year = _year_of(text, start, first.start)
    value = first.value_min if first.value_min is not None else first.value_max
    told = [one for one in second.evidence if one.field not in ("indicator", "baseline_year")]
    told += [one for one in first.evidence if one.field == "indicator"]
    told.append(Evidence("baseline_value", first.start, first.end))
    own = [one for one in first.evidence if one.field in ("value", "indicator")]
    if year:
        told.append(Evidence("baseline_year", year.start, year.end))
        own.append(Evidence("baseline_year", year.start, year.end))
    # What stands at one figure and then at another is a level: 由 4 个增加到 11 个.
    both = same and first.unit == second.unit and {first.measure, second.measure} <= {"count", "level"}
    base = replace(
        first,
        status="context",
        deadline=None,
        deadline_source=None,
        force=None,
        baseline_year=year.year if year else first.baseline_year,
        measure="level" if both else first.measure,
        evidence=tuple(own),
    )
    measure = "level" if both else second.measure
    value_now = replace(
        second,
        baseline_value=value,
        baseline_year=year.year if year else second.baseline_year,
        indicator=first.indicator,
        indicator_id=indicator_id_of(first.indicator, measure, second.unit),
        measure=measure,
        evidence=tuple(told),
    )
    return base, value_now


def _year_of(text: str, start: int, end: int) -> Named | None:
    """Return the last year named shortly before a baseline, with its canonical span."""
    low = max(start, end - _NEAR)
    found = years(text[low:end]) or [
        one for one in named_years(text[low:end]) if text[low + one.end : end].find("末") >= 0
    ]
    if not found:
        return None
    one = found[-1]
    return Named(one.year, low + one.start, low + one.end)


def _since(text: str, start: int, one: Quantity) -> Quantity:
    """Return a quantity with the year that it is compared with: `比2020年增长`, `是2015年的2倍`."""
    low = max(text.rfind("；", start, one.start), text.rfind("。", start, one.start), start - 1) + 1
    if one.measure not in _CHANGES | {"share", "level"} or "年" not in text[low : one.start]:
        return one
    stated = list(_SINCE.finditer(text, low, one.start))
    if stated and stated[-1].group()[0] in "是为相" and re.search("[，,]", text[stated[-1].end() : one.start]):
        return one
    if not stated or _ANEW.search(text, stated[-1].end(), one.start):
        return one
    if one.measure not in _CHANGES and text[stated[-1].end() : one.start].strip("的约近 "):
        return one
    named = named_years(text[stated[-1].start() : stated[-1].end()])
    if not named:
        return one
    year = named[-1]
    span = (stated[-1].start() + year.start, stated[-1].start() + year.end)
    return replace(one, baseline_year=year.year, evidence=(*one.evidence, Evidence("baseline_year", *span)))
