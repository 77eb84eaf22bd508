"""The page of a very large corpus is made of fewer columns, and is the same page."""

from pathlib import Path

import pytest
from invented_corpus import write_corpus
from running import run_line

from pipeline.params import Report
from pipeline.stages.report import report
from pipeline.stages.report_page import payload
from pipeline.workflow import REPORTED, load_reported, load_tables


def test_what_an_overview_does_not_show_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run_line(write_corpus(tmp_path / "corpus", range(3)), tmp_path / "out", tmp_path / "cache")
    assert load_reported(tmp_path / "out")["quantities"]["evidence"].notna().any()
    monkeypatch.setattr(payload, "MAX_QUANTITIES", 0)
    lean = load_reported(tmp_path / "out")
    assert lean["quantities"]["evidence"].isna().all() and "sentences" not in lean
    whole = {name: one for name, one in load_tables(tmp_path / "out", REPORTED).items() if name in REPORTED}
    assert report(lean, Report("page")) == report(whole, Report("page"))
