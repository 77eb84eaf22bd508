"""Train the models of `pipeline/structure` that tell which commas end a clause.

Reads ../shared/gold/train, data/gold/clauses (labels as offsets) and ../shared/corpus, leaves out the places of the
test documents, reports a cross-validation grouped by place on the gold data, and writes clause_join.json (a linear
judge of words), clause_net.safetensors (a network that judges with it) and clause_filter.npy (the quick filter before
them, which learns from the judge), the same bytes each run on one machine.

    python models/train_clauses.py [SHARED_FOLDER]
"""

from __future__ import annotations

import copy
import hashlib
import json
import re
import sys
import tarfile
from bisect import bisect_left
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from clause_net import AFTER, BEFORE, ClauseNet, alphabet_of, fit, scores, tensors, weights_of
from numpy.typing import NDArray
from safetensors.numpy import save
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from pipeline.reading import read
from pipeline.records import Reading
from pipeline.structure import parse
from pipeline.structure.clause_filter import SCALE, SIZE, buckets
from pipeline.structure.clause_net import Windows, join_scores, windows
from pipeline.structure.clauses import features, neighbours
from pipeline.structure.punctuation import Punctuation, find_punctuation
from pipeline.structure.sentences import Stretches, cut

ROOT = Path(__file__).parents[1]
TARGET, NET, FILTER = (
    ROOT / "pipeline" / "structure" / name
    for name in ("clause_join.json", "clause_net.safetensors", "clause_filter.npy")
)
LABELS = ROOT / "data" / "gold" / "clauses"
# The test documents are of these places; nothing of them may be learnt.
EXCLUDED = ("plans/sh-", "plans/hf-", "plans/heze-", "菏泽市", "上海市", "合肥市")
REGULARISATION, MIN_DOCUMENTS, FOLDS, MIN_WEIGHT, NET_WEIGHT = 1.0, 2, 5, 0.03, 0.5
FILTER_DOCUMENTS, FILTER_CHECKED, FILTER_RECALL, FILTER_MARGIN, SEED = 360, 60, 0.99, 0.7, 14


class Sample(NamedTuple):
    """One comma: the features of its judge, what the network sees, whether it joins, the place, is it gold."""

    names: list[str]
    seen: Windows
    joined: bool
    place: str
    gold: bool


def load_files(shared: Path, names: set[str]) -> dict[str, bytes]:
    """Read the files that gold names, from the folder or the archive of work reports."""
    found = {name: (shared / "corpus" / name).read_bytes() for name in names if "work_reports/" not in name}
    with tarfile.open(shared / "corpus" / "work_reports.tar.xz") as archive:
        for member in archive:
            if member.name.removeprefix("./") in names and (file := archive.extractfile(member)):
                found[member.name.removeprefix("./")] = file.read()
    return found


def stretches_of(reading: Reading) -> tuple[Punctuation, Stretches]:
    """Return the commas of a document outside headings and tables."""
    structure = parse(reading.text, reading.articles, join=False)
    plain = {one.sentence for one in structure.clauses if one.kind == "clause"}
    spans = [(one.start, one.end) for at, one in enumerate(structure.sentences) if at in plain]
    punctuation = find_punctuation(reading.text)
    starts, ends = np.array(spans, np.int64).reshape(-1, 2).T
    return punctuation, cut(punctuation, starts, ends)


def samples(content: bytes, file: str, labels: dict[int, bool], gold: bool) -> Iterator[Sample]:
    """Yield the labelled commas of a document.

    Args:
        content: The file's bytes.
        file: Its path in the corpus.
        labels: Whether the stretch joins, by its start in the decoded source.
        gold: The labels are gold.
    """
    reading = read(content, file)
    starts = sorted(labels)
    punctuation, stretches = stretches_of(reading)
    seen = windows(punctuation.codes, stretches, np.arange(len(stretches.commas)))
    for at, start in enumerate(stretches.starts.tolist()):
        spans = reading.source_map.spans(start, start + 1)
        near = bisect_left(starts, spans[0][0] - 2) if spans else len(starts)
        if near < len(starts) and starts[near] <= spans[0][0] + 2:
            names = features(reading.text, *neighbours(stretches, at))
            one = Windows(seen.codes[at], seen.sizes[at], seen.edges[at])
            yield Sample(names, one, labels[starts[near]], place(file), gold)


