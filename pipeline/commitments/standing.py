"""Whether a quantity is undertaken, reached or merely told; by when, and how firmly."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.commitments.facts import DocumentFacts
from pipeline.commitments.numerals import read_number
from pipeline.records import Structure

REVIEW, PLAN = "review", "plan"
_LOOKS_BACK = re.compile(
    r"回顾|总结|过去(?:的|一|五)|历程|工作情况|完成情况|执行情况|主要成就|发展成就|显著成就|发展基础|基础(?:和|与|及)(?:环境|条件)|发展环境|发展形势|"
    r"发展现状|发展条件|面临的(?:形势|环境|机遇)|名词解释|名词注释"
)
_TITLE = re.compile("工作的?报告|纲要$|规划.{0,20}建议$|年远景目标(?:纲要|的?建议)")
_AHEAD_OF = re.compile(r"目标|任务|安排|思路|总体要求|今年|今后|下一步|建议|举措|展望|打算|部署")
_TURN = re.compile(
    r"今年(?:是|的|，|政府|全市|全省|工作|经济|要|我们)|(?:主要|预期|奋斗|总体)(?:预期)?(?:目标|要求|任务|思路)|工作(?:的)?总体(?:要求|思路)|"
    r"今后五年|未来五年|下一步|新的一年|指导思想"
)
_BACK = re.compile(r"回顾|过去(?:的)?(?:一|五|几)年|五年来|一年来|(?:去年|上年)以来")
_DONE = re.compile(
    r"已(?!有的|经不)|累计(?!投资|实现|新增)|了(?!解|不)|同比|比上年|较上年|比去年|去年|上年|截至|目前|以来|五年来|一年来|荣获|获得|获批|被(?:评为|列为|授予)|"
    r"现有|共有|成功|曾|历年|先后|顺利"
)
_WILL = re.compile(
    r"将|力争|争取|努力|确保|计划|目标|要|必须|拟|积极|年内|今年|预期|到20\d\d年|(?:十四五|十五五|十三五|十二五)[”\"]?(?:末|时期|期间)?"
)
_COMPARED = re.compile("(?:相当于|比|较|是|超过|以)$")
_CLOSED_LIST = re.compile("[三两二四五六七八九十](?:条|大|项|类)(?:控制线|核心|制度|战略|红线|底线)")
_BY_OTHERS = re.compile("(?:国家|党中央|省委|省政府|自治区)[^，。；]{0,8}将")
_PROJECTED = re.compile(r"预计|有望|预期可|可望|预测|估计")
_SHORT = 45
_FULL_YEAR = re.compile(
    r"(?<!\d)((?:19|20)\d\d)年(?!以前|之前生|来)|二[〇○零]([一二三四五六七八九〇○零])([一二三四五六七八九〇○零])年?"
)
_PERIODS = (
    (re.compile("十六个?五"), 2035), (re.compile("十五个?五"), 2030), (re.compile("十四个?五"), 2025),
    (re.compile("十三个?五"), 2020), (re.compile("十二个?五"), 2015), (re.compile("十一个?五"), 2010),
    (re.compile("[“\"‘]十五[”\"’]|十个五"), 2005),
)  # fmt: skip
_THIS_YEAR = re.compile("今年|年内|本年度?|全年")
_PLAN_YEARS = 5
_SPAN = re.compile(
    "(?<=今后|未来|力争)([三四五十35])年|(?<![一二三四五六七八九十0-9])([三四五35])年(?=内|[，的]|累计|滚动)"
)
_BINDING = re.compile("确保|必须|严守|不低于|不少于|约束性|坚决|严格控制|不超过|不突破|务必|保证|红线|底线")
_EXPECTED = re.compile("预期(?!寿命)")
_STRIVING = re.compile("力争|争取|努力|积极|尽快|冲刺|奋力")
_DIGITS = {sign: str(value) for value, sign in enumerate("〇一二三四五六七八九")} | {"○": "0", "零": "0"}


@dataclass(frozen=True, slots=True)
class Standing:
    """Status, deadline and force of a quantity.

    Attributes:
        status: commitment, achieved, projection or context.
        deadline: Year, or None.
        deadline_source: stated, section, plan_period or None.
        force: binding, expected, planned, striving or None.
        evidence: Field and canonical span of each word that decided.
    """

    status: str
    deadline: int | None = None
    deadline_source: str | None = None
    force: str | None = None
    evidence: tuple[tuple[str, int, int], ...] = ()


def zones(text: str, structure: Structure, facts: DocumentFacts) -> list[str]:
    """Return for each clause whether its part of the document looks back or ahead.

    The headings decide; where they are silent, a report looks back until it turns to the year before it.
    """
    found: list[str] = []
    cached: dict[int | None, str | None] = {}
    state = REVIEW if facts.is_report else PLAN
    last_section: int | None = -1
    for clause in structure.clauses:
        if clause.section not in cached:
            cached[clause.section] = _zone_of_headings(structure.heading_path(text, clause.section), facts)
        told = cached[clause.section]
        stretch = text[clause.start : clause.end]
        if clause.section != last_section:
            last_section = clause.section
            if told is not None or not facts.is_report:
                state = told or PLAN
        if facts.is_report and told is None and state == REVIEW and _turns(stretch, facts):
            state = PLAN
        elif facts.is_report and state == PLAN and told is None and _BACK.match(stretch):
            state = REVIEW
        found.append(state)
    return found


def _turns(stretch: str, facts: DocumentFacts) -> bool:
    if _TURN.search(stretch):
        return True
    year = facts.published_year
    return year is not None and bool(re.search(rf"{year}年.{{0,8}}(?:工作|目标|任务|发展|是)", stretch))


def _zone_of_headings(path: Sequence[str], facts: DocumentFacts) -> str | None:
    """Return the zone that the headings tell, the outermost one first; None where they are silent."""
    for heading in path:
        if _TITLE.search(heading):
            continue
        if _LOOKS_BACK.search(heading) and not _AHEAD_OF.search(heading):
            return REVIEW
        if facts.is_report and (told := _zone_of_report_heading(heading, facts.published_year)):
            return told
    return None


def _zone_of_report_heading(heading: str, now: int | None) -> str | None:
    years = [year for year, _, _ in _named_years(heading)]
    if years and now and len(heading) < _SHORT:
        return REVIEW if max(years) < now else PLAN
    return PLAN if _AHEAD_OF.search(heading) else None


def _named_years(stretch: str) -> list[tuple[int, int, int]]:
    """Return the years that a stretch names itself or by a plan period, with their spans."""
    found = _years(stretch)
    return found + [(year, one.start(), one.end()) for pattern, year in _PERIODS for one in pattern.finditer(stretch)]


def standing_of(
    text: str, start: int, clause: tuple[int, int], sentence: tuple[int, int], zone: str,
    path: Sequence[str], facts: DocumentFacts, measure: str,
) -> Standing:  # fmt: skip
    """Return the standing of the quantity that starts at `start`.

    Args:
        text: Canonical text.
        start: Start of the quantity.
        clause: Span of its clause.
        sentence: Span of its sentence.
        zone: From `zones`.
        path: Headings above it, outermost first.
        facts: What is known of the document.
        measure: Its measure.
    """
    ahead, whole = text[clause[0] : start], text[clause[0] : clause[1]]
    before = text[sentence[0] : start]
    status = _status(ahead, whole, before, zone, facts, measure)
    if status != "commitment":
        return Standing(status)
    deadline, source, span = _deadline(text, start, clause, sentence, path, facts)
    evidence = [("deadline", *span)] if span else []
    force = _force(before, whole, path)
    return Standing(status, deadline, source, force, tuple(evidence))


def _status(ahead: str, whole: str, before: str, zone: str, facts: DocumentFacts, measure: str) -> str:
    years = [one for one in _years(before) if not _COMPARED.search(before[: one[1]])]
    now = facts.published_year if facts.is_report else (facts.period_start or facts.published_year)
    stated = years[-1][0] if years else None
    if zone == REVIEW:
        if stated is not None and now is not None and stated >= now and not _DONE.search(ahead):
            return "commitment"
        return "projection" if _PROJECTED.search(ahead) else "achieved"
    if stated is not None and now is not None and stated < now:
        return "achieved" if not _WILL.search(ahead) else "commitment"
    if measure == "count" and _CLOSED_LIST.match(whole[len(ahead) :]):
        return "context"
    if _PROJECTED.search(before) or _BY_OTHERS.search(before):
        return "projection"
    if _DONE.search(ahead) and not _WILL.search(before):
        return "achieved"
    return "commitment"


def _years(stretch: str) -> list[tuple[int, int, int]]:
    """Return the years named in a stretch, with their spans in it."""
    found = []
    for one in _FULL_YEAR.finditer(stretch):
        year = int(one[1]) if one[1] else int(f"20{_DIGITS[one[2]]}{_DIGITS[one[3]]}")
        found.append((year, one.start(), one.end()))
    return found


def _deadline(
    text: str, start: int, clause: tuple[int, int], sentence: tuple[int, int],
    path: Sequence[str], facts: DocumentFacts,
) -> tuple[int | None, str | None, tuple[int, int] | None]:  # fmt: skip
    for low in (clause[0], sentence[0]):
        told = _stated(text[low:start], facts)
        if told is not None:
            return told[0], "stated", (low + told[1], low + told[2])
    told = _stated(text[start : clause[1]], facts)
    if told is not None:
        return told[0], "stated", (start + told[1], start + told[2])
    for heading in reversed(path):
        told = None if _TITLE.search(heading) else _stated(heading, facts)
        if told is not None:
            return told[0], "section", None
    year = facts.published_year if facts.is_report else facts.period_end
    return year, "plan_period" if year else None, None


def _stated(stretch: str, facts: DocumentFacts) -> tuple[int, int, int] | None:
    """Return the last deadline that a stretch states, with its span in it."""
    found = _named_years(stretch)
    if facts.published_year and facts.is_report:
        found += [(facts.published_year, one.start(), one.end()) for one in _THIS_YEAR.finditer(stretch)]
    found += _spans_of_years(stretch, facts)
    now = facts.published_year if facts.is_report else facts.period_start
    found = [one for one in found if now is None or one[0] >= now]
    return max(found, key=lambda one: one[1]) if found else None


def _spans_of_years(stretch: str, facts: DocumentFacts) -> list[tuple[int, int, int]]:
    """Return the deadlines that spans set: `三年内`, `今后五年` end so many years on, a plan's own at its end."""
    found = []
    for one in _SPAN.finditer(stretch):
        n_years = int(read_number(one[1] or one[2]) or 0)
        if facts.is_report and facts.published_year and n_years:
            found.append((facts.published_year + n_years - 1, one.start(), one.end()))
        elif facts.period_end and n_years == _PLAN_YEARS:
            found.append((facts.period_end, one.start(), one.end()))
    return found


def _force(before: str, whole: str, path: Sequence[str]) -> str:
    if _BINDING.search(whole) or _BINDING.search(before[-30:]):
        return "binding"
    if _STRIVING.search(before):
        return "striving"
    if _EXPECTED.search(before) or any(_EXPECTED.search(heading) for heading in path):
        return "expected"
    return "planned"
