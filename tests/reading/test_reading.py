"""Reading: formats, restoration, reading order, metadata; texts are invented."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.reading import ReadingError, guess_metadata, read
from pipeline.reading.metadata import period_of_year, plan_period
from pipeline.records import Reading

PROSE = "云泽市坚持把发展经济的着力点放在实体经济上，推进产业基础高级化，建设现代化产业体系。"


def check_cover(reading: Reading) -> None:
    """Each character with ink is in the text or in the furniture, once, and leads back to itself."""
    covered = [0] * len(reading.source)
    for start, source, length in reading.source_map.runs:
        assert reading.text[start : start + length] == reading.source[source : source + length]
        for at in range(source, source + length):
            covered[at] += 1
    for one in reading.furniture:
        for at in range(one.start, one.end):
            covered[at] += 1
    assert all(n == 1 or (n == 0 and c.isspace()) for n, c in zip(covered, reading.source, strict=True))


def text_of(source: str, name: str = "a.txt") -> str:
    reading = read(source.encode(), name)
    assert reading.source == source
    check_cover(reading)
    return reading.text


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (PROSE.encode(), "utf-8"),
        (PROSE.encode("utf-8-sig"), "utf-8"),
        (PROSE.encode("gb18030"), "gb18030"),
        (PROSE.encode("utf-16"), "utf-16"),
    ],
)
def test_encodings(data: bytes, encoding: str) -> None:
    reading = read(data, "a.txt")
    assert (reading.source, reading.encoding) == (PROSE, encoding)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b" \n", "empty"),
        (bytes(range(256)) * 9, "binary|neither"),
        (PROSE.encode("gb18030")[:-3] + b"\xff\xff\xff", "neither UTF-8 nor GB18030"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 99, "DOCX"),
        (b"PK\x03\x04" + b"x" * 99, "damaged"),
        (b"%PDF-1.4 nothing", "damaged"),
        (b"<html><body><script>x</script></body></html>", "no text"),
    ],
)
def test_errors_say_the_mend(data: bytes, reason: str) -> None:
    with pytest.raises(ReadingError, match=reason):
        read(data, "a.txt")


def test_web_navigation_is_furniture() -> None:
    head = "无障碍\n网站首页\n云泽市发展规划纲要\n发布日期：2026-01-20\n打印\n"
    source = f"{head}云泽市发展规划纲要\n{PROSE}\n友情链接\n技术支持：某公司\n"
    assert text_of(source) == f"云泽市发展规划纲要\n{PROSE}"


def test_contents_page_marks_and_editors_are_furniture() -> None:
    source = (
        "目  录\n第一章 总体要求 ………… 1\n第二章 主要目标 ………… 9\n第一章 总体要求\n"
        f"{PROSE}\n— 12 —\n第二章 主要目标\n{PROSE}\n责任编辑：周某\n"
    )
    assert text_of(source) == f"第一章 总体要求\n{PROSE}\n第二章 主要目标\n{PROSE}"


def test_hard_wrapped_lines_are_rejoined_across_pages() -> None:
    paragraphs = [PROSE * 3, "一、推进产业升级", PROSE * 2]
    lines = [line for one in paragraphs for line in [one[i : i + 28] for i in range(0, len(one), 28)]]
    assert text_of("\n".join(lines[:3] + ["— 3 —"] + lines[3:]) + "\n") == "\n".join(paragraphs)


def test_footnote_marks_on_their_own_line_are_left_out() -> None:
    source = "\n\n".join([PROSE] * 12) + f"\n\n{PROSE[:-1]}，发展核医疗\n22\n产业，培育龙头企业。\n"
    assert text_of(source).endswith("发展核医疗产业，培育龙头企业。")


def test_markdown_marks_are_furniture_and_rows_stay_lines() -> None:
    head = "---\ntitle: 计划\n---\n\n# 一、目标\n\n**坚持**稳中求进。[^1]\n\n![图](a.png)\n\n"
    source = f"{head}| 指标 | 2025年 |\n| --- | --- |\n| 粮食 | 80亿斤 |\n"
    assert text_of(source, "a.md") == "一、目标\n坚持稳中求进。\n| 指标 | 2025年 |\n| 粮食 | 80亿斤 |"


def test_html_keeps_headings_and_tables() -> None:
    page = (
        "<!doctype html><html><head><title>站</title></head><body><nav>首页 新闻</nav>"
        f"<div class='x'><h1>云泽市规划纲要</h1>"
        f"<p>{PROSE}</p><table><tr><th>指标</th><th>目标</th></tr><tr><td>粮食</td><td>80亿斤</td></tr></table>"
        "</div><footer>版权所有</footer></body></html>"
    )
    reading = read(page.encode(), "a.html")
    assert reading.text == f"云泽市规划纲要\n{PROSE}\n指标 | 目标\n粮食 | 80亿斤"
    check_cover(reading)


def test_docx_keeps_order_tables_and_numbering() -> None:
    import docx

    document = docx.Document()
    document.add_heading("云泽市规划纲要", 0)
    document.add_paragraph("稳住粮食。", style="List Number")
    document.add_paragraph("办好教育。", style="List Number")
    table = document.add_table(1, 2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "粮食", "80亿斤"
    document.add_paragraph(PROSE)
    stream = io.BytesIO()
    document.save(stream)
    reading = read(stream.getvalue(), "a.docx")
    assert reading.text == f"云泽市规划纲要\n1.稳住粮食。\n2.办好教育。\n粮食 | 80亿斤\n{PROSE}"
    assert reading.encoding == "docx"


def _pdf(pages: list[list[str]], table: list[list[str]] | None = None) -> bytes:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen import canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    stream = io.BytesIO()
    sheet = canvas.Canvas(stream)
    for lines in pages:
        sheet.setFont("STSong-Light", 12)
        for row, line in enumerate(lines):
            sheet.drawString(72, 780 - 20 * row, line)
        for row, cells in enumerate(table or []):
            for column, cell in enumerate(cells):
                sheet.rect(72 + 150 * column, 300 - 24 * row, 150, 24)
                sheet.drawString(76 + 150 * column, 307 - 24 * row, cell)
        sheet.showPage()
    sheet.save()
    return stream.getvalue()


def test_pdf_running_heads_go_and_paragraphs_are_rejoined() -> None:
    prose = PROSE * 8
    lines = [prose[i : i + 30] for i in range(0, len(prose), 30)]
    pages = [["云泽市规划纲要", *lines[n * 4 : n * 4 + 4], str(n + 1)] for n in range(3)]
    reading = read(_pdf(pages), "a.pdf")
    assert reading.text == "".join(lines[:12])
    check_cover(reading)


def test_pdf_tables_are_rows() -> None:
    reading = read(_pdf([["云泽市主要指标"]], [["指标", "目标"], ["粮食", "80亿斤"], ["森林", "30%"]]), "a.pdf")
    assert "指标 | 目标\n粮食 | 80亿斤\n森林 | 30%" in reading.text


def test_scanned_pdf_asks_for_ocr() -> None:
    with pytest.raises(ReadingError, match="OCR"):
        read(_pdf([[], []]), "a.pdf")


@given(st.lists(st.text(alphabet="发展、，。；\n \t（）上接第1版一二.0—#*|<>-目录“”", max_size=60), max_size=8))
def test_every_character_is_text_or_furniture(parts: list[str]) -> None:
    for name in ("a.txt", "a.md"):
        try:
            reading = read("\n".join(parts).encode(), name)
        except ReadingError:
            continue
        check_cover(reading)


def test_metadata_of_a_proposal() -> None:
    title = "中共云泽市委关于制定国民经济和社会发展第十四个五年规划的建议"
    assert guess_metadata("a.txt", f"{title}\n（二〇二〇年十二月二十一日通过）\n{PROSE}") == {
        "place": "云泽市", "adcode": None, "level": "city", "doc_type": "proposal", "period_start": 2021,
        "period_end": 2025, "title": title, "issuer": "中共云泽市委", "published": "2020-12-21",
    }  # fmt: skip


def test_metadata_of_a_report_from_its_path() -> None:
    found = guess_metadata("province/山东省/2021.md", "政府工作报告\n各位代表：\n" + PROSE)
    assert (found["place"], found["adcode"], found["doc_type"]) == ("山东省", "370000", "work_report")
    assert (found["period_start"], found["period_end"]) == (2021, 2025)


def test_metadata_of_an_unknown_text_is_empty() -> None:
    found = guess_metadata("a.txt", "夜里下了一场大雨。")
    assert found.pop("doc_type") == "other"
    assert set(found.values()) == {None}


@pytest.mark.parametrize(
    ("number", "period"),
    [(1, (1953, 1957)), (2, (1958, 1962)), (3, (1966, 1970)), (14, (2021, 2025)), (15, (2026, 2030))],
)
def test_plan_periods(number: int, period: tuple[int, int]) -> None:
    assert plan_period(number) == period
    assert period_of_year(period[0]) == period_of_year(period[1]) == period
