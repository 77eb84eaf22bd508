"""Measure the search for inherited clauses: `python bench/inheritance.py TABLES [--places 菏泽市 ...]`.

TABLES: folder of tables of the work reports (nation, provinces, cities). Recall: of the ten most alike wordings among
nation, province and own documents, found by aligning each of a place's clauses (seeded sample) with every wording
there, how many the search finds; and the whole run: seconds, peak memory, shares by level.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from pipeline.cli.inherit import _loaded, inherited  # noqa: E402
from pipeline.comparison.inheritance import Task, prepared, tasks  # noqa: E402
from pipeline.comparison.wording import LEAST, alike  # noqa: E402
from pipeline.params import Params  # noqa: E402

PLACES = ("菏泽市", "杭州市", "昆明市", "四川省")
N_QUERIES, N_BEST = 400, 10


def recall(task: Task) -> tuple[int, int, int, float]:
    """Return found and all of the ten best of a sample, the texts searched, and queries a second."""
    from rapidfuzz import fuzz
    from rapidfuzz.process import cdist

    own = sorted(set(task.queries["code"]))
    codes = [*own, *sorted(set(task.texts) - set(own))]
    texts = [task.texts[code] for code in codes]
    began = time.monotonic()
    pairs = alike(texts, len(own))
    seconds = time.monotonic() - began
    known = set(zip(pairs.one.tolist(), pairs.other.tolist(), strict=True))
    drawn = np.random.default_rng(14).choice(len(own), min(N_QUERIES, len(own)), replace=False)
    queries = [texts[at] for at in drawn]
    scores = cdist(queries, texts, scorer=fuzz.ratio, score_cutoff=100 * LEAST, workers=-1, dtype=np.float32)
    found = every = 0
    for row, one in enumerate(drawn.tolist()):
        scores[row, one] = 0
        best = [int(at) for at in np.argsort(-scores[row])[:N_BEST] if scores[row, at]]
        every += len(best)
        found += sum((one, other) in known for other in best)
    return found, every, len(texts), len(own) / seconds


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tables", type=Path)
    parser.add_argument("--places", nargs="+", default=PLACES)
    given = parser.parse_args()
    tables = _loaded(given.tables)
    rows = prepared(tables["clauses"], tables["documents"])
    place_of = rows.set_index("row")["place"]
    for task in tasks(rows):
        place = str(place_of[task.queries["row"].iloc[0]])
        if place in given.places:
            found, every, n_texts, speed = recall(task)
            print(f"{place}: recall@{N_BEST} {found / max(1, every):.3f} ({found} of {every}), among {n_texts:,} "
                  f"wordings, {speed:,.0f} clauses/s", flush=True)  # fmt: skip
    del rows
    began = time.monotonic()
    made = inherited(tables, Params())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    print(f"{len(tables['documents']):,} documents, {len(made['inheritance']):,} clauses: "
          f"{time.monotonic() - began:,.0f} s, peak {peak:,.0f} MB")  # fmt: skip
    labels = made["inheritance"]["label"].value_counts(normalize=True)
    print("all clauses: " + ", ".join(f"{name} {share:.1%}" for name, share in labels.items()))
    shares = made["inheritance_shares"]
    level = shares["doc_id"].map(tables["documents"].set_index("doc_id")["level"])
    columns = ["copied", "adapted", "local", "from_nation", "from_province", "from_previous", "from_elsewhere"]
    print((100 * shares.groupby(level)[columns].mean()).round(1).to_string())


if __name__ == "__main__":
    main()
