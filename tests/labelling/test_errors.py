"""Errors of the theme model, counted on labels of one's own."""

import json

import numpy as np
import pandas as pd
import pytest
from labelling.test_labelling_commands import SAMPLE, planlens
from stages.small_corpus import CHAPTERS, corpus

from pipeline.comparison.correction import Errors
from pipeline.labelling.errors import ENOUGH_DOCUMENTS, count_errors
from pipeline.labelling.standoff import Label, LabelledDocument, Labels

CODES = tuple(dict.fromkeys(theme for _, theme, _ in CHAPTERS))


def labelled(keep: int | None = None, documents: int = 3) -> tuple[dict[str, pd.DataFrame], Labels]:
    """Give every clause of the small corpus the theme of its chapter, as its model does."""
    tables = corpus({f"d{at}": (f"第{at}市", 6.5, 2025) for at in range(documents)})
    chapter = {heading: theme for heading, theme, _ in CHAPTERS}
    read = tables["clauses"]["context"].str.split(" > ").str[-1].map(chapter)
    tables["themes"] = pd.DataFrame({"clause_id": tables["clauses"]["clause_id"], "theme": read})
    found = []
    for row in tables["documents"].itertuples():
        own = tables["clauses"][tables["clauses"]["doc_id"] == row.doc_id].head(keep or 10_000)
        labels = tuple(Label(*spans[0], read[at]) for at, spans in own["source_spans"].items())
        found.append(LabelledDocument(row.file, row.sha256, labels))
    return tables, Labels("1", "anna", "1", tuple(found))


def test_a_model_that_errs_in_one_theme_is_counted_so():
    tables, labels = labelled()
    wrong = tables["themes"]["theme"] == CODES[1]
    tables["themes"].loc[wrong, "theme"] = CODES[0]
    found = count_errors(tables, labels, CODES)
    counts = found.errors.counts.sum(axis=0)
    assert counts[0, 1] == wrong.sum() and counts.sum() == len(tables["clauses"])
    assert found.right == pytest.approx(1 - wrong.mean()) and found.unseen == (CODES[1],)
    assert found.n_lost == 0


def test_clusters_are_documents_where_there_are_enough_else_sections():
    many = count_errors(*labelled(documents=ENOUGH_DOCUMENTS), CODES)
    assert (many.clusters, len(many.errors.among(CODES))) == ("documents", ENOUGH_DOCUMENTS)
    assert len(many.errors.counts) > ENOUGH_DOCUMENTS  # sections tell how far documents differ
    few = count_errors(*labelled(documents=ENOUGH_DOCUMENTS - 1), CODES)
    assert few.clusters == "sections" and len(few.errors.counts) > ENOUGH_DOCUMENTS
    assert count_errors(*labelled(documents=1), CODES).clusters == "sections"


def test_labels_of_one_section_say_that_more_are_needed():
    with pytest.raises(ValueError, match=r"1 labelled clauses of one section; label clauses of other sections"):
        count_errors(*labelled(keep=1, documents=1), CODES)


def test_themes_of_another_codebook_are_named():
    tables, labels = labelled()
    tables["themes"].loc[0, "theme"] = "farming"
    with pytest.raises(ValueError, match=r"themes that the codebook has not: farming; name its codebook"):
        count_errors(tables, labels, CODES)


def test_what_is_written_is_read_back(tmp_path):
    errors = count_errors(*labelled(), CODES).errors
    (tmp_path / "e.json").write_text(errors.to_json("sections"), encoding="utf-8")
    back = Errors.of(str(tmp_path / "e.json"))
    assert back.themes == CODES
    np.testing.assert_array_equal(back.counts, errors.counts)
    np.testing.assert_array_equal(back.characters, errors.characters)


