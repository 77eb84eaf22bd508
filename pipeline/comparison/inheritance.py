"""Where each clause comes from: the nation's plan, the province's, the place's own document before, other places.

Within the nation's, the province's and the place's own documents the nearest wording is sought and aligned; of all
other places, whose texts are too many for that, the same wording counts (figures and punctuation left out). A source is
not younger than what it is the source of; the place's own and those of other places are older. Where only years are
known, nation and province of the same year count too, though they may be younger: `order_known` is false for them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipeline.comparison.amplification import parent_of
from pipeline.comparison.dating import dated
from pipeline.comparison.wording import SHORTEST, alike, wording
from pipeline.reading.places import COUNTRY

COPIED = 0.9
"""From this similarity on a clause is copied; from wording.LEAST on it is adapted."""
KINDS = ("nation", "province", "previous", "elsewhere")
"""At the same similarity a source surely not younger counts, then the first of these."""
_MATCH = {"row": "int64", "kind": "int64", "similarity": "float64", "source": "int64", "order_known": "bool"}
_TYPES = dict.fromkeys(("clause_id", "doc_id", "label", "kind"), "str") | {"similarity": "float64"}
_TYPES |= dict.fromkeys(("source_doc_id", "source_clause_id"), "str")
_TYPES |= {"order_known": "boolean", "n_characters": "int64"}
_TYPES |= {f"similarity_{kind}": "float64" for kind in KINDS}


@dataclass(frozen=True, slots=True)
class Task:
    """The clauses of a place and those that they may come from.

    Attributes:
        queries: `row, code, first, last` of the place's own clauses.
        sources: `row, code, first, last, kind` (number in KINDS) of nation, province and the place itself.
        texts: The wording of each code that occurs.
    """

    queries: pd.DataFrame
    sources: pd.DataFrame
    texts: Mapping[int, str]


def prepared(clauses: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """Return the clauses with what the search needs: `row, clause_id, doc_id, place, year, first, last, wording, code`.

    A code stands for a wording; -1 for one that is too short, or whose document has no place or year.
    """
    known = dated(documents).assign(place=documents["place"].to_numpy())
    rows = clauses[["clause_id", "doc_id", "start", "text"]].sort_values(["doc_id", "start"], ignore_index=True)
    for name in ("place", "year", "first", "last"):
        rows[name] = rows["doc_id"].map(known[name])
    rows["wording"] = [wording(text) for text in rows["text"]]
    rows["code"] = pd.factorize(rows["wording"])[0]
    unfit = rows["wording"].str.len().lt(SHORTEST) | rows["place"].isna() | rows["year"].isna()
    rows.loc[unfit, "code"] = -1
    return rows.drop(columns=["text", "start"]).rename_axis("row").reset_index()


def tasks(rows: pd.DataFrame) -> Iterator[Task]:
    """Yield the work of each place."""
    told = rows[rows["code"].ge(0)]
    by_place = {str(place): own for place, own in told.groupby("place", sort=True)}
    for place, own in by_place.items():
        parent = parent_of(place)
        above = {"nation": COUNTRY if place != COUNTRY else None, "province": parent if parent != COUNTRY else None}
        parts = [own.assign(kind=KINDS.index("previous"))]
        parts += [by_place[name].assign(kind=KINDS.index(kind)) for kind, name in above.items() if name in by_place]
        sources = pd.concat(parts, ignore_index=True)
        texts = dict(zip(sources["code"].tolist(), sources["wording"].tolist(), strict=True))
        yield Task(own[["row", "code", "first", "last"]], sources[["row", "code", "first", "last", "kind"]], texts)


def matches(task: Task, workers: int = 1) -> pd.DataFrame:
    """Return the best source of each clause of a place among nation, province and own documents.

    Returns:
        `row, kind, similarity, source` (row of the source), `order_known` (the source is surely not younger), at
        most one row a clause and kind: of the most alike ones the youngest that is surely not younger.
    """
    own = sorted(set(task.queries["code"]))
    codes = [*own, *sorted(set(task.texts) - set(own))]
    pairs = alike([task.texts[code] for code in codes], len(own), workers)
    every = np.array(codes)
    alone = np.arange(len(own))
    near = pd.DataFrame(
        {
            "code": every[np.concatenate([alone, pairs.one])],
            "other": every[np.concatenate([alone, pairs.other])],
            "similarity": np.concatenate([np.ones(len(own)), pairs.similarity.astype(np.float64)]),
        }
    )
    found = task.queries.merge(near, on="code")
    sources = task.sources.rename(columns={"row": "source", "code": "other"})
    found = found.merge(sources, on="other", suffixes=("", "_source"))
    previous = found["kind"].eq(KINDS.index("previous"))
    older = found["last_source"].lt(found["first"])
    found = found[older | (found["first_source"].le(found["last"]) & ~previous)]
    found["order_known"] = found["last_source"].le(found["first"])
    order = ["row", "kind", "similarity", "order_known", "last_source", "source"]
    found = found.sort_values(order, ascending=[True, True, False, False, False, True])
    return found.drop_duplicates(["row", "kind"])[list(_MATCH)].astype(_MATCH)


def elsewhere(rows: pd.DataFrame) -> pd.DataFrame:
    """Return, for each clause whose wording an older document of another place has, the oldest such clause.

    Returns:
        As `matches`, with similarity 1.
    """
    told = rows.loc[rows["code"].ge(0), ["row", "code", "first", "last", "place"]]
    oldest = told.sort_values(["code", "last", "row"]).drop_duplicates(["code", "place"])
    first = oldest.drop_duplicates("code").set_index("code")
    second = oldest[oldest.duplicated("code")].drop_duplicates("code").set_index("code")
    parts = []
    for one in (first, second):
        source = one.rename(columns={"row": "source", "last": "last_source", "place": "source_place"})
        found = told.join(source[["source", "last_source", "source_place"]], on="code")
        parts.append(found[found["source_place"].ne(found["place"]) & found["last_source"].lt(found["first"])])
    found = pd.concat(parts).drop_duplicates("row")
    return found.assign(kind=KINDS.index("elsewhere"), similarity=1.0, order_known=True)[list(_MATCH)].astype(_MATCH)


def inheritance_table(rows: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    """Put the sources beside the clauses.

    Args:
        rows: From `prepared`.
        found: All rows of `matches` and `elsewhere`.

    Returns:
        One row a clause: `clause_id, doc_id, label` (copied, adapted, local; short: too short to tell; unknown: its
        document has no place or year), `kind` of the most alike source, `similarity`, `source_doc_id`,
        `source_clause_id`, `order_known` (false: only years are known, and they are the same), `n_characters`
        (Chinese ones), and the similarity by kind, empty where there is none.
    """
    order = ["row", "similarity", "order_known", "kind"]
    best = found.sort_values(order, ascending=[True, False, False, True]).drop_duplicates("row")
    table = rows[["row", "clause_id", "doc_id", "code", "wording"]].merge(best, on="row", how="left")
    source = table["source"].astype("Int64")
    table["source_doc_id"], table["source_clause_id"] = (source.map(rows[name]) for name in ("doc_id", "clause_id"))
    table["n_characters"] = table["wording"].str.len()
    table["kind"] = table["kind"].map(dict(enumerate(KINDS)))
    for at, kind in enumerate(KINDS):
        own = found[found["kind"].eq(at)].set_index("row")["similarity"]
        table[f"similarity_{kind}"] = table["row"].map(own)
    label = np.select(
        [
            table["n_characters"] < SHORTEST,
            table["code"] < 0,
            table["similarity"] >= COPIED,
            table["similarity"].notna(),
        ],
        ["short", "unknown", "copied", "adapted"],
        default="local",
    )
    return table.assign(label=label)[list(_TYPES)].astype(_TYPES)
