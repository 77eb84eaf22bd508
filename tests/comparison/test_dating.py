"""Days between which a document was published."""

import pandas as pd
import pytest

from pipeline.comparison.dating import dated


@pytest.mark.parametrize(
    ("published", "start", "days"),
    [
        ("2021-03-05", 2026, (20210305, 20210305)),
        ("2021-3", 2026, (20210301, 20210331)),
        ("2021", 2026, (20210101, 20211231)),
        (None, 2026, (20260101, 20261231)),
        ("无日期", 2026, (20260101, 20261231)),
    ],
)
def test_what_is_known_of_a_date(published: str | None, start: int, days: tuple[int, int]) -> None:
    documents = pd.DataFrame(
        {"doc_id": ["a"], "doc_type": "outline", "published": [published], "period_start": [start]}
    )
    row = dated(documents.astype({"period_start": "Int64"})).loc["a"]
    assert (row["first"], row["last"]) == days
    assert row["year"] == days[0] // 10000


def test_nothing_known_stays_empty() -> None:
    documents = pd.DataFrame(
        {"doc_id": ["a"], "doc_type": None, "published": None, "period_start": pd.array([pd.NA], "Int64")}
    )
    assert dated(documents).isna().all(axis=None)


@pytest.mark.parametrize(
    ("kind", "published", "year"),
    [("work_report", "2020-12-28", 2021), ("work_report", "2020-11-28", 2020), ("work_report", "2020", 2020),
     ("proposal", "2020-12-21", 2020)],
)  # fmt: skip
def test_a_report_given_in_december_speaks_of_the_next_year(kind: str, published: str, year: int) -> None:
    documents = pd.DataFrame({"doc_id": ["a"], "doc_type": kind, "published": published, "period_start": 2016})
    assert dated(documents).loc["a", ["year", "first"]].tolist()[0] == year
    assert dated(documents).loc["a", "first"] < 20210000
