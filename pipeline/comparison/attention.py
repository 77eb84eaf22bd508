"""Theme attention of groups of documents: of a place, of a province's places, of a tier, in all years and in each.

A group's share of a theme is the mean of its documents' shares: a long document counts as much as a short one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.comparison.amplification import parent_of
from pipeline.comparison.dating import dated
from pipeline.comparison.shares import Profiles, generator, resample
from pipeline.reading.places import COUNTRY

Reals = npt.NDArray[np.float64]
Rows = npt.NDArray[np.int64]
Names = npt.NDArray[np.object_]
Key = tuple[str, str, int | None, str]
"""How documents are grouped, the group's name, its year (None for all years) and the kind of its documents."""
Group = tuple[Key, Rows]
"""A group and the rows of its documents in the profiles."""

ALL = "all"
LEAST_BLOCKS = 8
"""Fewer blocks than these tell too little of how far blocks differ."""
SINGLE = "a single section: no interval"
_WAYS = ("place", "province", "level", ALL)
_KEY = {"by": "str", "name": "str", "year": "Int64", "doc_type": "str"}
_TYPES = _KEY | {"n_documents": "int64", "n_places": "int64", "blocks": "str", "n_blocks": "int64"}


@dataclass(frozen=True, slots=True)
class Blocks:
    """What of a group is drawn with replacement.

    Attributes:
        kind: `places` or `documents`, as wholes; else `sections`, those of each document by themselves; SINGLE where
            a document has only one.
        n: Their number; of sections those of the document that has fewest.
        freedom: Degrees of freedom: blocks less one, of sections in each document.
        draws: Shares of the resamples, shape (resample, theme).
    """

    kind: str
    n: int
    freedom: int
    draws: Reals


def attention(found: Profiles, documents: pd.DataFrame, seed: int) -> tuple[pd.DataFrame, Profiles]:
    """Put documents into groups and resample each group.

    Args:
        found: Profiles of the documents.
        documents: The documents table.
        seed: Seed of the resampling.

    Returns:
        The groups, sorted, one row each: `by, name, year` (empty: all years), `doc_type, n_documents, n_places, blocks,
        n_blocks`; and their profiles in that order, named by its positions, with blocks in the place of sections.
    """
    groups, places = groups_of(found, documents)
    blocks = [blocks_of(found, places, one, seed) for one in groups]
    told = group_table(groups, places, [one.kind for one in blocks], [one.n for one in blocks])
    return told, profile_of(found, groups, places, blocks)


def groups_of(found: Profiles, documents: pd.DataFrame) -> tuple[list[Group], Names]:
    """Return the groups, sorted, and the place of each document (its id where it has none)."""
    known = _known(found, documents)
    groups = sorted(_groups(known), key=lambda one: (*one[0][:2], one[0][3], one[0][2] or 0))
    return groups, known["place"].fillna(known["doc_id"]).to_numpy(dtype=object)


def group_table(groups: list[Group], places: Names, kinds: Sequence[str], n_blocks: Sequence[int]) -> pd.DataFrame:
    """Return one row a group, as `attention`.

    Args:
        groups: From `groups_of`.
        places: From `groups_of`.
        kinds: Of the blocks of each group.
        n_blocks: Their number.
    """
    each = zip(groups, kinds, n_blocks, strict=True)
    told = [(*key, len(rows), len(set(places[rows])), kind, n) for (key, rows), kind, n in each]
    return pd.DataFrame(told, columns=list(_TYPES)).astype(_TYPES)


