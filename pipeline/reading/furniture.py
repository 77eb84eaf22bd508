"""Lines that are no text of the plan, each with its reason."""

from __future__ import annotations

import re

from pipeline.reading.contents import find_contents, split_entries
from pipeline.reading.lines import Line
from pipeline.reading.navigation import find_navigation
from pipeline.reading.pages import find_page_marks, find_running_heads
from pipeline.reading.signs import ENUMERATED, SENTENCE_END, TITLE
from pipeline.records import Furniture

__all__ = ["ENUMERATED", "SENTENCE_END", "TITLE", "find_furniture_lines", "find_inline"]
_EDITOR = re.compile(
    r"[【\[（(]?\s*(?:(?:责任编辑|本版(?:责)?编辑?|责编|值班编辑|版式|校对|美编)\s*[:：\s丨|]|(?:(?:网络)?编辑|审核|供稿|录入|撰稿)\s*[:：丨])[^。，]{1,40}$"
)
_EDITORS = re.compile("编|校对|版式|审核|供稿|录入")
# Within a line: the editor in brackets, and the page number at the end of the page's last line.
_INLINE_EDITOR = re.compile(r"[【\[（(]\s*(?:责任编辑|责编|本版责编|编辑)\s*[:：丨][^】\]）)。\n]{1,30}[】\]）)]")
_INLINE_PAGE = re.compile(
    r"[—–－第](?<=[^\s\d—–－-].)(?:(?<=[—–－])[ \t]?\d{1,4}[ \t]?[—–－]"
    r"|(?<=第)[ \t]?\d{1,4}[ \t]?页[ \t]*[,，/]?[ \t]*共[ \t]?\d{1,4}[ \t]?页)[ \t\u3000]*$"
    r"|[ \t\u3000](?<=[^\s\d—–－-].)[ \t\u3000]*[—–－][ \t]?\d{1,4}[ \t]?[—–－][ \t\u3000]*$",
    re.M,
)
_SHORT = 60


def find_furniture_lines(lines: list[Line]) -> dict[int, str]:
    """Return the reasons of the lines that are furniture, by their index."""
    short = [i for i, one in enumerate(lines) if len(one.text) < _SHORT]
    pages = find_page_marks(lines, short)
    editors = {i for i in short if _EDITORS.search(lines[i].text, 0, 8) and _EDITOR.match(lines[i].text)}
    heads = find_running_heads(lines, short, set(pages) | editors)
    contents = find_contents(lines, pages.keys() | editors | heads.keys())
    found = dict.fromkeys(find_navigation(lines, contents), "navigation") | heads
    return found | dict.fromkeys(contents, "contents") | dict.fromkeys(editors, "editor") | pages


def as_furniture(line: Line, reason: str) -> list[Furniture]:
    """Return the furniture that a line is; entries of contents that are glued on one line each by itself."""
    if reason != "contents" or len(line.spans) > 1:
        return [Furniture(*span, reason) for span in line.spans]
    start = line.spans[0][0]
    return [Furniture(start + low, start + high, reason) for low, high in split_entries(line.text)]


def find_inline(source: str) -> list[Furniture]:
    """Return the page numbers and editors that stand within lines of text."""
    found: list[Furniture] = []
    if "责编" in source or "编辑：" in source or "编辑:" in source:
        found += [Furniture(*one.span(), "editor") for one in _INLINE_EDITOR.finditer(source)]
    if any(f"{sign}\n" in source or source.endswith(sign) for sign in "—–－页"):
        found += [Furniture(*one.span(), "page_number") for one in _INLINE_PAGE.finditer(source)]
    return found
