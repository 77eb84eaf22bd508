"""What sets the language of some documents apart: weighted log-odds with an informative Dirichlet prior."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.comparison.runs import code_points, run_hashes

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Reals = npt.NDArray[np.float64]

PRIOR = 500.0
"""Weight of the prior in terms: that of a short text in the corpus's own language."""
MOST_CLAUSES = 80_000
"""Of more clauses, so many are drawn (seeded)."""
_SPARE = 2
"""A part of the corpus keeps so many times its share of the draw, so that the lowest of all are surely among them."""
N_TERMS = 20
_LEAST_COUNT = 5
_LENGTHS = (2, 6)
_SIGNIFICANT = 1.96
_BOUND = frozenset("的了和与及等在为是中将把对以不我们之其更也而并或者着过")
"""A term neither begins nor ends with one of these: it would be a piece of a phrase."""
_SAME = 0.8
"""Share of a term's places at which one and the same character goes on with it: from here on it is no whole term."""
_FIRST, _LAST = 0x4E00, 0x9FFF
_TYPES = {"group": "str", "rank": "int64", "term": "str", "n": "int64", "n_rest": "int64", "share": "float64",
          "share_rest": "float64", "log_odds": "float64", "z": "float64"}  # fmt: skip


def log_odds(own: Reals, total: Reals, prior: float = PRIOR) -> tuple[Reals, Reals]:
    """Compare a group with all others.

    Monroe, Colaresi and Quinn 2008, Political Analysis 16(4), equations 15, 16, 18 and 22, with a prior in proportion
    to the terms' counts in all groups together: rare terms, whose odds are mere noise, are drawn to nothing.

    Args:
        own: Counts of the group, shape (term,).
        total: Counts of all groups, the group's own among them; same shape.
        prior: Sum of the prior's counts.

    Returns:
        The difference of the log-odds and its z-score, each of shape (term,).
    """
    alpha = prior * total / max(1.0, float(total.sum()))
    one, rest = own + alpha, total - own + alpha
    delta = np.log(one / (one.sum() - one)) - np.log(rest / (rest.sum() - rest))
    return delta, delta / np.sqrt(1 / one + 1 / rest)


def term_counts(texts: list[str], groups: npt.NDArray[np.int64], n_groups: int) -> tuple[csr_matrix, list[str]]:
    """Count character n-grams (2 to 6 Chinese characters) by group.

    Returns:
        Counts of shape (group, term), and the terms, sorted; those of fewer than five texts are left out.
    """
    from scipy.sparse import csr_matrix, hstack

    whole = "\n".join(texts)
    points = code_points(whole)
    owner = np.repeat(np.arange(len(texts)), np.fromiter((len(text) + 1 for text in texts), np.int64, len(texts)))
    parts, terms = [csr_matrix((n_groups, 0))], []
    for n in range(_LENGTHS[0], _LENGTHS[1] + 1):
        counts, starts = _counts_of(n, points, owner[: len(points)], groups, n_groups)
        parts.append(counts)
        terms += [whole[at : at + n] for at in starts]
    order = sorted(range(len(terms)), key=terms.__getitem__)
    return csr_matrix(hstack(parts, format="csc")[:, order]), [terms[at] for at in order]


def _counts_of(
    n: int, points: npt.NDArray[np.uint64], owner: npt.NDArray[np.int64], groups: npt.NDArray[np.int64], n_groups: int
) -> tuple[csr_matrix, list[int]]:
    """Count the n-grams of one length by group; return also where each stands first."""
    from scipy.sparse import csr_matrix

    ink = (points >= _FIRST) & (points <= _LAST)
    hashes = run_hashes(points, n)
    at = np.flatnonzero(np.all([ink[offset : offset + len(hashes)] for offset in range(n)], axis=0))
    _, first, term = np.unique(hashes[at], return_index=True, return_inverse=True)
    n_texts = np.bincount(np.unique(term * (len(groups) + 1) + owner[at]) // (len(groups) + 1), minlength=len(first))
    told = n_texts >= min(_LEAST_COUNT, max(1, len(groups)))
    number = np.cumsum(told) - 1
    kept = told[term]
    rows, columns = groups[owner[at[kept]]], number[term[kept]]
    counts = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(n_groups, int(told.sum())))
    return counts, at[first[told]].tolist()


