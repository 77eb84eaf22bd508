"""Build the sample corpus and its gold data from the annotated sources: `python data/sample_source/build.py`.

The six cities are invented, and so is every sentence.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import formats
from gold import gold_quantities, gold_units, locate
from markup import Source, parse

from pipeline.reading import read
from pipeline.tables import CORPUS_COLUMNS

HERE = Path(__file__).parent
WRITERS: dict[str, tuple[str, Callable[[Source], bytes]]] = {
    "yunze-14-proposal": ("txt", formats.newspaper),
    "lanping-14-outline": ("txt", lambda source: formats.plain(source, "gb18030")),
    "yuning-2021-report": ("html", formats.web_page),
    "yanxi-15-proposal": ("docx", formats.word),
    "heyang-15-outline": ("pdf", formats.printed),
    "xicheng-2026-report": ("txt", lambda source: formats.plain(source, "utf-8")),
}


def row_of(doc_id: str, file: str, source: Source, content: bytes) -> dict[str, str]:
    """Return the row of corpus.csv."""
    known = source.known
    start, end = known["period"].split("-")
    row = dict.fromkeys(CORPUS_COLUMNS, "")
    return row | {
        "doc_id": doc_id,
        "file": file,
        "place": known["place"],
        "level": "city",
        "doc_type": known["doc_type"],
        "period_start": start,
        "period_end": end,
        "title": known["title"],
        "issuer": known["issuer"],
        "published": known["published"],
        "licence": "Apache-2.0",
        "sha256": hashlib.sha256(content).hexdigest(),
    }


def gold_of(file: str, source: Source, content: bytes) -> dict[str, object]:
    """Return the gold data of a built file."""
    decoded = read(content, file).source
    located = locate(source, decoded, (f"{source.known['place']}人民政府公报",))
    scored = [(unit, places) for unit, places in located if unit.kind != "furniture"]
    units = [one for unit, places in scored for one in gold_units(unit, places, decoded)]
    quantities = [one for unit, places in scored for one in gold_quantities(unit, places, decoded)]
    return {
        "file": file,
        "sha256": hashlib.sha256(content).hexdigest(),
        "scored_from": 0,
        "scored_to": len(decoded),
        "units": sorted(units, key=lambda one: one["start"]),
        "quantities": sorted(quantities, key=lambda one: one["start"]),
    }


def build(data: Path) -> None:
    """Write `raw/sample` and `gold/sample` under `data`."""
    raw, gold = data / "raw" / "sample", data / "gold" / "sample"
    raw.mkdir(parents=True, exist_ok=True)
    gold.mkdir(parents=True, exist_ok=True)
    rows = []
    for doc_id, (suffix, writer) in sorted(WRITERS.items()):
        source = parse(HERE / f"{doc_id}.txt")
        file, content = f"{doc_id}.{suffix}", writer(source)
        (raw / file).write_bytes(content)
        rows.append(row_of(doc_id, file, source, content))
        found = gold_of(file, source, content)
        text = json.dumps(found, ensure_ascii=False, separators=(",", ":"), sort_keys=True).replace('},{"', '},\n{"')
        (gold / f"{doc_id}.json").write_text(text + "\n", encoding="utf-8")
        print(f"{file}: {len(found['units'])} units, {len(found['quantities'])} quantities")
    out = io.StringIO(newline="")
    writer_ = csv.DictWriter(out, CORPUS_COLUMNS, lineterminator="\n")
    writer_.writeheader()
    writer_.writerows(rows)
    (raw / "corpus.csv").write_text(out.getvalue(), encoding="utf-8")


if __name__ == "__main__":
    build(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parent)
