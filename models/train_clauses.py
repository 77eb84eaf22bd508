"""Train the model of `pipeline/structure/clauses.py` that tells which commas end a clause.

Reads ../shared/gold/train and ../shared/corpus, leaves out the places of the test documents, reports a
cross-validation grouped by place and writes pipeline/structure/clause_join.json, the same bytes each run.

    python models/train_clauses.py [SHARED_FOLDER]
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
import tarfile
from bisect import bisect_left
from collections import defaultdict
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from pipeline.reading import read
from pipeline.structure import parse
from pipeline.structure.clauses import features

TARGET = Path(__file__).parents[1] / "pipeline" / "structure" / "clause_join.json"
# The test documents are of these places; nothing of them may be learnt.
EXCLUDED = ("plans/sh-", "plans/hf-", "plans/heze-", "菏泽市")
REGULARISATION, MIN_DOCUMENTS, FOLDS, MIN_WEIGHT = 3.0, 2, 10, 0.03


def load_files(shared: Path, names: set[str]) -> dict[str, bytes]:
    """Read the files that gold names, from the folder or the archive of work reports."""
    found = {name: (shared / "corpus" / name).read_bytes() for name in names if "work_reports/" not in name}
    with tarfile.open(shared / "corpus" / "work_reports.tar.xz") as archive:
        for member in archive:
            if member.name.removeprefix("./") in names and (file := archive.extractfile(member)):
                found[member.name.removeprefix("./")] = file.read()
    return found


def samples(data: bytes, gold: dict[str, object]) -> list[tuple[list[str], bool]]:
    """Return features and label (joined) of each comma of an excerpt on which the readers agree."""
    if hashlib.sha256(data).hexdigest() != gold["sha256"]:
        msg = f"{gold['file']} is not the file that was annotated (sha256 differs)"
        raise ValueError(msg)
    reading = read(data, str(gold["file"]))
    structure = parse(reading.text, reading.articles, join=False)
    units = sorted(gold["units"], key=lambda unit: unit["start"])  # type: ignore[call-overload]
    starts = [unit["start"] for unit in units]
    sentences: dict[int, list[int]] = defaultdict(list)
    for clause in structure.clauses:
        sentences[clause.sentence].append(clause.start)
    found = []
    for sentence, bounds in sentences.items():
        bounds.append(structure.sentences[sentence].end)
        for at in range(1, len(bounds) - 1):
            spans = reading.source_map.spans(bounds[at], bounds[at] + 1)
            near = bisect_left(starts, spans[0][0] - 2) if spans else len(units)
            if near == len(units) or starts[near] > spans[0][0] + 2:
                continue
            if units[near]["starts_unit"] is not None and units[near]["kind"] == "clause":
                found.append((features(reading.text, bounds, at), not units[near]["starts_unit"]))
    return found


def place(file: str) -> str:
    """Return the place of a file, by which the folds are drawn."""
    return "nation" if file.startswith("national") else re.sub(r"/[^/]*$|-15th.*", "", file)


def best_threshold(scores: NDArray[np.float64], joined: NDArray[np.bool_]) -> tuple[float, float]:
    """Return the F1 of joins and the threshold that gives it."""
    tried = []
    for threshold in np.arange(-2.0, 1.0, 0.05):
        chosen = scores >= threshold
        tried.append((2 * float((chosen & joined).sum()) / float(chosen.sum() + joined.sum()), float(threshold)))
    return max(tried)


def main(shared: Path) -> None:
    """Train, validate and write."""
    golds = [json.loads(path.read_text("utf-8")) for path in sorted((shared / "gold" / "train").glob("*.json"))]
    golds = [gold for gold in golds if not any(one in gold["file"] for one in EXCLUDED)]
    files = load_files(shared, {gold["file"] for gold in golds})
    rows = [(gold["file"], *one) for gold in golds for one in samples(files[gold["file"]], gold)]
    joined, places = np.array([row[2] for row in rows]), np.array([place(row[0]) for row in rows])
    vectoriser = CountVectorizer(analyzer=list, binary=True, min_df=MIN_DOCUMENTS)
    matrix = vectoriser.fit_transform([row[1] for row in rows])
    model = LogisticRegression(C=REGULARISATION, max_iter=500, solver="liblinear", random_state=0)
    scores = np.zeros(len(rows))
    for learn, check in GroupKFold(FOLDS, shuffle=True, random_state=0).split(matrix, joined, places):
        scores[check] = model.fit(matrix[learn], joined[learn]).decision_function(matrix[check])
    f1, threshold = best_threshold(scores, joined)
    model.fit(matrix, joined)
    names = vectoriser.get_feature_names_out()
    weights = {
        str(name): round(float(one), 2)
        for name, one in zip(names, model.coef_[0], strict=True)
        if abs(one) >= MIN_WEIGHT
    }
    counts = f"{len(rows)} commas of {len(set(places))} places, {int(joined.sum())} of them joins"
    card = {
        "about": f"{counts}; F1 of joins {f1:.3f} in {FOLDS}-fold cross-validation by place",
        "threshold": round(threshold - float(model.intercept_[0]), 3),
        "weights": dict(sorted(weights.items())),
    }
    TARGET.write_text(json.dumps(card, ensure_ascii=False, indent=0, separators=(",", ":")) + "\n", "utf-8")
    print(card["about"], f"{len(weights)} weights")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[2] / "shared")
