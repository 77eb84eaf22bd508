"""What a stage loads: each is a process, so what it does not need is not loaded."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline import execution

ROOT = Path(__file__).parents[2]


def test_stages_by_document_do_not_load_the_comparison_or_the_page() -> None:
    told = "import sys, pipeline.execution; print([one for one in sys.modules if one.startswith('pipeline.')])"
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    found = subprocess.run([sys.executable, "-c", told], env=environment, capture_output=True, text=True, check=True)
    assert "pipeline.execution.stages" in found.stdout
    for name in ("pipeline.comparison", "pipeline.stages.report", "pipeline.stages.compare"):
        assert f"'{name}'" not in found.stdout


def test_what_is_loaded_later_is_there_all_the_same() -> None:
    assert all(callable(getattr(execution, name)) for name in execution._LATER)
    with pytest.raises(AttributeError, match="no attribute 'compare'"):
        execution.compare  # noqa: B018
