"""The data package: valid by Frictionless, safe in Excel, the same bytes for the same tables."""

import hashlib
import io
import json
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from pipeline.publishing import spreadsheet
from pipeline.publishing.dictionary import dictionary
from pipeline.publishing.latex import document, tabular
from pipeline.publishing.package import HEAVY, published, write_package
from pipeline.publishing.spreadsheet import write_workbook
from pipeline.tables import TABLES

frictionless = pytest.importorskip("frictionless")


@pytest.fixture(scope="module")
def package(tables, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("package")
    write_package(published(tables, with_text=False), folder, "sample", "Invented plans")
    return folder


def test_the_package_is_valid_and_its_rows_hold_their_schema(package: Path) -> None:
    report = frictionless.validate(str(package / "datapackage.json"))
    assert report.valid, report.flatten(["type", "rowNumber", "note"])[:5]
    told = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))
    assert {one["path"] for one in told["resources"]} == {
        f"data/{path.name}" for path in (package / "data").glob("*.csv")
    }


def test_a_row_that_is_wrong_is_found(package: Path, tmp_path: Path) -> None:
    told = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))
    (tmp_path / "data").mkdir()
    for one in told["resources"]:
        (tmp_path / one["path"]).write_bytes((package / one["path"]).read_bytes())
        del one["hash"], one["bytes"]
    path = tmp_path / "data" / "commitments.csv"
    path.write_text(path.read_text(encoding="utf-8-sig").replace(",2030,", ",soon,", 1), encoding="utf-8-sig")
    (tmp_path / "datapackage.json").write_text(json.dumps(told), encoding="utf-8")
    assert not frictionless.validate(str(tmp_path / "datapackage.json")).valid


def test_no_text_of_a_plan_is_published_unless_asked(tables) -> None:
    plain, with_text = published(tables, with_text=False), published(tables, with_text=True)
    assert "embeddings" not in plain
    assert not {"text", "context"} & set(plain["clauses"].columns) and "text" not in plain["documents"]
    assert {"text", "context"} <= set(with_text["clauses"].columns) and "text" in with_text["documents"]
    assert not set(HEAVY) & set(with_text["documents"].columns)


def test_a_chinese_spreadsheet_opens_the_csv(package: Path) -> None:
    content = (package / "data" / "commitments.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf") and b"\r" not in content
    assert len(pd.read_csv(io.BytesIO(content), encoding="utf-8-sig")) == len(
        pd.read_parquet(package / "data" / "commitments.parquet")
    )


def test_every_column_of_a_known_table_is_described() -> None:
    known = dictionary()
    lacking = [(name, one) for name, table in TABLES.items() for one in table.columns
               if one not in known[name].columns]  # fmt: skip
    assert lacking == []


def test_the_workbook_holds_all_rows_runs_nothing_and_is_the_same_twice(tables, tmp_path: Path) -> None:
    shown = published(tables, with_text=False) | {"hostile": pd.DataFrame({"quote": ["=1+1", "@SUM(A1)"], "n": [1, 2]})}
    digests = set()
    for name in ("a.xlsx", "b.xlsx"):
        assert write_workbook(shown, tmp_path / name) == []
        digests.add(hashlib.sha256((tmp_path / name).read_bytes()).hexdigest())
    assert len(digests) == 1
    with zipfile.ZipFile(tmp_path / "a.xlsx") as book:
        sheets = [book.read(one).decode() for one in book.namelist() if "worksheets/sheet" in one]
    assert len(sheets) == len(shown) + 1 and not any("<f>" in one for one in sheets)
    assert sum(one.count("<row ") for one in sheets) > sum(map(len, shown.values()))


def test_a_table_too_long_for_a_sheet_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheet, "MAX_ROWS", 2)
    long, short = pd.DataFrame({"n": [1, 2, 3]}), pd.DataFrame({"n": [1]})
    assert write_workbook({"long": long, "short": short}, tmp_path / "a.xlsx") == ["long"]


def test_latex_signs_are_spelt() -> None:
    assert tabular(["a_b", "%"], [["5 & 6", "#1"]]).splitlines()[2:5] == [
        r"a\_b & \% \\",
        r"\midrule",
        r"5 \& 6 & \#1 \\",
    ]
    assert document("x").startswith(r"\documentclass{standalone}") and "xeCJK" in document("x")
