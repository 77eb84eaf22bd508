"""What opens and ends a paragraph: the signs that furniture, wrapping and reading order look at."""

from __future__ import annotations

import re

SENTENCE_END = re.compile(r"[。！？；!?;][”’」』》）)\"]*$")
ENUMERATED = re.compile(
    r"第[一二三四五六七八九十百零〇\d]+[编篇部章节条]|[一二三四五六七八九十百]{1,3}[、．.]|[（(][一二三四五六七八九十百\d]{1,3}[)）]"
    r"|\d{1,2}(?:\.\d{1,2})*[.．、](?!\d)|\d{1,2}\.\d{1,2}(?=[\u4e00-\u9fff])(?![万亿元个倍人家项户辆套件千百岁年吨亩公米]|平方|立方)|[①-⑳]|专栏|[—–―-]{2,}|[·•●◆■]|附[件表录]?[:：\d]"
)
TITLE = re.compile(
    r"^[^。，；]{0,60}(?:规划|计划|纲要|工作报告|建议|的说明|的报告|的通知)(?:[（(](?:草案|摘要|[^）)]{2,12}年)[）)]){0,2}$"
)
_CLOSERS = '”’」』》）)"'
_STOPS = frozenset("。！？；!?;")


def ends_sentence(text: str) -> bool:
    """Tell whether a text ends with a stop, closing quotes and brackets aside; as SENTENCE_END, but at once."""
    last = text[-1:]
    return last in _STOPS or (last in _CLOSERS and text.rstrip(_CLOSERS)[-1:] in _STOPS)
