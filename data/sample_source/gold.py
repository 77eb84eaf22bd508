"""Find each annotation in the decoded source of the file that was built, and write the gold data."""

from __future__ import annotations

import re
from dataclasses import dataclass

from markup import BREAK, Source, Unit

_COMMA = re.compile("[，,]")
_OPEN, _CLOSE = "“‘（(《〈「『【", "”’）)》〉」』】"
_FURNITURE = re.compile(r"— \d+ —")


@dataclass
class _Text:
    """The ink of the source, character by character, and where each stands."""

    ink: str
    places: list[int]


def _ink(text: str, heads: tuple[str, ...]) -> _Text:
    hidden = [match.span() for one in heads for match in re.finditer(re.escape(one), text)]
    hidden += [match.span() for match in _FURNITURE.finditer(text)]
    covered = {place for low, high in hidden for place in range(low, high)}
    places = [at for at, sign in enumerate(text) if not sign.isspace() and sign != "|" and at not in covered]
    return _Text("".join(text[at] for at in places), places)


def locate(source: Source, decoded: str, heads: tuple[str, ...]) -> list[tuple[Unit, list[int]]]:
    """Return for each unit the place in the decoded source of each of its characters that is ink.

    Args:
        source: The annotated document.
        decoded: Its file as the reader decodes it.
        heads: Running heads, which may stand anywhere.

    Raises:
        ValueError: If a piece of the document is not in the source.
    """
    text = _ink(decoded, heads)
    found: list[tuple[Unit, list[int]]] = []
    used: list[tuple[int, int]] = []
    for article in source.articles:
        for paragraph in article:
            for unit in paragraph:
                places: list[int] = []
                for piece in unit.text.split(BREAK):
                    places += _find(text, "".join(sign for sign in piece if not sign.isspace() and sign != "|"), used)
                found.append((unit, places))
    return found


def _find(text: _Text, piece: str, used: list[tuple[int, int]]) -> list[int]:
    """Return the places of a piece: after the one before it if it stands there, else where it is not used yet."""
    if not piece:
        return []
    after = used[-1][1] if used else 0
    start = after if text.ink.startswith(piece, after) else -1
    at = -1
    while start < 0:
        at = text.ink.find(piece, at + 1)
        if at < 0:
            msg = f"not in the file that was built: {piece}"
            raise ValueError(msg)
        if not any(low < at + len(piece) and at < high for low, high in used):
            start = at
    used.append((start, start + len(piece)))
    return text.places[start : start + len(piece)]


def spans(places: list[int], decoded: str) -> list[list[int]]:
    """Return source spans: places with nothing but white space or cell borders between them are one."""
    found: list[list[int]] = []
    for place in places:
        if found and place >= found[-1][1] and not decoded[found[-1][1] : place].strip().strip("|"):
            found[-1][1] = place + 1
        else:
            found.append([place, place + 1])
    return found


def gold_units(unit: Unit, places: list[int], decoded: str) -> list[dict[str, object]]:
    """Return the stretches between the commas of a unit; the first starts it, each ends with its first span."""
    ink = "".join(sign for sign in unit.text.replace(BREAK, "") if not sign.isspace() and sign != "|")
    bounds, depth = [0], 0
    for at, sign in enumerate(ink[:-1]):
        depth += (sign in _OPEN) - (sign in _CLOSE)
        if _COMMA.match(sign) and depth <= 0 and unit.kind == "clause":
            bounds.append(at + 1)
    kind = "clause" if unit.kind in ("clause", "row") else "heading"
    return [
        {
            "start": places[low],
            "end": spans(places[low:high], decoded)[0][1],
            "kind": kind,
            "starts_unit": number == 0,
            "themes": list(unit.themes[:1]),
            "agreed": True,
            "secondary": list(unit.themes[1:]),
        }
        for number, (low, high) in enumerate(zip(bounds, [*bounds[1:], len(ink)], strict=True))
    ]


def gold_quantities(unit: Unit, places: list[int], decoded: str) -> list[dict[str, object]]:
    """Return the quantities of a unit with their source spans.

    Raises:
        ValueError: If the source does not hold the quote at its place.
    """
    # Offsets of the marked text -> numbers of its characters that are ink.
    marked = unit.text.replace(BREAK, " " * len(BREAK))
    order: list[int] = []
    for sign in marked:
        order.append((order[-1] if order else -1) + (not sign.isspace() and sign != "|"))
    found = []
    for one in unit.quantities:
        quote = unit.text[one.start : one.end].replace(BREAK, "")
        own = places[order[one.start] : order[one.end - 1] + 1]
        first, *more = spans(own, decoded)
        if "".join(decoded[at] for at in own) != "".join(quote.split()):
            msg = f"{quote!r} is not at its place"
            raise ValueError(msg)
        row: dict[str, object] = {"start": first[0], "end": first[1], "quotes": [quote], "optional": one.optional}
        if more:
            row["also"] = more
        found.append(row | {"accept": {name: [_plain(value)] for name, value in one.fields.items()}})
    return found


def _plain(value: object) -> object:
    return int(value) if isinstance(value, float) and value.is_integer() else value
