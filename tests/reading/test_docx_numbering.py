"""DOCX: automatic numbers as printed; texts are invented."""

from __future__ import annotations

import pytest
from docx_maker import PLAN, abstract, level, make, num, paragraph, restart, run, style
from hypothesis import given
from hypothesis import strategies as st

from pipeline.reading.docx import extract_docx


def lines(body: str, **parts: str) -> list[str]:
    return extract_docx(make(body, **parts)).source.split("\n")


def hinted(data: bytes) -> list[tuple[str, str, int]]:
    found = extract_docx(data)
    return [(one.kind, found.source[one.start : one.end], one.level) for one in found.hints]


def test_numbers_of_a_plan_come_out_as_printed() -> None:
    levels = [0, 1, 2, 2, 3, 3, 4, 4, 1, 2, 0, 1, 2, 3]
    body = "".join(paragraph("甲", num=1, level=one) for one in levels)
    assert " ".join(one[:-1].rstrip() for one in lines(body, numbering=PLAN + num(1, 1))) == (
        "第一章 一、 （一） （二） 1. 2. ① ② 二、 （一） 第二章 一、 （一） 1."
    )


def test_a_digit_after_the_number_stays_apart_from_it() -> None:
    assert lines(paragraph("2025年建成。", num=1, level=3), numbering=PLAN + num(1, 1)) == ["1. 2025年建成。"]


def test_numbers_come_from_styles_and_the_styles_that_they_are_based_on() -> None:
    heads = abstract(
        1,
        level(0, "chineseCounting", "第%1章", more='<w:pStyle w:val="H1"/>'),
        level(1, "decimal", "%1.%2", more='<w:pStyle w:val="H2"/><w:isLgl/>'),
    )
    numbered = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    styles = (
        style("H1", "heading 1", numbered)
        + style("H2", "heading 2", numbered)
        + style("Own", "章标题", based_on="H1")
        + style("Bare", "无号", '<w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr>', based_on="H1")
    )
    body = paragraph("甲", "H1") + paragraph("乙", "H2") + paragraph("丙", "Own") + paragraph("丁", "H2")
    body += paragraph("戊", "Bare") + paragraph("己", "H1", num=0) + paragraph("庚", "H2", level=0)
    assert lines(body, numbering=heads + num(1, 1), styles=styles) == [
        "第一章 甲", "1.1 乙", "第二章 丙", "2.1 丁", "戊", "己", "第三章 庚"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("of", "printed"),
    [
        ([1, 1, 2, 2, 1], "1. 2. 3. 4. 5."),  # lists of one definition count on together
        ([1, 1, 3, 3, 1], "1. 2. 7. 8. 9."),  # a restart counts once, and for its sisters too
        ([3, 1, 3, 4, 4], "7. 8. 9. 1. 2."),
        ([1, 5, 1], "1. 2. 3."),  # the definition is a list style's, which another refers to: a list of its own
        ([6, 6, 1], "(1) (2) 3."),  # one list writes its numbers in its own way
    ],
)
def test_lists_share_counters_and_start_again(of: list[int], printed: str) -> None:
    own = '<w:lvlOverride w:ilvl="0">' + level(0, "decimal", "(%1)") + "</w:lvlOverride>"
    numbering = abstract(1, '<w:styleLink w:val="L"/>', level(0, "decimal", "%1."))
    numbering += num(1, 1) + num(2, 1) + num(3, 1, restart(0, 7)) + num(4, 1, restart(0)) + num(5, 1) + num(6, 1, own)
    found = lines("".join(paragraph("甲", num=one, level=0) for one in of), numbering=numbering)
    assert " ".join(one.removesuffix("甲").strip() for one in found) == printed


