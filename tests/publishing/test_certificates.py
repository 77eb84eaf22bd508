"""Certificates: the same results hold them, any other do not; differences name what did it."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.cli.app import app
from pipeline.cli.publishing import read_certificate
from pipeline.corpus import load_corpus
from pipeline.params import Compare, Extract, Params
from pipeline.publishing.provenance import certificate, differences
from pipeline.publishing.revisions import revisions
from pipeline.workflow import analyze, load_tables

SAMPLE = Path(__file__).parents[2] / "data" / "raw" / "sample"


def run(*words: object):  # noqa: ANN202
    return CliRunner().invoke(app, [str(one) for one in words])


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("certified") / "out"
    assert run("analyze", SAMPLE, "--out", folder, "--no-report").exit_code == 0
    return folder


def test_tables_read_back_hold_the_certificate_of_those_in_memory(tables, out: Path) -> None:
    told = read_certificate(out / "certificate.json")
    assert differences(told, certificate(tables, Params())) == []
    assert differences(told, certificate(load_tables(out), Params())) == []


def test_a_reviewer_verifies_and_finds_another_document(out: Path, tmp_path: Path) -> None:
    done = run("verify", out / "certificate.json", "--corpus", SAMPLE)
    n = len(read_certificate(out / "certificate.json")["tables"])
    assert done.exit_code == 0 and f"{n} of {n} tables are the same" in done.output
    (tmp_path / "a.txt").write_text(
        "云泽市2021年政府工作报告\n" + "推进国民经济和社会发展，财政收入增长6%。\n" * 30, encoding="utf-8"
    )
    other = run("verify", out / "certificate.json", "--corpus", tmp_path)
    assert other.exit_code == 1 and "documents: a: only here" in other.output


def test_one_changed_cell_shows(tables) -> None:
    told = certificate(tables, Params())
    changed = tables["quantities"].copy()
    changed.loc[0, "value_min"] += 1
    lines = differences(told, certificate(tables | {"quantities": changed}, Params()))
    n = len(changed)
    assert lines == [f"table quantities: other rows ({n} rows there, {n} rows here)"]


def test_a_parameter_and_a_model_are_named(tables) -> None:
    told = certificate(tables, Params())
    found = certificate(tables, replace(Params(), compare=Compare(seed=15)))
    assert differences(told, found) == ["params, compare: seed: 14 there, 15 here"]
    found["models"]["themes-plan"] = "0" * 64
    assert "models: themes-plan: changed" in differences(told, found)


@pytest.mark.parametrize(
    ("text", "told"),
    [("{", "no JSON"), ("[]", "no certificate"), ('{"kind": "planlens-certificate", "sha256": "0"}', "was changed")],
)
def test_what_is_no_certificate(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "certificate.json").write_text(text)
    with pytest.raises(ValueError, match=told):
        read_certificate(tmp_path / "certificate.json")


def test_a_certificate_changed_by_hand_is_refused(out: Path, tmp_path: Path) -> None:
    told = json.loads((out / "certificate.json").read_text(encoding="utf-8"))
    told["rows"]["quantities"] += 1
    (tmp_path / "c.json").write_text(json.dumps(told))
    done = run("verify", tmp_path / "c.json", "--corpus", SAMPLE)
    assert isinstance(done.exception, ValueError) and "was changed after it was made" in str(done.exception)


def test_each_number_that_changed_is_named_with_what_did_it(tables) -> None:
    other = replace(Params(), extract=Extract(keep_context=False))
    after = analyze(load_corpus(SAMPLE), other)
    before = (certificate(tables, Params()), certificate(after, other))
    assert revisions(tables, tables).empty
    changed = tables["indicators"].copy()
    changed.loc[0, "value_min"] = 99.5
    row = revisions(tables, tables | {"indicators": changed}, before).iloc[0]
    assert row["table"] == "indicators" and row["what"] == changed.loc[0, "indicator_id"]
    assert "99.5" in row["after"] and "extract.keep_context: True to False" in row["because"]


def test_a_changed_document_is_the_cause_of_its_own_numbers_only(tables) -> None:
    documents = tables["documents"].copy()
    documents.loc[0, "sha256"] = "0" * 64
    shares = tables["theme_shares"].copy()
    shares["share"] += 0.01
    found = revisions(tables, tables | {"documents": documents, "theme_shares": shares})
    own = found["doc_id"].eq(documents.loc[0, "doc_id"])
    assert set(found.loc[own, "because"]) == {"the document changed"}
    assert all("no certificate.json" in one for one in found.loc[~own, "because"])


def test_diff_and_export_as_commands(out: Path, tmp_path: Path) -> None:
    assert "no published number differs" in run("diff", out, out).output
    done = run("export", out, "--to", tmp_path / "paper", "--no-figures")
    assert done.exit_code == 0 and "datapackage.json" in done.output
    assert {one.name for one in (tmp_path / "paper").iterdir()} == {
        "data",
        "datapackage.json",
        "latex",
        "planlens.xlsx",
    }


def test_what_is_not_there_cannot_be_cited(out: Path) -> None:
    done = run("cite", out, "nobody")
    assert isinstance(done.exception, ValueError) and "neither a doc_id nor a quantity_id" in str(done.exception)
    assert "@misc" in run("cite", out, load_tables(out)["quantities"]["quantity_id"][0], "--style", "bibtex").output
