"""The analysis reading: same length, forms that mean the same are one."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.folding import fold, fold_all, fold_by_document, script_of
from pipeline.params import Classify, Embed, Extract, Ingest, Segment
from pipeline.stages.classify import classify
from pipeline.stages.embed import embed
from pipeline.stages.extract import extract
from pipeline.stages.ingest import ingest
from pipeline.stages.segment import segment
from pipeline.tables import CORPUS_COLUMNS


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ＧＤＰ增长６．５％，达到１２０亿元。", "GDP增长6.5%，达到120亿元。"),
        ("二○三五年、二Ｏ三五年、二0三五年、二○○○年、三○%", "二〇三五年、二〇三五年、二〇三五年、二〇〇〇年、三〇%"),
        ("建成二O个", "建成二O个"),
        ("「一带」『一路』﹁两翼﹂", "“一带”‘一路’“两翼”"),
        ("⼈⼝达到⻓期⽬标，⾦额", "人口达到长期目标，金额"),
        ("\uf9ca水、\uf900", "流水、豈"),
        ("︵一︶﹙二﹚︻三︼", "（一）（二）【三】"),
        ("——发展、──发展、2021－2025、2021‑2025", "——发展、——发展、2021-2025、2021-2025"),
        ("，。；：（）“”！？～", "，。；：（）“”！？～"),
        ("ｶﾀｶﾅ，①②㈠", "ｶﾀｶﾅ，①②㈠"),
        ("発展計画", "発展計画"),
    ],
)
def test_forms(text: str, folded: str) -> None:
    assert fold(text, "simplified") == folded


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("堅持穩中求進，著力發展實體經濟", "坚持稳中求进，着力发展实体经济"),
        ("顯著提高，圍繞著民生，著名品牌", "显著提高，围绕着民生，著名品牌"),
        ("制定發展計畫，瞭解民情，乾隆年間的乾果", "制定发展计划，了解民情，乾隆年间的干果"),
        ("後年、皇后、頭髮、發展、裡面、鄰里", "后年、皇后、头发、发展、里面、邻里"),
    ],
)
def test_traditional_script(text: str, folded: str) -> None:
    assert script_of(text) == "traditional"
    assert fold(text) == folded


def test_a_simplified_text_keeps_the_traditional_characters_in_it() -> None:
    text = "坚持发展实体经济，保护文物“國寶”，建设乾县博物馆。"
    assert script_of(text) == "simplified"
    assert fold(text) == text


def test_the_script_of_a_long_text_is_told_from_samples() -> None:
    assert script_of("發展經濟。" * 9_000 + "发展") == "traditional"
    assert script_of("发展经济。" * 9_000 + "發展") == "simplified"


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("二○0O「著力計畫發展Ａ６％⼈﹁")), max_size=200))
def test_the_length_stays_and_folding_twice_changes_nothing(text: str) -> None:
    for script in (None, "simplified", "traditional"):
        folded = fold(text, script)
        assert len(folded) == len(text)
        assert fold(folded, "simplified") == folded
    assert [one.isspace() for one in fold(text, "simplified")] == [one.isspace() for one in text]


def test_texts_of_a_document_share_its_script() -> None:
    assert fold_all(["發展經濟", "乾果", ""]) == ["发展经济", "干果", ""]
    assert fold_by_document(["發展經濟", "乾县", "乾果"], ["a", "b", "a"]) == ["发展经济", "乾县", "干果"]


SIMPLIFIED = (
    "云泽市国民经济和社会发展第十四个五年规划纲要\n一、发展目标\n到２０２５年，全市生产总值年均增长６％以上，粮食产量稳定在"
    "一百二十万吨，财政收入达到３００亿元。\n二、推进乡村振兴\n（一）农业。着力建设高标准农田８０万亩，健全农村“三资”管理制度，"
    "围绕着农民增收发展特色种植。\n（二）生态。森林覆盖率提高到４２．５％，治理河流１２条，关闭污染企业。\n三、改善民生\n"
    "城镇新增就业１５万人，建设养老服务中心２０个，完善医疗保障体系，人民政府组织实施本规划。\n"
)
TRADITIONAL = (
    "雲澤市國民經濟和社會發展第十四個五年規劃綱要\n一、發展目標\n到２０２５年，全市生產總值年均增長６％以上，糧食產量穩定在"
    "一百二十萬噸，財政收入達到３００億元。\n二、推進鄉村振興\n（一）農業。著力建設高標準農田８０萬畝，健全農村「三資」管理制度，"
    "圍繞著農民增收發展特色種植。\n（二）生態。森林覆蓋率提高到４２．５％，治理河流１２條，關閉污染企業。\n三、改善民生\n"
    "城鎮新增就業１５萬人，建設養老服務中心２０個，完善醫療保障體系，人民政府組織實施本規劃。\n"
)


def run(text: str) -> dict[str, pd.DataFrame]:
    row = dict.fromkeys(CORPUS_COLUMNS) | {"doc_id": "a", "file": "a.txt", "content": text.encode("utf-8")}
    documents = ingest(pd.DataFrame([row]), Ingest(min_chars=100)).documents
    cut = segment(documents, Segment())
    vectors = embed(cut.clauses, Embed())
    themes = classify(cut.clauses, vectors, Classify())
    read = extract(documents, cut.sections, cut.sentences, cut.clauses, themes, Extract())
    return {"documents": documents, "sections": cut.sections, "clauses": cut.clauses, "themes": themes,
            "quantities": read.quantities, "embeddings": vectors}  # fmt: skip


def test_a_traditional_plan_reads_as_its_simplified_twin() -> None:
    one, other = run(SIMPLIFIED), run(TRADITIONAL)
    assert (one["documents"].script[0], other["documents"].script[0]) == ("simplified", "traditional")
    for table, columns in {
        "documents": ["place", "doc_type", "period_start", "period_end", "level", "n_chars"],
        "sections": ["start", "end", "heading_end", "level", "path", "kind"],
        "clauses": ["start", "end", "kind"],
        "themes": ["theme", "p"],
        "quantities": [
            "start", "end", "value_min", "value_max", "unit", "unit_id", "indicator", "indicator_id", "measure",
            "status", "deadline", "comparator", "force",
        ],
    }.items():  # fmt: skip
        pd.testing.assert_frame_equal(one[table][columns], other[table][columns])
    assert len(one["quantities"]) >= 8
    assert [list(row) for row in one["embeddings"].vector] == [list(row) for row in other["embeddings"].vector]


def test_what_is_shown_is_as_printed() -> None:
    made = run(TRADITIONAL)
    assert made["documents"].title[0] == TRADITIONAL.split("\n")[0]
    assert made["sections"].heading.tolist()[1:3] == ["一、發展目標", "二、推進鄉村振興"]
    assert "「三資」" in "".join(made["clauses"].text)
    assert "３００億元" in made["quantities"]["quote"].tolist()
    enumerated = run(SIMPLIFIED.replace("（一）农业。", "１．农业。").replace("（二）生态。", "２．生态。"))
    assert "１．" in enumerated["sections"].enumerator.tolist()
    assert "二/1" in enumerated["sections"].path.tolist()
