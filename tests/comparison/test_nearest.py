"""The nearest plans: ranked by the distance as counted, with interval and p for those alone."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from test_plan_map import table as profiles_of

from pipeline.cli.nearest import among, nearest, nearest_of
from pipeline.comparison.divergence import divergence_table
from pipeline.comparison.nearest import SINGLE, nearest_table
from pipeline.corpus import gather
from pipeline.files import write_table
from pipeline.params import Compare, Params
from pipeline.workflow import Tables, analyze

SAMPLE = Path(__file__).parents[2] / "data" / "raw" / "sample"

PLANS = {"own": "aaaabbbb", "same": "abababab", "near": "aaabbbbb", "far": "cccccccc", "mixed": "aabbccdd"}


def nearest_to_own(k: int = 3, plans: dict[str, str] = PLANS, sections: int = 3) -> pd.DataFrame:
    return nearest_table(profiles_of(plans, sections), "own", sorted(plans), k, 0.95, seed=1)


def test_the_nearest_come_first_by_hand() -> None:
    found = nearest_to_own(4)
    assert found["doc_id"].tolist() == ["same", "near", "mixed", "far"]
    assert found["rank"].tolist() == [1, 2, 3, 4]
    # own (1/2, 1/2), near (3/8, 5/8): the mean has the entropy 0.98869940828850, the two 1 and 0.95443400292496
    assert found["distance"].tolist()[:2] == pytest.approx([0, (0.98869940828850 - (1 + 0.95443400292496) / 2) ** 0.5])
    assert found["distance"].iloc[-1] == 1
    assert (found["among_nearest"] == 1).all()  # all four are among the nearest four


def test_figures_are_those_of_the_table_of_divergence() -> None:
    found = nearest_to_own(4).set_index("doc_id")
    pairs = divergence_table(profiles_of(PLANS), 0.95, seed=1).query("kind == 'pair'")
    own = pairs[(pairs["doc_a"] == "own") | (pairs["doc_b"] == "own")]
    wanted = own.set_index(own["doc_a"].where(own["doc_a"] != "own", own["doc_b"])).loc[found.index]
    for name, other in (("distance", "jsd"), ("distance_corrected", "jsd_corrected"), ("low", "low"), ("high", "high")):
        np.testing.assert_allclose(found[name] ** 2, wanted[other], atol=1e-12)


def test_among_nearest_falls_where_others_are_as_near() -> None:
    rng = np.random.default_rng(3)
    plans = {"own": "abcabcabcabc"} | {f"p{at}": "".join(rng.permutation(list("abcabcabcabd"))) for at in range(6)}
    found = nearest_to_own(2, plans, sections=4)
    assert len(found) == 2 and found["among_nearest"].between(0, 0.99).all()


def test_fewer_documents_than_asked_for_and_none() -> None:
    assert len(nearest_to_own(99)) == 4
    empty = nearest_to_own(3, {"own": "ab"})
    assert empty.empty and empty.dtypes.equals(nearest_to_own().dtypes)


def test_a_single_section_says_why_there_is_no_interval() -> None:
    found = nearest_to_own(sections=1)
    assert found["distance"].notna().all() and found[["low", "high", "p_value"]].isna().all(axis=None)
    assert (found["note"] == SINGLE).all() and (nearest_to_own()["note"] == "").all()


DOCUMENTS = pd.DataFrame(
    [("a20", "甲市", "2020", "work_report"), ("a21", "甲市", "2021", "work_report"), ("b21", "乙市", "2021", "outline"),
     ("c21", "丙市", "2021", "work_report"), ("d", None, None, "other")],
    columns=["doc_id", "place", "published", "doc_type"],
).assign(period_start=pd.array([pd.NA] * 5, dtype="Int64"))  # fmt: skip


@pytest.mark.parametrize(
    ("doc", "choices", "wanted"),
    [
        ("a21", (False, False, False), ["a20", "b21", "c21", "d"]), ("甲市@2021", (True, False, False), ["b21", "c21", "d"]),
        ("a21", (False, True, False), ["b21", "c21"]), ("a21", (False, True, True), ["c21"]),
    ],
)  # fmt: skip
def test_which_documents_may_be_near(doc: str, choices: tuple[bool, bool, bool], wanted: list[str]) -> None:
    assert among(DOCUMENTS, doc, *choices) == ("a21", wanted)


@pytest.mark.parametrize(
    ("doc", "choices", "message"),
    [
        ("甲市", (False, False, False), "'甲市' has 2 documents; name one of them, e.g. a20, a21"),
        ("丁市", (False, False, False), "no place or document '丁市'"),
        ("a20", (False, True, False), "a20: no other document is left; leave out --elsewhere"),
    ],
)
def test_a_document_at_fault_is_said(doc: str, choices: tuple[bool, bool, bool], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        among(DOCUMENTS, doc, *choices)


def corpus() -> Tables:
    rows = [(f"{doc}{at}", doc, f"{doc}{at % 2}", letter) for doc, word in (("a20", "xxy"), ("a21", "xyy"), ("c21", "yyy"))
            for at, letter in enumerate(word)]  # fmt: skip
    frame = pd.DataFrame(rows, columns=["clause_id", "doc_id", "section_id", "theme"]).assign(text="文字")
    return {"documents": DOCUMENTS, "clauses": frame.drop(columns="theme"), "themes": frame[["clause_id", "theme"]]}


def test_place_and_year_stand_beside_and_a_document_without_clauses_is_said() -> None:
    params = Params(compare=Compare(bootstrap=20))
    found = nearest_of(corpus(), "a20", ["a21", "b21", "c21"], 5, params)
    assert found[["doc_id", "place", "year"]].to_numpy().tolist() == [["a21", "甲市", 2021], ["c21", "丙市", 2021]]
    with pytest.raises(ValueError, match="b21: no clause with a theme was read of it"):
        nearest_of(corpus(), "b21", ["a21"], 5, params)


def test_the_command_reads_a_folder_of_tables(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tables = analyze(gather([SAMPLE]), Params())
    for name in ("documents", "clauses", "themes"):
        write_table(tables[name], tmp_path, name)
    nearest(tmp_path, "云泽市@2021", k=2, form="jsonl")
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    pairs = tables["divergence"].query(
        "kind == 'pair' and (doc_a == 'yunze-14-proposal' or doc_b == 'yunze-14-proposal')"
    )
    assert [row["distance"] ** 2 for row in rows] == pytest.approx(sorted(pairs["jsd"])[:2])
    assert [row["rank"] for row in rows] == [1, 2] and all(row["place"] for row in rows)
    nearest(tmp_path, "yunze-14-proposal", k=1, same_type=True, form="table")
    printed = capsys.readouterr().out
    assert (
        "Nearest to yunze-14-proposal, of 1 other document(s)" in printed
        and "砚溪市" in printed
        and "note" not in printed
    )
