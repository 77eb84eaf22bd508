"""Fields of a DOCX file, such as TOC, PAGE and EQ: their result is text, their instruction is not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.reading.docx.names import W

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_CHAR, _KIND = f"{W}fldChar", f"{W}fldCharType"
_DELETED = {f"{W}del", f"{W}moveFrom"}
_CONTENTS = re.compile(r"\s*TOC\b", re.I)
_EQUATION = re.compile(r"\s*EQ\b", re.I)
_ARGUMENTS = re.compile(r"\\o(?:\\a[cdlr])?\s*\(", re.I)
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟㊱㊲㊳㊴㊵㊶㊷㊸㊹㊺㊻㊼㊽㊾㊿"


@dataclass(slots=True)
class _Field:
    instruction: str = ""
    inside: bool = True
    contents: bool = False
    filled: bool = False


class Fields:
    """The fields that are open at the present place of a part."""

    def __init__(self, root: Element) -> None:
        """Find the fields that are whole; what looks like the start of one that never ends is passed over."""
        self._whole = _whole_fields(root)
        self._open: list[_Field] = []

    @property
    def in_instruction(self) -> bool:
        """Whether text at the present place belongs to an instruction."""
        return any(one.inside for one in self._open)

    @property
    def in_contents(self) -> bool:
        """Whether text at the present place belongs to a table of contents."""
        return any(one.contents for one in self._open)

    def instruct(self, text: str) -> None:
        """Add to the instruction of the innermost field."""
        if self._open and self._open[-1].inside:
            self._open[-1].instruction += text

    def fill(self) -> None:
        """Note that text came, so that the open fields have a result."""
        for one in self._open:
            one.filled = True

    def step(self, mark: Element) -> str:
        """Begin, part or end a field at a `fldChar`; return what a field without a result shows."""
        kind = mark.get(_KIND)
        if mark not in self._whole:
            return ""
        if kind == "begin":
            self._open.append(_Field())
            return ""
        innermost = self._open[-1] if self._open else _Field()
        shown = _shown(innermost.instruction) if kind == "end" and not innermost.filled else ""
        innermost.inside = False
        innermost.contents = is_contents(innermost.instruction)
        if kind == "end" and self._open:
            self._open.pop()
        return "" if self.in_instruction else shown


def is_contents(instruction: str) -> bool:
    """Tell whether the instruction of a field makes a table of contents."""
    return _CONTENTS.match(instruction) is not None


def _whole_fields(root: Element) -> set[Element]:
    """Return the marks of the fields that begin and end, whose instruction keeps to one paragraph."""
    whole: set[Element] = set()
    waiting: list[list[Element]] = []
    for mark in root.iter(_CHAR):
        if any(one.tag in _DELETED for one in mark.iterancestors()):
            continue
        if mark.get(_KIND) == "begin":
            waiting.append([mark])
        elif waiting:
            waiting[-1].append(mark)
            if mark.get(_KIND) == "end":
                marks = waiting.pop()
                if _paragraph(marks[0]) is _paragraph(marks[1]):
                    whole.update(marks)
    return whole


def _paragraph(element: Element) -> Element | None:
    return next(element.iterancestors(f"{W}p"), None)


def _shown(instruction: str) -> str:
    r"""Return the text of an EQ field that lays signs over each other: the last of them, in its circle.

    >>> _shown(r" eq \o\ac(○,3)"), _shown(r"EQ \* jc2 \o\ad(\s\up 9(yún),云)"), _shown("PAGE")
    ('③', '云', '')
    """
    if not _EQUATION.match(instruction):
        return ""
    laid = _ARGUMENTS.search(instruction)
    if laid is None:
        return instruction.strip()[2:].strip()
    inner = instruction[laid.end() : instruction.rfind(")")]
    under, _, text = inner.replace("，", ",").rpartition(",")
    text = text.strip()
    if "○" in under and text.isascii() and text.isdigit() and 0 < int(text[:3]) <= len(_CIRCLED):
        return _CIRCLED[int(text[:3]) - 1]
    return text
