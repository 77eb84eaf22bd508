"""Score a corpus against gold data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from pipeline.evaluation.gold import GoldDocument
from pipeline.evaluation.predicted import find_document, found_in
from pipeline.evaluation.quantities import quantity_metrics, score_quantities
from pipeline.evaluation.tallies import Columns, Error, Tally, interval, total
from pipeline.evaluation.units import join_metrics, score_joins, score_themes, theme_metrics

_TEXT = pd.StringDtype(na_value=float("nan"))
_ERROR_TYPES = {"doc_id": _TEXT, "kind": _TEXT, "field": _TEXT, "wanted": _TEXT, "got": _TEXT,
                "start": "int64", "end": "int64"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What evaluate makes.

    Attributes:
        metrics: `all` and `documents` (by doc_id): counts `n_*`, F1, precision and recall of spans,
            values, reads (value, comparator, unit), full readings and commitments, accuracy of fields
            among the found, joins, themes; None where there is nothing to score. `all` also has the
            95 % intervals of read_f1, join_f1 and theme_macro_f1, and `absent`: gold of no document.
        errors: Columns of `evaluation.tallies.Error`, by document and place.
        theme_confusion: `gold, predicted, n`.
    """

    metrics: dict[str, Any]
    errors: pd.DataFrame
    theme_confusion: pd.DataFrame


@dataclass(slots=True)
class _Tallies:
    quantities: list[Tally]
    joins: list[Tally]
    themes: list[Tally]

    def metrics(self) -> dict[str, Any]:
        return (
            quantity_metrics(total(self.quantities))
            | join_metrics(total(self.joins))
            | theme_metrics(total(self.themes))
        )

    def intervals(self, seed: int, resamples: int) -> dict[str, list[float] | None]:
        return {
            "read_f1_interval": interval(self.quantities, _read_f1, seed, resamples),
            "join_f1_interval": interval(self.joins, _join_f1, seed, resamples),
            "theme_macro_f1_interval": interval(self.themes, _macro_f1, seed, resamples),
        }


def evaluate(
    gold: Sequence[GoldDocument],
    documents: pd.DataFrame,
    sections: pd.DataFrame,
    clauses: pd.DataFrame,
    themes: pd.DataFrame,
    quantities: pd.DataFrame,
    *,
    seed: int = 0,
    resamples: int = 1000,
) -> Evaluation:
    """Score clauses, themes and quantities against gold data.

    Args:
        gold: Gold of some of the documents; it is matched by sha256, else by doc_id.
        documents: The documents table.
        sections: The sections table; headings start units too.
        clauses: The clauses table.
        themes: The themes table.
        quantities: The quantities table.
        seed: Of the bootstrap.
        resamples: Number of bootstrap resamples, of sentences.

    Returns:
        Scores, errors and the confusion of themes.

    Raises:
        ValueError: If no gold document is in the tables, or two are the same one.
    """
    every, errors, metrics = _Tallies([], [], []), list[Error](), dict[str, Any]()
    absent = []
    for one in gold:
        doc_id = find_document(one, documents)
        if doc_id is None:
            absent.append(one.name)
            continue
        if doc_id in metrics:
            msg = f"two gold documents are of document {doc_id!r}; merge or remove one ({one.name!r})"
            raise ValueError(msg)
        found = found_in(doc_id, one, sections, clauses, themes, quantities)
        scored = [score(found, one) for score in (score_quantities, score_joins, score_themes)]
        own = _Tallies(*(tallies for tallies, _ in scored))
        metrics[doc_id] = own.metrics()
        every.quantities += own.quantities
        every.joins += own.joins
        every.themes += own.themes
        errors += [error for _, each in scored for error in each]
    if not metrics:
        msg = f"none of the gold documents ({', '.join(absent)}) is in the tables, by sha256 or doc_id"
        raise ValueError(msg)
    overall = {"n_documents": len(metrics), **every.metrics(), **every.intervals(seed, resamples)}
    frame = pd.DataFrame(sorted(errors, key=_place), columns=list(Error._fields)).astype(_ERROR_TYPES)
    return Evaluation({"all": overall | {"absent": absent}, "documents": metrics}, frame, _confusion(every.themes))


def _place(error: Error) -> tuple[str, int, str, str]:
    return error.doc_id, error.start, error.kind, error.field or ""


def _confusion(tallies: Sequence[Tally]) -> pd.DataFrame:
    """Return the counts of pairs of themes, as `gold, predicted, n`."""
    pairs = sorted((name.split("/"), n) for name, n in total(tallies).items() if name.startswith("pair/"))
    rows = [(wanted, got, n) for (_, wanted, got), n in pairs]
    return pd.DataFrame(rows, columns=["gold", "predicted", "n"])


def _read_f1(sums: Columns) -> np.ndarray:
    return _f1(sums.get("read", np.zeros(1)), sums.get("pred", np.zeros(1)), sums.get("gold", np.zeros(1)))


def _join_f1(sums: Columns) -> np.ndarray:
    return _f1(sums["tp"], sums["tp"] + sums["fp"], sums["tp"] + sums["fn"])


def _macro_f1(sums: Columns) -> np.ndarray:
    """Return the mean over the themes that a resample holds."""
    none = np.zeros(1)
    labels = [name.removeprefix("gold/") for name in sums if name.startswith("gold/")]
    scores = []
    for one in labels:
        gold = sums[f"gold/{one}"]
        score = _f1(sums.get(f"pair/{one}/{one}", none), sums.get(f"pred/{one}", none), gold)
        scores.append(np.where(gold > 0, score, np.nan))
    return np.asarray(np.nanmean(np.vstack(scores), axis=0))


def _f1(right: np.ndarray, predicted: np.ndarray, gold: np.ndarray) -> np.ndarray:
    whole = predicted + gold
    return np.where(whole > 0, 2 * right / np.where(whole > 0, whole, 1), np.nan)
