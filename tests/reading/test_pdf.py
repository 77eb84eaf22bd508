"""PDF: reading order, tables, headings, doubtful pages, bad files; all texts are invented."""

from __future__ import annotations

import random
import zlib
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdf_damage import DAMAGES
from pdf_maker import Sheet, column, make_pdf, stream, wrap, write_pdf

from pipeline.reading import ReadingError, read
from pipeline.reading.pdf import extract_pdf
from pipeline.records import Hint

PROSE = [
    "云泽市坚持把发展经济的着力点放在实体经济上，推进产业基础高级化，建设现代化产业体系，培育先进制造业集群。",
    "完善科技创新体制机制，支持企业牵头组建创新联合体，到2030年全社会研发经费投入增长8%以上，技术合同成交额达到300亿元。",
    "全面推进乡村振兴，严守耕地保护红线，新建高标准农田50万亩，粮食产能稳定在一百四十亿斤以上。",
    "推动绿色低碳发展，持续改善生态环境质量，加强生态保护和修复，城市空气质量优良天数比率达到85%。",
    "健全社会保障体系，扩大就业容量，提升就业质量，新增城镇就业20万人，办好人民满意的教育。",
    "统筹发展和安全，提高公共安全治理水平，完善应急管理体系，加强基层治理能力建设，维护社会稳定。",
]
TEXT = "\n".join(PROSE)
PLACES = {1: (36, 72.0, 0.0), 2: (17, 72.0, 236.0), 3: (11, 60.0, 166.0)}


