"""Turn bytes into choices, so that one harness serves a coverage-guided fuzzer and hypothesis alike."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Draw:
    """Choices made by bytes, one or two each; once they are used up, each choice is the first one.

    Args:
        data: The bytes.
    """

    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    @property
    def left(self) -> int:
        """How many bytes are left."""
        return len(self._data) - self._at

    def apart(self) -> tuple[Draw, Draw]:
        """Return the first two thirds of the choices that are left, and the last: what one uses, the other keeps."""
        found = self.rest()
        cut = len(found) * 2 // 3
        return Draw(found[:cut]), Draw(found[cut:])

    def rest(self) -> bytes:
        """Return the bytes that are left."""
        found, self._at = self._data[self._at :], len(self._data)
        return found

    def below(self, n: int) -> int:
        """Return a number from 0 to n - 1."""
        width = 1 if n <= 256 else 3
        part = self._data[self._at : self._at + width]
        self._at += len(part)
        return int.from_bytes(part, "big") % n

    def one_in(self, n: int) -> bool:
        """Tell whether something happens that happens once in n times."""
        return self.below(n) == n - 1

    def choice(self, of: Sequence[T]) -> T:
        """Return one of several."""
        return of[self.below(len(of))]


ODD_NUMBERS = (
    "0",
    "-1",
    "1",
    "9",
    "255",
    "65536",
    "2147483648",
    "-99999999999999999999",
    "1e9",
    "0.00001",
    "NaN",
    "",
    "９",
    "²",
)


def damaged(data: bytes, draw: Draw, most: int = 4) -> bytes:
    """Return bytes with up to `most` of them (or stretches of them) changed, doubled, left out or cut off."""
    out = bytearray(data)
    for _ in range(draw.below(most + 1)):
        at = draw.below(len(out) + 1)
        kind, n = draw.below(6), draw.below(16) + 1
        if kind == 0:
            out[at : at + 1] = bytes([draw.below(256)])
        elif kind == 1:
            del out[at : at + n]
        elif kind == 2:
            out[at:at] = out[at : at + n * n]
        elif kind == 3:
            out[at:at] = draw.choice(
                (b"\0", b"\xff", b"\x80", b"\r", b"\xef\xbb\xbf", b"~{", b"\x84\x31\x95\x33", b"\xed\xa0\x80")
            )
        elif kind == 4:
            del out[at:]
        else:
            out[at : at + n] = bytes(out[at : at + n])[::-1]
    return bytes(out)
