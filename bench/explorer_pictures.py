"""The pictures of the explorer in docs/, from the page of the sample corpus.

`planlens run && python bench/explorer_pictures.py data/reports/sample.html`: writes docs/report.png (commitments of a
theme, one opened), docs/explorer-indicators.png (the matrix) and docs/explorer-pair.png (two places, in Chinese).
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

DOCS = Path(__file__).parents[1] / "docs"
_WIDTH = 1280
_TO_CARD = "one => scrollTo(0, one.getBoundingClientRect().top + scrollY - 62)"


def commitments(page: Page, address: str) -> None:
    """Open the second commitment of a theme, with the choice of another theme."""
    page.goto(f"{address}?lang=en#commitments?theme=rural")
    page.locator("tr.row button").nth(1).click()
    page.get_by_role("button", name="Disagree").click()
    page.locator(".card").first.evaluate(_TO_CARD)


def indicators(page: Page, address: str) -> None:
    """Show the matrix of indicators, once the charts above it have their height."""
    page.goto(f"{address}?lang=en#compare")
    page.locator("svg.marks").last.wait_for()
    page.locator(".card:has(.matrix)").evaluate(_TO_CARD)


def pair(page: Page, address: str) -> None:
    """Put the first place and the fourth side by side, in Chinese."""
    page.goto(f"{address}?lang=zh#compare")
    second = page.get_by_label("文件乙")
    second.select_option(index=min(3, second.locator("option").count() - 1))
    page.get_by_role("button", name="并列比较").click()
    page.locator("svg.marks").first.wait_for()


def main() -> None:
    """Draw and save."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("page", type=Path)
    address = parser.parse_args().page.resolve().as_uri()
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        raise SystemExit("no chromium here: apt-get install chromium")
    with sync_playwright() as browsers:
        browser = browsers.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        pictures = (
            ("report", commitments, 860),
            ("explorer-indicators", indicators, 900),
            ("explorer-pair", pair, 900),
        )
        for name, draw, height in pictures:
            page = browser.new_page(viewport={"width": _WIDTH, "height": height})
            draw(page, address)
            page.wait_for_timeout(300)
            page.screenshot(path=DOCS / f"{name}.png")
            print(f"docs/{name}.png")
            page.close()


if __name__ == "__main__":
    main()
