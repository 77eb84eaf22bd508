"""Errors that differ from place to place: how far, and intervals of one place that hold as often as they say."""

import json

import numpy as np
import pandas as pd
import pytest

from pipeline.comparison.attention import attention
from pipeline.comparison.correction import Errors, corrected_shares, predictive_values
from pipeline.comparison.place_errors import LEAST_PLACES, alikeness, deviations
from pipeline.comparison.shares import Profiles, profiles_of

THEMES = ("digital", "party", "rural")
CONFUSION = np.array([[0.80, 0.15, 0.05], [0.10, 0.85, 0.05], [0.02, 0.08, 0.90]])
"""What a clause of a theme (row) is called in the mean of the places."""
MEAN = np.array([2.0, 1.0, 4.0]) / 7


def labelled(rng: np.random.Generator, n_places: int, n_sections: int, n_clauses: int, apart: float, alike: float):  # noqa: ANN201
    """Draw places with errors and a leaning of their own; return true shares and counts, shape (place, section, ...).

    Args:
        rng: Source of randomness.
        n_places: Places.
        n_sections: Sections of each.
        n_clauses: Clauses of each section.
        apart: How near places are to the mean in leaning and in errors; the smaller, the more they differ.
        alike: How near sections are to their place.
    """
    leanings = rng.dirichlet(MEAN * apart, n_places)
    counts = np.zeros((n_places, n_sections, 3, 3))
    for place, leaning in enumerate(leanings):
        called = np.array([rng.dirichlet(row * apart) for row in CONFUSION])
        for section, mixture in enumerate(rng.dirichlet(np.maximum(leaning, 1e-6) * alike, n_sections)):
            counts[place, section] = rng.multinomial(n_clauses, (mixture[:, None] * called).ravel()).reshape(3, 3).T
    return leanings, counts


def errors_of(counts: np.ndarray) -> Errors:
    """Return errors of sections within places."""
    n_places, n_sections = counts.shape[:2]
    return Errors(THEMES, counts.reshape(-1, 3, 3), None, np.repeat(np.arange(n_places), n_sections))


def whole_places(errors: Errors) -> Errors:
    """Return errors that do not tell how far places differ."""
    return Errors(THEMES, errors.among(THEMES))


def profile_of(counts: np.ndarray, seed: int) -> Profiles:
    """Return the profile of one place: counts by section, called and read."""
    called = counts.sum(axis=2)
    sections, themes = np.nonzero(called)
    rows = {"doc_id": "d", "section_id": [f"{one:03}" for one in sections], "theme": [THEMES[one] for one in themes]}
    n = called[sections, themes]
    return profiles_of(pd.DataFrame(rows).assign(n_clauses=n, n_chars=n), 200, seed)


def alikeness_of(errors: Errors) -> float:
    whole = errors.among(THEMES)
    values = predictive_values(whole.sum(axis=0))
    return alikeness(errors.counts, errors.places, whole, values, np.ones(len(whole)))


def test_a_case_worked_by_hand() -> None:
    """Two places of two sections of two clauses called digital: all are so in one place, none in the other."""
    counts = np.zeros((2, 2, 3, 3))
    counts[0, :, 0, 0] = counts[1, :, 0, 1] = 2
    # Errors of a section are +1 and -1: products within places are 1, those between places -1, of 2 clauses each; the
    # variance of a single clause is a quarter: (1/4 + 1/4) / (1/4) = 2, and no correlation is above 1.
    assert alikeness_of(errors_of(counts)) == 1
    counts[:] = 0
    counts[:, 0, 0, 0] = counts[:, 1, 0, 1] = 2
    assert alikeness_of(errors_of(counts)) == 0  # sections differ, places do not


def test_alikeness_is_right_on_average_however_much_sections_differ() -> None:
    """Of places of which many clauses were labelled the variance is seen directly."""
    rng = np.random.default_rng(5)
    _, many = labelled(rng, 800, 60, 40, 25.0, 7.0)
    whole = many.sum(axis=1)
    values = predictive_values(whole.sum(axis=0))
    called = whole.sum(axis=2) / whole.sum(axis=(1, 2))[0]
    seen = (whole.sum(axis=1) / whole.sum(axis=(1, 2))[0] - called @ values).var(axis=0).sum()
    truth = seen / (called.mean(axis=0) @ (values * (1 - values))).sum()
    found = [alikeness_of(errors_of(labelled(rng, 12, 13, 20, 25.0, 7.0)[1])) for _ in range(400)]
    assert np.mean(found) == pytest.approx(truth, rel=0.1)


