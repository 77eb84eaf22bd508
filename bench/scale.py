"""Measure how the stages grow from a hundred documents to all work reports, and what one more document costs.

`python bench/scale.py --reports data/raw/work_reports`: each stage runs in a process of its own, as `planlens run`
runs it; times, counts and peak memory are those of its run log. The documents of a smaller corpus are drawn evenly
from the larger one, so they are of one kind. Times include the start of the processes that work side by side.
"""

from __future__ import annotations

import argparse
import csv
import math
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
BY_DOCUMENT = ("ingest", "segment", "embed", "classify", "extract")
SIZES = (100, 300, 1000, 2841)


def write_corpus(paths: list[Path], reports: Path, folder: Path) -> None:
    """Copy reports into a corpus."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "corpus.csv").open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["doc_id", "file", "doc_type"])
        for path in paths:
            name = path.relative_to(reports)
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, folder / name)
            writer.writerow(["-".join(name.with_suffix("").parts), name.as_posix(), "work_report"])


def add_one(folder: Path, reports: Path, path: Path) -> None:
    """Add a document to a corpus: a report with a sentence of its own."""
    name = Path("one-more") / path.relative_to(reports)
    (folder / name).parent.mkdir(parents=True)
    text = path.read_text(encoding="utf-8")
    (folder / name).write_text(f"{text}\n推进国民经济和社会发展，新建学校七所。\n", encoding="utf-8")
    with (folder / "corpus.csv").open("a", encoding="utf-8", newline="") as out:
        csv.writer(out).writerow(["-".join(name.with_suffix("").parts), name.as_posix(), "work_report"])


def run(stages: tuple[str, ...], work: Path, params: Path) -> dict[str, dict[str, float]]:
    """Run stages one after the other, and return what their log says, with `wall`: the whole process."""
    from pipeline.execution import read_log

    found = {}
    for name in stages:
        words = ["--from", str(work / "corpus")] if name == "ingest" else []
        command = [sys.executable, "-m", "pipeline", "stage", name, str(work / "tables"), *words, "--quiet"]
        command += ["--params", str(params), "--cache", str(work / "cache")]
        began = time.monotonic()
        done = subprocess.run(command, cwd=work, env=os.environ | {"PYTHONPATH": str(ROOT)}, check=False)
        if done.returncode:
            raise SystemExit(done.returncode)
        found[name] = read_log(work / "tables")[-1] | {"wall": time.monotonic() - began}
    return found


def exponent(sizes: list[int], seconds: list[float]) -> float:
    """Return the slope of log time over log size (least squares)."""
    x, y = [math.log(one) for one in sizes], [math.log(one) for one in seconds]
    mean_x, mean_y = sum(x) / len(x), sum(y) / len(y)
    return sum((a - mean_x) * (b - mean_y) for a, b in zip(x, y, strict=True)) / sum((a - mean_x) ** 2 for a in x)


def bytes_in(folder: Path) -> int:
    """Return the bytes of all files in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def line(*cells: object) -> None:
    """Print a row of a table."""
    print("| " + " | ".join(str(one) for one in cells) + " |", flush=True)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=Path, default=ROOT / "data/raw/work_reports")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--without", nargs="*", default=[], help="stages left out, e.g. compare")
    parser.add_argument("--params", type=Path, default=ROOT / "params.yaml")
    given = parser.parse_args()
    sys.path.insert(0, str(ROOT))
    reports = sorted(given.reports.rglob("*.md"))
    sizes = sorted({min(one, len(reports)) for one in given.sizes})
    stages = tuple(one for one in (*BY_DOCUMENT, "compare") if one not in given.without)
    cold: dict[int, dict[str, dict[str, float]]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for n in sizes:
            work = Path(folder) / str(n)
            write_corpus([reports[int(at * len(reports) / n)] for at in range(n)], given.reports, work / "corpus")
            cold[n] = run(stages, work, given.params.resolve())
            print(
                f"{n} documents: {sum(one['seconds'] for one in cold[n].values()):,.1f} s", file=sys.stderr, flush=True
            )
            if n != sizes[-1]:
                shutil.rmtree(work)
        add_one(work / "corpus", given.reports, reports[0])
        warm = run(stages, work, given.params.resolve())
        again = run(BY_DOCUMENT, work, given.params.resolve())
        show(cold, warm, again, work)


def show(
    cold: dict[int, dict[str, dict[str, float]]],
    warm: dict[str, dict[str, float]],
    again: dict[str, dict[str, float]],
    work: Path,
) -> None:
    """Print what was measured."""
    sizes = list(cold)
    print(f"{len(os.sched_getaffinity(0))} cores, load {os.getloadavg()[0]:.1f} at the end\n")
    line(
        "stage", *(f"{n:,} documents, s" for n in sizes), "exponent", "peak, MB", "peak of a worker, MB", "one more, s"
    )
    line(*["---"] * (len(sizes) + 5))
    for name in warm:
        seconds = [cold[n][name]["seconds"] for n in sizes]
        peak = max(cold[sizes[-1]][name]["peak_mb"], warm[name]["peak_mb"])
        worker = cold[sizes[-1]][name].get("worker_mb", 0)
        line(name, *(f"{one:,.1f}" for one in seconds), f"{exponent(sizes, seconds):.2f}" if len(sizes) > 1 else "",
             f"{peak:,.0f}", f"{worker:,.0f}", f"{warm[name]['seconds']:.2f}")  # fmt: skip
    print()
    for told, found in (("one more document", warm), ("nothing new", again)):
        stages = [found[name] for name in BY_DOCUMENT]
        print(f"{told}, ingest to extract: {sum(one['seconds'] for one in stages):.1f} s in the stages, "
              f"{sum(one['wall'] for one in stages):.1f} s with the start of five processes")  # fmt: skip
    print(f"documents worked on for one more: {', '.join(str(warm[name]['n_computed']) for name in BY_DOCUMENT)}")
    sizes_of = {name: bytes_in(work / name) / 1e6 for name in ("corpus", "tables", "cache")}
    print("on disk: " + ", ".join(f"{name} {size:,.0f} MB" for name, size in sizes_of.items()))
    show_estimate(sum(cold[sizes[-1]][name]["seconds"] for name in BY_DOCUMENT), sizes[-1], sizes_of)


def show_estimate(seconds: float, n: int, sizes_of: dict[str, float]) -> None:
    """Print what 100,000 documents of this kind would take, at the rates measured."""
    cores, factor = len(os.sched_getaffinity(0)), 100_000 / n
    hours = seconds * cores * factor / 3600
    disk = ", ".join(f"{name} {sizes_of[name] * factor / 1000:,.0f} GB" for name in ("tables", "cache"))
    print(f"100,000 such documents, ingest to extract: at most {hours:,.0f} core-hours (every core busy), {disk}")


if __name__ == "__main__":
    main()
