"""The sample corpus as analysed once."""

from pathlib import Path

import pytest

from pipeline.corpus import load_corpus
from pipeline.params import Params
from pipeline.workflow import Tables, analyze

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "data" / "raw" / "sample"


@pytest.fixture(scope="session")
def tables() -> Tables:
    return analyze(load_corpus(SAMPLE), Params())
