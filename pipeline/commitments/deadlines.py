"""By when: the year that the clause, its sentence, its paragraph or its headings state, else the end of the plan period."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from pipeline.commitments.facts import DocumentFacts
from pipeline.commitments.periods import Named, latest_stated, named_years
from pipeline.commitments.zones import BEGINNING, TITLE
from pipeline.records import Span

_ITEM = r"[—\-－\s>*•·#]*(?:[（(]?[一二三四五六七八九十0-9]{1,3}[)）、.．]|[一二三四五六七八九十]是)?\s*"
_LEAD = re.compile(
    _ITEM
    + r"(?:(?:展望|到|至|在|从|经过|通过|力争(?:到)?)?(?:[“\"‘]?(?:十[一二三四五六]?|[七八九])五[”\"’]|今后|未来|今年|20\d\d年|二〇|本届政府)[^。\n]{0,60})"
)
# A paragraph that opens with the report's own year is of that year, whatever period it then places it in.
_OWN = re.compile(_ITEM + r"(?:20\d\d年的?[^，。；“]{0,12})?(?:今年|(20\d\d)年)[，是的我全要]")
_MEAN = re.compile("年均(?:增长|增速|增幅|递增|提高|下降)")
_DASHED = re.compile(r"[—\-－]{1,4}")
_OPENS_LIST = re.compile(r"(?:[：:]|目标。|任务。|[”\"’」]。)\s*$")
_SENTENCE_END = re.compile("[。；;！!]")
_LONGEST_LEAD = 260
_STEPS = 3


class Deadline(NamedTuple):
    """A year, its source (stated, section, plan_period or None) and the canonical span that states it."""

    year: int | None
    source: str | None
    span: Span | None = None


def deadline_of(
    text: str, start: int, clause: Span, sentence: Span, path: Sequence[str], facts: DocumentFacts
) -> Deadline:
    """Return the deadline of the quantity that starts at `start`, from the nearest statement.

    Args:
        text: Canonical text.
        start: Start of the quantity.
        clause: Span of its clause.
        sentence: Span of its sentence.
        path: Headings above it, outermost first.
        facts: What is known of the document.
    """
    for low in dict.fromkeys((clause[0], sentence[0])):
        # The first sign of the quantity tells whether `五年` is the span in which it doubles: `五年翻番`.
        if told := latest_stated(text[low : start + 1], facts):
            return _at(told, low)
    if told := latest_stated(text[start : clause[1]], facts):
        return _at(told, start)
    if above := _of_paragraph(text, sentence[0], facts):
        return above
    found = _of_headings(tuple(path), facts)
    if facts.is_report and found.year == facts.published_year and _MEAN.search(text, clause[0], start):
        # An average over the years is no goal of the report's one year.
        return Deadline(facts.period_end or found.year, "plan_period")
    return found


@lru_cache(maxsize=256)
def _of_headings(path: tuple[str, ...], facts: DocumentFacts) -> Deadline:
    """Return the deadline of the innermost heading that states one, else the document's own."""
    for heading in reversed(path):
        if facts.is_report and facts.published_year and BEGINNING.search(heading):
            # `奋力实现“十五五”良好开局` names the period whose first year's tasks follow.
            return Deadline(facts.published_year, "section")
        told = None if TITLE.search(heading) else latest_stated(heading, facts)
        if told is not None:
            return Deadline(told.year, "section")
    year = facts.published_year if facts.is_report else facts.period_end
    return Deadline(year, "plan_period" if year else None)


def _at(told: Named, low: int) -> Deadline:
    return Deadline(told.year, "stated", (low + told.start, low + told.end))


def _of_paragraph(text: str, start: int, facts: DocumentFacts) -> Deadline | None:
    """Return the deadline that opens the paragraph, or the one that opens the list it is an item of."""
    begin = text.rfind("\n", 0, start) + 1
    if told := _lead(text, begin, facts):
        return told if told.span and told.span[0] < start else None
    if not _DASHED.match(text, begin):
        return None
    return _of_list(text, begin, facts)


@lru_cache(maxsize=64)
def _of_list(text: str, begin: int, facts: DocumentFacts) -> Deadline | None:
    """Return the deadline of the paragraph that introduces a list of dashed items."""
    steps = 0
    while begin > 0 and steps < _STEPS:
        end = begin - 1
        begin = text.rfind("\n", 0, end) + 1
        paragraph = text[begin:end].strip()
        if not paragraph or _DASHED.match(paragraph):
            continue
        steps += 1
        told = _lead(text, begin, facts)
        if told or not _OPENS_LIST.search(paragraph):
            return told
    return None


@lru_cache(maxsize=256)
def _lead(text: str, begin: int, facts: DocumentFacts) -> Deadline | None:
    """Return the deadline that the first words of a paragraph state."""
    found = _LEAD.match(text, begin)
    if found is None:
        return None
    own = _OWN.match(text, begin) if facts.is_report else None
    if own and facts.published_year and own[1] in (None, str(facts.published_year)):
        return Deadline(facts.published_year, "stated", own.span())
    end = _SENTENCE_END.search(text, begin, min(len(text), begin + _LONGEST_LEAD))
    stretch = text[begin : min(found.end(), end.start() if end else found.end())]
    now = facts.published_year if facts.is_report else facts.period_start
    told = latest_stated(stretch, facts)
    if told is None or (now is not None and not any(one.year >= now for one in [told, *named_years(stretch)])):
        return None
    return _at(told, begin)
