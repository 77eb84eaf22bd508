"""What a quantity measures: a level, a growth rate, a count of things to build; and over which time."""

from __future__ import annotations

import re

from pipeline.commitments.candidates import Candidate

_BY_RULE = {
    "rank": "rank", "multiple": "multiple", "configuration": "configuration", "benchmark": "benchmark",
    "coverage": "coverage", "order": "level", "digits": "growth_rate", "zero": "growth_rate", "ratio": "multiple",
}  # fmt: skip
_TO = r"(?:到|至|为|达|在)(?:了)?(?:年均|约)?$"
_UP = re.compile(
    r"(?:增长|增速|增幅|递增|上升|提高|提升|增加|上涨|涨幅|同比|增|净增|扩大|新增|增收)(?:了|约|率|速度|幅度)?[^到至为达，。；、]{0,6}$"
)
_RATE = re.compile(r"(?:增长|增速|增幅|递增|涨幅|增长率|增长速度|上涨|年均)[^，。；]{0,8}$")
_DOWN = re.compile(
    r"(?:下降|降低|减少|压减|削减|缩减|减|降|缩短|缩小|压缩|节约|化解|淘汰|关停|去除|退出|下调|减免|减税|减负|降本)"
    r"[^到至为达，。；、]{0,8}$"
)
_REACHED = re.compile(
    rf"{_TO}|突破$|超过$|稳定|总数|总量|总额|总值|拥有|现有|共有|规模|保持|占|累计$|数量|存量|控制|不低于$"
)
_NEW = re.compile(r"(?:新增|净增|增加|扩大|新增加|增设|新添|增产|增收|增配)[^到至为达，。；]{0,60}$")
_BUILD = re.compile(
    r"建设|新建|改建|扩建|建成|培育|引进|实施|开工|完成|打造|创建|改造|举办|开展|组织|启动|推进|新认定|认定|招引|签约|新开|开通|整治|治理|"
    r"修复|种植|造林|绿化|发展|安排|落实|培训|培养|转移|解决|建立|设立|组建|布局|谋划|争取|承办|办好|推动|抓好|选派|评选|支持|创成|获批|"
    r"新设|研发|制定|出台|发放|发布|修订|筹集|配建|开发|更新|拆除|关闭|淘汰|查处|收储|盘活|储备|投放|投入|遴选|聚集|入选|获得|通车|"
    r"新改|落地|竣工|投产|申报|实现|扶持|孵化|选树|命名|建有|增设|新"
)
_LISTED = re.compile(r"(?:[0-9.]+(?:%|％|‰|个?百分点)(?:左右|以上)?[、和及])+$")
_PASSED = re.compile("突破|超过?|达")
_LEVELS = frozenset({
    "元", "美元", "斤", "吨标准煤", "岁",
})  # fmt: skip
_TIME = frozenset({
    "小时", "分钟", "年", "天", "秒", "个月", "日", "周年", "个工作日", "工作日",
})  # fmt: skip
_PEOPLE = frozenset({
    "人", "名", "人次", "户", "位",
})  # fmt: skip
_PHYSICAL = frozenset({
    "元", "美元", "斤", "公斤", "吨", "亩", "公顷", "平方公里", "平方米", "立方米", "千瓦", "千瓦时", "吨标准煤", "岁", "度", "标箱",
    "TEU", "标准箱", "方",
})  # fmt: skip
_AVERAGE, _TOTAL, _END = (
    re.compile("年均|平均每年|每年"),
    re.compile("累计|总共|合计|五年|期间"),
    re.compile("年末|年底|期末|末"),
)


def measure_of(one: Candidate, quote: str, ahead: str, after: str) -> str:
    """Return the measure of a candidate (guidelines, section 3).

    Args:
        one: The candidate.
        quote: Its text.
        ahead: The text of the clause before it.
        after: The text of the clause after it.
    """
    if one.rule in _BY_RULE:
        return "share" if one.unit in ("%", "‰", "‱") and one.rule == "rank" else _BY_RULE[one.rule]
    ahead = _LISTED.sub("", ahead)
    near = ahead[-16:].rstrip("约近 ")
    if one.unit in ("%", "‰", "‱", "/10万", "/十万"):
        return _percentage(one, ahead, near)
    if one.unit in ("个百分点", "百分点"):
        return "decrease" if _DOWN.search(near) else "increase"
    if one.unit == "times":
        return "multiple"
    if one.unit in _TIME:
        return "duration"
    return _amount(one, quote, ahead, near, after)


def _percentage(one: Candidate, ahead: str, near: str) -> str:
    if one.value_min == 100 and one.value_max == 100 and re.search("覆盖|普及", ahead[-12:]):
        return "coverage"
    to = re.search(_TO, near)
    if not to and _DOWN.search(near):
        return "decrease"
    if (not to and _UP.search(near)) or _RATE.search(near):
        return "growth_rate"
    return "share"


def _amount(one: Candidate, quote: str, ahead: str, near: str, after: str) -> str:
    reached = re.search(_TO, near) is not None or _PASSED.match(quote) is not None
    physical = one.unit in _PHYSICAL
    if not reached and _NEW.search(ahead):
        return "increase"
    if not reached and _DOWN.search(near) and (physical or one.unit in _PEOPLE):
        return "decrease"
    if not reached and _UP.search(near) and (physical or one.unit in _PEOPLE | {"公里"}):
        return "increase"
    if reached or _REACHED.search(near) or one.unit in _LEVELS:
        return "level"
    built = _BUILD.search(ahead[-24:]) is not None
    if physical and not built:
        return "level"
    return "count"


def aggregation_of(ahead: str) -> str | None:
    """Return over which time a quantity is taken, where the clause says so."""
    if _AVERAGE.search(ahead):
        return "annual_average"
    if _TOTAL.search(ahead):
        return "cumulative"
    return "end_of_period" if _END.search(ahead) else None
