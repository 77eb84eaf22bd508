"""How the stages run over large corpora: by document, remembered, in parallel, in bounded memory."""

from pipeline.execution.fragments import Cache
from pipeline.execution.runlog import LOG, logged, read_log
from pipeline.execution.stages import Done, run_stage

__all__ = ["LOG", "Cache", "Done", "logged", "read_log", "run_stage"]
