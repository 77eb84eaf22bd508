"""The loop as a user runs it: export, label, import, agree, train, analyze."""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
import yaml

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "data" / "raw" / "sample"
BOOK = {"version": "mine-1", "themes": [{"code": "land", "name": {"en": "Land", "zh": "土地"}, "definition": "Fields and villages."},
                     {"code": "rest", "name": "Rest", "definition": "All else."}]}  # fmt: skip


def planlens(*words: object, code: int = 0) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
        cwd=ROOT,
    )
    assert done.returncode == code, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("out")
    planlens("analyze", SAMPLE, "--out", folder, "--no-report")
    return folder


def label_as(path: Path, to: Path, wrong: int = 0) -> None:
    """Fill in the column `theme` as a coder would who goes by one word; every `wrong`-th row the other way."""
    rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))
    for number, row in enumerate(rows):
        land = any(sign in row["heading"] + row["text"] for sign in ("农", "粮", "乡", "村"))
        row["theme"] = "land" if land ^ bool(wrong and number % wrong == 0) else "rest"
    with to.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def test_the_whole_loop_with_a_codebook_of_ones_own(out, tmp_path):
    book, chosen = tmp_path / "my.yaml", tmp_path / "chosen.csv"
    book.write_text(yaml.safe_dump(BOOK), encoding="utf-8")
    told = planlens(
        "label", out, "--codebook", book, "--format", "csv", "--by", "random", "--n", 400, "--to", chosen
    ).stdout
    assert "400 clauses of" in told
    for name, wrong in (("anna", 0), ("ben", 20)):
        label_as(chosen, tmp_path / f"{name}.csv", wrong)
        planlens(
            "label",
            out,
            "--codebook",
            book,
            "--import",
            tmp_path / f"{name}.csv",
            "--labeller",
            name,
            "--to",
            tmp_path / f"{name}.json",
        )
    found = json.loads((tmp_path / "anna.json").read_text("utf-8"))
    assert (
        found["labeller"] == "anna"
        and found["guidelines"] == "mine-1"
        and sum(len(one["labels"]) for one in found["documents"]) == 400
    )
    told = planlens(
        "agreement", tmp_path / "anna.json", tmp_path / "ben.json", "--codebook", book, "--format", "csv"
    ).stdout
    assert "agreement,0.95" in told and "land,rest,20" in told
    model = tmp_path / "mine"
    told = planlens(
        "train-themes", SAMPLE, "--codebook", book, "--labels", tmp_path / "anna.csv", "--out", model
    ).stdout
    account = json.loads((model / "training.json").read_text("utf-8"))
    assert account["labels"] == 400 and account["lost"] == 0 and account["cross_validation"]["accuracy"] > 0.7
    planlens("analyze", SAMPLE / "lanping-14-outline.txt", "--model", model, "--out", tmp_path / "own")
    themes = pd.read_parquet(tmp_path / "own" / "themes.parquet")
    assert set(themes["theme"]) == {"land", "rest"} and set(themes["model"]) == {"mine"}
    assert (tmp_path / "own" / "report.html").is_file()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["label", "{out}"], "--to"),
        (["label", "--to", "{tmp}/a.json"], "name the documents to label"),
        (["label", "{out}", "--to", "{tmp}/a.csv"], "label-studio is written as .json"),
        (["label", "{out}", "--format", "xml", "--to", "{tmp}/a.csv"], "unknown format 'xml'"),
        (["label", "{out}", "--by", "best", "--to", "{tmp}/a.json"], "use one of uncertain"),
        (["label", "{out}", "--import", "{tmp}/other.csv", "--to", "{tmp}/a.json"], "is not among the documents of"),
        (
            ["label", "{out}", "--import", "{tmp}/behind.csv", "--to", "{tmp}/a.json"],
            "lies behind the end of the source",
        ),
        (["agreement", "{tmp}/other.csv", "{tmp}/other.csv"], "no valid JSON"),
        (["codebook", "--crosswalk", "un"], "no crosswalk 'un'; there are: 14, 15, cap, sdg"),
        (["codebook", "farming"], "no theme 'farming'"),
    ],
)
def test_mistakes_end_in_one_line_and_write_nothing(words, told, out, tmp_path):
    sha256 = pd.read_parquet(out / "documents.parquet")["sha256"].iloc[0]
    head = "theme,file,sha256,start,end\n"
    (tmp_path / "other.csv").write_text(head + f"rural,x.txt,{'f' * 64},0,9\n", encoding="utf-8")
    (tmp_path / "behind.csv").write_text(head + f"rural,x.txt,{sha256},0,9000000\n", encoding="utf-8")
    done = planlens(*(word.format(out=out, tmp=tmp_path) for word in words), code=1)
    assert told in done.stderr and len(done.stderr.splitlines()) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["behind.csv", "other.csv"]
