"""DOCX: text, hints and warnings of files made from their XML; texts are invented."""

from __future__ import annotations

import io

from docx_maker import PLAN, cell, field, make, num, pack, paragraph, row, run, style, table
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


def test_a_drop_cap_belongs_to_its_paragraph() -> None:
    assert lines(paragraph("云", properties='<w:framePr w:dropCap="drop"/>') + paragraph("泽市")) == ["云泽市"]


def test_alternatives_of_blocks_come_once_too() -> None:
    choices = f'<mc:Choice Requires="x"/><mc:Fallback>{paragraph("甲")}</mc:Fallback>'
    assert lines(f"<mc:AlternateContent>{choices}</mc:AlternateContent>") == ["甲"]


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
