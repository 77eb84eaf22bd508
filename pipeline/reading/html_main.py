"""Which lines of a page are its text: where its prose lies, less what is plainly navigation.

The prose of a page (sentences outside links) is added up over its elements. From the top down, the way leads to the element
that holds most of it; neighbours on the way that hold prose of the same kind belong to the text too. Boxes in it are left
out by their names, their heads and their links, lines by their words.
"""

from __future__ import annotations

import re
from itertools import accumulate

from pipeline.reading.html_layout import Block
from pipeline.reading.html_lines import ENUMERATED
from pipeline.reading.html_style import names_of
from pipeline.reading.html_tree import Node
from pipeline.reading.html_words import BOX_HEAD, COMMENTS_HEAD, EDGE_LINE, KEPT_LINK, SHORT, names_a_box

Range = tuple[int, int]

_LETTERS = re.compile(r"[\u3400-\u9fff]|[A-Za-z]{2,}")
_STOPS = re.compile(r"[，。；！？、：]|[,.;!?](?:\s|$)")
_PROSE, _HALF_PROSE = 15, 0.2
_LINKED, _SHARE, _NEIGHBOUR = 0.5, 0.6, 150
_MAX_SHORT, _REACH = 90, 30
_MIN_ITEMS, _MIN_LINKED, _MAX_ITEM, _MAX_APART = 4, 6, 400, 6
_WHOLE = 30
_LEAVES = frozenset({"pre", "p", "blockquote", "ul", "ol", "dl"})
_AREAS = frozenset({"nav", "footer", "aside", "menu", "select"})


def main_lines(root: Node, blocks: list[Block], title: str) -> list[bool]:
    """Tell of each line whether it belongs to the text.

    Args:
        root: The page, laid out.
        blocks: Its lines.
        title: What the page calls itself; an empty text where it does not.
    """
    page = _Page(blocks)
    page.leave_out(root)
    ranges = page.main_ranges(root)
    kept = [False] * len(blocks)
    for first, last in ranges:
        for at in range(first, last):
            kept[at] = page.belongs(at)
    page.trim(kept)
    page.add_title(kept, title)
    return kept


