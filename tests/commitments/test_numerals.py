"""Numbers as printed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.commitments.numerals import read_chinese, read_fraction, read_number, scale_of, write_chinese

FORMAL = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")
TRADITIONAL = str.maketrans("万亿两", "萬億兩")
FULL_WIDTH = str.maketrans("0123456789.,", "０１２３４５６７８９．，")
whole = st.integers(1, 999_999_999_999)


@given(whole)
def test_chinese_numerals_are_read_as_written(value: int) -> None:
    assert read_chinese(write_chinese(value)) == value


@given(whole)
def test_formal_and_traditional_signs_and_white_space_read_the_same(value: int) -> None:
    written = write_chinese(value)
    assert read_number(written.translate(FORMAL)) == value
    assert read_number(written.translate(TRADITIONAL)) == value
    assert read_number(" ".join(written)) == value


@given(st.decimals(0, 10**9, places=3, allow_nan=False))
def test_figures_are_read_exactly(value: Decimal) -> None:
    assert read_number(str(value)) == value
    assert read_number(f"{value:,}") == value
    assert read_number(f"{value:,}".translate(FULL_WIDTH)) == value
    assert read_number(f"-{value}") == -value


@given(st.text("0123456789.,零一二两十百千万亿兆点半负-k几 壹拾", max_size=12))
def test_any_signs_give_a_number_or_none(text: str) -> None:
    value = read_number(text)
    assert value is None or value.is_finite()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("一百四十亿", "14000000000"), ("两万五千", "25000"), ("3000亿", "300000000000"), ("５万", "50000"), ("1,234.5", "1234.5"),
        ("3，000", "3000"), ("1.2万亿", "1200000000000"), ("3.5万", "35000"), ("5亿1万4千", "500014000"), ("3千万亿", "3000000000000000"),
        ("八十五点五", "85.5"), ("零点零一", "0.01"), ("一点二万", "12000"), ("廿二", "22"), ("卅", "30"), ("二〇三五", "2035"), ("二○三五", "2035"),
        ("一七二零", "1720"), ("两千四百五", "2450"), ("两千四百零五", "2405"), ("三万五", "35000"), ("百三", "130"), ("十二", "12"), ("百", "100"),
        ("四万万", "400000000"), ("五兆六亿", "5000600000000"), ("壹仟玖佰", "1900"), ("負三十二", "-32"), ("半百", "50"), ("15k", "15000"),
        ("30w", "300000"), ("万亿", "1000000000000"), ("两", "2"),
    ],
)  # fmt: skip
def test_numbers(text: str, value: str) -> None:
    assert read_number(text) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("七三一·四亿", "73140000000"),
        ("十四·七", "14.7"),
        ("二、五〇〇", "2500"),
        ("三，八六〇万", "38600000"),
        ("一、二〇〇·五", "1200.5"),
    ],
)
def test_numerals_as_plans_of_the_fifties_print_them(text: str, value: str) -> None:
    assert str(read_number(text)) == value


@pytest.mark.parametrize("text", ["", "几个", "点五", "零点", "--5", "10..1万", "一百点", "负", "元", "3二"])
def test_what_is_no_number(text: str) -> None:
    assert read_number(text) is None


def test_figures_are_no_chinese_numeral() -> None:
    assert read_chinese("5万") is None


def test_decimals_stay_exact_under_multipliers() -> None:
    assert float(read_number("553.3亿") or 0) == 55_330_000_000.0
    assert scale_of("萬億") == 10**12


@pytest.mark.parametrize(
    ("below", "above", "wholes", "value"),
    [
        ("三", "二", None, "0.6667"),
        ("千", "三", None, "0.003"),
        ("二", "一", "一", "1.5"),
        ("二", "一", "负一", "-1.5"),
    ],
)
def test_fractions(below: str, above: str, wholes: str | None, value: str) -> None:
    found = read_fraction(below, above, wholes)
    assert found is not None
    assert round(found, 4) == Decimal(value)


def test_no_fraction_of_nothing() -> None:
    assert read_fraction("零", "一") is None
    assert read_fraction("三", "几") is None
