"""DOCX: text, hints and warnings of files made from their XML; texts are invented."""

from __future__ import annotations

import io

import pytest
from docx_maker import abstract, cell, field, level, make, num, pack, paragraph, restart, row, run, style, table
from hypothesis import given
from hypothesis import strategies as st

from pipeline.reading import read
from pipeline.reading.docx import extract_docx
from pipeline.records import Furniture

PROSE = "云泽市坚持把发展经济的着力点放在实体经济上，建设现代化产业体系。"
NEW, OLD = '<w:ins w:id="1" w:author="甲">', '<w:del w:id="2" w:author="甲">'
DELETED_MARK = '<w:del w:id="3" w:author="甲"/>'


def lines(body: str, **parts: str) -> list[str]:
    return extract_docx(make(body, **parts)).source.split("\n")


def hinted(data: bytes) -> list[tuple[str, str, int]]:
    found = extract_docx(data)
    return [(one.kind, found.source[one.start : one.end], one.level) for one in found.hints]


def deleted(text: str) -> str:
    return f"{OLD}<w:r><w:delText>{text}</w:delText></w:r></w:del>"


def test_a_file_of_a_word_processor_reads_whole() -> None:
    import docx

    document = docx.Document()
    document.add_heading("云泽市规划纲要", 0)
    document.add_heading("总体要求", 1)
    document.add_paragraph("稳住粮食。", style="List Number")
    document.add_paragraph("办好教育。", style="List Number")
    table = document.add_table(1, 2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "粮食", "80亿斤"
    document.add_paragraph(PROSE)
    stream = io.BytesIO()
    document.save(stream)
    reading = read(stream.getvalue(), "a.docx")
    assert reading.text == f"云泽市规划纲要\n总体要求\n1. 稳住粮食。\n2. 办好教育。\n粮食 | 80亿斤\n{PROSE}"
    assert (reading.encoding, reading.warnings) == ("docx", ())
    assert [(one.kind, one.level, one.start, one.end) for one in reading.hints] == [
        ("heading", 1, 0, 7),
        ("title", 0, 0, 7),
        ("heading", 1, 8, 12),
    ]


PLAN = abstract(
    1,
    level(0, "chineseCounting", "第%1章"),
    level(1, "japaneseCounting", "%2、", suff="nothing"),
    level(2, "chineseCounting", "（%3）"),
    level(3, "decimal", "%4.", suff="space"),
    level(4, "decimalEnclosedCircleChinese", "%5", suff="nothing"),
)


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


def test_tracked_changes_are_read_as_accepted() -> None:
    body = paragraph(f"{run('建设')}{deleted('三')}{NEW}{run('五')}</w:ins>{run('个园区。')}")
    body += paragraph(f'<w:moveFrom w:id="4">{run("移走。")}</w:moveFrom><w:moveTo w:id="5">{run("移来。")}</w:moveTo>')
    found = extract_docx(make(body))
    assert found.source == "建设五个园区。\n移来。"
    assert found.warnings == ("the file has 4 tracked changes; it is read with all of them accepted",)


def test_a_deleted_paragraph_mark_joins_and_the_last_mark_decides() -> None:
    body = paragraph("实施", num=1, level=0, mark=DELETED_MARK) + paragraph("行动", "H")
    body += paragraph(deleted("全删"), num=1, level=0, mark=DELETED_MARK) + paragraph("甲", num=1, level=0)
    body += paragraph("末", mark=DELETED_MARK)
    found = lines(body, numbering=PLAN + num(1, 1), styles=style("H", "heading 3"))
    assert found == ["实施行动", "第一章 甲", "末"]


def test_deleted_rows_and_cells_are_out() -> None:
    body = table(
        row("指标", "目标"), row("旧", "1", properties=OLD[:-1] + "/>"), row("新", "2", properties=NEW[:-1] + "/>")
    )
    body += table(row("暗", properties="<w:hidden/>"), row("明", "白"))
    body += table(row(cell("甲"), cell("乙", '<w:cellDel w:id="1"/>'), cell("丙")))
    assert lines(body) == ["指标 | 目标", "新 | 2", "明 | 白", "甲 | 丙"]


def test_fields_give_their_result_only() -> None:
    nested = field(f"IF {field('MERGEFIELD x', run('藏'))}", run("见"))
    body = paragraph(run("共") + field("PAGE", run("9")) + run("页") + nested)
    body += paragraph('<w:fldSimple w:instr="DATE">' + run("2026年") + "</w:fldSimple>" + field(r" eq \o\ac(○,12)", ""))
    assert lines(body) == ["共9页见", "2026年⑫"]


def test_what_looks_like_a_field_and_never_ends_hides_nothing() -> None:
    begin, separate, end = (f'<w:r><w:fldChar w:fldCharType="{one}"/></w:r>' for one in ("begin", "separate", "end"))
    assert lines(paragraph(begin + run("甲")) + paragraph("乙")) == ["甲", "乙"]
    assert lines(paragraph(begin + run("甲")) + paragraph(run("乙") + separate + run("丙") + end)) == ["甲", "乙丙"]
    assert lines(paragraph(end + separate + run("甲"))) == ["甲"]


def test_contents_are_furniture_with_their_heading() -> None:
    toc = [
        paragraph('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC \\o "1-2"</w:instrText></w:r>'
                  f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("第一章 总则")}<w:r><w:tab/></w:r>{run("1")}'),
        paragraph("第二章 目标"),
        paragraph('<w:r><w:fldChar w:fldCharType="end"/></w:r>'),
    ]  # fmt: skip
    body = paragraph("云泽市规划") + paragraph("目　录") + "".join(toc) + paragraph("第一章 总则") + paragraph(PROSE)
    reading = read(make(body), "a.docx")
    assert reading.text == f"云泽市规划\n第一章 总则\n{PROSE}"
    assert [(reading.source[one.start : one.end], one.reason) for one in reading.furniture] == [
        ("目　录", "contents"), ("第一章 总则\t1", "contents"), ("第二章 目标", "contents")
    ]  # fmt: skip


def test_contents_are_known_by_style_and_by_control() -> None:
    control = '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    control += f"<w:sdtContent>{paragraph('目录')}{paragraph('总则 1')}</w:sdtContent></w:sdt>"
    assert hinted(make(control + paragraph("文")))[:1] == [("contents", "目录\n总则 1", 0)]
    data = make(paragraph("总则 1", "T") + paragraph("文"), styles=style("T", "toc 1"))
    assert hinted(data) == [("contents", "总则 1", 0)]


def test_text_in_every_wrapping_comes_once() -> None:
    box = "<w:txbxContent>" + paragraph("框内") + "</w:txbxContent>"
    drawing = (
        f'<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>'
    )
    drawing += f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
    inside = (
        "<w:hyperlink>"
        + run("链接")
        + "</w:hyperlink><w:smartTag><w:smartTag>"
        + run("标签")
        + "</w:smartTag></w:smartTag>"
    )
    inside += f"<w:sdt><w:sdtPr/><w:sdtContent>{run('控件')}</w:sdtContent></w:sdt><w:r>{drawing}</w:r>" + run("尾")
    block = f"<w:sdt><w:sdtContent>{paragraph('块')}</w:sdtContent></w:sdt>"
    rows = table(
        "<w:sdt><w:sdtContent>"
        + row("甲", f"<w:sdt><w:sdtContent>{cell('乙')}</w:sdtContent></w:sdt>")
        + "</w:sdtContent></w:sdt>"
    )
    assert lines(paragraph(inside) + block + rows) == ["链接标签控件尾", "框内", "块", "甲 | 乙"]


def test_signs_that_are_no_text_elements() -> None:
    signs = (
        '<w:r><w:t>2021</w:t><w:noBreakHyphen/><w:t>2025年</w:t><w:softHyphen/><w:sym w:font="Symbol" w:char="F0B3"/>'
    )
    signs += '<w:t>90%</w:t><w:br/><w:t>下行</w:t><w:cr/><w:t>末行</w:t></w:r><w:r><w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr><w:t>\uf082</w:t></w:r>'
    assert lines(paragraph(signs)) == ["2021-2025年≥90%", "下行", "末行②"]


def test_formulas_are_written_in_a_line() -> None:
    fraction = "<m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f>"
    power = "<m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>3</m:t></m:r></m:sup></m:sSup>"
    assert lines(paragraph(f"<m:oMath><m:d><m:e>{fraction}</m:e></m:d>{power}</m:oMath>")) == ["(1/2)x^3"]


def test_raised_figures_are_powers_after_a_figure_and_notes_after_a_word() -> None:
    up = '<w:vertAlign w:val="superscript"/>'
    data = make(
        paragraph(run("10") + run("4", up) + run("m") + run("2", up) + run("，量子科技") + run("35", up) + run("产业"))
    )
    assert extract_docx(data).source == "10⁴m2，量子科技35产业"
    assert hinted(data) == [("footnote_mark", "35", 0)]
    assert read(data, "a.docx").text == "10⁴m2，量子科技产业"


def test_tabs_part_columns_but_not_a_number_from_its_title() -> None:
    tab = "<w:r><w:tab/></w:r>"
    body = paragraph(run("一、") + tab + run("总体要求")) + paragraph(tab + run("粮食") + tab + run("80亿斤"))
    body += paragraph(run(PROSE) + tab + run(PROSE))
    assert lines(body) == ["一、 总体要求", "粮食\t80亿斤", f"{PROSE} {PROSE}"]


def test_page_breaks_are_lines_of_their_own() -> None:
    page = '<w:r><w:br w:type="page"/></w:r>'
    body = paragraph(page) + paragraph("甲") + paragraph(page) + paragraph(page) + paragraph(page + run("乙"))
    body += paragraph(run("丙") + page + run("丁") + page)
    assert lines(body) == ["甲", "\f", "乙", "丙", "\f", "丁"]


def test_annexes_that_begin_pages_are_no_running_heads() -> None:
    page = '<w:r><w:br w:type="page"/></w:r>'
    body = "".join(paragraph(page) + paragraph(f"附件{number}") + paragraph(PROSE) for number in (1, 2, 3))
    assert read(make(body), "a.docx").furniture == ()


def test_runs_outside_a_paragraph_are_read() -> None:
    assert lines(run("甲") + "<w:hyperlink>" + run("乙") + "</w:hyperlink>" + "<w:t>丙</w:t>") == ["甲", "乙", "丙"]


def test_notes_headers_and_footers_stand_at_the_end_as_furniture() -> None:
    body = paragraph(run("量子科技") + '<w:r><w:footnoteReference w:id="2"/></w:r>' + run("产业")) + paragraph(
        run("智能网联") + '<w:r><w:endnoteReference w:id="7"/></w:r>' + run("汽车")
    )
    footnotes = f'<w:footnote w:type="separator" w:id="0">{paragraph("线")}</w:footnote><w:footnote w:id="2">{paragraph("新兴产业。")}</w:footnote>'
    endnotes = f'<w:endnote w:id="7">{paragraph("甲")}{paragraph("乙")}</w:endnote>'
    data = make(body, footnotes=footnotes, endnotes=endnotes, header=paragraph("云泽市规划"), footer=paragraph("—9—"))
    reading = read(data, "a.docx")
    assert reading.text == "量子科技产业\n智能网联汽车"
    assert reading.source == "量子科技[1]产业\n智能网联[2]汽车\n[1] 新兴产业。\n[2] 甲 乙\n云泽市规划\n—9—"
    assert [(reading.source[one.start : one.end], one.reason) for one in reading.furniture] == [
        ("[1]", "footnote_mark"), ("[2]", "footnote_mark"), ("[1] 新兴产业。", "note"), ("[2] 甲 乙", "note"),
        ("云泽市规划", "running_head"), ("—9—", "running_head"),
    ]  # fmt: skip
    assert reading.warnings == ("2 notes stand at the end of the source, outside the text",)


def test_what_is_left_out_is_told() -> None:
    hidden = style("S", "藏", "<w:rPr><w:vanish/></w:rPr>", kind="character")
    body = paragraph(
        run("明")
        + run("暗", "<w:vanish/>")
        + run("暗", '<w:rStyle w:val="S"/>')
        + run("明", '<w:rStyle w:val="S"/><w:vanish w:val="0"/>')
    )
    body += paragraph(
        '<w:r><w:commentReference w:id="1"/></w:r><w:r><w:drawing><c:chart/></w:drawing></w:r><w:r><w:object/></w:r>'
    )
    body += '<w:altChunk r:id="r9"/>'
    found = extract_docx(make(body, styles=hidden))
    assert found.source == "明明"
    assert [one.split(";")[0] for one in found.warnings] == [
        "2 characters of hidden text are left out", "1 comments are left out", "1 charts or diagrams are not read",
        "1 embedded objects (spreadsheets, old formulas) are not read", "1 embedded documents are not read",
    ]  # fmt: skip


def test_the_reading_of_a_word_is_furniture() -> None:
    ruby = f"<w:r><w:ruby><w:rt>{run('yún')}</w:rt><w:rubyBase>{run('云')}</w:rubyBase></w:ruby></w:r>"
    reading = read(make(paragraph(ruby + run("泽市"))), "a.docx")
    assert (reading.source, reading.text) == ("云yún泽市", "云泽市")
    assert reading.furniture == (Furniture(1, 4, "ruby"),)


def test_headings_titles_and_bold_runs_are_hints() -> None:
    styles = (
        style("T", "Title") + style("H", "heading 2", '<w:pPr><w:outlineLvl w:val="1"/></w:pPr>')
        + style("C", "标题 3") + style("D", "三级标题") + style("E", "章题", based_on="H")
        + style("B", "强调", "<w:rPr><w:b/></w:rPr>", kind="character")
    )  # fmt: skip
    body = (
        paragraph("题", "T") + paragraph("二", "H") + paragraph("三", "C") + paragraph("级", "D") + paragraph("章", "E")
    )
    body += paragraph("大纲", properties='<w:outlineLvl w:val="4"/>') + paragraph(
        "正文", "H", properties='<w:outlineLvl w:val="9"/>'
    )
    body += paragraph(
        run("推进", "<w:b/>") + run("转型。", '<w:rStyle w:val="B"/>') + run("抓好落实。", '<w:b w:val="0"/>')
    )
    assert hinted(make(body, styles=styles)) == [
        ("heading", "题", 1), ("title", "题", 0), ("heading", "二", 2), ("heading", "三", 3), ("heading", "级", 3),
        ("heading", "章", 2), ("heading", "大纲", 5), ("bold", "推进转型。", 0),
    ]  # fmt: skip


def test_a_heading_takes_in_its_number() -> None:
    data = make(paragraph("总则", "H", num=1, level=0), styles=style("H", "heading 1"), numbering=PLAN + num(1, 1))
    assert hinted(data) == [("heading", "第一章 总则", 1)]


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


def test_strict_names_macros_and_other_part_names_read_alike() -> None:
    body = paragraph("总则", "H", num=1, level=0) + paragraph("甲" + "乙")
    parts = {"styles": style("H", "heading 1"), "numbering": PLAN + num(1, 1)}
    assert extract_docx(make(body, strict=True, **parts)) == extract_docx(make(body, **parts))
    other = pack({"word/document2.xml": f'<w:document xmlns:w="{W}"><w:body>{paragraph("文")}</w:body></w:document>'})
    assert read(other, "a.docm").text == "文"


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TEXT = st.text(st.sampled_from("云泽市规划0123 ，。%|"), min_size=1, max_size=6)
RUN = st.builds(
    lambda text, how: {
        "plain": run(text),
        "gone": f"{OLD}{run(text)}</w:del>",
        "hidden": run(text, "<w:vanish/>"),
        "new": f"{NEW}{run(text)}</w:ins>",
    }[how],
    TEXT,
    st.sampled_from(["plain", "plain", "bold", "gone", "hidden", "new"]).map(
        lambda how: "plain" if how == "bold" else how
    ),
)
BLOCK = st.recursive(
    st.builds(
        lambda runs, mark, at: (
            paragraph("".join(runs) or "<w:r/>", num=1, level=at, mark=mark)
            if at >= 0
            else paragraph("".join(runs) or "<w:r/>", mark=mark)
        ),
        st.lists(RUN, max_size=4),
        st.sampled_from(["", "", DELETED_MARK]),
        st.integers(-1, 8),
    ),
    lambda inner: st.builds(
        lambda cells, spans: table(
            row(
                *[
                    cell("".join(one) + "<w:p/>", f'<w:gridSpan w:val="{n}"/>')
                    for one, n in zip(cells, spans, strict=False)
                ]
            )
        ),
        st.lists(st.lists(inner, max_size=2), min_size=1, max_size=3),
        st.lists(st.integers(1, 3), min_size=3, max_size=3),
    ),
    max_leaves=8,
)


def ink(text: str) -> str:
    return "".join(text.split())


@given(st.lists(BLOCK, min_size=1, max_size=5))
def test_no_character_is_lost_but_the_deleted_and_the_hidden(blocks: list[str]) -> None:
    from lxml import etree

    body = paragraph("首") + "".join(blocks)
    data = make(body, numbering=PLAN + num(1, 1))
    found = extract_docx(data)
    assert found == extract_docx(data)
    root = etree.fromstring(f'<w:body xmlns:w="{W}">{body}</w:body>')
    kept = [
        one.text
        for one in root.iter(f"{{{W}}}t")
        if not any(
            up.tag == f"{{{W}}}del" or up.find(f"{{{W}}}rPr/{{{W}}}vanish") is not None for up in one.iterancestors()
        )
    ]
    rest = iter(ink(found.source))
    assert all(sign in rest for sign in ink("".join(kept)))
    for one in found.hints:
        assert 0 <= one.start < one.end <= len(found.source)
        assert found.source[one.start : one.end].strip()


@given(st.integers(1, 99_999))
def test_counting_numerals_read_back(number: int) -> None:
    from pipeline.commitments.numerals import read_chinese
    from pipeline.reading.docx_numerals import numeral

    assert read_chinese(numeral(number, "chineseCountingThousand")) == number
