"""The lines of a page, and how much of them is prose: sentences outside links."""

from __future__ import annotations

import re
from itertools import accumulate

from pipeline.reading.html.layout import Block
from pipeline.reading.html.lines import ENUMERATED
from pipeline.reading.html.node import Node
from pipeline.reading.html.words import SHORT

Range = tuple[int, int]

MAX_SHORT = 90
"""The length of a line that may be a tool or a stamp."""
PROSE = 15
"""The least letters of a line that counts as prose in full."""
LINKED = 0.5
"""The share of a line in links from which on it is one of links."""
_LETTERS = re.compile(r"[\u3400-\u9fff]|[A-Za-z]{2,}")
_STOPS = re.compile(r"[，。；！？、：]|[,.;!?](?:\s|$)")
_OTHER = 0.2


class Lines:
    """The lines of a page; sums over stretches of them take no time.

    Attributes:
        blocks: The lines.
        out: Which of them are left out so far.
        links: The share of each in links, 0 to 1.
        sizes: The length of each, 0 where it is hidden.
        prose: The letters of prose in each; names and figures count little.
        total: The prose of all that is not left out.
    """

    def __init__(self, blocks: list[Block]) -> None:
        self.blocks = blocks
        self.out = [False] * len(blocks)
        self.links = [one.line.share("link") for one in blocks]
        self.sizes = [0 if one.line.share("hidden") > LINKED else len(one.line.text) for one in blocks]
        self.prose = [_prose(*one) for one in zip(blocks, self.links, self.sizes, strict=True)]
        linked = [size * share for size, share in zip(self.sizes, self.links, strict=True)]
        self._size_before = [0.0, *accumulate(self.sizes)]
        self._linked_before = [0.0, *accumulate(linked)]
        self.add_up()

    def add_up(self) -> None:
        """Count the prose again, without what is left out."""
        kept = (0.0 if out else one for one, out in zip(self.prose, self.out, strict=True))
        self.before = [0.0, *accumulate(kept)]
        self.total = self.before[-1]

    def leave_out(self, first: int, last: int) -> None:
        """Leave out a stretch of lines."""
        self.out[first:last] = [True] * (last - first)

    def weight(self, node: Node) -> float:
        """Return the prose within an element."""
        return self.before[node.last] - self.before[node.first]

    def size(self, first: int, last: int) -> float:
        """Return the characters of a stretch of lines."""
        return self._size_before[last] - self._size_before[first]

    def linked(self, first: int, last: int) -> float:
        """Return the characters in links of a stretch of lines."""
        return self._linked_before[last] - self._linked_before[first]


def is_tool(text: str) -> bool:
    """Tell whether a line is a tool or a stamp of the site; numbered lines and whole sentences are not."""
    if len(text) >= MAX_SHORT or text.endswith(("。", "；")) or ENUMERATED.match(text):
        return False
    return SHORT.search(text) is not None


def _prose(block: Block, linked: float, size: int) -> float:
    text = block.line.text
    if linked > LINKED or not size or is_tool(text):
        return 0.0
    letters = len(_LETTERS.findall(text))
    return letters if letters >= PROSE and _STOPS.search(text) and not block.row else letters * _OTHER
