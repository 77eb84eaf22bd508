"""The one pattern that finds the stretches which may be quantities, and the words around numbers."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.commitments.numerals import CHINESE, FIGURES
from pipeline.commitments.units import unit_names

GE, LE, GT, LT, APPROX = "ge", "le", "gt", "lt", "approx"
BEFORE = {
    GT: "突破|超过|超|高于|大于|多于|逾|＞|>",
    GE: "上(?=[百千万])|不低于|不少于|不小于|至少|达到或超过|≥|⩾|最少",
    LE: "不超过|不高于|不多于|不大于|不突破|低于或等于|≤|⩽|最多|至多|前",
    LT: "低于|少于|小于|不足|不到|不满|将近|接近|近|＜|<",
    APPROX: "大约|约为|约|大概|平均",
}
AFTER = {GE: "以上|及以上|或以上|或更高|之上", LE: "以内|之内|以下|及以下|之下", APPROX: "左右|上下|许"}
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
ORDER_OF = re.compile("企业|园区|产业|集群|规模")
PEOPLE = re.compile(r"[^，,。；、\s0-9]{0,4}?(人口|居民|女生|职工|农民|学生|群体|户)")
_PLACES = "主副心核轴带区圈廊城园港环射纵横连翼极点团片屏网链库桥隧谷院庭芯基山水湖湾河极轮"
_LAYOUT = (
    rf"(?:[一二三四五六七八九十两双多][{_PLACES}]){{2,6}}(?![城区镇乡村])|[一二三四五六七八九十两双多](?:中心|基地|平台|高地|通道|走廊|组团|园区)?"
    rf"(?:[一二三四五六七八九十两双多](?:中心|基地|平台|高地|通道|走廊|组团|园区|[{_PLACES}])){{1,5}}(?<=[心地台道廊团区])"
    r"|(?<![0-9.])[0-9](?:\+[0-9NXn])+(?![0-9])"
)
AROUND_RANK = re.compile(
    r"(?:[居列排名]|位|跃居|进入|保持|稳居|全国|全省|全市|全区|地区|世界|全球|西部|中部|东部|总量|考核|综合|同类|城市|行列|第一?)[^，。；]{0,2}$"
)


REACHED = re.compile("达到|恢复到|保持|保持在|相当于|赶上|接近")
COMPARED = {
    "高于": GT, "快于": GT, "大于": GT, "超过": GT, "优于": GT, "好于": GT, "领先": GT, "低于": LT, "不低于": GE,
    "高出": GT, "超出": GT, "接近": APPROX, "达到或超过": GE,
}  # fmt: skip


@lru_cache(maxsize=1)
def candidate_pattern() -> re.Pattern[str]:
    """Return the pattern, with a group for each kind of quantity and each part of a number."""
    before = "|".join(sorted("|".join(BEFORE.values()).split("|"), key=len, reverse=True))
    per = r"(?:（次）|（间）|次(?=以|，|。|、|；))?(?:[/／](?:年|日|天|小时|月|万元|千人|万人|人|平方米|亩|公里|吨|户|秒))?"
    after = "|".join(sorted("|".join(AFTER.values()).split("|"), key=len, reverse=True))
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
