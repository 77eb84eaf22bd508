"""Train the theme classifier and measure it: `python models/train_themes.py --out DIR --metrics FILE`.

With `--encoder NAME --revision REV` the first level also reads the embeddings of that encoder; without,
it reads the words only, as the shipped model does.
"""

from __future__ import annotations

import argparse
import json
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

# One thread: the order of additions, and so every bit, is fixed.
os.environ |= dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")

import numpy as np
import pandas as pd
import yaml
from corpus_clauses import Corpus, load_gold
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from theme_scores import score

from pipeline.params import Embed
from pipeline.themes.classifier import Linear, ThemeClassifier
from pipeline.themes.codebook import CODES
from pipeline.themes.context import N_BLOCKS, Surroundings
from pipeline.themes.encoder import load_encoder
from pipeline.themes.ngrams import Vocabulary


def fit_linear(features: object, labels: np.ndarray, c: float) -> Linear:
    """Fit a multinomial logistic regression; `labels` are indices into CODES, all present."""
    model = LogisticRegression(C=c, max_iter=200, tol=1e-3).fit(features, labels)
    return Linear(model.coef_.T.astype(np.float32), model.intercept_.astype(np.float32))


def fit_first_level(
    clauses: pd.DataFrame, vectors: np.ndarray | None, name: str, encoder: str, params: dict[str, Any]
) -> ThemeClassifier:
    """Fit the first level on the annotated clauses; the second level is left at zero."""
    known = (clauses["theme"] != "").to_numpy()
    texts, labels = clauses.loc[known, "text"].tolist(), _labels(clauses[known])
    vocabulary = Vocabulary.fit(texts, params["min_df"], params["size"])
    words = fit_linear(vocabulary.transform(texts), labels, params["c_words"])
    dense = None if vectors is None else fit_linear(vectors[known], labels, params["c_vectors"])
    n_blocks = N_BLOCKS + (dense is not None)
    empty = Linear(np.zeros((n_blocks * len(CODES), len(CODES)), np.float32), np.zeros(len(CODES), np.float32))
    return ThemeClassifier(name, CODES, vocabulary, words, dense, encoder, empty)


def _labels(clauses: pd.DataFrame) -> np.ndarray:
    return clauses["theme"].map({code: at for at, code in enumerate(CODES)}).to_numpy(np.int64)


def second_level_features(model: ThemeClassifier, clauses: pd.DataFrame, vectors: np.ndarray | None) -> np.ndarray:
    """Return what the second level sees of whole documents."""
    around = Surroundings.of(clauses["doc_id"].tolist(), clauses["context"].tolist())
    return model.features(model.first_level(clauses["text"].tolist()), around, vectors)


def train(
    clauses: pd.DataFrame, vectors: np.ndarray | None, encoder: str, params: dict[str, Any]
) -> tuple[ThemeClassifier, dict[str, Any]]:
    """Train both levels; the second sees the first level's answers on places that it was not trained on.

    Returns:
        The classifier, and its scores in cross-validation by place.
    """
    first = (params["name"], encoder, params)
    folds = list(GroupKFold(params["folds"]).split(clauses, groups=clauses["place"]))
    n_blocks = N_BLOCKS + (vectors is not None)
    features = np.zeros((len(clauses), n_blocks * len(CODES)), np.float32)
    for seen, unseen in folds:
        model = fit_first_level(clauses.iloc[seen], _part(vectors, seen), *first)
        features[unseen] = second_level_features(model, clauses.iloc[unseen], _part(vectors, unseen))
    known, labels = (clauses["theme"] != "").to_numpy(), np.full(len(clauses), -1)
    labels[known] = _labels(clauses[known])
    p = np.zeros((len(clauses), len(CODES)))
    for seen, unseen in folds:
        used = seen[known[seen]]
        p[unseen] = fit_linear(features[used], labels[used], params["c_around"]).probabilities(features[unseen])
    around = fit_linear(features[known], labels[known], params["c_around"])
    model = replace(fit_first_level(clauses, vectors, *first), around=around)
    return model, score(clauses.loc[known, "theme"].tolist(), p[known])


def _part(vectors: np.ndarray | None, rows: np.ndarray) -> np.ndarray | None:
    return None if vectors is None else vectors[rows]


def held_out_scores(model: ThemeClassifier, gold: Path, corpus: Corpus, given: Embed | None) -> dict[str, Any]:
    """Score the model on each test document and on all of them, as `score.py` of the gold data counts."""
    found, themes, probabilities = {}, [], []
    for path in sorted(gold.glob("D*.json")):
        clauses = load_gold([path], corpus)
        vectors = None if given is None else load_encoder(given).encode(clauses["text"].tolist())
        p = model.probabilities(*(clauses[one].tolist() for one in ("text", "doc_id", "context")), vectors)
        units, rows = _units(path, clauses)
        found[path.stem] = score(units, p[rows], by_theme=False)
        themes += units
        probabilities.append(p[rows])
    return {**found, "all": score(themes, np.vstack(probabilities))}


def _units(path: Path, clauses: pd.DataFrame) -> tuple[list[str], list[int]]:
    """Return the theme of each annotated unit and the row of the clause that covers its first character."""
    spans = sorted((low, high, row) for row, one in enumerate(clauses["source_spans"]) for low, high in one)
    themes, rows = [], []
    for unit in json.loads(path.read_text(encoding="utf-8"))["units"]:
        if unit["kind"] != "clause" or not unit["agreed"] or not unit["themes"]:
            continue
        themes.append(unit["themes"][0])
        rows.append(next((row for low, high, row in spans if low <= unit["start"] < high), -1))
    return themes, rows


def main() -> None:
    """Train, measure and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=Path("../../shared/corpus"))
    parser.add_argument("--gold", type=Path, default=Path("../../shared/gold"))
    parser.add_argument("--labels", type=Path, default=Path("../data/labels"))
    parser.add_argument("--params", type=Path, default=Path("params.yaml"))
    parser.add_argument("--encoder", default="", help="also read embeddings: ngram, a folder or a hub name")
    parser.add_argument("--revision", default="", help="commit of a hub encoder")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--metrics", type=Path, help="write the scores here; else they are only printed")
    given = parser.parse_args()
    everything = yaml.safe_load(given.params.read_text(encoding="utf-8"))
    corpus, embed = Corpus(given.corpus), Embed(given.encoder, given.revision) if given.encoder else None
    paths = [*(given.gold / "train").glob("*.json"), *given.labels.glob("themes-[0-9]a.json")]
    clauses = load_gold(paths, corpus)
    left_out = {*everything["held_out"], *everything["test_places"]}
    clauses = clauses[~clauses["place"].isin(left_out)].reset_index(drop=True)
    encoder = load_encoder(embed) if embed else None
    vectors = encoder.encode(clauses["text"].tolist()) if encoder else None
    model, scores = train(clauses, vectors, encoder.name if encoder else "", everything["themes"])
    model.save(given.out)
    # Scored as it is loaded: with the weights rounded.
    held_out = held_out_scores(ThemeClassifier.load(given.out), given.gold, corpus, embed)
    text = json.dumps({"cross_validation_by_place": scores, "held_out": held_out}, indent=1) + "\n"
    if given.metrics:
        given.metrics.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
