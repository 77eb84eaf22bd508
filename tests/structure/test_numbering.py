"""Numbers of headings and the table of contents, on invented outlines."""

import pytest

from pipeline.structure import parse
from pipeline.structure.numbering import Note, check_contents, check_numbering


def outline(*headings: str) -> list[tuple[str, str]]:
    text = "\n".join(f"{one}\n坚持稳中求进，推动各项工作落到实处。" for one in headings)
    return [(one.kind, one.detail) for one in check_numbering(parse(text, ()).sections)]


def test_numbers_that_begin_anew_under_each_heading_are_in_order() -> None:
    assert outline("第一章 甲", "第一节 丙", "第二节 丁", "第二章 乙", "第一节 戊") == []


def test_numbers_that_run_through_are_in_order() -> None:
    assert outline("第一篇 甲", "第一章 丙", "第二章 丁", "第二篇 乙", "第三章 戊") == []


@pytest.mark.parametrize(
    ("headings", "kind", "detail"),
    [
        (("一、甲", "二、乙", "四、丁"), "gap", "四、 after 2"),
        (("三、甲", "四、乙"), "gap", "三、 is the first"),
        (("一、甲", "二、乙", "二、丙"), "repeat", "二、 after 2"),
        (("一、甲", "二、乙", "三、丙", "二、丁"), "reset", "二、 after 3"),
    ],
)
def test_what_is_out_of_order_is_noted(headings: tuple[str, ...], kind: str, detail: str) -> None:
    assert outline(*headings) == [(kind, detail)]


def test_contents_are_compared_both_ways() -> None:
    headings = [(0, "第一章 总体要求"), (1, "第二章 主要目标"), (2, "一、经济")]
    contents = ["第一章　总体要求 ………… 3", "第三章 保障措施 ………… 9"]
    assert check_contents(headings, contents) == [
        Note("not_in_text", None, "第三章 保障措施"),
        Note("not_in_contents", 1, "第二章 主要目标"),
    ]


def test_without_contents_nothing_is_missed() -> None:
    assert check_contents([(0, "第一章 总体要求")], []) == []
