"""Compare with other readers of numbers: `python bench/peers.py [SUITES]`.

Given a folder with the public test suites of Recognizers-Text, JioNLP and cn2an (bench/suites.py says how they lie
there), prints how many of their cases each reader passes. Then scores every reader on the gold data (dev, test, held):
value_F1 (both bounds), read_F1 (bounds, comparator and unit) and characters a second on one core, twice: it is given
the labelled stretch of each document as one text, and line by line. Score and speed of a row are of the same calls,
after one call on the first stretch. Readers that are not installed are named as such: `pip install -e .[bench-peers]`.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections import Counter
from pathlib import Path

import quantities
from peer_readers import Found, Reader, readers, whole_readers
from suites import cases_of, passes

from pipeline.evaluation.document import Predicted, count_document
from pipeline.evaluation.gold import GoldDocument, parse_gold
from pipeline.evaluation.scores import Tally
from pipeline.params import Params

SETS = ("dev", "test", "held")
_REST = {"measure": None, "status": None, "deadline": None, "force": None, "indicator": None}


def pass_rates(folder: Path, peers: dict[str, Reader | None]) -> None:
    """Print how many cases of each suite each reader passes."""
    cases = list(cases_of(folder))
    suites = Counter(case.suite for case in cases)
    named = [name for name in peers if name not in ("PlanLens", "quantulum3")]
    print(f"{'suite':44}{'cases':>6}" + "".join(f"{name:>18}" for name in named))
    whole = whole_readers()
    passed = {name: _passed(peers[name], whole.get(name), cases) for name in named}
    for suite, n in suites.items():
        rates = [f"{passed[name][suite] / n:.3f}" if peers[name] else "not installed" for name in named]
        print(f"{suite:44}{n:6}" + "".join(f"{rate:>18}" for rate in rates))


def _passed(reader: Reader | None, whole: Reader | None, cases: list) -> Counter:
    """Count the cases passed; what is one number as a whole goes to a reader's own call for that, where it has one."""
    if reader is None:
        return Counter()
    return Counter(
        case.suite
        for case in cases
        if passes(case, (whole if whole and case.kind in ("any", "money") else reader)(case.text))
    )


def golds() -> list[tuple[GoldDocument, str]]:
    """Return the gold documents with their decoded sources."""
    paths = [path for name in SETS for path in sorted(quantities.SETS[name].glob("*.json"))]
    raw = [json.loads(path.read_text("utf-8")) for path in paths]
    with tempfile.TemporaryDirectory() as folder:
        files = quantities.files_of([one["file"] for one in raw], Path(folder))
        return [(parse_gold(one, one["name"]), files[one["file"]].read_bytes().decode("utf-8")) for one in raw]


def read_whole(reader: Reader, text: str, low: int, high: int) -> list[dict]:
    """Return what a reader finds in a stretch given as one text, as rows with offsets into the whole text."""
    return [_row(each, low) for each in reader(text[low:high])]


def read_lines(reader: Reader, text: str, low: int, high: int) -> list[dict]:
    """Return what a reader finds in the lines of a stretch, as rows with offsets into the text."""
    rows, at = [], low
    for line in text[low:high].split("\n"):
        rows += [_row(each, at) for each in reader(line)]
        at += len(line) + 1
    return rows


UNITS_OF_TEXT = {"document": read_whole, "line": read_lines}


def _row(each: Found, at: int) -> dict:
    return each | _REST | {"source_spans": [[each["start"] + at, each["end"] + at]]}


def score(name: str, reader: Reader | None, documents: list[tuple[GoldDocument, str]]) -> None:
    """Print a reader's scores and speed, given whole documents and given lines."""
    if reader is None:
        print(f"{name:26}not installed")
        return
    for unit, read in UNITS_OF_TEXT.items():
        read(reader, documents[0][1], *documents[0][0].scored)
        whole, n_characters, seconds = Tally(), 0, 0.0
        for gold, text in documents:
            low, high = gold.scored
            began = time.process_time()
            rows = read(reader, text, low, high)
            seconds += time.process_time() - began
            n_characters += high - low
            whole.add(count_document(gold, Predicted(rows, [], []))[0])
        print(line(name, unit, whole, f"{n_characters / seconds:12,.0f}"), flush=True)


def line(name: str, unit: str, tally: Tally, speed: str) -> str:
    """Return the scores of a reader in one line."""
    found = tally.metrics()
    scores = "".join(f"{found[one]:10.3f}" for one in ("span_f1", "value_f1", "read_f1"))
    return f"{name:26}{unit:10}{found['n_gold']:7}{found['n_predicted']:11}{scores}{speed:>14}"


def score_pipeline() -> None:
    """Print the scores of the whole pipeline: ingest, segment, extract."""
    whole, params = Tally(), Params()
    for name in SETS:
        raw = [json.loads(path.read_text("utf-8")) for path in sorted(quantities.SETS[name].glob("*.json"))]
        with tempfile.TemporaryDirectory() as folder:
            files = quantities.files_of([one["file"] for one in raw], Path(folder))
            tables = quantities.tables_of(files.values(), params)
        for _, tally, _ in quantities.scored([parse_gold(one, one["name"]) for one in raw], tables):
            whole.add(tally)
    print(line("PlanLens, whole pipeline", "document", whole, ""))


def main() -> None:
    """Compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("suites", nargs="?", type=Path, help="folder of the public test suites")
    given = parser.parse_args()
    peers = readers()
    if given.suites:
        pass_rates(given.suites, peers)
        print()
    print(
        f"{'reader':26}{'given':10}{'n gold':>7}{'n found':>11}{'span_F1':>10}{'value_F1':>10}{'read_F1':>10}{'chars/s':>14}"
    )
    score_pipeline()
    documents = golds()
    for name, reader in peers.items():
        score(name, reader, documents)


if __name__ == "__main__":
    main()
