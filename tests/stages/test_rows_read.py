"""Columns become JSON values as their values do one by one."""

import numpy as np
import pandas as pd
import pytest

from pipeline.stages.report_page.rows import plain, plain_column


@pytest.mark.parametrize(
    "values",
    [
        pd.Series([1.5, np.nan, np.inf, -np.inf, -0.0, 2.0]),
        pd.Series(["甲", None, ""], dtype="str"),
        pd.Series([1, None, 3], dtype="Int64"),
        pd.Series([1, 2]),
        pd.Series([True, False]),
        pd.Series([[1, 2.5], None, np.array([3]), {"a": np.float64(2)}, pd.NA, "乙"], dtype=object),
        pd.Series([], dtype="float64"),
    ],
)
def test_a_column_is_its_values(values: pd.Series) -> None:
    found, wanted = plain_column(values), [plain(one) for one in values.tolist()]
    assert found == wanted
    assert [type(one) for one in found] == [type(one) for one in wanted]
