"""What sets the language of some documents apart: weighted log-odds with an informative Dirichlet prior."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.comparison.runs import code_points

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Reals = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]

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
_BITS = 21
"""Of a code point."""
_TYPES = {"group": "str", "rank": "int64", "term": "str", "n": "int64", "n_rest": "int64", "share": "float64",
          "share_rest": "float64", "log_odds": "float64", "z": "float64"}  # fmt: skip


def log_odds(own: Reals, total: Reals, prior: float = PRIOR, at: Places | slice = slice(None)) -> tuple[Reals, Reals]:
    """Compare a group with all others.

    Monroe, Colaresi and Quinn 2008, Political Analysis 16(4), equations 15, 16, 18 and 22, with a prior in proportion
    to the terms' counts in all groups together: rare terms, whose odds are mere noise, are drawn to nothing.

    Args:
        own: Counts of the group, shape (term,).
        total: Counts of all groups, the group's own among them; same shape.
        prior: Sum of the prior's counts.
        at: Terms that are asked for.

    Returns:
        The difference of the log-odds and its z-score of these terms.
    """
    alpha = prior * total / max(1.0, float(total.sum()))
    one, rest = own + alpha, total - own + alpha
    n_one, n_rest = one.sum(), rest.sum()
    one, rest = one[at], rest[at]
    delta = np.log(one / (n_one - one)) - np.log(rest / (n_rest - rest))
    return delta, delta / np.sqrt(1 / one + 1 / rest)


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of texts, sorted.

    Attributes:
        words: The terms.
        counts: How often each stands in the texts of a group, shape (group, term).
        pieces: Where each without its first, and without its last character stands among them, shape (2, term); -1 for
            nowhere.
    """

    words: list[str]
    counts: csr_matrix
    pieces: Places


def count_terms(texts: list[str], groups: Places, n_groups: int) -> Terms:
    """Count character n-grams (2 to 6 Chinese characters) by group; those of fewer than five texts are left out.

    One of n characters is in no more texts than the two of n - 1 within it, so only what goes on from terms can be one
    (Agrawal and Srikant 1994, Fast Algorithms for Mining Association Rules).

    Args:
        texts: The texts.
        groups: The group of each.
        n_groups: Number of groups.
    """
    from scipy.sparse import csr_matrix

    whole = "\n".join(texts)
    points = code_points(whole).astype(np.int64)
    owner = np.repeat(np.arange(len(texts)), np.fromiter((len(text) + 1 for text in texts), np.int64, len(texts)))
    words, places, pieces = _runs(whole, points, owner, min(_LEAST_COUNT, max(1, len(texts))))
    order = np.array(sorted(range(len(words)), key=words.__getitem__), dtype=np.int64)
    rank = np.full(len(words) + 1, -1)  # the last place is that of what is no term
    rank[order] = np.arange(len(words))
    rows = groups[owner[np.concatenate([at for at, _ in places])]]
    columns = rank[np.concatenate([term for _, term in places])]
    counts = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(n_groups, len(words)))
    return Terms([words[at] for at in order], counts, rank[pieces][:, order])


def _runs(
    whole: str, points: Places, owner: Places, least: int
) -> tuple[list[str], list[tuple[Places, Places]], Places]:
    """Return the terms, where each stands (place and number, by length), and their pieces, numbered as they are."""
    at = np.flatnonzero((points >= _FIRST) & (points <= _LAST))
    before = np.full(len(points) + 1, -1)  # the term that begins at each place; at first single characters
    before[at] = points[at]
    words: list[str] = []
    places, pieces = [], [np.empty((2, 0), np.int64)]
    for n in range(_LENGTHS[0], _LENGTHS[1] + 1):
        at = at[before[at + 1] >= 0]
        number, first = _numbered(before[at] << _BITS | points[at + n - 1], owner[at], least)
        first = at[first]
        pieces.append(np.stack([before[first + 1], before[first]]) if n > _LENGTHS[0] else np.full((2, len(first)), -1))
        at, number = at[number >= 0], number[number >= 0] + len(words)
        places.append((at, number))
        words += [whole[one : one + n] for one in first.tolist()]
        before = np.full(len(points) + 1, -1)
        before[at] = number
    return words, places, np.concatenate(pieces, axis=1)


def _numbered(keys: Places, owner: Places, least: int) -> tuple[Places, Places]:
    """Number the distinct keys, -1 for those of too few texts.

    Args:
        keys: Not negative, in the order of the texts.
        owner: The text of each.
        least: Texts of a key that has a number.

    Returns:
        The number of each key, and where each number stands first.
    """
    order = np.argsort(keys, kind="stable")
    begins = np.diff(keys[order], prepend=-1) != 0
    which = np.cumsum(begins) - 1
    n_texts = np.bincount(which, begins | (np.diff(owner[order], prepend=-1) != 0))
    told = n_texts >= least
    number = np.where(told, np.cumsum(told) - 1, -1)
    found = np.empty(len(keys), dtype=np.int64)
    found[order] = number[which]
    return found, order[np.flatnonzero(begins)[told]]


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
        highest = np.partition(rows["lot"].to_numpy(np.int64), MOST_CLAUSES - 1)[MOST_CLAUSES - 1]
        rows = rows[rows["lot"] <= highest].sort_values(["lot", "clause_id"]).head(MOST_CLAUSES)
    names = sorted(rows["group"].unique())
    if len(names) < 2:
        return pd.DataFrame(columns=list(_TYPES)).astype(_TYPES)
    numbers = rows["group"].map({name: at for at, name in enumerate(names)}).to_numpy(np.int64)
    terms = count_terms(rows["text"].tolist(), numbers, len(names))
    total = np.asarray(terms.counts.sum(axis=0), dtype=np.float64).ravel()
    found = [(name, *row) for at, name in enumerate(names) for row in _telling(terms, at, total)]
    return pd.DataFrame(found, columns=list(_TYPES)).astype(_TYPES)


def _telling(terms: Terms, group: int, total: Reals) -> Iterator[tuple[object, ...]]:
    """Yield rank, term, counts, shares, log-odds and z-score of the terms that set a group apart.

    Args:
        terms: Of all groups.
        group: Its number.
        total: Counts of all groups, shape (term,).
    """
    counts = terms.counts[group]
    own = counts.toarray().ravel()
    at = np.flatnonzero(own)  # what a group never says is below its share elsewhere
    delta, z = log_odds(own, total, at=at)
    order = np.argsort(-z, kind="stable")
    order = order[z[order] > _SIGNIFICANT]
    place = dict(zip(at[order].tolist(), order.tolist(), strict=True))
    n_all, n_others = max(1.0, float(own.sum())), max(1.0, float((total - own).sum()))
    for rank, one in enumerate(_distinct(list(place), terms.words, own, _longest(terms.pieces, counts))):
        n, n_rest = own[one], total[one] - own[one]
        yield rank, terms.words[one], n, n_rest, n / n_all, n_rest / n_others, delta[place[one]], z[place[one]]