def test_characters_are_counted_beside_clauses():
    tables, labels = labelled()
    errors = count_errors(tables, labels, CODES).errors
    assert errors.characters.sum() == tables["clauses"]["text"].str.len().sum()
    assert errors.of_unit("clauses") is errors
    np.testing.assert_array_equal(errors.of_unit("characters").counts, errors.characters)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        '{"themes": ["a"], "counts": [[1, 2]]}',
        '{"themes": [], "counts": []}',
        '{"themes": ["a"], "counts": [[[1]]], "characters": [[1]]}',
    ],
)
def test_a_file_without_counts_is_named(tmp_path, content):
    (tmp_path / "e.json").write_text(content, encoding="utf-8")
    with pytest.raises(ValueError, match=r"e\.json holds no counted errors; write it anew"):
        Errors.of(str(tmp_path / "e.json"))


def test_an_absent_file_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"e\.json is not there; `planlens count-errors` writes"):
        Errors.of(str(tmp_path / "e.json"))


def test_shares_are_corrected_by_ones_own_labels(tmp_path):
    planlens("analyze", SAMPLE, "--out", tmp_path / "out")
    out = tmp_path / "out"
    planlens("label", out, "--by", "random", "--n", 150, "--format", "csv", "--to", tmp_path / "draw.csv")
    drawn = pd.read_csv(tmp_path / "draw.csv")
    drawn["theme"] = "rural"  # a reader to whom all is rural
    drawn.to_csv(tmp_path / "done.csv", index=False)
    done = planlens("count-errors", out, "--labels", tmp_path / "done.csv", "--to", tmp_path / "errors.json")
    assert "150 labelled clauses of" in done.stdout and "--errors" in done.stdout
    assert "150 labelled clauses are few" in done.stderr
    told = planlens("compare", out, "--errors", tmp_path / "errors.json", "--out", tmp_path / "both").stderr
    assert "characters" not in told
    shares = pd.read_parquet(tmp_path / "both" / "theme_shares.parquet")
    rural = shares[shares["theme"] == "rural"]
    assert (rural["share_corrected"] > 0.85).all() and (rural["share"] < 0.5).all()
    assert (rural["share_chars_corrected"] > 0.85).all() and (rural["share_chars"] < 0.5).all()
    older = json.loads((tmp_path / "errors.json").read_text("utf-8"))
    del older["characters"]
    (tmp_path / "older.json").write_text(json.dumps(older), encoding="utf-8")
    told = planlens("compare", out, "--errors", tmp_path / "older.json").stderr
    assert "Shares of characters stay as counted" in told and "older.json" in told
    told = planlens("count-errors", out, "--labels", tmp_path / "done.csv", "--to", tmp_path / "e.csv", code=1).stderr
    assert "read back by the ending .json" in told and len(told.splitlines()) == 1
    (tmp_path / "mine.json").write_text('{"themes": ["mine"], "counts": [[[1]]]}', encoding="utf-8")
    told = planlens("compare", out, "--errors", tmp_path / "mine.json", code=1).stderr
    assert "mine.json: these themes of the documents were not counted: culture" in told
    assert json.loads((tmp_path / "errors.json").read_text("utf-8"))["clusters"] == "sections"


def test_errors_of_one_model_do_not_correct_the_shares_of_another(tmp_path):
    out, told = tmp_path / "out", "themes-linear-4 gave the themes, and the errors are those of themes-plan-2.3"
    plan = SAMPLE / "lanping-14-outline.txt"
    assert told in planlens("analyze", plan, "--model", "themes-linear", "--no-report", "--out", out).stderr
    assert pd.read_parquet(out / "theme_shares.parquet")["share_corrected"].isna().all()
    assert told in planlens("compare", out, "--out", tmp_path / "both").stderr
    assert pd.read_parquet(tmp_path / "both" / "theme_shares.parquet")["share_corrected"].isna().all()
    mistaken = planlens("show", "themes", tmp_path / "both", code=1).stderr
    assert "tables of a comparison alone" in mistaken and len(mistaken.splitlines()) == 1
