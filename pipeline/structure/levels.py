"""Levels of headings, from the order in which kinds of enumerators nest in the document at hand."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.structure.outline import ITEMS, KINDS

_USUAL = tuple(kind for kind in KINDS if kind not in {"caption", "appendix"})
_DIVIDING = frozenset({"part", "chapter"})
_DOCUMENT = frozenset({"title", "appendix"})


@dataclass(frozen=True, slots=True)
class Mark:
    """What levels are inferred from.

    Attributes:
        kind: Kind of a headings.Heading.
        ordinal: Its number, 0 without one.
        bare: True if the next heading follows without text between.
        box: True for the caption of a box, which may hold numbered items of its own.
        styled: Level that the file's format gives the heading, 0 where it gives none.
    """

    kind: str
    ordinal: int
    bare: bool
    box: bool = False
    styled: int = 0


def infer_levels(marks: Sequence[Mark]) -> list[int]:
    """Return the level of each heading of an article: 0 for a title, 1 for the highest other one.

    An appendix stands at level 1, and what stands in it nests by a pattern of its own. A caption and a dash title
    stand one level below the heading above them. Numbered items under a caption stand in its box unless they
    continue the numbers from before it.
    """
    starts = [at for at, mark in enumerate(marks) if mark.kind in _DOCUMENT]
    levels: list[int] = []
    for low, high in pairwise(sorted({0, *starts, len(marks)})):
        part = marks[low:high]
        levels += _levels(part, 1 if part[0].kind == "appendix" else 0)
    return levels


def _levels(marks: Sequence[Mark], base: int) -> list[int]:
    """Return the levels within one part of a document, whose own heading, if it has one, comes first."""
    values = _ranks(marks)
    # The title of an appendix stands beside its number.
    named = base > 0 and len(marks) > 1 and marks[0].bare and marks[1].kind == "plain"
    if named:
        del values[1]
    scale = {value: level for level, value in enumerate(sorted(set(values.values())), base + 1)}
    levels: list[int] = []
    current = box = boxed = 0
    last = Counter[str]()
    for at, mark in enumerate(marks):
        if mark.kind in _DOCUMENT:
            current = base
            levels.append(base)
        elif at == 1 and named:
            levels.append(base)
        elif mark.kind == "caption":
            box, boxed = (current + 1 if mark.box else 0), 0
            levels.append(current + 1)
        elif mark.kind in {"dashed", "run_in"}:
            levels.append(current + 1)
        elif box and mark.kind in ITEMS and (mark.ordinal == boxed + 1 or mark.ordinal != last[mark.kind] + 1):
            boxed = mark.ordinal
            levels.append(box + 1)
        else:
            current, box = scale[values[at]], 0
            last[mark.kind] = mark.ordinal
            levels.append(current)
    return levels


def _ranks(marks: Sequence[Mark]) -> dict[int, float]:
    """Return what orders the levels, for enumerated and plain headings, by index."""
    order = _nesting([mark for mark in marks if mark.kind in _USUAL])
    found: dict[int, float] = {at: order[mark.kind] for at, mark in enumerate(marks) if mark.kind in order}
    styled = _styled_ranks(marks, found)
    plain = [at for at, mark in enumerate(marks) if mark.kind == "plain" and at not in styled]
    heads = {at: rank for at in plain if (rank := _rank_over(marks, at, found)) is not None}
    numbered = sorted(found)
    top = min([*order.values(), *heads.values()], default=0)
    for at in plain:
        before = bisect_left(numbered, at)
        current = order[marks[numbered[before - 1]].kind] if before else top
        # Like the others that stand over numbers, or else a leaf under the last number.
        beside = max((rank for rank in heads.values() if rank < current), default=None)
        found[at] = heads[at] if at in heads else top if not before else current + 0.5 if beside is None else beside
    return found | styled


def _styled_ranks(marks: Sequence[Mark], ranks: dict[int, float]) -> dict[int, float]:
    """Rank the headings without enumerator by their style, beside the numbered ones of the same style."""
    plain = [at for at, mark in enumerate(marks) if mark.kind == "plain" and mark.styled]
    by_style: dict[int, list[float]] = {}
    for at, rank in ranks.items():
        by_style.setdefault(marks[at].styled, []).append(rank)
    by_style.pop(0, None)
    if not by_style:
        return {at: float(marks[at].styled) for at in plain} if not ranks else {}
    found: dict[int, float] = {}
    for at in plain:
        style = marks[at].styled
        above = [rank for one, own in by_style.items() if one < style for rank in own]
        below = [rank for one, own in by_style.items() if one > style for rank in own]
        same = Counter(by_style.get(style, [])).most_common(1)
        found[at] = same[0][0] if same else max(above) + 0.5 if above else min(below) - 0.5
    return found


def _nesting(marks: Sequence[Mark]) -> dict[str, int]:
    """Order the kinds from the outermost: as usual, but where this document nests them the other way."""
    inside = Counter(
        (outer.kind, inner.kind)
        for outer, inner in zip(marks, marks[1:], strict=False)
        if inner.ordinal == 1 and outer.kind != inner.kind
    )
    present = {mark.kind for mark in marks}
    order = [kind for kind in _USUAL if kind in present]
    for _ in order:
        for at in range(len(order) - 1):
            outer, inner = order[at : at + 2]
            if inside[inner, outer] > inside[outer, inner]:
                order[at : at + 2] = inner, outer
    return {kind: rank for rank, kind in enumerate(order)}


def _rank_over(marks: Sequence[Mark], at: int, ranks: dict[int, float]) -> float | None:
    """Rank a heading without enumerator above the numbers that begin at 1 under it.

    It stands above them where they follow at once, or begin at 1 more than once under the same heading;
    otherwise (a preface before chapter 1) beside them. None where no such numbers follow.
    """
    if at + 1 >= len(marks) or at + 1 not in ranks or marks[at + 1].ordinal != 1:
        return None
    kind, rank = marks[at + 1].kind, ranks[at + 1]
    if marks[at].bare:
        return rank - 0.5
    outer = [one for one, value in ranks.items() if value < rank]
    outer += [one for one, mark in enumerate(marks) if mark.kind in _DOCUMENT]
    low = max((one for one in outer if one < at), default=-1)
    high = min((one for one in outer if one > at), default=len(marks))
    begun = sum(mark.kind == kind and mark.ordinal == 1 for mark in marks[low + 1 : high])
    # A heading of the same kind before it (last year's work, this year's work) shows that they divide the text.
    beside = kind not in _DIVIDING and any(mark.kind == "plain" for mark in marks[low + 1 : at])
    return rank - 0.5 if begun > 1 or beside else rank
