"""The numbers of any text: every cardinal, fraction, share, amount, with unit and bound, whether a plan means it or not.

`candidates.py` finds what a plan may undertake; this finds all that is a number, as a general number reader does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from pipeline.commitments.candidates import Candidate, candidates, in_scale_of, two_values, vague_bounds
from pipeline.commitments.numerals import read_fraction, read_number, scale_of
from pipeline.commitments.units import unit_of, unit_pattern

_S = r"[ \u3000\xa0]{0,4}+"
_D = "[零〇○一二三四五六七八九两俩幺壹贰叁肆伍陆柒捌玖]"
_NEXT = "[零〇○一二三四五六七八九幺壹贰叁肆伍陆柒捌玖]"
_T = "[十百千万亿兆拾佰仟廿卅]"
_SCALE = r"(?:[十百万亿]|千(?![瓦米克伏卡赫焦比字])|兆(?=[零〇○一二三四五六七八九十百千万0-9壹贰叁肆伍陆柒捌玖拾])|[拾佰仟])"
_FIG = r"(?:[0-9]{1,3}(?:[,，][0-9]{3})++(?![0-9])(?:\.[0-9]++(?!\.))?|(?<![0-9]\.)[0-9]++\.[0-9]++(?!\.[0-9])|[0-9]++|(?<![0-9.])\.[0-9]++)"
_GROUP = rf"(?:(?:零{_S})?(?:{_FIG}|{_D}(?:{_S}{_NEXT})*+)?(?:{_S}(?:{_SCALE}|廿|卅))++)"
_NUM = (
    rf"(?>{_GROUP}(?:{_S}{_GROUP})*+(?:{_S}(?:{_NEXT}(?:{_S}{_NEXT})*+|[0-9]++(?![.,，]?[0-9])))?|半百"
    rf"|{_FIG}(?:{_S}[kKwWM](?![A-Za-z0-9]))?|{_D}(?:{_S}{_NEXT})*+)"
)
_POINT = rf"(?:{_S}点{_S}(?:[零〇○一二三四五六七八九叁壹贰肆伍陆柒捌玖0-9]{_S})*[零〇○一二三四五六七八九叁壹贰肆伍陆柒捌玖0-9](?:[百千万亿]++)?)?"
_VALUE = rf"(?>{_NUM}{_POINT})"
_VAGUE = rf"(?>(?:{_GROUP}{_S})*+(?:零{_S})?[几数]{_S}(?:个(?=[百千万亿]))?(?:{_SCALE})*+)"
_SIGN = r"(?:(?<![0-9A-Za-z%）)\]\u4e00-\u9fff负-])[-+](?=[0-9.])|负)"
_MORE = r"[余多来]"
_TO = r"(?:[-－—–―~～〜]{1,2}|至|到)"

LOWER = {
    "ge": "大于或者?等于|大于等于|不小于|不低于|不少于|至少|最少|起码|达到或超过|>=|> =|≥|⩾",
    "gt": "大于|高于|多于|超过|超出|突破|逾|超|＞|>",
}
UPPER = {
    "le": "小于 ?或者? ?等于|小于等于|低于或等于|不大于|不超过|不高于|不多于|不突破|最多|至多|顶多|<=|< =|≤|⩽",
    "lt": "小于|低于|少于|不足|不到|不满|将近|接近|近|＜|<",
}
ABOUT = "大约|约为|约|大概|平均"
CLOSING = {
    "ge": "(?:及|或|或者)?以上|或者?更多|或者?更高|之上|起(?=[，。；]|$)",
    "le": "(?:及|或|或者)?以下|以内|之内|之下",
    "approx": "左右|上下|许(?![多可])",
}
_ONE_OF_TEN = "立|为|都|果|员|功|就|本|品|长|熟|效|交|绩|分|套|型|人|语|败|片|串|群|批|排|千|倍|百|活|因|全|形|见|渝|不|风|事"
_MONEY = "人民币|新台币|港币|美元|欧元|日元|RMB|CNY|USD|US\\$|HK\\$|￥|¥|\\$|€|£"
_MONEY_UNITS = {
    "人民币": "元", "RMB": "元", "CNY": "元", "￥": "元", "¥": "元", "港币": "港元", "HK$": "港元", "新台币": "新台币",
    "USD": "美元", "US$": "美元", "$": "美元", "美元": "美元", "欧元": "欧元", "日元": "日元", "€": "欧元", "£": "英镑",
}  # fmt: skip
_MONEY_PARTS = {"元": {"角": "0.1", "毛": "0.1", "分": "0.01"}, "美元": {"美分": "0.01"}, "日元": {"日本钱": "0.01"}}
_SAME_UNIT = {"圆": "元", "块": "元", "块钱": "元", "元钱": "元", "个小时": "小时", "台币": "新台币", "港币": "港元", "日币": "日元", "美金": "美元", "美刀": "美元", "％": "%", "元人民币": "元"}
_COUNTED_OUT = {"打": 12, "双": 2, "对": 2}
_SIGNS = str.maketrans("萬億點個兩倆幾雙對負銭貳參陸圓", "万亿点个两俩几双对负钱贰叁陆圆")
_LASTING = ("s", "year")
_MEAN_YEAR, _MEAN_MONTH = Decimal("31557600"), Decimal("2629800")


@dataclass(frozen=True, slots=True)
class Expression:
    """A number as a text has it.

    Attributes:
        start: Start in the text.
        end: End in the text.
        value_min: Lower bound in `unit`, or None.
        value_max: Upper bound, or None.
        comparator: eq, ge, le, gt, lt, approx or range.
        unit: As written, without multiplier; one name for each currency; or None.
    """

    start: int
    end: int
    value_min: Decimal | None
    value_max: Decimal | None
    comparator: str
    unit: str | None


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    units = "|".join(_unit_patterns())
    before = "|".join([*LOWER.values(), *UPPER.values(), ABOUT])
    after = "|".join(CLOSING.values())
    money = rf"(?P<money>(?:{_MONEY})(?={_S}(?:{_VAGUE}|[-－]?{_VALUE})))"
    about = r"(?P<compared>比(?=[^，。；]{1,14}?[大高多小低少](?:一?些|一?点)?(?:$|[^于学量型]))|等于)?"
    included = r"[（(]含[）)]"
    # An alternative that begins with the same sign as a longer one must stand after it.
    return re.compile(
        r"(?P<skip>https?://[!-~]+|(?<![A-Za-z])(?!(?:RMB|CNY|USD|HK\$|US\$))[A-Za-z]+[-.]?[0-9][0-9A-Za-z.:-]*)"
        rf"|(?P<percent>(?P<pbefore>{before}|等于)?(?<![0-9{_D[1:-1]}十百千万亿])[百佰]{_S}分{_S}之{_S}(?:(?P<pall>百)(?!{_T})|(?P<p1>-?{_VALUE}(?:{_S}[kKM])?)(?:{_S}{_TO}{_S}(?:百分之)?(?P<p2>{_VALUE}))?)(?P<pafter>{after})?)"
        rf"|(?P<fraction>(?P<fbefore>{before}|比)?{_S}(?P<fsign>负)?(?:(?P<whole>{_VALUE}){_S}又{_S})?(?P<below>{_VALUE}){_S}分{_S}之{_S}(?P<fneg>负)?(?P<above>{_VALUE})(?P<fafter>{after}|大|小)?)"
        rf"|(?P<slash>(?P<sbefore>{before})?{_S}(?P<ssign>{_SIGN})?(?:(?P<swhole>[0-9]+)[ \u3000]+)?(?<![0-9./])(?P<sabove>[0-9]+)/(?P<sbelow>[0-9]+)(?![0-9/.年月]))"
        rf"|(?P<power>(?P<wsign>{_SIGN})?(?P<base>{_FIG}){_S}\^{_S}(?P<exponent>[-+]*[0-9]+))"
        rf"|(?P<scientific>(?P<esign>{_SIGN})?{_FIG}[eE][-+－]?[0-9]+(?![0-9A-Za-z]))"
        rf"|(?P<discount>(?P<half>(?<=打)对|半)折|(?P<z1>{_VALUE}|[0-9] [0-9]){_S}折(?![旧算射叠合迭]))"
        rf"|(?P<tenths>(?P<tbefore>{before})?(?P<t1>半|{_VALUE}){_S}成(?!{_ONE_OF_TEN})(?:{_S}(?P<t2>半|{_D}(?!{_S}[{_T[1:-1]}成])))?(?P<tafter>{after})?)"
        rf"|(?P<vague>(?P<vbefore>{before})?{money.replace('money', 'vmoney')}?{_S}(?P<v1>{_VAGUE})(?P<vmore>{_MORE})?{_S}(?P<vunit>{units})?(?P<vmoney2>人民币)?)"
        rf"|(?P<number>(?P<before>{before})?{about}{_S}(?P<scope>华氏温度|华氏|摄氏温度|摄氏)?{money}?{_S}(?P<sign>{_SIGN})?(?!百{_S}分{_S}之)(?P<n1>{_VALUE}|半(?=(?:{units})))"
        rf"(?:{_S}(?P<more1>{_MORE}){_S}(?P<more1m>[万亿])?)?(?P<size1>个(?=[万亿]){_T}+)?(?:{_S}(?:{included}))?(?:(?P<u1>{units})?(?:{_S}(?P<range>{_TO}){_S}|(?P<and>[和与])(?={_VALUE}(?:{units})?之间))(?P<sign2>[-－](?=[0-9]))?(?P<n2>{_VALUE})(?P<more2>{_MORE})?)?"
        rf"{_S}(?P<unit>{units})?(?P<more3>{_MORE}(?![一-龥]*[少么]))?(?P<halfmore>半(?:(?<=个半)(?:小时|月|世纪))?(?![年月天日径数决导程年]))?(?P<tail>[整正](?![理治顿体合个式在好确是常])|人民币|钱)?(?:{_S}{included})?"
        rf"{_S}(?P<after>之间|{after}|[大高多小低少](?=(?:一?些|一?点)?(?:$|[^于学量型户])))?)"
    )


def _unit_patterns() -> Iterator[str]:
    """Yield the patterns of units, the longest first; a point of per cent may be set wide."""
    yield rf"个?{_S}百{_S}分{_S}点"
    yield "[打双](?![造算响开印击赢通好入工新]|[创一高重边方碳])"
    yield "对(?![外于接口标应象照内冲])"
    joined = unit_pattern(everyday=True)
    yield rf"(?:{joined})(?:[/／](?:[0-9]+|[十百千万亿])*(?:{joined}))?"


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
    for one in _pattern().finditer(text.translate(_SIGNS)):
        kind = next((name for name in readers if one[name] is not None), None)
        read = readers[kind](one) if kind else None
        if read is not None:
            found.append(read)
    return _joined(text, found)


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
    value = Decimal(100) if found["pall"] else read_number(found["p1"])
    if value is None:
        return None
    if found["p2"] and (high := read_number(found["p2"])) is not None:
        return Expression(*_span(found), value, high, "range", "%")
    digits = "".join((found["p1"] or "").split())
    if pair := two_values(digits, None):
        return Expression(*_span(found), *pair, "range", "%")
    return _make(found, value, _comparator(found["pbefore"], found["pafter"]), "%")


def _fraction(found: re.Match[str]) -> Expression | None:
    value = read_fraction(found["below"], found["above"], found["whole"])
    if value is None:
        return None
    negative = (found["fsign"] is not None) != (found["fneg"] is not None)
    comparator = {"大": "gt", "小": "lt"}.get(found["fafter"] or "") if found["fbefore"] == "比" else None
    return _make(found, -value if negative else value, comparator or _comparator(found["fbefore"], found["fafter"]), None)


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
    written = found["scientific"].replace("负", "-").replace("－", "-").replace(",", "")
    exponent = int(re.split("[eE]", written)[1])
    return _make(found, Decimal(written), "eq", None) if abs(exponent) <= 300 else None


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
    read = vague_bounds(written[:at].translate(_SIGNS) + written[at:])
    unit = _unit(found["vunit"], found["vmoney"] or found["vmoney2"])
    return None if read is None else Expression(*_span(found), *read, "range", unit)


def _unit(unit: str | None, money: str | None = None) -> str | None:
    plain = "".join((unit or "").split())
    if money and (plain in ("", "元", "圆", "块")):
        return _MONEY_UNITS[money]
    return _SAME_UNIT.get(plain, "个百分点" if plain == "百分点" else plain or None)


def _number(found: re.Match[str]) -> Expression | None:
    written = "".join(found["n1"].split())
    unit = _unit(found["unit"] or found["u1"], found["money"])
    if _is_no_number(found, written, unit):
        return None
    value = Decimal("0.5") if written == "半" else read_number(written)
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
        value, unit = value + Decimal("0.5"), found["halfmore"][1:] or unit
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
    if ahead == "第" or (written[0].isdigit() and re.search(r"[A-Za-z]$|[A-Za-z][-.]$", text[max(0, start - 2) : start])):
        return True
    if not re.search(r"[十拾廿卅一二三四五六七八九零〇○两俩幺壹贰叁肆伍陆柒捌玖0-9半]", written):
        return True
    after = text[found.end() : found.end() + 1]
    if len(written) == 1 and unit is None and not found["before"] and not found["sign"] and not found["n2"]:
        return _is_part_of_word(written, ahead, after)
    return written in ("伍", "陆", "半") and unit is None


_WORDS = {
    "一": (
        "切看般样直定起些旦边面致律同时再流体心度向贯共概阵经如步道旁味线把下点生会块儿带举连面齐并系方者手路统揽应批",
        "第唯统万惟同专逐任不单某每合划之其归",
    ),
    "二": ("维手婚胡战氧", "第"),
    "三": ("角农亚星峡国明", "第再"),
    "四": ("川周季处海肢平", "第"),
    "五": ("官行谷金", "第"),
    "六": ("安合", "第"), "七": ("夕", "第"), "八": ("卦路", "第"), "九": ("江州华寨", "第"),
    "十": ("分足堰", "第"), "两": ("会岸侧翼", "第"), "陆": ("地续军海路空", "大内着登"), "伍": ("", "队退入"), "千": ("", ""),
    "零": ("售件星散距", "飘凋"), "幺": ("", "老"), "俩": ("", "伎咱他你我们"), "半": ("", ""), "壹": ("切", ""),
}  # fmt: skip


def _is_part_of_word(sign: str, ahead: str, after: str) -> bool:
    later, earlier = _WORDS.get(sign, ("", "第"))
    if sign in "伍陆俩" and re.match("[\u4e00-\u9fff]", after or ahead or "x"):
        return True
    return bool((after and after in later) or (ahead and ahead in earlier))


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


_BETWEEN = re.compile(r"[ \u3000，,]*(?:的?同时|并且|而且|且|并|但|而)?[ \u3000]*(?:又|也)?")
_AND_THEN = re.compile(r"[ \u3000]*(?:又|零|余|多)?[ \u3000]*")


def _joined(text: str, found: list[Expression]) -> list[Expression]:
    """Join what is one amount in two numbers: bounds on both sides, 三块五, 五元三毛, 8天20小时."""
    kept: list[Expression] = []
    for one in found:
        between = text[kept[-1].end : one.start] if kept else ""
        joined = None
        if kept and len(between) < 8:
            joined = _both_bounds(kept[-1], one, between) or _in_parts(text, kept[-1], one, between)
        if joined is None:
            kept.append(one)
        else:
            kept[-1] = joined
    changed = [_with_small_change(text, one) for one in kept]
    return [one for before, one in zip([None, *changed], changed, strict=False) if not before or one.start >= before.end]


def _both_bounds(a: Expression, b: Expression, between: str) -> Expression | None:
    low, high = {"ge", "gt"}, {"le", "lt"}
    opposite = (a.comparator in low and b.comparator in high) or (a.comparator in high and b.comparator in low)
    if not opposite or (a.unit and b.unit and a.unit != b.unit) or not _BETWEEN.fullmatch(between):
        return None
    bounds = (a.value_min, b.value_max) if a.comparator in low else (b.value_min, a.value_max)
    if bounds[0] is None or bounds[1] is None or bounds[0] > bounds[1]:
        return None
    return Expression(a.start, b.end, *bounds, "range", b.unit or a.unit)


def _in_parts(text: str, a: Expression, b: Expression, between: str) -> Expression | None:
    """Return a sum in parts of money or time."""
    if a.value_max is None and a.value_min is None or (b.value_max is None and b.comparator != "gt") or a.comparator == "range" or b.comparator == "range":
        return None
    if not _AND_THEN.fullmatch(between) or not a.unit or not b.unit:
        return None
    whole = a.value_min if a.value_min is not None else a.value_max
    parts = _MONEY_PARTS.get(a.unit, {})
    part = parts.get(b.unit) or parts.get(b.unit.removesuffix("钱"))
    if part is not None and whole is not None:
        value = whole + (b.value_max or b.value_min or Decimal(0)) * Decimal(part)
        return replace(a, end=b.end, **_moved(a, value))
    if b.unit in ("月", "日") or (a.unit == "年" and whole is not None and whole > 1000):
        return None  # a date
    longer, shorter = _seconds(a.unit), _seconds(b.unit)
    if longer and shorter and whole is not None and (between or longer > shorter):
        unit, size = (b.unit, shorter) if longer > shorter else (a.unit, longer)
        return Expression(a.start, b.end, *[(whole * longer + (b.value_max or b.value_min or Decimal(0)) * shorter) / size] * 2, a.comparator if a.comparator == "approx" else "eq", unit)
    return None


def _moved(one: Expression, value: Decimal) -> dict[str, Decimal | None]:
    return {
        "value_min": None if one.value_min is None else value,
        "value_max": None if one.value_max is None else value,
    }


def _seconds(unit: str) -> Decimal | None:
    """Return the length of a unit of time in seconds, months and years at their mean length (UCUM)."""
    if unit in ("个月", "月"):
        return _MEAN_MONTH
    known = unit_of(unit)
    if known is None or known.unit_id not in _LASTING or unit in ("岁", "周岁"):
        return None
    return known.factor * (_MEAN_YEAR if known.unit_id == "year" else 1)


_CHANGE = re.compile(r"([一二三四五六七八九])(?![十百千万亿一二三四五六七八九点个年月日天只]|[\u4e00-\u9fff]?[元块])")


def _with_small_change(text: str, one: Expression) -> Expression:
    """Read 三块五 as 3.5: a digit after 块 counts its tenths."""
    if one.unit != "元" or text[one.end - 1] != "块" or not (found := _CHANGE.match(text, one.end)):
        return one
    digit = read_number(found[1]) or Decimal(0)
    value = (one.value_min if one.value_min is not None else one.value_max) or Decimal(0)
    return replace(one, end=found.end(), **_moved(one, value + digit / 10))


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
