"""Heze's 14th five-year plan proposal against other plans: `python bench/heze.py --work out/heze > docs/heze.md`.

Reads the documents beside the project (../shared/corpus) and says so where they are absent. The page holds figures,
and quotes of a few characters with their places in the source, no text of a plan.
"""

from __future__ import annotations

import argparse
import csv
import io
import subprocess
import sys
import tarfile
from pathlib import Path

import pandas as pd

from pipeline.corpus.index import write_index
from pipeline.tables import CORPUS_COLUMNS
from pipeline.themes import THEMES

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared" / "corpus"
PLAN = "菏泽市-proposal-14"
PLANS = {
    PLAN: ("heze-14th-proposal.txt", "菏泽市", "proposal", 2021),
    "合肥市-proposal-15": ("hf-15th-suggestion.txt", "合肥市", "proposal", 2026),
    "北京市-15": ("bj-15th.txt", "北京市", "outline", 2026),
    "广州市-15": ("gz-15th.txt", "广州市", "outline", 2026),
    "杭州市-15": ("hz-15th.txt", "杭州市", "outline", 2026),
    "上海市-15": ("sh-15th.txt", "上海市", "outline", 2026),
}
OUTLINES = {"全国-14": ("2021-十四五规划纲要.md", 2021), "全国-15": ("2026-十五五规划纲要.md", 2026)}
REPORTS = {"菏泽市": (2016, 2018, 2020, 2021, 2024), "山东省": (2020, 2021, 2024), "全国": (2020, 2021, 2024)}
PERIOD = 5
GROWTH = ("gdp_growth", "fiscal_revenue_growth", "cpi")


def copied(shared: Path, to: Path) -> None:
    """Write the corpus."""
    to.mkdir(parents=True, exist_ok=True)
    rows = []

    def add(name: str, content: bytes, suffix: str, **known: object) -> None:
        (to / f"{name}{suffix}").write_bytes(content)
        rows.append(dict.fromkeys(CORPUS_COLUMNS, "") | {"doc_id": name, "file": f"{name}{suffix}"} | known)

    for name, (file, place, kind, start) in PLANS.items():
        given = {"place": place, "level": "city", "doc_type": kind, "published": f"{start - 1}-12-31"}
        content = (shared / "plans" / file).read_bytes()
        add(name, content, ".txt", **given, period_start=str(start), period_end=str(start + PERIOD - 1))
    for name, (file, start) in OUTLINES.items():
        given = {"place": "全国", "level": "nation", "doc_type": "outline", "published": f"{start}-03-13"}
        content = (shared / "national" / file).read_bytes()
        add(name, content, ".md", **given, period_start=str(start), period_end=str(start + PERIOD - 1))
    listed = csv.DictReader(io.StringIO((shared / "work_reports.csv").read_text(encoding="utf-8")))
    wanted = {one["file"]: one for one in listed if int(one["year"]) in REPORTS.get(one["place"], ())}
    with tarfile.open(shared / "work_reports.tar.xz") as archive:
        for member in archive:
            one = wanted.get(member.name)
            if one is None or Path(member.name).stem != one["year"]:
                continue
            year = int(one["year"])
            start = year - (year - 1) % PERIOD
            given = {"place": one["place"], "level": one["level"], "doc_type": "work_report", "published": one["year"]}
            content = archive.extractfile(member).read()
            add(f"{one['place']}-{year}", content, ".md", **given, period_start=str(start), period_end=str(start + 4))
    write_index(to, sorted(rows, key=lambda row: row["doc_id"]))


