"""Text of a web page: all that it shows, a line for each block, and which lines are not its text."""

from __future__ import annotations

from itertools import groupby

from pipeline.reading.errors import ReadingError
from pipeline.reading.hints import Extraction
from pipeline.reading.html.head import front_matter
from pipeline.reading.html.layout import Block, lay_out
from pipeline.reading.html.main import main_lines
from pipeline.reading.html.node import Node
from pipeline.reading.html.tree import parse
from pipeline.records import Hint

_MAX_HEADING = 40
_STOPS = "。；，！？：、;,"
_MAX_CENTRED, _MAX_LINKED, _MIN_HIDDEN = 0.5, 0.5, 500


def extract_html(page: str) -> Extraction:
    """Return what a page shows, a paragraph or table row a line, in the order of the page.

    What the page hides has the hint `hidden`, what is no part of its text the hint `navigation`; what its head says of
    it stands first, as front matter with the hint `front_matter`. Scripts, styles and comments are left out altogether.
    The time taken grows with the length of the page only, whatever its depth.

    Raises:
        ReadingError: If the page shows no text.
    """
    root = parse(page)
    blocks = lay_out(root)
    warnings: tuple[str, ...] = ()
    if _hides_text(blocks):
        blocks = lay_out(root, hide=False)
        warnings = ("The page hides most of its text until a reader asks for it; the hidden text was read too.",)
    head = front_matter(root)
    kept = main_lines(root, blocks, head.get("title") or head.get("page", ""))
    if not any(kept):
        raise ReadingError(_complaint(root, blocks))
    lines = ["---", *(f"{key}: {value}" for key, value in head.items()), "---"] if head else []
    front = "".join(f"{line}\n" for line in lines)
    hints = [Hint("front_matter", 0, len(front) - 1)] if head else []
    hints += _hints(blocks, kept, len(front))
    source = front + "\n".join(one.line.text for one in blocks)
    return Extraction(
        source, "utf-8", tuple(sorted(hints, key=lambda one: (one.start, one.end, one.kind))), warnings, "html"
    )


def _hides_text(blocks: list[Block]) -> bool:
    """Tell whether what a page hides is its text: far more than it shows."""
    sizes = [0, 0]
    for one in blocks:
        sizes[one.line.share("hidden") >= 1] += len(one.line.text) if one.line.share("link") < _MAX_LINKED else 0
    shown, hidden = sizes
    return hidden > _MIN_HIDDEN and hidden > 10 * shown


def _complaint(root: Node, blocks: list[Block]) -> str:
    if any(isinstance(one, Node) and one.tag in {"frameset", "iframe"} for one in _nodes(root)):
        return "the web page only frames other pages; save the page in the frame that shows the text"
    if blocks:
        return "the web page holds links and no text; open the page with the text and save that"
    return "the web page holds no text (it may build it by script); save the shown text as TXT"


def _nodes(root: Node) -> list[Node]:
    found = [root]
    for node in found:
        found += [one for one in node.children if isinstance(one, Node)]
    return found


def _hints(blocks: list[Block], kept: list[bool], at: int) -> list[Hint]:
    """Return the hints of all lines; `at` is where the first one starts in the source."""
    found: list[Hint] = []
    bodies = [one for one, is_kept in zip(blocks, kept, strict=True) if is_kept]
    centred = sum(one.centred for one in bodies) < _MAX_CENTRED * len(bodies)
    reasons = [_reason(one, is_kept) for one, is_kept in zip(blocks, kept, strict=True)]
    for reason, group in groupby(zip(blocks, reasons, strict=True), key=lambda one: one[1]):
        start = at
        for block, _ in group:
            if not reason:
                found += _line_hints(block, at, centred)
            at += len(block.line.text) + 1
        if reason:
            found.append(Hint(reason, start, at - 1))
    return found


def _reason(block: Block, is_kept: bool) -> str:
    """Return why a line is left out of the text; an empty text where it is not."""
    return "" if is_kept else "hidden" if block.line.share("hidden") >= 1 else "navigation"


def _line_hints(block: Block, at: int, centred: bool) -> list[Hint]:
    level = _heading_level(block, centred)
    found = [] if level is None else [Hint("heading", at, at + len(block.line.text), level)]
    for kind, start, end, value in block.line.marks:
        if kind != "link" and not (kind == "bold" and (level is not None or block.row)):
            found.append(Hint(kind, at + start, at + end, value))
    return found


def _heading_level(block: Block, centred: bool) -> int | None:
    """Return 1 to 6 for a tagged heading, 0 for a short line set off by bold type or in the middle, else None."""
    text = block.line.text
    if block.row or len(text) > _MAX_HEADING * (3 if block.level else 1):
        return None
    if block.level:
        return block.level
    set_off = block.line.share("bold") >= 1 or (block.centred and centred)
    return 0 if set_off and block.alone and not text.endswith(tuple(_STOPS)) else None
