"""Plain text and Markdown in any encoding, and web pages."""

from __future__ import annotations

import codecs

from fuzz_draw import Draw, damaged
from fuzz_words import ENUMERATORS, FURNITURE, PROSE, TITLES, piece, printed, text
from reading_checks import story

_ENCODINGS = (
    "utf-8", "gb18030", "gbk", "big5", "big5hkscs", "cp950", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-8-sig", "hz", "gb2312", "latin-1",
)  # fmt: skip
_MARKS = (b"", b"", b"", codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, b"\x84\x31\x95\x33")
_NAMES = ("a.txt", "云泽市/2021.txt", "云泽市“十五五”规划纲要.txt", "b.md", "c")
_FRONT = (
    "---\ntitle: 云泽市规划\nyear: 2021\n---\n",
    "---\n---\n",
    "---\ntitle: [\n",
    "+++\na = 1\n+++\n",
    "---\r\ndate: 2021-99-99\r\n---\r\n",
)
_MARKDOWN = (
    "# ", "## ", "### ", "###### ", "#", "**", "***", "**加粗标题**", "* ", "- ", "> ", "> > ", "\n===\n", "\n---\n", "***\n", "[链接](http://a.example)", "![图](a.png)", "[^1]", "[^1]: 注",
    "<!--", "-->", "<details>", "</details>", "<summary>目录</summary>", "<b>", "</b>", "<br>", "`", "```\n", "\\*", "\\#", "| 甲 | 乙 |\n| --- | :-: |\n| 1 | 2 |\n", " #", "](", "[", "]", "(", "<", ">", "&nbsp;", "&#12;",
)  # fmt: skip
_TAGS = (
    "p", "div", "span", "br", "b", "strong", "h1", "h2", "h3", "h6", "table", "tr", "td", "th", "thead", "tbody", "caption", "ul", "ol", "li", "a", "font", "center", "sup", "sub", "script", "style",
    "title", "meta", "head", "body", "html", "form", "input", "select", "option", "textarea", "pre", "article", "nav", "header", "footer", "aside", "main", "section", "iframe", "noscript", "template",
    "ruby", "rt", "rp", "dl", "dt", "dd", "hr", "img", "u", "em", "svg", "math", "plaintext", "button", "label", "blockquote", "x-own", "o:p", "object", "marquee", "xmp", "frameset",
)  # fmt: skip
_ATTRIBUTES = (
    'href="#"', 'href="http://a.example/b.html"', 'class="nav"', 'class="content"', 'id="main"', 'id="footer"', 'class="share"', "hidden", 'style="display:none"', 'style="text-align:center"',
    'style="font-weight:bold"', 'colspan="2"', 'rowspan="3"', 'colspan="0"', 'rowspan="0"', 'rowspan="999999999"', 'colspan="1000"', 'colspan="-1"', 'align="center"', 'border="1"', 'start="5"',
    'type="a"', 'value="9999999999"', 'name="_ftn1"', 'href="#_ftnref1"', 'role="presentation"', 'aria-hidden="true"', 'content="云泽市规划"', 'name="ArticleTitle"', 'name="PubDate"', "x='", 'y="', "=", "/",
    'type="I"', 'start="-3"', 'type="一"', 'width="100%"', 'size="5"', "charset=gbk", 'http-equiv="Content-Type" content="text/html; charset=big5"', 'class="TRS_Editor"', 'role="navigation"',
)  # fmt: skip
_ENTITIES = ("&nbsp;", "&#12288;", "&lt;", "&amp;", "&#0;", "&#xD800;", "&#x110000;", "&#99999999999;", "&unknown;", "&#8203;", "&emsp;", "&#13;", "&#10;", "&", "<", ">", "<!--", "-->", "]]>", "<![CDATA[", "<?xml version='1.0'?>", "<!DOCTYPE html>")  # fmt: skip


def text_file(draw: Draw) -> tuple[bytes, str]:
    """Return a text file: pieces of plans in some encoding, now and then in two, now and then damaged."""
    name, most = draw.choice(_NAMES), draw.choice((4, 12, 40))
    if draw.one_in(16):
        return draw.rest(), name
    encodings, mark, mixed = [draw.choice(_ENCODINGS), draw.choice(_ENCODINGS)], draw.choice(_MARKS), draw.one_in(8)
    paged, broken = draw.one_in(5), draw.one_in(4)
    first, after = draw.apart()
    source = newspaper(first) if paged else text(first, most)
    data = mark + source.encode(encodings[0], "replace")
    if broken:
        data = damaged(data, after)
    if mixed:
        data += b"\n" + text(after, most).encode(encodings[1], "replace")
    return data, name


