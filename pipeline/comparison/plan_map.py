"""A map of plans: where each stands by its themes, which stand together, and how many themes it spreads over."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.comparison.divergence import all_divergences
from pipeline.comparison.shares import Profiles, percentile_interval

Reals = npt.NDArray[np.float64]

MOST_CLUSTERS = 8
_LEAST = 4
"""Fewer documents are one cluster: there is nothing to choose between."""
_DENSE = 300
"""Of more documents the two axes alone are computed (Lanczos), which takes a hundredth of the time."""
_TYPES = {"doc_id": "str", "x": "float64", "y": "float64", "cluster": "int64", "effective_themes": "float64",
          "effective_themes_corrected": "float64", "low": "float64", "high": "float64"}  # fmt: skip


def effective_themes(shares: Reals) -> Reals:
    """Return the effective number of themes: how many equally great ones would be as diverse.

    The exponential of Shannon's entropy, the Hill number of order 1 (Hill 1973, Ecology 54(2)).

    Args:
        shares: Distributions, shape (..., theme).

    Returns:
        Shape (...), from 1 to the number of themes.
    """
    logs = np.log(shares, out=np.zeros_like(shares), where=shares > 0)
    return np.asarray(np.exp(-(shares * logs).sum(axis=-1)), dtype=np.float64)


def distances(apart: Reals) -> Reals:
    """Return the Jensen-Shannon distances (the root of the divergence, a metric), shape (n, n).

    Args:
        apart: From `all_divergences`.
    """
    found = np.sqrt(apart)
    np.fill_diagonal(found, 0.0)
    return np.asarray(found, dtype=np.float64)


def coordinates(distance: Reals) -> Reals:
    """Return two coordinates whose distances come nearest to the given ones.

    Classical scaling (Torgerson 1952, Psychometrika 17): no random start, so the map is the same each time. The signs
    are fixed by the document farthest out on each axis, which lies on the positive side.

    Args:
        distance: Shape (n, n).

    Returns:
        Shape (n, 2); zero on an axis that the distances do not need.
    """
    from scipy.linalg import eigh
    from scipy.sparse.linalg import eigsh

    n = len(distance)
    found = np.zeros((n, 2))
    if n < 2:
        return found
    squared = distance**2
    centred = -(squared - squared.mean(axis=0) - squared.mean(axis=1)[:, None] + squared.mean()) / 2
    k = min(2, n - 1)
    if n <= _DENSE:
        values, vectors = eigh(centred, subset_by_index=(n - k, n - 1))
    else:  # begun from the document order, so the same each time; to the last digits what `eigh` gives
        values, vectors = eigsh(centred, k, which="LA", v0=np.linspace(-1, 1, n))
        values, vectors = values[order := np.argsort(values)], vectors[:, order]
    axes = (vectors * np.sqrt(np.maximum(values, 0)))[:, ::-1]
    farthest = axes[np.abs(axes).round(9).argmax(axis=0), np.arange(k)]
    found[:, :k] = axes * np.where(farthest < 0, -1, 1)
    return found


def silhouette(distance: Reals, labels: npt.NDArray[np.integer]) -> float:
    """Return the mean silhouette (Rousseeuw 1987): by how much documents are nearer to their own cluster.

    Args:
        distance: Shape (n, n).
        labels: The cluster of each document, two clusters or more.

    Returns:
        -1 to 1; a document alone in its cluster counts as nought.
    """
    _, own = np.unique(labels, return_inverse=True)
    member = np.eye(int(own.max()) + 1)[own]
    sums, sizes, rows = distance @ member, member.sum(axis=0), np.arange(len(own))
    within = sums[rows, own] / np.maximum(sizes[own] - 1, 1)
    means = sums / sizes
    means[rows, own] = np.inf
    beyond = means.min(axis=1)
    greater = np.maximum(within, beyond)
    told = (sizes[own] > 1) & (greater > 0)
    return float(np.where(told, (beyond - within) / np.where(told, greater, 1.0), 0.0).mean())


def clusters(distance: Reals) -> npt.NDArray[np.int64]:
    """Return the cluster of each document: 0 the greatest.

    Ward's linkage, cut where the mean silhouette (Rousseeuw 1987) is greatest. Ward needs distances that points of a
    Euclidean space could have; these have (Fuglede and Topsoe 2004).
    """
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform

    n = len(distance)
    if n < _LEAST or not distance.any():
        return np.zeros(n, np.int64)
    tree = linkage(squareform(distance, checks=False), "ward")
    tried = []
    for k in range(2, min(MOST_CLUSTERS, n - 1) + 1):
        labels = fcluster(tree, k, "maxclust")
        if 1 < len(np.unique(labels)) < n:
            score = round(silhouette(distance, labels), 6)
            tried.append((-score, k, labels))
    labels = min(tried, key=lambda one: one[:2])[2] if tried else np.ones(n, int)
    sizes = pd.Series(labels).value_counts().sort_index()
    order = sizes.sort_values(ascending=False, kind="stable").index
    return np.asarray(pd.Series(labels).map({old: new for new, old in enumerate(order)}), dtype=np.int64)


def plan_map(found: Profiles, confidence: float, apart: Reals | None = None) -> pd.DataFrame:
    """Return one row a document: where it stands, its cluster and its effective number of themes.

    Args:
        found: The profiles.
        confidence: Of the intervals, 0 to 1.
        apart: From `all_divergences` of the shares, where it is known.

    Returns:
        `doc_id, x, y, cluster, effective_themes, effective_themes_corrected, low, high`; the interval, over resampled
        sections, is that of the corrected number and empty for a document with a single section.
    """
    if not found.doc_ids:
        return pd.DataFrame(columns=list(_TYPES)).astype(_TYPES)
    distance = distances(all_divergences(found.shares) if apart is None else apart)
    places = coordinates(distance)
    estimate = effective_themes(found.shares)
    draws = effective_themes(found.resamples)
    # Resampled sections hold fewer themes than all of them: the basic interval and the mean take that bias out.
    least, most = percentile_interval(draws, confidence, axis=1)
    corrected, low, high = (
        np.clip(2 * estimate - one, 1, len(found.themes)) for one in (draws.mean(axis=1), most, least)
    )
    single = found.n_sections < 2
    columns = {
        "doc_id": found.doc_ids,
        "x": places[:, 0].round(6),
        "y": places[:, 1].round(6),
        "cluster": clusters(distance),
        "effective_themes": estimate,
        "effective_themes_corrected": corrected,
        "low": np.where(single, np.nan, low),
        "high": np.where(single, np.nan, high),
    }
    return pd.DataFrame(columns).astype(_TYPES)
