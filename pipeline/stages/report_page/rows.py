"""Frames into plain JSON rows."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

Row = dict[str, Any]

# Text in a script element may not end it, nor start an HTML comment in it; U+2028 and U+2029 end a line
# in older JavaScript (HTML standard, "Restrictions for contents of script elements").
_UNSAFE = {one: f"\\u{ord(one):04x}" for one in "<>&\u2028\u2029"}
_PLAIN = frozenset({str, int, bool})


def plain(value: object) -> Any:  # noqa: ANN401
    """Return a JSON value: missing values as None, arrays as lists, whole floats unchanged."""
    if type(value) in _PLAIN:
        return value
    if value is None or value is pd.NA:
        return None
    if isinstance(value, Mapping):
        return {key: plain(one) for key, one in value.items()}
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [plain(one) for one in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def plain_column(values: pd.Series) -> list[Any]:
    """Return the values of a column as JSON values, each as `plain` gives it."""
    found = values.tolist()
    if isinstance(values.dtype, pd.StringDtype | pd.Int64Dtype) or values.dtype == np.float64:
        missing = values.isna() | values.isin([np.inf, -np.inf]) if values.dtype == np.float64 else values.isna()
        for at in np.flatnonzero(missing):
            found[at] = None
        return found
    return [plain(value) for value in found]


def rows(frame: pd.DataFrame, names: Mapping[str, str]) -> list[Row]:
    """Return one mapping a row, with columns renamed; missing values are left out.

    Args:
        frame: Any frame that has the columns.
        names: Column to name in the page.
    """
    columns = [plain_column(frame[column]) for column in names]
    keys = list(names.values())
    return [
        {key: value for key, value in zip(keys, row, strict=True) if value is not None}
        for row in zip(*columns, strict=True)
    ]


def packed(frame: pd.DataFrame, names: Mapping[str, str]) -> Row:
    """Return `{"keys": names, "rows": lists}`: half the size of `rows` where there are very many.

    Args:
        frame: Any frame that has the columns.
        names: Column to name in the page.
    """
    columns = [plain_column(frame[column]) for column in names]
    return {"keys": list(names.values()), "rows": [list(row) for row in zip(*columns, strict=True)]}


def naming(words: str) -> dict[str, str]:
    """Return column to name, from a line of `column=name` words; a word alone names itself.

    >>> naming("doc_id=id place")
    {'doc_id': 'id', 'place': 'place'}
    """
    return {word.partition("=")[0]: word.partition("=")[2] or word for word in words.split()}


def rounded(values: pd.Series, digits: int = 4) -> pd.Series:
    """Return reals with no more digits than a reader can use."""
    return values.astype(float).round(digits)


def script_json(value: object) -> str:
    """Return JSON that is safe inside a script element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for one, escaped in _UNSAFE.items():
        text = text.replace(one, escaped)
    return text
