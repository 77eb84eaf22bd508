"""What the head of a page says of it, written as front matter."""

from __future__ import annotations

from pipeline.reading.html.lines import EDGE
from pipeline.reading.html.node import Node

_NAMES = {
    "articletitle": "title", "og:title": "title", "pubdate": "published", "publishdate": "published",
    "article:published_time": "published", "contentsource": "source", "url": "url", "og:url": "url",
}  # fmt: skip
_MAX = 300


def front_matter(root: Node) -> dict[str, str]:
    """Return title, published, source and url as the head gives them, and `page`, the name of the page."""
    found: dict[str, str] = {}
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if node.tag == "meta" and (key := _NAMES.get((node.get("name") or node.get("property")).lower())):
            _keep(found, key, node.get("content"))
        elif node.tag == "link" and "canonical" in node.get("rel").lower():
            _keep(found, "url", node.get("href"))
        elif node.tag == "title":
            _keep(found, "page", "".join(one for one in node.children if isinstance(one, str)))
        waiting += [one for one in reversed(node.children) if isinstance(one, Node)]
    return found


def _keep(found: dict[str, str], key: str, value: str) -> None:
    text = " ".join(value.split()).strip(EDGE)[:_MAX]
    if text:
        found.setdefault(key, text)
