"""The plan that the project was started for; its text lies beside the project, and the test is skipped without it."""

from pathlib import Path

import pytest

from pipeline.corpus import gather
from pipeline.params import Params
from pipeline.workflow import Tables, analyze

PLAN = Path(__file__).parents[2].parent / "shared" / "corpus" / "plans" / "heze-14th-proposal.txt"
pytestmark = pytest.mark.skipif(not PLAN.is_file(), reason="the plan is not beside the project")


@pytest.fixture(scope="module")
def tables() -> Tables:
    return analyze(gather([PLAN]), Params())


def test_the_document(tables: Tables) -> None:
    row = tables["documents"].iloc[0]
    assert (row["place"], row["doc_type"], row["period_start"], row["period_end"]) == ("菏泽市", "proposal", 2021, 2025)
    assert [one["name"] for one in row["articles"]] == ["proposal", "explanation"]


def test_the_tree_of_chapters_and_items(tables: Tables) -> None:
    paths = tables["sections"].groupby("article")["path"].apply(list)
    items = [path for path in paths["proposal"] if path.rsplit("/", 1)[-1].isdigit()]
    assert [int(path.rsplit("/", 1)[-1]) for path in items] == list(range(9, 51))
    chapters = [path for path in paths["proposal"] if "/" not in path and not path.isdigit()]
    assert chapters == ["四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三"]
    assert {"四/11", "九/32", "十三/50"} <= set(items)
    assert paths["explanation"] == ["二", "三", "四", "五"]


@pytest.mark.parametrize(
    ("quote", "indicator", "low", "high", "comparator", "unit"),
    [
        ("一百四十亿斤以上", "粮食产能", 14e9, None, "ge", "斤"),
        ("1小时", "济郑", 1, 1, "eq", "小时"),
        ("2小时", "进京", 2, 2, "eq", "小时"),
        ("3小时", "抵沪", 3, 3, "eq", "小时"),
        ("4小时", "全国主要城市", 4, 4, "eq", "小时"),
        ("12小时", "世界主要城市", 12, 12, "eq", "小时"),
        ("六个", "港区", 6, 6, "eq", "个"),
        ("一至两处", "高职院校", 1, 2, "range", "处"),
        ("3000亿元", "产业规模", 3e11, 3e11, "eq", "元"),
        ("5000亿元以上", "产业规模", 5e11, None, "ge", "元"),
        ("300亿元", "税收贡献能力", 3e11 / 10, 3e11 / 10, "eq", "元"),
        ("千亿级", "产值", 1e11, None, "ge", "元"),
        ("百亿级", None, 1e10, None, "ge", "元"),
        ("双倍增", None, 2, 2, "eq", "times"),
        ("10个以上", None, 10, None, "ge", "个"),
        ("一主七副", None, None, None, "eq", None),
        ("四纵四横四连", None, None, None, "eq", None),
        ("高于全省平均水平", "路网密度", None, None, "gt", None),
    ],
)
def test_commitments(
    tables: Tables,
    quote: str,
    indicator: str | None,
    low: float | None,
    high: float | None,
    comparator: str,
    unit: str | None,
) -> None:
    rows = tables["commitments"][tables["commitments"]["quote"] == quote]
    assert len(rows), f"{quote} is not among the commitments"
    told = (
        rows[["value_min", "value_max", "comparator", "unit"]]
        .astype(object)
        .where(rows.notna(), None)
        .to_numpy()
        .tolist()
    )
    assert [low, high, comparator, unit] in told
    assert set(rows["deadline"]) == {2025}
    if indicator:
        assert rows["indicator"].fillna("").str.contains(indicator).any(), rows["indicator"].tolist()


@pytest.mark.parametrize(
    ("after", "quote", "status"),
    [
        ("至少还要经历", "20至30年", "projection"),
        ("产业规模居全省", "前列", "achieved"),
        ("依托“", "一港四园", "context"),
        ("高端化工新材料", "两个", "context"),
        ("全市地方税收的", "80%", "context"),
        ("支撑财政收入实现", "翻番", "projection"),
    ],
)
def test_what_argues_for_a_goal_is_no_commitment(tables: Tables, after: str, quote: str, status: str) -> None:
    text, quantities = tables["documents"]["text"].iloc[0], tables["quantities"]
    (row,) = quantities[quantities["start"] == text.index(after + quote) + len(after)].to_dict("records")
    assert (row["quote"], row["status"]) == (quote, status)


def test_what_is_no_quantity(tables: Tables) -> None:
    quantities, text = tables["quantities"], tables["documents"]["text"].iloc[0]
    starts = quantities[["start", "end"]].to_numpy().tolist()
    for phrase in ("三权分置", "2号公章", "5G", "2.0", "一网通办"):
        at = text.find(phrase)
        while at >= 0:
            assert not any(low < at + len(phrase) and at < high for low, high in starts), phrase
            at = text.find(phrase, at + 1)
    numbers = tables["sections"][tables["sections"]["enumerator"] != ""]
    for row in numbers.to_dict("records"):
        end = row["start"] + len(row["enumerator"])
        assert not any(low < end and row["start"] < high for low, high in starts), row["heading"]


def test_every_quote_leads_back_to_the_source(tables: Tables) -> None:
    source = PLAN.read_text(encoding="utf-8")
    for row in tables["quantities"].to_dict("records"):
        assert "".join(source[low:high] for low, high in row["source_spans"]) == row["quote"]
