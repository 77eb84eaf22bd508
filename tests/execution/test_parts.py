"""Tables in parts: bounds that a new document does not move, and a table that is put in place whole."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import given
from hypothesis import strategies as st

from pipeline.execution.parts import SMALL, NewTable, divide
from pipeline.files import has_table, parts_of, read_table

IDS = [f"市-{number:04d}" for number in range(600)]


def test_a_small_corpus_is_one_part() -> None:
    assert divide([]) == [[]]
    assert divide(IDS[:SMALL]) == [IDS[:SMALL]]
    assert len(divide(IDS[: SMALL + 1])) > 1


@given(st.sets(st.text(min_size=1, max_size=6), min_size=SMALL + 1, max_size=400))
def test_parts_hold_each_document_once_in_order(ids: set[str]) -> None:
    ordered = sorted(ids)
    parts = divide(ordered)
    assert [one for part in parts for one in part] == ordered
    assert all(0 < len(part) <= 128 for part in parts)


@given(st.integers(0, len(IDS) - 1))
def test_one_more_document_changes_one_part_or_divides_it(at: int) -> None:
    before = {tuple(part) for part in divide(IDS[:at] + IDS[at + 1 :])}
    after = [tuple(part) for part in divide(IDS)]
    changed = [part for part in after if part not in before]
    assert len(changed) <= 4 and any(IDS[at] in part for part in changed)


def write(path: Path, *values: int) -> None:
    pq.write_table(pa.table({"n": list(values)}), path)


def test_a_table_grows_from_a_file_to_a_folder_and_back(tmp_path: Path) -> None:
    for n_parts in (1, 3, 2, 1):
        new = NewTable(tmp_path, "counts", n_parts)
        for at in range(n_parts):
            write(new.path(at), 2 * at, 2 * at + 1)
        assert has_table(tmp_path, "counts") == (n_parts != 1 or (tmp_path / "counts.parquet").exists())
        new.place()
        assert read_table(tmp_path, "counts")["n"].tolist() == list(range(2 * n_parts))
        assert (tmp_path / "counts.parquet").is_file() == (n_parts == 1)
        assert [one.name for one in tmp_path.iterdir()] == ["counts.parquet"]


def test_parts_that_stay_are_taken_with_their_time_of_change(tmp_path: Path) -> None:
    first = NewTable(tmp_path, "counts", 2)
    write(first.path(0), 1)
    write(first.path(1), 2)
    first.place()
    old = parts_of(tmp_path, "counts")
    times = [one.stat().st_mtime_ns for one in old]
    second = NewTable(tmp_path, "counts", 3)
    second.take(0, old[0])
    write(second.path(1), 9)
    second.take(2, old[1])
    second.place()
    found = parts_of(tmp_path, "counts")
    assert [found[0].stat().st_mtime_ns, found[2].stat().st_mtime_ns] == times
    assert read_table(tmp_path, "counts")["n"].tolist() == [1, 9, 2]


def test_what_a_broken_run_left_is_swept(tmp_path: Path) -> None:
    broken = NewTable(tmp_path, "counts", 2)
    write(broken.path(0), 1)
    whole = NewTable(tmp_path, "counts", 1)
    write(whole.path(0), 5)
    whole.place()
    assert read_table(tmp_path, "counts")["n"].tolist() == [5]
    assert [one.name for one in tmp_path.iterdir()] == ["counts.parquet"]
