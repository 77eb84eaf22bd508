"""Score sentences and clauses, and time them, beside other libraries: `python bench/segmentation.py`.

Gold: the documents with two readers beside the project. A sentence starts where the readers start a unit after a stop
or at a paragraph's start; a splitter is scored at the places of all units, and for what it starts elsewhere in what
was read. Joins: the commas at which no clause starts (splitting everywhere scores 0). Time: one core, in one run.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from pipeline.reading import read
from pipeline.records import Reading
from pipeline.structure import parse

SHARED = Path(__file__).parents[2] / "shared"
STOPS, CLOSING = "。！？；!?;", "”’」』）)】》〕\"'"
ROUNDS = 5

Splitter = Callable[[str], Iterable[int]]
"""From a text to the starts of its sentences."""


class Count(NamedTuple):
    """Right, too many, missed."""

    right: int = 0
    extra: int = 0
    missed: int = 0

    def __add__(self, other: Count) -> Count:  # type: ignore[override]
        """Add up."""
        return Count(*(one + two for one, two in zip(self, other, strict=True)))

    @property
    def f1(self) -> float:
        """F1."""
        return 2 * self.right / max(1, 2 * self.right + self.extra + self.missed)


def ours(text: str) -> list[int]:
    """Return the starts of sentences."""
    structure = parse(text, ())
    return sorted([one.start for one in structure.sentences] + [one.start for one in structure.sections])


def by_lines(split: Callable[[str], Iterable[int]]) -> Splitter:
    """Give a splitter one paragraph at a time: none of the libraries knows paragraphs."""

    def run(text: str) -> list[int]:
        found, at = [], 0
        for line in text.split("\n"):
            if line.strip():
                found += [at + start for start in split(line)]
            at += len(line) + 1
        return found

    return run


def pysbd_splitter() -> Splitter:
    """Return pySBD's splitter for Chinese."""
    import pysbd

    segmenter = pysbd.Segmenter(language="zh", clean=False, char_span=True)
    return by_lines(lambda line: [one.start for one in segmenter.segment(line)])


def spacy_splitter() -> Splitter:
    """Return spaCy's sentencizer over Chinese characters, with the stops of the guidelines."""
    import spacy

    nlp = spacy.blank("zh")
    nlp.add_pipe("sentencizer", config={"punct_chars": list(STOPS)})
    nlp.max_length = 10**9
    return by_lines(lambda line: [one.start_char for one in nlp(line).sents])


def jionlp_splitter() -> Splitter:
    """Return JioNLP's splitter; it returns texts, so starts are counted up."""
    with contextlib.redirect_stdout(sys.stderr):
        import jionlp as jio

    def split(line: str) -> list[int]:
        found, at = [], 0
        for one in jio.split_sentence(line, criterion="coarse"):
            at = max(at, line.find(one, at))
            found.append(at)
            at += len(one)
        return found

    return by_lines(split)


def gold_starts(gold: dict, source: str) -> tuple[set[int], set[int], set[int], set[int]]:
    """Return where sentences start, all places judged, and where clauses start and do not (offsets into the source)."""
    sentences, places, starts, joins = set(), set(), set(), set()
    for unit in gold["units"]:
        if unit["starts_unit"] is None:
            continue
        places.add(unit["start"])
        (starts if unit["starts_unit"] else joins).add(unit["start"])
        before = source[: unit["start"]].rstrip(" \u3000\t")
        if unit["starts_unit"] and (not before or before[-1] in "\r\n" or before.rstrip(CLOSING)[-1:] in STOPS):
            sentences.add(unit["start"])
    return sentences, places, starts, joins


def to_source(reading: Reading, starts: Iterable[int]) -> set[int]:
    """Return source offsets of canonical ones."""
    return {spans[0][0] for one in starts if (spans := reading.source_map.spans(one, one + 1))}


