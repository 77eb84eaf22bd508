"""The cache: what is put there comes back whole or not at all."""

from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.execution.fragments import Cache, pack, unpack

KEY = "ab" + "0" * 62
CELLS = st.lists(
    st.tuples(st.text(max_size=5), st.none() | st.integers(-9, 9), st.lists(st.integers(0, 9), max_size=3))
)


@given(CELLS, CELLS)
def test_tables_come_back_as_they_were(first: list, second: list) -> None:
    schema = pa.schema([("a", pa.string()), ("b", pa.int64()), ("c", pa.list_(pa.int64()))])
    tables = [
        pa.Table.from_pylist([dict(zip("abc", one, strict=True)) for one in rows], schema) for rows in (first, second)
    ]
    found = unpack(pack(tables), ("one", "two"))
    assert found["one"].equals(tables[0]) and found["two"].equals(tables[1])


@pytest.mark.parametrize(
    "damage", [lambda c: c[:-1], lambda c: c + b"0", lambda c: b"", lambda c: c[:40] + b"x" + c[41:]]
)
def test_a_broken_fragment_counts_as_absent(tmp_path: Path, damage) -> None:  # noqa: ANN001
    cache = Cache(tmp_path)
    assert cache.get(KEY) is None
    cache.put(KEY, b"what a stage made")
    assert cache.get(KEY) == b"what a stage made"
    (path,) = [one for one in tmp_path.rglob("*") if one.is_file()]
    path.write_bytes(damage(path.read_bytes()))
    assert cache.get(KEY) is None


def test_a_broken_record_counts_as_absent(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.note(KEY, {"rows": 3})
    assert cache.record(KEY) == {"rows": 3}
    (path,) = [one for one in tmp_path.rglob("*") if one.is_file()]
    for broken in ("{", "[]", ""):
        path.write_text(broken)
        assert cache.record(KEY) is None


def test_the_digest_of_a_file_is_kept_until_the_file_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text("一")
    cache = Cache(tmp_path / "cache")
    first = cache.digest(path)
    cache.close()
    monkeypatch.setattr("pipeline.execution.fragments.file_digest", lambda path: "read again")
    assert Cache(tmp_path / "cache").digest(path) == first
    path.write_text("二二")
    assert Cache(tmp_path / "cache").digest(path) == "read again"
