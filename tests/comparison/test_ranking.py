"""The first of many values are those of a full sort."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pipeline.comparison.ranking import lowest


@given(st.lists(st.sampled_from([-1.0, 0.0, 0.5, 2.0, np.inf])), st.integers(1, 7))
def test_the_lowest_are_the_first_of_a_stable_sort(values: list[float], n: int) -> None:
    array = np.array(values, dtype=np.float64)
    assert lowest(array, n).tolist() == np.argsort(array, kind="stable")[:n].tolist()
