"""The pattern of every number that a text may hold, and the words around numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from pipeline.commitments.units import unit_pattern

_S = r"[ \u3000\xa0]{0,4}+"
_D = "[零〇○一二三四五六七八九两俩幺壹贰叁肆伍陆柒捌玖]"
_NEXT = "[零〇○一二三四五六七八九幺壹贰叁肆伍陆柒捌玖]"
_T = "[十百千万亿兆拾佰仟廿卅]"
_SCALE = (
    r"(?:[十百万亿]|千(?![瓦米克伏卡赫焦比字])|兆(?=[零〇○一二三四五六七八九十百千万0-9壹贰叁肆伍陆柒捌玖拾])|[拾佰仟])"
)
_FIG = r"(?:[0-9]{1,3}(?:[,，][0-9]{3})++(?![0-9])(?:\.[0-9]++(?!\.))?|(?<![0-9]\.)[0-9]++\.[0-9]++(?!\.[0-9])|[0-9]++|(?<![0-9.])\.[0-9]++)"
_GROUP = rf"(?:(?:零{_S})?(?:{_FIG}|{_D}(?:{_S}{_NEXT})*+)?(?:{_S}(?:{_SCALE}|廿|卅))++)"
_NUM = (
    rf"(?>{_GROUP}(?:{_S}{_GROUP})*+(?:{_S}(?:{_NEXT}(?:{_S}{_NEXT})*+|[0-9]++(?![.,，]?[0-9])))?|半百"
    rf"|{_FIG}(?:{_S}[kKwWM](?![A-Za-z0-9]))?|{_D}(?:{_S}{_NEXT})*+)"
)
_POINT = rf"(?:{_S}点{_S}(?:[零〇○一二三四五六七八九叁壹贰肆伍陆柒捌玖0-9]{_S})*[零〇○一二三四五六七八九叁壹贰肆伍陆柒捌玖0-9](?:[百千万亿]++)?)?"
_VALUE = rf"(?>{_NUM}{_POINT})"
_VAGUE = rf"(?>(?:{_GROUP}{_S})*+(?:零{_S})?[几数]{_S}(?:个(?=[百千万亿]))?(?:{_SCALE})*+)"
_SIGN = r"(?:(?<![0-9A-Za-z%）)\]负-])[-+](?=[0-9.])|负)"
_MORE = r"[余多来]"
_TO = r"(?:[-－—–―~～〜]{1,4}|至|到)"

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
_ONE_OF_TEN = (
    "立|为|都|果|员|功|就|本|品|长|熟|效|交|绩|分|套|型|人|语|败|片|串|群|批|排|千|倍|百|活|因|全|形|见|渝|不|风|事"
)
_MONEY = "人民币|新台币|台币|港币|港元|英镑|韩元|澳元|美元|欧元|日元|RMB|CNY|USD|US\\$|HK\\$|￥|¥|\\$|€|£"
MONEY_UNITS = {
    "人民币": "元", "RMB": "元", "CNY": "元", "￥": "元", "¥": "元", "港币": "港元", "港元": "港元", "台币": "新台币", "英镑": "英镑", "韩元": "韩元", "澳元": "澳元", "HK$": "港元", "新台币": "新台币",
    "USD": "美元", "US$": "美元", "$": "美元", "美元": "美元", "欧元": "欧元", "日元": "日元", "€": "欧元", "£": "英镑",
}  # fmt: skip
SIGNS = str.maketrans("萬億點個兩倆幾雙對負銭貳參陸圓", "万亿点个两俩几双对负钱贰叁陆圆")


@lru_cache(maxsize=1)
def expression_pattern() -> re.Pattern[str]:
    """Return the pattern, with a group for each kind of number and each of its parts."""
    units = "|".join(_unit_patterns())
    before = "|".join([*LOWER.values(), *UPPER.values(), ABOUT])
    after = "|".join(CLOSING.values())
    money = rf"(?P<money>(?:{_MONEY})(?={_S}(?:{_VAGUE}|[-－]?{_VALUE})))"
    about = r"(?P<compared>比(?=[^，。；]{1,14}?[大高多小低少](?:一?些|一?点)?(?:$|[^于学量型]))|等于)?"
    included = r"[（(]含[）)]"
    first = {word[0] for own in (*LOWER.values(), *UPPER.values(), ABOUT) for word in own.split("|")}
    begins = (
        f"[A-Za-z0-9.{_D[1:-1]}{_T[1:-1]}几数半对比等负华摄人新港美欧日￥¥$€£+{re.escape(''.join(sorted(first)))}-]"
    )
    # An alternative that begins with the same sign as a longer one must stand after it.
    return re.compile(
        rf"(?={begins})(?:"
        r"(?P<skip>https?://[!-~]+|(?<![A-Za-z])(?!(?:RMB|CNY|USD|HK\$|US\$))[A-Za-z]+[-.]?[0-9][0-9A-Za-z.:-]*)"
        rf"|(?P<percent>(?P<pbefore>{before}|等于)?(?<![0-9{_D[1:-1]}十百千万亿])(?P<per>[百佰千仟]){_S}分{_S}之{_S}(?:(?P<pall>百)(?!{_T})|(?P<p1>-?{_VALUE}(?:{_S}[kKM])?)(?:{_S}{_TO}{_S}(?:[百千]分之)?(?P<p2>{_VALUE}))?)(?P<pafter>{after})?)"
        rf"|(?P<fraction>(?P<fbefore>{before}|比)?{_S}(?P<fsign>负)?(?:(?P<whole>{_VALUE}){_S}又{_S})?(?P<below>{_VALUE}){_S}分{_S}之{_S}(?P<fneg>负)?(?P<above>{_VALUE})(?P<fafter>{after}|大|小)?)"
        rf"|(?P<slash>(?P<sbefore>{before})?{_S}(?P<ssign>{_SIGN})?(?:(?P<swhole>[0-9]+)[ \u3000]+)?(?<![0-9./])(?P<sabove>[0-9]+)/(?P<sbelow>[0-9]+)(?![0-9/.年月]))"
        rf"|(?P<power>(?P<wsign>{_SIGN})?(?P<base>{_FIG}){_S}\^{_S}(?P<exponent>[-+]*[0-9]+))"
        rf"|(?P<scientific>(?P<ebefore>{before})?(?P<esign>{_SIGN})?{_FIG}[eE][-+－]?[0-9]+(?![0-9A-Za-z]))"
        rf"|(?P<discount>(?P<half>(?<=打)对|半)折|(?P<z1>{_VALUE}|[0-9] [0-9]){_S}折(?![旧算射叠合迭]))"
        rf"|(?P<tenths>(?P<tbefore>{before})?(?P<t1>半|{_VALUE}){_S}成(?!{_ONE_OF_TEN})(?:{_S}(?P<t2>半|{_D}(?!{_S}[{_T[1:-1]}成])))?(?P<tafter>{after})?)"
        rf"|(?P<vague>(?P<vbefore>{before})?{money.replace('money', 'vmoney')}?{_S}(?P<v1>{_VAGUE})(?P<vmore>{_MORE})?{_S}(?P<vunit>{units})?(?P<vmoney2>人民币)?)"
        rf"|(?P<number>(?P<before>{before})?{about}{_S}(?P<scope>华氏温度|华氏|摄氏温度|摄氏)?{money}?{_S}(?P<sign>{_SIGN})?(?![百千]{_S}分{_S}之)(?P<n1>一半(?!天|年|个|月)|半数|{_VALUE}|半(?=(?:{units})))"
        rf"(?:{_S}(?P<more1>{_MORE}){_S}(?P<more1m>[万亿])?)?(?P<size1>个(?=[万亿]){_T}+)?(?:{_S}(?:{included}))?(?:(?P<u1>{units})?(?:{_S}(?P<range>{_TO}){_S}|(?P<and>[和与])(?={_VALUE}(?:{units})?之间))(?P<sign2>[-－](?=[0-9]))?(?P<n2>{_VALUE})(?P<more2>{_MORE})?)?"
        rf"{_S}(?P<unit>{units})?(?P<more3>{_MORE}(?![一-龥]*[少么]))?(?P<rest>(?<=个[多余来])(?:月|小时|百分点))?(?P<halfmore>半(?:(?<=个半)(?:小时|月|世纪))?(?![年月天日径数决导程年]))?(?P<tail>[整正](?![理治顿体合个式在好确是常])|人民币|钱)?(?:{_S}{included})?"
        rf"{_S}(?P<after>之间|{after}|[大高多小低少](?=(?:一?些|一?点)?(?:$|[^于学量型户])))?))"
    )


def _unit_patterns() -> Iterator[str]:
    """Yield the patterns of units, the longest first; a point of per cent may be set wide."""
    yield rf"个?{_S}百{_S}分{_S}点"
    yield "[打双](?![造算响开印击赢通好入工新]|[创一高重边方碳])"
    yield "对(?![外于接口标应象照内冲])"
    joined = unit_pattern(everyday=True)
    yield rf"(?:{joined})(?:[/／](?:[0-9]+|[十百千万亿])*(?:{joined}))?"
