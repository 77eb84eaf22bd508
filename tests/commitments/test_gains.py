"""What a proposal or an outline says of the plan period before its own is achieved, not undertaken."""

from __future__ import annotations

import pytest

from pipeline.commitments import DocumentFacts, read_quantities
from pipeline.structure import parse

PROPOSAL = DocumentFacts("proposal", 2026, 2030, None, "city")
OPENING = "一、云泽发展的新起点和“十五五”时期总体要求\n"
AHEAD = "二、“十五五”时期的任务\n新建学校30所。\n"


def statuses(text: str, facts: DocumentFacts = PROPOSAL) -> list[str]:
    return [one.status for one in read_quantities(text, parse(text, ()), facts)]


@pytest.mark.parametrize(
    "heading",
    [
        "1.“十四五”时期我市发展取得决定性成就。",
        "（一）“十四五”时期经济社会发展取得新的重大成就\n",
        "（1）“十四五”时期发展迈上新台阶。",
        "1.决胜全面建成小康社会取得决定性成就。",
    ],
)
def test_a_heading_of_gains_looks_back_also_below_one_that_looks_ahead(heading: str) -> None:
    review = f"{OPENING}{heading}全市上下团结奋斗，粮食总产量达到80亿斤，建成高速公路120公里。\n"
    assert statuses(review + AHEAD) == ["achieved", "achieved", "commitment"]


@pytest.mark.parametrize(
    "opening",
    [
        "“十四五”时期，全市上下团结奋斗，",
        "高质量发展迈出坚实步伐。“十四五”以来，",
        "过去五年，我们迎难而上，",
        "党的二十大以来，",
    ],
)
def test_a_paragraph_that_opens_with_the_years_behind_looks_back_to_its_end(opening: str) -> None:
    text = f"{OPENING}{opening}建成高速公路120公里。粮食总产量稳定在80亿斤以上。\n新建学校30所。\n"
    assert statuses(text) == ["achieved", "achieved", "commitment"]


def test_such_a_paragraph_turns_where_it_names_the_period_to_come() -> None:
    text = f"{OPENING}“十四五”时期，建成高速公路120公里，“十五五”时期再新建学校30所。\n"
    assert statuses(text) == ["achieved", "commitment"]


def test_an_explanation_turns_where_it_tells_what_the_proposal_wants() -> None:
    text = f"{OPENING}“十四五”期间，建成高速公路120公里。建议稿提出新建学校30所。\n"
    assert statuses(text) == ["achieved", "commitment"]


@pytest.mark.parametrize(
    "heading",
    ["1.创新发展取得显著成效。", "1.推动科技创新取得重大成就。", "1.“十五五”时期发展取得重大成就。"],
)
def test_a_goal_in_the_same_words_looks_ahead(heading: str) -> None:
    assert statuses(f"{OPENING}{heading}新建学校30所。\n") == ["commitment"]


def test_its_own_period_is_no_review() -> None:
    facts = DocumentFacts("outline", 2021, 2025, 2021)
    assert statuses(f"{OPENING}“十四五”时期，新建学校30所。\n", facts) == ["commitment"]
