"""What stands around a clause: the second level of the classifier.

The first level reads each clause and each heading by itself. The second level sees the first level's
probabilities of the clause, its neighbours, its section and its headings (stacked sequential learning;
Cohen & Carvalho, 2005).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

SEPARATOR = " > "
"""Between the headings in the column `context` of the table clauses."""

NEAR = (-1, 1, -2, 2, -3, 3, -4, 4)
FAR = (-8, -7, -6, -5, 5, 6, 7, 8)
N_HEADINGS = 3
N_BLOCKS = 1 + len(NEAR) + 1 + 2 + N_HEADINGS
"""Blocks of a row: the clause, 8 near neighbours, the mean of the far ones, section, parent, headings."""

_FLOOR = 1e-3


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where each clause stands; the clauses are in reading order, documents one after the other.

    Attributes:
        documents: Number of the document of each clause, int64.
        sections: Number of its section.
        parents: Number of the section around that.
        paths: Its headings, innermost first, at most three, as indices into `headings`; -1 for none.
            Shape (clauses, 3).
        headings: The different headings.
    """

    documents: np.ndarray
    sections: np.ndarray
    parents: np.ndarray
    paths: np.ndarray
    headings: list[str]

    @classmethod
    def of(cls, doc_ids: Sequence[str], contexts: Sequence[str]) -> Surroundings:
        """Read the surroundings from the columns `doc_id` and `context` of the clauses, in reading order."""
        split = [tuple(context.split(SEPARATOR)) if context else () for context in contexts]
        numbers: dict[str, int] = {}
        paths = np.full((len(split), N_HEADINGS), -1, np.int64)
        for at, path in enumerate(split):
            for depth, heading in enumerate(path[: -N_HEADINGS - 1 : -1]):
                paths[at, depth] = numbers.setdefault(heading, len(numbers))
        pairs = list(zip(doc_ids, split, strict=True))
        return cls(
            _numbered(list(doc_ids)),
            _numbered(pairs),
            _numbered([(doc_id, path[:-1]) for doc_id, path in pairs]),
            paths,
            list(numbers),
        )


def _numbered(keys: Sequence[object]) -> np.ndarray:
    seen: dict[object, int] = {}
    return np.fromiter((seen.setdefault(key, len(seen)) for key in keys), np.int64, len(keys))


def context_features(p: np.ndarray, p_headings: np.ndarray, around: Surroundings) -> np.ndarray:
    """Return the rows that the second level sees.

    Args:
        p: First-level probabilities of the clauses, (clauses, themes).
        p_headings: First-level probabilities of `around.headings`, (headings, themes).
        around: Where the clauses stand.

    Shape:
        (len(p), N_BLOCKS * themes), float32. A neighbour or heading that is not there counts as even odds.
    """
    even = np.full((1, p.shape[1]), 1 / p.shape[1], np.float32)
    p, p_headings = p.astype(np.float32), np.vstack([p_headings.astype(np.float32), even])
    blocks = [np.log((p + _FLOOR) * p.shape[1])]
    blocks += [_neighbour(p, around.documents, step) for step in NEAR]
    blocks.append(np.mean([_neighbour(p, around.documents, step) for step in FAR], axis=0))
    blocks += [_others(p, around.sections), _others(p, around.parents)]
    blocks += [p_headings[around.paths[:, depth]] for depth in range(N_HEADINGS)]
    return np.hstack(blocks)


def _neighbour(p: np.ndarray, documents: np.ndarray, step: int) -> np.ndarray:
    """Return the probabilities of the clause `step` places on in the same document."""
    place = np.arange(len(p)) + step
    there = (place >= 0) & (place < len(p))
    there[there] = documents[place[there]] == documents[there]
    found = np.full_like(p, 1 / p.shape[1])
    found[there] = p[place[there]]
    return found


def _others(p: np.ndarray, groups: np.ndarray) -> np.ndarray:
    """Return the mean over the other members of each row's group; even odds where it is alone."""
    n_groups = int(groups.max(initial=-1)) + 1
    sums = np.zeros((n_groups, p.shape[1]))
    np.add.at(sums, groups, p)
    n_others = np.bincount(groups, minlength=n_groups)[groups] - 1
    mean = (sums[groups] - p) / np.maximum(n_others, 1)[:, None]
    return np.asarray(np.where(n_others[:, None] > 0, mean, 1 / p.shape[1]), np.float32)
