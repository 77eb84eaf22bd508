"""Tables as read: their rows with indicator, unit, values and attribute."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.records import Clause, Hint, Section, Structure, TableFound, TableRow
from pipeline.structure.barred import read_bars
from pipeline.structure.flattened import read_flat, read_headless
from pipeline.structure.row_cells import RowReader
from pipeline.structure.table_columns import Column

_NOTE = re.compile(r"\s*(?:(?:备\s*)?注\s*\d*\s*[:：.．]|说明[:：]|[*∗※])")
_NEXT_NOTE = re.compile(r"\s*(?:\d{1,2}[.．、]|[①-⑳]|[*∗※])")
_PART = re.compile(r"[（(]?\s*续\s*表?\s*\d*\s*[）)]?|[（(]\s*[一二三四五六七八九十\d]+\s*[）)]\s*$")
_LINE = re.compile(r"[^\n]*\S")
_UNIT_INSIDE = re.compile(r"单位\s*[:：]\s*([^\s（）()]{1,12})")
_MAX_NOTES, _MAX_GAP = 12, 80

Rows = list[TableRow]


def read_tables(text: str, structure: Structure, hints: Sequence[Hint] = ()) -> tuple[TableFound, ...]:
    """Read the tables of a text.

    Args:
        text: Canonical text.
        structure: Its structure: the rows are its clauses of kind `table_row`.
        hints: Canonical hints; `row_span` and `column_span` say what merged cells cover.

    Returns:
        Tables by start, not overlapping. A table that goes on below 续表 or its repeated header is one.
    """
    merged = [one for one in hints if one.kind in {"row_span", "column_span"}]
    found: list[TableFound] = []
    for run in _runs(text, structure):
        table = _read(text, structure, run, merged)
        if found and _goes_on(found[-1], table):
            before = found.pop()
            table = replace(before, end=table.end, rows=before.rows + table.rows, note=table.note or before.note)
        found.append(table)
    return tuple(found)


def _runs(text: str, structure: Structure) -> Iterator[list[Clause]]:
    """Yield the rows that follow each other with nothing between them."""
    run: list[Clause] = []
    for one in structure.clauses:
        if one.kind != "table_row":
            continue
        if run and (run[-1].section != one.section or text[run[-1].end : one.start].strip()):
            yield run
            run = []
        run.append(one)
    if run:
        yield run


def _read(text: str, structure: Structure, run: Sequence[Clause], hints: Sequence[Hint]) -> TableFound:
    header, caption = _heads(text, structure, run[0])
    start = header.start if header else run[0].start
    lines = [
        (one.end() - len(one.group().lstrip()), one.group().lstrip())
        for one in _LINE.finditer(text, start, run[-1].end)
    ]
    title = text[caption.start : caption.heading_end].strip() if caption else None
    unit = _UNIT_INSIDE.search(title or "")
    barred = any(mark in text[run[0].start : run[0].end] for mark in "|\t")
    columns, rows = (_barred if barred else _flat)(text, lines, hints, unit[1] if unit else None)
    shown = [column.label for column in columns] if header else []
    _share_attributes(rows)
    return TableFound(
        caption.start if caption else start,
        run[-1].end,
        run[0].section,
        title,
        tuple(shown),
        _kind(columns, rows),
        tuple(rows),
        _note(text, run[-1].end),
    )


def _heads(text: str, structure: Structure, row: Clause) -> tuple[Section | None, Section | None]:
    """Return the sections that are header row and caption of the table with this first row."""
    above = None if row.section is None else structure.sections[row.section]
    header = above if above is not None and above.kind == "table_header" else None
    if header is not None:
        above = None if header.parent is None else structure.sections[header.parent]
    below = header.start if header else row.start
    if above is None or above.kind != "caption" or text[above.heading_end : below].strip():
        return header, None
    return header, above


def _barred(
    text: str, lines: Sequence[tuple[int, str]], hints: Sequence[Hint], unit: str | None
) -> tuple[list[Column], Rows]:
    low, high = lines[0][0], lines[-1][0] + len(lines[-1][1])
    table = read_bars(lines, [one for one in hints if low <= one.start < high])
    reader = RowReader(text, table.columns, unit)
    labels = [one.label for one in table.columns]
    rows: Rows = []
    for cells, printed in zip(table.rows, table.printed, strict=True):
        own = [one for one, there in zip(cells, printed, strict=True) if there]
        if not own or (any(labels) and [re.sub(r"\s", "", one.text) for one in cells] == labels):
            continue
        row = reader.row(cells, (own[0].start, own[-1].end))
        if row is not None:
            rows.append(row)
    return list(table.columns), rows


def _flat(
    text: str, lines: Sequence[tuple[int, str]], hints: Sequence[Hint], unit: str | None
) -> tuple[list[Column], Rows]:
    del hints
    table = read_flat(tuple(lines)) or read_headless(tuple(lines))
    if table is None:
        return [], []
    reader = RowReader(text, table.columns, table.unit or unit)
    shown = [at for at, one in enumerate(table.columns) if one.label or one.kind not in {"group", "serial"}]
    rows: Rows = []
    for one in table.rows:
        row = reader.row(one.cells, (one.name_start, one.end), one.parent)
        if row is not None:
            rows.append(replace(row, cells=tuple(row.cells[at] for at in shown)))
    return [table.columns[at] for at in shown], rows


def _share_attributes(rows: Rows) -> None:
    """Give the parts of an indicator the attribute that a merged cell prints for one of them only."""
    for at, one in enumerate(rows):
        if one.attribute is None and one.parent is not None:
            parts = [other for other in rows[max(0, at - 6) : at + 7] if other.parent == one.parent and other.attribute]
            if parts:
                rows[at] = replace(one, attribute=parts[0].attribute)


def _kind(columns: Sequence[Column], rows: Rows) -> str:
    """Return `indicator` where most rows name something and give its value, or say whether it binds."""
    if not rows or not any(one.kind == "indicator" for one in columns):
        return "other"
    telling = sum(bool(one.attribute or any(value.comparator for value in one.values)) for one in rows)
    return "indicator" if telling * 2 >= len(rows) else "other"


def _note(text: str, end: int) -> str | None:
    """Return the note below a table: the line that opens with 注 and the numbered ones after it."""
    found: list[str] = []
    for one in _LINE.finditer(text, end):
        line = one.group().strip()
        if not (_NEXT_NOTE if found else _NOTE).match(line) or len(found) >= _MAX_NOTES:
            break
        found.append(line)
    return "\n".join(found) or None


def _goes_on(before: TableFound, after: TableFound) -> bool:
    """Tell whether a table is the rest of the one before it."""
    if before.note is not None or after.start - before.end > _MAX_GAP or not before.rows:
        return False
    again = not after.header or after.header == before.header
    if after.caption is None:
        return again and after.start - before.end <= 2  # noqa: PLR2004
    return again and _PART.sub("", after.caption).strip() in {"", _PART.sub("", before.caption or "").strip()}
