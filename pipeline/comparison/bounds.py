"""Tables of theme shares with their bounds; of documents and groups seen before nothing is resampled again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.comparison.attention import SINGLE, attention_table, blocks_of, group_table, groups_of, profile_of
from pipeline.comparison.correction import Errors, corrected_interval, shares_without
from pipeline.comparison.memory import Arrays, Memory, content_digest, remembered
from pipeline.comparison.shares import Profiles, section_interval, share_rows

Reals = npt.NDArray[np.float64]
_KINDS = ("places", "documents", "sections", SINGLE)


@dataclass(frozen=True, slots=True)
class Doubt:
    """How bounds are found.

    Attributes:
        errors: Of the classifier, where they were counted.
        confidence: Of the intervals, 0 to 1.
        seed: Of the resampling.
        memory: Holds what was found before; it changes no figure.
    """

    errors: Errors | None
    confidence: float
    seed: int
    memory: Memory

    def told(self, found: Profiles) -> str:
        """Return a digest of all that bounds depend on beside the documents."""
        errors = np.zeros(0) if self.errors is None else self.errors.among(found.themes)
        given = f"{self.confidence} {self.seed} {found.resamples.shape[1]} {' '.join(found.themes)}"
        return content_digest(given, errors)

    def bounds(self, found: Profiles) -> Reals:
        """Return `low, high, low_corrected, high_corrected`, shape (4, document, theme)."""
        counted = section_interval(found.resamples, self.confidence, found.n_sections, found.freedom)
        if self.errors is None:
            return np.stack([*counted, *np.full_like(counted, np.nan)])
        return np.stack([*counted, *corrected_interval(found, self.errors, self.confidence, self.seed)])


def document_shares(found: Profiles, doubt: Doubt) -> pd.DataFrame:
    """Return the table of `share_table`, with `share_corrected, low_corrected, high_corrected`."""

    def make(at: Sequence[int]) -> Arrays:
        return {"bounds": doubt.bounds(found.some(at)).swapaxes(0, 1)}

    keys = _digests(found, doubt)
    return _table(found, remembered(doubt.memory, "shares", keys, make)["bounds"], doubt)


def group_shares(found: Profiles, documents: pd.DataFrame, doubt: Doubt) -> pd.DataFrame:
    """Return the table of `attention_table`: the same of groups of documents.

    Args:
        found: Profiles of the documents.
        documents: The documents table.
        doubt: How bounds are found.
    """
    groups, places = groups_of(found, documents)

    def make(at: Sequence[int]) -> Arrays:
        new = [groups[one] for one in at]
        blocks = [blocks_of(found, places, one, doubt.seed) for one in new]
        return {
            "bounds": doubt.bounds(profile_of(found, new, blocks)).swapaxes(0, 1),
            "kind": np.array([_KINDS.index(one.kind) for one in blocks], dtype=np.int64),
            "n": np.array([one.n for one in blocks], dtype=np.int64),
        }

    own = np.array(_digests(found, doubt), dtype=object)
    keys = [content_digest(str(key), *own[rows], *places[rows]) for key, rows in groups]
    known = remembered(doubt.memory, "attention", keys, make)
    told = group_table(groups, places, [_KINDS[one] for one in known["kind"]], known["n"].tolist())
    return attention_table(told, _table(profile_of(found, groups), known["bounds"], doubt))


def _digests(found: Profiles, doubt: Doubt) -> list[str]:
    """Return for each document a digest of all that its bounds depend on."""
    told = doubt.told(found)
    return [content_digest(told, name, own) for name, own in zip(found.doc_ids, found.sections, strict=True)]


def _table(found: Profiles, bounds: Reals, doubt: Doubt) -> pd.DataFrame:
    """Return the shares as counted and, where the model's errors are known, corrected."""
    table = share_rows(found, bounds[:, 0], bounds[:, 1])
    fixed = np.full_like(found.shares, np.nan) if doubt.errors is None else shares_without(found, doubt.errors)
    columns = {"share_corrected": fixed, "low_corrected": bounds[:, 2], "high_corrected": bounds[:, 3]}
    return table.assign(**{name: grid.ravel() for name, grid in columns.items()})
