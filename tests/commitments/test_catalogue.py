"""The catalogue of indicators: every entry whole, and found by its own names."""

from __future__ import annotations

import re

import pytest

from pipeline.commitments.indicators import Indicator, codebook, indicator_id_of
from pipeline.themes.codebook import CODES

ENTRIES = list(codebook().values())
MEASURES = {
    "level", "increase", "decrease", "growth_rate", "share", "multiple", "count", "coverage", "rank", "duration",
    "configuration", "benchmark",
}  # fmt: skip


def test_the_catalogue_is_large_and_its_fields_are_whole() -> None:
    assert len(ENTRIES) >= 150
    for one in ENTRIES:
        assert re.fullmatch(r"[a-z][a-z0-9_]*", one.id)
        assert one.zh
        assert one.en
        assert one.unit or one.measures == {"benchmark"}
        assert one.definition.endswith(".")
        assert one.direction in {"up", "down", "neutral"}
        assert one.theme in CODES
        assert set(one.national) <= {14, 15}
        assert one.measures <= MEASURES


@pytest.mark.parametrize("one", ENTRIES, ids=lambda one: one.id)
def test_each_name_means_its_own_entry(one: Indicator) -> None:
    for name in (one.zh, *one.aliases):
        assert one.id in {indicator_id_of(name, measure, None) for measure in one.measures or {"level"}}, name


@pytest.mark.parametrize(
    ("name", "measure", "wanted"),
    [
        ("高新技术企业", "count", "hightech_firms"),
        ("高新技术产业产值", "level", "hightech_output"),
        ("高新技术产业产值占比", "share", "hightech_share"),
        ("人均地区生产总值", "multiple", "gdp_per_capita"),
        ("农牧民人均纯收入", "growth_rate", "rural_income_growth"),
        ("外贸进出口总额", "growth_rate", "foreign_trade_growth"),
        ("外贸出口", "growth_rate", "exports_growth"),
        ("地表水优良比例", "share", "surface_water"),
        ("职工基本医疗保险", "coverage", "medical_coverage"),
        ("农村居民养老保险制度", "coverage", "pension_coverage"),
        ("职工基本医疗保险", "level", "medical_people"),
        ("农田灌溉水利用系数", "level", None),
        ("节水灌溉面积", "increase", "irrigation"),
        ("社会融资总量", "level", None),
        ("项目", "count", None),
        ("经验", "count", None),
    ],
)
def test_what_is_near_is_told_apart(name: str, measure: str, wanted: str | None) -> None:
    assert indicator_id_of(name, measure, None) == wanted


def test_the_fourteenth_outline_set_twenty_main_indicators() -> None:
    national = {one.id for one in ENTRIES if 14 in one.national}
    assert {"gdp_growth", "rd_growth", "life_expectancy", "grain_output", "energy_output", "nursery_places"} <= national


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("new_urban_jobs", True), ("base_stations", True), ("grain_output", True), ("gdp", True), ("metro_km", True),
        ("income", False), ("gdp_per_capita", False), ("hospital_beds", False), ("hospital_beds_total", True),
        ("life_expectancy", False), ("pm25", False), ("approvals", False), ("gdp_growth", False),
    ],
)  # fmt: skip
def test_what_adds_up_over_places(name: str, wanted: bool) -> None:
    assert codebook()[name].adds_up is wanted


def test_no_average_adds_up() -> None:
    average = re.compile(r"人均|每[千万]|标准$|率|寿命|浓度|平均")
    assert [one.zh for one in ENTRIES if one.adds_up and average.search(one.zh)] == []
