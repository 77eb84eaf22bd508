"""One way over many pieces: results of all, faults told, a killed worker named."""

import os
import signal

import pytest

from pipeline.execution.parallel import n_jobs_of, over
from pipeline.params import Parallel


def double(number: int) -> int:
    return 2 * number


def refuse(number: int) -> int:
    msg = f"piece {number} is at fault"
    raise ValueError(msg)


def die(number: int) -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return number


@pytest.mark.parametrize("n_jobs", [1, 2])
def test_each_piece_is_done_once_and_taken_as_it_is_needed(n_jobs: int) -> None:
    taken = []

    def pieces():  # noqa: ANN202
        for number in range(60):
            taken.append(number)
            yield (number,)

    found = over(double, pieces(), 60, Parallel(n_jobs=n_jobs))
    first = next(found)
    assert len(taken) < 60
    assert sorted([first, *found]) == [2 * number for number in range(60)]


def test_no_piece_is_no_work() -> None:
    assert list(over(double, [], 0, Parallel(n_jobs=2))) == []


def test_a_fault_in_a_worker_is_a_fault_here() -> None:
    with pytest.raises(ValueError, match="piece 0 is at fault"):
        list(over(refuse, [(0,), (0,)], 2, Parallel(n_jobs=2)))


def test_a_killed_worker_is_told_in_one_line() -> None:
    with pytest.raises(OSError, match=r"a worker process was killed.*is remembered"):
        list(over(die, [(0,), (1,)], 2, Parallel(n_jobs=2)))


def test_one_process_a_core_unless_told() -> None:
    assert n_jobs_of(Parallel(n_jobs=3)) == 3
    assert n_jobs_of(Parallel()) >= 1
