"""Counts that scores are made of, the scores, and their bootstrap intervals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

Tally = tuple[str, Counter[str]]
"""What one item counts for, with the id of the sentence it stands in."""

Columns = Mapping[str, np.ndarray]
_BLOCK = 200


class Error(NamedTuple):
    """A row of the table of errors.

    Attributes:
        doc_id: Of the document.
        kind: `missed`, `spurious`, `wrong_field` (quantities), `wrong_theme`, `wrong_boundary`.
        field: The field that is wrong, where there is one.
        wanted: What gold says.
        got: What was predicted.
        start: Start in the decoded source.
        end: End of that (first) span.
    """

    doc_id: str
    kind: str
    field: str | None
    wanted: str | None
    got: str | None
    start: int
    end: int


def total(tallies: Sequence[Tally]) -> Counter[str]:
    """Return the sum of tallies."""
    counts: Counter[str] = Counter()
    for _, one in tallies:
        counts.update(one)
    return counts


def ratio(part: float, whole: float) -> float | None:
    """Return part of whole, None where there is no whole."""
    return part / whole if whole else None


def f1(right: float, predicted: float, gold: float) -> float | None:
    """Return the harmonic mean of precision and recall, None where there is nothing to find or judge.

    >>> f1(1, 2, 2)
    0.5
    """
    return ratio(2 * right, predicted + gold)


def interval(
    tallies: Sequence[Tally],
    statistic: Callable[[Columns], np.ndarray],
    seed: int,
    resamples: int,
    confidence: float = 0.95,
) -> list[float] | None:
    """Return the percentile bootstrap interval of a statistic; whole sentences are resampled.

    Args:
        tallies: The counts of all items.
        statistic: From sums of counts, (resamples,) each, to its values, (resamples,).
        seed: Of the resampling.
        resamples: Number of resamples.
        confidence: Between 0 and 1.

    Returns:
        Lower and upper limit; None where there is nothing to resample.
    """
    if not tallies:
        return None
    clusters = {one: at for at, one in enumerate(dict.fromkeys(cluster for cluster, _ in tallies))}
    names = sorted({name for _, counts in tallies for name in counts})
    column = {name: at for at, name in enumerate(names)}
    table = np.zeros((len(clusters), len(names)))
    for cluster, counts in tallies:
        for name, count in counts.items():
            table[clusters[cluster], column[name]] += count
    generator = np.random.default_rng(seed)
    even = np.full(len(clusters), 1 / len(clusters))
    sums = np.vstack(
        [
            generator.multinomial(len(clusters), even, size=min(_BLOCK, resamples - done)) @ table
            for done in range(0, resamples, _BLOCK)
        ]
    )
    values = statistic({name: sums[:, at] for name, at in column.items()})
    tail = (1 - confidence) / 2
    return [float(one) for one in np.nanquantile(values, [tail, 1 - tail])]
