"""`planlens cite` and `doctor`: what to cite, and whether all is there."""

from __future__ import annotations

import hashlib
import importlib.metadata
import os
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from pipeline import __version__
from pipeline.cli.console import say, table

_TITLE = "PlanLens: reading Chinese development plans into clauses, themes and numeric commitments"


def cite(
    tables: Annotated[Path | None, typer.Argument(help="Folder of tables or corpus: cited too.")] = None,
) -> None:
    """Print how to cite PlanLens and, where given, what was read with it.

    Example: planlens cite data/artifacts/sample
    """
    say(f"@software{{planlens,\n  title = {{{_TITLE}}},\n  author = {{{{The PlanLens authors}}}},\n"
        f"  version = {{{__version__}}},\n  year = {{2026}},\n  license = {{Apache-2.0}}\n}}")  # fmt: skip
    if tables is not None:
        say(f"\n{_data_statement(tables)}")


def _data_statement(where: Path) -> str:
    """Return the sentence for a paper's section on data: counts, models, and a hash of the inputs."""
    from pipeline.cli.results import tables_at

    found = tables_at(where)
    documents = found["documents"]
    digest = hashlib.sha256("\n".join(sorted(documents["sha256"])).encode()).hexdigest()
    models = ", ".join(sorted(found["themes"]["model"].unique()))
    return (
        f"{len(documents)} documents of {documents['place'].nunique()} places "
        f"({int(documents['n_chars'].sum()):,} characters; sha256 of their sorted sha256: {digest}) "
        f"were read with PlanLens {__version__} into {len(found['clauses']):,} clauses "
        f"(theme model {models}), {len(found['quantities']):,} quantities and "
        f"{len(found['commitments']):,} numeric commitments; {len(found['dropped'])} were left out."
    )


def doctor() -> None:
    """Print versions, models and fonts, what is missing, and how to get it.

    Example: planlens doctor
    """
    rows = [*_versions(), *_models(), *_surroundings()]
    table(f"PlanLens {__version__}, Python {platform.python_version()} on {platform.system()}",
          ["what", "found", "state", "mend"], [row[:4] for row in rows])  # fmt: skip
    missing = [row for row in rows if row[2] == "missing"]
    say("all there" if not missing else f"{len(missing)} missing: {', '.join(row[0] for row in missing)}")
    if missing:
        raise typer.Exit(1)


Row = tuple[str, str, str, str]


def _versions() -> Iterator[Row]:
    """Yield the packages that PlanLens needs, against the versions that it pins."""
    for line in importlib.metadata.requires("planlens") or []:
        found = re.match(r"([\w.-]+)==([\w.]+)\s*$", line)
        if not found:
            continue
        name, wanted = found.groups()
        try:
            got = importlib.metadata.version(name).partition("+")[0]
        except importlib.metadata.PackageNotFoundError:
            yield name, "", "missing", f"pip install {name}=={wanted}"
            continue
        yield name, got, "ok" if got == wanted else "differs", "" if got == wanted else f"pinned: {wanted}"


def _models() -> Iterator[Row]:
    from pipeline.themes.weights import model_folder

    for name in ("encoder-ngram", "themes-linear"):
        try:
            path = model_folder(name) / "model.safetensors"
            digest = hashlib.sha256(path.read_bytes()).hexdigest()[:12]
            yield f"model {name}", f"{path.stat().st_size / 1e6:.1f} MB, sha256 {digest}", "ok", ""
        except OSError:
            yield f"model {name}", "", "missing", "git checkout -- models, or `cd models && dvc repro`"


def _surroundings() -> Iterator[Row]:
    """Yield programs and fonts outside Python."""
    here = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    for name, need, mend in (("git", "optional", "needed by dvc exp"), ("jupyter", "optional", "make setup"),
                             ("dvc", "missing", "make setup")):  # fmt: skip
        path = shutil.which(name, path=here)
        yield name, path or "", "ok" if path else need, "" if path else mend
    font = _chinese_font()
    mend = "" if font else "apt install fonts-noto-cjk (or any Chinese font): else charts show boxes"
    yield "Chinese font", font or "", "ok" if font else "optional", mend


def _chinese_font() -> str | None:
    """Return the name of an installed Chinese font; outside Linux they come with the system."""
    if platform.system() != "Linux":
        return "of the system"
    if shutil.which("fc-list") is None:
        return None
    listed = subprocess.run(["fc-list", ":lang=zh", "family"], capture_output=True, text=True, check=False)  # noqa: S607
    return next((line.split(",")[0] for line in listed.stdout.splitlines() if line.strip()), None)
