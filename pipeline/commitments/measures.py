"""What a quantity measures: a level, a growth rate, a count of things to build."""

from __future__ import annotations

import re

from pipeline.commitments.candidates import Candidate

_BY_RULE = {
    "rank": "rank", "multiple": "multiple", "configuration": "configuration", "benchmark": "benchmark",
    "coverage": "coverage", "order": "level", "digits": "growth_rate", "zero": "growth_rate", "ratio": "multiple",
}  # fmt: skip
_PERCENT = frozenset({"%", "‰", "‱"})
_STOP = re.compile("[，。；：,;:\n]")
# `分别达到24家和35家`: the second figure stands behind the same verb as the first.
_LISTED = re.compile(r"(?:[0-9.]+[万亿]*[^，。；、0-9到至为达增长减]{0,5}(?:左右|以上)?[、和及])+$")
_TO = re.compile(
    r"(?:到|至|(?:(?<=.)(?<![是费、共]))为|达|(?:控制|保持|稳定|维持|控|限定|处|降|增|升|位)在|率在|均为)(?:了)?(?:年均|约|全国)?$"
)
# A structure such as 9.7:39.5:50.8 gives shares.
_PARTED = re.compile("[0-9][%％]?[:：∶]$")
_PARTS = re.compile("[:：∶][0-9]")
_BEHIND = re.compile("^的?(?:年均)?(?:增长|增速|速度|增幅)")
_CUT_BY = re.compile("^的?(?:比例|幅度|标准)?(?:压缩|压减|削减|缩减|核减|下调|减少|降低)")
_UP = re.compile(
    r"(?:增长|增速|增幅|递增|上升|提高|提升|增加(?!值)|上涨|涨幅|同比|增(?!加值)|净增|扩大|新增|增收)(?:了|约|率|速度|幅度)?[^到至为达，。；、]{0,6}$"
)
_DOWN = re.compile(
    r"(?:下降|降低|减少|压减|削减|缩减|减|降|缩短|缩小|压缩|节约|节省|化解|淘汰|关停|去除|退出|下调|减免|减税|减负|降本)"
    r"[^到至为达，。；、]{0,8}$"
)
_RATE = re.compile(r"(?:增长|增速|增幅|递增|涨幅|升幅|增长率|增长速度|上涨|年均)[^，。；]{0,8}$")
_RATE_NOUN = re.compile(r"(?:增速|增幅|涨幅|升幅|自然增长率|增长率|增长速度)(?!.*(?:贡献率|比重|占比))[^，。；]*$")
_SHARE_NOUN = re.compile("(?:贡献率|比重|占比|比例)[^，。；]{0,14}$")
_FALL_RATE = re.compile("(?:下降率|降低率|降幅|减少率)(?:达到?|为|在)?$")
_BETTER = re.compile("(?:浓度|指数|时限|时间|能耗)[^，。；]{0,14}(?:改善|提速|压缩)(?:了)?$")
_RISING = re.compile("增长|增加|增(?!加值)|上升|提高|提升|扩大|上涨|回升|上调|升")
_FALLING = re.compile("下降|降低|减少|回落|减|降|缩|下调")
_REACHED = re.compile(
    r"突破$|超过$|稳定|拥有|现有|共有|保持|占|累计$|控制|不低于$|辐射|通达|参保|接待|发生|在领|"
    r"(?:总数|总量|总额|总值|规模|数量|存量)[^，。；、]{0,3}$|(?:^|[，、已还现共，])有[^，。；、]{2,10}$"
)
_STATED = re.compile(
    r"(?:(?<!能力)(?<!批)[流产数总吞吐重运电货客容存出栏发申请储用]量|总额|余额|产值|增加值|总值|收入|里程|浓度|价格|价|人数|周转量)(?:完成|实现|约|近|共)?$"
)
_NEW = re.compile(r"(?:新增|净增|增加(?!值)|扩大|新增加|增设|新添|增产|增收|增配|增装|扩招)[^到至为达，。；]{0,60}$")
_OWN_VERB = re.compile("[、和及与](?:封|退|禁|拆|修|改|建|造|种|培|引|完成|实现|达到|创(?![意新])|开|治|天然草原禁)")
_CUT = re.compile(
    r"(?:下降|降低|减少|压减|削减|缩减|下调|减免|节省|节约|淘汰[^，。；]{0,20}产能|压缩)[^到至为达，。；]{0,40}$"
)
_BUILD = re.compile(
    r"建设|新建|改建|扩建|建成|培育|引进|实施|开工|完成|打造|创建|改造|举办|开展|组织|启动|推进|新认定|认定|招引|签约|新开|开通|整治|治理|"
    r"修复|种植|造林|绿化|发展|安排|落实|培训|培养|转移|解决|建立|设立|组建|布局|谋划|争取|承办|办好|推动|抓好|选派|评选|支持|创成|获批|"
    r"新设|研发|制定|出台|发放|发布|修订|筹集|配建|开发|更新|拆除|关闭|淘汰|查处|收储|盘活|储备|投放|投入|遴选|聚集|入选|获得|通车|"
    r"新改|落地|竣工|投产|申报|实现|扶持|孵化|选树|命名|建有|增设|(?<![高创更])新(?![技区能兴型材城农一经业动质])|整理|腾出|抚育|封育|拆违|恢复|改善|活化利用|营造|清退|清收|拆临|"
    r"退耕|退牧|禁牧|封山|封沙|飞播|优化林|提供|输送|服务|接种|关停|升规|招生|出让|供应|提升农村"
)
_IMPROVED = re.compile("(?:改造|建设|新建|改建|扩建|整治)[^，。；]{0,4}(?:提升|提高|改善)[^，。；]{0,16}$")
_LASTS = re.compile("(?:年限|天数|寿命|年龄|周转|工龄)(?!.*连续)[^，。；]{0,14}$")
_RATIO = re.compile("(?<!覆盖)(?<!普及)率|比例")
_BARE = re.compile("提升|提高|改善")
_LEVELS = frozenset({"元", "美元", "斤", "吨标准煤", "岁", "标箱", "TEU", "标准箱", "微克"})
_TIME = frozenset({"小时", "分钟", "年", "天", "秒", "个月", "日", "周年", "个工作日", "工作日"})
_PEOPLE = frozenset({"人", "名", "人次", "户", "位"})
_PHYSICAL = frozenset({
    "元", "美元", "斤", "公斤", "吨", "亩", "公顷", "平方公里", "平方米", "立方米", "千瓦", "千瓦时", "吨标准煤", "岁", "度", "标箱",
    "TEU", "标准箱", "方",
})  # fmt: skip
_MONEY = frozenset({"元", "美元"})
# A size is none of a number of things: `90纳米工艺`, `12米深航道`.
_FINE = frozenset({"纳米", "微米", "毫米", "厘米"})
_ACROSS = re.compile("以?上?[深宽高]")
# What is improved rather than raised: 提升农村公路200公里, 改善灌溉面积34万亩.
_GROUND = frozenset({"公里", "亩", "公顷"})


