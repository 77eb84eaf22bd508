import pandas as pd
import pytest
from test_changes import statement

from pipeline.comparison.amplification import SUM, amplification_table, parent_of
from pipeline.reading.places import PROVINCES

DIRECTIONS = {"gdp_growth": "up", "pm25": "down", "urban_jobs": ""}


def said(place: str, value: float, indicator: str = "gdp_growth", deadline: int | None = 2021, **more: object) -> dict:
    return statement(place, indicator, value, place=place, deadline=deadline, **more)


def amplified(*rows: dict) -> pd.DataFrame:
    return amplification_table(pd.DataFrame(rows), DIRECTIONS, {"urban_jobs"}).set_index("place")


@pytest.mark.parametrize(
    ("place", "parent"),
    [
        ("菏泽市", "山东省"), ("恩施土家族苗族自治州", "湖北省"), ("锡林郭勒盟", "内蒙古自治区"), ("上海市", "全国"),
        ("海南省", "全国"), ("海南藏族自治州", "青海省"), ("吉林市", "吉林省"), ("朝阳市", "辽宁省"), ("阿勒泰地区", "新疆维吾尔自治区"),
        ("全国", None), ("青禾县", None), ("云泽市", None),
    ],
)  # fmt: skip
def test_the_place_above(place: str, parent: str | None):
    assert parent_of(place) == parent


def test_every_known_city_has_a_province():
    from importlib import resources

    names = resources.files("pipeline.reading").joinpath("cities.csv").read_text("utf-8").split()[1:]
    assert {one: parent_of(one) for one in names if parent_of(one) not in {*PROVINCES, "全国"}} == {}


def test_a_city_asks_for_more_than_its_province_and_that_for_more_than_the_nation():
    found = amplified(said("全国", 6), said("山东省", 6.5), said("菏泽市", 7.5))
    assert found.loc["菏泽市", ["parent", "difference", "ambition"]].tolist() == ["山东省", 1.0, "more"]
    assert found.loc["山东省", ["parent", "difference", "ambition"]].tolist() == ["全国", 0.5, "more"]
    assert found.loc["山东省", "ratio"] == pytest.approx(6.5 / 6)
    assert "全国" not in found.index


def test_less_of_what_is_bad_is_more_ambitious_and_what_has_no_direction_says_nothing():
    found = amplified(said("山东省", 40, "pm25"), said("菏泽市", 45, "pm25"))
    assert found["ambition"].tolist() == ["less"]
    assert amplified(said("山东省", 3, "cpi"), said("菏泽市", 2, "cpi"))["ambition"].tolist() == [""]


def test_a_part_of_a_sum_is_not_compared_with_the_whole_but_its_growth_is():
    jobs = {"indicator": "urban_jobs", "unit": "persons"}
    found = amplified(
        said("山东省", 1_100_000, measure="count", **jobs), said("菏泽市", 50_000, measure="count", **jobs)
    )
    assert found["reason"].tolist() == [SUM]
    assert found["difference"].isna().all() and found["ratio"].isna().all() and found["ambition"].isna().all()
    grown = amplified(said("山东省", 5, "urban_jobs", unit="percent"), said("菏泽市", 6, "urban_jobs", unit="percent"))
    assert grown["difference"].tolist() == [1]
    share = {"indicator": "urban_jobs", "unit": "persons", "measure": "level", "denominator": "每千人"}
    assert amplified(said("山东省", 5, **share), said("菏泽市", 6, **share))["difference"].tolist() == [1]
    other = amplified(said("山东省", 110, measure="count", **jobs), said("菏泽市", 5, **jobs))
    assert other["reason"].str.startswith("different measures").all()


def test_other_years_are_not_compared_and_other_units_say_so():
    assert amplified(said("山东省", 6, deadline=2020), said("菏泽市", 7, deadline=2021)).empty
    found = amplified(said("山东省", 6), said("菏泽市", 7, unit="yuan"))
    assert found["reason"].tolist() == ["different units: percent and yuan"]
    assert found["difference"].isna().all()


def test_a_target_of_nought_has_no_ratio():
    found = amplified(said("山东省", 0), said("菏泽市", 1))
    assert found["ratio"].isna().all()
    assert found["difference"].tolist() == [1]


def test_places_without_a_parent_in_the_corpus_give_an_empty_table_of_the_same_types():
    assert amplified(said("菏泽市", 7)).empty
    assert amplified(said("菏泽市", 7)).dtypes.equals(amplified(said("山东省", 6), said("菏泽市", 7)).dtypes)
