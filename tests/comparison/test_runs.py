"""Runs of characters as numbers: equal runs have equal numbers, others do not."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.comparison.runs import code_points, run_hashes


@given(st.text("推进改革𠮷", max_size=20), st.integers(1, 6))
def test_runs_are_equal_when_their_characters_are(text: str, width: int) -> None:
    hashes = run_hashes(code_points(text), width).tolist()
    runs = [text[at : at + width] for at in range(max(0, len(text) - width + 1))]
    assert len(hashes) == len(runs)
    assert [one == hashes[0] for one in hashes] == [one == runs[0] for one in runs]
    assert len(set(hashes)) == len(set(runs))
