"""The multiverse: one conclusion under every combination of choices that a reader could have made.

Steegen, Tuerlinckx, Gelman and Vanpaemel (2016), Increasing Transparency Through a Multiverse Analysis, Perspectives
on Psychological Science 11(5).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace

import numpy as np
import pandas as pd

from pipeline.comparison.conclusions import Conclusion, Profile, estimate
from pipeline.comparison.correction import Errors, drawn_values, predictive_values
from pipeline.comparison.shares import generator, resample
from pipeline.comparison.universes import ONLY, Grid, Universe, universes
from pipeline.params import Compare
from pipeline.themes.codebook import CODES, THEMES

_GROUPS = {theme.code: theme.group for theme in THEMES}
Readings = Mapping[tuple[str, str], pd.DataFrame]
"""Splitting and reader to what `reading` makes."""


def reading(clauses: pd.DataFrame, themes: pd.DataFrame) -> pd.DataFrame:
    """Return what one reader says of one splitting: one row a clause, the least sure of each document first.

    Raises:
        ValueError: If the reader gives themes of another codebook.
    """
    strange = sorted({*themes["theme"]} - {*CODES})
    if strange:
        msg = f"theme model {themes['model'].iloc[0]} has the theme {strange[0]!r}, which the shipped codebook lacks"
        raise ValueError(msg)
    columns = {"section": clauses["section_id"].fillna(""), "n_chars": clauses["text"].str.len()}
    rows = clauses[["clause_id", "doc_id", "start"]].assign(**columns)
    rows = rows.merge(themes[["clause_id", "theme", "margin"]], on="clause_id", validate="one_to_one")
    return rows.sort_values(["doc_id", "margin", "start"], ignore_index=True)


def multiverse_table(
    said: Conclusion, readings: Readings, errors: Mapping[str, Errors | None], grid: Grid, params: Compare
) -> pd.DataFrame:
    """Try a conclusion in each universe.

    Args:
        said: The conclusion.
        readings: What each reader of the grid says of each splitting of it.
        errors: Counted errors of the readers that have some.
        grid: The choices.
        params: `bootstrap` and `seed`.

    Returns:
        One row a universe, in the order of the grid: `conclusion, universe`, the choices, `estimate` (above 0 the
        conclusion holds), `holds`, and `holds_resampled`: in what share of the resamples of whole sections it holds;
        empty where a document named has a single section.

    Raises:
        ValueError: If no universe of the grid exists.
    """
    rows: list[dict[str, object]] = []
    for universe, profile in _profiles(said, readings, errors, grid, params):
        theme = _GROUPS[said.theme] if said.theme and universe.codebook == "groups" else said.theme
        value = float(estimate(said, profile, theme, profile.shares))
        named = profile.rows(tuple(one for side in said.sides for one in side))
        sure = len(profile.resamples) and (profile.n_sections[named] > 1).all()
        again = float((estimate(said, profile, theme, profile.resamples) > 0).mean()) if sure else np.nan
        told = {"estimate": value, "holds": value > 0, "holds_resampled": again}
        rows.append({"conclusion": said.text, "universe": len(rows) + 1, **asdict(universe), **told})
    if not rows:
        msg = f"no universe is left: {ONLY}"
        raise ValueError(msg)
    return pd.DataFrame(rows)


def _profiles(
    said: Conclusion, readings: Readings, errors: Mapping[str, Errors | None], grid: Grid, params: Compare
) -> Iterator[tuple[Universe, Profile]]:
    """Yield each universe that exists with its profile; clauses are counted once for all that share them."""
    counted: dict[tuple[object, ...], Profile] = {}
    for one in universes(grid, errors):
        key = (one.splitting, one.reader, one.left_out, one.unit)
        if key not in counted:
            rows = readings[one.splitting, one.reader]
            kept = least_sure_out(rows[rows["doc_id"].isin(said.doc_ids)], one.left_out)
            counted[key] = profile_of(kept, one.unit, params)
        found, known = counted[key], errors.get(one.reader)
        if one.shares == "corrected" and known is not None:
            found = _corrected(found, known, params.seed)
        yield one, _grouped(found) if one.codebook == "groups" else found


def least_sure_out(rows: pd.DataFrame, share: float) -> pd.DataFrame:
    """Return the rows without that share of each document's least sure ones; a document keeps at least one."""
    by_document = rows.groupby("doc_id")["doc_id"]
    kept: pd.DataFrame = rows[by_document.cumcount() >= np.floor(share * by_document.transform("size"))]
    return kept


def profile_of(rows: pd.DataFrame, unit: str, params: Compare) -> Profile:
    """Count rows by document, section and theme, and draw the sections anew."""
    weight = rows["n_chars"] if unit == "characters" else 1
    grid = rows.assign(weight=weight).pivot_table("weight", ["doc_id", "section"], "theme", "sum", fill_value=0)
    grid = grid.reindex(columns=[*CODES], fill_value=0)
    sections = {str(doc_id): own.to_numpy(np.float64) for doc_id, own in grid.groupby(level="doc_id")}
    totals = np.array([own.sum(axis=0) for own in sections.values()])
    draws = [resample(own, params.bootstrap, generator(params.seed, name)) for name, own in sections.items()]
    return Profile(
        doc_ids=[*sections],
        themes=[*CODES],
        shares=totals / totals.sum(axis=1, keepdims=True),
        resamples=np.stack(draws, axis=1),
        n_sections=np.array([len(own) for own in sections.values()]),
    )


def _corrected(found: Profile, errors: Errors, seed: int) -> Profile:
    """Take the classifier's errors out, as `corrected_shares` does."""
    counts = errors.among(found.themes)
    values = drawn_values(counts, len(found.resamples), generator(seed, "errors"))
    shares = found.shares @ predictive_values(counts.sum(axis=0))
    return replace(found, shares=shares, resamples=np.einsum("rdj,rjk->rdk", found.resamples, values))


def _grouped(found: Profile) -> Profile:
    """Put the themes of a group together."""
    groups = [*dict.fromkeys(_GROUPS.values())]
    to = np.array([[_GROUPS[theme] == group for group in groups] for theme in found.themes], dtype=np.float64)
    return replace(found, themes=groups, shares=found.shares @ to, resamples=found.resamples @ to)
