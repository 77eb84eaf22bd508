"""Compare the documents of a corpus."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from pipeline.commitments.indicators import codebook
from pipeline.comparison.alignment import alignment_table
from pipeline.comparison.amplification import amplification_table
from pipeline.comparison.changes import change_table
from pipeline.comparison.divergence import divergence_table
from pipeline.comparison.indicators import indicator_matrix, indicator_table
from pipeline.comparison.keywords import keyword_table
from pipeline.comparison.plan_map import plan_map
from pipeline.comparison.reuse import reuse_table
from pipeline.comparison.shares import profiles, share_table
from pipeline.params import Compare


@dataclass(frozen=True, slots=True)
class Comparison:
    """The comparison tables.

    Attributes:
        theme_shares: `doc_id, place, theme, n_clauses, share, share_chars, low, high`; shares of a
            document sum to 1.
        divergence: `doc_a, doc_b, kind, jsd, jsd_corrected, low, high, p_value`, in bits; kind `pair`, `neighbour`
            or `mean`.
        indicators: One row a document and indicator: the statement chosen for comparison.
        indicator_matrix: One row a document, one column an indicator.
        alignment: `doc_a, doc_b, theme, rank, clause_a, clause_b, cosine`.
        reuse: `doc_a, doc_b, containment, jaccard`.
        plan_map: `doc_id, x, y, cluster, effective_themes, effective_themes_corrected, low, high`.
        keywords: `group, rank, term, n, n_rest, share, share_rest, log_odds, z`; a group is a place.
        changes: What became of a place's commitments from one document to the next.
        amplification: A place's commitments against those of the place above it, for the same year.
    """

    theme_shares: pd.DataFrame
    divergence: pd.DataFrame
    indicators: pd.DataFrame
    indicator_matrix: pd.DataFrame
    alignment: pd.DataFrame
    reuse: pd.DataFrame
    plan_map: pd.DataFrame
    keywords: pd.DataFrame
    changes: pd.DataFrame
    amplification: pd.DataFrame


def compare(
    documents: pd.DataFrame,
    sections: pd.DataFrame,
    clauses: pd.DataFrame,
    themes: pd.DataFrame,
    quantities: pd.DataFrame,
    embeddings: pd.DataFrame | None,
    params: Compare,
) -> Comparison:
    """Compare the documents by themes, indicators and wording.

    Args:
        documents: The documents table.
        sections: The sections table; clauses name the sections that are resampled.
        clauses: The clauses table.
        themes: The themes table.
        quantities: The quantities table.
        embeddings: The embeddings table, or None: then nothing is aligned.
        params: The parameters of the stage.

    Returns:
        The tables of `Comparison`, each sorted by its key; the same input gives the same rows.

    Raises:
        ValueError: If a clause names a section that `sections` lacks.
    """
    unknown = set(clauses["section_id"].dropna()) - set(sections["section_id"])
    if unknown:
        msg = f"compare: clauses name {len(unknown)} section(s) that the sections table lacks: {min(unknown)}"
        raise ValueError(msg)
    found = profiles(clauses, themes, params.bootstrap, params.seed)
    shares = share_table(found, params.confidence)
    places = documents.set_index("doc_id")["place"]
    shares.insert(1, "place", shares["doc_id"].map(places))
    indicators = indicator_table(quantities, documents, clauses)
    groups = documents["place"].fillna(documents["doc_id"]).set_axis(documents["doc_id"])
    directions = {name: one.direction for name, one in codebook().items()}
    return Comparison(
        theme_shares=shares,
        divergence=divergence_table(found, params.confidence, params.seed),
        indicators=indicators,
        indicator_matrix=indicator_matrix(indicators, documents, params.min_places),
        alignment=alignment_table(clauses, themes, embeddings),
        reuse=reuse_table(clauses),
        plan_map=plan_map(found, params.confidence),
        keywords=keyword_table(clauses, {str(doc): str(one) for doc, one in groups.items()}, params.seed),
        changes=change_table(indicators, documents, directions),
        amplification=amplification_table(indicators, directions),
    )
