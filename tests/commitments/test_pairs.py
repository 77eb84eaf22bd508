"""Lists that 分别 pairs off, and values with the baseline they start from."""

from pipeline.commitments import DocumentFacts, read_quantities
from pipeline.records import Quantity
from pipeline.structure import parse

PLAN = DocumentFacts("outline", 2021, 2025, 2021)


def read(text: str) -> list[Quantity]:
    return read_quantities(text, parse(text, ()), PLAN)


def test_each_number_has_its_own_indicator() -> None:
    first, second, third = read("固定资产投资、社会消费品零售总额和进出口总额年均分别增长8%、9%和10%。")
    assert (first.indicator, first.indicator_id) == ("固定资产投资", "investment_growth")
    assert (second.indicator, second.indicator_id) == ("社会消费品零售总额", "retail_growth")
    assert third.indicator_id == "foreign_trade_growth"
    assert [one.measure for one in (first, second, third)] == ["growth_rate"] * 3


def test_the_bound_that_closes_a_list_holds_for_each() -> None:
    first, second = read("工业增加值和税收分别增长18％、16％以上。")
    assert [(one.comparator, one.value_min, one.value_max) for one in (first, second)] == [
        ("ge", 18, None),
        ("ge", 16, None),
    ]


def test_the_last_words_of_a_list_close_each_item() -> None:
    first, second = read("高中阶段教育和高等教育毛入学率分别达到91%和58%。")
    assert (first.indicator_id, second.indicator_id) == ("highschool_rate", "college_rate")


def test_what_the_last_words_mean_alone_is_of_the_whole() -> None:
    first, _ = read("机电产品、农产品出口分别增长7%、9%。")
    assert first.indicator_id is None


def test_an_item_behind_a_verb_of_its_own_closes_only_itself() -> None:
    first, _ = read("接待游客、实现旅游收入分别是上年的2倍、3倍。")
    assert first.indicator_id is None


def test_a_list_that_does_not_pair_off_is_left_alone() -> None:
    first, second = read("税收分别增长6%和7%。")
    assert (first.comparator, second.comparator) == ("eq", "eq")


def test_a_value_has_its_baseline() -> None:
    first, second = read("常住人口城镇化率由54.1%提高到60.8%。")
    assert (first.status, first.deadline, first.value_min) == ("context", None, 54.1)
    assert (second.status, second.deadline, second.baseline_value) == ("commitment", 2025, 54.1)
    assert (second.indicator, second.indicator_id) == ("常住人口城镇化率", "urbanisation_rate")


def test_a_change_names_the_year_it_starts_from() -> None:
    (one,) = read("单位生产总值能耗比2020年下降15%。")
    assert (one.baseline_year, one.baseline_value, one.status) == (2020, None, "commitment")


def test_two_numbers_without_a_change_have_no_baseline() -> None:
    assert all(one.baseline_value is None for one in read("从三个方面发力，建成园区10个、学校12所。"))


def test_town_and_country_are_two_incomes() -> None:
    for name in ("城乡居民人均可支配收入", "城镇和农村常住居民人均可支配收入", "城镇、农村居民人均可支配收入"):
        first, second = read(f"{name}分别增长8.5%、9%。")
        assert (first.indicator_id, second.indicator_id) == ("urban_income_growth", "rural_income_growth"), name
    first, second = read("农村和城镇居民人均可支配收入增长9%和8%。")
    assert (first.indicator_id, second.indicator_id) == ("rural_income_growth", "urban_income_growth")
    (one,) = read("城乡居民人均可支配收入增长8%。")
    assert one.indicator_id == "income_growth"


def test_the_bound_that_opens_a_list_holds_for_each() -> None:
    first, second = read("网络交易额、快递总额分别突破600亿元、1300亿元。")
    assert [(one.comparator, one.value_min, one.value_max) for one in (first, second)] == [
        ("gt", 6e10, None),
        ("gt", 1.3e11, None),
    ]


def test_at_least_holds_for_a_list_of_things() -> None:
    found = read("每个乡镇办好至少1所卫生院、1所养老院和1所幼儿园。")
    assert [(one.comparator, one.value_min, one.value_max) for one in found] == [("ge", 1, None)] * 3


def test_a_bound_does_not_reach_over_another_verb() -> None:
    first, second = read("产值突破7000亿元，税收达到300亿元。")
    assert (first.comparator, second.comparator) == ("gt", "eq")
