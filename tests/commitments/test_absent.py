"""Goals whose number is withheld."""

from pathlib import Path

import pytest

from pipeline.commitments import AbsentTarget, DocumentFacts, absent_targets, read_quantities
from pipeline.structure import parse

REPORT = DocumentFacts("work_report", 2021, 2025, 2022)
NATION = Path(__file__).parents[2].parent / "shared" / "corpus" / "work_reports.tar.xz"


def read(text: str, facts: DocumentFacts = REPORT) -> list[AbsentTarget]:
    structure = parse(text, ())
    return list(absent_targets(text, structure, facts, read_quantities(text, structure, facts)))


def test_a_number_that_is_not_set_on_purpose() -> None:
    text = "二、今年工作安排\n今年不设经济增速具体目标，着力稳就业。"
    (one,) = read(text)
    assert (one.indicator, one.indicator_id, one.reason) == ("经济增速", "gdp_growth", "not_set")
    assert text[one.start : one.end] == "今年不设经济增速具体目标"


def test_an_indicator_that_is_only_to_stay_or_to_move() -> None:
    text = "二、今年工作安排\n今年主要预期目标是：生产总值增长6%；居民消费价格总水平保持基本稳定；一般公共预算收入稳步增长。"
    kept, moves = read(text)
    assert (kept.indicator_id, kept.reason) == ("cpi", "kept")
    assert (moves.indicator_id, moves.reason) == ("fiscal_revenue_growth", "moves")


@pytest.mark.parametrize(
    "sentence",
    [
        "居民消费价格总水平保持基本稳定。",  # no goal
        "主要预期目标是：居民消费价格涨幅稳定在3%左右。",  # has its number
        "主要预期目标是：营商环境持续改善。",  # no indicator
    ],
)
def test_what_is_none(sentence: str) -> None:
    assert read("二、今年工作安排\n" + sentence) == []


def test_what_looks_back_withholds_nothing() -> None:
    assert read("一、过去一年工作回顾\n去年没有提出经济增速具体目标。") == []


@pytest.mark.skipif(not NATION.is_file(), reason="needs ../shared")
def test_the_nation_set_no_target_of_growth_in_2020() -> None:
    import tarfile

    with tarfile.open(NATION) as archive:
        for member in archive:
            if member.name.endswith("nation/全国/2020.md") and (file := archive.extractfile(member)):
                text = file.read().decode("utf-8")
                break
        else:
            pytest.skip("no such report")
    found = read(text, DocumentFacts("work_report", 2016, 2020, 2020, "nation"))
    assert [one.indicator_id for one in found if one.reason == "not_set"] == ["gdp_growth"]
