"""The tables: columns, types, keys, foreign keys, and the check that holds them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd
import pyarrow as pa

_SPANS = pa.list_(pa.list_(pa.int64()))
_TEXT, _INT, _REAL = pa.string(), pa.int64(), pa.float64()
_ARTICLES = pa.list_(pa.struct([("name", _TEXT), ("start", _INT), ("end", _INT)]))
_FURNITURE = pa.list_(pa.struct([("start", _INT), ("end", _INT), ("reason", _TEXT)]))
_HINTS = pa.list_(pa.struct([("kind", _TEXT), ("start", _INT), ("end", _INT), ("level", _INT)]))
_EVIDENCE = pa.list_(pa.struct([("field", _TEXT), ("start", _INT), ("end", _INT)]))

CORPUS_COLUMNS = (
    "doc_id", "file", "place", "adcode", "level", "doc_type", "period_start", "period_end", "title", "issuer",
    "published", "source_url", "licence", "sha256",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Table:
    """One table.

    Attributes:
        name: Name of the table and of its file.
        key: Columns that identify a row.
        schema: Arrow schema; a field that is not nullable must be filled.
        references: Column to `table.column` that must hold its value.
    """

    name: str
    key: tuple[str, ...]
    schema: pa.Schema
    references: Mapping[str, str]

    @property
    def columns(self) -> list[str]:
        """Names of the columns, in order."""
        return list(self.schema.names)

    def frame(self, rows: list[dict[str, object]]) -> pd.DataFrame:
        """Return rows as a checked frame, in the rows' order."""
        return self.check(pa.Table.from_pylist(rows, schema=self.schema).to_pandas(types_mapper=_pandas_type))

    def pandas(self, table: pa.Table) -> pd.DataFrame:
        """Return an Arrow table of this schema as a frame like those that `frame` makes, unchecked."""
        found: pd.DataFrame = table.to_pandas(types_mapper=_pandas_type)
        return found

    def arrow(self, frame: pd.DataFrame) -> pa.Table:
        """Return the frame as an Arrow table of this schema.

        Raises:
            ValueError: If a column lacks, is unknown or does not fit its type.
        """
        lacking, extra = set(self.columns) - set(frame.columns), set(frame.columns) - set(self.columns)
        if lacking or extra:
            msg = f"table {self.name}: missing columns {sorted(lacking)}, unknown columns {sorted(extra)}"
            raise ValueError(msg)
        try:
            table = pa.Table.from_pandas(frame[self.columns], schema=self.schema, preserve_index=False)
        except (pa.ArrowInvalid, pa.ArrowTypeError) as error:
            msg = f"table {self.name}: {error}"
            raise ValueError(msg) from error
        return table.replace_schema_metadata(None)

    def check(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return the frame unchanged if it holds the schema, its key is unique and no required value lacks.

        Raises:
            ValueError: Naming the table, the column and the first row at fault.
        """
        for one in self.schema:
            if not one.nullable and one.name in frame and frame[one.name].isna().any():
                msg = f"table {self.name}: column {one.name} is empty in row {int(frame[one.name].isna().argmax())}"
                raise ValueError(msg)
        self.arrow(frame)
        doubled = frame.duplicated(list(self.key))
        if doubled.any():
            row = frame.loc[doubled, list(self.key)].iloc[0].tolist()
            msg = f"table {self.name}: key {self.key} is doubled: {row}"
            raise ValueError(msg)
        return frame


def _pandas_type(one: pa.DataType) -> pd.api.extensions.ExtensionDtype | None:
    if pa.types.is_string(one):
        return pd.StringDtype(na_value=float("nan"))
    if pa.types.is_integer(one):
        return pd.Int64Dtype()
    return None


def _table(name: str, key: str, columns: str, references: Mapping[str, str] | None = None) -> Table:
    """Build a table from a line of `name:type` words; `?` after the type allows empty values."""
    types = {"text": _TEXT, "int": _INT, "real": _REAL, "spans": _SPANS, "articles": _ARTICLES,
             "furniture": _FURNITURE, "hints": _HINTS,
             "evidence": _EVIDENCE, "texts": pa.list_(_TEXT), "bool": pa.bool_(),
             "vector": pa.list_(pa.float32())}  # fmt: skip
    fields = []
    for word in columns.split():
        column, kind = word.split(":")
        fields.append(pa.field(column, types[kind.rstrip("?")], nullable=kind.endswith("?")))
    return Table(name, tuple(key.split()), pa.schema(fields), references or {})


DOCUMENTS = _table(
    "documents", "doc_id",
    "doc_id:text file:text place:text? adcode:text? level:text? doc_type:text? period_start:int? period_end:int?"
    " title:text? issuer:text? published:text? source_url:text? licence:text? sha256:text text:text"
    " source_map:spans articles:articles furniture:furniture hints:hints n_chars:int encoding:text script:text"
    " contents:texts"
    " warnings:texts",
)  # fmt: skip
REPAIRS = _table(
    "repairs", "doc_id left right",
    "doc_id:text kind:text left:int right:int quote:text score:real runner_up:int? runner_up_quote:text margin:real?"
    " applied:bool source:text",
    {"doc_id": "documents.doc_id"},
)  # fmt: skip
DROPPED = _table("dropped", "doc_id stage", "doc_id:text stage:text reason:text")
SECTIONS = _table(
    "sections", "section_id",
    "section_id:text doc_id:text article:text parent_id:text? level:int enumerator:text heading:text start:int"
    " heading_end:int end:int source_spans:spans path:text kind:text",
    {"doc_id": "documents.doc_id", "parent_id": "sections.section_id"},
)  # fmt: skip
OUTLINE_NOTES = _table(
    "outline_notes", "doc_id number", "doc_id:text number:int kind:text section_id:text? detail:text",
    {"doc_id": "documents.doc_id", "section_id": "sections.section_id"},
)  # fmt: skip
SENTENCES = _table(
    "sentences", "sentence_id",
    "sentence_id:text doc_id:text section_id:text? start:int end:int source_spans:spans",
    {"doc_id": "documents.doc_id", "section_id": "sections.section_id"},
)  # fmt: skip
CLAUSES = _table(
    "clauses", "clause_id",
    "clause_id:text doc_id:text sentence_id:text section_id:text? start:int end:int source_spans:spans text:text"
    " context:text kind:text",
    {"doc_id": "documents.doc_id", "sentence_id": "sentences.sentence_id", "section_id": "sections.section_id"},
)  # fmt: skip
FOUND_TABLES = _table(
    "tables", "table_id",
    "table_id:text doc_id:text section_id:text? caption:text? kind:text n_rows:int n_columns:int header:texts"
    " note:text? start:int end:int source_spans:spans doubtful:bool",
    {"doc_id": "documents.doc_id", "section_id": "sections.section_id"},
)  # fmt: skip
TABLE_ROWS = _table(
    "table_rows", "row_id",
    "row_id:text table_id:text doc_id:text clause_id:text number:int group:text? parent:text? indicator:text?"
    " unit:text? base_value:text? base_min:real? base_max:real? base_comparator:text? base_year:int?"
    " target_value:text? target_min:real? target_max:real? target_comparator:text? target_year:int?"
    " change_value:text? change_min:real? change_max:real? change_comparator:text? change_year:int?"
    " aggregation:text? attribute:text? force:text? cells:texts start:int end:int source_spans:spans doubtful:bool",
    {"table_id": "tables.table_id", "doc_id": "documents.doc_id", "clause_id": "clauses.clause_id"},
)  # fmt: skip
EMBEDDINGS = _table("embeddings", "clause_id", "clause_id:text vector:vector", {"clause_id": "clauses.clause_id"})
THEMES = _table(
    "themes", "clause_id",
    "clause_id:text theme:text p:real second:text? p_second:real? margin:real source:text model:text",
    {"clause_id": "clauses.clause_id"},
)  # fmt: skip
QUANTITIES = _table(
    "quantities", "quantity_id",
    "quantity_id:text doc_id:text clause_id:text section_id:text? start:int end:int source_spans:spans quote:text"
    " indicator:text? indicator_id:text? value_min:real? value_max:real? comparator:text unit:text? unit_id:text?"
    " value_min_si:real? value_max_si:real? measure:text aggregation:text? denominator:text? baseline_value:real?"
    " baseline_year:int? deadline:int? deadline_source:text? status:text force:text? actor:text? evidence:evidence"
    " rule:text theme:text? doubtful:bool",
    {"doc_id": "documents.doc_id", "clause_id": "clauses.clause_id", "section_id": "sections.section_id"},
)  # fmt: skip
ABSENT_TARGETS = _table(
    "absent_targets", "doc_id start",
    "doc_id:text clause_id:text start:int end:int source_spans:spans quote:text indicator:text? indicator_id:text?"
    " reason:text",
    {"doc_id": "documents.doc_id", "clause_id": "clauses.clause_id"},
)  # fmt: skip
COMMITMENTS = Table("commitments", QUANTITIES.key, QUANTITIES.schema, QUANTITIES.references)

TABLES: Mapping[str, Table] = {
    one.name: one
    for one in (
        DOCUMENTS, DROPPED, REPAIRS, SECTIONS, OUTLINE_NOTES, SENTENCES, CLAUSES, FOUND_TABLES, TABLE_ROWS,
        EMBEDDINGS, THEMES, QUANTITIES, COMMITMENTS, ABSENT_TARGETS,
    )
}  # fmt: skip


def check_references(frames: Mapping[str, pd.DataFrame]) -> None:
    """Check that foreign keys between the given tables resolve.

    Raises:
        ValueError: Naming the table, the column and the first value that does not resolve.
    """
    for name, frame in frames.items():
        for column, target in TABLES[name].references.items() if name in TABLES else ():
            other, other_column = target.split(".")
            if other not in frames:
                continue
            values = frame[column].dropna()
            lost = values[~values.isin(frames[other][other_column])]
            if len(lost):
                msg = f"table {name}: {column} {lost.iloc[0]!r} is not in {target}"
                raise ValueError(msg)
