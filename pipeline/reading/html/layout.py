"""The tree of a page laid out as lines of text in the order in which they are shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.reading.html.lines import (
    BOLD,
    EDGE,
    HIDDEN,
    LINK,
    NUMBER,
    Line,
    Piece,
    finish,
    read_anchor,
    read_raised,
    rewrap,
)
from pipeline.reading.html.node import HEADINGS, Node
from pipeline.reading.html.numbering import Numbering
from pipeline.reading.html.style import Style, Styles, hiding_selectors, is_link
from pipeline.reading.html.tables import Table

_NOT_SHOWN = frozenset({"script", "style", "head", "iframe", "noembed", "noframes", "svg", "audio", "video", "canvas"})


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


def lay_out(root: Node, hide: bool = True) -> list[Block]:
    """Return the lines of a page, and write into each element which of them it holds.

    Args:
        root: The page.
        hide: Whether text that readers do not see is marked as hidden.
    """
    return _Layout(Styles(hiding_selectors(root) if hide else None)).run(root)


class _Layout:
    """Walks through a tree without recursion, whatever its depth; only tables in cells of tables nest."""

    def __init__(self, styles: Styles) -> None:
        self.blocks: list[Block] = []
        self._styles = styles
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
        style = self._styles.of(node)
        if style.block:
            self._end_block()
            self._node = node
        node.first = node.last = len(self.blocks)
        if node.tag in _NOT_SHOWN:
            return False
        self._state = self._state_in(node, style)
        if node.tag == "table" and (table := Table(node)).is_grid:
            self._add_table(table)
            node.last = len(self.blocks)
            return False
        if node.tag == "li" and node.parent is not None and node.parent.tag == "ol":
            if node.parent not in self._lists:
                self._lists[node.parent] = Numbering(node.parent)
            self._pieces.append((self._lists[node.parent].number(node), NUMBER))
        return True

    def _state_in(self, node: Node, style: Style) -> _State:
        old, heading, link = self._state, node.tag in HEADINGS, is_link(node)
        if not (heading or link or style.hidden or style.breaks) and style.bold is None and style.centred is None:
            return old
        flags = old.flags | (HIDDEN if style.hidden else 0) | (LINK if link else 0)
        if style.bold is not None:
            flags = flags | BOLD if style.bold else flags & ~BOLD
        centred = old.centred if style.centred is None else style.centred
        return _State(flags, int(node.tag[1]) if heading else old.level, centred, old.breaks or style.breaks)

    def _leave(self, node: Node, n_pieces: int) -> None:
        if node.tag in {"sup", "a"} and n_pieces < len(self._pieces):
            self._read_note(node, n_pieces)
        if self._styles.of(node).block:
            self._end_block()
            self._pieces = []
            self._node = node.parent or node
        # An element within a line that holds blocks also holds the line that its end is in.
        waits = node.first < len(self.blocks) and any(
            text.strip(EDGE) for text, flags in self._pieces if flags != NUMBER
        )
        node.last = len(self.blocks) + waits

    def _read_note(self, node: Node, n_pieces: int) -> None:
        before = "".join(text for text, _ in self._pieces[max(0, n_pieces - 3) : n_pieces])
        raised = self._pieces[n_pieces:]
        if node.tag == "sup":
            linked = any(isinstance(one, Node) and one.tag == "a" for one in node.children)
            self._pieces[n_pieces:] = read_raised(raised, before, linked)
        elif node.get("href").startswith("#"):
            self._pieces[n_pieces:] = read_anchor(raised, before)

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
            self.blocks += self._within(node, flags)
        for row in table.rows(lambda cell: self._cell(cell, flags)):
            self.blocks.append(Block(row, table.node, row=True))

    def _within(self, node: Node, flags: int) -> list[Block]:
        inner = _Layout(self._styles)
        inner._state = _State(flags)
        inner._state = inner._state_in(node, self._styles.of(node))
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
