"""Numbers as they are printed: figures, Chinese numerals old and new, multipliers, and mixtures of them."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

CHINESE = "一二三四五六七八九十百千万亿两〇零○廿卅"
FORMAL = "壹贰叁肆伍陆柒捌玖拾佰仟"
"""The signs of cheques and contracts; 伍 and 陆 are parts of common words as well."""
FIGURES = (
    # Thousands set apart by a blank, as some presses do, where a unit follows: `22 650户`.
    r"(?<![0-9０-９A-Za-z.．,，])[0-9]{1,3}(?: [0-9]{3})+(?=[多余]?[万亿元美户套人名个件家亩吨公平张项台辆座所])"
    r"|[0-9０-９]{1,3}(?:[,，][0-9０-９]{3})+(?![0-9０-９])(?:[.．][0-9０-９]+)?"
    r"|[0-9０-９]+(?:[.．][0-9０-９]+)?"
)
"""Pattern of a number in figures, with thousands separators or decimals."""
_DIGIT = "[一二三四五六七八九〇零○]"
POINTED = rf"[一二三四五六七八九〇零○十百千]+[·•]{_DIGIT}+"
POSITIONAL = rf"{_DIGIT}{{1,3}}(?:[、，]{_DIGIT}{{3}})+(?:[·•]{_DIGIT}+)?|{POINTED}"
"""Pattern of numerals as plans of the fifties print them: 七三一·四, 二、五〇〇; a unit must follow."""

_ONES = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10**4, "亿": 10**8, "兆": 10**12}
_LATIN = {"k": 10**3, "w": 10**4, "m": 10**6}
_SCALES = {sign: Decimal(value) for sign, value in (_TENS | _MYRIADS | _LATIN).items()}
_FOLDED = str.maketrans(
    dict(zip("０１２３４５６７８９．－＋ＫＭ", "0123456789.-+KM", strict=True))
    | dict(zip("壹贰叁肆伍陆柒捌玖拾佰仟貳參陸兩俩倆幺萬億點負〇○", "一二三四五六七八九十百千二三六两两两一万亿点负零零", strict=True))
    | dict.fromkeys(",， \u3000\xa0\t\n\r", "") | {"廿": "二十", "卅": "三十"}
)  # fmt: skip
_TOKEN = re.compile(r"(?P<figures>\d+(?:\.\d+)?|\.\d+)|(?P<ones>[零一二三四五六七八九两]+)|(?P<scale>[十百千万亿兆])")
_WITH_POINT = re.compile(r"([^点]*)点([零一二三四五六七八九0-9]+)([十百千万亿]*)")
_POSITIONAL = re.compile(rf"({POSITIONAL})([十百千万亿]*)")
_LATIN_SCALE = re.compile(r"(\d+(?:\.\d+)?|\.\d+)([kKwWM])")


def _folded(text: str) -> str:
    return text.translate(_FOLDED)


@lru_cache(maxsize=65_536)
def read_number(text: str) -> Decimal | None:
    """Return the value of a number in figures or Chinese numerals, with multipliers; None where it is none.

    A last digit that follows a multiplier counts in tenths of it, unless 零 stands between: 两千四 is 2400.

    >>> [str(read_number(one)) for one in ("1,234.5", "３０００亿", "一百二十", "5千万", "两千四百五", "5亿1万4千")]
    ['1234.5', '300000000000', '120', '50000000', '2450', '500014000']
    >>> [str(read_number(one)) for one in ("八十五点五", "1.2万亿", "廿二", "壹仟玖佰", "负三", "半百", "几个")]
    ['85.5', '1200000000000', '22', '1900', '-3', '50', 'None']
    >>> [str(read_number(one)) for one in ("七三一·四亿", "二、五〇〇")]
    ['73140000000', '2500']
    """
    if found := _POSITIONAL.fullmatch(text):
        text = re.sub("[·•]", "点", re.sub("[、，]", "", found[1])) + found[2]
    plain = _folded(text)
    if plain[:1] in ("负", "-"):
        value = read_number(plain[1:]) if plain[1:2] not in ("负", "-", "") else None
        return None if value is None else -value
    if plain[:1] == "+":
        plain = plain[1:]
    if found := _LATIN_SCALE.fullmatch(plain):
        return _tidy(Decimal(found[1]) * _SCALES[found[2].lower()])
    if found := _WITH_POINT.fullmatch(plain):
        whole = _whole(found[1])
        if whole is None:
            return None
        part = "".join(str(_ONES.get(sign, sign)) for sign in found[2])
        return _tidy((whole + Decimal(f"0.{part}")) * scale_of(found[3]))
    if plain[:1] == "半":
        return _tidy(scale_of(plain[1:]) / 2) if all(sign in _SCALES for sign in plain[1:]) else None
    return _whole(plain)


def _whole(plain: str) -> Decimal | None:
    """Return the value of figures and numerals without a point between numerals."""
    total = section = last = Decimal(0)
    digit: Decimal | None = None
    single = at = 0
    while found := _TOKEN.match(plain, at):
        at = found.end()
        if (sign := found["scale"]) is None:
            if digit is not None:
                return None
            digit = Decimal(found["figures"] or "".join(str(_ONES[one]) for one in found["ones"]))
            single = found["ones"] is not None and len(found["ones"]) == 1 and digit != 0
            if digit == 0 and last:
                digit = None
            continue
        scale = _SCALES[sign]
        if sign in _TENS:
            section += (Decimal(1) if digit is None else digit) * scale
        else:
            total = _by_myriad(total, section, digit, scale, first=not last)
            section = Decimal(0)
        digit, last = None, scale
    if at < len(plain) or not plain:
        return None
    if digit is not None and last > 10 and single:
        digit *= last / 10
    return _tidy(total + section + (digit or 0))


def _by_myriad(total: Decimal, section: Decimal, digit: Decimal | None, scale: Decimal, *, first: bool) -> Decimal:
    """Return the total when 万, 亿 or 兆 closes what stands before it; 万亿 multiplies, a bare 万 counts once."""
    low = section + (digit or 0)
    if not low and digit is None:
        return scale if first else total * scale
    below = total % scale
    return total - below + (below + low) * scale


def _tidy(value: Decimal) -> Decimal:
    """Return the value without trailing zeros, never in powers of ten."""
    if value == value.to_integral_value():
        return Decimal(int(value))
    return value.normalize()


def read_chinese(text: str) -> Decimal | None:
    """Return the value of a Chinese numeral, None where it is none or holds figures.

    >>> [str(read_chinese(one)) for one in ("一百四十亿", "两万五千", "二〇三五", "十")]
    ['14000000000', '25000', '2035', '10']
    """
    return None if re.search(r"[0-9０-９]", text) else read_number(text)


def scale_of(signs: str) -> Decimal:
    """Return what multipliers after a number multiply it by.

    >>> [str(scale_of(one)) for one in ("万", "万亿", "千万", "")]
    ['10000', '1000000000000', '10000000', '1']
    """
    value = Decimal(1)
    for sign in _folded(signs):
        value *= _SCALES[sign]
    return value


def multiplier(signs: str) -> float:
    """Return what multipliers multiply by, for the records.

    >>> multiplier("万"), multiplier("万亿"), multiplier("")
    (10000.0, 1000000000000.0, 1.0)
    """
    return float(scale_of(signs))


def read_fraction(below: str, above: str, whole: str | None = None) -> Decimal | None:
    """Return the value of a fraction: 三分之二, 一又二分之一; None where a part is no number or the divisor is 0.

    >>> str(read_fraction("二", "一", "一")), str(read_fraction("五百", "2333")), read_fraction("零", "一")
    ('1.5', '4.666', None)
    """
    under, over, wholes = read_number(below), read_number(above), read_number(whole) if whole else Decimal(0)
    if not under or over is None or wholes is None:
        return None
    part = over / under
    return _tidy(wholes - part if wholes < 0 else wholes + part)


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
