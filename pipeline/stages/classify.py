"""Give each clause a theme."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pandas as pd

from pipeline.folding import fold_by_document
from pipeline.params import Classify
from pipeline.tables import THEMES
from pipeline.themes.loading import load_classifier

_DECIMALS = 6
"""What the processor's order of additions changes lies below."""
_classifier = lru_cache(maxsize=1)(load_classifier)  # documents come one by one


def classify(clauses: pd.DataFrame, embeddings: pd.DataFrame, params: Classify) -> pd.DataFrame:
    """Give each clause a theme, and a second one where it is plainly there too.

    The clauses are read folded, so that full-width forms and traditional script are no other words. A model trained
    with `--encoder` reads the embeddings; the shipped one reads the words, and uses none.

    Args:
        clauses: The clauses table.
        embeddings: The embeddings table, of the encoder that the model was trained with.
        params: The parameters of the stage.

    Returns:
        The themes table, in the order of `clauses`. `margin` is the probability of the best theme less
        that of the runner-up. With source `section` the theme is the one with the greatest sum of
        probabilities in the clause's section, and `p` the clause's own probability of it.

    Raises:
        FileNotFoundError: If the model is absent.
        ValueError: If the embeddings do not fit the model, or a clause has none.
    """
    model = _classifier(params.model)
    ordered = clauses.sort_values(["doc_id", "start"], kind="stable")
    vectors = _vectors(ordered, embeddings) if model.vectors is not None else None
    doc_ids = ordered["doc_id"].tolist()
    texts, contexts = (fold_by_document(ordered[column].tolist(), doc_ids) for column in ("text", "context"))
    p = model.probabilities(texts, doc_ids, contexts, vectors).round(_DECIMALS)
    rows = _decide(p, _sections(ordered), model.codes, params)
    rows.insert(0, "clause_id", ordered["clause_id"].to_numpy())
    rows["model"] = model.name
    rows.index = ordered.index
    return THEMES.check(rows.loc[clauses.index].reset_index(drop=True))


def _vectors(clauses: pd.DataFrame, embeddings: pd.DataFrame) -> np.ndarray:
    """Return the vectors in the order of the clauses."""
    found = embeddings.set_index("clause_id")["vector"].reindex(clauses["clause_id"])
    if found.isna().any():
        msg = f"clause {found.index[found.isna()][0]} has no embedding; run `embed` on the same clauses"
        raise ValueError(msg)
    return np.vstack([np.zeros((0, len(found.iloc[0])) if len(found) else (0, 0), np.float32), *found])


def _sections(clauses: pd.DataFrame) -> np.ndarray:
    """Return the number of each clause's section; what stands in no section of a document counts as one."""
    keys = clauses["doc_id"].astype(str) + "\n" + clauses["section_id"].astype(object).fillna("").astype(str)
    return np.asarray(pd.factorize(keys)[0])


def _decide(p: np.ndarray, sections: np.ndarray, codes: tuple[str, ...], params: Classify) -> pd.DataFrame:
    """Choose the themes from the probabilities, (clauses, themes)."""
    rows = np.arange(len(p))
    order = np.argsort(-p, axis=1, kind="stable")
    margin = p[rows, order[:, 0]] - p[rows, order[:, 1]]
    sums = np.zeros((int(sections.max(initial=-1)) + 1, len(codes)))
    np.add.at(sums, sections, p)
    by_section = margin < params.section_margin
    first = np.where(by_section, sums.argmax(axis=1)[sections], order[:, 0])
    second = np.where(first == order[:, 0], order[:, 1], order[:, 0])
    told = p[rows, second] >= params.second_min
    names = np.array(codes, dtype=object)
    return pd.DataFrame(
        {
            "theme": names[first],
            "p": p[rows, first],
            "second": pd.Series(names[second], dtype=object).where(told, None),
            "p_second": pd.Series(p[rows, second]).where(told),
            "margin": margin,
            "source": np.where(by_section, "section", "model"),
        }
    )
