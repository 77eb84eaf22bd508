"""What extraction hands on: the text of a file and the hints of its format."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace

from pipeline.records import Furniture, Hint, SourceMap


@dataclass(frozen=True, slots=True)
class Extraction:
    """The text of a file as decoded or extracted; nothing is left out of it later without a record.

    Attributes:
        source: Paragraphs and table rows one a line, cells parted by ` | `, pages by a form feed on a line.
        encoding: `utf-8`, `gb18030`, ... ; `pdf`, `docx` for formats with their own text.
        hints: Sorted by start; offsets into `source`.
        warnings: One plain English sentence each.
        format: `text` (which may hold Markdown), `html`, `docx` or `pdf`.
    """

    source: str
    encoding: str
    hints: tuple[Hint, ...] = ()
    warnings: tuple[str, ...] = ()
    format: str = "text"


_REASONS = frozenset(
    {"navigation", "hidden", "front_matter", "contents", "note", "footnote_mark", "running_head", "ruby"}
)


def left_out(hints: Iterable[Hint]) -> list[Furniture]:
    """Return the stretches that hints say are no text, with the reason, sorted and not overlapping."""
    found: list[Furniture] = []
    for one in sorted(hints, key=lambda one: (one.start, -one.end)):
        low = max(one.start, found[-1].end if found else 0)
        if one.kind in _REASONS and low < one.end:
            found.append(Furniture(low, one.end, one.kind))
    return found


def to_canonical(hints: tuple[Hint, ...], source_map: SourceMap) -> tuple[Hint, ...]:
    """Return the hints with offsets into the canonical text; what is furniture there has none.

    A hint over several pieces of the text becomes several hints.
    """
    runs = sorted((source, start, length) for start, source, length in source_map.runs)
    found: list[Hint] = []
    for one in hints:
        first = max(0, bisect_right(runs, (one.start, 1 << 60, 0)) - 1)
        spans: list[list[int]] = []
        for source, start, length in runs[first:]:
            if source >= one.end:
                break
            low, high = max(one.start, source), min(one.end, source + length)
            if low < high:
                spans.append([start + low - source, start + high - source])
        for low, high in _merged(sorted(spans)):
            found.append(replace(one, start=low, end=high))
    return tuple(sorted(found, key=lambda one: (one.start, one.end, one.kind)))


def _merged(spans: list[list[int]]) -> list[list[int]]:
    """Merge spans that touch or have only a line break or blank between them."""
    merged: list[list[int]] = []
    for low, high in spans:
        if merged and low - merged[-1][1] <= 1:
            merged[-1][1] = high
        else:
            merged.append([low, high])
    return merged
