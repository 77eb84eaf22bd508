"""What fuzzing has broken once stays mended: each case is the file as it was read, or the text as it was parsed.

`cases/HARNESS/NAME.SUFFIX` holds the bytes; of the harness `structure` a JSON object with the text, articles, hints and
contents. A case's name says what it broke.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fuzz_archives import check_archive
from fuzz_checks import check_read
from fuzz_structure import Given, check_given

from pipeline.records import Article, Hint

CASES = sorted((Path(__file__).parent / "cases").glob("*/*"))


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_case_holds(path: Path) -> None:
    data = path.read_bytes()
    if path.parent.name == "structure":
        given = json.loads(data)
        articles = tuple(Article(*one) for one in given["articles"])
        hints = tuple(Hint(*one) for one in given["hints"])
        check_given(Given(given["text"], articles, hints, tuple(given["contents"])))
    elif path.parent.name == "archives":
        check_archive(data, path.name)
    else:
        check_read(data, path.name)
