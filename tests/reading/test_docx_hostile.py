"""DOCX files that are damaged or mean harm: one clear line each, or what can be read of them."""

from __future__ import annotations

import contextlib
import io
import struct
import time
import zipfile

import pytest
from docx_maker import abstract, cell, level, make, num, pack, paragraph, row, run, table
from hypothesis import given
from hypothesis import strategies as st

from pipeline.reading import ReadingError, read
from pipeline.reading.docx import extract_docx

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
GOOD = make(paragraph("云泽市规划"))


def document(body: str, before: str = "", encoding: str = "UTF-8") -> str:
    return f'<?xml version="1.0" encoding="{encoding}"?>{before}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'


def raw(main: str | bytes, **more: str | bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {"word/document.xml": main, **more}.items():
            archive.writestr(name, content)
    return stream.getvalue()


LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
) + "]>"  # fmt: skip


def lying(data: bytes, told: int) -> bytes:
    """Return an archive whose directory tells another inflated size of its first entry."""
    at = data.rfind(b"PK\x01\x02")
    return data[: at + 24] + struct.pack("<I", told) + data[at + 28 :]


def with_flag(data: bytes, offset: int, value: int) -> bytes:
    at = data.rfind(b"PK\x01\x02")
    return data[: at + offset] + struct.pack("<H", value) + data[at + offset + 2 :]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\xd0\xcf\x11\xe0" + b"x" * 99 + "EncryptedPackage".encode("utf-16-le") + b"x" * 99, "encrypted; open it"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 99 + "WordDocument".encode("utf-16-le"), "old Word or RTF"),
        (b"{\\rtf1 x}", "old Word or RTF"),
        (GOOD[:-30], "damaged"),
        (GOOD[: len(GOOD) // 2], "damaged"),
        (raw("", **{"xl/workbook.xml": "<x/>"}).replace(b"word/document.xml", b"word/other.xml123"), "archive of files|other than DOCX"),
        (raw(document("")), "holds no text"),
        (raw(document(paragraph(run("暗", "<w:vanish/>")))), "holds no text"),
        (raw("<x/>"), "no body"),
        (raw("nothing"), "no body"),
        (raw(b""), "no body"),
        (raw(document(paragraph("甲"), LAUGHS)), "document type"),
        (raw(document(paragraph("甲"), '<!DOCTYPE x SYSTEM "file:///etc/passwd">')), "document type"),
        (raw(document(paragraph("甲"), "<!DOCTYPE x []>", "UTF-16").encode("utf-16")), "document type"),
        (raw(document(paragraph("甲")), **{"word/styles.xml": f"<!DOCTYPE x []><x xmlns='{W}'/>"}), "document type"),
        (raw(document("<w:sdt>" * 100_000 + "</w:sdt>" * 100_000)), "too deeply"),
        (raw(document(paragraph("<w:smartTag>" * 100_000))), "too deeply"),
        (with_flag(raw(document(paragraph("甲"))), 8, 1), "encrypted|damaged"),
        (with_flag(raw(document(paragraph("甲"))), 10, 9), "unknown way|damaged"),
    ],
)  # fmt: skip
def test_each_says_one_clear_line(data: bytes, reason: str) -> None:
    with pytest.raises(ReadingError, match=reason) as told:
        read(data, "a.docx")
    assert "\n" not in str(told.value)
    assert len(str(told.value)) < 200


def test_bombs_are_refused_before_they_burst() -> None:
    bomb = raw(document("<w:p/>" * 5_000_000))
    assert len(bomb) < 100_000
    files = (bomb, lying(bomb, 1000), raw(document("甲"), **{"word/media/a.png": b"0" * 210_000_000}))
    start = time.perf_counter()
    for data in files:
        with pytest.raises(ReadingError, match="bomb|cannot be unpacked"):
            extract_docx(data)
    assert time.perf_counter() - start < 2


def test_the_limit_counts_what_is_inflated() -> None:
    body = "".join(paragraph(str(number)) for number in range(5000))
    with pytest.raises(ReadingError, match="100,000 bytes"):
        extract_docx(make(body), max_inflated=100_000)
    assert extract_docx(make(body), max_inflated=1_000_000).source.endswith("4999")


