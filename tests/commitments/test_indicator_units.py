"""Figures that cannot be of an indicator, by their unit."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.commitments.indicator_units import unit_fits
from pipeline.commitments.indicators import codebook, indicator_id_of

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("wanted", "measure", "unit", "fits"),
    [
        ("m", "count", "公里", True),
        ("m", "count", "条", False),
        ("CNY", "level", "美元", True),
        ("CNY", "level", "家", False),
        ("CNY", "increase", "个百分点", False),
        ("CNY", "increase", "%", True),
        ("count", "level", "元", False),
        ("count", "count", "所", True),
        ("count", "count", "平方米", True),
        ("persons", "count", "户", True),
        ("persons", "count", "条", False),
        ("kg", "level", "头", True),
        ("%", "share", "元", True),
        ("%", "level", None, True),
        ("ratio", "level", "家", True),
    ],
)
def test_units_tell_indicators_apart(wanted: str, measure: str, unit: str | None, fits: bool) -> None:
    assert unit_fits(wanted, measure, unit) is fits


@pytest.mark.parametrize(
    ("name", "measure", "unit", "wanted"),
    [
        ("高速公路", "level", "公里", "motorway_km"),
        ("高速公路", "count", "条", None),
        ("小学", "count", "所", "schools"),
        ("小学", "level", "元", None),
        ("机场货邮吞吐量", "level", "吨", "airport_cargo"),
        ("港口吞吐量", "level", "吨", "port_throughput"),
        ("贫困县", "count", "个", None),
        ("工业对GDP增长的贡献度", "growth_rate", "%", None),
    ],
)
def test_the_unit_decides_between_names(name: str, measure: str, unit: str, wanted: str | None) -> None:
    assert indicator_id_of(name, measure, unit) == wanted


def test_the_page_of_indicators_is_what_the_command_prints() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", "codebook", "indicators", "--format", "markdown"],
        capture_output=True, text=True, check=True, cwd=ROOT,
    )  # fmt: skip
    assert (ROOT / "docs/indicators.md").read_text("utf-8") == done.stdout
    assert all(f"| `{one}` |" in done.stdout for one in codebook())
