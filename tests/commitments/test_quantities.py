"""Quantities of invented clauses: what is read, what is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.commitments import DocumentFacts, codebook, read_quantities
from pipeline.commitments.indicators import indicator_id_of
from pipeline.records import Quantity
from pipeline.structure import parse

PLAN = DocumentFacts("outline", 2021, 2025, 2021)
REPORT = DocumentFacts("work_report", 2021, 2025, 2021)


def read(text: str, facts: DocumentFacts = PLAN) -> list[Quantity]:
    return read_quantities(text, parse(text, ()), facts)


def only(text: str, facts: DocumentFacts = PLAN) -> Quantity:
    found = read(text, facts)
    assert len(found) == 1, [text[one.start : one.end] for one in found]
    return found[0]


@pytest.mark.parametrize(
    ("clause", "quote", "low", "high", "comparator", "unit", "measure"),
    [
        ("粮食产能稳定在一百四十亿斤以上。", "一百四十亿斤以上", 14e9, None, "ge", "斤", "level"),
        ("生产总值年均增长6.5%左右。", "6.5%左右", 6.5, 6.5, "approx", "%", "growth_rate"),
        ("投资增长5%—6%。", "5%—6%", 5, 6, "range", "%", "growth_rate"),
        ("规模达到3000—5000亿元。", "3000—5000亿元", 3e11, 5e11, "range", "元", "level"),
        ("覆盖率达到百分之八十五。", "百分之八十五", 85, 85, "eq", "%", "share"),
        ("城镇化率提高2个百分点。", "2个百分点", 2, 2, "eq", "个百分点", "increase"),
        ("能耗下降3.1%。", "3.1%", 3.1, 3.1, "eq", "%", "decrease"),
        ("培育高新技术企业15家。", "15家", 15, 15, "eq", "家", "count"),
        ("新增就业5万人以上。", "5万人以上", 50_000, None, "ge", "人", "increase"),
        ("建成一处实训基地。", "一处", 1, 1, "eq", "处", "count"),
        ("新建一至两处高职院校。", "一至两处", 1, 2, "range", "处", "count"),
        ("财政收入实现翻番。", "翻番", 2, 2, "eq", "times", "multiple"),
        ("财政收入实现翻两番。", "翻两番", 4, 4, "eq", "times", "multiple"),
        ("打造千亿级产业集群。", "千亿级", 1e11, None, "ge", "元", "level"),
        ("新增百亿元产业集群。", "百亿元", 1e10, None, "ge", "元", "increase"),
        ("粮食产量稳定在万亿斤以上并逐年增加。", "万亿斤以上", 1e12, None, "ge", "斤", "level"),
        ("带动上亿户市场主体。", "上亿户", 1e8, None, "ge", "户", "count"),
        ("增速不低于沿海地区的平均增长水平。", "不低于沿海地区的平均增长水平", None, None, "ge", None, "benchmark"),
        ("实现垃圾分类全覆盖。", "全覆盖", 100, 100, "eq", "%", "coverage"),
        ("总量居全省前三。", "前三", None, 3, "le", "rank", "rank"),
        ("总量居全省第2位。", "第2位", 2, 2, "eq", "rank", "rank"),
        ("主要指标走在全省前列。", "前列", None, None, "le", "rank", "rank"),
        ("增速高于全省平均水平。", "高于全省平均水平", None, None, "gt", None, "benchmark"),
        ("居民收入与经济增长基本同步。", "与经济增长基本同步", None, None, "approx", None, "benchmark"),
        ("构建“一主七副”格局。", "一主七副", None, None, "eq", None, "configuration"),
        ("产值突破5000亿元。", "突破5000亿元", 5e11, None, "gt", "元", "level"),
        ("失业率控制在5.5%以内。", "5.5%以内", None, 5.5, "le", "%", "share"),
        ("建成10余个园区。", "10余个", 10, None, "gt", "个", "count"),
        ("安置240万农村人口。", "240万", 2.4e6, 2.4e6, "eq", "人", "count"),
        ("城乡收入比缩小到1.9:1。", "1.9:1", 1.9, 1.9, "eq", "times", "multiple"),
    ],
)
def test_read(
    clause: str, quote: str, low: float | None, high: float | None, comparator: str, unit: str | None, measure: str
) -> None:
    one = only(clause)
    got = (clause[one.start : one.end], one.value_min, one.value_max, one.comparator, one.unit, one.measure)
    assert got == (quote, low, high, comparator, unit, measure)


@pytest.mark.parametrize(
    "clause",
    ["深化三权分置改革。", "加快5G基站建设。", "推行一网通办。", "打造政务服务2.0版。", "启用2号公章。", "建设15分钟生活圈。",
     "办好第三届博览会。", "做好“十四五”规划。", "实施一批重大项目。", "到2025年建成港口。", "壮大规模以上企业。", "推进二期工程。",
     "每千人口床位数稳步提高。", "支持三级医院建设。", "通过五年努力站稳脚跟。", "融入一带一路。", "迎接建党100周年。", "保护千年古都。"],
)  # fmt: skip
def test_no_quantity(clause: str) -> None:
    assert read(clause) == []


def test_several_in_one_clause() -> None:
    found = read("形成1小时到省城、2小时到海港的交通网。")
    assert [(one.value_min, one.unit, one.measure) for one in found] == [
        (1, "小时", "duration"),
        (2, "小时", "duration"),
    ]


@pytest.mark.parametrize(
    ("text", "facts", "status", "deadline", "source"),
    [
        ("建成园区10个。", PLAN, "commitment", 2025, "plan_period"),
        ("到2035年，建成园区10个。", PLAN, "commitment", 2035, "stated"),
        ("一、2020年工作回顾\n建成园区10个。", REPORT, "achieved", None, None),
        ("二、2021年重点工作\n建成园区10个。", REPORT, "commitment", 2021, "section"),
        ("二、“十四五”主要目标\n建成园区10个。", REPORT, "commitment", 2025, "section"),
        ("第一章 发展基础\n建成园区10个。", PLAN, "achieved", None, None),
        ("省委、省政府将在全省设立4个新区。", PLAN, "projection", None, None),
    ],
)
def test_status_and_deadline(
    text: str, facts: DocumentFacts, status: str, deadline: int | None, source: str | None
) -> None:
    one = only(text, facts)
    assert (one.status, one.deadline, one.deadline_source) == (status, deadline, source)


@pytest.mark.parametrize(
    ("text", "force"),
    [("确保粮食产量达到90万吨。", "binding"), ("力争产值达到90亿元。", "striving"), ("建成园区10个。", "planned"),
     ("主要预期目标是：产值达到90亿元。", "expected")],
)  # fmt: skip
def test_force(text: str, force: str) -> None:
    assert only(text).force == force


def test_rows_of_a_table() -> None:
    text = "表1 主要指标\n指标 | 单位 | 2020年 | 2025年 | 属性\n城镇新增就业 | 万人 | 4 | 〔20以上〕 | 预期性\n耕地保有量 | 万亩 | 800 | 800 | 约束性"
    found = read(text)
    told = [
        (one.indicator, one.value_min, one.value_max, one.unit, one.status, one.deadline, one.force) for one in found
    ]
    assert told == [
        ("城镇新增就业", 40_000, 40_000, "人", "achieved", None, None),
        ("城镇新增就业", 200_000, None, "人", "commitment", 2025, "expected"),
        ("耕地保有量", 8e6, 8e6, "亩", "achieved", None, None),
        ("耕地保有量", 8e6, 8e6, "亩", "commitment", 2025, "binding"),
    ]


def test_indicators_have_ids_and_labels() -> None:
    assert indicator_id_of("全市地区生产总值", "growth_rate", "%") == "gdp_growth"
    assert indicator_id_of("人均地区生产总值", "level", "元") == "gdp_per_capita"
    assert indicator_id_of("粮食产能", "level", "斤") == "grain_output"
    assert indicator_id_of("渔歌", "count", "首") is None
    assert all(one.en and one.zh for one in codebook().values())


def test_evidence_leads_to_the_text() -> None:
    text = "到2023年，粮食产能稳定在90万吨以上。"
    one = only(text)
    told = {found.field: text[found.start : found.end] for found in one.evidence}
    assert told == {"value": "90万吨以上", "indicator": "粮食产能", "deadline": "2023年", "aggregation": "到2023年"}


signs = st.sampled_from(
    "0123456789一二三十百千万亿两.%以上左右至到—约超过个家元万亩公里前第位翻番全覆盖增长达，。、：“”（）年级小时"
)


@given(st.text(signs, max_size=60))
def test_any_text_gives_quantities_inside_their_clause(text: str) -> None:
    structure = parse(text, ())
    last = 0
    for one in read_quantities(text, structure, PLAN):
        clause = structure.clauses[one.clause]
        assert clause.start <= one.start < one.end <= clause.end
        assert one.start >= last
        if one.value_min is not None and one.value_max is not None and one.comparator != "range":
            assert one.value_min <= one.value_max
        last = one.end


def test_life_expectancy_is_no_expected_goal() -> None:
    assert only("人均预期寿命达到80岁。").force == "planned"


def test_a_name_behind_another_figure_is_its_own() -> None:
    text = "外贸进出口总额57亿元、实际使用外资550万美元。"
    first, second = read(text)
    assert (first.indicator_id, second.indicator_id) == ("foreign_trade", "fdi")


@pytest.mark.parametrize(
    ("text", "value"),
    [("改造住房22 650户。", 22_650), ("新建住房34 753套。", 34_753), ("引进项目1 234 567个。", 1_234_567)],
)
def test_thousands_set_apart_by_a_blank(text: str, value: int) -> None:
    assert only(text).value_min == value


def test_a_blank_between_a_year_and_a_figure_parts_them() -> None:
    (one,) = read("2022 650户居民迁居。")
    assert one.value_min == 650


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("出口规模稳定,数字贸易年均增速保持在4%左右。", "数字贸易年均增速"),
        ("新增6万个公办学位,重点在新城布局。", "公办学位"),
    ],
)
def test_no_comma_stands_in_a_name(text: str, name: str) -> None:
    assert only(text).indicator == name
