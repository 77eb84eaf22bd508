"""Read every real document, account for each character, and show the worst: `python bench/corpus.py FOLDER...`.

Each file goes through `read` and `parse`. Each character with ink of the source must be in exactly one of sentence,
table row, heading and furniture. Badness is the sum of what makes a reading suspicious, each from 0 (none) to about 1.
"""

from __future__ import annotations

import argparse
import random
import re
import time
import traceback
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import numpy as np

from pipeline.reading import read
from pipeline.records import Reading, Structure
from pipeline.structure import parse

SHARED = Path(__file__).parents[2] / "shared" / "corpus"
INK = re.compile(r"\S")
STOP = re.compile(r"[。！？；：:;!?….—][”’」』》）)\"\]\s]*(?:[（(][^（）()]{1,40}[）)]\s*)?$")
CLOSING = re.compile(r"[，,、。；;：:）)》”’？！]")
LONG = 400


@dataclass(frozen=True)
class Finding:
    """What one file gave; `signs` are the parts of its badness."""

    name: str
    n_chars: int = 0
    parts: Counter[str] = field(default_factory=Counter)
    furniture: Counter[str] = field(default_factory=Counter)
    signs: dict[str, float] = field(default_factory=dict)
    error: str = ""

    @property
    def badness(self) -> float:
        """Return the sum of the signs; a crash is worse than anything."""
        return 1000.0 if self.error else sum(self.signs.values())


def account(reading: Reading, structure: Structure) -> Counter[str]:
    """Count the characters with ink by where they are; `lost` and `twice` must stay 0."""
    source, text = reading.source, reading.text
    seen, places = np.zeros(len(source), np.int8), np.zeros(len(text), np.int8)
    rows = {one.sentence for one in structure.clauses if one.kind == "table_row"}
    parts: Counter[str] = Counter()
    stretches = [("heading", one.start, one.heading_end) for one in structure.sections]
    for at, one in enumerate(structure.sentences):
        stretches.append(("table row" if at in rows else "sentence", one.start, one.end))
    for kind, start, end in stretches:
        places[start:end] += 1
        parts[kind] += len(INK.findall(text, start, end))
    for start, origin, length in reading.source_map.runs:
        if text[start : start + length] != source[origin : origin + length]:
            parts["wrong map"] += length
        seen[origin : origin + length] += places[start : start + length]
    for one in reading.furniture:
        seen[one.start : one.end] += 1
        parts["furniture"] += len(INK.findall(source, one.start, one.end))
    inked = np.zeros(len(source), bool)
    inked[[match.start() for match in INK.finditer(source)]] = True
    parts["lost"], parts["twice"] = int((inked & (seen == 0)).sum()), int((inked & (seen > 1)).sum())
    return parts


def suspicions(reading: Reading, structure: Structure, parts: Counter[str]) -> dict[str, float]:
    """Return the signs of a bad reading; each is scaled so that 1 is plainly bad."""
    ink = max(1, sum(parts[one] for one in ("heading", "sentence", "table row", "furniture")))
    text = reading.text
    heads = {one.start for one in structure.sections} | {
        one.start for one in structure.clauses if one.kind == "table_row"
    }
    ends = {one.heading_end for one in structure.sections}
    prose = broken = at = 0
    for line in text.split("\n"):
        if at not in heads and at + len(line) not in ends and len(line) >= 20:
            prose += 1
            broken += not STOP.search(line) or CLOSING.match(line) is not None
        at += len(line) + 1
    numbered = [one for one in structure.sections if one.enumerator]
    empty = sum(one.end == one.heading_end for one in numbered)
    longest = sum(one.end - one.start > LONG for one in structure.sentences)
    main = len(text) / 1500
    return {
        "lost or counted twice": float(parts["lost"] + parts["twice"] + parts["wrong map"]),
        "share of furniture": 2 * parts["furniture"] / ink,
        "broken paragraphs": 5 * broken / max(20, prose),
        "numbered headings without text": 3 * max(0.0, empty / max(10, len(numbered)) - 0.1),
        "gaps in numbering": 5 * _gaps(text, structure) / max(10, len(numbered)),
        "sentences over 400 characters": 20 * longest / max(50, len(structure.sentences)),
        "hardly any text": max(0.0, 1 - main),
    }


