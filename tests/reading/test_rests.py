"""What tells the rest of a broken paragraph from a beginning; texts are invented."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.reading.rests import SIZE, rest_bits, rest_buckets


@pytest.mark.parametrize(
    ("rest", "beginning"),
    [
        ("势的必由之路。坚持把创新摆在首位", "坚持把创新摆在首位，建设创新型城市"),
        ("以上，新增产值300亿元。", "扎实推进园区建设，新增产值300亿元。"),
        ("等重点项目建设，完善配套设施。", "加快重点项目建设，完善配套设施。"),
    ],
)
def test_a_rest_is_told_from_a_beginning(rest: str, beginning: str) -> None:
    bits = rest_bits([rest, beginning])
    assert bits[0] > 3 > bits[1]


def test_only_the_first_characters_count() -> None:
    one, two = rest_bits(["加快建设现代化产业体系和实体经济", "加快建设现代化产业体系和文化强市"])
    assert one == two


@given(st.lists(st.text(min_size=1, max_size=30), max_size=5))
def test_each_text_is_judged_by_itself(texts: list[str]) -> None:
    bits = rest_bits(texts)
    assert bits.shape == (len(texts),)
    assert all(one == rest_bits([text])[0] for one, text in zip(bits, texts, strict=True))
    buckets = rest_buckets(texts)
    assert np.all((buckets >= 0) & (buckets < SIZE))
