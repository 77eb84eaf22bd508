"""The run log: a line for each stage, whether it ended well or not."""

from pathlib import Path

import pytest

from pipeline.execution import LOG, logged, read_log


def test_each_stage_has_a_line_with_time_memory_and_what_it_told(tmp_path: Path) -> None:
    with logged(tmp_path, "segment") as line:
        line["rows"] = {"clauses": 3}
    with pytest.raises(ValueError, match="no themes"), logged(tmp_path, "classify"):
        raise ValueError("no themes")
    first, second = read_log(tmp_path)
    assert first["stage"] == "segment" and first["rows"] == {"clauses": 3} and first["peak_mb"] > 1
    assert first["seconds"] >= 0 and first["at"].endswith("+00:00") and "error" not in first
    assert second["error"] == "ValueError: no themes"


def test_a_line_cut_off_by_a_crash_is_left_out(tmp_path: Path) -> None:
    with logged(tmp_path, "segment"):
        pass
    with (tmp_path / LOG).open("a") as out:
        out.write('{"stage": "ext')
    assert [one["stage"] for one in read_log(tmp_path)] == ["segment"]
    assert read_log(tmp_path / "none") == []


def test_a_folder_is_not_made_for_the_log_alone(tmp_path: Path) -> None:
    with logged(tmp_path / "none", "segment"):
        pass
    assert not (tmp_path / "none").exists()
