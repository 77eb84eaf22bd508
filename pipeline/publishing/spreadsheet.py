"""All tables in one Excel workbook, with the data dictionary; no cell is ever a formula."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pyarrow as pa

from pipeline.files import atomic
from pipeline.publishing.dictionary import Entry, dictionary

MAX_ROWS = 1_048_575
"""Of a sheet, below its header (Excel's own limit)."""
_LONGEST_CELL = 32_767
_CREATED = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""The same tables give the same bytes."""
_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "constant_memory": True, "nan_inf_to_errors": False}


def write_workbook(tables: Mapping[str, pd.DataFrame], path: Path) -> list[str]:
    """Write a sheet for each table.

    Returns:
        Names of the tables that a sheet cannot hold; they are left out.
    """
    import xlsxwriter

    left_out = [name for name, frame in tables.items() if len(frame) > MAX_ROWS]
    with atomic(path) as temporary:
        book = xlsxwriter.Workbook(temporary, _OPTIONS)
        book.set_properties({"created": _CREATED, "title": "PlanLens"})
        head = book.add_format({"bold": True, "bottom": 1})
        for name, frame in tables.items():
            if name not in left_out:
                _sheet(book, name, frame, head)
        _sheet(book, "data dictionary", _meanings(tables), head)
        book.close()
    return left_out


def _meanings(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    known = dictionary()
    rows = [(name, "", known.get(name, Entry()).about) for name in tables]
    rows += [
        (name, column, known[name].columns.get(column, ""))
        for name, frame in tables.items()
        if name in known
        for column in frame.columns
    ]
    return pd.DataFrame(sorted(rows), columns=["table", "column", "meaning"])


def _sheet(book: object, name: str, frame: pd.DataFrame, head: object) -> None:
    sheet = book.add_worksheet(name[:31])  # type: ignore[attr-defined]
    sheet.freeze_panes(1, 0)
    table = pa.Table.from_pandas(frame, preserve_index=False)
    for column, one in enumerate(table.schema):
        sheet.set_column(column, column, 12 if pa.types.is_floating(one.type) or pa.types.is_integer(one.type) else 24)
    sheet.write_row(0, 0, table.column_names, head)
    columns = [table[one].to_pylist() for one in table.column_names]
    for row, values in enumerate(zip(*columns, strict=True), start=1):
        for column, value in enumerate(values):
            if value is not None and value == value:  # noqa: PLR0124 - NaN is not itself
                _cell(sheet, row, column, value)
    sheet.autofilter(0, 0, max(1, table.num_rows), max(0, table.num_columns - 1))


def _cell(sheet: object, row: int, column: int, value: object) -> None:
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)  # type: ignore[attr-defined]
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value)  # type: ignore[attr-defined]
    else:
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        sheet.write_string(row, column, text[:_LONGEST_CELL])  # type: ignore[attr-defined]
