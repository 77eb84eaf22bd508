"""How the stages run over large corpora: by document, remembered, in parallel, in bounded memory."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from pipeline.execution.fragments import Cache
from pipeline.execution.manifest import check_sealed, seal, unseal
from pipeline.execution.runlog import LOG, logged, read_log
from pipeline.execution.stages import Done, run_stage

if TYPE_CHECKING:
    from pipeline.execution.condensing import compare_folder
    from pipeline.execution.reporting import report_folder

__all__ = [
    "LOG",
    "Cache",
    "Done",
    "check_sealed",
    "compare_folder",
    "logged",
    "read_log",
    "report_folder",
    "run_stage",
    "seal",
    "unseal",
]

_LATER = {"compare_folder": "condensing", "report_folder": "reporting"}
"""Name to module: each stage is a process, and those that go by document need not load the comparison."""


def __getattr__(name: str) -> Any:  # noqa: ANN401
    if name in _LATER:
        return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
    msg = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(msg)
