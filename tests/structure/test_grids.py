"""Where tables begin and end."""

import time

import pytest
from invented_tables import flattened, rows_of, spaced

from pipeline.structure.figures import read_figure
from pipeline.structure.grids import Grid, find_grids
from pipeline.structure.outline import split_lines
from pipeline.structure.table_columns import name_columns

ROWS = "序号\n指标\n单位\n2025年\n2030年目标\n属性\n1\n桥梁长度\n公里\n3\n4\n预期性\n2\n渡口数量\n个\n—\n＞5\n约束性"


def grids(text: str) -> list[tuple[Grid, str]]:
    lines = split_lines(text, 0, len(text))
    return [(one, text[lines[first].start : lines[one.end - 1].end]) for first, one in find_grids(lines).items()]


def test_a_table_swallows_neither_heading_nor_prose() -> None:
    ((grid, text),) = grids(
        f"第一章 总体要求\n主要目标如下：\n“十五五”时期主要指标\n{ROWS}\n渡口是重要设施\n第二章 任务\n推进建设。"
    )
    assert text == f"“十五五”时期主要指标\n{ROWS}"
    assert (grid.caption, grid.header, len(grid.rows)) == (2, (3, 9), 2)


def test_a_note_is_none_of_the_table() -> None:
    ((_, text),) = grids(f"{ROWS}\n备注：[ ]内数据为累计数\n二、任务")
    assert text == ROWS


def test_a_label_over_several_columns_is_none_of_its_own() -> None:
    text = "指标\n属性\n“十五五”目标\n2030年\n年均［累计］\n" + "\n".join(
        f"第{n}项桥梁长度\n预期性\n{n}.5\n—" for n in "一二三"
    )
    ((grid, _),) = grids(text)
    assert len(grid.rows) == 3


@pytest.mark.parametrize(
    "text",
    [
        "桥梁\n渡口\n茶园\n书屋\n古井\n夜校\n湿地\n风车\n仓库\n码头",
        "1\n2\n3\n4\n5\n6\n7\n8\n9\n10",
        "01\n桥梁\n重点发展桥梁\n02\n渡口\n重点发展渡口\n03\n茶园\n重点发展茶园\n04\n书屋\n重点发展书屋",
        "内容纠错 |\n使用帮助|\n关于我们|",
        "2025年\n2030年\n目标\n指标",
        "推进桥梁建设，完善路网。\n|\n|",
    ],
)
def test_lists_numbers_and_navigation_are_no_tables(text: str) -> None:
    assert grids(text) == []


def test_two_rows_on_a_line_are_one_range() -> None:
    text = "序号 指标 2025年 2030年目标 属性\n1 桥梁长度(公里) 3 4 预期性2 渡口数量(个) 5 6 预期性\n3 茶园面积(亩) 7 8 预期性"
    ((grid, _),) = grids(text)
    assert grid.rows == ((1, 2), (2, 3))


@pytest.mark.parametrize("seed", range(10))
def test_every_line_between_header_and_end_is_in_one_row(seed: int) -> None:
    for text in (flattened(rows_of(seed), seed), spaced(rows_of(seed))):
        ((grid, _),) = grids(text)
        rows = list(grid.rows)
        assert [after[0] for after in rows[1:]] == [before[1] for before in rows[:-1]]
        assert (grid.header[1], grid.end) == (rows[0][0], rows[-1][1])


@pytest.mark.parametrize(
    "text",
    [
        "序号\n指标\n2025年\n2030年目标\n1\n粮食\n3\n4\n" * 1500,
        "序号\n指标\n2025年\n2030年目标\n" * 3000,
        "1\n2\n3\n甲乙\n" * 3000,
        "a|" * 50_000 + "\n" + "|" * 50_000,
        "表1 指标\n单位：吨\n" * 4000,
    ],
)
def test_the_work_stays_in_proportion_to_the_text(text: str) -> None:
    began = time.process_time()
    grids(text)
    assert time.process_time() - began < 20


def test_figures_of_hostile_cells_are_refused_at_once() -> None:
    began = time.process_time()
    for cell in ("达到" * 30, "十五" * 30, "1" * 60, "(1)" * 20, "1" + "（1" * 29, "1 " * 30, "2020年" * 12):
        read_figure(cell + "x")
    assert time.process_time() - began < 2


def test_the_kinds_and_years_of_columns() -> None:
    columns = name_columns(["指标", "2015年", "2020年", "2025年目标", "2035年目标", "年均增长（%）", "责任单位"])
    assert [(one.kind, one.year) for one in columns] == [
        ("indicator", None), ("base", 2015), ("base", 2020), ("target", 2025), ("target", 2035), ("change", None),
        ("text", None),
    ]  # fmt: skip