class _Page:
    """The lines of a page, with how much prose stands before each of them."""

    def __init__(self, blocks: list[Block]) -> None:
        self.blocks = blocks
        self.out = [False] * len(blocks)
        self.links = [one.line.share("link") for one in blocks]
        self.sizes = [0 if one.line.share("hidden") > _LINKED else len(one.line.text) for one in blocks]
        self.prose = [_prose(*one) for one in zip(blocks, self.links, self.sizes, strict=True)]
        self._add_up()
        linked = [size * share for size, share in zip(self.sizes, self.links, strict=True)]
        self.size_before = [0.0, *accumulate(self.sizes)]
        self.linked_before = [0.0, *accumulate(linked)]

    def _add_up(self) -> None:
        self.before = [0.0, *accumulate(0.0 if out else one for one, out in zip(self.prose, self.out, strict=True))]
        self.total = self.before[-1]

    def weight(self, node: Node) -> float:
        return self.before[node.last] - self.before[node.first]

    def link_share(self, node: Node) -> float:
        size = self.size_before[node.last] - self.size_before[node.first]
        return (self.linked_before[node.last] - self.linked_before[node.first]) / size if size else 0.0

    def _unlinked(self, first: int, last: int) -> float:
        return self.size_before[last] - self.size_before[first] - self.linked_before[last] + self.linked_before[first]

    def _leave_out(self, first: int, last: int) -> None:
        self.out[first:last] = [True] * (last - first)

    def leave_out(self, root: Node) -> None:
        """Leave out areas and boxes, unless next to nothing is left then."""
        before = self.total
        self.leave_out_areas(root)
        self.leave_out_boxes()
        left = sum(
            size
            for size, out, link in zip(self.sizes, self.out, self.links, strict=True)
            if not out and link <= _LINKED
        )
        if self.total < 0.2 * before and left < _NEIGHBOUR:
            self.out = [False] * len(self.blocks)
            self._add_up()

    def leave_out_areas(self, root: Node) -> None:
        """Leave out the elements that are made or named for something else than text."""
        total = self.total or 1.0
        waiting = [root]
        while waiting:
            node = waiting.pop()
            if self._is_area(node, self.weight(node) / total):
                self._leave_out(node.first, node.last)
            else:
                waiting += [one for one in node.children if isinstance(one, Node) and one.last > one.first]
        self._add_up()

    def _is_area(self, node: Node, share: float) -> bool:
        rest = self._unlinked(0, len(self.blocks)) - self._unlinked(node.first, node.last)
        named = (
            (node.raw != "" and names_a_box(names_of(node), share, rest))
            or (node.tag in _AREAS and share < 0.8)
            or (node.tag == "header" and share < 0.02)
            or (share < 0.9 and self._is_list(node))
        )
        head = self.blocks[node.first : min(node.last, node.first + 30)] if named else ()
        return named and not any(one.level == 1 for one in head)

    def _is_list(self, node: Node) -> bool:
        """Tell whether an element lists other pages: item after item with a link and little else."""
        items = [one for one in node.children if isinstance(one, Node) and one.last > one.first]
        if len(items) < _MIN_ITEMS:
            return False
        linked = 0
        for one in items:
            size = self.size_before[one.last] - self.size_before[one.first]
            in_links = self.linked_before[one.last] - self.linked_before[one.first]
            linked += in_links >= _MIN_LINKED and size < _MAX_ITEM and in_links >= 0.1 * size
        return linked >= 0.8 * len(items)

    def leave_out_boxes(self) -> None:
        """Leave out what follows the head of a box, to the end of the element that holds both."""
        for at, block in enumerate(self.blocks):
            home = _home(block.node) if _is_head(block) and not self.out[at] else None
            if home is None:
                continue
            share = self.weight(home) / self.total if self.total else 0.0
            said = COMMENTS_HEAD.fullmatch(block.line.text) is not None
            if share < 0.4 and (said or self.link_share(home) > 0.3):
                self._leave_out(home.first, home.last)
            elif said and self.before[at] > self.before[home.first] + self.weight(home) / 4:
                self._leave_out(at, home.last)
            else:
                self._leave_out(at, self._end_of_links(at + 1, home.last))
        self._add_up()

    def _end_of_links(self, at: int, end: int) -> int:
        """Return the end of the links, and of the short lines among them, that begin at a line."""
        last = at
        while at < min(end, last + _MAX_APART) and (
            self.links[at] > _LINKED or (self.prose[at] < _PROSE and not self.blocks[at].level)
        ):
            at += 1
            last = at if self.links[at - 1] > _LINKED else last
        return last

    def main_ranges(self, root: Node) -> list[Range]:
        """Return the stretches of lines that hold the text."""
        node, depth = root, 0
        near: list[tuple[int, Range]] = []
        while True:
            inner = [one for one in node.children if isinstance(one, Node) and one.last > one.first]
            best = max(inner, key=self.weight, default=None)
            light = best is None or self.weight(best) <= max(0.0, _SHARE * self.weight(node))
            if best is None or light or best.last - best.first < 2 or best.tag in _LEAVES:
                break
            near += [(depth, one) for one in _neighbours(node, inner, best)]
            node, depth = best, depth + 1
        return sorted({(node.first, node.last), *(one for level, one in near if self._goes_on(one, depth - level < 2))})

    def _goes_on(self, stretch: Range, is_near: bool) -> bool:
        """Tell whether lines beside the text's element belong to the text.

        Far from it only several paragraphs do, near it one does; so does a table of figures.
        """
        first, last = stretch
        size = self.size_before[last] - self.size_before[first]
        if not size or (self.linked_before[last] - self.linked_before[first]) > 0.1 * size:
            return False
        if all(one.row for one in self.blocks[first:last]):
            return last - first > 2
        whole = sum(self.prose[at] >= _WHOLE and not self.out[at] for at in range(first, last))
        return whole > 1 or (is_near and whole == 1)

    def belongs(self, at: int) -> bool:
        """Tell whether a line within the text's element belongs to the text."""
        block = self.blocks[at]
        text = block.line.text
        if self.out[at] or block.line.share("hidden") >= 1:
            return False
        if _is_tool(text):
            return False
        return self.links[at] <= _LINKED or KEPT_LINK.match(text) is not None or self.prose[at] > _MAX_SHORT

    def trim(self, kept: list[bool]) -> None:
        """Leave out the lines about the text before its first and after its last sentence."""
        prose = [
            at
            for at, one in enumerate(kept)
            if one and self.prose[at] >= _PROSE and len(self.blocks[at].line.text) > 30
        ]
        first, last = (prose[0], prose[-1]) if prose else (len(kept), -1)
        for at in [*range(first), *range(last + 1, len(kept))]:
            text = self.blocks[at].line.text
            if kept[at] and len(text) < 2 * _MAX_SHORT and EDGE_LINE.search(text) and not ENUMERATED.match(text):
                kept[at] = False

    def add_title(self, kept: list[bool], title: str) -> None:
        """Keep the title of the page where it stands before the text and not in it."""
        start = next((at for at, one in enumerate(kept) if one), 0)
        wanted = _letters(title)
        lines = [at for at in range(start) if self.sizes[at] and self.links[at] <= _LINKED]
        found = [at for at in lines if self._is_title(at, wanted)]
        if not found:
            return
        texts = {_letters(one.line.text) for one in self.blocks[start : start + 12]}
        if _letters(self.blocks[found[-1]].line.text) not in texts:
            kept[found[-1]] = True

    def _is_title(self, at: int, wanted: str) -> bool:
        block = self.blocks[at]
        text = _letters(block.line.text)
        if self.out[at] and block.level != 1:
            return False
        return len(text) > 5 and ((wanted and wanted.startswith(text)) or block.level in {1, 2} or text == wanted)


