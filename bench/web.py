"""Measure the text of web pages against other extractors: `python bench/web.py`.

Real plans (`../shared/corpus/plans`; else the sources of the sample) are set into pages of known text. Told are, for
each template and extractor, precision, recall and F1 of whole paragraphs (white space aside, table rows too), how many
characters of navigation came through, and seconds. The title counts neither way. The extractor was written with the
templates of `web_pages.py`; those of `web_pages_later.py` were measured unseen once and then corrected for; those of
`web_pages_unseen.py` were written after that, and nothing was changed for them.
"""

from __future__ import annotations

import argparse
import logging
import random
import re
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from web_pages import SEEN, Around, Template
from web_pages_later import LATER
from web_pages_unseen import UNSEEN

ROOT = Path(__file__).parents[1]
PLANS = ROOT.parent / "shared" / "corpus" / "plans"
SAMPLE = ROOT / "data" / "raw" / "sample"
N_PARAGRAPHS = 40
Extractor = Callable[[str], str]


def ours(page: str) -> str:
    """Return the text by this project."""
    from pipeline.reading.hints import left_out
    from pipeline.reading.html import extract_html

    found = extract_html(page)
    parts, at = [], 0
    for one in left_out(found.hints):
        parts.append(found.source[at : one.start])
        at = one.end
    return "".join([*parts, found.source[at:]])


def trafilatura(**options: bool) -> Extractor:
    """Return trafilatura with options."""
    from trafilatura import extract

    return lambda page: extract(page, include_tables=True, **options) or ""


def readability(page: str) -> str:
    """Return the text by readability-lxml, a line for each block."""
    from lxml import html
    from readability import Document

    root = html.fromstring(Document(page).summary())
    for one in root.iter("p", "div", "tr", "br", "li", "h1", "h2", "h3"):
        one.tail = "\n" + (one.tail or "")
        if one.tag in {"p", "div", "tr", "li"}:
            one.text = "\n" + (one.text or "")
    return root.text_content()


def justext(page: str) -> str:
    """Return the text by jusText, without a list of stop words, as it has none for Chinese."""
    from justext import justext as paragraphs

    found = paragraphs(page, frozenset(), length_low=20, length_high=60, stopwords_low=0, stopwords_high=0)
    return "\n".join(one.text for one in found if not one.is_boilerplate)


def extractors() -> dict[str, Extractor]:
    """Return the extractors that are installed."""
    found: dict[str, Extractor] = {"ours": ours}
    for name, make in {
        "trafilatura": lambda: trafilatura(),
        "trafilatura, recall": lambda: trafilatura(favor_recall=True),
        "trafilatura, precision": lambda: trafilatura(favor_precision=True),
        "trafilatura, fast": lambda: trafilatura(fast=True),
        "readability-lxml": lambda: __import__("readability") and readability,
        "jusText": lambda: __import__("justext") and justext,
    }.items():
        try:
            found[name] = make()
        except ImportError:
            print(f"{name} is not installed and left out")
    return found


def texts() -> list[tuple[str, list[str]]]:
    """Return titles and paragraphs of real plans, or of the sample."""
    from pipeline.reading import guess_metadata, read

    found = []
    for path in sorted(
        one for one in (PLANS if PLANS.is_dir() else SAMPLE).iterdir() if one.suffix in {".txt", ".docx", ".html"}
    ):
        reading = read(path.read_bytes(), path.name)
        lines = [one.strip() for one in reading.text.split("\n") if len(one.strip()) > 1 and "|" not in one]
        title = str(guess_metadata(path.name, reading.source)["title"] or "云泽市规划纲要")
        found.append((title, [one for one in lines if one != title]))
    return found


def cases(templates: dict[str, Template], n: int, seed: int) -> dict[str, list[tuple[str, str, list[str], list[str]]]]:
    """Return for each template pages with their title, lines of text, and lines of navigation."""
    material = texts()
    found: dict[str, list[tuple[str, str, list[str], list[str]]]] = {}
    for name, template in templates.items():
        draw = random.Random(f"{seed} {name}")
        found[name] = []
        for _ in range(n):
            title, lines = draw.choice(material)
            start = draw.randrange(max(1, len(lines) - N_PARAGRAPHS))
            paragraphs = lines[start : start + N_PARAGRAPHS]
            rows = [["指标", "单位", "2025年"], *([f"指标{i}", "%", str(draw.randrange(100))] for i in range(6))]
            around = Around(draw)
            page = template(title, paragraphs, rows, around)
            wanted = paragraphs[: around.only] + (["|".join(row) for row in rows] if around.only is None else [])
            found[name].append((page, title, wanted, around.said))
    return found


def key(text: str) -> str:
    """Return a text without white space and bars, to compare it by."""
    return re.sub(r"[\s|\u3000\xa0]+", "", text)


def score(text: str, case: tuple[str, str, list[str], list[str]]) -> Counter[str]:
    """Return how many paragraphs came out whole, and the leaked characters of navigation."""
    _, title, wanted, said = case
    lines = Counter(key(one) for one in text.split("\n") if key(one) and key(one) != key(title))
    right = Counter(map(key, wanted))
    whole = key(text)
    leaked = sum(
        len(key(one))
        for one in {key(one) for one in said}
        if len(one) > 1 and one in whole and one not in key("".join(wanted))
    )
    hits = (lines & right).total()
    return Counter(hits=hits, found=lines.total(), wanted=right.total(), leaked=leaked)


def report(templates: dict[str, Template], given: argparse.Namespace) -> None:
    """Print the figures of some templates."""
    pages = cases(templates, given.pages, given.seed)
    for name, extractor in extractors().items():
        if not name.startswith(given.only):
            continue
        sums: Counter[str] = Counter()
        seconds = 0.0
        lines = []
        for template, each in pages.items():
            part: Counter[str] = Counter()
            for case in each:
                began = time.perf_counter()
                text = extractor(case[0])
                seconds += time.perf_counter() - began
                part += score(text, case)
            lines.append(f"    {template:18} {figures(part)}")
            sums += part
        print(f"{name:22} {figures(sums)}  {seconds:6.2f} s")
        print("\n".join(lines))


def figures(sums: Counter[str]) -> str:
    """Return precision, recall, F1 and leaked characters as text."""
    precision, recall = (sums["hits"] / max(1, sums[one]) for one in ("found", "wanted"))
    both = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return f"P {precision:.3f}  R {recall:.3f}  F1 {both:.3f}  leaked {sums['leaked']:6,}"


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=6, help="pages of each template")
    parser.add_argument("--only", default="", help="only extractors whose name begins so")
    parser.add_argument("--seed", type=int, default=20)
    given = parser.parse_args()
    logging.disable(logging.CRITICAL)
    for name, templates in (("seen", SEEN), ("corrected for", LATER), ("unseen", UNSEEN)):
        print(f"{name} templates, {given.pages} pages each")
        report(templates, given)


if __name__ == "__main__":
    main()
