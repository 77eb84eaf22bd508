"""Words that hold a numeral and are no number: 四川, 一切, 陆地."""

from __future__ import annotations

import re

_WORDS = {
    "一": (
        "切看般样直定起些旦边面致律同时再流体心度向贯共概阵经如步道旁味线把下点生会块儿带举连面齐并系方者手路统揽应批",
        "第唯统万惟同专逐任不单某每合划之其归",
    ),
    "二": ("维手婚胡战氧", "第"),
    "三": ("角农亚星峡国明", "第再"),
    "四": ("川周季处海肢平", "第"),
    "五": ("官行谷金", "第"),
    "六": ("安合", "第"), "七": ("夕", "第"), "八": ("卦路", "第"), "九": ("江州华寨", "第"),
    "十": ("分足堰", "第"), "两": ("会岸侧翼", "第"), "陆": ("地续军海路空", "大内着登"), "伍": ("", "队退入"), "千": ("", ""),
    "零": ("售件星散距", "飘凋"), "幺": ("", "老"), "俩": ("", "伎咱他你我们"), "半": ("", ""), "壹": ("切", ""),
}  # fmt: skip


def is_part_of_word(sign: str, ahead: str, after: str) -> bool:
    """Tell whether a single numeral is part of a word.

    Args:
        sign: The numeral.
        ahead: The character before it, or nothing.
        after: The character after it, or nothing.

    >>> is_part_of_word("四", "在", "川"), is_part_of_word("第", "", ""), is_part_of_word("三", "", "人")
    (True, False, False)
    """
    later, earlier = _WORDS.get(sign, ("", "第"))
    if sign in "伍陆俩" and re.match("[\u4e00-\u9fff]", after or ahead or "x"):
        return True
    return bool((after and after in later) or (ahead and ahead in earlier))
