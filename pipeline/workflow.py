"""The line of stages: what each reads and makes, and how they run in memory."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from pipeline.corpus import Corpus
from pipeline.files import has_table, read_table
from pipeline.params import Params
from pipeline.tables import DROPPED

Tables = dict[str, pd.DataFrame]
Watch = Callable[[str, Mapping[str, pd.DataFrame]], None]
"""Called after each step with its name and what it made."""


@dataclass(frozen=True, slots=True)
class Step:
    """One stage of the line.

    Attributes:
        name: Stage, section of params.yaml and word of the command line.
        reads: Tables that it reads.
        makes: Tables that it makes.
        run: From the tables (at least `reads`) and the parameters to what it makes.
    """

    name: str
    reads: tuple[str, ...]
    makes: tuple[str, ...]
    run: Callable[[Mapping[str, pd.DataFrame], Params], Mapping[str, pd.DataFrame]]


def _ingest(tables: Mapping[str, pd.DataFrame], params: Params) -> Tables:
    from pipeline.reading.isolation import Reader
    from pipeline.reading.limits import Limits
    from pipeline.stages.ingest import ingest

    with Reader(Limits.of(params.ingest), params.ingest.workers) as reader:
        made = ingest(tables["corpus"], params.ingest, reader.read_all)
    dropped = pd.concat([tables["dropped_corpus"], made.dropped], ignore_index=True)
    return {"documents": made.documents, "repairs": made.repairs, "dropped_ingest": dropped}


def _segment(tables: Mapping[str, pd.DataFrame], params: Params) -> Tables:
    from pipeline.stages.segment import segment

    made = segment(tables["documents"], params.segment)
    return {
        "sections": made.sections,
        "sentences": made.sentences,
        "clauses": made.clauses,
        "tables": made.tables,
        "table_rows": made.table_rows,
        "outline_notes": made.outline_notes,
        "dropped_segment": made.dropped,
    }


def _embed(tables: Mapping[str, pd.DataFrame], params: Params) -> Tables:
    from pipeline.stages.embed import embed

    return {"embeddings": embed(tables["clauses"], params.embed)}


def _classify(tables: Mapping[str, pd.DataFrame], params: Params) -> Tables:
    from pipeline.stages.classify import classify

    return {"themes": classify(tables["clauses"], tables["embeddings"], params.classify)}


def _extract(tables: Mapping[str, pd.DataFrame], params: Params) -> Tables:
    from pipeline.stages.extract import extract

    documents, sections, sentences = tables["documents"], tables["sections"], tables["sentences"]
    made = extract(documents, sections, sentences, tables["clauses"], tables["themes"], params.extract)
    return {
        "quantities": made.quantities,
        "commitments": made.commitments,
        "absent_targets": made.absent_targets,
    }


def _compare(tables: Mapping[str, pd.DataFrame], params: Params) -> Tables:
    from pipeline.stages.compare import compare

    made = compare(
        tables["documents"],
        tables["sections"],
        tables["clauses"],
        tables["themes"],
        tables["quantities"],
        tables.get("embeddings"),
        params.compare,
    )
    return {name: getattr(made, name) for name in COMPARISON}


COMPARISON = ("theme_shares", "divergence", "indicators", "indicator_matrix", "alignment", "reuse")
_READ = ("documents", "sections", "clauses", "themes", "quantities")

STEPS: Mapping[str, Step] = {
    step.name: step
    for step in (
        Step("ingest", ("corpus", "dropped_corpus"), ("documents", "repairs", "dropped_ingest"), _ingest),
        Step(
            "segment",
            ("documents",),
            ("sections", "sentences", "clauses", "tables", "table_rows", "outline_notes", "dropped_segment"),
            _segment,
        ),
        Step("embed", ("clauses",), ("embeddings",), _embed),
        Step("classify", ("clauses", "embeddings"), ("themes",), _classify),
        Step(
            "extract",
            ("documents", "sections", "sentences", "clauses", "themes"),
            ("quantities", "commitments", "absent_targets"),
            _extract,
        ),
        Step("compare", (*_READ, "embeddings"), COMPARISON, _compare),
    )
}
EVALUATED = ("documents", "sections", "clauses", "themes", "quantities")
"""Tables that the evaluation reads."""
REPORTED = ("documents", "dropped", "sections", "sentences", "clauses", "themes", "quantities", *COMPARISON)
"""Tables that the report reads."""


def analyze(corpus: Corpus, params: Params, watch: Watch | None = None) -> Tables:
    """Run the whole line in memory.

    Args:
        corpus: What to read.
        params: Parameters of all stages.
        watch: Told of each step.

    Returns:
        All tables by name; `dropped` holds what any stage left out. Where no document could be read, only
        `documents` (empty) and `dropped`.
    """
    tables: Tables = {"corpus": corpus.rows, "dropped_corpus": corpus.dropped}
    for step in STEPS.values():
        made = step.run(tables, params)
        tables |= made
        if watch:
            watch(step.name, made)
        if tables["documents"].empty:
            break
    del tables["corpus"], tables["dropped_corpus"]
    return with_dropped(tables)


def with_dropped(tables: Tables) -> Tables:
    """Put the stages' lists of dropped documents into one table `dropped`."""
    parts = [tables.pop(name) for name in sorted(tables) if name.startswith("dropped")]
    merged = pd.concat(parts or [DROPPED.frame([])], ignore_index=True)
    tables["dropped"] = merged.sort_values(["doc_id", "stage"], ignore_index=True)
    return tables


def load_tables(folder: Path) -> Tables:
    """Read all tables that `run` or `analyze` wrote into a folder.

    Raises:
        FileNotFoundError: If there is no documents table.
        ValueError: If a table does not hold its schema.
    """
    names = {name for step in STEPS.values() for name in step.makes} | {"dropped"}
    tables = {name: read_table(folder, name) for name in sorted(names) if has_table(folder, name)}
    if "documents" not in tables:
        read_table(folder, "documents")
    return with_dropped(tables)
