"""Measure `planlens run` as a whole on all work reports: cold, with nothing changed, with one document more.

`python bench/whole.py --reports data/raw/work_reports --work FOLDER`: the folder holds a clone of the project and the
corpus; one that is there with its tables has run cold once, and that run's times are read from its run log. It serves
for one measurement. The themes are read by the linear model. Times of the stages are those of the run log.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import time
from pathlib import Path

import yaml
from scale import ROOT, add_one, line, write_corpus

STAGES = ("ingest", "segment", "embed", "classify", "extract", "compare", "report")


def prepare(work: Path, reports: Path) -> None:
    """Clone the project and write the corpus and its parameters."""
    subprocess.run([shutil.which("git") or "git", "clone", "-q", str(ROOT), str(work)], check=True)
    write_corpus(sorted(reports.rglob("*.md")), reports, work / "data/raw/all")
    params = yaml.safe_load((work / "params.yaml").read_text(encoding="utf-8"))
    params["corpora"], params["classify"]["model"] = {"all": "data/raw/all"}, "themes-linear"
    (work / "params.yaml").write_text(yaml.safe_dump(params), encoding="utf-8")
    (work / "dvc.lock").unlink()


def whole(work: Path) -> tuple[float, float]:
    """Run the pipeline and return seconds by the clock and of the processors."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    command = [sys.executable, "-m", "pipeline", "run", "--corpus", "all", "--quiet"]
    subprocess.run(command, cwd=work, env=os.environ | {"PYTHONPATH": str(work)}, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return time.monotonic() - began, used


def logged(work: Path, since: int) -> dict[str, dict[str, float]]:
    """Return the lines of the run log from one on, by stage."""
    from pipeline.execution import read_log

    return {one["stage"]: one for one in read_log(work / "data/artifacts/all")[since:] if not one.get("error")}


def n_logged(work: Path) -> int:
    """Return the lines of the run log."""
    from pipeline.execution import read_log

    return len(read_log(work / "data/artifacts/all"))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=Path, default=ROOT / "data/raw/work_reports")
    parser.add_argument("--work", type=Path, required=True)
    given = parser.parse_args()
    sys.path.insert(0, str(ROOT))
    if not given.work.exists():
        prepare(given.work, given.reports)
        whole(given.work)
    corpus = given.work / "data/raw/all"
    if (corpus / "one-more").exists():
        raise SystemExit(f"{given.work} has served already; give another folder")
    cold = logged(given.work, -len(STAGES))
    n_before = n_logged(given.work)
    nothing = whole(given.work)
    if n_logged(given.work) != n_before:
        raise SystemExit("a run with nothing changed ran a stage")
    add_one(corpus, given.reports, sorted(given.reports.rglob("*.md"))[0])
    more = whole(given.work)
    warm = logged(given.work, n_before)
    print(f"{len(os.sched_getaffinity(0))} cores, load {os.getloadavg()[0]:.1f} at the end\n")
    line("stage", "cold, s", "peak, MB", "one more, s", "peak, MB")
    line(*["---"] * 5)
    for name in STAGES:
        one, other = cold[name], warm[name]
        line(
            name,
            f"{one['seconds']:,.1f}",
            f"{one['peak_mb']:,.0f}",
            f"{other['seconds']:.1f}",
            f"{other['peak_mb']:,.0f}",
        )
    sums = [sum(found[name]["seconds"] for name in STAGES) for found in (cold, warm)]
    line("together", f"{sums[0]:,.1f}", "", f"{sums[1]:.1f}", "")
    print(f"\nplanlens run, nothing changed: {nothing[0]:.1f} s ({nothing[1]:.1f} s of the processors)")
    print(f"planlens run, one document more: {more[0]:.1f} s ({more[1]:.1f} s of the processors)")


if __name__ == "__main__":
    main()
