"""Zones that are known are not found again, and change nothing."""

from __future__ import annotations

from pipeline.commitments import DocumentFacts, absent_targets, read_quantities
from pipeline.commitments.zones import zones
from pipeline.structure import parse

FACTS = DocumentFacts("work_report", None, None, 2026)
TEXT = (
    "一、2025年工作回顾\n新建学校12所，粮食产量达到35亿斤。\n二、2026年工作安排\n"
    "主要预期目标是：地区生产总值增长6%，居民收入与经济增长同步，新增就业2万人。\n"
)


def test_given_zones_change_nothing() -> None:
    structure = parse(TEXT, ())
    states = zones(TEXT, structure, FACTS)
    found = read_quantities(TEXT, structure, FACTS)
    assert read_quantities(TEXT, structure, FACTS, (), states) == found
    wanted = list(absent_targets(TEXT, structure, FACTS, found))
    assert list(absent_targets(TEXT, structure, FACTS, found, states)) == wanted
    assert {one.status for one in found} == {"achieved", "commitment"}
