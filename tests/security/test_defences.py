"""What docs/security.md promises, for corpora, texts and models that others made."""

from __future__ import annotations

import csv
import io
import json
import os
import pickle
import re
import shutil
import subprocess
import sys
from pathlib import Path

import altair as alt
import pandas as pd
import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy import displacy

from pipeline.cli.console import emit, say, table, visible
from pipeline.corpus import load_corpus
from pipeline.files import no_formula, write_table
from pipeline.params import Classify
from pipeline.stages.classify import classify
from pipeline.tables import CLAUSES, EMBEDDINGS

ROOT = Path(__file__).parents[2]
TEXT = "云泽市2021年政府工作报告\n各位代表：\n" + "一、目标任务\n推进国民经济和社会发展，财政收入增长6%。\n" * 30
HOSTILE = "!!python/object/apply:os.system ['touch touched']"


@pytest.mark.parametrize(
    "file", ["../outside.txt", "/etc/hostname", "inside/../../outside.txt", "link.txt", "out/outside.txt"]
)
def test_a_corpus_names_no_file_outside_its_folder(tmp_path: Path, file: str) -> None:
    home = tmp_path / "corpus"
    (home / "inside").mkdir(parents=True)
    (tmp_path / "outside.txt").write_text(TEXT, encoding="utf-8")
    (home / "a.txt").write_text(TEXT, encoding="utf-8")
    (home / "link.txt").symlink_to(tmp_path / "outside.txt")
    (home / "out").symlink_to(tmp_path)
    (home / "corpus.csv").write_text(f"doc_id,file\na,a.txt\nb,{file}\n", encoding="utf-8")
    found = load_corpus(home)
    assert found.rows["doc_id"].tolist() == ["a"]
    assert "lies outside" in found.dropped["reason"].iloc[0]


def test_a_corpus_in_a_folder_that_is_a_link_is_read(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "there" / "corpus.csv").write_text("doc_id,file\na,a.txt\n", encoding="utf-8")
    (tmp_path / "here").symlink_to(tmp_path / "there")
    assert len(load_corpus(tmp_path / "here").rows) == 1


ESCAPES = "\x1b[2J\x1b]0;owned\x07安全\x9b31m\u202e\r"


def test_what_is_printed_steers_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    frame = pd.DataFrame({"title": [ESCAPES]})
    say(ESCAPES)
    table(ESCAPES, ["title"], [[ESCAPES]])
    for form in ("csv", "jsonl", "markdown", "latex"):
        emit(frame, form, "t")
    printed = capsys.readouterr().out
    assert "安全" in printed and not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", printed.replace("\n", ""))


@given(st.text())
def test_only_control_characters_are_spelt_out(text: str) -> None:
    shown = visible(text)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", shown)
    if text.isprintable():
        assert shown == text


@pytest.mark.parametrize("text", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_spreadsheet_runs_no_cell(tmp_path: Path, text: str) -> None:
    write_table(pd.DataFrame({"quote": [text], "value": [-3.5]}), tmp_path, "mine", "csv")
    written = (tmp_path / "mine.csv").read_bytes().decode("utf-8-sig")
    assert next(csv.DictReader(io.StringIO(written, newline=""))) == {
        "quote": f"'{text}".replace("\r", "\n"), "value": "-3.5",
    }  # fmt: skip
    assert no_formula("-5.5%") == "-5.5%" and no_formula("6%") == "6%"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("params.yaml", ["analyze", "a.txt", "--out", "out", "--params", "params.yaml"]),
        ("codebook.yaml", ["codebook", "--codebook", "codebook.yaml"]),
        ("sources.yaml", ["corpus", "fetch", "--sources", "sources.yaml"]),
        ("a.txt.order.yaml", ["analyze", "a.txt", "--out", "out", "--no-report"]),
    ],
)
def test_yaml_runs_nothing(tmp_path: Path, name: str, words: list[str]) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / name).write_text(HOSTILE, encoding="utf-8")
    done = planlens(tmp_path, *words)
    assert not (tmp_path / "touched").exists() and "Traceback" not in done.stderr
    assert name.removeprefix("a.txt") in done.stderr + done.stdout


class Owned:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, ("touch touched",)


