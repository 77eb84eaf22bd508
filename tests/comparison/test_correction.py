"""Corrected theme shares: right on average, and intervals that hold as often as they say."""

import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.comparison.correction import Errors, corrected_shares, drawn_values, predictive_values
from pipeline.comparison.shares import profiles, section_interval

THEMES = ("digital", "party", "rural")
CONFUSION = np.array([[0.80, 0.15, 0.05], [0.10, 0.85, 0.05], [0.02, 0.08, 0.90]])
"""What a clause of a theme (row) is predicted as."""


def corpus(rng: np.random.Generator, n_documents: int, n_sections: int, n_clauses: int):  # noqa: ANN201
    """Draw documents whose sections have themes of their own; return clauses, predictions and truth."""
    clauses, predicted, true = [], [], []
    for doc in range(n_documents):
        for section, mixture in enumerate(rng.dirichlet([2.0, 1.0, 4.0], n_sections)):
            for at, theme in enumerate(rng.choice(3, n_clauses, p=mixture)):
                name = f"{doc}-{section}-{at}"
                clauses.append((name, f"d{doc}", f"d{doc}-{section}", at, "八字成句推进建设"))
                true.append(theme)
                predicted.append(rng.choice(3, p=CONFUSION[theme]))
    frame = pd.DataFrame(clauses, columns=["clause_id", "doc_id", "section_id", "start", "text"])
    return frame, np.array(predicted), np.array(true)


def themes_of(clauses: pd.DataFrame, numbers: np.ndarray) -> pd.DataFrame:
    return pd.DataFrame({"clause_id": clauses["clause_id"], "theme": np.array(THEMES, dtype=object)[numbers]})


def errors_of(clusters: list, predicted: np.ndarray, true: np.ndarray) -> Errors:
    return Errors.counted(clusters, [THEMES[one] for one in predicted], [THEMES[one] for one in true], THEMES)


def test_a_case_worked_by_hand() -> None:
    """Of 4 clauses 3 are called rural; of those called rural half are party in truth, others are right."""
    clauses = pd.DataFrame({"clause_id": list("abcd"), "doc_id": "d", "section_id": ["s", "s", "t", "t"], "start": range(4),
                            "text": "句"})  # fmt: skip
    themes = pd.DataFrame({"clause_id": list("abcd"), "theme": ["rural", "rural", "rural", "digital"]})
    errors = Errors(THEMES, np.array([[[5.0, 0, 0], [0, 5, 0], [0, 4, 4]]]))
    found = profiles(clauses, themes, 50, 1)
    assert found.themes == ["digital", "rural"]
    wide = profiles(pd.concat([clauses, clauses.iloc[:1].assign(clause_id="e", doc_id="e", section_id="u")]),
                    pd.concat([themes, pd.DataFrame({"clause_id": ["e"], "theme": ["party"]})]), 50, 1)  # fmt: skip
    fixed = corrected_shares(wide, errors, 0.95, 1)
    np.testing.assert_allclose(fixed.shares[0], [0.25, 0.375, 0.375])
    assert np.isnan(fixed.low[1]).all()


def test_the_bias_of_counting_is_taken_out() -> None:
    rng = np.random.default_rng(3)
    clauses, predicted, true = corpus(rng, 1, 400, 30)
    labelled = rng.choice(len(true), 4000, replace=False)
    found = profiles(clauses, themes_of(clauses, predicted), 50, 1)
    fixed = corrected_shares(found, errors_of([0] * 4000, predicted[labelled], true[labelled]), 0.95, 1)
    truth = np.bincount(true, minlength=3) / len(true)
    assert np.abs(found.shares[0] - truth).max() > 0.03
    assert np.abs(fixed.shares[0] - truth).max() < 0.015


def test_nominal_95_percent_intervals_cover_93_to_97() -> None:
    """The share of a theme in what the sections are drawn from; the labels are those of sections elsewhere."""
    rng = np.random.default_rng(14)
    expected = np.array([2.0, 1.0, 4.0]) / 7
    held, raw_held, n = 0, 0, 500
    for _ in range(n):
        clauses, predicted, true = corpus(rng, 1, 40, 12)
        elsewhere, called, read = corpus(rng, 1, 60, 10)
        found = profiles(clauses, themes_of(clauses, predicted), 200, int(rng.integers(1 << 30)))
        fixed = corrected_shares(
            found, errors_of(elsewhere["section_id"].tolist(), called, read), 0.95, int(rng.integers(1 << 30))
        )
        held += int(((fixed.low[0] <= expected) & (expected <= fixed.high[0])).sum())
        low, high = section_interval(found.resamples, 0.95, found.n_sections)
        raw_held += int(((low[0] <= expected) & (expected <= high[0])).sum())
    assert 0.93 <= held / (3 * n) <= 0.97
    assert raw_held / (3 * n) < 0.85  # what counting alone claims


