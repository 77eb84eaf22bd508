"""Corrected theme shares beside prediction-powered inference, on the same simulated clauses: `python bench/ppi.py`.

Needs ppi-python (`pip install -e .[bench]`; Angelopoulos, Duchi and Zrnic 2023, PPI++, arXiv:2311.01453), which is
given each theme as a mean of noughts and ones. The classifier errs as the shipped one was seen to err. Coverage is how
often 95 % intervals hold the share that the clauses were drawn from, over all themes; width in percentage points.

A second table leaves out each labelled place in turn: shares of its clauses as called, corrected by the errors of the
other places, beside what its readers read.
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).parents[1]))

from pipeline.comparison.correction import Errors, corrected_shares, drawn_weights, predictive_values  # noqa: E402
from pipeline.comparison.place_errors import alikeness, deviations  # noqa: E402
from pipeline.comparison.shares import Profiles, profiles, section_interval  # noqa: E402

CONFIDENCE = 0.95
N_RESAMPLES = 200
N_LABELLED, N_REST, N_CLAUSES = 60, 300, 20
"""Sections that were read, the others, and clauses of each."""
N_AS_SHIPPED = 156
"""Sections that give as many clauses as the shipped errors were counted on."""
N_PLACES = 12
LEANING = 135
"""How near places are in their shares: 5 % has a standard deviation of 1.9 points, as among provincial work reports."""
ALIKE = 8
ERRING = 60
"""How near places are in their errors: rightly called 9 of 10 times, a theme has a standard deviation of 4 points."""
Interval = tuple[np.ndarray, np.ndarray, np.ndarray]
"""Estimate, lower and upper bounds, shape (theme,) each."""


@dataclass(frozen=True)
class World:
    """What clauses are drawn from.

    Attributes:
        shares: True share of each theme, of one place or of several, shape (theme,) or (place, theme).
        called: What a clause of a theme (row) is called, rows sum to 1; of all places, or shape (place, theme, theme).
        alike: How much clauses of a section are alike: 0 not at all; else the smaller, the more.
    """

    shares: np.ndarray
    called: np.ndarray
    alike: float


@dataclass(frozen=True)
class Clauses:
    """Drawn clauses, shape (section, clause): their themes and what they are called; and each section's place."""

    true: np.ndarray
    called: np.ndarray
    place: np.ndarray


