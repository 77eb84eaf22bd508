"""Choose the clauses that are worth a person's time."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

WAYS = ("uncertain", "thin", "random")
_NEIGHBOURS = 2


def choose(tables: Mapping[str, pd.DataFrame], by: str, n: int, per_document: int = 0, seed: int = 0) -> pd.DataFrame:
    """Choose clauses to label.

    A clause that stands word for word in several places is offered once.

    Args:
        tables: `documents`, `clauses`, `themes`.
        by: `uncertain`: smallest margin between the two best themes first (margin sampling; Scheffer, Decomain &
            Wrobel, 2001). `thin`: each theme in turn, the rarest first, its least certain clauses first.
            `random`: by lot.
        n: At most so many.
        per_document: At most so many of one document; 0 for no bound.
        seed: Of the lot, which also settles ties.

    Returns:
        `clause_id, file, sha256, place, start, end` (of the first source span), `text, heading, before, after, theme,
        p, second, margin, model`, by file and start.

    Raises:
        ValueError: If `by` is none of WAYS, or `n` is not positive.
    """
    if by not in WAYS:
        msg = f"--by {by!r} is unknown: use one of {', '.join(WAYS)}"
        raise ValueError(msg)
    if n < 1:
        msg = f"--n {n}: ask for at least one clause"
        raise ValueError(msg)
    rows = _candidates(tables)
    rows = rows.iloc[np.random.default_rng(seed).permutation(len(rows))].reset_index(drop=True)
    rows = rows.drop_duplicates("text")
    if by != "random":
        rows = rows.sort_values("margin", kind="stable")
    if by == "thin":
        rows = _in_turn(rows)
    if per_document:
        rows = rows[rows.groupby("sha256").cumcount() < per_document]
    return rows.head(n).sort_values(["file", "start"], kind="stable", ignore_index=True)


def _candidates(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return all clauses that have a place in the source, with what a coder needs to see."""
    clauses = tables["clauses"].drop(columns="theme", errors="ignore").sort_values(["doc_id", "start"], kind="stable")
    rows = clauses.merge(tables["themes"], on="clause_id", how="inner", validate="1:1")
    of_document = rows.groupby("doc_id")["text"]
    for column, steps in (("before", range(_NEIGHBOURS, 0, -1)), ("after", range(-1, -_NEIGHBOURS - 1, -1))):
        shifted = [of_document.shift(step).fillna("").astype(str) for step in steps]
        rows[column] = [" ".join(filter(None, parts)) for parts in zip(*shifted, strict=True)]
    rows = rows.rename(columns={"context": "heading"}).drop(columns=["start", "end"])
    rows = rows.merge(tables["documents"][["doc_id", "file", "sha256", "place"]], on="doc_id", how="left")
    rows = rows[rows["source_spans"].map(len) > 0]
    rows["start"] = [int(spans[0][0]) for spans in rows["source_spans"]]
    rows["end"] = [int(spans[0][1]) for spans in rows["source_spans"]]
    return rows[
        ["clause_id", "file", "sha256", "place", "start", "end", "text", "heading", "before", "after", "theme", "p",
         "second", "margin", "model"]
    ]  # fmt: skip


def _in_turn(rows: pd.DataFrame) -> pd.DataFrame:
    """Order rows so that each theme comes in turn, the rarest first."""
    rarity = rows["theme"].map(rows["theme"].value_counts())
    turn = rows.groupby("theme").cumcount()
    return (
        rows.assign(_turn=turn, _rarity=rarity)
        .sort_values(["_turn", "_rarity", "theme"], kind="stable")
        .drop(columns=["_turn", "_rarity"])
    )
