import json
import re
import shutil
import subprocess
from pathlib import Path

import pandas as pd
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from small_corpus import HOSTILE, corpus

from pipeline.params import Compare, Report
from pipeline.stages.compare import compare
from pipeline.stages.report import report
from pipeline.stages.report_page import payload
from pipeline.stages.report_page.assets import labels, script
from pipeline.stages.report_page.charts import specifications
from pipeline.stages.report_page.payload import doc_labels
from pipeline.stages.report_page.rows import packed, script_json

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def tables() -> dict[str, pd.DataFrame]:
    frames = corpus()
    found = compare(frames, Compare(bootstrap=20))
    return frames | {name: getattr(found, name) for name in type(found).__slots__}


@pytest.fixture(scope="module")
def page() -> str:
    return report(tables(), Report("Three places & <more>"))


def block(page: str, name: str) -> dict[str, object]:
    found = re.search(rf'<script type="application/json" id="{name}">(.*?)</script>', page, re.DOTALL)
    assert found, f"no block {name}"
    content = json.loads(found[1])
    packed = {
        key: value for key, value in content.items() if isinstance(value, dict) and value.keys() == {"keys", "rows"}
    }
    return content | {
        key: [dict(zip(one["keys"], row, strict=True)) for row in one["rows"]] for key, one in packed.items()
    }


def test_the_page_holds_the_corpus(page: str):
    content = block(page, "corpus")
    assert [one["label"] for one in content["documents"]] == ["澜坪市", "青禾县", "云泽市"]
    assert content["dropped"] == [
        {"id": "broken", "stage": "ingest", "reason": "12 Chinese characters, fewer than 200"}
    ]
    assert "gdp_growth" in content["matrix"]
    assert content["indicator_names"]["gdp_growth"] == {"en": "GDP growth", "zh": "地区生产总值增速"}


def test_a_quantity_stands_in_its_sentence(page: str):
    for number in range(3):
        content = block(page, f"doc-{number}")
        assert content["quantities"]
        for one in content["quantities"]:
            sentence = content["sentences"][one["sentence"]]
            start = one["start"] - sentence["start"]
            assert sentence["text"][start : start + len(one["quote"])] == one["quote"]
            assert content["sections"][one["section"]]["heading"]


def test_the_page_needs_nothing_from_outside(page: str):
    assert "default-src &#x27;none&#x27;" in page
    markup = re.sub(r"<script[^>]*>.*?</script>", "", page, flags=re.DOTALL)
    assert not re.search(r"""(src|href)=["']?https?:""", markup)
    assert "Three places &amp; &lt;more&gt;" in markup


def test_text_of_a_plan_cannot_end_its_script(page: str):
    assert HOSTILE not in page
    assert HOSTILE in json.dumps(block(page, "doc-0"), ensure_ascii=False)


def test_plan_text_is_never_markup():
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b", script())


@given(st.text())
def test_script_json_is_inert_and_keeps_the_text(text: str):
    shown = script_json({"text": text})
    assert not set(shown) & set("<>&\u2028\u2029")
    assert json.loads(shown)["text"] == text


def test_the_same_tables_give_the_same_page(page: str):
    assert report(tables(), Report("Three places & <more>")) == page


def test_documents_alone_make_a_page():
    content = block(report({"documents": corpus()["documents"]}, Report()), "corpus")
    assert len(content["documents"]) == 3
    assert "shares" not in content


def test_without_documents_it_says_what_it_got():
    with pytest.raises(ValueError, match="needs a table `documents`, got: clauses"):
        report({"clauses": corpus()["clauses"]}, Report())


