"""What the style of an element says: hidden, bold, centred, its line breaks kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from pipeline.reading.html_tree import Node

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
_MAX_SHEET = 200_000


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


def is_hidden(node: Node, selectors: frozenset[str]) -> bool:
    """Tell whether readers do not see an element."""
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


def is_bold(node: Node) -> bool | None:
    """Tell whether an element makes its text bold, plain (False), or leaves it as it is (None)."""
    if node.raw and "weight" in node.raw and (match := _WEIGHT.search(node.get("style"))):
        return match[1].lower() == "bold" or match[1][0] in "6789"
    return True if node.tag in {"b", "strong"} else None


def is_centred(node: Node) -> bool | None:
    """Tell whether an element centres its text, sets it otherwise (False), or leaves it as it is (None)."""
    if node.tag == "center":
        return True
    if node.raw and "align" in node.raw.lower():
        match = _ALIGN.search(node.get("style"))
        align = match[1].lower() if match else node.get("align").lower()
        return align in {"center", "middle"} if align else None
    return False if node.tag == "table" else None


def keeps_breaks(node: Node) -> bool:
    """Tell whether line breaks in the text of an element are shown as such."""
    return node.tag in {"pre", "listing", "xmp", "plaintext"} or (
        "white-space" in node.raw and _KEPT_BREAKS.search(node.get("style")) is not None
    )


def is_link(node: Node) -> bool:
    """Tell whether an element leads elsewhere: a link to another page, a button, a choice of a form."""
    if node.tag in {"button", "select", "textarea"}:
        return True
    if node.tag != "a" or not (href := node.get("href").strip()):
        return False
    # A link into the page itself is a footnote or an entry of the contents.
    return not (href.startswith("#") and len(href) > 1)


def names_of(node: Node) -> str:
    """Return class and id of an element, in small letters, the words parted by blanks."""
    given = islice((node.get(one) for one in ("class", "id", "role")), 3)
    return re.sub(r"(?<=[a-z])(?=[A-Z])|[-_\s]+", " ", " ".join(given)[:200]).lower().strip()
