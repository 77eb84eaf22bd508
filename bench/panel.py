"""Make the corpus of one year's city work reports: `python bench/panel.py --to data/raw/panel-2021`.

Reads the work reports beside the project, and with them the plan of Heze. The texts stay out of git.
"""

from __future__ import annotations

import argparse
import csv
import io
import tarfile
from pathlib import Path

from pipeline.corpus.index import write_index
from pipeline.tables import CORPUS_COLUMNS

SHARED = Path(__file__).parents[2] / "shared" / "corpus"
PERIOD = 5


def main() -> None:
    """Write the corpus."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--from", dest="source", type=Path, default=SHARED)
    parser.add_argument("--year", type=int, default=2021)
    parser.add_argument("--to", type=Path, required=True)
    given = parser.parse_args()
    listed = csv.DictReader(io.StringIO((given.source / "work_reports.csv").read_text(encoding="utf-8")))
    wanted = {row["file"]: row for row in listed if row["level"] == "city" and row["year"] == str(given.year)}
    given.to.mkdir(parents=True, exist_ok=True)
    start = given.year - (given.year - 1) % PERIOD
    rows = []
    with tarfile.open(given.source / "work_reports.tar.xz") as archive:
        for member in archive:
            row = wanted.get(member.name)
            # A second report of a year, after a change of mayor, is named by its month: one a city is enough.
            if row is None or Path(member.name).stem != str(given.year):
                continue
            file = f"{row['place']}-{Path(member.name).stem}.md"
            (given.to / file).write_bytes(archive.extractfile(member).read())
            known = {"place": row["place"], "level": "city", "doc_type": "work_report", "title": row["title"],
                     "source_url": row["source_url"], "sha256": row["sha256"], "published": f"{given.year}-01-31",
                     "period_start": str(start), "period_end": str(start + PERIOD - 1)}  # fmt: skip
            rows.append(dict.fromkeys(CORPUS_COLUMNS, "") | known | {"doc_id": Path(file).stem, "file": file})
    plan = given.source / "plans" / "heze-14th-proposal.txt"
    (given.to / plan.name).write_bytes(plan.read_bytes())
    known = {"doc_id": plan.stem, "file": plan.name, "place": "菏泽市", "level": "city", "doc_type": "proposal",
             "period_start": "2021", "period_end": "2025"}  # fmt: skip
    rows.append(dict.fromkeys(CORPUS_COLUMNS, "") | known)
    write_index(given.to, sorted(rows, key=lambda row: row["doc_id"]))
    print(f"{given.to}: {len(rows)} documents")


if __name__ == "__main__":
    main()
