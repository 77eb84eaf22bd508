"""What a quantity leaves unsaid: `地区生产总值年均增长6%，总量突破5000亿元` speaks of one indicator twice."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.commitments.denominators import denominator_of
from pipeline.commitments.indicators import indicator_id_of
from pipeline.records import Evidence, Quantity, Structure

_BARE = re.compile(
    "(?:其)?(?:经济)?(?:总量|总数|总额|总值|总规模|规模|数量|余额|产值|增速|增幅|增长率|年均增速|年均增长|占比|比重|比例|密度|排名|位次)(?:位|居)?"
)


def complete(text: str, structure: Structure, found: Sequence[Quantity]) -> list[Quantity]:
    """Return the quantities, each with what it is per and with the indicator that a bare name goes back to.

    The words stay as printed; only `indicator_id` is read with the head that the sentence named before.

    Args:
        text: Canonical text.
        structure: Its structure.
        found: Quantities by start, linked.
    """
    finished: list[Quantity] = []
    head: tuple[int, str] | None = None
    for one in found:
        sentence, name, new = structure.clauses[one.clause].sentence, one.indicator, one
        if name and not _BARE.fullmatch(name):
            head = (sentence, name)
        elif name and head is not None and head[0] == sentence:
            new = replace(one, indicator_id=_carried(head[1], name, one))
        finished.append(_per(text, structure, new))
    return finished


def _carried(head: str, name: str, one: Quantity) -> str | None:
    """Return the id of the head with the bare name behind it, else of the head."""
    return indicator_id_of(head + name, one.measure, one.unit) or indicator_id_of(head, one.measure, one.unit)


def _per(text: str, structure: Structure, one: Quantity) -> Quantity:
    span = denominator_of(text, structure, one)
    if span is None:
        return one
    return replace(one, denominator=text[slice(*span)], evidence=(*one.evidence, Evidence("denominator", *span)))
