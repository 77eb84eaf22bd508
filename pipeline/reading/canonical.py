"""Put paragraphs together into the canonical text with its way back to the source."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.reading.lines import Paragraph
from pipeline.records import Article, Furniture, SourceMap

_INK = re.compile(r"\S(?:.*\S)?")
_LATIN = re.compile(r"[A-Za-z0-9]")


def assemble(source: str, articles: list[tuple[str, list[Paragraph]]]) -> tuple[str, SourceMap, tuple[Article, ...]]:
    """Join paragraphs with one line break, articles in their order.

    Returns:
        Canonical text, runs to the source, and the articles, which cover the text but for line breaks.
    """
    pieces: list[str] = []
    runs: list[tuple[int, int, int]] = []
    found: list[Article] = []
    length = 0
    for name, paragraphs in articles:
        first = length + bool(pieces)
        for paragraph in paragraphs:
            if pieces:
                pieces.append("\n")
                length += 1
            last = -1
            for start, end in paragraph.spans:
                if last >= 0 and not paragraph.cuts and _is_split_word(source, last, start):
                    pieces.append(" ")
                    length += 1
                pieces.append(source[start:end])
                runs.append((length, start, end - start))
                length += end - start
                last = end
        found.append(Article(name, first, length))
    return "".join(pieces), SourceMap(tuple(runs)), tuple(found)


def find_furniture(source: str, source_map: SourceMap, known: list[Furniture]) -> tuple[Furniture, ...]:
    """Return what of the source has ink and is in no run: each line of it, each known stretch by itself.

    Args:
        source: Decoded source.
        source_map: Runs to the canonical text.
        known: Stretches with their reasons, not overlapping; what is in none of them are `invisible` characters.
    """
    covered = sorted((start, start + length) for _, start, length in source_map.runs)
    reasons = sorted(known, key=lambda one: one.start)
    found: list[Furniture] = []
    at = last = 0
    for start, end in [*covered, (len(source), len(source))]:
        for one in _INK.finditer(source, last, start) if last < start else ():
            while at < len(reasons) and reasons[at].end <= one.start():
                at += 1
            if at < len(reasons) and reasons[at].start <= one.start() and one.end() <= reasons[at].end:
                found.append(Furniture(*one.span(), reasons[at].reason))
            else:
                found += _pieces(source, one.start(), one.end(), reasons, at)
        last = end
    return tuple(found)


def _pieces(source: str, start: int, end: int, reasons: list[Furniture], at: int) -> Iterator[Furniture]:
    """Cut a stretch with ink where the known stretches, from the given one on, begin and end."""
    while start < end:
        known = reasons[at] if at < len(reasons) and reasons[at].start < end else None
        inside = known is not None and known.start <= start
        stop = end if known is None else min(end, known.end if inside else known.start)
        for one in _INK.finditer(source, start, stop):
            yield Furniture(*one.span(), known.reason if inside and known else "invisible")
        start = stop
        at += inside


def _is_split_word(source: str, last: int, start: int) -> bool:
    """Tell whether Latin words or figures meet where white space of the source was left out."""
    between = source[min(last, start) : max(last, start)]
    return any(map(str.isspace, between)) and bool(_LATIN.match(source, last - 1) and _LATIN.match(source, start))
