"""Find the stretches that give a number, a bound or a rank, and read value, bound and unit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.commitments.exclusions import is_no_quantity
from pipeline.commitments.numerals import multiplier, read_number
from pipeline.commitments.patterns import (
    AFTER,
    APPROX,
    AROUND_RANK,
    BEFORE,
    COMPARED,
    GE,
    GT,
    LE,
    LT,
    ORDER_OF,
    PEOPLE,
    REACHED,
    candidate_pattern,
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch that may be a quantity.

    Attributes:
        start: Start in the text.
        end: End in the text.
        value_min: Lower bound in `unit`, or None.
        value_max: Upper bound, or None.
        comparator: eq, ge, le, gt, lt, approx or range.
        unit: As written without multiplier; `times`, `rank`, `%`; or None.
        rule: What read it: number, order, multiple, rank, coverage, benchmark, configuration, ratio, digits.
    """

    start: int
    end: int
    value_min: float | None
    value_max: float | None
    comparator: str
    unit: str | None
    rule: str


def bounds(value: float, comparator: str) -> tuple[float | None, float | None]:
    """Return lower and upper bound that a comparator makes of one value.

    >>> bounds(5.0, "ge"), bounds(5.0, "lt"), bounds(5.0, "approx")
    ((5.0, None), (None, 5.0), (5.0, 5.0))
    """
    if comparator in (GE, GT):
        return value, None
    if comparator in (LE, LT):
        return None, value
    return value, value


def candidates(text: str) -> Iterator[Candidate]:
    """Yield the candidates of a text, from left to right, not overlapping."""
    readers = {
        "percent": _percent, "fraction": _fraction, "ratio": _ratio, "double": _double, "coverage": _coverage,
        "digits": _digits, "tenths": _tenths, "zero": _zero, "rank": _rank, "benchmark": _benchmark,
        "layout": _layout,
    }  # fmt: skip
    for found in candidate_pattern().finditer(text):
        kind = next((name for name in readers if found[name] is not None), None)
        if kind is not None:
            one = readers[kind](found)
            if one is not None:
                yield one
        elif not is_no_quantity(text, found):
            yield from _numbers(found)


def _comparator(before: str | None, after: str | None, more: bool = False) -> str:
    for name, words in AFTER.items():
        if after and after in words.split("|"):
            return name
    for name, words in BEFORE.items():
        if before and re.fullmatch(words, before):
            return name
    return GT if more else "eq"


def _make(found: re.Match[str], value: float, comparator: str, unit: str | None, rule: str) -> Candidate:
    low, high = bounds(value, comparator)
    return Candidate(found.start(), found.end(), low, high, comparator, unit, rule)


def _percent(found: re.Match[str]) -> Candidate | None:
    whole, _, part = found["p1"].partition("点")
    value = read_number(whole)
    if value is None:
        return None
    if part:
        digits = "".join(str(int(read_number(sign) or 0)) for sign in part)
        value = float(f"{int(value)}.{digits}")
    if found["p2"] and (high := read_number(found["p2"])) is not None:
        return Candidate(found.start(), found.end(), value, high, "range", "%", "percent")
    return _make(found, value, _comparator(None, found["pafter"]), "%", "percent")


def _fraction(found: re.Match[str]) -> Candidate | None:
    below, above = read_number(found["f1"]), read_number(found["f2"])
    if not below or above is None:
        return None
    return _make(found, round(100 * above / below, 4), _comparator(None, found["fafter"]), "%", "fraction")


def _ratio(found: re.Match[str]) -> Candidate | None:
    above, below = read_number(found["r1"]), read_number(found["r2"])
    # 3:1 is a ratio; 8:30 a time of day; 3:4:5 a composition.
    if above is None or below != 1 or found.string[found.end() : found.end() + 1] in ":：∶":
        return None
    return _make(found, above, "eq", "times", "ratio")


def _double(found: re.Match[str]) -> Candidate | None:
    times = read_number(found["times"]) if found["times"] else 1
    value = 2.0 ** (times or 1)
    return _make(found, value, "eq", "times", "multiple")


def _coverage(found: re.Match[str]) -> Candidate | None:
    return _make(found, 100.0, "eq", "%", "coverage")


def _digits(found: re.Match[str]) -> Candidate | None:
    value = 10.0 ** (int(read_number(found["d1"]) or 2) - 1)
    return _make(found, value, GE, "%", "digits")


