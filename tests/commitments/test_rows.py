"""Quantities of indicator tables take what the row says."""

from pipeline.commitments import DocumentFacts, read_quantities
from pipeline.records import Quantity
from pipeline.structure import parse

PLAN = DocumentFacts("outline", 2026, 2030, 2026)
HEAD = "指标 | 单位 | 2025年 | 2030年目标 | 年均增长（%） | 属性\n"


def read(rows: str, facts: DocumentFacts = PLAN) -> list[Quantity]:
    text = HEAD + rows
    return read_quantities(text, parse(text, ()), facts)


def test_base_and_target_of_a_row() -> None:
    base, target, growth = read("茶叶产量 | 万吨 | 3 | ≥4.5 | 8.4左右 | 约束性\n渡口数量 | 个 | — | — | — | 预期性")
    assert (base.status, base.deadline, base.value_min, base.unit) == ("achieved", None, 30_000, "吨")
    assert (target.status, target.deadline, target.deadline_source, target.force) == (
        "commitment", 2030, "stated", "binding",
    )  # fmt: skip
    assert (target.value_min, target.value_max, target.comparator) == (45_000, None, "ge")
    assert (target.baseline_value, target.baseline_year) == (30_000, 2025)
    assert (growth.unit, growth.measure, growth.aggregation) == ("%", "growth_rate", "annual_average")
    assert {one.indicator for one in (base, target, growth)} == {"茶叶产量"}
    assert [one.field for one in target.evidence] == ["value", "indicator", "baseline_value", "force"]


def test_a_row_of_the_expected_kind_and_one_without() -> None:
    rows = read("渡口数量 | 个 | 3 | 5 | — | 预期性\n桥梁数量 | 座 | 3 | 5 | — | ")
    assert [one.force for one in rows] == [None, "expected", None, "planned"]


def test_a_pair_of_values_has_a_unit_each() -> None:
    found = read("机场旅客/货邮吞吐量 | 万人次/万吨 | 83/24 | 110/35 | — | 预期性\n桥梁数量 | 座 | 3 | 5 | — | 预期性")
    assert [(one.value_min, one.unit) for one in found[:4]] == [
        (830_000, "人次"), (240_000, "吨"), (1_100_000, "人次"), (350_000, "吨"),
    ]  # fmt: skip


def test_growth_in_step_with_something_is_a_benchmark() -> None:
    (one, *_) = read("居民收入增速 | % | — | 与经济增长同步 | — | 预期性\n桥梁数量 | 座 | 3 | 5 | — | 预期性")
    assert (one.measure, one.value_min, one.deadline, one.force) == ("benchmark", None, 2030, "expected")


def test_years_that_are_over_are_achieved() -> None:
    text = "指标 | 单位 | 2011年 | 2016年\n茶叶产量 | 吨 | 3 | 5\n渡口数量 | 个 | 4 | 6"
    found = read_quantities(text, parse(text, ()), DocumentFacts("work_report", None, None, 2017))
    assert {one.status for one in found} == {"achieved"}


def test_a_table_of_prose_is_read_like_prose() -> None:
    text = (
        "| 序号 | 领域 | 具体内容 |\n| --- | --- | --- |\n| 1 | 交通 | 新建渡口12个。 |\n| 2 | 教育 | 增加学位200个。 |"
    )
    found = read_quantities(text, parse(text, ()), PLAN)
    assert [(one.value_min, one.rule) for one in found] == [(12, "number"), (200, "number")]