@pytest.mark.parametrize("config", ["", '{"kind": "theme-classifier", "auto_map": {"AutoModel": "evil.Model"}}'])
def test_a_model_folder_with_code_runs_nothing(tmp_path: Path, config: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    home = tmp_path / "model"
    home.mkdir()
    for name in ("model.pkl", "model.safetensors", "pytorch_model.bin", "model.joblib"):
        (home / name).write_bytes(pickle.dumps(Owned()))
    (home / "evil.py").write_text("open('touched', 'w')\nclass Model: pass\n")
    if config:
        (home / "config.json").write_text(config)
    with pytest.raises((ValueError, OSError)):
        classify(CLAUSES.frame([]), EMBEDDINGS.frame([]), Classify(model=str(home)))
    assert not (tmp_path / "touched").exists()


@pytest.mark.parametrize("shown", ["table", "chart", "spans"])
def test_what_notebooks_show_runs_no_text(shown: str) -> None:
    hostile = "</script><script>alert(1)</script><img src=x onerror=alert(2)>"
    frame = pd.DataFrame({"place": [hostile], "share": [0.5]})
    if shown == "table":
        page = frame._repr_html_()
    elif shown == "chart":
        with alt.renderers.enable("svg"):
            page = str(alt.Chart(frame).mark_bar().encode(x="share:Q", y="place:N")._repr_mimebundle_())
    else:
        doc = spacy.blank("zh")(hostile)
        doc.spans["quantities"] = [doc[:3]]
        page = displacy.render(doc, style="span", options={"spans_key": "quantities"}, jupyter=False)
    assert "alert(1)" in re.sub(r"\s", "", page) and not re.search(r"<\s*(?:/\s*)?(?:script|img)", page)


def test_notebooks_show_charts_as_pictures() -> None:
    for path in (ROOT / "notebooks").glob("*.ipynb"):
        source = "".join("".join(cell["source"]) for cell in json.loads(path.read_text(encoding="utf-8"))["cells"])
        assert ("import altair" in source) == ('alt.renderers.enable("svg")' in source)


def planlens(at: Path, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **settings}
    command = [sys.executable, "-m", "pipeline", *words]
    return subprocess.run(command, cwd=at, env=environment, capture_output=True, text=True, check=False)


def test_no_package_but_fetching_and_the_hub_knows_the_network() -> None:
    named = re.compile(
        r"^\s*(?:import|from) (?:socket|urllib\.request|urllib\.error|http|requests|httpx|ftplib)\b", re.M
    )
    users = {
        path.relative_to(ROOT).parts[1]
        for path in (ROOT / "pipeline").rglob("*.py")
        if named.search(path.read_text(encoding="utf-8"))
    }
    assert users == {"fetching"}


def test_nothing_but_fetch_uses_the_network(tmp_path: Path) -> None:
    """An audit hook, also in the worker processes, forbids any address outside this machine's own sockets."""
    (tmp_path / "sitecustomize.py").write_text(
        "import sys\n"
        "def hook(event, given):\n"
        "    if event in ('socket.getaddrinfo', 'socket.gethostbyname', 'socket.sendto') or (\n"
        "        event in ('socket.connect', 'socket.bind') and isinstance(given[1], tuple)):\n"
        "        open(r'" + str(tmp_path / "used") + "', 'a').write(f'{event} {given[1:]}\\n')\n"
        "        raise OSError('no network here')\n"
        "sys.addaudithook(hook)\n"
    )
    paths = f"{tmp_path}{os.pathsep}{ROOT}"
    corpus = tmp_path / "corpus"
    shutil.copytree(ROOT / "data" / "raw" / "sample", corpus)
    commands = [
        ["analyze", str(corpus), "--out", "out", "--quiet"],
        *(["stage", name, "tables", "--params", str(ROOT / "params.yaml"), *more] for name, more in (
            ("ingest", ["--from", str(corpus)]), ("segment", []), ("embed", []), ("classify", []), ("extract", []),
            ("compare", []), ("report", ["--to", "page.html"]))),
        ["show", "commitments", "out"],
        ["cite", "out"],
        ["label", "out", "--to", "labels.json"],
    ]  # fmt: skip
    for words in commands:
        done = planlens(tmp_path, *words, PYTHONPATH=paths)
        assert done.returncode == 0, (words, done.stderr)
    assert not (tmp_path / "used").exists()
    tried = planlens(tmp_path, "corpus", "fetch", "shandong-reports", "--to", "got", "--delay", "0", PYTHONPATH=paths)
    assert tried.returncode == 1 and "no network here" in (tmp_path / "used").read_text() + tried.stderr
