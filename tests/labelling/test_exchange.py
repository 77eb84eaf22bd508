"""Exchange with labelling tools: what their importers need, and the way back."""

import csv
import io
import json
import re
from xml.etree import ElementTree

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.labelling.exchange import (
    FORMATS,
    SECOND,
    doccano_label_types,
    export,
    label_studio_interface,
    read_any_labels,
)
from pipeline.labelling.standoff import Label, LabelledDocument, Labels, parse_labels, read_labels
from pipeline.themes.codebook import CODEBOOK, CODES

ABOUT = ("2", "anna", "1.1")
SHA = "a" * 64
PLACES = [("a.txt", 0, 9, "rural"), ("a.txt", 9, 16, "reform"), ("b/乙.md", 3, 12, "party")]
TEXTS = ["建设高标准农田", "=推进“一件事”改革\u2028,", "加强党的建设"]


@pytest.fixture
def rows() -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"clause_id": f"cl{start}", "file": file, "sha256": SHA, "place": None, "start": start, "end": end, "text": text,
             "heading": "一、总则 > （一）要求", "before": "", "after": "此后", "theme": theme, "p": 0.5, "second": None,
             "margin": 0.1, "model": "m-1"}
            for (file, start, end, theme), text in zip(PLACES, TEXTS, strict=True)
        ]
    )  # fmt: skip


def answered(form: str, text: str, answers: list[tuple[str | None, str | None]]) -> str:
    """Return what the tool would export after a person answered, written as that tool writes."""
    if form == "label-studio":
        tasks = json.loads(text)
        for number, (task, (first, second)) in enumerate(zip(tasks, answers, strict=True)):
            result = [{"id": f"r{name}", "from_name": name, "to_name": "text", "type": "choices", "origin": "manual", "value": {"choices": [code]}}
                      for name, code in (("theme", first), ("second", second)) if code]  # fmt: skip
            task |= {
                "id": number,
                "annotations": [{"id": number, "completed_by": 1, "was_cancelled": False, "result": result}],
            }
        return json.dumps(tasks)
    if form == "doccano":
        # doccano sorts the labels and puts meta data beside the text.
        lines = [json.loads(line) for line in text.rstrip("\n").split("\n")]
        for number, (line, (first, second)) in enumerate(zip(lines, answers, strict=True)):
            line |= {"id": number, "label": sorted(filter(None, [first, second and SECOND + second])), "Comments": []}
        return "\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
    table = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    for row, (first, second) in zip(table, answers, strict=True):
        row |= {"theme": first or "", "second": second or ""}
    out = io.StringIO()
    writer = csv.DictWriter(out, list(table[0]))
    writer.writeheader()
    writer.writerows(table)
    return out.getvalue()


@pytest.mark.parametrize("form", FORMATS)
def test_labels_come_back_as_they_were_given(form, rows, tmp_path):
    answers = [("rural", "environment"), (None, None), ("party", None)]
    path = tmp_path / f"done{FORMATS[form]}"
    path.write_text(answered(form, export(rows, form), answers), encoding="utf-8")
    labels, n_open = read_any_labels(path, ABOUT)
    labels.check(CODES, str(path))
    assert n_open == 1
    assert labels == Labels(*ABOUT, (
        LabelledDocument("a.txt", SHA, (Label(0, 9, "rural", "environment"),)),
        LabelledDocument("b/乙.md", SHA, (Label(3, 12, "party", None),))))  # fmt: skip
    again = tmp_path / "themes-2.json"
    again.write_text(labels.to_json(), encoding="utf-8")
    assert read_labels(again) == labels == read_any_labels(again, ("", "", ""))[0]
    assert not any(text.strip("=,\u2028") in labels.to_json() for text in TEXTS)


def test_label_studio_takes_the_tasks(rows):
    """Its validation: a list of tasks; every $variable of the interface is in `data` as text or number; `result` a list."""
    tasks, interface = (
        json.loads(export(rows, "label-studio")),
        ElementTree.fromstring(label_studio_interface(CODEBOOK)),  # noqa: S314 - our own
    )
    variables = {one.get("value")[1:] for one in interface.iter() if (one.get("value") or "").startswith("$")}
    choices = {one.get("name"): one for one in interface.iter("Choices")}
    assert isinstance(tasks, list) and len(tasks) == len(rows) and variables >= {"text", "heading", "before", "after"}
    names = [one.get("name") for one in interface.iter() if one.get("name")]
    assert len(names) == len(set(names))
    for task in tasks:
        assert all(isinstance(task["data"][name], str) for name in variables)
        for result in (one for guess in task["predictions"] for one in guess["result"]):
            tag = choices[result["from_name"]]
            assert result["to_name"] == tag.get("toName") and result["type"] == "choices"
            assert set(result["value"]["choices"]) <= {one.get("value") for one in tag.iter("Choice")} == set(CODES)


