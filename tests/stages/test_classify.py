"""Themes of clauses by the shipped model, and by small ones."""

import pandas as pd
import pytest

from pipeline.params import Classify, Embed
from pipeline.stages.classify import classify
from pipeline.stages.embed import embed


def clauses(*texts: str, context: str = "") -> pd.DataFrame:
    n = len(texts)
    return pd.DataFrame(
        {
            "clause_id": [f"cl{at}" for at in range(n)], "doc_id": ["a"] * n, "sentence_id": [f"se{at}" for at in range(n)],
            "section_id": ["s"] * n, "start": range(n), "end": range(1, n + 1), "source_spans": [[[0, 1]]] * n,
            "text": texts, "context": [context] * n, "kind": ["clause"] * n,
        }
    )  # fmt: skip


TEXTS = ("建设高标准农田，稳定粮食产量。", "加强大气污染防治，推进节能减排。", "新建中小学，推进义务教育优质均衡。")


def test_themes_of_plain_clauses() -> None:
    rows = clauses(*TEXTS)
    themes = classify(rows, embed(rows, Embed()), Classify())
    assert themes["theme"].tolist() == ["rural", "environment", "education"]
    assert themes["clause_id"].tolist() == rows["clause_id"].tolist()
    assert themes["p"].between(0, 1).all() and themes["margin"].between(0, 1).all()


def test_a_silent_clause_takes_the_theme_of_what_stands_around() -> None:
    silent = "认真落实各项任务。"
    rural = clauses(TEXTS[0], "培育新型农业经营主体。", silent, "整治农村人居环境。", context="第三章 推进乡村振兴")
    schools = clauses(TEXTS[2], "加强教师队伍建设。", silent, "办好职业教育。", context="第九章 建设教育强市")
    found = [classify(rows, embed(rows, Embed()), Classify())["theme"].iloc[2] for rows in (rural, schools)]
    assert found == ["rural", "education"]


def test_a_wide_margin_lets_the_section_decide() -> None:
    rows = clauses(*TEXTS)
    themes = classify(rows, embed(rows, Embed()), Classify(section_margin=1.01))
    assert themes["source"].eq("section").all() and len(set(themes["theme"])) == 1


def test_no_clauses() -> None:
    rows = clauses()
    assert classify(rows, embed(rows, Embed()), Classify()).empty


def test_an_unknown_model() -> None:
    rows = clauses(*TEXTS)
    with pytest.raises(FileNotFoundError, match="no model 'nothing'"):
        classify(rows, embed(rows, Embed()), Classify(model="nothing"))
