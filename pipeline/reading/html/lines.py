"""One line of a page: its pieces put together, white space as browsers show it, hints over stretches of it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

BOLD, LINK, NOTE, HIDDEN, NUMBER = 1, 2, 4, 8, 16
_KINDS = {BOLD: "bold", LINK: "link", NOTE: "footnote_mark", HIDDEN: "hidden"}
_MIN_LINES, _MIN_FULL, _MIN_WIDTH, _MAX_WIDTH = 4, 2, 24, 140
_STOPS = "。；！？：”）"
_SUPERSCRIPTS = str.maketrans("0123456789+-=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾")
_NOTE = re.compile(r"\s*(?:[\[［〔【(（]\s*(?:注\s*)?\d{0,3}\s*[\]］〕】)）]|\d{1,3}|[①-⑳*＊†‡]|注\s*\d{0,3})\s*")
_BRACKETED = re.compile(r"\s*(?:[\[［〔【]\s*\d{1,3}\s*[\]］〕】]|[①-⑳])\s*")
_SYMBOL = re.compile(r"[A-Za-z0-9.)）²³㎡]\s*$")
Piece = tuple[str, int]
Mark = tuple[str, int, int, int]
"""Kind, start and end in the text of the line, level."""

EDGE = " \t\n\r\f\v\u3000\xa0\u200b\ufeff\u2002\u2003\x85\u2028\u2029"
_GAP = re.compile(r"[ \t\n\r\f\v\x85\u2028\u2029]+")
_WIDE = re.compile(r"(?<=[。！？；”）])[ \t\n\r]*(?:[\u3000\xa0\u2003][ \t\n\r]*){2,}")
_WIDE_ASIAN = "\u2e80-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’—…"
_ASIAN = re.compile(f"[{_WIDE_ASIAN}]")
ENUMERATED = re.compile(
    r"[\s\u3000]*(?:[（(]?(?:\d{1,3}|[一二三四五六七八九十百]{1,4}|[a-zA-Zivx]{1,4})[)）.．、]|[①-⑳]|第[一二三四五六七八九十百\d]{1,4}[条章节篇款项部编])"
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text.

    Attributes:
        text: Without outer white space.
        marks: Hints over it, and `link` over the text of links.
        indented: It begins with the indent of a paragraph.
        gap: A blank line stands before it.
    """

    text: str
    marks: tuple[Mark, ...] = field(default=())
    indented: bool = False
    gap: bool = False

    def share(self, kind: str) -> float:
        """Return which share of its ink is under marks of a kind."""
        under = sum(_ink(self.text[start:end]) for one, start, end, _ in self.marks if one == kind)
        return under / max(1, _ink(self.text)) if under else 0.0


def _ink(text: str) -> int:
    return len("".join(text.split()))


def finish(pieces: list[Piece], gap: bool = False) -> list[Line]:
    """Put the pieces of a line together: several lines where only a wide blank parts paragraphs."""
    if all(flags == NUMBER for text, flags in pieces if text.strip(EDGE)):
        return []
    if pieces[0][1] == NUMBER and ENUMERATED.match("".join(text for text, _ in pieces[1:4])):
        pieces = pieces[1:]
    raw = "".join([text for text, _ in pieces])
    if not raw.strip(EDGE):
        return []
    cuts = [0, *(one.end() for one in _WIDE.finditer(raw) if _columns(one.group()) >= 4), len(raw)]
    marks = _marks(pieces)
    return [
        line
        for low, high in zip(cuts, cuts[1:], strict=False)
        if (line := _line(raw, low, high, marks, gap and low == 0)).text
    ]


def join_lines(lines: Iterable[Line], between: str | None = None) -> Line:
    """Join lines into one; None parts Latin words by a blank and Chinese ones by nothing."""
    texts: list[str] = []
    marks: list[Mark] = []
    length, last, first = 0, "", None
    for line in lines:
        if first is None:
            first = line
            joint = ""
        else:
            joint = between if between is not None else _joint(last, line.text[0]) if last and line.text else ""
        length += len(joint)
        texts += [joint, line.text]
        marks += [(kind, start + length, end + length, level) for kind, start, end, level in line.marks]
        length += len(line.text)
        last = line.text[-1:] or last
    return replace(first or Line(""), text="".join(texts), marks=tuple(marks))


def _joint(left: str, right: str) -> str:
    return "" if _ASIAN.match(left) or _ASIAN.match(right) else " "