@given(st.lists(st.lists(st.integers(0, 9), min_size=3, max_size=3), min_size=3, max_size=3))
def test_predictive_values_are_distributions(rows: list[list[int]]) -> None:
    counts = np.array([rows, rows[::-1]], dtype=float)
    values = drawn_values(Errors(THEMES, counts).among(THEMES), 20, np.random.default_rng(1))
    np.testing.assert_allclose(values.sum(axis=2), 1)
    assert (values >= 0).all()


def test_a_classifier_that_never_errs_changes_nothing() -> None:
    clauses, predicted, _ = corpus(np.random.default_rng(5), 3, 5, 6)
    found = profiles(clauses, themes_of(clauses, predicted), 30, 1)
    fixed = corrected_shares(found, Errors(THEMES, np.eye(3)[None] * 50), 0.95, 1)
    np.testing.assert_allclose(fixed.shares, found.shares)
    np.testing.assert_allclose([fixed.low, fixed.high], section_interval(found.resamples, 0.95, found.n_sections))


def test_a_model_without_a_list_of_errors(tmp_path) -> None:  # noqa: ANN001
    assert Errors.read(tmp_path) is None
    (tmp_path / "errors.json").write_text(json.dumps({"themes": ["a"], "counts": [[[2.5]]]}))
    found = Errors.read(tmp_path)
    assert found.among(["a", "b"]).tolist() == [[[2.5, 0], [0, 0]]]
    assert found.characters is None and found.of_unit("characters") is None


@pytest.mark.parametrize("n", [0, 1])
def test_no_labels_no_correction(n: int) -> None:
    errors = Errors.counted(["s"] * n, ["party"] * n, ["party"] * n, THEMES)
    np.testing.assert_array_equal(predictive_values(errors.among(THEMES).sum(axis=0)), np.eye(3))


LONG = np.array([30, 10, 20])
"""Characters of a clause of each theme: those of the first are long."""
LONG_ERRS = np.array([[0.60, 0.35, 0.05], [0.10, 0.85, 0.05], [0.02, 0.08, 0.90]])
"""What a clause twice as long as most of its theme is predicted as."""


def long_corpus(rng: np.random.Generator, n_sections: int, n_clauses: int):  # noqa: ANN201
    """Draw a document of which a third of the clauses is twice as long, and called wrongly more often."""
    clauses, _, true = corpus(rng, 1, n_sections, n_clauses)
    double = rng.random(len(true)) < 1 / 3
    called = [
        rng.choice(3, p=(LONG_ERRS if long else CONFUSION)[theme]) for theme, long in zip(true, double, strict=True)
    ]
    lengths = LONG[true] * np.where(double, 2, 1)
    return clauses.assign(text=["字" * one for one in lengths]), np.array(called), true, lengths


def test_nominal_95_percent_intervals_of_characters_cover_93_to_97() -> None:
    """Long clauses err more: counts of clauses mend shares of characters wrongly, counts of characters rightly."""
    rng = np.random.default_rng(14)
    expected = np.array([2.0, 1.0, 4.0]) * LONG / (np.array([2.0, 1.0, 4.0]) * LONG).sum()
    held, by_clauses, raw, n = 0, 0, 0, 400
    for _ in range(n):
        clauses, predicted, _, _ = long_corpus(rng, 40, 12)
        elsewhere, called, read, lengths = long_corpus(rng, 60, 10)
        found = profiles(clauses, themes_of(clauses, predicted), 200, int(rng.integers(1 << 30)), "characters")
        names = [[THEMES[one] for one in numbers] for numbers in (called, read)]
        errors = Errors.counted(elsewhere["section_id"].tolist(), *names, THEMES, lengths.tolist())
        seed = int(rng.integers(1 << 30))
        fixed, other = (
            corrected_shares(found, one, 0.95, seed)
            for one in (errors.of_unit("characters"), errors.of_unit("clauses"))
        )
        held += int(((fixed.low[0] <= expected) & (expected <= fixed.high[0])).sum())
        by_clauses += int(((other.low[0] <= expected) & (expected <= other.high[0])).sum())
        low, high = section_interval(found.resamples, 0.95, found.n_sections)
        raw += int(((low[0] <= expected) & (expected <= high[0])).sum())
    assert 0.93 <= held / (3 * n) <= 0.97
    assert by_clauses < held - 0.03 * 3 * n and raw < 0.85 * 3 * n
