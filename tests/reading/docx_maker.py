"""Make DOCX files from pieces of their XML; the same call gives the same bytes."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = {
    W: "http://purl.oclc.org/ooxml/wordprocessingml/main",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "http://purl.oclc.org/ooxml/officeDocument/math",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "http://purl.oclc.org/ooxml/officeDocument/relationships",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "http://purl.oclc.org/ooxml/drawingml/main",
}
NAMESPACES = " ".join(
    f'xmlns:{name}="{uri}"'
    for name, uri in {
        "w": W,
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
        "v": "urn:schemas-microsoft-com:vml",
    }.items()
)
_STAMP = (2026, 1, 1, 0, 0, 0)
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PARTS = {
    "styles": "styles",
    "numbering": "numbering",
    "footnotes": "footnotes",
    "endnotes": "endnotes",
    "header": "hdr",
    "footer": "ftr",
}


def run(text: str, properties: str = "") -> str:
    """Return a run; properties are the inside of its `rPr`."""
    return f'<w:r>{f"<w:rPr>{properties}</w:rPr>" if properties else ""}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(
    inside: str = "",
    style: str = "",
    num: int | None = None,
    level: int | None = None,
    properties: str = "",
    mark: str = "",
) -> str:
    """Return a paragraph; text without a tag is one run, `mark` is the inside of the `rPr` of its mark."""
    inside = inside if inside.startswith("<") or not inside else run(inside)
    found = f'<w:pStyle w:val="{style}"/>' if style else ""
    if num is not None or level is not None:
        found += "<w:numPr>" + ("" if level is None else f'<w:ilvl w:val="{level}"/>')
        found += ("" if num is None else f'<w:numId w:val="{num}"/>') + "</w:numPr>"
    found += properties + (f"<w:rPr>{mark}</w:rPr>" if mark else "")
    return f"<w:p>{f'<w:pPr>{found}</w:pPr>' if found else ''}{inside}</w:p>"


def level(
    at: int, form: str, text: str, start: int = 1, more: str = "", suff: str = "", run_properties: str = ""
) -> str:
    """Return a level of a list; `more` stands before its text, as the schema has it."""
    suff = f'<w:suff w:val="{suff}"/>' if suff else ""
    end = f"<w:rPr>{run_properties}</w:rPr>" if run_properties else ""
    return f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}{suff}<w:lvlText w:val="{escape(text)}"/>{end}</w:lvl>'


def abstract(key: int, *inside: str) -> str:
    """Return the definition of a list."""
    return f'<w:abstractNum w:abstractNumId="{key}"><w:multiLevelType w:val="multilevel"/>{"".join(inside)}</w:abstractNum>'


def num(key: int, of: int, overrides: str = "") -> str:
    """Return a list of a definition."""
    return f'<w:num w:numId="{key}"><w:abstractNumId w:val="{of}"/>{overrides}</w:num>'


def restart(at: int, start: int = 1) -> str:
    """Return an override that starts a level again."""
    return f'<w:lvlOverride w:ilvl="{at}"><w:startOverride w:val="{start}"/></w:lvlOverride>'


def style(
    key: str, name: str, inside: str = "", based_on: str = "", kind: str = "paragraph", default: bool = False
) -> str:
    """Return a style."""
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    attribute = ' w:default="1"' if default else ""
    return f'<w:style w:type="{kind}"{attribute} w:styleId="{key}"><w:name w:val="{name}"/>{base}{inside}</w:style>'


def cell(inside: str = "", properties: str = "") -> str:
    """Return a table cell."""
    inside = inside if inside.startswith("<") else paragraph(inside)
    return f"<w:tc>{f'<w:tcPr>{properties}</w:tcPr>' if properties else ''}{inside}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    """Return a table row; cells without a tag hold text."""
    found = "".join(one if one.startswith(("<w:tc", "<w:sdt")) else cell(one) for one in cells)
    return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{found}</w:tr>"


def table(*rows: str) -> str:
    """Return a table."""
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def field(instruction: str, result: str) -> str:
    """Return a complex field in runs; the result is made of runs."""
    marks = [f'<w:r><w:fldChar w:fldCharType="{one}"/></w:r>' for one in ("begin", "separate", "end")]
    return f'{marks[0]}<w:r><w:instrText xml:space="preserve">{escape(instruction)}</w:instrText></w:r>{marks[1]}{result}{marks[2]}'


def make(body: str, strict: bool = False, **parts: str) -> bytes:
    """Return a DOCX file.

    Args:
        body: Inside of the body.
        strict: Use the names of the strict variant.
        parts: Inside of `styles`, `numbering`, `footnotes`, `endnotes`, `header`, `footer`.
    """
    files = {"word/document.xml": f"<w:document {NAMESPACES}><w:body>{body}<w:sectPr/></w:body></w:document>"}
    for name, inside in parts.items():
        tag = _PARTS[name]
        files[f"word/{name}.xml"] = f"<w:{tag} {NAMESPACES}>{inside}</w:{tag}>"
    return pack({name: _XML + (_strict(text) if strict else text) for name, text in files.items()}, parts)


_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def _strict(text: str) -> str:
    for usual, strict in STRICT.items():
        text = text.replace(f'"{usual}"', f'"{strict}"')
    return text


def pack(files: dict[str, str], related: dict[str, str] | None = None) -> bytes:
    """Return the archive of parts with the lists of types and relations that they need."""
    main = next((name for name in files if name.startswith("word/document")), "word/document.xml")
    related = related or {}
    types = "".join(f'<Override PartName="/word/{name}.xml" ContentType="{_TYPES}.{name}+xml"/>' for name in related)
    links = "".join(
        f'<Relationship Id="r{at}" Type="{_OFFICE}/{name}" Target="{name}.xml"/>' for at, name in enumerate(related)
    )
    whole = {
        "[Content_Types].xml": f'{_XML}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/><Override PartName="/{main}" ContentType="{_TYPES}.document.main+xml"/>{types}</Types>',
        "_rels/.rels": f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="{main}"/></Relationships>',
        f"word/_rels/{main.rpartition('/')[2]}.rels": f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>',
    } | files
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in whole.items():
            archive.writestr(zipfile.ZipInfo(name, _STAMP), text, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


# The list of a plan: 第一章, 一、, （一）, 1., ①.
PLAN = abstract(
    1,
    level(0, "chineseCounting", "第%1章"),
    level(1, "japaneseCounting", "%2、", suff="nothing"),
    level(2, "chineseCounting", "（%3）"),
    level(3, "decimal", "%4.", suff="space"),
    level(4, "decimalEnclosedCircleChinese", "%5", suff="nothing"),
)
