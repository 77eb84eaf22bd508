"""What inheritance amounts to: shares by document, themes without inherited text, and how wordings spread."""

from __future__ import annotations

import pandas as pd

from pipeline.comparison.amplification import parent_of
from pipeline.comparison.inheritance import KINDS
from pipeline.reading.places import COUNTRY

LEAST_PLACES = 3
MOST_PHRASES = 5000
LEAST_CHARACTERS = 8
_LABELS = ("copied", "adapted", "local")


def inheritance_shares(inheritance: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """Return one row a document.

    Args:
        inheritance: From `inheritance_table`.
        documents: The documents table.

    Returns:
        `doc_id, place, n_clauses` (those long enough to tell), `copied, adapted, local` (shares of them, summing to 1),
        `copied_characters, adapted_characters, local_characters` (the same by Chinese characters),
        `from_nation, from_province, from_previous, from_elsewhere` (shares by the most alike source),
        `order_unknown` (share whose source is of the same year and, no day being known, may be the younger), and
        `not_searched`: in words which sources the corpus lacks.
    """
    told = inheritance[inheritance["label"].isin(_LABELS)]
    counts = pd.crosstab(told["doc_id"], told["label"]).reindex(columns=list(_LABELS), fill_value=0)
    kinds = pd.crosstab(told["doc_id"], told["kind"]).reindex(index=counts.index, columns=list(KINDS), fill_value=0)
    n = counts.sum(axis=1)
    characters = told.pivot_table("n_characters", "doc_id", "label", "sum", fill_value=0)
    characters = characters.reindex(index=counts.index, columns=list(_LABELS), fill_value=0)
    characters = characters.div(characters.sum(axis=1), axis=0).add_suffix("_characters")
    found = counts.div(n, axis=0).join(characters).join(kinds.div(n, axis=0).add_prefix("from_"))
    found["order_unknown"] = told["order_known"].eq(False).fillna(False).groupby(told["doc_id"]).mean()
    found.insert(0, "n_clauses", n)
    places = documents.set_index("doc_id")["place"]
    found.insert(0, "place", places.reindex(found.index))
    found["not_searched"] = [_lacking(str(place), set(places.dropna())) for place in found["place"]]
    return found.rename_axis(columns=None).reset_index()


def _lacking(place: str, known: set[str]) -> str:
    parent = parent_of(place)
    lacking = [f"no document of {COUNTRY} in the corpus"] if place != COUNTRY and COUNTRY not in known else []
    if parent and parent != COUNTRY and parent not in known:
        lacking.append(f"no document of {parent} in the corpus")
    return "; ".join(lacking)


def local_themes(inheritance: pd.DataFrame, themes: pd.DataFrame) -> pd.DataFrame:
    """Return each document's theme shares with and without inherited clauses.

    Returns:
        `doc_id, theme, n_clauses, share, n_local, share_local`; the latter is empty where no clause is local.
    """
    told = inheritance[inheritance["label"].isin(_LABELS)].merge(themes[["clause_id", "theme"]], on="clause_id")
    every = told.groupby(["doc_id", "theme"]).size().rename("n_clauses")
    local = told[told["label"].eq("local")].groupby(["doc_id", "theme"]).size().rename("n_local")
    found = every.to_frame().join(local).fillna({"n_local": 0}).astype("int64").reset_index()
    for count, share in (("n_clauses", "share"), ("n_local", "share_local")):
        total = found.groupby("doc_id")[count].transform("sum")
        found[share] = (found[count] / total).where(total > 0)
    return found[["doc_id", "theme", "n_clauses", "share", "n_local", "share_local"]]


def diffusion_table(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the wordings that most places share, with where and when each was seen first.

    Args:
        rows: From `inheritance.prepared`.

    Returns:
        `phrase` (Chinese characters of a clause), `n_places, n_documents, first_year, first_place, first_doc_id,
        last_year`, `nation_year` (first year in a national document, empty where there is none): up to
        5,000 of at least eight characters and three places.
    """
    told = rows[rows["code"].ge(0) & rows["wording"].str.len().ge(LEAST_CHARACTERS)]
    groups = told.groupby("code")
    counts = groups.agg(n_places=("place", "nunique"), n_documents=("doc_id", "nunique"), last_year=("year", "max"))
    counts = counts[counts["n_places"].ge(LEAST_PLACES)]
    first = told[told["code"].isin(counts.index)].sort_values(["code", "year", "row"])
    nation = first[first["place"].eq(COUNTRY)].drop_duplicates("code").set_index("code")["year"]
    first = first.drop_duplicates("code").set_index("code")
    names = {"wording": "phrase", "year": "first_year", "place": "first_place", "doc_id": "first_doc_id"}
    found = counts.join(first[list(names)].rename(columns=names)).join(nation.rename("nation_year"))
    years = dict.fromkeys(("first_year", "last_year", "nation_year"), "Int64")
    found = found.sort_values(["n_places", "n_documents", "phrase"], ascending=[False, False, True]).head(MOST_PHRASES)
    columns = [
        "phrase",
        "n_places",
        "n_documents",
        "first_year",
        "first_place",
        "first_doc_id",
        "last_year",
        "nation_year",
    ]
    return found[columns].astype(years).reset_index(drop=True)
