"""The stretch between two signs in which the words around a quantity are read."""

from __future__ import annotations

import re

from pipeline.records import Span

SEGMENT = "[，。；：,;:\n]"
"""What closes a segment."""
# From the end backwards: one look, however many signs stand before.
_LAST_OF_SEGMENT = re.compile(f"(?s:.*){SEGMENT}")
_LAST_OF_STATEMENT = re.compile("(?s:.*)[。；;\n]")


def segment_start(text: str, low: int, high: int) -> int:
    """Return where the segment begins that ends at `high`, not before `low`.

    >>> segment_start("全年增长6%，总量达到", 0, 9), segment_start("增长", 0, 2)
    (7, 0)
    """
    found = _LAST_OF_SEGMENT.match(text, low, high)
    return found.end() if found else low


def statement_start(text: str, low: int, high: int) -> int:
    """Return where the stretch between full stops or semicolons begins that ends at `high`, not before `low`."""
    found = _LAST_OF_STATEMENT.match(text, low, high)
    return found.end() if found else low


def last_span(text: str, low: int, high: int, pattern: re.Pattern[str]) -> Span | None:
    """Return where a pattern last stands in [low, high), None where it does not.

    >>> last_span("到2025年，到2030年", 0, 13, re.compile("到"))
    (7, 8)
    """
    found = None
    for one in pattern.finditer(text, low, high):
        found = one
    return found.span() if found else None
