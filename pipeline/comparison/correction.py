"""Theme shares without the classifier's errors, with intervals that hold both kinds of doubt.

Counting what a classifier says is biased: a theme that it takes too often has too great a share. On clauses that were
read by people too, one sees what a clause with a predicted theme truly is; weighting each predicted theme's share by
these predictive values is post-stratification by the prediction (Holt and Smith, 1979, Journal of the Royal
Statistical Society A 142(1); of text classifiers Hopkins and King, 2010; TeBlunthuis et al., 2024). With labels drawn
at random from the corpus itself it is design-based; with those of other places it holds on average, and how far the
errors differ from place to place (`place_errors`) is in the interval of each.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from pipeline.comparison.place_errors import LEAST_PLACES, alikeness, deviations
from pipeline.comparison.shares import Profiles, Unit, generator, section_interval
from pipeline.themes.weights import model_folder

Reals = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]
FILE = "errors.json"


@dataclass(frozen=True, slots=True)
class Errors:
    """What clauses with a predicted theme truly are.

    Attributes:
        themes: The themes, in the order of rows and columns.
        counts: Clauses by cluster (a document, or a section, whose clauses are alike), predicted theme and read theme;
            halves where two readers differ.
        characters: The same of their characters: long clauses err otherwise than short ones. None in files written
            before they were counted.
        places: The place (or document) that each cluster is of, numbered from 0: places are then what is drawn anew,
            and their clusters tell how far errors differ from place to place. None where clusters are all there is.
    """

    themes: tuple[str, ...]
    counts: Reals
    characters: Reals | None = None
    places: Numbers | None = None

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
            characters = np.array(told["characters"], dtype=np.float64) if "characters" in told else None
            places = np.unique(told["places"], return_inverse=True)[1] if "places" in told else None
            found = cls(tuple(told["themes"]), np.array(told["counts"], dtype=np.float64), characters, places)
        except (ValueError, KeyError, TypeError):
            found = cls((), np.zeros(0))
        n = len(found.themes)
        unlike = found.characters is not None and found.characters.shape != found.counts.shape
        unlike |= found.places is not None and found.places.shape != found.counts.shape[:1]
        if not n or found.counts.shape[1:] != (n, n) or unlike:
            msg = f"{path} holds no counted errors; write it anew with `planlens count-errors`"
            raise ValueError(msg)
        return found

    def to_json(self, clusters: str) -> str:
        """Return the content of the file that `of` reads; `clusters` says what is drawn anew."""
        told: dict[str, object] = {"themes": self.themes, "clusters": clusters, "counts": _plain(self.counts)}
        if self.characters is not None:
            told["characters"] = _plain(self.characters)
        if self.places is not None:
            told["places"] = self.places.tolist()
        return json.dumps(told, ensure_ascii=False, separators=(",", ":")) + "\n"

    @classmethod
    def counted(
        cls,
        clusters: Sequence[object],
        predicted: Sequence[str],
        read: Sequence[str],
        themes: Sequence[str],
        lengths: Sequence[int] | None = None,
        places: Sequence[object] | None = None,
    ) -> Errors:
        """Count clauses by cluster, by what was predicted and by what was read.

        Args:
            clusters: Cluster of each clause.
            predicted: Its theme as predicted.
            read: As read.
            themes: All themes.
            lengths: Its characters; None to count clauses only.
            places: Its place, the same for all clauses of a cluster; None where clusters are of none.
        """
        at = {theme: number for number, theme in enumerate(themes)}
        groups = {name: number for number, name in enumerate(dict.fromkeys(clusters))}
        counts, characters = np.zeros((2, len(groups), len(at), len(at)))
        cells = [groups[one] for one in clusters], [at[one] for one in predicted], [at[one] for one in read]
        np.add.at(counts, cells, 1.0)
        if lengths is not None:
            np.add.at(characters, cells, np.asarray(lengths, dtype=np.float64))
        number = None
        if places is not None:
            number = np.zeros(len(groups), dtype=np.int64)
            number[cells[0]] = np.unique(np.asarray(places, dtype=str), return_inverse=True)[1]
        return cls(tuple(themes), counts, None if lengths is None else characters, number)

    def of_unit(self, unit: Unit) -> Errors | None:
        """Return the errors as counted by a unit; None if they were not."""
        if unit == "clauses":
            return self
        return None if self.characters is None else Errors(self.themes, self.characters, None, self.places)

    def among(self, themes: Sequence[str]) -> Reals:
        """Return the counts of what is drawn anew (places, else clusters) for some themes.

        What is read as another theme is left out.
        """
        found = self.clusters_among(themes)
        return found if self.places is None else np.tensordot(np.eye(self.places.max() + 1)[:, self.places], found, 1)

    def clusters_among(self, themes: Sequence[str]) -> Reals:
        """Return the counts of each cluster, as `among`."""
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
        errors: Of the classifier that made them, counted by the profiles' unit (`Errors.of_unit`).
        confidence: Of the intervals, 0 to 1.
        seed: Of the draws of predictive values.

    Returns:
        Shares and percentile intervals over resamples, each with predictive values drawn anew (Bayesian bootstrap of
        the places or clusters of read clauses; Rubin, 1981, Annals of Statistics 9(1)) and, where the errors tell it,
        with errors that differ from place to place.
    """
    return Corrected(shares_without(found, errors), *corrected_interval(found, errors, confidence, seed))


