"""The data dictionary, docs/data-dictionary.md, as data: what each table and column means."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

DICTIONARY = Path(__file__).parents[2] / "docs" / "data-dictionary.md"
_COLUMN = re.compile(r"\| ([\w*, ]+) \| [^|]+ \| (.+) \|$")
_COMPARISON = re.compile(r"\| (\w+)(?: \(`[^`]+`\))? \| (.+) \|$")


@dataclass(slots=True)
class Entry:
    """What is said of a table.

    Attributes:
        about: Of the table as a whole.
        columns: Column to its meaning, where it has a line of its own.
    """

    about: str = ""
    columns: dict[str, str] = field(default_factory=dict)


@lru_cache(maxsize=1)
def dictionary() -> dict[str, Entry]:
    """Return what is said of each table.

    Raises:
        FileNotFoundError: If the page is not there.
    """
    found: dict[str, Entry] = {}
    name = ""
    for line in DICTIONARY.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            name = line.removeprefix("## ")
        elif name == "Comparison" and (row := _COMPARISON.match(line)):
            found[row.group(1)] = Entry(row.group(2))
        elif row := _COLUMN.match(line):
            columns = row.group(1).replace("*", "").split(", ")
            found.setdefault(name, Entry()).columns |= dict.fromkeys(columns, row.group(2))
        elif line and name and not line.startswith(("|", "Key:")):
            found.setdefault(name, Entry()).about = line
    found["commitments"].columns = found["quantities"].columns
    return found
