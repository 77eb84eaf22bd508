"""Measure the restoration of broken pages: `python bench/order.py --pages 200`.

Each page holds a stretch of one or two real documents, cut inside sentences as columns cut them, the pieces set down in
a wrong order, with or without marks (上接第1版). Pages of plans are made of plans of cities, pages of reports of work
reports whose places the model of joins has not seen; `--split dev` takes other places, to develop on.

A cut join is restored exactly where the two characters around it stand side by side in the text read; a page where all
its joins are and each article stands together. Baselines: the page as printed, and the pieces matched by the mutual
information of the two characters around each join, with the pieces given.

Undisturbed documents should stay as they are. Where a file itself breaks a sentence and the parts were joined, that is
no harm: data/gold/broken.json lists these places by hand; a join that is not in it counts as harm.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import re
import sys
import tarfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from pathlib import Path

import numpy as np
from scipy.optimize import linear_sum_assignment

from pipeline.reading import ReadingError, read
from pipeline.reading.furniture import ENUMERATED, SENTENCE_END
from pipeline.reading.ngrams import UNKNOWN, encode, load_model, normalise
from pipeline.records import Reading

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "models"))
from train_join_model import held_out  # noqa: E402

CORPUS = ROOT.parent / "shared" / "corpus"
BROKEN = ROOT / "data" / "gold" / "broken.json"
MARK = "（上接第1版）"
SCHEMES = ("interleaved", "interleaved and swapped", "swapped", "moved")
_CUT = re.compile(r"[^\s。！？；：…!?;:“（《‘(〈](?=[^\s。！？；：…!?;:，,、”’）》)〉%％])")
_GLUED = re.compile(r"[0-9A-Za-z.．][0-9A-Za-z.．%％]")


@dataclass(frozen=True, slots=True)
class Page:
    """A page as printed.

    Attributes:
        source: Its text.
        articles: Source spans of the pieces of each article, in reading order.
        scheme: How its pieces were displaced.
        marked: Each article begins with a mark.
    """

    source: str
    articles: list[list[tuple[int, int]]]
    scheme: str
    marked: bool

    @property
    def joins(self) -> list[tuple[int, int]]:
        """Source offsets of the last and first character around each cut."""
        return [(a[1] - 1, b[0]) for pieces in self.articles for a, b in pairwise(pieces)]


def stretch(text: str, draw: random.Random) -> list[str]:
    """Return 3,000 to 5,000 characters of a document in three to five pieces, cut inside sentences."""
    lines = [line for line in text.splitlines() if SENTENCE_END.search(line) or ENUMERATED.match(line)]
    start = draw.randrange(max(1, len(lines) * 2 // 3))
    kept = "\n\n".join(lines[start:])[: draw.randrange(3000, 5000)]
    kept = kept[: kept.rindex("。") + 1]
    places = [at for one in _CUT.finditer(kept) if not _GLUED.match(kept, (at := one.end()) - 1)]
    places = [at for at in places if SENTENCE_END.search(_line(kept, at))]
    n_pieces = draw.choice((3, 4, 5))
    gap = len(kept) // n_pieces
    cuts = [draw.choice([one for one in places if abs(one - gap * n) < gap // 3]) for n in range(1, n_pieces)]
    return [kept[low:high] for low, high in pairwise([0, *cuts, len(kept)])]


def _line(text: str, at: int) -> str:
    end = text.find("\n", at)
    return text[text.rfind("\n", 0, at) + 1 : end if end >= 0 else len(text)]


def lay_out(articles: list[list[str]], scheme: str, marked: bool, draw: random.Random) -> Page:
    """Set the pieces of one or two articles down in the order of a scheme."""
    pieces = [[(a, i) for i in range(len(one))] for a, one in enumerate(articles)]
    waiting, order = [list(one) for one in pieces], []
    while any(waiting):
        order.append(draw.choice([one for one in waiting if one]).pop(0))
    if scheme == "moved":
        order.insert(
            draw.choice([at for at in range(1, len(order)) if order]), order.pop(draw.randrange(1, len(order)))
        )
    elif scheme != "interleaved":
        at = draw.randrange(1, len(order) - 1)
        order[at : at + 2] = order[at + 1], order[at]
    source, spans = "", {}
    for a, i in order:
        source += (MARK + "\n\n") if marked and i == 0 else ""
        spans[a, i] = (len(source), len(source) + len(articles[a][i].rstrip()))
        source += articles[a][i].strip() + "\n\n"
    return Page(source, [[spans[one] for one in article] for article in pieces], scheme, marked)


def make_pages(texts: Sequence[str], n_pages: int, seed: int) -> Iterator[Page]:
    """Yield pages, schemes and marks in turn."""
    draw = random.Random(seed)
    for number in range(n_pages):
        scheme = SCHEMES[number % len(SCHEMES)]
        drawn = draw.sample(texts, 2 if scheme.startswith("interleaved") else 1)
        articles = [stretch(one, draw) for one in drawn]
        yield lay_out(articles, scheme, number // len(SCHEMES) % 2 == 0, draw)


@dataclass(frozen=True, slots=True)
class Score:
    """Joins restored, joins in all, whether the page is exact, and Kendall's tau of its pieces."""

    right: int
    total: int
    exact: bool
    tau: float