def _gaps(text: str, structure: Structure) -> int:
    """Count the numbered headings under one parent that do not count on by one."""
    from pipeline.structure.outline import ordinal

    families: dict[tuple[int | None, str], list[int]] = {}
    for one in structure.sections:
        if one.enumerator and one.kind == "heading" and (number := ordinal(one.enumerator)):
            form = re.sub(r"[\d一二三四五六七八九十百零〇①-⑳]+", "0", one.enumerator)
            families.setdefault((one.parent, form), []).append(number)
    return sum(after != before + 1 for family in families.values() for before, after in pairwise(family))


def find(path: Path) -> Finding:
    """Read one file."""
    name = "/".join(path.parts[-3:])
    try:
        reading = read(path.read_bytes(), path.name)
        structure = parse(reading.text, reading.articles)
        parts = account(reading, structure)
        furniture: Counter[str] = Counter()
        for one in reading.furniture:
            furniture[one.reason] += len(INK.findall(reading.source, one.start, one.end))
        return Finding(name, len(reading.source), parts, furniture, suspicions(reading, structure, parts))
    except Exception:  # a crash on one file must not hide the others
        return Finding(name, error=traceback.format_exc(limit=-3))


def speed(paths: list[Path], rounds: int = 5) -> None:
    """Print how fast plans and a hundred drawn work reports are read on one core; other work does not count."""
    plans = [one for one in paths if one.suffix == ".txt"]
    reports = [one for one in paths if one.suffix == ".md"]
    chosen = plans + random.Random(14).sample(reports, min(100, len(reports)))
    files = [(one.read_bytes(), one.name) for one in chosen]
    n_chars = sum(len(content.decode("utf-8")) for content, _ in files)
    best = float("inf")
    for _ in range(rounds):
        began = time.process_time()
        for content, name in files:
            read(content, name)
        best = min(best, time.process_time() - began)
    print(f"read: {len(files)} files, {n_chars:,} characters, {n_chars / best:,.0f} characters/s, best of {rounds}")


def main() -> None:
    """Print totals and the worst documents."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", type=Path, nargs="*", default=[SHARED])
    parser.add_argument("--worst", type=int, default=10)
    parser.add_argument("--speed", action="store_true", help="only measure the speed of reading")
    given = parser.parse_args()
    paths = sorted(one for folder in given.folders for one in folder.rglob("*") if one.suffix in {".txt", ".md"})
    paths = [one for one in paths if one.name != "README.md"]
    if given.speed:
        speed(paths)
        return
    began = time.perf_counter()
    with ProcessPoolExecutor(2) as pool:
        found = list(pool.map(find, paths, chunksize=20))
    parts: Counter[str] = sum((one.parts for one in found), Counter())
    furniture: Counter[str] = sum((one.furniture for one in found), Counter())
    failed = [one for one in found if one.error]
    seconds = time.perf_counter() - began
    print(
        f"{len(found)} documents, {sum(one.n_chars for one in found):,} characters, {seconds:.0f} s; {len(failed)} lost"
    )
    print("characters with ink: " + ", ".join(f"{kind} {parts[kind]:,}" for kind in
          ("sentence", "heading", "table row", "furniture", "lost", "twice", "wrong map")))  # fmt: skip
    print("furniture: " + ", ".join(f"{reason} {n:,}" for reason, n in furniture.most_common()))
    for one in sorted(found, key=lambda one: -one.badness)[: given.worst]:
        why = sorted(one.signs.items(), key=lambda item: -item[1])
        told = one.error.strip() or ", ".join(f"{sign} {value:.2f}" for sign, value in why if value > 0.05)
        print(f"{one.badness:7.2f} {one.name}: {told}")


if __name__ == "__main__":
    main()
