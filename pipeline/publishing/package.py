"""A Frictionless data package (Data Package specification, version 1): CSV files and what each column means."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from pipeline import __version__
from pipeline.files import write_json, write_rows
from pipeline.publishing.dictionary import Entry, dictionary
from pipeline.tables import TABLES

HEAVY = ("source_map", "articles", "furniture", "hints", "contents")
"""Columns of documents that only lead back to the source."""
_TYPES = ((pa.types.is_boolean, "boolean"), (pa.types.is_integer, "integer"), (pa.types.is_floating, "number"))


def published(tables: Mapping[str, pd.DataFrame], with_text: bool) -> dict[str, pd.DataFrame]:
    """Return the tables that are published: not the vectors, nor what only leads back to the source.

    Args:
        tables: By name.
        with_text: Whether the text of documents and clauses is published too.
    """
    text = {"documents": () if with_text else ("text",), "clauses": () if with_text else ("text", "context")}
    found = {}
    for name, frame in sorted(tables.items()):
        if name != "embeddings" and len(frame.columns):
            left_out = {*(HEAVY if name == "documents" else ()), *text.get(name, ())}
            found[name] = frame.drop(columns=[one for one in frame.columns if one in left_out])
    return found


def write_package(tables: Mapping[str, pd.DataFrame], folder: Path, name: str, title: str) -> None:
    """Write `data/*.csv` (UTF-8 with a mark), `data/*.parquet` and `datapackage.json`.

    Args:
        tables: From `published`.
        folder: Where the package goes.
        name: Its name: lower case, no blanks.
        title: Its title.
    """
    resources = []
    for table, frame in tables.items():
        for form in ("csv", "parquet"):
            write_rows(pa.Table.from_pandas(frame, preserve_index=False), folder / "data" / f"{table}.{form}", form)
        resources.append(_resource(table, frame, folder / "data" / f"{table}.csv", tables))
    described = {
        "name": name,
        "title": title,
        "profile": "data-package",
        "version": __version__,
        "description": "Made by PlanLens from the documents in the table `documents`, which stay their issuers'.",
        "sources": [{"title": str(one)} for one in tables["documents"]["doc_id"]],
        "resources": resources,
    }
    write_json(folder / "datapackage.json", described)


def _resource(name: str, frame: pd.DataFrame, path: Path, tables: Mapping[str, pd.DataFrame]) -> dict[str, Any]:
    entry = dictionary().get(name, Entry())
    schema: dict[str, Any] = {"fields": _fields(frame, entry), "missingValues": [""]}
    if known := TABLES.get(name):
        schema["primaryKey"] = list(known.key)
        keys = [(column, *target.split(".")) for column, target in known.references.items()]
        schema["foreignKeys"] = [
            {"fields": [column], "reference": {"resource": "" if other == name else other, "fields": [one]}}
            for column, other, one in keys
            if other in tables
        ]
    return {
        "name": name.replace("_", "-"),
        "path": f"data/{name}.csv",
        "description": entry.about,
        "profile": "tabular-data-resource",
        "format": "csv",
        "encoding": "utf-8-sig",
        "dialect": {"delimiter": ",", "lineTerminator": "\n"},
        "hash": f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}",
        "bytes": path.stat().st_size,
        "schema": schema,
    }


def _fields(frame: pd.DataFrame, entry: Entry) -> list[dict[str, str]]:
    schema = pa.Table.from_pandas(frame, preserve_index=False).schema
    fields = []
    for one in schema:
        kind = next((kind for test, kind in _TYPES if test(one.type)), "string")
        note = " (JSON)" if pa.types.is_nested(one.type) else ""
        fields.append({"name": one.name, "type": kind, "description": entry.columns.get(one.name, "") + note})
    return fields
