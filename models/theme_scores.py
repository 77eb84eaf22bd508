"""Scores of predicted probabilities of themes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from pipeline.themes.codebook import CODES

_BINS = 10


def score(themes: Sequence[str], p: np.ndarray, by_theme: bool = True) -> dict[str, Any]:
    """Score probabilities against themes.

    Args:
        themes: The true themes.
        p: Probabilities, (clauses, themes), in the order of CODES.
        by_theme: Also give precision, recall and F1 of each theme.

    Returns:
        `n`, `accuracy`, `macro_f1` (over the themes that occur), `brier` (sum over themes, 0 to 2), `ece`
        (expected calibration error of the best theme, ten bins of equal width, 0 to 1).
    """
    truth = np.array([CODES.index(theme) for theme in themes])
    best = p.argmax(axis=1)
    table = {CODES[at]: _theme_scores(truth == at, best == at) for at in np.unique(truth)}
    found = {
        "n": len(truth),
        "accuracy": _rounded((truth == best).mean()),
        "macro_f1": _rounded(np.mean([row["f1"] for row in table.values()])),
        "brier": _rounded(((p - np.eye(len(CODES))[truth]) ** 2).sum(axis=1).mean()),
        "ece": _rounded(_calibration_error(p.max(axis=1), truth == best)),
    }
    return {**found, "themes": table} if by_theme else found


def _theme_scores(true: np.ndarray, predicted: np.ndarray) -> dict[str, float]:
    hits, n_true, n_predicted = int((true & predicted).sum()), int(true.sum()), int(predicted.sum())
    return {
        "n": n_true,
        "precision": _rounded(hits / max(1, n_predicted)),
        "recall": _rounded(hits / max(1, n_true)),
        "f1": _rounded(2 * hits / (n_true + n_predicted)),
    }


def _calibration_error(confidence: np.ndarray, right: np.ndarray) -> float:
    bins = np.minimum((confidence * _BINS).astype(int), _BINS - 1)
    gaps = [abs(right[bins == one].mean() - confidence[bins == one].mean()) * (bins == one).mean()
            for one in np.unique(bins)]  # fmt: skip
    return float(sum(gaps))


def _rounded(value: float) -> float:
    return round(float(value), 4)
