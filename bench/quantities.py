"""Score the quantities on the labelled excerpts: `python bench/quantities.py [SET ...] [--errors] [--only NAME]`.

Sets: `dev` and `test` lie in data/gold/quantities (split by place before any of it was read), `train` and `held` (the
three documents with two readers) beside the project. `--errors` lists what is wrong, for all sets but `test`.
"""

from __future__ import annotations

import argparse
import json
import tarfile
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pandas as pd

from pipeline.corpus import gather
from pipeline.evaluation.document import Predicted, count_document
from pipeline.evaluation.gold import GoldDocument, parse_gold
from pipeline.evaluation.scores import Tally
from pipeline.params import Params
from pipeline.workflow import STEPS

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
SETS = {
    "train": SHARED / "gold" / "train",
    "dev": ROOT / "data" / "gold" / "quantities" / "dev",
    "held": SHARED / "gold",
    "test": ROOT / "data" / "gold" / "quantities" / "test",
}
SHOWN = ("span_f1", "value_f1", "read_f1", "full_f1", "commitment_full_f1")
FIELDS = ("measure", "status", "deadline", "force", "indicator")


def files_of(names: Iterable[str], folder: Path) -> dict[str, Path]:
    """Lay the corpus files that gold names into a folder, from beside the project or its archive."""
    names = set(names)
    found = {name: SHARED / "corpus" / name for name in names if "work_reports/" not in name}
    with tarfile.open(SHARED / "corpus" / "work_reports.tar.xz") as archive:
        for member in archive:
            name = member.name.removeprefix("./")
            if name in names and (file := archive.extractfile(member)):
                found[name] = folder / name
                found[name].parent.mkdir(parents=True, exist_ok=True)
                found[name].write_bytes(file.read())
    return found


def tables_of(paths: Iterable[Path], params: Params) -> dict[str, pd.DataFrame]:
    """Run ingest, segment and extract."""
    corpus = gather(sorted(set(paths)))
    tables = {"corpus": corpus.rows, "dropped_corpus": corpus.dropped, "themes": None}
    for name in ("ingest", "segment", "extract"):
        tables |= STEPS[name].run(tables, params)
    return tables


def scored(golds: list[GoldDocument], tables: dict[str, pd.DataFrame]) -> Iterator[tuple[str, Tally, list]]:
    """Yield name, counts and errors of each gold document."""
    ids = dict(zip(tables["documents"]["sha256"], tables["documents"]["doc_id"], strict=True))
    rows = {name: dict(list(tables[name].groupby("doc_id"))) for name in ("quantities", "clauses", "sections")}
    for gold in golds:
        own = {name: one.get(ids[gold.sha256]) for name, one in rows.items()}
        dicts = {name: [] if one is None else one.to_dict("records") for name, one in own.items()}
        clauses = [one | {"theme": None} for one in dicts["clauses"]]
        yield gold.name, *count_document(gold, Predicted(dicts["quantities"], clauses, dicts["sections"]))


def line(name: str, tally: Tally) -> str:
    """Return a document's or a set's scores in one line."""
    found = tally.metrics()
    parts = [f"{one.removesuffix('_f1')} {found[one]:.3f}" for one in SHOWN]
    parts += [f"{one} {found[f'{one}_accuracy']:.3f}" for one in FIELDS if f"{one}_accuracy" in found]
    return f"{name:24} n {found['n_gold']:4} {found['n_predicted']:4}  " + "  ".join(parts)


def show(errors: list[dict], text: str) -> None:
    """Print the errors with a little of the text around them."""
    for one in errors:
        if one["kind"] in ("missed", "spurious", "field"):
            here = text[max(0, one["start"] - 28) : one["start"]], text[one["end"] : one["end"] + 16]
            quote = f"{here[0]}【{text[one['start'] : one['end']]}】{here[1]}".replace("\n", "⏎")
            told = "" if one["kind"] != "field" else f"{one['field']}: {one['wanted']} but {one['got']}"
            print(f"  {one['kind']:8} {quote}  {told}")


def main() -> None:
    """Score."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="*", default=list(SETS), help=", ".join(SETS))
    parser.add_argument("--errors", action="store_true", help="list the errors")
    parser.add_argument("--kind", help="only errors of this kind or field: missed, spurious, status ...")
    parser.add_argument("--only", default="", help="only gold whose name holds this")
    given = parser.parse_args()
    params = Params()
    for name in given.sets:
        raw = [json.loads(path.read_text("utf-8")) for path in sorted(SETS[name].glob("*.json"))]
        raw = [one for one in raw if given.only in one["name"]]
        with tempfile.TemporaryDirectory() as folder:
            files = files_of([one["file"] for one in raw], Path(folder))
            tables = tables_of(files.values(), params)
            texts = {one["name"]: files[one["file"]].read_bytes().decode("utf-8") for one in raw}
        whole, kinds = Tally(), Counter()
        for document, tally, errors in scored([parse_gold(one, one["name"]) for one in raw], tables):
            whole.add(tally)
            kinds.update(one["field"] or one["kind"] for one in errors)
            if given.only or name != "train":
                print(line(document, tally))
            if given.errors and name != "test":
                kept = [one for one in errors if not given.kind or given.kind in (one["kind"], one["field"])]
                show(kept, texts[document])
        print(line(f"{name}: all {len(raw)}", whole), "\n", flush=True)


if __name__ == "__main__":
    main()
