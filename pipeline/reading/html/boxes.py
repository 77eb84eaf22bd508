"""Which lines of a page are left out by the element they stand in: its name, its head, its links."""

from __future__ import annotations

from pipeline.reading.html.layout import Block
from pipeline.reading.html.node import Node
from pipeline.reading.html.prose import LINKED, PROSE, Lines
from pipeline.reading.html.style import names_of
from pipeline.reading.html.words import BOX_HEAD, COMMENTS_HEAD, names_a_box

_AREAS = frozenset({"nav", "footer", "aside", "menu", "select"})
_MIN_ITEMS, _MIN_LINKED, _MAX_ITEM, _MAX_APART = 4, 6, 400, 6
_NOTHING, _REACH, _MAX_HEAD, _TITLE_WITHIN = 150, 30, 24, 30


def leave_out_boxes(root: Node, lines: Lines) -> None:
    """Leave out what is made or named for something else than text, unless next to nothing is left then."""
    before = lines.total
    _leave_out_areas(root, lines)
    _leave_out_headed(lines)
    each = zip(lines.sizes, lines.out, lines.links, strict=True)
    left = sum(size for size, out, link in each if not out and link <= LINKED)
    if lines.total < 0.2 * before and left < _NOTHING:
        lines.out = [False] * len(lines.blocks)
        lines.add_up()


def _leave_out_areas(root: Node, lines: Lines) -> None:
    total = lines.total or 1.0
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if _is_area(node, lines, lines.weight(node) / total):
            lines.leave_out(node.first, node.last)
        else:
            waiting += [one for one in node.children if isinstance(one, Node) and one.last > one.first]
    lines.add_up()


def _is_area(node: Node, lines: Lines, share: float) -> bool:
    """Tell whether an element is no part of the text; one that holds the title is."""
    n, first, last = len(lines.blocks), node.first, node.last
    rest = lines.size(0, n) - lines.linked(0, n) - lines.size(first, last) + lines.linked(first, last)
    named = (
        (node.raw != "" and names_a_box(names_of(node), share, rest))
        or (node.tag in _AREAS and share < 0.8)
        or (node.tag == "header" and share < 0.02)
        or (share < 0.9 and _is_list(node, lines))
    )
    return named and not any(one.level == 1 for one in lines.blocks[first : min(last, first + _TITLE_WITHIN)])


def _is_list(node: Node, lines: Lines) -> bool:
    """Tell whether an element lists other pages: item after item with a link and little else."""
    items = [one for one in node.children if isinstance(one, Node) and one.last > one.first]
    if len(items) < _MIN_ITEMS:
        return False
    found = 0
    for one in items:
        size, linked = lines.size(one.first, one.last), lines.linked(one.first, one.last)
        found += linked >= _MIN_LINKED and size < _MAX_ITEM and linked >= 0.1 * size
    return found >= 0.8 * len(items)


def _leave_out_headed(lines: Lines) -> None:
    """Leave out what follows the head of a box, to the end of its links or of the element that holds both."""
    for at, block in enumerate(lines.blocks):
        home = _home(block.node) if _is_head(block) and not lines.out[at] else None
        if home is None:
            continue
        weight, size = lines.weight(home), lines.size(home.first, home.last)
        said = COMMENTS_HEAD.fullmatch(block.line.text) is not None
        if weight < 0.4 * lines.total and (said or lines.linked(home.first, home.last) > 0.3 * size):
            lines.leave_out(home.first, home.last)
        elif said and lines.before[at] > lines.before[home.first] + weight / 4:
            lines.leave_out(at, home.last)
        else:
            lines.leave_out(at, _end_of_links(lines, at + 1, home.last))
    lines.add_up()


def _is_head(block: Block) -> bool:
    text = block.line.text
    return len(text) < _MAX_HEAD and bool(BOX_HEAD.fullmatch(text) or COMMENTS_HEAD.fullmatch(text))


def _end_of_links(lines: Lines, at: int, end: int) -> int:
    """Return the end of the links, and of the short lines among them, that begin at a line."""
    last = at
    while at < min(end, last + _MAX_APART):
        is_link = lines.links[at] > LINKED
        if not is_link and (lines.prose[at] >= PROSE or lines.blocks[at].level):
            break
        at += 1
        last = at if is_link else last
    return last


def _home(node: Node) -> Node | None:
    """Return the innermost element around a block that holds other lines too; None where it is far."""
    for _ in range(_REACH):
        if node.last - node.first > 1 or node.parent is None:
            return node
        node = node.parent
    return None
