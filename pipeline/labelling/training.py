"""Train a theme classifier on one's own labels and codebook.

`fit` is the one place that knows how the classifier is made; another kind of classifier only needs to replace it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import pandas as pd

from pipeline.folding import fold_by_document
from pipeline.labelling.standoff import Labels
from pipeline.themes.classifier import Linear, ThemeClassifier
from pipeline.themes.context import N_BLOCKS, Surroundings
from pipeline.themes.ngrams import Vocabulary

_FOLDS = 5
_MIN_DF, _SIZE = 2, 200_000
_C_WORDS, _C_AROUND = 10.0, 0.1
"""As in models/params.yaml, section `themes`."""

_NEVER = -30.0
"""Bias of a theme that no training clause has: a probability of nought, as far as floats can tell."""


class Model(Protocol):
    """What training returns."""

    def save(self, folder: Path) -> None:
        """Write the model into a folder that `classify.model` can name."""


@dataclass(frozen=True, slots=True)
class Training:
    """What came of a training.

    Attributes:
        model: The classifier.
        n_labels: Labels that stand on a clause of the documents.
        n_lost: Labels that do not.
        counts: Clauses of each theme.
        grouped_by: What cross-validation kept apart: `place`, `doc_id` or `context` (sections).
        scores: `accuracy`, `macro_f1` of cross-validation, and the F1 of each theme.
    """

    model: Model
    n_labels: int
    n_lost: int
    counts: Mapping[str, int]
    grouped_by: str
    scores: Mapping[str, Any]


def labelled_clauses(documents: pd.DataFrame, clauses: pd.DataFrame, labels: Labels) -> tuple[pd.DataFrame, int]:
    """Put labels on clauses: a clause has the theme of the stretch that covers its first character in the source.

    Returns:
        All clauses of the labelled documents in reading order, `clause_id, doc_id, place, text, context, theme` (empty
        where there is none), texts folded; and the number of labels that no clause took.

    Raises:
        ValueError: If none of the labelled documents is among the documents.
    """
    by_document = {one.sha256: one.labels for one in labels.documents}
    known = documents[documents["sha256"].isin(by_document.keys())].drop_duplicates("sha256")
    if known.empty:
        msg = "none of the labelled documents is among the documents given (their sha256 differ)"
        raise ValueError(msg)
    sha256, place = (known.set_index("doc_id")[column] for column in ("sha256", "place"))
    rows = clauses[clauses["doc_id"].isin(sha256.index)].sort_values(["doc_id", "start"], kind="stable")
    themes, taken = [], set()
    for doc_id, spans in zip(rows["doc_id"], rows["source_spans"], strict=True):
        own = by_document[sha256[doc_id]]
        at = int(spans[0][0]) if len(spans) else -1
        number = bisect_right(own, at, key=lambda one: one.start) - 1
        hit = number >= 0 and at < own[number].end
        themes.append(own[number].code if hit else "")
        if hit:
            taken.add((sha256[doc_id], number))
    doc_ids = rows["doc_id"].tolist()
    places = rows["doc_id"].map(place).fillna(rows["doc_id"])
    found = pd.DataFrame({"clause_id": rows["clause_id"].to_numpy(), "doc_id": doc_ids, "place": places.to_numpy()})
    for column in ("text", "context"):
        found[column] = fold_by_document(rows[column].tolist(), doc_ids)
    return found.assign(theme=themes), sum(map(len, by_document.values())) - len(taken)


def train(clauses: pd.DataFrame, codes: Sequence[str], name: str, n_lost: int = 0) -> Training:
    """Train on labelled clauses and measure in cross-validation, places kept apart where there are two or more.

    Args:
        clauses: As `labelled_clauses` returns them.
        codes: Codes of the codebook, in the order of the outputs.
        name: Name and version of the model, for the column `model`.
        n_lost: Labels that no clause took, for the account.

    Raises:
        ValueError: If fewer than two themes have a label, or all labels stand in one section.
    """
    known = clauses["theme"] != ""
    counts = clauses.loc[known, "theme"].value_counts()
    if len(counts) < 2:  # noqa: PLR2004
        msg = f"training needs labels of two themes or more; {int(known.sum())} labelled clauses have {len(counts)}"
        raise ValueError(msg)
    grouped_by = next((one for one in ("place", "doc_id", "context") if len(set(clauses.loc[known, one])) > 1), None)
    if grouped_by is None:
        msg = "all labels stand in one section of one document; label clauses of other sections too"
        raise ValueError(msg)
    model, p = fit(clauses, clauses[grouped_by].to_numpy(), tuple(codes), name)
    scores = _scores(clauses.loc[known, "theme"].tolist(), p[known.to_numpy()], codes)
    told = {code: int(counts.get(code, 0)) for code in codes}
    return Training(model, int(known.sum()), n_lost, told, grouped_by, scores)


def fit(clauses: pd.DataFrame, groups: np.ndarray, codes: tuple[str, ...], name: str) -> tuple[Model, np.ndarray]:
    """Fit both levels; the second sees the first level's answers on groups that it was not trained on.

    Returns:
        The model, and the probabilities of each clause from models that had not seen its group, (clauses, themes).
    """
    from sklearn.model_selection import GroupKFold

    known = (clauses["theme"] != "").to_numpy()
    labels = clauses["theme"].map({code: at for at, code in enumerate(codes)}).fillna(-1).to_numpy(np.int64)
    n_folds = min(_FOLDS, len(np.unique(groups[known])))
    folds = [
        (seen, unseen)
        for seen, unseen in GroupKFold(n_folds).split(clauses, groups=_numbered(groups, known))
        if len(np.unique(labels[seen][known[seen]])) > 1
    ]
    features = np.zeros((len(clauses), N_BLOCKS * len(codes)), np.float32)
    p = np.full((len(clauses), len(codes)), 1 / len(codes))
    for seen, unseen in folds:
        first = _first_level(clauses.iloc[seen[known[seen]]], labels[seen[known[seen]]], codes, name)
        features[unseen] = _around(first, clauses.iloc[unseen])
    for seen, unseen in folds:
        used = seen[known[seen]]
        p[unseen] = _linear(features[used], labels[used], len(codes), _C_AROUND).probabilities(features[unseen])
    around = _linear(features[known], labels[known], len(codes), _C_AROUND)
    return replace(_first_level(clauses[known], labels[known], codes, name), around=around), p


def _numbered(groups: np.ndarray, known: np.ndarray) -> np.ndarray:
    """Return groups as numbers; all groups without a label are one, so that each fold holds some labels."""
    labelled = set(groups[known])
    stand_in = min(labelled)
    return np.asarray(pd.factorize(np.array([one if one in labelled else stand_in for one in groups]))[0])


def _first_level(rows: pd.DataFrame, labels: np.ndarray, codes: tuple[str, ...], name: str) -> ThemeClassifier:
    texts = rows["text"].tolist()
    vocabulary = Vocabulary.fit(texts, _MIN_DF, _SIZE)
    words = _linear(vocabulary.transform(texts), labels, len(codes), _C_WORDS)
    empty = Linear(np.zeros((N_BLOCKS * len(codes), len(codes)), np.float32), np.zeros(len(codes), np.float32))
    return ThemeClassifier(name, codes, vocabulary, words, None, "", empty)


def _around(model: ThemeClassifier, rows: pd.DataFrame) -> np.ndarray:
    around = Surroundings.of(rows["doc_id"].tolist(), rows["context"].tolist())
    return model.features(model.first_level(rows["text"].tolist()), around, None)


def _linear(features: Any, labels: np.ndarray, n_codes: int, c: float) -> Linear:  # noqa: ANN401 - dense or sparse
    """Fit a multinomial logistic regression with an output for every code, trained on or not."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=c, max_iter=200, tol=1e-3).fit(features, labels)
    coefficients, bias = model.coef_, model.intercept_
    if len(model.classes_) == 2:  # noqa: PLR2004 - scikit-learn then gives the second class only
        coefficients, bias = np.vstack([-coefficients, coefficients]) / 2, np.concatenate([-bias, bias]) / 2
    weights = np.zeros((features.shape[1], n_codes), np.float32)
    every = np.full(n_codes, _NEVER, np.float32)
    weights[:, model.classes_], every[model.classes_] = coefficients.T, bias
    return Linear(weights, every)


def _scores(themes: Sequence[str], p: np.ndarray, codes: Sequence[str]) -> dict[str, Any]:
    from sklearn.metrics import accuracy_score, f1_score

    best = [codes[one] for one in p.argmax(axis=1)]
    present = sorted(set(themes), key=list(codes).index)
    each = f1_score(themes, best, labels=present, average=None, zero_division=0)
    return {
        "accuracy": round(float(accuracy_score(themes, best)), 4),
        "macro_f1": round(float(np.mean(each)), 4),
        "f1": {code: round(float(one), 4) for code, one in zip(present, each, strict=True)},
    }
