"""Whether a quantity is undertaken, reached or merely told; by when, and how firmly."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.commitments.deadlines import deadline_of
from pipeline.commitments.facts import DocumentFacts
from pipeline.commitments.force import force_of
from pipeline.commitments.periods import years
from pipeline.commitments.zones import REVIEW
from pipeline.records import Span

_DONE = re.compile(
    r"已(?!有的|经不|[^，。；]{1,4}的)|了(?!解|不)|同比|(?<![较与])(?:去年|上年)(?!增|下|提|降|减|末)|截至|目前|以来|五年来|一年来|荣获|获得|获批|"
    r"被(?:评为|列为|授予)|现有|共有(?!产权)|成功|曾|历年|先后|顺利"
)
_SUMMED = re.compile("累计(?!投资|实现|新增|下降|降低|减少|开展|增长)")
_WILL = re.compile(
    r"将|力争|争取|努力|确保|计划|目标|要|必须|拟|积极|年内|今年|预期|到20\d\d年|(?:十四五|十五五|十三五|十二五)[”\"]?(?:末|时期|期间)?"
)
_COMPARED = re.compile("(?:相当于|比|较|是|超过|以|按|由|从|与|同|对)\\s*$")
_COMPARED_BEHIND = re.compile("\\s*年?(?:末|底)?(?:的)?(?:价格|可比|不变价|基础上|水平|相比)")
_COUNTED = re.compile(
    "(?:[一二三四五六七八九十两0-9]+)(?:(?:条|大|项|类)(?:控制线|核心|制度|战略|红线|底线)|(?:个方面|方面|项|条|件)的?(?:重点|主要|重要)?(?:工作|任务|举措|方针|措施|原则|要求))"
)
_BY_OTHERS = re.compile(
    "(?:国家|党中央|省委|省政府|自治区)[^，。；]{0,8}将|(?:鼓励|引导)(?:各|每个|有条件的)[^，。；]*$"
)
_PROJECTED = re.compile(
    r"预计(?!划)|有望|预期可|可望|预测|估计|计划总投资|完全有能力|未来[^，。；]{0,8}可以|可新增|即将"
)
_FORESEEN = re.compile("预计(?!划)|预期可")
_SOON = re.compile("[^，。；]{0,24}即将")
_MISSED = re.compile("(?:没有|未能?)(?:完成|实现|达到)[^，。；]*$")
_PEOPLE = re.compile("[^，。；]{0,6}人民(?!币)|[^，。；]{0,4}各族")
_ON_BASIS = re.compile("[^，。；]{0,14}的?基础上")
_NEAR = 12
_INVESTED = re.compile("(?<!完成)(?<!引进)(?<!引资)(?:总)?投资(?:额)?(?:约|近|超过?)?$")


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


def standing_of(
    text: str,
    start: int,
    clause: Span,
    sentence: Span,
    zone: str,
    path: Sequence[str],
    facts: DocumentFacts,
    measure: str,
) -> Standing:
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
    status, cue = _status(text, start, clause, sentence, zone, facts, measure)
    evidence = [("status", *cue)] if cue else []
    if status != "commitment":
        return Standing(status, evidence=tuple(evidence))
    deadline = deadline_of(text, start, clause, sentence, path, facts)
    force = force_of(text, start, clause[1], sentence[0], path, facts)
    evidence += [("deadline", *deadline.span)] if deadline.span else []
    evidence += [("force", *force.span)] if force.span else []
    return Standing(status, deadline.year, deadline.source, force.name, tuple(evidence))


Told = tuple[str, Span | None]


def _status(text: str, start: int, clause: Span, sentence: Span, zone: str, facts: DocumentFacts, measure: str) -> Told:
    """Return the status, and the span of the word that told it where one did."""
    ahead, before = text[clause[0] : start], text[sentence[0] : start]
    stated = [one for one in years(before) if not _is_compared(before, one.start, one.end)]
    now = facts.published_year if facts.is_report else (facts.period_start or facts.published_year)
    year = stated[-1] if stated else None
    span = (sentence[0] + year.start, sentence[0] + year.end) if year else None
    if zone == REVIEW:
        return _looking_back(
            ahead, before, (clause[0], sentence[0]), year is not None and now is not None and year.year >= now, span
        )
    if measure == "count" and _COUNTED.match(text, start, clause[1]):
        return "context", None
    if year is not None and now is not None and year.year < now and not _WILL.search(ahead):
        return "achieved", span
    if told := _told("projection", _PROJECTED, before, sentence[0]) or _told(
        "projection", _BY_OTHERS, before, sentence[0]
    ):
        return told
    if _is_attribute(text, start, clause[1], ahead):
        return "context", None
    if ahead.rfind("在") >= len(ahead) - _NEAR and _ON_BASIS.match(text, start, clause[1]):
        return "achieved", None
    if _SOON.match(text, start, clause[1]):
        return "projection", None
    done = _told("achieved", _DONE, ahead, clause[0]) or _told("achieved", _SUMMED, ahead, clause[0])
    if done and not _WILL.search(before):
        return done
    return "commitment", None


def _looking_back(ahead: str, before: str, lows: Span, ahead_of_now: bool, span: Span | None) -> Told:
    if ahead_of_now and not _DONE.search(ahead):
        return "commitment", span
    missed = _told("context", _MISSED, ahead, lows[0])
    foreseen = _told("projection", _PROJECTED, ahead, lows[0]) or _told("projection", _FORESEEN, before, lows[1])
    return missed or foreseen or ("achieved", None)


def _told(status: str, pattern: re.Pattern[str], stretch: str, low: int) -> Told | None:
    found = pattern.search(stretch)
    return (status, (low + found.start(), low + found.end())) if found else None


def _is_compared(stretch: str, start: int, end: int) -> bool:
    """Whether a year is only what something is compared with: `比2020年`, `由2020年的`, `按2020年价格`."""
    return bool(_COMPARED.search(stretch[:start]) or _COMPARED_BEHIND.match(stretch[end:]))


def _is_attribute(text: str, start: int, end: int, ahead: str) -> bool:
    """Whether a sum only describes the project it stands before: `加快总投资50亿元的产业园建设`."""
    if not _INVESTED.search(ahead):
        return False
    following = re.compile("[0-9.]+[万亿]*(?:美)?元(?:以上|左右)?的").match(text, start, end)
    return following is not None