def test_a_large_corpus_keeps_sentences_with_a_quantity(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(payload, "FULL_CHARS", 10)
    shown = report(tables(), Report())
    content = block(shown, "doc-0")
    assert block(shown, "corpus")["detail"] == "commitments"
    assert len(content["sentences"]) == len({one["sentence"] for one in content["quantities"]})
    for one in content["quantities"]:
        assert one["quote"] in content["sentences"][one["sentence"]]["text"]


def test_a_large_corpus_keeps_the_clauses_that_show_a_state(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(payload, "FULL_CHARS", 10)
    found = tables()
    plain = found["clauses"].loc[found["clauses"]["text"].eq("健全成果转化机制。")].iloc[0]
    states = [
        {"doc_id": plain.doc_id, "indicator_id": "rd_intensity", "state": "qualitative", "value": None, "unit": None}
    ]
    shown = report(found | {"indicator_states": pd.DataFrame(states).assign(clause_id=plain.clause_id)}, Report())
    at = [one["id"] for one in block(shown, "corpus")["documents"]].index(plain.doc_id)
    content = block(shown, f"doc-{at}")
    (kept,) = [one for one in content["clauses"] if one["id"] == plain.clause_id]
    assert content["sentences"][kept["sentence"]]["text"] == plain.text


def test_the_page_says_what_the_model_thought(page: str):
    clause = block(page, "doc-0")["clauses"][0]
    assert (clause["p"], clause["margin"], clause["source"], clause["second"]) == (0.9, 0.8, "model", None)
    start, end = corpus()["clauses"].iloc[0]["source_spans"][0]
    assert (clause["label_start"], clause["label_end"]) == (start, end)


def test_verdicts_name_documents_by_position(page: str):
    content = block(page, "corpus")
    ids = [one["id"] for one in content["documents"]]
    growth = [one for one in content["verdicts"] if one["indicator"] == "gdp_growth"]
    assert {(ids[one["a"]], ids[one["b"]], one["verdict"]) for one in growth} == {
        ("lanping", "qinghe", "same"), ("lanping", "yunze", "same"), ("qinghe", "yunze", "same")}  # fmt: skip


def test_packed_rows_keep_their_order_and_gaps():
    frame = pd.DataFrame({"a": [1, 2], "b": ["x", None]})
    assert packed(frame, {"a": "a", "b": "name"}) == {"keys": ["a", "name"], "rows": [[1, "x"], [2, None]]}


def test_a_very_large_corpus_leaves_quantities_to_the_tables(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(payload, "MAX_QUANTITIES", 3)
    content = block(report(tables(), Report()), "doc-0")
    assert content["quantities"] == content["sentences"] == []
    assert content["sections"]


@pytest.mark.parametrize(
    ("places", "years", "expected"),
    [
        (["澜坪市", "云泽市"], [2025, 2025], ["澜坪市", "云泽市"]),
        (["澜坪市", "澜坪市"], [2025, 2030], ["澜坪市 2025", "澜坪市 2030"]),
        (["澜坪市", "澜坪市"], [2025, 2025], ["a", "b"]),
        ([None, "云泽市"], [None, 2025], ["a", "云泽市"]),
    ],
)
def test_labels_tell_documents_apart(places: list[str], years: list[int], expected: list[str]):
    frame = pd.DataFrame({"doc_id": ["a", "b"], "place": pd.array(places, dtype="str"),
                          "period_end": pd.array(years, dtype="Int64"), "period_start": None, "published": None,
                          "doc_type": "outline"})  # fmt: skip
    assert doc_labels(frame).tolist() == expected


def test_a_work_report_is_labelled_by_its_own_year():
    frame = pd.DataFrame({"doc_id": ["a", "b", "c"], "place": ["澜坪市"] * 3, "period_start": 2021, "period_end": 2025,
                          "published": ["2021-01-31", "2021-12-28", "2021-02-01"],
                          "doc_type": ["work_report", "work_report", "outline"]})  # fmt: skip
    assert doc_labels(frame).tolist() == ["澜坪市 2021", "澜坪市 2022", "澜坪市 2025"]


def test_every_word_has_two_languages():
    for group in labels().values():
        assert all(len(pair) == 2 for pair in group.values())
    from pipeline.themes.codebook import THEMES

    themes = [(one.code, one.label_zh) for one in THEMES]
    assert [(code, pair[1]) for code, pair in labels()["theme"].items()] == themes
    used = set(re.findall(r'\bui\("(\w+)"', script()))
    assert used <= labels()["ui"].keys()


@pytest.mark.parametrize("n_documents", [1, 3, 40, 280])
def test_charts_name_their_data(n_documents: int):
    charts = specifications(n_documents, "zh")
    assert all("url" not in json.dumps(one.get("data", {})) for one in charts.values())
    assert ("pairs" in charts) == (n_documents <= 60)


def dom(path: Path, anchor: str, folder: Path) -> str:
    flags = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    flags += " --disable-component-update --disable-sync --virtual-time-budget=4000 --dump-dom"
    command = [str(CHROMIUM), *flags.split(), f"--user-data-dir={folder}", f"{path.as_uri()}{anchor}"]
    shown = subprocess.run(command, capture_output=True, timeout=60, check=True, text=True, encoding="utf-8").stdout
    return re.sub(r"<script.*?</script>", "", shown, flags=re.DOTALL)


@pytest.mark.skipif(CHROMIUM is None, reason="no chromium here")
def test_a_browser_shows_commitments_charts_and_hostile_text(page: str, tmp_path: Path):
    path = tmp_path / "page.html"
    path.write_text(page, encoding="utf-8")
    quantities = corpus()["quantities"]
    jobs = quantities.loc[quantities["quote"].eq("30万人"), "quantity_id"].item()
    shown = dom(path, f"#doc/lanping/{jobs}", tmp_path / "first")
    assert shown.count('<tr class="row') == 10
    assert "<mark>30万人</mark>" in shown
    assert 'aria-expanded="true"' in shown
    assert 'class="marks"' in shown, "no chart was drawn"
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
    assert '<details class="section"' in shown
    compared = dom(path, "?lang=zh#compare", tmp_path / "second")
    assert compared.count("<svg") >= 5
    assert "指标对照" in compared
    assert "Theme shares" not in compared


def test_each_unit_with_an_id_has_an_english_word():
    known, written = labels()["unit"], yaml.safe_load(Path("pipeline/commitments/units.yaml").read_text("utf-8"))["ids"]
    units = {unit for one in written.values() for unit in one["units"] if re.search("[㐀-鿿]", unit)}
    assert units - known.keys() == set()
    assert [pair for pair in known.values() if re.search("[㐀-鿿]", pair[0])] == []
