"""Pieces in sequence."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.reading import sequence


def test_best_sequence_has_no_circle() -> None:
    scores = np.full((3, 3), sequence.FORBIDDEN)
    scores[0, 1], scores[1, 0], scores[1, 2], scores[2, 0] = 9.0, 9.0, 5.0, 1.0
    following, bits = sequence.solve(scores, np.array([0.0, 2.0, 2.0]))
    assert following == {0: 1, 1: 2}
    assert bits == 14.0


def test_like_pieces_take_bounded_work(monkeypatch: pytest.MonkeyPatch) -> None:
    n_ring, calls, assign = 24, [], sequence._assign

    def counted(*given: np.ndarray) -> tuple[float, dict[int, int]]:
        calls.append(1)
        return assign(*given)

    monkeypatch.setattr(sequence, "_assign", counted)
    # Two rings, each to be opened at any of its pieces: all of them tried would be 600 assignments.
    ring = np.roll(np.eye(n_ring), 1, axis=1)
    scores = np.where(np.kron(np.eye(2), ring) > 0, 20.0, sequence.FORBIDDEN)
    following, _ = sequence.solve(scores, np.full(2 * n_ring, 10.0))
    assert len(calls) <= 200 + n_ring
    assert len(following) == 2 * n_ring - 2
    assert not sequence._circle(following)
