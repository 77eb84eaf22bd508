"""Status, deadline and force, and the words that tell them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.commitments import DocumentFacts, read_quantities
from pipeline.commitments.periods import latest_stated
from pipeline.records import Quantity
from pipeline.structure import parse

PLAN = DocumentFacts("outline", 2021, 2025, 2021)
REPORT = DocumentFacts("work_report", 2021, 2025, 2022, "city")


def read(text: str, facts: DocumentFacts = PLAN) -> list[Quantity]:
    return read_quantities(text, parse(text, ()), facts)


def words(text: str, one: Quantity, field: str) -> list[str]:
    return [text[told.start : told.end] for told in one.evidence if told.field == field]


@pytest.mark.parametrize(
    ("sentence", "year", "source"),
    [
        ("森林覆盖率达到40%。", 2025, "plan_period"),
        ("到2023年，森林覆盖率达到40%。", 2023, "stated"),
        ("到“十五五”末，森林覆盖率达到40%。", 2030, "stated"),
        ("展望二〇三五年，森林覆盖率达到45%。", 2035, "stated"),
        ("到本世纪中叶，森林覆盖率达到50%。", 2050, "stated"),
        ("三年内新建学校12所。", 2023, "stated"),
        ("用3到5年的时间，建成学校12所。", 2026, "stated"),
        ("力争在3-5年内建成学校12所。", 2025, "stated"),
        ("森林覆盖率比2020年提高2个百分点。", 2025, "plan_period"),
        ("到2025年，生产总值比2020年翻一番。", 2025, "stated"),
        ("到2023年约1000平方公里建成区达标。", 2023, "stated"),
        ("备战2022年冬奥会，新建场馆3座。", 2025, "plan_period"),
    ],
)
def test_deadline_of_a_plan(sentence: str, year: int, source: str) -> None:
    (one,) = read(sentence)
    assert (one.deadline, one.deadline_source) == (year, source)


@pytest.mark.parametrize(
    ("sentence", "year"),
    [
        ("今年，新建学校12所。", 2022),
        ("年内新建学校12所。", 2022),
        ("三年内新建学校12所。", 2024),
        ("今明两年培训教师3000人次。", 2023),
        ("今后五年，新建学校12所。", 2026),
        ("本届政府任期内新建学校12所。", 2026),
        ("五年新建学校12所。", 2026),
        ("五年累计新建学校12所。", 2026),
        ("为实现“十五五”良好开局，新建学校12所。", 2022),
        ("2022年是实施“十五五”规划的第一年，新建学校12所。", 2022),
        ("今年是极为困难的一年，新建学校12所。", 2022),
        ("用四年翻一番。", 2026),
        ("在3－5年内建成学校12所。", 2026),
        ("工业增加值年均增长8%。", 2025),
        ("今年工业增加值增长8%。", 2022),
    ],
)
def test_deadline_of_a_report(sentence: str, year: int) -> None:
    (one,) = read("二、今年工作安排\n" + sentence, REPORT)
    assert one.deadline == year


@pytest.mark.parametrize(
    "heading",
    [
        "三、奋力实现“十五五”发展良好开局",
        "三、努力实现“十五五”规划精彩开局",
        "二、为“十五五”计划开好头起好步",
        "三、全力开创“十五五”开局之年工作新局面",
    ],
)
def test_the_beginning_of_a_period_is_its_first_year(heading: str) -> None:
    text = f"一、工作回顾\n新建学校9所。\n{heading}\n新建学校12所。"
    assert [one.deadline for one in read(text, REPORT)] == [None, 2022]


def test_a_paragraph_of_this_year_is_of_it_whatever_period_it_serves() -> None:
    text = (
        "二、未来五年的任务\n2022年是“十五五”的第一年，做好今年工作，对于实施“十五五”规划具有重要意义。新建学校12所。\n"
        "今年，是全面贯彻的开局之年。要培训教师300名。\n新建医院3家。"
    )
    assert [one.deadline for one in read(text, REPORT)] == [2022, 2022, 2026]


def test_a_paragraph_that_opens_with_a_year_holds_for_its_sentences() -> None:
    text = "二、今后工作\n今后五年，必须加快转型。推动研发投入强度达到3.7%。\n年内新建学校12所。"
    first, second = read(text, REPORT)
    assert (first.deadline, words(text, first, "deadline")) == (2026, ["五年"])
    assert second.deadline == 2022


def test_a_list_takes_the_year_of_the_paragraph_before_it() -> None:
    text = (
        "二、工作安排\n到“十五五”末，要实现两大目标。\n为此，要完成以下任务：\n"
        "——发展实现新跨越。财政收入年均增长15%。\n——城市面貌焕然一新。绿化覆盖率保持在40%以上。"
    )
    found = [one for one in read(text, REPORT) if one.unit == "%"]
    assert [one.deadline for one in found] == [2030, 2030]


@pytest.mark.parametrize(
    ("sentence", "status"),
    [
        ("累计下降率超过7%。", "commitment"),
        ("能耗比上年下降2%以上。", "commitment"),
        ("发展共有产权住房3万套。", "commitment"),
        ("推动已签约的29个项目开工。", "commitment"),
        ("目前已建成学校30所。", "achieved"),
        ("在建成100公里内环的基础上，启动外环建设。", "achieved"),
        ("加快推进总投资50亿元的产业园建设。", "context"),
        ("完成工业投资50亿元。", "commitment"),
        ("重点做好以下九项工作。", "context"),
        ("省政府将在全省设立4个新区。", "projection"),
        ("引导各县培育2个特色产业。", "projection"),
        ("两个项目可新增2000亿元产值。", "projection"),
        ("还有10个项目即将签约。", "projection"),
    ],
)
def test_status_in_what_is_planned(sentence: str, status: str) -> None:
    assert [one.status for one in read(sentence)] == [status]


@pytest.mark.parametrize(
    ("sentence", "status"),
    [
        ("新建学校12所。", "achieved"),
        ("预计生产总值增长7%。", "projection"),
        ("没有实现能耗降低4%的目标。", "context"),
    ],
)
def test_status_in_what_looks_back(sentence: str, status: str) -> None:
    assert [one.status for one in read("一、过去一年工作回顾\n" + sentence, REPORT)] == [status]


def test_a_chapter_of_review_and_aims_turns_where_the_text_does() -> None:
    text = (
        "一、“十三五”回顾和“十四五”目标任务\n过去的五年，是变化最大的五年。\n——过去的五年，新建学校12所。\n"
        "“十四五”时期，我市要再上台阶。新建学校20所。"
    )
    found = {one.value_min: one.status for one in read(text, REPORT)}
    assert (found[12], found[20]) == ("achieved", "commitment")


@pytest.mark.parametrize(
    ("sentence", "forces"),
    [
        ("建成学校12所。", ["planned"]),
        ("确保新建学校12所。", ["binding"]),
        ("力争新建学校12所。", ["striving"]),
        ("力争入库项目不少于200个。", ["striving"]),
        ("耕地保有量不低于800万亩。", ["binding"]),
        ("积极引进人才，培育企业15家。", ["planned"]),
        ("实行更加积极的政策，新增就业3万人。", ["planned"]),
        ("力争新建学校12所，培训教师300人。", ["striving", "planned"]),
        ("力争到2025年，学校达到120所，培训教师300人。", ["striving", "striving"]),
        ("确保空气质量改善，森林覆盖率达到40%。", ["binding"]),
        ("平均预期受教育年限达到15年。", ["planned"]),
    ],
)
def test_force(sentence: str, forces: list[str]) -> None:
    assert [one.force for one in read(sentence)] == forces


def test_the_head_of_a_list_tells_the_force_of_all_its_sentences() -> None:
    text = "主要预期目标是：生产总值增长6%；失业率不超过5%；投资力争增长9%。居民收入增长7%。围绕上述目标，重点抓好：新建学校12所。"
    found = read(text)
    assert [one.force for one in found] == ["expected", "expected", "striving", "expected", "planned"]
    assert words(text, found[0], "force") == ["预期"]


def test_a_heading_tells_the_force() -> None:
    assert read("一、约束性指标\n耕地保有量达到800万亩。")[0].force == "binding"
    assert read("一、预期性指标\n森林覆盖率达到40%。")[0].force == "expected"


def test_the_words_that_decide_are_evidence() -> None:
    text = "到2023年，力争森林覆盖率达到40%。"
    (one,) = read(text)
    assert words(text, one, "force") == ["力争"]
    assert words(text, one, "deadline") == ["2023年"]
    text = "目前已建成学校30所。"
    assert words(text, read(text)[0], "status") == ["目前"]


def test_who_undertakes_it() -> None:
    text = "晨光集团将投资30亿元。省政府将设立4个新区。新建学校12所。"
    found = read(text, REPORT)
    assert [one.actor for one in found] == ["晨光集团", "省政府", None]
    assert words(text, found[0], "actor") == ["晨光集团"]
    # A province does not name itself as another.
    assert read(text, DocumentFacts("outline", 2021, 2025, 2021, "province"))[1].actor is None


signs = st.sampled_from("012345年月日到至末内十五四三二〇一今后未来力争用的时间，。")


@given(st.text(signs, max_size=40))
def test_a_deadline_is_never_before_the_document(text: str) -> None:
    for facts in (PLAN, REPORT):
        if told := latest_stated(text, facts):
            assert told.year >= 2021
            assert 0 <= told.start < told.end <= len(text)


@given(
    st.lists(
        st.sampled_from(
            ["力争", "确保", "预期目标是：", "新建学校12所", "增长6%", "，", "；", "。", "到2023年", "已", "\n"]
        ),
        max_size=14,
    )
)
def test_only_commitments_have_deadline_and_force(parts: list[str]) -> None:
    text = "".join(parts)
    for one in read(text):
        assert (one.force is None) == (one.status != "commitment")
        assert one.deadline is None or one.status == "commitment"
        assert all(0 <= told.start < told.end <= len(text) for told in one.evidence)


def test_a_review_of_this_year_so_far_is_a_review() -> None:
    text = "一、2025年和今年以来工作回顾\n地区生产总值增长6.1%。\n二、今年目标\n地区生产总值增长5%。"
    facts = DocumentFacts("work_report", None, None, 2026)
    assert [one.status for one in read_quantities(text, parse(text, ()), facts)] == ["achieved", "commitment"]


def test_the_end_of_the_century_is_a_deadline_while_it_lasts() -> None:
    facts = DocumentFacts("work_report", 1986, 1990, 1987)
    (one,) = read("二、今年工作安排\n到本世纪末，工农业总产值翻两番。", facts)
    assert one.deadline == 2000


def test_a_heading_of_goals_and_tasks_does_not_make_tasks_expected() -> None:
    text = "三、2022年预期目标和重点工作\n（一）教育\n新建学校12所。"
    assert [one.force for one in read(text, REPORT)] == ["planned"]


def test_a_numbered_five_year_plan_ends_with_its_last_year() -> None:
    facts = DocumentFacts("work_report", 1981, 1985, 1982, "nation")
    text = "二、今后的任务\n第六个五年计划安排教育经费占财政支出的15.9%。"
    (one,) = read(text, facts)
    assert (one.deadline, one.deadline_source) == (1985, "stated")
