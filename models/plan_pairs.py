"""Pairs of clauses that mean much the same, for a contrastive loss (Gao et al., 2021), from the rows of `plan_corpus`.

A clause and its wording of the next year, in a report of the same place: each is the other's nearest by the tokens in
common, and they are not the same. Clauses under the same heading in two places were tried too: of 206,230 drawn at
random one in a hundred had words in common (most such headings are "work of last year"), so they are left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from scipy import sparse

_ALIKE = (0.45, 0.97)
"""Cosine of the tokens of two years' wordings."""
_SHORTEST = 5
"""Tokens of a clause in a pair."""


def pairs_of_years(found: Mapping[str, np.ndarray], files: Sequence[str]) -> np.ndarray:
    """Return the pairs.

    Args:
        found: Arrays of `plan_corpus`.
        files: The documents.

    Shape:
        (n, 2), int32: numbers of clauses' texts.
    """
    weights, bounds, clauses = _weighted_tokens(found), found["bounds"], found["clauses"]
    long_enough = found["lengths"][clauses] >= _SHORTEST
    kinds = [np.unique(clauses[low:high][long_enough[low:high]]) for low, high in zip(bounds, bounds[1:], strict=False)]
    pairs = [np.empty((0, 2), np.int32)]
    for one, other in _consecutive(files):
        if len(kinds[one]) and len(kinds[other]):
            alike = (weights[kinds[one]] @ weights[kinds[other]].T).toarray()
            rows, back = _mutual(alike)
            pairs.append(np.stack([kinds[one][rows], kinds[other][back]], 1))
    return np.concatenate(pairs).astype(np.int32)


def _weighted_tokens(found: Mapping[str, np.ndarray]) -> sparse.csr_matrix:
    """Return the unit vectors of the texts' tokens, weighted by their rarity; (texts, tokens)."""
    bounds = np.concatenate([[0], np.cumsum(found["lengths"].astype(np.int64))])
    shape = (len(bounds) - 1, int(found["tokens"].max()) + 1)
    ones = np.ones(bounds[-1], np.float32)
    counts = sparse.csr_matrix((ones, found["tokens"].astype(np.int32), bounds), shape=shape)
    counts.sum_duplicates()
    rarity = np.log(shape[0] / (1 + np.bincount(counts.indices, minlength=shape[1]))).astype(np.float32)
    counts.data *= rarity[counts.indices]
    norms = np.sqrt(np.asarray(counts.multiply(counts).sum(axis=1)).ravel())
    return (sparse.diags_array((1 / np.maximum(norms, 1e-9)).astype(np.float32)) @ counts).tocsr()


def _consecutive(files: Sequence[str]) -> list[tuple[int, int]]:
    """Return the documents of one place and two years that follow each other."""
    by_place: dict[str, dict[int, int]] = defaultdict(dict)
    for number, file in enumerate(files):
        if Path(file).stem.isdigit():
            by_place[str(Path(file).parent)][int(Path(file).stem)] = number
    return [
        (number, years[year + 1]) for years in by_place.values() for year, number in years.items() if year + 1 in years
    ]


def _mutual(alike: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return rows and columns that are each other's nearest, alike enough and not the same."""
    best, back = alike.argmax(1), alike.argmax(0)
    rows = np.arange(len(best))
    cosine = alike[rows, best]
    chosen = (back[best] == rows) & (cosine > _ALIKE[0]) & (cosine < _ALIKE[1])
    return rows[chosen], best[chosen]
