"""Targets against what the later report says."""

import pandas as pd
import pytest
from test_changes import statement

from pipeline.comparison.outcomes import met, outcome_table

DOCUMENTS = pd.DataFrame(
    {
        "doc_id": ["r2020", "r2021", "plan"],
        "place": "云泽市",
        "published": ["2020-01-10", "2021-01-12", "2021-03-01"],
        "period_start": [2016, 2021, 2021],
        "doc_type": ["work_report", "work_report", "outline"],
    }
)


def target(value: float, deadline: int = 2020, comparator: str = "ge", **more: object) -> dict[str, object]:
    return statement("r2020", "gdp_growth", value, place="云泽市", deadline=deadline, comparator=comparator, **more)


def achieved(value: float, doc: str = "r2021", start: int = 0, **more: object) -> dict[str, object]:
    row = statement(doc, "gdp_growth", value, status="achieved", start=start, quantity_id=f"q-{doc}-{start}")
    return row | {"unit_id": "percent", "unit": "%"} | more


def outcomes(targets: list, said: list, documents: pd.DataFrame = DOCUMENTS) -> pd.DataFrame:
    columns = list(achieved(1.0))
    return outcome_table(pd.DataFrame(said, columns=columns), pd.DataFrame(targets), documents)


def test_the_report_of_the_year_after_tells() -> None:
    row = outcomes([target(6.0)], [achieved(6.5)]).iloc[0]
    assert row[["target", "outcome", "difference", "met"]].tolist() == [6.0, 6.5, 0.5, "yes"]
    assert row[["doc_target", "doc_outcome", "deadline"]].tolist() == ["r2020", "r2021", 2020]


def test_a_report_given_in_december_looks_back_on_its_own_year() -> None:
    december = DOCUMENTS.assign(published=["2020-01-10", "2020-12-28", "2021-03-01"])
    assert outcomes([target(6.0)], [achieved(6.5)], december)["outcome"].tolist() == [6.5]


@pytest.mark.parametrize("said", [[], [achieved(6.5, doc="r2020")], [achieved(6.5, doc="plan")]])
def test_no_report_of_that_year_no_row(said: list) -> None:
    assert outcomes([target(6.0)], said).empty


def test_a_comparable_figure_is_taken_before_one_that_is_not() -> None:
    said = [achieved(99.0, start=1, measure="level", unit_id="CNY"), achieved(5.5, start=9)]
    row = outcomes([target(6.0)], said).iloc[0]
    assert (row["outcome"], row["met"], row["quantity_outcome"]) == (5.5, "no", "q-r2021-9")
    alone = outcomes([target(6.0)], said[:1]).iloc[0]
    assert alone["reason"].startswith("different units") and pd.isna(alone["difference"])


@pytest.mark.parametrize(
    ("comparator", "value", "outcome", "wanted"),
    [("ge", 6.0, 6.0, "yes"), ("ge", 6.0, 5.9, "no"), ("le", 6.0, 5.9, "yes"), ("lt", 6.0, 7.0, "no"),
     ("range", 6.0, 6.2, "yes"), ("eq", 6.0, 6.0, "yes"), ("eq", 6.0, 6.4, ""), ("approx", 6.0, 5.0, "")],
)  # fmt: skip
def test_met(comparator: str, value: float, outcome: float, wanted: str) -> None:
    row = pd.DataFrame([target(value, comparator=comparator, value_max=value, value_max_si=value)])
    assert met(row, pd.Series([outcome])).tolist() == [wanted]


def test_another_place_is_another_place() -> None:
    assert outcomes([target(6.0) | {"place": "青禾市"}], [achieved(6.5)]).empty