def draw(world: World, n_sections: int, n_clauses: int, rng: np.random.Generator) -> Clauses:
    """Draw sections of equally many clauses, as many of each place."""
    places, n = np.atleast_2d(world.shares), world.shares.shape[-1]
    place = np.repeat(np.arange(len(places)), n_sections // len(places))
    mixtures = places[place]
    if world.alike:
        mixtures = np.array([rng.dirichlet(np.maximum(one, 1e-6) * world.alike) for one in mixtures])
    true = (mixtures.cumsum(axis=1)[:, None] < rng.random((n_sections, n_clauses, 1))).sum(axis=2).clip(0, n - 1)
    errs = np.broadcast_to(world.called, (len(places), n, n)).cumsum(axis=2)[place[:, None], true]
    called = (errs < rng.random((n_sections, n_clauses, 1))).sum(axis=2).clip(0, n - 1)
    return Clauses(true, called, place)


def profile_of(one: Clauses, n_themes: int, seed: int, by_section: bool) -> Profiles:
    """Return the profile of the clauses as of one document."""
    n_sections, n_clauses = one.called.shape
    section = np.repeat(np.arange(n_sections), n_clauses) if by_section else np.arange(one.called.size)
    ids = pd.Series(np.arange(one.called.size).astype(str))
    frame = pd.DataFrame({"clause_id": ids, "doc_id": "d", "section_id": section.astype(str), "text": "句"})
    return profiles(frame, pd.DataFrame({"clause_id": ids, "theme": name_of(one.called.ravel())}), N_RESAMPLES, seed)


def name_of(themes: np.ndarray) -> np.ndarray:
    """Return names that sort as their numbers do."""
    return np.array([f"t{at:02}" for at in range(themes.max() + 1)], dtype=object)[themes]


def spread(found: Profiles, values: np.ndarray, n_themes: int) -> np.ndarray:
    """Return values of the themes found as values of all."""
    full = np.zeros(n_themes)
    full[[int(one[1:]) for one in found.themes]] = values
    return full


def counted(labelled: Clauses, rest: Clauses, n_themes: int, seed: int, *, by_section: bool) -> Interval:
    """Shares as the classifier counts, sections drawn anew."""
    found = profile_of(rest, n_themes, seed, by_section)
    low, high = section_interval(found.resamples, CONFIDENCE, found.n_sections)
    return tuple(spread(found, one[0], n_themes) for one in (found.shares, low, high))


def ours(
    labelled: Clauses, rest: Clauses, n_themes: int, seed: int, *, by_section: bool, apart: bool = False
) -> Interval:
    """The pipeline's own correction; read clauses are in clusters by place where there are several, else by section.

    Args:
        labelled: Read clauses.
        rest: Clauses of which only is known what they are called.
        n_themes: Themes.
        seed: Of the draws.
        by_section: Whether sections or places are clusters, else single clauses.
        apart: Whether the interval holds that errors differ from place to place.
    """
    found = profile_of(rest, n_themes, seed, by_section)
    section, place = (np.repeat(one, labelled.true.shape[1]) for one in (np.arange(len(labelled.true)), labelled.place))
    clusters = section if apart or not place.any() else place
    if not by_section:
        clusters = np.arange(labelled.true.size)
    names = [f"t{at:02}" for at in range(n_themes)]
    called, read = (name_of(one.ravel()).tolist() for one in (labelled.called, labelled.true))
    errors = Errors.counted(clusters.tolist(), called, read, names, None, place.tolist() if apart else None)
    fixed = corrected_shares(found, errors, CONFIDENCE, seed)
    return tuple(spread(found, one[0], n_themes) for one in (fixed.shares, fixed.low, fixed.high))


def ppi(labelled: Clauses, rest: Clauses, n_themes: int, seed: int, *, by_section: bool) -> Interval:
    """PPI++ with power tuned for each theme; by section the means of sections are its observations."""
    from ppi_py import ppi_mean_ci, ppi_mean_pointestimate

    themes = np.arange(n_themes)
    tables = [(one[..., None] == themes).astype(float) for one in (labelled.true, labelled.called, rest.called)]
    y, yhat, other = (one.mean(axis=1) if by_section else one.reshape(-1, n_themes) for one in tables)
    estimate, low, high = np.zeros((3, n_themes))
    for at in themes:
        own = y[:, at], yhat[:, at], other[:, at]
        estimate[at] = ppi_mean_pointestimate(*own)[0]
        bounds = ppi_mean_ci(*own, alpha=1 - CONFIDENCE)
        low[at], high[at] = (float(np.ravel(one)[0]) for one in bounds)
    return estimate, low, high


APART = "corrected, by section, places apart"
ESTIMATORS: dict[str, Callable[..., Interval]] = {
    "counted, by section": partial(counted, by_section=True),
    "corrected, by clause": partial(ours, by_section=False),
    "corrected, by section": partial(ours, by_section=True),
    APART: partial(ours, by_section=True, apart=True),
    "PPI++, by clause": partial(ppi, by_section=False),
    "PPI++, by section": partial(ppi, by_section=True),
}


Case = Callable[[np.random.Generator], tuple[World, World]]
"""Draws the world of the labelled clauses and that of the others."""


def tried(name: str, case: Case, n_labelled: int, n_times: int) -> list[list[object]]:
    """Return one row an estimator: coverage, width, bias, on the same draws."""
    sums: dict[str, np.ndarray] = {}
    rng = np.random.default_rng(14)
    for seed in range(n_times):
        elsewhere, world = case(rng)
        labelled, rest = draw(elsewhere, n_labelled, N_CLAUSES, rng), draw(world, N_REST, N_CLAUSES, rng)
        for one, estimator in ESTIMATORS.items():
            if one == APART and not labelled.place.any():
                continue
            estimate, low, high = estimator(labelled, rest, len(world.shares), seed)
            held = (low <= world.shares) & (world.shares <= high)
            sums[one] = sums.get(one, 0) + np.array([held, high - low, estimate - world.shares], dtype=float)
    return [
        [name, one, f"{held.mean():.1%}", f"{100 * width.mean():.2f}", f"{100 * np.abs(bias).max():.2f}"]
        for one, (held, width, bias) in ((one, value / n_times) for one, value in sums.items())
    ]


def cases(counts: np.ndarray) -> dict[str, tuple[Case, int]]:
    """Return where labels may come from, and sections that are labelled.

    Args:
        counts: Clauses by what they were called and what they were read as.
    """
    shares = counts.sum(axis=0) / counts.sum()
    called = (counts / counts.sum(axis=0)).T
    other = np.random.default_rng(1).permutation(shares)

    def places(rng: np.random.Generator) -> tuple[World, World]:
        leaning = np.maximum(rng.dirichlet(shares * LEANING, N_PLACES + 1), 1e-4)
        leaning /= leaning.sum(axis=1, keepdims=True)
        return World(leaning[1:], called, ALIKE), World(leaning[0], called, ALIKE)

    def erring(rng: np.random.Generator) -> tuple[World, World]:
        elsewhere, world = places(rng)
        own = np.array([[rng.dirichlet(np.maximum(row, 1e-6) * ERRING) for row in called] for _ in range(N_PLACES + 1)])
        return World(elsewhere.shares, own[1:], ALIKE), World(world.shares, own[0], ALIKE)

    alone = {
        "clauses independent, labels of the same place": lambda _: (World(shares, called, 0),) * 2,
        "clauses of a section alike, labels of the same place": lambda _: (World(shares, called, ALIKE),) * 2,
        f"alike, labels of {N_PLACES} other places": places,
        "alike, labels of a place that speaks of quite other things": lambda _: (
            World(other, called, ALIKE),
            World(shares, called, ALIKE),
        ),
    }
    shipped = f"alike, {N_AS_SHIPPED * N_CLAUSES:,} labels of {N_PLACES} other places"
    return {name: (case, N_LABELLED) for name, case in alone.items()} | {
        shipped: (places, N_AS_SHIPPED),
        f"{shipped}, each with errors of its own": (erring, N_AS_SHIPPED),
    }


def without(errors: Errors, place: int) -> Errors:
    """Return the errors of all places but one."""
    kept = errors.places != place
    return Errors(errors.themes, errors.counts[kept], None, np.unique(errors.places[kept], return_inverse=True)[1])


def alike(errors: Errors) -> tuple[float, float]:
    """Return how much errors of one place are alike, and the standard error: jackknife of places."""

    def of(one: Errors) -> float:
        whole = one.among(one.themes)
        values = predictive_values(whole.sum(axis=0))
        return alikeness(one.counts, one.places, whole, values, np.ones(len(whole)))

    n = errors.places.max() + 1
    again = np.array([of(without(errors, place)) for place in range(n)])
    return of(errors), float(np.sqrt((n - 1) * again.var()))


def chance(own: np.ndarray, others: Errors, n: int, rng: np.random.Generator) -> np.ndarray:
    """Draw by how much what was read in a place differs from what it is on average, shape (n, theme).

    That these very clauses were read is a draw with the variance that sections of the other places have.

    Args:
        own: Clauses of the place by what they are called and read as.
        others: Errors of the other places.
        n: Draws.
        rng: Source of randomness.
    """
    fitted = predictive_values(others.counts.sum(axis=0))
    wrong = others.counts.sum(axis=1) - others.counts.sum(axis=2) @ fitted
    single = fitted * (1 - fitted)
    together = (wrong**2).sum() / (others.counts.sum(axis=(0, 2)) @ single).sum()
    called = own.sum(axis=1) / own.sum()
    return np.sqrt(together * (called @ single) / own.sum()) * rng.standard_normal((n, len(called)))


def steps(own: np.ndarray, others: Errors, n: int, rng: np.random.Generator) -> list[np.ndarray]:
    """Return draws of what is read in a place, one after the other with more of the doubt, shape (n, theme) each."""
    whole = others.among(others.themes)
    weights = drawn_weights(whole, n, rng)
    values = predictive_values(np.tensordot(weights, whole, axes=1))
    called = own.sum(axis=1) / own.sum()
    by_chance = chance(own, others, n, rng)
    in_place = [alikeness(others.counts, others.places, whole, *one) for one in zip(values, weights, strict=True)]
    resamples = np.broadcast_to(called, (1, n, len(called)))
    apart = deviations(resamples, values, np.array(in_place), len(whole), rng)[0]
    on_average = np.einsum("j,rjk->rk", called, values)
    return [on_average, on_average + by_chance, on_average + by_chance + apart]


def left_out(errors: Errors) -> list[list[object]]:
    """Return how well the errors of the other places tell what was read in each labelled place.

    The same clauses are called and read, so there is no doubt about sections.
    """
    rng, n = np.random.default_rng(14), 2000
    counts = errors.clusters_among(errors.themes)
    names = ("errors as elsewhere on average", "and these clauses a draw", "and places apart")
    hits, squares = (np.zeros((len(names), errors.places.max() + 1, len(errors.themes))) for _ in range(2))
    for place in range(errors.places.max() + 1):
        own, others = counts[errors.places == place].sum(axis=0), without(errors, place)
        called, read = own.sum(axis=1) / own.sum(), own.sum(axis=0) / own.sum()
        told = called @ predictive_values(others.counts.sum(axis=0))
        for at, draws in enumerate(steps(own, others, n, rng)):
            low, high = np.quantile(draws, [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2], axis=0)
            hits[at, place] = (low <= read) & (read <= high)
            squares[at, place] = (read - told) ** 2 / np.maximum(draws.var(axis=0), 1e-12)
    return [
        [name, f"{one.mean():.1%}", f"{two.mean():.2f}"] for name, one, two in zip(names, hits, squares, strict=True)
    ]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=100)
    parser.add_argument("--errors", default="themes-plan", help="model, or a file of counted errors")
    given = parser.parse_args()
    warnings.simplefilter("ignore")
    if importlib.util.find_spec("ppi_py") is None:
        raise SystemExit("ppi-python is not installed: pip install -e .[bench]")
    errors = Errors.of(given.errors)
    counts = errors.counts.sum(axis=0)
    print(f"{N_LABELLED * N_CLAUSES:,} labelled clauses in {N_LABELLED} sections where no other number is named, "
          f"{N_REST * N_CLAUSES:,} others in {N_REST}; {len(counts)} themes, {given.times} draws\n")  # fmt: skip
    print("| clauses | estimator | coverage of 95 % intervals | width, points | greatest bias, points |")
    print("|" + " --- |" * 5)
    for name, (case, n_labelled) in cases(counts).items():
        for row in tried(name, case, n_labelled, given.times):
            print("| " + " | ".join(map(str, row)) + " |", flush=True)
    if errors.places is not None:
        found, doubt = alike(errors)
        print(f"\nErrors of one place are alike by {found:.4f} (standard error {doubt:.4f}). Of "
              f"{errors.places.max() + 1} labelled places each left out:\n")  # fmt: skip
        print("| interval | holds what was read | squared error / its variance |")
        print("|" + " --- |" * 3)
        for row in left_out(errors):
            print("| " + " | ".join(map(str, row)) + " |")


if __name__ == "__main__":
    main()
