"""Count one document: quantities, joins, themes, and the errors one by one."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.evaluation.gold import GoldDocument
from pipeline.evaluation.matching import Row, agrees, pair, spans_of
from pipeline.evaluation.scores import FULL, READ, VALUE, Tally

_NEAR = 2
"""Characters by which a start may be off: quotation marks, white space."""

Errors = list[dict[str, object]]


@dataclass(frozen=True, slots=True)
class Predicted:
    """Rows of the tables of one document, as dicts; clauses with their `theme`."""

    quantities: Sequence[Row]
    clauses: Sequence[Row]
    sections: Sequence[Row]


def count_document(gold: GoldDocument, predicted: Predicted) -> tuple[Tally, Errors]:
    """Count one document.

    Returns:
        The tally, and a row for each error: kind (missed, spurious, field, join, split, theme), field, wanted,
        got, and source offsets start and end.
    """
    errors: Errors = []
    tally = Tally()
    _count_quantities(gold, predicted.quantities, tally, errors)
    _count_joins(gold, predicted, tally, errors)
    _count_themes(gold, predicted.clauses, tally, errors)
    return tally, errors


def _error(kind: str, span: tuple[int, int], wanted: object, got: object, field: str = "") -> dict[str, object]:
    return {"kind": kind, "field": field, "wanted": wanted, "got": got, "start": span[0], "end": span[1]}


def _count_quantities(gold: GoldDocument, rows: Sequence[Row], tally: Tally, errors: Errors) -> None:
    low, high = gold.scored
    rows = [row for row in rows if any(low <= start < high for start, _ in spans_of(row))]
    paired = pair(rows, gold.quantities)
    count = tally.quantities
    spare = {number for at, number in paired.items() if gold.quantities[at].optional}
    for at, one in enumerate(gold.quantities):
        if one.optional:
            continue
        committed = "commitment" in one.accept["status"]
        count.update(gold=1, gold_commitment=int(committed))
        if at not in paired:
            errors.append(_error("missed", one.spans[0], one.quote, None))
            continue
        row = rows[paired[at]]
        right = {field: agrees(row, one, field) for field in one.accept}
        tally.fields.update({field: int(value) for field, value in right.items()})
        count.update(found=1)
        for level, fields in (("value", VALUE), ("read", READ), ("full", FULL)):
            count[level] += all(right[field] for field in fields)
        count["full_commitment"] += committed and all(right[field] for field in FULL)
        errors += [
            _error("field", one.spans[0], "|".join(map(str, one.accept[field])), row[field], field)
            for field, fine in right.items()
            if not fine
        ]
    kept = [row for number, row in enumerate(rows) if number not in spare]
    count.update(predicted=len(kept), predicted_commitment=sum(row["status"] == "commitment" for row in kept))
    used = set(paired.values())
    errors += [
        _error("spurious", spans_of(row)[0], None, row["quote"])
        for number, row in enumerate(rows)
        if number not in used
    ]


def _count_joins(gold: GoldDocument, predicted: Predicted, tally: Tally, errors: Errors) -> None:
    rows = (*predicted.clauses, *predicted.sections)
    starts = sorted({min(spans_of(row))[0] for row in rows if len(row["source_spans"])})
    for unit in gold.units:
        if unit.starts_unit is None:
            continue
        at = bisect_left(starts, unit.start - _NEAR)
        joined = at == len(starts) or starts[at] > unit.start + _NEAR
        if joined and not unit.starts_unit:
            tally.joins["tp"] += 1
        elif joined != (not unit.starts_unit):
            tally.joins["fp" if joined else "fn"] += 1
            errors.append(_error("join" if joined else "split", (unit.start, unit.end), unit.starts_unit, not joined))


def _count_themes(gold: GoldDocument, clauses: Sequence[Row], tally: Tally, errors: Errors) -> None:
    cover = sorted((start, end, number) for number, row in enumerate(clauses) for start, end in spans_of(row))
    starts = [start for start, _, _ in cover]
    for unit in gold.units:
        if unit.kind != "clause" or unit.theme is None:
            continue
        at = bisect_right(starts, unit.start) - 1
        got = clauses[cover[at][2]]["theme"] if at >= 0 and unit.start < cover[at][1] else None
        tally.themes.append((unit.theme, got, unit.secondary))
        if got != unit.theme:
            errors.append(_error("theme", (unit.start, unit.end), unit.theme, got, "theme"))


def confusion(tally: Tally) -> Counter[tuple[str, str]]:
    """Return how often each gold theme was given each theme; `none` where no clause stands."""
    return Counter((gold, got or "none") for gold, got, _ in tally.themes)
