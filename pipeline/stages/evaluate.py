"""Score clauses, themes and quantities against gold data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from pipeline.evaluation import GoldDocument, Tally
from pipeline.evaluation.document import Predicted, confusion, count_document

_ERROR_COLUMNS = ("doc_id", "kind", "field", "wanted", "got", "start", "end")
_RESAMPLES = 200
_SEED = 14
_INTERVALS = ("read_f1", "join_f1", "theme_macro_f1")


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What evaluate makes.

    Attributes:
        metrics: `all` and `documents`: scores by name; `intervals`: 95 % bootstrap intervals over documents,
            where there are at least three.
        errors: One row an error: doc_id, kind, field, wanted, got, start, end (in the source).
        theme_confusion: `gold, predicted, n`.
    """

    metrics: dict[str, Any]
    errors: pd.DataFrame
    theme_confusion: pd.DataFrame


def evaluate(
    gold: Sequence[GoldDocument],
    documents: pd.DataFrame,
    sections: pd.DataFrame,
    clauses: pd.DataFrame,
    themes: pd.DataFrame,
    quantities: pd.DataFrame,
) -> Evaluation:
    """Score the documents that have gold data.

    Args:
        gold: The gold data; matched to documents by sha256, else by name.
        documents: The documents table.
        sections: The sections table.
        clauses: The clauses table.
        themes: The themes table.
        quantities: The quantities table.

    Returns:
        Scores, errors and confusion of themes.

    Raises:
        ValueError: If no document has gold data.
    """
    by_digest = dict(zip(documents["sha256"], documents["doc_id"], strict=True))
    names = set(documents["doc_id"])
    with_themes = clauses.merge(themes[["clause_id", "theme"]], on="clause_id", how="left")
    tallies: dict[str, Tally] = {}
    errors: list[dict[str, object]] = []
    for one in sorted(gold, key=lambda one: one.name):
        doc_id = by_digest.get(one.sha256) or (one.name if one.name in names else None)
        if doc_id is None:
            continue
        own = Predicted(*(_rows(frame, doc_id) for frame in (quantities, with_themes, sections)))
        tallies[doc_id], found = count_document(one, own)
        errors += [{"doc_id": doc_id, **row} for row in found]
    if not tallies:
        msg = f"none of the {len(gold)} gold documents is among the {len(documents)} documents (by sha256 or name)"
        raise ValueError(msg)
    whole = _sum(list(tallies.values()))
    metrics: dict[str, Any] = {
        "all": whole.metrics(),
        "documents": {doc_id: tally.metrics() for doc_id, tally in tallies.items()},
        "intervals": _intervals(list(tallies.values())),
    }
    return Evaluation(metrics, _errors(errors), _confusion(whole))


def _rows(frame: pd.DataFrame, doc_id: str) -> list[dict[str, object]]:
    return [
        {str(key): value for key, value in row.items()} for row in frame[frame["doc_id"] == doc_id].to_dict("records")
    ]


def _sum(tallies: Sequence[Tally]) -> Tally:
    whole = Tally()
    for one in tallies:
        whole.add(one)
    return whole


def _intervals(tallies: list[Tally]) -> dict[str, list[float]]:
    """Return percentile intervals of the scores when documents are drawn with replacement."""
    if len(tallies) < 3:
        return {}
    draws = np.random.default_rng(_SEED).integers(len(tallies), size=(_RESAMPLES, len(tallies)))
    drawn = [_sum([tallies[at] for at in draw]).metrics() for draw in draws]
    return {
        name: [round(float(np.quantile([one[name] for one in drawn], q)), 4) for q in (0.025, 0.975)]
        for name in _INTERVALS
    }


def _errors(rows: list[dict[str, object]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=list(_ERROR_COLUMNS))
    for column in ("wanted", "got"):
        frame[column] = [None if value is None or value != value else str(value) for value in frame[column]]
        frame[column] = frame[column].astype("str")
    return frame.sort_values(["doc_id", "start", "kind", "field"], ignore_index=True, kind="stable")


def _confusion(tally: Tally) -> pd.DataFrame:
    counts = sorted(confusion(tally).items())
    return pd.DataFrame([(*pair, n) for pair, n in counts], columns=["gold", "predicted", "n"])
