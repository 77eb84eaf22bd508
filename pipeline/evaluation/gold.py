"""Gold data: what readers marked in a document, with offsets into its decoded source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.records import Span

FIELDS = ("value_min", "value_max", "comparator", "unit", "measure", "status", "deadline", "force", "indicator")
"""Fields of a quantity that gold data list accepted values for."""


@dataclass(frozen=True, slots=True)
class GoldUnit:
    """A stretch between candidate boundaries.

    Attributes:
        start: Start in the source.
        end: End in the source.
        kind: `clause`, `heading` or another kind that is not scored.
        starts_unit: Whether a clause or heading starts here; None where the readers disagreed.
        theme: Primary theme, or None where it is not agreed.
        secondary: Themes that a lenient score accepts too.
    """

    start: int
    end: int
    kind: str
    starts_unit: bool | None
    theme: str | None
    secondary: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GoldQuantity:
    """A quantity as the readers read it.

    Attributes:
        spans: Its source spans; several where print breaks it.
        quote: As written.
        optional: Whether finding it counts neither way.
        accept: Accepted values by field.
    """

    spans: tuple[Span, ...]
    quote: str
    optional: bool
    accept: Mapping[str, tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """The gold data of one document.

    Attributes:
        name: Name of the gold file.
        sha256: Of the document's bytes.
        scored: The part of the source that was read.
        units: In the order of the source.
        quantities: In the order of the source.
    """

    name: str
    sha256: str
    scored: Span
    units: tuple[GoldUnit, ...]
    quantities: tuple[GoldQuantity, ...]


def parse_gold(given: Mapping[str, Any], name: str) -> GoldDocument:
    """Build the gold data of a document from its JSON.

    Raises:
        ValueError: If a key is missing or has the wrong type.
    """
    try:
        return GoldDocument(
            name,
            str(given["sha256"]),
            (int(given["scored_from"]), int(given["scored_to"])),
            tuple(_unit(one) for one in given["units"]),
            tuple(_quantity(one) for one in given["quantities"]),
        )
    except (KeyError, TypeError, AttributeError) as error:
        msg = f"no gold data: {type(error).__name__} {error}; data/README.md says what a gold file holds"
        raise ValueError(msg) from error


def _unit(one: Mapping[str, Any]) -> GoldUnit:
    agreed = one["agreed"] and one["themes"]
    return GoldUnit(
        one["start"],
        one["end"],
        one["kind"],
        one["starts_unit"],
        one["themes"][0] if agreed else None,
        tuple(one.get("secondary") or ()),
    )


def _quantity(one: Mapping[str, Any]) -> GoldQuantity:
    spans = ((one["start"], one["end"]), *((low, high) for low, high in one.get("also", ())))
    accept = {field: tuple(values) for field, values in one["accept"].items() if field in FIELDS}
    return GoldQuantity(spans, one["quotes"][0], bool(one["optional"]), accept)
