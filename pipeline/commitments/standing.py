"""Whether a quantity is undertaken, reached or merely told; by when, and how firmly."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.commitments.arguments import argued, names_capacity, only_names
from pipeline.commitments.deadlines import deadline_of
from pipeline.commitments.facts import DocumentFacts
from pipeline.commitments.force import force_of
from pipeline.commitments.periods import Named, years
from pipeline.commitments.zones import NOTES, REVIEW
from pipeline.records import Span

_DONE = re.compile(
    r"已(?!有的|经不|[^，。；]{1,4}的)|了(?!解|不)|同比|(?<![较与])(?:去年|上年)(?!增|下|提|降|减|末)|截至|目前|以来|五年来|一年来|荣获|获得|获批|"
    r"被(?:评为|列为|授予)|现有|共有(?!产权)|成功|曾|历年|先后|顺利"
)
_SUMMED = re.compile("(?<!五年)累计(?!新建|投资|实现|新增|下降|降低|减少|开展|增长)")
_WILL = re.compile(
    r"将|力争|争取|努力|确保|计划|目标|要|必须|拟|积极|年内|今年|预期|到20\d\d年|(?:十四五|十五五|十三五|十二五)[”\"]?(?:末|时期|期间)?"
)
_COMPARED = re.compile("(?:相当于|比|较|是|超过|以|按|由|从|与|同|对)\\s*$")
_COMPARED_BEHIND = re.compile("\\s*年?(?:末|底)?(?:的)?(?:价格|可比|不变价|基础上|水平|相比)")
_COUNTED = re.compile(
    "(?:[一二三四五六七八九十两0-9]+)(?:(?:条|大|项|类)(?:控制线|核心|制度|战略|红线|底线)|(?:个方面|方面|项|条|件)的?(?:重点|主要|重要|基本)?(?:工作|任务|举措|方针|措施|原则|要求)|[个条项大][^，。；、0-9]{1,8}是(?!否)|个(?:环节|阶段|积极性|[^，。；、]{0,8}?(?:根本性?转变|主要原因|有利条件)))"
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
_PEOPLE = re.compile("[0-9.]+[千百万亿]*多?(?:[^，。；、0-9]{0,6}人民(?!币)|各族)")
_ON_BASIS = re.compile("[^，。；]{0,14}的?基础上")
_NEAR = 12
_OPENS = 6
# A sum that only describes the project it stands before: 加快总投资50亿元的产业园建设.
_SUM_OF = re.compile("[0-9.]+[万亿]*(?:美)?元(?:以上|左右)?的")
_INVESTED = re.compile("(?<!完成)(?<!引进)(?<!引资)(?:总)?投资(?:额)?(?:约|近|超过?)?$")


class Standing(NamedTuple):
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
    status, cue = _status(_Place(text, start, clause, sentence), zone, facts, measure)
    evidence = [("status", *cue)] if cue else []
    if status != "commitment":
        return Standing(status, evidence=tuple(evidence))
    deadline = deadline_of(text, start, clause, sentence, path, facts)
    force = force_of(text, start, clause[1], sentence[0], path, facts)
    evidence += [("deadline", *deadline.span)] if deadline.span else []
    evidence += [("force", *force.span)] if force.span else []
    return Standing(status, deadline.year, deadline.source, force.name, tuple(evidence))


Told = tuple[str, Span | None]


class _Place(NamedTuple):
    """Where a quantity stands: what its clause and its sentence say before it, and a year not before the document's."""

    text: str
    start: int
    clause: Span
    sentence: Span

    @property
    def ahead(self) -> str:
        return self.text[self.clause[0] : self.start]

    @property
    def before(self) -> str:
        return self.text[self.sentence[0] : self.start]

    def follows(self, pattern: re.Pattern[str]) -> bool:
        return pattern.match(self.text, self.start, self.clause[1]) is not None

    def in_clause(self, status: str, pattern: re.Pattern[str]) -> Told | None:
        return _told(status, pattern, self.ahead, self.clause[0])

    def in_sentence(self, status: str, pattern: re.Pattern[str]) -> Told | None:
        return _told(status, pattern, self.before, self.sentence[0])

    def year(self) -> Named | None:
        """Return the last year that the sentence names before the quantity, but for what it is compared with."""
        before, low = self.before, self.sentence[0]
        stated = [one for one in years(before) if not _is_compared(before, one.start, one.end)]
        return Named(stated[-1].year, low + stated[-1].start, low + stated[-1].end) if stated else None

    def is_near(self, year: Named) -> bool:
        """Tell whether a year stands in the clause of the quantity or opens its sentence."""
        return year.start >= self.clause[0] or year.start - self.sentence[0] <= _OPENS


def _status(place: _Place, zone: str, facts: DocumentFacts, measure: str) -> Told:
    """Return the status, and the span of the word that told it where one did."""
    if zone == NOTES or place.follows(_PEOPLE):
        return "context", None
    now = facts.published_year if facts.is_report else (facts.period_start or facts.published_year)
    year = place.year()
    passed = year is not None and now is not None and year.year < now
    span = (year.start, year.end) if year else None
    if zone == REVIEW:
        coming = year is not None and now is not None and not passed and place.is_near(year)
        return _looking_back(place, span if coming else None)
    if names_capacity(place.text, place.start, place.clause):
        return "context", None
    if (measure == "count" and place.follows(_COUNTED)) or only_names(place.text, place.start, place.clause, measure):
        return "context", None
    if passed and not _WILL.search(place.ahead):
        return "achieved", span
    return _looking_ahead(place)


def _looking_back(place: _Place, coming: Span | None) -> Told:
    if coming and not _DONE.search(place.ahead):
        return "commitment", coming
    missed = place.in_clause("context", _MISSED)
    foreseen = place.in_clause("projection", _PROJECTED) or place.in_sentence("projection", _FORESEEN)
    return missed or foreseen or ("achieved", None)


def _looking_ahead(place: _Place) -> Told:
    if told := place.in_sentence("projection", _PROJECTED) or place.in_sentence("projection", _BY_OTHERS):
        return told
    if told := argued(place.text, place.start, place.sentence):
        return told
    if _INVESTED.search(place.ahead) and place.follows(_SUM_OF):
        return "context", None
    if "在" in place.ahead[-_NEAR:] and place.follows(_ON_BASIS):
        return "achieved", None
    if place.follows(_SOON):
        return "projection", None
    done = place.in_clause("achieved", _DONE) or place.in_clause("achieved", _SUMMED)
    if done and not _WILL.search(place.before):
        return done
    return "commitment", None


def _told(status: str, pattern: re.Pattern[str], stretch: str, low: int) -> Told | None:
    found = pattern.search(stretch)
    return (status, (low + found.start(), low + found.end())) if found else None


def _is_compared(stretch: str, start: int, end: int) -> bool:
    """Whether a year is only what something is compared with: `比2020年`, `由2020年的`, `按2020年价格`."""
    return bool(_COMPARED.search(stretch[:start]) or _COMPARED_BEHIND.match(stretch[end:]))
