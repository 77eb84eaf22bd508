"""Hostile and broken files: each ends in one clear line or is read, within its limits, and the next file is read."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace

import pytest

from pipeline.reading import ReadingError, read
from pipeline.reading.files import File
from pipeline.reading.isolation import Reader
from pipeline.reading.limits import LIMITS
from pipeline.records import Reading

PROSE = "云泽市坚持把发展经济的着力点放在实体经济上，推进产业基础高级化，建设现代化产业体系。\n" * 4
GOOD = File(PROSE.encode(), "good.txt")
DOCUMENT = (
    '<?xml version="1.0" encoding="UTF-8"?>{head}<w:document xmlns:w="http://schemas.openxmlformats.org/'
    'wordprocessingml/2006/main"><w:body>{body}</w:body></w:document>'
)
TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)
RELS = (
    '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    'relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    limits = replace(LIMITS, timeout_s=20, memory_mb=600, max_mb=20, inflated_mb=50)
    with Reader(limits, workers=1) as one:
        yield one


def outcome(reader: Reader, data: bytes, name: str) -> Reading | str:
    """Read a file, then a good one in its wake; return the reading or the one line."""
    bad, good = reader.read_all([File(data, name), GOOD])
    assert good == read(GOOD.data, GOOD.name)
    if isinstance(bad, Reading):
        return bad
    assert "\n" not in str(bad)
    return str(bad)


def docx(body: str, head: str = "") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", RELS)
        archive.writestr("word/document.xml", DOCUMENT.format(head=head, body=body))
    return stream.getvalue()


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def pdf(stream: bytes, extra: str = "") -> bytes:
    """Write a PDF of one page with a packed content stream."""
    packed = zlib.compress(stream, 9)
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources<<>>>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed),
    ]
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, part in enumerate(parts, start=1):
        places.append(len(out))
        out += b"%d 0 obj%s\nendobj\n" % (number, part)
    start = len(out)
    out += b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % at for at in places)
    return bytes(out + f"trailer<</Size 5/Root 1 0 R{extra}>>\nstartxref\n{start}\n%%EOF\n".encode())


@pytest.mark.parametrize(
    ("data", "name", "line"),
    [
        (b"", "a.txt", "the file is empty"),
        (b"%PDF-1.4 broken", "a.pdf", "damaged"),
        (pdf(b"q Q"), "a.pdf", "pictures of pages and no text; run OCR first"),
        (pdf(b"q Q", "/Encrypt<</Filter/Standard/V 1/R 2/O(x)/U(y)/P -4>>"), "a.pdf", "locked by a password"),
        (b"<html><body><div></div><script>x()</script></body></html>", "a.html", "no text"),
        (docx(""), "a.docx", "no text|damaged"),
        (docx(paragraph(PROSE))[:-40], "a.docx", "damaged"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "a.doc", "old Word"),
        (bytes(range(256)) * 40, "a.txt", "binary|neither"),
        (PROSE.encode() * 90_000, "a.txt", "the file has 46 MB, more than 20; split it or raise ingest.max_mb"),
    ],
)
def test_what_cannot_be_read_says_the_mend(reader: Reader, data: bytes, name: str, line: str) -> None:
    found = outcome(reader, data, name)
    assert isinstance(found, str)
    with pytest.raises(ReadingError, match=line):
        raise ReadingError(found)


def test_a_docx_bomb(reader: Reader) -> None:
    found = outcome(reader, docx(paragraph("发展" * 10_000_000)), "a.docx")
    assert isinstance(found, str)
    assert "a zip bomb" in found


def test_entities_of_a_docx_are_not_fetched(reader: Reader) -> None:
    head = '<!DOCTYPE x [<!ENTITY leak SYSTEM "file:///etc/hostname"><!ENTITY a "发展">]>'
    found = outcome(reader, docx(paragraph(PROSE + "&leak;"), head), "a.docx")
    with open("/etc/hostname", encoding="utf-8") as secret:
        told = found if isinstance(found, str) else found.source
        assert secret.read().strip() not in told


def test_entities_that_multiply(reader: Reader) -> None:
    head = '<!DOCTYPE x [<!ENTITY a0 "发展发展发展发展">'
    head += "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)) + "]>"
    found = outcome(reader, docx(paragraph("&a9;"), head), "a.docx")
    assert isinstance(found, str) or len(found.source) < 1_000_000


def test_a_pdf_that_inflates(reader: Reader) -> None:
    data = pdf(b"q Q " * 15_000_000)
    assert len(data) < 1_000_000
    found = outcome(reader, data, "a.pdf")
    assert isinstance(found, str)


def test_tags_nested_very_deep(reader: Reader) -> None:
    page = "<html><body>" + "<div>" * 100_000 + f"<p>{PROSE}</p>" + "</div>" * 100_000 + "</body></html>"
    outcome(reader, page.encode(), "a.html")


def test_a_text_near_the_limit_is_read(reader: Reader) -> None:
    found = outcome(reader, PROSE.encode() * 4_000, "a.txt")
    assert isinstance(found, Reading)
    assert len(found.text) > 600_000


def test_nul_bytes_and_mixed_encodings_are_read_with_a_warning(reader: Reader) -> None:
    lines = PROSE.splitlines()
    mixed = b"\n".join([lines[0].encode(), lines[1].encode("gb18030"), lines[2].replace("，", "，\0").encode()])
    found = outcome(reader, mixed, "a.txt")
    assert isinstance(found, Reading)
    assert "".join(found.text.split()) == "".join(lines[:3])
    assert [one.split(" ")[0] for one in found.warnings] == ["Line", "Control"]
