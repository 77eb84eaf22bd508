"""Tables, files and parameters: checked both ways, atomic, strict."""

import json
from pathlib import Path

import pandas as pd
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pipeline.files import atomic, read_table, write_table
from pipeline.params import Params, parse
from pipeline.records import SourceMap, make_id
from pipeline.tables import DROPPED, check_references

ROOT = Path(__file__).parents[1]
ROWS = [{"doc_id": "云泽", "stage": "ingest", "reason": "=空"}, {"doc_id": "b", "stage": "ingest", "reason": 'a, "b"'}]


@pytest.mark.parametrize("form", ["parquet", "jsonl"])
def test_a_table_is_read_as_written_and_the_same_rows_give_the_same_bytes(tmp_path: Path, form: str) -> None:
    frame = DROPPED.frame(ROWS)
    first = write_table(frame, tmp_path, "dropped", form).read_bytes()
    assert write_table(frame, tmp_path, "dropped", form).read_bytes() == first
    pd.testing.assert_frame_equal(read_table(tmp_path, "dropped"), frame)


def test_csv_opens_in_a_spreadsheet_without_running_formulas(tmp_path: Path) -> None:
    path = write_table(DROPPED.frame(ROWS), tmp_path, "dropped", "csv")
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert pd.read_csv(path)["reason"].tolist() == ["'=空", 'a, "b"']


@pytest.mark.parametrize(
    ("frame", "message"),
    [(pd.DataFrame({"doc_id": ["a"]}), "missing columns"), (pd.DataFrame([ROWS[0], ROWS[0]]), "key .* is doubled"),
     (pd.DataFrame([{**ROWS[0], "reason": None}]), "column reason is empty in row 0"), (pd.DataFrame([{**ROWS[0], "doc_id": 5}]), "table dropped")],
)  # fmt: skip
def test_a_table_that_does_not_fit_is_not_written(tmp_path: Path, frame: pd.DataFrame, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        write_table(frame, tmp_path, "dropped")
    assert list(tmp_path.iterdir()) == []


def test_an_error_leaves_the_old_file_and_no_temporary_one(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old")

    def fail() -> None:
        with atomic(path) as temporary:
            temporary.write_text("new")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert [(one.name, one.read_text()) for one in tmp_path.iterdir()] == [("a.txt", "old")]


def test_a_missing_table_names_the_mend(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="planlens run"):
        read_table(tmp_path, "clauses")


def test_references_resolve() -> None:
    documents, clauses = pd.DataFrame({"doc_id": ["a"]}), pd.DataFrame({"doc_id": ["b"]})
    with pytest.raises(ValueError, match="doc_id 'b' is not in documents"):
        check_references({"documents": documents, "clauses": clauses})


def test_params_yaml_holds_the_defaults() -> None:
    assert parse(yaml.safe_load((ROOT / "params.yaml").read_text(encoding="utf-8"))) == Params()


@pytest.mark.parametrize(
    ("change", "message"),
    [({"segment": {"join_clauses": "many"}}, "must be bool"), ({"ingest": {}}, "missing key"), ({"cook": {}}, "unknown section"),
     ({"segment": {"join_clauses": True, "max": 2}}, "unknown key"), ({"classify": {"model": 1, "section_margin": 0.0, "second_min": 0.1}}, "must be str")],
)  # fmt: skip
def test_params_are_strict(change: dict, message: str) -> None:
    good = yaml.safe_load((ROOT / "params.yaml").read_text(encoding="utf-8"))
    whole = {"min_chars"} == change.get("ingest", {}).keys()
    with pytest.raises(ValueError, match=message):
        parse(good | ({"ingest": good["ingest"] | change["ingest"]} if whole else change))


@given(st.lists(st.integers(1, 9), min_size=1, max_size=8), st.data())
def test_source_spans_hold_the_characters_of_the_stretch(lengths: list[int], data: st.DataObject) -> None:
    order = data.draw(st.permutations(range(len(lengths))))
    starts = [sum(lengths[:at]) + at for at in range(len(lengths))]
    runs, canonical, text, source = [], 0, "", [""] * (sum(lengths) + len(lengths))
    for at in order:
        runs.append((canonical, starts[at], lengths[at]))
        for step in range(lengths[at]):
            source[starts[at] + step] = chr(0x4E00 + canonical + step)
        text += "".join(source[starts[at] : starts[at] + lengths[at]])
        canonical += lengths[at]
    low, high = sorted(data.draw(st.tuples(st.integers(0, canonical), st.integers(0, canonical))))
    spans = SourceMap(tuple(runs)).spans(low, high)
    assert "".join("".join(source[a:b]) for a, b in spans) == text[low:high]


def test_ids_are_stable_and_tell_kinds_apart() -> None:
    assert make_id("clause", "ab", 1, 2) == make_id("clause", "ab", 1, 2) != make_id("section", "ab", 1, 2)
    assert json.dumps(make_id("quantity", "ab", 1, 2)).startswith('"qu')
