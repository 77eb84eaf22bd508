"""Find the stretches that give a number, a bound or a rank, and read value, bound and unit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from pipeline.commitments.amounts import numbers, plain_unit
from pipeline.commitments.candidate import Candidate, bounds, candidate, comparator_in, exact
from pipeline.commitments.exclusions import is_no_quantity
from pipeline.commitments.numerals import read_fraction, read_number
from pipeline.commitments.patterns import (
    APPROX,
    AROUND_RANK,
    COMPARED,
    GE,
    GT,
    LE,
    LT,
    REACHED,
    candidate_pattern,
)
from pipeline.commitments.ranges import vague_bounds

__all__ = ["Candidate", "bounds", "candidates"]


def candidates(text: str) -> Iterator[Candidate]:
    """Yield the candidates of a text, from left to right, not overlapping."""
    for found in candidate_pattern().finditer(text):
        # Nineteen in twenty are plain numbers.
        if found["number"] is not None:
            if not is_no_quantity(text, found):
                yield from numbers(found)
        elif found["structure"] is not None:
            yield from _structure(found)
        else:
            kind = next(name for name in _READERS if found[name] is not None)
            one = _READERS[kind](found)
            if one is not None:
                yield one


def _percent(found: re.Match[str]) -> Candidate | None:
    value, unit = read_number(found["p1"]), "%" if found["per"] == "百" else "‰"
    if value is None:
        return None
    if found["p2"] and (high := read_number(found["p2"])) is not None:
        return candidate(found, value, high, "range", unit, "percent")
    return exact(found, value, comparator_in(found["before"], found["after"]), unit, "percent")


def _fraction(found: re.Match[str]) -> Candidate | None:
    value = read_fraction(found["f1"], found["f2"])
    if value is None:
        return None
    percent = round(100 * value, 4)
    return exact(found, percent, comparator_in(found["before"], found["after"]), "%", "fraction")


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
    return exact(found, above, "eq", "times", "ratio")


def _double(found: re.Match[str]) -> Candidate | None:
    times = read_number(found["times"]) if found["times"] else 1
    comparator = {"多": GT, "以上": GE}.get(found["beyond"] or "", "eq")
    return exact(found, 2.0 ** float(times or 1), comparator, "times", "multiple")


def _coverage(found: re.Match[str]) -> Candidate | None:
    return exact(found, 100.0, "eq", "%", "coverage")


def _digits(found: re.Match[str]) -> Candidate | None:
    value = 10.0 ** (int(read_number(found["d1"]) or 2) - 1)
    return exact(found, value, GE, "%", "digits")


def _zero(found: re.Match[str]) -> Candidate | None:
    comparator = {"零增长": "eq", "负增长": LT, "正增长": GT}[found["zero"]]
    return exact(found, 0.0, comparator, "%", "zero")


def _tenths(found: re.Match[str]) -> Candidate | None:
    value = read_number(found["t1"])
    if value is None:
        return None
    part = found["t2"]
    value += Decimal(0) if not part else Decimal("0.5") if part == "半" else (read_number(part) or Decimal(0)) / 10
    return exact(found, 10 * value, comparator_in(found["before"], found["after"]), "%", "tenths")


def _vague(found: re.Match[str]) -> Candidate | None:
    """Read 十几个, 几十家, 数百亿元; a span of years so told only sets a period."""
    unit = plain_unit(found["vunit"])
    read = vague_bounds(found["v1"])
    if read is None or unit in ("年", "天", "个月", "次", "大"):
        return None
    return candidate(found, *read, "range", unit, "number")


def _halves(found: re.Match[str]) -> Candidate | None:
    """Read 半小时, 一个半小时; inside the name of a circle it is no quantity."""
    if re.match("[^，。；、]{0,6}圈", found.string[found.end() : found.end() + 7]):
        return None
    whole = read_number(found["h1"]) if found["h1"] else Decimal(0)
    return (
        None
        if whole is None
        else exact(found, whole + Decimal("0.5"), comparator_in(found["before"], found["after"]), "小时", "number")
    )


_AMONG = re.compile("(?:进入?|跻身|入围|入选|迈进|挺进|荣获|全国|全省|全区|全市|中部|西部|东部)[^，。；、]{0,8}$")


def _among(found: re.Match[str]) -> Candidate | None:
    """Read 全国百强 as a rank; 世界500强 is a name."""
    value = read_number(re.sub("强$", "", found["among"]))
    ahead = found.string[max(0, found.start() - 14) : found.start()]
    if value is None or not _AMONG.search(ahead) or re.search("世界|全球|中国$|企业|双$", ahead) or ahead[-1:] in "前“":
        return None
    return candidate(found, None, value, LE, "rank", "rank")


_IN_ORDER = re.compile("(?:全[国省市区州]|世界|全球|[东中西]部|居|位列|排名|排)$")


def _rank(found: re.Match[str]) -> Candidate | None:
    text, start = found.string, found.start()
    if re.search("[放摆置列][在于到]", text[max(0, start - 14) : start]):  # a way to say that it matters most
        return None
    if found["k1"] is None:
        low = high = 1.0 if found["rank"] in ("首位", "第一") else None
        return Candidate(start, found.end(), low, high, "eq" if low else LE, "rank", "rank")
    value = read_number(found["k1"])
    ahead = text[max(0, start - 6) : start]
    if value is None or value > 999 or not (found["k2"] or AROUND_RANK.search(ahead)):
        return None
    if text[found.end() : found.end() + 1] == "、" and not (found["k2"] or _IN_ORDER.search(ahead)):
        return None  # 第一、第二: an enumeration
    if found["k2"] and found["k2"] in "%％‰‱":
        return candidate(found, None, value, LE, plain_unit(found["k2"]), "rank")
    if found["rank"].startswith("后"):  # counted from the bottom: how many stand above is not told
        return candidate(found, None, None, LE, "rank", "rank")
    if found["rank"].startswith("前"):
        return candidate(found, None, value, LE, "rank", "rank")
    return candidate(found, value, value, "eq", "rank", "rank")


def _benchmark(found: re.Match[str]) -> Candidate | None:
    quote = found["benchmark"]
    by = re.search(r"([0-9.]+)(个?百分点)$", quote)
    comparator = next((name for sign, name in COMPARED.items() if quote.startswith(sign)), "eq")
    if "同步" in quote:
        comparator = APPROX if "基本" in quote else "eq"
    if comparator == "eq" and "同步" not in quote and not REACHED.search(found.string[: found.start()][-4:]):
        return None
    value = float(by[1]) if by and by[1].count(".") < 2 and by[1] != "." else None
    return candidate(found, value, value, comparator, by[2] if by else None, "benchmark")


_NAMES = frozenset({"16+1", "17+1", "三山五园", "三河三湖", "三河一湖"})
"""A forum, a landscape, a programme of the state: not what a plan lays out."""


def _moiety(found: re.Match[str]) -> Candidate | None:
    """Read 超过一半, 半数以上 as a share; without a bound the words tell no number."""
    if not (found["before"] or found["after"]):
        return None
    return exact(found, 50, comparator_in(found["before"], found["after"]), "%", "fraction")


def _running(found: re.Match[str]) -> Candidate | None:
    """Read 18连增 as a span of years."""
    value = read_number(found["years"])
    return None if value is None else candidate(found, value, value, "eq", "年", "number")


def _layout(found: re.Match[str]) -> Candidate | None:
    if found["layout"] in _NAMES:
        return None
    return Candidate(found.start(), found.end(), None, None, "eq", None, "configuration")


_READERS = {
    "percent": _percent, "fraction": _fraction, "ratio": _ratio, "double": _double, "coverage": _coverage,
    "digits": _digits, "tenths": _tenths, "zero": _zero, "rank": _rank, "among": _among, "benchmark": _benchmark,
    "layout": _layout, "running": _running,
    "moiety": _moiety, "vague": _vague, "halves": _halves,
}  # fmt: skip
