"""Reading order: broken and displaced paragraphs, articles, order files; texts are invented."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.reading import ReadingError, read
from pipeline.records import Reading

SHARED = Path(__file__).parents[2].parent / "shared" / "corpus" / "plans"
PROSE = "云泽市坚持把发展经济的着力点放在实体经济上，推进产业基础高级化，建设现代化产业体系。"
MARK = "（上接第1版）"
PLAN = [
    "7. 壮大县域经济。支持各县做强主导产业，建设特色园区，力争通⟂过五年努力，培育一批经济强县。",
    "8. 提升城市品质。实施城市更新行动，完善市政管网，建设公园绿地。",
    "9. 发展绿色能源。推进风电光伏项目，健全储能设施，提高清洁能源比⟂重和利用水平。鼓励企业节能改造。",
    "10. 繁荣文化事业。建设图书馆和文化馆，丰富群众文化生活。",
]
SPEECH = [
    "（二）关于先进制造业。建议稿提出，制造业是立市之本，必须聚焦高⟂端，集中资源打造两大核心产业。",
    "（三）关于对外开放。建议稿要求主动融入新格局。两大园区新增项目10个⟂以上，新增产值300亿元。",
    "（四）关于民生改善。建议稿安排了就业、教育和医疗的具体举措。",
]


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


def page(*pieces: str, order: str = "") -> Reading:
    reading = read("\n\n".join(pieces).encode(), "a.txt", order=order.encode())
    check_cover(reading)
    return reading


def articles(reading: Reading) -> dict[str, str]:
    return {one.name: reading.text[one.start : one.end] for one in reading.articles}


def whole(paragraphs: list[str]) -> str:
    return "\n".join(paragraphs).replace("⟂", "")


def pieces(paragraphs: list[str]) -> list[str]:
    return "\n\n".join(paragraphs).split("⟂")


def applied(reading: Reading) -> list[str]:
    return [one.quote for one in reading.repairs if one.applied]


@pytest.mark.parametrize(("after", "piece"), [(0, 1), (1, 1), (0, 2), (1, 2)])
def test_a_displaced_piece_goes_back_into_its_article(after: int, piece: int) -> None:
    plan, speech = pieces(PLAN), pieces(SPEECH)
    reading = page(
        MARK, *plan[: after + 1], speech[piece], *plan[after + 1 :], MARK, *speech[:piece], *speech[piece + 1 :]
    )
    assert articles(reading) == {"proposal": whole(PLAN), "explanation": whole(SPEECH)}
    assert reading.warnings == ("The page holds 2 articles; their pieces were put back into reading order.",)


def test_swapped_columns_without_any_mark_go_back() -> None:
    first, second, third = pieces(PLAN)
    reading = page(first, third, second)
    assert articles(reading) == {"main": whole(PLAN)}
    assert reading.warnings == ("Pieces of the page were put back into reading order.",)


def test_the_repair_says_what_was_joined_where_and_how_surely() -> None:
    first, second, third = pieces(PLAN)
    reading = page(first, third, second)
    one = next(one for one in reading.repairs if "力争通|" in one.quote)
    source = reading.source
    assert (one.kind, one.applied, one.source, one.quote) == ("join", True, "model", "，力争通|过五年努")
    assert source[one.left - 3 : one.left] + source[one.right : one.right + 3] == "力争通过五年"
    assert one.runner_up is not None
    assert source[one.runner_up : one.runner_up + 2] == "重和"
    assert one.margin is not None
    assert one.margin > 5
    assert [two.left for two in reading.repairs] == sorted(two.left for two in reading.repairs)


def test_a_paragraph_glued_from_two_articles_is_split() -> None:
    plan, speech = pieces(PLAN), pieces(SPEECH)
    displaced = speech[2].removesuffix("举措。")
    glued = "举措" + plan[2]
    reading = page(MARK, *plan[:2], displaced + "举", glued[1:], MARK, *speech[:2])
    assert articles(reading)["proposal"] == whole(PLAN)
    assert articles(reading)["explanation"] == whole(SPEECH).removesuffix("。")
    assert [one.quote for one in reading.repairs if one.kind == "split"] == ["措|重和利用"]
    assert reading.warnings[1].startswith("Article explanation breaks off in the middle of a sentence: …")


def test_a_piece_that_begins_with_a_figure_is_not_glued_to_the_one_printed_before_it() -> None:
    one = "办好教育事业。扩大优质学位供给，新建中心城区⟂15所学校，秋季全部投入使用。教师队伍不断壮大。".split("⟂")
    two = "推进对外开放。依托口岸优势，建设国际贸易“单一窗⟂口”，实现通关一体化。外贸企业持续增加。".split("⟂")
    assert page(two[0], one[0], two[1], one[1]).text.replace("\n", "") in ("".join(two + one), "".join(one + two))


def test_pieces_go_back_where_nothing_but_what_looks_like_headings_breaks_off() -> None:
    lines = [
        "要加快发展村⟂镇银行，不断发展壮大小额贷款公司。",
        PROSE,
        "要进一步完善⟂城乡社会保障体系。全面开展居民医疗保险。",
    ]
    first, second, third = pieces(lines)
    assert page(second, PROSE, first, third).text != whole(lines)
    assert page(first, third, second).text == whole(lines)
    assert page(first, third, second, order="keep: true").repairs == ()


def test_a_displaced_piece_of_one_sentence_is_joined_where_its_paragraph_breaks_off() -> None:
    lines = [
        *PLAN[:2],
        "11. 科技进步。到2030年，⟂研究与开发经费占地区生产总值比重达到3%；高新技术产业不断壮大。",
        PLAN[2],
    ]
    one, two, three, four = pieces(lines)
    assert page(one, three, two, four).text == whole(lines)


def test_a_heading_glued_to_the_end_of_a_paragraph_takes_nothing_in() -> None:
    lines = [PROSE + "2.五稳五保", "五稳：稳就业、稳投资、稳金融、稳外贸、稳市场；", PROSE]
    assert page(*lines).text == "\n".join(lines)


def test_a_half_width_full_stop_ends_a_sentence() -> None:
    lines = ["财政收入稳步增加。全市税收年均增长2.9%.", "民族宗教、残疾人、外事工作取得新成绩。" + PROSE] * 3
    reading = page(*lines)
    assert (reading.text, reading.repairs) == ("\n".join(lines), ())


def test_names_of_authors_are_no_broken_sentence() -> None:
    lines = [
        "云泽市市长 戴超",
        "2月21日，云泽市第五届人民代表大会第一次会议开幕。" + PROSE,
        PROSE + "并加快",
        "建设园区。",
        PROSE,
    ]
    assert page(*lines).text.startswith(lines[0] + "\n" + lines[1])


def test_a_page_turn_within_one_article_keeps_its_order() -> None:
    reading = page(PROSE, f"{PROSE}并加快", "（下转第2版）", MARK, f"建设园区。{PROSE}", "1. 目标。" + PROSE)
    assert [one.name for one in reading.articles] == ["main"]
    assert "加快建设园区" in reading.text
    assert applied(reading) == ["。并加快|建设园区"]


def test_a_sentence_broken_before_its_first_stop_is_rejoined() -> None:
    assert page("各县要加快培育一批带动能力强的龙头企", "业，推进农产品精深加工。", PROSE).text == (
        "各县要加快培育一批带动能力强的龙头企业，推进农产品精深加工。\n" + PROSE
    )


@pytest.mark.parametrize(
    "heading",
    [
        "加快建设现代化产业体系",
        "（一）聚焦改革深化攻坚，着力打造最优营商环境",
        "第三章 重大项目强力推进",
        "云泽市第十届人民代表大会",
    ],
)
def test_a_heading_is_no_broken_sentence(heading: str) -> None:
    lines = [PROSE, heading, "城市环境进一步改善。集中整治背街小巷，新建公园12个。"]
    reading = page(*lines)
    assert (reading.text, reading.repairs) == ("\n".join(lines), ())


@pytest.mark.parametrize("broken", ["会议听取了甲", "大家一致认为形势", "城市面貌"])
def test_what_is_recorded_as_joined_reads_on_and_nothing_else(broken: str) -> None:
    reading = page(f"{PROSE}{broken}", "乙丙丁戊己庚辛的说明。", PROSE, "1. 目标。" + PROSE)
    assert reading.repairs
    for one in reading.repairs:
        assert (one.quote.replace("|", "") in reading.text) == one.applied


PARTS = [PROSE, "1. 目标。" + PROSE, "（二）关于开放。", "第一章 总则", "各位代表：", "合计 | 3"]


@given(st.lists(st.sampled_from(PARTS), min_size=1, max_size=9))
def test_a_page_of_whole_paragraphs_is_unchanged(lines: list[str]) -> None:
    reading = page(*lines)
    assert (reading.text, reading.repairs, len(reading.articles)) == ("\n".join(lines), (), 1)


PIECES = [MARK, *pieces(PLAN), *pieces(SPEECH), PROSE[:-5], PROSE[5:], "、", "业", "第一章 总则", "力争通"]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=9))
def test_no_character_is_lost_or_doubled(lines: list[str]) -> None:
    try:
        reading = page(*lines)
    except ReadingError:
        return
    for one in reading.repairs:
        assert one.kind in {"join", "split"}
        assert "|" in one.quote
    assert len({(one.left, one.right) for one in reading.repairs}) == len(reading.repairs)


JOIN = 'joins: [{{after: "{}", goes_on: "{}"}}]'


def test_an_order_file_reverses_a_choice_of_the_model() -> None:
    first, second, third = pieces(PLAN)
    assert "力争通过五年" in page(first, third, second).text
    order = JOIN.format("力争通", "重和利用水平")
    reading = page(first, third, second, order=order)
    assert "力争通重和利用水平" in reading.text
    assert [one.source for one in reading.repairs if "力争通|" in one.quote] == ["override"]


def test_an_order_file_splits_a_paragraph() -> None:
    reading = page(PROSE + "重点行", f"业聚焦高{PROSE}", order=JOIN.format("重点行", "聚焦高"))
    assert "重点行聚焦高" in reading.text
    assert ("split", "override") in {(one.kind, one.source) for one in reading.repairs}


def test_an_order_file_leaves_an_ending() -> None:
    lines = [f"{PROSE}力争通", "过五年努力，建成园区。", PROSE]
    assert page(*lines).text != "\n".join(lines)
    assert page(*lines, order='leave: ["力争通"]').text == "\n".join(lines)


def test_an_order_file_keeps_the_whole_document() -> None:
    first, second, third = pieces(PLAN)
    reading = page(first, third, second, order="keep: true")
    assert (reading.text, reading.repairs) == ("\n".join([first, third, second]).replace("\n\n", "\n"), ())


@pytest.mark.parametrize(
    ("order", "message"),
    [
        ("joins: [", "line 1 is no YAML; write it like"),
        ("just words", "holds no keys; write it like"),
        ("swap: []", "key 'swap' is unknown; use joins, leave, keep"),
        ("joins: {after: 力争通}", "joins must be a list of pairs of quotes"),
        ("joins: [{after: 力争通}]", "joins must be a list of pairs of quotes"),
        ('joins: [{after: "", goes_on: 过五年}]', "joins must be a list of pairs of quotes"),
        ("leave: 力争通", "leave must be a list of quotes"),
        ("keep: 3", "keep must be true or false"),
        ("keep: true\nleave: [力争通]", "keep: true leaves no room"),
        (JOIN.format("没有的话", "过五年"), "'没有的话' is in no paragraph of the document; copy the quote"),
        (JOIN.format("建设", "过五年"), "'建设' is in the document more than once; make the quote longer"),
        (
            "joins: [{after: 力争通, goes_on: 过五年}, {after: 力争通, goes_on: 培育一批}]",
            "stands in two joins; take one",
        ),
        (JOIN.format("力争通", "过五年") + "\nleave: [力争通]", "stands under joins and leave; take one"),
        (JOIN.format("培育一批", "过五年"), "would go on with itself; correct the joins"),
    ],
)
def test_an_order_file_at_fault_names_the_mend(order: str, message: str) -> None:
    with pytest.raises(ReadingError, match="the order file .* is at fault: .*") as caught:
        page(*pieces(PLAN), order=order)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_an_order_file_that_is_not_utf8() -> None:
    with pytest.raises(ReadingError, match="not UTF-8; save it as UTF-8"):
        read(PROSE.encode(), "a.txt", order='leave: ["力争通"]'.encode("gb18030"))


@pytest.mark.skipif(not SHARED.exists(), reason="needs the shared corpus")
def test_real_plans_are_one_article_but_for_the_interleaved_page() -> None:
    names = {
        path.name: [one.name for one in read(path.read_bytes(), path.name).articles] for path in SHARED.glob("*.txt")
    }
    assert names.pop("heze-14th-proposal.txt") == ["proposal", "explanation"]
    assert set(map(tuple, names.values())) == {("main",)}


@pytest.mark.skipif(not SHARED.exists(), reason="needs the shared corpus")
def test_the_interleaved_page_reads_on() -> None:
    reading = read((SHARED / "heze-14th-proposal.txt").read_bytes(), "a.txt")
    for joint in (
        "实现市、建成区垃圾",
        "力争通过五年",
        "竞争新优势的",
        "聚焦高端",
        "可以预见",
        "项目10个以上",
        "重点行业",
    ):
        assert joint in reading.text
    heads = [line.split(".")[0] for line in reading.text.split("\n") if line[:1].isdigit()]
    assert heads == [str(n) for n in range(9, 51)]
    openings = [line[:3] for line in reading.text.split("\n") if line.startswith("（")]
    assert openings == ["（二）", "（三）", "（四）", "（五）"]
    assert reading.text.endswith("重点行业")
    assert reading.warnings[1].endswith("…点产业、重点行业")
    assert [one.quote for one in reading.repairs if one.kind == "split"] == ["业|建成区垃"]


@pytest.mark.parametrize(
    ("left", "right", "is_one"),
    [
        ("加快", "发展沿湖村镇教育事业。整合校舍资源。", True),
        ("在云泽设立研发机构，在数", "字、计算等领域深化合作。建设实验室。", True),
        ("完善金融服务实", "体经济政策，不断增强金融服务能力。", True),
        ("专科医院", "建设云泽肿瘤医学中心（东区）。", False),
        ("人工智能", "重点突破算力芯片适配。", False),
    ],
)
def test_a_short_line_reads_on_where_it_never_ends_so(left: str, right: str, is_one: bool) -> None:
    read_page = page("前文说明基本情况，经济平稳运行。", left, right, "后文说明保障措施，落实责任分工。")
    assert (left + right in read_page.text) == is_one
