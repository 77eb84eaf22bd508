"""How many commitments are read wrong: `python bench/commitments.py [FOLDER --seed 7 --to FILE]`.

With a folder of work reports it draws reports and from them commitments, with a seed, and writes where each was read,
for a reader to judge against the text. Left out are held-out and test places, reports of the gold data and of former
draws (`--former SEED:REPORTS`). `--each 4` takes every text of the folder and so many commitments of each. Alone it
prints what a reader found of those in data/gold/commitments.json.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import yaml
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
KINDS = ("value", "bound", "unit", "measure", "indicator", "status", "deadline")
NAME = "name"
"""The words given as the indicator; where these alone are cut, the row is counted apart."""


def reports_left(folder: Path, former: Sequence[str]) -> list[Path]:
    """Return the reports of a folder that no rule was written on, no score is told of and no former draw took."""
    files = sorted(folder.rglob("*.md"))
    params = yaml.safe_load((ROOT / "models" / "params.yaml").read_text("utf-8"))
    places = {*params["held_out"], *params["test_places"]}
    out = {"work_reports/" + str(one.relative_to(folder)) for draw in former for one in taken(files, draw)}
    for path in (ROOT / "data" / "gold").rglob("*.json"):
        given = json.loads(path.read_text("utf-8"))
        out.add(str(given.get("file")) if isinstance(given, dict) else "")
    inside = {one: one.relative_to(folder) for one in files}
    return [one for one in files if not places & {*inside[one].parts} and f"work_reports/{inside[one]}" not in out]


def taken(files: list[Path], draw: str) -> list[Path]:
    """Return what a former draw took, given as `SEED:REPORTS`."""
    seed, number = map(int, draw.split(":"))
    return random.Random(seed).sample(files, number)


def read(files: Sequence[Path]) -> dict[str, pd.DataFrame]:
    """Return the tables of these files up to the commitments."""
    corpus, params = gather(files), Params()
    tables = {"corpus": corpus.rows, "dropped_corpus": corpus.dropped, "themes": None}
    for name in ("ingest", "segment", "extract"):
        tables |= STEPS[name].run(tables, params)
    return tables


def sampled(rows: pd.DataFrame, n: int, each: int | None, seed: int) -> pd.DataFrame:
    """Draw so many commitments of all, or so many of each document."""
    if each is None:
        return rows.sample(n, random_state=seed)
    return pd.concat([one.sample(each, random_state=seed) for _, one in rows.groupby("doc_id") if len(one) >= each])


def placed(rows: pd.DataFrame, documents: pd.DataFrame, root: Path) -> list[dict[str, object]]:
    """Return the rows with where they were read, and nothing found wrong yet."""
    sources = documents.set_index("doc_id")[["file", "sha256"]]
    rows = rows.sort_values(["doc_id", "start"]).astype(object)
    found = []
    for row in rows.where(rows.notna(), None).to_dict("records"):
        file = str(Path(str(sources.loc[row["doc_id"], "file"])).resolve())
        head = {"file": file.removeprefix(f"{root.resolve()}/"), "sha256": sources.loc[row["doc_id"], "sha256"]}
        head |= {"start": row["source_spans"][0][0], "end": row["source_spans"][-1][1]}
        found.append(head | {name: row[name] for name in FIELDS} | {"wrong": []})
    return found


def show(given: dict) -> None:
    """Print how many are wrong, and in what."""
    plans = [one["file"].startswith(("national/", "plans/")) for one in given["commitments"]]
    for title, of_plans in (("work reports", False), ("outlines", True)):
        rows = [one for one, plan in zip(given["commitments"], plans, strict=True) if plan == of_plans]
        wrong = sum(bool({*one["wrong"]} - {NAME}) for one in rows)
        low, high = proportion_interval(wrong, len(rows))
        kinds = Counter(kind for one in rows for kind in one["wrong"])
        alone = sum(one["wrong"] == [NAME] for one in rows)
        print(f"commitments of {title} read against the text: {wrong} of {len(rows)} wrong ({low:.1%}-{high:.1%})")
        print("  ".join(f"{kind} {kinds[kind]}" for kind in KINDS))
        print(f"besides, only the words of the indicator: {alone}")
    print("\ncauses, all together")
    causes = Counter(one["cause"] for one in given["commitments"] if "cause" in one)
    for cause, n in sorted(causes.items(), key=lambda one: (-one[1], one[0])):
        print(f"{n:3}  {cause}")


def main() -> None:
    """Draw, or count."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, help="folder of work reports")
    parser.add_argument("--reports", type=int, default=40)
    parser.add_argument("--sample", type=int, default=100)
    parser.add_argument("--each", type=int, help="so many of every text of the folder instead")
    parser.add_argument("--former", nargs="*", default=[], metavar="SEED:REPORTS", help="their reports are left out")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--to", type=Path, help="where the draw is written")
    given = parser.parse_args()
    if given.folder is None:
        show(json.loads(READ.read_text("utf-8")))
        return
    if given.each is None:
        files = random.Random(given.seed).sample(reports_left(given.folder, given.former), given.reports)
    else:
        files = sorted(one for one in given.folder.iterdir() if one.is_file())
    tables = read(files)
    rows = sampled(tables["commitments"], given.sample, given.each, given.seed)
    found = placed(rows, tables["documents"], given.folder)
    made = {"about": "", "seed": given.seed, "commitments": found}
    given.to.write_text(json.dumps(made, ensure_ascii=False, indent=0, default=int) + "\n", "utf-8")


if __name__ == "__main__":
    main()
