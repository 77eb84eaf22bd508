"""How far readers agree on themes: kappa, alpha, AC1, theme by theme, and what they mix up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd

from pipeline.labelling.standoff import Label, Labels


@dataclass(frozen=True, slots=True)
class Agreement:
    """The agreement of two or more readers.

    Attributes:
        n: Stretches that at least two readers labelled.
        alone: Stretches that only one of them labelled; not scored.
        overall: `measure, value`: agreement, lenient agreement, kappa, alpha, AC1; starts.
        themes: `theme, n, agreement, kappa, alpha, ac1`: each theme against all others. `n`: labels of that theme,
            divided by the number of readers; `agreement`: the chance that another reader gives it where one did
            (positive agreement).
        confusion: `first, second, n`: pairs of different themes, most frequent first, whoever gave which.
    """

    n: int
    alone: int
    overall: pd.DataFrame
    themes: pd.DataFrame
    confusion: pd.DataFrame


def agreement(readers: Sequence[Labels], codes: Sequence[str]) -> Agreement:
    """Compare readers on the stretches (document, start, end) that they both labelled.

    With more than two readers kappa is the mean over pairs (Light, 1971); alpha and AC1 take all readers at once
    and stretches that not all of them labelled.

    Args:
        readers: Two or more.
        codes: Codes of the codebook.

    Raises:
        ValueError: If there are fewer than two readers, or no stretch that two of them labelled.
    """
    if len(readers) < 2:  # noqa: PLR2004
        msg = "agreement needs the labels of two readers or more"
        raise ValueError(msg)
    spans = [one.spans() for one in readers]
    every = sorted(set().union(*spans))
    shared = [key for key in every if sum(key in one for one in spans) > 1]
    if not shared:
        msg = "no stretch was labelled by two of the readers: the documents (sha256) or the clauses differ"
        raise ValueError(msg)
    at = {code: number for number, code in enumerate(codes)}
    rated = np.array([[at[one[key].code] if key in one else -1 for one in spans] for key in shared])
    themes = [_theme(rated, number, code) for code, number in at.items() if (rated == number).any()]
    overall = {
        "agreement": observed_agreement(rated),
        "lenient agreement": _lenient(spans, shared),
        "Cohen's kappa": cohen_kappa(rated),
        "Krippendorff's alpha": krippendorff_alpha(rated),
        "Gwet's AC1": gwet_ac1(rated, len(codes)),
        "clause starts, F1": _starts(readers),
    }
    return Agreement(
        len(shared),
        len(every) - len(shared),
        pd.DataFrame(overall.items(), columns=["measure", "value"]),
        pd.DataFrame(themes),
        _confusion(rated, codes),
    )


def _counts(rated: np.ndarray, n_codes: int) -> np.ndarray:
    """Return how many readers gave each code to each stretch, (stretches, codes)."""
    return np.stack([(rated == code).sum(axis=1) for code in range(n_codes)], axis=1).astype(float)


def observed_agreement(rated: np.ndarray) -> float:
    """Return the mean share of pairs of readers that agree on a stretch.

    Args:
        rated: Number of the code, (stretches, readers); -1 where a reader gave none.

    >>> observed_agreement(np.array([[0, 0], [1, 0]]))
    0.5
    """
    counts = _counts(rated, int(rated.max()) + 1)
    n = counts.sum(axis=1)
    kept = n > 1
    same = (counts * (counts - 1)).sum(axis=1)[kept] / (n * (n - 1))[kept]
    return float(same.mean())


def cohen_kappa(rated: np.ndarray) -> float:
    """Return Cohen's kappa (1960), the mean over pairs of readers; 1 where a pair used one code only and agrees."""
    from sklearn.metrics import cohen_kappa_score

    found = []
    for one, other in combinations(range(rated.shape[1]), 2):
        both = rated[(rated[:, one] >= 0) & (rated[:, other] >= 0)][:, [one, other]]
        if len(both):
            found.append(1.0 if len(np.unique(both)) == 1 else cohen_kappa_score(both[:, 0], both[:, 1]))
    return float(np.mean(found))


