"""Tables of theme shares with their bounds; of documents and groups seen before nothing is resampled again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.comparison.attention import (
    SINGLE,
    Group,
    Names,
    attention_table,
    blocks_of,
    group_table,
    groups_of,
    profile_of,
)
from pipeline.comparison.correction import Errors, corrected_interval, shares_without
from pipeline.comparison.memory import Arrays, Memory, content_digest, remembered
from pipeline.comparison.shares import Profiles, Unit, section_interval, share_rows

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
        unit: What shares are of.
    """

    errors: Errors | None
    confidence: float
    seed: int
    memory: Memory
    unit: Unit = "clauses"

    def of_unit(self, unit: Unit) -> Doubt:
        """Return how bounds of shares of clauses, or of characters, are found."""
        return replace(self, unit=unit, errors=self.errors.of_unit(unit) if self.errors else None)

    def told(self, found: Profiles) -> str:
        """Return a digest of all that bounds depend on beside the documents."""
        given = f"{self.confidence} {self.seed} {found.resamples.shape[1]} {' '.join(found.themes)}"
        if self.errors is None:
            return content_digest(given)
        places = np.zeros(0) if self.errors.places is None else self.errors.places
        return content_digest(given, self.errors.clusters_among(found.themes), places)

    def bounds(self, found: Profiles) -> Reals:
        """Return `low, high, low_corrected, high_corrected`, shape (4, document, theme)."""
        counted = section_interval(found.resamples, self.confidence, found.n_sections, found.freedom)
        if self.errors is None:
            return np.stack([*counted, *np.full_like(counted, np.nan)])
        return np.stack([*counted, *corrected_interval(found, self.errors, self.confidence, self.seed)])


def document_shares(units: Mapping[Unit, Profiles], doubt: Doubt) -> pd.DataFrame:
    """Return the shares of clauses and of characters of documents, as counted and corrected, with bounds.

    Args:
        units: Profiles of both units.
        doubt: How bounds are found; without errors what is corrected is empty.
    """
    return _joined({unit: _of_documents(found, doubt.of_unit(unit)) for unit, found in units.items()})


def group_shares(units: Mapping[Unit, Profiles], documents: pd.DataFrame, doubt: Doubt) -> pd.DataFrame:
    """Return the table of `attention_table`: the same of groups of documents.

    Args:
        units: Profiles of the documents by both units.
        documents: The documents table.
        doubt: How bounds are found.
    """
    groups, places = groups_of(units["clauses"], documents)
    known = {unit: _of_groups(found, groups, places, doubt.of_unit(unit)) for unit, found in units.items()}
    tables = {
        unit: _table(profile_of(found, groups, places), known[unit]["bounds"], doubt.of_unit(unit))
        for unit, found in units.items()
    }
    kinds, n_blocks = known["clauses"]["kind"], known["clauses"]["n"]
    told = group_table(groups, places, [_KINDS[one] for one in kinds], n_blocks.tolist())
    return attention_table(told, _joined(tables))


def _of_documents(found: Profiles, doubt: Doubt) -> pd.DataFrame:
    def make(at: Sequence[int]) -> Arrays:
        return {"bounds": doubt.bounds(found.some(at)).swapaxes(0, 1)}

    known = remembered(doubt.memory, f"shares-{doubt.unit}", _digests(found, doubt), make)
    return _table(found, known["bounds"], doubt)


def _of_groups(found: Profiles, groups: Sequence[Group], places: Names, doubt: Doubt) -> dict[str, npt.NDArray[Any]]:
    """Return the bounds of groups, and the kind and number of their blocks."""

    def make(at: Sequence[int]) -> Arrays:
        new = [groups[one] for one in at]
        blocks = [blocks_of(found, places, one, doubt.seed) for one in new]
        return {
            "bounds": doubt.bounds(profile_of(found, new, places, blocks)).swapaxes(0, 1),
            "kind": np.array([_KINDS.index(one.kind) for one in blocks], dtype=np.int64),
            "n": np.array([one.n for one in blocks], dtype=np.int64),
        }

    own = np.array(_digests(found, doubt), dtype=object)
    keys = [content_digest(str(key), *own[rows], *places[rows]) for key, rows in groups]
    return remembered(doubt.memory, f"attention-{doubt.unit}", keys, make)


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


def _joined(tables: Mapping[Unit, pd.DataFrame]) -> pd.DataFrame:
    """Return the table of clauses with the shares of characters beside."""
    table = tables["clauses"].rename(columns={"n": "n_clauses"})
    for kind in ("", "_corrected"):
        for name in ("share", "low", "high"):
            table[f"{name}_chars{kind}"] = tables["characters"][f"{name}{kind}"]
    return table
