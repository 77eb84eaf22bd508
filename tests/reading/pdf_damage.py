"""Ways in which the map of codes to characters of a PDF font goes wrong, as seen in the wild; seeded."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

_PAIR = re.compile(r"<([0-9A-F]{4})> <([0-9A-F]+)>\n")
_BLOCK = re.compile(r"\d+ beginbfchar.*endbfchar", re.S)


def _each(text: str, change: Callable[[str, str], str | None], share: float, draw: random.Random) -> str:
    """Change a share of the pairs; None leaves one out."""

    def one(match: re.Match[str]) -> str:
        target = change(match[1], match[2]) if draw.random() < share else match[2]
        return "" if target is None else f"<{match[1]}> <{target}>\n"

    return _PAIR.sub(one, text)


def _shift(by: int) -> Callable[[str, str], str]:
    return lambda _, target: f"{(int(target[:4], 16) + by) % 0xD800:04X}"


def _swap(text: str, draw: random.Random, share: float) -> str:
    """Deal the characters of a share of the codes anew."""
    codes = [match[1] for match in _PAIR.finditer(text) if draw.random() < share]
    old = dict(_PAIR.findall(text))
    dealt = dict(zip(codes, draw.sample([old[one] for one in codes], len(codes)), strict=True))
    return _PAIR.sub(lambda match: f"<{match[1]}> <{dealt.get(match[1], match[2])}>\n", text)


DAMAGES: dict[str, Callable[[str, random.Random], str | None]] = {
    "dropped": lambda text, draw: None,
    "empty": lambda text, draw: "",
    "cut off": lambda text, draw: text[: int(len(text) * draw.uniform(0.3, 0.9))],
    "head lost": lambda text, draw: text[int(len(text) * draw.uniform(0.2, 0.6)) :],
    "wrong counts": lambda text, draw: re.sub(r"\d+ beginbfchar", f"{draw.randint(1, 9)} beginbfchar", text),
    "no end marks": lambda text, draw: text.replace("endbfchar", ""),
    "some missing": lambda text, draw: _each(text, lambda *_: None, draw.uniform(0.05, 0.5), draw),
    "all shifted": lambda text, draw: _each(text, _shift(draw.choice([-29, 1, 29, 256])), 1.0, draw),
    "some shifted": lambda text, draw: _each(text, _shift(draw.choice([-3, 1, 2])), draw.uniform(0.1, 0.6), draw),
    "private use": lambda text, draw: _each(text, lambda code, _: f"E{code[1:]}", draw.uniform(0.1, 1.0), draw),
    "to nothing": lambda text, draw: _each(text, lambda *_: "0000", draw.uniform(0.1, 1.0), draw),
    "one range": lambda text, draw: _BLOCK.sub("1 beginbfrange\n<0003> <0FFF> <4E00>\nendbfrange", text, count=1),
    "all alike": lambda text, draw: _each(text, lambda *_: "7684", draw.uniform(0.1, 0.5), draw),
    "dealt anew": lambda text, draw: _swap(text, draw, draw.uniform(0.2, 1.0)),
    "bytes swapped": lambda text, draw: _each(text, lambda _, target: target[2:4] + target[:2], 1.0, draw),
    "codes as one byte": lambda text, draw: re.sub(r"<00([0-9A-F]{2})> <", r"<\1> <", text),
    "not hex": lambda text, draw: _each(text, lambda _, target: "ZZ" + target[2:], draw.uniform(0.1, 0.5), draw),
    "noise": lambda text, draw: "".join(chr(draw.randrange(256)) for _ in range(len(text))),
}
