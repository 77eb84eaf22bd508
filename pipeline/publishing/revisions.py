"""Which published numbers differ between two versions of results, and what did it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from pipeline.workflow import STEPS

COLUMNS = ("table", "doc_id", "what", "before", "after", "because")
_NUMBERS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = {
    "indicators": (
        ("doc_id", "indicator_id"),
        ("value_min", "value_max", "comparator", "unit", "deadline", "status"),
        ("ingest", "segment", "classify", "extract", "compare"),
    ),
    "theme_shares": (("doc_id", "theme"), ("share",), ("ingest", "segment", "embed", "classify", "compare")),
    "plan_map": (("doc_id",), ("effective_themes",), ("ingest", "segment", "embed", "classify", "compare")),
}
"""Table to its key, its numbers, and the stages that they come from."""
_DIGITS = 6


def revisions(
    before: Mapping[str, pd.DataFrame],
    after: Mapping[str, pd.DataFrame],
    told: tuple[Mapping[str, Any] | None, Mapping[str, Any] | None] = (None, None),
) -> pd.DataFrame:
    """Return each number that changed.

    Args:
        before: Tables of the one version.
        after: Tables of the other.
        told: Their certificates, where there are any: they tell parameters, code and models.

    Returns:
        Columns COLUMNS. `because` names the document that changed; else the parameters, models, code and libraries that
        differ in a stage on which the number depends; else that no certificate tells.
    """
    sha256 = [dict(zip(one["documents"]["doc_id"], one["documents"]["sha256"], strict=True)) for one in (before, after)]
    found = []
    for table, (key, values, stages) in _NUMBERS.items():
        if table in before and table in after:
            causes = _causes(told, stages)
            for row in _changed(before[table], after[table], key, values):
                doc_id = row[0]
                one, other = (known.get(doc_id) for known in sha256)
                because = "the document changed" if one and other and one != other else causes
                if not one or not other:
                    because = "the document is new" if other else "the document is no longer there"
                found.append((table, doc_id, ", ".join(row[1]), row[2], row[3], because))
    return pd.DataFrame(found, columns=list(COLUMNS)).astype("str")


def _changed(
    before: pd.DataFrame, after: pd.DataFrame, key: tuple[str, ...], values: tuple[str, ...]
) -> list[tuple[str, tuple[str, ...], str, str]]:
    """Return document, what, value before and value after of each row that differs."""
    shown = [_shown(one, key, values) for one in (before, after)]
    rows = []
    for name in sorted(shown[0].keys() | shown[1].keys()):
        one, other = shown[0].get(name, ""), shown[1].get(name, "")
        if one != other:
            rows.append((name[0], name[1:] or values, one or "(none)", other or "(none)"))
    return rows


def _shown(frame: pd.DataFrame, key: tuple[str, ...], values: tuple[str, ...]) -> dict[tuple[str, ...], str]:
    known = [one for one in values if one in frame]
    found = {}
    for row in frame.to_dict("records"):
        cells = [f"{row[one]:.{_DIGITS}g}" if isinstance(row[one], float) else str(row[one]) for one in known
                 if not pd.isna(row[one])]  # fmt: skip
        found[tuple(str(row[one]) for one in key)] = " ".join(cells)
    return found


def _causes(told: tuple[Mapping[str, Any] | None, Mapping[str, Any] | None], stages: tuple[str, ...]) -> str:
    one, other = told
    if one is None or other is None:
        return "not known: one of the two has no certificate.json (planlens certify)"
    found = [
        f"{stage}.{name}: {one['params'][stage].get(name)} to {other['params'][stage].get(name)}"
        for stage in stages
        for name in sorted(one["params"][stage].keys() | other["params"][stage].keys())
        if one["params"][stage].get(name) != other["params"][stage].get(name)
    ]
    found += [f"model {name}" for name in sorted(other["models"]) if one["models"].get(name) != other["models"][name]]
    code = [stage for stage in stages if stage in STEPS and one["code"].get(stage) != other["code"].get(stage)]
    found += [f"code of {', '.join(code)}"] if code else []
    libraries = sorted(name for name in other["libraries"] if one["libraries"].get(name) != other["libraries"][name])
    found += [f"libraries {', '.join(libraries)}"] if libraries and not found else []
    if not found and one["documents"] != other["documents"]:
        return "other documents in the corpus"
    return "; ".join(found) or "not known"
