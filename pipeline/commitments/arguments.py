"""What a plan says about its goals and for them: reasons, estimates, conditions, and slogans or counts that only name."""

from __future__ import annotations

import re

from pipeline.commitments.segments import segment_start

Told = tuple[str, tuple[int, int]]

_ESTIMATED = re.compile("(?:据|经|根据[^，。；]{0,12}|按[^，。；]{0,12})(?:初步)?测算|潜在(?:经济)?增长率")
_REASON = re.compile("主要(?:是|的)?(?:基于|考虑(?!因素))")
# A reason may lead back to the goal: `考虑到…，今年增长目标确定为7%`.
_GOAL = re.compile("目标(?!的?(?:实现|基础|要求))|拟|提出|确定|设定|安排|力争|确保")
_IN_SEGMENT = {
    "projection": re.compile(
        r"(?:只|仅|尚|均|分别|则|速)需(?:要)?|(?<![急所必按])需(?:要)?(?:分别)?(?:保持|达到|增长|年均|翻)|只要|如果|假如|"
        r"(?<![许认不])可(?:以)?(?:新增|实现|带动|增加|达到|形成|节约|减少|提供|创造|满足|吸纳|拉动|支撑|完成|突破)|"
        r"预[期计](?:可|能|将)?(?:带动|拉动|撬动)|能够支撑|完全能够|(?:有|大有|才有|完全)可能|就(?:会|可以?|能够?)(?=[^，。；]*$)|还要经历|投产后|达产后"
    ),
    "context": re.compile("相当于(?![^，。；]*(?:比例|比重|保持|达到))|(?:人均|户均)(?:只|仅)有"),
}  # fmt: skip
_ALREADY = re.compile("[^，。；]{0,8}[，,]已经?(?:具备|成为|形成|达到|完成|建成|超过)")
_COULD = re.compile("[^，。；、]{0,8}项目可(?:以)?(?:新增|实现|带动|增加|达到|形成)")
# A layout or a list that others' work goes by: `围绕“4+2”重点产业`, `依托A、B、C三大平台`.
_FRAME = re.compile(
    r"(?:围绕|聚焦|瞄准|锚定|依托|按照|遵循|发挥|凸显|融入|紧扣|坚持|立足|对照|贯彻|唱响|对接|落实|践行|针对|(?<![建成造善固])以|(?:推动|实现)由)"
)
_SLOGAN = re.compile(_FRAME.pattern + '[^，。；、“”‘’]{0,8}[“"‘]?$')
_LISTED = re.compile(_FRAME.pattern + "[^，。；]*$")
_GREAT = re.compile("[一二三四五六七八九十两0-9]{1,3}大(?![类型学道项件])")
# `甲、乙、丙3个县要…` counts what was listed.
_PLACES = re.compile("[一二三四五六七八九十两0-9]{1,3}个?(?:县区|区县|县市|市县|旗县|县|区(?!域)|市(?!级)|旗|省(?!级))")
# `走在全区12个盟市前列` counts those that it is measured against; `10个学科进入前列` is a goal.
_STANDS_AMONG = re.compile("(?:走在|位居|居|处于|位列|列|跻身)(?:全[国省市区州])?$")
_AMONG = re.compile("[0-9一二三四五六七八九十两]{1,3}个[^，。；、0-9]{2,14}(?:前列|前茅|首位|第一|前[一二三四五六0-9])")
_ENUMERATED = re.compile("[、和与及][^，。；、0-9]{1,8}$")
_BUILT = re.compile(
    "建设|建成|建立|打造|构建|构筑|实施|启动|形成|培育|创建|开展|推出|组建|设立|布局|谋划|落实|打好|打赢|推进|抓好|编制|创作"
)


# `年产30万吨铝箔项目`, `甲厂8万吨树脂等15项重大项目`: the capacity names the project and is nothing to be reached.
_CAPACITY = re.compile(
    "[0-9.一二两三四五六七八九十百千万亿]+[余多]?(?:吨|辆|台|片|只)(?![级位/／、，。；：等以及和左多的])"
    "(?:[^，。；：、0-9\n]{1,16}?(?:项目|生产线|技改)|[^，。；：\n]{1,70}?等[^，。；：、\n]{0,14}(?:项目|工程))"
)
_GOT = re.compile(
    "(?:新增|增加|购置|采购|更新|安装|加装|投放|推广|淘汰|报废|配备|改造|补贴|生产|产销|销售|形成|达到|完成|实现|累计|新建)(?:了|各类)?$"
)


def names_capacity(text: str, start: int, clause: tuple[int, int]) -> bool:
    """Tell whether the amount at `start` is the capacity by which a project goes.

    >>> text = "加快年产30万吨铝箔项目建设，更新200台公交车等惠民项目"
    >>> names_capacity(text, 4, (0, 15)), names_capacity(text, 17, (15, len(text)))
    (True, False)
    """
    found = _CAPACITY.match(text, start, clause[1])
    return found is not None and not _GOT.search(text, clause[0], start)


def argued(text: str, start: int, sentence: tuple[int, int]) -> Told | None:
    """Return status and cue of a quantity that argues for a goal or estimates what it takes, None where it is the goal.

    Args:
        text: Canonical text.
        start: Start of the quantity.
        sentence: Span of its sentence.
    """
    before = text[sentence[0] : start]
    for status, pattern in (("projection", _ESTIMATED), ("context", _REASON)):
        if (found := pattern.search(before)) and not _GOAL.search(before, found.end()):
            return status, (sentence[0] + found.start(), sentence[0] + found.end())
    low = segment_start(text, sentence[0], start) - sentence[0]
    for status, pattern in _IN_SEGMENT.items():
        if found := pattern.search(before, low):
            return status, (sentence[0] + found.start(), sentence[0] + found.end())
    for status, pattern in (("achieved", _ALREADY), ("context", _COULD)):
        if found := pattern.match(text, start, sentence[1]):
            return status, found.span()
    return None


def only_names(text: str, start: int, clause: tuple[int, int], measure: str) -> bool:
    """Tell whether a layout or a count names what the plan goes by or has listed, and is nothing to be built.

    >>> text = "围绕“4+2”重点产业"
    >>> only_names(text, 3, (0, len(text)), "configuration")
    True
    """
    ahead = text[clause[0] : start]
    if measure == "configuration":
        return _SLOGAN.search(ahead) is not None
    if measure != "count":
        return False
    if _AMONG.match(text, start, clause[1]) and _STANDS_AMONG.search(ahead):
        return True
    if _PLACES.match(text, start, clause[1]):
        return _ENUMERATED.search(ahead) is not None
    if _GREAT.match(text, start, clause[1]) is None:
        return False
    segment = text[segment_start(text, clause[0], start) : start]
    return _LISTED.match(segment) is not None or _BUILT.search(segment) is None
