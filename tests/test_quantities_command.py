"""`planlens quantities`, run as a user runs it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

FIELDS = ["start", "end", "quote", "value_min", "value_max", "comparator", "unit"]


def quantities(*words: object, given: bytes = b"", code: int = 0) -> tuple[str, str]:
    command = [str(Path(sys.executable).with_name("planlens")), "quantities", *map(str, words)]
    done = subprocess.run(command, input=given, capture_output=True, check=False)
    assert done.returncode == code, done.stderr.decode()
    assert b"Traceback" not in done.stderr
    return done.stdout.decode(), done.stderr.decode()


def test_one_list_a_line() -> None:
    text = "粮食产能稳定在一百四十亿斤以上。\n\n建成3个园区，增长５％—6%。"
    out, _ = quantities("--json", "-", given=text.encode())
    lines = [json.loads(line) for line in out.splitlines()]
    assert [[one["quote"] for one in line] for line in lines] == [["一百四十亿斤以上"], [], ["3个", "５％—6%"]]
    first = lines[0][0]
    assert list(first) == FIELDS
    assert first == {
        "start": 7, "end": 15, "quote": "一百四十亿斤以上", "value_min": 14_000_000_000, "value_max": None, "comparator": "ge", "unit": "斤",
    }  # fmt: skip
    for line, found in zip(text.split("\n"), lines, strict=True):
        assert all(line[one["start"] : one["end"]] == one["quote"] for one in found)


def test_all_keeps_bare_numbers() -> None:
    plan, _ = quantities("--json", given="2021年的文件共120页。".encode())
    every, _ = quantities("--json", "--all", given="2021年的文件共120页。".encode())
    assert json.loads(plan) == []
    assert [one["quote"] for one in json.loads(every)] == ["2021年", "120"]


def test_a_listing_is_aligned(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text("\ufeff投资5亿元。\n建成10家医院。", encoding="utf-8")
    out, _ = quantities(path)
    assert out.splitlines() == [
        "1:2-5  5亿元  500,000,000  500,000,000  eq  元",
        "2:2-5  10家   10           10           eq  家",
    ]


def test_a_missing_file_is_one_line() -> None:
    _, error = quantities("nowhere.txt", code=1)
    assert error == "planlens: nowhere.txt: No such file or directory\n"


def test_another_encoding_is_one_line() -> None:
    _, error = quantities("-", given="好\n投资五亿元".encode("gb18030"), code=1)
    assert error.startswith("planlens: standard input: line 1 is not UTF-8")
    assert error.count("\n") == 1


def test_nothing_heavy_is_loaded() -> None:
    code = (
        "import sys; sys.argv = ['planlens', 'quantities', '--all', '-']\n"
        "from pipeline.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print([name for name in ('pandas', 'torch', 'spacy', 'sklearn', 'pyarrow') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], input="增长5%".encode(), capture_output=True, check=True)
    assert done.stdout.decode().splitlines()[-1] == "[]"


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_ends_of_lines_count_for_nothing(ending: str) -> None:
    out, _ = quantities("--json", given=f"增长5%{ending}下降6%{ending}".encode())
    assert [len(json.loads(line)) for line in out.splitlines()] == [1, 1]
