import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.comparison import plan_map as module
from pipeline.comparison.divergence import all_divergences
from pipeline.comparison.plan_map import clusters, coordinates, distances, effective_themes, plan_map, silhouette
from pipeline.comparison.shares import Profiles, profiles


def table(documents: dict[str, str], sections: int = 3) -> Profiles:
    """Documents as strings of themes, one letter a clause."""
    rows = [
        (f"{doc}{at}", doc, f"{doc}-{at % sections}", theme)
        for doc, themes in documents.items()
        for at, theme in enumerate(themes)
    ]
    frame = pd.DataFrame(rows, columns=["clause_id", "doc_id", "section_id", "theme"]).assign(text="文字")
    return profiles(frame.drop(columns="theme"), frame[["clause_id", "theme"]], 50, seed=1)


def test_the_effective_number_of_equal_themes_is_their_number():
    assert effective_themes(np.array([[0.25] * 4, [0.5, 0.5, 0, 0], [1, 0, 0, 0]])) == pytest.approx([4, 2, 1])


@given(st.lists(st.lists(st.integers(1, 50), min_size=4, max_size=4), min_size=2, max_size=8))
def test_distances_are_a_metric_and_the_map_is_no_wider(counts: list[list[int]]):
    shares = np.array(counts, float)
    distance = distances(all_divergences(shares / shares.sum(axis=1, keepdims=True)))
    assert np.allclose(distance, distance.T)
    assert (distance[:, :, None] <= distance[:, None, :] + distance.T[None] + 1e-7).all()
    places = coordinates(distance)
    assert np.isfinite(places).all()
    assert places.mean(axis=0) == pytest.approx([0, 0], abs=1e-7)


def test_points_of_a_plane_keep_their_distances():
    points = np.random.default_rng(3).normal(size=(12, 2))
    distance = np.linalg.norm(points[:, None] - points[None], axis=2)
    found = coordinates(distance)
    assert np.linalg.norm(found[:, None] - found[None], axis=2) == pytest.approx(distance, abs=1e-6)


def test_two_kinds_of_plans_are_two_clusters_the_greater_first():
    documents = {f"a{n}": "x" * (5 + n) + "yyy" for n in range(5)} | {f"b{n}": "z" * (5 + n) + "www" for n in range(3)}
    found = plan_map(table(documents), 0.95).set_index("doc_id")
    assert found.loc[["a0", "a4"], "cluster"].tolist() == [0, 0]
    assert found.loc[["b0", "b2"], "cluster"].tolist() == [1, 1]
    assert found["effective_themes_corrected"].between(found["low"] - 1e-9, found["high"] + 1e-9).all()


def test_the_map_is_the_same_in_any_order_of_the_rows():
    documents = {"d": "xxyz", "a": "xyzz", "c": "yyyx", "b": "zzxx", "e": "xyzx"}
    one, other = plan_map(table(documents), 0.95), plan_map(table(dict(sorted(documents.items()))), 0.95)
    pd.testing.assert_frame_equal(one, other)


def test_one_document_stands_in_the_middle_without_an_interval():
    found = plan_map(table({"a": "xxy"}, sections=1), 0.95)
    assert found[["x", "y", "cluster"]].to_numpy().tolist() == [[0, 0, 0]]
    assert found["low"].isna().all()


def test_plans_that_are_alike_are_one_cluster():
    assert clusters(np.zeros((6, 6))).tolist() == [0] * 6


def test_no_document_gives_an_empty_table_of_the_same_types():
    assert plan_map(table({}), 0.95).dtypes.equals(plan_map(table({"a": "xy"}), 0.95).dtypes)


def test_the_axes_of_a_large_corpus_are_those_of_a_small_one(monkeypatch: pytest.MonkeyPatch):
    distance = distances(all_divergences(np.random.default_rng(3).dirichlet(np.full(8, 0.4), size=60)))
    whole = coordinates(distance)
    monkeypatch.setattr(module, "_DENSE", 10)
    assert coordinates(distance) == pytest.approx(whole, abs=1e-9)
    assert np.array_equal(coordinates(distance), coordinates(distance))


@given(st.lists(st.integers(0, 3), min_size=4, max_size=12).filter(lambda one: 1 < len(set(one)) < len(one)))
def test_the_silhouette_is_that_of_scikit_learn(labels: list[int]):
    from sklearn.metrics import silhouette_score

    points = np.round(np.random.default_rng(len(labels)).normal(size=(len(labels), 2)))  # some stand on one another
    distance = np.linalg.norm(points[:, None] - points[None], axis=2)
    wanted = silhouette_score(distance, labels, metric="precomputed")
    assert silhouette(distance, np.array(labels)) == pytest.approx(wanted, abs=1e-9)


def test_divergences_that_are_known_change_no_figure():
    found = table({f"d{at}": "xyz"[: at % 3 + 1] * 4 + "zyx" * at for at in range(7)})
    pd.testing.assert_frame_equal(plan_map(found, 0.95), plan_map(found, 0.95, all_divergences(found.shares)))
