"""Which lines of a page are its text: where its prose lies, less what is plainly something else.

The prose of a page is added up over its elements. From the top down, the way leads to the element that holds most of
it; neighbours on the way that hold prose or tables outside links belong to the text too. Boxes are left out by their
names, heads and links, lines by their words.
"""

from __future__ import annotations

from pipeline.reading.html.boxes import leave_out_boxes
from pipeline.reading.html.layout import Block
from pipeline.reading.html.lines import ENUMERATED
from pipeline.reading.html.node import Node
from pipeline.reading.html.prose import LINKED, MAX_SHORT, PROSE, Lines, Range, is_tool
from pipeline.reading.html.words import EDGE_LINE, KEPT_LINK

_SHARE, _MAX_LINKED = 0.6, 0.1
_WHOLE, _SOME, _SENTENCE, _NEAR, _TOP = 30, 30, 30, 2, 12
_MIN_TITLE = 5
_LEAVES = frozenset({"pre", "p", "blockquote", "ul", "ol", "dl"})


def main_lines(root: Node, blocks: list[Block], title: str) -> list[bool]:
    """Tell of each line whether it belongs to the text.

    Args:
        root: The page, laid out.
        blocks: Its lines.
        title: What the page calls itself; an empty text where it does not.
    """
    lines = Lines(blocks)
    leave_out_boxes(root, lines)
    kept = [False] * len(blocks)
    for first, last in _main_ranges(root, lines):
        for at in range(first, last):
            kept[at] = _belongs(lines, at)
    _trim(lines, kept)
    _add_title(lines, kept, title)
    return kept


def _main_ranges(root: Node, lines: Lines) -> list[Range]:
    """Return the stretches of lines that hold the text."""
    node, depth = root, 0
    near: list[tuple[int, Range]] = []
    while True:
        inner = [one for one in node.children if isinstance(one, Node) and one.last > one.first]
        best = max(inner, key=lines.weight, default=None)
        if best is None or best.last - best.first < 2 or best.tag in _LEAVES:
            break
        if lines.weight(best) <= max(0.0, _SHARE * lines.weight(node)):
            break
        near += [(depth, one) for one in _neighbours(node, inner, best)]
        node, depth = best, depth + 1
    kept = {one for level, one in near if _goes_on(lines, one, depth - level < _NEAR)}
    return sorted({(node.first, node.last), *kept})


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


def _goes_on(lines: Lines, stretch: Range, is_near: bool) -> bool:
    """Tell whether lines beside the text's element belong to the text.

    Far from it only several paragraphs do, and tables of figures; near it all that is more than a few words.
    """
    first, last = stretch
    size = lines.size(first, last)
    if not size or lines.linked(first, last) > _MAX_LINKED * size:
        return False
    if all(one.row for one in lines.blocks[first:last]):
        return last - first > 2
    whole = sum(lines.prose[at] >= _WHOLE and not lines.out[at] for at in range(first, last))
    return whole > 1 or (is_near and size >= _SOME and not all(lines.out[first:last]))


def _belongs(lines: Lines, at: int) -> bool:
    """Tell whether a line within the text's element belongs to the text."""
    line = lines.blocks[at].line
    if lines.out[at] or line.share("hidden") >= 1 or is_tool(line.text):
        return False
    return lines.links[at] <= LINKED or KEPT_LINK.match(line.text) is not None


def _trim(lines: Lines, kept: list[bool]) -> None:
    """Leave out the lines about the text before its first and after its last sentence."""
    texts = [one.line.text for one in lines.blocks]
    about = [len(one) < 2 * MAX_SHORT and bool(EDGE_LINE.search(one)) and not ENUMERATED.match(one) for one in texts]
    whole = [is_kept and not is_about for is_kept, is_about in zip(kept, about, strict=True)]
    prose = [at for at, one in enumerate(whole) if one and lines.prose[at] >= PROSE and len(texts[at]) > _SENTENCE]
    first, last = (prose[0], prose[-1]) if prose else (len(kept), -1)
    for at in [*range(first), *range(last + 1, len(kept))]:
        kept[at] = whole[at]


def _add_title(lines: Lines, kept: list[bool], title: str) -> None:
    """Keep the title of the page where it stands before the text and not in it."""
    start = next((at for at, one in enumerate(kept) if one), 0)
    wanted = _letters(title)
    before = [at for at in range(start) if lines.sizes[at] and lines.links[at] <= LINKED]
    found = [at for at in before if _is_title(lines, at, wanted)]
    texts = {_letters(one.line.text) for one in lines.blocks[start : start + _TOP]}
    if found and _letters(lines.blocks[found[-1]].line.text) not in texts:
        kept[found[-1]] = True


def _is_title(lines: Lines, at: int, wanted: str) -> bool:
    block = lines.blocks[at]
    text = _letters(block.line.text)
    if len(text) <= _MIN_TITLE or (lines.out[at] and block.level != 1):
        return False
    return block.level in {1, 2} or (wanted != "" and wanted.startswith(text))


def _letters(text: str) -> str:
    return "".join(one for one in text if one.isalnum())
