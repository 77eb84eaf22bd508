"""Text of a DOCX file as the word processor prints it: numbers, accepted changes, tables, notes at the end."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.reading.docx.blocks import Blocks
from pipeline.reading.docx.lists import Lists
from pipeline.reading.docx.names import W
from pipeline.reading.docx.numbering import Counters, Numbering
from pipeline.reading.docx.package import Package
from pipeline.reading.docx.passage import Passage, joined
from pipeline.reading.docx.records import PAGE, Line
from pipeline.reading.docx.runs import Story
from pipeline.reading.docx.styles import Styles
from pipeline.reading.docx.tables import lines_of
from pipeline.reading.errors import ReadingError
from pipeline.reading.hints import Extraction
from pipeline.records import Hint

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

MAX_INFLATED = 200_000_000
_CONTENTS_HEAD = re.compile(r"(?:\A|\n)[ \t\u3000]*([【\[]?目\s{0,9}[录次錄][】\]]?)\s{0,9}\Z")
_HEAD = 40
_SEPARATORS = {"separator", "continuationSeparator", "continuationNotice"}
_TOLD = {
    "changes": "the file has {} tracked changes; it is read with all of them accepted",
    "hidden": "{} characters of hidden text are left out",
    "comments": "{} comments are left out",
    "charts": "{} charts or diagrams are not read",
    "objects": "{} embedded objects (spreadsheets, old formulas) are not read",
    "embedded": "{} embedded documents are not read; paste their text into the file",
    "notes": "{} notes stand at the end of the source, outside the text",
    "formats": "{} numbering formats are not known; their numbers are written in digits",
}


def extract_docx(data: bytes, max_inflated: int = MAX_INFLATED) -> Extraction:
    """Return the text, a paragraph or table row a line, with automatic numbers and tracked changes accepted.

    Notes and the texts of headers and footers stand at the end, under hints that tell them apart.

    Args:
        data: The file's bytes.
        max_inflated: How many bytes its parts may inflate to.

    Raises:
        ReadingError: If the file is damaged, hostile, encrypted, or holds no text.
    """
    package = Package(data, max_inflated)
    try:
        parts = _Parts(package)
        body, wanted = parts.lines(package.body(), Counters())
        tail = [*parts.notes(wanted), *parts.heads()]
    except RecursionError as error:
        msg = "the DOCX file nests its elements too deeply; save it as TXT"
        raise ReadingError(msg) from error
    if not any(one.passage.text.strip() for one in body):
        msg = "the DOCX file holds no text; if it holds scanned pages, run OCR first"
        raise ReadingError(msg)
    source, hints = _put_down([*map(_passage, _without_spare_pages(body)), *tail])
    return Extraction(source, "docx", hints, (*package.warnings, *parts.warnings()), "docx")


class _Parts:
    """The parts of a file, read with the same styles and the same count of its lists."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._styles = Styles(next(iter(package.related("styles")), None))
        self._numbering = Numbering(Lists(next(iter(package.related("numbering")), None), self._styles))
        self._counts: Counter[str] = Counter()

    def lines(self, root: Element, counters: Counters) -> tuple[list[Line], list[tuple[str, str]]]:
        """Return the lines of a part, and the notes that it refers to."""
        story = Story(root, self._styles)
        found = list(lines_of(Blocks(story, self._numbering, counters).read(root)))
        self._counts += story.counts
        return found, story.notes

    def notes(self, wanted: list[tuple[str, str]]) -> Iterator[Passage]:
        """Yield the notes in the order in which the text refers to them."""
        found: dict[tuple[str, str], Element] = {}
        counters = {"footnote": Counters(), "endnote": Counters()}
        for kind in counters:
            for root in self._package.related(f"{kind}s"):
                own = (one for one in root if one.get(f"{W}type") not in _SEPARATORS)
                found |= {(kind, one.get(f"{W}id", "")): one for one in own}
        for number, key in enumerate(wanted, 1):
            text = self._text(found.pop(key), counters[key[0]]) if key in found else ""
            if text:
                self._counts["notes"] += 1
                yield Passage(f"[{number}] {text}").marked("note")

    def heads(self) -> Iterator[Passage]:
        """Yield each text of the headers and footers once."""
        roots = [root for kind in ("header", "footer") for root in self._package.related(kind)]
        counters = Counters()
        for text in dict.fromkeys(self._text(root, counters) for root in roots):
            if text:
                yield Passage(text).marked("running_head")

    def warnings(self) -> list[str]:
        """Return what was left out or outside, one sentence each."""
        self._counts["formats"] = len(self._numbering.unknown)
        return [text.format(self._counts[kind]) for kind, text in _TOLD.items() if self._counts[kind]]

    def _text(self, root: Element, counters: Counters) -> str:
        lines, _ = self.lines(root, counters)
        return " ".join(" ".join(one.passage.text for one in lines).split())


def _passage(line: Line) -> Passage:
    passage = line.passage
    if line.heading:
        passage = passage.without("bold").marked("heading", line.heading)
    elif line.title:
        passage = passage.without("bold").marked("heading", 1).marked("title")
    return passage


def _without_spare_pages(lines: list[Line]) -> list[Line]:
    """Leave out page breaks before the first line, after the last one, and after another one."""
    kept = [one for at, one in enumerate(lines) if one is not PAGE or (at and lines[at - 1] is not PAGE)]
    return kept[:-1] if kept and kept[-1] is PAGE else kept


def _put_down(passages: Iterable[Passage]) -> tuple[str, tuple[Hint, ...]]:
    """Write passages one a line, and return their marks as hints into the whole."""
    source = joined(passages, "\n")
    hints = [one for one in source.marks if one.kind != "contents"]
    hints += _whole_contents(source.text, [one for one in source.marks if one.kind == "contents"])
    return source.text, tuple(sorted(hints, key=lambda one: (one.start, one.end, one.kind)))


def _whole_contents(source: str, entries: list[Hint]) -> list[Hint]:
    """Merge the entries of a table of contents, and take in the line 目录 above them."""
    found: list[Hint] = []
    for one in entries:
        if found and not source[found[-1].end : one.start].strip():
            found[-1] = replace(found[-1], end=one.end)
            continue
        head = _CONTENTS_HEAD.search(source, max(0, one.start - _HEAD), one.start)
        found.append(replace(one, start=head.start(1)) if head else one)
    return found
