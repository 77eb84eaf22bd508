"""What a quantity counts as, in sentences a person can check."""

import pytest

from pipeline.commitments import DocumentFacts, read_quantities
from pipeline.records import Quantity
from pipeline.structure import parse

PLAN = DocumentFacts("outline", 2021, 2025, 2021)


def read(text: str) -> list[Quantity]:
    return read_quantities(text, parse(text, ()), PLAN)


@pytest.mark.parametrize(
    ("sentence", "measures"),
    [
        # A stock that is stated is a level; what is built, held or done is counted.
        ("港口货物吞吐量8300万吨。", ["level"]),
        ("高新技术企业达到100家。", ["level"]),
        ("培育高新技术企业15家。", ["count"]),
        ("整理土地100万亩，盘活存量建设用地5万亩。", ["count", "count"]),
        ("实施棚户区改造超过3万户。", ["count"]),
        ("为3万名妇女提供免费筛查。", ["count"]),
        ("在20个村开展试点。", ["count"]),
        ("新建提升养殖场220处。", ["count"]),
        ("竣工商品房面积突破600万平方米。", ["level"]),
        # A size is no number of things; a cut may stand behind its share.
        ("实现60纳米及以下工艺量产。", ["level"]),
        ("建设9.5米深航道，新建管网3000米。", ["level", "count"]),
        ("按照不低于8%的比例压减会议费。", ["decrease"]),
        # Additions go on through the list until an item has a verb of its own.
        ("新增耕地10万亩、园地5万亩。", ["increase", "increase"]),
        ("新增造林20万亩、封育15万亩。", ["increase", "count"]),
        ("新增炼钢能力300万吨，炼铁能力200万吨。", ["increase", "increase"]),
        ("新增供热面积160万平方米，其中老城区50万平方米。", ["increase", "increase"]),
        ("新增高新技术企业17家、总量达96家。", ["increase", "level"]),
        ("实现工业增加值2400亿元。", ["level"]),
        ("淘汰水泥、炼铁落后产能117万吨、7万吨。", ["decrease", "decrease"]),
        ("减免企业保险费2亿元。", ["decrease"]),
        # The verb nearest to a percentage decides, and a noun such as 增速 after any verb.
        ("工业增加值增长8%。", ["growth_rate"]),
        ("考虑减收因素同比增长1.9%。", ["growth_rate"]),
        ("工业增速回升至9.2%。", ["growth_rate"]),
        ("医药产业保持25%以上的增长速度。", ["growth_rate"]),
        ("财政收入年均增长15%，力争达到20%。", ["growth_rate", "growth_rate"]),
        ("科技进步对经济增长贡献率达54%。", ["share"]),
        ("单位生产总值用地下降率达27%。", ["decrease"]),
        ("PM2.5平均浓度较2015年改善49%。", ["decrease"]),
        ("第三产业比重上升5个百分点。", ["increase"]),
        ("下调了贷款利率3个百分点。", ["decrease"]),
        # Rates per thousand.
        ("人口自然增长率控制在9‰以内。", ["growth_rate"]),
        ("婴儿死亡率、孕产妇死亡率分别降为7.5‰、9.5‰。", ["level", "level"]),
        # 100 per cent is coverage but for a rate that could be any other figure.
        ("行政村100%通宽带。", ["coverage"]),
        ("社区覆盖率达到100%。", ["coverage"]),
        ("群众满意率达到100%。", ["share"]),
        ("60个左右学科进入全国前10%。", ["count", "rank"]),
        # A span that is measured is a level, one that passes is a duration.
        ("劳动年龄人口平均受教育年限达到11年。", ["level"]),
        ("空气质量优良天数连续6年上升。", ["duration"]),
        ("实现1小时通达省城。", ["duration"]),
        ("由3家增加到11家。", ["level", "level"]),
    ],
)
def test_measure(sentence: str, measures: list[str]) -> None:
    assert [one.measure for one in read(sentence)] == measures


@pytest.mark.parametrize(
    ("sentence", "printed", "ratio"),
    [
        ("产业规模增长1.5倍。", 1.5, 2.5),
        ("产业规模达到2020年的2倍。", 2, 2),
        ("产业规模翻一番。", 2, 2),
        ("产业规模翻两番。", 4, 4),
        ("产业规模倍增。", 2, 2),
    ],
)
def test_a_multiple_keeps_what_is_printed_beside_the_ratio_that_results(
    sentence: str, printed: float, ratio: float
) -> None:
    (one,) = read(sentence)
    assert (one.measure, one.value_min, one.value_min_si) == ("multiple", printed, ratio)