def measure_of(one: Candidate, quote: str, ahead: str, after: str) -> str:
    """Return the measure of a candidate (guidelines, section 3).

    Args:
        one: The candidate.
        quote: Its text.
        ahead: The text of the clause before it.
        after: The text of the clause after it.
    """
    if one.unit in (None, "%") and (_PARTED.search(ahead) or _PARTS.match(after)):
        return "share"
    if one.rule in _BY_RULE:
        return _BY_RULE[one.rule]
    ahead = _LISTED.sub("", ahead)
    segment = _STOP.split(ahead)[-1]
    near = segment[-16:].rstrip("约近 ")
    unit = one.unit or ""
    if unit in ("%", "‰", "‱", "/10万", "/十万"):
        return _percentage(one, segment, near, after)
    if unit.endswith("百分点"):
        return _turned(segment)
    if unit == "times":
        return "multiple"
    if unit in _TIME:
        return "level" if _LASTS.search(segment) and unit in ("年", "天", "日") else "duration"
    if unit in _FINE or (unit == "米" and _ACROSS.match(after)):
        return "level"
    return _amount(one, quote, segment, near)


def _turned(segment: str) -> str:
    """Return which way percentage points go: the last verb before them decides."""
    up = max((one.start() for one in _RISING.finditer(segment)), default=-1)
    down = max((one.start() for one in _FALLING.finditer(segment)), default=-1)
    return "decrease" if down > up else "increase"


