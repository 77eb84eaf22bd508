"""The one pattern that finds the stretches which may be quantities, and the words around numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from pipeline.commitments.numerals import CHINESE, FIGURES, FORMAL, POINTED, POSITIONAL
from pipeline.commitments.units import unit_pattern

GE, LE, GT, LT, APPROX = "ge", "le", "gt", "lt", "approx"
BEFORE = {
    GT: ("突破", "超过", "超", "高于", "大于", "多于", "逾", "＞", ">"),
    GE: (
        "(?<![迈登跃站跨踏再])上(?=[百千万亿])", "不低于", "不少于", "不小于", "达到或超过", "≥", "⩾", "最少",
        "至少(?:建设?成|建设|新[建增]|打造|创建|引进|培育|完成|实施|有|达到)?",
    ),
    LE: ("不超过", "不高于", "不多于", "不大于", "不突破", "低于或等于", "≤", "⩽", "最多", "至多", "(?<!提)前"),
    LT: ("低于", "少于", "小于", "不足", "不到", "不满", "将近", "接近", "近", "＜", "<"),
    APPROX: ("大约", "约为", "(?<![签条合公契预])约", "大概", "平均"),
}  # fmt: skip
AFTER = {
    GE: ("以上", "及以上", "或以上", "或更高", "之上"),
    LE: ("以内", "之内", "范围内", "以下", "及以下", "之下"),
    APPROX: ("左右", "上下", "许(?![多可])"),
}
_MORE = "[余多]"
_RANGE = "[-－—–―~～〜]{1,4}|至|到|一(?=[0-9])"
_CHINESE_SMALL = CHINESE.replace("千", "")
_NO_KILO = "(?![瓦米克伏卡])"
_SIZE = rf"(?:[十百万亿]|千{_NO_KILO})+"
# A minus stands last in a set of signs: between two others it makes a range of them.
_IN_NUMBER = rf"0-9０-９{CHINESE}{FORMAL}几数半＋－+-"
_FIRST = rf"突超高大小多逾＞>上不至达≥⩾最低≤⩽前后少将接近＜<约平翻双倍成全动清负正首第单快优好领世省市国自地东西中去往同城农与和{_IN_NUMBER}"
_NUMBER_OF = "[人个指总户次件度系倍分参基位岁天家台]"
_NO_LEVEL = "别|市|县|文|重|非|示|以|城|公|技|政|和|人|特|旅|医|、"
_NO_TENTH = "立|为|都|果|员|功|就|本|品|长|熟|效|交|绩|分|套|型|人|语|败|片|串|群|批|排|千|倍|百|活|因|全|形|见|不"
_AFTER_POINT = "万亿元个％%倍亩米吨公平斤千人家度小分岁年"
_COUNTED_IN = "件头台辆条所座户张部匹担立市英尺瓦余多"
_WHOSE = "全国|全省|全市|全区|全州|全县|全球|世界|省|市|国家|自治区|地区|东部|西部|中部|上年|去年|往年|正常年份|同期|同类|城镇|农村"
_MEAN = "平均增长水平|平均水平|平均增速|平均增幅|平均值|平均线|平均|水平"
_ABOVE = "高于|快于|大于|超过|优于|好于|领先于?|低于|不低于|高出|超出|接近|达到或超过"
_BENCHMARK = (
    rf"(?:{_ABOVE})(?:{_WHOSE}|沿海)[^，,。；、\s0-9]{{0,8}}?(?:(?:{_MEAN})(?:[0-9.]+个?百分点)?|[0-9.]+个?百分点)"
    rf"|(?<=[到持在于上近了])(?:{_WHOSE})[^，,。；、\s0-9]{{0,8}}?(?:{_MEAN})"
    r"|(?:高于|快于|低于|不低于)(?:GDP|经济增长|地区生产总值|财政|各项贷款|经常性|全省|全国|全市|去年|上年)[^，,。；、\s0-9]{0,8}?(?=[，,。；、\s])"
    r"|[与和同](?:[^，,。；、\s]{2,12}?)(?<!建设)(?<!规划)(?:基本)?(?:保持)?同步(?=增长|[，,。；、\s])"
)
ORDER_OF = re.compile("企业|园区|产业|集群|规模|新?台阶|大关|俱乐部")
PEOPLE = re.compile(r"[^，,。；、\s0-9]{0,4}?(人口|居民|户(?!籍|均|口))")
_PLACES = "主副心核轴带区圈廊城园港环射纵横连翼极点团片屏网链群库桥隧谷院庭芯基山水湖湾河极轮脉干支馆沟地体辅边廊"
_NUMERAL = "[一二三四五六七八九十两双多]"
_PLACE = f"{_NUMERAL}(?:中心|基地|平台|高地|通道|走廊|组团|园区|枢纽|[{_PLACES}])"
_PART = rf"{_NUMERAL}[^一二三四五六七八九十两双多\s，。；、“”‘’0-9]{{1,3}}"
_LAYOUT = (
    # In quotes the slogan is whole, whatever some of its parts are called: `“一会四区五基地”`.
    rf"(?<=[“\"‘])(?:{_PART}){{0,2}}(?:{_PLACE}){{2,5}}(?:{_PART})?(?=[”\"’])|"
    rf"(?:[一二三四五六七八九十两双多][{_PLACES}]){{2,6}}(?![城区镇乡村化])|[一二三四五六七八九十两双多](?:中心|基地|平台|高地|通道|走廊|组团|园区)?"
    rf"(?:[一二三四五六七八九十两双多](?:中心|基地|平台|高地|通道|走廊|组团|园区|[{_PLACES}])){{1,5}}(?<=[心地台道廊团区])"
    r"|(?<![0-9.+])[0-9]{1,2}(?:\+(?:[0-9]{1,2}|[NXn]))+(?![0-9])|[单双]核心|[两二三四五六七八九](?:区|市|县|镇|地)一体化"
)
AROUND_RANK = re.compile(
    r"(?:[居列排名]|位|跃居|进入|保持|稳居|全国|全省|全市|全区|地区|世界|全球|西部|中部|东部|总量|考核|综合|同类|城市|行列|第一?)[^，。；]{0,2}$"
)


REACHED = re.compile("达到|恢复到|保持|保持在|相当于|赶上|接近")
COMPARED = {
    "高于": GT, "快于": GT, "大于": GT, "超过": GT, "优于": GT, "好于": GT, "领先": GT, "低于": LT, "不低于": GE,
    "高出": GT, "超出": GT, "接近": APPROX, "达到或超过": GE,
}  # fmt: skip


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


def comparator_of(before: str | None, after: str | None) -> str | None:
    """Return the comparator that the words before and after a number tell, those after it first; None for none.

    >>> comparator_of("约", "以上"), comparator_of("上", None), comparator_of(None, None)
    ('ge', 'ge', None)
    """
    return _comparators().get(after or "") or _comparators().get((before or "").rstrip()) or _opened(before)


@lru_cache(maxsize=1)
def _comparators() -> dict[str, str]:
    """Return the comparator of each word, without what must or must not follow it."""
    words = [(word, name) for table in (BEFORE, AFTER) for name, own in table.items() for word in own]
    return {re.sub(r"\(\?<?[=!:][^()]*\)\??", "", word): name for word, name in words}


def _opened(before: str | None) -> str | None:
    return GE if before and before.startswith("至少") else None


@lru_cache(maxsize=1)
def candidate_pattern() -> re.Pattern[str]:
    """Return the pattern, with a group for each kind of quantity and each part of a number."""
    before = _any(word for own in BEFORE.values() for word in own)
    after = _any(word for own in AFTER.values() for word in own)
    per = rf"(?:（次）|（间）|次(?=以|，|。|、|；))?(?:[/／](?:[十百千万亿]|10)*(?:年|月|{unit_pattern()}))?"
    units = unit_pattern()
    formal = rf"[{FORMAL}](?=[{FORMAL}万亿])[{FORMAL}万亿零]+"
    one = (
        rf"(?:{FIGURES})(?:[ \u3000]?{_SIZE}(?:[0-9]+(?:[万百]|千{_NO_KILO}))*)?"
        # Numerals of the fifties are looked for behind the few signs that part their digits.
        rf"|(?=[一二三四五六七八九〇零○十百千]{{1,6}}[·•、，])(?:{POSITIONAL})(?:万亿|[万亿])?(?=[{_AFTER_POINT}{_COUNTED_IN}])"
        rf"|(?:[{_CHINESE_SMALL}]|千{_NO_KILO})+(?:点[一二三四五六七八九零〇]+(?:万亿|[万亿])?(?=[{_AFTER_POINT}]))?|{formal}"
    )
    vague = rf"(?:[一二三四五六七八九]?十|[0-9]*[十百千])几[百千万亿]*|(?:几|(?<!{_NUMBER_OF})数){_SIZE}"
    number = (
        rf"(?P<sign>[-－+＋])?(?P<by>[0-9]{{1,2}}[×xX*])?(?P<n1>{one})(?:[ \u3000]?(?P<more1>{_MORE}))?(?P<more1m>[万亿])?"
        rf"(?:(?P<u1>{units})?(?:(?P<range>{_RANGE})|[ \u3000]?[—–至到][ \u3000]?(?=[0-9]))(?P<n2>{one})(?P<more2>{_MORE})?)?"
        rf"[ \u3000]?(?P<unit>(?:{units}){per}|[/／](?:10|十)万)?"
        rf"(?P<level>级(?:(?<=[万亿元]级)(?!别)|(?!{_NO_LEVEL})))?"
        rf"(?P<more3>多|余|来(?=[年个]))?(?P<half>半(?=以|左|的|，|。|；|、|月|小时))?(?P<rest>(?<=个[多余半])(?:月|小时|百分点))?"
    )
    ranks = (
        r"前列|(?<![摆放]在)首位(?!度|战略|产业)|(?<!个)第[一二三](?:方阵|梯队|集团(?!军|公司))"
        r"|第一(?=大省|大市|大县|支柱|强|城(?![市区”’]))|(?:第|前|(?<![今然最之以先落])后(?=[0-9一二三四五六七八九十]{1,3}[位名]))(?P<k1>[0-9]++|[一二三四五六七八九十]++)"
        r"(?:(?P<k2>位|名|强|[%％‰‱](?!学科))|(?![批次届个期轮季年月卷章节条部产书时任要课套者类种线污水百千%％‰‱.]))"
    )
    tenth = "(?:[一二两三四五六七八九]|[1-9](?:[.][0-9])?)"
    words = (
        rf"(?P<double>翻了?(?P<times>[一二两三四0-9.]*)番(?P<beyond>多|以上)?|双倍增|倍增(?!器|效应|前行|[”’]?[^，。；、]{{0,5}}(?:计划|行动|工程))|成倍增长)"
        rf"|(?P<coverage>(?<![健安个])全覆盖|(?:动态)?清零)"
        rf"|(?P<zero>零增长|负增长|正增长)"
        rf"|(?P<rank>{ranks})"
        rf"|(?P<benchmark>{_BENCHMARK})"
        rf"|(?P<layout>{_LAYOUT})"
    )
    parts = rf"(?:(?:{POINTED})|(?:{one})(?:点[{CHINESE}]+)?)"
    numbers = (
        rf"(?P<percent>(?P<per>[百千])分之(?P<p1>{parts})(?:(?:{_RANGE})(?:[百千]分之)?(?P<p2>{parts}))?)"
        rf"|(?P<fraction>(?P<f1>[{CHINESE}]++)分之(?P<f2>[{CHINESE}]+))"
        rf"|(?P<structure>(?<![0-9:：∶.])(?P<s1>{FIGURES})[:：∶](?P<s2>{FIGURES})[:：∶](?P<s3>{FIGURES})(?![0-9:：∶]))"
        rf"|(?P<ratio>(?P<r1>{FIGURES})[:：∶](?P<r2>{FIGURES}))"
        rf"|(?P<digits>(?P<d1>[两三四五六])位数)"
        rf"|(?P<tenths>(?P<t1>{tenth})成(?P<t2>[一二三四五六七八九半](?![{CHINESE}]))?(?(before)(?!{_NO_TENTH})|(?![^以左多。，、；\s])))"
        rf"|(?P<among>(?:[0-9]+|[一二三四五六七八九]?[十百千])强(?![县镇村国大省区市乡企化城第榜]))"
        rf"|(?P<vague>(?P<v1>{vague})(?P<vmore>{_MORE})?(?P<vunit>(?:{units}){per}))"
        rf"|(?P<running>(?P<years>[0-9]+|[一二三四五六七八九十]+)连[增丰优涨降升])"
        rf"|(?P<moiety>(?:一半|半数)(?=以上|以下|左右|[，。；、的]))"
        rf"|(?P<halves>(?:(?P<h1>[0-9]+|[一二三四五六七八九十两]+)个)?半(?:个)?(?P<hunit>小时))"
        rf"|(?P<number>{number})"
    )
    # Most characters begin none of these: they are left behind at the first look.
    return re.compile(
        rf"(?=[{_FIRST}])(?:{words}|(?P<before>(?:{before})[ \u3000]?)?(?=[{_IN_NUMBER}])(?:{numbers})(?P<after>{after})?)"
    )
