"""Tables of a page: told apart from tables that only lay it out, and read as rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pipeline.reading.html.lines import Line, Mark, join_lines
from pipeline.reading.html.node import Node

_PARTS = frozenset({"thead", "tbody", "tfoot"})
_MAX_SPAN, _MAX_WIDTH = 1000, 100
_EMPTY = Line("")
_MAX_BREAKS = 8
_LONG_CELL = 400
_ENTIRE = 0.6

Reader = Callable[[Node], list[list[Line]]]


class Table:
    """A table element with its own rows, without those of tables within it."""

    def __init__(self, node: Node) -> None:
        self.node = node
        self.captions: list[Node] = []
        self._rows: list[tuple[list[Node], bool]] = []
        for child in _elements(node):
            if child.tag == "tr":
                self._rows.append((_cells(child), False))
            elif child.tag in _PARTS:
                self._rows += [(_cells(row), child.tag == "thead") for row in _elements(child) if row.tag == "tr"]
            elif child.tag == "caption":
                self.captions.append(child)
        self._rows = [one for one in self._rows if one[0]]

    @property
    def is_grid(self) -> bool:
        """Whether the cells hold figures and names, so that the table is to be read row by row."""
        if self.node.get("role").lower() in {"presentation", "none"}:
            return False
        widths = [len(cells) for cells, _ in self._rows]
        if not widths or max(widths) < 2 or _holds_text(self.node) or any(_holds_text(row) for row in self._parts()):
            return False
        sizes: list[int] = []
        nested = links = 0
        for cell in (cell for cells, _ in self._rows for cell in cells):
            if cell.size > _LONG_CELL and cell.breaks > _MAX_BREAKS:
                return False
            sizes.append(cell.size)
            nested += cell.nested
            links += cell.linked
        total = sum(sizes)
        marked = bool(self.captions) or any(
            header or any(one.tag == "th" for one in cells) for cells, header in self._rows
        )
        if not total or nested * 2 > total or links * 2 > total:
            return False
        if max(sizes) > _LONG_CELL and max(sizes) > total * _ENTIRE:
            return False
        if len(widths) == 1:
            return marked or (max(sizes) <= 60 and self.node.get("border") not in {"", "0"})
        # A page laid out in columns has a few large cells; figures stand in many small ones.
        several = sum(width > 1 for width in widths) > 1
        return (marked or several) and (marked or total / len(sizes) < _LONG_CELL / 2) and nested * 3 < total

    def _parts(self) -> Iterator[Node]:
        yield from (one for one in _elements(self.node) if one.tag in _PARTS or one.tag == "tr")

    def rows(self, read: Reader) -> Iterator[Line]:
        """Yield each row as a line, cells parted by ` | `; a merged cell's text stands in its first cell.

        Args:
            read: Returns the lines of a cell, those parted by line breaks only in one list.
        """
        taken: dict[int, int] = {}
        for number, (cells, header) in enumerate(self._rows):
            texts: list[Line] = []
            for cell in cells:
                while taken.get(len(texts), 0) > 0:
                    taken[len(texts)] -= 1
                    texts.append(_EMPTY)
                high = min(_span(cell, "rowspan") or len(self._rows), len(self._rows) - number)
                wide = max(1, min(_span(cell, "colspan"), _MAX_WIDTH - len(texts)))
                head = header or cell.tag == "th"
                text = _cell_line(read(cell), (("row_span", high), ("column_span", wide), ("header_cell", head)))
                for column in range(len(texts), len(texts) + wide):
                    taken[column] = high - 1
                texts += [text, *[_EMPTY] * (wide - 1)]
            for column in sorted(one for one, left in taken.items() if left > 0 and one >= len(texts)):
                texts += [_EMPTY] * (column + 1 - len(texts))
                taken[column] -= 1
            if any(one.text for one in texts):
                yield join_lines(texts, " | ")


def _elements(node: Node) -> Iterator[Node]:
    return (one for one in node.children if isinstance(one, Node))


def _cells(row: Node) -> list[Node]:
    return [one for one in _elements(row) if one.tag in {"td", "th"}]


def _holds_text(node: Node) -> bool:
    """Tell whether text stands in a table or row outside its cells."""
    return any(isinstance(one, str) and one.strip() for one in node.children)


def _span(cell: Node, name: str) -> int:
    given = cell.get(name).strip()
    return min(int(given), _MAX_SPAN) if given.isascii() and given.isdigit() and len(given) < 9 else 1


def _cell_line(groups: list[list[Line]], facts: tuple[tuple[str, int], ...]) -> Line:
    """Put the lines of a cell together; a bar in its text would part cells, so it is written full-width."""
    line = join_lines((join_lines(group) for group in groups), " ")
    text = line.text.replace("|", "｜")
    whole: list[Mark] = [
        (kind, 0, len(text), 0 if kind == "header_cell" else int(value))
        for kind, value in facts
        if text and value > (kind != "header_cell")
    ]
    return Line(text, (*line.marks, *whole))
