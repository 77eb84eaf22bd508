"""Numbers as plans print them: figures, Chinese numerals, multipliers."""

from __future__ import annotations

import re

CHINESE = "一二三四五六七八九十百千万亿两〇零"
FIGURES = r"[0-9０-９]{1,3}(?:,[0-9０-９]{3})+(?:[.．][0-9０-９]+)?|[0-9０-９]+(?:[.．][0-9０-９]+)?"
"""Pattern of a number in figures, with thousands separators or decimals."""

_DIGITS = {sign: value for value, sign in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2, "○": 0}
_TENS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10_000, "亿": 100_000_000}
_HALF_WIDTH = str.maketrans("０１２３４５６７８９．", "0123456789.")
_FIGURES_THEN = re.compile(rf"({FIGURES})([十百千万亿]*)$")


def read_chinese(text: str) -> float | None:
    """Return the value of a Chinese numeral, None where it is none.

    >>> read_chinese("一百四十亿"), read_chinese("两万五千"), read_chinese("二〇三五"), read_chinese("十")
    (14000000000.0, 25000.0, 2035.0, 10.0)
    """
    if not text or any(sign not in _DIGITS and sign not in _TENS and sign not in _MYRIADS for sign in text):
        return None
    if len(text) > 1 and all(sign in _DIGITS for sign in text):
        return float("".join(str(_DIGITS[sign]) for sign in text))
    total = section = digit = 0
    for sign in text:
        if sign in _DIGITS:
            digit = _DIGITS[sign]
        elif sign in _TENS:
            section += (digit or 1) * _TENS[sign]
            digit = 0
        else:
            # 万亿 multiplies what stands before; a bare 万 or 亿 counts once.
            whole = total + section + digit
            total = (whole or 1) * _MYRIADS[sign] if sign == "亿" else total + (section + digit or 1) * 10_000
            section = digit = 0
    return float(total + section + digit)


def multiplier(signs: str) -> float:
    """Return what the signs after a number in figures multiply it by.

    >>> multiplier("万"), multiplier("万亿"), multiplier("千万"), multiplier("")
    (10000.0, 1000000000000.0, 10000000.0, 1.0)
    """
    value = 1.0
    for sign in signs:
        value *= _TENS.get(sign) or _MYRIADS[sign]
    return value


def read_number(text: str) -> float | None:
    """Return the value of a number in figures or Chinese numerals, with multipliers; None where it is none.

    >>> read_number("1,234.5"), read_number("３０００亿"), read_number("一百二十"), read_number("5千万")
    (1234.5, 300000000000.0, 120.0, 50000000.0)
    """
    if found := _FIGURES_THEN.match(text):
        plain = float(found[1].replace(",", "").translate(_HALF_WIDTH))
        return round(plain * multiplier(found[2]), 6)
    return read_chinese(text)


def write_chinese(value: int) -> str:
    """Return a whole number from 1 below a million million as a Chinese numeral; the way back of `read_chinese`.

    >>> write_chinese(140), write_chinese(25_000), write_chinese(100_000_012)
    ('一百四十', '二万五千', '一亿零十二')
    """
    for sign, size in (("亿", 100_000_000), ("万", 10_000)):
        if value >= size:
            high, low = divmod(value, size)
            gap = "零" if 0 < low < size // 10 else ""
            return write_chinese(high) + sign + gap + (write_chinese(low) if low else "")
    for sign, size in (("千", 1000), ("百", 100), ("十", 10)):
        if value >= size:
            high, low = divmod(value, size)
            gap = "零" if 0 < low < size // 10 else ""
            first = "" if sign == "十" and high == 1 else "一二三四五六七八九"[high - 1]
            return first + sign + gap + (write_chinese(low) if low else "")
    return "一二三四五六七八九"[value - 1]
