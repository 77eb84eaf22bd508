"""How well two stretches of Chinese text go on into each other, by statistics of character pairs.

`openings.json` holds by how many bits a character is likelier at the start of a paragraph than elsewhere
(`models/count_openings.py` counts them).

`bigrams.json` holds pointwise mutual information in bits (rounded, 0 to 9) of the 21,000 character pairs that
are frequent in government work reports and attract each other; figures count as one `0`.
"""

from __future__ import annotations

import json
import re
from functools import cache
from importlib import resources

_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_WIDTH = str.maketrans(",;:?!", "，；：？！")
_UNSEEN = -2


@cache
def _pairs() -> dict[str, int]:
    with resources.files("pipeline.reading").joinpath("bigrams.json").open(encoding="utf-8") as file:
        buckets: dict[str, str] = json.load(file)
    return {pairs[at : at + 2]: int(bits) for bits, pairs in buckets.items() for at in range(0, len(pairs), 2)}


def attraction(left: str, right: str) -> float:
    """Return how much the end of `left` attracts the start of `right`, in bits: about -2 to 9.

    >>> attraction("发挥重要作", "用。") > attraction("发挥重要作", "路网")
    True
    """
    ahead = _FIGURE.sub("0", left[-12:]).translate(_WIDTH)[-1:]
    after = _FIGURE.sub("0", right[:12]).translate(_WIDTH)[:1]
    return _pairs().get(ahead + after, _UNSEEN)


@cache
def _openings() -> dict[str, int]:
    with resources.files("pipeline.reading").joinpath("openings.json").open(encoding="utf-8") as file:
        return {sign: int(bits) for bits, signs in json.load(file).items() for sign in signs}


def opens(text: str) -> float:
    """Return by how many bits the first character speaks for the start of a paragraph: -8 to 8, 0 where unknown.

    >>> opens("的必由之路") < opens("坚持创新驱动")
    True
    """
    return _openings().get(text[:1], 0)