def _prose(block: Block, linked: float, size: int) -> float:
    """Return how many letters of prose a line holds; names and figures count little."""
    text = block.line.text
    if linked > _LINKED or not size:
        return 0.0
    letters = len(_LETTERS.findall(text))
    if _is_tool(text):
        return 0.0
    return letters if letters >= _PROSE and _STOPS.search(text) and not block.row else letters * _HALF_PROSE


def _is_tool(text: str) -> bool:
    """Tell whether a line is a tool or a stamp of the site; numbered lines and whole sentences are not."""
    return (
        len(text) < _MAX_SHORT
        and not text.endswith(("。", "；"))
        and bool(SHORT.search(text))
        and not ENUMERATED.match(text)
    )


def _is_head(block: Block) -> bool:
    return len(block.line.text) < 24 and bool(
        BOX_HEAD.fullmatch(block.line.text) or COMMENTS_HEAD.fullmatch(block.line.text)
    )


def _letters(text: str) -> str:
    return "".join(one for one in text if one.isalnum())


def _neighbours(node: Node, inner: list[Node], best: Node) -> list[Range]:
    """Return the lines of the other elements within an element, and those of its own between them."""
    found: list[Range] = []
    at = node.first
    for one in inner:
        if one.first > at:
            found.append((at, one.first))
        if one is not best:
            found.append((max(at, one.first), max(at, one.last)))
        at = max(at, one.last)
    return [*found, (at, node.last)] if at < node.last else found


def _home(node: Node) -> Node | None:
    """Return the innermost element around a block that holds other lines too; None where it is far."""
    for _ in range(_REACH):
        if node.last - node.first > 1 or node.parent is None:
            return node
        node = node.parent
    return None
