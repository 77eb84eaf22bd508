"""Tables are read into rows, however they are printed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented_tables import Row, barred, flattened, marked_down, rows_of, spaced

from pipeline.records import Hint, TableFound, TableRow
from pipeline.structure import parse
from pipeline.structure.indicator_rows import read_tables

SEEDS = range(25)


def read(text: str, hints: tuple[Hint, ...] = ()) -> list[TableFound]:
    return list(read_tables(text, parse(text, ()), hints))


def as_meant(row: TableRow) -> Row:
    texts = [one.text if (one := row.value(role)) else "—" for role in ("base", "target", "change")]
    return Row(row.group or "", row.indicator or "", row.unit or "", *texts, row.attribute or "", row.parent)


def assert_rows(tables: list[TableFound], rows: list[Row]) -> None:
    assert [one.kind for one in tables] == ["indicator"]
    assert [as_meant(one) for one in tables[0].rows] == rows


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("unit_inside", [False, True])
def test_one_cell_a_line(seed: int, unit_inside: bool) -> None:
    rows = rows_of(seed)
    tables = read(flattened(rows, seed, unit_inside))
    assert_rows(tables, rows)
    assert tables[0].caption == "表1 云泽市主要指标"
    assert tables[0].note == "注：[ ]内为五年累计数。"


@pytest.mark.parametrize("seed", SEEDS)
def test_a_row_a_line_with_the_header_on_each_page(seed: int) -> None:
    assert_rows(read(spaced(rows_of(seed))), rows_of(seed))


@pytest.mark.parametrize("seed", SEEDS)
def test_markdown(seed: int) -> None:
    assert_rows(read(marked_down(rows_of(seed))), rows_of(seed))


def row(text: str, at: int = 0) -> TableRow:
    return read(text)[0].rows[at]


def test_values_with_their_bounds_years_and_places() -> None:
    text = "表1 主要指标\n序号 | 指标 | 单位 | 2025年（预计） | 2030年 | 属性\n1 | 桥梁完好率 | % | 21.5（2024年） | ≥30 | 约束性"
    text += "\n2 | 茶园面积 | 万亩 | — | 25—27 | 预期性"
    first, second = read(text)[0].rows
    base, target = first.value("base"), first.value("target")
    assert (base.value_min, base.year, base.text) == (21.5, 2024, "21.5（2024年）")
    assert (target.value_min, target.value_max, target.comparator, target.year) == (30, None, "ge", 2030)
    assert text[target.start : target.end] == "≥30"
    assert text[slice(*first.indicator_span)] == "桥梁完好率"
    assert (first.force, second.force) == ("binding", "expected")
    assert second.value("base") is None
    assert (second.value("target").value_min, second.value("target").value_max) == (25, 27)
    assert second.cells == ("2", "茶园面积", "万亩", "—", "25—27", "预期性")


def test_a_cumulative_value_is_told_by_its_brackets() -> None:
    text = "指标 | 2025年 | 2030年目标\n渡口数量（个） | 3 | 【15左右】\n桥梁长度（公里） | 3 | 40"
    first, second = (one.value("target") for one in read(text)[0].rows)
    assert (first.aggregation, first.comparator, second.aggregation) == ("cumulative", "approx", None)


def test_parts_after_among_them_end_where_they_make_up_the_whole() -> None:
    text = "| 类别 | 1952年 | 1957年 |\n|---|---|---|\n| 船舶 | 10 | 30 |\n| 其中： |  |  |\n| 帆船 | 7 | 20 |\n| 轮船 | 3 | 10 |\n| 桥梁 | 4 | 8 |"
    assert [(one.indicator, one.parent) for one in read(text)[0].rows] == [
        ("船舶", None), ("帆船", "船舶"), ("轮船", "船舶"), ("桥梁", None),
    ]  # fmt: skip


def test_the_unit_above_the_table_and_the_unit_in_the_cells() -> None:
    above = "表1 产量\n单位：万吨\n指标\n2025年\n2030年目标\n属性\n粮食产量\n30\n40\n预期性\n茶叶产量\n3\n4\n预期性\n"
    assert [one.unit for one in read(above)[0].rows] == ["万吨", "万吨"]
    inside = "| 产品 | 1952年 | 1957年计划 |\n|---|---|---|\n| 茶叶 | 7.2万担 | 1.1亿担 |\n| 瓷器 | 3件 | 9件 |"
    first = row(inside)
    assert (first.unit, first.value("base").value_min, first.value("target").value_min) == ("担", 72_000, 110_000_000)


def test_a_table_goes_on_below_its_repeated_caption() -> None:
    part = "序号 | 指标 | 2025年 | 2030年\n"
    text = f"表1 主要指标\n{part}1 | 桥梁长度 | 3 | 4\n2 | 渡口数量 | 5 | 6\n表1 主要指标（续）\n{part}3 | 茶园面积 | 7 | 8"
    found = read(text)
    assert [len(one.rows) for one in found] == [3]
    assert found[0].rows[-1].indicator == "茶园面积"


def test_a_table_of_prose_is_no_indicator_table() -> None:
    text = "| 序号 | 领域 | 具体内容 |\n| --- | --- | --- |\n| 1 | 交通 | 新建渡口3个。 |\n| 2 | 教育 | 开办夜校，增加学位200个。 |"
    (found,) = read(text)
    assert (found.kind, [one.cells[1] for one in found.rows]) == ("other", ["交通", "教育"])


def test_rows_without_a_header_end_with_what_they_are() -> None:
    cells = [
        f"{at}\n{name}\n个\n{at}.5\n{at + 3}\n预期性" for at, name in enumerate(("桥梁数量", "渡口数量", "茶园数量"), 1)
    ]
    found = read("\n".join(cells))
    assert [(one.indicator, one.unit, one.value("base").value_min, one.value("target").value_min) for one in found[0].rows] == [
        ("桥梁数量", "个", 1.5, 4), ("渡口数量", "个", 2.5, 5), ("茶园数量", "个", 3.5, 6),
    ]  # fmt: skip


CELLS = st.sampled_from(
    ["序号", "指标", "单位", "2025年", "2030年目标", "属性", "1", "2", "3", "桥梁长度", "（%）", "%", "—", ">5", "预期性", "约束性",
     "经济", "（3项）", "注：无。", "一、目标", "a | b", "| 序号 | 指标 | 2030年 |", "其中：", "表1 主要指标", "推进建设。", "续表"]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(st.lists(CELLS, min_size=1, max_size=4).map(" ".join), max_size=40))
def test_any_lines_give_rows_inside_their_table_in_order(lines: list[str]) -> None:
    text = "\n".join(lines)
    last = 0
    for table in read(text):
        assert last <= table.start < table.end <= len(text)
        last = table.end
        assert all(table.start <= one.start < one.end <= table.end for one in table.rows)
        assert [one.start for one in table.rows] == sorted(one.start for one in table.rows)
        for one in table.rows:
            assert all(table.start <= value.start < value.end <= table.end for value in one.values)
            assert len(one.cells) == len(table.header) or not table.header


@pytest.mark.parametrize("seed", SEEDS)
def test_merged_cells_of_html_and_docx(seed: int) -> None:
    rows = rows_of(seed)
    tables = read(*barred(rows))
    assert_rows(tables, rows)
    assert tables[0].header[5:8] == ("指标数值2025年", "指标数值2030年", "指标数值年均/累计")
