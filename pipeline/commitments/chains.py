"""Quantities that share the verb of the one before them: `新增炼钢能力300万吨，炼铁能力200万吨`, `增长8%，力争达到9%`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.records import Quantity, Structure

_AGAIN = re.compile(r"[，,、（(]?(?:并|且|努力|积极)?(?:力争|争取|奋力|力求|冲刺|奋斗目标)?(?:实现|达到?|突破|为|到)?$")
_OF_IT = re.compile(r"[，,、（(；;]其中[，,：:]?[^，。；、0-9]{1,12}$")
_NEXT = re.compile(r"[，,、和及][^，。；、0-9：]{1,13}?([\u4e00-\u9fff]{2})$")
_OWN = re.compile("达|为|至|到|完成|实现|突破|超|占|稳定|保持|建|总")
_CHANGES = frozenset({"increase", "decrease", "growth_rate"})
_AMOUNTS = frozenset({"level", "count", "increase", "decrease"})


def carry_measures(text: str, structure: Structure, found: Sequence[Quantity]) -> list[Quantity]:
    """Return the quantities, each that has no verb of its own with measure and aggregation of the one before it.

    Args:
        text: Canonical text.
        structure: Its structure.
        found: Quantities by start.
    """
    carried = list(found)
    for at, (_, second) in enumerate(pairwise(found)):
        first = carried[at]
        same_sentence = structure.clauses[first.clause].sentence == structure.clauses[second.clause].sentence
        if not same_sentence or first.unit != second.unit or not _goes_on(text, first, second):
            continue
        over = second.aggregation or first.aggregation
        if first.measure != second.measure or over != second.aggregation:
            carried[at + 1] = replace(second, measure=first.measure, aggregation=over)
    return carried


def _goes_on(text: str, first: Quantity, second: Quantity) -> bool:
    between = text[first.end : second.start]
    if first.measure == "growth_rate" and second.measure in ("share", "growth_rate"):
        return _AGAIN.match(between) is not None
    if first.measure not in _AMOUNTS or second.measure not in _AMOUNTS - {"decrease"}:
        return False
    if of_it := _OF_IT.match(between):
        return first.measure == second.measure or not _OWN.search(of_it.group())
    following = _NEXT.match(between)
    # `新增炼钢能力…，炼铁能力…`: the same noun closes both, and nothing is done anew.
    if following is None or first.measure not in _CHANGES or _OWN.search(between):
        return False
    return text[max(0, first.start - 2) : first.start] == following[1]
