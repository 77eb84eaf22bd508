"""Years that a text names: by themselves, by a plan period, or by a span of years from now."""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.commitments.facts import DocumentFacts
from pipeline.commitments.numerals import read_number

_NUMERALS = "一二三四五六七八九〇○零"
_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
# An age, or the name of games that are held in that year.
_OTHER = "(?!以前|之前生|来|(?:北京)?(?:冬|夏)?(?:奥|残奥|亚运|全运|世博|大运|青运|世界杯))"
# Each choice opens with a sign of its own, and looks back behind it: so the search leaps from sign to sign.
_FULL_YEAR = re.compile(
    rf"1(?<!\d1)9\d\d\s?年{_OTHER}|2(?<!\d2)0\d\d\s?年{_OTHER}"
    rf"|二[〇○零][{_NUMERALS}]{{2}}年?|一九[{_NUMERALS}]{{2}}年?"
)
_YEAR_SIGNS = 4
_PLANS = {
    "十六": 2035,
    "十五": 2030,
    "十四": 2025,
    "十三": 2020,
    "十二": 2015,
    "十一": 2010,
    "九": 2000,
    "八": 1995,
    "七": 1990,
}
_ORDINALS = {"一": 1957, "二": 1962, "三": 1970, "四": 1975, "五": 1980, "六": 1985}
_PERIOD = re.compile(
    '(十六|十五|十四|十三|十二|十一)个?五|[“"‘]([七八九])五[”"’]|([“"‘]十五[”"’]|十个五)|第([一二三四五六七八九])个五年'
)
_TENTH = 2005
_CENTURY = re.compile("(本世纪末|[二2][十0]世纪末)|本世纪中叶|新中国成立(?:一百|100)年")
_END_OF_CENTURY, _MID_CENTURY = 2000, 2050
_THIS_YEAR = re.compile("今年|(?<![一二两三四五六七八九十几数0-9])年内|本年度?|全年|当年")
_NEXT_YEAR = re.compile("今明两年|明年")
_TERM = re.compile("本届政府(?:任期)?(?:内|期间)?")
_N = "([一二两三四五六七八九十]|\\d{1,2})"
_SPAN = re.compile(
    f"(?:(?<=今后)|(?<=未来)|(?<=力争)){_N}年|(?<![一二三四五六七八九十0-9至到—-]){_N}年(?=内|[，的]|累计|滚动|统筹)"
    "|(?<![一二三四五六七八九十0-9至到—-])(?<![每个])(?<!过去)(?<!连续)(五)年"
    "(?=新[增建改]|建[成设]|改[造建]|完成|培[育训养]|投[入资]|引进|实现|力争|植树|转移|解决|分流|扶持|实施|计划)"
    f"|(?<![0-9年]){_N}[至到—-]{_N}年内"
)
_NUMERAL_BEFORE = "(?<![一二三四五六七八九十〇○零0-9])"
_SPAN_ON = re.compile(f"用(?:{_N}[至到—-])?{_N}年(?:的|左右)?(?:的?时间|内|左右)|{_NUMERAL_BEFORE}{_N}年(?=倍|翻)")
_IS_OF = re.compile("(?:今年|年)是[^，。；]{0,16}$")
_PLAN_YEARS = 5
# `“十五五”良好开局` is wanted of the first year of that period.
_BEGINS = re.compile(
    '[”"’]?(?:计划|规划|时期|发展|的|实现|建设){0,3}(?:良好|精彩|高质量)?(?:开局|开好局|开好头|起好步|第一年|首年)'
)


class Named(NamedTuple):
    """A year that a stretch names, with its span in the stretch."""

    year: int
    start: int
    end: int


def years(stretch: str) -> list[Named]:
    """Return the years that a stretch names by their number.

    >>> years("到二〇三五年，比2020年翻一番")
    [Named(year=2035, start=1, end=6), Named(year=2020, start=8, end=13)]
    """
    return [
        Named(int(one.group()[:_YEAR_SIGNS].translate(_DIGITS)), one.start(), one.end())
        for one in _FULL_YEAR.finditer(stretch)
    ]


def named_years(stretch: str) -> list[Named]:
    """Return the years that a stretch names by their number or by a plan period, which ends with its last year."""
    found = years(stretch)
    for one in _PERIOD.finditer(stretch):
        year = (_ORDINALS | _PLANS).get(one[1] or one[2] or one[4] or "", _TENTH)
        found.append(Named(year, one.start(), one.end()))
    for one in _CENTURY.finditer(stretch):
        found.append(Named(_END_OF_CENTURY if one[1] else _MID_CENTURY, one.start(), one.end()))
    return found


def latest_stated(stretch: str, facts: DocumentFacts) -> Named | None:
    """Return the last year, not before the document's own, that a stretch states as a deadline."""
    if "年" not in stretch and "五" not in stretch and "届" not in stretch and "世纪" not in stretch:
        return None
    found = [one for one in named_years(stretch) if not _only_places(stretch, one)] + _spans(stretch, facts)
    now = facts.published_year if facts.is_report else facts.period_start
    if facts.published_year and facts.is_report:
        found += [Named(facts.published_year, one.start(), one.end()) for one in _THIS_YEAR.finditer(stretch)]
        found += [Named(facts.published_year + 1, one.start(), one.end()) for one in _NEXT_YEAR.finditer(stretch)]
    found = [one for one in found if now is None or one.year >= now]
    return max(found, key=lambda one: one.start) if found else None


def _only_places(stretch: str, one: Named) -> bool:
    """Tell whether a period is named to say which of its years this is: `“十五五”良好开局`, `今年是“十五五”第一年`."""
    return bool(_BEGINS.match(stretch, one.end) or _IS_OF.search(stretch[: one.start]))


def _spans(stretch: str, facts: DocumentFacts) -> list[Named]:
    """Return the deadlines that spans set: `三年内` ends with the third year from now, `用三年时间` after three, `3-5年内` with the fifth."""
    now = facts.published_year if facts.is_report else facts.period_start
    found = []
    for one in _SPAN.finditer(stretch):
        n_years = int(read_number(one[1] or one[2] or one[3] or one[5]) or 0)
        if now and n_years and (facts.is_report or n_years != _PLAN_YEARS):
            found.append(Named(now + n_years - 1, one.start(), one.end()))
        elif facts.period_end and n_years == _PLAN_YEARS:
            found.append(Named(facts.period_end, one.start(), one.end()))
    for one in _SPAN_ON.finditer(stretch):
        if now:
            found.append(Named(now + int(read_number(one[2] or one[3]) or 0), one.start(), one.end()))
    for one in _TERM.finditer(stretch):
        if facts.is_report and now:
            found.append(Named(now + _PLAN_YEARS - 1, one.start(), one.end()))
    return found
