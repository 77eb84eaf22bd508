"""`planlens run` and `notebooks`: the pipeline of dvc.yaml, and the notebooks."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.console import Quiet, Verbose, read_yaml, say, tell

REPORTS = Path("data/reports")


def project() -> Path:
    """Return the folder with dvc.yaml: this one or the nearest above.

    Raises:
        FileNotFoundError: If there is none.
    """
    for folder in (Path.cwd(), *Path.cwd().parents):
        if (folder / "dvc.yaml").is_file() and (folder / "params.yaml").is_file():
            return folder
    msg = f"{Path.cwd()}: no dvc.yaml here or above; run this in the repository, or use `planlens analyze`"
    raise FileNotFoundError(msg)


def run(
    corpus: Annotated[str, typer.Option(help="Only this corpus of params.yaml.")] = "",
    force: Annotated[bool, typer.Option("--force", help="Run every stage, changed or not.")] = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Run the pipeline on the corpora named in params.yaml: what changed, and what hangs on it.

    Example: planlens run --corpus sample
    """
    root = project()
    corpora = _corpora(root)
    if corpus and corpus not in corpora:
        msg = f"{root / 'params.yaml'}: no corpus {corpus!r} under `corpora`; there are: {', '.join(corpora)}"
        raise ValueError(msg)
    named = [corpus] if corpus else corpora
    _without_git(root)
    flags = [flag for flag, wanted in (("--force", force), ("--quiet", quiet)) if wanted]
    command = ["repro", *flags, *(_targets(root, corpus) if corpus else [])]
    done = _dvc(root, command)
    if done:
        raise typer.Exit(1)
    for one in named:
        tell(f"Open {os.path.relpath(root / REPORTS / f'{one}.html')}")


def _corpora(root: Path) -> list[str]:
    """Return the names of the corpora in params.yaml.

    Raises:
        ValueError: If it names none.
    """
    given = read_yaml(root / "params.yaml").get("corpora")
    if not isinstance(given, dict) or not given:
        msg = f"{root / 'params.yaml'}: `corpora` must map names to folders, e.g. `sample: data/raw/sample`"
        raise ValueError(msg)
    return [str(name) for name in given]


def _targets(root: Path, corpus: str) -> list[str]:
    """Return the stages of one corpus that nothing else of it hangs on."""
    gold = read_yaml(root / "params.yaml").get("gold") or {}
    return [f"report@{corpus}", *([f"evaluate@{corpus}"] if corpus in gold else [])]


def _environment() -> dict[str, str]:
    """Return the environment in which DVC finds this Python: its commands say `python`."""
    here = str(Path(sys.executable).parent)
    return os.environ | {"PATH": f"{here}{os.pathsep}{os.environ.get('PATH', '')}", "DVC_NO_ANALYTICS": "1"}


def _dvc(root: Path, words: list[str]) -> int:
    command = [sys.executable, "-m", "dvc", *words]
    return subprocess.run(command, cwd=root, env=_environment(), check=False).returncode  # noqa: S603


def _without_git(root: Path) -> None:
    """Let DVC work in an unpacked archive, where there is no git."""
    if not (root / ".git").exists() and not (root / ".dvc" / "config.local").exists():
        _dvc(root, ["config", "--local", "core.no_scm", "true"])


def notebooks(
    folder: Annotated[Path, typer.Argument(help="Folder of notebooks.")] = Path("notebooks"),
) -> None:
    """Run the notebooks and keep their outputs in them.

    Example: planlens notebooks
    """
    if shutil.which("jupyter", path=_environment()["PATH"]) is None:
        msg = "jupyter is not installed; run `make setup`"
        raise FileNotFoundError(msg)
    paths = sorted(folder.glob("*.ipynb"))
    if not paths:
        msg = f"{folder}: no notebook here"
        raise FileNotFoundError(msg)
    command = [sys.executable, "-m", "nbconvert", "--to", "notebook", "--execute", "--inplace"]
    for path in paths:
        say(f"running {path}")
        done = subprocess.run([*command, "--log-level=WARN", str(path)], env=_environment(), check=False)  # noqa: S603
        if done.returncode:
            raise typer.Exit(done.returncode)