def near(places: set[int], wanted: int) -> bool:
    """Tell whether a place is among others, give or take two characters (dashes, quotes)."""
    return any(wanted + step in places for step in (0, 1, -1, 2, -2))


def score(found: set[int], wanted: set[int], low: int, high: int) -> Count:
    """Score starts in the part that was read."""
    inside = {one for one in found if low <= one < high}
    right = sum(near(inside, one) for one in wanted)
    extra = sum(not near(wanted, one) for one in inside)
    return Count(right, extra, len(wanted) - right)


def quality(splitters: dict[str, Splitter]) -> None:
    """Print the scores on the gold documents."""
    sentences = dict.fromkeys(splitters, Count())
    joins = dict.fromkeys(("PlanLens", "split at every comma"), Count())
    for path in sorted((SHARED / "gold").glob("D*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        content = content_of(gold["file"])
        reading = read(content, gold["file"])
        wanted, places, starts, joined = gold_starts(gold, reading.source)
        low, high = gold["scored_from"], gold["scored_to"]
        rows = {one.start for one in parse(reading.text, reading.articles).clauses if one.kind == "table_row"}
        skip = to_source(reading, rows)
        for name, split in splitters.items():
            found = {one for one in to_source(reading, split(reading.text)) if not near(skip, one)}
            sentences[name] += score(found, {one for one in wanted if not near(skip, one)}, low, high)
        for name, join in (("PlanLens", True), ("split at every comma", False)):
            structure = parse(reading.text, reading.articles, join)
            cuts = to_source(
                reading, [one.start for one in structure.clauses] + [one.start for one in structure.sections]
            )
            said = {one for one in places if not near(cuts, one)}
            joins[name] += Count(len(said & joined), len(said & starts), len(joined - said))
    for name, one in sentences.items():
        print(f"sentences  {name:<22} F1 {one.f1:.4f} ({one.extra} too many, {one.missed} missed)")
    for name, one in joins.items():
        print(f"joins      {name:<22} F1 {one.f1:.4f} ({one.extra} too many, {one.missed} missed)")


def content_of(name: str) -> bytes:
    """Read a file of the corpus, a work report out of its archive."""
    if "work_reports" not in name:
        return (SHARED / "corpus" / name).read_bytes()
    import tarfile

    with tarfile.open(SHARED / "corpus" / "work_reports.tar.xz") as archive:
        file = archive.extractfile(name)
        return file.read() if file else b""


def speed(splitters: dict[str, Splitter], texts: list[str]) -> None:
    """Print characters a second; processor time of one core, best of several rounds."""
    n_chars = sum(map(len, texts))
    work = {"PlanLens: headings, sentences, clauses": lambda text: parse(text, ())} | splitters
    rates = {}
    for name, split in work.items():
        best = float("inf")
        for _ in range(ROUNDS if "PlanLens" in name else 1):
            began = time.process_time()
            for text in texts:
                split(text)
            best = min(best, time.process_time() - began)
        rates[name] = n_chars / best
    first = rates["PlanLens: headings, sentences, clauses"]
    print(f"{n_chars:,} characters, one core")
    for name, rate in rates.items():
        print(f"speed      {name:<40} {rate:>12,.0f} characters/s; ours whole is {first / rate:.1f} times as fast")


def main() -> None:
    """Print the figures."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    peers = {"pySBD (zh)": pysbd_splitter, "spaCy sentencizer": spacy_splitter, "JioNLP": jionlp_splitter}
    splitters: dict[str, Splitter] = {"PlanLens": ours}
    for name, make in peers.items():
        with contextlib.suppress(ModuleNotFoundError):
            splitters[name] = make()
    quality(splitters)
    texts = [read(one.read_bytes(), one.name).text for one in sorted((SHARED / "corpus" / "plans").glob("*.txt"))]
    speed({name: split for name, split in splitters.items() if name != "PlanLens"}, texts)


if __name__ == "__main__":
    main()
