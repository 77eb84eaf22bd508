"""The sample corpus: what it covers, and that its builder makes these very bytes."""

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.reading import read

ROOT = Path(__file__).parents[1]
RAW, GOLD = ROOT / "data" / "raw" / "sample", ROOT / "data" / "gold" / "sample"
ROWS = list(csv.DictReader((RAW / "corpus.csv").open(encoding="utf-8")))


def test_six_cities_two_periods_three_types_five_formats() -> None:
    assert len({row["place"] for row in ROWS}) == 6
    assert {row["period_end"] for row in ROWS} == {"2025", "2030"}
    assert {row["doc_type"] for row in ROWS} == {"proposal", "outline", "work_report"}
    assert {Path(row["file"]).suffix for row in ROWS} == {".txt", ".html", ".docx", ".pdf"}
    encodings = {read((RAW / row["file"]).read_bytes(), row["file"]).encoding for row in ROWS}
    assert {"utf-8", "gb18030", "docx", "pdf"} <= encodings


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["doc_id"])
def test_gold_quotes_the_source(row: dict[str, str]) -> None:
    reading = read((RAW / row["file"]).read_bytes(), row["file"])
    n_ink = sum(not sign.isspace() for sign in reading.text)
    assert 4000 <= n_ink <= 8000
    gold = json.loads((GOLD / f"{row['doc_id']}.json").read_text(encoding="utf-8"))
    assert gold["sha256"] == row["sha256"]
    for one in gold["quantities"]:
        spans = [(one["start"], one["end"]), *one.get("also", [])]
        quoted = "".join("".join(reading.source[low:high].split()) for low, high in spans)
        assert quoted == "".join(one["quotes"][0].split())


def test_the_newspaper_page_reads_in_order() -> None:
    file = RAW / "yunze-14-proposal.txt"
    reading = read(file.read_bytes(), file.name)
    assert [one.name for one in reading.articles] == ["proposal", "explanation"]
    text = reading.text[reading.articles[0].start : reading.articles[0].end]
    places = [text.index(f"\n{number}. ") for number in range(12, 38)]
    assert places == sorted(places)
    for broken in ("注重建管并重、长效使用", "推进公共数据分级分类开放", "渔家文化"):
        assert broken in text


@pytest.mark.parametrize(
    "order",
    [
        "E0 P0 E1 P1 P2 E2 P3 E3 E4",
        "P0 E0 E1 E2 P1 P2 P3 E3 E4",
        "E0 E1 P0 E2 E4 E3 P1 P2 P3",
        "E0 P0 E1 P2 P1 E2 P3 E3 E4",
    ],
)
def test_other_orders_of_the_page_read_the_same(order: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "data" / "sample_source"))
    from markup import BREAK, parse

    source = parse(ROOT / "data" / "sample_source" / "yunze-14-proposal.txt")
    texts = ["\n\n".join("".join(unit.text for unit in one) for one in article) for article in source.articles]
    pieces = {
        f"{name}{at}": one for name, text in zip("PE", texts, strict=True) for at, one in enumerate(text.split(BREAK))
    }
    page = "\n\n".join(pieces[name].strip() for name in order.split())
    reading = read(page.encode(), "page.txt")
    told = sorted("".join(reading.text[one.start : one.end].split()) for one in reading.articles)
    whole = ["".join("".join(text.split(BREAK)).split()) for text in texts]
    for mark in ("（上接第1版）", "责任编辑周禾版式林溪"):
        whole = [text.replace(mark, "") for text in whole]
    assert told == sorted(whole)


def test_the_builder_makes_the_committed_bytes(tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "data" / "sample_source" / "build.py"), str(tmp_path)]
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT)
    for folder, made in ((RAW, tmp_path / "raw" / "sample"), (GOLD, tmp_path / "gold" / "sample")):
        names = sorted(path.name for path in folder.iterdir())
        assert names == sorted(path.name for path in made.iterdir())
        for name in names:
            assert (folder / name).read_bytes() == (made / name).read_bytes(), name