def positions(reading: Reading, places: Sequence[int]) -> list[int]:
    """Return where characters of the source stand in the text; -1 for what is left out."""
    found = []
    for place in places:
        at = [c + place - s for c, s, n in reading.source_map.runs if s <= place < s + n]
        found.append(at[0] if at else -1)
    return found


def score(page: Page, reading: Reading) -> Score:
    """Compare what was read with what was cut."""
    joins = [b - a == 1 for a, b in (positions(reading, one) for one in page.joins)]
    whole = ["".join(page.source[a:b] for a, b in pieces).split() for pieces in page.articles]
    text = "".join(reading.text.split())
    exact = all(joins) and all("".join(one) in text for one in whole)
    return Score(sum(joins), len(joins), exact, tau([positions(reading, [a for a, _ in one]) for one in page.articles]))


def tau(articles: Sequence[Sequence[int]]) -> float:
    """Return Kendall's tau of the pieces within their articles."""
    signs = [1 if a < b else -1 for one in articles for a, b in combinations(one, 2)]
    return sum(signs) / len(signs)


def score_printed(page: Page) -> Score:
    """Score the page as printed, each piece read on into the next."""
    spans = sorted(span for one in page.articles for span in one)
    following = dict(pairwise(spans))
    joins = [following.get(a) == b for one in page.articles for a, b in pairwise(one)]
    return Score(sum(joins), len(joins), all(joins), tau([[a for a, _ in one] for one in page.articles]))


def score_mutual(page: Page) -> Score:
    """Match the given pieces by the mutual information of the two characters around each join."""
    lefts = [one for pieces in page.articles for one in pieces[:-1]]
    rights = [one for pieces in page.articles for one in pieces[1:]]
    ends = [encode(normalise(page.source[b - 12 : b]))[-1] for _, b in lefts]
    starts = [encode(normalise(page.source[a : a + 12]))[0] for a, _ in rights]
    windows = np.full((len(lefts), len(rights), 2, 5), UNKNOWN, np.uint32)
    windows[:, :, :, 4] = np.array(starts)[None, :, None]
    windows[:, :, 0, 3] = np.array(ends)[:, None]
    after, alone = load_model().bits(windows.reshape(-1, 5)).reshape(len(lefts), len(rights), 2).transpose(2, 0, 1)
    rows, columns = linear_sum_assignment(alone - after)
    joins = [rights.index(rights[j]) == i for i, j in zip(rows, columns, strict=True)]
    return Score(sum(joins), len(joins), all(joins), float("nan"))


