"""The line of stages: what each reads and makes, and how they run in memory."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pyarrow as pa

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
        unit: What its rows depend on: `documents` (each document by itself, any number at once), `document` (the same,
            but one at once: the last bits of a matrix product depend on its number of rows), `corpus` (all together).
        code: What its output depends on within the package: files and folders, as in dvc.yaml.
    """

    name: str
    reads: tuple[str, ...]
    makes: tuple[str, ...]
    run: Callable[[Mapping[str, pd.DataFrame], Params], Mapping[str, pd.DataFrame]]
    unit: str = "corpus"
    code: tuple[str, ...] = ()


def _ingest(tables: Mapping[str, pd.DataFrame], params: Params) -> Tables:
    from pipeline.reading.isolation import Reader
    from pipeline.reading.limits import Limits
    from pipeline.stages.ingest import ingest

    with Reader(Limits.of(params.ingest), params.parallel.n_jobs) as reader:
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

    made = compare(tables, params.compare)
    return {name: getattr(made, name) for name in COMPARISON}


COMPARISON = (
    "theme_shares", "theme_attention", "divergence", "indicators", "indicator_matrix", "indicator_states",
    "comparability", "outcomes", "alignment", "reuse", "plan_map", "keywords", "changes", "amplification",
)  # fmt: skip
_READ = ("documents", "sections", "clauses", "themes", "quantities", "absent_targets")

_BASE = ("files.py", "folding", "params.py", "tables.py")
_SEGMENT = ("structure", "stages/segment.py", "stages/segment_tables.py", "records.py", *_BASE)

STEPS: Mapping[str, Step] = {
    step.name: step
    for step in (
        Step(
            "ingest",
            ("corpus", "dropped_corpus"),
            ("documents", "repairs", "dropped_ingest"),
            _ingest,
            "documents",
            ("corpus", "reading", "stages/ingest.py", "records.py", *_BASE),
        ),
        Step(
            "segment",
            ("documents",),
            ("sections", "sentences", "clauses", "tables", "table_rows", "outline_notes", "dropped_segment"),
            _segment,
            "documents",
            _SEGMENT,
        ),
        Step("embed", ("clauses",), ("embeddings",), _embed, "document", ("themes", "stages/embed.py", *_BASE)),
        Step(
            "classify",
            ("clauses", "embeddings"),
            ("themes",),
            _classify,
            "document",
            ("themes", "stages/classify.py", *_BASE),
        ),
        Step(
            "extract",
            ("documents", "sections", "sentences", "clauses", "themes"),
            ("quantities", "commitments", "absent_targets"),
            _extract,
            "documents",
            ("commitments", "stages/extract.py", *_SEGMENT),
        ),
        Step(
            "compare",
            (*_READ, "embeddings"),
            COMPARISON,
            _compare,
            code=(
                "commitments",
                "comparison",
                "stages/compare.py",
                "reading/places.py",
                "themes/weights.py",
                "records.py",
                *_BASE,
            ),
        ),
    )
}
EVALUATED = ("documents", "sections", "clauses", "themes", "quantities")
"""Tables that the evaluation reads."""
REPORTED = ("documents", "dropped", "sections", "sentences", "clauses", "themes", "quantities", *COMPARISON)
"""Tables that the report reads."""
REPORT = Step(
    "report",
    ("documents", "sections", "clauses", "themes", "quantities"),
    (),
    lambda tables, _: dict(tables),
    code=("commitments", "structure", "stages/report.py", "stages/report_page", "records.py", *_BASE),
)
"""What the page shows of each document by itself is made of these tables and this code."""


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
        made = one_by_one(step, tables, params) if step.unit == "document" else step.run(tables, params)
        tables |= made
        if watch:
            watch(step.name, made)
        if tables["documents"].empty:
            break
    del tables["corpus"], tables["dropped_corpus"]
    return with_dropped(tables)


