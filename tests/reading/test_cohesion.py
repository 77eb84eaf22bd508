"""What two sides of a join share, near it and far from it; texts are invented."""

from __future__ import annotations

import numpy as np

from pipeline.reading.cohesion import FARTHEST, cohesion, shared_bits

PORT = "云泽港扩建深水泊位，疏浚航道，集装箱吞吐能力逐年提高。"
SCHOOL = "澜坪县新建幼儿园，培训乡村教师，改善寄宿学校食堂。"


def test_the_same_topic_speaks_for_a_join() -> None:
    found = shared_bits([PORT], ["集装箱航道向上游延伸。", "寄宿学校添置图书。"])
    assert found.shape == (1, 2)
    assert found[0, 0] > found[0, 1] + 5


def test_words_far_from_the_join_tell_the_article() -> None:
    plain = "有关部门要抓紧落实各项任务，"
    found = shared_bits([PORT * 2 + plain], [plain + PORT, plain + SCHOOL])
    assert found[0, 0] > found[0, 1] + 3


def test_a_few_shared_words_say_nearly_as_much_as_all() -> None:
    share = cohesion([PORT], [PORT[:12] + SCHOOL, PORT])[0]
    none, few, every = shared_bits([PORT], [SCHOOL, PORT[:12] + SCHOOL, PORT])[0]
    assert share[0] < share[1] / 2
    assert few - none > every - few


def test_what_lies_farther_off_counts_for_nothing() -> None:
    filled = "稳" * FARTHEST
    assert np.array_equal(shared_bits([PORT + filled], [SCHOOL]), shared_bits([SCHOOL + filled], [SCHOOL]))