def profile_of(found: Profiles, groups: Sequence[Group], places: Names, blocks: Sequence[Blocks] = ()) -> Profiles:
    """Return the profiles of groups, each as if it were one document; without blocks there are no resamples."""
    members = [rows for _, rows in groups]
    number = pd.factorize(places)[0].astype(np.int64)
    shape = (len(members), len(found.themes))
    return Profiles(
        doc_ids=[str(at) for at in range(len(members))],
        themes=found.themes,
        counts=np.array([found.counts[rows].sum(axis=0) for rows in members]).reshape(shape),
        shares=np.array([found.shares[rows].mean(axis=0) for rows in members]).reshape(shape),
        resamples=np.array([one.draws for one in blocks]).reshape(len(blocks), *found.resamples.shape[1:]),
        n_sections=np.array([one.n for one in blocks], dtype=np.int64),
        sections=[],
        freedom=np.array([one.freedom for one in blocks], dtype=np.int64),
        # Of places with unequally many documents fewer count: errors of one place are the same in all of them.
        n_places=np.array([len(rows) ** 2 / (np.bincount(number[rows]) ** 2).sum() for rows in members]),
    )


def attention_table(groups: pd.DataFrame, shares: pd.DataFrame) -> pd.DataFrame:
    """Return one row a group and theme.

    Args:
        groups: From `attention`.
        shares: The shares of its profiles: rows of each group together, in the order of the groups.

    Returns:
        The columns of both, `doc_id` (the group's position) left out.
    """
    repeated = groups.loc[shares["doc_id"].astype("int64")].reset_index(drop=True)
    return pd.concat([repeated, shares.drop(columns="doc_id").reset_index(drop=True)], axis=1)


def _known(found: Profiles, documents: pd.DataFrame) -> pd.DataFrame:
    """Return by what documents are grouped, one row each in the order of the profiles."""
    own = documents.set_index("doc_id").loc[found.doc_ids]
    above = {place: parent_of(str(place)) for place in own["place"].dropna().unique()}
    provinces = {place: one for place, one in above.items() if one not in (None, COUNTRY)}
    known = own[["place", "level", "doc_type"]].astype("object").assign(
        # What the province itself says stands under its place; here stand the places within it.
        province=own["place"].map(provinces).astype("object"),
        year=dated(documents)["year"].loc[found.doc_ids],
        doc_type=own["doc_type"].astype("object").fillna("other"),
    )  # fmt: skip
    return known.assign(**{ALL: ALL}).reset_index()


def _groups(known: pd.DataFrame) -> Iterator[Group]:
    """Yield each group and the rows of its documents; what lacks a place, tier or year is in no group of that."""
    kinds = sorted(known["doc_type"].unique())
    for kind in (*kinds, *([ALL] if len(kinds) > 1 else [])):
        own = known if kind == ALL else known[known["doc_type"] == kind]
        for year in (None, *sorted(map(int, own["year"].dropna().unique()))):
            dated_so = own if year is None else own[own["year"] == year]
            for by in _WAYS:
                for name, places in dated_so.groupby(by).indices.items():
                    yield (by, str(name), year, kind), dated_so.index.to_numpy()[places]


def blocks_of(found: Profiles, places: Names, group: Group, seed: int) -> Blocks:
    """Resample a group: the largest blocks of which there are enough.

    Documents of one place take over each other's words, so its documents are one block (Davison and Hinkley 1997,
    section 3.8). A group of few places and documents is taken as it is, and what its documents' sections say of them is
    in doubt, as in the shares of a single document.
    """
    key, rows = group
    n_resamples, shares = found.resamples.shape[1], found.shares[rows]
    for kind, block in (("places", pd.factorize(places[rows])[0]), ("documents", np.arange(len(rows)))):
        if (n := int(block.max()) + 1) >= LEAST_BLOCKS:
            sums = np.zeros((n, shares.shape[1]))
            np.add.at(sums, block, shares)
            return Blocks(kind, n, n - 1, resample(sums, n_resamples, generator(seed, *map(str, key))))
    n, freedom = int(found.n_sections[rows].min()), int((found.n_sections[rows] - 1).sum())
    return Blocks("sections" if n > 1 else SINGLE, n, freedom, found.resamples[rows].mean(axis=0))
