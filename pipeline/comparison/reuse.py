"""How much of a document's wording stands in another one."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.comparison.runs import code_points, run_hashes

SHINGLE = 8
"""Characters in a shingle: longer than almost all set phrases of plans, shorter than most clauses."""
MAX_PAIRWISE = 60
N_NEIGHBOURS = 5
_RANGES, _PASSES = 16, 2
_TYPES = {"doc_a": "str", "doc_b": "str", "containment": "float64", "jaccard": "float64"}

Hashes = npt.NDArray[np.uint64]


def shingles(text: str, width: int = SHINGLE) -> Hashes:
    """Return the sorted, distinct hashes of all runs of `width` Chinese characters.

    Figures, punctuation and spaces are left out first, so that a sentence with another number counts as
    the same wording.
    """
    points = code_points(text)
    return np.unique(run_hashes(points[(points >= 0x4E00) & (points <= 0x9FFF)], width))


def _overlaps(texts: Callable[[], Iterator[str]], n: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return how many shingles each text has, shape (document,), and each two share, shape (document, document).

    Counted for one range of hashes after the other, and the hashes of half of them at a time, so that memory does not
    grow with all shingles at once.
    """
    sizes, found = np.zeros(n, dtype=np.int64), np.zeros((n, n), dtype=np.int64)
    bounds = np.arange(1, _RANGES, dtype=np.uint64) * np.uint64(2**64 // _RANGES)
    for half in np.split(np.arange(_RANGES), _PASSES):
        parts = []
        for text in texts():
            every = np.split((hashes := shingles(text)), np.searchsorted(hashes, bounds))
            parts.append([every[at].copy() for at in half])
        for at in range(len(half)):
            found += _overlaps_within([part[at] for part in parts])
        sizes += [sum(map(len, part)) for part in parts]
    return sizes, found


def _overlaps_within(sets: list[Hashes]) -> npt.NDArray[np.int64]:
    from scipy.sparse import csr_array

    values, columns = np.unique(np.concatenate(sets), return_inverse=True)
    ends = np.cumsum([0, *(len(one) for one in sets)])
    ones = np.ones(len(columns), dtype=np.int32)
    shape = (len(sets), len(values))
    # Shingles of one document only cannot be shared; most are such, and the product is faster without.
    grid = csr_array((ones, columns, ends), shape=shape)
    shared = np.bincount(columns, minlength=len(values)) > 1
    grid = grid[:, np.flatnonzero(shared)]
    return np.asarray((grid @ grid.T).toarray(), dtype=np.int64)


def reuse_table(clauses: pd.DataFrame) -> pd.DataFrame:
    """Measure shared wording between documents by 8-character shingles.

    `containment` is the share of doc_a's shingles that doc_b holds too, `jaccard` is shared over all
    (Broder 1997, On the resemblance and containment of documents). Up to 60 documents all ordered
    pairs are given, beyond that the five with most shared wording for each document.

    Returns:
        Columns `doc_a, doc_b, containment, jaccard`, both in [0, 1].
    """
    groups = clauses[["doc_id", "start", "text"]].groupby("doc_id")
    doc_ids = [str(one) for one in groups.groups]
    if len(doc_ids) < 2:
        return pd.DataFrame(columns=list(_TYPES)).astype(_TYPES)
    sizes, shared = _overlaps(lambda: ("".join(own.sort_values("start")["text"]) for _, own in groups), len(doc_ids))
    containment = shared / np.maximum(sizes, 1)[:, None]
    jaccard = shared / np.maximum(sizes[:, None] + sizes - shared, 1)
    n_kept = len(doc_ids) - 1 if len(doc_ids) <= MAX_PAIRWISE else N_NEIGHBOURS
    rows: list[tuple[object, ...]] = []
    for a, name in enumerate(doc_ids):
        order = [int(b) for b in np.argsort(-containment[a], kind="stable") if b != a][:n_kept]
        rows += [(name, doc_ids[b], containment[a, b], jaccard[a, b]) for b in order]
    return pd.DataFrame(rows, columns=list(_TYPES)).astype(_TYPES)
