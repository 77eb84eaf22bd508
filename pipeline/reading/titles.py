"""The titles that a table of contents names: they tell where a heading ends that print has wrapped."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.reading.lines import Line

_LEADER = re.compile(r"[\s.．·•…⋯‥]*[-—–(（]?\s*\d{0,4}\s*[-—–)）]?\s*$")
_SIGN = re.compile(r"[^\w]|_")
_MIN, _LINES = 6, 3


class Titles:
    """Titles by what is left of them without signs and page numbers.

    Args:
        contents: Lines of the table of contents, as printed.
    """

    def __init__(self, contents: Iterable[str]) -> None:
        keys = (_SIGN.sub("", _LEADER.sub("", one)) for one in contents)
        self._keys = frozenset(key for key in keys if len(key) >= _MIN)
        self._longest = max(map(len, self._keys), default=0)

    def go_on(self, group: list[Line], line: Line) -> bool | None:
        """Tell whether a line goes on with the lines before it; None where no title says.

        Args:
            group: The lines joined so far.
            line: The next one.
        """
        if not self._keys or len(group) > _LINES:
            return None
        key = _SIGN.sub("", "".join([one.text for one in group]))
        if len(key) > self._longest:
            return None
        if key + _SIGN.sub("", line.text) in self._keys:
            return True
        return False if key in self._keys else None
