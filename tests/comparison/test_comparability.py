"""Which two cells of the matrix may stand side by side."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_changes import statement

from pipeline.comparison import comparability
from pipeline.comparison.comparability import comparability_table, verdict_of


def cell(doc: str, **more: object) -> dict[str, object]:
    return statement(doc, "forest_cover", 30.0, deadline=2025) | {"unit": "%"} | more


@pytest.mark.parametrize(
    ("other", "verdict", "reason"),
    [
        ({}, "same", ""),
        ({"unit": "个百分点"}, "convertible", "% and 个百分点"),
        ({"measure": "level"}, "different measure", "growth_rate and level"),
        ({"comparable_unit": "ha"}, "different unit", "percent and ha"),
        ({"denominator": "国土面积"}, "different denominator", "none and 国土面积"),
        ({"aggregation": "annual_average"}, "different aggregation", "none and annual_average"),
        ({"deadline": 2030}, "different year", "2025 and 2030"),
    ],
)
def test_verdicts(other: dict, verdict: str, reason: str) -> None:
    found = comparability_table(pd.DataFrame([cell("a"), cell("b", **other)]))
    assert found.iloc[0].tolist() == ["forest_cover", "a", "b", verdict, reason]


@given(st.lists(st.sampled_from(["a", "b", "c", "d"]), unique=True))
def test_every_two_documents_are_judged_once_and_both_ways_alike(docs: list[str]) -> None:
    rows = pd.DataFrame([cell(one, deadline=2025 + at % 2) for at, one in enumerate(docs)], columns=list(cell("a")))
    found = comparability_table(rows)
    assert len(found) == len(docs) * (len(docs) - 1) // 2
    assert all(verdict_of(rows.iloc[a], rows.iloc[b])[0] == verdict_of(rows.iloc[b], rows.iloc[a])[0]
               for a in range(len(docs)) for b in range(len(docs)))  # fmt: skip


def test_too_many_documents(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparability, "MAX_DOCUMENTS", 1)
    assert comparability_table(pd.DataFrame([cell("a"), cell("b")])).empty


def test_an_achievement_is_no_target() -> None:
    assert comparability_table(pd.DataFrame([cell("a"), cell("b", status="achieved")])).empty
