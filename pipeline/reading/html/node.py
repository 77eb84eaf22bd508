"""An element of a web page."""

# ruff: noqa: E501, SIM905 - lists of words
from __future__ import annotations

import re
from html import unescape

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
BLOCKS = HEADINGS | frozenset(
    "#root html head body p div section article main nav header footer aside address blockquote center details dialog dir"
    " summary dl dt dd fieldset legend figure figcaption form hgroup hr li ul ol menu pre listing xmp plaintext table caption"
    " thead tbody tfoot tr td th frameset noscript select option optgroup textarea title template marquee iframe object".split()
)
_ATTRIBUTE = re.compile(r"([^\s\"'<>/=]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]*)))?")


class Node:
    """An element.

    Attributes:
        tag: Its name; `#root` for the page.
        children: Elements and texts, in their order.
        parent: The element around it; None for the page.
        first: Index of its first block of text, once the page is laid out.
        last: Index after its last block.
        size: How many characters with ink it holds.
        linked: How many of them in links.
        nested: How many of them in tables within it.
        breaks: How many blocks and line breaks it holds.
    """

    __slots__ = (
        "_attributes", "breaks", "children", "first", "last", "linked", "nested", "parent", "raw", "size", "tag",
    )  # fmt: skip

    def __init__(self, tag: str, raw: str, parent: Node | None) -> None:
        self.tag = tag
        self.raw = raw
        self.parent = parent
        self.children: list[Node | str] = []
        self.first = self.last = 0
        self.size = self.linked = self.nested = self.breaks = 0
        self._attributes: dict[str, str] | None = None

    def get(self, name: str) -> str:
        """Return the value of an attribute, an empty text where it has none."""
        return self.attributes.get(name, "")

    @property
    def attributes(self) -> dict[str, str]:
        """The attributes by their names in small letters; of a repeated one the first counts."""
        if self._attributes is None:
            self._attributes = {}
            for match in _ATTRIBUTE.finditer(self.raw) if self.raw else ():
                name, *values = match.groups()
                value = next((one for one in values if one), "")
                self._attributes.setdefault(name.lower(), unescape(value) if "&" in value else value)
        return self._attributes


def add_up(nodes: list[Node]) -> None:
    """Add the sizes of each element to those of the one around it; the nodes come in the order of the page."""
    for node in reversed(nodes):
        parent = node.parent
        if parent is not None:
            parent.size += node.size
            parent.linked += node.size if node.tag == "a" and "href" in node.raw.lower() else node.linked
            parent.nested += node.size if node.tag == "table" else node.nested
            parent.breaks += node.breaks + (node.tag in BLOCKS or node.tag == "br")
