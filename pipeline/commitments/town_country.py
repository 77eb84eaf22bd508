"""Two figures behind one name for town and country: `城乡居民收入分别增长8%和9%` tells of two incomes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.commitments.indicators import indicator_id_of
from pipeline.records import Quantity

_BOTH = re.compile(
    "(城乡|城[镇市](?:居民)?[、和及与]农(?:村|牧区|民)|农村(?:居民)?[、和及与]城[镇市])[^，。；、0-9]{0,14}收入[^，。；、0-9]{0,12}$"
)
_BETWEEN = re.compile(r"[、和与及，,\s]{1,2}")
_NAMES = ("城镇居民人均可支配收入", "农村居民人均可支配收入")


def told_apart(text: str, start: int, own: Sequence[Quantity]) -> list[Quantity]:
    """Return the quantities, two that follow such a name each with the indicator of its own half; words stay as printed.

    Args:
        text: Canonical text.
        start: Start of their clause.
        own: Quantities of the clause, by start.
    """
    found = list(own)
    for at, (first, second) in enumerate(pairwise(own)):
        both = _BOTH.search(text, start, first.start)
        alike = (first.measure, first.unit) == (second.measure, second.unit)
        if both is None or not alike or not _BETWEEN.fullmatch(text, first.end, second.start):
            continue
        names = _NAMES[::-1] if both[1].startswith("农村") else _NAMES
        for place, name in enumerate(names, at):
            one = found[place]
            found[place] = replace(one, indicator_id=indicator_id_of(name, one.measure, one.unit))
    return found
