"""Pair predictions with gold by the source characters that they share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.evaluation.gold import GoldQuantity
from pipeline.records import Span

_SAME_UNIT = {
    "percent": "%",
    "％": "%",
    "百分点": "个百分点",
    "percentage_point": "个百分点",
    "倍": "times",
    "番": "times",
}
_TOLERANCE = 1e-6

Row = Mapping[str, Any]


def spans_of(row: Row) -> list[Span]:
    """Return the source spans of a row of a table."""
    return [(int(low), int(high)) for low, high in row["source_spans"]]


def pair(rows: Sequence[Row], gold: Sequence[GoldQuantity]) -> dict[int, int]:
    """Pair each gold quantity, in order, with the unpaired row that shares most characters with it.

    Returns:
        Index of the row by index of the gold quantity.
    """
    found: dict[int, int] = {}
    used: set[int] = set()
    for at, one in enumerate(gold):
        shared = [(_shared(spans_of(row), one.spans), -number) for number, row in enumerate(rows) if number not in used]
        best = max(shared, default=(0, 0))
        if best[0]:
            found[at] = -best[1]
            used.add(-best[1])
    return found


def _shared(spans: Sequence[Span], others: Sequence[Span]) -> int:
    return sum(max(0, min(end, high) - max(start, low)) for start, end in spans for low, high in others)


def agrees(row: Row, one: GoldQuantity, field: str) -> bool:
    """Tell whether a field of a row holds one of the accepted values.

    Units are compared without their spelling (`倍` is `times`, a wide stroke a narrow one), numbers to six digits,
    deadlines by year.
    """
    accepted, got = one.accept[field], _plain(row[field])
    if field in ("value_min", "value_max"):
        return any(_same_number(got, value) for value in accepted)
    if field == "unit":
        return _unit(got) in {_unit(value) for value in accepted}
    if field == "deadline":
        return (None if got is None else str(got)[:4]) in {None if not one else str(one)[:4] for one in accepted}
    return got in accepted


def _plain(value: Any) -> Any:  # noqa: ANN401
    """Return None for every kind of missing value."""
    if value is None or value != value or str(value) == "<NA>":
        return None
    return value


def _same_number(got: object, wanted: object) -> bool:
    if got is None or wanted is None or wanted == "":
        return got is None and wanted in (None, "")
    low, high = float(str(got)), float(str(wanted))
    return abs(low - high) <= _TOLERANCE * max(1.0, abs(high))


def _unit(value: object) -> str | None:
    text = None if value is None else str(value).replace(" ", "").replace("／", "/")
    return _SAME_UNIT.get(text, text) if text is not None else None
