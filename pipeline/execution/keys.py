"""What a remembered result depends on: the code, the libraries, the models, the parameters and the input."""

from __future__ import annotations

import hashlib
import json
import sys
from dataclasses import asdict
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from pipeline.params import Params
from pipeline.workflow import Step

PACKAGE = Path(__file__).parents[1]
LIBRARIES = (
    "numpy", "scipy", "pandas", "pyarrow", "safetensors", "lxml", "pypdfium2", "pdfminer.six", "torch", "transformers",
)  # fmt: skip
"""Libraries that the output of a stage by document depends on."""
FORMAT = 1
"""Version of what is remembered and how it is put together; a new one forgets all."""


def digest_of(*parts: str | bytes) -> str:
    """Return the SHA-256 of parts of which each stands for itself: ("ab", "c") is not ("a", "bc")."""
    found = hashlib.sha256()
    for one in parts:
        content = one.encode("utf-8", "surrogatepass") if isinstance(one, str) else one
        found.update(len(content).to_bytes(8, "big") + content)
    return found.hexdigest()


def step_version(step: Step, params: Params) -> str:
    """Return what, beside the document, the output of a step depends on.

    It covers the files of the package that the step imports, the versions of Python and of the libraries, the
    step's section of the parameters and the model that it names; not `parallel`, which changes no byte.

    Args:
        step: A step whose unit is a document.
        params: Parameters of all stages.
    """
    return _step_version(step.name, step.code, json.dumps(asdict(getattr(params, step.name)), sort_keys=True))


@lru_cache(maxsize=16)
def _step_version(name: str, code_names: tuple[str, ...], section: str) -> str:
    model = json.loads(section).get("model") or json.loads(section).get("encoder")
    code = folder_digest(PACKAGE, code_names)
    return digest_of(str(FORMAT), name, section, code, _libraries(), _model_digest(str(model)) if model else "")


@lru_cache(maxsize=1)
def _libraries() -> str:
    return json.dumps([sys.version_info[:2], [[name, version(name)] for name in LIBRARIES]])


def _model_digest(name: str) -> str:
    """Return the digest of a model's files; of a hub model, whose revision stands in the parameters, nothing."""
    from pipeline.themes.weights import model_folder

    try:
        folder = model_folder("encoder-ngram" if name == "ngram" else name)
    except FileNotFoundError:
        folder = Path(name)
    return folder_digest(folder, (".",)) if folder.is_dir() else ""


def folder_digest(folder: Path, names: tuple[str, ...]) -> str:
    """Return the digest of files and folders within a folder: their names and bytes, without compiled code."""
    found = {
        path.relative_to(folder).as_posix(): path
        for name in names
        for path in ([folder / name] if (folder / name).is_file() else (folder / name).rglob("*"))
        if path.is_file() and path.suffix not in {".pyc", ".pyo"}
    }
    return digest_of(*(one for name, path in sorted(found.items()) for one in (name, path.read_bytes())))


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a file's bytes."""
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()
