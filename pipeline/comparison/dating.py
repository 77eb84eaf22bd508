"""When documents are from: the first and the last day that what is known of their date allows."""

from __future__ import annotations

import pandas as pd

_DATE = r"^(?P<year>\d{4})(?:-(?P<month>\d{1,2}))?(?:-(?P<day>\d{1,2}))?"


def dated(documents: pd.DataFrame) -> pd.DataFrame:
    """Return the year of each document, and between which days it was published.

    Args:
        documents: The documents table; `published` is a day, a month or a year; where it is missing, the
            first year of the period counts.

    Returns:
        By doc_id: `year` (of a work report given in December the next one, of which it speaks), `first`, `last` (days
        as numbers such as 20210305; 2021 alone is 20210101 to 20211231); empty where neither is known.
    """
    parts = documents["published"].astype("object").astype("str").str.extract(_DATE).astype("float64")
    year = parts["year"].fillna(documents["period_start"].astype("float64"))
    first = year * 10000 + parts["month"].fillna(1) * 100 + parts["day"].fillna(1)
    last = year * 10000 + parts["month"].fillna(12) * 100 + parts["day"].fillna(31)
    december = documents["doc_type"].eq("work_report") & parts["month"].eq(12)
    return pd.DataFrame({"year": year + december, "first": first, "last": last}).set_index(documents["doc_id"])
