"""Training on labels of one's own."""

import numpy as np
import pandas as pd
import pytest
from stages.small_corpus import CHAPTERS, PLACES, corpus

from pipeline.labelling.standoff import Label, LabelledDocument, Labels
from pipeline.labelling.training import labelled_clauses, train
from pipeline.themes.classifier import ThemeClassifier

CODES = ("money", "land", "people", "never")
MINE = {
    "overall": "money",
    "industry": "money",
    "rural": "land",
    "environment": "land",
    "welfare": "people",
    "innovation": "people",
}


def labels_of(tables: dict[str, pd.DataFrame], keep: int | None = None) -> Labels:
    """Label every clause of the small corpus by its chapter, with codes of our own."""
    chapter = {heading: MINE[theme] for heading, theme, _ in CHAPTERS}
    documents = []
    for row in tables["documents"].itertuples():
        own = tables["clauses"][tables["clauses"]["doc_id"] == row.doc_id].head(keep or 10_000)
        labels = tuple(
            Label(*spans[0], chapter[context.split(" > ")[-1]])
            for spans, context in zip(own["source_spans"], own["context"], strict=True)
        )
        documents.append(LabelledDocument(row.file, row.sha256, labels))
    return Labels("1", "anna", "own", tuple(documents))


def test_a_model_of_ones_own_codes_learns_and_is_loaded_back(tmp_path):
    tables = corpus()
    clauses, n_lost = labelled_clauses(tables["documents"], tables["clauses"], labels_of(tables))
    assert n_lost == 0 and (clauses["theme"] != "").all()
    done = train(clauses, CODES, "mine")
    assert done.grouped_by == "place" and done.counts["never"] == 0 and done.counts["land"] > 10
    assert done.scores["accuracy"] > 0.9 and done.scores["f1"].keys() == {"money", "land", "people"}
    done.model.save(tmp_path / "mine")
    model = ThemeClassifier.load(tmp_path / "mine")
    p = model.probabilities(clauses["text"].tolist(), clauses["doc_id"].tolist(), clauses["context"].tolist(), None)
    assert model.codes == CODES and p[:, 3].max() < 1e-6
    assert np.mean([CODES[at] == theme for at, theme in zip(p.argmax(1), clauses["theme"], strict=True)]) > 0.9


def test_the_same_labels_give_the_same_bytes(tmp_path):
    tables = corpus()
    clauses, _ = labelled_clauses(tables["documents"], tables["clauses"], labels_of(tables))
    for name in "ab":
        train(clauses, CODES, "mine").model.save(tmp_path / name)
    assert (tmp_path / "a/model.safetensors").read_bytes() == (tmp_path / "b/model.safetensors").read_bytes()


def test_two_themes_are_enough():
    tables = corpus()
    clauses, _ = labelled_clauses(tables["documents"], tables["clauses"], labels_of(tables, keep=12))
    done = train(clauses, CODES, "mine")
    assert {code for code, n in done.counts.items() if n} == {"money", "people"} and done.scores["accuracy"] > 0.8


def test_one_document_is_measured_section_by_section():
    tables = corpus({"yunze": PLACES["yunze"]})
    clauses, _ = labelled_clauses(tables["documents"], tables["clauses"], labels_of(tables))
    assert train(clauses, CODES, "mine").grouped_by == "context"


def test_labels_that_stand_on_no_clause_are_counted():
    tables = corpus()
    labels = labels_of(tables)
    first = labels.documents[0]
    far = LabelledDocument(first.file, first.sha256, (*first.labels, Label(90_000, 90_009, "land")))
    assert labelled_clauses(tables["documents"], tables["clauses"], Labels("1", "a", "own", (far,)))[1] == 1


def test_what_cannot_be_trained_on_is_named():
    tables = corpus()
    other = Labels("1", "a", "own", (LabelledDocument("x", "f" * 64, (Label(0, 1, "land"),)),))
    with pytest.raises(ValueError, match="none of the labelled documents"):
        labelled_clauses(tables["documents"], tables["clauses"], other)
    clauses, _ = labelled_clauses(tables["documents"], tables["clauses"], labels_of(tables))
    with pytest.raises(ValueError, match="two themes or more"):
        train(clauses.assign(theme="land"), CODES, "mine")
    one = clauses.assign(theme=np.where(clauses.index < 4, clauses["theme"], ""))
    one.loc[0, "theme"] = "land"
    with pytest.raises(ValueError, match="one section"):
        train(one, CODES, "mine")
