"""Find the stretches that give a number, a bound or a rank, and read value, bound and unit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from pipeline.commitments.exclusions import is_no_quantity
from pipeline.commitments.numerals import CHINESE, FIGURES, multiplier, read_number
from pipeline.commitments.units import unit_names

GE, LE, GT, LT, APPROX = "ge", "le", "gt", "lt", "approx"
_BEFORE = {
    GT: "突破|超过|超|高于|大于|多于|逾|＞|>",
    GE: "上(?=[百千万])|不低于|不少于|不小于|至少|达到或超过|≥|⩾|最少",
    LE: "不超过|不高于|不多于|不大于|不突破|低于或等于|≤|⩽|最多|至多|前",
    LT: "低于|少于|小于|不足|不到|不满|将近|接近|近|＜|<",
    APPROX: "大约|约为|约|大概|平均",
}
_AFTER = {GE: "以上|及以上|或以上|或更高|之上", LE: "以内|之内|以下|及以下|之下", APPROX: "左右|上下|许"}
_MORE = "[余多]"
_RANGE = "[-－—–―~～〜]{1,2}|至|到"
_CHINESE_SMALL = CHINESE.replace("千", "")
_NO_KILO = "(?![瓦米克伏卡])"
_SIZE = rf"(?:[十百万亿]|千{_NO_KILO})+"
_WHOSE = "全国|全省|全市|全区|全州|全县|全球|世界|省|市|国家|自治区|地区|东部|西部|中部|上年|去年|往年|正常年份|同期|同类|城镇|农村"
_MEAN = "平均水平|平均增速|平均增幅|平均值|平均线|平均|水平"
_ABOVE = "高于|快于|大于|超过|优于|好于|领先于?|低于|不低于|高出|超出|接近|达到或超过"
_BENCHMARK = (
    rf"(?:{_ABOVE})(?:{_WHOSE})[^，,。；、\s0-9]{{0,8}}?(?:(?:{_MEAN})(?:[0-9.]+个?百分点)?|[0-9.]+个?百分点)"
    rf"|(?={_WHOSE})(?:{_WHOSE})[^，,。；、\s0-9]{{0,8}}?(?:{_MEAN})"
    r"|(?:高于|快于|低于|不低于)(?:GDP|经济增长|地区生产总值|财政|各项贷款|经常性|全省|全国|全市)[^，,。；、\s0-9]{0,8}?(?=[，,。；、\s])"
    r"|[与和同](?:[^，,。；、\s]{2,12}?)(?:基本)?(?:保持)?同步(?=增长|[，,。；、\s])"
)
_ORDER_OF = re.compile("企业|园区|产业|集群|规模")
_PEOPLE = re.compile(r"[^，,。；、\s0-9]{0,4}?(人口|居民|女生|职工|农民|学生|群体|户)")
_PLACES = "主副心核轴带区圈廊城园港环射纵横连翼极点团片屏网链库桥隧谷院庭芯基山水湖湾河极轮"
_LAYOUT = (
    rf"(?:[一二三四五六七八九十两双多][{_PLACES}]){{2,6}}(?![城区镇乡村])|[一二三四五六七八九十两双多](?:中心|基地|平台|高地|通道|走廊|组团|园区)?"
    rf"(?:[一二三四五六七八九十两双多](?:中心|基地|平台|高地|通道|走廊|组团|园区|[{_PLACES}])){{1,5}}(?<=[心地台道廊团区])"
    r"|(?<![0-9.])[0-9](?:\+[0-9NXn])+(?![0-9])"
)
_AROUND_RANK = re.compile(
    r"(?:[居列排名]|位|跃居|进入|保持|稳居|全国|全省|全市|全区|地区|世界|全球|西部|中部|东部|总量|考核|综合|同类|城市|行列|第一?)[^，。；]{0,2}$"
)


_REACHED = re.compile("达到|恢复到|保持|保持在|相当于|赶上|接近")
_COMPARED = {
    "高于": GT, "快于": GT, "大于": GT, "超过": GT, "优于": GT, "好于": GT, "领先": GT, "低于": LT, "不低于": GE,
    "高出": GT, "超出": GT, "接近": APPROX, "达到或超过": GE,
}  # fmt: skip


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


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    before = "|".join(sorted("|".join(_BEFORE.values()).split("|"), key=len, reverse=True))
    per = r"(?:（次）|（间）|次(?=以|，|。|、|；))?(?:[/／](?:年|日|天|小时|月|万元|千人|万人|人|平方米|亩|公里|吨|户|秒))?"
    after = "|".join(sorted("|".join(_AFTER.values()).split("|"), key=len, reverse=True))
    units = "|".join(map(re.escape, unit_names()))
    one = rf"(?:{FIGURES})(?:[ \u3000]?{_SIZE})?|(?:[{_CHINESE_SMALL}]|千{_NO_KILO})+"
    number = (
        rf"(?P<before>{before})?"
        rf"(?P<sign>[-－+＋])?(?P<n1>{one})(?P<more1>{_MORE})?(?P<more1m>[万亿])?"
        rf"(?:(?P<u1>{units})?(?P<range>{_RANGE})(?P<n2>{one})(?P<more2>{_MORE})?)?"
        rf"[ \u3000]?(?P<unit>(?:{units}){per}|[/／](?:10|十)万)?"
        rf"(?P<level>级(?!别|市|县|文|重|非|示|以|城|公|技|政|和|人|特|旅|医|、))?"
        rf"(?P<more3>多|余)?(?P<after>{after})?"
    )
    ranks = (
        r"前列|(?<![摆放]在)首位(?!度)|第[一二三]方阵|(?:第|前)(?P<k1>[0-9]+|[一二三四五六七八九十]+)"
        r"(?:(?P<k2>位|名|强|[%％‰‱])|(?![批次届个期轮季年月卷章节条部产书时任要课套者类种线污水、百千]))"
    )
    return re.compile(
        rf"(?P<percent>百分之(?P<p1>{one}|[{CHINESE}]+点[{CHINESE}]+)(?:(?:{_RANGE})(?:百分之)?(?P<p2>{one}))?(?P<pafter>{after})?)"
        rf"|(?P<fraction>(?P<f1>[{CHINESE}]+)分之(?P<f2>[{CHINESE}]+)(?P<fafter>{after})?)"
        rf"|(?P<ratio>(?P<r1>{FIGURES})[:：∶](?P<r2>{FIGURES}))"
        rf"|(?P<double>翻(?P<times>[一二两三四0-9.]*)番|双?倍增(?!器)|成倍增长)"
        rf"|(?P<coverage>(?<![健安])全覆盖|(?:动态)?清零)"
        rf"|(?P<digits>(?P<d1>[两三四五六])位数(?P<dafter>{after})?)"
        rf"|(?P<zero>零增长|负增长|正增长)"
        rf"|(?P<tenths>(?P<tbefore>{before})?(?P<t1>[一二三四五六七八九0-9])成(?![^以左多。，、；\s])(?P<tafter>{after})?)"
        rf"|(?P<rank>{ranks})"
        rf"|(?P<benchmark>{_BENCHMARK})"
        rf"|(?P<layout>{_LAYOUT})"
        rf"|(?P<number>{number})"
    )


def candidates(text: str) -> Iterator[Candidate]:
    """Yield the candidates of a text, from left to right, not overlapping."""
    readers = {
        "percent": _percent, "fraction": _fraction, "ratio": _ratio, "double": _double, "coverage": _coverage,
        "digits": _digits, "tenths": _tenths, "zero": _zero, "rank": _rank, "benchmark": _benchmark,
        "layout": _layout,
    }  # fmt: skip
    for found in _pattern().finditer(text):
        kind = next((name for name in readers if found[name] is not None), None)
        if kind is not None:
            one = readers[kind](found)
            if one is not None:
                yield one
        elif not is_no_quantity(text, found):
            yield from _numbers(found)


def _comparator(before: str | None, after: str | None, more: bool = False) -> str:
    for name, words in _AFTER.items():
        if after and after in words.split("|"):
            return name
    for name, words in _BEFORE.items():
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
    if value is None or value > 999 or not (found["k2"] or _AROUND_RANK.search(ahead)):
        return None
    if found["k2"] and found["k2"] in "%％‰‱":
        return Candidate(start, found.end(), None, value, LE, _plain_unit(found["k2"]), "rank")
    if found["rank"].startswith("前"):
        return Candidate(start, found.end(), None, value, LE, "rank", "rank")
    return Candidate(start, found.end(), value, value, "eq", "rank", "rank")


def _benchmark(found: re.Match[str]) -> Candidate | None:
    quote = found["benchmark"]
    by = re.search(r"([0-9.]+)(个?百分点)$", quote)
    comparator = next((name for sign, name in _COMPARED.items() if quote.startswith(sign)), "eq")
    if "同步" in quote:
        comparator = APPROX if "基本" in quote else "eq"
    if comparator == "eq" and "同步" not in quote and not _REACHED.search(found.string[: found.start()][-4:]):
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
    ordered = found["level"] or _ORDER_OF.match(found.string, found.end())
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
    following = _PEOPLE.match(found.string, found.end())
    if following is None or not re.search("[万千百十]$", found["n1"]):
        return None
    return "户" if following[1] == "户" else "人"


def _order(found: re.Match[str], value: float) -> Candidate | None:
    """Return an order of magnitude such as 千亿级, 百亿元级; None for 3级 and the like."""
    if value < 10_000 or found["n2"] or (not found["level"] and (value < 1e9 or found["unit"])):
        return None
    return _make(found, value, GE, _plain_unit(found["unit"]) or "元", "order")
