"""How much of a document's wording stands in another one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.comparison.memory import Memory, NoMemory, content_digest
from pipeline.comparison.ranking import lowest
from pipeline.comparison.runs import code_points, run_hashes

SHINGLE = 8
"""Characters in a shingle: longer than almost all set phrases of plans, shorter than most clauses."""
MAX_PAIRWISE = 60
N_NEIGHBOURS = 5
_RANGES, _PASSES = 16, 2
_MOST_NEW = 0.05
"""Of more new documents all are counted anew, which then is faster."""
_FIRST_BITS = 22
_SHIFT = np.uint64(64 - _FIRST_BITS)
_TYPES = {"doc_a": "str", "doc_b": "str", "containment": "float64", "jaccard": "float64"}

Hashes = npt.NDArray[np.uint64]
Counts = npt.NDArray[np.int32]


def shingles(text: str, width: int = SHINGLE) -> Hashes:
    """Return the sorted, distinct hashes of all runs of `width` Chinese characters.

    Figures, punctuation and spaces are left out first, so that a sentence with another number counts as
    the same wording.
    """
    points = code_points(text)
    return np.unique(run_hashes(points[(points >= 0x4E00) & (points <= 0x9FFF)], width))


def wording_table(clauses: pd.DataFrame) -> pd.DataFrame:
    """Return the shingles of each document, sorted by document.

    Args:
        clauses: Rows of the clauses table: `doc_id, start, text`.

    Returns:
        `doc_id, digest` (of the shingles)`, shingles` (arrays).
    """
    groups = clauses[["doc_id", "start", "text"]].sort_values(["doc_id", "start"]).groupby("doc_id")
    rows = [(str(doc_id), shingles("".join(own["text"]))) for doc_id, own in groups]
    found = [(doc_id, content_digest(own), own) for doc_id, own in rows]
    return pd.DataFrame(found, columns=["doc_id", "digest", "shingles"])


def overlaps(digests: Sequence[str], sets: Sequence[Hashes], memory: Memory) -> tuple[Counts, Counts]:
    """Return how many shingles each document has, shape (document,), and each two share, shape (document, document).

    Args:
        digests: Of the shingles of each document.
        sets: The shingles of each document, sorted; each is asked for when it is needed.
        memory: Holds the counts of documents seen before.
    """
    if len(digests) < 2:
        return np.zeros(len(digests), np.int32), np.zeros((len(digests),) * 2, np.int32)
    old = memory.recall("overlaps")
    place = {one: at for at, one in enumerate(old["digests"].tolist())} if old else {}
    new = [at for at, one in enumerate(digests) if one not in place]
    if not old or len(new) > len(digests) * _MOST_NEW:
        sizes, found = _all_overlaps(sets)
    else:
        at = np.array([place.get(one, 0) for one in digests], dtype=np.int64)
        sizes, found = old["sizes"][at], old["shared"][np.ix_(at, at)]
        own = {one: _Sought.of(np.asarray(sets[one])) for one in new}
        for other in range(len(digests)) if new else ():
            theirs = np.asarray(sets[other])
            for one in new:
                found[one, other] = found[other, one] = own[one].n_among(theirs)
        sizes[new] = [len(own[one].hashes) for one in new]
    if not old or new or len(old["digests"]) != len(digests):
        memory.keep("overlaps", {"digests": np.array(digests), "sizes": sizes, "shared": found})
    return sizes, found


@dataclass(frozen=True, slots=True)
class _Sought:
    """Hashes that are sought in other sets.

    Attributes:
        hashes: Sorted, distinct.
        first_bits: Which of all first bits one of them has: almost all of other sets need not be looked for.
    """

    hashes: Hashes
    first_bits: npt.NDArray[np.bool_]

    @classmethod
    def of(cls, hashes: Hashes) -> _Sought:
        """Make ready to seek."""
        first_bits = np.zeros(1 << _FIRST_BITS, dtype=bool)
        first_bits[hashes >> _SHIFT] = True
        return cls(hashes, first_bits)

    def n_among(self, other: Hashes) -> int:
        """Return how many of them are in another set."""
        likely = other[self.first_bits[other >> _SHIFT]]
        if not len(likely):
            return 0
        at = np.searchsorted(self.hashes, likely)
        return int((self.hashes[np.minimum(at, len(self.hashes) - 1)] == likely).sum())


def _all_overlaps(sets: Sequence[Hashes]) -> tuple[Counts, Counts]:
    """Count all documents at once.

    Counted for one range of hashes after the other, and the hashes of half of them at a time, so that memory does not
    grow with all shingles at once.
    """
    n = len(sets)
    sizes, found = np.zeros(n, dtype=np.int32), np.zeros((n, n), dtype=np.int32)
    bounds = np.arange(1, _RANGES, dtype=np.uint64) * np.uint64(2**64 // _RANGES)
    for half in np.split(np.arange(_RANGES), _PASSES):
        parts = []
        for at in range(n):
            hashes = np.asarray(sets[at])
            every = np.split(hashes, np.searchsorted(hashes, bounds))
            parts.append([every[at].copy() for at in half])
        for at in range(len(half)):
            found += _overlaps_within([part[at] for part in parts])
        sizes += np.array([sum(map(len, part)) for part in parts], dtype=np.int32)
    np.fill_diagonal(found, sizes)  # what one document alone holds was left out
    return sizes, found


def _overlaps_within(sets: list[Hashes]) -> Counts:
    from scipy.sparse import csr_array

    values, columns = np.unique(np.concatenate(sets), return_inverse=True)
    ends = np.cumsum([0, *(len(one) for one in sets)])
    ones = np.ones(len(columns), dtype=np.int32)
    shape = (len(sets), len(values))
    # Shingles of one document only cannot be shared; most are such, and the product is faster without.
    grid = csr_array((ones, columns, ends), shape=shape)
    shared = np.bincount(columns, minlength=len(values)) > 1
    grid = grid[:, np.flatnonzero(shared)]
    return np.asarray((grid @ grid.T).toarray(), dtype=np.int32)


def reuse_table(clauses: pd.DataFrame) -> pd.DataFrame:
    """Measure shared wording between documents by 8-character shingles.

    `containment` is the share of doc_a's shingles that doc_b holds too, `jaccard` is shared over all
    (Broder 1997, On the resemblance and containment of documents). Up to 60 documents all ordered
    pairs are given, beyond that the five with most shared wording for each document.

    Returns:
        Columns `doc_a, doc_b, containment, jaccard`, both in [0, 1].
    """
    found = wording_table(clauses)
    return reuse_of(
        found["doc_id"].tolist(), *overlaps(found["digest"].tolist(), found["shingles"].tolist(), NoMemory())
    )


def reuse_of(doc_ids: Sequence[str], sizes: Counts, shared: Counts) -> pd.DataFrame:
    """Return the table of `reuse_table` from what `overlaps` counted."""
    if len(doc_ids) < 2:
        return pd.DataFrame(columns=list(_TYPES)).astype(_TYPES)
    containment = shared / np.maximum(sizes, 1)[:, None]
    jaccard = shared / np.maximum(sizes[:, None] + sizes - shared, 1)
    n_kept = len(doc_ids) - 1 if len(doc_ids) <= MAX_PAIRWISE else N_NEIGHBOURS
    rows: list[tuple[object, ...]] = []
    for a, name in enumerate(doc_ids):
        order = [b for b in lowest(-containment[a], n_kept + 1).tolist() if b != a][:n_kept]
        rows += [(name, doc_ids[b], containment[a, b], jaccard[a, b]) for b in order]
    return pd.DataFrame(rows, columns=list(_TYPES)).astype(_TYPES)
