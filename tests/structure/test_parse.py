"""Sections, sentences and clauses of invented texts."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.records import Article
from pipeline.structure import parse

PLAN = """云泽市国民经济和社会发展规划纲要
第一章 总体要求
第一节 指导思想
坚持稳中求进，推动高质量发展。
第二节 主要目标
一、经济目标
到2025年，生产总值年均增长6%；城镇化率达到60%。
（一）农业
11. 大力发展现代农业。巩固粮食产能，建设高标准农田，让农民增收。
第二章 保障措施
加强党的领导。"""


def clauses(text: str) -> list[str]:
    return [text[one.start : one.end] for one in parse(text, ()).clauses]


def test_levels_follow_the_document() -> None:
    structure = parse(PLAN, ())
    told = [(one.level, one.enumerator, one.path) for one in structure.sections if one.enumerator]
    assert told == [
        (1, "第一章", "第一章"),
        (2, "第一节", "第一章/第一节"),
        (2, "第二节", "第一章/第二节"),
        (3, "一、", "第一章/第二节/一"),
        (4, "（一）", "第一章/第二节/一/一"),
        (5, "11.", "第一章/第二节/一/一/11"),
        (1, "第二章", "第二章"),
    ]


def test_run_in_title_is_a_heading_and_the_rest_its_text() -> None:
    structure = parse(PLAN, ())
    item = next(one for one in structure.sections if one.enumerator == "11.")
    assert PLAN[item.start : item.heading_end] == "11. 大力发展现代农业。"
    inside = [PLAN[one.start : one.end] for one in structure.clauses if item.heading_end <= one.start < item.end]
    assert inside == ["巩固粮食产能，", "建设高标准农田，", "让农民增收。"]


def test_sentences_end_at_full_stops_and_semicolons() -> None:
    text = "加快发展；深化改革！“坚持开放。”扩大合作"
    assert [text[one.start : one.end] for one in parse(text, ()).sentences] == [
        "加快发展；",
        "深化改革！",
        "“坚持开放。”",
        "扩大合作",
    ]


def test_openers_and_tails_join_their_clause() -> None:
    assert clauses("到2025年，建成现代化港口，发展临港产业。") == ["到2025年，建成现代化港口，", "发展临港产业。"]
    assert clauses("围绕海洋装备，打造产业集群。") == ["围绕海洋装备，打造产业集群。"]


def test_commas_inside_brackets_and_quotes_do_not_split() -> None:
    assert clauses("推进“揭榜，挂帅”改革（含试点，示范）工作。") == ["推进“揭榜，挂帅”改革（含试点，示范）工作。"]


def test_without_joining_every_comma_ends_a_clause() -> None:
    text = "到2025年，建成港口。"
    assert [text[one.start : one.end] for one in parse(text, (), join=False).clauses] == ["到2025年，", "建成港口。"]


def test_rows_of_a_table_are_clauses() -> None:
    text = "表1 主要指标\n指标 | 单位 | 2025年\n城镇化率 | % | 60\n粮食产量 | 万吨 | 90"
    structure = parse(text, ())
    assert [one.kind for one in structure.sections] == ["caption", "table_header"]
    rows = [text[one.start : one.end] for one in structure.clauses if one.kind == "table_row"]
    assert rows == ["城镇化率 | % | 60", "粮食产量 | 万吨 | 90"]


def test_articles_keep_their_names() -> None:
    text = "一、甲\n发展工业。\n一、乙\n发展农业。"
    structure = parse(text, [Article("proposal", 0, 9), Article("explanation", 10, len(text))])
    assert [one.article for one in structure.sections] == ["proposal", "explanation"]


signs = st.sampled_from("一二三、，。；：（）“”第章节条第12.%年\n 发展建设到以推进|—表专栏")


@given(st.text(signs, max_size=120))
def test_every_sign_is_in_one_sentence_or_heading(text: str) -> None:
    structure = parse(text, ())
    covered = [0] * len(text)
    spans = [(one.start, one.end) for one in structure.sentences]
    spans += [(one.start, one.heading_end) for one in structure.sections]
    for start, end in spans:
        for at in range(start, end):
            covered[at] += 1
    assert all(n == 1 or (n == 0 and sign.isspace()) for n, sign in zip(covered, text, strict=True))


@given(st.text(signs, max_size=120))
def test_clauses_cover_their_sentence_and_sections_nest(text: str) -> None:
    structure = parse(text, ())
    for number, sentence in enumerate(structure.sentences):
        inside = [one for one in structure.clauses if one.sentence == number]
        assert [one.start for one in inside] == [sentence.start, *(one.end for one in inside[:-1])]
        assert inside[-1].end == sentence.end
    for one in structure.sections:
        assert one.start < one.heading_end <= one.end
        if one.parent is not None:
            parent = structure.sections[one.parent]
            assert parent.start < one.start and one.end <= parent.end and parent.level < one.level


def test_a_text_of_nothing_but_a_table_has_no_paragraphs() -> None:
    assert [one.kind for one in parse("指标 | 2025年\n粮食，谷物。 | 80", ()).clauses] == ["table_row"]
