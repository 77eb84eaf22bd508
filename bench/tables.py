"""Score the reading of tables cell by cell against hand-made gold: `python bench/tables.py [--unseen]`.

Needs the documents beside the project. A cell is right when row (its indicator), field and text agree, white space
and width of characters apart; a figure when comparator and bounds agree. The rules were written while looking at the
places of SEEN; UNSEEN was scored when they stood (its printed tables had been read to write the gold down).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tarfile
import unicodedata
from collections import Counter
from pathlib import Path

from pipeline.reading import read
from pipeline.records import TableRow
from pipeline.structure import parse
from pipeline.structure.indicator_rows import read_tables

ROOT = Path(__file__).parents[1]
CORPUS = ROOT.parent / "shared" / "corpus"
GOLD = ROOT / "data" / "gold" / "tables"
SEEN = {"beijing15": None, "guangzhou15": None, "guangzhou15 (other print)": "plans/gz-15th.txt", "nation1": None}
UNSEEN = {
    "hangzhou15": None, "hangzhou15 (other print)": "plans/hz-15th.txt", "shanghai15": None,
    "shanghai15 (other print)": "plans/sh-15th.txt", "wuxi2017": None,
}  # fmt: skip
FIELDS = ("indicator", "parent", "unit", "base", "target", "change", "attribute")
Cells = Counter[tuple[str, ...]]


def plain(text: str) -> str:
    """Return a text as cells are compared: without white space and Markdown's escapes, footnote marks taken off."""
    joined = "".join(unicodedata.normalize("NFKC", text).replace("\\", "").split())
    return joined.rstrip("*∗") if not set(joined) <= set("-—－–─―*") else ""


def loaded(file: str) -> bytes:
    """Return a file of the corpus."""
    inside = CORPUS / file
    if inside.is_file():
        return inside.read_bytes()
    with tarfile.open(CORPUS / "work_reports.tar.xz") as archive:
        return archive.extractfile(file).read()


def gold_cells(gold: dict, source: str) -> Cells:
    """Return the cells of a gold document."""
    cells: Cells = Counter()
    for row in (row for table in gold["tables"] for row in table["rows"]):
        texts = {name: plain("".join(source[slice(*one)] for one in row[name])) for name in FIELDS if row.get(name)}
        name = texts["indicator"]
        cells.update((name, field, text) for field, text in texts.items() if text)
        cells.update((name, f"{field} figure", *map(str, figure)) for field, figure in row["figures"].items())
        for field in ("base", "target"):
            if texts.get(field):
                cells[name, f"{field} year", str(row[f"{field}_year"])] += 1
    return cells


def read_cells(rows: list[TableRow], kinds: set[str]) -> Cells:
    """Return the cells of the rows as read, of those kinds that the gold document gives."""
    cells: Cells = Counter()
    for row in rows:
        name = plain(row.indicator or "")
        texts = {"indicator": row.indicator, "parent": row.parent, "unit": row.unit, "attribute": row.attribute}
        for role in ("base", "target", "change"):
            if one := row.value(role):
                texts[role] = one.text
                if one.comparator:
                    cells[name, f"{role} figure", one.comparator, str(one.value_min), str(one.value_max)] += 1
                cells[name, f"{role} year", str(one.year)] += 1
        cells.update((name, field, plain(text)) for field, text in texts.items() if text and plain(text))
    return Counter({one: count for one, count in cells.items() if one[1] in kinds})


def score(gold: Cells, found: Cells) -> tuple[int, int, int]:
    """Return how many cells are right, found and true."""
    return (gold & found).total(), found.total(), gold.total()


def f1(right: int, found: int, true: int) -> float:
    """Return F1."""
    return 2 * right / (found + true) if found + true else 1.0


def scored(name: str, file: str | None, by_field: dict[str, Counter], verbose: bool) -> tuple[int, int, int]:
    """Score one document and print its line."""
    gold = json.loads((GOLD / f"{name.split(' ')[0]}.json").read_text(encoding="utf-8"))
    content = loaded(gold["file"])
    if hashlib.sha256(content).hexdigest() != gold["sha256"]:
        raise SystemExit(f"{gold['file']} is not the file that the gold was made for")
    true = gold_cells(gold, read(content, gold["file"]).source)
    file = file or gold["file"]
    reading = read(loaded(file), file)
    tables = read_tables(reading.text, parse(reading.text, reading.articles), reading.hints)
    rows = [row for table in tables if table.kind == "indicator" for row in table.rows]
    # A unit inside a cell is no cell of the gold's.
    found = read_cells(rows, {one[1] for one in true})
    counts = score(true, found)
    for field in FIELDS:
        part = [Counter({one: n for one, n in cells.items() if one[1] == field}) for cells in (true, found)]
        by_field[field].update(dict(zip(("right", "found", "true"), score(*part), strict=True)))
    n_rows = sum(len(table["rows"]) for table in gold["tables"])
    print(f"{name:<28} rows {len(rows)}/{n_rows}  cells {counts[0]}/{counts[2]}  F1 {f1(*counts):.3f}")
    if verbose:
        for label, cells in (("lacks", true - found), ("wrong", found - true)):
            for one in sorted(cells):
                print("   ", label, *one)
    return counts


def main() -> None:
    """Print the scores."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--unseen", action="store_true")
    parser.add_argument("--verbose", action="store_true")
    given = parser.parse_args()
    by_field = {field: Counter() for field in FIELDS}
    names = UNSEEN if given.unseen else SEEN
    counts = [scored(name, file, by_field, given.verbose) for name, file in names.items()]
    print(f"{'all':<28} F1 {f1(*map(sum, zip(*counts, strict=True))):.3f}")
    for field, one in by_field.items():
        if one["true"]:
            print(f"  {field:<26} F1 {f1(one['right'], one['found'], one['true']):.3f} ({one['true']} cells)")


if __name__ == "__main__":
    main()