def shares_without(found: Profiles, errors: Errors) -> Reals:
    """Return the corrected shares alone, shape (document, theme)."""
    return np.asarray(found.shares @ predictive_values(errors.among(found.themes).sum(axis=0)))


def corrected_interval(found: Profiles, errors: Errors, confidence: float, seed: int) -> tuple[Reals, Reals]:
    """Return the bounds alone; those of a document do not depend on what other documents there are."""
    counts = errors.among(found.themes)
    weights = drawn_weights(counts, found.resamples.shape[1], generator(seed, "errors"))
    values = predictive_values(np.tensordot(weights, counts, axes=1))
    draws = np.einsum("drj,rjk->drk", found.resamples, values)
    if errors.places is not None and len(counts) >= LEAST_PLACES:
        clusters = errors.clusters_among(found.themes)
        alike = [alikeness(clusters, errors.places, counts, *one) for one in zip(values, weights, strict=True)]
        apart = deviations(found.resamples, values, np.array(alike), len(counts), generator(seed, "places"))
        # Errors of several places average out.
        draws += apart if found.n_places is None else apart / np.sqrt(found.n_places)[:, None, None]
        np.clip(draws, 0, 1, out=draws)
    return section_interval(draws, confidence, found.n_sections, found.freedom)


def _plain(counts: Reals) -> list[object]:
    """Return nested lists in which whole numbers are written without a point."""
    cells = [int(one) if one == int(one) else float(one) for one in counts.ravel()]
    plain: list[object] = np.array(cells, dtype=object).reshape(counts.shape).tolist()
    return plain


def predictive_values(counts: Reals) -> Reals:
    """Return what share of the clauses with a predicted theme is read as each theme; rows sum to 1.

    A theme that was never predicted among the read clauses is taken to be right.

    Args:
        counts: Shape (..., predicted, read).
    """
    totals = counts.sum(axis=-1, keepdims=True)
    return np.asarray(np.where(totals > 0, counts / np.where(totals > 0, totals, 1.0), np.eye(counts.shape[-1])))


def drawn_weights(counts: Reals, n: int, rng: np.random.Generator) -> Reals:
    """Draw weights of the places or clusters, shape (n, cluster)."""
    return rng.exponential(size=(n, len(counts)))


def drawn_values(counts: Reals, n: int, rng: np.random.Generator) -> Reals:
    """Draw predictive values, shape (n, predicted, read), with weights of the places or clusters drawn anew."""
    return predictive_values(np.tensordot(drawn_weights(counts, n, rng), counts, axes=1))
