"""What a share or a ratio is per, in invented sentences; bare names; the index of the catalogue."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.commitments import DocumentFacts, codebook, read_quantities
from pipeline.commitments.catalogue_index import CatalogueIndex, needed_literals
from pipeline.commitments.denominators import denominator_in
from pipeline.records import Quantity
from pipeline.structure import parse

FACTS = DocumentFacts("outline", 2026, 2030, 2026)
PATTERNS = [one.pattern for one in codebook().values()]
INDEX = CatalogueIndex([one.pattern for one in PATTERNS])


def quantities(text: str) -> list[Quantity]:
    return read_quantities(text, parse(text, ()), FACTS)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("数字经济核心产业增加值占地区生产总值比重达到11%。", ["地区生产总值"]),
        ("民生支出占一般公共预算支出的76%。", ["一般公共预算支出"]),
        ("服务业占GDP的比重，由48%提高到52%。", ["GDP", "GDP"]),
        ("园区产值和税收分别占全市总额的61%和54%。", ["全市总额", "全市总额"]),
        ("文旅消费对经济增长的贡献率达到9%。", ["经济增长"]),
        ("推动85%的行政村建成文化广场。", ["行政村"]),
        ("全市乡镇100%接入光纤。", ["全市乡镇"]),
        ("每千人口执业医师数达到3.4人。", ["每千人口"]),
        ("单位GDP能耗下降13%。", ["单位GDP"]),
        ("居民人均可支配收入达到5万元。", ["人均"]),
        ("人均预期寿命达到81岁。", [None]),
        ("粮食产量达到40亿斤。", [None]),
        ("森林覆盖率达到37%。", [None]),
        ("地方财力占地方支出的30%。", ["地方支出"]),
    ],
)
def test_what_a_figure_is_per(text: str, wanted: list[str | None]) -> None:
    assert [one.denominator for one in quantities(text)] == wanted


def test_the_denominator_is_evidence() -> None:
    text = "研发经费占地区生产总值比重达到3%。"
    (one,) = quantities(text)
    (told,) = [told for told in one.evidence if told.field == "denominator"]
    assert text[told.start : told.end] == one.denominator == "地区生产总值"


@pytest.mark.parametrize(
    ("name", "wanted"), [("每万人口高价值发明专利拥有量", "每万人口"), ("亩均税收", "亩均"), ("港口吞吐量", None)]
)
def test_denominators_in_names(name: str, wanted: str | None) -> None:
    span = denominator_in(name)
    assert (None if span is None else name[slice(*span)]) == wanted


def test_a_bare_name_goes_back_to_the_indicator_before() -> None:
    first, second = quantities("地区生产总值年均增长6%，总量突破5000亿元。")
    assert first.indicator_id == "gdp_growth"
    assert (second.indicator, second.indicator_id) == ("总量", "gdp")


def test_a_bare_name_does_not_reach_into_another_sentence() -> None:
    found = quantities("地区生产总值年均增长6%。总量突破5000亿元。")
    assert found[1].indicator != "总量" or found[1].indicator_id is None


@pytest.mark.parametrize(
    ("pattern", "wanted"),
    [
        ("城区.{0,4}面积", {"城区"}),
        ("(?:风|光)电", {"风", "光"}),
        ("a?", None),
        ("(?:粮食){0,2}", None),
        ("增加?值", {"增"}),
    ],
)
def test_what_a_pattern_needs(pattern: str, wanted: set[str] | None) -> None:
    found = needed_literals(pattern)
    assert (None if found is None else set(found)) in (
        wanted,
        {"电"} if wanted == {"风", "光"} else wanted,
        {"值"} if wanted == {"增"} else wanted,
    )


@given(
    st.lists(st.sampled_from([word for one in codebook().values() for word in (one.zh, *one.aliases)]), max_size=3),
    st.text(max_size=6),
)
def test_the_index_leaves_out_no_pattern_that_matches(words: list[str], more: str) -> None:
    name = more.join(words)
    offered = set(INDEX.candidates(name))
    assert {at for at, one in enumerate(PATTERNS) if one.search(name)} <= offered
