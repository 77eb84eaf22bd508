"""What results depend on: PlanLens and its models, the parameters, the documents; and digests of the results."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline import __version__
from pipeline.execution.keys import LIBRARIES, PACKAGE, folder_digest
from pipeline.params import Params
from pipeline.tables import TABLES
from pipeline.themes.weights import model_folder
from pipeline.workflow import STEPS

KIND = "planlens-certificate"


def certificate(tables: Mapping[str, pd.DataFrame], params: Params) -> dict[str, Any]:
    """Return what a reviewer needs to make the same tables again, and to tell whether they are the same.

    Args:
        tables: The results.
        params: What they were made with.

    Returns:
        A mapping for JSON; the same results give the same mapping.
    """
    documents = tables["documents"].sort_values("doc_id")
    given = {name: section for name, section in asdict(params).items() if name not in ("parallel", "report")}
    found = {
        "kind": KIND,
        "planlens": __version__,
        "code": {name: folder_digest(PACKAGE, step.code) for name, step in STEPS.items() if step.code}
        | {"compare": folder_digest(PACKAGE, ("comparison", "stages/compare.py"))},
        "models": _models(params),
        "python": ".".join(platform.python_version_tuple()[:2]),
        "libraries": _libraries(),
        "params": given,
        "documents": dict(zip(documents["doc_id"].tolist(), documents["sha256"].tolist(), strict=True)),
        "dropped": len(tables["dropped"]) if "dropped" in tables else 0,
        "tables": {name: digest(name, frame) for name, frame in sorted(tables.items()) if len(frame.columns)},
        "rows": {name: len(frame) for name, frame in sorted(tables.items()) if len(frame.columns)},
    }
    return found | {"sha256": seal_of(found)}


def seal_of(told: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a certificate without its own."""
    plain = {name: value for name, value in told.items() if name != "sha256"}
    return hashlib.sha256(json.dumps(plain, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def digest(name: str, frame: pd.DataFrame) -> str:
    """Return the SHA-256 of a table's rows, whichever format they were kept in."""
    if known := TABLES.get(name):
        lacking = {column: None for column in known.columns if column not in frame}
        table = known.arrow(frame.assign(**lacking)[known.columns])
        out = pa.BufferOutputStream()  # of Parquet: what lies under an empty cell does not show in it
        pq.write_table(table.combine_chunks(), out, compression="none")
        return hashlib.sha256(out.getvalue()).hexdigest()
    return hashlib.sha256(frame.to_csv(index=False, lineterminator="\n").encode()).hexdigest()


def _models(params: Params) -> dict[str, str]:
    names = {"ngram": "encoder-ngram"}
    found = {}
    for name in (params.embed.encoder, params.classify.model):
        shipped = names.get(name, name)
        try:
            found[shipped] = folder_digest(model_folder(shipped), (".",))
        except FileNotFoundError:
            found[shipped] = params.embed.revision
    return found


def _libraries() -> dict[str, str]:
    from importlib.metadata import version

    return {name: version(name).partition("+")[0] for name in LIBRARIES}


def differences(told: Mapping[str, Any], found: Mapping[str, Any]) -> list[str]:
    """Return one line for each thing in which two certificates differ; what results from what comes last."""
    lines = []
    for part in ("planlens", "python"):
        if told[part] != found[part]:
            lines.append(f"{part}: {told[part]} there, {found[part]} here")
    for part in ("libraries", "models", "code"):
        lines += _changed(part, told[part], found[part], shown=part == "libraries")
    for section in sorted(told["params"].keys() | found["params"].keys()):
        one, other = told["params"].get(section, {}), found["params"].get(section, {})
        lines += _changed(f"params, {section}", one, other, shown=True)
    lines += _changed("documents", told["documents"], found["documents"], shown=False)
    rows = (
        {name: f"{n} rows" for name, n in told["rows"].items()},
        {name: f"{n} rows" for name, n in found["rows"].items()},
    )
    for name in sorted(told["tables"].keys() | found["tables"].keys()):
        if told["tables"].get(name) != found["tables"].get(name):
            there, here = (one.get(name, "absent") for one in rows)
            lines.append(f"table {name}: other rows ({there} there, {here} here)")
    return lines


def _changed(part: str, there: Mapping[str, Any], here: Mapping[str, Any], shown: bool) -> list[str]:
    lines = []
    for name in sorted(there.keys() | here.keys()):
        one, other = there.get(name), here.get(name)
        if one != other:
            values = f": {one} there, {other} here" if shown else ": changed" if one and other else ""
            word = "" if one and other else (": only there" if one is not None else ": only here")
            lines.append(f"{part}: {name}{values if not word or shown else word}")
    return lines
