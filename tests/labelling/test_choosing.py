"""Choosing clauses to label."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stages.small_corpus import corpus

from pipeline.labelling.choosing import WAYS, choose


@pytest.fixture(scope="module")
def tables() -> dict[str, pd.DataFrame]:
    found = corpus()
    n = len(found["themes"])
    found["themes"]["margin"] = [(at * 7919 % n) / n for at in range(n)]
    return found


def test_the_least_certain_come_first(tables):
    chosen = choose(tables, "uncertain", 5)
    once = tables["themes"].merge(tables["clauses"], on="clause_id").sort_values("margin").drop_duplicates("text")
    assert set(chosen["clause_id"]) == set(once["clause_id"].head(5))


def test_thin_themes_get_as_many_as_full_ones(tables):
    chosen = choose(tables, "thin", 12)
    assert chosen["theme"].value_counts().tolist() == [2] * 6
    assert choose(tables, "thin", 1)["theme"].tolist() == [tables["themes"]["theme"].value_counts().index[-1]]


@given(by=st.sampled_from(WAYS), n=st.integers(1, 200), per_document=st.integers(0, 4), seed=st.integers(0, 5))
def test_what_is_chosen_is_bounded_unlike_and_the_same_twice(by, n, per_document, seed):
    tables = corpus()
    chosen = choose(tables, by, n, per_document, seed)
    assert len(chosen) <= n and chosen["text"].is_unique
    assert not per_document or chosen["sha256"].value_counts().max() <= per_document
    pd.testing.assert_frame_equal(chosen, choose(tables, by, n, per_document, seed))


def test_the_place_is_that_of_the_source_and_neighbours_stand_beside(tables):
    chosen = choose(tables, "random", 10_000)
    texts = tables["documents"].set_index("sha256")["text"]
    for row in chosen.itertuples():
        text = texts[row.sha256]
        assert text[row.start : row.end] == row.text
        neighbours = row.before.split() + row.after.split()
        assert all(one in text for one in neighbours) and len(neighbours) >= 2


def test_lots_differ_by_seed(tables):
    assert set(choose(tables, "random", 10, seed=1)["clause_id"]) != set(
        choose(tables, "random", 10, seed=2)["clause_id"]
    )


@pytest.mark.parametrize(("by", "n", "told"), [("best", 5, "use one of uncertain"), ("thin", 0, "at least one clause")])
def test_unknown_ways_are_named(tables, by, n, told):
    with pytest.raises(ValueError, match=told):
        choose(tables, by, n)
