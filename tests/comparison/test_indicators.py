import pandas as pd
import pytest

from pipeline.comparison.indicators import indicator_matrix, indicator_table
from pipeline.tables import TABLES

DOCUMENTS = pd.DataFrame({
    "doc_id": ["a", "b"], "place": ["澜坪市", "云泽市"], "period_start": [2021, 2021],
    "period_end": [2025, 2025],
})  # fmt: skip
CLAUSES = pd.DataFrame({"clause_id": ["c", "goal"], "context": ["总则", "第一章 > 主要目标"]})


def statement(name: str, **given: object) -> dict[str, object]:
    basis = {
        "quantity_id": name, "doc_id": "a", "clause_id": "c", "start": 10, "end": 12, "source_spans": [],
        "quote": "x", "indicator_id": "gdp_growth", "value_min": 6.0, "value_max": 6.0, "comparator": "eq",
        "unit": "%", "measure": "growth_rate", "deadline": 2025, "deadline_source": "stated",
        "status": "commitment",
        "evidence": [], "rule": "r", "doubtful": False,
    }  # fmt: skip
    return {**dict.fromkeys(TABLES["quantities"].columns), **basis, **given}


def chosen(*rows: dict[str, object]) -> pd.DataFrame:
    return indicator_table(TABLES["quantities"].frame(list(rows)), DOCUMENTS, CLAUSES)


@pytest.mark.parametrize(
    ("better", "worse", "criterion"),
    [
        ({"start": 90}, {"status": "achieved"}, "status"),
        ({"start": 90}, {"unit": "times"}, "unit"),
        ({"start": 90}, {"deadline": 2035}, "deadline"),
        ({"start": 90}, {"deadline_source": "plan_period"}, "stated"),
        ({"start": 90, "clause_id": "goal"}, {}, "goals"),
        ({"start": 3}, {"start": 4}, "first"),
    ],
)
def test_the_statement_is_chosen_by(better: dict[str, object], worse: dict[str, object], criterion: str):
    others = [statement("usual", doc_id="b"), statement("usual2", doc_id="b", start=20)]
    table = chosen(*others, statement("worse", **worse), statement("better", **better)).set_index("doc_id")
    assert table.loc["a", "quantity_id"] == "better"
    assert table.loc["a", "chosen_by"] == criterion
    assert table.loc["a", "n_statements"] == 2


def test_a_single_statement_is_marked_so():
    assert chosen(statement("one"))["chosen_by"].tolist() == ["only"]


def test_statements_without_value_or_indicator_take_no_part():
    empty = statement("rank", value_min=None, value_max=None)
    assert chosen(empty, statement("unknown", indicator_id=None)).empty


def test_matrix_holds_comparable_commitments_only():
    table = chosen(
        statement("a1", value_min=6.5, value_max=None),
        statement("b1", doc_id="b", value_min=None, value_max=7.0),
        statement("a2", indicator_id="rd_intensity"),
        statement("a3", indicator_id="grain_output", unit="吨", unit_id="kg", value_min_si=6000.0),
        statement("b3", indicator_id="grain_output", unit="斤", unit_id="kg", value_min_si=3.0, doc_id="b"),
        statement("a4", indicator_id="forest_cover", status="achieved"),
        statement("b4", indicator_id="forest_cover", doc_id="b"),
    )
    matrix = indicator_matrix(table, DOCUMENTS, min_places=2)
    assert matrix.columns.tolist() == [
        "doc_id",
        "place",
        "period_start",
        "period_end",
        "gdp_growth",
        "grain_output",
    ]
    assert matrix["gdp_growth"].tolist() == [6.5, 7.0]
    assert matrix["grain_output"].tolist() == [6000.0, 3.0]


def test_two_documents_of_one_place_count_once():
    documents = DOCUMENTS.assign(place="澜坪市")
    table = indicator_table(
        TABLES["quantities"].frame([statement("a1"), statement("b1", doc_id="b")]), documents, CLAUSES
    )
    assert "gdp_growth" not in indicator_matrix(table, documents, min_places=2)


def test_a_goal_for_the_year_stands_beside_that_for_the_plan_period():
    rows = [statement("five", deadline=2025), statement("year", deadline=2021, value_min=7.0, start=90)]
    rows += [statement("again", deadline=2021, start=95)]
    frame = TABLES["quantities"].frame(rows)
    found = indicator_table(frame, DOCUMENTS, CLAUSES, by_deadline=True)
    assert found.set_index("deadline")["quantity_id"].to_dict() == {2025: "five", 2021: "year"}
    assert indicator_table(frame, DOCUMENTS, CLAUSES)["quantity_id"].tolist() == ["five"]


@pytest.mark.filterwarnings("error")
def test_statements_of_no_clause_about_goals_are_compared_all_the_same() -> None:
    none = pd.DataFrame({"clause_id": pd.Series(dtype="str"), "context": pd.Series(dtype="float64")})
    given = TABLES["quantities"].frame([statement("one"), statement("other", start=20)])
    assert indicator_table(given, DOCUMENTS, none)["quantity_id"].tolist() == ["one"]
