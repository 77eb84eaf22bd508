"""Where the segment before a quantity begins, and where a word last stands in it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.commitments.segments import last_span, segment_start, statement_start

TEXT = "上年完成；今年力争增长6%，\n总量达到"


@pytest.mark.parametrize(
    ("low", "high", "segment", "statement"),
    [(0, len(TEXT), 15, 15), (0, 14, 14, 5), (0, 12, 5, 5), (0, 4, 0, 0), (7, 12, 7, 7), (0, 0, 0, 0)],
)
def test_a_segment_begins_behind_the_last_sign_before_the_quantity(
    low: int, high: int, segment: int, statement: int
) -> None:
    assert (segment_start(TEXT, low, high), statement_start(TEXT, low, high)) == (segment, statement)


@given(st.text("增长，。；：,;:\n", max_size=30), st.data())
def test_no_sign_stands_between_the_start_and_the_quantity(text: str, data: st.DataObject) -> None:
    high = data.draw(st.integers(0, len(text)))
    low = data.draw(st.integers(0, high))
    start = segment_start(text, low, high)
    assert not set(text[start:high]) & set("，。；：,;:\n")
    assert start == low or text[start - 1] in "，。；：,;:\n"


def test_the_last_place_of_a_word_counts_and_only_inside() -> None:
    assert last_span("到2025年，到2030年", 0, 13, re.compile("到")) == (7, 8)
    assert last_span("到2025年，到2030年", 1, 7, re.compile("到")) is None
