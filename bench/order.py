"""Measure the restoration of displaced columns: `python bench/order.py --reports data/raw/panel-2021`.

Each trial lays two real reports out as a newspaper page: a stretch of each, cut inside sentences, the pieces of the two
in turns, one pair of neighbours swapped. Told are the share of pages restored exactly, and Kendall's tau of the pieces.
"""

from __future__ import annotations

import argparse
import random
import re
from itertools import combinations
from pathlib import Path

from pipeline.reading import read

MARK = "（上接第1版）"
PIECES, LENGTH = 4, 4000


def stretch(path: Path, draw: random.Random) -> list[str]:
    """Return about LENGTH characters of a report in pieces, cut inside sentences."""
    text = read(path.read_bytes(), path.name).text
    lines = [line for line in text.splitlines() if len(line) > 40 or re.match("[（(一二三四五六七八九十]", line)]
    start = draw.randrange(max(1, len(lines) // 2))
    kept = "\n\n".join(lines[start:])[:LENGTH]
    kept = kept[: kept.rindex("。") + 1]
    places = [match.start() + 1 for match in re.finditer(r"[\u4e00-\u9fff]{2}(?=[\u4e00-\u9fff])", kept)]
    gap = len(kept) // PIECES
    cuts = [draw.choice([one for one in places if abs(one - gap * n) < gap // 3]) for n in range(1, PIECES)]
    return [kept[low:high] for low, high in zip([0, *cuts], [*cuts, len(kept)], strict=True)]


def page(articles: list[list[str]], draw: random.Random) -> str:
    """Set the pieces down in turns, one pair of neighbours swapped."""
    waiting = [[MARK + "\n\n" + first, *rest] for first, *rest in articles]
    order: list[str] = []
    while any(waiting):
        order.append(draw.choice([one for one in waiting if one]).pop(0))
    at = draw.randrange(1, len(order) - 1)
    order[at : at + 2] = order[at + 1], order[at]
    return "\n\n".join(order)


def restored(text: str, articles: list[list[str]]) -> tuple[bool, float]:
    """Return whether the reading is exact, and the tau of the pieces within their articles."""
    reading = read(text.encode(), "page.txt")
    got = ["".join(reading.text[one.start : one.end].split()) for one in reading.articles]
    wanted = ["".join("".join(one).split()) for one in articles]
    whole = "".join(reading.text.split())
    signs = []
    for pieces in articles:
        places = [whole.find("".join(one.split())[:20]) for one in pieces]
        signs += [1 if a < b else -1 for a, b in combinations(places, 2)]
    return sorted(got) == sorted(wanted), sum(signs) / len(signs)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=Path, required=True)
    parser.add_argument("--trials", type=int, default=200)
    parser.add_argument("--seed", type=int, default=14)
    given = parser.parse_args()
    draw, paths = random.Random(given.seed), sorted(given.reports.glob("*市-*.md"))
    found = []
    for _ in range(given.trials):
        articles = [stretch(path, draw) for path in draw.sample(paths, 2)]
        found.append(restored(page(articles, draw), articles))
    exact, tau = (sum(one) / len(found) for one in zip(*found, strict=True))
    told = f"{exact:.1%} restored exactly, Kendall's tau {tau:.3f}"
    print(f"{len(found)} pages of two reports in {2 * PIECES} pieces: {told}")


if __name__ == "__main__":
    main()
