"""Run the benchmarks one after the other: `make bench`, or `python bench/every.py NAME...` for some of them.

What each prints is kept in `out/bench/NAME.txt`; `python bench/results.py` puts it into docs/results.md. The real
documents lie beside the project; `data/raw/work_reports` holds the work reports, unpacked with
`tar -xf ../shared/corpus/work_reports.tar.xz -C data/raw`.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
OUT = ROOT / "out" / "bench"
REPORTS = "data/raw/work_reports"
COMMANDS = {
    "headings": ("headings.py",),
    "segmentation": ("segmentation.py",),
    "tables": ("tables.py",),
    "tables_unseen": ("tables.py", "--unseen"),
    "order": ("order.py",),
    "wrapping": ("wrapping.py", "--reports", REPORTS, "--layouts", "4", "--sample", "30"),
    "pdf": ("pdf.py",),
    "web": ("web.py",),
    "word": ("word.py",),
    "encodings": ("encodings.py",),
    "isolation": ("isolation.py", "--n", "1000"),
    "corpus": ("corpus.py", "../shared/corpus/plans", "../shared/corpus/national", REPORTS),
    "run": ("run.py",),
    "quantities": ("quantities.py",),
    "commitments": ("commitments.py",),
    "agreement": ("agreement.py",),
    "themes": ("themes.py",),
    "ppi": ("ppi.py",),
    "embeddings": ("embeddings.py", "out/reports"),
    "peers": ("peers.py",),
    "series": ("series.py", REPORTS),
    "scale": ("scale.py", "--reports", REPORTS),
    "compared": ("compared.py", "out/reports"),
    "inheritance": ("inheritance.py", "out/reports"),
    "kills": ("kills.py", "100"),
}


def shown(name: str) -> str:
    """Return the command as a person would type it."""
    return " ".join(["python", f"bench/{COMMANDS[name][0]}", *COMMANDS[name][1:]])


def main() -> None:
    """Run them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(COMMANDS))
    given = parser.parse_args()
    OUT.mkdir(parents=True, exist_ok=True)
    for name in given.names or COMMANDS:
        began = time.monotonic()
        print(f"$ {shown(name)}", flush=True)
        script, *words = COMMANDS[name]
        command = [sys.executable, "-W", "ignore", str(ROOT / "bench" / script), *words]
        done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
        if done.returncode:
            print(f"failed with {done.returncode}; its last output is kept", flush=True)
            continue
        (OUT / f"{name}.txt").write_text(done.stdout, encoding="utf-8")
        print(f"{done.stdout.rstrip()}\n({time.monotonic() - began:.0f} s)\n", flush=True)


if __name__ == "__main__":
    main()
