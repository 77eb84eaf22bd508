"""Theme attention of groups of documents: the same estimator as for one, with wholes as blocks."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kept import Kept

from pipeline.comparison import bounds
from pipeline.comparison.attention import SINGLE, attention
from pipeline.comparison.bounds import Doubt, document_shares, group_shares
from pipeline.comparison.correction import Errors, corrected_shares
from pipeline.comparison.shares import Profiles, Unit, profiles, section_interval, share_table

THEMES = ("digital", "rural")


def document(name: str, place: str | None, year: int | None, kind: str = "work_report", level: str = "city") -> dict:
    return {"doc_id": name, "place": place, "published": None, "period_start": year, "doc_type": kind, "level": level}


def corpus(documents: list[dict], themes: dict[str, list[str]]) -> tuple[Profiles, pd.DataFrame]:
    """Themes: document to one word a section, one letter a clause (r: rural, d: digital)."""
    rows = [
        (f"{doc}{section}{at}", doc, f"{doc}{section}", {"r": "rural", "d": "digital"}[letter])
        for doc, sections in themes.items()
        for section, word in enumerate(sections)
        for at, letter in enumerate(word)
    ]
    frame = pd.DataFrame(rows, columns=["clause_id", "doc_id", "section_id", "theme"]).assign(text="文字")
    found = profiles(frame.drop(columns="theme"), frame[["clause_id", "theme"]], 200, seed=1)
    return found, pd.DataFrame(documents)


def shares_of(found: Profiles, documents: pd.DataFrame) -> pd.DataFrame:
    groups, profile = attention(found, documents, seed=1)
    rural = profile.themes.index("rural")
    return groups.assign(share=profile.shares[:, rural]).set_index(["by", "name", "doc_type"])


def test_shares_by_hand() -> None:
    """Documents count alike: 3/4 and 0 of the clauses give 3/8, though together 3 of 8 clauses or more might."""
    found, documents = corpus(
        [document("a", "菏泽市", 2020), document("b", "济南市", 2020), document("c", "山东省", 2021, level="province")],
        {"a": ["rr", "rd"], "b": ["dd", "dddddd"], "c": ["r", "d"]},
    )
    table = shares_of(found, documents)
    province = table.loc[("province", "山东省", "work_report")]
    assert province["share"].tolist() == [0.375, 0.375]
    assert province["n_documents"].tolist() == [2, 2]  # the province's own report is not one of its cities'
    assert table.loc[("place", "山东省", "work_report"), "share"].tolist() == [0.5, 0.5]
    every = table.loc[("all", "all", "work_report")].set_index("year", drop=False)
    assert every.loc[2020, "share"] == 0.375 and every.loc[2021, "share"] == 0.5
    assert every.loc[every["year"].isna(), "share"].tolist() == [pytest.approx((0.75 + 0 + 0.5) / 3)]
    assert table.loc[("level", "province", "work_report"), "n_places"].tolist() == [1, 1]


def test_kinds_of_documents_stand_apart_and_together() -> None:
    found, documents = corpus(
        [document("a", "菏泽市", 2020), document("b", "菏泽市", 2020, "outline")], {"a": ["r", "r"], "b": ["d", "d"]}
    )
    table = shares_of(found, documents)
    wanted = {"work_report": 1.0, "outline": 0.0, "all": 0.5}
    assert {kind: table.loc[("place", "菏泽市", kind), "share"].tolist() for kind in wanted} == {
        kind: [share, share] for kind, share in wanted.items()
    }


def test_what_lacks_place_or_year_is_in_no_group_of_it() -> None:
    found, documents = corpus([document("a", None, None, level=None)], {"a": ["rd", "r"]})
    groups, _ = attention(found, documents, seed=1)
    assert groups[["by", "name", "doc_type"]].to_numpy().tolist() == [["all", "all", "work_report"]]
    assert groups["year"].isna().all()


def test_a_group_of_one_document_has_the_document_s_own_figures() -> None:
    found, documents = corpus([document("a", "菏泽市", 2020)], {"a": ["rrd", "dd", "rd", "r", "rrd"]})
    groups, profile = attention(found, documents, seed=1)
    errors = Errors(THEMES, np.array([[[8.0, 2], [1, 9]], [[7, 3], [0, 10]]]))
    own, fixed = share_table(found, 0.95), corrected_shares(found, errors, 0.95, 7)
    grouped, grouped_fixed = share_table(profile, 0.95), corrected_shares(profile, errors, 0.95, 7)
    for at in range(len(groups)):
        rows = grouped[grouped["doc_id"] == str(at)].reset_index(drop=True)
        pd.testing.assert_frame_equal(rows.drop(columns="doc_id"), own.drop(columns="doc_id"))
        np.testing.assert_array_equal(grouped_fixed.low[at], fixed.low[0])


def test_the_largest_blocks_of_which_there_are_enough() -> None:
    places = ["菏泽市", "济南市", "青岛市", "烟台市", "德州市", "泰安市", "威海市", "日照市"]
    documents = [document(f"{place}{year}", place, year) for place in places for year in (2020, 2021)]
    more = [document(f"东营市{year}", "东营市", year) for year in range(2010, 2019)]
    found, frame = corpus([*documents, *more], {one["doc_id"]: ["rd", "r", "d"] for one in (*documents, *more)})
    groups = attention(found, frame, seed=1)[0].set_index(["by", "name", "year"])
    blocks = {key: tuple(row) for key, row in groups[["blocks", "n_blocks"]].iterrows()}
    assert groups.loc[("province", "山东省", 2020), ["blocks", "n_blocks"]].tolist() == ["places", 8]
    assert groups.loc[("place", "菏泽市", 2021), ["blocks", "n_blocks"]].tolist() == ["sections", 3]
    assert ("documents", 9) in [value for key, value in blocks.items() if key[1] == "东营市"]


def test_a_single_section_says_so() -> None:
    found, documents = corpus(
        [document("a", "菏泽市", 2020), document("b", "菏泽市", 2021)], {"a": ["rd"], "b": ["r", "d"]}
    )
    groups, profile = attention(found, documents, seed=1)
    single = groups["blocks"] == SINGLE
    assert groups.loc[single, "year"].fillna(0).unique().tolist() == [0, 2020]
    low = share_table(profile, 0.95).query("theme == 'rural'")["low"]
    np.testing.assert_array_equal(low.isna(), single)


def test_no_document_no_group() -> None:
    found, documents = corpus([document("a", "菏泽市", 2020)], {"a": ["r"]})
    empty = profiles(
        pd.DataFrame(columns=["clause_id", "doc_id", "section_id", "text"], dtype="str"),
        pd.DataFrame(columns=["clause_id", "theme"], dtype="str"), 20, seed=1,
    )  # fmt: skip
    full, bare = attention(found, documents, seed=1)[0], attention(empty, documents, seed=1)[0]
    assert bare.empty and bare.dtypes.equals(full.dtypes)


def test_a_group_does_not_depend_on_the_rest_of_the_corpus() -> None:
    own = [document(f"a{year}", "菏泽市", year) for year in range(2010, 2020)]
    themes = {one["doc_id"]: ["rd" * (at + 1), "r"] for at, one in enumerate(own)}
    draws = []
    for more, its in (([], {}), ([document("z", "济南市", 2012)], {"z": ["d", "d"]})):
        groups, profile = attention(*corpus([*own, *more], themes | its), seed=1)
        at = groups.index[(groups["by"] == "place") & (groups["name"] == "菏泽市") & groups["year"].isna()]
        draws.append(profile.resamples[at[0]])
    assert len(np.unique(draws[0])) > 20
    np.testing.assert_array_equal(*draws)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("甲乙丙"), st.integers(2000, 2002), st.text("rd", min_size=1)), min_size=1, max_size=12))  # fmt: skip
def test_shares_sum_to_one_and_lie_among_those_of_the_documents(rows: list[tuple[str, int, str]]) -> None:
    documents = [document(f"d{at}", f"{place}市", year) for at, (place, year, _) in enumerate(rows)]
    found, frame = corpus(documents, {f"d{at}": [word, "rd"] for at, (_, _, word) in enumerate(rows)})
    _, profile = attention(found, frame, seed=1)
    np.testing.assert_allclose(profile.shares.sum(axis=1), 1)
    np.testing.assert_allclose(profile.resamples.sum(axis=2), 1)
    assert (profile.shares >= found.shares.min(axis=0) - 1e-12).all()
    assert (profile.shares <= found.shares.max(axis=0) + 1e-12).all()


CONFUSION = np.array([[0.80, 0.15, 0.05], [0.10, 0.85, 0.05], [0.02, 0.08, 0.90]])
"""What a clause of a theme (row) is called."""
MEAN = np.array([2.0, 1.0, 4.0]) / 7
NAMES = ("digital", "party", "rural")


def drawn(rng: np.random.Generator, n_places: int, n_years: int, spread: float) -> tuple[Profiles, pd.DataFrame, list]:
    """Draw places whose reports share a leaning, sections that share more, and clauses with what they are called.

    Args:
        rng: Source of randomness.
        n_places: Places.
        n_years: Reports of each.
        spread: Of the places' leanings; the smaller, the more they differ. 0 for none.
    """
    rows, documents = [], []
    for place in range(n_places):
        leaning = rng.dirichlet(MEAN * spread) if spread else MEAN
        for year in range(n_years):
            documents.append(document(f"{place}-{year}", f"{place}号市", 2000 + year))
            for section, mixture in enumerate(rng.dirichlet(np.maximum(leaning, 1e-6) * 7, 15)):
                true = rng.choice(3, 8, p=mixture)
                called = [rng.choice(3, p=CONFUSION[one]) for one in true]
                rows += [(f"{place}-{year}", f"{place}-{year}-{section}", one, other)
                         for one, other in zip(called, true, strict=True)]  # fmt: skip
    frame = pd.DataFrame(rows, columns=["doc_id", "section_id", "theme", "true"])
    frame = frame.assign(clause_id=frame.index.astype(str), text="文字")
    themes = frame[["clause_id"]].assign(theme=np.array(NAMES, dtype=object)[frame["theme"]])
    found = profiles(frame[["clause_id", "doc_id", "section_id", "text"]], themes, 200, int(rng.integers(1 << 30)))
    read = (frame["section_id"].tolist(), [NAMES[one] for one in frame["theme"]], [NAMES[one] for one in frame["true"]])
    return found, pd.DataFrame(documents), read


@pytest.mark.parametrize(
    ("n_places", "n_years", "spread", "blocks"), [(12, 2, 25.0, "places"), (4, 1, 0.0, "sections")]
)
def test_nominal_95_percent_intervals_cover_93_to_97(n_places: int, n_years: int, spread: float, blocks: str) -> None:
    """Of what places (sections) are drawn from; the clauses that were read are those of other places."""
    rng = np.random.default_rng(14)
    held = raw_held = 0
    n = 150
    for _ in range(n):
        found, documents, _ = drawn(rng, n_places, n_years, spread)
        errors = Errors.counted(*drawn(rng, 6, 1, 0.0)[2], NAMES)
        groups, profile = attention(found, documents, int(rng.integers(1 << 30)))
        at = groups.index[(groups["by"] == "all") & groups["year"].isna()][0]
        assert groups.loc[at, "blocks"] == blocks
        fixed = corrected_shares(profile, errors, 0.95, int(rng.integers(1 << 30)))
        held += int(((fixed.low[at] <= MEAN) & (fixed.high[at] >= MEAN)).sum())
        low, high = section_interval(profile.resamples, 0.95, profile.n_sections, profile.freedom)
        raw_held += int(((low[at] <= MEAN) & (high[at] >= MEAN)).sum())
    assert 0.93 <= held / (3 * n) <= 0.97
    assert raw_held / (3 * n) < held / (3 * n) - 0.05


def test_what_is_remembered_changes_no_figure() -> None:
    """After a document more, one less and one changed: each table is that of an empty memory."""
    counts = np.random.default_rng(1).integers(1, 9, (20, 2, 2)).astype(float)
    errors = Errors(THEMES, counts, 10 * counts, np.arange(20) // 2)
    kept = Kept()
    places = ["菏泽市", "济南市", "青岛市", None]
    names = [document(f"d{at:02}", places[at % 4], 2018 + at // 4) for at in range(14)]
    words = {one["doc_id"]: ["rd" * (at % 3 + 1), "r", "dd"] for at, one in enumerate(names)}
    for rows, its in ((names[:12], words), (names, words), (names[1:], words | {"d05": ["ddd", "r"]})):
        found, documents = corpus(rows, {one["doc_id"]: its[one["doc_id"]] for one in rows})
        for memory in (kept, Kept()):
            doubt = Doubt(errors, 0.95, 1, memory)
            units: dict[Unit, Profiles] = {"clauses": found, "characters": found}
            tables = document_shares(units, doubt), group_shares(units, documents, doubt)
            if memory is kept:
                before = tables
        for one, other in zip(before, tables, strict=True):
            pd.testing.assert_frame_equal(one, other, check_exact=True)


def test_what_is_remembered_is_not_resampled(monkeypatch: pytest.MonkeyPatch) -> None:
    found, documents = corpus(
        [document("a", "菏泽市", 2020), document("b", "济南市", 2021)], {"a": ["rd", "r"], "b": ["d", "rr"]}
    )
    doubt = Doubt(None, 0.95, 1, Kept())
    units: dict[Unit, Profiles] = {"clauses": found, "characters": found}
    first = group_shares(units, documents, doubt)
    monkeypatch.setattr(bounds, "blocks_of", lambda *words: pytest.fail("resampled again"))
    pd.testing.assert_frame_equal(group_shares(units, documents, doubt), first)
    with pytest.raises(pytest.fail.Exception):
        group_shares(units, documents, Doubt(None, 0.9, 1, doubt.memory))
