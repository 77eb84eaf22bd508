"""What the elements inside a paragraph of a DOCX file add to its text, element by element."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from pipeline.reading.docx.fields import is_contents
from pipeline.reading.docx.names import MC, A, M, V, W
from pipeline.reading.docx.passage import Passage
from pipeline.reading.docx.symbols import plain_signs, symbol

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from pipeline.reading.docx.runs import Ink, Runs

_BREAKS = re.compile(r"[\t\n\r]+")
_TEXTS = (f"{W}t", f"{A}t", f"{M}t")
LEFT_OUT = frozenset(
    W + name for name in ("pPr", "rPr", "sdtPr", "sdtEndPr", "delText", "delInstrText", "annotationRef")
)


def _text(runs: Runs, element: Element, ink: Ink) -> None:
    # A text element has nothing inside, but for the remains of damaged XML.
    text = _BREAKS.sub(" ", str(element.xpath("string()")) if len(element) else element.text or "")
    runs.add(text if ink.font is None else plain_signs(text, ink.font), ink)


def _sign(text: str, runs: Runs, element: Element, ink: Ink) -> None:
    runs.add(text, ink)


def _run(runs: Runs, element: Element, ink: Ink) -> None:
    runs.read_run(element, ink)


def _break(runs: Runs, element: Element, ink: Ink) -> None:
    runs.add("\f" if element.get(f"{W}type") == "page" else "\n", ink)


def _symbol(runs: Runs, element: Element, ink: Ink) -> None:
    runs.add(symbol(element.get(f"{W}char"), element.get(f"{W}font")), ink)


def _inserted(runs: Runs, element: Element, ink: Ink) -> None:
    runs.story.counts["changes"] += 1
    runs.read(element, ink)


def _deleted(runs: Runs, element: Element, ink: Ink) -> None:
    runs.story.counts["changes"] += 1


def _comment(runs: Runs, element: Element, ink: Ink) -> None:
    runs.story.counts["comments"] += 1


def _alternatives(runs: Runs, element: Element, ink: Ink) -> None:
    for one in chosen(element):
        runs.read(one, ink)


def chosen(alternatives: Element) -> list[Element]:
    """Return the first alternative that has text, or else the first one; none where there is none."""
    choices = [*alternatives.iterchildren(f"{MC}Choice"), *alternatives.iterchildren(f"{MC}Fallback")]
    return [*filter(_has_text, choices), *choices][:1]


def _has_text(element: Element) -> bool:
    return any(one.text or one.get("string") for one in element.iter(*_TEXTS, f"{V}textpath"))


def _box(runs: Runs, element: Element, ink: Ink) -> None:
    if not ink.hidden and not runs.story.fields.in_instruction:
        runs.boxes.append(element)


def _word_art(runs: Runs, element: Element, ink: Ink) -> None:
    if not ink.hidden:
        runs.boxes.append(element.get("string", ""))


def _ruby(runs: Runs, element: Element, ink: Ink) -> None:
    """Add the word, then how it is read, marked so that it can be left out."""
    for base in element.iterchildren(f"{W}rubyBase"):
        runs.read(base, ink)
    first = len(runs.pieces)
    for reading in element.iterchildren(f"{W}rt"):
        runs.read(reading, ink)
    runs.pieces[first:] = [Passage(one.text).marked("ruby") for one in runs.pieces[first:]]


def _note(runs: Runs, element: Element, ink: Ink) -> None:
    if runs.story.fields.in_instruction or ink.hidden:
        return
    notes = runs.story.notes
    notes.append((element.tag.removeprefix(W).removesuffix("Reference"), element.get(f"{W}id", "")))
    runs.pieces.append(Passage(f"[{len(notes)}]").marked("footnote_mark"))


def _field_mark(runs: Runs, element: Element, ink: Ink) -> None:
    runs.add(runs.story.fields.step(element), ink)


def _instruction(runs: Runs, element: Element, ink: Ink) -> None:
    runs.story.fields.instruct(element.text or "")


def _simple_field(runs: Runs, element: Element, ink: Ink) -> None:
    contents = is_contents(element.get(f"{W}instr", ""))
    runs.story.contents += contents
    runs.read(element, ink)
    runs.story.contents -= contents


def _fraction(runs: Runs, element: Element, ink: Ink) -> None:
    for at, part in enumerate(element.iterchildren(f"{M}num", f"{M}den")):
        runs.add("/" if at else "", ink)
        runs.read(part, ink)


def _power(runs: Runs, element: Element, ink: Ink) -> None:
    for part in element.iterchildren(f"{M}e", f"{M}sup"):
        runs.add("^" if part.tag == f"{M}sup" else "", ink)
        runs.read(part, ink)


def _bracket(runs: Runs, element: Element, ink: Ink) -> None:
    signs = [element.find(f"{M}dPr/{M}{name}") for name in ("begChr", "endChr")]
    left, right = (usual if sign is None else sign.get(f"{M}val", "") for sign, usual in zip(signs, "()", strict=True))
    runs.add(left, ink)
    runs.read(element, ink)
    runs.add(right, ink)


READERS: dict[str, Callable[[Runs, Element, Ink], None]] = {
    **dict.fromkeys(_TEXTS, _text),
    f"{W}r": _run,
    f"{M}r": _run,
    f"{W}tab": partial(_sign, "\t"),
    f"{W}ptab": partial(_sign, "\t"),
    f"{W}cr": partial(_sign, "\n"),
    f"{W}noBreakHyphen": partial(_sign, "-"),
    f"{A}br": partial(_sign, "\n"),
    f"{W}br": _break,
    f"{W}sym": _symbol,
    f"{W}ins": _inserted,
    f"{W}moveTo": _inserted,
    f"{W}del": _deleted,
    f"{W}moveFrom": _deleted,
    f"{W}commentReference": _comment,
    f"{MC}AlternateContent": _alternatives,
    f"{W}txbxContent": _box,
    f"{V}textpath": _word_art,
    f"{W}ruby": _ruby,
    f"{W}footnoteReference": _note,
    f"{W}endnoteReference": _note,
    f"{W}fldChar": _field_mark,
    f"{W}instrText": _instruction,
    f"{W}fldSimple": _simple_field,
    f"{M}f": _fraction,
    f"{M}sSup": _power,
    f"{M}d": _bracket,
}