@pytest.mark.parametrize(("apart", "least_gain"), [(25.0, 0.08), (60.0, 0.02)])
def test_nominal_95_percent_intervals_of_one_place_cover_93_to_97(apart: float, least_gain: float) -> None:
    """Of a place whose errors and leaning are its own, by labels of twelve others; 13 sections each, as were read."""
    rng = np.random.default_rng(14)
    held, held_before, n = 0, 0, 400
    for _ in range(n):
        errors = errors_of(labelled(rng, 12, 13, 20, apart, 7.0)[1])
        (expected,), counts = labelled(rng, 1, 100, 20, apart, 7.0)
        seed = int(rng.integers(1 << 30))
        found = profile_of(counts[0], seed)
        for known in (errors, whole_places(errors)):
            fixed = corrected_shares(found, known, 0.95, seed)
            hits = int(((fixed.low[0] <= expected) & (expected <= fixed.high[0])).sum())
            held, held_before = held + hits * (known is errors), held_before + hits * (known is not errors)
    assert 0.93 <= held / (3 * n) <= 0.97
    assert held_before / (3 * n) < held / (3 * n) - least_gain


def test_what_is_added_is_nought_on_average_and_less_for_many_places() -> None:
    values = np.broadcast_to(CONFUSION, (20_000, 3, 3))
    resamples = np.broadcast_to(MEAN, (1, 20_000, 3))
    added = deviations(resamples, values, np.full(20_000, 0.01), 12, np.random.default_rng(1))[0]
    assert np.abs(added.mean(axis=0)).max() < 0.002
    expected = 0.01 * MEAN @ (CONFUSION * (1 - CONFUSION)) * 10 / 8  # of the t distribution
    np.testing.assert_allclose(added.var(axis=0), expected, rtol=0.05)


def test_shares_stay_shares_and_estimates_stay_the_same() -> None:
    rng = np.random.default_rng(3)
    errors = errors_of(labelled(rng, 12, 5, 10, 5.0, 7.0)[1])
    found = profile_of(labelled(rng, 1, 9, 6, 5.0, 1.0)[1][0], 1)
    wide, narrow = (corrected_shares(found, one, 0.95, 1) for one in (errors, whole_places(errors)))
    np.testing.assert_array_equal(wide.shares, narrow.shares)
    assert ((wide.low >= 0) & (wide.high <= 1)).all()
    assert (wide.high - wide.low).sum() > (narrow.high - narrow.low).sum()


def test_few_labelled_places_tell_nothing_of_how_places_differ() -> None:
    rng = np.random.default_rng(3)
    errors = errors_of(labelled(rng, LEAST_PLACES - 1, 5, 10, 5.0, 7.0)[1])
    found = profile_of(labelled(rng, 1, 9, 6, 5.0, 7.0)[1][0], 1)
    one, other = (corrected_shares(found, known, 0.95, 1) for known in (errors, whole_places(errors)))
    np.testing.assert_array_equal(one.low, other.low)


def test_errors_of_the_places_of_a_group_average_out() -> None:
    """Three documents of one place and one of another count as 16 / 10 places."""
    frame = pd.DataFrame(
        {"doc_id": list("abcd"), "section_id": list("abcd"), "theme": "rural", "n_clauses": 1, "n_chars": 1}
    )
    documents = pd.DataFrame({"doc_id": list("abcd"), "place": ["菏泽市"] * 3 + ["济南市"], "published": None,
                              "period_start": 2020, "doc_type": "work_report", "level": "city"})  # fmt: skip
    groups, profile = attention(profiles_of(frame, 20, 1), documents, seed=1)
    known = dict(zip(groups["by"] + groups["name"], profile.n_places, strict=True))
    assert known["all" + "all"] == pytest.approx(1.6)
    assert known["place菏泽市"] == known["place济南市"] == 1


def test_what_is_written_is_read_back(tmp_path) -> None:  # noqa: ANN001
    clusters, places = ["a1", "a2", "b1", "a1"], ["a", "a", "b", "a"]
    errors = Errors.counted(clusters, ["party"] * 4, ["party", "rural", "party", "party"], THEMES, [1, 2, 3, 4], places)
    (tmp_path / "e.json").write_text(errors.to_json("sections"), encoding="utf-8")
    back = Errors.of(str(tmp_path / "e.json"))
    assert back.places.tolist() == errors.places.tolist() == [0, 0, 1]
    assert back.among(THEMES)[:, 1].tolist() == [[0, 2, 1], [0, 1, 0]]
    assert back.of_unit("characters").among(THEMES)[:, 1].tolist() == [[0, 5, 2], [0, 3, 0]]
    told = json.loads(errors.to_json("sections")) | {"places": [0]}
    (tmp_path / "e.json").write_text(json.dumps(told), encoding="utf-8")
    with pytest.raises(ValueError, match="holds no counted errors"):
        Errors.of(str(tmp_path / "e.json"))
