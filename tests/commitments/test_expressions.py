"""All numbers of any text, in invented lines."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.commitments.expressions import all_candidates, expressions
from pipeline.commitments.words import is_part_of_word
from pipeline.folding import fold


def told(text: str) -> list[tuple[str, str | None, str | None, str, str | None]]:
    return [
        (
            text[one.start : one.end], *(None if bound is None else f"{bound.normalize():f}" for bound in (one.value_min, one.value_max)),
            one.comparator, one.unit,
        )
        for one in expressions(fold(text))
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "quote", "low", "high", "comparator", "unit"),
    [
        ("共有 一百 二 十 二 个", "一百 二 十 二 个", "122", "122", "eq", "个"),
        ("約十餘萬人", "約十餘萬人", "100000", None, "gt", "人"),
        ("负六点五", "负六点五", "-6.5", "-6.5", "eq", None),
        ("气温-3.5℃", "-3.5℃", "-3.5", "-3.5", "eq", "℃"),
        ("华氏温度90度", "华氏温度90度", "90", "90", "eq", "华氏度"),
        ("一又四分之三", "一又四分之三", "1.75", "1.75", "eq", None),
        ("占3/8", "3/8", "0.375", "0.375", "eq", None),
        ("体积2^10", "2^10", "1024", "1024", "eq", None),
        ("约3.5e-2", "约3.5e-2", "0.035", "0.035", "approx", None),
        ("占一半", "一半", "0.5", "0.5", "eq", None),
        ("涨到三倍", "三倍", "3", "3", "eq", "times"),
        ("约5个多月", "约5个多月", "5", None, "gt", "个月"),
        ("收五角三分", "五角三分", "5.3", "5.3", "eq", "角"),
        ("打对折", "对折", "50", "50", "eq", "%"),
        ("售价七五折", "七五折", "75", "75", "eq", "%"),
        ("售价八折", "八折", "80", "80", "eq", "%"),
        ("完成六成半", "六成半", "65", "65", "eq", "%"),
        ("四 点 二 个 百 分 点", "四 点 二 个 百 分 点", "4.2", "4.2", "eq", "个百分点"),
        ("千分之三", "千分之三", "3", "3", "eq", "‰"),
        ("超过百分之六十", "超过百分之六十", "60", None, "gt", "%"),
        ("肆佰叁拾圆整", "肆佰叁拾圆整", "430", "430", "eq", "元"),
        ("六元四角二分", "六元四角二分", "6.42", "6.42", "eq", "元"),
        ("卖三块八", "三块八", "3.8", "3.8", "eq", "元"),
        ("港币两千九百元", "港币两千九百元", "2900", "2900", "eq", "港元"),
        ("预算¥1,200", "¥1,200", "1200", "1200", "eq", "元"),
        ("几十万块", "几十万块", "100000", "1000000", "range", "元"),
        ("十几岁", "十几岁", "11", "19", "range", "岁"),
        ("三四千斤", "三四千斤", "3000", "4000", "range", "斤"),
        ("10~15k", "10~15k", "10000", "15000", "range", None),
        ("两到三万港元", "两到三万港元", "20000", "30000", "range", "港元"),
        ("6和9之间", "6和9之间", "6", "9", "range", None),
        ("大于10且小于等于20", "大于10且小于等于20", "10", "20", "range", None),
        ("比30大", "比30大", "30", None, "gt", None),
        ("五百或者更多", "五百或者更多", "500", None, "ge", None),
        ("50万元（含）以上", "50万元（含）以上", "500000", None, "ge", "元"),
        ("一吨半煤", "一吨半", "1.5", "1.5", "eq", "吨"),
        ("一个半小时", "一个半小时", "1.5", "1.5", "eq", "小时"),
        ("两天又3小时", "两天又3小时", "51", "51", "eq", "小时"),
        ("三双鞋", "三双", "6", "6", "eq", None),
        ("五十兆字节", "五十兆字节", "50", "50", "eq", "兆字节"),
        ("黄金三十两", "三十两", "30", "30", "eq", "两"),
    ],
)  # fmt: skip
def test_read(text: str, quote: str, low: str | None, high: str | None, comparator: str, unit: str | None) -> None:
    assert (quote, low, high, comparator, unit) in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "一切照旧",
        "我家在四川",
        "陆地上",
        "队伍建设",
        "三角洲",
        "G20峰会",
        "维生素B12",
        "https://example.org/a?b=30%25",
        "万",
        "第十五章",
        "苹果打折",
        "两岸",
    ],
)
def test_no_number(text: str) -> None:
    assert told(text) == []


def test_a_date_is_no_sum_of_times() -> None:
    assert [one[0] for one in told("1991年1月16日")] == ["1991年", "1月", "16日"]


def test_what_plans_undertake_without_a_number_is_kept() -> None:
    text = "产值翻番，建成3个千亿级集群，居全省前列，2030年全覆盖"
    assert [text[one.start : one.end] for one in all_candidates(text)] == [
        "翻番",
        "3个",
        "千亿级",
        "前列",
        "2030年",
        "全覆盖",
    ]


def test_words_that_hold_a_numeral() -> None:
    assert is_part_of_word("四", "在", "川")
    assert not is_part_of_word("四", "", "")
    assert is_part_of_word("陆", "大", "")


signs = st.text(
    "0123456789零一二三十百千万亿两几数半多余又分之点个元块角毛%折成打双对至到-—~.,^/e k()（）含年月天小时大于小等且比高低 ",
    max_size=40,
)


@given(signs)
def test_any_text_gives_ordered_numbers_inside_it(text: str) -> None:
    last = 0
    for one in expressions(text):
        assert last <= one.start < one.end <= len(text)
        last = one.end


@given(st.decimals(Decimal("0.01"), 10**9, places=2), st.sampled_from(["元", "米", "吨", "%", "亩"]))
def test_an_amount_keeps_its_value(value: Decimal, unit: str) -> None:
    (one,) = expressions(f"共{value:f}{unit}。")
    assert (one.value_min, one.value_max, one.unit, one.start) == (value, value, unit, 1)
