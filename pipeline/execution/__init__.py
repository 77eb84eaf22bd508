"""How the stages run over large corpora: by document, remembered, in parallel, in bounded memory."""

from pipeline.execution.condensing import compare_folder
from pipeline.execution.fragments import Cache
from pipeline.execution.manifest import check_sealed, seal, unseal
from pipeline.execution.reporting import report_folder
from pipeline.execution.runlog import LOG, logged, read_log
from pipeline.execution.stages import Done, run_stage

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