def krippendorff_alpha(rated: np.ndarray) -> float:
    """Return Krippendorff's alpha for nominal data (Krippendorff, 2011), from the table of coincidences."""
    counts = _counts(rated, int(rated.max()) + 1)
    n = counts.sum(axis=1)
    counts, n = counts[n > 1], n[n > 1]
    totals = counts.sum(axis=0)
    observed = ((n[:, None] * counts - counts**2).sum(axis=1) / (n - 1)).sum() / n.sum()
    expected = 1 - (totals * (totals - 1)).sum() / (n.sum() * (n.sum() - 1))
    return float(1 - observed / expected) if expected else 1.0


def gwet_ac1(rated: np.ndarray, n_codes: int) -> float:
    """Return Gwet's AC1 (Gwet, 2008), which rare codes do not drag down as they do kappa.

    Args:
        rated: Number of the code, (stretches, readers); -1 where a reader gave none.
        n_codes: Codes that the readers could choose from, at least two.
    """
    counts = _counts(rated, n_codes)
    shares = (counts / counts.sum(axis=1, keepdims=True)).mean(axis=0)
    expected = float((shares * (1 - shares)).sum() / (n_codes - 1))
    return (observed_agreement(rated) - expected) / (1 - expected)


def _theme(rated: np.ndarray, number: int, code: str) -> dict[str, object]:
    """Return the agreement on one theme against all others."""
    binary = np.where(rated < 0, -1, rated == number)
    positive, n = (binary == 1).sum(axis=1).astype(float), (binary >= 0).sum(axis=1)
    given = positive * (n - 1)
    return {
        "theme": code,
        "n": round(float(positive.sum()) / rated.shape[1], 1),
        "agreement": float((positive * (positive - 1)).sum() / given.sum()),
        "kappa": cohen_kappa(binary),
        "alpha": krippendorff_alpha(binary),
        "ac1": gwet_ac1(binary, 2),
    }


def _lenient(spans: Sequence[dict[tuple[str, int, int], Label]], shared: Sequence[tuple[str, int, int]]) -> float:
    """Return the share of pairs of labels of which one's first theme is the first or second of the other."""
    found = []
    for key in shared:
        for one, other in combinations([each[key] for each in spans if key in each], 2):
            found.append(one.code in (other.code, other.second) or other.code in (one.code, one.second))
    return float(np.mean(found))


def _starts(readers: Sequence[Labels]) -> float:
    """Return the mean F1 over pairs of readers of the places where a label starts, in documents that both read."""
    found = []
    for one, other in combinations(readers, 2):
        both = {each.sha256 for each in one.documents} & {each.sha256 for each in other.documents}
        a, b = ({key[:2] for key in each.spans() if key[0] in both} for each in (one, other))
        if a or b:
            found.append(2 * len(a & b) / (len(a) + len(b)))
    return float(np.mean(found))


def _confusion(rated: np.ndarray, codes: Sequence[str]) -> pd.DataFrame:
    """Count the pairs of readers with different themes, whoever gave which."""
    table = np.zeros((len(codes), len(codes)), int)
    for one, other in combinations(range(rated.shape[1]), 2):
        both = (rated[:, one] >= 0) & (rated[:, other] >= 0)
        ends = np.sort(rated[both][:, [one, other]], axis=1)
        np.add.at(table, (ends[:, 0], ends[:, 1]), 1)
    np.fill_diagonal(table, 0)
    rows = [(codes[a], codes[b], int(table[a, b])) for a, b in zip(*np.nonzero(table), strict=True)]
    rows.sort(key=lambda row: (-row[2], row[0], row[1]))
    return pd.DataFrame(rows, columns=["first", "second", "n"])
