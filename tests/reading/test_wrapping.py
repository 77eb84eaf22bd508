"""Hard-wrapped lines: rejoined where print broke them, left alone where it did not; texts are invented."""

from __future__ import annotations

import pytest
from reading_checks import PROSE, reading_of, story, wrapped

from pipeline.reading.layout import Row, columns, read_layout
from pipeline.reading.lines import split_lines

PARAGRAPHS = [
    "一、推进产业升级",
    story(6, 1),
    "（一）建设绿色能源基地",
    "到2030年，云泽市建成风电1200万千瓦、光伏800万千瓦，单位GDP能耗下降13.5%左右。" * 3,
    "各县区要抓好落实：",
    "扩大养老服务供给，新增床位3万张，支持社会力量举办托育机构。" * 4,
    "二、改善民生",
    "办好学校，办好医院，让群众共享发展成果，让云泽山更青水更绿。" * 5,
]
PAGE = [*PARAGRAPHS, "三、强化保障", story(9, 3), "（二）加强领导", story(7, 4), story(8, 5)]


def page(width: int, indent: str = "", blank: bool = False) -> list[str]:
    lines: list[str] = []
    for one in PAGE:
        lines += ([""] if blank and lines else []) + wrapped(one, width, indent)
    return lines


@pytest.mark.parametrize("width", [22, 29, 37, 45])
@pytest.mark.parametrize("blank", [False, True])
@pytest.mark.parametrize("indent", ["", "　　"])
def test_lines_of_one_width_are_rejoined(width: int, indent: str, blank: bool) -> None:
    assert reading_of("\n".join(page(width, indent, blank))).text.split("\n") == PAGE


def test_sentences_go_on_over_pages() -> None:
    lines = page(30)
    source = "\n".join(line + (f"\n— {at // 9 + 1} —\n\f" if at % 9 == 8 else "") for at, line in enumerate(lines))
    assert reading_of(source).text.split("\n") == PAGE


def test_an_indent_tells_a_paragraph_where_the_line_before_is_full() -> None:
    full = ("办好学校和医院" * 8)[:27] + "。"
    paragraphs = [full + full[:10] + "。", full, story(20)] * 4
    source = "\n".join(line for one in paragraphs for line in wrapped(one, 30, "　　"))
    assert len(full) == 28
    assert reading_of(source).text.split("\n") == paragraphs


def test_latin_words_keep_their_space_where_lines_break_between_words() -> None:
    line = "The plan of Yunze says that every county builds one park and"
    source = "\n".join([line, "one school"] * 8)
    assert reading_of(source).text.startswith(f"{line} one school")


def test_half_lines_of_a_pdf_are_put_together() -> None:
    line = "云泽市牢牢把握发展方向和城市定位不断提升治理水平建设，"
    halves = [
        "首都功能布局持续优化和提升完善，",
        "“四个中心”功能不断增强，",
        "推动城市治理体系走深走实再上新台阶实现良好发展，",
    ]
    source = "\n".join([line[:-1] + "与", *halves] * 5 + ["成效明显。"])
    assert "\n" not in reading_of(source).text


@pytest.mark.parametrize(
    "lines",
    [
        [PROSE] * 12,
        ["山高月小，", "水落石出。"] * 8,
        ["粮食产量（万吨）", "120", "130", "预期性"] * 10,
        [f"{n}.支持云泽第{n}中学建设。" for n in range(1, 15)],
        ["第一章 总体要求", "第二章 主要目标", "第三章 重点任务", "第四章 保障措施"] * 3,
    ],
    ids=["sentences", "verse", "cells", "list", "headings"],
)
def test_lines_that_are_whole_stay(lines: list[str]) -> None:
    assert reading_of("\n".join(lines)).text.split("\n") == lines


def test_rows_of_a_table_are_never_joined() -> None:
    rows = ["指标 | 2025年 | 2030年", "粮食 | 80亿斤 | 90亿斤"]
    assert "\n".join(rows) in reading_of("\n".join([*page(30), *rows, *page(30)])).text


def test_a_note_at_the_foot_of_a_page_comes_after_the_sentence_that_it_breaks() -> None:
    sentence = f"{PROSE[:-1]}，加快发展绿色能源产业①，推动云泽新区高质量发展，建设宜居城市。"
    note = "①绿色能源产业：指风能、太阳能和地热能开发利用的各类产业以及相关的服务业。"
    lines = wrapped(sentence, 28)
    source = [*wrapped(story(40), 28), *lines[:2], *wrapped(note, 28), "— 1 —", *lines[2:], *wrapped(story(40, 2), 28)]
    text = reading_of("\n".join(source)).text
    assert f"{sentence.replace('①', '')}\n{note}\n" in text


def test_layout_reads_width_and_indents() -> None:
    lines = split_lines("\n".join(page(30, "　　")), [], set())
    layout = read_layout([Row(one, one.indent + columns(one.text), one.gap, False) for one in lines])
    assert layout is not None
    assert (layout.width, layout.indents, layout.gaps, layout.cuts) == (60, True, False, True)


def test_a_form_feed_alone_between_lines_turns_the_page() -> None:
    assert [one.page for one in split_lines("甲\f乙\n丙\n\f\n丁", [], set())] == [False, True, False, True]


def test_a_title_that_the_contents_name_ends_where_they_end_it() -> None:
    line = "坚持把发展经济的着力点放在实体经济上推进新型工业化和制造业"
    contents = "目  录\n第一章 建设高水平社会主义市场经济体制和营商环境 ………… 1\n第二章 建设综合交通体系 ………… 9\n"
    body = "\n".join([line, line[:-1] + "，", line, line[:20] + "。"])
    source = (
        f"{contents}第一章 建设高水平社会主义市场经济体制和营商环境\n{body}\n第二章 建设综合交通体系\n{body}\n"
        + f"{body}\n" * 3
    )
    lines = reading_of(source).text.split("\n")
    assert lines[0] == "第一章 建设高水平社会主义市场经济体制和营商环境"
    assert lines[2] == "第二章 建设综合交通体系"


def test_the_label_of_a_box_its_number_and_its_title_are_one_line() -> None:
    source = "\n\n".join([f"{PROSE}" for _ in range(10)] + ["专栏", "3", "重点产业", PROSE])
    assert "\n专栏3重点产业\n" in reading_of(source).text


def test_a_file_that_breaks_paragraphs_at_figures_is_rejoined() -> None:
    pieces = [f"云泽市第{sign}区坚持富民优先。全区城镇居民收入比上年增长" for sign in "一二三四五六七"]
    lines = [line for piece in pieces for line in (piece, "8.5%，高于全市。", "扎实办好民生实事，群众满意。")]
    text = reading_of("\n\n".join(lines)).text
    assert text.split("\n")[::2] == [f"{piece}8.5%，高于全市。" for piece in pieces]


def test_a_figure_on_a_line_of_its_own_belongs_to_its_sentence() -> None:
    lines = ["办好民生实事。全省有", "125", "万人次参加培训，就业形势稳定。", PROSE, PROSE]
    assert reading_of("\n\n".join(lines)).text.split("\n")[0] == "".join(lines[:3])
