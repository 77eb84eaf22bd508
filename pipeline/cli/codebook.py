"""`planlens codebook`: the themes, for reading, and how they map to other schemes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.catalogue import print_catalogue
from pipeline.cli.console import emit, say

if TYPE_CHECKING:
    from pipeline.themes.codebook import Codebook, Theme

FORMATS = ("table", "csv", "jsonl", "markdown", "latex")
COMMAND = "planlens codebook --format markdown > docs/codebook.md"


def codebook(
    theme: Annotated[
        str, typer.Argument(help="Only this theme, with all that is said of it; or `indicators`: the other catalogue.")
    ] = "",
    crosswalk: Annotated[str, typer.Option(help="cap, sdg, 14 or 15: the codes of another scheme.")] = "",
    form: Annotated[
        str, typer.Option("--format", help="table, csv, jsonl, markdown (the whole page) or latex.")
    ] = "table",
    own: Annotated[Path | None, typer.Option("--codebook", help="A codebook of your own (YAML).")] = None,
) -> None:
    """Print the codebook of themes, how it maps to another scheme, or the catalogue of indicators.

    Example: planlens codebook --crosswalk cap
    """
    if theme == "indicators":
        print_catalogue(form)
        return
    import pandas as pd

    from pipeline.themes.codebook import load_codebook

    book = load_codebook(own)
    if theme:
        say(_page(book, [_named(book, theme)]))
    elif crosswalk:
        rows = list(_crosswalk(book, crosswalk))
        title = f"Themes and {book.schemes[crosswalk].en}"
        emit(pd.DataFrame(rows, columns=["theme", "name", "codes", "meaning", "what is lost"]), form, title)
    elif form == "markdown":
        say(_whole_page(book).rstrip("\n"))
    else:
        rows = [(one.code, one.group, one.label, one.label_zh, one.description) for one in book.themes]
        columns = ["code", "group", "theme", "中文", "holds"]
        emit(pd.DataFrame(rows, columns=columns), form, f"{book.title['en']}, version {book.version}")


def _named(book: Codebook, code: str) -> Theme:
    found = next((one for one in book.themes if one.code == code), None)
    if found is None:
        msg = f"no theme {code!r}; there are: {', '.join(book.codes)}"
        raise ValueError(msg)
    return found


def _crosswalk(book: Codebook, key: str) -> Iterator[tuple[str, str, str, str, str]]:
    """Yield a row a theme: its codes in another scheme and what the mapping loses.

    Raises:
        ValueError: If the codebook has no such crosswalk.
    """
    if key not in book.schemes:
        msg = f"no crosswalk {key!r}; there are: {', '.join(book.schemes) or 'none in this codebook'}"
        raise ValueError(msg)
    names = book.schemes[key].codes
    for one in book.themes:
        walk = one.crosswalks.get(key)
        if walk:
            meaning = "; ".join(dict.fromkeys(names[code] for code in walk.codes))
            yield one.code, one.label, ", ".join(map(str, walk.codes)), meaning, walk.loss


def _whole_page(book: Codebook) -> str:
    groups = "; ".join(f"{name['en']} ({', '.join(one.code for one in book.themes if one.group == key)})"
                       for key, name in book.groups.items())  # fmt: skip
    head = f"""\
# {book.title["en"]} · {book.title["zh"]}

Version {book.version}. This page is written by `{COMMAND}`
from `data/codebook/themes.yaml`; change that file, not this page. How to apply the themes:
[annotation-guidelines.md](annotation-guidelines.md). All example clauses are invented.

Groups: {groups}.

`planlens codebook --crosswalk cap` (or `sdg`, `14`, `15`) prints one crosswalk as a table. No crosswalk is exact: the
note says what it loses. The crosswalks were drawn up from the titles and descriptions of the schemes; no text was
coded in both to test them.

A codebook of your own is a YAML file with `themes`, each with `code`, `name` and `definition`; the rest may be left
out. `planlens train-themes --codebook my.yaml` trains on it.
"""
    return head + "\n" + _page(book, book.themes)


def _page(book: Codebook, themes: tuple[Theme, ...] | list[Theme]) -> str:
    return "\n".join(line for one in themes for line in _section(book, one))


def _section(book: Codebook, one: Theme) -> Iterator[str]:
    """Yield the lines of a theme, as Markdown."""
    yield f"## `{one.code}` {one.label} · {one.label_zh}\n"
    yield f"{one.description}  \n{one.description_zh}\n"
    if one.includes:
        for key, title in (("en", "Holds"), ("zh", "包括")):
            yield f"- **{title}**: {('；' if key == 'zh' else '; ').join(one.includes.get(key, ()))}"
        yield ""
    for each in one.excludes:
        yield f"- **Not**: {each.en}（{each.zh}） → `{each.to}`"
    if one.excludes:
        yield ""
    if one.hard_cases:
        yield "| hard case | theme | why |\n| --- | --- | --- |"
        for case in one.hard_cases:
            yield f"| {case.text} | `{case.theme}` | {case.why} |"
        yield ""
    if one.examples:
        yield f"Examples: {'；'.join(one.examples)}。\n"
    if one.crosswalks:
        yield "| crosswalk | codes | meaning | what is lost |\n| --- | --- | --- | --- |"
        for key, walk in one.crosswalks.items():
            codes = ", ".join(map(str, walk.codes)) or "none"
            meaning = "; ".join(dict.fromkeys(book.schemes[key].codes[code] for code in walk.codes))
            yield f"| {book.schemes[key].en} | {codes} | {meaning} | {walk.loss} |"
        yield ""
