"""The codebook: complete, in both languages, and the pages made from it."""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import yaml

from pipeline.themes.codebook import CODEBOOK, THEMES, load_codebook, parse_codebook

ROOT = Path(__file__).parents[2]
SMALL = {"themes": [{"code": "a", "name": "A", "definition": "x"}, {"code": "b", "name": "B", "definition": "y"}]}
SCHEMES = {"14": set(range(1, 66)), "15": set(range(1, 63)), "sdg": set(range(1, 18)),
           "cap": {*range(1, 11), *range(12, 22), 23}}  # fmt: skip


def is_chinese(text: str) -> bool:
    return any("\u4e00" <= sign <= "\u9fff" for sign in text)


@pytest.mark.parametrize("theme", THEMES, ids=lambda one: one.code)
def test_every_field_is_filled_in_both_languages(theme):
    assert theme.group in CODEBOOK.groups
    for english, chinese in ((theme.label, theme.label_zh), (theme.description, theme.description_zh)):
        assert english and not is_chinese(english) and is_chinese(chinese)
    assert theme.includes.keys() == {"en", "zh"} and len(theme.includes["en"]) == len(theme.includes["zh"]) >= 3
    assert not any(map(is_chinese, theme.includes["en"]))
    assert len(theme.excludes) >= 2 and all(
        one.en and is_chinese(one.zh) and one.to != theme.code for one in theme.excludes
    )
    assert len(theme.hard_cases) >= 3 and all(is_chinese(one.text) and one.why for one in theme.hard_cases)
    assert any(one.theme == theme.code for one in theme.hard_cases)
    assert len(theme.examples) >= 4 and all(map(is_chinese, theme.examples))
    assert theme.crosswalks.keys() == SCHEMES.keys() and all(one.loss for one in theme.crosswalks.values())


def test_schemes_hold_the_known_codes():
    assert {key: set(one.codes) for key, one in CODEBOOK.schemes.items()} == SCHEMES


@pytest.mark.parametrize("outline", ["14", "15"])
def test_every_chapter_of_an_outline_has_a_theme(outline):
    used = {code for one in THEMES for code in one.crosswalks[outline].codes}
    assert SCHEMES[outline] - used == set()


@pytest.mark.parametrize(("year", "outline"), [(2021, "14"), (2026, "15")])
def test_the_outlines_have_these_chapters(year, outline):
    paths = list((ROOT / "../shared/corpus/national").glob(f"{year}-*.md"))
    if not paths:
        pytest.skip("the national outlines are not beside the project")
    from pipeline.commitments.numerals import read_chinese

    contents = [
        line.strip("- ")
        for line in paths[0].read_text("utf-8").splitlines()
        if line.strip().startswith("- 第") or line.startswith("  - 第")
    ]
    part, found = 0, {}
    for line in contents:
        kind = line[: line.index(" ")]
        number = int(read_chinese(kind[1:-1]))
        part = number if kind.endswith("篇") else part
        if kind.endswith("章"):
            found[number] = part
    assert found == {
        chapter: int(about.split(",")[0].split()[1]) for chapter, about in CODEBOOK.schemes[outline].codes.items()
    }


def test_the_page_is_what_the_command_prints():
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", "codebook", "--format", "markdown"],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    assert (ROOT / "docs/codebook.md").read_text("utf-8") == done.stdout


def test_a_wheel_holds_the_codebook(tmp_path):
    # Built from a copy, links kept: a build leaves its own folder behind.
    for folder in ("pipeline", "data/codebook"):
        shutil.copytree(
            ROOT / folder, tmp_path / "tree" / folder, symlinks=True, ignore=shutil.ignore_patterns("__pycache__")
        )
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, tmp_path / "tree")
    subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "wheel",
            "-q",
            "--no-deps",
            "--no-build-isolation",
            "-w",
            tmp_path,
            tmp_path / "tree",
        ],
        check=True,
        capture_output=True,
    )
    wheel = zipfile.ZipFile(next(tmp_path.glob("*.whl")))
    assert wheel.read("pipeline/themes/codebook.yaml") == (ROOT / "data/codebook/themes.yaml").read_bytes()
    indicators = (ROOT / "data/codebook/indicators.yaml").read_bytes()
    assert wheel.read("pipeline/commitments/indicators.yaml") == indicators


def test_a_codebook_of_ones_own_needs_little(tmp_path):
    path = tmp_path / "my.yaml"
    path.write_text(yaml.safe_dump(SMALL), encoding="utf-8")
    book = load_codebook(path)
    assert book.codes == ("a", "b") and book.themes[0].label_zh == "A"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ([], "no codebook"),
        ({"themes": [{"code": "a"}]}, "two or more"),
        ({"themes": [{"code": "a", "name": "A"}, SMALL["themes"][1]]}, "theme a lacks definition"),
        ({"themes": [SMALL["themes"][0]] * 2}, "used twice: a"),
        ({"themes": [{**SMALL["themes"][0], "group": "g"}, SMALL["themes"][1]]}, "unknown group g"),
        (
            {"themes": [{**SMALL["themes"][0], "excludes": [{"to": "c", "en": "e", "zh": "z"}]}, SMALL["themes"][1]]},
            "unknown theme c",
        ),
        (
            {
                "themes": [
                    {**SMALL["themes"][0], "crosswalks": {"cap": {"codes": [11], "loss": "l"}}},
                    SMALL["themes"][1],
                ]
            },
            "unknown code 11 of cap",
        ),
        (
            {"themes": [{**SMALL["themes"][0], "excludes": [{"too": "c"}]}, SMALL["themes"][1]]},
            "not built like a codebook",
        ),
    ],
)
def test_faults_are_named(change, told):
    with pytest.raises(ValueError, match=told) as error:
        parse_codebook(change, "my.yaml")
    assert str(error.value).startswith("my.yaml: ")
