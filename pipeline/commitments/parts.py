"""Figures of a part of the place: the output of a county, a park or a firm is not that of the whole.

`开发区财政收入` and `各县财政收入` name indicators of the catalogue, and yet of something smaller than the place whose plan it is.
"""

from __future__ import annotations

import re

from pipeline.records import Span

OF_THE_WHOLE = frozenset({
    "gdp", "gdp_growth", "gdp_per_capita", "fiscal_revenue", "fiscal_revenue_growth", "fiscal_spending",
    "fiscal_spending_growth", "tax_revenue", "tax_growth", "investment", "investment_growth", "retail_sales",
    "retail_growth", "industrial_growth", "industrial_value_added", "industrial_output", "foreign_trade",
    "foreign_trade_growth", "exports", "exports_growth", "fdi", "fdi_growth",
})  # fmt: skip
"""Indicators of an economy as a whole, which are the place's own only where no part of it is named."""
_OWN = "(?<![全我本两])(?<!市、)"
_PART = (
    "(?:高新|经开|开发|经济|直管|示范|合作|试验|保税|度假|集聚|集中|[^全我本]新)区|园区|集团|公司|企业|山区(?:[0-9]+市)?|县域"
    f"|{_OWN}县(?:[（(]?[、]?市[）)]?)?(?:[、]?区)?|{_OWN}区县|县（市、区）|(?<!城)镇|(?<![城农])乡|街道"
)
_WORDS = "地区生产总值|国内生产总值|生产总值|GDP|经济总量|(?:一般)?(?:公共)?(?:财政)?预算收入|(?:地方|公共|本级)?财政|税收|全社会|固定资产|社会消费|规模以上|规上|工业|外贸|进出口|出口|实际利用"
_OF_PART = re.compile(f"(?:{_PART})的?(?:本级|全口径|分别|实现|完成|一般|公共|年|人均|力争|预计|要)?(?:{_WORDS})")
_AHEAD = 10
_BREAKS = re.compile("[，。；：\n]")


def of_a_part(text: str, low: int, span: Span) -> bool:
    """Tell whether the name of an indicator is that of a part of the place: of a county, a zone or a firm.

    Args:
        text: Canonical text.
        low: Start of the clause.
        span: Where the thing measured is named; the words right before it can name the part.

    >>> text = "县域财政收入增长9%，全市城镇固定资产投资增长8%"
    >>> of_a_part(text, 0, (0, 6)), of_a_part(text, 11, (13, 21))
    (True, False)
    """
    before = _BREAKS.split(text[max(low, span[0] - _AHEAD) : span[0]])[-1]
    return _OF_PART.search(before + text[slice(*span)]) is not None
