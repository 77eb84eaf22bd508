"""Read and write tables: checked both ways, atomic, the same bytes for the same rows."""

from __future__ import annotations

import contextlib
import json
import os
import re
import tempfile
import time
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.tables import TABLES, Table

_FORMULA = frozenset("=+-@\t\r\n")
_NUMBER = re.compile(r"[-+]?[0-9][0-9.,]*%?")
FORMATS = ("parquet", "jsonl", "csv")


_PARTIAL = ".partial"


@contextlib.contextmanager
def atomic(path: Path, beside: Path | None = None) -> Iterator[Path]:
    """Yield a temporary path and put it in place of `path` when the block ends well.

    What is in place is on the disk, whole, whatever happens next: the file and its folder are synced.

    Args:
        path: The file to be made or replaced.
        beside: Folder of the temporary file, on the same disk; that of `path` by default.
    """
    for folder in (path.parent, beside or path.parent):
        folder.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=_PARTIAL, dir=beside or path.parent)
    os.close(handle)
    try:
        yield Path(name)
        Path(name).chmod(0o644)
        sync(Path(name))
        Path(name).replace(path)
        sync(path.parent)
    finally:
        Path(name).unlink(missing_ok=True)


def sync(path: Path) -> None:
    """Wait until a file, or a folder's list of names, is on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sweep(folder: Path, older_s: float = 0) -> None:
    """Remove what runs that were killed left half written in a folder.

    Args:
        folder: Where it may lie; need not be there.
        older_s: Seconds since it was last written to; less may be another run's at work.
    """
    for path in folder.glob(f".*{_PARTIAL}"):
        with contextlib.suppress(FileNotFoundError):
            if time.time() - path.stat().st_mtime >= older_s:
                path.unlink()


@contextlib.contextmanager
def held(folder: Path) -> Iterator[None]:
    """Hold a folder against other runs that write into it; it is made where it is not there.

    The lock is the system's own, so it ends with the process, however that ends.

    Raises:
        OSError: If another run holds it.
    """
    handle = _locked(folder)
    try:
        sweep(folder)
        yield
    finally:
        with contextlib.suppress(OSError):
            folder.rmdir()  # nothing came of it
        os.close(handle)


def _locked(folder: Path) -> int:
    """Return an open handle that holds the lock of a folder.

    A run that made nothing takes its folder away, so what was locked may be gone by now; then it is made anew.
    """
    import fcntl

    while True:
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(folder, os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.path.samestat(os.fstat(handle), folder.stat()):
                return handle
        except FileNotFoundError:
            pass
        except BlockingIOError as error:
            os.close(handle)
            msg = f"{folder}: another run is writing there; wait until it has ended, or give another folder"
            raise OSError(msg) from error
        os.close(handle)


def write_text(path: Path, text: str) -> None:
    """Write UTF-8 text atomically, with LF line ends."""
    with atomic(path) as temporary:
        temporary.write_text(text, encoding="utf-8", newline="\n")


def write_json(path: Path, value: object) -> None:
    """Write JSON with sorted keys, atomically."""
    write_text(path, json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n")


def write_table(frame: pd.DataFrame, folder: Path, name: str, form: str = "parquet") -> Path:
    """Write one table as `folder/name.form`; known tables are checked, all are sorted as given.

    Columns that a known table lacks (a clause's `theme`, put beside it for readers) come last.

    Raises:
        ValueError: If the rows do not fit the table, or the form is not one of FORMATS.
    """
    if form not in FORMATS:
        msg = f"unknown format {form!r}: use one of {', '.join(FORMATS)}"
        raise ValueError(msg)
    known = TABLES.get(name)
    table = pa.Table.from_pandas(frame, preserve_index=False) if known is None else _known(known, frame)
    path = folder / f"{name}.{form}"
    write_rows(table, path, form)
    return path


def write_rows(table: pa.Table, path: Path, form: str) -> None:
    """Write the rows of any table, atomically, in one of FORMATS."""
    with atomic(path) as temporary:
        if form == "parquet":
            pq.write_table(table.replace_schema_metadata(None), temporary, compression="zstd")
        elif form == "jsonl":
            with temporary.open("w", encoding="utf-8", newline="\n") as out:
                out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in table.to_pylist())
        else:
            _flat(table).to_csv(temporary, index=False, encoding="utf-8-sig", lineterminator="\n")


def _known(known: Table, frame: pd.DataFrame) -> pa.Table:
    """Return the checked rows of a known table, with the further columns of the frame."""
    table = known.arrow(known.check(frame[[one for one in frame.columns if one in known.columns]]))
    more = pa.Table.from_pandas(frame.drop(columns=known.columns), preserve_index=False)
    for one in more.schema:
        table = table.append_column(one, more[one.name])
    return table


def no_formula(text: str) -> str:
    """Return a text that a spreadsheet shows and does not run (OWASP, CSV injection); plain numbers stay."""
    return f"'{text}" if text[:1] in _FORMULA and not _NUMBER.fullmatch(text) else text


def _flat(table: pa.Table) -> pd.DataFrame:
    """Return a frame whose nested columns are JSON text, for CSV."""
    columns = {}
    for one in table.schema:
        values = table[one.name].to_pylist()
        if pa.types.is_nested(one.type):
            values = [json.dumps(value, ensure_ascii=False) for value in values]
        elif pa.types.is_string(one.type) or pa.types.is_large_string(one.type):
            # csv.writer does not quote a lone return, and readers take it for the end of a row.
            values = [no_formula(v.replace("\r\n", "\n").replace("\r", "\n")) if v else v for v in values]
        columns[one.name] = pd.Series(values, dtype=object)
    return pd.DataFrame(columns)


def read_table(
    folder: Path, name: str, without: Collection[str] = (), change: Callable[[pa.Table], pa.Table] | None = None
) -> pd.DataFrame:
    """Read `folder/name` in whichever format it was written (parquet or jsonl).

    Args:
        folder: Where the tables are.
        name: The table; its parquet file may be a folder of parts.
        without: Columns of a known table that are not wanted: those of nested lists take much memory.
        change: What is done to each part as soon as it is read.

    Raises:
        FileNotFoundError: Naming the folder, the table and the mend.
        ValueError: If the rows do not fit the table.
    """
    known = TABLES.get(name)
    if parts := parts_of(folder, name):
        wanted = [one for one in known.columns if one not in without] if known else None
        # One file read as a file: a folder's name must not become a column (`theme=...`).
        read = (pq.ParquetFile(part).read(columns=wanted) for part in parts)
        frame = frame_of(pa.concat_tables([change(one) if change else one for one in read]))
        return known.check(frame) if known and not without else frame
    if (path := folder / f"{name}.jsonl").exists():
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        return known.frame(rows) if known else pd.DataFrame(rows)
    msg = f"{folder}: no table `{name}` here; run `planlens run` or `planlens analyze` first"
    raise FileNotFoundError(msg)


def parts_of(folder: Path, name: str) -> list[Path]:
    """Return the parquet files of a table in the order of its rows: one, the parts of a large one, or none."""
    path = folder / f"{name}.parquet"
    return sorted(path.glob("[0-9]*.parquet")) if path.is_dir() else [path] * path.is_file()


def n_rows(folder: Path, name: str) -> int:
    """Return the rows of a table in parquet without reading them; 0 where there is none."""
    return sum(pq.ParquetFile(part).metadata.num_rows for part in parts_of(folder, name))


def frame_of(table: pa.Table) -> pd.DataFrame:
    """Return a frame with text as `str` and integers that can be empty."""

    def mapper(one: pa.DataType) -> pd.api.extensions.ExtensionDtype | None:
        if pa.types.is_string(one):
            return pd.StringDtype(na_value=float("nan"))
        return pd.Int64Dtype() if pa.types.is_integer(one) else None

    frame: pd.DataFrame = table.to_pandas(types_mapper=mapper)
    return frame


def has_table(folder: Path, name: str) -> bool:
    """Say whether `folder` holds the table in a format that can be read back."""
    return bool(parts_of(folder, name)) or (folder / f"{name}.jsonl").is_file()
