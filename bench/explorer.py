"""How fast the explorer is: the page of a corpus in Chromium, opened from disk.

`python bench/explorer.py TABLES --documents 300`: TABLES is a folder that `planlens analyze` or the pipeline wrote. Its
documents are repeated under new ids until there are enough, and compared anew. Times of opening are the browser's own,
from the start of the navigation until the rows stand; times of filtering run from the change of a field until the rows
have their layout.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from pathlib import Path

import pandas as pd
from playwright.sync_api import Page, sync_playwright

from pipeline.params import Params, Report
from pipeline.stages.report import report
from pipeline.workflow import REPORTED, STEPS, Tables, load_tables

_KEPT = ("indicator_id", "unit_id")
_READ = (*STEPS["compare"].reads, "sentences", "dropped")
_TIMED = """([selector, value]) => {
  const field = document.querySelector(selector);
  const start = performance.now();
  field.value = value;
  field.dispatchEvent(new Event(field.tagName === "SELECT" ? "change" : "input"));
  document.querySelector("table").offsetHeight;
  return performance.now() - start;
}"""
_SEARCH = "input[type=search]"
_CHANGES = (
    ("search 增长", _SEARCH, "增长"),
    ("search 5", _SEARCH, "5"),
    ("search nothing", _SEARCH, ""),
    ("theme", "label select:has([value=rural])", "rural"),
    ("force", "label select:has([value=binding])", "binding"),
    ("any status", "label select:has([value=commitment])", ""),
)


def repeated(tables: Tables, n: int) -> Tables:
    """Return tables with `n` documents: the given ones again and again, each time with other ids and places."""
    doc_ids = sorted(tables["documents"]["doc_id"])
    parts: dict[str, list[pd.DataFrame]] = {name: [] for name in tables}
    for start in range(0, n, len(doc_ids)):
        chosen = doc_ids[: n - start]
        for name, frame in tables.items():
            own = frame[frame["doc_id"].isin(chosen)] if "doc_id" in frame else frame.merge(tables["clauses"].loc[
                tables["clauses"]["doc_id"].isin(chosen), ["clause_id"]])  # fmt: skip
            ids = [one for one in own.columns if one.endswith("_id") and one not in _KEPT]
            own = own.assign(**{one: own[one] + f"-{start}" for one in ids})
            parts[name].append(own.assign(place=own["place"] + f"{start}") if name == "documents" else own)
    return {name: pd.concat(found, ignore_index=True) for name, found in parts.items()}


def page_of(folder: Path, n: int) -> str:
    """Return the page of `n` documents."""
    tables = load_tables(folder, _READ)
    tables = repeated({name: frame for name, frame in tables.items() if name != "dropped"}, n)
    made = STEPS["compare"].run(tables, Params())
    return report({name: frame for name, frame in {**tables, **made}.items() if name in REPORTED}, Report())


def opened(page: Page, address: str, selector: str) -> float:
    """Return the seconds until an element stands, from a fresh start."""
    page.goto("about:blank")
    page.goto(address, wait_until="commit")
    page.wait_for_selector(selector)
    return float(page.evaluate("performance.now()")) / 1000


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tables", type=Path)
    parser.add_argument("--documents", type=int, default=300)
    given = parser.parse_args()
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        raise SystemExit("no chromium here: apt-get install chromium")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as browsers:
        path = Path(folder) / "page.html"
        path.write_text(page_of(given.tables, given.documents), encoding="utf-8")
        print(f"| what, {given.documents} documents | measured |\n| --- | --- |")
        print(f"| size of the page | {path.stat().st_size / 1e6:.1f} MB |")
        browser = browsers.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page()
        print(f"| overview stands | {opened(page, f'{path.as_uri()}#overview', 'tbody tr'):.2f} s |")
        print(f"| commitments stand | {opened(page, f'{path.as_uri()}#commitments', 'tr.row'):.2f} s |")
        print(f"| rows | {page.locator('.count').inner_text()} |")
        for name, selector, value in _CHANGES:
            print(f"| filter: {name} | {page.evaluate(_TIMED, [selector, value]):.0f} ms |")
        print(f"| comparison stands | {opened(page, f'{path.as_uri()}#compare', 'svg'):.2f} s |")


if __name__ == "__main__":
    main()
