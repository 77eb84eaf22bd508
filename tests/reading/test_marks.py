"""Markdown: front matter, marks, tables, footnotes, headings; continuation marks; texts are invented."""

from __future__ import annotations

import pytest

from pipeline.reading import guess_metadata, read
from pipeline.reading.front_matter import read_front_matter
from pipeline.reading.hints import Extraction
from pipeline.reading.marks import find_marks

PROSE = "云泽市坚持把发展经济的着力点放在实体经济上，推进产业基础高级化，建设现代化产业体系。"


def text_of(source: str) -> str:
    return read(source.encode(), "a.md").text


def reasons(source: str) -> list[tuple[str, str]]:
    return [(source[one.start : one.end], one.reason) for one in read(source.encode(), "a.md").furniture]


def hints(source: str) -> list[tuple[str, str, int]]:
    reading = read(source.encode(), "a.md")
    return [(one.kind, reading.text[one.start : one.end], one.level) for one in reading.hints]


def test_marks_are_furniture_and_rows_stay_lines() -> None:
    head = "---\ntitle: 计划\n---\n\n# 一、目标\n\n**坚持**稳中求进。[^1]\n\n![图](a.png)\n\n"
    source = f"{head}| 指标 | 2025年 |\n| :--- | ---: |\n| 粮食 | 80亿斤 |\n"
    assert text_of(source) == "一、目标\n坚持稳中求进。\n| 指标 | 2025年 |\n| 粮食 | 80亿斤 |"
    assert reasons(source) == [
        ("---", "front_matter"),
        ("title: 计划", "front_matter"),
        ("---", "front_matter"),
        ("#", "markup"),
        ("**", "markup"),
        ("**", "markup"),
        ("[^1]", "footnote_mark"),
        ("![图](a.png)", "markup"),
        ("| :--- | ---: |", "markup"),
    ]


def test_headings_and_bold_runs_are_hints() -> None:
    source = (
        f"# 规划纲要 #\n\n## **一、目标**\n\n总体要求\n===\n\n**（一）产业**\n\n**确保**粮食安全。\n\n> **{PROSE}**\n"
    )
    assert text_of(source) == f"规划纲要\n一、目标\n总体要求\n（一）产业\n确保粮食安全。\n{PROSE}"
    assert hints(source) == [
        ("heading", "规划纲要", 1),
        ("heading", "一、目标", 2),
        ("heading", "总体要求", 1),
        ("heading", "（一）产业", 0),
        ("bold", "确保", 0),
        ("bold", PROSE, 0),
    ]


def test_nested_quotes_links_and_escapes() -> None:
    source = f"# 一\n\n# 二\n\n> > {PROSE}\n\n> - 见[附件](http://example.cn/a)。\n\n\\*不是重点\\*\n"
    assert text_of(source) == f"一\n二\n{PROSE}\n见附件。\n*不是重点*"


def test_footnotes_keep_their_text_and_lose_their_marks() -> None:
    source = f"# 一\n\n# 二\n\n推进“双百”工程[^12]，{PROSE}\n\n[^12]: “双百”工程：改造百个小区和百条街巷。\n"
    assert text_of(source) == f"一\n二\n推进“双百”工程，{PROSE}\n“双百”工程：改造百个小区和百条街巷。"


def test_a_rule_at_the_head_of_a_text_is_no_front_matter() -> None:
    assert text_of(f"---\n\n{PROSE}\n\n---\n\n{PROSE}\n") == f"{PROSE}\n{PROSE}"


def test_text_of_another_format_holds_no_markdown() -> None:
    source = f"# 一\n# 二\n**{PROSE}**"
    for form in ("html", "pdf", "docx"):
        found = Extraction(source, form, format=form)
        assert find_marks(found, "a.md").furniture == []
        assert find_marks(found, "a.md").hints == ()


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("title: 云泽市规划纲要", {"title": "云泽市规划纲要"}),
        ("title: '云泽市：规划'\ndate: 2021-03-04", {"title": "云泽市：规划", "published": "2021-03-04"}),
        ("标题: 规划\n发布日期: 2021年3月4日\n地区: 云泽市", {"title": "规划", "published": "2021年3月4日", "place": "云泽市"}),
        ("source: https://example.cn/a", {"url": "https://example.cn/a"}),
        ("source: 云泽日报\nurl:\n  - https://example.cn/b\n  - x", {"url": "https://example.cn/b"}),
        ("source: 云泽日报", {}),
        ("title: 规划: 草案\nyear: 2021", {"title": "规划: 草案", "year": "2021"}),
        ("title: [规划\ncity: 云泽市", {"title": "[规划", "place": "云泽市"}),
        ("a: &a [x]\nb: *a\ntitle: {x: y}", {}),
        ("title:", {}),
        ("title: " + "[" * 5000, {"title": "[" * 5000}),
    ],
)  # fmt: skip
def test_front_matter(body: str, found: dict[str, str]) -> None:
    assert read_front_matter(f"---\n{body}\n---\n\n{PROSE}") == found
    assert text_of(f"---\n{body}\n----\n\n{PROSE}") == PROSE


def test_no_front_matter() -> None:
    assert read_front_matter(f"title: 规划\n---\n{PROSE}") == {}
    assert read_front_matter("---\ntitle: 规划\n") == {}


def test_front_matter_wins_over_guesses() -> None:
    head = "---\ntitle: 政府工作报告\nplace: 山东\ndate: 2021-02-03\nyear: 2021\nsource: https://example.cn/2019-01-01\n---\n"
    found = guess_metadata("city/云泽市/2016.md", f"{head}\n2018年1月2日在某某市会议上\n\n各位代表：{PROSE}")
    assert (found["title"], found["place"], found["adcode"]) == ("政府工作报告", "山东省", "370000")
    assert (found["published"], found["period_start"]) == ("2021-02-03", 2021)
    assert found["source_url"] == "https://example.cn/2019-01-01"