def labelled(shared: Path) -> Iterator[tuple[str, str, dict[int, bool], bool]]:
    """Yield file, sha256, labels and whether they are gold of each document."""
    for path in sorted((shared / "gold" / "train").glob("*.json")):
        gold = json.loads(path.read_text("utf-8"))
        units = [one for one in gold["units"] if one["starts_unit"] is not None and one["kind"] == "clause"]
        yield gold["file"], gold["sha256"], {one["start"]: not one["starts_unit"] for one in units}, True
    for path in sorted(LABELS.glob("*.json")):
        for one in json.loads(path.read_text("utf-8"))["documents"]:
            joined = set(one["joined"])
            yield one["file"], one["sha256"], {start: start in joined for start in one["starts"]}, False


def all_samples(shared: Path) -> list[Sample]:
    """Return the labelled commas of all documents but those of the test places."""
    wanted = [one for one in labelled(shared) if not any(place in one[0] for place in EXCLUDED)]
    files = load_files(shared, {file for file, *_ in wanted})
    found: list[Sample] = []
    for file, digest, labels, gold in wanted:
        if hashlib.sha256(files[file]).hexdigest() != digest:
            msg = f"{file} is not the file that was annotated (sha256 differs)"
            raise ValueError(msg)
        found += samples(files[file], file, labels, gold)
    return found


def place(file: str) -> str:
    """Return the place of a file, by which the folds are drawn."""
    return "nation" if file.startswith("national") else re.sub(r"/[^/]*$|-15th.*", "", file)


def best_threshold(scores: NDArray[np.float64], joined: NDArray[np.bool_]) -> tuple[float, float]:
    """Return the F1 of joins and the threshold that gives it."""
    tried = []
    for threshold in np.arange(-2.0, 1.5, 0.05):
        chosen = scores >= threshold
        tried.append((2 * float((chosen & joined).sum()) / float(chosen.sum() + joined.sum()), float(threshold)))
    return max(tried)