def _percentage(one: Candidate, segment: str, near: str, after: str) -> str:
    if one.unit != "%":
        return "growth_rate" if "增长" in segment else _per_head(segment)
    if one.value_min == 100 and one.value_max == 100:  # noqa: PLR2004
        return "share" if _RATIO.search(segment[-8:]) else "coverage"
    if _FALL_RATE.search(near) or _BETTER.search(near):
        return "decrease"
    to, up, down = _TO.search(near), _UP.search(near), _DOWN.search(near)
    if _CUT_BY.match(after):
        return "decrease"
    if not to and down and (not up or down.start() > up.start()):
        return "decrease"
    if _RATE_NOUN.search(segment) or _BEHIND.match(after):
        return "growth_rate"
    if _SHARE_NOUN.search(near) and not (up and not to):
        return "share"
    return "growth_rate" if (up and not to) or _RATE.search(near) else "share"


def _per_head(segment: str) -> str:
    """Return the measure of a rate per thousand or per 100,000: births and deaths are a level, all else a share."""
    return "level" if re.search("死亡|出生|发病|患病", segment) else "share"


def _amount(one: Candidate, quote: str, segment: str, near: str) -> str:
    unit = one.unit or ""
    to, passed = _TO.search(near), quote.startswith(("突破", "超", "达"))
    physical = unit in _PHYSICAL
    new, own = _NEW.search(segment), _OWN_VERB.search(segment, max(0, len(segment) - 24))
    if new and not (own and own.start() > new.start()) and not _IMPROVED.search(segment):
        return "increase"
    built = _BUILD.search(segment[-24:]) is not None
    if not to:
        if changed := _changed(unit, segment, near, physical):
            return changed
        if passed and built and not quote.startswith("突破"):
            return "count" if not physical or unit not in _MONEY else "level"
    if to or passed or unit in _LEVELS or "/" in unit or "／" in unit:
        return "level"
    if _REACHED.search(near) or _STATED.search(near):
        return "level"
    return "level" if physical and not built else "count"


def _changed(unit: str, segment: str, near: str, physical: bool) -> str | None:
    """Return by which verb an amount rises or falls, None where none does; the verb nearest to it decides."""
    countable = physical or unit in _PEOPLE or not unit
    up, down = _UP.search(near), _DOWN.search(near) or _CUT.search(segment)
    if _IMPROVED.search(segment) or (up and _BARE.match(up.group()) and unit in _GROUND):
        up = None
    if down and countable and not (up and up.start() > down.start() and _DOWN.search(near)):
        return "decrease"
    return "increase" if up and (countable or unit == "公里") else None


_GROWN_BY = re.compile("(?:增长|增加|提高|上升|扩大|提升|增)(?:了|约|近)?$")


def resulting_ratio(one: Candidate, measure: str, ahead: str) -> tuple[float | None, float | None] | None:
    """Return the bounds of the ratio to the start that a multiple leads to, None where the figure is that ratio itself.

    `增长1.5倍` leads to 2.5 times as much; `达到1.5倍` and `翻一番` say the ratio themselves.
    """
    if measure != "multiple" or one.rule != "number" or not _GROWN_BY.search(_LISTED.sub("", ahead)):
        return None
    low, high = (None if value is None else value + 1 for value in (one.value_min, one.value_max))
    return low, high
