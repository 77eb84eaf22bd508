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

from pipeline.comparison.shares import Profiles, Unit, generator, section_interval
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
        characters: The same of their characters: long clauses err otherwise than short ones. None in files written
            before they were counted.
    """

    themes: tuple[str, ...]
    counts: Reals
    characters: Reals | None = None

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
            found = cls(tuple(told["themes"]), np.array(told["counts"], dtype=np.float64), characters)
        except (ValueError, KeyError, TypeError):
            found = cls((), np.zeros(0))
        n = len(found.themes)
        unlike = found.characters is not None and found.characters.shape != found.counts.shape
        if not n or found.counts.shape[1:] != (n, n) or unlike:
            msg = f"{path} holds no counted errors; write it anew with `planlens count-errors`"
            raise ValueError(msg)
        return found

    def to_json(self, clusters: str) -> str:
        """Return the content of the file that `of` reads; `clusters` says what they are."""
        told: dict[str, object] = {"themes": self.themes, "clusters": clusters, "counts": _plain(self.counts)}
        if self.characters is not None:
            told["characters"] = _plain(self.characters)
        return json.dumps(told, ensure_ascii=False, separators=(",", ":")) + "\n"

    @classmethod
    def counted(
        cls,
        clusters: Sequence[object],
        predicted: Sequence[str],
        read: Sequence[str],
        themes: Sequence[str],
        lengths: Sequence[int] | None = None,
    ) -> Errors:
        """Count clauses, and characters if their lengths are given, by cluster, by what was predicted and read."""
        at = {theme: number for number, theme in enumerate(themes)}
        groups = {name: number for number, name in enumerate(dict.fromkeys(clusters))}
        counts, characters = np.zeros((2, len(groups), len(at), len(at)))
        cells = [groups[one] for one in clusters], [at[one] for one in predicted], [at[one] for one in read]
        np.add.at(counts, cells, 1.0)
        if lengths is not None:
            np.add.at(characters, cells, np.asarray(lengths, dtype=np.float64))
        return cls(tuple(themes), counts, None if lengths is None else characters)

    def of_unit(self, unit: Unit) -> Errors | None:
        """Return the errors as counted by a unit; None if they were not."""
        if unit == "clauses":
            return self
        return None if self.characters is None else Errors(self.themes, self.characters)

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
        errors: Of the classifier that made them, counted by the profiles' unit (`Errors.of_unit`).
        confidence: Of the intervals, 0 to 1.
        seed: Of the draws of predictive values.

    Returns:
        Shares and percentile intervals over resamples, each with predictive values drawn anew (Bayesian bootstrap of
        the clusters of read clauses; Rubin, 1981, Annals of Statistics 9(1)).
    """
    counts = errors.among(found.themes)
    n_resamples = found.resamples.shape[1]
    values = drawn_values(counts, n_resamples, generator(seed, "errors"))
    draws = np.einsum("drj,rjk->drk", found.resamples, values)
    low, high = section_interval(draws, confidence, found.n_sections, found.freedom)
    return Corrected(found.shares @ predictive_values(counts.sum(axis=0)), low, high)


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


def drawn_values(counts: Reals, n: int, rng: np.random.Generator) -> Reals:
    """Draw predictive values, shape (n, predicted, read), with weights of the clusters drawn anew."""
    weights = rng.exponential(size=(n, len(counts)))
    return predictive_values(np.tensordot(weights, counts, axes=1))
