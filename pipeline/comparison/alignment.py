"""Clauses of two documents that say nearly the same."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import numpy.typing as npt
import pandas as pd

MAX_ALIGNED = 12
"""Larger corpora are not aligned: the pairs would fill more pages than anyone reads."""
TOP_K = 5
_TYPES = dict.fromkeys(("doc_a", "doc_b", "theme"), "str") | {
    "rank": "int64", "clause_a": "str", "clause_b": "str", "cosine": "float64",
}  # fmt: skip

Vectors = npt.NDArray[np.float32]


def mutual_nearest(a: Vectors, b: Vectors, k: int) -> list[tuple[int, int, float]]:
    """Return the `k` most alike pairs of rows that are each other's nearest neighbour.

    Mutual neighbours keep a stock phrase from being paired with everything.

    Args:
        a: Unit vectors, shape (m, dim).
        b: Unit vectors, shape (n, dim).
        k: Pairs wanted.

    Returns:
        `(row of a, row of b, cosine)`, most alike first, ties by row.
    """
    if not len(a) or not len(b):
        return []
    cosine = a @ b.T
    to_b, to_a = cosine.argmax(axis=1), cosine.argmax(axis=0)
    rows = [(i, int(j), float(cosine[i, j])) for i, j in enumerate(to_b) if to_a[j] == i]
    return sorted(rows, key=lambda row: (-row[2], row[0], row[1]))[:k]


def alignment_table(
    clauses: pd.DataFrame | None, themes: pd.DataFrame | None, embeddings: pd.DataFrame | None
) -> pd.DataFrame:
    """Pair clauses of every two documents within each theme, by cosine of their vectors.

    Returns:
        Columns `doc_a, doc_b, theme, rank, clause_a, clause_b, cosine`, at most five a theme and pair
        of documents; empty without embeddings, or for more than twelve documents.
    """
    nothing = pd.DataFrame(columns=list(_TYPES)).astype(_TYPES)
    if clauses is None or themes is None or embeddings is None or embeddings.empty:
        return nothing
    if not 2 <= clauses["doc_id"].nunique() <= MAX_ALIGNED:
        return nothing
    rows = clauses[["clause_id", "doc_id", "start"]].merge(themes[["clause_id", "theme"]], on="clause_id")
    rows = rows.merge(embeddings, on="clause_id").sort_values(["doc_id", "start"], ignore_index=True)
    vectors = np.stack([np.asarray(one, dtype=np.float32) for one in rows["vector"]])
    ids = rows["clause_id"].to_numpy()
    groups = {key: np.asarray(at) for key, at in rows.groupby(["doc_id", "theme"]).indices.items()}
    names = sorted(rows["theme"].unique())
    nobody = np.array([], dtype=np.int64)
    found: list[tuple[object, ...]] = []
    for one, other in combinations(sorted(rows["doc_id"].unique()), 2):
        for theme in names:
            at_a, at_b = groups.get((one, theme), nobody), groups.get((other, theme), nobody)
            pairs = mutual_nearest(vectors[at_a], vectors[at_b], TOP_K)
            found += [
                (one, other, theme, rank, ids[at_a[i]], ids[at_b[j]], cosine)
                for rank, (i, j, cosine) in enumerate(pairs, 1)
            ]
    return pd.DataFrame(found, columns=list(_TYPES)).astype(_TYPES)
