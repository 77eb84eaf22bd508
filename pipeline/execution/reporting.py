"""The page of a folder: what a very large corpus shows of each document is remembered by part."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path

import pandas as pd
import pyarrow as pa

from pipeline.execution.fragments import Cache
from pipeline.execution.keys import digest_of, step_version
from pipeline.execution.part_memory import Digest, PartMemory
from pipeline.execution.work import require_version
from pipeline.files import frame_of, n_rows
from pipeline.params import Params
from pipeline.stages.report import report, report_shown, shown
from pipeline.stages.report_page import payload
from pipeline.stages.report_page.drawing import LIBRARIES, Drawing, kind_of
from pipeline.workflow import REPORT, REPORTED, load_overview, load_tables

_DETAIL = "overview"


def report_folder(folder: Path, params: Params, cache: Cache) -> str:
    """Return the page of a folder.

    Args:
        folder: Where the tables are.
        params: Parameters of all stages.
        cache: What is remembered; it changes no character.

    Returns:
        What the stage report makes of the tables.

    Raises:
        FileNotFoundError: If there is no documents table.
        ValueError: If a table does not hold its schema, or the tables are not of one run.
    """
    if n_rows(folder, "quantities") <= payload.MAX_QUANTITIES:
        tables = load_tables(folder, REPORTED)
        drawing = _drawing(len(tables["documents"]), params, cache)
        return report({name: tables[name] for name in REPORTED if name in tables}, params.report, drawing)
    parts = PartMemory(_SHOWN, folder, params, cache)
    found = [json.loads(parts.content(at, "shown")) for at in range(len(parts))]
    cache.close()
    whole = payload.Shown(
        counts=pd.concat([pd.DataFrame(one["counts"]) for one in found], ignore_index=True),
        blocks=[block for one in found for block in one["blocks"]],
        models={name for one in found for name in one["models"]},
        indicators={name for one in found for name in one["indicators"]},
    )
    tables = load_overview(folder)
    return report_shown(tables, whole, _drawing(len(tables["documents"]), params, cache), _DETAIL, params.report)


def _drawing(n_documents: int, params: Params, cache: Cache) -> Drawing:
    """Return what draws the charts: it takes seconds to make and is the same from one document to the next."""
    made_with = (metadata.version(one) for one in LIBRARIES)
    key = digest_of(step_version(REPORT, params), "drawing", str(kind_of(n_documents)), *made_with)
    if content := cache.get(key):
        return Drawing.from_json(content.decode())
    made = Drawing.of(n_documents)
    cache.put(key, made.to_json().encode())
    return made


def show_part(
    at: int, tables: Mapping[str, pa.Table], params: Params, version: str, _: str
) -> tuple[int, dict[str, bytes]]:
    """Make what the page shows of the documents of a part.

    Args:
        at: The part.
        tables: Its rows.
        params: Parameters of all stages.
        version: `step_version` where the work was given out.

    Returns:
        The part, and its fragments by kind.

    Raises:
        ValueError: If this worker has another version.
    """
    require_version(REPORT, params, version)
    frames = {name: frame_of(one) for name, one in tables.items()}
    empty = {name: frame.assign(**dict.fromkeys(_HIDDEN.get(name, ()))) for name, frame in frames.items()}
    made = shown(payload.complete(empty), _DETAIL)
    told = {
        "counts": made.counts.to_dict("list"),
        "blocks": made.blocks,
        "models": sorted(made.models),
        "indicators": sorted(made.indicators),
    }
    return at, {"shown": json.dumps(told, ensure_ascii=False).encode()}


_HIDDEN: Mapping[str, tuple[str, ...]] = {
    "documents": ("text", "source_map", "articles", "furniture", "hints", "contents"),
    "sections": ("source_spans",),
    "clauses": ("source_spans", "sentence_id", "text", "context"),
    "themes": ("p", "second", "p_second", "margin", "source"),
    "quantities": ("source_spans", "evidence", "quote", "rule", "actor", "indicator"),
}
"""Columns that the page of a very large corpus does not show; of its sentences it shows none."""
_SHOWN = Digest(step=REPORT, without=_HIDDEN, kinds=("shown",), work=show_part)
