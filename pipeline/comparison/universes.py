"""The choices of a multiverse, and which combinations of them are a universe."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from importlib.resources import files
from itertools import product
from typing import Any

import yaml

from pipeline.comparison.correction import Errors

KNOWN = {
    "splitting": ("clauses", "commas", "sentences"),
    "codebook": ("themes", "groups"),
    "unit": ("clauses", "characters"),
    "shares": ("counted", "corrected"),
    "left_out": ("numbers from 0 to below 1",),
}
_FREE = ("names of theme models",)
ONLY = "shares are corrected only where a model's errors were counted: on whole clauses, of which none is left out"


@dataclass(frozen=True, slots=True)
class Universe:
    """One value of each choice; what they mean is said in `multiverse.yaml`."""

    splitting: str
    reader: str
    codebook: str
    left_out: float
    unit: str
    shares: str


CHOICES = tuple(one.name for one in fields(Universe))
Grid = Mapping[str, tuple[Any, ...]]


def parse_grid(given: Mapping[str, Any], where: str) -> Grid:
    """Return the values of each choice.

    Args:
        given: Choice to a list of values, as in `multiverse.yaml`.
        where: Named in errors.

    Raises:
        ValueError: If a choice is unknown or missing, has no value or one twice, or a value is unknown.
    """
    wrong = given.keys() ^ {*CHOICES}
    if wrong:
        msg = f"{where}: unknown or missing choice(s) {', '.join(sorted(map(str, wrong)))}; known: {', '.join(CHOICES)}"
        raise ValueError(msg)
    return {choice: _values(choice, given[choice], where) for choice in CHOICES}


def _values(choice: str, given: object, where: str) -> tuple[Any, ...]:
    """Return the values of one choice."""
    if not isinstance(given, list) or not given:
        msg = f"{where}: `{choice}` must be a list of one value or more, got {given!r}"
        raise ValueError(msg)
    for value in given:
        if not _fits(choice, value):
            msg = f"{where}: unknown value {value!r} of `{choice}`: use {', '.join(KNOWN.get(choice, _FREE))}"
            raise ValueError(msg)
        if given.count(value) > 1:
            msg = f"{where}: value {value!r} of `{choice}` stands there twice; take one away"
            raise ValueError(msg)
    return tuple(map(float, given)) if choice == "left_out" else tuple(given)


def _fits(choice: str, value: object) -> bool:
    if choice == "left_out":
        return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 1
    return isinstance(value, str) and value in KNOWN.get(choice, (value,))


def default_grid() -> Grid:
    """Return the shipped choices."""
    text = (files("pipeline.comparison") / "multiverse.yaml").read_text(encoding="utf-8")
    return parse_grid(yaml.safe_load(text), "multiverse.yaml")


def universes(grid: Grid, errors: Mapping[str, Errors | None]) -> Iterator[Universe]:
    """Yield the universes of a grid, in its order, but for those that do not exist (see ONLY).

    Args:
        grid: The choices.
        errors: Theme model to its counted errors.
    """
    for values in product(*(grid[choice] for choice in CHOICES)):
        one = Universe(*values)
        plain = (one.splitting, one.left_out, one.unit) == ("clauses", 0, "clauses")
        if one.shares == "counted" or (plain and errors.get(one.reader) is not None):
            yield one
