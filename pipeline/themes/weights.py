"""Where models stand, and how their files are read and written."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

MODELS = Path(__file__).parents[2] / "models"
"""The repository's `models/`, beside the package (the package is installed editable)."""


def model_folder(name: str, models: Path = MODELS) -> Path:
    """Return the folder of a model: a folder as given, or a shipped model's name.

    Args:
        name: `themes-linear` and the like, or a path.
        models: The folder of the shipped models.

    Raises:
        FileNotFoundError: Naming the folders that were tried.
    """
    for folder in (models / name, Path(name)):
        if (folder / "config.json").is_file():
            return folder
    msg = f"no model {name!r}: neither {models / name} nor {Path(name)} holds a config.json"
    raise FileNotFoundError(msg)


def read_model(folder: Path, kind: str) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    """Return the configuration and the tensors of a model of ours.

    Args:
        folder: Holds `config.json` and `model.safetensors`.
        kind: What the configuration's `kind` must say.

    Raises:
        FileNotFoundError: If the weights are not there.
        ValueError: If the model is of another kind.
    """
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    if config.get("kind") != kind:
        msg = f"{folder}: wanted a model of kind {kind!r}, got {config.get('kind')!r}"
        raise ValueError(msg)
    return config, read_tensors(folder / "model.safetensors")


def read_tensors(path: Path) -> dict[str, np.ndarray]:
    """Return the tensors of a safetensors file.

    Raises:
        FileNotFoundError: If it is not there.
        ValueError: If it is damaged.
    """
    from safetensors import SafetensorError
    from safetensors.numpy import load_file

    if not path.is_file():
        msg = f"{path} is missing; `models/dvc.yaml` trains it, or restore it from the repository"
        raise FileNotFoundError(msg)
    try:
        return load_file(path)
    except SafetensorError as error:
        msg = f"{path} is no whole safetensors file ({error}); restore it, or train it again"
        raise ValueError(msg) from error


def write_model(folder: Path, config: Mapping[str, Any], tensors: Mapping[str, np.ndarray]) -> None:
    """Write the configuration and the tensors of a model; the same values give the same bytes."""
    from safetensors.numpy import save

    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(config, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    (folder / "config.json").write_text(text, encoding="utf-8", newline="\n")
    content = save({name: np.ascontiguousarray(one) for name, one in tensors.items()})
    (folder / "model.safetensors").write_bytes(content)
