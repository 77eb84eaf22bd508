"""Measure how exactly hard-wrapped lines are rejoined: `python bench/wrapping.py`.

Real documents are wrapped again, each in several drawn layouts: width of 20 to 45 characters, cut at the character or
with closing marks kept back and Latin words whole, with or without indents, blank lines, page numbers of several
forms, running heads and form feeds. Told is the F1 of the paragraphs restored, as texts without white space.
Work reports are what the rules were developed on; plans were looked at only for their figures.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

from pipeline.reading import read
from pipeline.reading.signs import ENUMERATED

SHARED = Path(__file__).parents[2] / "shared" / "corpus"
CLOSING = "，。；：、！？”’）》」』…,.;:!?)"
NUMBERS = ("— {} —", "－{}－", "- {} -", "·{}·", "第{}页 共120页", "{}/120", "{}")
# Its own lines are wrapped, so its paragraphs are not known.
WRAPPED = {"bj-15th.txt"}


@dataclass(frozen=True)
class Layout:
    """How a page is set."""

    width: int
    indent: bool
    blank: bool
    strict: bool
    number: str
    head: bool
    feed: bool
    per_page: int

    @classmethod
    def drawn(cls, draw: random.Random) -> Layout:
        """Draw a layout."""
        number = draw.choice(("", *NUMBERS))
        return cls(draw.randint(20, 45), draw.random() < 0.5, draw.random() < 0.25, draw.random() < 0.5, number,
                   draw.random() < 0.3, draw.random() < 0.2, draw.randint(22, 40))  # fmt: skip

    def kinds(self) -> list[str]:
        """Name what is told apart in the figures."""
        marks = "pages" if self.number or self.head else "no pages"
        return ["indents" if self.indent else "no indents", "blank lines" if self.blank else "no blank lines", marks]


def wrap(paragraph: str, layout: Layout) -> list[str]:
    """Cut one paragraph into lines."""
    rest = "\u3000\u3000" + paragraph if layout.indent else paragraph
    lines: list[str] = []
    while rest:
        at, columns = 0, 0
        while at < len(rest) and columns + (1 if rest[at].isascii() else 2) <= 2 * layout.width:
            columns += 1 if rest[at].isascii() else 2
            at += 1
        if layout.strict and at < len(rest):
            cut = at
            while cut > at - 12 and (
                rest[cut] in CLOSING or re.fullmatch(r"[A-Za-z0-9.%]{2}", rest[cut - 1 : cut + 1])
            ):
                cut -= 1
            at = cut if cut > at - 12 else at
        lines.append(rest[:at])
        rest = rest[at:].lstrip(" ")
    return lines


def page(paragraphs: list[str], title: str, layout: Layout) -> str:
    """Set paragraphs into pages."""
    lines: list[str] = []
    for one in paragraphs:
        lines += ([""] if layout.blank and lines else []) + wrap(one, layout)
    found: list[str] = []
    for number, at in enumerate(range(0, len(lines), layout.per_page), 1):
        found += (["\f"] if layout.feed and at else []) + ([title] if layout.head else [])
        found += lines[at : at + layout.per_page] + ([layout.number.format(number)] if layout.number else [])
    return "\n".join(found)


def bare(text: str) -> Counter[str]:
    """Return the paragraphs without white space."""
    return Counter(one for line in text.split("\n") if (one := re.sub(r"\s", "", line)))


def score(path: Path, draw: random.Random, layouts: int, sums: dict[str, list[int]], verbose: bool) -> None:
    """Wrap one document in several layouts and add up found, wanted and right paragraphs."""
    text = read(path.read_bytes(), path.name).text
    paragraphs = [one for line in text.split("\n") if (one := line.strip())]
    wanted = bare("\n".join(paragraphs))
    heads = (
        one for one in paragraphs[:8] if 4 < len(one) < 40 and one[-1] not in CLOSING and not ENUMERATED.match(one)
    )
    title = next(heads, "国民经济和社会发展规划纲要")
    for _ in range(layouts):
        layout = Layout.drawn(draw)
        got = bare(read(page(paragraphs, title, layout).encode(), "page.txt").text)
        counts = (got.total(), wanted.total(), (got & wanted).total())
        for kind in ("all", *layout.kinds()):
            sums[kind] = [a + b for a, b in zip(sums[kind], counts, strict=True)]
        if verbose and 2 * counts[2] < 0.93 * (counts[0] + counts[1]):
            print(f"  {2 * counts[2] / (counts[0] + counts[1]):.3f} {path.parent.name}/{path.name} {layout}")
            for kind, left in (("missed", wanted - got), ("found", got - wanted)):
                for one in list(left)[:3]:
                    print(f"      {kind}: {one[:24]} … {one[-24:]}")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--reports", type=Path, default=SHARED / "work_reports", help="folder with unpacked work reports"
    )
    parser.add_argument("--layouts", type=int, default=8)
    parser.add_argument("--sample", type=int, default=60)
    parser.add_argument("--seed", type=int, default=14)
    parser.add_argument("--verbose", action="store_true", help="show what went wrong, of the work reports only")
    given = parser.parse_args()
    reports = sorted(given.reports.rglob("*.md"))
    draw = random.Random(given.seed)
    groups = {
        "work reports (dev)": draw.sample(reports, min(given.sample, len(reports))),
        "plans (unseen)": sorted(one for one in (SHARED / "plans").glob("*.txt") if one.name not in WRAPPED),
        "national plans (unseen)": sorted((SHARED / "national").glob("*.md")),
    }
    for name, paths in groups.items():
        sums: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
        for path in paths:
            score(path, draw, given.layouts, sums, given.verbose and "dev" in name)
        told = ", ".join(f"{kind} {2 * right / max(1, got + want):.3f}" for kind, (got, want, right) in sums.items())
        print(f"{name}: {len(paths)} documents, paragraph F1 {told}")


if __name__ == "__main__":
    main()
