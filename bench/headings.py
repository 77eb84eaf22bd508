"""Score headings and levels against the hand-made trees: `python bench/headings.py [--set dev|test] [--show NAME]`.

`data/gold/trees` holds offsets and levels of real documents beside the project. Headings that the reader called
optional (unnumbered run-in titles, dash titles) count neither way. Level accuracy is over the headings found.
"""

from __future__ import annotations

import argparse
import json
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from pipeline.reading import read
from pipeline.structure import parse

ROOT = Path(__file__).parents[1]
TREES = ROOT / "data" / "gold" / "trees"
SHARED = ROOT.parent / "shared" / "corpus"
# Labelled last, when the rules stood; the others were looked at while the rules were written.
TEST = frozenset({"nation13", "nation15", "nation6", "guangzhou15_pdf", "chongqing2004", "jiangxi2005", "qingdao2009",
                  "yunnan2016", "lanzhou2019", "heilongjiang2021"})  # fmt: skip
STEPS = (0, 1, -1, 2, -2)


class Score(NamedTuple):
    """Headings found, too many, missed, with the right level; and what went wrong, a line each."""

    found: int = 0
    extra: int = 0
    missed: int = 0
    levels: int = 0
    lines: tuple[str, ...] = ()

    @property
    def f1(self) -> float:
        """F1 of the headings."""
        return 2 * self.found / max(1, 2 * self.found + self.extra + self.missed)

    @property
    def level_accuracy(self) -> float:
        """Share of the headings found that have the right level."""
        return self.levels / max(1, self.found)

    def plus(self, other: Score) -> Score:
        """Add up."""
        return Score(*(one + two for one, two in zip(self, other, strict=True)))


def contents_of(trees: list[dict]) -> Iterator[bytes]:
    """Yield the bytes of the documents, in order."""
    packed: dict[str, bytes] = {}
    wanted = {tree["file"] for tree in trees}
    with tarfile.open(SHARED / "work_reports.tar.xz") as archive:
        for member in archive:
            if member.name in wanted and (file := archive.extractfile(member)):
                packed[member.name] = file.read()
    for tree in trees:
        yield packed[tree["file"]] if tree["file"] in packed else (SHARED / tree["file"]).read_bytes()


def score(tree: dict, content: bytes) -> Score:
    """Score one document."""
    reading = read(content, tree["file"])
    sections = parse(reading.text, reading.articles, hints=reading.hints).sections
    until = tree.get("until", len(reading.source))
    said = {
        spans[0][0]: one
        for one in sections
        if one.kind != "table_header" and (spans := reading.source_map.spans(one.start, one.heading_end))
    }
    gold = {one["start"]: one for one in tree["headings"]}
    found = missed = levels = 0
    lines: list[str] = []
    for start, one in gold.items():
        hit = next((said[start + step] for step in STEPS if start + step in said), None)
        if one["optional"]:
            continue
        found, missed = found + (hit is not None), missed + (hit is None)
        levels += hit is not None and hit.level == one["level"]
        if hit is None or hit.level != one["level"]:
            what = "missed" if hit is None else f"level {hit.level} for {one['level']}"
            lines.append(f"{what}: {reading.source[start : start + 30]!r}")
    inside = [*tree["tables"], *tree.get("contents", [])]
    extra = [
        start
        for start in said
        if start < until
        and not any(start + step in gold for step in STEPS)
        and not any(low <= start < high for low, high in inside)
    ]
    lines += [f"too many: {reading.source[start : start + 30]!r}" for start in extra]
    return Score(found, len(extra), missed, levels, tuple(lines))


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", choices=["dev", "test"], default=None)
    parser.add_argument("--show", default="", help="name of a tree whose errors are printed")
    given = parser.parse_args()
    for name in [given.set] if given.set else ["dev", "test"]:
        paths = [one for one in sorted(TREES.glob("*.json")) if (one.stem in TEST) == (name == "test")]
        trees = [json.loads(one.read_text(encoding="utf-8")) for one in paths]
        total = Score()
        for path, tree, content in zip(paths, trees, contents_of(trees), strict=True):
            one = score(tree, content)
            total = total.plus(one)
            print(f"{name:<5}{path.stem:<18} {one.found + one.missed:>4} headings  F1 {one.f1:.3f}  "
                  f"levels {one.level_accuracy:.3f}")  # fmt: skip
            if path.stem == given.show:
                print("\n".join(f"      {line}" for line in one.lines))
        print(f"{name:<5}{'all':<18} {total.found + total.missed:>4} headings  F1 {total.f1:.4f}  "
              f"levels {total.level_accuracy:.4f}")  # fmt: skip


if __name__ == "__main__":
    main()
