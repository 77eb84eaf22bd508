"""The network that points at what a quantity measures."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.commitments import DocumentFacts, read_quantities
from pipeline.commitments.indicator_net import BEFORE, LONGEST, QUOTE, WIDTH, decode, indicator_spans, windows
from pipeline.structure import parse

FACTS = DocumentFacts("work_report", None, None, 2026)


def named(text: str) -> list[tuple[str, str | None]]:
    return [(text[one.start : one.end], one.indicator) for one in read_quantities(text, parse(text, ()), FACTS)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("地区生产总值增长6%以上。", [("6%以上", "地区生产总值")]),
        ("今年新建改建农村公路300公里。", [("300公里", "农村公路")]),
        ("培育高新技术企业20家。", [("20家", "高新技术企业")]),
        ("城镇登记失业率控制在4%以内。", [("4%以内", "城镇登记失业率")]),
        ("固定资产投资完成500亿元，同比增长12%。", [("500亿元", "固定资产投资"), ("12%", "固定资产投资")]),
        ("粮食产量稳定在30亿斤以上。", [("30亿斤以上", "粮食产量")]),
    ],
)
def test_what_is_measured_is_named_where_the_text_names_it(text: str, wanted: list[tuple[str, str]]) -> None:
    assert named(text) == wanted


def test_a_window_shows_the_text_around_with_every_digit_as_nought() -> None:
    text = "粮食产量达到35亿斤以上。"
    seen = "".join(map(chr, windows(text, np.array([[6, 12]]))[0]))
    assert seen.strip("\0").replace("\0", "") == "粮食产量达到00亿斤以上。"
    assert seen[BEFORE - 6 : BEFORE] == "粮食产量达到"
    assert seen[BEFORE + QUOTE] == "。"


def test_no_quantity_needs_no_network() -> None:
    assert indicator_spans("", np.zeros((0, 2), np.int64)) == []


@given(st.integers(0, 2**32 - 1))
def test_what_is_pointed_at_is_short_and_on_one_side(seed: int) -> None:
    rng = np.random.default_rng(seed)
    starts, ends = rng.normal(0, 3, (2, 4, WIDTH + 1)).astype(np.float32)
    for first, last in decode(starts, ends).tolist():
        assert (first, last) == (-1, -1) or 0 <= first <= last < WIDTH
        assert last - first < LONGEST
        assert (first < BEFORE) == (last < BEFORE)


@given(st.integers(0, 2**32 - 1))
def test_the_best_pair_is_pointed_at_where_it_beats_none(seed: int) -> None:
    starts, ends = np.random.default_rng(seed).normal(0, 3, (2, 1, WIDTH + 1)).astype(np.float32)
    pairs = {
        (first, last): starts[0, first] + ends[0, last]
        for first in range(WIDTH)
        for last in range(first, min(WIDTH, first + LONGEST))
        if (first < BEFORE) == (last < BEFORE)
    }
    best = max(pairs, key=lambda one: pairs[one])
    named = pairs[best] >= starts[0, WIDTH] + ends[0, WIDTH]
    assert decode(starts, ends).tolist() == [list(best) if named else [-1, -1]]


def test_a_span_does_not_depend_on_the_other_quantities() -> None:
    text = "地区生产总值增长6%，新建公路300公里，" * 30
    spans = np.array([one.span() for one in re.finditer("6%|300公里", text)])
    alone = [indicator_spans(text, spans[at : at + 1])[0] for at in range(len(spans))]
    assert indicator_spans(text, spans) == alone
    assert text[slice(*alone[0])] == "地区生产总值"


@given(st.text(min_size=1, max_size=80), st.data())
def test_spans_lie_in_the_text_outside_the_quantity(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    (span,) = indicator_spans(text, np.array([[start, end]]))
    if span is not None:
        assert 0 <= span[0] < span[1] <= len(text)
        assert span[1] <= start or span[0] >= end


def test_a_batch_leaves_nothing_to_the_next() -> None:
    text = "新建公路300公里，" * 40
    spans = np.array([one.span() for one in re.finditer("300公里", text)])
    alone = [indicator_spans(text, spans[at : at + 1])[0] for at in range(len(spans))]
    # The first and the last see the edges of the text; in this order they share a batch with others.
    order = np.random.default_rng(0).permutation(len(spans))
    assert indicator_spans(text, spans[order]) == [alone[at] for at in order]
