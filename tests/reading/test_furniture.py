"""Furniture: what is left out and why, and what looks like it and stays; texts are invented."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from reading_checks import PROSE, left_out, reading_of, story, wrapped

from pipeline.reading import read
from pipeline.reading.contents import split_entries
from pipeline.reading.notes import find_note_marks

PLANS = Path(__file__).parents[2].parent / "shared" / "corpus" / "plans"
LONG = PROSE * 4
TEXT = story(50)


def pages(numbers: list[str], head: str = "", width: int = 30) -> str:
    """Set prose on pages that break sentences, each with a head above and a number below."""
    lines = wrapped(TEXT, width)
    per_page = -(-len(lines) // len(numbers))
    found: list[str] = []
    for n, number in enumerate(numbers):
        found += [head] * bool(head) + lines[n * per_page : (n + 1) * per_page] + [number] * bool(number)
    return "\n".join(found)


@pytest.mark.parametrize(
    "form",
    [
        "— {} —",
        "－{}－",
        "- {} -",
        "·{}·",
        "~{}~",
        "第{}页",
        "第{}页 共9页",
        "共9页 第{}页",
        "Page {} of 9",
        "{}/9",
        "{}",
        "[{}]",
        "（{}）",
    ],
)
def test_page_numbers_of_every_form_are_left_out_and_sentences_go_on(form: str) -> None:
    numbers = [form.format(n) for n in range(1, 7)]
    reading = reading_of(pages(numbers))
    assert left_out(reading, "page_number") == numbers
    assert reading.text == TEXT


def test_roman_page_numbers_count_too() -> None:
    reading = reading_of(pages(["i", "ii", "iii", "iv", "v"]))
    assert left_out(reading, "page_number") == ["i", "ii", "iii", "iv", "v"]


def test_a_page_number_glued_to_the_last_line_is_left_out() -> None:
    reading = reading_of(f"{PROSE}\n{PROSE} — 12 —\n{PROSE}第3页 共9页\n")
    assert left_out(reading, "page_number") == ["— 12 —", "第3页 共9页"]
    assert reading.text == "\n".join([PROSE] * 3)


def test_serial_numbers_of_a_flattened_table_stay() -> None:
    cells = "\n".join(f"{n}\n粮食产量（万吨）\n{n * 7}\n预期性" for n in range(1, 12))
    reading = reading_of(f"{LONG}\n{cells}\n{LONG}")
    assert not reading.furniture


def test_running_heads_without_form_feeds_are_left_out() -> None:
    reading = reading_of(pages([""] * 6, "云泽市发展规划纲要"))
    assert left_out(reading, "running_head") == ["云泽市发展规划纲要"] * 6
    assert reading.text == TEXT


def test_a_heading_that_repeats_between_whole_paragraphs_stays() -> None:
    source = "\n".join(["重点任务", LONG] * 6)
    assert reading_of(source).text == source


def test_contents_are_left_out_to_their_first_entry() -> None:
    source = (
        "目  录\n第一章 总体要求 ………… 1\n第二章 主要目标 ………… 9\n第一章 总体要求\n"
        f"{PROSE}\n— 12 —\n第二章 主要目标\n{PROSE}\n责任编辑：周某\n"
    )
    reading = reading_of(source)
    assert reading.text == f"第一章 总体要求\n{PROSE}\n第二章 主要目标\n{PROSE}"
    assert left_out(reading, "contents") == ["目  录", "第一章 总体要求 ………… 1", "第二章 主要目标 ………… 9"]
    assert (left_out(reading, "page_number"), left_out(reading, "editor")) == (["— 12 —"], ["责任编辑：周某"])


def test_a_salutation_ends_contents_that_name_no_heading_again() -> None:
    reading = reading_of(f"目录\n总任务\n五年计划概要\n各位代表：\n{PROSE}")
    assert reading.text == f"各位代表：\n{PROSE}"


def test_titles_of_annexes_are_no_running_heads() -> None:
    source = "\n".join(f"{story(8, n)}建设项目清单\n《云泽报告》附件{n}\n{story(8, n + 9)}" for n in range(1, 4))
    assert not reading_of(source).furniture


def test_contents_without_their_title_go_on_over_pages_and_broken_entries() -> None:
    entries = [
        "第一章 总体要求......1",
        "第二章 坚持创新驱动发展，加快",
        "建设云泽科学城......9",
        "— 2 —",
        "第三章 目标......12",
    ]
    reading = reading_of("\n".join([PROSE, *entries, PROSE]))
    assert left_out(reading, "contents") == [one for one in entries if "—" not in one]
    assert reading.text == f"{PROSE}\n{PROSE}"


def test_entries_glued_on_one_line_are_listed_one_by_one() -> None:
    line = "第一章 总体要求……1第二章 主要目标……9第三章 保障……20"
    reading = reading_of(f"{line}\n{PROSE}")
    assert left_out(reading, "contents") == ["第一章 总体要求……1", "第二章 主要目标……9", "第三章 保障……20"]
    assert [line[low:high] for low, high in split_entries(line)] == left_out(reading, "contents")


def test_an_ellipsis_in_prose_is_no_contents() -> None:
    source = "\n".join([f"粮食、棉花、油料……2025年达到{n}万吨" for n in range(30, 36)])
    assert reading_of(source).text == source


def test_web_navigation_is_left_out() -> None:
    head = "无障碍\n网站首页\n云泽市发展规划纲要\n发布日期：2026-01-20\n打印\n"
    reading = reading_of(f"{head}云泽市发展规划纲要\n{PROSE}\n友情链接\n技术支持：某公司\n")
    assert reading.text == f"云泽市发展规划纲要\n{PROSE}"
    assert "友情链接" in left_out(reading, "navigation")


@pytest.mark.parametrize(
    "line", ["责任编辑 周某 版式 林某", "责任编辑：周某", "【责编：周某】", "审核：林某", "本版编辑 周某"]
)
def test_lines_of_editors_are_left_out(line: str) -> None:
    reading = reading_of(f"{PROSE}\n{PROSE}\n{line}")
    assert left_out(reading, "editor") == [line]


def test_a_line_about_editing_stays() -> None:
    source = f"{PROSE}\n编辑出版产业增加值达到30亿元\n审核制度改革"
    assert not reading_of(source).furniture


@pytest.mark.parametrize("unit", ["…1", "[1]", "—1", ". ", "①，", "第1页", "（责编：", "1\n", "目录\n第一章 甲\n"])
def test_hostile_repetition_takes_linear_time(unit: str) -> None:
    began = time.process_time()
    reading_of(f"云泽。\n{unit * (40_000 // len(unit))}\n云泽。")
    assert time.process_time() - began < 4


def test_an_editor_in_brackets_within_a_line_is_left_out() -> None:
    reading = reading_of(f"{PROSE}（责任编辑：周某）\n{PROSE}")
    assert left_out(reading, "editor") == ["（责任编辑：周某）"]
    assert reading.text == f"{PROSE}\n{PROSE}"


def glued(mark: str, n_marks: int) -> str:
    words = ["绿色能源", "“双百行动”", "低空经济", "“云上云泽”", "数字港航", "海洋牧场"]
    return "\n".join(
        f"发展{words[n % 6]}{mark.format(n + 1)}，建设园区{n + 3}个，增长{n + 1}%，完成第{n + 1}期工程。"
        for n in range(n_marks)
    )


@pytest.mark.parametrize("mark", ["{}", "[{}]", "〔{}〕", "【{}】"])
def test_marks_that_count_on_are_footnotes_but_quantities_are_not(mark: str) -> None:
    reading = reading_of(glued(mark, 8))
    assert left_out(reading, "footnote_mark") == [mark.format(n) for n in range(1, 9)]
    assert reading.text == glued("", 8)


@pytest.mark.parametrize("marks", ["①②③④", "¹²³⁴"])
def test_circled_and_raised_marks_are_footnotes(marks: str) -> None:
    source = "\n".join(f"实施云泽新城建设行动{mark}，推进产业升级。" for mark in marks)
    assert left_out(reading_of(source), "footnote_mark") == list(marks)


def test_circled_items_square_metres_and_values_in_brackets_stay() -> None:
    source = "重点是①产业，②交通。\n建成5万米²，绿地3万米²。\n全市约[125]\n—\n[5]"
    assert not reading_of(source).furniture


def test_few_or_unsure_numbers_are_no_chain() -> None:
    assert not find_note_marks("新增学校1，医院2。\n建设公园3处，园区4个，道路5条。")
    assert not find_note_marks("国外借款1，60亿元，投资2，76亿元，增加3，49亿元，投产4，74亿元，建成5，20亿元。")


def test_marks_on_their_own_lines_are_footnotes_and_the_sentence_goes_on() -> None:
    parts = [
        f"{PROSE[:-1]}，发展绿色能源",
        "产业，培育龙头企业，建设“双百行动”",
        "示范园区，推进云泽科学城",
        "建设，形成集群，打造低空经济",
        "高地，让群众共享发展成果。",
    ]
    source = parts[0] + "".join(f"\n\n{n}\n{part}" for n, part in enumerate(parts[1:], 1))
    reading = reading_of("\n\n".join([PROSE] * 12) + "\n\n" + source)
    assert left_out(reading, "footnote_mark") == ["1", "2", "3", "4"]
    assert reading.text.endswith("".join(parts))


def test_a_figure_on_its_own_line_is_text() -> None:
    source = f"{PROSE}全市涌现先进集体、模范人物等\n\n12\n\n名具有时代精神的先进典型。"
    assert reading_of(source).text == source.replace("\n", "")
    broken = f"{PROSE}建成80\n\n万吨水泥等项目，实际利用外资63.2\n\n亿美元。"
    assert reading_of(broken).text == broken.replace("\n", "")


@pytest.mark.skipif(not PLANS.exists(), reason="needs the shared corpus")
@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("bj-15th.txt", {"page_number": 160, "contents": 240}),
        ("gz-15th.txt", {"footnote_mark": 167, "contents": 140, "invisible": 5}),
        ("gz-15th.from_html.txt", {"footnote_mark": 167, "contents": 140, "invisible": 5}),
        ("heze-14th-proposal.txt", {"continuation": 2}),
        ("hf-15th-suggestion.txt", {"editor": 1}),
        ("hz-15th.txt", {"contents": 117, "page_number": 2}),
    ],
)
def test_real_plans_lose_their_furniture_and_nothing_else(name: str, counts: dict[str, int]) -> None:
    reading = read((PLANS / name).read_bytes(), name)
    found = {reason: len(left_out(reading, reason)) for reason in {one.reason for one in reading.furniture}}
    found.pop("navigation", None)
    assert found == counts
