"""The spaCy components, as any spaCy user adds them."""

import pytest
import spacy
from spacy import displacy

TEXT = "一、推进乡村振兴\n确保粮食产能稳定在140亿斤以上，建设高标准农田20万亩。"


@pytest.mark.parametrize("name", ["plan_sections", "plan_clauses", "plan_quantities", "plan_themes"])
def test_each_component_works_alone(name: str) -> None:
    nlp = spacy.blank("zh")
    nlp.add_pipe(name)
    assert nlp(TEXT).spans


def test_all_together() -> None:
    nlp = spacy.blank("zh")
    for name in ("plan_sections", "plan_clauses", "plan_quantities", "plan_themes"):
        nlp.add_pipe(name)
    doc = nlp(TEXT)
    assert [(span.text, span._.path, span.label_) for span in doc.spans["sections"]] == [
        ("一、推进乡村振兴", "一", "1")
    ]
    assert [(span.text, span._.theme) for span in doc.spans["clauses"]] == [
        ("确保粮食产能稳定在140亿斤以上，", "rural"),
        ("建设高标准农田20万亩。", "rural"),
    ]
    first, second = doc.spans["quantities"]
    assert (first.text, first.label_, first._.quantity["value_min"], first._.quantity["force"]) == (
        "140亿斤以上",
        "level",
        14e9,
        "binding",
    )
    assert (second.text, second._.quantity["unit"]) == ("20万亩", "亩")


def test_what_is_known_of_the_document_sets_deadlines() -> None:
    nlp = spacy.blank("zh")
    nlp.add_pipe("plan_quantities")
    doc = nlp.make_doc(TEXT)
    doc._.plan = {"doc_type": "outline", "period_start": 2026, "period_end": 2030}
    doc = nlp(doc)
    assert {span._.quantity["deadline"] for span in doc.spans["quantities"]} == {2030}


def test_displacy_shows_the_quantities() -> None:
    nlp = spacy.blank("zh")
    nlp.add_pipe("plan_quantities")
    html = displacy.render(nlp(TEXT), style="span", options={"spans_key": "quantities"}, jupyter=False)
    assert "level" in html and "亿" in html


def test_an_empty_text() -> None:
    nlp = spacy.blank("zh")
    nlp.add_pipe("plan_themes")
    assert len(nlp("").spans["clauses"]) == 0
