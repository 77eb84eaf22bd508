"""What a plan may undertake, found in invented clauses; what looks like a quantity and is none."""

import re
from collections.abc import Iterable
from re import _constants as codes
from re import _parser as parser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.commitments.candidates import Candidate, candidates
from pipeline.commitments.patterns import candidate_pattern

Told = tuple[str, float | None, float | None, str, str | None]


def told(text: str) -> list[Told]:
    return [
        (text[one.start : one.end], one.value_min, one.value_max, one.comparator, one.unit) for one in candidates(text)
    ]


@pytest.mark.parametrize(
    ("text", "quote", "low", "high", "comparator", "unit"),
    [
        ("新增床位1.2万张", "1.2万张", 12_000, 12_000, "eq", "张"),
        ("投资1.2万亿元", "1.2万亿元", 1.2e12, 1.2e12, "eq", "元"),
        ("投资3，000万元", "3，000万元", 3e7, 3e7, "eq", "元"),
        ("投资5亿3000万元", "5亿3000万元", 5.3e8, 5.3e8, "eq", "元"),
        ("引进十几个项目", "十几个", 11, 19, "range", "个"),
        ("引进二十几万人", "二十几万人", 200_000, 300_000, "range", "人"),
        ("建成几十家工厂", "几十家", 10, 100, "range", "家"),
        ("投入数百亿元", "数百亿元", 1e10, 1e11, "range", "元"),
        ("转移300余万人", "300余万人", 3e6, None, "gt", "人"),
        ("培训70 多万人", "70 多万人", 700_000, None, "gt", "人"),
        ("覆盖率达到百分之八十五点五", "百分之八十五点五", 85.5, 85.5, "eq", "%"),
        ("覆盖率不低于百分之八十", "不低于百分之八十", 80, None, "ge", "%"),
        ("满意率超过七成。", "超过七成", 70, None, "gt", "%"),
        ("占比达到七成五以上。", "七成五以上", 75, None, "ge", "%"),
        ("贡献约7成出口", "约7成", 70, 70, "approx", "%"),
        ("增长率降到千分之五点二", "千分之五点二", 5.2, 5.2, "eq", "‰"),
        ("提高2个多百分点", "2个多百分点", 2, None, "gt", "个百分点"),
        ("提高五个百分点", "五个百分点", 5, 5, "eq", "个百分点"),
        ("产量6，000万一6，500万吨", "6，000万一6，500万吨", 6e7, 6.5e7, "range", "吨"),
        ("产量120----140万吨", "120----140万吨", 1.2e6, 1.4e6, "range", "吨"),
        ("稳定在万亿斤以上。", "万亿斤以上", 1e12, None, "ge", "斤"),
        ("死亡率降到3‰以下", "3‰以下", None, 3, "le", "‰"),
        ("超过三分之二的村庄", "超过三分之二", 66.6667, None, "gt", "%"),
        ("实现半小时到达", "半小时", 0.5, 0.5, "eq", "小时"),
        ("实现一个半小时到达", "一个半小时", 1.5, 1.5, "eq", "小时"),
        ("产值3000—5000亿元", "3000—5000亿元", 3e11, 5e11, "range", "元"),
        ("增长5%-6%", "5%-6%", 5, 6, "range", "%"),
        ("产量增加到600万至 650万吨", "600万至 650万吨", 6e6, 6.5e6, "range", "吨"),
        ("支出为七三一·四亿元", "七三一·四亿元", 7.314e10, 7.314e10, "eq", "元"),
        ("占百分之四一·七", "百分之四一·七", 41.7, 41.7, "eq", "%"),
        ("建设单位约为二、五〇〇个", "约为二、五〇〇个", 2500, 2500, "approx", "个"),
        ("营造林地三，八六〇万余亩", "三，八六〇万余亩", 3.86e7, None, "gt", "亩"),
        ("退出全国后30位", "后30位", None, None, "le", "rank"),
        ("构建“一会四区五基地”布局", "一会四区五基地", None, None, "eq", None),
        ("形成“三源两带四环”网架", "三源两带四环", None, None, "eq", None),
        ("奖励3000元至2万元", "3000元至2万元", 3000, 20_000, "range", "元"),
        ("新建一至两处港口", "一至两处", 1, 2, "range", "处"),
        ("新建两三家医院", "两三家", 2, 3, "range", "家"),
        ("提高5到6个百分点", "5到6个百分点", 5, 6, "range", "个百分点"),
        ("增速收窄至-4.3%", "-4.3%", -4.3, -4.3, "eq", "%"),
        ("集聚上千家企业", "上千家", 1000, None, "ge", "家"),
        ("每县至少建成1所学校", "至少建成1所", 1, None, "ge", "所"),
        ("总量突破 160户", "突破 160户", 160, None, "gt", "户"),
        ("站点50米范围内", "50米范围内", None, 50, "le", "米"),
        ("机组2×66万千瓦", "2×66万千瓦", 1_320_000, 1_320_000, "eq", "千瓦"),
        ("均价3333元/平方米", "3333元/平方米", 3333, 3333, "eq", "元/平方米"),
        ("专利12件/万人", "12件/万人", 12, 12, "eq", "件/万人"),
        ("吞吐量80万标准集装箱", "80万标准集装箱", 800_000, 800_000, "eq", "标准集装箱"),
        ("引资1.5亿欧元", "1.5亿欧元", 1.5e8, 1.5e8, "eq", "欧元"),
        ("工期缩短5个多月", "5个多月", 5, None, "gt", "个月"),
        ("工期三个半月", "三个半月", 3.5, 3.5, "eq", "个月"),
        ("超过一半的村庄", "超过一半", 50, None, "gt", "%"),
        ("气温为-5℃到10℃", "-5℃到10℃", -5, 10, "range", "℃"),
        ("下调25个基点", "25个基点", 25, 25, "eq", "个基点"),
        ("比上年翻了一番", "翻了一番", 2, 2, "eq", "times"),
        ("启动九大工程", "九大", 9, 9, "eq", "大"),
        ("设立四个园区", "四个", 4, 4, "eq", "个"),
        ("举办两届庙会", "两届", 2, 2, "eq", "届"),
        ("每县建成一个园区", "一个", 1, 1, "eq", "个"),
        ("提前两年完成", "两年", 2, 2, "eq", "年"),
        ("粮食产量实现十八连增", "十八连增", 18, 18, "eq", "年"),
        ("力争进入全国百强", "百强", None, 100, "le", "rank"),
        ("跻身第一梯队", "第一梯队", None, None, "le", "rank"),
        ("打造百亿级重大项目", "百亿级", 1e10, None, "ge", "元"),
        ("壮大80亿元级、百家", "80亿元级", 8e9, None, "ge", "元"),
        ("构建一主七副格局", "一主七副", None, None, "eq", None),
        ("构建四纵四横四连路网", "四纵四横四连", None, None, "eq", None),
        ("形成一港四园布局", "一港四园", None, None, "eq", None),
        ("实施“1+3+N”行动", "1+3+N", None, None, "eq", None),
    ],
)  # fmt: skip
def test_found(text: str, quote: str, low: float | None, high: float | None, comparator: str, unit: str | None) -> None:
    assert (quote, low, high, comparator, unit) in told(text)


