"""Whether the characters of a PDF page can be trusted: two extractors and the language are the witnesses.

A damaged map from codes to characters makes an extractor print other characters without a word. Two extractors
mostly go wrong in different ways; where both follow the same wrong map, the text no longer reads as Chinese:
it is full of rare characters, or its neighbours do not belong together.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from pipeline.reading.attraction import attraction
from pipeline.reading.pdf.glyphs import UNREADABLE, Glyph

_MAX_DISAGREEMENT = 0.01
_MAX_UNREADABLE = 0.01
# Of 3,035 stretches of 600 characters of real plans and reports, 1 has so many different rare characters (lithium,
# indium, titanium), and none has so few pairs that attract each other (lowest 0.44, middle 0.77).
_MAX_RARE = 0.01
_MIN_RARE = 4
_MIN_PAIRS = 40
_MIN_ATTRACTED, _FEWER = 0.45, 0.6
_MAX_TRADITIONAL = 0.2
_MAX_SHARED = 0.01
_BETTER = 0.01
_STEP = 12.0
_CHINESE = re.compile("[\u2e80-\u2fdf\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_FIGURE = re.compile(r"[\d%％]")
_NO_CHARACTER = re.compile("[\ufff0-\uffff\x00-\x08\x0e-\x1f\x7f-\x9f\U000f0000-\U0010ffff]")
_PRIVATE = re.compile("[\ue000-\uf8ff]")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What to read of a page.

    Attributes:
        glyphs: The better of the two readings.
        doubts: Why it may be wrong, empty where it can be trusted: `disagree`, `shared`, `unreadable`.
        compared: Both extractors have read the page.
        n_unreadable: Characters that no extractor can name.
    """

    glyphs: list[Glyph]
    doubts: tuple[str, ...]
    compared: bool
    n_unreadable: int


def judge(first: list[Glyph], second: list[Glyph] | None, n_shared: int = 0) -> Verdict:
    """Compare two readings of a page and pick the better one.

    Args:
        first: Characters as pdfium reads them.
        second: As the second extractor reads them, or None where it has not.
        n_shared: Chinese characters whose name another code of the same font bears too.
    """
    doubts: list[str] = []
    if second is not None:
        first = with_missing(first, second)
    best = first
    if second is not None:
        if disagreement(first, second) > _MAX_DISAGREEMENT:
            doubts.append("disagree")
        if _is_better(second, first):
            best = second
    text = "".join(one.text for one in best)
    if n_shared > _MAX_SHARED * len(text):
        doubts.append("shared")
    unreadable = count_unreadable(text)
    other = count_unreadable("".join(one.text for one in second or ()))
    if max(unreadable, other) > _MAX_UNREADABLE * len(text):
        doubts.append("unreadable")
    return Verdict(best, tuple(doubts), second is not None, unreadable)


def with_missing(first: list[Glyph], second: list[Glyph]) -> list[Glyph]:
    """Return the first reading with what only the second one has in its place: pdfium leaves out lone full stops."""
    more = Counter(one.text for one in second) - Counter(one.text for one in first)
    wanted = {text for text in more if not (text.isspace() or UNREADABLE in text)}
    if not wanted:
        return first
    places: dict[tuple[int, int, int], list[Glyph]] = {}
    for one in first:
        places.setdefault(_place(one), []).append(one)
    found = list(first)
    for one in second:
        if one.text in wanted:
            turn, row, column = _place(one)
            near = [(turn, row + i, column + j) for i in (-1, 0, 1) for j in (-1, 0, 1)]
            if not any(_is_there(one, other) for place in near for other in places.get(place, ())):
                found.append(one)
    return found


def _place(glyph: Glyph) -> tuple[int, int, int]:
    return glyph.style.turn, round(glyph.y / _STEP), round(glyph.x0 / _STEP)


def _is_there(glyph: Glyph, other: Glyph) -> bool:
    """Tell whether another character stands where this one is to stand."""
    return abs(glyph.x0 - other.x0) + abs(glyph.y - other.y) < 0.4 * glyph.style.size


def disagreement(first: Iterable[Glyph], second: Iterable[Glyph]) -> float:
    """Return the share of Chinese characters and figures that only one of two readings holds, 0 to 1."""
    left, right = (_counted(one) for one in (first, second))
    largest = max(left.total(), right.total())
    return max((left - right).total(), (right - left).total()) / largest if largest else 0.0


def _counted(glyphs: Iterable[Glyph]) -> Counter[str]:
    text = "".join(one.text for one in glyphs)
    return Counter(_CHINESE.findall(text)) + Counter(_FIGURE.findall(text))


def count_unreadable(text: str) -> int:
    """Count what stands for no character; marks of a list set in a symbol font are none of them."""
    private = len(_PRIVATE.findall(text))
    return len(_NO_CHARACTER.findall(text)) + (private if private > max(2, 0.05 * len(text)) else 0)


def reads_as_chinese(text: str) -> bool:
    """Tell whether a text of Chinese characters has the characters and neighbours of Chinese; short ones pass."""
    chinese = _CHINESE.findall(text)
    rare = [one for one in chinese if not is_common(one)]
    if len(set(rare)) >= _MIN_RARE and len(rare) > _MAX_RARE * len(chinese):
        return False
    if sum(not one.encode("gb2312", "ignore") for one in chinese) > _MAX_TRADITIONAL * len(chinese):
        return True  # the pairs are counted in simplified text
    pairs = [(a, b) for a, b in pairwise(text) if _CHINESE.match(a) and _CHINESE.match(b)]
    wanted = _MIN_ATTRACTED - _FEWER / max(1, len(pairs)) ** 0.5
    return len(pairs) < _MIN_PAIRS or sum(attraction(a, b) > 0 for a, b in pairs) >= wanted * len(pairs)


@cache
def is_common(sign: str) -> bool:
    """Tell whether a Chinese character is among the everyday ones of GB 2312 (level 1) or Big5 (level 1)."""
    simplified = sign.encode("gb2312", "ignore")
    traditional = sign.encode("big5", "ignore")
    return b"\xb0" <= simplified[:1] <= b"\xd7" or b"\xa4" <= traditional[:1] <= b"\xc6" or "\u2e80" <= sign <= "\u2fdf"


def _is_better(second: list[Glyph], first: list[Glyph]) -> bool:
    """Tell whether the second reading is plainly the better one."""
    left, right = ("".join(one.text for one in glyphs) for glyphs in (first, second))
    if _quality(right) > _quality(left) + _BETTER * max(len(left), len(right)):
        return True
    # What pdfium makes up for a code without a character is often a Latin letter; better a gap than that.
    lost = right.count(UNREADABLE)
    return lost > _MAX_UNREADABLE * len(right) and len(_CHINESE.findall(left)) <= len(_CHINESE.findall(right))


def _quality(text: str) -> int:
    return sum(1 if is_common(one) else -1 for one in _CHINESE.findall(text))
