"""How far a classifier's errors differ from place to place, and what that adds to the interval of one place's shares.

What a clause called by a theme truly is was seen elsewhere. In another place it is that on average only: themes are
spoken of more or less there, and in other words. The variance of this is taken from the labelled places by the method
of moments: products of the errors of two sections of one place, less those of two sections of different places (the
symmetric sums of Koch, 1967, Technometrics 9(1)). It needs no assumption about how far clauses of a section are alike.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Reals = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]

LEAST_PLACES = 8
"""Fewer labelled places tell too little of how far places differ."""


def alikeness(counts: Reals, places: Numbers, whole: Reals, values: Reals, weights: Reals) -> float:
    """Return how much errors of clauses of one place are alike: their intraclass correlation, 0 to 1.

    An error is what a clause is read as (1 for that theme, 0 for others) less what clauses that are called the same are
    read as on average. One figure for all themes: of most, too few clauses are labelled for one of their own.

    Args:
        counts: Clauses by section, predicted theme and read theme, shape (section, predicted, read).
        places: Place of each section, numbered from 0.
        whole: The counts of each place.
        values: Predictive values, shape (predicted, read), fitted to the counts with the weights.
        weights: Of the places.
    """
    squares, sizes = _squared_errors(counts, values)
    of_place, size = _squared_errors(whole, values)
    same = weights @ of_place - weights[places] @ squares
    n_same = weights @ size**2 - weights[places] @ sizes**2
    # Errors of all places sum to nought, so products of different places are, together, less those of each with itself.
    other, n_other = -(weights**2) @ of_place, (weights @ size) ** 2 - weights**2 @ size**2
    called = np.tensordot(weights, whole, 1).sum(axis=1)
    single = float((called @ (values * (1 - values))).sum() / called.sum()) if called.any() else 0.0
    if n_same <= 0 or n_other <= 0 or single <= 0:
        return 0.0
    return float(np.clip((same / n_same - other / n_other) / single, 0, 1))


def _squared_errors(counts: Reals, values: Reals) -> tuple[Reals, Reals]:
    """Return the squared error of each section or place, summed over themes, and its size."""
    called = counts.sum(axis=2)
    return ((counts.sum(axis=1) - called @ values) ** 2).sum(axis=1), called.sum(axis=1)


def deviations(resamples: Reals, values: Reals, alike: Reals, n_places: int, rng: np.random.Generator) -> Reals:
    """Draw by how much the shares of places differ from what errors seen elsewhere make of them.

    The t distribution has the degrees of freedom of a prediction interval of random effects: labelled places less two
    (Higgins, Thompson and Spiegelhalter, 2009, Journal of the Royal Statistical Society A 172(1)).

    Args:
        resamples: Shares as called, shape (document, resample, theme).
        values: Predictive values of each resample, shape (resample, predicted, read).
        alike: `alikeness` of each resample, shape (resample,).
        n_places: Labelled places.
        rng: Source of randomness; all documents take the same draws, so that none depends on the others.

    Returns:
        Shape (document, resample, theme), on average 0.
    """
    spread = np.einsum("drj,rjk->drk", resamples, values * (1 - values) * alike[:, None, None])
    return np.asarray(np.sqrt(spread) * rng.standard_t(n_places - 2, size=resamples.shape[1:]))
