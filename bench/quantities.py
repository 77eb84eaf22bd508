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
from pipeline.evaluation.matching import pair
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
EXTRAS = {
    "base": "baseline_value",
    "base_year": "baseline_year",
    "agg": "aggregation",
    "actor": "actor",
    "den": "denominator",
}
"""Fields that some gold quantities tell beside those scored, by their name there; found means that they agree."""
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


def extras(raw: dict, gold: GoldDocument, tables: dict[str, pd.DataFrame]) -> Counter[str]:
    """Count the extra fields told in the gold (`base`) and those that agree (`base right`)."""
    ids = dict(zip(tables["documents"]["sha256"], tables["documents"]["doc_id"], strict=True))
    rows = tables["quantities"][tables["quantities"]["doc_id"] == ids[gold.sha256]].to_dict("records")
    paired, count = pair(rows, gold.quantities), Counter()
    for at, one in enumerate(raw["quantities"]):
        for name, accepted in one.get("extra", {}).items():
            if at in paired and name in EXTRAS:
                count[name] += 1
                count[f"{name} right"] += any(same(rows[paired[at]][EXTRAS[name]], value) for value in accepted)
    return count


def same(got: object, wanted: str) -> bool:
    """Tell whether a value is the one wanted: as a number where both are numbers."""
    try:
        return abs(float(str(got)) - float(wanted)) <= 1e-6 * abs(float(wanted))
    except ValueError:
        return str(got) == wanted


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
        whole, kinds, told = Tally(), Counter(), Counter()
        golds = [parse_gold(one, one["name"]) for one in raw]
        for one, gold in zip(raw, golds, strict=True):
            told.update(extras(one, gold, tables))
        for document, tally, errors in scored(golds, tables):
            whole.add(tally)
            kinds.update(one["field"] or one["kind"] for one in errors)
            if given.only or name != "train":
                print(line(document, tally))
            if given.errors and name != "test":
                kept = [one for one in errors if not given.kind or given.kind in (one["kind"], one["field"])]
                show(kept, texts[document])
        print(line(f"{name}: all {len(raw)}", whole))
        print("  ".join(f"{one} {told[f'{one} right']}/{told[one]}" for one in EXTRAS if told[one]), "\n", flush=True)


if __name__ == "__main__":
    main()
