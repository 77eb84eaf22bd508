"""Whether a name means an indicator or only holds its word: `大学生创业团队` counts teams, `亩均税收` is no sum of taxes.

The thing that a Chinese name means closes it. What stands behind the words of an indicator must therefore be no noun for
another thing, but for those that the catalogue allows (`heads`).
"""

from __future__ import annotations

import re

_PER_LAND = re.compile("(?:亩|地)均|每亩|每平方公里|单位面积|百元")
_PER_HEAD = re.compile("(?:人|户)均|每人|每户")
_CUT = re.compile("[和及与、，（(：；]|[0-9]")
_CLOSING = "”』’》）) 等"
_THINGS = (
    "团队|队伍|园|园区|基地|中心|平台|站台?|站点|场站|候车亭|亭|台|机构|企业|公司|集团|联盟|圈|室|馆|点|广场|场所|食堂|厕所|活动|"
    "培训|教育|服务|政策|制度|机制|体系|试点|协议|论坛|大赛|大会|课程|创业|就业|转型|资金|基金|经费|补助|补贴|待遇|消防|设备|器材|设施|"
    "危房|学位|园位|子女|师生|学生|生|学费|杂费|费|移民|隐患|产品|品牌|对象|人员|者|户|家庭|居民|群众|村|村庄|新村|镇|乡|县|区|"
    "示范村|线路|路线|专线|通道|专用道|道|网|岗位|社|贷款|成本|价格|负担|标准|大户"
)
# What is done to things or comes to them, and is another thing than they: `学校、医院供暖` counts no schools.
_DONE_THERE = (
    "供暖|供热|供水|供电|供气|取暖|绿化|亮化|美化|保险|综合利用|安防|监控|扩容|通电|通网|用电|用水|饮水|照明|科室|中医科|中药房|团体|"
    "进社区|加工贸易|景观|信息化|天桥|结对|的[^，；、]{0,4}集群|贡献能力"
)
_AMOUNTS = "收入|总?产值|增加值|营收|投资额?|税收|余额|工资|利润"
_OTHER = re.compile(f"(?:{_THINGS}|{_DONE_THERE})$")
_OTHER_OF_THINGS = re.compile(f"(?:{_THINGS}|{_DONE_THERE}|{_AMOUNTS})$")
_CLOSES_LIST = re.compile(f"(?:{_DONE_THERE}|等[^，。；、]{{0,6}}项目|等)$")
_BRACKETED = re.compile("[（(][^（）()]*[）)]")
_TOTALS = frozenset({"CNY", "USD", "%", "kg", "m2", "kWh"})
_TOLD_IN_MONEY = frozenset({"CNY", "USD", "%", "percentage_points", "per mille", "ratio", ""})


def is_meant(name: str, found: re.Match[str], unit: str, heads: re.Pattern[str] | None, per_head: bool = False) -> bool:
    """Tell whether the name means the indicator whose words were found in it.

    Args:
        name: The name as printed.
        found: Where the words of the indicator stand in it.
        unit: Unit of the indicator in the catalogue.
        heads: The nouns that may close the name behind them; None where none may.
        per_head: Whether the indicator is one per person or household.

    >>> words = re.compile("学生")
    >>> is_meant("在校学生", words.search("在校学生"), "persons", None)
    True
    >>> is_meant("学生食堂", words.search("学生食堂"), "persons", None)
    False
    >>> is_meant("学生、教师用水", words.search("学生、教师用水"), "persons", None)
    False
    """
    ahead = found.start()
    total = unit in _TOTALS and not per_head
    if _PER_LAND.search(name, 0, ahead) or (total and _PER_HEAD.search(name, 0, ahead)):
        return False
    behind = _BRACKETED.sub("", name[found.end() :])
    items = _CUT.split(behind)
    tail = items[0].strip(_CLOSING)
    if len(items) > 1 and _CLOSES_LIST.search(items[-1]):
        return False
    other = (_OTHER if unit in _TOLD_IN_MONEY else _OTHER_OF_THINGS).search(tail)
    return other is None or (heads is not None and heads.search(tail) is not None)


_FIGURE_AHEAD = re.compile(
    "(?s:.*)[0-9][万亿千百]*(?:元|美元|%|‰|个百分点|万?人次|人|名|户|家|个|亩|吨|斤|公里|平方公里|平方米|立方米|微克/立方米|件|项|所|套|倍|辆|张)"
    "(?:以上|左右|以内|以下)?[、，,；]"
)


def between_commas(name: str, ahead: bool) -> tuple[int, int]:
    """Return which part of a name is its own: no comma stands in one.

    Args:
        name: The name as it was found.
        ahead: Whether it stands before its figure, so that the last part is the nearest.

    >>> between_commas("规模稳定,海外订单", True), between_commas("床位,重点", False), between_commas("床位", False)
    ((5, 9), (0, 2), (0, 2))
    """
    low, high = name.rfind(",") + 1, name.find(",")
    if high < 0 or (ahead and low == len(name)) or (not ahead and high == 0):
        return 0, len(name)
    return (low, len(name)) if ahead else (0, high)


def own_part(name: str) -> int:
    """Return where a name begins anew behind another figure: `进出口5.7亿元、实际使用外资` names the latter only.

    >>> own_part("进出口5.7亿元、实际使用外资"), own_part("3000万元以上项目、亿元以上项目")
    (9, 0)
    """
    found = _FIGURE_AHEAD.match(name)
    return found.end() if found and len(name) - found.end() > 1 else 0
