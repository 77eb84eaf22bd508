"""Citations in three styles, of the tool, a corpus, a document and a figure; the paragraph on methods."""

import re

import pytest

from pipeline.params import Params
from pipeline.publishing.citations import STYLES, cited, corpus, document, quantity, tool
from pipeline.publishing.methods import paragraph
from pipeline.publishing.provenance import certificate

REPORT = {
    "doc_id": "云泽-2021", "title": "云泽市2021年政府工作报告", "place": "云泽市", "issuer": "云泽市人民政府", "published": "2021-02-03",
    "source_url": "http://example.org/a_b", "doc_type": "work_report", "sha256": "ab" * 32,
}  # fmt: skip


def test_a_document_by_gb7714() -> None:
    assert cited(document(REPORT), "gb7714", "2026-11-26") == (
        "云泽市人民政府. 云泽市2021年政府工作报告[R/OL]. (2021-02-03)[2026-11-26]. http://example.org/a_b. sha256 abababababababab."
    )


def test_a_document_by_apa() -> None:
    assert cited(document(REPORT), "apa") == (
        "云泽市人民政府. (2021-02-03). 云泽市2021年政府工作报告. sha256 abababababababab. http://example.org/a_b"
    )


def test_a_document_by_bibtex() -> None:
    lines = cited(document(REPORT), "bibtex").splitlines()
    assert re.fullmatch(r"@misc\{-2021-[0-9a-f]{8},", lines[0])
    assert "  url = {http://example.org/a_b}," in lines and "  year = {2021}," in lines


def test_what_is_not_known_is_left_out() -> None:
    bare = {**REPORT, "title": None, "issuer": float("nan"), "published": None, "source_url": None}
    assert cited(document(bare), "apa") == "云泽市. (n.d.). 云泽-2021. sha256 abababababababab."
    assert "None" not in cited(document(bare), "bibtex") and "nan" not in cited(document(bare), "gb7714")


def test_a_single_figure_names_its_characters() -> None:
    row = {"quantity_id": "qu0", "quote": "6%以上", "source_spans": [[10, 13], [20, 22]]}
    told = cited(quantity(row, REPORT), "gb7714")
    assert "“6%以上”, characters 10-13; 20-22 of the file" in told and "云泽市2021年政府工作报告" in told


@pytest.mark.parametrize("style", STYLES)
def test_the_tool_and_a_corpus(tables, style: str) -> None:
    assert "PlanLens" in cited(tool(), style)
    assert "sha256" in cited(corpus(tables["documents"]), style)


def test_an_unknown_style() -> None:
    with pytest.raises(ValueError, match="unknown style 'mla': use one of bibtex, apa, gb7714"):
        cited(tool(), "mla")


def test_the_paragraph_on_methods_holds_the_counts(tables) -> None:
    told = certificate(tables, Params())
    text = paragraph(tables, told)
    for wanted in ("We read 6 documents (2 ", f"{len(tables['clauses']):,} clauses", "seed 14", told["sha256"]):
        assert wanted in text
    assert "nan" not in text and "None" not in text
