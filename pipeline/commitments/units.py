"""Units: what stands after a number, and what it is in base units."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from importlib import resources

import yaml

_PER = re.compile(r"[/／]|每")
_SIZES = re.compile(r"^(?:[0-9]+|[十百千万亿])+(?=.)")
_COUNT = "count"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of the codebook.

    Attributes:
        unit_id: Id of its base unit.
        ucum: UCUM code of the base unit, or None.
        factor: What one of it is in the base unit.
    """

    unit_id: str
    ucum: str | None
    factor: Decimal


@dataclass(frozen=True, slots=True)
class _Codebook:
    units: dict[str, Unit]
    everyday: dict[str, Unit]
    counted: frozenset[str]
    not_before: dict[str, str]


@lru_cache(maxsize=1)
def _codebook() -> _Codebook:
    text = resources.files("pipeline.commitments").joinpath("units.yaml").read_text("utf-8")
    # The safe loader in C reads it ten times as fast, where PyYAML was built with it.
    given = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
    return _Codebook(_units(given["ids"]), _units(given["everyday"]), frozenset(given["counted"]), given["not_before"])


def _units(given: dict[str, dict[str, dict[str, float]]]) -> dict[str, Unit]:
    return {
        unit: Unit(unit_id, one["ucum"], Decimal(str(factor)))  # type: ignore[arg-type]
        for unit_id, one in given.items()
        for unit, factor in one["units"].items()
    }


@lru_cache(maxsize=2)
def unit_names(everyday: bool = False) -> tuple[str, ...]:
    """Return all units as written, the longest first.

    Args:
        everyday: Whether also those that only texts other than plans use.
    """
    book = _codebook()
    names = {*book.units, *book.counted, *(book.everyday if everyday else ())}
    return tuple(sorted(names, key=lambda unit: (-len(unit), unit)))


@lru_cache(maxsize=2)
def unit_pattern(everyday: bool = False) -> str:
    """Return the pattern of one unit, the longest first, none where its sign is the head of another word.

    Args:
        everyday: Whether also of those that only texts other than plans use.
    """
    book = _codebook()
    found = []
    for name in unit_names(everyday):
        word = "(?![A-Za-z])" if name[-1].isascii() and name[-1].isalpha() else ""
        other = f"(?![{book.not_before[name]}])" if name in book.not_before else ""
        found.append(re.escape(name) + word + other)
    return "|".join(found)


@lru_cache(maxsize=4096)
def unit_of(unit: str | None) -> Unit | None:
    """Return the unit that is written so, composed where it is one per another; None for counted and unknown ones.

    >>> unit_of("亩").ucum, unit_of("元/平方米").unit_id, unit_of("吨/公顷").ucum, unit_of("家")
    ('m2', 'CNY/m2', 'kg/m2', None)
    """
    book = _codebook()
    if not unit:
        return None
    found = book.units.get(unit) or book.everyday.get(unit)
    if found is None and len(parts := _PER.split(unit)) == 2:
        return _composed(*parts)
    return found


def _composed(above: str, below: str) -> Unit | None:
    """Return the unit of one unit per another, with the multiplier of the latter: 件/万人."""
    from pipeline.commitments.numerals import read_number

    over = unit_of(above)
    if over is None and above in _codebook().counted:
        over = Unit(_COUNT, "1", Decimal(1))
    size = _SIZES.match(below)
    under = unit_of(below[size.end() :] if size else below)
    times = read_number(size.group()) if size else Decimal(1)
    if over is None or under is None or not times:
        return None
    ucum = f"{over.ucum}/{under.ucum}" if over.ucum and under.ucum else None
    return Unit(f"{over.unit_id}/{under.unit_id}", ucum, over.factor / under.factor / times)


@lru_cache(maxsize=65_536)
def in_base_units(unit: str | None, value: float | Decimal | None) -> float | None:
    """Return a value in the base unit of its unit, None where either is unknown.

    >>> in_base_units("斤", 14_000_000_000.0), in_base_units("家", 3.0), in_base_units("公里", 0.3)
    (7000000000.0, None, 300.0)
    """
    found = unit_of(unit)
    return None if found is None or value is None else round(float(Decimal(str(value)) * found.factor), 9)


def unit_id_of(unit: str | None) -> str | None:
    """Return the id of a unit as written, None for counted things and unknown ones."""
    found = unit_of(unit)
    return found.unit_id if found else None


def ucum_of(unit: str | None) -> str | None:
    """Return the UCUM code of the base unit of a unit as written, where it has one.

    >>> ucum_of("千瓦时"), ucum_of("件/万人"), ucum_of("吨标准煤")
    ('kW.h', '1/{person}', None)
    """
    found = unit_of(unit)
    return found.ucum if found else None
