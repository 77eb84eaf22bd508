"""Text of a web page: headings, paragraphs and tables of its main part, without navigation."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.reading.errors import ReadingError
from pipeline.reading.hints import Extraction

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LEFT_OUT = (
    "script", "style", "noscript", "nav", "header", "footer", "aside", "form", "button", "select", "iframe",
    "svg", "template", "head", "input", "textarea", "object",
)  # fmt: skip
_BLOCKS = {
    "p", "div", "section", "article", "main", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl",
    "dt", "dd", "blockquote", "pre", "table", "tbody", "thead", "tfoot", "tr", "td", "th", "caption",
    "figure", "hr", "figcaption", "center", "body", "html", "address",
}  # fmt: skip
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_SPACE = re.compile(r"[ \t\r\n\f\v]+")
_SHARE = 0.85
_MAX_PARAGRAPHS = 8


def extract_html(page: str) -> Extraction:
    """Return the main text of a page, one block a line, the cells of a table row joined by ` | `.

    Raises:
        ReadingError: If the page holds no text.
    """
    from lxml import html

    root = html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*>", "", page))
    html.etree.strip_elements(root, html.etree.Comment, *_LEFT_OUT, with_tail=False)
    main = _main_part(root)
    heading = root.find(".//h1")
    lines = [""]
    if heading is not None and heading not in list(main.iter("h1")):
        _render(heading, lines)
    _render(main, lines)
    text = "\n".join(line.strip() for line in lines if line.strip())
    if not text:
        msg = "the web page holds no text (it may build it by script); save the shown text as TXT"
        raise ReadingError(msg)
    return Extraction(text, "utf-8")


def _main_part(root: HtmlElement) -> HtmlElement:
    """Go down from the top while one child holds most of the text that is not in links."""
    weight: dict[HtmlElement, int] = {}
    for element in root.iter():
        own = 0 if element.tag == "a" else len(_CHINESE.findall(element.text or ""))
        weight[element] = own
    for element in reversed(list(root.iter())):
        parent = element.getparent()
        if parent is not None:
            tail = 0 if parent.tag == "a" else len(_CHINESE.findall(element.tail or ""))
            weight[parent] += weight[element] + tail
    part = root
    while True:
        best = max(part, key=lambda one: weight[one], default=None)
        if best is None or best.tag in {"p", "tr", "li", "span"} or weight[best] < _SHARE * max(1, weight[part]):
            return part
        part = best


def _render(element: HtmlElement, lines: list[str]) -> None:
    """Append the text of an element to the last line; blocks begin and end lines."""
    if element.tag == "table" and not _is_layout(element):
        lines += [_row(row) for row in element.iter("tr")]
        lines.append("")
        return
    block = element.tag in _BLOCKS
    if block or element.tag == "br":
        lines.append("")
    lines[-1] += _SPACE.sub(" ", element.text or "")
    for child in element:
        _render(child, lines)
        lines[-1] += _SPACE.sub(" ", child.tail or "")
    if block:
        lines.append("")


def _is_layout(table: HtmlElement) -> bool:
    """Tell whether a table only lays out the page: one column, a table inside, or long cells."""
    wide = any(len(row) > 1 for row in table.iter("tr"))
    long = any(len(cell.findall(".//p")) > _MAX_PARAGRAPHS for cell in table.iter("td"))
    return not wide or long or table.find(".//table") is not None


def _row(row: HtmlElement) -> str:
    return " | ".join(_SPACE.sub(" ", cell.text_content()).strip() for cell in row.iter("td", "th"))
