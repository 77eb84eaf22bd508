"""One conclusion under many choices: by hand, always true, and on the invented sample."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.cli.multiverse import multiverse, named, tried
from pipeline.comparison.conclusions import parse_conclusion
from pipeline.comparison.correction import Errors
from pipeline.comparison.multiverse import multiverse_table, reading
from pipeline.comparison.multiverse_summary import choice_table, flips, in_words
from pipeline.comparison.splitting import sentences_as_clauses
from pipeline.comparison.universes import default_grid, parse_grid
from pipeline.corpus import gather
from pipeline.files import write_table
from pipeline.params import Compare, Params
from pipeline.tables import SENTENCES
from pipeline.workflow import Tables, analyze

SAMPLE = Path(__file__).parents[2] / "data" / "raw" / "sample"
DOCUMENTS = pd.DataFrame(
    [("甲-2021", "甲市", "2021-01"), ("甲-2022", "甲市", "2022"), ("乙-2021", "乙市", "2021"), ("丙-2021", "丙市", "2021")],
    columns=["doc_id", "place", "published"],
).assign(period_start=pd.array([pd.NA] * 4, dtype="Int64"), doc_type="work_report")  # fmt: skip
GRID = {"splitting": ["clauses"], "reader": ["own"], "codebook": ["themes", "groups"], "left_out": [0, 0.5],
        "unit": ["clauses", "characters"], "shares": ["counted"]}  # fmt: skip
SAID = ["higher rural 云泽市 澜坪市"]
QUICK = Compare(bootstrap=20)


def read(rows: dict[str, str], sections: int = 2) -> pd.DataFrame:
    """Return a reading: document to its themes, the least sure clause first; a clause of `x*3` has three characters."""
    table = []
    for doc_id, told in rows.items():
        for at, word in enumerate(told.split()):
            theme, _, n = word.partition("*")
            table.append(
                (f"{doc_id}/{at}", doc_id, f"{doc_id}/{at % sections}", at, "字" * int(n or 1), theme, at / 100)
            )
    columns = ["clause_id", "doc_id", "section_id", "start", "text", "theme", "margin"]
    frame = pd.DataFrame(table, columns=columns)
    return reading(frame.drop(columns=["theme", "margin"]), frame[["clause_id", "theme", "margin"]].assign(model="own"))


def table_of(text: str, rows: dict[str, str], **choices: list) -> pd.DataFrame:
    documents = DOCUMENTS[DOCUMENTS["doc_id"].isin(rows)]
    grid = parse_grid(GRID | choices, "test")
    return multiverse_table(parse_conclusion(text, documents), {("clauses", "own"): read(rows)}, {}, grid, QUICK)


def test_by_hand() -> None:
    rows = {"甲-2021": "rural urban industry industry*5", "乙-2021": "rural industry rural urban"}
    table = table_of("higher industry 甲市 乙市", rows)
    told = table.set_index(["codebook", "left_out", "unit"])["estimate"]
    assert told["themes", 0, "clauses"] == 2 / 4 - 1 / 4
    assert told["themes", 0, "characters"] == 6 / 8 - 1 / 4
    assert told["themes", 0.5, "clauses"] == 2 / 2 - 0
    assert table["universe"].tolist() == [*range(1, 9)]
    assert table.loc[0, "holds"]


def test_under_groups_the_group_of_the_theme_counts() -> None:
    rows = {"甲-2021": "industry industry urban urban", "乙-2021": "industry innovation innovation urban"}
    table = table_of("higher industry 甲市 乙市", rows, left_out=[0], unit=["clauses"])
    assert table.set_index("codebook")["holds"].to_dict() == {"themes": True, "groups": False}
    assert flips(table, "codebook") == (1, 1)
    assert in_words(table) == (
        "higher industry 甲市 乙市: holds in 1 of 2 universes (50%), the first one included; estimate -25.0 to 25.0 "
        "percentage points, median 0.0. With sections drawn anew it holds at least 95% of the time in 0 of 2 universes. "
        "The choice of codebook flips it most: in 1 of 1 pairs of universes that differ in it only."
    )


PLANS = {"甲-2021": "rural urban urban", "甲-2022": "rural rural urban", "乙-2021": "rural urban urban urban",
         "丙-2021": "party party governance"}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "holds"),
    [("rose rural 甲市", True), ("rose urban 甲市 2021 2022", False), ("higher rural 2022 2021", True),
     ("higher rural 甲市@2022 乙-2021", True), ("nearest 甲-2021 乙市", True), ("nearest 甲-2021 丙市", False),
     ("farther 甲市 丙市 乙市", True), ("farther 甲市 乙市 丙市", False)],
)  # fmt: skip
def test_conclusions_by_hand(text: str, holds: bool) -> None:
    assert table_of(text, PLANS, codebook=["themes"], left_out=[0])["holds"].tolist() == [holds] * 2


def test_no_share_is_higher_than_itself() -> None:
    table = table_of("higher rural 甲市 乙市", {"甲-2021": "rural urban", "乙-2021": "urban rural"}, left_out=[0])
    assert not table["holds"].any()
    assert "holds in none of 4" in in_words(table)


WORDS = st.lists(st.sampled_from(["rural", "rural*4", "rural*9"]), min_size=1, max_size=8).map(" ".join)
OTHERS = st.lists(st.sampled_from(["party", "governance*3", "party*7"]), min_size=1, max_size=8).map(" ".join)


@settings(max_examples=30)
@given(WORDS, OTHERS)
def test_what_is_true_in_each_universe_holds_always_and_nothing_flips_it(one: str, other: str) -> None:
    table = table_of("higher rural 甲市 乙市", {"甲-2021": one, "乙-2021": other})
    choices = choice_table(table)
    assert table["holds"].all() and (choices["share"] == 1).all() and not choices["n_flipped"].any()
    assert "holds in 8 of 8 universes (100%)" in in_words(table) and "No choice flips it." in in_words(table)


@settings(max_examples=30)
@given(st.lists(st.sampled_from(["rural", "urban*3", "party*2"]), min_size=2, max_size=9), st.randoms())
def test_a_conclusion_and_its_contrary_never_hold_together(words: list[str], rng) -> None:  # noqa: ANN001
    other = rng.sample(words, len(words))
    rows = {"甲-2021": " ".join(words), "乙-2021": " ".join(other)}
    one, contrary = table_of("higher rural 甲市 乙市", rows), table_of("higher rural 乙市 甲市", rows)
    np.testing.assert_allclose(one["estimate"], -contrary["estimate"])
    assert not (one["holds"] & contrary["holds"]).any()


@pytest.mark.parametrize(
    ("text", "message"),
    [("better 甲市 乙市", "is none: write one of higher THEME A B"), ("", "is none"),
     ("higher rural 甲市", "write it as higher THEME A B"), ("higher rural", "write it as higher THEME A B"),
     ("rose rural 甲市 2021", "no year, or two and more"),
     ("higher farming 甲市 乙市", "no theme 'farming'; themes: overall"),
     ("higher rural 甲市 丁市", "no place or document '丁市'; places: 丙市, 乙市, 甲市"),
     ("higher rural 甲市@2030 乙市", "no document of '2030' in '甲市'; years: 2021, 2022"),
     ("higher rural 甲市 甲-2021", "document '甲-2021' is on two sides"),
     ("rose rural 乙市", "documents of one year only"),
     ("nearest 甲市 all", "is on two sides"), ("nearest '甲市 乙市", "a quote is not closed")],
)  # fmt: skip
def test_a_conclusion_at_fault_is_said(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        parse_conclusion(text, DOCUMENTS)


def test_of_many_places_the_nearest_names_are_listed() -> None:
    names = [f"{one}{other}市" for one in "东西南北" for other in "山河湖海"]
    documents = pd.DataFrame({"doc_id": names, "place": names, "published": "2021"}).assign(
        period_start=2021, doc_type="outline"
    )
    with pytest.raises(ValueError, match=r"'东山县'; places: 东山市, .*, \.\.\.$"):
        parse_conclusion("nearest 东山县 西山市", documents)


def test_the_nearer_of_one_is_no_conclusion() -> None:
    with pytest.raises(ValueError, match="needs a third document"):
        parse_conclusion("nearest 甲-2021 乙市", DOCUMENTS[DOCUMENTS["doc_id"].isin(["甲-2021", "乙-2021"])])


@pytest.mark.parametrize(
    ("change", "message"),
    [({"colour": ["red"]}, "unknown or missing choice.*colour; known: splitting, reader"),
     ({"unit": []}, "`unit` must be a list"), ({"left_out": [0, 0.0]}, "value 0 of `left_out` stands there twice"),
     ({"unit": ["words"]}, "unknown value 'words' of `unit`: use clauses, characters"),
     ({"left_out": [1]}, "unknown value 1 of `left_out`: use numbers from 0 to below 1"),
     ({"reader": [3]}, "unknown value 3 of `reader`: use names of theme models")],
)  # fmt: skip
def test_a_choice_at_fault_is_said(change: dict, message: str) -> None:
    with pytest.raises(ValueError, match=f"g.yaml: {message}"):
        parse_grid(GRID | change, "g.yaml")


def test_themes_of_another_codebook_and_an_empty_multiverse_are_said() -> None:
    with pytest.raises(ValueError, match="theme model own has the theme 'gardens'"):
        read({"甲-2021": "gardens"})
    with pytest.raises(ValueError, match="no universe is left: shares are corrected only"):
        table_of("higher rural 甲市 乙市", PLANS, shares=["corrected"])


@pytest.fixture(scope="module")
def sample() -> Tables:
    return analyze(gather([SAMPLE]), Params())


def test_sentences_hold_the_text_of_their_clauses(sample: Tables) -> None:
    clauses = sample["clauses"]
    found = sentences_as_clauses(sample["documents"], sample["sentences"], clauses).set_index("clause_id")
    assert len(found) == clauses["sentence_id"].nunique() < len(clauses)
    for row in clauses.itertuples():
        assert row.text in found.loc[row.sentence_id, "text"]
    assert len(sentences_as_clauses(sample["documents"], SENTENCES.frame([]), clauses)) == 0


@pytest.fixture(scope="module")
def golden(sample: Tables) -> pd.DataFrame:
    return tried(sample, named(SAID, sample), default_grid(), Params(compare=QUICK))


def test_the_sample_says_the_same_as_compare(sample: Tables, golden: pd.DataFrame) -> None:
    shares = sample["theme_shares"].set_index(["theme", "place"]).loc["rural"]
    own = golden[(golden["reader"] == "themes-plan") & (golden["splitting"] == "clauses") & (golden["left_out"] == 0)]
    own = own[own["codebook"] == "themes"].set_index(["shares", "unit"])["estimate"]
    for key, column in ((("counted", "clauses"), "share"), (("counted", "characters"), "share_chars"),
                        (("corrected", "clauses"), "share_corrected")):  # fmt: skip
        assert own[key] == pytest.approx(shares.loc["云泽市", column] - shares.loc["澜坪市", column], abs=2e-3)


def test_golden_sample(golden: pd.DataFrame) -> None:
    assert len(golden) == 74 and golden["holds"].all()
    assert golden["holds_resampled"].between(0, 1).all()
    assert not golden.duplicated(["splitting", "reader", "codebook", "left_out", "unit", "shares"]).any()


def test_the_command_writes_table_and_page(sample: Tables, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("documents", "sentences", "clauses"):
        write_table(sample[name], tmp_path / "tables", name)
    grid = tmp_path / "grid.yaml"
    grid.write_text("{splitting: [clauses], reader: [themes-linear], codebook: [themes, groups], left_out: [0],\n"
                    " unit: [clauses], shares: [counted, corrected]}", encoding="utf-8")  # fmt: skip
    multiverse(tmp_path / "tables", SAID, grid=grid, out=tmp_path / "out", form="table")
    printed = capsys.readouterr().out
    assert "holds in 2 of 2 universes" in printed and "2 combinations are no universe" in printed
    table = pd.read_csv(tmp_path / "out" / "multiverse.csv")
    assert table["codebook"].tolist() == ["themes", "groups"] and table["holds"].all()
    assert "| higher rural 云泽市 澜坪市 | 2 | clauses | themes-linear | groups |" in (
        tmp_path / "out" / "multiverse.md"
    ).read_text(encoding="utf-8")
    with pytest.raises(ValueError, match="named twice"):
        named(SAID * 2, sample)
    lacking = default_grid() | {"reader": ("none",)}
    with pytest.raises(FileNotFoundError, match="no model 'none'"):
        tried(sample, named(SAID, sample), lacking, Params())


def test_errors_are_of_the_shipped_reader() -> None:
    from pipeline.themes.weights import model_folder

    assert Errors.read(model_folder("themes-plan")) is not None and Errors.read(model_folder("themes-linear")) is None
