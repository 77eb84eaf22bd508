"""The numbers of any text: every cardinal, fraction, share, amount, with unit and bound, whether a plan means it or not.

`candidates.py` finds what a plan may undertake; this finds all that is a number, as a general number reader does.
"""

from __future__ import annotations

import re
from decimal import Decimal

from pipeline.commitments.candidates import Candidate, candidates
from pipeline.commitments.expression_patterns import (
    ABOUT,
    CLOSING,
    LOWER,
    MONEY_UNITS,
    SIGNS,
    UPPER,
    expression_pattern,
)
from pipeline.commitments.numerals import read_fraction, read_number, scale_of
from pipeline.commitments.ranges import in_scale_of, two_values, vague_bounds
from pipeline.commitments.sums import Expression, joined
from pipeline.commitments.words import is_part_of_word

_SAME_UNIT = {
    "圆": "元",
    "块": "元",
    "块钱": "元",
    "元钱": "元",
    "个小时": "小时",
    "台币": "新台币",
    "港币": "港元",
    "日币": "日元",
    "美金": "美元",
    "美刀": "美元",
    "％": "%",
    "倍": "times",
    "番": "times",
    "元人民币": "元",
}
_COUNTED_OUT = {"打": 12, "双": 2, "对": 2}


def expressions(text: str) -> list[Expression]:
    """Return every number of a text in the folded reading, from left to right, not overlapping.

    Args:
        text: Any text, full width and traditional script folded.
    """
    readers = {
        "percent": _percent, "fraction": _fraction, "slash": _slash, "power": _power, "scientific": _scientific,
        "discount": _discount, "tenths": _tenths, "vague": _vague, "number": _number,
    }  # fmt: skip
    found = []
    for one in expression_pattern().finditer(text.translate(SIGNS)):
        kind = next((name for name in readers if one[name] is not None), None)
        read = readers[kind](one) if kind else None
        if read is not None:
            found.append(read)
    return joined(text, found)


def _comparator(before: str | None, after: str | None, more: bool = False, compared: str | None = None) -> str:
    if compared == "比" and after:
        return "gt" if after in "大高多" else "lt"
    for words in (CLOSING,):
        for name, pattern in words.items():
            if after and re.fullmatch(pattern, after):
                return name
    for name, pattern in (*LOWER.items(), *UPPER.items(), ("approx", ABOUT)):
        if before and re.fullmatch(pattern, before):
            return name if name != "approx" or not more else "gt"
    return "gt" if more else "eq"


def _span(found: re.Match[str]) -> tuple[int, int]:
    """Return the span of a match without white space around it."""
    quote = found.group()
    return found.start() + len(quote) - len(quote.lstrip()), found.start() + len(quote.rstrip())


def _make(found: re.Match[str], value: Decimal, comparator: str, unit: str | None) -> Expression:
    low = None if comparator in ("le", "lt") else value
    high = None if comparator in ("ge", "gt") else value
    return Expression(*_span(found), low, high, comparator, unit)


def _percent(found: re.Match[str]) -> Expression | None:
    unit = "‰" if found["per"] in "千仟" else "%"
    value = Decimal(100) if found["pall"] else read_number(found["p1"])
    if value is None:
        return None
    if found["p2"] and (high := read_number(found["p2"])) is not None:
        return Expression(*_span(found), value, high, "range", unit)
    digits = "".join((found["p1"] or "").split())
    if pair := two_values(digits, None):
        return Expression(*_span(found), *pair, "range", unit)
    return _make(found, value, _comparator(found["pbefore"], found["pafter"]), unit)


def _fraction(found: re.Match[str]) -> Expression | None:
    value = read_fraction(found["below"], found["above"], found["whole"])
    if value is None:
        return None
    negative = (found["fsign"] is not None) != (found["fneg"] is not None)
    comparator = {"大": "gt", "小": "lt"}.get(found["fafter"] or "") if found["fbefore"] == "比" else None
    return _make(
        found, -value if negative else value, comparator or _comparator(found["fbefore"], found["fafter"]), None
    )


def _slash(found: re.Match[str]) -> Expression | None:
    value = read_fraction(found["sbelow"], found["sabove"], found["swhole"])
    if value is None:
        return None
    return _make(found, -value if found["ssign"] in ("-", "负") else value, _comparator(found["sbefore"], None), None)


def _power(found: re.Match[str]) -> Expression | None:
    base, exponent = read_number(found["base"]), found["exponent"]
    times = int(exponent.lstrip("+-")) * (-1 if exponent.count("-") % 2 else 1)
    if not base or abs(times) > 300:
        return None
    value = base**times
    return _make(found, -value if found["wsign"] in ("-", "负") else value, "eq", None)


def _scientific(found: re.Match[str]) -> Expression | None:
    written = (
        found["scientific"].removeprefix(found["ebefore"] or "").replace("负", "-").replace("－", "-").replace(",", "")
    )
    exponent = int(re.split("[eE]", written)[1])
    return _make(found, Decimal(written), _comparator(found["ebefore"], None), None) if abs(exponent) <= 300 else None


