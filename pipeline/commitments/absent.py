"""Goals without a number: an indicator that the goals name while its number is withheld on purpose."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.commitments.facts import DocumentFacts
from pipeline.commitments.indicators import indicator_id_of, trimmed
from pipeline.commitments.zones import PLAN, zones
from pipeline.records import Quantity, Span, Structure

NOT_SET, KEPT, MOVES = "not_set", "kept", "moves"
_NOT_SET = re.compile(
    r"(?:没有|不再?|未|暂不)(?:提出|设定?|设置|安排|明确)[^，。；\n]{0,12}?(?:增速|增长|总量|速度|数量)?[^，。；\n]{0,6}?(?:目标|指标|要求)"
)
_WHOSE = re.compile(
    "(?:提出|设定?|设置|安排|明确)(?:全年|具体|量化|年度|的)*(.*?)(?:具体|量化|年度)*的?(?:目标|指标|要求)$"
)
_KEPT = re.compile(
    r"(?:增长|增速|增幅|涨幅|总水平|水平)?(?:继续|总体|大体)?(?:(?:运行)?(?:保持|稳定|处于|控制)在合理(?:区间|水平|范围)|(?:保持|总体)?基本(?:稳定|平衡)|"
    r"(?:总体|保持)平稳|保持稳定|与[^，。；\n]{0,10}相适应)"
)
_MOVES = re.compile(
    r"(?:稳步|持续|继续|逐步|进一步|明显|不断|稳中有|较快)(?:提高|提升|增长|增加|扩大|上升|下降|降低|减少|缩小|改善|升|降)|(?:保持)?(?:稳定|平稳|较快|合理)增长|稳中有升"
)
_REASONS = ((NOT_SET, _NOT_SET), (KEPT, _KEPT), (MOVES, _MOVES))
_GOALS = re.compile("(?:预期|主要|总体|奋斗|发展|调控)(?:性)?(?:预期|调控|发展)?(?:目标|指标)|目标(?:是|为|：)")
_SEGMENT = re.compile(r"[^，。；：,;:\n]+")
_STOP = re.compile(r"[，。；：,;:\n]")
_HEADED = re.compile("(?:主要|预期|发展|具体)(?:预期|发展)?(?:目标|指标)")
_NEAR = 60
_NUMBER = re.compile("[0-9０-９]|[一二三四五六七八九十百]成|[零一二三四五六七八九十百千]+(?:个|%|万|亿)")


@dataclass(frozen=True, slots=True)
class AbsentTarget:
    """A goal whose number is not given.

    Attributes:
        start: Start of the segment that says so, in the canonical text.
        end: End of it.
        clause: Index of the clause.
        indicator: What it would measure, as written, or None.
        indicator_id: Id in the indicator codebook, or None.
        reason: `not_set` (the text says that no number is set), `kept` (in a reasonable range, basically stable), `moves`
            (steadily up or down, by no number).
    """

    start: int
    end: int
    clause: int
    indicator: str | None
    indicator_id: str | None
    reason: str


def absent_targets(
    text: str,
    structure: Structure,
    facts: DocumentFacts,
    found: Sequence[Quantity],
    states: Sequence[str] | None = None,
) -> Iterator[AbsentTarget]:
    """Yield the goals without a number, by start.

    Withheld is what the text says it does not set, anywhere; and, in a list of goals, a common indicator that is only to
    stay as it is or to move. What stands beside a number is none.

    Args:
        text: Canonical text.
        structure: Its structure.
        facts: What is known of the document.
        found: Its quantities.
        states: What `zones` gives, where it is known.
    """
    taken = [(one.start, one.end) for one in found]
    states = zones(text, structure, facts) if states is None else states
    starts = [one.start for one in structure.clauses]
    goals = _goals(text, structure)
    for segment in _segments(text, goals):
        at = bisect_right(starts, segment[0]) - 1
        if at < 0 or states[at] != PLAN or structure.clauses[at].kind != "clause":
            continue
        one = _absent(text, segment, at)
        if one is None or any(low < one.end and one.start < high for low, high in taken):
            continue
        inside = any(low <= one.start < high for low, high in goals)
        if one.reason == NOT_SET or (one.indicator_id and inside):
            yield one


def _goals(text: str, structure: Structure) -> list[Span]:
    """Return the stretches that list goals: what follows `预期目标` in its paragraph, and sections headed by goals."""
    found: list[Span] = []
    for one in _GOALS.finditer(text):
        end = text.find("\n", one.end())
        found.append((one.end(), len(text) if end < 0 else end))
    for section in structure.sections:
        if _HEADED.search(text, section.start, section.heading_end):
            found.append((section.heading_end, section.end))
    return found


def _segments(text: str, goals: Sequence[Span]) -> list[Span]:
    """Return the segments that may hold a goal without a number, by start."""
    found = {one.span() for low, high in goals for one in _SEGMENT.finditer(text, low, high)}
    for one in _NOT_SET.finditer(text):
        low = max(
            (mark.end() for mark in _STOP.finditer(text, max(0, one.start() - _NEAR), one.start())), default=one.start()
        )
        stop = _STOP.search(text, one.end())
        found.add((low, stop.start() if stop else len(text)))
    return sorted(found)


def _absent(text: str, span: Span, clause: int) -> AbsentTarget | None:
    stretch = text[slice(*span)]
    for reason, pattern in _REASONS:
        if (told := pattern.search(stretch)) and not _NUMBER.search(stretch):
            named = _named(text, span, told, reason)
            indicator = None if named is None else text[slice(*named)]
            return AbsentTarget(*_stripped(text, span), clause, indicator, _any_id(indicator, told.group()), reason)
    return None


def _stripped(text: str, span: Span) -> Span:
    low, high = span
    while low < high and text[low].isspace():
        low += 1
    while high > low and text[high - 1].isspace():
        high -= 1
    return low, high


def _named(text: str, span: Span, told: re.Match[str], reason: str) -> Span | None:
    """Return where the thing is named: before what is said of it, or inside `不设经济增长目标`."""
    before = trimmed(text, span[0], span[0] + told.start())
    if reason != NOT_SET:
        return before
    inside = _WHOSE.search(told.group())
    if inside and inside[1]:
        low = span[0] + told.start() + inside.start(1)
        return low, low + len(inside[1])
    return before


def _any_id(indicator: str | None, said: str) -> str | None:
    """Return the common indicator that a name without a number means, in the measure that what is said of it suggests."""
    if not indicator:
        return None
    likely: tuple[tuple[str, str | None], ...]
    if re.search("率$|比重|占|比例|份额", indicator):
        likely = (("share", "%"), ("level", "%"))
    elif re.search("降|减|缩", said):
        likely = (("decrease", "%"), ("level", None))
    else:
        likely = (("growth_rate", "%"), ("level", "元"), ("count", None), ("increase", "人"))
    found = (indicator_id_of(indicator, measure, unit) for measure, unit in likely)
    return next((one for one in found if one), None)
