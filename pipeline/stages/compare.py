"""Compare the documents of a corpus."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from pipeline.commitments.indicators import codebook
from pipeline.comparison.alignment import alignment_table
from pipeline.comparison.amplification import amplification_table
from pipeline.comparison.bounds import Doubt, document_shares, group_shares
from pipeline.comparison.changes import change_table
from pipeline.comparison.comparability import comparability_table
from pipeline.comparison.condensed import Condensed, catalogue_names, condense
from pipeline.comparison.correction import Errors
from pipeline.comparison.divergence import all_divergences, divergence_table
from pipeline.comparison.indicators import indicator_matrix, indicator_table
from pipeline.comparison.keywords import keywords_of
from pipeline.comparison.memory import Memory, NoMemory
from pipeline.comparison.outcomes import outcome_table
from pipeline.comparison.plan_map import plan_map
from pipeline.comparison.reuse import overlaps, reuse_of
from pipeline.comparison.shares import Profiles, Unit, profiles_of
from pipeline.comparison.states import state_table
from pipeline.params import Compare


@dataclass(frozen=True, slots=True)
class Comparison:
    """The comparison tables.

    Attributes:
        theme_shares: `doc_id, place, theme, n_clauses, share, low, high`, and without the classifier's errors
            `share_corrected, low_corrected, high_corrected`; the same six of characters (`share_chars, low_chars, ...,
            high_chars_corrected`). Shares of a document sum to 1.
        theme_attention: The same of groups of documents, by place, province, tier and year.
        divergence: `doc_a, doc_b, kind, jsd, jsd_corrected, low, high, p_value`, in bits; kind `pair`, `neighbour`
            or `mean`.
        indicators: One row a document and indicator: the statement chosen for comparison.
        indicator_matrix: One row a document, one column an indicator.
        indicator_states: One row a document and indicator of the matrix: what the document does with it.
        comparability: Whether two documents' commitments to an indicator may stand side by side, and if not, why.
        outcomes: A place's commitments against what its later report says was achieved.
        alignment: `doc_a, doc_b, theme, rank, clause_a, clause_b, cosine`.
        reuse: `doc_a, doc_b, containment, jaccard`.
        plan_map: `doc_id, x, y, cluster, effective_themes, effective_themes_corrected, low, high`.
        keywords: `group, rank, term, n, n_rest, share, share_rest, log_odds, z`; a group is a place.
        changes: What became of a place's commitments from one document to the next.
        amplification: A place's commitments against those of the place above it, for the same year.
    """

    theme_shares: pd.DataFrame
    theme_attention: pd.DataFrame
    divergence: pd.DataFrame
    indicators: pd.DataFrame
    indicator_matrix: pd.DataFrame
    indicator_states: pd.DataFrame
    comparability: pd.DataFrame
    outcomes: pd.DataFrame
    alignment: pd.DataFrame
    reuse: pd.DataFrame
    plan_map: pd.DataFrame
    keywords: pd.DataFrame
    changes: pd.DataFrame
    amplification: pd.DataFrame


def compare(tables: Mapping[str, pd.DataFrame], params: Compare) -> Comparison:
    """Compare the documents by themes, indicators and wording.

    Args:
        tables: `documents`, `sections`, `clauses`, `themes`, `quantities`; where there are any, `absent_targets`, and
            `embeddings` (without them nothing is aligned).
        params: The parameters of the stage.

    Returns:
        The tables of `Comparison`, each sorted by its key; the same input gives the same rows.

    Raises:
        ValueError: If a clause names a section that `sections` lacks.
        FileNotFoundError: If the model or file whose errors are to be corrected is absent.
    """
    return compare_condensed(tables, condense(tables, params.seed), params, NoMemory())


def compare_condensed(
    tables: Mapping[str, pd.DataFrame], clauses: Condensed, params: Compare, memory: Memory
) -> Comparison:
    """Compare documents whose clauses were condensed, as `compare`.

    Args:
        tables: `documents`, `quantities`; where there are any, `absent_targets`; and, for a corpus small enough to
            align, `clauses`, `themes` and `embeddings`.
        clauses: The clauses of all documents.
        params: The parameters of the stage.
        memory: Holds what was compared before; it changes no row.
    """
    documents, quantities = tables["documents"], tables["quantities"]
    groups = documents["place"].fillna(documents["doc_id"]).set_axis(documents["doc_id"])
    # Wording and map first: they take the most memory, and little else is held yet.
    counted = overlaps(clauses.wordings["digest"].tolist(), clauses.shingles, memory)
    reuse = reuse_of(clauses.wordings["doc_id"].tolist(), *counted)
    keywords = keywords_of(clauses.drawn, {str(doc): str(one) for doc, one in groups.items()})
    found = profiles_of(clauses.sums, params.bootstrap, params.seed)
    apart = all_divergences(found.shares)
    placed = plan_map(found, params.confidence, apart)
    by_chars = profiles_of(clauses.sums, params.bootstrap, params.seed, "characters")
    units: dict[Unit, Profiles] = {"clauses": found, "characters": by_chars}
    doubt = Doubt(_errors(params, found.themes), params.confidence, params.seed, memory)
    shares = document_shares(units, doubt)
    shares.insert(1, "place", shares["doc_id"].map(documents.set_index("doc_id")["place"]))
    indicators = indicator_table(quantities, documents, clauses.goals)
    # A report may set goals for its year and for the plan period: each meets its own in the tier above.
    promised = quantities[quantities["status"].eq("commitment") & quantities["deadline"].notna()]
    dated = indicator_table(promised, documents, clauses.goals, by_deadline=True)
    matrix = indicator_matrix(indicators, documents, params.min_places)
    catalogue = codebook()
    directions = {name: one.direction for name, one in catalogue.items()}
    sums = {name for name, one in catalogue.items() if one.adds_up}
    names = {name: words for name, words in catalogue_names().items() if name in matrix.columns}
    return Comparison(
        theme_shares=shares,
        theme_attention=group_shares(units, documents, doubt),
        divergence=divergence_table(found, params.confidence, params.seed, memory, apart),
        indicators=indicators,
        indicator_matrix=matrix,
        indicator_states=state_table(tables, clauses.named, indicators, names),
        comparability=comparability_table(indicators),
        outcomes=outcome_table(quantities, indicators, documents),
        alignment=alignment_table(tables.get("clauses"), tables.get("themes"), tables.get("embeddings")),
        reuse=reuse,
        plan_map=placed,
        keywords=keywords,
        changes=change_table(indicators, documents, directions),
        amplification=amplification_table(dated, directions, sums),
    )


def _errors(params: Compare, themes: Sequence[str]) -> Errors | None:
    """Return the counted errors; None where there are none, or those of a model that knows other themes.

    Raises:
        ValueError: If a file of counted errors lacks a theme of the documents.
    """
    errors = Errors.of(params.errors) if params.errors else None
    other = sorted(set(themes) - set(errors.themes)) if errors else []
    if other and params.errors.endswith(".json"):
        msg = f"{params.errors}: these themes of the documents were not counted: {', '.join(other)}; count anew"
        raise ValueError(msg)
    return None if other else errors
