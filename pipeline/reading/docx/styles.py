"""Styles of a DOCX file: what a paragraph or a run has from its style and the styles that one is based on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from pipeline.reading.docx.names import W, is_on, value, whole_number

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])|([一二三四五六七八九1-9])级标题")
_TITLE = re.compile(r"(?:文档|大)?标题|title")
_CONTENTS = re.compile(r"(?:toc|目录)\s*(?:[1-9]|heading|标题)?")
_CHINESE = "一二三四五六七八九"
_BODY_LEVEL = 9


class Look(NamedTuple):
    """What a style gives.

    Attributes:
        heading: Level of a heading, 1 to 9; 0 for other text.
        title: The title of the document.
        contents: An entry of a table of contents.
        list_id: `numId` of its list, or None.
        level: Level in the list, 0 to 8, or None where the style does not say.
        linked: Ids from the style up to the one that names the list, for lists that name their styles.
        bold: Its text is bold.
        hidden: Its text is hidden.
    """

    heading: int = 0
    title: bool = False
    contents: bool = False
    list_id: str | None = None
    level: int | None = None
    linked: tuple[str, ...] = ()
    bold: bool = False
    hidden: bool = False


class Styles:
    """The styles of a file."""

    def __init__(self, root: Element | None) -> None:
        """Index the styles of a `styles.xml`, or none."""
        found = [] if root is None else root.findall(f"{W}style")
        self._styles: dict[str, Element] = {one.get(f"{W}styleId", ""): one for one in found}
        self._looks: dict[str | None, Look] = {}
        self._default = next((one.get(f"{W}styleId") for one in found if _is_default_paragraph(one)), None)

    def look(self, style: str | None) -> Look:
        """Return what a paragraph or character style gives."""
        if style not in self._looks:
            self._looks[style] = _look(list(self._chain(style)))
        return self._looks[style]

    def paragraph_look(self, style: str | None) -> Look:
        """Return what the style of a paragraph gives; one without a style has the default one."""
        return self.look(style if style in self._styles else self._default)

    def list_of(self, style: str | None) -> str | None:
        """Return the `numId` of a list style."""
        found = self._styles.get(style or "")
        return None if found is None else value(found.find(f"{W}pPr/{W}numPr"), "numId")

    def _chain(self, style: str | None) -> Iterator[Element]:
        """Yield a style and those that it is based on; a circle is left at its second turn."""
        seen: set[str] = set()
        while style in self._styles and style not in seen:
            seen.add(style)
            yield self._styles[style]
            style = value(self._styles[style], "basedOn")


def _is_default_paragraph(style: Element) -> bool:
    return style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in {"1", "true", "on"}


def _look(chain: list[Element]) -> Look:
    names = [(value(one, "name") or "").strip().lower() for one in chain]
    numbers = [one.find(f"{W}pPr/{W}numPr") for one in chain]
    lists = [value(one, "numId") for one in numbers]
    at = next((n for n, one in enumerate(lists) if one is not None), None)
    level = next((one for number in numbers if (one := value(number, "ilvl")) is not None), None)
    runs = [one.find(f"{W}rPr") for one in chain]
    return Look(
        _heading_level(chain, names),
        bool(names) and _TITLE.fullmatch(names[0]) is not None,
        bool(names) and _CONTENTS.fullmatch(names[0]) is not None,
        None if at is None else lists[at],
        None if level is None else whole_number(level, 0, 0, 8),
        () if at is None else tuple(one.get(f"{W}styleId", "") for one in chain[: at + 1]),
        next((on for run in runs if (on := is_on(run, "b")) is not None), False),
        next((on for run in runs if (on := is_on(run, "vanish")) is not None), False),
    )


def _heading_level(chain: list[Element], names: list[str]) -> int:
    """Return the level by the nearest style that has an outline level or the name of a heading."""
    for style, name in zip(chain, names, strict=True):
        level = value(style.find(f"{W}pPr"), "outlineLvl")
        if level is not None:
            return outline_level(level)
        found = _HEADING.fullmatch(name)
        if found:
            sign = found[1] or found[2]
            return int(sign) if sign.isascii() else _CHINESE.index(sign) + 1
    return 0


def outline_level(level: str | None) -> int:
    """Return the heading level of an outline level as written: 0 to 8 are levels 1 to 9, others none."""
    found = whole_number(level, _BODY_LEVEL, -1, _BODY_LEVEL)
    return found + 1 if 0 <= found < _BODY_LEVEL else 0
