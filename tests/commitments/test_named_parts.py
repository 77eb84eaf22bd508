"""The figure of a county, a park or a firm is not filed as that of the place."""

from __future__ import annotations

import pytest

from pipeline.commitments import DocumentFacts, read_quantities
from pipeline.commitments.indicators import codebook, indicator_id_of
from pipeline.commitments.parts import OF_THE_WHOLE
from pipeline.structure import parse

REPORT = DocumentFacts("work_report", 2021, 2025, 2022, "city")
HEAD = "二、2022年工作安排\n今年，我们要推动各项事业发展。"


def filed(sentence: str, facts: DocumentFacts = REPORT) -> list[str | None]:
    text = HEAD + sentence
    return [one.indicator_id for one in read_quantities(text, parse(text, ()), facts)]


@pytest.mark.parametrize(
    "sentence",
    [
        "云泽高新区地区生产总值增长12%。",
        "开发区财政收入增长15%。",
        "县域财政总收入增长9%以上。",
        "临海产业园区固定资产投资增长20%。",
    ],
)
def test_a_part_of_the_place(sentence: str) -> None:
    assert filed(sentence) == [None]


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("全市地区生产总值增长6%。", "gdp_growth"),
        ("城镇固定资产投资增长8%。", "investment_growth"),
        ("一般公共预算收入增长5%。", "fiscal_revenue_growth"),
        ("规模以上工业增加值增长7%。", "industrial_growth"),
    ],
)
def test_the_place_itself(sentence: str, wanted: str) -> None:
    assert filed(sentence) == [wanted]


def test_the_plan_of_a_county_speaks_of_the_county() -> None:
    county = DocumentFacts("work_report", 2021, 2025, 2022, "county")
    assert filed("云泽新区地区生产总值增长12%。", county) == ["gdp_growth"]


def test_the_indicators_of_a_whole_are_in_the_catalogue() -> None:
    assert codebook().keys() >= OF_THE_WHOLE


@pytest.mark.parametrize(
    ("name", "measure", "unit", "wanted"),
    [
        ("公共停车位", "count", "个", "parking"),
        ("公交停车场", "count", "个", None),
        ("公交车停车场", "count", "处", None),
        ("路内停车泊位周转率", "multiple", "times", None),
        ("万吨级泊位", "count", "个", "berths"),
        ("新能源公交车", "count", "辆", "buses"),
        ("国家级开发区营业收入", "level", "元", "park_revenue"),
        ("云泽经开区营业收入", "level", "元", None),
        ("重点项目完成投资", "level", "元", "key_projects_investment"),
        ("计划投资", "level", "元", "key_projects_investment"),
        ("轻轨2号线完成投资", "level", "元", None),
        ("河道治理项目计划投资", "level", "元", None),
    ],
)
def test_names_that_only_hold_the_words(name: str, measure: str, unit: str, wanted: str | None) -> None:
    assert indicator_id_of(name, measure, unit) == wanted
