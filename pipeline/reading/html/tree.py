"""Tags and text of a web page as a tree; end tags that are missing or misplaced are put right."""

# ruff: noqa: E501, SIM905 - lists of words
from __future__ import annotations

from collections import defaultdict

from pipeline.reading.html.node import BLOCKS, HEADINGS, Node, add_up
from pipeline.reading.html.tokens import tokenize

VOID = frozenset(
    "area base basefont bgsound br col colgroup embed frame hr img input keygen link meta param source track wbr".split()
)
_HEAD = frozenset("title meta link base script style noscript template object bgsound basefont".split())
_CLOSE_P = BLOCKS - frozenset("#root html head body caption thead tbody tfoot tr td th select option optgroup textarea"
                              " title noscript template object".split())  # fmt: skip
_SCOPES = frozenset({"table", "td", "th", "caption"})
_ROW_PARENTS = frozenset({"table", "thead", "tbody", "tfoot"})
_ITEMS = {"li": {"li"}, "dt": {"dt", "dd"}, "dd": {"dt", "dd"}}
_THROUGH = frozenset({"div", "p", "center", "address"})
_REACH = 24


def parse(page: str) -> Node:
    """Return the tree of a page; no depth is too great, and each step takes the same time."""
    tree = _Builder()
    for kind, name, raw in tokenize(page):
        if kind == "text":
            tree.text(raw)
        elif kind == "start":
            tree.start(name, raw)
        else:
            tree.end(name)
    add_up(tree.nodes)
    return tree.root


class _Builder:
    """The open elements, and for each table, cell and caption around them how many of each tag are open in it."""

    def __init__(self) -> None:
        self.root = Node("#root", "", None)
        self.open = [self.root]
        self.nodes = [self.root]
        self.scopes: list[tuple[str, defaultdict[str, int]]] = [("", defaultdict(int))]

    def text(self, text: str) -> None:
        if self.open[-1].tag == "head" and text.strip():
            self._pop()
        node = self.open[-1]
        node.children.append(text)
        if node.tag != "style":
            node.size += len("".join(text.split()))

    def start(self, tag: str, raw: str) -> None:
        if tag in {"html", "body"}:
            if self._counts("head"):
                self._close("head")
            if self._counts(tag):
                return
        elif self.open[-1].tag == "head" and tag not in _HEAD:
            self._pop()
        if tag in _CLOSE_P and self._counts("p"):
            self._close("p")
        if tag == "form" and self.open[-1].tag in _ROW_PARENTS | {"tr"}:
            return
        self._make_room(tag)
        self._push(tag, raw)
        if tag in VOID:
            self._pop()

    def _make_room(self, tag: str) -> None:
        """Close the elements whose end a start tag implies."""
        if tag in _ITEMS:
            self._end_item(_ITEMS[tag])
        elif tag in {"td", "th"}:
            self._to_row()
        elif tag == "tr":
            self._to_table(_ROW_PARENTS)
        elif tag in {"thead", "tbody", "tfoot", "caption"}:
            self._to_table(frozenset({"table"}))
        elif (tag in HEADINGS and self.open[-1].tag in HEADINGS) or (tag == "option" and self.open[-1].tag == tag):
            self._pop()
        elif tag == "a" and self._counts("a"):
            self._end_inline("a")

    def end(self, tag: str) -> None:
        if tag in {"html", "body"} or tag in VOID - {"br"}:
            return
        if tag == "br" or (tag == "p" and not self._counts("p")):
            self._push(tag, "")
            self._pop()
        elif tag == "table":
            self._end_scope({"table"})
        elif tag in {"td", "th", "caption"}:
            if self.scopes[-1][0] in {"td", "th", "caption"}:
                self._end_scope({"td", "th", "caption"})
        elif tag in {"tr", "thead", "tbody", "tfoot"}:
            self._leave_cell()
            if self._counts(tag):
                self._close(tag)
        elif tag in HEADINGS:
            if found := next((one for one in HEADINGS if self._counts(one)), None):
                self._close(tag if self._counts(tag) else found)
        elif self._counts(tag):
            if tag in BLOCKS:
                self._close(tag)
            else:
                self._end_inline(tag)

    def _counts(self, tag: str) -> int:
        return self.scopes[-1][1].get(tag, 0)

    def _push(self, tag: str, raw: str) -> None:
        node = Node(tag, raw, self.open[-1])
        self.open[-1].children.append(node)
        self.open.append(node)
        self.nodes.append(node)
        if tag in _SCOPES:
            self.scopes.append((tag, defaultdict(int)))
        else:
            self.scopes[-1][1][tag] += 1

    def _pop(self) -> Node:
        node = self.open.pop()
        if node.tag in _SCOPES:
            self.scopes.pop()
        else:
            self.scopes[-1][1][node.tag] -= 1
        return node

    def _close(self, tag: str) -> None:
        """Close elements up to the nearest one of a tag, which is open in this cell or table."""
        while self._pop().tag != tag:
            pass

    def _end_scope(self, tags: set[str]) -> None:
        if any(owner in tags for owner, _ in self.scopes):
            while self._pop().tag not in tags:
                pass

    def _leave_cell(self) -> None:
        """Close a cell or caption of a table, with all that is open in it."""
        owner = self.scopes[-1][0]
        if owner in {"td", "th", "caption"} and len(self.scopes) > 1 and self.scopes[-2][0] == "table":
            self._end_scope({owner})

    def _to_table(self, parents: frozenset[str]) -> None:
        """Close what is open between a table and the row or part of it that now begins."""
        self._leave_cell()
        if self.scopes[-1][0] == "table":
            while self.open[-1].tag not in parents:
                self._pop()

    def _to_row(self) -> None:
        """Close what is open between a row and the cell that now begins; a cell without a row gets one."""
        self._leave_cell()
        if self.scopes[-1][0] == "table":
            self._to_table(_ROW_PARENTS | {"tr"})
            if self.open[-1].tag != "tr":
                self._push("tr", "")
        elif self.scopes[-1][0] in {"td", "th"}:
            self._end_scope({"td", "th"})

    def _end_item(self, tags: set[str]) -> None:
        """Close the list item that another one follows; items of an inner list are left alone."""
        for back, node in enumerate(reversed(self.open[-_REACH:]), 1):
            if node.tag in tags:
                for _ in range(back):
                    self._pop()
                return
            if node.tag in BLOCKS and node.tag not in _THROUGH:
                return

    def _end_inline(self, tag: str) -> None:
        """Close an element within a line; one that was opened around a block only loses its meaning."""
        across = False
        for back, node in enumerate(reversed(self.open[-_REACH:]), 1):
            if node.tag == tag:
                if across:
                    self.scopes[-1][1][tag] -= 1
                    self.scopes[-1][1]["span"] += 1
                    node.tag = "span"
                else:
                    for _ in range(back):
                        self._pop()
                return
            if node.tag in _SCOPES:
                return
            across = across or node.tag in BLOCKS
