"""The tables of extract."""

import pandas as pd

from pipeline.params import Extract, Ingest, Segment
from pipeline.stages.extract import extract, facts_of
from pipeline.stages.ingest import ingest
from pipeline.stages.segment import segment
from pipeline.tables import CORPUS_COLUMNS, check_references

TEXT = (
    "确保粮食产量稳定在90万吨以上。落实规划计划，守住三条控制线。\n一、目标任务\n到2025年，财政收入增长6%。"
    + "推进国民经济发展。" * 40
)


def tables(**known: str) -> dict[str, pd.DataFrame]:
    row = dict.fromkeys(CORPUS_COLUMNS, "") | {"doc_id": "a", "file": "a.txt", "content": TEXT.encode()} | known
    documents = ingest(pd.DataFrame([row]), Ingest()).documents
    made = segment(documents, Segment())
    return {"documents": documents, "sections": made.sections, "sentences": made.sentences, "clauses": made.clauses}


def test_quantities_with_ids_quotes_and_sources() -> None:
    given = tables(doc_type="outline", period_start="2021", period_end="2025")
    made = extract(*given.values(), None, Extract())
    rows = made.quantities
    assert rows["quote"].tolist() == ["90万吨以上", "三条", "6%"]
    assert rows["section_id"].isna().tolist() == [True, True, False]
    assert rows["theme"].isna().all()
    check_references({**given, "quantities": rows})
    for row in rows.to_dict("records"):
        assert "".join(TEXT[low:high] for low, high in row["source_spans"]) == row["quote"]
    assert made.commitments["quote"].tolist() == ["90万吨以上", "6%"]


def test_context_can_be_left_out() -> None:
    made = extract(*tables(doc_type="outline").values(), None, Extract(keep_context=False))
    assert "context" not in set(made.quantities["status"])


def test_a_report_of_december_sets_the_tasks_of_the_next_year() -> None:
    row = tables(doc_type="work_report", published="2021-12-28")["documents"].iloc[0].to_dict()
    assert facts_of(row).published_year == 2022


def test_the_mark_of_a_doubtful_page_follows_its_figures() -> None:
    given = tables(doc_type="outline", period_start="2021", period_end="2025")
    given["documents"] = given["documents"].assign(hints=[[{"kind": "doubtful", "start": 0, "end": 12, "level": 0}]])
    made = extract(*given.values(), None, Extract())
    assert made.quantities["doubtful"].tolist() == [True, False, False]
