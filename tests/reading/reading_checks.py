"""What the tests of reading share: invented prose, and the check that no character is lost."""

from __future__ import annotations

import random

from pipeline.reading import read
from pipeline.records import Reading

PROSE = "云泽市坚持把发展经济的着力点放在实体经济上，推进产业基础高级化，建设现代化产业体系。"


WHO = (
    "云泽市",
    "青岭县",
    "白沙区",
    "各级政府",
    "市直部门",
    "沿江乡镇",
    "重点园区",
    "骨干企业",
    "科研院所",
    "高等学校",
    "基层组织",
    "社会力量",
)
DOES = (
    "加快建设",
    "持续推进",
    "积极发展",
    "着力完善",
    "全面提升",
    "统筹布局",
    "深入实施",
    "稳步扩大",
    "不断优化",
    "有序开展",
)
WHAT = (
    "绿色能源",
    "现代农业",
    "养老服务",
    "数字港航",
    "职业教育",
    "水利工程",
    "城市更新",
    "低空经济",
    "文化场馆",
    "公共交通",
    "海洋牧场",
    "商贸物流",
)
HOW = ("体系", "项目", "工程", "网络", "平台", "能力", "格局", "机制", "行动", "基地")


def story(n_sentences: int, seed: int = 14) -> str:
    """Return invented prose that does not repeat itself."""
    draw = random.Random(seed)  # noqa: S311

    def words(*kinds: tuple[str, ...]) -> str:
        return "".join(map(draw.choice, kinds))

    return "".join(f"{words(WHO, DOES, WHAT, HOW)}，{words(DOES, WHAT, HOW)}。" for _ in range(n_sentences))


def check_cover(reading: Reading) -> None:
    """Each character with ink is in the text or in the furniture, once, and leads back to itself."""
    covered = [0] * len(reading.source)
    for start, source, length in reading.source_map.runs:
        assert reading.text[start : start + length] == reading.source[source : source + length]
        for at in range(source, source + length):
            covered[at] += 1
    for one in reading.furniture:
        for at in range(one.start, one.end):
            covered[at] += 1
    assert all(n == 1 or (n == 0 and c.isspace()) for n, c in zip(covered, reading.source, strict=True))


def reading_of(source: str, name: str = "a.txt") -> Reading:
    """Read a text and check that no character is lost."""
    reading = read(source.encode(), name)
    assert reading.source == source
    check_cover(reading)
    return reading


def left_out(reading: Reading, reason: str) -> list[str]:
    """Return the furniture of one reason, as printed."""
    return [reading.source[one.start : one.end] for one in reading.furniture if one.reason == reason]


def wrapped(paragraph: str, width: int, indent: str = "") -> list[str]:
    """Cut a paragraph into lines of so many characters."""
    text = indent + paragraph
    return [text[at : at + width] for at in range(0, len(text), width)]
