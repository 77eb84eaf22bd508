"""Indicator by year, from every work report: `python bench/series.py FOLDER [--sample 300 --to cells.json]`.

FOLDER holds the reports of nation, provinces and cities (`data/raw/work_reports`). First the nation's growth and jobs
targets beside what is publicly known of them; then, for each level and year, the median target of the frequent
indicators. `--sample` draws cells with a seed and writes where each was read, for a reader to check against the text.
"""

from __future__ import annotations

import argparse
import json
import math
import time
from collections import Counter
from pathlib import Path

import pandas as pd

from pipeline.commitments.indicators import codebook
from pipeline.comparison.amplification import amplification_table
from pipeline.comparison.indicators import indicator_table
from pipeline.corpus import gather
from pipeline.params import Params
from pipeline.reading.places import COUNTRY
from pipeline.workflow import STEPS

GROWTH = {
    2003: (7, 7), 2004: (7, 7), 2005: (8, 8), 2006: (8, 8), 2007: (8, 8), 2008: (8, 8), 2009: (8, 8), 2010: (8, 8),
    2011: (8, 8), 2012: (7.5, 7.5), 2013: (7.5, 7.5), 2014: (7.5, 7.5), 2015: (7, 7), 2016: (6.5, 7), 2017: (6.5, 6.5),
    2018: (6.5, 6.5), 2019: (6, 6.5), 2020: None, 2021: (6, None), 2022: (5.5, 5.5), 2023: (5, 5), 2024: (5, 5),
    2025: (5, 5),
}  # fmt: skip
"""Growth targets of the State Council's reports, % (lower and upper bound); 2020 set none on purpose."""
JOBS = {
    2003: 800, 2004: 900, 2005: 900, 2006: 900, 2007: 900, 2008: 1000, 2009: 900, 2010: 900, 2011: 900, 2012: 900,
    2013: 900, 2014: 1000, 2015: 1000, 2016: 1000, 2017: 1100, 2018: 1100, 2019: 1100, 2020: 900, 2021: 1100,
    2022: 1100, 2023: 1200, 2024: 1200, 2025: 1200,
}  # fmt: skip
"""New urban jobs, in ten thousand."""
SHOWN = (
    "gdp_growth",
    "fiscal_revenue_growth",
    "investment_growth",
    "retail_growth",
    "cpi",
    "new_urban_jobs",
    "unemployment_rate",
)


CHECKED = Path(__file__).parents[1] / "data" / "gold" / "cells.json"
"""Cells that were read against the text: their figures and whether they are right."""


def paths_of(folder: Path, cities: list[int]) -> list[Path]:
    """Return the reports of nation and provinces, and those of cities of the years given (all, where none is)."""
    paths = sorted(folder.rglob("[12]*.md"))
    return [one for one in paths if "city" not in one.parts or not cities or int(one.stem[:4]) in cities]


def read_reports(paths: list[Path]) -> dict[str, pd.DataFrame]:
    """Run ingest, segment and extract on the reports, a hundred at a time."""
    parts: dict[str, list[pd.DataFrame]] = {"documents": [], "quantities": [], "clauses": []}
    for at in range(0, len(paths), 100):
        corpus = gather(paths[at : at + 100])
        tables = {"corpus": corpus.rows, "dropped_corpus": corpus.dropped, "themes": None}
        for name in ("ingest", "segment", "extract"):
            tables |= STEPS[name].run(tables, Params())
        # Ids are made of file names, which repeat from place to place.
        for name in ("documents", "quantities", "clauses"):
            tables[name] = tables[name].assign(doc_id=f"{at}/" + tables[name]["doc_id"])
        columns = ["doc_id", "file", "place", "level", "published", "period_end", "sha256"]
        parts["documents"].append(tables["documents"][columns])
        parts["quantities"].append(tables["quantities"])
        used = set(tables["quantities"]["clause_id"])
        clauses = tables["clauses"]
        parts["clauses"].append(clauses.loc[clauses["clause_id"].isin(used), ["clause_id", "context"]])
    return {name: pd.concat(frames, ignore_index=True) for name, frames in parts.items()}


