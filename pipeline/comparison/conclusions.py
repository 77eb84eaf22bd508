"""Conclusions that a person can name, and how far theme profiles bear them out."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import combinations, pairwise

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.comparison.dating import dated
from pipeline.comparison.divergence import jensen_shannon
from pipeline.themes.codebook import CODES

Reals = npt.NDArray[np.float64]
Side = tuple[str, ...]

FORMS = {
    "higher": "higher THEME A B",
    "rose": "rose THEME A [YEAR YEAR...]",
    "nearest": "nearest A B",
    "farther": "farther A B C",
}
"""First word to the whole form. A, B, C: a document, a place, a year, PLACE@YEAR, or `all`."""
ALL = "all"
_LISTED = 10
_N_SIDES = {"higher": 2, "nearest": 2, "farther": 3}


@dataclass(frozen=True, slots=True)
class Conclusion:
    """A conclusion on theme profiles.

    Attributes:
        text: As it was named.
        kind: First word of the form.
        theme: Code of a theme; empty where the whole profile counts.
        sides: Documents of each side, none in two of them; of `rose` one side a year.
        others: Of `nearest` the documents that could be nearer.
    """

    text: str
    kind: str
    theme: str
    sides: tuple[Side, ...]
    others: Side = ()

    @property
    def doc_ids(self) -> list[str]:
        """The documents that it speaks of, sorted."""
        return sorted({one for side in (*self.sides, self.others) for one in side})


def parse_conclusion(text: str, documents: pd.DataFrame) -> Conclusion:
    """Read a conclusion, such as `higher rural 云泽市 澜坪市`.

    Args:
        text: One of FORMS; what holds a space stands in quotes.
        documents: The documents table, of documents that have clauses.

    Raises:
        ValueError: If the form, a theme, a place, a document or a year is unknown, two sides share a document, or
            there is nothing to compare.
    """
    kind, *words = _words(text)
    if kind not in FORMS:
        msg = f"conclusion {text!r} is none: write one of {'; '.join(FORMS.values())}"
        raise ValueError(msg)
    theme = words.pop(0) if kind in ("higher", "rose") and words else ""
    n_sides = _N_SIDES.get(kind, len(words) if len(words) != 2 else 0)
    if len(words) != n_sides or not words:
        msg = f"conclusion {text!r}: write it as {FORMS[kind]}" + (" (no year, or two and more)" * (kind == "rose"))
        raise ValueError(msg)
    if kind in ("higher", "rose") and theme not in CODES:
        msg = f"conclusion {text!r}: no theme {theme!r}; themes: {', '.join(CODES)}"
        raise ValueError(msg)
    known = dated(documents)["year"].to_frame().assign(place=documents["place"].to_numpy())
    names = words if kind != "rose" else _by_year(words[0], words[1:], known)
    sides = tuple(side_of(name, known) for name in names)
    _check_apart(text, sides)
    others = tuple(sorted({*known.index} - {*sides[0], *sides[1]})) if kind == "nearest" else ()
    if kind == "nearest" and not others:
        msg = f"conclusion {text!r}: needs a third document that could be nearer"
        raise ValueError(msg)
    return Conclusion(text, kind, theme, sides, others)


def _words(text: str) -> list[str]:
    try:
        return shlex.split(text) or [""]
    except ValueError as error:
        msg = f"conclusion {text!r}: a quote is not closed"
        raise ValueError(msg) from error


def _by_year(name: str, years: Sequence[str], known: pd.DataFrame) -> list[str]:
    """Return the names of one side a year; without years, of each year that the side has."""
    found = years or [str(int(one)) for one in sorted(known.loc[[*side_of(name, known)], "year"].dropna().unique())]
    if len(found) < 2:
        msg = f"{name!r} has documents of one year only; `rose` needs two"
        raise ValueError(msg)
    return [f"{name}@{year}" for year in found]


def side_of(name: str, known: pd.DataFrame) -> Side:
    """Return the documents that a name means.

    Args:
        name: A document, a place, a year, PLACE@YEAR, or `all`.
        known: By doc_id: `place`, `year`.

    Raises:
        ValueError: If there is none.
    """
    if name in known.index:
        return (name,)
    place, at, year = name.rpartition("@")
    place = place if at else name
    if not at and name.isdigit() and len(name) == 4:
        place, year, at = ALL, name, "@"
    found = known if place == ALL else known[(known["place"] == place) | (known.index == place)]
    if found.empty:
        places = sorted({*known["place"].dropna()})
        near = places if len(places) <= _LISTED else get_close_matches(place, places, _LISTED, 0) + ["..."]
        msg = f"no place or document {place!r}; places: {', '.join(near)}"
        raise ValueError(msg)
    if at:
        years = sorted({str(int(one)) for one in found["year"].dropna()})
        found = found[found["year"].map(lambda one: str(int(one)) if one == one else "") == year]
        if found.empty:
            msg = f"no document of {year!r} in {place!r}; years: {', '.join(years)}"
            raise ValueError(msg)
    return tuple(sorted(found.index))


def _check_apart(text: str, sides: Sequence[Side]) -> None:
    for one, other in combinations(sides, 2):
        shared = sorted({*one} & {*other})
        if shared:
            msg = f"conclusion {text!r}: document {shared[0]!r} is on two sides; name sides that share none"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True)
class Profile:
    """Theme shares of documents.

    Attributes:
        doc_ids: The documents.
        themes: Themes or groups of themes.
        shares: Shape (document, theme); rows sum to 1.
        resamples: Shares with the sections of each document drawn anew, shape (resample, document, theme).
        n_sections: Sections of each document.
    """

    doc_ids: list[str]
    themes: list[str]
    shares: Reals
    resamples: Reals
    n_sections: npt.NDArray[np.int64]

    def rows(self, side: Side) -> list[int]:
        """Return the places of some documents."""
        at = {doc_id: number for number, doc_id in enumerate(self.doc_ids)}
        return [at[one] for one in side]


def estimate(said: Conclusion, profile: Profile, theme: str, shares: Reals) -> Reals:
    """Return how far the conclusion holds: above 0 it does.

    Each document of a side counts alike. `higher` gives the difference of shares, `rose` the smallest step from year
    to year, `farther` the first divergence less the second, `nearest` how much farther the nearest of the other
    documents is than the nearest of B; divergences in bits.

    Args:
        said: The conclusion.
        profile: Names the documents and themes of the shares.
        theme: Theme or group that the conclusion speaks of.
        shares: Shape (..., document, theme).

    Returns:
        Shape (...).
    """
    sides = [shares[..., profile.rows(side), :].mean(axis=-2) for side in said.sides]
    if said.kind in ("higher", "rose"):
        levels = [side[..., profile.themes.index(theme)] for side in sides]
        steps = [b - a for a, b in pairwise(levels if said.kind == "rose" else levels[::-1])]
        return np.asarray(np.min(steps, axis=0))
    if said.kind == "farther":
        return jensen_shannon(sides[0], sides[1]) - jensen_shannon(sides[0], sides[2])
    own, other = (
        jensen_shannon(sides[0][..., None, :], shares[..., profile.rows(side), :]).min(axis=-1)
        for side in (said.sides[1], said.others)
    )
    return np.asarray(other - own)
