"""The order file beside a document (`plan.txt.order.yaml`): what a person says of its reading order.

It wins over the model. Three keys, each may be left out:

    joins:                      # the piece that ends with `after` goes on with the one that starts with `goes_on`
      - {after: "力争通", goes_on: "过五年"}
    leave: ["聚焦高"]           # what ends so stays as it stands: nothing is joined to it or moved away from it
    keep: true                  # the whole document stays as it stands

Each quote must stand in the document exactly once; one inside a paragraph splits the paragraph there.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.reading.errors import ReadingError
from pipeline.reading.joints import split_paragraph
from pipeline.reading.lines import Paragraph

ORDER_SUFFIX = ".order.yaml"
_KEYS = ("joins", "leave", "keep")
_EXAMPLE = 'joins: [{after: "力争通", goes_on: "过五年"}]'


@dataclass(frozen=True, slots=True)
class Order:
    """What an order file says: pairs of quotes to join, quotes of endings to leave, or keep everything."""

    joins: tuple[tuple[str, str], ...] = ()
    leave: tuple[str, ...] = ()
    keep: bool = False


@dataclass(frozen=True, slots=True)
class Cut:
    """Paragraphs cut where an order file says so.

    Attributes:
        paragraphs: In the order of print.
        ends: Indices of the paragraphs that go on elsewhere.
        starts: Indices of the paragraphs that go on with another.
        joins: Source offsets of end and start of each join.
        splits: Source offsets of the second part of each paragraph that was cut in two.
        left: Indices of the paragraphs whose endings stay as they stand.
    """

    paragraphs: list[Paragraph]
    ends: set[int] = field(default_factory=set)
    starts: set[int] = field(default_factory=set)
    joins: set[tuple[int, int]] = field(default_factory=set)
    splits: set[int] = field(default_factory=set)
    left: set[int] = field(default_factory=set)


def parse_order(content: bytes) -> Order:
    """Read an order file.

    Raises:
        ReadingError: If it is no YAML of the three keys.
    """
    import yaml

    try:
        found = yaml.safe_load(content.decode("utf-8-sig")) if content.strip() else {}
    except UnicodeDecodeError as error:
        raise _fault("it is not UTF-8; save it as UTF-8") from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 1} " if mark else "it "
        raise _fault(f"{where}is no YAML; write it like {_EXAMPLE}") from error
    if not isinstance(found, dict):
        raise _fault(f"it holds no keys; write it like {_EXAMPLE}")
    if unknown := [one for one in found if one not in _KEYS]:
        raise _fault(f"key {unknown[0]!r} is unknown; use {', '.join(_KEYS)}")
    order = Order(_joins(found.get("joins", [])), _leave(found.get("leave", [])), _keep(found.get("keep", False)))
    if order.keep and (order.joins or order.leave):
        raise _fault("keep: true leaves no room for joins or leave; take one of them out")
    return order


def _fault(what: str) -> ReadingError:
    return ReadingError(f"the order file ({ORDER_SUFFIX}) is at fault: {what}")


def _joins(given: object) -> tuple[tuple[str, str], ...]:
    if not isinstance(given, list) or not all(isinstance(one, dict) and _is_join(one) for one in given):
        raise _fault(f"joins must be a list of pairs of quotes; write it like {_EXAMPLE}")
    found = tuple((str(one["after"]), str(one["goes_on"])) for one in given)
    for side, name in ((0, "after"), (1, "goes_on")):
        quotes = [one[side] for one in found]
        if doubled := [one for one in quotes if quotes.count(one) > 1]:
            raise _fault(f"{name}: {doubled[0]!r} stands in two joins; take one of them out")
    return found


def _is_join(one: dict[object, object]) -> bool:
    return one.keys() == {"after", "goes_on"} and all(_is_quote(quote) for quote in one.values())


def _is_quote(given: object) -> bool:
    return isinstance(given, str) and bool(given.strip()) and "\n" not in given


def _leave(given: object) -> tuple[str, ...]:
    if not isinstance(given, list) or not all(_is_quote(one) for one in given):
        raise _fault('leave must be a list of quotes; write it like leave: ["聚焦高"]')
    return tuple(map(str, given))


def _keep(given: object) -> bool:
    if not isinstance(given, bool):
        raise _fault("keep must be true or false")
    return given


def cut_at_quotes(paragraphs: list[Paragraph], order: Order) -> Cut:
    """Cut the paragraphs at the quotes of an order file.

    Raises:
        ReadingError: If a quote is not in the document, or is there twice, or its joins go in a circle.
    """
    splits: set[int] = set()
    for quote, after in _quotes(order):
        k, at = _find(paragraphs, quote)
        at += len(quote) * after
        if 0 < at < len(paragraphs[k].text):
            parts = split_paragraph(paragraphs[k], at)
            paragraphs = [*paragraphs[:k], *parts, *paragraphs[k + 1 :]]
            splits.add(parts[1].spans[0][0])
    cut = Cut(paragraphs, splits=splits)
    for after_quote, onward in order.joins:
        left, right = _find(paragraphs, after_quote)[0], _find(paragraphs, onward)[0]
        cut.ends.add(left)
        cut.starts.add(right)
        cut.joins.add((paragraphs[left].spans[-1][1], paragraphs[right].spans[0][0]))
    cut.left.update(_find(paragraphs, quote)[0] for quote in order.leave)
    if both := cut.left & cut.ends:
        raise _fault(f"{paragraphs[min(both)].text[-6:]!r} stands under joins and leave; take one of them out")
    _check_circle(order, paragraphs)
    return cut


def _quotes(order: Order) -> list[tuple[str, bool]]:
    """Return the quotes, each with whether the cut is after it."""
    ends = [*(after for after, _ in order.joins), *order.leave]
    return [*((one, True) for one in ends), *((onward, False) for _, onward in order.joins)]


def _find(paragraphs: list[Paragraph], quote: str) -> tuple[int, int]:
    """Return the paragraph that holds a quote, and where in it."""
    found = [(k, one.text.find(quote)) for k, one in enumerate(paragraphs) if quote in one.text]
    if not found:
        raise _fault(f"{quote!r} is in no paragraph of the document; copy the quote from it")
    if len(found) > 1 or paragraphs[found[0][0]].text.count(quote) > 1:
        raise _fault(f"{quote!r} is in the document more than once; make the quote longer")
    return found[0]


def _check_circle(order: Order, paragraphs: list[Paragraph]) -> None:
    """Check that no piece goes on with itself: pieces run from a `goes_on` to the next `after` in print."""
    places = {quote: _find(paragraphs, quote)[0] for quote, _ in _quotes(order)}
    ends = {places[after]: onward for after, onward in order.joins}
    for _, first in order.joins:
        at, steps = first, 0
        while (end := min((k for k in ends if k >= places[at]), default=-1)) >= 0:
            at, steps = ends[end], steps + 1
            if at == first or steps > len(ends):
                raise _fault(f"the piece that starts with {first!r} would go on with itself; correct the joins")
