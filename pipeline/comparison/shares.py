"""Theme shares of documents with intervals, by resampling whole sections; of clauses or of their characters."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

Reals = npt.NDArray[np.float64]
Unit = Literal["clauses", "characters"]
"""What a share is a share of."""


@dataclass(frozen=True, slots=True)
class Profiles:
    """Theme profiles of all documents, and their resamples.

    Attributes:
        doc_ids: Documents with at least one classified clause, sorted.
        themes: Themes that occur in the corpus, sorted.
        counts: Clauses, or their characters, shape (document, theme).
        shares: Rows of `counts` that sum to 1.
        resamples: Shares of the resamples, shape (document, resample, theme).
        n_sections: Sections that were resampled, shape (document,).
        sections: Counts by section of each document, shape (section, theme) each.
        freedom: Degrees of freedom of what was resampled, shape (document,); None for sections less one.
        n_places: Over how many places, counted alike, errors of single places average out, shape (document,); None for
            one each.
    """

    doc_ids: list[str]
    themes: list[str]
    counts: Reals
    shares: Reals
    resamples: Reals
    n_sections: npt.NDArray[np.int64]
    sections: list[Reals]
    freedom: npt.NDArray[np.int64] | None = None
    n_places: Reals | None = None

    def some(self, at: Sequence[int]) -> Profiles:
        """Return the profiles of some of the documents, by their positions."""
        rows = np.array(at, dtype=np.int64)
        return replace(
            self,
            doc_ids=[self.doc_ids[one] for one in at],
            counts=self.counts[rows],
            shares=self.shares[rows],
            resamples=self.resamples[rows],
            n_sections=self.n_sections[rows],
            sections=[self.sections[one] for one in at],
            freedom=None if self.freedom is None else self.freedom[rows],
            n_places=None if self.n_places is None else self.n_places[rows],
        )


def resample(counts: Reals, n: int, rng: np.random.Generator) -> Reals:
    """Draw clusters with replacement and return the shares of each draw.

    The cluster bootstrap: clauses of one section depend on each other, so whole sections are drawn
    (Davison and Hinkley 1997, Bootstrap Methods and their Application, section 3.8).

    Args:
        counts: Clauses, shape (section, theme); every row has at least one.
        n: Number of resamples.
        rng: Source of randomness.

    Returns:
        Shares, shape (n, theme); each row sums to 1.
    """
    n_sections = len(counts)
    weights = rng.multinomial(n_sections, np.full(n_sections, 1 / n_sections), size=n)
    totals = weights @ counts
    return np.asarray(totals / totals.sum(axis=1, keepdims=True), dtype=np.float64)


def generator(seed: int, *names: str) -> np.random.Generator:
    """Return the own generator of a document or a pair: what it draws must not depend on the rest of the corpus."""
    return np.random.default_rng([seed, *(zlib.crc32(name.encode()) for name in names)])


def percentile_interval(draws: Reals, confidence: float, axis: int = 0) -> tuple[Reals, Reals]:
    """Return the lower and upper percentile of the draws (Efron 1979) along an axis."""
    tail = (1 - confidence) / 2
    low, high = np.quantile(draws, [tail, 1 - tail], axis=axis)
    return low, high


def section_interval(
    draws: Reals,
    confidence: float,
    n_sections: npt.NDArray[np.int64],
    freedom: npt.NDArray[np.int64] | None = None,
) -> tuple[Reals, Reals]:
    """Return the lower and upper bounds of each document's shares; not a number where it has a single section.

    The expanded percentile interval: percentiles of few sections are too near each other by the factor of their
    variance and by the t distribution (Hesterberg 2015, The American Statistician 69(4)).

    Args:
        draws: Shares of the resamples, shape (document, resample, theme).
        confidence: 0 to 1.
        n_sections: Sections of each document, shape (document,).
        freedom: Degrees of freedom of the t distribution, shape (document,); sections less one if None.
    """
    from scipy.special import ndtr, stdtrit

    low, high = np.full((2, *draws[:, 0].shape), np.nan)
    sizes = np.column_stack([n_sections, n_sections - 1 if freedom is None else freedom])
    for n, degrees in np.unique(sizes[n_sections > 1], axis=0):
        tail = ndtr(np.sqrt(n / (n - 1)) * stdtrit(degrees, (1 - confidence) / 2))
        rows = (sizes == (n, degrees)).all(axis=1)
        low[rows], high[rows] = np.quantile(draws[rows], [tail, 1 - tail], axis=1)
    return low, high


def section_counts(clauses: pd.DataFrame, themes: pd.DataFrame) -> pd.DataFrame:
    """Count clauses and their characters by document, section and theme; a sum over documents.

    Args:
        clauses: The clauses table: `clause_id, doc_id, section_id, text`.
        themes: The themes table; clauses that it lacks are left out.

    Returns:
        `doc_id, section_id` (empty text where there is none)`, theme, n_clauses, n_chars`, sorted by these.
    """
    keys = ["doc_id", "section_id", "theme"]
    rows = clauses[["doc_id", "section_id"]].assign(
        section_id=clauses["section_id"].fillna(""),
        theme=_theme_of(clauses, themes),
        n_chars=clauses["text"].str.len().astype("int64"),
    )
    grouped = rows.dropna(subset=["theme"]).groupby(keys, sort=True)["n_chars"].agg(["size", "sum"]).reset_index()
    return grouped.set_axis([*keys, "n_clauses", "n_chars"], axis=1)


def profiles(
    clauses: pd.DataFrame, themes: pd.DataFrame, n_resamples: int, seed: int, unit: Unit = "clauses"
) -> Profiles:
    """Count clauses by document, section and theme, and resample each document.

    Args:
        clauses: The clauses table.
        themes: The themes table; clauses that it lacks are left out.
        n_resamples: Resamples a document.
        seed: Seed of the resampling.
        unit: What is counted.
    """
    return profiles_of(section_counts(clauses, themes), n_resamples, seed, unit)


def profiles_of(sums: pd.DataFrame, n_resamples: int, seed: int, unit: Unit = "clauses") -> Profiles:
    """Resample each document.

    Args:
        sums: From `section_counts`, of any number of documents.
        n_resamples: Resamples a document.
        seed: Seed of the resampling: both units draw the same sections.
        unit: What is counted.
    """
    theme, themes_found = pd.factorize(sums["theme"], sort=True)
    doc, doc_names = pd.factorize(sums["doc_id"], sort=True)
    section, section_names = pd.factorize(sums["section_id"], sort=True)
    weights = sums["n_clauses" if unit == "clauses" else "n_chars"].to_numpy(np.float64)
    n_themes = len(themes_found)
    # Sections of a document in the order of their ids: the resampling must not depend on the order of the rows.
    keys, row = np.unique(doc.astype(np.int64) * len(section_names) + section, return_inverse=True)
    by_section = _grid(row, theme, len(keys), n_themes, weights)
    ends = np.searchsorted(keys // max(len(section_names), 1), np.arange(1, len(doc_names)))
    tables = dict(zip(map(str, doc_names), np.split(by_section, ends), strict=False))
    doc_ids, names = list(tables), [str(one) for one in themes_found]
    counts = np.array([tables[one].sum(axis=0) for one in doc_ids]).reshape(len(doc_ids), n_themes)
    draws = [resample(tables[one], n_resamples, generator(seed, one)) for one in doc_ids]
    return Profiles(
        doc_ids=doc_ids,
        themes=names,
        counts=counts,
        shares=counts / counts.sum(axis=1, keepdims=True),
        resamples=np.array(draws).reshape(len(doc_ids), n_resamples, len(names)),
        n_sections=np.array([len(tables[one]) for one in doc_ids], dtype=np.int64),
        sections=[tables[one] for one in doc_ids],
    )


def _theme_of(clauses: pd.DataFrame, themes: pd.DataFrame) -> pd.Series:
    """Return the theme of each clause, empty where it has none."""
    if clauses["clause_id"].reset_index(drop=True).equals(themes["clause_id"].reset_index(drop=True)):
        return themes["theme"].set_axis(clauses.index)
    return clauses["clause_id"].map(themes.set_index("clause_id")["theme"])


def _grid(
    row: npt.NDArray[np.int64],
    column: npt.NDArray[np.int64],
    n_rows: int,
    n_columns: int,
    weights: npt.NDArray[Any],
) -> Reals:
    """Sum weights by row and column, shape (n_rows, n_columns)."""
    sums = np.bincount(row * n_columns + column, weights, minlength=n_rows * n_columns)
    return sums.astype(float).reshape(n_rows, n_columns)


def share_table(found: Profiles, confidence: float) -> pd.DataFrame:
    """Return one row a document and theme: `doc_id, theme, n, share, low, high`; `n` of what the shares are of.

    Shares of a document sum to 1. `low, high` are empty for a document with a single section. A theme
    that a document lacks has the interval [0, 0]: resampling cannot show what was never seen.
    """
    return share_rows(found, *section_interval(found.resamples, confidence, found.n_sections, found.freedom))


def share_rows(found: Profiles, low: Reals, high: Reals) -> pd.DataFrame:
    """Return the table of `share_table` from the bounds of `section_interval`."""
    index = pd.MultiIndex.from_product([found.doc_ids, found.themes], names=["doc_id", "theme"])
    columns = {
        "n": found.counts.astype(np.int64),
        "share": found.shares,
        "low": low,
        "high": high,
    }
    return pd.DataFrame({name: grid.ravel() for name, grid in columns.items()}, index=index).reset_index()
