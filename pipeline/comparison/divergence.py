"""How far apart the theme profiles of documents are."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.comparison.memory import Arrays, Memory, NoMemory, content_digest, remembered
from pipeline.comparison.ranking import lowest
from pipeline.comparison.shares import Profiles, generator, percentile_interval

Reals = npt.NDArray[np.float64]

MAX_PAIRWISE = 60
"""Up to so many documents, all pairs are compared (1,770 of them)."""
N_NEIGHBOURS = 5
_ROUNDING = 1e-12
MEAN = "(mean of the others)"
_TEXT = dict.fromkeys(("doc_a", "doc_b", "kind"), "str")
_TYPES = _TEXT | dict.fromkeys(("jsd", "jsd_corrected", "low", "high", "p_value"), "float64")


def _plogp(p: Reals) -> Reals:
    return np.asarray(p * np.log2(p, out=np.zeros_like(p), where=p > 0))


def jensen_shannon(p: Reals, q: Reals) -> Reals:
    """Return the Jensen-Shannon divergence in bits, along the last axis; arrays broadcast.

    0 for equal distributions, 1 for disjoint ones; symmetric. Its square root is a metric
    (Lin 1991, IEEE Transactions on Information Theory 37(1); Endres and Schindelin 2003, 49(7)).

    Args:
        p: Distributions, shape (..., theme), last axis sums to 1.
        q: Distributions of the same or a broadcastable shape.

    Returns:
        Divergences, shape (...), in [0, 1].
    """
    p, q = np.broadcast_arrays(p, q)
    mixed = _plogp((p + q) / 2).sum(axis=-1)
    inner = (_plogp(p).sum(axis=-1) + _plogp(q).sum(axis=-1)) / 2
    return np.asarray(np.clip(inner - mixed, 0.0, 1.0), dtype=np.float64)


def all_divergences(shares: Reals) -> Reals:
    """Return the Jensen-Shannon divergence of every two rows, shape (n, n): `jensen_shannon` to the last bit."""
    own = _plogp(shares).sum(axis=-1)
    found = np.zeros((len(shares), len(shares)))
    for at, one in enumerate(shares):
        mixed = _plogp((one + shares[at:]) / 2).sum(axis=-1)
        found[at, at:] = found[at:, at] = np.clip((own[at] + own[at:]) / 2 - mixed, 0.0, 1.0)
    return found


def corrected(estimate: Reals | float, draws: Reals, confidence: float) -> tuple[Reals, Reals, Reals]:
    """Return the bias-corrected estimate and the basic bootstrap interval, within [0, 1].

    Noise pushes a divergence up, in the data and once more in each resample; the basic interval
    reflects the draws around the estimate and so takes the bias out instead of doubling it
    (Davison and Hinkley 1997, section 5.2).

    Args:
        estimate: One, or shape (n,).
        draws: Shape (resample,), or (n, resample).
        confidence: 0 to 1.
    """
    low, high = percentile_interval(draws, confidence, axis=-1)
    found = (2 * estimate - one for one in (draws.mean(axis=-1), high, low))
    middle, least, most = (np.asarray(np.clip(one, 0.0, 1.0)) for one in found)
    return middle, least, most


def permutation_p(a: Reals, b: Reals, n: int, rng: np.random.Generator) -> float:
    """Return how likely two documents with one and the same profile would differ as much as these do.

    Whole sections are dealt out anew to two documents of as many sections as the two have (Fisher's permutation test;
    Good 2005, Permutation, Parametric and Bootstrap Tests of Hypotheses). The observed deal counts as one of them.

    Args:
        a: Clauses by section of one document, shape (section, theme).
        b: Those of the other.
        n: Deals.
        rng: Source of randomness.

    Returns:
        From 1 / (n + 1) to 1.
    """
    every = np.vstack([a, b])
    first = rng.permuted(np.tile(np.arange(len(every)) < len(a), (n, 1)), axis=1)
    one = first @ every
    other = every.sum(axis=0) - one
    observed = jensen_shannon(a.sum(axis=0) / a.sum(), b.sum(axis=0) / b.sum())
    dealt = jensen_shannon(one / one.sum(axis=1, keepdims=True), other / other.sum(axis=1, keepdims=True))
    return float((1 + (dealt >= observed - _ROUNDING).sum()) / (n + 1))


def _pairs(apart: Reals) -> list[tuple[int, int, str]]:
    """Return the pairs to compare: all, or each document with its nearest ones."""
    n = len(apart)
    if n <= MAX_PAIRWISE:
        return [(a, b, "pair") for a, b in combinations(range(n), 2)]
    found = []
    for one, distance in enumerate(apart):
        nearest = [other for other in lowest(distance, N_NEIGHBOURS + 1).tolist() if other != one]
        found += [(one, other, "neighbour") for other in nearest[:N_NEIGHBOURS]]
    return found


def divergence_table(
    found: Profiles, confidence: float, seed: int = 0, memory: Memory | None = None, apart: Reals | None = None
) -> pd.DataFrame:
    """Compare profiles: all pairs of up to 60 documents, beyond that each one's five nearest.

    With three documents or more, each is also compared with the mean profile of the others (kind `mean`).

    Args:
        found: The profiles.
        confidence: Of the intervals, 0 to 1.
        seed: Of the deals.
        memory: Holds the pairs compared before.
        apart: From `all_divergences` of the shares, where it is known.

    Returns:
        Columns `doc_a, doc_b, kind, jsd, jsd_corrected, low, high, p_value`; the interval is empty where one
        of the two has a single section. `p_value` is that of pairs, by dealing out their sections anew, as many times
        as there are resamples.
    """
    pairs = _pairs(all_divergences(found.shares) if apart is None else apart)
    rows = _pair_rows(found, pairs, confidence, seed, NoMemory() if memory is None else memory)
    if len(found.doc_ids) > 2:
        rows += _mean_rows(found, confidence)
    frame = pd.DataFrame(rows, columns=list(_TYPES)).astype(_TYPES)
    return frame.sort_values(["kind", "doc_a", "jsd", "doc_b"], ignore_index=True)


def _pair_rows(
    found: Profiles, pairs: list[tuple[int, int, str]], confidence: float, seed: int, memory: Memory
) -> list[tuple[object, ...]]:
    n_draws = found.resamples.shape[1]
    given = f"{confidence} {seed} {n_draws} {' '.join(found.themes)}"
    each = zip(found.doc_ids, found.sections, found.resamples, strict=True)
    own = [content_digest(given, *one) for one in each]

    def make(at: Sequence[int]) -> Arrays:
        rows = [_compared(found, *pairs[one][:2], confidence, seed) for one in at]
        return {"values": np.array(rows, dtype=np.float64).reshape(-1, 5)}

    keys = [content_digest(own[a], own[b]) for a, b, _ in pairs]
    values = remembered(memory, "pairs", keys, make)["values"].tolist()
    return [(found.doc_ids[a], found.doc_ids[b], kind, *five) for (a, b, kind), five in zip(pairs, values, strict=True)]


def _compared(found: Profiles, a: int, b: int, confidence: float, seed: int) -> list[float]:
    """Return `jsd, jsd_corrected, low, high, p_value` of two documents."""
    estimate = float(jensen_shannon(found.shares[a], found.shares[b]))
    if min(found.n_sections[a], found.n_sections[b]) < 2:
        return [estimate, *[float("nan")] * 4]
    draws, rng = found.resamples, generator(seed, found.doc_ids[a], found.doc_ids[b])
    three = map(float, corrected(estimate, jensen_shannon(draws[a], draws[b]), confidence))
    return [estimate, *three, permutation_p(found.sections[a], found.sections[b], draws.shape[1], rng)]


def _mean_rows(found: Profiles, confidence: float) -> list[tuple[object, ...]]:
    """Compare each document with the mean profile of the others."""
    shares, draws, n = found.shares, found.resamples, len(found.doc_ids)
    total, total_draws = shares.sum(axis=0), draws.sum(axis=0)
    estimates = jensen_shannon(shares, (total - shares) / (n - 1))
    apart = np.array([jensen_shannon(own, (total_draws - own) / (n - 1)) for own in draws])
    three = np.column_stack(corrected(estimates, apart, confidence))
    three[found.n_sections < 2] = np.nan
    each = zip(found.doc_ids, estimates.tolist(), three.tolist(), strict=True)
    return [(name, MEAN, "mean", estimate, *bounds, float("nan")) for name, estimate, bounds in each]
