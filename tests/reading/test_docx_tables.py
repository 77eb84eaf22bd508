"""DOCX: tables, merged cells and layout; texts are invented."""

from __future__ import annotations

import pytest
from docx_maker import abstract, cell, level, make, num, paragraph, row, table

from pipeline.reading.docx import extract_docx

NEW, OLD = '<w:ins w:id="1" w:author="甲">', '<w:del w:id="2" w:author="甲">'


def lines(body: str, **parts: str) -> list[str]:
    return extract_docx(make(body, **parts)).source.split("\n")


def hinted(data: bytes) -> list[tuple[str, str, int]]:
    found = extract_docx(data)
    return [(one.kind, found.source[one.start : one.end], one.level) for one in found.hints]


def test_deleted_rows_and_cells_are_out() -> None:
    body = table(
        row("指标", "目标"), row("旧", "1", properties=OLD[:-1] + "/>"), row("新", "2", properties=NEW[:-1] + "/>")
    )
    body += table(row("暗", properties="<w:hidden/>"), row("明", "白"))
    body += table(row(cell("甲"), cell("乙", '<w:cellDel w:id="1"/>'), cell("丙")))
    assert lines(body) == ["指标 | 目标", "新 | 2", "明 | 白", "甲 | 丙"]


SPAN = '<w:gridSpan w:val="{}"/>'


DOWN, ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def test_merged_cells_stand_once_and_columns_align() -> None:
    body = table(
        row(cell("类别", DOWN), cell("指标", SPAN.format(2)), "目标"),
        row(cell("", ON), "名称", "单位", "5"),
        row(cell("", ON), "粮食", "亿斤", "80"),
        row(cell("合计", SPAN.format(3)), "9"),
    )
    data = make(body)
    assert extract_docx(data).source.split("\n") == [
        "类别 | 指标 |  | 目标", " | 名称 | 单位 | 5", " | 粮食 | 亿斤 | 80", "合计 |  |  | 9"
    ]  # fmt: skip
    assert hinted(data) == [("row_span", "类别", 3), ("column_span", "指标", 2), ("column_span", "合计", 3)]


def test_ruling_that_no_cell_begins_at_is_no_column() -> None:
    body = table(row(cell("甲", SPAN.format(2)), cell("乙", SPAN.format(10**9))), row(cell("丙", SPAN.format(2)), "丁"))
    assert lines(body) == ["甲 | 乙", "丙 | 丁"]


def test_grid_before_and_after_and_old_merges() -> None:
    body = table(
        row("甲", "乙", "丙"),
        row("丁", properties='<w:gridBefore w:val="1"/><w:gridAfter w:val="1"/>'),
        row(cell("戊", '<w:hMerge w:val="restart"/>'), cell("", "<w:hMerge/>"), "己"),
    )
    assert lines(body) == ["甲 | 乙 | 丙", " | 丁 | ", "戊 |  | 己"]


def test_absurd_ruling_does_not_blow_up_the_text() -> None:
    wide = row(*[cell("甲")] * 300)
    shifted = [row(cell("乙"), properties=f'<w:gridBefore w:val="{300 + at}"/>') for at in range(300)]
    assert len(extract_docx(make(table(wide, *shifted))).source) < 3000


@pytest.mark.parametrize(
    ("inside", "printed"),
    [
        (["一般公共", "预算收入"], "一般公共预算收入"),
        (["粮食产量", "（万吨）"], "粮食产量（万吨）"),
        (["推进甲园区工程建设", "推进乙园区工程建设"], "推进甲园区工程建设 推进乙园区工程建设"),
        (["建成一批学校；", "办好一批医院。"], "建成一批学校；办好一批医院。"),
        (["港口", "1.扩建码头"], "港口 1.扩建码头"),
        (["12", "34"], "12 34"),
        (["甲 | 乙"], "甲|乙"),
    ],
)
def test_paragraphs_of_a_cell(inside: list[str], printed: str) -> None:
    assert lines(table(row(cell("".join(map(paragraph, inside))), "x")))[0] == f"{printed} | x"


def test_numbers_alone_in_cells_are_printed() -> None:
    item = paragraph("", num=1, level=0)
    body = table(row(cell(item), "粮食"), row(cell(item), "教育"))
    assert lines(body, numbering=abstract(1, level(0, "decimal", "%1")) + num(1, 1)) == ["1 | 粮食", "2 | 教育"]


def test_a_table_that_lays_out_gives_its_paragraphs() -> None:
    inner = table(row("甲", "乙"), row("丙", "丁"))
    assert lines(table(row(cell(paragraph("专栏1") + paragraph("内容"))))) == ["专栏1", "内容"]
    assert lines(table(row(cell(inner + "<w:p/>"), "x"))) == ["甲 | 乙", "丙 | 丁", "x"]
    assert lines(table(row(cell(table(row("甲", "乙")) + "<w:p/>"), "很长很长的说明"))) == ["甲|乙 | 很长很长的说明"]
