"""Quantities that belong together: lists that 分别 pairs off, and a value with the baseline it starts from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from pipeline.commitments.baselines import with_baselines
from pipeline.commitments.candidates import bounds
from pipeline.commitments.indicators import indicator_id_of, trimmed
from pipeline.commitments.town_country import told_apart
from pipeline.commitments.units import in_base_units
from pipeline.records import Evidence, Quantity, Span, Structure

_EACH = "分别"
_BETWEEN = re.compile(r"[、，,和与及\s]{1,2}$")
_ITEM = re.compile("[、和与及]")
# A bound that opens a list holds for all of it: `分别突破7000亿元、1万亿元`, `至少1所卫生院、1所幼儿园`.
_OPENS = re.compile("突破|超过?|不低于|不少于|高于|逾")
_AT_LEAST = re.compile("至少|最少")
_NEXT_OF_LIST = re.compile(r"[^，。；、0-9]{1,16}[、和及]\s?$")
_LONGEST_CLOSING = 7
_SHARED = frozenset({"ge", "le", "approx"})


def link(text: str, structure: Structure, found: Sequence[Quantity]) -> list[Quantity]:
    """Return the quantities with what their neighbours in the clause tell of them.

    Args:
        text: Canonical text.
        structure: Its structure.
        found: Quantities by start.

    Returns:
        As many, in the same order: after 分别 each with its own indicator and the bound that closes the list;
        after 由 X 提高到 the value with X as baseline, X with status `context`.
    """
    linked: list[Quantity] = []
    for at, group in groupby(found, key=lambda one: one.clause):
        clause = structure.clauses[at]
        own = list(group)
        if clause.kind != "table_row":
            sentence = structure.sentences[clause.sentence].start
            own = told_apart(text, clause.start, _each(text, clause.start, _opened(text, clause.start, own)))
            own = with_baselines(text, clause.start, sentence, own)
        linked += own
    return linked


def _opened(text: str, start: int, own: list[Quantity]) -> list[Quantity]:
    """Give the bound before the first figure of a list to those that follow it."""
    found = own[:1]
    head = own[0]
    for first, second in pairwise(own):
        between = text[first.end : second.start]
        if second.comparator != "eq" or second.unit != head.unit or not _goes_on(text, start, head, between):
            head = second
            found.append(second)
        else:
            found.append(_bounded(second, head.comparator))
    return found


def _goes_on(text: str, start: int, head: Quantity, between: str) -> bool:
    """Tell whether the list that a bound opens goes on over what stands between two figures."""
    if _AT_LEAST.match(text, head.start):
        return _NEXT_OF_LIST.match(between) is not None
    return bool(_OPENS.match(text, head.start) and _BETWEEN.match(between) and _EACH in text[start : head.start])


def _each(text: str, start: int, own: list[Quantity]) -> list[Quantity]:
    """Pair the items before 分别 with the numbers after it, where there are as many."""
    at = text.find(_EACH, start, own[-1].start)
    listed = [one for one in own if one.start > at]
    if at < 0 or len(listed) < 2 or any(not _BETWEEN.match(text[a.end : b.start]) for a, b in pairwise(listed)):
        return own
    items = _items(text, start, at)
    if len(items) != len(listed):
        items = []
    shared = listed[-1].comparator
    # Behind a verb of its own the last item closes only itself: `接待游客、实现旅游收入`.
    closing = text[slice(*items[-1])] if items and _ITEM.match(text, items[-1][0] - 1) else ""
    changed = {}
    for number, one in enumerate(listed):
        new = _bounded(one, shared) if shared in _SHARED and one.comparator == "eq" else one
        changed[one.start] = _named(text, new, items[number], closing) if items else new
    return [changed.get(one.start, one) for one in own]


def _items(text: str, start: int, end: int) -> list[Span]:
    """Return the spans of the items of the list that ends at `end`."""
    low = start
    found: list[Span] = []
    for one in _ITEM.finditer(text, start, end):
        found.append((low, one.start()))
        low = one.end()
    spans = [trimmed(text, *span) for span in [*found, (low, end)]]
    return [span for span in spans if span is not None]


def _bounded(one: Quantity, comparator: str) -> Quantity:
    value = one.value_min if one.value_min is not None else one.value_max
    if value is None:
        return one
    low, high = bounds(value, comparator)
    si = (in_base_units(one.unit, low), in_base_units(one.unit, high))
    return replace(one, comparator=comparator, value_min=low, value_max=high, value_min_si=si[0], value_max_si=si[1])


def _filed(name: str, last: str, one: Quantity) -> str | None:
    """Return the id of the common indicator that an item of a list means.

    The last item closes all: `甲和乙毛入学率` are two rates of enrolment. Its last words are tried from the fewest on.
    """
    found = indicator_id_of(name, one.measure, one.unit)
    if found is not None or indicator_id_of(last, one.measure, one.unit) is None:
        return found
    closings = (last[-n:] for n in range(2, min(len(last), _LONGEST_CLOSING + 1)))
    for closing in closings:
        # What the closing words mean alone is of the whole: `机电产品、农产品出口` are no two sums of exports.
        found = indicator_id_of(name + closing, one.measure, one.unit)
        if found not in (None, indicator_id_of(closing, one.measure, one.unit)):
            return found
    return None


def _named(text: str, one: Quantity, span: Span, closing: str) -> Quantity:
    name = text[slice(*span)]
    evidence = [told for told in one.evidence if told.field != "indicator"]
    return replace(
        one,
        indicator=name,
        indicator_id=_filed(name, closing, one),
        evidence=(*evidence, Evidence("indicator", *span)),
    )
