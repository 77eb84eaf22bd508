"""Page numbers and running heads, with form feeds or without."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import accumulate, pairwise
from statistics import median

from pipeline.reading.lines import Line
from pipeline.reading.signs import ENUMERATED, ends_sentence

_DASH = r"[—–―－\-~～·•*]{1,3}"
_NUMBER = r"(?:\d{1,4}|[ivxlcIVXLC]{1,7}|[ⅰ-ⅿⅠ-Ⅿ]{1,4})"
_PAGE = re.compile(
    rf"{_DASH}\s*{_NUMBER}\s*{_DASH}$|第\s*(?:\d{{1,4}}|[一二三四五六七八九十百]{{1,5}})\s*页(?:\s*[,，/|]?\s*共\s*\d+\s*页)?$"
    r"|共\s*\d{1,4}\s*页\s*[,，/|]?\s*第\s*\d{1,4}\s*页$|[Pp]age\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?$"
)
# May also be a cell of a table or an item: pages only where they count on at regular distances.
_NUMBERED = re.compile(
    r"(?:[\[【(（|]\s*)?(?:(\d{1,4})(?:\s*/\s*(\d{1,4}))?|([ivxlc]{1,7}|[ⅰ-ⅿ]{1,4}))\s*[\]】)）|]?$", re.I
)
_STOP = re.compile(r"[。！？；]|[，：]$")
_DIGITS = re.compile(r"\d+")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_REPEATS, _MAX_HEAD = 3, 45
_MIN_PAGE, _MAX_PAGE, _MIN_LINK = 150, 6000, 30


def find_page_marks(lines: list[Line], short: Sequence[int]) -> dict[int, str]:
    """Return the lines that hold a page number alone."""
    found = {i: "page_number" for i in short if len(lines[i].text) < 24 and _PAGE.match(lines[i].text)}
    return found | dict.fromkeys(_counted_pages(lines, short), "page_number")


def _counted_pages(lines: list[Line], short: Sequence[int]) -> set[int]:
    """Return bare numbers that count on through the file, a page apart, and break sentences here and there."""
    numbers = [(i, value) for i in short if len(lines[i].text) < 12 and (value := _value(lines[i].text))]
    if len(numbers) < _REPEATS:
        return set()
    starts = _starts(lines)
    chains: dict[int, list[int]] = {}
    best: list[int] = []
    for i, value in numbers:
        before = chains.get(value - 1, [])
        if before and not _MIN_LINK <= starts[i] - starts[before[-1]] <= _MAX_PAGE:
            before = []
        if len(before) + 1 >= len(chains.get(value, [])):
            chains[value] = [*before, i]
            best = max(best, chains[value], key=len)
    return set(best) if _are_pages(lines, best, starts) else set()


def _value(text: str) -> int:
    """Return the number of a line that holds a number alone, 0 where it holds more."""
    match = _NUMBERED.match(text)
    if match is None or (text[0] == "0" and len(text) > 1):
        return 0
    if match.group(1):
        value = int(match.group(1))
        return value if value <= int(match.group(2) or 9999) else 0
    if not (roman := match.group(3).lower()).isascii():
        return ord(roman[0]) - ord("ⅰ") + 1 if len(roman) == 1 else 0
    values = [_ROMAN[one] for one in roman]
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))


def _starts(lines: list[Line]) -> list[int]:
    """Return how many characters of text stand before each line."""
    return [0, *accumulate(len(one.text) for one in lines)]


def _are_pages(lines: list[Line], found: Sequence[int], starts: list[int]) -> bool:
    """Tell whether lines stand at regular distances and at least one in five breaks a sentence."""
    if len(found) < _REPEATS:
        return False
    return a_page_apart([starts[one] for one in found]) and _breaks(lines, found) * 5 >= len(found)


def a_page_apart(places: Sequence[int]) -> bool:
    """Tell whether places (characters from the start) follow each other as pages do: at like distances."""
    gaps = [after - before for before, after in pairwise(places)]
    usual = median(gaps)
    regular = sum(usual * 0.35 <= one <= usual * 2.6 for one in gaps)
    return usual >= _MIN_PAGE and regular >= 0.75 * len(gaps)


def _breaks(lines: list[Line], found: Sequence[int]) -> int:
    """Count the lines that stand between a line of text and its continuation."""
    return sum(
        0 < i < len(lines) - 1
        and len(lines[i - 1].text) > 12
        and not ends_sentence(lines[i - 1].text)
        and not ENUMERATED.match(lines[i + 1].text)
        and not lines[i - 1].row
        for i in found
    )


def find_running_heads(lines: list[Line], short: Sequence[int], page_marks: set[int]) -> dict[int, str]:
    """Return the lines that repeat at page edges or at regular distances, and bare page numbers at form feeds."""
    feeds = [i for i in range(1, len(lines)) if lines[i].page]
    edges = {*feeds, *(i - 1 for i in feeds), *((0, len(lines) - 1) if feeds else ())}
    numbers = {i for i in edges if i not in page_marks and _value(lines[i].text)}
    for mark in numbers | page_marks:
        edges |= {mark - 1, mark + 1}
    places: dict[str, list[int]] = defaultdict(list)
    candidates = [i for i in short if i not in page_marks and i not in numbers and len(lines[i].text) < _MAX_HEAD]
    often = Counter(lines[i].text[:2] for i in candidates)
    for i in candidates:
        text = lines[i].text
        # Most lines are like no other; a figure may open a head, and then two characters say nothing.
        if often[text[:2]] >= _REPEATS or text[0].isdigit() or i in edges:
            places[_DIGITS.sub("0", text)].append(i)
    found = dict.fromkeys(numbers, "page_number")
    starts: list[int] = []
    for key, where in places.items():
        if len(where) < _REPEATS or len(key) < 2 or _STOP.search(key) or ENUMERATED.match(key):
            continue
        starts = starts or _starts(lines)
        at_edges = [i for i in where if i in edges]
        if len(at_edges) >= _REPEATS:
            found |= dict.fromkeys(at_edges, "running_head")
        elif len(key) > 3 and len(where) >= _least_repeats(lines, where) and _are_pages(lines, where, starts):
            found |= dict.fromkeys(where, "running_head")
    return found


def _least_repeats(lines: list[Line], where: Sequence[int]) -> int:
    """Return how often a head must repeat where no page mark is by; titles that count on (附件1, 附件2) are few."""
    return _REPEATS + 1 if len({lines[i].text for i in where}) == 1 else 2 * _REPEATS
