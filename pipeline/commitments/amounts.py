"""Plain numbers with their units, ranges of them, and orders of magnitude."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from pipeline.commitments.candidate import Candidate, candidate, comparator_in, exact
from pipeline.commitments.numerals import read_number, scale_of
from pipeline.commitments.patterns import GE, ORDER_OF, PEOPLE
from pipeline.commitments.ranges import in_scale_of, two_values

_JOINED = re.compile("(?:[0-9A-Za-z%]|(?![至为到达是率幅长降温值])[\u4e00-\u9fff])$")

_STEP = re.compile("新?台阶|大关|俱乐部")
_ROUND = re.compile("[亿万千百十]$")


def numbers(found: re.Match[str]) -> Iterator[Candidate]:
    """Yield the quantity of a plain number with its unit, the range, or the order of magnitude."""
    unit = found["unit"] or found["u1"]
    first = read_number("".join(found["n1"].split()))
    if first is None:
        return
    if found["more1m"]:
        first *= scale_of(found["more1m"])
    ordered = found["level"] or ORDER_OF.match(found.string, found.end())
    if ordered and (one := _order(found, first)) is not None:
        yield one
        return
    unit = plain_unit(unit) or _people(found)
    if found["rest"]:
        unit = {"月": "个月", "百分点": "个百分点"}.get(found["rest"], found["rest"])
    if found["n2"] and (last := read_number("".join(found["n2"].split()))) is not None:
        if not found["u1"] or plain_unit(found["u1"]) == unit:
            first = in_scale_of(first, last, found["n1"], found["n2"])
        first = -first if _is_negative(found) else first
        yield candidate(found, first, last, "range", unit, "number")
        return
    if not found["sign"] and (pair := two_values(found["n1"], unit)):
        yield candidate(found, *pair, "range", unit, "number")
        return
    if _is_round(found):
        yield exact(found, first, GE, unit, "number")
        return
    yield _single(found, first, unit)


def _is_round(found: re.Match[str]) -> bool:
    """Tell whether a bare scale tells the size of what follows, at least: 百亿元产业集群, 亿人次空港."""
    written, after = found["n1"], found.string[found.end() : found.end() + 1]
    bare = not written.strip("十百千万亿") and not found["before"] and not found["after"] and not found["more1"]
    return bare and written[-1:] == "亿" and "\u4e00" <= after <= "\u9fff"


def _is_negative(found: re.Match[str]) -> bool:
    """Tell whether a dash is a minus; after a figure or most words it joins."""
    start = found.start("sign")
    return found["sign"] in ("-", "－") and not _JOINED.match(found.string[max(0, start - 1) : start])


def _single(found: re.Match[str], value: Decimal, unit: str | None) -> Candidate:
    more = bool(found["more1"] or found["more3"])
    if found["half"]:
        value += Decimal("0.5")
    if found["by"]:
        value *= read_number(found["by"][:-1]) or 1
    value = -value if _is_negative(found) else value
    return exact(found, value, comparator_in(found["before"], found["after"], more), unit, "number")


def plain_unit(unit: str | None) -> str | None:
    """Return a unit as records have it: one name for the same thing."""
    return {"％": "%", "倍": "times", "个人": "人", "番": "times"}.get(unit or "", unit or None)


def _people(found: re.Match[str]) -> str | None:
    """Return what a number without a unit counts where people or households follow: 240万农村人口."""
    following = PEOPLE.match(found.string, found.end())
    if following is None or not _ROUND.search(found["n1"]):
        return None
    return "户" if following[1] == "户" else "人"


def _order(found: re.Match[str], value: Decimal) -> Candidate | None:
    """Return an order of magnitude such as 千亿级, 百亿元级; None for 3级 and the like."""
    if value < 10_000 or found["n2"] or (not found["level"] and (value < 1e9 or found["unit"])):
        return None
    unit = plain_unit(found["unit"]) or ("元" if value >= 1e8 else None)  # noqa: PLR2004
    # 千亿级 is of what follows; a step or a club is reached by what stands before it.
    reached = not found["level"] and _STEP.match(found.string, found.end())
    return exact(found, value, GE, unit, "number" if reached else "order")