def cells_of(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Return the chosen target of each report and indicator: commitments for the report's own year."""
    documents = tables["documents"]
    year = documents["published"].str[:4].astype(float)
    years = dict(zip(documents["doc_id"], year, strict=True))
    quantities = tables["quantities"]
    own = quantities["deadline"].astype(float) == quantities["doc_id"].map(years)
    targets = quantities[own & quantities["status"].eq("commitment")]
    chosen = indicator_table(targets, documents, tables["clauses"])
    chosen = chosen.merge(documents[["doc_id", "file", "level", "sha256"]], on="doc_id")
    spans = quantities.set_index("quantity_id")[["source_spans", "quote", "indicator"]]
    return chosen.assign(year=chosen["doc_id"].map(years).astype(int)).join(spans, on="quantity_id")


def show_nation(cells: pd.DataFrame) -> None:
    """Print the nation's targets beside what is known of them."""
    nation = cells[cells["level"].eq("nation")]
    print("nation: growth target, % (as read | as known), new urban jobs, ten thousand (as read | as known)")
    right = {"gdp_growth": 0, "new_urban_jobs": 0}
    for year, known in GROWTH.items():
        told = {}
        for name in right:
            found = nation[nation["year"].eq(year) & nation["indicator_id"].eq(name)]
            low, high = (None, None) if found.empty else found.iloc[0][["value_min", "value_max"]]
            told[name] = tuple(None if pd.isna(one) else float(one) for one in (low, high))
        right["gdp_growth"] += told["gdp_growth"] == (known or (None, None))
        jobs = next((one for one in told["new_urban_jobs"] if one is not None), None)
        right["new_urban_jobs"] += jobs == JOBS[year] * 10_000
        read = "–".join("" if one is None else f"{one:g}" for one in dict.fromkeys(told["gdp_growth"])) or "none"
        wanted = (
            "none" if known is None else "–".join("" if one is None else f"{one:g}" for one in dict.fromkeys(known))
        )
        print(f"  {year}  {read:>8} | {wanted:8} {'none' if jobs is None else f'{jobs / 10_000:g}':>6} | {JOBS[year]}")
    print(
        f"  right: growth {right['gdp_growth']} of {len(GROWTH)} years, jobs {right['new_urban_jobs']} of {len(JOBS)}"
    )


def show_medians(cells: pd.DataFrame) -> None:
    """Print, for each level and year, the median target and how many places state one."""
    rows = cells[cells["usual_unit"] & cells["year"].between(2003, 2026)]
    value = rows["value_min"].fillna(rows["value_max"])
    for name in SHOWN:
        table = rows.assign(value=value)[rows["indicator_id"].eq(name)].pivot_table(
            index="year", columns="level", values="value", aggfunc=["median", "count"]
        )
        print(f"{name}: median target (number of places)")
        for year, row in table.iterrows():
            told = [
                f"{level} {row['median', level]:g} ({row['count', level]:.0f})"
                for level in ("nation", "province", "city")
                if ("median", level) in row and pd.notna(row["median", level])
            ]
            print(f"  {year}  " + "  ".join(told))


def show_amplification(cells: pd.DataFrame) -> None:
    """Print, by year, how growth targets of provinces and cities stand to those of the place above them."""
    directions = {name: one.direction for name, one in codebook().items()}
    sums = {name for name, one in codebook().items() if one.adds_up}
    found = amplification_table(cells, directions, sums)
    print(f"targets against the place above for the same year: {len(found):,} pairs, "
          f"{found['reason'].isna().sum():,} of them comparable")  # fmt: skip
    found = found[found["reason"].isna()]
    found["level"] = found["parent"].eq(COUNTRY).map({True: "province against nation", False: "city against province"})
    for name in ("gdp_growth", "fiscal_revenue_growth", "investment_growth"):
        print(f"{name}: places that ask for more, the same, less; mean difference in points")
        rows = found[found["indicator_id"].eq(name)]
        for (level, year), one in rows.groupby(["level", "deadline"]):
            counts = [int(one["ambition"].eq(way).sum()) for way in ("more", "same", "less")]
            print(f"  {level}  {year}  {counts[0]:3} {counts[1]:3} {counts[2]:3}  {one['difference'].mean():+.2f}")


def sample(cells: pd.DataFrame, n: int, seed: int) -> list[dict[str, object]]:
    """Draw cells with a seed."""
    drawn = cells.sort_values(["file", "indicator_id"]).sample(n, random_state=seed).sort_values("file")
    columns = [
        "file",
        "sha256",
        "year",
        "indicator_id",
        "indicator",
        "quote",
        "value_min",
        "value_max",
        "comparator",
        "unit",
    ]
    found = json.loads(drawn[columns].to_json(orient="records", force_ascii=False))
    for one, spans in zip(found, drawn["source_spans"], strict=True):
        one["start"], one["end"] = int(spans[0][0]), int(spans[-1][1])
    return found


def proportion_interval(k: int, n: int, z: float = 1.96) -> tuple[float, float]:
    """Return Wilson's interval of a proportion (Wilson 1927)."""
    p, scale = k / n, 1 + z * z / n
    middle, half = p + z * z / (2 * n), z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return (middle - half) / scale, (middle + half) / scale


def show_checked(cells: pd.DataFrame) -> None:
    """Print the wrong-number rate of the cells that were read against the text."""
    if not CHECKED.exists():
        return
    given = json.loads(CHECKED.read_text("utf-8"))["cells"]
    keys = {
        (one.sha256, one.indicator_id, one.value_min, one.value_max)
        for one in cells.astype(object).where(cells.notna(), None).itertuples()
    }
    kinds = Counter(one["wrong"] for one in given if one["wrong"])
    wrong = sum(kinds.values())
    low, high = proportion_interval(wrong, len(given))
    same = sum((one["sha256"], one["indicator_id"], one["value_min"], one["value_max"]) in keys for one in given)
    share = f"{wrong / len(given):.1%}, 95 % {low:.1%}–{high:.1%}"
    print(f"cells read against the text: {wrong} of {len(given)} wrong ({share})")
    print("  " + ", ".join(f"{n} by {kind}" for kind, n in kinds.most_common()))
    print(f"  {same} of them are read the same today")


def main() -> None:
    """Read the reports, print the series."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--cities", type=int, nargs="*", default=[], help="years of the cities' reports (all)")
    parser.add_argument("--sample", type=int, default=0)
    parser.add_argument("--seed", type=int, default=14)
    parser.add_argument("--to", type=Path, default=Path("out/cells.json"))
    given = parser.parse_args()
    began = time.monotonic()
    tables = read_reports(paths_of(given.folder, given.cities))
    n, seconds = len(tables["documents"]), time.monotonic() - began
    print(f"{n} reports, {len(tables['quantities']):,} quantities, {seconds:.0f} s from files to quantities")
    cells = cells_of(tables)
    print(f"{len(cells):,} cells (place, year, indicator) of {cells['indicator_id'].nunique()} indicators")
    show_nation(cells)
    show_medians(cells)
    show_amplification(cells)
    show_checked(cells)
    if given.sample:
        given.to.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps(
            {"seed": given.seed, "cells": sample(cells, given.sample, given.seed)}, ensure_ascii=False, indent=0
        )
        given.to.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
