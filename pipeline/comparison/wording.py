"""Clauses that say nearly the same: candidates by rare runs of characters, judged by alignment.

Figures and punctuation are left out, so that a sentence with another number is the same wording. Candidates share one
of the rarest runs of three characters (prefix filtering; Chaudhuri, Ganti and Kaushik, 2006, A Primitive Operator for
Similarity Joins in Data Cleaning); what they have in common is judged by the longest common subsequence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from pipeline.comparison.runs import code_points, run_hashes

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Ints = npt.NDArray[np.int64]

SHORTEST = 6
"""Chinese characters; a shorter clause is a formula that anyone would write."""
RUN = 3
MOST_TEXTS = 8000
"""A run of characters that stands in more texts is no evidence."""
N_RAREST = 40
N_CANDIDATES = 400
LEAST = 0.75
_BLOCK = 2_000
_BEYOND = re.compile(r"[^\u4e00-\u9fff]+")


def wording(text: str) -> str:
    """Return the Chinese characters of a text.

    >>> wording("到2025年，森林覆盖率达到30%。")
    '到年森林覆盖率达到'
    """
    return _BEYOND.sub("", text)


@dataclass(frozen=True, slots=True)
class Pairs:
    """Texts that say nearly the same.

    Attributes:
        one: Number of a text.
        other: Number of another text, as much alike as `similarity` says.
        similarity: Twice the longest common subsequence over both lengths, LEAST to 1.
    """

    one: Ints
    other: Ints
    similarity: npt.NDArray[np.float32]


def alike(texts: Sequence[str], n_queries: int, workers: int = 1) -> Pairs:
    """Find, for each of the first texts, those of all that say nearly the same.

    Args:
        texts: Different texts, as `wording` returns them.
        n_queries: How many of them are asked for.
        workers: Threads that align; -1 for one a core.
    """
    from rapidfuzz import fuzz
    from rapidfuzz.process import cpdist

    found: list[tuple[Ints, Ints, npt.NDArray[np.float32]]] = []
    for one, other in candidates(texts, n_queries):
        left, right = [texts[at] for at in one], [texts[at] for at in other]
        scores = cpdist(left, right, scorer=fuzz.ratio, score_cutoff=100 * LEAST, workers=workers) / 100
        kept = scores >= LEAST
        found.append((one[kept], other[kept], scores[kept].astype(np.float32)))
    none = (np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.float32))
    return Pairs(*(np.concatenate(part) for part in zip(none, *found, strict=True)))


def candidates(texts: Sequence[str], n_queries: int) -> Iterator[tuple[Ints, Ints]]:
    """Yield pairs of texts that may be alike: at most 400 others a text, those that share most of its rarest runs."""
    runs, counts = _runs(texts)
    if not runs.nnz:
        return
    rarest = _rarest(runs[:n_queries], counts, len(texts))
    columns = runs.T.tocsr()
    for low in range(0, n_queries, _BLOCK):
        shared = (rarest[low : low + _BLOCK] @ columns).tocsr()
        rows = np.repeat(np.arange(shared.shape[0]), np.diff(shared.indptr)) + low
        other = shared.indices.astype(np.int64)
        kept = rows != other
        rows, other, n_shared = rows[kept], other[kept], shared.data[kept]
        order = np.lexsort((other, -n_shared, rows))
        rows, other = rows[order], other[order]
        first = np.searchsorted(rows, rows, side="left")
        best = np.arange(len(rows)) - first < N_CANDIDATES
        yield rows[best], other[best]


def _runs(texts: Sequence[str]) -> tuple[csr_array, Ints]:
    """Return which runs of characters each text holds, but for those in one text or too many; and their counts."""
    from scipy.sparse import csr_array

    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    n_runs = np.maximum(lengths - RUN + 1, 0)
    rows = np.repeat(np.arange(len(texts)), n_runs)
    starts = np.repeat(np.cumsum(lengths) - lengths - (np.cumsum(n_runs) - n_runs), n_runs) + np.arange(n_runs.sum())
    hashes = run_hashes(code_points("".join(texts)), RUN)
    values, columns = np.unique(hashes[starts], return_inverse=True)
    every = csr_array((np.ones(len(rows), np.float32), (rows, columns)), shape=(len(texts), len(values)))
    every.sum_duplicates()
    every.data[:] = 1
    counts = np.bincount(every.indices, minlength=len(values))
    told = np.flatnonzero((counts > 1) & (counts <= MOST_TEXTS))
    return csr_array(every.tocsc()[:, told]), counts[told]


def _rarest(runs: csr_array, counts: Ints, n_texts: int) -> csr_array:
    """Return the rarest runs of each text, weighted by how rare they are (inverse document frequency)."""
    from scipy.sparse import csr_array

    rows = np.repeat(np.arange(runs.shape[0]), np.diff(runs.indptr))
    order = np.lexsort((runs.indices, counts[runs.indices], rows))
    rows, columns = rows[order], runs.indices[order]
    kept = np.arange(len(rows)) - np.searchsorted(rows, rows, side="left") < N_RAREST
    weights = np.log(n_texts / counts[columns[kept]]).astype(np.float32)
    return csr_array((weights, (rows[kept], columns[kept])), shape=runs.shape)
