"""Scores: a perfect prediction, each kind of mistake, and agreement with the reference scorer."""

import importlib.util
import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from pipeline.evaluation import parse_gold
from pipeline.stages.evaluate import evaluate

SHARED = Path(__file__).parents[2].parent / "shared" / "gold"
FIELDS = {"value_min": 5.0, "value_max": 5.0, "comparator": "eq", "unit": "个", "measure": "count",
          "status": "commitment", "deadline": 2025, "force": "planned", "indicator": "园区"}  # fmt: skip


def gold(**changes: Any) -> dict[str, Any]:
    quantity = {
        "start": 2,
        "end": 4,
        "quotes": ["5个"],
        "optional": False,
        "accept": {k: [v] for k, v in FIELDS.items()},
    }
    unit = {"kind": "clause", "agreed": True, "secondary": []}
    units = [
        {**unit, "start": 0, "end": 5, "starts_unit": True, "themes": ["industry"]},
        {**unit, "start": 5, "end": 9, "starts_unit": False, "themes": ["rural"]},
    ]
    return {"sha256": "x", "scored_from": 0, "scored_to": 9, "units": units, "quantities": [quantity]} | changes


def tables(**changes: Any) -> list[pd.DataFrame]:
    documents = pd.DataFrame({"doc_id": ["a"], "sha256": ["x"]})
    sections = pd.DataFrame({"doc_id": [], "source_spans": []})
    clauses = pd.DataFrame({"doc_id": ["a"], "clause_id": ["c"], "source_spans": [[[0, 9]]]})
    themes = pd.DataFrame({"clause_id": ["c"], "theme": ["industry"]})
    row = {"doc_id": "a", "quote": "5个", "source_spans": [[2, 4]], **FIELDS, **changes}
    return [documents, sections, clauses, themes, pd.DataFrame([row])]


def scores(given: dict[str, Any], *frames: pd.DataFrame) -> dict[str, Any]:
    return evaluate([parse_gold(given, "a")], *frames).metrics["all"]


def test_a_right_reading() -> None:
    found = scores(gold(), *tables())
    assert [found[f"{name}_f1"] for name in ("span", "value", "read", "full", "commitment_full", "join")] == [1] * 6
    assert found["theme_accuracy"] == 0.5


@pytest.mark.parametrize(
    ("change", "wrong", "right"),
    [({"value_max": 6.0}, "value_f1", "span_f1"), ({"unit": "家"}, "read_f1", "value_f1"), ({"deadline": 2030}, "full_f1", "read_f1"),
     ({"source_spans": [[6, 8]]}, "span_f1", "join_f1")],
)  # fmt: skip
def test_each_mistake_costs_its_level(change: dict[str, Any], wrong: str, right: str) -> None:
    found = scores(gold(), *tables(**change))
    assert (found[wrong], found[right]) == (0, 1)


def test_errors_name_field_and_values() -> None:
    rows = evaluate([parse_gold(gold(), "a")], *tables(deadline=2030)).errors
    told = rows[rows["field"] == "deadline"][["kind", "wanted", "got"]].to_numpy().tolist()
    assert told == [["field", "2025", "2030"]]


def test_optional_quantities_count_neither_way() -> None:
    given = gold()
    given["quantities"][0]["optional"] = True
    found = scores(given, *tables())
    assert (found["n_gold"], found["n_predicted"]) == (0, 0)


def test_a_break_in_print_has_several_spans() -> None:
    given = gold()
    given["quantities"][0] |= {"start": 2, "end": 3, "also": [[7, 8]]}
    assert scores(given, *tables(source_spans=[[7, 8]]))["span_f1"] == 1


def test_splitting_everywhere_joins_nothing() -> None:
    frames = tables()
    frames[2] = pd.DataFrame({"doc_id": ["a", "a"], "clause_id": ["c", "d"], "source_spans": [[[0, 5]], [[5, 9]]]})
    assert scores(gold(), *frames)["join_f1"] == 0


def test_gold_that_is_none() -> None:
    with pytest.raises(ValueError, match="no gold data"):
        parse_gold({"units": []}, "a")


def test_gold_of_other_documents() -> None:
    with pytest.raises(ValueError, match="none of the 1 gold documents"):
        evaluate([parse_gold(gold(sha256="y"), "b")], *tables())


@pytest.mark.skipif(not (SHARED / "score.py").is_file(), reason="the reference scorer is not beside the project")
def test_agrees_with_the_reference_scorer() -> None:
    from pipeline.corpus import gather
    from pipeline.params import Params
    from pipeline.workflow import analyze

    spec = importlib.util.spec_from_file_location("score", SHARED / "score.py")
    reference = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(reference)
    given = json.loads((SHARED / "D1_hefei_proposal.json").read_text(encoding="utf-8"))
    found = analyze(gather([SHARED.parent / "corpus" / given["file"]]), Params())
    ours = scores(given, *(found[name] for name in ("documents", "sections", "clauses", "themes", "quantities")))
    clauses = found["clauses"].merge(found["themes"][["clause_id", "theme"]], on="clause_id")
    rows = [json.loads(one.to_json(orient="records")) for one in (found["quantities"], clauses, found["sections"])]
    tally = reference.collections.Counter()
    reference.score_doc(rows[0], given, tally)
    theirs = reference.report(tally)
    for name in ("span", "value", "read", "full", "commitment_full"):
        assert ours[f"{name}_f1"] == pytest.approx(theirs[f"{name}_F1"], abs=1e-3)
    macro, accuracy, lenient = reference.macro(reference.themes_doc(rows[1], given))
    assert [ours[f"theme_{name}"] for name in ("macro_f1", "accuracy", "lenient_accuracy")] == pytest.approx(
        [macro, accuracy, lenient], abs=1e-3
    )
    tp, fp, fn = reference.boundaries_doc(rows[1], given, rows[2])
    assert ours["join_f1"] == pytest.approx(reference.f1(tp, tp + fp, tp + fn), abs=1e-3)
