"""Provincial-level places of China with their codes (GB/T 2260), and names of places in running text."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from importlib import resources

COUNTRY = "全国"
PROVINCES = {
    "北京市": "110000", "天津市": "120000", "河北省": "130000", "山西省": "140000",
    "内蒙古自治区": "150000",
    "辽宁省": "210000", "吉林省": "220000", "黑龙江省": "230000", "上海市": "310000", "江苏省": "320000",
    "浙江省": "330000", "安徽省": "340000", "福建省": "350000", "江西省": "360000", "山东省": "370000",
    "河南省": "410000", "湖北省": "420000", "湖南省": "430000", "广东省": "440000",
    "广西壮族自治区": "450000",
    "海南省": "460000", "重庆市": "500000", "四川省": "510000", "贵州省": "520000", "云南省": "530000",
    "西藏自治区": "540000", "陕西省": "610000", "甘肃省": "620000", "青海省": "630000",
    "宁夏回族自治区": "640000",
    "新疆维吾尔自治区": "650000", "台湾省": "710000", "香港特别行政区": "810000", "澳门特别行政区": "820000",
}  # fmt: skip
_KIND = "(?:特别行政区|自治区|自治州|自治县|自治旗|地区|新区|[省市盟州县区旗])"
_NAME = rf"[\u4e00-\u9fff]{{1,10}}?{_KIND}"
_WHOLE = re.compile(rf"{_NAME}$")
_CONTEXTS = (
    re.compile(rf"中共({_NAME})委"),
    re.compile(rf"({_NAME})国民经济"),
    re.compile(
        rf"({_NAME})(?=\s*(?:\d{{4}}年|《?政府工作报告|第[一二三四五六七八九十]{{1,3}}届|人民政府|人民代表大会|人大))"
    ),
)
_NATIONAL = re.compile(r"中华人民共和国|全国人民代表大会|中共中央关于")
_NATIONAL_SPEECH = re.compile(r"国务院(?:代)?总理|届全国人民代表大会第\w次会议上")
_NO_PLACE = re.compile(r"自治[区州县]$|地区$|全[省市区州县]|本[省市区州县]|我[省市区州县]")
_BEFORE = re.compile(r"\d{1,4}[年月日]?|[一二三四五六七八九十〇○]{1,4}[年月日]")
_OFTEN = 5
_LEAD = re.compile(r".*(?:在|向|关于|制定|印发|代表|的|年|由|是|上|共)")


def province_code(place: str) -> str | None:
    """Return the code of a provincial-level place, None for others: no table of cities is bundled."""
    return PROVINCES.get(place) or ("100000" if place == COUNTRY else None)


def find_place(path: str, title: str, head: str) -> str | None:
    """Find the place that a document is of.

    Args:
        path: File name with folders, without suffix.
        title: Title of the document, or an empty text.
        head: The first lines of the text.
    """
    for part in reversed(re.split(r"[/\\\s_-]+", path)):
        if part == COUNTRY or _WHOLE.match(part):
            return part
    if found := _local(title):
        return found
    if _NATIONAL.search(title) or _NATIONAL_SPEECH.search(head[:300]):
        return COUNTRY
    if found := _local(head):
        return found
    return next((name for name in PROVINCES if name.rstrip("省市") in title), None)


def _local(text: str) -> str | None:
    text = _BEFORE.sub(lambda match: match.group() if match.group().endswith("年") else " ", text)
    for pattern in _CONTEXTS:
        for match in pattern.finditer(text):
            name = _LEAD.sub("", match.group(1))
            if len(name) > 2 and _WHOLE.match(name) and not _NO_PLACE.match(name):
                return name
    return None


def most_named_city(text: str) -> str | None:
    """Return the city that a text names far more often than any other.

    The list of prefecture-level cities (`cities.csv`) holds names only, as of 2021.
    """
    bare, pattern = _cities()
    counts = Counter(pattern.findall(text)).most_common(2)
    if not counts or counts[0][1] < _OFTEN or (len(counts) > 1 and counts[0][1] < 2 * counts[1][1]):
        return None
    return bare[counts[0][0]]


@lru_cache(maxsize=1)
def _cities() -> tuple[dict[str, str], re.Pattern[str]]:
    """Return the full name of each city by its bare name, and a pattern of all bare names."""
    lines = resources.files("pipeline.reading").joinpath("cities.csv").read_text("utf-8").split()[1:]
    bare = {re.sub("(?:市|地区|盟|[^省]{1,6}自治州|自治州)$", "", name): name for name in lines}
    bare = {short: name for short, name in bare.items() if len(short) > 1}
    return bare, re.compile("|".join(sorted(bare, key=lambda name: (-len(name), name))))


def place_level(place: str | None) -> str | None:
    """Return nation, province, city or county; a district of a municipality counts as a county."""
    if place is None:
        return None
    if place == COUNTRY:
        return "nation"
    if place in PROVINCES or place.endswith(("省", "自治区")):
        return "province"
    return "county" if place.endswith(("县", "区", "旗")) and not place.endswith("地区") else "city"