def sheets(n_columns: int, paragraphs: list[str] = PROSE, rows: int = 40, top: float = 760) -> list[Sheet]:
    """Set paragraphs in columns of about the same height."""
    width, left, step = PLACES[n_columns]
    lines = [line for one in paragraphs for line in wrap(one, width)]
    found = []
    for at in range(0, len(lines), rows * n_columns):
        part = lines[at : at + rows * n_columns]
        high = -(-len(part) // n_columns)
        columns = [column(part[n * high : (n + 1) * high], left + step * n, top) for n in range(n_columns)]
        found.append(Sheet(sum(columns, [])))
    return found


def ink(text: str) -> Counter[str]:
    return Counter(sign for sign in text if not sign.isspace())


def kinds(hints: tuple[Hint, ...], kind: str, source: str) -> list[tuple[str, int]]:
    return [(source[one.start : one.end], one.level) for one in hints if one.kind == kind]


@pytest.mark.parametrize("n_columns", [1, 2, 3])
@pytest.mark.parametrize("order", ["by column", "by line", "shuffled", "by character"])
def test_columns_are_read_one_after_the_other_whatever_the_order_of_the_file(n_columns: int, order: str) -> None:
    pages = sheets(n_columns)
    if order == "by line":
        pages = [Sheet(sorted(one.runs, key=lambda run: (-run[1], run[0]))) for one in pages]
    shuffle = 3 if order in ("shuffled", "by character") else None
    found = extract_pdf(make_pdf(pages, shuffle=shuffle, spread=order == "by character"))
    assert found.source == TEXT
    assert found.warnings == ()


def test_a_heading_across_columns_parts_what_stands_above_and_below() -> None:
    upper, lower = sheets(2, PROSE[:3])[0], sheets(2, PROSE[3:], top=480)[0]
    heading = (200.0, 520.0, 18.0, "绿色发展和民生改善")
    found = extract_pdf(make_pdf([Sheet([*lower.runs, heading, *upper.runs])]))
    assert found.source == "\n".join([*PROSE[:3], heading[3], *PROSE[3:]])
    assert kinds(found.hints, "heading", found.source) == [(heading[3], 1)]


def test_a_river_of_one_page_is_found_where_few_lines_show_it() -> None:
    last = Sheet([*column(["加快建设园区，做强主导产", "业。"], 72, 760), *column(["（完）"], 332, 760)])
    assert extract_pdf(make_pdf([*sheets(2), last])).source.endswith("加快建设园区，做强主导产业。\n（完）")


@pytest.mark.parametrize(
    ("matrix", "extra"),
    [("0 1 -1 0 842 0", "/Rotate 90"), ("0 1 -1 0 842 0", ""), ("-1 0 0 -1 595 842", "/Rotate 180")],
)
def test_turned_pages(matrix: str, extra: str) -> None:
    pages = [Sheet(one.runs, matrix=matrix, extra=extra, box="0 0 842 842") for one in sheets(2)]
    assert extract_pdf(make_pdf(pages)).source == TEXT


def test_upright_lines_are_read_from_the_right_with_a_warning() -> None:
    runs = [
        (500 - 24.0 * line, 760 - 14.0 * row, 12.0, sign)
        for line, text in enumerate(PROSE[:2])
        for row, sign in enumerate(text[:40])
    ]
    found = extract_pdf(make_pdf([Sheet(runs)]))
    assert found.source.replace("\n", "") == PROSE[0][:40] + PROSE[1][:40]
    assert found.warnings == ("Pages 1 are set in upright lines; check their order against the print.",)


def test_a_watermark_stands_apart() -> None:
    page = sheets(1)[0]
    page.askew = [(150.0, 600.0, 40.0, "征求意见稿")]
    found = extract_pdf(make_pdf([page, Sheet(askew=page.askew)]))
    assert found.source == f"{TEXT}\n征求意见稿\n\f\n征求意见稿"


def test_running_heads_stay_at_the_edge_and_paragraphs_go_on_over_pages() -> None:
    pages = sheets(1, PROSE * 3, rows=7)
    for number, one in enumerate(pages, start=1):
        one.runs = [*one.runs, (72.0, 810.0, 9.0, "云泽市规划纲要"), (290.0, 40.0, 9.0, f"— {number} —")]
    data = make_pdf(pages)
    source = extract_pdf(data).source
    assert source.count("\f") == len(pages) - 1
    assert [one.strip("\n").split("\n")[0] for one in source.split("\f")] == ["云泽市规划纲要"] * len(pages)
    assert read(data, "a.pdf").text == "\n".join(PROSE * 3)


def test_paragraphs_without_indent_end_where_a_line_is_short() -> None:
    lines = [line for one in PROSE for line in wrap(one, 36, indent=False)]
    assert extract_pdf(make_pdf([Sheet(column(lines, 72, 760))])).source == TEXT


def table(top: float, rows: list[list[str]], merged: tuple[int, int] | None = None) -> Sheet:
    """Draw a ruled table of three columns; `merged` leaves out the wall right of a cell."""
    runs = [
        (80 + 120.0 * n, top - 24.0 * at - 17, 12.0, cell)
        for at, row in enumerate(rows)
        for n, cell in enumerate(row)
        if cell
    ]
    rules = [(76.0, top - 24.0 * at, 436.0, top - 24.0 * at) for at in range(len(rows) + 1)]
    for at in range(len(rows)):
        walls = [n for n in range(4) if (at, n - 1) != merged]
        rules += [(76 + 120.0 * n, top - 24.0 * at, 76 + 120.0 * n, top - 24.0 * at - 24) for n in walls]
    return Sheet(runs, rules)


def test_a_table_stands_between_its_paragraphs_with_empty_and_merged_cells() -> None:
    rows = [["指标与单位", "", "2030年"], ["粮食产量", "亿斤", "140"], ["森林覆盖率", "", "30"]]
    middle = table(600, rows, merged=(0, 0))
    page = Sheet([*column([PROSE[0][:20]], 72, 700), *middle.runs, *column([PROSE[1][:20]], 72, 480)], middle.rules)
    found = extract_pdf(make_pdf([page], shuffle=2))
    assert found.source == "\n".join([PROSE[0][:20], *(" | ".join(row) for row in rows), PROSE[1][:20]])
    assert kinds(found.hints, "column_span", found.source) == [("指标与单位", 2)]


def test_a_cell_over_two_rows_stands_in_the_first_one() -> None:
    sheet = table(600, [["生态", "森林覆盖率", "30"], ["", "湿地保护率", "60"]])
    sheet.rules = [one for one in sheet.rules if one[1] != 576 or one[3] != 576] + [(196.0, 576.0, 436.0, 576.0)]
    found = extract_pdf(make_pdf([sheet]))
    assert found.source == "生态 | 森林覆盖率 | 30\n | 湿地保护率 | 60"
    assert kinds(found.hints, "row_span", found.source) == [("生态", 2)]


def test_a_table_goes_on_over_a_page() -> None:
    rows = [[f"指标{n}", "亿元", str(n)] for n in range(8)]
    found = extract_pdf(make_pdf([table(200, rows[:5]), table(760, rows[5:])]))
    assert found.source.replace("\f\n", "") == "\n".join(" | ".join(row) for row in rows)


def test_a_frame_around_text_is_no_table() -> None:
    page = sheets(1)[0]
    page.rules = [(60, 780, 540, 780), (60, 500, 540, 500), (60, 780, 60, 500), (540, 780, 540, 500)]
    assert extract_pdf(make_pdf([page])).source == TEXT


@settings(max_examples=25)
@given(st.integers(0, 10_000), st.booleans())
def test_no_character_is_lost_or_read_twice(seed: int, spread: bool) -> None:
    draw = random.Random(seed)  # noqa: S311
    runs = [
        (draw.uniform(20, 400), 800 - 18.0 * draw.randrange(44), draw.choice([9.0, 12.0, 20.0]), draw.choice(PROSE)[:9])
        for _ in range(draw.randrange(1, 40))
    ]
    grid = table(draw.uniform(300, 700), [["甲", "乙", "丙"]] * draw.randrange(1, 6))
    data = make_pdf([Sheet(runs + grid.runs, grid.rules), *sheets(draw.randrange(1, 4))], spread=spread)
    wanted = ink("".join(run[3] for run in runs + grid.runs) + TEXT)
    # Runs that happen to lie exactly on each other are one print; they are rarer than the bars between cells.
    found = ink(extract_pdf(data).source.replace(" | ", " "))
    assert found == wanted or (found - wanted) <= Counter("|")


def test_print_that_is_drawn_twice_to_look_bold_is_read_once() -> None:
    page = sheets(1)[0]
    page.runs += [(x + 0.4, y, size, text) for x, y, size, text in page.runs]
    assert extract_pdf(make_pdf([page])).source == TEXT


def test_a_full_stop_alone_on_a_line_is_not_lost() -> None:
    # pdfium leaves it out; the second extractor has it.
    lines = ["\u3000\u3000" + PROSE[0][:34], "。", "\u3000\u3000" + PROSE[1][:34]]
    source = extract_pdf(make_pdf([Sheet(column(lines, 72, 700))])).source
    assert source == f"{PROSE[0][:34]}。\n{PROSE[1][:34]}"


def test_headings_are_ranked_by_size_and_bold_runs_are_told() -> None:
    runs = [
        (150.0, 800.0, 22.0, "云泽市规划"),
        (72.0, 770.0, 16.0, "一、发展目标"),
        *column(wrap(PROSE[0], 30), 72, 740),
    ]
    runs += [(72.0, 600.0, 12.0, "推进改革。"), (132.0, 600.0, 12.0, "完善制度，优化环境。")]
    found = extract_pdf(make_pdf([Sheet(runs, bold={len(runs) - 2})]))
    assert kinds(found.hints, "heading", found.source) == [("云泽市规划", 1), ("一、发展目标", 2)]
    assert kinds(found.hints, "bold", found.source) == [("推进改革。", 0)]


def test_forms_of_characters_are_kept_as_they_stand() -> None:
    text = "⼈民𠀀（PM2.5）Ａ１㎡"
    assert extract_pdf(make_pdf([Sheet([(72, 700, 12, text)])])).source == text


@pytest.mark.parametrize("kind", sorted(DAMAGES))
@pytest.mark.parametrize("seed", [1, 2])
def test_damaged_fonts_are_read_right_or_told(kind: str, seed: int) -> None:
    draw = random.Random(seed)  # noqa: S311
    data = make_pdf(sheets(1, PROSE * 2), damage=lambda one: DAMAGES[kind](one, draw))
    try:
        found = extract_pdf(data)
    except ReadingError as error:
        assert "OCR" in str(error)  # noqa: PT017
        return
    told = bool(found.warnings) and any(one.kind == "doubtful" for one in found.hints)
    assert told or found.source == "\n".join(PROSE * 2)


def test_the_better_extractor_is_taken() -> None:
    # pdfminer reads on where the counts of a map are wrong; pdfium makes codes of it.
    draw = random.Random(1)  # noqa: S311
    found = extract_pdf(make_pdf(sheets(1), damage=lambda one: DAMAGES["wrong counts"](one, draw)))
    assert found.source == TEXT
    assert found.warnings[0].startswith("Pages 1 read differently")


def test_only_the_page_in_doubt_is_marked() -> None:
    other = "港澳台侨胞往来便利程度"
    first, second = sheets(1)[0], Sheet([(72, 700, 12, other), *sheets(1)[0].runs[3:6]])
    lost = {sign.encode("utf-16-be").hex().upper() for sign in other if sign not in TEXT}

    def damage(text: str) -> str:
        for at, target in enumerate(sorted(lost)):
            text = text.replace(f"> <{target}>", f"> <{0xE100 + at:04X}>")
        return text

    found = extract_pdf(make_pdf([first, second], damage=damage))
    (mark,) = [one for one in found.hints if one.kind == "doubtful"]
    assert found.source.index("\f") < mark.start < mark.end == len(found.source)
    assert all(one.startswith("Pages 2 ") for one in found.warnings)


def test_a_hidden_layer_of_recognised_text_is_told() -> None:
    (page,) = sheets(1)
    page.first = "3 Tr"
    assert "hidden layer" in extract_pdf(make_pdf([page])).warnings[0]


def locked() -> bytes:
    import io

    from reportlab.pdfgen import canvas

    out = io.BytesIO()
    sheet = canvas.Canvas(out, encrypt="secret")
    sheet.drawString(72, 700, "locked")
    sheet.showPage()
    sheet.save()
    return out.getvalue()


def with_stream(body: bytes, words: str) -> bytes:
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>"
    content = b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(body), words.encode(), body)
    tree = b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>"
    return write_pdf([b"<< /Type /Catalog /Pages 2 0 R >>", tree, page, content])


