"""Ranges that words tell: 十几, 两三家, 3000—5000亿元."""

from __future__ import annotations

import re
from decimal import Decimal

from pipeline.commitments.numerals import read_number, scale_of

_TWO_VALUES = re.compile("((?:.*[十百千万])?)([一二两三四五六七八九])([二两三四五六七八九])([十百千万亿]*)")
_NEAR = 2
"""How far apart the digits of 两三家, 三五年 are at most."""


def vague_bounds(written: str) -> tuple[Decimal, Decimal] | None:
    """Return between which bounds 十几, 二十几万, 几十, 数百亿 lie.

    >>> [tuple(map(str, vague_bounds(one))) for one in ("十几", "二十几万", "几十", "数百亿")]
    [('11', '19'), ('200000', '300000'), ('10', '100'), ('10000000000', '100000000000')]
    """
    head, _, tail = re.sub("[几数]个?", "几", written, count=1).partition("几")
    if not head:
        return (scale_of(tail), scale_of(tail) * 10) if tail else None
    value, times = read_number(head.rstrip("零")), scale_of(tail)
    if value is None:
        return None
    return (value + 1, value + 9) if times == 1 else (value * times, (value + 10) * times)


def two_values(written: str, unit: str | None) -> tuple[Decimal, Decimal] | None:
    """Return the bounds that two neighbouring digits tell: 两三家, 三五年, 八九亿, 二三十; None for any other number.

    >>> tuple(map(str, two_values("十五六", "个"))), tuple(map(str, two_values("八九亿", None))), two_values("三八", None)
    (('15', '16'), ('800000000', '900000000'), None)
    """
    found = _TWO_VALUES.fullmatch(written)
    if not found or not (found[4] or unit):
        return None
    low, high = read_number(found[2]), read_number(found[3])
    if low is None or high is None or not 0 < high - low <= _NEAR:
        return None
    if not found[1]:
        return low * scale_of(found[4]), high * scale_of(found[4])
    ends = [read_number(found[1] + digit + found[4]) for digit in (found[2], found[3])]
    return None if ends[0] is None or ends[1] is None else (ends[0], ends[1])


def in_scale_of(first: Decimal, last: Decimal, written: str, other: str) -> Decimal:
    """Return the first value of a range in the scale of the second: 3000—5000亿, 两到三仟, 10~15k.

    >>> str(in_scale_of(Decimal(2), Decimal(30000), "2", "3万")), str(in_scale_of(Decimal(8500), Decimal(30000), "8500", "3万"))
    ('20000', '8500')
    """
    own, plain = re.search("[万亿]+$", written), "".join(other.split())
    shared = re.search("[万亿kKwW]+$", plain) or (
        re.search("[百千佰仟]$", plain) if len(plain) == len("三千") else None
    )
    if plain[:1].isdigit():
        shared = re.search("[十百千万亿kKwW]+$", plain)
    if own or shared is None or first >= last:
        return first
    scaled = first * (read_number("1" + shared.group()) or 1)
    # 从8500到3万: what would be more than the end of the range was meant as it stands.
    return scaled if scaled <= last else first