def read(work: Path) -> dict[str, pd.DataFrame]:
    """Analyze the corpus and return its tables."""
    for words in (["analyze", str(work / "corpus"), "--out", str(work / "tables")],
                  ["inherit", str(work / "tables"), "--out", str(work / "inherited"), "--format", "csv"]):  # fmt: skip
        subprocess.run([sys.executable, "-m", "pipeline", *words], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    paths = [*(work / "tables").glob("*.parquet"), *(work / "inherited").glob("*.parquet")]
    return {path.stem: pd.read_parquet(path) for path in paths}


def table(frame: pd.DataFrame) -> str:
    """Return a Markdown table."""
    rows = [list(frame.columns), ["---"] * frame.shape[1], *frame.fillna("").astype(str).to_numpy().tolist()]
    return "\n".join("| " + " | ".join(cell.replace("|", "/") for cell in row) + " |" for row in rows)


def percent(low: float, middle: float, high: float) -> str:
    """Return a share with its interval."""
    return f"{100 * middle:.1f} ({100 * low:.1f}–{100 * high:.1f})"


def shares(tables: dict[str, pd.DataFrame]) -> str:
    """Theme shares of the plan, counted and corrected, beside the others'."""
    given = tables["theme_shares"]
    by_document = given.pivot_table(index="theme", columns="doc_id", values="share_corrected")
    own = given[given["doc_id"] == PLAN].set_index("theme")
    others = by_document[[one for one in PLANS if one != PLAN]]
    rows = []
    for theme in THEMES:
        one, rest = own.loc[theme.code], 100 * others.loc[theme.code]
        rows.append(
            {
                "theme": f"{theme.code} {theme.label_zh}",
                "counted, %": percent(one["low"], one["share"], one["high"]),
                "corrected, %": percent(one["low_corrected"], one["share_corrected"], one["high_corrected"]),
                "five city plans, 15th": f"{rest.min():.1f}–{rest.max():.1f}",
                "national 14th": f"{100 * by_document.loc[theme.code, '全国-14']:.1f}",
            }
        )
    return table(pd.DataFrame(rows))


def distances(tables: dict[str, pd.DataFrame]) -> str:
    """The other documents, nearest first."""
    given = tables["divergence"]
    pairs = given[(given["kind"] == "pair") & (given["doc_a"].eq(PLAN) | given["doc_b"].eq(PLAN))]
    other = pairs["doc_a"].where(pairs["doc_a"] != PLAN, pairs["doc_b"])
    found = pairs.assign(document=other).sort_values(["jsd_corrected", "jsd"])
    columns = {"document": found["document"]}
    columns |= {name: found[name].map("{:.3f}".format) for name in ("jsd", "jsd_corrected", "low", "high", "p_value")}
    return table(pd.DataFrame(columns))


def commitments(tables: dict[str, pd.DataFrame]) -> str:
    """All commitments of the plan with their places in the source."""
    given = tables["commitments"]
    own = given[given["doc_id"] == PLAN]
    numbers = ["value_min", "value_max", "deadline"]
    found = own[["quote", "indicator", "indicator_id", *numbers, "unit", "measure", "force", "status"]].copy()
    for name in numbers:
        found[name] = own[name].map("{:g}".format, na_action="ignore")
    found["characters"] = [", ".join(f"{low}–{high}" for low, high in spans) for spans in own["source_spans"]]
    return table(found)


def growth(tables: dict[str, pd.DataFrame]) -> str:
    """Yearly targets of the city, the province and the nation."""
    given = tables["commitments"].merge(tables["documents"][["doc_id", "place"]], on="doc_id")
    found = given[given["indicator_id"].isin(GROWTH) & given["value_min"].fillna(given["value_max"]).notna()]
    years = found["doc_id"].str.extract(r"-(20\d\d)$")[0]
    own = years.eq(found["deadline"].map("{:.0f}".format)) & found["measure"].eq("growth_rate")
    found = found[own].assign(year=years[own], value=found["quote"])
    wide = found.pivot_table(index=["indicator_id", "year"], columns="place", values="value", aggfunc="first")
    return table(wide.reindex(columns=["全国", "山东省", "菏泽市"]).reset_index())


def inherited(tables: dict[str, pd.DataFrame]) -> str:
    """Where the clauses of Heze's documents come from."""
    given = tables["inheritance_shares"]
    found = given[given["doc_id"].str.startswith("菏泽市")]
    names = ["copied", "adapted", "local", "from_nation", "from_province", "from_previous"]
    rounded = (100 * found[names]).map("{:.1f}".format)
    return table(pd.concat([found[["doc_id", "n_clauses"]], rounded], axis=1))


def changes(tables: dict[str, pd.DataFrame]) -> str:
    """How many indicators changed from document to document."""
    given = tables["changes"]
    found = given[given["place"] == "菏泽市"]
    return table(pd.crosstab([found["doc_a"], found["doc_b"]], found["change"]).reset_index())


def parts(tables: dict[str, pd.DataFrame]) -> dict[str, str]:
    """Return what stands in each place of the page."""
    repairs, outcomes, states = tables["repairs"], tables["outcomes"], tables["indicator_states"]
    words = tables["keywords"].query("group == '菏泽市'").head(12)
    met = ["indicator_id", "doc_target", "target", "unit", "doc_outcome", "outcome", "met", "reason"]
    own = states[states["doc_id"] == PLAN]["state"].value_counts()
    return {
        "REPAIRS": table(repairs[repairs["doc_id"] == PLAN][["kind", "quote", "score", "runner_up_quote", "margin"]]),
        "SHARES": shares(tables),
        "DISTANCES": distances(tables),
        "INHERITED": inherited(tables),
        "COMMITMENTS": commitments(tables),
        "STATES": table(own.rename_axis("state").reset_index()),
        "GROWTH": growth(tables),
        "CHANGES": changes(tables),
        "OUTCOMES": table(outcomes[outcomes["place"] == "菏泽市"][met]),
        "WORDS": "、".join(f"{one.term} ({one.n}; z {one.z:.1f})" for one in words.itertuples()),
    }


def main() -> None:
    """Print the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--work", type=Path, required=True)
    given = parser.parse_args()
    if not given.shared.is_dir():
        sys.exit(f"{given.shared} is absent: the real documents are not part of the repository")
    copied(given.shared, given.work / "corpus")
    tables = read(given.work)
    page = (ROOT / "bench" / "heze.template.md").read_text(encoding="utf-8")
    for name, part in parts(tables).items():
        page = page.replace(f"<!--{name}-->", part)
    print(page, end="")


if __name__ == "__main__":
    main()
