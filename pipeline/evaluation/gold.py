"""Gold data: what readers found in a document by the guidelines, in offsets of the decoded source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from pipeline.records import Span

T = TypeVar("T")

VALUE_FIELDS = ("value_min", "value_max")
READ_FIELDS = (*VALUE_FIELDS, "comparator", "unit")
FULL_FIELDS = (*READ_FIELDS, "measure", "status", "deadline")
FIELDS = (*FULL_FIELDS, "force", "indicator")
"""Fields of a quantity that gold holds, each with the values accepted."""


@dataclass(frozen=True, slots=True)
class GoldUnit:
    """A comma-delimited stretch: a clause or heading, or a part of one.

    Attributes:
        start: Start in the decoded source.
        end: End of the (first) span.
        kind: `clause` or `heading`.
        starts_unit: Whether a clause or heading starts here; None where two readers disagreed.
        themes: The primary theme, or the two that disagreeing readers chose; none for a heading.
        agreed: Whether the readers agreed on the theme.
        secondary: Themes that are plainly there too.
    """

    start: int
    end: int
    kind: str
    starts_unit: bool | None
    themes: tuple[str, ...]
    agreed: bool
    secondary: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GoldQuantity:
    """A quantity of the source.

    Attributes:
        spans: Spans in the decoded source; several where the print breaks it.
        quote: The stretch as one reader marked it.
        optional: Whether a reader could as well not mark it; such a one counts neither way.
        accept: Accepted values of each of FIELDS.
    """

    spans: tuple[Span, ...]
    quote: str
    optional: bool
    accept: Mapping[str, tuple[object, ...]]

    @property
    def is_commitment(self) -> bool:
        """Whether a reader took it for a commitment."""
        return "commitment" in self.accept["status"]


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """The gold of one document.

    Attributes:
        name: Name of the gold file, for a sample the doc_id.
        sha256: Hex digest of the source file.
        scored_from: Start of the part that was read.
        scored_to: End of that part.
        units: In the order of the source.
        quantities: In the order of the source.
    """

    name: str
    sha256: str
    scored_from: int
    scored_to: int
    units: tuple[GoldUnit, ...]
    quantities: tuple[GoldQuantity, ...]


def parse_gold(given: Mapping[str, Any], name: str = "") -> GoldDocument:
    """Build the gold of a document from the mapping of its JSON file.

    Args:
        given: Keys `sha256, scored_from, scored_to, units, quantities`, and `name` where it has one.
        name: Name for gold that does not name itself, such as the stem of its file.

    Raises:
        ValueError: Naming the entry and the key that lacks or has the wrong type.
    """
    given = _typed(given, "gold", dict)
    lists = {key: _get(given, key, "gold", list) for key in ("units", "quantities")}
    return GoldDocument(
        name=_get(given, "name", "gold", str) if "name" in given else name,
        sha256=_get(given, "sha256", "gold", str),
        scored_from=_get(given, "scored_from", "gold", int),
        scored_to=_get(given, "scored_to", "gold", int),
        units=tuple(_unit(one, f"units[{at}]") for at, one in enumerate(lists["units"])),
        quantities=tuple(_quantity(one, f"quantities[{at}]") for at, one in enumerate(lists["quantities"])),
    )


def _unit(given: Mapping[str, Any], where: str) -> GoldUnit:
    given = _typed(given, where, dict)
    kind = _get(given, "kind", where, str)
    if kind not in {"clause", "heading"}:
        msg = f"{where}.kind must be clause or heading, got {kind!r}"
        raise ValueError(msg)
    start, end = _span(given, where)
    disagreed = given.get("starts_unit", True) is None
    starts_unit = None if disagreed else _get(given, "starts_unit", where, bool)
    themes, secondary = (tuple(_get(given, key, where, list)) for key in ("themes", "secondary"))
    return GoldUnit(start, end, kind, starts_unit, themes, _get(given, "agreed", where, bool), secondary)


def _quantity(given: Mapping[str, Any], where: str) -> GoldQuantity:
    given = _typed(given, where, dict)
    more = [_typed(one, f"{where}.also", list) for one in given.get("also", [])]
    spans = [_span(given, where), *(_span(dict(zip(("start", "end"), one, strict=False)), where) for one in more)]
    accept = _get(given, "accept", where, dict)
    accepted = {key: tuple(_get(accept, key, f"{where}.accept", list)) for key in FIELDS}
    quotes = _get(given, "quotes", where, list)
    quote = str(quotes[0]) if quotes else ""
    return GoldQuantity(tuple(spans), quote, _get(given, "optional", where, bool), accepted)


def _span(given: Mapping[str, Any], where: str) -> Span:
    start, end = _get(given, "start", where, int), _get(given, "end", where, int)
    if not 0 <= start < end:
        msg = f"{where}: start must be less than end and not negative, got {start} and {end}"
        raise ValueError(msg)
    return start, end


def _get(given: Mapping[str, Any], key: str, where: str, wanted: type[T]) -> T:
    if key not in given:
        msg = f"{where} lacks the key {key!r}"
        raise ValueError(msg)
    return _typed(given[key], f"{where}.{key}", wanted)


def _typed(value: object, where: str, wanted: type[T]) -> T:
    if not isinstance(value, wanted) or (isinstance(value, bool) and wanted is int):
        msg = f"{where} must be {wanted.__name__}, got {value!r:.60}"
        raise ValueError(msg)
    return value
