"""Units: their codebook, their composition."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.commitments.units import in_base_units, ucum_of, unit_id_of, unit_names, unit_of, unit_pattern


@pytest.mark.parametrize(
    ("unit", "unit_id", "ucum", "base"),
    [
        ("斤", "kg", "kg", 0.5), ("公里", "m", "m", 1000.0), ("万", None, None, None), ("家", None, None, None), ("元", "CNY", None, 1.0),
        ("欧元", "EUR", None, 1.0), ("港元", "HKD", None, 1.0), ("吨标准煤", "tce", None, 1.0), ("千瓦时", "kWh", "kW.h", 1.0), ("吉瓦", "kW", "kW", 1e6),
        ("个百分点", "percentage_points", "%", 1.0), ("标箱", "TEU", "{TEU}", 1.0), ("元/吨", "CNY/kg", None, 0.001), ("人/平方公里", "persons/m2", "{person}/m2", 1e-6),
        ("件/万人", "count/persons", "1/{person}", 0.0001), ("立方米/日", "m3_per_day", "m3/d", 1.0), ("千瓦时/平方米", "kWh/m2", "kW.h/m2", 1.0),
        ("元／平方米", "CNY/m2", None, 1.0), ("家/窝", None, None, None), (None, None, None, None),
    ],
)  # fmt: skip
def test_units(unit: str | None, unit_id: str | None, ucum: str | None, base: float | None) -> None:
    assert (unit_id_of(unit), ucum_of(unit), in_base_units(unit, 1.0)) == (unit_id, ucum, base)


def test_no_value_has_no_base() -> None:
    assert in_base_units("斤", None) is None


@given(st.floats(0, 1e12), st.sampled_from(["斤", "公里", "元/亩", "%", "个月"]))
def test_base_units_are_proportional(value: float, unit: str) -> None:
    found = unit_of(unit)
    assert found is not None
    assert in_base_units(unit, value) == pytest.approx(value * float(found.factor), rel=1e-9, abs=1e-9)


def test_everyday_units_are_no_units_of_plans() -> None:
    assert {"两", "角", "m"} <= set(unit_names(everyday=True)) - set(unit_names())


@pytest.mark.parametrize("word", ["市民", "群众", "项目", "部门", "年代", "大于"])
def test_heads_of_words_are_no_units(word: str) -> None:
    found = re.match(unit_pattern(), word)
    assert found is None
