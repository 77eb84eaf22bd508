"""How many commitments are read wrong: `python bench/commitments.py [FOLDER --seed 7 --to FILE]`.

With a folder of work reports it draws reports and from them commitments, with a seed, and writes where each was read,
for a reader to judge against the text. Alone it prints what a reader found of those in data/gold/commitments.json.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from pathlib import Path

from series import proportion_interval

from pipeline.corpus import gather
from pipeline.params import Params
from pipeline.workflow import STEPS

ROOT = Path(__file__).parents[1]
READ = ROOT / "data" / "gold" / "commitments.json"
FIELDS = (
    "quote", "indicator", "indicator_id", "value_min", "value_max", "comparator", "unit", "measure", "deadline",
    "force",
)  # fmt: skip
KINDS = ("value", "indicator", "status", "deadline")


def drawn(folder: Path, n_reports: int, n: int, seed: int) -> list[dict[str, object]]:
    """Draw reports of a folder, then commitments of them."""
    files = random.Random(seed).sample(sorted(folder.rglob("*.md")), n_reports)
    corpus, params = gather(files), Params()
    tables = {"corpus": corpus.rows, "dropped_corpus": corpus.dropped, "themes": None}
    for name in ("ingest", "segment", "extract"):
        tables |= STEPS[name].run(tables, params)
    sources = tables["documents"].set_index("doc_id")[["file", "sha256"]]
    rows = tables["commitments"].sample(n, random_state=seed).sort_values(["doc_id", "start"])
    rows = rows.astype(object).where(rows.notna(), None)
    found = []
    for row in rows.to_dict("records"):
        file = str(Path(str(sources.at[row["doc_id"], "file"])).resolve())
        inside = file.removeprefix(f"{folder.resolve()}/")
        head = {"file": inside, "sha256": sources.at[row["doc_id"], "sha256"]}
        head |= {"start": row["source_spans"][0][0], "end": row["source_spans"][-1][1]}
        found.append(head | {name: row[name] for name in FIELDS} | {"wrong": []})
    return found


def show(given: dict) -> None:
    """Print how many are wrong, and in what."""
    rows = given["commitments"]
    wrong = sum(bool(one["wrong"]) for one in rows)
    low, high = proportion_interval(wrong, len(rows))
    kinds = Counter(kind for one in rows for kind in one["wrong"])
    print(f"commitments read against the text: {wrong} of {len(rows)} wrong ({low:.1%}-{high:.1%})")
    print("  ".join(f"{kind} {kinds[kind]}" for kind in KINDS))


def main() -> None:
    """Draw, or count."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, help="folder of work reports")
    parser.add_argument("--reports", type=int, default=40)
    parser.add_argument("--sample", type=int, default=100)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--to", type=Path, help="where the draw is written")
    given = parser.parse_args()
    if given.folder is None:
        show(json.loads(READ.read_text("utf-8")))
        return
    found = drawn(given.folder, given.reports, given.sample, given.seed)
    made = {"about": "", "seed": given.seed, "commitments": found}
    given.to.write_text(json.dumps(made, ensure_ascii=False, indent=0, default=int) + "\n", "utf-8")


if __name__ == "__main__":
    main()