def packed(n_bytes: int, layers: int = 1) -> bytes:
    body = bytes(n_bytes)
    for _ in range(layers):
        body = zlib.compress(body, 9)
    return body


DEEP = b"<< /Type /Catalog /Pages 2 0 R /X " + b"[" * 50_000 + b"]" * 50_000 + b" >>"
TREE = b"<< /Type /Pages /Count 0 /Kids [] >>"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"%PDF-1.4 nothing", "damaged"),
        (make_pdf(sheets(1))[:900], "damaged"),
        (locked(), "locked by a password"),
        (write_pdf([b"<< /Type /Catalog /Pages 2 0 R >>", TREE]), "no pages|damaged"),
        (make_pdf([Sheet(), Sheet()]), "OCR"),
        (make_pdf(sheets(1), damage=lambda one: None), "do not name their characters"),
        (write_pdf([DEEP, TREE]), "nested too deep"),
        (with_stream(packed(30_000_000), "/Filter /FlateDecode"), "unpacks to more than 20 MB"),
        (with_stream(packed(30_000_000, 2), "/Filter [/FlateDecode /FlateDecode]"), "unpacks to more than 20 MB"),
        (
            with_stream(packed(30_000_000, 2).hex().encode() + b">", "/Filter [/ASCIIHexDecode /FlateDecode]"),
            "unpacks to more than 20 MB",
        ),
    ],
)
def test_bad_files_are_refused_with_one_line(data: bytes, reason: str) -> None:
    with pytest.raises(ReadingError, match=reason) as caught:
        extract_pdf(data, max_inflated=20_000_000)
    assert "\n" not in str(caught.value)


