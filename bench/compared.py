"""Measure compare and report on many documents: with nothing remembered, with one document more, with nothing new.

`python bench/compared.py out/reports`: the folder holds the tables of all work reports, ingest to extract. They are
copied without one document, compared and reported, and once more when that document is back. Seconds of the processors
are those of the stage and its workers, so other work on the machine counts little.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pyarrow.compute as pc
import pyarrow.parquet as pq

ROOT = Path(__file__).parents[1]
STAGES = ("compare", "report")
_BY_CLAUSE = ("embeddings", "themes")


def tables_of(folder: Path) -> list[str]:
    """Return the tables by document."""
    from pipeline.workflow import STEPS

    steps = [step for step in STEPS.values() if step.unit != "corpus"]
    return [one for step in steps for one in step.makes if (folder / f"{one}.parquet").exists()]


def seal_all(folder: Path) -> None:
    """Write the manifests of the stages by document."""
    from pipeline.execution import seal
    from pipeline.execution.keys import file_digest
    from pipeline.workflow import STEPS

    for step in STEPS.values():
        if step.unit != "corpus":
            seal(folder, step.name, file_digest)


def take_out(folder: Path, names: list[str]) -> dict[Path, bytes]:
    """Take the first document of the first part out of all tables; return the files as they were."""
    first = {
        name: folder / f"{name}.parquet" / "00000.parquet" for name in names if (folder / f"{name}.parquet").is_dir()
    }
    tables = {name: pq.read_table(path) for name, path in first.items()}
    gone = tables["documents"]["doc_id"][0]
    kept = pc.not_equal(tables["clauses"]["doc_id"], gone)
    before = {path: path.read_bytes() for path in first.values()}
    for name, path in first.items():
        rows = kept if name in _BY_CLAUSE else pc.not_equal(tables[name]["doc_id"], gone)
        path.unlink()  # it may be a link
        pq.write_table(tables[name].filter(rows), path, compression="zstd")
    return before


def run(work: Path) -> dict[str, tuple[float, float, float]]:
    """Run the stages, and return for each seconds by the clock, of the processors, and the peak in MB."""
    from pipeline.execution import read_log

    found = {}
    for name in STAGES:
        words = ["--to", str(work / "page.html")] if name == "report" else []
        command = [sys.executable, "-m", "pipeline", "stage", name, str(work / "tables"), *words, "--quiet"]
        command += ["--params", str(ROOT / "params.yaml"), "--cache", str(work / "cache")]
        before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
        subprocess.run(command, cwd=work, env=os.environ | {"PYTHONPATH": str(ROOT)}, check=True)
        after, wall = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic() - began
        used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        found[name] = (wall, used, read_log(work / "tables")[-1]["peak_mb"])
    return found


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tables", type=Path)
    given = parser.parse_args()
    sys.path.insert(0, str(ROOT))
    with tempfile.TemporaryDirectory(dir=given.tables.resolve().parent) as folder:
        work = Path(folder)
        names = tables_of(given.tables)
        (work / "tables").mkdir()
        for name in names:
            source, target = given.tables / f"{name}.parquet", work / "tables" / f"{name}.parquet"
            copy = shutil.copytree if source.is_dir() else shutil.copy2
            copy(source, target)
        before = take_out(work / "tables", names)
        seal_all(work / "tables")
        runs = {"nothing remembered": run(work)}
        for path, content in before.items():
            path.write_bytes(content)
        seal_all(work / "tables")
        runs |= {"one document more": run(work), "nothing new": run(work)}
    print(f"{len(os.sched_getaffinity(0))} cores, load {os.getloadavg()[0]:.1f} at the end\n")
    print("| | stage | seconds | of the processors | peak, MB |\n| --- | --- | --- | --- | --- |")
    for told, found in runs.items():
        for name, (wall, used, peak) in found.items():
            print(f"| {told} | {name} | {wall:.1f} | {used:.1f} | {peak:,.0f} |")


if __name__ == "__main__":
    main()
