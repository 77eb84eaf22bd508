"""Over which time a quantity is taken: a year on average, summed up, one year, or as it stands at the end."""

from __future__ import annotations

import re

from pipeline.commitments.segments import last_span, segment_start, statement_start
from pipeline.records import Span

# Each choice opens with a sign of its own, and looks back behind it: so the search leaps from sign to sign.
_AVERAGE = re.compile("年均(?!浓度|气温)|平均每年|每年(?<!每人每年)(?<!每户每年)|年平均|逐年平均|平均年(?!龄)")
_OVER = (
    "五(?<![一二三四五六七八九十〇○0-9]五)年来?(?:共|内|，)?|三年(?:来|内)?(?:共|累计)|四年(?:来|内)?(?:共|累计)"
    "|”期间|五期间"
)
_YEARS = re.compile(_OVER)
_SUM = re.compile(f"累计|总共|合计|{_OVER}")
_ALL_IN_ALL = re.compile("(?:合计|累计|总共)[，,：:]$")
_ONE_YEAR = re.compile("当年|全年|今年|本年度?|去年|上年|同比|(?<!到)(?<!至)(?:19|20)\\d\\d年(?!末|底|以)|年内")
_END = re.compile("(?:年|期|月)末|年底|(?:到|至)(?:19|20)\\d\\d年")
_SUMMED = frozenset({"count", "increase", "decrease"})
_STATES = frozenset({"level", "share", "coverage", "rank", "benchmark"})
_FLOWS = frozenset({"growth_rate", "increase", "decrease", "multiple"})


def aggregation_of(text: str, sentence: int, start: int, measure: str) -> tuple[str | None, Span | None]:
    """Return over which time a quantity is taken and the canonical span that says so; None, None where nothing does.

    Its own segment speaks first. A sum over years goes on to what the rest of the sentence lists (`五年累计造林3万亩，
    治理河道20公里`); an average does not.

    Args:
        text: Canonical text.
        sentence: Start of its sentence.
        start: Start of the quantity.
        measure: Its measure.
    """
    low = segment_start(text, sentence, start)
    if found := last_span(text, low, start, _AVERAGE):
        return "annual_average", found
    if (found := last_span(text, low, start, _SUM)) and measure not in ("share", "rank", "coverage"):
        return "cumulative", found
    first = statement_start(text, sentence, start)
    if measure in _SUMMED | {"level"} and (head := _ALL_IN_ALL.search(text[first:low])):
        return "cumulative", (first + head.start(), first + head.end() - 1)
    if (
        measure in _SUMMED
        and (found := last_span(text, first, low, _YEARS))
        and not _ONE_YEAR.search(text, found[1], start)
    ):
        return "cumulative", found
    if measure in _STATES and (found := last_span(text, first, start, _END)):
        return "end_of_period", found
    if measure in _FLOWS and (found := last_span(text, low, start, _ONE_YEAR)):
        return "single_year", found
    return None, None
