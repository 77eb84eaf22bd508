"""What the comparison needs of the clauses, by document: sums, names and wordings, far smaller than the clauses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from pipeline.commitments.indicators import codebook
from pipeline.comparison.indicators import GOALS
from pipeline.comparison.keywords import drawn
from pipeline.comparison.reuse import Hashes, wording_table
from pipeline.comparison.shares import section_counts
from pipeline.comparison.states import named_clauses


@dataclass(frozen=True, slots=True)
class Condensed:
    """The clauses of some documents, condensed.

    Attributes:
        sums: From `shares.section_counts`.
        drawn: From `keywords.drawn`.
        named: From `states.named_clauses`, of the whole catalogue.
        goals: `clause_id, context`: clauses with a quantity under a heading about goals, with its telling word.
        wordings: `doc_id, digest` of the wording of each document.
        shingles: The wordings themselves, in that order.
    """

    sums: pd.DataFrame
    drawn: pd.DataFrame
    named: pd.DataFrame
    goals: pd.DataFrame
    wordings: pd.DataFrame
    shingles: Sequence[Hashes]


FRAMES = ("sums", "drawn", "named", "goals", "wordings")


def condense(tables: Mapping[str, pd.DataFrame], seed: int, n_all: int = 0) -> Condensed:
    """Condense the clauses of some documents; what it makes of two sets of documents stands side by side.

    Args:
        tables: Rows of `sections`, `clauses`, `themes` and `quantities` of the documents.
        seed: Of the draw of clauses.
        n_all: Clauses of the whole corpus, see `keywords.drawn`; 0 if these are all.

    Raises:
        ValueError: If a clause names a section that `sections` lacks.
    """
    clauses, quantities = tables["clauses"], tables["quantities"]
    unknown = set(clauses["section_id"].dropna()) - set(tables["sections"]["section_id"])
    if unknown:
        msg = f"compare: clauses name {len(unknown)} section(s) that the sections table lacks: {min(unknown)}"
        raise ValueError(msg)
    told = clauses[clauses["clause_id"].isin(quantities["clause_id"])]
    wordings = wording_table(clauses)
    return Condensed(
        sums=section_counts(clauses, tables["themes"]),
        drawn=drawn(clauses, seed, n_all),
        named=named_clauses(clauses, quantities, catalogue_names()),
        goals=told.loc[told["context"].str.contains(GOALS, regex=False), ["clause_id"]].assign(context=GOALS),
        wordings=wordings[["doc_id", "digest"]],
        shingles=wordings["shingles"].tolist(),
    )


def catalogue_names() -> dict[str, tuple[str, ...]]:
    """Return each indicator of the catalogue with its names."""
    return {name: (one.zh, *one.aliases) for name, one in codebook().items()}