def _discount(found: re.Match[str]) -> Expression | None:
    if found["half"]:
        return _make(found, Decimal(50), "eq", "%")
    plain = "".join(found["z1"].split())
    value = read_number(plain)
    if value is None or value <= 0 or value >= 100 or value == 10:
        return None
    single = value < 10
    return _make(found, value * 10 if single else value, "eq", "%")


def _tenths(found: re.Match[str]) -> Expression | None:
    value = Decimal("0.5") if found["t1"] == "半" else read_number(found["t1"])
    if value is None or value > 10:
        return None
    part = found["t2"]
    value += Decimal(0) if not part else Decimal("0.5") if part == "半" else (read_number(part) or Decimal(0)) / 10
    return _make(found, value * 10, _comparator(found["tbefore"], found["tafter"]), "%")


def _vague(found: re.Match[str]) -> Expression | None:
    """Read 十几, 几十万, 数十亿: between the bounds that the words leave."""
    written = "".join(found["v1"].split())
    at = next(number for number, sign in enumerate(written) if sign in "几数")
    read = vague_bounds(written[:at].translate(SIGNS) + written[at:])
    unit = _unit(found["vunit"], found["vmoney"] or found["vmoney2"])
    return None if read is None else Expression(*_span(found), *read, "range", unit)


def _unit(unit: str | None, money: str | None = None) -> str | None:
    plain = "".join((unit or "").split())
    if money and (plain in ("", "元", "圆", "块")):
        return MONEY_UNITS[money]
    return _SAME_UNIT.get(plain, "个百分点" if plain == "百分点" else plain or None)


def _number(found: re.Match[str]) -> Expression | None:
    written = "".join(found["n1"].split())
    unit = _unit(found["unit"] or found["u1"], found["money"])
    if _is_no_number(found, written, unit):
        return None
    if found["rest"]:
        unit = {"月": "个月", "百分点": "个百分点"}.get(found["rest"], found["rest"])
    value = Decimal("0.5") if written in ("半", "一半", "半数") else read_number(written)
    if value is None:
        return None
    if found["more1m"] or found["size1"]:
        value *= scale_of(found["more1m"] or found["size1"][1:])
    if found["sign"] in ("-", "负"):
        value = -value
    if found["scope"] and unit == "度":
        unit = "华氏度" if found["scope"].startswith("华") else "摄氏度"
    if unit in _COUNTED_OUT and not found["n2"]:
        value, unit = value * _COUNTED_OUT[unit], None
    if found["halfmore"] and unit:
        value, unit = value + Decimal("0.5"), {"月": "个月"}.get(rest := found["halfmore"][1:], rest) or unit
    if found["n2"]:
        return _range(found, value, unit)
    if pair := two_values(written, unit):
        return Expression(*_span(found), *pair, "range", unit)
    if found["compared"] == "比" and unit == "大":
        return _make(found, value, "gt", None)
    more = bool(found["more1"] or found["more3"])
    return _make(found, value, _comparator(found["before"], found["after"], more, found["compared"]), unit)


def _is_no_number(found: re.Match[str], written: str, unit: str | None) -> bool:
    """Tell whether what looks like a number is a word, an ordinal or a part of a code."""
    text, start = found.string, found.start("n1")
    ahead = text[start - 1 : start]
    if ahead == "第" or (
        written[0].isdigit() and re.search(r"[A-Za-z]$|[A-Za-z][-.]$", text[max(0, start - 2) : start])
    ):
        return True
    if not re.search(r"[十拾廿卅一二三四五六七八九零〇○两俩幺壹贰叁肆伍陆柒捌玖0-9半]", written):
        return True
    after = text[found.end() : found.end() + 1]
    if len(written) == 1 and unit is None and not found["before"] and not found["sign"] and not found["n2"]:
        return is_part_of_word(written, ahead, after)
    return written in ("伍", "陆", "半") and unit is None


def _range(found: re.Match[str], first: Decimal, unit: str | None) -> Expression | None:
    last = read_number(found["n2"])
    if last is None:
        return None
    if found["sign2"]:
        last = -last
    if not found["u1"] or _unit(found["u1"]) == unit:
        first = in_scale_of(first, last, found["n1"], found["n2"])
    more = found["after"] if found["after"] not in (None, "之间") else None
    return Expression(*_span(found), first, None if more and _comparator(None, more) == "ge" else last, "range", unit)


_OF_PLANS = frozenset({
    "order", "multiple", "rank", "coverage", "benchmark", "configuration", "digits", "zero", "ratio",
})  # fmt: skip


def all_candidates(text: str) -> list[Candidate]:
    """Return every number of a text, and what else plans undertake without one: ranks, 翻番, 千亿级.

    Args:
        text: Any text in the folded reading.
    """
    kept = [one for one in candidates(text) if one.rule in _OF_PLANS]
    for one in expressions(text):
        if not any(other.start < one.end and one.start < other.end for other in kept):
            low, high = (None if bound is None else float(bound) for bound in (one.value_min, one.value_max))
            kept.append(Candidate(one.start, one.end, low, high, one.comparator, one.unit, "number"))
    return sorted(kept, key=lambda one: one.start)
