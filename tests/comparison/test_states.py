"""The five states of an indicator in a document, and where texts name indicators."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_changes import statement

from pipeline.comparison.naming import literal_pattern, mentions, names_of
from pipeline.comparison.states import STATES, named_clauses, state_table

NAMES = {
    "forest_cover": ("森林覆盖率",),
    "gdp": ("地区生产总值", "GDP总量"),
    "gdp_growth": ("地区生产总值", "经济增速"),
    "grain": ("粮食总产量",),
}


def states(*texts: str, commitments: tuple = (), absent: tuple = (), read: tuple[int, ...] = ()) -> dict[str, tuple]:
    clauses = pd.DataFrame({"clause_id": [f"c{at}" for at in range(len(texts))], "doc_id": "d",
                            "start": [at * 50 for at in range(len(texts))], "text": texts})  # fmt: skip
    indicators = pd.DataFrame(commitments, columns=list(statement("d", "gdp", 1)))
    quantities = pd.DataFrame({"quantity_id": [f"q{at}" for at in read], "clause_id": [f"c{at}" for at in read]},
                              dtype="str")  # fmt: skip
    quantities = pd.concat([quantities, pd.DataFrame({"quantity_id": [one["quantity_id"] for one in commitments],
                                                      "clause_id": "c0"}, dtype="str")])  # fmt: skip
    nothing = pd.DataFrame(absent, columns=["doc_id", "indicator_id", "clause_id", "start"])
    tables = {"documents": pd.DataFrame({"doc_id": ["d"]}), "quantities": quantities,
              "absent_targets": nothing}  # fmt: skip
    found = state_table(tables, named_clauses(clauses, quantities, NAMES), indicators, NAMES)
    assert len(found) == len(NAMES)
    return {row.indicator_id: (row.state, row.clause_id) for row in found.itertuples()}


def test_a_commitment_with_a_value_is_quantified() -> None:
    found = states("地区生产总值增长6%", commitments=(statement("d", "gdp_growth", 6.0),), read=(0,))
    assert found["gdp_growth"] == ("quantified", "c0")
    assert found["gdp"][0] == "not_mentioned"  # the shared name told of the growth


def test_a_name_without_a_number_is_qualitative() -> None:
    assert states("持续提高森林覆盖率")["forest_cover"] == ("qualitative", "c0")


def test_a_number_left_out_on_purpose() -> None:
    found = states("经济增速保持在合理区间", absent=(("d", "gdp_growth", "c0", 0),))
    assert found["gdp_growth"] == ("explicitly_absent", "c0")


def test_a_figure_that_was_not_read_is_a_failure_and_goes_before_a_mere_name() -> None:
    assert states("提高粮食总产量", "粮食总产量5·2亿")["grain"] == ("extraction_failed", "c1")


def test_a_figure_read_of_another_thing_or_of_the_past_is_no_failure() -> None:
    assert states("粮食总产量去年达到50亿斤", read=(0,))["grain"][0] == "not_mentioned"


def test_what_is_not_named() -> None:
    assert {state for state, _ in states("推进改革").values()} == {"not_mentioned"} and len(STATES) == 5


def test_nothing_gives_nothing() -> None:
    assert states()["grain"][0] == "not_mentioned"


def test_names_that_several_indicators_share() -> None:
    assert names_of(NAMES)["地区生产总值"] == {"gdp", "gdp_growth"} and "森林" not in names_of({"a": ("森林",)})


WORDS = st.lists(st.text("甲乙丙丁", min_size=1, max_size=4), min_size=1, max_size=6, unique=True)


@given(WORDS, st.text("甲乙丙丁戊", max_size=30))
def test_the_longest_name_at_the_first_place_is_found(words: list[str], text: str) -> None:
    found, at = [], 0
    while at < len(text):
        here = max((one for one in words if text.startswith(one, at)), key=len, default="")
        if here:
            found.append((at, here))
        at += len(here) or 1
    assert [(one.start(), one.group()) for one in literal_pattern(words).finditer(text)] == found


@pytest.mark.parametrize("texts", [("森林覆盖", "率提高"), ("", "")])
def test_no_name_stands_across_two_clauses(texts: tuple[str, str]) -> None:
    clauses = pd.DataFrame({"doc_id": "d", "start": [0, 9], "text": texts})
    assert list(mentions(clauses, names_of(NAMES))) == []
