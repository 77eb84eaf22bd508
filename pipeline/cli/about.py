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
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline import __version__
from pipeline.cli.console import load_params, say, table

if TYPE_CHECKING:
    import pandas as pd

    from pipeline.publishing.citations import Work
    from pipeline.workflow import Tables


def cite(
    tables: Annotated[Path | None, typer.Argument(help="Folder of tables or corpus: cited too.")] = None,
    what: Annotated[str, typer.Argument(help="A doc_id, a quantity_id, or `methods`: the paragraph for a paper.")] = "",
    style: Annotated[str, typer.Option(help="bibtex, apa or gb7714 (GB/T 7714); all three by default.")] = "",
    accessed: Annotated[str, typer.Option(help="Day on which a source was seen, YYYY-MM-DD.")] = "",
    params: Annotated[Path | None, typer.Option(help="What the tables were made with, as params.yaml.")] = None,
) -> None:
    """Print how to cite PlanLens, what was read with it, a document or a single figure.

    Example: planlens cite data/artifacts/sample methods
    """
    from pipeline.publishing.citations import STYLES, cited, corpus, tool

    styles = [style] if style else list(STYLES)
    if tables is None:
        say("\n\n".join(cited(tool(), one, accessed) for one in styles))
        return
    from pipeline.cli.results import tables_at

    found = tables_at(tables)
    if what == "methods":
        from pipeline.publishing.methods import paragraph
        from pipeline.publishing.provenance import certificate

        say(paragraph(found, certificate(found, load_params(params))))
        return
    works = [_work(found, what)] if what else [tool(), corpus(found["documents"])]
    say("\n\n".join(cited(work, one, accessed) for one in styles for work in works))


def _work(tables: Tables, what: str) -> Work:
    """Return the document or quantity of an id.

    Raises:
        ValueError: If there is none.
    """
    from pipeline.publishing.citations import document, quantity

    documents = tables["documents"].set_index("doc_id", drop=False)
    if what in documents.index:
        return document(_row(documents.loc[[what]]))
    quantities = tables["quantities"][tables["quantities"]["quantity_id"].eq(what)]
    if quantities.empty:
        msg = f"{what!r} is neither a doc_id nor a quantity_id of these tables, nor `methods`"
        raise ValueError(msg)
    return quantity(_row(quantities), _row(documents.loc[[quantities["doc_id"].iloc[0]]]))


def _row(frame: pd.DataFrame) -> dict[str, object]:
    """Return the first row."""
    return {str(name): value for name, value in frame.iloc[0].items()}


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

    for name in ("encoder-ngram", "themes-plan", "themes-linear"):
        try:
            folder = model_folder(name)
            paths = sorted({folder / "model.safetensors", *folder.glob("*.safetensors")})
            content = b"".join(path.read_bytes() for path in paths)
            digest = hashlib.sha256(content).hexdigest()[:12]
            yield f"model {name}", f"{len(content) / 1e6:.1f} MB, sha256 {digest}", "ok", ""
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