def _columns(blank: str) -> int:
    return sum(2 if one in "\u3000\u2003" else one == "\xa0" for one in blank)


def _marks(pieces: list[Piece]) -> list[Mark]:
    """Return the flags of the pieces as stretches, those of neighbours in one."""
    found: list[Mark] = []
    for flag, kind in _KINDS.items():
        at, start = 0, -1
        for text, flags in pieces:
            if flags & flag:
                start = at if start < 0 else start
            elif start >= 0 and text.strip(EDGE):
                found.append((kind, start, at, 0))
                start = -1
            at += len(text)
        if start >= 0:
            found.append((kind, start, at, 0))
    return found


def _line(raw: str, low: int, high: int, marks: list[Mark], gap: bool) -> Line:
    """Cut one line out of the raw text and collapse its white space."""
    part = raw[low:high]
    lead = len(part) - len(part.lstrip(EDGE))
    start, end = low + lead, low + len(part.rstrip(EDGE))
    indented = _columns(part[:lead]) >= 2
    places, shifts, texts, at = [start], [start], [], start
    for blank in _GAP.finditer(raw, start, end):
        new = "" if "\n" in blank.group() and _joint(raw[blank.start() - 1], raw[blank.end()]) == "" else " "
        texts += [raw[at : blank.start()], new]
        at = blank.end()
        places.append(at)
        shifts.append(shifts[-1] + blank.end() - blank.start() - len(new))
    texts.append(raw[at:end])
    text = "".join(texts)

    def moved(place: int) -> int:
        return min(max(0, place - shifts[max(0, bisect_right(places, place) - 1)]), len(text))

    found = []
    for kind, first, last, level in marks:
        new_first, new_last = moved(max(first, start)), moved(min(last, end))
        stretch = text[new_first:new_last]
        new_first += len(stretch) - len(stretch.lstrip(EDGE))
        new_last = new_first + len(stretch.strip(EDGE))
        if first < end and last > start and new_first < new_last:
            found.append((kind, new_first, new_last, level))
    return Line(text, tuple(found), indented, gap)


def read_raised(pieces: list[Piece], before: str, linked: bool) -> list[Piece]:
    """Mark raised figures as a footnote mark, or write them as an exponent where they follow a symbol (m², 10⁴).

    Args:
        pieces: What is raised.
        before: The text before it.
        linked: Whether it leads to a note.
    """
    text = "".join(one for one, _ in pieces)
    symbol = text.strip().isdigit() and _SYMBOL.search(before)
    if _NOTE.fullmatch(text) and (linked or not symbol):
        return [(one, flags | NOTE) for one, flags in pieces]
    return [(one.translate(_SUPERSCRIPTS), flags) for one, flags in pieces]


def read_anchor(pieces: list[Piece], before: str) -> list[Piece]:
    """Mark a bracketed figure within a line that leads to a note as a footnote mark."""
    is_note = before.strip(EDGE) and _BRACKETED.fullmatch("".join(one for one, _ in pieces))
    return [(one, flags | NOTE) for one, flags in pieces] if is_note else pieces


def rewrap(lines: list[Line]) -> list[Line]:
    """Join lines that a page breaks at one width; its paragraphs begin with an indent or after a blank line.

    Lines of other pages are left as they are.
    """
    begins = [one.indented or one.gap for one in lines]
    goes_on = [at for at in range(1, len(lines)) if not begins[at]]
    if len(lines) < _MIN_LINES or not goes_on or not any(begins):
        return lines
    sizes = [len(one.text) + 2 * one.indented for one in lines]
    widths = [len(one.text.encode("gb18030", "replace")) + 4 * one.indented for one in lines]
    longest, widest = max(sizes), max(widths)
    full = {at for at in range(len(lines)) if sizes[at] >= longest - 2 or widths[at] >= widest - 4}
    open_ended = sum(lines[at].text[-1] not in _STOPS for at in full)
    after_full = [at for at in goes_on if at - 1 in full]
    if not _MIN_WIDTH <= widest <= _MAX_WIDTH or len(full) < _MIN_FULL or open_ended * 2 < len(full):
        return lines
    if len(after_full) < 0.7 * len(goes_on):
        return lines
    joined = {at for at in after_full if lines[at - 1].text[-1] not in _STOPS or not ENUMERATED.match(lines[at].text)}
    groups: list[list[Line]] = []
    for at, line in enumerate(lines):
        if at in joined:
            groups[-1].append(line)
        else:
            groups.append([line])
    return [join_lines(one) for one in groups]
