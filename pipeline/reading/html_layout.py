"""The tree of a page laid out as lines of text in the order in which they are shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.reading.html_lines import BOLD, EDGE, HIDDEN, LINK, NOTE, NUMBER, Line, Piece, finish, rewrap
from pipeline.reading.html_numbering import Numbering
from pipeline.reading.html_style import hiding_selectors, is_bold, is_centred, is_hidden, is_link, keeps_breaks
from pipeline.reading.html_tables import Table
from pipeline.reading.html_tree import BLOCKS, HEADINGS, Node

_NOT_SHOWN = frozenset({"script", "style", "head", "iframe", "noembed", "noframes", "svg", "audio", "video", "canvas"})
_BLOCK_STYLE = re.compile(r"display\s*:\s*(?:block|flex|grid|list-item|table)", re.I)
_SUPERSCRIPTS = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
_NOTE = re.compile(r"\s*(?:[\[［〔【(（]\s*(?:注\s*)?\d{0,3}\s*[\]］〕】)）]|\d{1,3}|[①-⑳*＊†‡]|注\s*\d{0,3})\s*")
_BRACKETED = re.compile(r"\s*(?:[\[［〔【]\s*\d{1,3}\s*[\]］〕】]|[①-⑳])\s*")
_AFTER_SYMBOL = re.compile(r"[A-Za-z0-9.)）²³㎡]$")


@dataclass(slots=True)
class Block:
    """A line of the page.

    Attributes:
        line: Its text and marks.
        node: The innermost block that holds it.
        level: 1 to 6 within h1 to h6, else 0.
        centred: It is set in the middle.
        row: It is a table row.
        alone: No other line stands in its innermost block.
    """

    line: Line
    node: Node
    level: int = 0
    centred: bool = False
    row: bool = False
    alone: bool = True


@dataclass(frozen=True, slots=True)
class _State:
    """What holds for the text within an element."""

    flags: int = 0
    level: int = 0
    centred: bool = False
    breaks: bool = False


def lay_out(root: Node) -> list[Block]:
    """Return the lines of a page, and write into each element which of them it holds."""
    return _Layout(hiding_selectors(root)).run(root)


def _is_block(node: Node) -> bool:
    return node.tag in BLOCKS or (
        "display" in node.raw and _BLOCK_STYLE.search(node.get("style")) is not None
    )


class _Layout:
    """Walks through a tree without recursion, whatever its depth; only tables in cells of tables nest."""

    def __init__(self, selectors: frozenset[str]) -> None:
        self.blocks: list[Block] = []
        self._selectors = selectors
        self._state = _State()
        self._pieces: list[Piece] = []
        self._group: list[Line] = []
        self._gap = False
        self._lists: dict[Node, Numbering] = {}
        self._node = Node("#none", "", None)

    def run(self, root: Node) -> list[Block]:
        """Lay out what is within an element."""
        self._node = root
        stack: list[tuple[Node, Iterator[Node | str], _State, int]] = [(root, iter(root.children), self._state, 0)]
        while stack:
            node, children, before, n_pieces = stack[-1]
            child = next(children, None)
            if isinstance(child, str):
                self._text(child)
            elif child is not None:
                state = self._state
                if self._enter(child):
                    stack.append((child, iter(child.children), state, len(self._pieces)))
                else:
                    self._state = state
            else:
                stack.pop()
                self._leave(node, n_pieces)
                self._state = before
        root.last = len(self.blocks)
        return self.blocks

    def _text(self, text: str) -> None:
        if not self._state.breaks:
            self._pieces.append((text, self._state.flags))
            return
        for number, part in enumerate(text.replace("\r\n", "\n").split("\n")):
            if number:
                self._break()
                # The blanks that begin a line are its indent.
                part = "\xa0" * (len(part) - len(part.lstrip(" "))) + part.lstrip(" ")
            self._pieces.append((part, self._state.flags))

    def _enter(self, node: Node) -> bool:
        """Begin an element; tell whether its children are to be laid out."""
        if node.tag == "br":
            self._break()
            return False
        if _is_block(node):
            self._end_block()
            self._node = node
        node.first = node.last = len(self.blocks)
        if node.tag in _NOT_SHOWN:
            return False
        self._state = self._state_in(node)
        if node.tag == "table" and (table := Table(node)).is_grid:
            self._add_table(table)
            node.last = len(self.blocks)
            return False
        if node.tag == "li" and node.parent is not None and node.parent.tag == "ol":
            numbering = self._lists.setdefault(node.parent, Numbering(node.parent))
            self._pieces.append((numbering.number(node), NUMBER))
        return True

    def _state_in(self, node: Node) -> _State:
        old = self._state
        flags = old.flags | (HIDDEN if is_hidden(node, self._selectors) else 0) | (LINK if is_link(node) else 0)
        bold, centred = is_bold(node), is_centred(node)
        if bold is not None:
            flags = flags | BOLD if bold else flags & ~BOLD
        level = int(node.tag[1]) if node.tag in HEADINGS else old.level
        if centred is None:
            centred = old.centred
        breaks = old.breaks or keeps_breaks(node)
        new = _State(flags, level, centred, breaks)
        return old if new == old else new

    def _leave(self, node: Node, n_pieces: int) -> None:
        if node.tag in {"sup", "a"}:
            self._raise(n_pieces, node)
        if _is_block(node):
            self._end_block()
            self._pieces = []
            self._node = node.parent or node
        node.last = len(self.blocks)

    def _raise(self, n_pieces: int, node: Node) -> None:
        """Mark a raised or linked figure as a footnote mark; write it as an exponent where it follows a symbol."""
        raised = self._pieces[n_pieces:]
        before = "".join(text for text, _ in self._pieces[max(0, n_pieces - 3) : n_pieces]).rstrip()
        text = "".join(one for one, _ in raised)
        if node.tag == "a":
            is_note = node.get("href").startswith("#") and before != "" and _BRACKETED.fullmatch(text) is not None
        else:
            linked = any(isinstance(one, Node) and one.tag == "a" for one in node.children)
            symbol = text.strip().isdigit() and _AFTER_SYMBOL.search(before)
            is_note = _NOTE.fullmatch(text) is not None and (linked or not symbol)
        if is_note:
            self._pieces[n_pieces:] = [(one, flags | NOTE) for one, flags in raised]
        elif node.tag == "sup":
            self._pieces[n_pieces:] = [(one.translate(_SUPERSCRIPTS), flags) for one, flags in raised]

    def _break(self) -> None:
        """End a line within a block."""
        lines = finish(self._pieces, self._gap)
        waiting = self._pieces[:1] if not lines and self._pieces and self._pieces[0][1] == NUMBER else []
        self._gap = not lines and bool(self._group)
        self._group += lines
        self._pieces = waiting

    def _end_block(self) -> None:
        """End a line and the block it stands in."""
        if not self._pieces and not self._group:
            return
        self._break()
        lines = rewrap(self._group)
        for line in lines:
            self.blocks.append(Block(line, self._node, self._state.level, self._state.centred, alone=len(lines) == 1))
        self._group, self._gap = [], False

    def _add_table(self, table: Table) -> None:
        flags = self._state.flags
        for node in table.captions:
            self._add_lines(node, flags)
        for row in table.rows(lambda cell: self._cell(cell, flags)):
            self.blocks.append(Block(row, table.node, row=True))

    def _add_lines(self, node: Node, flags: int) -> None:
        self.blocks += self._within(node, flags)

    def _within(self, node: Node, flags: int) -> list[Block]:
        inner = _Layout(self._selectors)
        inner._state = _State(flags)
        inner._state = inner._state_in(node)
        return inner.run(node) if node.tag not in _NOT_SHOWN else []

    def _cell(self, cell: Node, flags: int) -> list[list[Line]]:
        """Return the lines of a cell, those parted by line breaks only in one list."""
        if len(cell.children) == 1 and isinstance(cell.children[0], str) and not cell.raw:
            return [[one] for one in finish([(cell.children[0].strip(EDGE), flags)])]
        groups: list[list[Line]] = []
        for block in self._within(cell, flags):
            if block.alone or not groups:
                groups.append([block.line])
            else:
                groups[-1].append(block.line)
        return groups