def test_more_pages_than_are_read_are_refused() -> None:
    kids = b" ".join([b"3 0 R"] * 6000)
    tree = b"<< /Type /Pages /Count 6000 /Kids [%s] >>" % kids
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>"
    with pytest.raises(ReadingError, match="6,000 pages"):
        extract_pdf(write_pdf([b"<< /Type /Catalog /Pages 2 0 R >>", tree, page]))


def test_pictures_count_one_by_one() -> None:
    # A scanned book unpacks to more than any text, but its pictures are not unpacked for the text.
    data = make_pdf(sheets(1))
    pictures = b"".join(
        b"%d 0 obj\n%s\nendobj\n" % (90 + n, stream(bytes(9_000_000), "/Type /XObject /Subtype /Image"))
        for n in range(3)
    )
    at = data.index(b"xref\n")
    assert extract_pdf(data[:at] + pictures + data[at:], max_inflated=10_000_000).source == TEXT


def test_a_huge_page_and_a_page_tree_that_bites_its_tail_end() -> None:
    huge = [Sheet(one.runs, box="-9e9 -9e9 9e9 9e9") for one in sheets(1)]
    assert extract_pdf(make_pdf(huge)).source == TEXT
    tree = b"<< /Type /Pages /Count 2 /Kids [2 0 R 2 0 R] /Parent 2 0 R >>"
    with pytest.raises(ReadingError):
        extract_pdf(write_pdf([b"<< /Type /Catalog /Pages 2 0 R >>", tree]))


@settings(max_examples=60)
@given(st.integers(0, 10_000))
def test_a_changed_file_is_read_or_refused(seed: int) -> None:
    draw = random.Random(seed)  # noqa: S311
    data = bytearray(make_pdf(sheets(2)))
    for _ in range(draw.randrange(1, 30)):
        data[draw.randrange(8, len(data))] = draw.randrange(256)
    try:
        found = extract_pdf(bytes(data))
    except ReadingError as error:
        assert "\n" not in str(error)  # noqa: PT017
    else:
        assert all(0 <= one.start < one.end <= len(found.source) for one in found.hints)