def test_a_list_style_is_followed_and_counts_by_itself() -> None:
    numbering = abstract(1, '<w:styleLink w:val="L"/>', level(0, "chineseCounting", "%1、"))
    numbering += abstract(2, '<w:numStyleLink w:val="L"/>') + num(1, 1) + num(2, 2)
    styles = style("L", "L", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>', kind="numbering")
    body = "".join(paragraph("甲", num=one, level=0) for one in (1, 1, 2))
    assert lines(body, numbering=numbering, styles=styles) == ["一、甲", "二、甲", "一、甲"]
    assert lines(body, numbering=numbering) == ["一、甲", "二、甲", "一、甲"]


def test_levels_restart_as_they_are_told() -> None:
    numbering = abstract(
        1,
        level(0, "decimal", "%1."),
        level(1, "decimal", "%2)"),
        level(2, "decimal", "<%3>", more='<w:lvlRestart w:val="0"/>'),
        level(3, "decimal", "[%4]", more='<w:lvlRestart w:val="1"/>'),
    )
    body = "".join(paragraph("甲", num=1, level=one) for one in (0, 1, 2, 3, 1, 2, 3, 0, 1, 2, 3))
    found = lines(body, numbering=numbering + num(1, 1))
    assert "".join(one[:-1].strip() for one in found) == "1.1)<1>[1]2)<2>[2]2.1)<3>[1]"


def test_a_level_passed_over_counts_as_begun() -> None:
    numbering = abstract(1, level(0, "chineseCounting", "第%1章"), level(1, "decimal", "%1.%2", more="<w:isLgl/>"))
    body = "".join(paragraph("甲", num=1, level=one) for one in (1, 0, 1))
    assert lines(body, numbering=numbering + num(1, 1)) == ["1.1 甲", "第二章 甲", "2.1 甲"]


def test_text_boxes_and_headers_count_by_themselves() -> None:
    item = paragraph("甲", num=1, level=0)
    box = paragraph(f"<w:r><w:pict><v:textbox><w:txbxContent>{item}{item}</w:txbxContent></v:textbox></w:pict></w:r>")
    found = lines(item + box + item, numbering=PLAN + num(1, 1), header=item)
    assert found == ["第一章 甲", "第一章 甲", "第二章 甲", "第二章 甲", "第一章 甲"]


def test_bullets_are_signs_and_an_empty_item_still_counts() -> None:
    wingdings = '<w:rFonts w:ascii="Wingdings"/>'
    numbering = abstract(1, level(0, "bullet", "l", run_properties=wingdings), level(1, "decimal", "%2."))
    body = paragraph("甲", num=1, level=0) + paragraph("", num=1, level=0) + paragraph("", num=1, level=1)
    body += paragraph("乙", num=1, level=1)
    assert lines(body, numbering=numbering + num(1, 1)) == ["● 甲", "1.", "2. 乙"]


def test_padded_numbers_of_a_custom_format() -> None:
    custom = '<mc:AlternateContent><mc:Choice Requires="w14"><w:numFmt w:val="custom" w:format="001, 002, 003, ..."/>'
    custom += '</mc:Choice><mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent>'
    own = f'<w:lvl w:ilvl="0"><w:start w:val="9"/>{custom}<w:lvlText w:val="%1"/></w:lvl>'
    body = paragraph("甲", num=1, level=0) * 2
    assert lines(body, numbering=abstract(1, own) + num(1, 1)) == ["009 甲", "010 甲"]


def test_an_unknown_format_is_told() -> None:
    found = extract_docx(
        make(paragraph("甲", num=1, level=0), numbering=abstract(1, level(0, "runic", "%1.")) + num(1, 1))
    )
    assert (found.source, len(found.warnings)) == ("1. 甲", 1)
    assert "numbering formats" in found.warnings[0]


@pytest.mark.parametrize("text", ["99999999999999999999", "-5", "x", "10000000000", "٣"])
def test_absurd_starts_and_levels_are_bounded(text: str) -> None:
    own = f'<w:lvl w:ilvl="0"><w:start w:val="{text}"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>'
    numbering = abstract(1, own, own.replace('"0"', f'"{text}"')) + num(1, 1)
    absurd = f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{text}"/><w:numId w:val="1"/></w:numPr></w:pPr>{run("乙")}</w:p>'
    found = lines(paragraph("甲", num=1, level=0) + absurd, numbering=numbering)
    assert [one[-1] for one in found] == ["甲", "乙"]
    assert max(map(len, found)) < 60


def test_circles_of_styles_and_lists_end() -> None:
    styles = style("A", "甲", based_on="B") + style("B", "heading 2", based_on="A")
    styles += style("L", "L", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>', kind="numbering")
    numbering = abstract(1, '<w:numStyleLink w:val="L"/>') + num(1, 1)
    data = make(paragraph("文", "A", num=1, level=0), styles=styles, numbering=numbering)
    assert hinted(data) == [("heading", "文", 2)]


def test_a_heading_takes_in_its_number() -> None:
    data = make(paragraph("总则", "H", num=1, level=0), styles=style("H", "heading 1"), numbering=PLAN + num(1, 1))
    assert hinted(data) == [("heading", "第一章 总则", 1)]


@given(st.integers(1, 99_999))
def test_counting_numerals_read_back(number: int) -> None:
    from pipeline.commitments.numerals import read_chinese
    from pipeline.reading.docx.numerals import numeral

    assert read_chinese(numeral(number, "chineseCountingThousand")) == number