def _zero(found: re.Match[str]) -> Candidate | None:
    comparator = {"零增长": "eq", "负增长": LT, "正增长": GT}[found["zero"]]
    return _make(found, 0.0, comparator, "%", "zero")


def _tenths(found: re.Match[str]) -> Candidate | None:
    value = read_number(found["t1"])
    return (
        None
        if value is None
        else _make(found, 10 * value, _comparator(found["tbefore"], found["tafter"]), "%", "tenths")
    )


def _rank(found: re.Match[str]) -> Candidate | None:
    text, start = found.string, found.start()
    if found["k1"] is None:
        low = high = 1.0 if found["rank"] == "首位" else None
        return Candidate(start, found.end(), low, high, "eq" if low else LE, "rank", "rank")
    value = read_number(found["k1"])
    ahead = text[max(0, start - 6) : start]
    if value is None or value > 999 or not (found["k2"] or AROUND_RANK.search(ahead)):
        return None
    if found["k2"] and found["k2"] in "%％‰‱":
        return Candidate(start, found.end(), None, value, LE, _plain_unit(found["k2"]), "rank")
    if found["rank"].startswith("前"):
        return Candidate(start, found.end(), None, value, LE, "rank", "rank")
    return Candidate(start, found.end(), value, value, "eq", "rank", "rank")


def _benchmark(found: re.Match[str]) -> Candidate | None:
    quote = found["benchmark"]
    by = re.search(r"([0-9.]+)(个?百分点)$", quote)
    comparator = next((name for sign, name in COMPARED.items() if quote.startswith(sign)), "eq")
    if "同步" in quote:
        comparator = APPROX if "基本" in quote else "eq"
    if comparator == "eq" and "同步" not in quote and not REACHED.search(found.string[: found.start()][-4:]):
        return None
    value = float(by[1]) if by and by[1].count(".") < 2 and by[1] != "." else None
    return Candidate(found.start(), found.end(), value, value, comparator, by[2] if by else None, "benchmark")


def _layout(found: re.Match[str]) -> Candidate | None:
    return Candidate(found.start(), found.end(), None, None, "eq", None, "configuration")


def _numbers(found: re.Match[str]) -> Iterator[Candidate]:
    """Yield the quantity of a plain number with its unit, the range, or the order of magnitude."""
    unit = found["unit"] or found["u1"]
    first = read_number("".join(found["n1"].split()))
    if first is None:
        return
    if found["more1m"]:
        first *= multiplier(found["more1m"])
    ordered = found["level"] or ORDER_OF.match(found.string, found.end())
    if ordered and (one := _order(found, first)) is not None:
        yield one
        return
    unit = _plain_unit(unit) or _people(found)
    if found["n2"] and (last := read_number("".join(found["n2"].split()))) is not None:
        if not found["u1"] or _plain_unit(found["u1"]) == unit:
            first = _same_order(first, last, found["n1"], found["n2"])
        yield Candidate(found.start(), found.end(), first, last, "range", unit, "number")
        return
    more = bool(found["more1"] or found["more3"])
    value = -first if found["sign"] in ("-", "－") and not found.string[found.start("sign") - 1].isdigit() else first
    yield _make(found, value, _comparator(found["before"], found["after"], more), unit, "number")


def _plain_unit(unit: str | None) -> str | None:
    return {"％": "%", "倍": "times", "个人": "人", "番": "times"}.get(unit or "", unit or None)


def _same_order(first: float, last: float, n1: str, n2: str) -> float:
    """Return the first value of a range in the order of the second: 3000—5000亿, 3至5万."""
    own = re.search(r"[万亿]+$", n1)
    shared = re.search(r"[十百千万亿]+$" if n2[:1].isdigit() else r"[万亿]+$", n2)
    if own or shared is None or first >= last:
        return first
    return first * multiplier(shared.group())


def _people(found: re.Match[str]) -> str | None:
    """Return what a number without a unit counts where people or households follow: 240万农村人口."""
    following = PEOPLE.match(found.string, found.end())
    if following is None or not re.search("[万千百十]$", found["n1"]):
        return None
    return "户" if following[1] == "户" else "人"


def _order(found: re.Match[str], value: float) -> Candidate | None:
    """Return an order of magnitude such as 千亿级, 百亿元级; None for 3级 and the like."""
    if value < 10_000 or found["n2"] or (not found["level"] and (value < 1e9 or found["unit"])):
        return None
    return _make(found, value, GE, _plain_unit(found["unit"]) or "元", "order")
