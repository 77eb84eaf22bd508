"""What argues for a goal, estimates what it takes, or only names: no commitment."""

from __future__ import annotations

import pytest

from pipeline.commitments import DocumentFacts, read_quantities
from pipeline.records import Quantity
from pipeline.structure import parse

PLAN = DocumentFacts("outline", 2021, 2025, 2021)
REPORT = DocumentFacts("work_report", 2021, 2025, 2022, "city")


def read(text: str, facts: DocumentFacts = PLAN) -> list[Quantity]:
    return read_quantities(text, parse(text, ()), facts)


@pytest.mark.parametrize(
    ("sentence", "statuses"),
    [
        # Estimates and conditions.
        ("据测算，未来几年只需保持7%左右的增长速度，到2023年即可实现总产值翻一番。", ["projection", "projection"]),
        ("从支撑条件看，第一产业需年均增长4.0%，第二产业需年均增长7.8%。", ["projection", "projection"]),
        ("只要每年增长11%，前述目标就可以达到。", ["projection"]),
        ("实现这一目标，生产总值年均增速需达到7.2%以上。", ["projection"]),
        ("发展还要经历20至30年的增长期。", ["projection"]),
        ("项目可实现年产值20亿元。", ["projection"]),
        ("完全有可能带动县级税收实现翻番。", ["projection"]),
        ("安排重点项目投资90亿元，预期带动全社会投资近400亿元。", ["commitment", "projection"]),
        # Reasons.
        ("提出增长8%，主要考虑全省增长6.5%。", ["commitment", "context"]),
        ("具备300亿元的贡献能力，相当于2019年税收的80%。", ["commitment", "context"]),
        ("我国人均只有1亩耕地。", ["context"]),
        ("产业规模居全省前列，已经具备坚实的基础。", ["achieved"]),
        ("石化和高端化工两个项目可新增产值。", ["context"]),
        # What looks like a reason and leads to a goal.
        ("综合考虑各方面因素，生产总值增长目标确定为7%。", ["commitment"]),
        ("按此测算，增长目标拟定为6%。", ["commitment"]),
        ("研发经费支出相当于生产总值的比例达到4.2%。", ["commitment"]),
        ("急需建设学校12所。", ["commitment"]),
        ("新增国家许可实现的项目12个。", ["commitment"]),
    ],
)
def test_reasons_and_estimates(sentence: str, statuses: list[str]) -> None:
    assert [one.status for one in read(sentence)] == statuses


@pytest.mark.parametrize(
    ("sentence", "status"),
    [
        ("围绕“4+2”重点产业，完善政策。", "context"),
        ("加速融入“六链五群”产业协作。", "context"),
        ("依托科技城、产业园三大平台，优化环境。", "context"),
        ("突出工业立市和对外开放两大重点。", "context"),
        ("大力发展装备制造、汽车等八大产业。", "context"),
        ("构建“一主七副”格局。", "commitment"),
        ("构建以“五横七纵”为骨架的路网。", "commitment"),
        ("启动实施九大工程。", "commitment"),
        ("三件大事、四条新路是总路径。", "context"),
        ("大方、织金、赫章3个县要补短板。", "context"),
        ("新设3个县。", "commitment"),
        ("建设云平台、数据、网络三大中心。", "commitment"),
    ],
)
def test_slogans_and_counts_that_close_a_list(sentence: str, status: str) -> None:
    assert [one.status for one in read(sentence)] == [status]


@pytest.mark.parametrize(
    "heading",
    ["名词解释", "三、《政府工作报告》名词解释", "三、《政府工作报告》注释", "三、名词术语解释", "三、有关用语说明"],
)
def test_the_glossary_of_a_report_promises_nothing(heading: str) -> None:
    text = f"一、2022年工作安排\n新建学校12所。\n\n{heading}\n1.“百校”工程：新建学校100所。\n"
    assert [one.status for one in read(text, REPORT)] == ["commitment", "context"]


@pytest.mark.parametrize(
    "sentence",
    [
        "淘汰10蒸吨及以下燃煤锅炉。",
        "关停淘汰30万千瓦以下煤电机组。",
        "实现3000人以上行政村通宽带。",
        "做好人均纯收入低于1万元的家庭增收工作。",
        "基本消除56人以上大班额。",
        "抓好城四家子古城遗址修缮。",
        "形成交易、服务四位一体的功能。",
        "建设至八五二农场公路。",
        "促进15年基础教育均衡发展。",
    ],
)
def test_a_limit_that_says_which_ones_is_no_quantity(sentence: str) -> None:
    assert read(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("带动2000户以上农户增收。", "2000户以上"),
        ("引进10名以上国家级人才。", "10名以上"),
        ("新增装机30万千瓦以上。", "30万千瓦以上"),
        ("农民人均收入不低于1万元。", "不低于1万元"),
    ],
)
def test_a_bound_of_the_goal_itself_is_read(sentence: str, quote: str) -> None:
    assert [sentence[one.start : one.end] for one in read(sentence)] == [quote]


def test_a_limit_behind_a_count_belongs_to_its_name() -> None:
    text = "建设20个3000平方米以上的绿地广场、引进3家10亿元以上企业。"
    assert [text[one.start : one.end] for one in read(text)] == ["20个", "3家"]


def test_those_among_which_a_rank_is_sought_are_no_goal() -> None:
    text = "走在全区12个盟市前列。"
    assert [(one.measure, one.status) for one in read(text)] == [("count", "context"), ("rank", "commitment")]
    assert [one.status for one in read("10个学科进入全国前列。")] == ["commitment", "commitment"]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("加快年产30万吨铝箔项目建设。", ["context"]),
        ("推进云泽化工8万吨树脂、临海纸业5万吨包装纸等2个项目。", ["context", "context", "commitment"]),
        ("建成年产20万辆轿车生产线。", ["context"]),
        ("形成年产30万吨铝箔的生产能力。", ["commitment"]),
        ("粮食总产量达到80万吨。", ["commitment"]),
        ("更新200台公交车等惠民项目。", ["commitment"]),
        ("新增冷库3万吨，推进仓储项目建设。", ["commitment"]),
    ],
)
def test_a_capacity_in_the_name_of_a_project_is_no_goal(text: str, status: list[str]) -> None:
    assert [
        one.status for one in read_quantities(text, parse(text, ()), DocumentFacts("outline", 2021, 2025))
    ] == status
