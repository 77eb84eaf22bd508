"""DOCX files: valid archives whose parts are valid XML with elements and attributes in places where none expects them."""

from __future__ import annotations

import copy
import io
import re
import zipfile

import docx_maker as word
from fuzz_draw import ODD_NUMBERS, Draw, damaged
from fuzz_words import ENUMERATORS, TABLES, TITLES, piece
from lxml import etree
from reading_checks import story

_W = f"{{{word.W}}}"
_FORMS = ("decimal", "chineseCounting", "japaneseCounting", "decimalEnclosedCircleChinese", "upperRoman", "lowerLetter", "ideographTraditional", "bullet", "none", "own", "chineseLegalSimplified", "decimalZero", "ordinal", "hebrew1")  # fmt: skip
_TEXTS = ("第%1章", "%2、", "（%3）", "%1.%2.%3", "%9", "%", "", "%1%1%1", "第%1条 ", "\uf0b7", "%0")
_FIELDS = (
    'TOC \\o "1-3"',
    "PAGE",
    "EQ \\o\\ac(○,3)",
    "EQ \\o\\ad(\\s\\up 9(yún),云)",
    "HYPERLINK a",
    "REF x",
    "=1+1",
    "SEQ 表",
)
_STYLES = (
    word.style("Normal", "Normal", default=True), word.style("H1", "heading 1", based_on="Normal"), word.style("H2", "heading 2", "<w:pPr><w:outlineLvl w:val=\"1\"/></w:pPr>", "H1"),
    word.style("T", "Title"), word.style("C", "toc 1"), word.style("L", "own list", '<w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr>', "L2"),
    word.style("L2", "circle", based_on="L"), word.style("B", "strong", "<w:rPr><w:b/></w:rPr>", kind="character"), word.style("X", "gone", "<w:rPr><w:vanish/></w:rPr>", kind="character"),
    word.style("N", "numbered", '<w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr>', kind="numbering"),
)  # fmt: skip
_INLINE = (
    "<w:r><w:tab/></w:r>", '<w:r><w:br w:type="page"/></w:r>', "<w:r><w:br/></w:r>", '<w:r><w:sym w:font="Wingdings" w:char="F0E0"/></w:r>', '<w:r><w:sym w:char="zz"/></w:r>',
    '<w:r><w:footnoteReference w:id="1"/></w:r>', '<w:r><w:endnoteReference w:id="7"/></w:r>', "<w:r><w:commentReference/></w:r>", "<w:r><w:noBreakHyphen/></w:r>",
    "<w:ruby><w:rt><w:r><w:t>yún</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>云</w:t></w:r></w:rubyBase></w:ruby>", '<v:textpath string="艺术字"/>',
    "<m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f>", "<m:d><m:dPr><m:begChr/></m:dPr><m:e><m:r><m:t>x</m:t></m:r></m:e></m:d>",
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r>', '<w:r><w:fldChar w:fldCharType="end"/></w:r>', '<w:r><w:fldChar w:fldCharType="separate"/></w:r>', '<w:fldSimple w:instr="TOC"><w:r><w:t>目</w:t></w:r></w:fldSimple>',
)  # fmt: skip
_AROUND = (
    "<w:ins>{}</w:ins>", "<w:del>{}</w:del>", "<w:moveFrom>{}</w:moveFrom>", "<w:moveTo>{}</w:moveTo>", "<w:hyperlink>{}</w:hyperlink>", "<w:smartTag>{}</w:smartTag>",
    "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>", "<mc:AlternateContent><mc:Choice>{}</mc:Choice><mc:Fallback>{}</mc:Fallback></mc:AlternateContent>",
    "<w:r><w:pict><v:textbox><w:txbxContent><w:p>{}</w:p></w:txbxContent></v:textbox></w:pict></w:r>",
)  # fmt: skip
_MARKS = (
    "",
    "",
    "<w:b/>",
    "<w:vanish/>",
    '<w:vertAlign w:val="superscript"/>',
    '<w:rStyle w:val="B"/>',
    '<w:rStyle w:val="X"/>',
    '<w:b w:val="0"/>',
    '<w:rFonts w:ascii="Symbol"/>',
)
_CELLS = (
    "",
    "",
    '<w:gridSpan w:val="2"/>',
    '<w:vMerge w:val="restart"/>',
    "<w:vMerge/>",
    '<w:hMerge w:val="restart"/>',
    "<w:hMerge/>",
    '<w:gridSpan w:val="99999"/>',
    "<w:cellDel/>",
)
_ROWS = (
    "",
    "",
    "<w:del/>",
    "<w:hidden/>",
    '<w:gridBefore w:val="2"/>',
    '<w:gridAfter w:val="999999"/>',
    "<w:tblHeader/>",
)
_CONTENTS = '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>'  # fmt: skip
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def docx_file(draw: Draw) -> tuple[bytes, str]:
    """Return a DOCX file, its parts changed in some places."""
    parts = {"styles": "".join(_STYLES), "numbering": _numbering(draw)}
    strict, kept = draw.one_in(8), draw.below(8)
    parts |= {"footnotes": _notes(draw, "footnote"), "endnotes": _notes(draw, "endnote")} if kept & 1 else {}
    parts |= {"header": word.paragraph(draw.choice(TITLES)), "footer": word.paragraph("— 1 —")} if kept & 2 else {}
    changes, bytes_too, archive_too = draw.below(6), draw.one_in(8), draw.one_in(12)
    body, after = draw.apart()
    data = word.make("".join(_blocks(body, 12)), strict, **parts)
    if changes or bytes_too:
        data = _changed(data, after, changes, bytes_too)
    return (damaged(data, after) if archive_too else data), "a.docx"


