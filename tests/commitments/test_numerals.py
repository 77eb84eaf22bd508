"""Numbers as printed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.commitments.numerals import read_chinese, read_number, write_chinese
from pipeline.commitments.units import in_base_units, unit_id_of


@given(st.integers(1, 999_999_999_999))
def test_chinese_numerals_are_read_as_written(value: int) -> None:
    assert read_chinese(write_chinese(value)) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [("一百四十亿", 14e9), ("两万五千", 25_000), ("3000亿", 3e11), ("５万", 50_000), ("1,234.5", 1234.5), ("万亿", 1e12),
     ("十二", 12), ("二〇三五", 2035), ("百", 100), ("两", 2), ("几个", None), ("", None)],
)  # fmt: skip
def test_numbers(text: str, value: float | None) -> None:
    assert read_number(text) == value


def test_base_units() -> None:
    assert in_base_units("斤", 2.0) == 1.0
    assert in_base_units("公里", 3.0) == 3000.0
    assert (unit_id_of("元"), unit_id_of("家"), unit_id_of(None)) == ("CNY", None, None)
