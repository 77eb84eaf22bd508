"""The tables of segment, and the way back to a structure."""

import pandas as pd

from pipeline.params import Ingest, Segment
from pipeline.stages.ingest import ingest
from pipeline.stages.segment import articles_of, segment, structure_of
from pipeline.structure import parse
from pipeline.tables import CORPUS_COLUMNS, check_references

TEXT = (
    "云泽市政府工作报告\n一、目标任务\n到2025年，经济增长6%，建设港口。\n二、保障\n加强国民经济规划。"
    + "全市发展计划。" * 40
)


def documents(text: str = TEXT) -> pd.DataFrame:
    row = dict.fromkeys(CORPUS_COLUMNS, "") | {"doc_id": "云泽", "file": "云泽.txt", "content": text.encode()}
    return ingest(pd.DataFrame([row]), Ingest()).documents


def test_tables_hold_the_structure_and_its_source() -> None:
    given = documents()
    made = segment(given, Segment())
    check_references(
        {"documents": given, "sections": made.sections, "sentences": made.sentences, "clauses": made.clauses}
    )
    row = given.iloc[0]
    assert structure_of(made.sections, made.sentences, made.clauses) == parse(row["text"], articles_of(row))
    for clause in made.clauses.to_dict("records"):
        assert "".join(TEXT[low:high] for low, high in clause["source_spans"]) == clause["text"]
    assert made.clauses["context"].iloc[1].endswith("一、目标任务")
    assert made.dropped.empty


def test_ids_are_stable() -> None:
    first, second = (segment(documents(), Segment()).clauses for _ in range(2))
    assert first["clause_id"].is_unique and first.equals(second)


def test_a_text_of_headings_is_dropped() -> None:
    given = documents().assign(
        text="一、甲\n二、乙", source_map=[[[0, 0, 7]]], articles=[[{"name": "main", "start": 0, "end": 7}]]
    )
    made = segment(given, Segment())
    assert made.clauses.empty
    assert made.dropped["reason"].tolist() == ["云泽.txt: the text is nothing but headings; take it out of the corpus"]


def test_tables_and_their_rows() -> None:
    table = "表1 主要指标\n指标 | 2025年 | 2030年目标 | 属性\n茶叶产量（万吨） | 3 | ≥4.5 | 约束性\n渡口数量（个） | 5 | 与全省同步 | 预期性"
    text = f"{TEXT}\n{table}\n推进国民经济发展。"
    given = documents(text)
    at = given.iloc[0]["text"].index("渡口数量")
    given = given.assign(hints=[[{"kind": "doubtful", "start": at, "end": at + 2, "level": 0}]])
    made = segment(given, Segment())
    check_references(
        {"documents": given, "sections": made.sections, "clauses": made.clauses, "tables": made.tables,
         "table_rows": made.table_rows}
    )  # fmt: skip
    (found,) = made.tables.to_dict("records")
    assert (found["caption"], found["kind"], found["n_rows"], found["n_columns"]) == ("表1 主要指标", "indicator", 2, 4)
    assert (list(found["header"]), found["doubtful"]) == (["指标", "2025年", "2030年目标", "属性"], True)
    first, second = made.table_rows.to_dict("records")
    assert (first["indicator"], first["unit"], first["base_value"], first["base_year"]) == (
        "茶叶产量",
        "万吨",
        "3",
        2025,
    )
    assert (first["target_value"], first["target_min"], first["target_comparator"]) == ("≥4.5", 4.5, "ge")
    assert (first["attribute"], first["force"], first["doubtful"]) == ("约束性", "binding", False)
    assert (second["target_value"], pd.isna(second["target_comparator"]), second["doubtful"]) == (
        "与全省同步",
        True,
        True,
    )
    clauses = made.clauses.set_index("clause_id")["text"]
    for row in (first, second):
        assert clauses[row["clause_id"]] == "".join(text[low:high] for low, high in row["source_spans"])
