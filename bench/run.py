"""Measure speed and memory, and the same work done by other libraries: `make bench`.

Everything runs on one core, in one run; compare the ratios, not the figures of different machines.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib.util
import os
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

ROOT = Path(__file__).parents[1]
PLANS = ROOT.parent / "shared" / "corpus" / "plans"


def timed(
    work: Callable[[], object], rounds: int = 3, clock: Callable[[], float] = time.perf_counter
) -> tuple[float, object]:
    """Return the shortest of several times, and the result."""
    best, result = float("inf"), None
    for _ in range(rounds):
        began = clock()
        result = work()
        best = min(best, clock() - began)
    return best, result


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("inputs", type=Path, nargs="*", default=[PLANS if PLANS.is_dir() else ROOT / "data/raw/sample"])
    given = parser.parse_args()
    from pipeline.corpus import gather
    from pipeline.params import Params
    from pipeline.workflow import STEPS

    params = Params()
    corpus = gather(given.inputs)
    tables = {"corpus": corpus.rows, "dropped_corpus": corpus.dropped}
    seconds = {}
    for step in STEPS.values():
        seconds[step.name], made = timed(partial(step.run, dict(tables), params))
        tables |= made
    n_chars, n_clauses = int(tables["documents"]["n_chars"].sum()), len(tables["clauses"])
    print(
        f"{len(tables['documents'])} documents, {n_chars:,} characters, {n_clauses:,} clauses; one core, best of three"
    )
    print(f"ingest + segment      {n_chars / (seconds['ingest'] + seconds['segment']):>12,.0f} characters/s")
    print(f"extract               {n_chars / seconds['extract']:>12,.0f} characters/s")
    print(f"embed + classify      {n_clauses / (seconds['embed'] + seconds['classify']):>12,.0f} clauses/s")
    print(f"compare               {seconds['compare']:>12.2f} s")
    print(f"peak memory           {peak_memory():>12,.0f} MB")
    read_only(tables, n_chars)


def peak_memory() -> float:
    """Return the most memory that this process held, in MB (on Linux; its parent's does not count)."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) / 1024


def read_only(tables: dict, n_chars: int) -> None:
    """Compare the reading of quantities alone with other libraries on the same clauses, in processor time."""
    from pipeline.commitments import DocumentFacts, read_quantities
    from pipeline.structure import parse

    texts = [(text, parse(text, ())) for text in tables["documents"]["text"]]
    ours, _ = timed(lambda: [read_quantities(*one, DocumentFacts()) for one in texts], clock=time.process_time)
    print(f"quantities            {n_chars / ours:>12,.0f} characters/s")
    clauses = tables["clauses"]["text"].tolist()
    sample = clauses[:: max(1, len(clauses) // 2000)]
    n_sample = sum(map(len, sample))
    for name, work in (("recognizers_number", recognizers), ("jionlp (money)", jionlp)):
        if importlib.util.find_spec(name.split()[0]) is None:
            print(f"{name:<22}not installed (pip install -e .[bench])")
            continue
        theirs, _ = timed(lambda work=work: work(sample), 1, time.process_time)
        rate = n_sample / theirs
        print(f"{name:<22}{rate:>12,.0f} characters/s; ours is {n_chars / ours / rate:,.1f} times as fast")


def recognizers(clauses: list[str]) -> int:
    """Run Recognizers-Text's models of numbers, percentages and currencies."""
    from recognizers_number import recognize_number, recognize_percentage
    from recognizers_number_with_unit import recognize_currency

    models = (recognize_number, recognize_percentage, recognize_currency)
    return sum(len(one(clause, "zh-cn")) for clause in clauses for one in models)


def jionlp(clauses: list[str]) -> int:
    """Run JioNLP's extraction of amounts of money, with their values."""
    with contextlib.redirect_stdout(sys.stderr):
        import jionlp as jio

    return sum(len(jio.ner.extract_money(clause, with_parsing=True) or []) for clause in clauses)


if __name__ == "__main__":
    main()