def test_a_structure_is_three_shares() -> None:
    text = "三次产业比例调整为9.7:39.5:50.8。"
    assert [one[:2] for one in told(text)] == [("9.7", 9.7), ("39.5", 39.5), ("50.8", 50.8)]


@pytest.mark.parametrize(
    "text",
    ["建设G1511公路", "治理PM2.5污染", "依据某政发〔2021〕5号", "改造105国道", "修订第十四条", "服务世界500强企业", "促进一体化", "进一步加强",
     "建设一流大学", "十分重要", "开好两会", "支持九三学社", "建设百年菏泽", "推进三权分置", "打造平台2.0版", "建设三级医院",
     "贯彻党的十九大精神", "省委十届五次、六次全会", "第1 届和第30届博览会", "二次供水改造", "劣五类水体", "二类标准",
     "建设15分钟高品质便民生活圈", "建设半小时经济圈", "通20户以上自然村公路", "培育产值过10亿元的企业", "建设近零碳园区", "编制3—5年行动计划",
     "拨打12345热线", "用好金融16条”政策", "举办50公里徒步", "7×24小时服务", "把握以下四个方面", "增强四个意识", "做到两个维护",
     "实施收支两条线", "深化“个十百千”工程”", "参加17+1合作", "规划与城市建设同步", "培育倍增计划企业", "成立公司", "队伍建设", "上半年和下半年",
     "人数千方百计增加", "第三次全国普查", "一把手工程", "十五六年来", "把农业放在首位", "把安全摆在第一位",
     "七台河市推进转型", "建设五台山景区", "做强三台子专业市场", "三台县九台区二道区", "游览五大连池",
     "实施工业首位战略", "做强首位产业", "与某电科27所合作", "实施“双百亿”工程", "实施“双五百亿”工程", "落实“三线一单”", "纪念一二·九运动",
     "十年平均增长", "20年平均递增"],
)  # fmt: skip
def test_not_found(text: str) -> None:
    assert told(text) == []