def _pieces(terms: list[str]) -> npt.NDArray[np.int64]:
    """Return where each term without its first, and without its last character stands; -1 for nowhere."""
    at = {term: place for place, term in enumerate(terms)}
    found = [[at.get(term[1:], -1) for term in terms], [at.get(term[:-1], -1) for term in terms]]
    return np.array(found, dtype=np.int64)


def _longest(pieces: npt.NDArray[np.int64], own: csr_matrix) -> Reals:
    """Return, for each term of a group, how often it stands in its commonest continuation by one character."""
    found = np.zeros(pieces.shape[1] + 1)  # the last place is that of what is no term
    for places in pieces:
        np.maximum.at(found, places[own.indices], own.data)
    return found[:-1]


def _distinct(order: list[int], terms: list[str], counts: Reals, longest: Reals) -> list[int]:
    """Return the first terms in the order given that are whole and do not repeat one another."""
    kept: list[int] = []
    for one in order:
        term = terms[one]
        whole = term[0] not in _BOUND and term[-1] not in _BOUND and longest[one] < _SAME * counts[one]
        if whole and not any(term in terms[other] or terms[other] in term for other in kept):
            kept.append(one)
        if len(kept) == N_TERMS:
            break
    return kept


def drawn(clauses: pd.DataFrame, seed: int, n_all: int = 0) -> pd.DataFrame:
    """Return the clauses of some documents that may be among those drawn of a whole corpus.

    Each clause has a random number of its own, made of its id; drawn are the lowest. So one document more changes few
    of those drawn, and each document can be looked at by itself.

    Args:
        clauses: Rows of the clauses table: `clause_id, doc_id, text`.
        seed: Of the draw.
        n_all: Clauses of the whole corpus, to the power of two below; 0 if these are all.

    Returns:
        `doc_id, clause_id, text, lot`, in the order of the rows.
    """
    lots = pd.util.hash_array(clauses["clause_id"].to_numpy(dtype=object), hash_key=f"{seed:016d}"[:16])
    rows = clauses[["doc_id", "clause_id", "text"]].assign(lot=(lots >> np.uint64(1)).astype(np.int64))
    bound = 2.0**63 * min(1.0, _SPARE * MOST_CLAUSES / max(1, n_all))
    return rows[rows["lot"].astype("float64") < bound] if n_all > _SPARE * MOST_CLAUSES else rows


def keyword_table(clauses: pd.DataFrame, group_of: Mapping[str, str], seed: int) -> pd.DataFrame:
    """Find the terms that set each group of documents apart from all others.

    Args:
        clauses: The clauses table.
        group_of: Document to group; documents that it lacks are left out.
        seed: Of the draw, where there are more than 80,000 clauses.

    Returns:
        `group, rank, term, n, n_rest, share, share_rest, log_odds, z`: up to 20 terms a group, by falling z-score, all
        with one above 1.96. Empty where there is one group only.
    """
    return keywords_of(drawn(clauses, seed), group_of)


def keywords_of(clauses: pd.DataFrame, group_of: Mapping[str, str]) -> pd.DataFrame:
    """Find the terms that set each group apart, as `keyword_table`, from what `drawn` returned of all documents."""
    rows = clauses.assign(group=clauses["doc_id"].map(group_of)).dropna(subset=["group"])
    if len(rows) > MOST_CLAUSES:
        rows = rows.sort_values(["lot", "clause_id"]).head(MOST_CLAUSES)
    names = sorted(rows["group"].unique())
    if len(names) < 2:
        return pd.DataFrame(columns=list(_TYPES)).astype(_TYPES)
    numbers = rows["group"].map({name: at for at, name in enumerate(names)}).to_numpy(np.int64)
    counts, terms = term_counts(rows["text"].tolist(), numbers, len(names))
    pieces = _pieces(terms)
    total = np.asarray(counts.sum(axis=0), dtype=np.float64).ravel()
    found = []
    for at, name in enumerate(names):
        own = counts[at].toarray().ravel()
        delta, z = log_odds(own, total)
        telling = np.flatnonzero(z > _SIGNIFICANT)
        order = telling[np.argsort(-z[telling], kind="stable")].tolist()
        n_all, n_others = max(1.0, float(own.sum())), max(1.0, float((total - own).sum()))
        for rank, one in enumerate(_distinct(order, terms, own, _longest(pieces, counts[at]))):
            n, n_rest = own[one], total[one] - own[one]
            found.append((name, rank, terms[one], n, n_rest, n / n_all, n_rest / n_others, delta[one], z[one]))
    return pd.DataFrame(found, columns=list(_TYPES)).astype(_TYPES)
