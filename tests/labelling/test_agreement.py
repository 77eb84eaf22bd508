"""Agreement against worked examples of the literature."""

import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.labelling.agreement import agreement, cohen_kappa, gwet_ac1, krippendorff_alpha, observed_agreement
from pipeline.labelling.standoff import Label, LabelledDocument, Labels

ROOT = Path(__file__).parents[2]
CODES = ("rural", "reform", "party")
A, B = "a" * 64, "b" * 64


def reader(*labels: Label, sha256: str = A) -> Labels:
    return Labels("1", "anna", "1.1", (LabelledDocument("a.txt", sha256, labels),))


def test_krippendorffs_own_example():
    # Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, section C: nominal alpha 0.743.
    rows = ["1 2 3 3 2 1 4 1 2 . . .", "1 2 3 3 2 2 4 1 2 5 . 3", ". 3 3 3 2 3 4 2 2 5 1 .", "1 2 3 3 2 4 4 1 2 5 1 ."]
    rated = np.array([[-1 if one == "." else int(one) for one in row.split()] for row in rows]).T
    assert krippendorff_alpha(rated) == pytest.approx(0.743, abs=5e-4)


def test_the_paradox_of_kappa():
    # Gwet (2002): 118 of 125 cases both +, none both -; agreement 0.944, kappa below nought, AC1 0.941.
    rated = np.array([[1, 1]] * 118 + [[1, 0]] * 5 + [[0, 1]] * 2)
    assert observed_agreement(rated) == pytest.approx(0.944)
    assert cohen_kappa(rated) == pytest.approx(-0.0234, abs=1e-4)
    assert gwet_ac1(rated, 2) == pytest.approx(0.9408, abs=1e-4)


@given(st.lists(st.integers(0, 2), min_size=2, max_size=30), st.integers(2, 4))
def test_readers_who_agree_in_all_score_one(codes, n_readers):
    rated = np.tile(np.array(codes)[:, None], (1, n_readers))
    assert observed_agreement(rated) == cohen_kappa(rated) == krippendorff_alpha(rated) == 1
    assert gwet_ac1(rated, 3) == pytest.approx(1)


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=2, max_size=30))
def test_the_order_of_readers_does_not_matter(pairs):
    rated = np.array(pairs)
    for measure in (observed_agreement, cohen_kappa, krippendorff_alpha, lambda one: gwet_ac1(one, 3)):
        assert measure(rated) == pytest.approx(measure(rated[:, ::-1]), nan_ok=True)


def test_two_readers_of_four_clauses():
    one = reader(Label(0, 5, "rural"), Label(5, 9, "reform"), Label(9, 12, "party"), Label(12, 15, "rural"))
    other = reader(Label(0, 5, "rural"), Label(5, 9, "rural", "reform"), Label(9, 12, "party"), Label(13, 15, "rural"))
    found = agreement([one, other], CODES)
    measures = found.overall.set_index("measure")["value"]
    assert (found.n, found.alone) == (3, 2)
    assert measures["agreement"] == pytest.approx(2 / 3) and measures["lenient agreement"] == 1
    assert measures["clause starts, F1"] == pytest.approx(3 / 4)
    assert found.confusion.to_dict("records") == [{"first": "rural", "second": "reform", "n": 1}]
    rural = found.themes.set_index("theme").loc["rural"]
    assert rural["n"] == 1.5 and rural["agreement"] == pytest.approx(2 / 3)


def test_one_reader_or_nothing_in_common_is_an_error():
    with pytest.raises(ValueError, match="two readers"):
        agreement([reader(Label(0, 5, "rural"))], CODES)
    with pytest.raises(ValueError, match="no stretch"):
        agreement([reader(Label(0, 5, "rural")), reader(Label(0, 5, "rural"), sha256=B)], CODES)


def test_the_data_card_shows_what_the_command_prints():
    card = (ROOT / "data/labels/README.md").read_text("utf-8")
    command = re.search(r"^planlens (agreement .*)$", card, re.MULTILINE)[1]
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", *command.split()], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.strip() in card
