"""Blocks of a DOCX file: paragraphs with their numbers, and tables, in document order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from pipeline.reading.docx.inline import READERS, chosen
from pipeline.reading.docx.names import MC, W, is_on, value, whole_number
from pipeline.reading.docx.numbering import Counters, Numbering
from pipeline.reading.docx.passage import Passage, joined, replaced
from pipeline.reading.docx.records import PAGE, Block, Cell, Line, Row, Table
from pipeline.reading.docx.runs import Runs, Story
from pipeline.reading.docx.styles import Look, outline_level
from pipeline.reading.furniture import ENUMERATED, SENTENCE_END

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_SPACE = re.compile(r"\s+")
_FEED = re.compile(r"\f")
_PROSE = 30
_CONTAINERS = {W + name for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo")}
_CHANGES = {W + name for name in ("ins", "moveTo", "del", "moveFrom")}
_ALTERNATIVES = f"{MC}AlternateContent"
_MAX_SPAN = 1 << 30


class _Paragraph(NamedTuple):
    properties: Element | None
    look: Look
    mark: Element | None


class Blocks:
    """Reads the blocks of one part."""

    def __init__(self, story: Story, numbering: Numbering, counters: Counters) -> None:
        """Begin a part, or a text box in it."""
        self._story = story
        self._numbering = numbering
        self._counters = counters

    def read(self, container: Element) -> list[Block]:
        """Return the blocks of a body, a cell, a text box or a note."""
        found: list[Block] = []
        carried, last = Runs(self._story, Look()), None
        for element in self._elements(container):
            table = element.tag == f"{W}tbl"
            if not table:
                last = self._read_paragraph(carried, element)
            if table or last is None or not (self._is_deleted(last.mark) or _is_drop_cap(last.properties)):
                found += self._finish(carried, last)
                carried, last = Runs(self._story, Look()), None
            found += [self._table(element)] if table else []
        return found + self._finish(carried, last)

    def _elements(self, container: Element) -> Iterator[Element]:
        """Yield paragraphs and tables, also those inside content controls and the like."""
        for child in container:
            name = child.tag
            if name in {f"{W}p", f"{W}tbl"} or (name in READERS and name not in _CHANGES and name != _ALTERNATIVES):
                yield child
            elif name in {f"{W}altChunk", f"{W}subDoc"}:
                self._story.counts["embedded"] += 1
            elif name in _CHANGES:
                self._story.counts["changes"] += 1
                yield from self._elements(child) if name in _CONTAINERS else ()
            elif name == _ALTERNATIVES:
                for one in chosen(child):
                    yield from self._elements(one)
            elif isinstance(name, str) and not name.endswith("Pr"):
                contents = name == f"{W}sdt" and _is_contents(child)
                self._story.contents += contents
                yield from self._elements(child)
                self._story.contents -= contents

    def _read_paragraph(self, carried: Runs, paragraph: Element) -> _Paragraph:
        """Add the text of a paragraph to what a deleted paragraph mark carried over to it."""
        properties = paragraph.find(f"{W}pPr")
        look = self._story.styles.paragraph_look(value(properties, "pStyle"))
        runs = Runs(self._story, look)
        self._story.contents += look.contents
        runs.read(paragraph if paragraph.tag == f"{W}p" else [paragraph])
        self._story.contents -= look.contents
        carried.pieces += runs.pieces
        carried.boxes += runs.boxes
        return _Paragraph(properties, look, None if properties is None else properties.find(f"{W}rPr"))

    def _is_deleted(self, properties: Element | None) -> bool:
        """Count the changes of a paragraph mark or a row, and tell whether it was deleted."""
        changes = [] if properties is None else [one.tag for one in properties if one.tag in _CHANGES]
        self._story.counts["changes"] += len(changes)
        return any(one not in _CONTAINERS for one in changes)

    def _finish(self, runs: Runs, paragraph: _Paragraph | None) -> list[Block]:
        """Return the line of a paragraph, the pages that break in it, and its text boxes."""
        if paragraph is None:
            return []
        content = _tidy(joined(runs.pieces))
        body = content.stripped()
        number = ""
        if body.text or not is_on(paragraph.mark, "vanish"):
            properties = None if paragraph.properties is None else paragraph.properties.find(f"{W}numPr")
            number = self._numbering.number(properties, paragraph.look, self._counters)
        found: list[Block] = []
        before, _, after = content.text.partition(body.text) if body.text else (content.text, "", "")
        found += [PAGE] * ("\f" in before)
        if body.text or any(map(str.isalnum, number)):
            found.append(_line(number, body, paragraph))
        found += [PAGE] * ("\f" in after)
        for one in runs.boxes:
            found += [Line(Passage(" ".join(one.split())))] if isinstance(one, str) else self._box(one)
        return [one for one in found if not isinstance(one, Line) or one.passage.text]

    def _box(self, box: Element) -> list[Block]:
        return Blocks(self._story, self._numbering, Counters()).read(box)

    def _table(self, table: Element) -> Table:
        rows = [self._row(one) for one in _inside(table, f"{W}tr")]
        return Table(tuple(row for row in rows if row is not None))

    def _row(self, row: Element) -> Row | None:
        """Return a row; None where it was deleted or is hidden."""
        properties = row.find(f"{W}trPr")
        if self._is_deleted(properties):
            return None
        if is_on(properties, "hidden"):
            self._story.counts["hidden"] += sum(len((one.text or "").strip()) for one in row.iter(f"{W}t"))
            return None
        column = whole_number(value(properties, "gridBefore"), 0, 0, _MAX_SPAN)
        cells: list[Cell] = []
        for element in _inside(row, f"{W}tc"):
            cell = self._cell(element, column)
            if cell is None:
                continue
            if cells and not cell.blocks and _goes_on(element):
                cells[-1] = replace(cells[-1], span=cells[-1].span + cell.span)
            else:
                cells.append(cell)
            column += cell.span
        return Row(tuple(cells), column + whole_number(value(properties, "gridAfter"), 0, 0, _MAX_SPAN))

    def _cell(self, cell: Element, column: int) -> Cell | None:
        properties = cell.find(f"{W}tcPr")
        if properties is not None and properties.find(f"{W}cellDel") is not None:
            self._story.counts["changes"] += 1
            return None
        merge = None if properties is None else properties.find(f"{W}vMerge")
        covered = merge is not None and merge.get(f"{W}val", "continue") != "restart"
        span = whole_number(value(properties, "gridSpan"), 1, 1, _MAX_SPAN)
        return Cell(tuple(self.read(cell)), column, span, covered)


def _line(number: str, body: Passage, paragraph: _Paragraph) -> Line:
    outline = value(paragraph.properties, "outlineLvl")
    heading = paragraph.look.heading if outline is None else outline_level(outline)
    contents = any(one.kind == "contents" for one in body.marks)
    # The number is bold where the text is from its start on: a bold title keeps its whole line.
    bold = any(one.kind == "bold" and one.start == 0 for one in body.marks)
    head = Passage(number if body.text else number.strip())
    passage = joined([head.marked("bold") if bold else head, replaced(body, _FEED, lambda _: "\n\f\n")])
    return Line(passage, 0 if contents else heading, paragraph.look.title and not contents)


def _inside(element: Element, name: str) -> Iterator[Element]:
    """Yield the rows of a table or the cells of a row, also those inside content controls."""
    for child in element:
        if child.tag == name:
            yield child
        elif child.tag in _CONTAINERS:
            yield from _inside(child, name)


def _is_drop_cap(properties: Element | None) -> bool:
    """Tell whether a paragraph is the large first character of the next one."""
    frame = None if properties is None else properties.find(f"{W}framePr")
    return frame is not None and frame.get(f"{W}dropCap") in {"drop", "margin"}


def _goes_on(cell: Element) -> bool:
    """Tell whether the cell before goes on over this one (the old way to merge across)."""
    merge = cell.find(f"{W}tcPr/{W}hMerge")
    return merge is not None and merge.get(f"{W}val", "continue") != "restart"


def _is_contents(control: Element) -> bool:
    gallery = value(control.find(f"{W}sdtPr/{W}docPartObj"), "docPartGallery")
    return (gallery or "").lower() == "table of contents"


def _tidy(content: Passage) -> Passage:
    """Keep tabs where they part columns, and a break without the blanks around it."""
    text = content.text.strip()
    head, tab, _ = text.partition("\t")
    parts = tab and not ENUMERATED.fullmatch(head.strip()) and not (len(text) > _PROSE and SENTENCE_END.search(text))
    signs = "\f\n\t" if parts else "\f\n"

    def plain(space: str) -> str:
        return next((sign for sign in signs if sign in space), " " if "\t" in space else space)

    return replaced(content, _SPACE, plain)
