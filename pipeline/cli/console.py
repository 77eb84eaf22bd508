"""What the commands print with: plain where the output is no terminal."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    import pandas as pd

    from pipeline.params import Params

TABLE_FORMATS = ("table", "csv", "jsonl", "markdown", "latex")
_WIDE = 220
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
TALK = "PLANLENS_TALK"
"""Variable of the environment: `quiet` or `verbose`."""


def set_talk(value: str) -> None:
    """Set how much is told: in the environment, so that it holds for the stages that `planlens run` starts."""
    if value:
        os.environ[TALK] = value


def _quiet(value: bool) -> None:
    set_talk("quiet" if value else "")


def _verbose(value: bool) -> None:
    set_talk("verbose" if value else "")


Quiet = Annotated[bool, typer.Option("--quiet", "-q", callback=_quiet, help="Print errors only.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", callback=_verbose, help="Print more of what is done.")]


def is_quiet() -> bool:
    """Tell whether only errors are printed."""
    return os.environ.get(TALK) == "quiet"


def is_verbose() -> bool:
    """Tell whether more is printed."""
    return os.environ.get(TALK) == "verbose"


def visible(text: str) -> str:
    """Return a text with its control characters spelt out: printed raw they would steer the terminal."""
    return _CONTROL.sub(lambda found: f"\\u{ord(found.group()):04x}", text)


def say(text: str) -> None:
    """Print a line: the result that was asked for."""
    print(visible(text), flush=True)


def tell(text: str) -> None:
    """Print a line on what was done, unless --quiet."""
    if not is_quiet():
        say(text)


def warn(text: str) -> None:
    """Print a line to standard error."""
    print(visible(text), file=sys.stderr, flush=True)


def note(text: str) -> None:
    """Print a line on the way to standard error, unless --quiet."""
    if not is_quiet():
        warn(text)


def table(title: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print rows as a table; numbers are set right."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(width=None if sys.stdout.isatty() else _WIDE, highlight=False)
    shown = Table(title=Text(visible(title)), box=box.SIMPLE_HEAD, title_justify="left", pad_edge=False)
    for at, column in enumerate(columns):
        numbers = all(isinstance(row[at], int | float) or not cell(row[at]) for row in rows)
        shown.add_column(Text(visible(column)), justify="right" if numbers and rows else "left", overflow="fold")
    for row in rows:
        shown.add_row(*(Text(visible(cell(value))) for value in row))
    console.print(shown)


def cell(value: object) -> str:
    """Return a value as a person writes it: no trailing zeros, nothing for what is empty."""
    import pandas as pd

    if value is None or value is pd.NA or (isinstance(value, float) and value != value):
        return ""
    return f"{value:,.10g}" if isinstance(value, float) else str(value)


def markdown(frame: pd.DataFrame) -> str:
    """Return a frame as a table in Markdown."""
    lines = [list(frame.columns), ["---"] * len(frame.columns), *frame.to_numpy(dtype=object).tolist()]
    return "\n".join(f"| {' | '.join(cell(one).replace('|', chr(92) + '|') for one in row)} |" for row in lines)


def emit(frame: pd.DataFrame, form: str, title: str) -> None:
    """Print a frame in one of TABLE_FORMATS.

    Raises:
        ValueError: If the format is unknown.
    """
    if form == "csv":
        say(frame.to_csv(index=False, lineterminator="\n").rstrip("\n"))
    elif form == "jsonl":
        say(frame.to_json(orient="records", lines=True, force_ascii=False).rstrip("\n"))
    elif form == "markdown":
        say(markdown(frame))
    elif form == "latex":
        from pipeline.publishing.latex import tabular

        say(tabular(list(frame.columns), [[cell(one) for one in row] for row in frame.to_numpy(dtype=object).tolist()]))
    elif form == "table":
        table(title, list(frame.columns), frame.to_numpy(dtype=object).tolist())
    else:
        msg = f"unknown format {form!r}: use one of {', '.join(TABLE_FORMATS)}"
        raise ValueError(msg)


def load_params(path: Path | None) -> Params:
    """Return the parameters of a YAML file, or the defaults without one.

    Raises:
        FileNotFoundError: If the file is not there.
        ValueError: If it is no YAML, or a key is unknown or missing.
    """
    from pipeline.params import Params, parse

    return Params() if path is None else parse(read_yaml(path), str(path))


def read_yaml(path: Path) -> dict[str, Any]:
    """Return the mapping that a YAML file holds.

    Raises:
        FileNotFoundError: If the file is not there.
        ValueError: If it is no YAML mapping.
    """
    import yaml

    try:
        given = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        msg = f"{path}: no valid YAML: {error}"
        raise ValueError(msg) from error
    if not isinstance(given, dict):
        msg = f"{path}: holds no mapping of parameters"
        raise ValueError(msg)
    return given
