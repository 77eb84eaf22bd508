"""Where a report turns from the year behind it to the year ahead."""

from __future__ import annotations

import pytest

from pipeline.commitments import DocumentFacts, read_quantities
from pipeline.structure import parse

REPORT = DocumentFacts("work_report", 2021, 2025, 2022, "city")
AHEAD = "二、2022年工作安排\n今年的主要目标是：地区生产总值增长6%。\n"


def statuses(text: str) -> list[str]:
    return [one.status for one in read_quantities(text, parse(text, ()), REPORT)]


@pytest.mark.parametrize(
    "review",
    [
        "一、“十四五”开局良好\n新建学校12所。\n",
        "一、在改革开放中前进的五年\n新建学校12所。\n",
        "一、关于去年和今年前4个月工作\n新建学校12所。\n",
        "一、2021年工作回顾\n入选2022—2024年创建周期提名城市，三年行动实施，新建学校12所。\n",
        "一、圆满完成各项目标任务\n新建学校12所。\n",
        "一、目标任务执行情况\n新建学校12所。\n",
        "——2022年1月8日在青州市人民代表大会第一次会议上的报告\n新建学校12所。\n",
        "一、经济稳步发展\n我们团结一心，全面完成了年初确定的各项预期目标。新建学校12所。\n",
        "我向大会报告政府工作，对今年工作提出建议，请予审议。新建学校12所。\n",
    ],
)
def test_what_was_reached_is_no_commitment(review: str) -> None:
    assert statuses(review + AHEAD) == ["achieved", "commitment"]


@pytest.mark.parametrize(
    "heading",
    ["三、奋力实现“十五五”发展良好开局", "三、着力抓好今年工作，实现“十四五”良好开局", "二、努力实现良好开局"],
)
def test_a_good_beginning_that_is_wanted_looks_ahead(heading: str) -> None:
    text = f"一、2021年工作回顾\n新建学校12所。\n{heading}\n今年的主要预期目标是：地区生产总值增长6%。\n"
    assert statuses(text) == ["achieved", "commitment"]


def test_a_review_within_the_explanation_of_a_plan_is_no_plan() -> None:
    text = (
        "三、关于第十五个五年规划纲要（草案）的说明\n（一）“十三五”时期取得的成绩\n新建学校9所。\n"
        "（二）“十五五”时期的目标\n新建学校12所。\n"
    )
    assert statuses(text) == ["achieved", "commitment"]


@pytest.mark.parametrize(
    "entry",
    [
        "“百校”工程：是指新建学校100所、培训教师300名。",
        "江河整治“310”工程。即对30公里河段分三年整治，建桥3座。",
        "[19] “双元制”职业教育：新建学校100所，培训教师300名。",
    ],
)
def test_an_entry_of_a_glossary_without_a_heading_promises_nothing(entry: str) -> None:
    text = f"{AHEAD}{entry}\n新建医院3家。\n"
    assert statuses(text) == ["commitment", "context", "context", "commitment"]


def test_a_table_of_what_was_completed_is_a_review_also_under_goals() -> None:
    text = "一、2022年十件民生实事\n（一）去年实事完成情况\n新建学校9所。\n（二）今年实事\n新建学校12所。\n"
    assert statuses(text) == ["achieved", "commitment"]


def test_behind_one_explained_term_numbered_terms_are_explained_too() -> None:
    text = AHEAD + "4、百校工程：是指新建学校100所。\n5、“1525”工程：到2023年，建成园区15个。\n新建医院3家。\n"
    assert statuses(text) == ["commitment", "context", "context", "commitment"]
    text = AHEAD + "5、“1525”工程：到2023年，建成园区15个。\n"
    assert statuses(text) == ["commitment", "commitment"]


def test_troubles_are_told_also_under_goals() -> None:
    text = "二、今后五年的目标\n（一）困难压力来自产业弱小\n仅有3个产业产值过百亿元。\n（二）教育\n新建学校12所。\n"
    assert statuses(text)[-1] == "commitment"
    assert "commitment" not in statuses(text)[:-1]


def test_tasks_that_first_recall_the_year_before_look_back_until_they_turn() -> None:
    recalled = "2022年，是云泽市扩权之年。过去一年，各项工作都有进展。税收增长7%，这为做好今年的工作打下基础。"
    text = f"二、2022年的工作\n{recalled}新建学校12所。\n新建医院3家。\n"
    assert statuses(text) == ["achieved", "commitment", "commitment"]
