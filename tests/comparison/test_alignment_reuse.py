import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from kept import Kept

from pipeline.comparison import alignment, reuse
from pipeline.comparison.alignment import alignment_table, mutual_nearest
from pipeline.comparison.reuse import overlaps, reuse_table, shingles, wording_table


def test_mutual_nearest_by_hand():
    a = np.array([[1.0, 0.0], [0.8, 0.6]], dtype=np.float32)
    b = np.array([[1.0, 0.0]], dtype=np.float32)
    assert mutual_nearest(a, b, 5) == [(0, 0, 1.0)], "the second row's nearest is not its own"
    assert mutual_nearest(a, b[:0], 5) == []


def small() -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    clauses = pd.DataFrame({"clause_id": list("pqrs"), "doc_id": list("aabb"), "start": [0, 5, 0, 5]})
    themes = pd.DataFrame({"clause_id": list("pqrs"), "theme": ["rural", "urban", "rural", "rural"]})
    vectors = [[1.0, 0.0], [0.0, 1.0], [0.6, 0.8], [0.8, 0.6]]
    return clauses, themes, pd.DataFrame({"clause_id": list("pqrs"), "vector": vectors})


def test_alignment_stays_within_a_theme():
    rows = alignment_table(*small())
    assert rows[["clause_a", "clause_b", "theme"]].to_numpy().tolist() == [["p", "s", "rural"]]
    assert rows["cosine"].tolist() == pytest.approx([0.8])


def test_no_alignment_without_embeddings_or_for_large_corpora(monkeypatch: pytest.MonkeyPatch):
    clauses, themes, embeddings = small()
    assert alignment_table(clauses, themes, None).empty
    monkeypatch.setattr(alignment, "MAX_ALIGNED", 1)
    assert alignment_table(clauses, themes, embeddings).empty


def clauses_of(**texts: str) -> pd.DataFrame:
    return pd.DataFrame({"doc_id": list(texts), "start": 0, "text": list(texts.values())})


def test_reuse_by_hand():
    rows = reuse_table(clauses_of(a="健全防止返贫监测机制", b="健全防止返贫监测机制发展特色种植")).set_index("doc_a")
    # a has 10 characters, 3 shingles, all in b; b has 16 characters, 9 shingles
    assert rows.loc["a", "containment"] == 1
    assert rows.loc["b", "containment"] == pytest.approx(3 / 9)
    assert rows.loc["a", "jaccard"] == pytest.approx(3 / 9)


def test_another_figure_is_the_same_wording():
    assert shingles("到2025年新增就业30万人以上").tolist() == shingles("到2026年，新增就业28.5万人以上").tolist()


def test_documents_too_short_for_a_shingle_share_nothing():
    assert reuse_table(clauses_of(a="短", b="短"))["containment"].tolist() == [0, 0]
    assert reuse_table(clauses_of(a="只有一份")).empty


def test_large_corpora_keep_the_nearest_only(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(reuse, "MAX_PAIRWISE", 3)
    texts = {f"d{at}": "健全防止返贫监测机制" + "甲乙丙丁戊己庚辛"[at:] * 2 for at in range(8)}
    assert reuse_table(clauses_of(**texts))["doc_a"].value_counts().eq(5).all()


@given(st.text(alphabet="发展改革创新民生农业", max_size=60))
def test_shingles_equal_the_plain_definition(text: str):
    assert len(shingles(text)) == len({text[at : at + 8] for at in range(len(text) - 7)})


@pytest.mark.parametrize("most_new", [0.0, 1.0])
def test_counts_kept_are_those_counted_anew(monkeypatch: pytest.MonkeyPatch, most_new: float):
    monkeypatch.setattr(reuse, "_MOST_NEW", most_new)
    texts = {f"d{at}": "健全防止返贫监测机制" * (at % 3) + "甲乙丙丁戊己庚辛壬癸"[at:] * 2 for at in range(7)}
    texts |= {"twin": texts["d3"], "empty": "无"}
    memory = Kept()
    for names in (list(texts)[:4], list(texts)[2:], list(texts)[1:3], list(texts)):
        found = wording_table(clauses_of(**{name: texts[name] for name in names}))
        given = found["digest"].tolist(), found["shingles"].tolist()
        sizes, shared = overlaps(*given, memory)
        own = [set(one.tolist()) for one in given[1]]
        assert sizes.tolist() == [len(one) for one in own]
        assert shared.tolist() == [[len(one & other) for other in own] for one in own]