def test_broken_xml_is_read_as_far_as_it_goes_and_told() -> None:
    found = extract_docx(raw(document(paragraph("甲") + "<w:p><w:r><w:t>乙</w:t></w:r></w:q>")))
    assert found.source.split("\n") == ["甲", "乙"]
    assert found.warnings == ("the XML of word/document.xml is damaged; what could be read of it is kept",)
    assert extract_docx(raw(document("<w:p><w:r><w:t>一&#1;二</w:t></w:r></w:p>"))).source == "一二"
    assert extract_docx(raw(document("<w:p><w:r><w:t>甲&nbsp;乙</w:t></w:r></w:p>"))).source in {"甲乙", "甲 乙"}


def test_missing_parts_and_dangling_ids_do_no_harm() -> None:
    body = paragraph("甲", "没有", num=77, level=3) + paragraph('<w:r><w:footnoteReference w:id="5"/></w:r>')
    assert extract_docx(raw(document(body))).source == "甲\n[1]"
    assert extract_docx(make(paragraph("甲", num=1), numbering=num(1, 9) + "<w:num/>")).source == "甲"
    assert extract_docx(make(paragraph("甲", num=1), numbering=abstract(1) + num(1, 1))).source == "甲"


def test_parts_are_found_without_the_list_of_relations() -> None:
    numbering = f'<w:numbering xmlns:w="{W}">{abstract(1, level(0, "decimal", "%1."))}{num(1, 1)}</w:numbering>'
    data = raw(document(paragraph("甲", num=1, level=0)), **{"word/numbering.xml": numbering})
    assert extract_docx(data).source == "1. 甲"


def test_deep_but_legal_nesting_reads() -> None:
    tags = "<w:smartTag>" * 120
    nested = paragraph("底")
    for _ in range(40):
        nested = table(row(cell(nested + "<w:p/>")))
    found = extract_docx(make(paragraph(tags + run("标签") + tags.replace("<", "</")) + nested))
    assert found.source == "标签\n底"


def test_external_targets_are_not_followed() -> None:
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Type="x/header" Target="../../../etc/passwd"/>'
        '<Relationship Id="r2" Type="x/styles" TargetMode="External" Target="http://example.invalid/s.xml"/>'
        "</Relationships>"
    )
    data = pack({"word/document.xml": document(paragraph("甲")), "word/_rels/document.xml.rels": relations})
    assert extract_docx(data).source == "甲"


@pytest.mark.parametrize(
    "inside", ["<w:r/>" * 20_000, "<w:r><w:tab/></w:r>" * 20_000, run("，\n") * 20_000, run("　") * 20_000]
)
def test_long_paragraphs_take_linear_time(inside: str) -> None:
    start = time.perf_counter()
    extract_docx(make(paragraph(inside) + paragraph("甲") + table(row(cell(paragraph(inside)), "乙"))))
    assert time.perf_counter() - start < 5


PIECES = st.sampled_from(
    ["<w:p>", "</w:p>", "<w:r>", "</w:r>", "<w:t>甲</w:t>", "<w:tbl>", "</w:tbl>", "<w:tr>", "</w:tr>", "<w:tc>", "</w:tc>",
     '<w:fldChar w:fldCharType="begin"/>', '<w:fldChar w:fldCharType="separate"/>', '<w:fldChar w:fldCharType="end"/>',
     "<w:instrText>TOC</w:instrText>", "<w:sdt>", "</w:sdt>", "<w:pPr><w:numPr/></w:pPr>", '<w:tcPr><w:gridSpan w:val="9999999"/></w:tcPr>',
     "<w:tcPr><w:vMerge/></w:tcPr>", "<w:del/>", "<w:ins>", "</w:ins>", "<w:br/>", "<w:tab/>", "<w:txbxContent>", "</w:txbxContent>",
     '<w:sym w:char="zz"/>', "<w:ruby><w:rt/></w:ruby>", '<w:trPr><w:gridBefore w:val="-1"/></w:trPr>', "&#0;", "<", "\x02"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=40), st.integers(0, 2**32 - 1), st.integers(0, 255))
def test_no_mixture_of_pieces_gets_through_unread(pieces: list[str], at: int, byte: int) -> None:
    data = raw(document(paragraph("首") + "".join(pieces)))
    found = extract_docx(data)
    assert found.source.startswith("首")
    assert all(0 <= one.start < one.end <= len(found.source) for one in found.hints)
    place = at % len(data)
    with contextlib.suppress(ReadingError):
        read(data[:place] + bytes([byte]) + data[place + 1 :], "a.docx")