def told(name: str, scores: Sequence[Score]) -> str:
    """Return one line of figures."""
    right, total = sum(one.right for one in scores), sum(one.total for one in scores)
    exact = sum(one.exact for one in scores) / len(scores)
    middle = sum(one.tau for one in scores) / len(scores)
    return f"  {name:34} {right:5}/{total} joins {right / total:6.1%}  pages {exact:6.1%}  tau {middle:6.3f}"


def report_texts(split: str) -> list[tuple[str, bytes]]:
    """Return the work reports of the places of a split."""
    with tarfile.open(CORPUS / "work_reports.tar.xz") as archive:
        found = [(one.name, archive.extractfile(one).read()) for one in archive if _is_drawn(one.name, split)]
    return sorted(found)


def _is_drawn(name: str, split: str) -> bool:
    return name.endswith(".md") and held_out(Path(name).parent.name) == split


def plan_texts() -> list[tuple[str, bytes]]:
    """Return the plans, each once."""
    paths = sorted((CORPUS / "plans").glob("*.txt"))
    return [(p.name, p.read_bytes()) for p in paths if "heze" not in p.name and "from_html" not in p.name]


def known_breaks() -> dict[str, set[tuple[int, int]]]:
    """Return where files break a sentence themselves, by the sha256 of the file."""
    listed = json.loads(BROKEN.read_text("utf-8"))["documents"]
    return {one["sha256"]: {(left, right) for left, right, _ in one["joins"]} for one in listed}


def joined_in(reading: Reading) -> set[tuple[int, int]]:
    """Return the places at which the reader changed the order or joined what stood apart."""
    return {(one.left, one.right) for one in reading.repairs if one.applied}


def measure(name: str, documents: Sequence[tuple[str, bytes]], n_pages: int, seed: int) -> None:
    """Print the figures of one set."""
    texts, changed, harmed, known = [], 0, 0, known_breaks()
    for file, content in documents:
        try:
            reading = read(content, file)
        except ReadingError:
            continue
        joined = joined_in(reading)
        changed += bool(joined)
        harmed += not joined <= known.get(hashlib.sha256(content).hexdigest(), set())
        if len(reading.text) > 6000:
            texts.append(reading.text)
    pages = list(make_pages(texts, n_pages, seed))
    scores = [score(page, read(page.source.encode(), "page.txt")) for page in pages]
    drawn = hashlib.sha256("".join(one.source for one in pages).encode()).hexdigest()[:8]
    print(f"{name}: {len(texts)} documents, {n_pages} pages (seed {seed}, {drawn})")
    print(told("as printed", [score_printed(one) for one in pages]))
    print(told("mutual information, pieces given", [score_mutual(one) for one in pages]))
    print(told("restored", scores))
    for label, chosen in _kinds(pages):
        print(told(f"  {label}", [scores[i] for i in chosen]))
    n_documents = len(documents)
    print(f"  documents changed as they are: {changed} of {n_documents} ({changed / n_documents:.1%})")
    print(f"  changed where the file is not broken: {harmed} of {n_documents} ({harmed / n_documents:.1%})")


def _kinds(pages: Sequence[Page]) -> Iterator[tuple[str, list[int]]]:
    for scheme in SCHEMES:
        for marked in (True, False):
            chosen = [i for i, one in enumerate(pages) if (one.scheme, one.marked) == (scheme, marked)]
            if chosen:
                yield f"{scheme}, {'marked' if marked else 'no marks'}", chosen


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--seed", type=int, default=14)
    parser.add_argument("--split", choices=("test", "dev"), default="test")
    given = parser.parse_args()
    if not CORPUS.is_dir():
        parser.error(f"needs the documents in {CORPUS}")
    if given.split == "test":
        measure("plans", plan_texts(), given.pages, given.seed)
    measure("reports", report_texts(given.split), given.pages, given.seed)


if __name__ == "__main__":
    main()
