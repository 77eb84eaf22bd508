"""The codebook: the themes that a clause can have, what each holds, and how they map to other schemes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

LANGUAGES = ("en", "zh")
_NEEDED = ("code", "name", "definition")


@dataclass(frozen=True, slots=True)
class Exclusion:
    """What a theme does not hold: the code of the theme that does, and the words in both languages."""

    to: str
    en: str
    zh: str


@dataclass(frozen=True, slots=True)
class HardCase:
    """An invented clause that two coders could read differently, its theme, and why."""

    text: str
    theme: str
    why: str


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """Codes of another scheme that a theme maps to, and what the mapping loses."""

    codes: tuple[int, ...]
    loss: str


@dataclass(frozen=True, slots=True)
class Theme:
    """One theme.

    Attributes:
        code: The code in the tables, `overall`.
        label: English name.
        label_zh: Chinese name.
        description: What belongs there, one English sentence.
        description_zh: The same in Chinese.
        group: Key of `Codebook.groups`; empty in a codebook without groups.
        includes: What it holds, by language.
        excludes: What it does not, and where that goes.
        hard_cases: Clauses that are easily misread.
        examples: Invented phrases.
        crosswalks: Name of a scheme to the codes there.
    """

    code: str
    label: str
    label_zh: str
    description: str
    description_zh: str = ""
    group: str = ""
    includes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    excludes: tuple[Exclusion, ...] = ()
    hard_cases: tuple[HardCase, ...] = ()
    examples: tuple[str, ...] = ()
    crosswalks: Mapping[str, Crosswalk] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scheme:
    """Another scheme of topics.

    Attributes:
        en: English name.
        zh: Chinese name.
        codes: Each code and what it is called; chapters of an outline have no name here, but the part they stand in.
    """

    en: str
    zh: str
    codes: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Codebook:
    """A list of themes.

    Attributes:
        version: Version; a change of what a theme holds is a new one.
        title: Title by language.
        groups: Key of a group to its name by language.
        schemes: The schemes that `Theme.crosswalks` name.
        themes: In the order of a classifier's outputs.
    """

    version: str
    title: Mapping[str, str]
    groups: Mapping[str, Mapping[str, str]]
    schemes: Mapping[str, Scheme]
    themes: tuple[Theme, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the themes, in order."""
        return tuple(theme.code for theme in self.themes)


def parse_codebook(given: object, where: str) -> Codebook:
    """Build a codebook from what a YAML file holds.

    A codebook of one's own needs `themes`, each with `code`, `name` and `definition` (text, or a mapping by language);
    everything else may be left out.

    Args:
        given: The mapping.
        where: Named in errors.

    Raises:
        ValueError: If a field lacks, a code is doubled, or a reference leads nowhere; it names the theme.
    """
    if not isinstance(given, Mapping) or not isinstance(given.get("themes"), Sequence) or len(given["themes"]) < 2:
        msg = f"{where}: no codebook: wanted a mapping with `themes`, a list of two or more (code, name, definition)"
        raise ValueError(msg)
    try:
        found = Codebook(
            str(given.get("version", "")),
            _both(given.get("title", "")),
            {key: _both(name) for key, name in (given.get("groups") or {}).items()},
            {str(key): _scheme(one) for key, one in (given.get("schemes") or {}).items()},
            tuple(_theme(row, number, where) for number, row in enumerate(given["themes"], start=1)),
        )
    except (KeyError, TypeError, AttributeError) as error:
        msg = f"{where}: not built like a codebook ({type(error).__name__}: {error}); see docs/codebook.md"
        raise ValueError(msg) from error
    _check(found, where)
    return found


def _both(given: object) -> dict[str, str]:
    """Return a text by language; a plain text stands for both."""
    if isinstance(given, Mapping):
        return {one: str(given.get(one) or next(iter(given.values()))) for one in LANGUAGES}
    return dict.fromkeys(LANGUAGES, str(given))


def _scheme(given: Mapping[str, Any]) -> Scheme:
    codes = dict(given.get("codes") or {})
    for part in given.get("parts") or ():
        first, last = part["chapters"]
        codes |= dict.fromkeys(range(first, last + 1), f"part {part['part']}, {part['about']}")
    return Scheme(str(given["en"]), str(given["zh"]), codes)


def _theme(row: Mapping[str, Any], number: int, where: str) -> Theme:
    lacking = [field for field in _NEEDED if not row.get(field)]
    if lacking:
        msg = f"{where}: theme {row.get('code') or number} lacks {', '.join(lacking)}"
        raise ValueError(msg)
    name, definition = _both(row["name"]), _both(row["definition"])
    return Theme(
        str(row["code"]),
        name["en"],
        name["zh"],
        definition["en"],
        definition["zh"],
        str(row.get("group", "")),
        {key: tuple(map(str, told)) for key, told in (row.get("includes") or {}).items()},
        tuple(Exclusion(**one) for one in row.get("excludes") or ()),
        tuple(HardCase(**one) for one in row.get("hard_cases") or ()),
        tuple(map(str, row.get("examples") or ())),
        {
            str(key): Crosswalk(tuple(one["codes"]), str(one["loss"]))
            for key, one in (row.get("crosswalks") or {}).items()
        },
    )


def _check(book: Codebook, where: str) -> None:
    doubled = {code for code in book.codes if book.codes.count(code) > 1}
    if doubled:
        msg = f"{where}: code(s) used twice: {', '.join(sorted(doubled))}"
        raise ValueError(msg)
    for theme in book.themes:
        named = {one.to for one in theme.excludes} | {one.theme for one in theme.hard_cases}
        faults = [f"names the unknown theme {one}" for one in sorted(named - {*book.codes})]
        if theme.group and theme.group not in book.groups:
            faults.append(f"is in the unknown group {theme.group}")
        for key, walk in theme.crosswalks.items():
            known = book.schemes[key].codes if key in book.schemes else {}
            faults += [f"maps to the unknown code {code} of {key}" for code in walk.codes if code not in known]
        if faults:
            msg = f"{where}: theme {theme.code} {faults[0]}"
            raise ValueError(msg)


def load_codebook(path: Path | None = None) -> Codebook:
    """Read a codebook of one's own, or without a path the shipped one.

    Raises:
        FileNotFoundError: If there is no such file.
        ValueError: If it is no YAML, or no codebook.
    """
    source = files("pipeline.themes") / "codebook.yaml" if path is None else path
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        given = yaml.load(source.read_text(encoding="utf-8"), loader)  # noqa: S506 - both are safe
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        msg = f"{path}: no valid YAML in UTF-8: {error}"
        raise ValueError(msg) from error
    return parse_codebook(given, str(path or "codebook.yaml"))


CODEBOOK: Codebook = load_codebook()
"""The shipped codebook, `data/codebook/themes.yaml` of the repository."""

THEMES: tuple[Theme, ...] = CODEBOOK.themes
"""The themes in the order of the guidelines, which is also the order of the classifier's outputs."""

CODES: tuple[str, ...] = CODEBOOK.codes
