"""Check the numbers of headings, and the tree against the document's own table of contents.

A plan may count its headings on through the whole text (11. after 10. under another heading) or begin anew under
each heading; both are in order. What is neither is noted: a gap of the print is not one of the reader.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.records import Section
from pipeline.structure.outline import kind_of, ordinal

_SIGN = re.compile(r"[^\w]|_")
_LEADER = re.compile(r"[\s.．·•…⋯]*[-—–(（]?\s*\d{0,4}\s*[-—–)）]?\s*$")


class Note(NamedTuple):
    """Something about the outline of a document that a reader should know.

    Attributes:
        kind: `gap` (numbers left out), `reset` (numbers begin again or go back under the same heading), `repeat` (a
            number twice), `not_in_contents` (a heading that the table of contents lacks), `not_in_text` (an entry
            of the table of contents without a heading).
        section: Index of the section, None for `not_in_text`.
        detail: What was found, as printed.
    """

    kind: str
    section: int | None
    detail: str


def check_numbering(sections: Sequence[Section]) -> list[Note]:
    """Return the gaps, resets and repeats in the numbers of the headings, in their order."""
    notes: list[Note] = []
    under: dict[tuple[str, int | None, str], int] = {}
    last: dict[tuple[str, str], int] = {}
    for at, one in enumerate(sections):
        kind = kind_of(one.enumerator)
        number = ordinal(one.enumerator) if kind else 0
        if not number:
            continue
        place, through = (one.article, one.parent, kind), (one.article, kind)
        before = under.get(place)
        if number != (before or 0) + 1 and not (number == last.get(through, 0) + 1 or (before is None and number == 1)):
            notes.append(Note(*_fault(before or 0, number, at, one.enumerator)))
        under[place] = last[through] = number
    return notes


def _fault(before: int, number: int, at: int, enumerator: str) -> tuple[str, int, str]:
    kind = "gap" if number > before else "repeat" if number == before else "reset"
    return kind, at, f"{enumerator} after {before}" if before else f"{enumerator} is the first"


def check_contents(headings: Sequence[tuple[int, str]], contents: Sequence[str]) -> list[Note]:
    """Compare the headings with the entries of a table of contents.

    Args:
        headings: Index and text of each section that is a heading.
        contents: The entries as printed, with their leaders and page numbers.

    Returns:
        Entries without a heading; and headings without an entry, of those kinds that the contents list at all.
        Nothing where there are no contents.
    """
    entries = {key: entry for entry in contents if len(key := _key(_LEADER.sub("", entry))) > 1}
    keys = {at: _key(text) for at, text in headings}
    found = set(keys.values())
    notes = [
        Note("not_in_text", None, _LEADER.sub("", one).strip()) for key, one in entries.items() if key not in found
    ]
    listed = {kind_of(text) for at, text in headings if keys[at] in entries} - {""}
    missing = [(at, text) for at, text in headings if kind_of(text) in listed and keys[at] not in entries]
    return notes + [Note("not_in_contents", at, text) for at, text in missing]


def _key(text: str) -> str:
    return _SIGN.sub("", text)
