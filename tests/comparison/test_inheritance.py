"""Copied, adapted or local: sources are found, are not younger, and make no difference by their order."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.cli import inherit
from pipeline.cli.inherit import inherited
from pipeline.comparison.wording import LEAST, SHORTEST, alike, wording
from pipeline.params import Parallel, Params

ALONE = Params(parallel=Parallel(n_jobs=1))
NATION = "深入实施创新驱动发展战略推动高质量发展"
OWN = "整治青禾湖畔芦苇荡栈道与观鸟亭"
TEXTS = {
    "全国-2021": ("全国", 2021, [f"{NATION}。", "加快建设现代化基础设施体系"]),
    "山东省-2021": ("山东省", 2021, ["加快建设现代化综合交通基础设施体系", "培育海洋牧场示范区十个"]),
    "菏泽市-2020": ("菏泽市", 2020, [OWN, "培育海洋牧场示范区"]),
    "菏泽市-2021": ("菏泽市", 2021, [f"坚持{NATION}", "加快建设现代化交通基础设施体系", OWN, "修建牡丹园外环步道路灯", "增长6%"]),
    "济宁市-2020": ("济宁市", 2020, ["修建牡丹园外环步道路灯，"]),
    "济宁市-2022": ("济宁市", 2022, ["新办微山湖渔家乐集市三处"]),
}  # fmt: skip


def tables(texts: dict = TEXTS) -> dict[str, pd.DataFrame]:
    documents = (
        pd.DataFrame(
            [(doc, place, f"{year}-01-01", pd.NA) for doc, (place, year, _) in texts.items()],
            columns=["doc_id", "place", "published", "period_start"],
        )
        .astype({"period_start": "Int64"})
        .assign(doc_type="work_report")
    )
    rows = [(f"{doc}/{at}", doc, at, text) for doc, (_, _, own) in texts.items() for at, text in enumerate(own)]
    clauses = pd.DataFrame(rows, columns=["clause_id", "doc_id", "start", "text"])
    return {"documents": documents, "clauses": clauses,
            "themes": clauses[["clause_id"]].assign(theme="rural")}  # fmt: skip


@pytest.fixture(scope="module")
def found() -> dict[str, pd.DataFrame]:
    return inherited(tables(), ALONE)


@pytest.mark.parametrize(
    ("clause", "label", "kind", "source"),
    [
        ("菏泽市-2021/0", "copied", "nation", "全国-2021/0"),
        ("菏泽市-2021/1", "copied", "province", "山东省-2021/0"),
        ("菏泽市-2021/2", "copied", "previous", "菏泽市-2020/0"),
        ("菏泽市-2021/3", "copied", "elsewhere", "济宁市-2020/0"),
        ("菏泽市-2020/1", "local", "", ""),  # the province's is younger
        ("山东省-2021/0", "adapted", "nation", "全国-2021/1"),
        ("济宁市-2022/0", "local", "", ""),
        ("菏泽市-2021/4", "short", "", ""),
    ],
)
def test_where_a_clause_comes_from(found: dict, clause: str, label: str, kind: str, source: str) -> None:
    row = found["inheritance"].set_index("clause_id").loc[clause]
    told = [row["label"], *("" if pd.isna(row[name]) else row[name] for name in ("kind", "source_clause_id"))]
    assert told == [label, kind, source]


def test_shares_sum_to_one_and_lacking_sources_are_said_in_words(found: dict) -> None:
    shares = found["inheritance_shares"].set_index("doc_id")
    assert shares[["copied", "adapted", "local"]].sum(axis=1).tolist() == pytest.approx([1] * len(shares))
    assert shares.loc["菏泽市-2021", ["n_clauses", "copied"]].tolist() == [4, 1.0]
    assert set(shares["not_searched"]) == {""}
    alone = inherited(tables({"菏泽市-2021": TEXTS["菏泽市-2021"]}), ALONE)["inheritance_shares"]
    assert alone.loc[0, "not_searched"] == "no document of 全国 in the corpus; no document of 山东省 in the corpus"


def test_themes_without_inherited_text(found: dict) -> None:
    row = found["local_themes"].set_index("doc_id").loc["菏泽市-2021"]
    assert row["share"] == 1.0 and row["n_local"] == 0 and pd.isna(row["share_local"])


def test_how_a_wording_spreads() -> None:
    texts = {f"{place}-{year}": (place, year, [f"{OWN}{year}年", "新建学校"]) for place, year in
             (("菏泽市", 2019), ("济宁市", 2020), ("全国", 2021), ("菏泽市", 2022))}  # fmt: skip
    row = inherited(tables(texts), ALONE)["diffusion"].iloc[0]
    assert row[["phrase", "n_places", "n_documents", "first_year", "first_place", "last_year", "nation_year"]].tolist() == [
        f"{OWN}年", 3, 4, 2019, "菏泽市", 2022, 2021,
    ]  # fmt: skip


def test_a_source_is_not_younger_where_the_days_are_known() -> None:
    texts = {name: (place, 2021, [NATION]) for name, place in (("早", "菏泽市"), ("晚", "菏泽市"), ("国", "全国"))}
    given_ = tables(texts)
    labels = []
    for days in (("2021-01-20", "2021-04-01", "2021-03-05"), ("2021", "2021", "2021")):
        given_["documents"]["published"] = days
        table = inherited(given_, ALONE)["inheritance"].set_index("doc_id")
        labels.append([(table.loc[name, "label"], table.loc[name, "order_known"]) for name in ("早", "晚")])
    assert labels[0] == [("local", pd.NA), ("copied", True)]
    assert labels[1] == [("copied", False), ("copied", False)]


def test_a_source_surely_older_is_preferred() -> None:
    texts = {"市": ("菏泽市", 2021, [NATION]), "旧": ("菏泽市", 2020, [NATION]), "国": ("全国", 2021, [NATION])}
    given_ = tables(texts)
    given_["documents"]["published"] = ["2021", "2020", "2021"]
    found = inherited(given_, ALONE)
    assert found["inheritance"].set_index("doc_id").loc["市", "source_doc_id"] == "旧"
    assert found["inheritance_shares"].set_index("doc_id").loc[["市", "旧"], "order_unknown"].tolist() == [0, 0]


def test_shares_by_characters() -> None:
    texts = {"国": ("全国", 2020, [NATION]), "市": ("菏泽市", 2021, [NATION, OWN])}
    row = inherited(tables(texts), ALONE)["inheritance_shares"].set_index("doc_id").loc["市"]
    assert row["copied"] == 0.5
    assert row["copied_characters"] == pytest.approx(len(NATION) / len(NATION + OWN))
    assert row["adapted_characters"] == 0


def test_documents_without_place_or_year_are_unknown() -> None:
    given_ = tables()
    given_["documents"].loc[0, "place"] = None
    given_["documents"].loc[1, "published"] = None
    labels = inherited(given_, ALONE)["inheritance"].set_index("clause_id")["label"]
    assert labels["全国-2021/0"] == labels["山东省-2021/1"] == "unknown"
    assert labels["菏泽市-2021/0"] == "local"


@settings(max_examples=20, deadline=None)
@given(st.permutations(list(TEXTS)))
def test_the_order_of_documents_makes_no_difference(order: list[str]) -> None:
    one, other = inherited(tables(), ALONE), inherited(tables({name: TEXTS[name] for name in order}), ALONE)
    for name in ("inheritance", "inheritance_shares", "diffusion"):
        pd.testing.assert_frame_equal(one[name], other[name])


SIGNS = st.text("推进改革发展建设城市乡村", min_size=SHORTEST, max_size=20)


@given(st.lists(SIGNS, min_size=2, max_size=12, unique=True))
def test_pairs_are_alike_and_of_different_texts(texts: list[str]) -> None:
    from rapidfuzz import fuzz

    found = alike(texts, len(texts))
    assert (found.similarity >= LEAST).all() and (found.one != found.other).all()
    for one, other, similarity in zip(found.one, found.other, found.similarity, strict=True):
        assert similarity == pytest.approx(fuzz.ratio(texts[one], texts[other]) / 100, abs=1e-5)


@settings(max_examples=50)
@given(st.text("春夏秋冬山水云月", min_size=12, max_size=30), st.integers(0, 11))
def test_a_text_with_one_character_more_is_found(text: str, at: int) -> None:
    noise = [f"{sign * 3}推进改革发展建设{number}" for number, sign in enumerate("甲乙丙丁")]
    other = f"{text[:at]}新{text[at:]}"
    found = alike([text, *noise, other], 1)
    assert 5 in found.other[found.one == 0]


def test_nothing_is_like_nothing() -> None:
    assert len(alike([], 0).one) == 0 and len(alike(["推进改革发展"], 1).one) == 0
    assert wording("a1，。") == "" and np.all(alike(["推进改革发展", "建设城市乡村"], 2).one == [])


def test_only_what_a_terminal_shows_is_cut(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    texts = {f"市-{at:02d}": ("云泽市", 2000 + at, [OWN]) for at in range(25)}
    monkeypatch.setattr(inherit, "_loaded", lambda where: tables(texts))
    monkeypatch.setattr(inherit, "load_params", lambda path: ALONE)
    inherit.inherit(Path("any"), form="csv")
    assert len(capsys.readouterr().out.splitlines()) == 26
    inherit.inherit(Path("any"), form="table")
    assert capsys.readouterr().out.count("市-") == 20
