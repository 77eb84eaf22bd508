"""Each harness holds on inputs that hypothesis draws, and goes to the depth that it is made for."""

from __future__ import annotations

import os
import random

import pytest
from fuzz_archives import check_archive, packed
from fuzz_depth import Depth
from fuzz_draw import Draw
from harnesses import HARNESSES
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from pipeline.corpus.archives import SUFFIXES
from pipeline.corpus.names import parts_of
from pipeline.reading.files import File
from pipeline.reading.isolation import Reader, read_each

EXAMPLES = {"text": 120, "markup": 30, "docx": 150, "pdf": 30, "structure": 120, "archives": 150}
many = settings(suppress_health_check=list(HealthCheck), phases=(Phase.generate, Phase.shrink))
choices = st.binary(min_size=150, max_size=600)


# Minutes each: `PLANLENS_FUZZ=1 .venv/bin/pytest tests/fuzz`, before a change of the reader is done.
@pytest.mark.skipif(not os.environ.get("PLANLENS_FUZZ"), reason="takes minutes; set PLANLENS_FUZZ=1")
@pytest.mark.parametrize("name", HARNESSES)
def test_a_harness_holds_and_goes_deep(name: str) -> None:
    harness, depth = HARNESSES[name], Depth()

    @settings(many, max_examples=EXAMPLES[name])
    @given(choices)
    def run(data: bytes) -> None:
        with depth:
            harness(data)

    run()
    assert harness.deep - depth.functions == set()
    share, missing = depth.share_of_functions(harness.modules)
    assert share >= harness.share, missing


def test_a_harness_that_only_bounces_off_the_first_check_is_told() -> None:
    harness, depth = HARNESSES["pdf"], Depth()
    with depth:
        harness.check(b"%PDF-1.7 and nothing else", "a.pdf")
    assert harness.deep - depth.functions
    assert depth.share_of_functions(harness.modules)[0] < 0.1


def test_a_wrapping_with_two_places_does_not_double_at_each_step() -> None:
    data, _ = HARNESSES["docx"].build(Draw(bytes(8) + bytes([7, 8]) * 60))
    assert len(data) < 20_000


@pytest.mark.parametrize("name", ["text", "markup", "docx", "pdf"])
def test_another_process_reads_the_same(name: str) -> None:
    draw = random.Random(name)
    files = [File(*HARNESSES[name].build(Draw(draw.randbytes(400)))) for _ in range(5)]
    with Reader(workers=1) as reader:  # whose sets are in another order
        for found, own in zip(reader.read_all(files), read_each(files), strict=True):
            assert found == own or str(found) == str(own)


@settings(many, max_examples=60)
@given(choices)
def test_a_whole_archive_gives_back_what_was_put_in(data: bytes) -> None:
    archive = packed(Draw(data))
    found = check_archive(archive.data, archive.name)
    if found is None or archive.whole is None:
        return
    contents = [content for _, content in found.documents]
    told = " ".join(f"{path} {line}" for path, line in found.faults)
    for name, content in archive.whole:
        path = parts_of(name.split("\0")[0])
        if path and path.suffix.lower() in SUFFIXES:
            assert content in contents or path.as_posix() in told