def one_by_one(step: Step, tables: Mapping[str, pd.DataFrame], params: Params) -> Tables:
    """Run a step whose unit is one document, on documents that follow each other in its tables.

    Args:
        step: Reads tables with one row a clause, `clauses` first.
        tables: What it reads.
        params: Parameters of all stages.

    Returns:
        What it makes, in the order of the clauses.
    """
    doc_ids = tables["clauses"]["doc_id"].to_numpy()
    starts = [at for at in range(len(doc_ids)) if at == 0 or doc_ids[at] != doc_ids[at - 1]] or [0]
    made: dict[str, list[pd.DataFrame]] = {name: [] for name in step.makes}
    for low, high in zip(starts, [*starts[1:], len(doc_ids)], strict=True):
        own = {name: tables[name].iloc[low:high].reset_index(drop=True) for name in step.reads}
        for name, frame in step.run(own, params).items():
            made[name].append(frame)
    return {name: pd.concat(parts, ignore_index=True) for name, parts in made.items()}


def with_dropped(tables: Tables) -> Tables:
    """Put the stages' lists of dropped documents into one table `dropped`."""
    parts = [tables.pop(name) for name in sorted(tables) if name.startswith("dropped")]
    merged = pd.concat(parts or [DROPPED.frame([])], ignore_index=True)
    tables["dropped"] = merged.sort_values(["doc_id", "stage"], ignore_index=True)
    return tables


LARGE: Mapping[str, tuple[str, ...]] = {
    "documents": ("text", "source_map", "articles", "furniture", "hints", "contents", "warnings"),
    "sections": ("source_spans", "heading", "path", "article", "enumerator", "kind", "parent_id"),
    "clauses": ("source_spans", "sentence_id", "end", "kind"),
    "themes": ("p", "second", "p_second", "margin", "source", "model"),
    "quantities": ("source_spans", "evidence", "quote", "rule", "actor", "theme", "section_id", "indicator"),
    "absent_targets": ("source_spans",),
}
"""Columns that take most of the memory and that no comparison reads."""


def load_compared(folder: Path) -> Tables:
    """Read what `compare` needs of a folder beside the condensed clauses: no large columns, no other quantities.

    Of a corpus small enough to align, also the clauses with their themes and embeddings.

    Raises:
        FileNotFoundError: If a table is not there.
    """
    from pipeline.comparison.alignment import MAX_ALIGNED

    names = ("documents", "quantities", "absent_targets")
    changes = {"quantities": _with_indicator}
    tables = {name: read_table(folder, name, LARGE[name], changes.get(name)) for name in names}
    if len(tables["documents"]) <= MAX_ALIGNED:
        tables |= {name: read_table(folder, name, LARGE.get(name, ())) for name in ("clauses", "themes", "embeddings")}
    return tables


def _with_indicator(quantities: pa.Table) -> pa.Table:
    """Return the quantities of an indicator: others, more than half of them, are not compared."""
    return quantities.filter(quantities["indicator_id"].is_valid())


def load_overview(folder: Path) -> Tables:
    """Read what the page of a very large corpus shows of the documents together: no text; of the comparison, its rows.

    Raises:
        FileNotFoundError: If there is no documents table.
        ValueError: If a table does not hold its schema.
    """
    from pipeline.stages.report_page.comparison_payload import SHOWN, shown_states

    changes = {"indicator_states": shown_states}
    names = [one for one in COMPARISON if one in SHOWN and has_table(folder, one)]
    tables = {name: read_table(folder, name, change=changes.get(name)) for name in names}
    if len(tables.get("alignment", ())):  # a few long documents: the words of their clauses stand beside each other
        tables["clauses"] = read_table(folder, "clauses", LARGE["clauses"])
    warned = tuple(one for one in LARGE["documents"] if one != "warnings")
    tables["documents"] = read_table(folder, "documents", warned).sort_values("doc_id", ignore_index=True)
    dropped = [one for one in ("dropped_ingest", "dropped_segment") if has_table(folder, one)]
    return with_dropped(tables | {name: read_table(folder, name) for name in dropped})


def load_tables(folder: Path, wanted: Collection[str] = ()) -> Tables:
    """Read the tables that `run` or `analyze` wrote into a folder.

    Args:
        folder: Where the tables are.
        wanted: Names of tables, `dropped` for all lists of dropped documents; all tables if empty.

    Raises:
        FileNotFoundError: If there is no documents table.
        ValueError: If a table does not hold its schema.
    """
    names = {name for step in STEPS.values() for name in step.makes} | {"dropped"}
    names = {name for name in names if not wanted or name.partition("_")[0] in wanted or name in wanted}
    tables = {name: read_table(folder, name) for name in sorted(names) if has_table(folder, name)}
    if "documents" not in tables:
        read_table(folder, "documents")
    return with_dropped(tables)
