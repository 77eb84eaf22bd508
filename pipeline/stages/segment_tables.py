"""The rows of the tables `tables` and `table_rows`, of one document."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.records import CellValue, Hint, SourceMap, Structure, TableFound, TableRow, make_id
from pipeline.structure.indicator_rows import read_tables

Rows = list[dict[str, object]]


def source_map_of(document: Mapping[Any, Any]) -> SourceMap:
    """Return the source map of a row of the documents table."""
    return SourceMap(tuple((int(one[0]), int(one[1]), int(one[2])) for one in document["source_map"]))


def hints_of(document: Mapping[Any, Any]) -> tuple[Hint, ...]:
    """Return the hints of a row of the documents table."""
    return tuple(Hint(one["kind"], int(one["start"]), int(one["end"]), int(one["level"])) for one in document["hints"])


def is_doubtful(hints: Sequence[Hint], start: int, end: int) -> bool:
    """Tell whether a stretch of the text stands, in part, where the extractors of the file disagree."""
    return any(one.kind == "doubtful" and one.start < end and start < one.end for one in hints)


class TableRecords:
    """Turns the tables of one document into rows.

    `tables` has one row for each table: `table_id`; `section_id` (its caption or header row as a section, else the
    section that it stands in); `caption`; `kind` (`indicator`: most rows name something and give its value or say
    whether it binds; `other`); `n_rows` and `n_columns` (as read: header rows and labels of groups do not count);
    `header` (label of each column, levels joined; empty without a header); `note` (what stands below it after 注：);
    `start`, `end`, `source_spans` (caption included); `doubtful`.

    `table_rows` has one row for each printed row that gives values: `row_id`; `table_id`; `clause_id` (the clause that
    it is, or is part of); `number` (from 1 within the table); `group` (label over several rows, without `（5项）`);
    `parent` (the indicator that this one is a part of: 其中, a merged cell); `indicator` (without unit, serial number
    and footnote marks); `unit` (from its column, the brackets behind the name, the cells, or the line above the
    table; with multiplier, as printed); `base_*` (the latest base), `target_*` (the first target) and `change_*`
    (growth or sum over the years): `value` is the cell as printed without white space, `min` and `max` its bounds in
    `unit` (a multiplier inside the cell multiplied out), `comparator` as in quantities, empty where the cell holds no
    figure (`与经济增长同步`), `year` from the header or the cell; `aggregation` (`annual_average`, `cumulative`) of the
    change, else of the target; `attribute` (`约束性`, `预期性` as printed, carried to the parts of an indicator) and
    `force` (`binding`, `expected`); `cells` (the text of each column); `start`, `end`, `source_spans`; `doubtful`.
    """

    def __init__(
        self, document: Mapping[Any, Any], structure: Structure, section_ids: Sequence[str], clause_ids: Sequence[str]
    ) -> None:
        """Read the tables of a document.

        Args:
            document: Row of the documents table.
            structure: Its structure.
            section_ids: Id of each section.
            clause_ids: Id of each clause.
        """
        self._document, self._structure = document, structure
        self._section_ids, self._clause_ids = section_ids, clause_ids
        self._hints, self._map = hints_of(document), source_map_of(document)
        self._found = read_tables(document["text"], structure, self._hints)
        self._ids = [make_id("table", document["sha256"], one.start, one.end) for one in self._found]

    def tables(self) -> Rows:
        """Return the rows of the table `tables`."""
        return [self._table(table_id, one) for table_id, one in zip(self._ids, self._found, strict=True)]

    def rows(self) -> Rows:
        """Return the rows of the table `table_rows`."""
        starts = [one.start for one in self._structure.clauses]
        return [
            self._row(row, number)
            | {"table_id": table_id, "clause_id": self._clause_ids[bisect_right(starts, row.start) - 1]}
            for table_id, table in zip(self._ids, self._found, strict=True)
            for number, row in enumerate(table.rows, 1)
        ]

    def _place(self, start: int, end: int) -> dict[str, object]:
        return {
            "doc_id": self._document["doc_id"],
            "start": start,
            "end": end,
            "source_spans": self._map.spans(start, end),
            "doubtful": is_doubtful(self._hints, start, end),
        }

    def _table(self, table_id: str, one: TableFound) -> dict[str, object]:
        return self._place(one.start, one.end) | {
            "table_id": table_id,
            "section_id": None if one.section is None else self._section_ids[one.section],
            "caption": one.caption,
            "kind": one.kind,
            "n_rows": len(one.rows),
            "n_columns": max((len(row.cells) for row in one.rows), default=0),
            "header": list(one.header),
            "note": one.note,
        }

    def _row(self, one: TableRow, number: int) -> dict[str, object]:
        base, target, change = (one.value(role) for role in ("base", "target", "change"))
        return {
            **self._place(one.start, one.end),
            "row_id": make_id("row", self._document["sha256"], one.start, one.end),
            "number": number,
            "group": one.group,
            "parent": one.parent,
            "indicator": one.indicator,
            "unit": one.unit,
            **_columns("base", base),
            **_columns("target", target),
            **_columns("change", change),
            "aggregation": (change or target).aggregation if change or target else None,  # type: ignore[union-attr]
            "attribute": one.attribute,
            "force": one.force,
            "cells": list(one.cells),
        }


def _columns(role: str, value: CellValue | None) -> dict[str, object]:
    if value is None:
        return dict.fromkeys(f"{role}_{name}" for name in ("value", "min", "max", "comparator", "year"))
    return {
        f"{role}_value": value.text,
        f"{role}_min": value.value_min,
        f"{role}_max": value.value_max,
        f"{role}_comparator": value.comparator,
        f"{role}_year": value.year,
    }