def folds(rows: list[Sample]) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Yield what to learn from and which gold commas to judge, of places that the former does not hold."""
    places = np.array([one.place for one in rows])
    gold = np.flatnonzero([one.gold for one in rows])
    for _, check in GroupKFold(FOLDS, shuffle=True, random_state=0).split(gold, groups=places[gold]):
        held_out = set(places[gold[check]])
        yield np.flatnonzero([one not in held_out for one in places]), gold[check]


def train_judges(rows: list[Sample], unlabelled_seen: Windows, stops: NDArray[np.bool_]) -> tuple[dict, dict]:
    """Return what clause_join.json and clause_net.safetensors hold."""
    torch.set_num_threads(1)
    torch.manual_seed(SEED)
    vectoriser = CountVectorizer(analyzer=list, binary=True, min_df=MIN_DOCUMENTS)
    matrix = vectoriser.fit_transform([one.names for one in rows])
    joined = np.array([one.joined for one in rows])
    seen = Windows(*(np.stack([getattr(one.seen, name) for one in rows]) for name in Windows._fields))
    alphabet = alphabet_of(unlabelled_seen.codes)
    given, labels = tensors(seen, alphabet), torch.from_numpy(joined.astype(np.float32))
    begun = ClauseNet(len(alphabet))
    fit(begun, tensors(unlabelled_seen, alphabet), torch.from_numpy((~stops).astype(np.float32)), BEFORE)
    model = LogisticRegression(C=REGULARISATION, max_iter=500, solver="liblinear", random_state=0)

    def learn(chosen: NDArray[np.int64]) -> ClauseNet:
        net = copy.deepcopy(begun)
        fit(net, [one[chosen] for one in given], labels[chosen], AFTER)
        model.fit(matrix[chosen], joined[chosen])
        return net

    linear, both, gold = np.zeros(len(rows)), np.zeros(len(rows)), np.flatnonzero([one.gold for one in rows])
    for learnt, checked in folds(rows):
        net = learn(learnt)
        linear[checked] = model.decision_function(matrix[checked])
        both[checked] = linear[checked] + NET_WEIGHT * scores(net, [one[checked] for one in given])
    alone, _ = best_threshold(linear[gold], joined[gold])
    f1, threshold = best_threshold(both[gold], joined[gold])
    net = learn(np.arange(len(rows)))
    weights = {
        str(name): round(float(one), 2)
        for name, one in zip(vectoriser.get_feature_names_out(), model.coef_[0], strict=True)
        if abs(one) >= MIN_WEIGHT
    }
    n_places, n_joined = len({one.place for one in rows}), sum(one.joined for one in rows)
    counts = f"{len(rows)} commas of {n_places} places, {n_joined} of them joins"
    validated = f"F1 of joins on the gold commas in {FOLDS}-fold cross-validation by place"
    about = f"{counts}; {validated}: {f1:.3f} ({alone:.3f} without the network)"
    judge = {"about": about, "threshold": round(threshold - float(model.intercept_[0]), 3),
             "net_weight": NET_WEIGHT, "weights": dict(sorted(weights.items()))}  # fmt: skip
    return judge, weights_of(net, alphabet)


def cut_anywhere(shared: Path) -> tuple[Windows, NDArray[np.bool_]]:
    """Return commas and stops of work reports without labels as the network sees them, and which are stops."""
    found: list[Windows] = []
    stops: list[NDArray[np.bool_]] = []
    for content, name in unlabelled(shared):
        reading = read(content, name)
        punctuation = find_punctuation(reading.text)
        lines = [one.span() for one in re.finditer(r"[^\n]{30,}", reading.text)]
        if not lines:
            continue
        starts, ends = np.array(lines, np.int64).T
        marks = np.sort(np.concatenate([punctuation.commas, punctuation.stops - 1]))
        line, after = np.searchsorted(starts, marks, "right") - 1, punctuation.next_ink(marks + 1)
        inside = (line >= 0) & (after < ends[line])
        stretches = Stretches(starts, ends, marks[inside], after[inside], line[inside])
        found.append(windows(punctuation.codes, stretches, np.arange(len(stretches.commas))))
        stops.append(np.isin(stretches.commas, punctuation.stops - 1))
    seen = Windows(*(np.concatenate(parts) for parts in zip(*found, strict=True)))
    return seen, np.concatenate(stops)


def train_filter(shared: Path, judge: dict[str, object]) -> tuple[NDArray[np.int8], str]:
    """Teach the quick filter which commas the judges might join, on work reports without labels."""
    weights, threshold = judge["weights"], float(judge["threshold"])  # type: ignore[arg-type]
    blocks, found, counts = [], [], []
    for content, name in unlabelled(shared):
        reading = read(content, name)
        punctuation, stretches = stretches_of(reading)
        blocks.append(buckets(punctuation.codes, stretches))
        counts.append(len(blocks[-1]))
        judged = (features(reading.text, *neighbours(stretches, at)) for at in range(counts[-1]))
        linear = np.array([sum(weights.get(one, 0.0) for one in names) for names in judged]) - threshold  # type: ignore[attr-defined]
        seen = windows(punctuation.codes, stretches, np.arange(counts[-1]))
        found += (linear + NET_WEIGHT * join_scores(seen)).tolist()
    places, judged_scores = np.concatenate(blocks), np.array(found)
    learn = np.arange(len(places)) < sum(counts[:-FILTER_CHECKED])
    shape = (len(places), SIZE)
    matrix = csr_matrix(
        (np.ones(places.size, np.float32), places.ravel(), np.arange(len(places) + 1) * places.shape[1]), shape
    )
    matrix.sum_duplicates()
    model = LogisticRegression(C=0.3, max_iter=300, solver="liblinear", random_state=0)
    model.fit(matrix[learn], judged_scores[learn] >= -FILTER_MARGIN)
    table = np.clip(np.round(model.coef_[0] * SCALE), -127, 127).astype(np.int8)
    quick = (table.astype(np.float32) / SCALE)[places].sum(1)[~learn]
    joined = judged_scores[~learn] >= 0
    cut_at = np.floor(np.quantile(quick[joined], 1 - FILTER_RECALL) * SCALE)
    passed = float((quick >= cut_at / SCALE).mean())
    told = f"the filter lets {passed:.1%} of the commas pass, and {FILTER_RECALL:.1%} of the joins"
    return np.append(table, np.int8(np.clip(cut_at, -128, 127))), told


def unlabelled(shared: Path) -> Iterator[tuple[bytes, str]]:
    """Yield seeded work reports of places that are no test place, in the order of the archive."""
    with tarfile.open(shared / "corpus" / "work_reports.tar.xz") as archive:
        names = sorted(one for one in archive.getnames() if one.endswith(".md"))
        names = [one for one in names if not any(place in one for place in EXCLUDED)]
        drawn = set(np.random.default_rng(SEED).choice(names, FILTER_DOCUMENTS, replace=False).tolist())
    # A packed archive is read from its start once, not sought in.
    with tarfile.open(shared / "corpus" / "work_reports.tar.xz") as archive:
        for member in archive:
            if member.name in drawn and (file := archive.extractfile(member)):
                yield file.read(), member.name


def main(shared: Path) -> None:
    """Train, validate and write."""
    judge, net = train_judges(all_samples(shared), *cut_anywhere(shared))
    print(judge["about"], flush=True)
    TARGET.write_text(json.dumps(judge, ensure_ascii=False, indent=0, separators=(",", ":")) + "\n", "utf-8")
    NET.write_bytes(save(net))
    table, told = train_filter(shared, judge)
    np.save(FILTER, table)
    print(f"{len(judge['weights'])} weights; {told}")  # type: ignore[arg-type]


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared")
