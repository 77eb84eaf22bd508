"""What the universes say together: how often a conclusion holds, and which choice decides."""

from __future__ import annotations

import pandas as pd

from pipeline.comparison.universes import CHOICES

_SURE = 0.95
_POINTS = ("higher", "rose")


def flips(table: pd.DataFrame, choice: str) -> tuple[int, int]:
    """Count the pairs of universes that differ in one choice only, and those of them that disagree.

    Args:
        table: Universes of one conclusion.
        choice: One of CHOICES.

    Returns:
        Pairs, and pairs of which the conclusion holds in one only.
    """
    rest = [one for one in CHOICES if one != choice]
    n, holding = (table.groupby(rest)["holds"].agg(how) for how in ("size", "sum"))
    return int((n * (n - 1) // 2).sum()), int((holding * (n - holding)).sum())


def choice_table(table: pd.DataFrame) -> pd.DataFrame:
    """Return one row a conclusion, choice and value, from what `multiverse_table` gives.

    Returns:
        `conclusion, choice, value, n_universes, n_holds, share`, and of the choice as a whole `n_pairs, n_flipped` (see
        `flips`).
    """
    rows = []
    for said, own in table.groupby("conclusion", sort=False):
        for choice in CHOICES:
            n_pairs, n_flipped = flips(own, choice)
            for value, held in own.groupby(choice, sort=False)["holds"]:
                n, n_holds = len(held), int(held.sum())
                rows.append((said, choice, str(value), n, n_holds, n_holds / n, n_pairs, n_flipped))
    columns = ["conclusion", "choice", "value", "n_universes", "n_holds", "share", "n_pairs", "n_flipped"]
    return pd.DataFrame(rows, columns=columns)


def in_words(table: pd.DataFrame) -> str:
    """Say what the universes of one conclusion say together."""
    said, n, n_holds = table["conclusion"].iloc[0], len(table), int(table["holds"].sum())
    first = "the first one included" if table["holds"].iloc[0] else "but not in the first one"
    holds = f"holds in {n_holds} of {n} universes ({n_holds / n:.0%}), {first}" if n_holds else f"holds in none of {n}"
    return f"{said}: {holds}; {_estimates(table)}. {_sampling(table)} {_decisive(table)}"


def _estimates(table: pd.DataFrame) -> str:
    points = table["conclusion"].iloc[0].split()[0] in _POINTS
    scale, unit, digits = (100, "percentage points", 1) if points else (1, "bits", 4)
    low, middle, high = (scale * table["estimate"].quantile([0, 0.5, 1])).round(digits) + 0.0
    return f"estimate {low} to {high} {unit}, median {middle}"


def _sampling(table: pd.DataFrame) -> str:
    known = table["holds_resampled"].dropna()
    if known.empty:
        return "How sure it is within a universe is not known: a document named has a single section."
    n_sure = int((known >= _SURE).sum())
    return f"With sections drawn anew it holds at least {_SURE:.0%} of the time in {n_sure} of {len(known)} universes."


def _decisive(table: pd.DataFrame) -> str:
    counts = {choice: flips(table, choice) for choice in CHOICES}
    tried = {choice: n_flipped / n_pairs for choice, (n_pairs, n_flipped) in counts.items() if n_pairs}
    if not tried:
        return "There is nothing to choose."
    most = max(tried, key=lambda one: tried[one])
    if not tried[most]:
        return "No choice flips it."
    n_pairs, n_flipped = counts[most]
    return f"The choice of {most} flips it most: in {n_flipped} of {n_pairs} pairs of universes that differ in it only."
