"""Find the stretches that give a number, a bound or a rank, and read value, bound and unit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from pipeline.commitments.exclusions import is_no_quantity
from pipeline.commitments.numerals import read_fraction, read_number, scale_of
from pipeline.commitments.patterns import (
    APPROX,
    AROUND_RANK,
    COMPARED,
    GE,
    GT,
    LE,
    LT,
    ORDER_OF,
    PEOPLE,
    REACHED,
    candidate_pattern,
    comparator_of,
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
    for found in candidate_pattern().finditer(text):
        kind = next((name for name in _READERS if found[name] is not None), None)
        if kind is not None:
            one = _READERS[kind](found)
            if one is not None:
                yield one
        elif found["structure"] is not None:
            yield from _structure(found)
        elif not is_no_quantity(text, found):
            yield from _numbers(found)


def _comparator(before: str | None, after: str | None, more: bool = False) -> str:
    return comparator_of(before, after) or (GT if more else "eq")


def _candidate(
    found: re.Match[str], low: Decimal | float | None, high: Decimal | float | None, comparator: str, unit: str | None, rule: str
) -> Candidate:
    bounds_of = [None if bound is None else float(bound) for bound in (low, high)]
    return Candidate(found.start(), found.end(), *bounds_of, comparator, unit, rule)


def _make(found: re.Match[str], value: Decimal | float, comparator: str, unit: str | None, rule: str) -> Candidate:
    return _candidate(found, *bounds(float(value), comparator), comparator, unit, rule)


def _percent(found: re.Match[str]) -> Candidate | None:
    value = read_number(found["p1"])
    if value is None:
        return None
    if found["p2"] and (high := read_number(found["p2"])) is not None:
        return _candidate(found, value, high, "range", "%", "percent")
    return _make(found, value, _comparator(found["before"], found["after"]), "%", "percent")


def _fraction(found: re.Match[str]) -> Candidate | None:
    value = read_fraction(found["f1"], found["f2"])
    if value is None:
        return None
    percent = round(100 * value, 4)
    return _make(found, percent, _comparator(found["before"], found["after"]), "%", "fraction")


def _structure(found: re.Match[str]) -> Iterator[Candidate]:
    """Yield the shares of a structure, 9.7:39.5:50.8; they make up the whole."""
    shares = [read_number(found[part]) for part in ("s1", "s2", "s3")]
    if any(share is None for share in shares) or not 99 <= sum(share or 0 for share in shares) <= 101:  # noqa: PLR2004
        return
    for part, share in zip(("s1", "s2", "s3"), shares, strict=True):
        value = float(share or 0)
        yield Candidate(found.start(part), found.end(part), value, value, "eq", "%", "structure")


def _ratio(found: re.Match[str]) -> Candidate | None:
    above, below = read_number(found["r1"]), read_number(found["r2"])
    # 3:1 is a ratio; 8:30 a time of day; 3:4:5 a composition.
    if above is None or below != 1 or found.string[found.end() : found.end() + 1] in ":：∶":
        return None
    return _make(found, above, "eq", "times", "ratio")


def _double(found: re.Match[str]) -> Candidate | None:
    times = read_number(found["times"]) if found["times"] else 1
    return _make(found, 2.0 ** float(times or 1), "eq", "times", "multiple")


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
    if value is None:
        return None
    part = found["t2"]
    value += Decimal(0) if not part else Decimal("0.5") if part == "半" else (read_number(part) or Decimal(0)) / 10
    return _make(found, 10 * value, _comparator(found["before"], found["after"]), "%", "tenths")


def _vague(found: re.Match[str]) -> Candidate | None:
    """Read 十几个, 几十家, 数百亿元; a span of years so told only sets a period."""
    unit = _plain_unit(found["vunit"])
    read = vague_bounds(found["v1"])
    if read is None or unit in ("年", "天", "个月", "次", "大"):
        return None
    return _candidate(found, *read, "range", unit, "number")


def vague_bounds(written: str) -> tuple[Decimal, Decimal] | None:
    """Return between which bounds 十几, 二十几万, 几十, 数百亿 lie.

    >>> [tuple(map(str, vague_bounds(one))) for one in ("十几", "二十几万", "几十", "数百亿")]
    [('11', '19'), ('200000', '300000'), ('10', '100'), ('10000000000', '100000000000')]
    """
    head, _, tail = re.sub("[几数]个?", "几", written, count=1).partition("几")
    if not head:
        return (scale_of(tail), scale_of(tail) * 10) if tail else None
    value, times = read_number(head.rstrip("零")), scale_of(tail)
    if value is None:
        return None
    return (value + 1, value + 9) if times == 1 else (value * times, (value + 10) * times)


def _halves(found: re.Match[str]) -> Candidate | None:
    """Read 半小时, 一个半小时; inside the name of a circle it is no quantity."""
    if re.match("[^，。；、]{0,6}圈", found.string[found.end() : found.end() + 7]):
        return None
    whole = read_number(found["h1"]) if found["h1"] else Decimal(0)
    return None if whole is None else _make(found, whole + Decimal("0.5"), _comparator(found["before"], found["after"]), "小时", "number")


_AMONG = re.compile("(?:进入?|跻身|入围|入选|迈进|挺进|荣获|全国|全省|全区|全市|中部|西部|东部)[^，。；、]{0,8}$")


def _among(found: re.Match[str]) -> Candidate | None:
    """Read 全国百强 as a rank; 世界500强 is a name."""
    value = read_number(re.sub("强$", "", found["among"]))
    ahead = found.string[max(0, found.start() - 14) : found.start()]
    if value is None or not _AMONG.search(ahead) or re.search("世界|全球|中国$|企业|双$", ahead) or ahead[-1:] in "前“":
        return None
    return _candidate(found, None, value, LE, "rank", "rank")


def _rank(found: re.Match[str]) -> Candidate | None:
    text, start = found.string, found.start()
    if found["k1"] is None:
        low = high = 1.0 if found["rank"] in ("首位", "第一") else None
        return Candidate(start, found.end(), low, high, "eq" if low else LE, "rank", "rank")
    value = read_number(found["k1"])
    ahead = text[max(0, start - 6) : start]
    if value is None or value > 999 or not (found["k2"] or AROUND_RANK.search(ahead)):
        return None
    if found["k2"] and found["k2"] in "%％‰‱":
        return _candidate(found, None, value, LE, _plain_unit(found["k2"]), "rank")
    if found["rank"].startswith("前"):
        return _candidate(found, None, value, LE, "rank", "rank")
    return _candidate(found, value, value, "eq", "rank", "rank")


def _benchmark(found: re.Match[str]) -> Candidate | None:
    quote = found["benchmark"]
    by = re.search(r"([0-9.]+)(个?百分点)$", quote)
    comparator = next((name for sign, name in COMPARED.items() if quote.startswith(sign)), "eq")
    if "同步" in quote:
        comparator = APPROX if "基本" in quote else "eq"
    if comparator == "eq" and "同步" not in quote and not REACHED.search(found.string[: found.start()][-4:]):
        return None
    value = float(by[1]) if by and by[1].count(".") < 2 and by[1] != "." else None
    return _candidate(found, value, value, comparator, by[2] if by else None, "benchmark")


_NAMES = frozenset({"16+1", "17+1", "三山五园", "三河三湖", "三河一湖"})
"""A forum, a landscape, a programme of the state: not what a plan lays out."""


def _running(found: re.Match[str]) -> Candidate | None:
    """Read 18连增 as a span of years."""
    value = read_number(found["years"])
    return None if value is None else _candidate(found, value, value, "eq", "年", "number")


def _layout(found: re.Match[str]) -> Candidate | None:
    if found["layout"] in _NAMES:
        return None
    return Candidate(found.start(), found.end(), None, None, "eq", None, "configuration")


def _numbers(found: re.Match[str]) -> Iterator[Candidate]:
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
    unit = _plain_unit(unit) or _people(found)
    if found["n2"] and (last := read_number("".join(found["n2"].split()))) is not None:
        if not found["u1"] or _plain_unit(found["u1"]) == unit:
            first = in_scale_of(first, last, found["n1"], found["n2"])
        yield _candidate(found, first, last, "range", unit, "number")
        return
    if not found["sign"] and (pair := two_values(found["n1"], unit)):
        yield _candidate(found, *pair, "range", unit, "number")
        return
    yield _single(found, first, unit)


_JOINED = re.compile("(?:[0-9A-Za-z%]|(?![至为到达是率幅])[\u4e00-\u9fff])$")


def _single(found: re.Match[str], value: Decimal, unit: str | None) -> Candidate:
    more = bool(found["more1"] or found["more3"])
    if found["half"]:
        value += Decimal("0.5")
    if found["by"]:
        value *= read_number(found["by"][:-1]) or 1
    # A dash after a figure or a word joins; it is no minus.
    if found["sign"] in ("-", "－") and not _JOINED.match(found.string[found.start("sign") - 1 : found.start("sign")]):
        value = -value
    return _make(found, value, _comparator(found["before"], found["after"], more), unit, "number")


def _plain_unit(unit: str | None) -> str | None:
    return {"％": "%", "倍": "times", "个人": "人", "番": "times"}.get(unit or "", unit or None)


def two_values(written: str, unit: str | None) -> tuple[Decimal, Decimal] | None:
    """Return the bounds that two neighbouring digits tell: 两三家, 三五年, 八九亿, 二三十; None for any other number.

    >>> tuple(map(str, two_values("十五六", "个"))), tuple(map(str, two_values("八九亿", None))), two_values("三八", None)
    (('15', '16'), ('800000000', '900000000'), None)
    """
    found = re.fullmatch(r"((?:.*[十百千万])?)([一二两三四五六七八九])([二两三四五六七八九])([十百千万亿]*)", written)
    if not found or not (found[4] or unit):
        return None
    low, high = read_number(found[2]), read_number(found[3])
    if low is None or high is None or not 0 < high - low <= 2:  # noqa: PLR2004
        return None
    if not found[1]:
        return low * scale_of(found[4]), high * scale_of(found[4])
    ends = [read_number(found[1] + digit + found[4]) for digit in (found[2], found[3])]
    return None if ends[0] is None or ends[1] is None else (ends[0], ends[1])


def in_scale_of(first: Decimal, last: Decimal, written: str, other: str) -> Decimal:
    """Return the first value of a range in the scale of the second: 3000—5000亿, 两到三仟, 10~15k.

    >>> str(in_scale_of(Decimal(2), Decimal(30000), "2", "3万")), str(in_scale_of(Decimal(8500), Decimal(30000), "8500", "3万"))
    ('20000', '8500')
    """
    own, plain = re.search("[万亿]+$", written), "".join(other.split())
    shared = re.search("[万亿kKwW]+$", plain) or (re.search("[百千佰仟]$", plain) if len(plain) == 2 else None)  # noqa: PLR2004
    if plain[:1].isdigit():
        shared = re.search("[十百千万亿kKwW]+$", plain)
    if own or shared is None or first >= last:
        return first
    scaled = first * (read_number("1" + shared.group()) or 1)
    # 从8500到3万: what would be more than the end of the range was meant as it stands.
    return scaled if scaled <= last else first


def _people(found: re.Match[str]) -> str | None:
    """Return what a number without a unit counts where people or households follow: 240万农村人口."""
    following = PEOPLE.match(found.string, found.end())
    if following is None or not re.search("[亿万千百十]$", found["n1"]):
        return None
    return "户" if following[1] == "户" else "人"


def _order(found: re.Match[str], value: Decimal) -> Candidate | None:
    """Return an order of magnitude such as 千亿级, 百亿元级; None for 3级 and the like."""
    if value < 10_000 or found["n2"] or (not found["level"] and (value < 1e9 or found["unit"])):
        return None
    unit = _plain_unit(found["unit"]) or ("元" if value >= 1e8 else None)  # noqa: PLR2004
    return _make(found, value, GE, unit, "order")


_READERS = {
    "percent": _percent, "fraction": _fraction, "ratio": _ratio, "double": _double, "coverage": _coverage,
    "digits": _digits, "tenths": _tenths, "zero": _zero, "rank": _rank, "among": _among, "benchmark": _benchmark,
    "layout": _layout, "running": _running, "vague": _vague, "halves": _halves,
}  # fmt: skip
