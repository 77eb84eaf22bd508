"""Over which time a quantity is taken, and what it starts from."""

import pytest

from pipeline.commitments import DocumentFacts, read_quantities
from pipeline.records import Quantity
from pipeline.structure import parse

PLAN = DocumentFacts("outline", 2021, 2025, 2021)


def read(text: str) -> list[Quantity]:
    return read_quantities(text, parse(text, ()), PLAN)


@pytest.mark.parametrize(
    ("sentence", "over"),
    [
        ("生产总值年均增长6%。", ["annual_average"]),
        ("生产总值平均每年增长6%，力争达到7%。", ["annual_average", "annual_average"]),
        ("五年累计造林3万亩，治理河道20公里。", ["cumulative", "cumulative"]),
        ("五年累计造林3万亩，年均增长6%。", ["cumulative", "annual_average"]),
        ("到2025年，森林覆盖率达到40%。", ["end_of_period"]),
        ("今年生产总值增长6%。", ["single_year"]),
        ("医保补助每人每年420元。", [None]),
        ("一九九五年达到210万千瓦。", [None]),
        ("森林覆盖率达到40%。", [None]),
    ],
)
def test_over_which_time(sentence: str, over: list[str | None]) -> None:
    assert [one.aggregation for one in read(sentence)] == over


@pytest.mark.parametrize(
    ("sentence", "value", "year"),
    [
        ("企业由2020年的150家增加到330家。", 150, 2020),
        ("企业由2020年的150家增加到2025年的330家。", 150, 2020),
        ("人口自然增长率由二〇二〇年的5‰降到二〇二五年的4‰。", 5, 2020),
        ("余额从2020年末的6万亿元增加到2025年末的17万亿元。", 6e12, 2020),
        ("收入达到182亿元，比2020年的143亿元增长27%。", 143e8, 2020),
        ("产业规模在2020年基础上翻一番。", None, 2020),
        ("产业规模是2020年的2.5倍。", None, 2020),
        ("税收相当于2019年的80%。", None, 2019),
        ("与2020年相比，城镇居民收入净增700元，农村居民收入净增300元。", None, 2020),
        ("生产总值比2020年增长30%，年均增长5%。", None, None),
        ("生产总值同比增长5%。", None, None),
    ],
)
def test_what_the_last_value_starts_from(sentence: str, value: float | None, year: int | None) -> None:
    one = read(sentence)[-1]
    assert (one.baseline_value, one.baseline_year) == (value, year)
    fields = {told.field for told in one.evidence}
    assert ("baseline_value" in fields, "baseline_year" in fields) == (value is not None, year is not None)


def test_a_baseline_is_told_not_undertaken() -> None:
    first, second = read("企业由2020年的150家增加到330家。")
    assert (first.status, first.force, first.baseline_year) == ("context", None, 2020)
    assert (second.status, second.measure) == ("commitment", "level")


@pytest.mark.parametrize(
    ("sentence", "starts"),
    [
        ("到2025年，学校由120所、床位3000张增加到150所、4200张。", [120, 3000]),
        ("城镇和农村覆盖率由60%、40%分别提高到90%、80%。", [60, 40]),
        ("企业由120家、35家和8家增加到150家、60家和12家。", [120, 35, 8]),
    ],
)
def test_lists_of_figures_start_from_lists_of_figures(sentence: str, starts: list[int]) -> None:
    found = read(sentence)
    n = len(starts)
    assert [one.status for one in found] == ["context"] * n + ["commitment"] * n
    assert [one.baseline_value for one in found] == [None] * n + starts


def test_lists_of_other_units_or_lengths_are_no_baselines() -> None:
    for sentence in ("学校由120所、床位3000张增加到4200张、150所。", "学校由120所、床位3000张增加到150所。"):
        assert not any(one.baseline_value for one in read(sentence)[1:3])
