"""The plans nearest to a plan by the themes that they speak of."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.comparison.divergence import corrected, jensen_shannon, permutation_p
from pipeline.comparison.shares import Profiles, generator

Reals = npt.NDArray[np.float64]

SINGLE = "a single section: no interval, no p value"
_FIGURES = ("distance", "distance_corrected", "low", "high", "p_value", "among_nearest")
_TYPES = {"rank": "int64", "doc_id": "str", **dict.fromkeys(_FIGURES, "float64"), "note": "str"}


def nearest_table(
    found: Profiles, doc_id: str, candidates: Sequence[str], k: int, confidence: float, seed: int
) -> pd.DataFrame:
    """Return the nearest of some documents to one, the nearest first.

    All candidates are ranked by the distance as counted; only the nearest have an interval and a p value, for which
    sections are drawn and dealt out anew.

    Args:
        found: Profiles of all documents, with resamples of whole sections.
        doc_id: Whose nearest are sought.
        candidates: Documents that may be it; the one itself and those without a clause are none.
        k: How many are wanted, at least 1.
        confidence: Of the intervals, 0 to 1.
        seed: Of the deals.

    Returns:
        `rank` (from 1), `doc_id`, `distance` (Jensen-Shannon distance: the root of the divergence in bits, 0 to 1),
        `distance_corrected` and its interval `low, high` (without the bias of few sections), `p_value` (that two
        documents of one profile differ as much), `among_nearest` (in what share of the resamples it is one of the k
        nearest), `note` (why a figure is missing).
    """
    at = {name: number for number, name in enumerate(found.doc_ids)}
    own, others = at[doc_id], np.array([at[one] for one in candidates if one in at and one != doc_id], dtype=np.int64)
    divergence = jensen_shannon(found.shares[own], found.shares[others]) if len(others) else np.empty(0)
    order = np.argsort(divergence, kind="stable")[:k]
    often = _often(found, own, others, k)
    rows = [
        (rank, found.doc_ids[others[one]], *_figures(found, own, int(others[one]), confidence, seed), often[one])
        for rank, one in enumerate(order, start=1)
    ]
    frame = pd.DataFrame(rows, columns=[*list(_TYPES)[:-1]])
    return frame.assign(note=np.where(frame["p_value"].isna(), SINGLE, "")).astype(_TYPES)


def _often(found: Profiles, own: int, others: npt.NDArray[np.int64], k: int) -> Reals:
    """Return in what share of the resamples each is among the k nearest, shape (other,)."""
    n_resamples = found.resamples.shape[1]
    counts = np.zeros(len(others))
    for draw in range(n_resamples if len(others) else 0):
        distance = jensen_shannon(found.resamples[own, draw], found.resamples[others, draw])
        counts[np.argsort(distance, kind="stable")[:k]] += 1
    return np.asarray(counts / max(n_resamples, 1), dtype=np.float64)


def _figures(found: Profiles, a: int, b: int, confidence: float, seed: int) -> tuple[float, ...]:
    """Return distance, corrected distance, its bounds and the p value; not a number where sections are too few."""
    estimate = float(jensen_shannon(found.shares[a], found.shares[b]))
    if min(found.n_sections[a], found.n_sections[b]) < 2:
        return (estimate**0.5, *(np.nan,) * 4)
    draws = jensen_shannon(found.resamples[a], found.resamples[b])
    rng = generator(seed, found.doc_ids[a], found.doc_ids[b])
    p = permutation_p(found.sections[a], found.sections[b], len(draws), rng)
    return (estimate**0.5, *(float(one) ** 0.5 for one in corrected(estimate, draws, confidence)), p)
