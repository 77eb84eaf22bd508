"""Whether a quantity is undertaken, reached or merely told; by when, and how firmly."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.commitments.facts import DocumentFacts
from pipeline.records import Structure

REVIEW, PLAN = "review", "plan"
_LOOKS_BACK = re.compile(
    r"回顾|总结|过去(?:的|一|五)|历程|工作情况|完成情况|执行情况|主要成就|发展成就|显著成就|发展基础|基础(?:和|与|及)(?:环境|条件)|发展环境|发展形势|"
    r"发展现状|发展条件|面临的(?:形势|环境|机遇)|名词解释|名词注释"
)
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
_WILL = re.compile(r"将|力争|争取|努力|确保|计划|目标|要|必须|拟|积极|年内|今年|预期|到20\d\d年|(?:十四五|十五五|十三五|十二五)[”\"]?(?:末|时期|期间)?")
_PROJECTED = re.compile(r"预计|有望|预期可|可望|预测|估计")
_SHORT = 45
_FULL_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年(?!以前|之前生|来)|二[〇○零]([一二三四五六七八九〇○零])([一二三四五六七八九〇○零])年?")
_PERIODS = (
    (re.compile("十六个?五"), 2035), (re.compile("十五个?五"), 2030), (re.compile("十四个?五"), 2025),
    (re.compile("十三个?五"), 2020), (re.compile("十二个?五"), 2015), (re.compile("十一个?五"), 2010),
    (re.compile("[“\"‘]十五[”\"’]|十个五"), 2005),
)  # fmt: skip
_THIS_YEAR = re.compile("今年|年内|本年度?|全年")
_SPAN = re.compile("今后五年|未来五年|五年内|今后5年|未来5年|本届政府|五年")
_BINDING = re.compile("确保|必须|严守|不低于|不少于|约束性|坚决|严格控制|不超过|不突破|务必|保证|红线|底线")
_EXPECTED = re.compile("预期")
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
            if told is not None:
                state = told
        if facts.is_report and told != PLAN and state == REVIEW and _turns(stretch, facts):
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
    """Return the zone that the headings tell, the innermost one first; None where they are silent."""
    now = facts.published_year if facts.is_report else facts.period_start
    for heading in reversed(path):
        if _LOOKS_BACK.search(heading) and not _AHEAD_OF.search(heading):
            return REVIEW
        if not facts.is_report:
            continue
        years = [year for year, _, _ in _named_years(heading)]
        if years and now and len(heading) < _SHORT:
            return REVIEW if max(years) < now else PLAN
        if _AHEAD_OF.search(heading):
            return PLAN
    return None


def _named_years(stretch: str) -> list[tuple[int, int, int]]:
    """Return the years that a stretch names itself or by a plan period, with their spans."""
    found = _years(stretch)
    return found + [
        (year, one.start(), one.end()) for pattern, year in _PERIODS for one in pattern.finditer(stretch)
    ]


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
    years = _years(before)
    now = facts.published_year if facts.is_report else (facts.period_start or facts.published_year)
    stated = years[-1][0] if years else None
    if zone == REVIEW:
        if stated is not None and now is not None and stated >= now and not _DONE.search(ahead):
            return "commitment"
        return "achieved"
    if stated is not None and now is not None and stated < now:
        return "achieved" if not _WILL.search(ahead) else "commitment"
    if _PROJECTED.search(before):
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
    for heading in reversed(path[1:] if len(path) > 1 else []):
        told = _stated(heading, facts)
        if told is not None:
            return told[0], "section", None
    year = facts.published_year if facts.is_report else facts.period_end
    return year, "plan_period" if year else None, None


def _stated(stretch: str, facts: DocumentFacts) -> tuple[int, int, int] | None:
    """Return the last deadline that a stretch states, with its span in it."""
    found = _named_years(stretch)
    if facts.published_year and facts.is_report:
        found += [(facts.published_year, one.start(), one.end()) for one in _THIS_YEAR.finditer(stretch)]
    if facts.period_end:
        found += [(facts.period_end, one.start(), one.end()) for one in _SPAN.finditer(stretch)]
    now = facts.published_year if facts.is_report else facts.period_start
    found = [one for one in found if now is None or one[0] >= now]
    return max(found, key=lambda one: one[1]) if found else None


def _force(before: str, whole: str, path: Sequence[str]) -> str:
    if _BINDING.search(whole) or _BINDING.search(before[-30:]):
        return "binding"
    if _STRIVING.search(before):
        return "striving"
    if _EXPECTED.search(before) or any(_EXPECTED.search(heading) for heading in path):
        return "expected"
    return "planned"