def test_doccano_takes_the_lines(rows):
    """Its parser: JSON a line, no empty line, `text` not empty, `label` a list of texts; its label types as it lists them."""
    lines = export(rows, "doccano").split("\n")
    assert lines.pop() == "" and all(lines)
    for line in map(json.loads, lines):
        assert line["text"] and line["label"] == [] and "id" not in line
    types = json.loads(doccano_label_types(CODEBOOK))
    assert [one["text"] for one in types] == [*CODES, *(SECOND + code for code in CODES)]
    assert all(one.keys() == {"text", "prefix_key", "suffix_key", "background_color", "text_color"} for one in types)
    assert all(re.fullmatch(r"#[0-9a-f]{6}", one["background_color"]) for one in types)


def test_a_spreadsheet_opens_the_table_in_chinese_and_runs_no_formula(rows):
    text = export(rows, "csv")
    assert text.startswith("\ufeffclause_id,")
    table = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert [row["suggested"] for row in table] == ["rural", "reform", "party"]
    assert table[1]["text"].startswith("'=") and {row["theme"] for row in table} == {""}


@pytest.mark.parametrize("form", FORMATS)
def test_a_blind_export_tells_nothing_of_the_model(form, rows):
    rows = rows.assign(theme="culture", p=0.123456)
    assert "culture" in export(rows, form)
    blind = export(rows, form, blind=True)
    assert "culture" not in blind and "0.123" not in blind and "predictions" not in blind


def test_a_table_saved_by_a_chinese_spreadsheet_is_read(rows, tmp_path):
    path = tmp_path / "done.csv"
    path.write_bytes(answered("csv", export(rows, "csv"), [("rural", None)] * 3).encode("gb18030"))
    assert read_any_labels(path, ABOUT)[0].documents[1].file == "b/乙.md"


def test_json_min_of_label_studio_is_read(tmp_path):
    path = tmp_path / "min.json"
    task = {"id": 1, "file": "a.txt", "sha256": SHA, "start": 0, "end": 9, "theme": "rural", "annotator": 1}
    path.write_text(
        json.dumps([task, task | {"start": 9, "end": 16, "theme": {"choices": ["party"]}}]), encoding="utf-8"
    )
    assert [one.code for one in read_any_labels(path, ABOUT)[0].documents[0].labels] == ["rural", "party"]


HEAD = "theme,second,file,sha256,start,end\n"


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("a.csv", "theme,start\nrural,1\n", "lacks the column(s) end, file, sha256"),
        ("a.csv", HEAD + f"rural,,a.txt,{SHA},x,9\n", "line 2: start and end must be whole numbers, got 'x'"),
        ("a.csv", HEAD + "rural,,a.txt,,0,9\n", "line 2: lacks sha256"),
        ("a.csv", HEAD + f",party,a.txt,{SHA},0,9\n", "line 2: has a second theme (party) but no first one"),
        ("a.csv", HEAD + f",,a.txt,{SHA},0,9\n", "holds no label yet (1 clauses)"),
        ("a.json", "{", "no valid JSON"),
        ("a.json", "{}", "neither a list of Label Studio tasks nor standoff labels"),
        ("a.json", "[1]", "task 1: no task"),
        ("a.json", '[{"data": {}, "annotations": [{"result": []}, {"result": []}]}]', "task 1: has 2 annotations"),
        (
            "a.jsonl",
            '{"text": "x", "label": ["rural", "party"]}',
            "line 1: has several themes in one field: rural, party",
        ),
        ("a.jsonl", "[]", "line 1: no doccano record"),
        ("a.txt", "", "unknown kind of file"),
        ("a.json", '{"documents": [{"file": "a"}]}', "no labels: wanted round"),
    ],
)
def test_faults_name_file_and_row(name, text, told, tmp_path):
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=re.escape(told)) as error:
        read_any_labels(tmp_path / name, ABOUT)
    assert name in str(error.value)


@pytest.mark.parametrize(
    ("labels", "sha256", "told"),
    [
        ([Label(0, 5, "farming")], SHA, "0–5 has the unknown theme 'farming'"),
        ([Label(0, 5, "rural", "farming")], SHA, "unknown theme 'farming'"),
        ([Label(0, 5, "rural", "rural")], SHA, "as first and second theme"),
        ([Label(5, 5, "rural")], SHA, "5–5 is no stretch"),
        ([Label(-1, 5, "rural")], SHA, "-1–5 is no stretch"),
        ([Label(0, 5, "rural"), Label(4, 9, "party")], SHA, "labels overlap: 0–5 and 4–9"),
        ([Label(0, 5, "rural")], "abc", "sha256 must be 64 hex digits"),
    ],
)
def test_codes_and_offsets_are_checked(labels, sha256, told):
    with pytest.raises(ValueError, match=told) as error:
        Labels(*ABOUT, (LabelledDocument("a.txt", sha256, tuple(labels)),)).check(CODES, "x.json")
    assert str(error.value).startswith("x.json: a.txt")


@given(st.lists(st.tuples(st.integers(1, 50), st.sampled_from(CODES), st.none() | st.sampled_from(CODES)), max_size=20))
def test_standoff_labels_survive_writing_and_reading(drawn):
    at, labels = 0, []
    for length, code, second in drawn:
        labels.append(Label(at, at + length, code, second))
        at += length
    given_ = Labels(*ABOUT, (LabelledDocument("a.txt", SHA, tuple(labels)),) if labels else ())
    assert parse_labels(json.loads(given_.to_json()), "x") == given_
