import pandas as pd
import pytest

from pipeline.comparison.changes import change_table

DIRECTIONS = {"gdp_growth": "up", "energy_intensity": "down", "pm25": "down"}


def documents(*rows: tuple[str, str, str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["doc_id", "place", "published"])
    return frame.assign(period_start=2021)


def statement(doc: str, indicator: str, value: float, unit: str = "percent", **more: object) -> dict[str, object]:
    empty = dict.fromkeys(("aggregation", "denominator", "value_max", "value_max_si"))
    given = {"doc_id": doc, "indicator_id": indicator, "value_min": value, "value_min_si": value,
             "comparable_unit": unit, "measure": "growth_rate", "status": "commitment",
             "quantity_id": f"q-{doc}-{indicator}"}  # fmt: skip
    return empty | given | more


PLANS = documents(("old", "云泽市", "2021-01-12"), ("new", "云泽市", "2026-01-09"))


def changes(*rows: dict[str, object], plans: pd.DataFrame = PLANS) -> pd.DataFrame:
    return change_table(pd.DataFrame(rows), plans, DIRECTIONS).set_index("indicator_id")


@pytest.mark.parametrize(
    ("before", "after", "change", "ambition"),
    [(6.5, 6.5, "kept", "same"), (6.5, 7.0, "raised", "more"), (6.5, 5.0, "lowered", "less")],
)
def test_a_target_for_growth(before: float, after: float, change: str, ambition: str):
    found = changes(statement("old", "gdp_growth", before), statement("new", "gdp_growth", after)).loc["gdp_growth"]
    assert (found["change"], found["ambition"]) == (change, ambition)
    assert (found["quantity_a"], found["quantity_b"]) == ("q-old-gdp_growth", "q-new-gdp_growth")
    assert (found["value_a"], found["value_b"]) == (before, after)


def test_a_lower_concentration_asks_for_more_and_so_does_a_greater_decrease():
    level = changes(statement("old", "pm25", 40, measure="level"), statement("new", "pm25", 35, measure="level"))
    assert level.loc["pm25", ["change", "ambition"]].tolist() == ["lowered", "more"]
    cut = [statement(doc, "energy_intensity", n, measure="decrease") for doc, n in (("old", 13), ("new", 15))]
    assert changes(*cut).loc["energy_intensity", ["change", "ambition"]].tolist() == ["raised", "more"]


def test_what_one_document_says_alone_is_dropped_or_new():
    found = changes(statement("old", "pm25", 40), statement("new", "gdp_growth", 6))
    assert found["change"].to_dict() == {"gdp_growth": "new", "pm25": "dropped"}
    assert found.loc["pm25", "quantity_b"] is None or pd.isna(found.loc["pm25", "quantity_b"])


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        ({"comparable_unit": "yuan"}, "different units: percent and yuan"),
        ({"measure": "level"}, "different measures: growth_rate and level"),
        ({"aggregation": "cumulative"}, "different aggregation: annual_average and cumulative"),
    ],
)
def test_what_cannot_be_compared_says_why(other: dict[str, object], reason: str):
    before = statement("old", "gdp_growth", 6, aggregation="annual_average")
    found = changes(before, statement("new", "gdp_growth", 7, **({"aggregation": "annual_average"} | other)))
    assert found.loc["gdp_growth", ["change", "reason"]].tolist() == ["not comparable", reason]


def test_what_was_reached_is_no_commitment():
    found = changes(statement("old", "gdp_growth", 8, status="achieved"), statement("new", "gdp_growth", 6))
    assert found["change"].tolist() == ["new"]


def test_three_documents_are_compared_one_after_the_other_and_places_never():
    plans = documents(
        ("c", "甲市", "2023-01-01"), ("a", "甲市", "2021-01-01"), ("b", "甲市", "2022-01-01"), ("z", "乙市", "")
    )
    rows = [statement(doc, "gdp_growth", 6) for doc in "abcz"]
    found = change_table(pd.DataFrame(rows), plans, DIRECTIONS)
    assert found[["doc_a", "doc_b"]].to_numpy().tolist() == [["a", "b"], ["b", "c"]]


def test_one_document_a_place_gives_an_empty_table_of_the_same_types():
    full = change_table(pd.DataFrame([statement("old", "gdp_growth", 6)]), PLANS, DIRECTIONS)
    bare = change_table(pd.DataFrame([statement("old", "gdp_growth", 6)]), PLANS.head(1), DIRECTIONS)
    assert bare.empty
    assert bare.dtypes.equals(full.dtypes)
