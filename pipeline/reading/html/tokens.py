"""A web page as tags and text, in one pass whose time grows with the length of the page only.

Read as browsers do, but for pages they would show nothing of: what a script, a comment or a tag without an end would
swallow is read on where the page plainly goes on.
"""

# ruff: noqa: E501, SIM905 - lists of words
from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

_TAG = re.compile(
    r"<(/?)([a-zA-Z][^\s/<>\"'=]*+)(?:((?:[^\"'>=]++|=(?:\s{0,9}+(?:\"[^\"]{0,400}+\"|'[^']{0,400}+'))?+){0,60}+)(>))?"
)
_STOP = re.compile(r"[\"'>]")
_GOES_ON = re.compile(
    r"^[ \t]*</?(?:p|div|table|tbody|tr|td|h[1-6]|body|br|span|font|center|ul|ol|li|main|article|section)\b[^<>]*>", re.I | re.M
)  # fmt: skip
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
RAW = frozenset({"script", "style", "iframe", "noembed", "noframes", "textarea", "title"})
"""Elements whose content is text with no tags in it."""


Token = tuple[str, str, str]
"""`start`, `end` or `text`; the name of the element; the attributes as written, or the text."""


def tokenize(page: str) -> Iterator[Token]:
    """Yield the tags and the text of a page; comments and declarations are left out.

    Control characters are dropped and entities are read; nothing else is changed.
    """
    page = _CONTROL.sub("", page)
    marks = _Marks(page)
    at = 0
    while (low := page.find("<", at)) >= 0:
        if low > at:
            yield "text", "", _read(page[at:low])
        tag = _TAG.match(page, low) if marks.find(">", low) >= 0 else None
        end = tag.end(4) if tag and tag.end(4) > 0 else _tag_end(marks, tag.end()) + 1 if tag else 0
        if tag is None or not end:
            text, at = _declaration(marks, low)
            if text:
                yield "text", "", text
            continue
        at, name = end, tag[2].lower()
        if tag[1]:
            yield "end", name, ""
            continue
        yield "start", name, page[tag.end(2) : at - 1]
        if name in RAW:
            stop = at if page[at - 2] == "/" else marks.raw_end(name, at)
            if name in {"style", "textarea", "title"} and stop > at:
                yield "text", "", page[at:stop] if name == "style" else _read(page[at:stop])
            yield "end", name, ""
            at = stop
    if at < len(page):
        yield "text", "", _read(page[at:])


def _read(text: str) -> str:
    return unescape(text) if "&" in text else text


class _Marks:
    """The page, and which marks are known to come no more: none is looked for twice in vain."""

    def __init__(self, page: str) -> None:
        self.page = page
        self._gone: set[str] = set()

    def find(self, mark: str, at: int) -> int:
        """Return where a mark comes next, or -1."""
        found = -1 if mark in self._gone else self.page.find(mark, at)
        if found < 0:
            self._gone.add(mark)
        return found

    def raw_end(self, tag: str, at: int) -> int:
        """Return where the content of an element without tags ends."""
        key = f"</{tag}"
        if key not in self._gone:
            if found := re.compile(key, re.I).search(self.page, at):
                return found.start()
            self._gone.add(key)
        if tag == "title":
            found_at = self.find("<", at)
            return found_at if found_at >= 0 else len(self.page)
        goes_on = _GOES_ON.search(self.page, at)
        return goes_on.start() if goes_on else len(self.page)


def _tag_end(marks: _Marks, at: int) -> int:
    """Return where the `>` of a tag stands: not within a quoted value; -1 where there is none."""
    page = marks.page
    first = at
    if marks.find(">", at) < 0:
        return -1
    while stop := _STOP.search(page, at):
        at = stop.end()
        if stop.group() == ">":
            return stop.start()
        if page[first : stop.start()][-8:].rstrip()[-1:] == "=":
            close = marks.find(stop.group(), at)
            if close < 0:
                break
            first = at = close + 1
    return marks.find(">", first)


def _declaration(marks: _Marks, low: int) -> tuple[str, int]:
    """Read a comment, a declaration or a lone `<`; return its text, if any, and where the page goes on."""
    page = marks.page
    if page.startswith("<!--", low):
        for early in ("<!-->", "<!--->"):
            if page.startswith(early, low):
                return "", low + len(early)
        ends = [end + len(mark) for mark in ("-->", "--!>") if (end := marks.find(mark, low + 4)) >= 0]
        if ends:
            return "", min(ends)
        # A comment without an end: only its mark is dropped, and what stands before the next tag.
        close, tag = marks.find(">", low), page.find("<", low + 4, low + 1000)
        return "", close + 1 if low < close and not 0 < tag < close else low + 4
    if page.startswith("<![CDATA[", low):
        end = marks.find("]]>", low)
        return (page[low + 9 : end], end + 3) if end >= 0 else ("", low + 9)
    if page[low + 1 : low + 2] in {"!", "?", "/"} and (end := marks.find(">", low)) >= 0:
        return "", end + 1
    return "<", low + 1
