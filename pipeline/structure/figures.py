"""The figure that a cell of a table gives: its bounds, comparator, unit and year."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

DASH = re.compile(r"[-－—–―─/／\\_～~]{1,4}|无|無")
"""A cell that says that there is no value."""

_NUMBER = r"[0-9０-９]{1,3}(?:,[0-9０-９]{3})+(?:[.．][0-9０-９]+)?|[0-9０-９]+(?:[.．][0-9０-９]+)?"
_SIGNS = {"≥": "ge", "⩾": "ge", ">=": "ge", "不低于": "ge", "不少于": "ge", "≤": "le", "⩽": "le", "<=": "le",
          "不超过": "le", "不高于": "le", ">": "gt", "＞": "gt", "﹥": "gt", "超过": "gt", "突破": "gt", "高于": "gt",
          "<": "lt", "＜": "lt", "﹤": "lt", "低于": "lt", "小于": "lt", "约": "approx", "約": "approx"}  # fmt: skip
_AFTER = {"以上": "ge", "及以上": "ge", "以内": "le", "之内": "le", "以下": "le", "左右": "approx", "上下": "approx"}
_PERIOD = (
    r"[“\"]?十[一二三四五六七八九]?五[”\"]?(?:时期|期间|規劃|规划)?"
    r"|(?:19|20)\d\d[-－—–~～至](?:19|20)?\d\d年|(?:19|20)\d\d年"
)
_VERBS = (
    "年均|平均|累计|每年|增长|增加|增速|新增|降低|下降|减少|提高|提升|力争|达到|到|为|稳定在|控制在|保持在|保持|争取|"
    "完成|实现|期末|年度"
)
_COMPARATORS = "|".join(sorted(map(re.escape, _SIGNS), key=len, reverse=True))
_APPROXIMATORS = "|".join(_AFTER)
_UNIT = rf"[%％‰]|个?百分点|(?!{_APPROXIMATORS})[\u4e00-\u9fff/／]{{1,5}}?"
_MULTIPLIER = "(?:[十百千]?[万亿萬億]{1,2})?"
_FIGURE = re.compile(
    rf"[\[［〔【（(]?(?P<ahead>(?:{_PERIOD}|{_VERBS})*+)[\[［〔【]?\s*(?P<before>{_COMPARATORS})?\s*"
    rf"(?P<n1>[-－−]?(?:{_NUMBER}))(?P<m1>{_MULTIPLIER})(?:[%％]?\s*(?:[-－—–~～至]|\.\.)\s*(?P<n2>{_NUMBER})(?P<m2>{_MULTIPLIER}))?"
    rf"\s*(?P<unit>{_UNIT})?\s*(?P<after>{_APPROXIMATORS})?[\]］〕】）)]?"
    r"(?:[*∗＊※＃#\\]|[①-⑳]|\s|[（(][^（）()]{0,20}[）)]|[\[［〔][^\[\]［］〔〕]{0,8}[\]］〕])*+(?:[,，、；;](?![0-9]).{0,40})?"
)
_CUMULATIVE = re.compile(r"[\[［〔【].*[\]］〕】]|累计|累計")
_AVERAGE = re.compile("年均|平均每年|每年")
_YEAR = re.compile(r"[（(]\s*((?:19|20)\d\d)\s*年?[^（）()]{0,6}[）)]")
_HALF_WIDTH = str.maketrans("０１２３４５６７８９．－−", "0123456789.--")
_SIZES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_MAX = 60


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure read in a cell.

    Attributes:
        start: Where the figure with its sign starts in the cell.
        end: Where it ends, its approximator included.
        value_min: Lower bound, or None.
        value_max: Upper bound, or None.
        comparator: eq, ge, le, gt, lt, approx or range.
        unit: Unit inside the cell, or None.
        year: Year in brackets behind the figure, or None.
        aggregation: `annual_average`, `cumulative` or None, by the words and brackets of the cell.
    """

    start: int
    end: int
    value_min: float | None
    value_max: float | None
    comparator: str
    unit: str | None
    year: int | None
    aggregation: str | None


def read_figure(cell: str) -> Figure | None:
    """Read the figure of a cell; None where it holds none, or several that are no range.

    >>> read_figure("≥70").value_min, read_figure("[125]").aggregation, read_figure("25—27").comparator
    (70.0, 'cumulative', 'range')
    >>> read_figure("与经济增长同步") is None, read_figure("8358/244") is None
    (True, True)
    """
    found = _FIGURE.fullmatch(cell) if len(cell) <= _MAX else None
    if found is None:
        return None
    first = _number(found["n1"], found["m1"] or (found["m2"] or "" if found["n2"] else ""))
    comparator = _SIGNS.get(found["before"] or "") or _AFTER.get(found["after"] or "", "eq")
    low, high = _bounds(first, comparator)
    if found["n2"]:
        low, high, comparator = first, _number(found["n2"], found["m2"]), "range"
    start = found.start("before") if found["before"] else found.start("n1")
    end = max(found.end(name) for name in ("n1", "m1", "n2", "m2", "unit", "after"))
    year = _YEAR.search(cell)
    return Figure(
        start, end, low, high, comparator, found["unit"], int(year[1]) if year else None, aggregation_of(cell)
    )


def aggregation_of(words: str) -> str | None:
    """Return what words or brackets say of years taken together: annual_average, cumulative or None.

    >>> aggregation_of("〔550〕"), aggregation_of("年均增长（%）"), aggregation_of("2030年")
    ('cumulative', 'annual_average', None)
    """
    if _AVERAGE.search(words):
        return "annual_average"
    return "cumulative" if _CUMULATIVE.search(words) else None


def _number(figures: str, multipliers: str) -> float:
    value = Decimal(figures.replace(",", "").translate(_HALF_WIDTH))
    for sign in multipliers:
        value *= _SIZES[sign]
    return float(value)


def _bounds(value: float, comparator: str) -> tuple[float | None, float | None]:
    if comparator in ("ge", "gt"):
        return value, None
    return (None, value) if comparator in ("le", "lt") else (value, value)
