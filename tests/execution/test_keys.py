"""What a remembered result depends on, and what not."""

from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from pipeline.execution.keys import digest_of, folder_digest, step_version
from pipeline.params import Classify, Parallel, Params, Segment
from pipeline.workflow import STEPS

DVC = yaml.safe_load((Path(__file__).parents[2] / "dvc.yaml").read_text(encoding="utf-8"))["stages"]


def test_parts_of_a_digest_stand_for_themselves() -> None:
    assert digest_of("ab", "c") != digest_of("a", "bc") and digest_of("a", b"b") == digest_of("a", "b")


@pytest.mark.parametrize("name", [name for name, step in STEPS.items() if step.unit != "corpus"])
def test_the_code_of_a_step_is_what_dvc_watches(name: str) -> None:
    watched = {one.removeprefix("pipeline/") for one in DVC[name]["do"]["deps"] if one.startswith("pipeline/")}
    assert set(STEPS[name].code) == watched


def test_a_stage_forgets_when_its_own_parameters_change() -> None:
    before, after = Params(), replace(Params(), segment=Segment(join_clauses=False))
    assert step_version(STEPS["segment"], before) != step_version(STEPS["segment"], after)
    assert step_version(STEPS["extract"], before) == step_version(STEPS["extract"], after)


def test_where_the_work_is_done_changes_nothing() -> None:
    elsewhere = replace(Params(), parallel=Parallel("dask", 7, "tcp://10.0.0.5:8786"))
    for name in ("ingest", "segment", "embed", "classify", "extract"):
        assert step_version(STEPS[name], Params()) == step_version(STEPS[name], elsewhere)


def test_another_model_is_another_version(tmp_path: Path) -> None:
    shipped = step_version(STEPS["classify"], Params())
    (tmp_path / "config.json").write_text("{}")
    one = step_version(STEPS["classify"], replace(Params(), classify=Classify(model=str(tmp_path))))
    assert one != shipped


def test_code_is_told_apart_by_name_and_content_but_not_by_compiled_files(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b.py").write_text("1")
    first = folder_digest(tmp_path, ("a",))
    (tmp_path / "a" / "b.pyc").write_text("compiled")
    assert folder_digest(tmp_path, ("a",)) == first
    (tmp_path / "a" / "b.py").rename(tmp_path / "a" / "c.py")
    assert folder_digest(tmp_path, ("a",)) != first
    (tmp_path / "a" / "c.py").rename(tmp_path / "a" / "b.py")
    (tmp_path / "a" / "b.py").write_text("2")
    assert folder_digest(tmp_path, ("a",)) != first
