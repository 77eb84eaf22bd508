import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.comparison.shares import percentile_interval, profiles, resample, share_table


def clauses_of(rows: list[tuple[str, str, str, str]]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Rows are document, section, theme, text."""
    ids = [f"c{at}" for at in range(len(rows))]
    frame = pd.DataFrame(rows, columns=["doc_id", "section_id", "theme", "text"]).assign(clause_id=ids)
    return frame.drop(columns="theme"), frame[["clause_id", "theme"]]


def test_shares_by_hand():
    clauses, themes = clauses_of([
        ("a", "s1", "rural", "稳定粮食"), ("a", "s1", "rural", "建设农田"),
        ("a", "s2", "urban", "更新老城街区道路"), ("a", "s2", "rural", "兴修水利"),
        ("b", "s3", "urban", "建公园"),
    ])  # fmt: skip
    table, by_chars = (
        share_table(profiles(clauses, themes, 50, 1, unit), 0.9).set_index(["doc_id", "theme"])
        for unit in ("clauses", "characters")
    )
    assert table.loc[("a", "rural"), "share"] == 0.75
    assert by_chars.loc[("a", "rural"), "share"] == pytest.approx(12 / 20)
    assert (table.loc[("a", "rural"), "n"], by_chars.loc[("a", "rural"), "n"]) == (3, 12)
    assert table.loc[("b", "rural"), "share"] == 0
    assert np.isnan(table.loc[("b", "urban"), "low"]), "one section cannot give an interval"
    assert table.loc[("a", "rural"), "low"] <= 0.75 <= table.loc[("a", "rural"), "high"]


def test_clauses_without_a_theme_are_left_out():
    clauses, themes = clauses_of([("a", "s1", "rural", "稳定粮食"), ("a", "s1", "urban", "建公园")])
    assert profiles(clauses, themes.iloc[:1], 5, seed=1).themes == ["rural"]


def test_an_interval_does_not_depend_on_the_rest_of_the_corpus():
    rows = [("a", f"s{at}", theme, "文字") for at, theme in enumerate(["rural", "urban", "urban", "rural", "urban"])]
    alone = profiles(*clauses_of(rows), 30, seed=3)
    together = profiles(*clauses_of([*rows, ("b", "s9", "rural", "文字")]), 30, seed=3)
    np.testing.assert_array_equal(alone.resamples[0], together.resamples[0])


def test_sections_as_clusters_give_wider_intervals_than_clauses():
    theme = ["rural", "urban"]
    clustered = [("a", f"s{at // 10}", theme[at // 10 % 2], "文字") for at in range(200)]
    independent = [("a", f"s{at}", theme[at // 10 % 2], "文字") for at in range(200)]
    widths = []
    for rows in (clustered, independent):
        table = share_table(profiles(*clauses_of(rows), 300, seed=2), 0.95)
        widths.append((table["high"] - table["low"]).mean())
    assert widths[0] > 2 * widths[1]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 5), st.sampled_from("xyz")), min_size=1, max_size=40))
def test_shares_sum_to_one_and_lie_in_their_range(rows: list[tuple[str, int, str]]):
    found = profiles(*clauses_of([(doc, f"{doc}{at}", theme, "文字") for doc, at, theme in rows]), 20, seed=0)
    np.testing.assert_allclose(found.shares.sum(axis=1), 1)
    np.testing.assert_allclose(found.resamples.sum(axis=2), 1)


def test_both_units_draw_the_same_sections():
    rows = [("a", f"s{at}", theme, "文字") for at, theme in enumerate("xyxyy")]
    by_clause, by_chars = (profiles(*clauses_of(rows), 40, 3, unit).resamples for unit in ("clauses", "characters"))
    np.testing.assert_array_equal(by_clause, by_chars)


def test_resample_keeps_sections_whole():
    draws = resample(np.array([[4.0, 0.0], [0.0, 4.0]]), 100, np.random.default_rng(0))
    assert set(draws[:, 0]) == {0.0, 0.5, 1.0}


def test_percentile_interval_of_known_draws():
    low, high = percentile_interval(np.arange(101.0), 0.9)
    assert (low, high) == pytest.approx((5.0, 95.0))
