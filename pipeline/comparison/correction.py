"""Theme shares without the classifier's errors, with intervals that hold both kinds of doubt.

Counting what a classifier says is biased: a theme that it takes too often has too great a share. On clauses that were
read by people too, one sees what a clause with a predicted theme truly is; weighting each predicted theme's share by
these predictive values is post-stratification by the prediction (Holt and Smith, 1979, Journal of the Royal
Statistical Society A 142(1); of text classifiers Hopkins and King, 2010; TeBlunthuis et al., 2024). With labels drawn
at random from the corpus itself it is design-based; with those of other places it holds as far as the classifier errs
alike there.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from pipeline.comparison.shares import Profiles, generator, section_interval
from pipeline.themes.weights import model_folder

Reals = npt.NDArray[np.float64]
FILE = "errors.json"


@dataclass(frozen=True, slots=True)
class Errors:
    """What clauses with a predicted theme truly are.

    Attributes:
        themes: The themes, in the order of rows and columns.
        counts: Clauses by cluster (a document, or a section, whose clauses are alike), predicted theme and read theme;
            halves where two readers differ.
    """

    themes: tuple[str, ...]
    counts: Reals

    @classmethod
    def of(cls, name: str) -> Errors | None:
        """Read the errors that a name means: a file that `planlens count-errors` wrote (.json), or a model.

        Raises:
            FileNotFoundError: If there is no such file or model.
            ValueError: If it holds no counts.
        """
        if not name.endswith(".json"):
            return cls.read(model_folder(name))
        if not Path(name).is_file():
            msg = f"{name} is not there; `planlens count-errors` writes such a file from labelled clauses"
            raise FileNotFoundError(msg)
        return cls._from(Path(name))

    @classmethod
    def read(cls, folder: Path) -> Errors | None:
        """Read a model's `errors.json`; None for a model without one."""
        path = folder / FILE
        return cls._from(path) if path.is_file() else None

    @classmethod
    def _from(cls, path: Path) -> Errors:
        try:
            told = json.loads(path.read_text(encoding="utf-8"))
            found = cls(tuple(told["themes"]), np.array(told["counts"], dtype=np.float64))
        except (ValueError, KeyError, TypeError):
            found = cls((), np.zeros(0))
        n = len(found.themes)
        if not n or found.counts.shape[1:] != (n, n):
            msg = f"{path} holds no counted errors; write it anew with `planlens count-errors`"
            raise ValueError(msg)
        return found

    def to_json(self, clusters: str) -> str:
        """Return the content of the file that `of` reads; `clusters` says what they are."""
        told = {"themes": self.themes, "clusters": clusters, "counts": self.counts.tolist()}
        return json.dumps(told, ensure_ascii=False, separators=(",", ":")) + "\n"

    @classmethod
    def counted(
        cls, clusters: Sequence[object], predicted: Sequence[str], read: Sequence[str], themes: Sequence[str]
    ) -> Errors:
        """Count clauses by cluster, by what was predicted and by what was read."""
        at = {theme: number for number, theme in enumerate(themes)}
        groups = {name: number for number, name in enumerate(dict.fromkeys(clusters))}
        counts = np.zeros((len(groups), len(at), len(at)))
        places = [groups[one] for one in clusters], [at[one] for one in predicted], [at[one] for one in read]
        np.add.at(counts, places, 1.0)
        return cls(tuple(themes), counts)

    def among(self, themes: Sequence[str]) -> Reals:
        """Return the counts for some themes; what is read as another one is left out."""
        at = {theme: number for number, theme in enumerate(self.themes)}
        found = np.zeros((len(self.counts), len(themes), len(themes)))
        known = [number for number, theme in enumerate(themes) if theme in at]
        old = [at[themes[number]] for number in known]
        found[np.ix_(range(len(found)), known, known)] = self.counts[np.ix_(range(len(found)), old, old)]
        return found


@dataclass(frozen=True, slots=True)
class Corrected:
    """Corrected shares.

    Attributes:
        shares: Shape (document, theme); rows sum to 1.
        low: Lower bounds; not a number for a document with a single section.
        high: Upper bounds.
    """

    shares: Reals
    low: Reals
    high: Reals


def corrected_shares(found: Profiles, errors: Errors, confidence: float, seed: int) -> Corrected:
    """Correct the shares of documents.

    Args:
        found: Profiles with resamples of whole sections.
        errors: Of the classifier that made them.
        confidence: Of the intervals, 0 to 1.
        seed: Of the draws of predictive values.

    Returns:
        Shares and percentile intervals over resamples, each with predictive values drawn anew (Bayesian bootstrap of
        the clusters of read clauses; Rubin, 1981, Annals of Statistics 9(1)).
    """
    return Corrected(shares_without(found, errors), *corrected_interval(found, errors, confidence, seed))


def shares_without(found: Profiles, errors: Errors) -> Reals:
    """Return the corrected shares alone, shape (document, theme)."""
    return np.asarray(found.shares @ predictive_values(errors.among(found.themes).sum(axis=0)))


def corrected_interval(found: Profiles, errors: Errors, confidence: float, seed: int) -> tuple[Reals, Reals]:
    """Return the bounds alone; those of a document do not depend on what other documents there are."""
    values = drawn_values(errors.among(found.themes), found.resamples.shape[1], generator(seed, "errors"))
    draws = np.einsum("drj,rjk->drk", found.resamples, values)
    return section_interval(draws, confidence, found.n_sections, found.freedom)


def predictive_values(counts: Reals) -> Reals:
    """Return what share of the clauses with a predicted theme is read as each theme; rows sum to 1.

    A theme that was never predicted among the read clauses is taken to be right.

    Args:
        counts: Shape (..., predicted, read).
    """
    totals = counts.sum(axis=-1, keepdims=True)
    return np.asarray(np.where(totals > 0, counts / np.where(totals > 0, totals, 1.0), np.eye(counts.shape[-1])))


def drawn_values(counts: Reals, n: int, rng: np.random.Generator) -> Reals:
    """Draw predictive values, shape (n, predicted, read), with weights of the clusters drawn anew."""
    weights = rng.exponential(size=(n, len(counts)))
    return predictive_values(np.tensordot(weights, counts, axes=1))
