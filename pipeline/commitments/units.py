"""Units: what stands after a number, and what it is in base units."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources

import yaml


@lru_cache(maxsize=1)
def _codebook() -> tuple[dict[str, tuple[str, float]], tuple[str, ...]]:
    """Return the units with an id (id and factor), and all units, the longest first."""
    text = resources.files("pipeline.commitments").joinpath("units.yaml").read_text("utf-8")
    given = yaml.safe_load(text)
    known = {
        unit: (unit_id, float(factor))
        for unit_id, units in given["ids"].items()
        for unit, factor in units.items()
        if factor
    }
    return known, tuple(sorted({*known, *given["counted"]}, key=lambda unit: (-len(unit), unit)))


def unit_names() -> tuple[str, ...]:
    """Return all units as written, the longest first."""
    return _codebook()[1]


def in_base_units(unit: str | None, value: float | None) -> float | None:
    """Return a value in the base unit of its unit, None where either is unknown.

    >>> in_base_units("斤", 14_000_000_000.0), in_base_units("家", 3.0)
    (7000000000.0, None)
    """
    found = _codebook()[0].get(unit or "")
    return None if found is None or value is None else round(value * found[1], 9)


def unit_id_of(unit: str | None) -> str | None:
    """Return the id of a unit as written, None for counted things and unknown ones."""
    found = _codebook()[0].get(unit or "")
    return found[0] if found else None
