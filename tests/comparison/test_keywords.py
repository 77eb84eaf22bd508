import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.comparison import keywords
from pipeline.comparison.keywords import count_terms, drawn, keyword_table, keywords_of, log_odds


def clauses(texts: dict[str, list[str]]) -> pd.DataFrame:
    rows = [(f"{doc}{at:04}", doc, text) for doc, one in texts.items() for at, text in enumerate(one)]
    return pd.DataFrame(rows, columns=["clause_id", "doc_id", "text"])


COMMON = ["推进乡村振兴", "保障改善民生", "加强生态保护"] * 10
SMALL = clauses({"a": COMMON + ["做强牡丹产业"] * 12, "b": COMMON + ["发展港口航运"] * 9, "c": COMMON})


def test_the_formula_by_hand():
    """Two groups, two terms, prior 2: alpha is 1 each; log(4/2) - log(2/4) over the root of 1/4 + 1/2."""
    delta, z = log_odds(np.array([3.0, 1.0]), np.array([4.0, 4.0]), prior=2)
    assert delta[0] == pytest.approx(2 * np.log(2))
    assert z[0] == pytest.approx(2 * np.log(2) / np.sqrt(1 / 4 + 1 / 2))


@given(st.lists(st.lists(st.integers(0, 30), min_size=5, max_size=5), min_size=2, max_size=2))
def test_what_marks_one_of_two_groups_is_what_the_other_lacks(counts: list[list[int]]):
    array = np.array(counts, float) + 1
    (one, z_one), (other, z_other) = (log_odds(own, array.sum(axis=0)) for own in array)
    assert one == pytest.approx(-other)
    assert z_one == pytest.approx(-z_other)


def test_a_stronger_prior_draws_the_differences_together():
    own, total = np.array([9.0, 1.0, 40.0]), np.array([10.0, 10.0, 80.0])
    assert abs(log_odds(own, total, 1000)[0][0]) < abs(log_odds(own, total, 10)[0][0])


def test_some_terms_have_the_figures_that_they_have_among_all():
    own, total = np.array([9.0, 0.0, 40.0, 3.0]), np.array([10.0, 10.0, 80.0, 7.0])
    at = np.array([0, 3])
    for some, every in zip(log_odds(own, total, at=at), log_odds(own, total), strict=True):
        np.testing.assert_array_equal(some, every[at])


@given(st.lists(st.text("牡丹产业港，\U00020000a", max_size=9), min_size=1, max_size=14))
def test_terms_are_those_of_a_count_one_by_one(texts: list[str]):
    groups = np.arange(len(texts)) % 3
    runs = [[text[at : at + n] for n in range(2, 7) for at in range(len(text) - n + 1)] for text in texts]
    runs = [[one for one in own if set(one) <= set("牡丹产业港")] for own in runs]
    least = min(5, len(texts))
    words = sorted({one for own in runs for one in own if sum(one in other for other in runs) >= least})
    found = count_terms(texts, groups, 3)
    assert found.words == words
    wanted = [[sum(own.count(word) for own, its in zip(runs, groups, strict=True) if its == group) for word in words]
              for group in range(3)]  # fmt: skip
    np.testing.assert_array_equal(found.counts.toarray(), np.reshape(wanted, (3, len(words))))
    pieces = [[words.index(one) if one in words else -1 for one in (word[1:], word[:-1])] for word in words]
    np.testing.assert_array_equal(found.pieces.T, np.reshape(pieces, (len(words), 2)))


def test_each_group_has_its_own_words_whole_and_with_counts():
    found = keyword_table(SMALL, {"a": "甲市", "b": "乙市", "c": "丙市"}, seed=1)
    first = found[found["rank"] == 0].set_index("group")
    assert first.loc["甲市", "term"] == "做强牡丹产业"
    assert first.loc["甲市", ["n", "n_rest"]].tolist() == [12, 0]
    assert first.loc["乙市", "term"] == "发展港口航运"
    assert "丙市" not in first.index
    assert not found["term"].isin(["牡丹", "推进乡村"]).any()


def test_documents_of_no_group_are_left_out_and_one_group_has_no_words():
    assert keyword_table(SMALL, {"a": "甲市"}, seed=1).empty
    assert set(keyword_table(SMALL, {"a": "甲市", "b": "乙市"}, seed=1)["group"]) == {"甲市", "乙市"}


def test_texts_without_chinese_words_give_an_empty_table():
    found = keyword_table(clauses({"a": ["1", "2"], "b": ["3"]}), {"a": "x", "b": "y"}, seed=1)
    assert found.empty
    assert found.dtypes.equals(keyword_table(SMALL, {"a": "甲市", "b": "乙市"}, seed=1).dtypes)


def test_what_is_drawn_of_each_document_alone_holds_what_is_drawn_of_all(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(keywords, "MOST_CLAUSES", 400)
    every = pd.concat(
        [clauses({f"d{at}": [("做强牡丹", "发展港口", "培育草原")[at % 3], "推进乡村"] * 100}) for at in range(30)],
        ignore_index=True,
    )
    every["clause_id"] = [f"c{at}" for at in range(len(every))]
    groups = {f"d{at}": f"{at % 3}市" for at in range(30)}
    parts = [drawn(own, 1, 4096) for _, own in every.groupby("doc_id")]
    assert 400 < sum(map(len, parts)) < len(every) / 2
    alone, whole = keywords_of(pd.concat(parts), groups), keyword_table(every, groups, seed=1)
    assert len(whole) and alone.equals(whole)
    assert not keyword_table(every, groups, seed=2).equals(whole)
