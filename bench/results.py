"""Write docs/results.md and docs/panel-2021.csv: `python bench/results.py`; with names, renew their blocks.

Needs the documents and gold data beside the project, what `make bench` printed, and `out/panel-2021` (the page itself
says with which commands).
"""

from __future__ import annotations

import json
import re
import sys
import tarfile
import tempfile
from pathlib import Path

import pandas as pd
from every import COMMANDS, OUT, shown

from pipeline.cli.results import evaluation_of
from pipeline.commitments import codebook
from pipeline.corpus import gather
from pipeline.params import Params
from pipeline.themes import THEMES
from pipeline.workflow import analyze, load_tables

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
PAGE = ROOT / "docs" / "results.md"
PANEL = ROOT / "out" / "panel-2021"
HEZE = ("菏泽市-2021", "heze-14th-proposal")
INDICATORS = (
    "gdp_growth", "fiscal_revenue_growth", "industrial_growth", "investment_growth", "retail_growth",
    "foreign_trade_growth", "urbanisation_rate", "grain_output", "rd_intensity", "rd_growth", "new_urban_jobs",
    "unemployment_rate", "cpi", "income_growth", "forest_cover", "good_air_share", "energy_intensity",
)  # fmt: skip
MEASURES = ("span_f1", "value_f1", "read_f1", "full_f1", "commitment_full_f1", "measure_accuracy", "status_accuracy",
            "deadline_accuracy", "force_accuracy", "indicator_accuracy", "join_precision", "join_recall", "join_f1",
            "theme_macro_f1", "theme_accuracy", "theme_lenient_accuracy")  # fmt: skip


def table(rows: list[list[object]]) -> str:
    """Return a Markdown table; the first row is its head."""
    head, *body = [" | ".join(map(str, row)) for row in rows]
    return "\n".join([f"| {head} |", "|" + " --- |" * len(rows[0]), *(f"| {row} |" for row in body)])


def held_out() -> str:
    """Score the three documents that nothing was trained on."""
    files = [json.loads(path.read_text(encoding="utf-8"))["file"] for path in sorted((SHARED / "gold").glob("D*.json"))]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with tarfile.open(SHARED / "corpus" / "work_reports.tar.xz") as archive:
            for file in files:
                inside = SHARED / "corpus" / file
                content = inside.read_bytes() if inside.is_file() else archive.extractfile(file).read()
                (folder / file.replace("/", "-")).write_bytes(content)
        found = evaluation_of(analyze(gather([folder]), Params()), SHARED / "gold").metrics
    columns = {"all": found["all"], **found["documents"]}
    rows = [["measure", *columns], *([name, *(f"{one[name]:.3f}" for one in columns.values())] for name in MEASURES)]
    lows = {name: "–".join(f"{one:.3f}" for one in span) for name, span in found["intervals"].items()}
    return table(rows) + f"\n\nBootstrap intervals over the three documents: {lows}."


def shares(tables: dict[str, pd.DataFrame]) -> str:
    """Compare Heze's theme shares with the panel's."""
    wide = tables["theme_shares"].pivot_table(index="theme", columns="doc_id", values="share", aggfunc="first") * 100
    panel = wide.drop(columns=list(HEZE))
    rows: list[list[object]] = [["theme", "中文", "Heze report", "Heze proposal", "panel median", "panel quartiles"]]
    for theme in THEMES:
        one = panel.loc[theme.code]
        low, middle, high = one.quantile([0.25, 0.5, 0.75])
        own = [f"{wide.loc[theme.code, doc]:.1f}" for doc in HEZE]
        rows.append([theme.code, theme.label_zh, *own, f"{middle:.1f}", f"{low:.1f}–{high:.1f}"])
    return table(rows)


def matrix(tables: dict[str, pd.DataFrame]) -> str:
    """Compare Heze's indicators with the panel's, and write the whole matrix."""
    wide = tables["indicator_matrix"].set_index("doc_id")
    kept = [name for name in INDICATORS if name in wide.columns]
    wide[["place", *kept]].round(4).to_csv(ROOT / "docs" / "panel-2021.csv", lineterminator="\n")
    rows: list[list[object]] = [
        ["indicator", "cities that state it", "Heze report", "Heze proposal", "median", "quartiles"]
    ]
    for name in kept:
        panel = wide[name].drop(list(HEZE), errors="ignore").dropna()
        low, middle, high = panel.quantile([0.25, 0.5, 0.75])
        own = ["—" if pd.isna(wide.loc[doc, name]) else f"{wide.loc[doc, name]:,.4g}" for doc in HEZE]
        rows.append([codebook()[name].en, len(panel), *own, f"{middle:,.4g}", f"{low:,.4g}–{high:,.4g}"])
    return table(rows)


def printed(name: str) -> str:
    """Return a benchmark's command and what it printed when `make bench` last ran it."""
    text = (OUT / f"{name}.txt").read_text(encoding="utf-8").rstrip()
    return f"`{shown(name)}`\n\n```\n{text}\n```"


def block(name: str) -> re.Pattern[str]:
    """Return what finds a benchmark's block in the page."""
    return re.compile(rf"`{re.escape(shown(name))}`\n\n```\n.*?\n```", re.DOTALL)


def kept(name: str) -> str:
    """Return what a benchmark printed last, or, where that is gone, its block in the page as it stands."""
    if (OUT / f"{name}.txt").is_file():
        return printed(name)
    found = block(name).search(PAGE.read_text(encoding="utf-8"))
    if not found:
        raise SystemExit(f"{PAGE} has no block of {shown(name)}: run `python bench/every.py {name}`")
    return found.group()


def renewed(names: list[str]) -> None:
    """Put what some benchmarks printed last into the page, and leave the rest as it is."""
    text = PAGE.read_text(encoding="utf-8")
    for name in names:
        text, n = block(name).subn(lambda _, name=name: printed(name), text)
        if n != 1:
            raise SystemExit(f"{PAGE} has no block of {shown(name)}")
    PAGE.write_text(text, encoding="utf-8")


def main() -> None:
    """Write the page, or renew the blocks of the benchmarks named."""
    if names := sys.argv[1:]:
        renewed(names)
        return
    tables = load_tables(PANEL)
    n_cities = tables["documents"]["place"].nunique()
    text = (ROOT / "bench" / "results.template.md").read_text(encoding="utf-8")
    filled = {
        "HELD_OUT": held_out(),
        "SHARES": shares(tables),
        "MATRIX": matrix(tables),
        "N_DOCUMENTS": f"{len(tables['documents'])}",
        "N_CITIES": f"{n_cities}",
        "N_CLAUSES": f"{len(tables['clauses']):,}",
        "N_COMMITMENTS": f"{len(tables['commitments']):,}",
        "N_DROPPED": f"{len(tables['dropped'])}",
    }
    filled |= {f"BENCH {name}": kept(name) for name in COMMANDS}
    for name, value in filled.items():
        text = text.replace(f"<!--{name}-->", value)
    PAGE.write_text(text, encoding="utf-8")
    print("docs/results.md, docs/panel-2021.csv")


if __name__ == "__main__":
    main()