def _run(draw: Draw) -> str:
    kind = draw.below(8)
    if kind < 4:
        return word.run(_CONTROLS.sub("", piece(draw))[:2000], draw.choice(_MARKS))
    if kind < 6:
        return draw.choice(_INLINE)
    if kind == 6 and draw.left > 8:
        return _within(draw.choice(_AROUND), _run(draw))
    return word.field(draw.choice(_FIELDS), _run(draw) if draw.left > 8 else "")


def _within(around: str, inside: str) -> str:
    """Set a part into another; its second place holds plain text, for what doubles at each step fills the memory."""
    return around.replace("{}", inside, 1).replace("{}", word.run("另文"))


def _paragraph(draw: Draw) -> str:
    style = draw.choice(("", "", "H1", "H2", "T", "C", "L", "L2", "N", "absent"))
    num, level = draw.choice((None, None, 1, 1, 2, 3, 4, 99)), draw.choice((None, 0, 1, 2, 3, 4, 8))
    inside = "".join(_run(draw) for _ in range(draw.below(4)))
    inside = inside or word.run(draw.choice(("", *ENUMERATORS)) + draw.choice(TITLES) + story(draw.below(4), 3))
    mark = draw.choice(("", "", "", "<w:del/>", "<w:ins/>", "<w:vanish/>"))
    more = draw.choice(
        ("", "", "", '<w:outlineLvl w:val="2"/>', '<w:framePr w:dropCap="drop"/>', '<w:jc w:val="center"/>')
    )
    return word.paragraph(inside, style, num, level, more, mark)


def _blocks(draw: Draw, most: int) -> list[str]:
    found: list[str] = []
    while draw.left > 8 and len(found) < most:
        kind = draw.below(8)
        if kind < 5:
            found.append(_paragraph(draw))
        elif kind < 7:
            found.append(_table(draw))
        else:
            around = draw.choice((_CONTENTS, *_AROUND[:8]))
            found.append(_within(around, "".join(_blocks(draw, 3))))
    return found or [word.paragraph("云泽市规划")]


def _table(draw: Draw) -> str:
    rows = []
    for _ in range(draw.below(4) + 1):
        cells = []
        for _ in range(draw.below(5) + 1):
            inside = "".join(_blocks(draw, 2)) if draw.one_in(12) else draw.choice(TABLES)
            cells.append(word.cell(inside, draw.choice(_CELLS)))
        rows.append(word.row(*cells, properties=draw.choice(_ROWS)))
    return word.table(*rows)


def _numbering(draw: Draw) -> str:
    levels = [
        word.level(at, draw.choice(_FORMS), draw.choice(_TEXTS), draw.below(40), draw.choice(("", '<w:lvlRestart w:val="0"/>', "<w:isLgl/>", '<w:pStyle w:val="L"/>')), draw.choice(("", "nothing", "space")))
        for at in range(draw.below(9))
    ]  # fmt: skip
    own = word.abstract(2, *levels)
    linked = '<w:abstractNum w:abstractNumId="3"><w:numStyleLink w:val="N"/></w:abstractNum>'
    return word.PLAN + own + linked + word.num(1, 1) + word.num(2, 2, word.restart(draw.below(9), draw.below(99))) + word.num(3, 3) + word.num(4, 77)  # fmt: skip


def _notes(draw: Draw, kind: str) -> str:
    return f'<w:{kind} w:id="1">{word.paragraph(draw.choice(TITLES))}</w:{kind}><w:{kind} w:id="7" w:type="separator"/>'


def _changed(data: bytes, draw: Draw, n_changes: int, bytes_too: bool) -> bytes:
    """Change elements of some parts, or the bytes of one."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            content = old.read(member)
            if n_changes and (member.filename == "word/document.xml" or draw.one_in(4)):
                root = etree.fromstring(content)
                for _ in range(n_changes):
                    _change(root, draw)
                content = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
            if bytes_too and draw.one_in(2):
                content = damaged(content, draw)
            if not draw.one_in(64):
                new.writestr(zipfile.ZipInfo(member.filename, (2026, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _change(root: etree._Element, draw: Draw) -> None:
    """Change one element: its value, its name, its place, how often or how deep in itself it stands."""
    elements = list(root.iter())[1:]
    if not elements:
        return
    one, other, kind = draw.choice(elements), draw.choice(elements), draw.below(8)
    parent = one.getparent()
    if kind == 0 and one.attrib:
        one.attrib[draw.choice(list(one.attrib))] = draw.choice((*ODD_NUMBERS, *"甲x"))
    elif kind == 1:
        parent.remove(one)
    elif kind == 2:
        one.tag = other.tag
    elif kind == 3 and one not in list(other.iterancestors()) and one is not other:
        other.insert(draw.below(len(other) + 1), one)
    elif kind == 4:
        for _ in range(draw.choice((1, 3, 50))):
            parent.insert(parent.index(one), copy.deepcopy(one))
    elif kind == 5:
        for _ in range(draw.choice((1, 5, 120))):
            outer = etree.Element(one.tag, dict(one.attrib))
            parent.replace(one, outer)
            outer.append(one)
            parent = outer
    elif kind == 6:
        one.text = _CONTROLS.sub("", piece(draw))[:500]
    else:
        one.tail = draw.choice(TITLES)
