import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from kept import Kept

from pipeline.comparison import divergence
from pipeline.comparison.divergence import (
    MEAN,
    all_divergences,
    corrected,
    divergence_table,
    jensen_shannon,
    permutation_p,
)
from pipeline.comparison.shares import profiles


def distribution(size: int = 4) -> st.SearchStrategy[np.ndarray]:
    weights = st.lists(st.integers(0, 50), min_size=size, max_size=size).filter(any)
    return weights.map(lambda given: np.array(given) / sum(given))


def test_jensen_shannon_by_hand():
    # p = (1, 0), q = (1/2, 1/2): mixture (3/4, 1/4), entropies 0.8113 - (0 + 1) / 2
    assert jensen_shannon(np.array([1.0, 0.0]), np.array([0.5, 0.5])) == pytest.approx(0.3112781)
    assert jensen_shannon(np.array([1.0, 0.0]), np.array([0.0, 1.0])) == 1


def test_jensen_shannon_equals_scipy():
    from scipy.spatial.distance import jensenshannon

    p, q = np.random.default_rng(0).dirichlet(np.ones(19), size=2)
    assert jensen_shannon(p, q) == pytest.approx(jensenshannon(p, q, base=2) ** 2)


@given(distribution(), distribution(), distribution())
def test_jensen_shannon_is_a_squared_metric(p: np.ndarray, q: np.ndarray, r: np.ndarray):
    assert jensen_shannon(p, p) == pytest.approx(0, abs=1e-12)
    assert jensen_shannon(p, q) == pytest.approx(jensen_shannon(q, p))
    assert 0 <= jensen_shannon(p, q) <= 1
    root = [np.sqrt(jensen_shannon(*two)) for two in ((p, r), (p, q), (q, r))]
    assert root[0] <= root[1] + root[2] + 1e-6


def test_correction_takes_out_the_bias():
    assert corrected(0.2, np.array([0.3, 0.3, 0.3]), 0.95) == pytest.approx((0.1, 0.1, 0.1))


def corpus_of(n: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    rng = np.random.default_rng(5)
    docs = np.repeat([f"d{at:03}" for at in range(n)], 12)
    ids = [f"c{at}" for at in range(len(docs))]
    sections = [f"{doc}{at % 4}" for at, doc in enumerate(docs)]
    clauses = pd.DataFrame({"clause_id": ids, "doc_id": docs, "section_id": sections, "text": "文字"})
    return clauses, pd.DataFrame({"clause_id": ids, "theme": rng.choice(list("xyz"), len(ids))})


def test_small_corpus_has_all_pairs_and_the_mean():
    table = divergence_table(profiles(*corpus_of(4), 20, seed=1), 0.95)
    assert table["kind"].value_counts().to_dict() == {"pair": 6, "mean": 4}
    assert set(table.loc[table["kind"] == "mean", "doc_b"]) == {MEAN}
    assert (table["low"] <= table["high"]).all()


def test_large_corpus_has_neighbours_only(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(divergence, "MAX_PAIRWISE", 8)
    table = divergence_table(profiles(*corpus_of(10), 10, seed=1), 0.95)
    assert table["kind"].value_counts().to_dict() == {"neighbour": 50, "mean": 10}
    assert (table["doc_a"] != table["doc_b"]).all()


def test_two_documents_have_no_mean():
    assert set(divergence_table(profiles(*corpus_of(2), 10, seed=1), 0.95)["kind"]) == {"pair"}


def test_plans_of_one_profile_have_a_p_value_spread_evenly_and_others_a_small_one():
    rng = np.random.default_rng(8)

    def sections(p: list[float]) -> np.ndarray:
        return rng.multinomial(12, p, size=10).astype(float)

    alike = [permutation_p(sections([0.5, 0.3, 0.2]), sections([0.5, 0.3, 0.2]), 99, rng) for _ in range(300)]
    assert 0.02 < np.mean(np.array(alike) <= 0.05) < 0.09
    assert 0.42 < np.mean(alike) < 0.58
    other = [permutation_p(sections([0.5, 0.3, 0.2]), sections([0.2, 0.3, 0.5]), 99, rng) for _ in range(20)]
    assert max(other) <= 0.05


def test_documents_of_one_section_have_no_p_value():
    table = divergence_table(profiles(*corpus_of(3), 20, seed=1), 0.95)
    assert table.loc[table["kind"] == "pair", "p_value"].between(1 / 21, 1).all()
    clauses, themes = corpus_of(2)
    single = divergence_table(profiles(clauses.assign(section_id="s"), themes, 20, seed=1), 0.95)
    assert single["p_value"].isna().all()


def test_all_divergences_are_those_of_the_pairs_to_the_last_bit() -> None:
    shares = np.random.default_rng(5).dirichlet(np.full(6, 0.3), size=20)
    shares[3, 2:], shares[4] = 0, shares[5]
    each = [[jensen_shannon(a, b) for b in shares] for a in shares]
    assert np.array_equal(all_divergences(shares), np.array(each))


def test_pairs_compared_before_are_taken_and_others_compared_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    memory, asked, compared = Kept(), [], divergence._compared
    monkeypatch.setattr(divergence, "_compared", lambda *words: asked.append(words[1:3]) or compared(*words))
    clauses, themes = corpus_of(10)
    divergence_table(profiles(clauses[clauses["doc_id"] != "d009"], themes, 20, seed=1), 0.95, memory=memory)
    asked.clear()
    found = divergence_table(profiles(*corpus_of(10), 20, seed=1), 0.95, memory=memory)
    assert asked == [(a, 9) for a in range(9)]
    assert found.equals(divergence_table(profiles(*corpus_of(10), 20, seed=1), 0.95))
    asked.clear()
    divergence_table(profiles(*corpus_of(10), 20, seed=2), 0.95, memory=memory)  # other resamples
    assert len(asked) == 45
