"""The text of a paragraph of a DOCX file: its runs, with what is deleted or hidden left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from pipeline.reading.docx.fields import Fields
from pipeline.reading.docx.inline import LEFT_OUT, READERS
from pipeline.reading.docx.names import W, is_on, value
from pipeline.reading.docx.passage import Passage

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from pipeline.reading.docx.styles import Look, Styles

_MARK = re.compile(r"[\[〔(]?[0-9]{1,3}[\]〕)]?|[①-⑳]")
_GLUED = re.compile(r"[\u4e00-\u9fff”’》）」』。，；：、]")
_RAISED = str.maketrans("0123456789-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻")
_UNREAD = {"chart": "charts", "relIds": "charts", "object": "objects"}


class Ink(NamedTuple):
    """How a run is printed."""

    bold: bool = False
    hidden: bool = False
    raised: bool = False
    font: str | None = None


class Story:
    """What the paragraphs of one part share.

    Attributes:
        styles: The styles of the file.
        fields: The fields that are open.
        counts: Of `changes` (tracked), `hidden` characters, `comments`, `charts`, `objects`, `embedded` files.
        notes: Kind and id of each note that the text refers to, in order.
        contents: How many tables of contents enclose the present place.
    """

    def __init__(self, root: Element, styles: Styles) -> None:
        """Begin a part."""
        self.styles = styles
        self.fields = Fields(root)
        self.counts: Counter[str] = Counter()
        self.notes: list[tuple[str, str]] = []
        self.contents = 0


class Runs:
    """The text of one paragraph.

    Attributes:
        story: What it shares with the others of its part.
        pieces: Text in order.
        boxes: Text boxes that hang on the paragraph, and the text of word art.
    """

    def __init__(self, story: Story, look: Look) -> None:
        """Begin a paragraph."""
        self.story = story
        self.pieces: list[Passage] = []
        self.boxes: list[Element | str] = []
        self._plain = Ink(look.bold, look.hidden)

    def read(self, element: Iterable[Element], ink: Ink | None = None) -> None:
        """Add the text of what is inside an element."""
        ink = ink or self._plain
        for child in element:
            name = child.tag
            reader = READERS.get(name)
            if reader is not None:
                reader(self, child, ink)
            elif name not in LEFT_OUT and isinstance(name, str):
                unread = _UNREAD.get(name.rpartition("}")[2])
                if unread:
                    self.story.counts[unread] += 1
                self.read(child, ink)

    def add(self, text: str, ink: Ink) -> None:
        """Add text as it is printed, with what its print tells."""
        story = self.story
        if not text or story.fields.in_instruction:
            return
        if ink.hidden:
            story.counts["hidden"] += len(text.strip())
            return
        story.fields.fill()
        last = self.pieces[-1].text[-1:] if self.pieces else ""
        if ink.raised and last.isdigit():
            text = text.translate(_RAISED)  # 10 and a raised 4 are 10⁴, not 104
        piece = Passage(text)
        if story.contents or story.fields.in_contents:
            piece = piece.marked("contents")
        elif ink.raised and _MARK.fullmatch(text) and _GLUED.match(last):
            piece = piece.marked("footnote_mark")
        self.pieces.append(piece.marked("bold") if ink.bold else piece)

    def read_run(self, run: Element, ink: Ink) -> None:
        """Add the text of a run in its own print."""
        properties = run.find(f"{W}rPr")
        self.read(run, ink if properties is None else self._ink(properties, ink))

    def _ink(self, properties: Element, ink: Ink) -> Ink:
        style = value(properties, "rStyle")
        look = self.story.styles.look(style) if style else None
        bold, hidden = is_on(properties, "b"), is_on(properties, "vanish")
        fonts = properties.find(f"{W}rFonts")
        return Ink(
            bold if bold is not None else ink.bold or (look is not None and look.bold),
            hidden if hidden is not None else ink.hidden or (look is not None and look.hidden),
            value(properties, "vertAlign") == "superscript",
            None if fonts is None else fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi"),
        )