def newspaper(draw: Draw) -> str:
    """Return a page with two articles that go on from the same other page, their columns set down in any order."""
    columns: list[str] = []
    for number in range(draw.below(5) + 2):
        body = story(draw.below(9) + 1, draw.below(256))
        low, high = draw.below(8), draw.below(8)
        start = draw.choice(("（上接第1版）", "", "", ENUMERATORS[number])) if number else "（上接第1版）"
        columns.append(f"{start}{body[low : len(body) - high]}")
    columns.insert(draw.below(len(columns)) + 1, "（上接第1版）" + story(4, draw.below(256))[draw.below(3) :])
    for _ in range(draw.below(4)):
        columns.insert(draw.below(len(columns)), columns.pop(draw.below(len(columns))))
    columns += [piece(draw) for _ in range(draw.below(4))]
    return draw.choice(("\n", "\n\n", "")).join(columns)


def markup_file(draw: Draw) -> tuple[bytes, str]:
    """Return a Markdown file or a web page."""
    marked, encoding, broken = draw.one_in(3), draw.choice(("utf-8", "utf-8", "gb18030", "big5")), draw.one_in(6)
    first, after = draw.apart() if broken else (draw, draw)
    source, name = (markdown(first), "a.md") if marked else (page(first), "a.html")
    data = source[:60_000].encode(encoding, "replace")
    return (damaged(data, after) if broken else data), name


def markdown(draw: Draw) -> str:
    """Return a text with the marks of Markdown in any place."""
    found = [draw.choice(("", "", *_FRONT))]
    while draw.left > 4:
        kind = draw.below(4)
        found.append(draw.choice(_MARKDOWN) if kind < 2 else piece(draw) if kind == 2 else "\n")
    return "".join(found)


def page(draw: Draw) -> str:
    """Return a web page whose tags are mostly, not always, in order."""
    found = [
        draw.choice(
            ("<html><body>", "<!DOCTYPE html><html><head><title>云泽市规划纲要</title></head><body>", "<div>", "<p>")
        )
    ]
    open_tags: list[str] = []
    while draw.left > 4:
        kind = draw.below(12)
        if kind < 4:
            found.append(_start(draw, open_tags))
        elif kind < 7 and open_tags:
            found.append(f"</{open_tags.pop()}>")
        elif kind < 9:
            found.append(draw.choice((*PROSE, *TITLES, *FURNITURE)))
        elif kind == 9:
            found.append(draw.choice(_ENTITIES))
        elif kind == 10:
            found.append(_block(draw))
        else:
            found.append(piece(draw))
    return "".join(found)


def _start(draw: Draw, open_tags: list[str]) -> str:
    tag = draw.choice(_TAGS)
    open_tags.append(tag)
    attributes = [draw.choice(_ATTRIBUTES) for _ in range(draw.below(3))]
    return " ".join([f"<{tag}", *attributes]) + draw.choice((">", ">", ">", "/>", " >\n", ""))


def _block(draw: Draw) -> str:
    """Return a stretch that pages are made of: prose, a table, a list, links, lines parted by breaks, tags in tags."""
    kind = draw.below(6)
    if kind == 0:
        return "".join(
            f"<p>{draw.choice(ENUMERATORS)}{story(3, draw.below(256))}</p>" for _ in range(draw.below(5) + 1)
        )
    if kind == 1:
        rows = range(draw.below(5) + 1)
        return f"<table>{''.join(f'<tr>{_cells(draw)}</tr>' for _ in rows)}</table>"
    if kind == 2:
        listed = draw.choice(("ul", "ol", "ol type=A", "dl"))
        return f"<{listed}>" + "".join(f"<li>{piece(draw)}" for _ in range(draw.below(5))) + f"</{listed.split()[0]}>"
    if kind == 3:
        return "".join(f'<a href="/{n}">{draw.choice(FURNITURE)}</a> ' for n in range(draw.below(12)))
    if kind == 4:
        return printed(draw).replace("\n", draw.choice(("<br>", "<br/>\n", "<br><br>&nbsp;&nbsp;")))
    tag = draw.choice(_TAGS)
    return f"<{tag}>" * draw.choice((2, 30, 1000)) + piece(draw)


def _cells(draw: Draw) -> str:
    return "".join(
        f"<{draw.choice(('td', 'th'))} {draw.choice(_ATTRIBUTES)}>{draw.choice((*TITLES, *PROSE, '12', '60%'))}</td>"
        for _ in range(draw.below(5) + 1)
    )
