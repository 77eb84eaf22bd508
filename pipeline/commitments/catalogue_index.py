"""Which patterns can match a name at all: found by the pairs of characters that each pattern needs.

The catalogue holds some hundreds of patterns; a name has a dozen pairs of characters. Only the patterns one of whose
needed literals begins with such a pair are tried.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]

_PAIR = 2


class CatalogueIndex:
    """Gives the patterns that a name may match, in their order."""

    def __init__(self, patterns: Sequence[str]) -> None:
        self._by_start: dict[str, set[int]] = defaultdict(set)
        self._always: set[int] = set()
        for number, pattern in enumerate(patterns):
            needed = needed_literals(pattern)
            if needed is None:
                self._always.add(number)
            for literal in needed or ():
                self._by_start[literal[:_PAIR]].add(number)

    def candidates(self, name: str) -> list[int]:
        """Return the numbers of the patterns that can match, in order; all others cannot."""
        pairs = map("".join, pairwise(name))
        held = self._by_start.keys() & {*name, *pairs}
        found = self._always.union(*(self._by_start[one] for one in held))
        return sorted(found)


def needed_literals(pattern: str) -> frozenset[str] | None:
    """Return literals of which every match holds at least one, None where there are none.

    >>> sorted(needed_literals("城[镇市]化率|城区.{0,4}面积"))
    ['化率', '面积']
    """
    return _needed(parser.parse(pattern))


def _needed(parts: Iterable[tuple[object, object]]) -> frozenset[str] | None:
    """Return the best choice among the parts of a sequence: all of them are in every match."""
    choices: list[frozenset[str]] = []
    run = ""
    for kind, what in [*parts, (None, None)]:
        if kind is codes.LITERAL:
            run += chr(what)  # type: ignore[arg-type]
            continue
        if run:
            choices.append(frozenset([run]))
            run = ""
        inner = _inside(kind, what)
        if inner is not None:
            choices.append(inner)
    return max(choices, key=lambda one: (min(_PAIR, *map(len, one)), -len(one)), default=None)


def _inside(kind: object, what: object) -> frozenset[str] | None:
    """Return what a group, a choice or a repeat needs."""
    if kind is codes.SUBPATTERN:
        return _needed(what[-1])  # type: ignore[index]
    if kind is codes.IN and all(one[0] is codes.LITERAL for one in what):  # type: ignore[attr-defined]
        return frozenset(chr(one[1]) for one in what)  # type: ignore[attr-defined]
    if kind in (codes.MAX_REPEAT, codes.MIN_REPEAT):
        return _needed(what[2]) if what[0] else None  # type: ignore[index]
    if kind is codes.BRANCH:
        branches = [_needed(one) for one in what[1]]  # type: ignore[index]
        told = [one for one in branches if one is not None]
        return frozenset[str]().union(*told) if len(told) == len(branches) else None
    return None