signs = st.text(
    "0123456789零一二三十百千万亿两几数半多余个家元%％‰成倍番翻大年至到-—.,，：:+约超近不低于以上左右级强第前届连增×/ ",
    max_size=40,
)


@given(signs)
def test_any_text_gives_ordered_candidates_inside_it(text: str) -> None:
    last = 0
    for one in candidates(text):
        assert last <= one.start < one.end <= len(text)
        last = one.end


@given(st.integers(1, 10**9), st.sampled_from(["个", "元", "亩", "人", "公里", "吨"]))
def test_a_number_keeps_its_value(value: int, unit: str) -> None:
    one = next(iter(candidates(f"达到{value}{unit}。")))
    assert one == Candidate(2, 2 + len(f"{value}{unit}"), value, value, "eq", unit, "number")


def first_look() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what every candidate must begin with, and the pattern without it."""
    look, rest = re.fullmatch(r"(\(\?=\[[^]]*\]\))(.*)", candidate_pattern().pattern, re.DOTALL).groups()
    return re.compile(look), re.compile(rest)


def test_the_first_look_leaves_common_signs_behind() -> None:
    look, _ = first_look()
    assert [sign for sign in "的建发展业化、。，“”年人民" if look.match(sign)] == []


def test_the_first_look_misses_nothing_that_a_match_can_begin_with() -> None:
    look, rest = first_look()
    assert [sign for sign in sorted(first_signs(parser.parse(rest.pattern))) if not look.match(sign)] == []


def first_signs(parts: Iterable[tuple[object, Any]]) -> set[str]:
    """Return the signs that a match of a parsed pattern can begin with; what may be empty hands on to what follows."""
    found: set[str] = set()
    for kind, what in parts:
        own, may_be_empty = _first_of(kind, what)
        found |= own
        if not may_be_empty:
            return found
    return found


def _first_of(kind: object, what: Any) -> tuple[set[str], bool]:
    if kind is codes.LITERAL:
        return {chr(what)}, False
    if kind is codes.IN:
        ranges = [(one, one) if sort is codes.LITERAL else one for sort, one in what]
        return {chr(sign) for low, high in ranges for sign in range(low, high + 1)}, False
    if kind is codes.SUBPATTERN:
        return first_signs(what[-1]), what[-1].getwidth()[0] == 0
    if kind is codes.BRANCH:
        return set().union(*map(first_signs, what[1])), any(one.getwidth()[0] == 0 for one in what[1])
    if kind in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
        return first_signs(what[2]), what[0] == 0 or what[2].getwidth()[0] == 0
    assert kind in (codes.ASSERT, codes.ASSERT_NOT), kind
    return set(), True


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("财政收入迈上千亿台阶。", [("千亿", 1e11, None, "ge", "元")]),
        ("地区生产总值跨上千亿元新台阶。", [("千亿元", 1e11, None, "ge", "元")]),
        ("力争迈入两万亿俱乐部。", [("两万亿", 2e12, None, "ge", "元")]),
        ("常住人口突破千万大关。", [("突破千万", 1e7, None, "gt", None)]),
        ("云泽产值跨越两个千亿元台阶。", [("两个", 2.0, 2.0, "eq", "个")]),
        ("投资上百亿元。", [("上百亿元", 1e10, None, "ge", "元")]),
    ],
)
def test_a_step_or_a_club_tells_what_is_reached(text: str, read: list[tuple[object, ...]]) -> None:
    found = [(text[one.start : one.end], *one[2:6]) for one in candidates(text)]
    assert found == read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("综合实力稳居全国三十强。", [("三十强", None, 30.0)]),
        ("上市企业数全省第一、全国第八。", [("第一", 1.0, 1.0), ("第八", 8.0, 8.0)]),
        ("第一、扩大投资。第二、稳定出口。", []),
        ("打造全省湖鲜美食第一城。", [("第一", 1.0, 1.0)]),
        ("擦亮“数字贸易第一城”名片。", []),
        ("主体数翻了一番多，收入翻两番以上。", [("翻了一番多", 2.0, None), ("翻两番以上", 4.0, None)]),
        ("落实“一个核心、五个一批”部署。", []),
        ("做好25度以上坡耕地还湖。", []),
    ],
)
def test_ranks_multiples_and_what_only_looks_like_one(text: str, read: list[tuple[object, ...]]) -> None:
    assert [(text[one.start : one.end], one.value_min, one.value_max) for one in candidates(text)] == read
