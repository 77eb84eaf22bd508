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
    documents = pd.DataFrame({"doc_id": ["a"], "published": [published], "period_start": [start]})
    row = dated(documents.astype({"period_start": "Int64"})).loc["a"]
    assert (row["first"], row["last"]) == days
    assert row["year"] == days[0] // 10000


def test_nothing_known_stays_empty() -> None:
    documents = pd.DataFrame({"doc_id": ["a"], "published": [None], "period_start": pd.array([pd.NA], "Int64")})
    assert dated(documents).isna().all(axis=None)
