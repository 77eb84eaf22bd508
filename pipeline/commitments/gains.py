"""Where a proposal or an outline looks back: on the plan period before its own, in headings or in running paragraphs.

A party's proposal opens with what was achieved (`1.“十四五”时期我市发展取得决定性成就。`), often under a heading that speaks
of the period to come; so neither the outermost heading nor the type of the document tells it.
"""

from __future__ import annotations

import re

from pipeline.commitments.periods import named_years

_GAINED = re.compile(
    "成就|成绩|(?:取得|实现|创造)[^，。；]{0,10}(?:成效|进展|成果|胜利|进步|突破|跨越|变化|奇迹)|(?:迈上|跃上|登上|再上|站上)[^，。；]{0,8}(?:台阶|起点|平台)"
    "|迈出[^，。；]{0,8}步伐|开创[^，。；]{0,6}局面|(?:不平凡|不寻常)|回顾|完成情况"
)
# Without a period named, only words that no goal is told in: `取得显著成效` is one.
_GREAT_DEEDS = re.compile(
    "取得了?(?:新的|全方位|决定性|历史性|开创性|突破性|重大|显著|辉煌|瞩目|巨大){1,3}(?:的)?(?:成就|成绩)$"
)
_WANTED = re.compile("力争|努力|奋力|争取|确保|推动|推进|加快|不断|谱写|夺取|目标")
_CLOSING = "。：: 　*"
# `“十四五”时期，全市…`, `过去五年，…`, `党的二十大以来，…` open a stretch that looks back.
_OPENS = re.compile(
    "[—\\-－\\s*]*(?:[（(]?[一二三四五六七八九十0-9]{1,3}[)）、.．]\\s*)?(?:经过)?(?:"
    '(?P<period>[“"‘]?(?:十[一二三四五六]|九)五[”"’]?)(?:规划)?(?:时期|以来|期间|这五年|五年|实施以来|的五年)(?!末)|(?:过去|这|近)(?:的)?五年|五年来|(?:党的)?十[六七八九]大以来|(?:党的)?二十大以来)'
)
_TURNS = re.compile(
    "展望|(?:今后|未来)(?:一个时期|[一二三四五两几]年)|下一步|(?:当前|同时)[，,]?[^，。；]{0,6}(?:也?要|必须|还)|指导思想|主要目标"
    # An explanation of a proposal tells what the proposal wants.
    "|(?:建议稿|《建议》|纲要草案|《纲要》)[^，。；]{0,4}(?:提出|明确|确定|要求|坚持|安排)"
)
_HEAD_OF_CLAUSE = 6


def tells_of_gains(heading: str, now: int | None) -> bool:
    """Tell whether a heading of a plan says what was achieved before its period.

    Args:
        heading: The heading as printed.
        now: First year of the plan period, None where it is unknown.

    >>> tells_of_gains("1.“十四五”时期发展取得决定性成就。", 2026), tells_of_gains("1.创新发展取得显著成效。", 2026)
    (True, False)
    """
    heading = heading.rstrip(_CLOSING)
    if _WANTED.search(heading):
        return False
    named = named_years(heading)
    if not named:
        return _GREAT_DEEDS.search(heading) is not None
    return now is not None and all(one.year < now for one in named) and _GAINED.search(heading) is not None


def opens_review(text: str, start: int, end: int, now: int | None) -> bool:
    """Tell whether the sentence `[start, end)` opens with the years behind a plan that begins in `now`."""
    found = _OPENS.match(text, start, end)
    if found is None or now is None:
        return False
    return all(one.year < now for one in named_years(found["period"] or ""))


def ends_review(stretch: str, now: int | None) -> bool:
    """Tell whether a clause within a stretch that looks back turns to the period of the plan."""
    if _TURNS.search(stretch):
        return True
    opening = named_years(stretch[: 2 * _HEAD_OF_CLAUSE])
    return now is not None and any(one.year >= now and one.start < _HEAD_OF_CLAUSE for one in opening)
