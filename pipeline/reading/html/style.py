"""What attributes and style sheets say of the text in an element: hidden, bold, centred, a link, breaks kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pipeline.reading.html.node import BLOCKS, Node

_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|font-size\s*:\s*0(?:\.0+)?(?:p[xt]|r?em|%)?\s*(?:!|;|$)"
    r"|(?<![-\w])opacity\s*:\s*0(?:\.0+)?\s*(?:!|;|$)|(?:text-indent|(?<![-\w])(?:left|top))\s*:\s*-\d{3,}", re.I
)  # fmt: skip
_WEIGHT = re.compile(r"font-weight\s*:\s*(bold|[6-9]00|normal|lighter|[1-5]00)", re.I)
_ALIGN = re.compile(r"text-align\s*:\s*(?:-\w+-)?(center|left|right|justify|start)", re.I)
_KEPT_BREAKS = re.compile(r"white-space\s*:\s*(?:pre|break-spaces)", re.I)
_HIDDEN_CLASSES = frozenset({"sr-only", "visually-hidden", "d-none", "layui-hide"})
_RULE = re.compile(r"([^{}]{1,400})\{([^{}]{0,2000})\}")
_SELECTOR = re.compile(r"(?:[a-z][\w-]*)?([.#][\w-]+)$", re.I)
_NESTED = re.compile(r"@[^{};]{0,200}\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_COMMENT = re.compile(r"/\*.*?\*/", re.S)
_BLOCK_STYLE = re.compile(r"display\s*:\s*(?:block|flex|grid|list-item|table)", re.I)
_KEEP_BREAKS = frozenset({"pre", "listing", "xmp", "plaintext"})
_MAX_SHEET, _MAX_KNOWN, _MAX_LINK, _MAX_NAMES = 200_000, 10_000, 120, 200


def hiding_selectors(root: Node) -> frozenset[str]:
    """Return the classes (`.x`) and ids (`#x`) that the page's own style sheets hide; media rules are not read."""
    found: set[str] = set()
    for sheet in _sheets(root):
        for names, rules in _RULE.findall(_NESTED.sub("", _COMMENT.sub("", sheet[:_MAX_SHEET]))):
            if "none" in rules and re.search(r"display\s*:\s*none", rules, re.I):
                found |= {match[1] for one in names.split(",") if (match := _SELECTOR.fullmatch(one.strip()))}
    return frozenset(found)


def _sheets(root: Node) -> Iterator[str]:
    waiting: list[Node] = [root]
    while waiting:
        node = waiting.pop()
        if node.tag == "style":
            yield "".join(one for one in node.children if isinstance(one, str))
        waiting += [one for one in node.children if isinstance(one, Node)]


class Style(NamedTuple):
    """What an element does to the text in it; None leaves it as it is."""

    hidden: bool
    bold: bool | None
    centred: bool | None
    breaks: bool
    block: bool


class Styles:
    """Reads the styles of elements; like ones are read once."""

    def __init__(self, selectors: frozenset[str] | None) -> None:
        self._selectors = selectors
        self._known: dict[tuple[str, str], Style] = {}

    def of(self, node: Node) -> Style:
        """Return the style of an element; nothing is hidden where the page's selectors are not given."""
        key = (node.tag, node.raw)
        if (found := self._known.get(key)) is None:
            hidden = self._selectors is not None and _is_hidden(node, self._selectors)
            style = node.get("style") if "style" in node.raw.lower() else ""
            block = node.tag in BLOCKS or ("display" in style and _BLOCK_STYLE.search(style) is not None)
            breaks = node.tag in _KEEP_BREAKS or _KEPT_BREAKS.search(style) is not None
            found = Style(hidden, _is_bold(node.tag, style), _is_centred(node, style), breaks, block)
            if len(self._known) < _MAX_KNOWN:
                self._known[key] = found
        return found


def _is_hidden(node: Node, selectors: frozenset[str]) -> bool:
    if node.tag in {"noscript", "template", "datalist"}:
        return True
    if not node.raw:
        return False
    given = node.attributes
    if "hidden" in given or given.get("aria-hidden", "").lower() == "true" or _HIDDEN.search(given.get("style", "")):
        return True
    names = given.get("class", "").split()
    if not _HIDDEN_CLASSES.isdisjoint(names):
        return True
    return bool(selectors) and (f"#{given.get('id')}" in selectors or any(f".{one}" in selectors for one in names))


def _is_bold(tag: str, style: str) -> bool | None:
    if "weight" in style and (match := _WEIGHT.search(style)):
        return match[1].lower() == "bold" or match[1][0] in "6789"
    return True if tag in {"b", "strong"} else None


def _is_centred(node: Node, style: str) -> bool | None:
    """Tell whether an element centres its text; a table does not hand it on to its cells."""
    if node.tag == "center":
        return True
    match = _ALIGN.search(style) if "align" in style else None
    align = match[1] if match else node.get("align") if "align" in node.raw.lower() else ""
    return (
        align.lower() in {"center", "middle"}
        if align and node.tag != "table"
        else False
        if node.tag == "table"
        else None
    )


def is_link(node: Node) -> bool:
    """Tell whether an element leads elsewhere: a link to another page, a button, a choice of a form.

    What is longer than any link's text is a link that was never closed; a link into the page itself is a footnote or an
    entry of the contents.
    """
    if node.tag in {"button", "select", "textarea"}:
        return True
    if node.tag != "a" or node.size > _MAX_LINK or not (href := node.get("href").strip()):
        return False
    return not (href.startswith("#") and len(href) > 1)


def names_of(node: Node) -> str:
    """Return class and id of an element, in small letters, the words parted by blanks."""
    given = " ".join(node.get(one) for one in ("class", "id", "role"))
    return re.sub(r"(?<=[a-z])(?=[A-Z])|[-_\s]+", " ", given[:_MAX_NAMES]).lower().strip()
