"""Where public corpora are: `data/sources.yaml`, or a file like it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

SOURCES = Path(__file__).parents[2] / "data" / "sources.yaml"
"""The repository's own list, beside the package (the package is installed editable)."""
_KEYS = {"git": {"address", "commit", "files"}, "web": {"pages"}}
_OPTIONAL = {"kind", "about", "licence", "given", "without"}
_SHAPES = {"files": list, "without": list, "pages": list, "given": dict}
_COMMIT, _DIGEST, _NAME = re.compile(r"[0-9a-f]{40}"), re.compile(r"[0-9a-f]{64}"), re.compile(r"[^/\\\0-\x1f]{1,80}")


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a web source.

    Attributes:
        address: Of http or https.
        file: Name of its file in the corpus.
        sha256: What its bytes must be, or empty where the page may change.
        given: Columns of corpus.csv.
    """

    address: str
    file: str
    sha256: str = ""
    given: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Source:
    """A corpus that can be fetched.

    Attributes:
        name: What the user calls it by.
        kind: `git` or `web`.
        about: One line on what it holds.
        licence: What is known of its licence.
        address: Of a git repository.
        commit: The commit, 40 hex digits.
        files: Paths in the repository, as `git archive` takes them.
        without: Names of files that are left out.
        pages: Of a web source.
        given: Columns of corpus.csv, for all its documents.
    """

    name: str
    kind: str
    about: str = ""
    licence: str = ""
    address: str = ""
    commit: str = ""
    files: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    pages: tuple[Page, ...] = ()
    given: Mapping[str, str] = field(default_factory=dict)


def read_sources(path: Path = SOURCES) -> dict[str, Source]:
    """Read a list of sources.

    Raises:
        FileNotFoundError: If it is not there.
        ValueError: Naming the file, the source and what is wrong with it.
    """
    try:
        given = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        msg = f"{path}: no valid YAML: {error}"
        raise ValueError(msg) from error
    if not isinstance(given, dict) or not all(isinstance(one, dict) for one in given.values()):
        msg = f"{path}: wanted a mapping of names to sources"
        raise ValueError(msg)
    return {str(name): _source(path, str(name), one) for name, one in given.items()}


def _source(path: Path, name: str, told: dict[str, Any]) -> Source:
    kind = str(told.get("kind"))
    if kind not in _KEYS:
        msg = f"{path}: {name}: kind is {kind!r}; use git or web"
        raise ValueError(msg)
    lacking, unknown = _KEYS[kind] - told.keys(), told.keys() - _KEYS[kind] - _OPTIONAL
    if lacking or unknown:
        msg = f"{path}: {name}: missing {sorted(lacking)}, unknown {sorted(unknown)}"
        raise ValueError(msg)
    wrong = [key for key, wanted in _SHAPES.items() if not isinstance(told.get(key, wanted()), wanted)]
    if wrong or not all(isinstance(one, dict) for one in told.get("pages", ())):
        msg = f"{path}: {name}: files, without and pages are lists (of pages: mappings), given is a mapping"
        raise ValueError(msg)
    found = Source(
        name,
        kind,
        about=str(told.get("about", "")),
        licence=str(told.get("licence", "")),
        address=str(told.get("address", "")),
        commit=str(told.get("commit", "")),
        files=tuple(map(str, told.get("files", ()))),
        without=tuple(map(str, told.get("without", ()))),
        pages=tuple(_page(path, name, one) for one in told.get("pages", ())),
        given={str(key): str(value) for key, value in told.get("given", {}).items()},
    )
    if kind == "git" and (not _COMMIT.fullmatch(found.commit) or found.address.startswith("-")):
        msg = f"{path}: {name}: wanted an address and a commit of 40 hex digits, got {found.commit!r}"
        raise ValueError(msg)
    return found


def _page(path: Path, name: str, told: dict[str, Any]) -> Page:
    address, file = str(told.pop("address", "")), str(told.pop("file", ""))
    digest = str(told.pop("sha256", ""))
    sound = address.startswith(("http://", "https://")) and _NAME.fullmatch(file) and file.strip(".")
    if not sound or (digest and not _DIGEST.fullmatch(digest)):
        msg = f"{path}: {name}: a page needs an address of http or https, a plain file name and, where known, a sha256"
        raise ValueError(msg)
    return Page(address, file, digest, {str(key): str(value) for key, value in told.items()})
