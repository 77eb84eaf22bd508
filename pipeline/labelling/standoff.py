"""Standoff labels: which stretch of which document has which theme, without a word of its text.

The file is `{"round", "labeller", "guidelines", "documents": [{"file", "sha256", "labels": [[start, end, code,
second or null], ...]}]}`; offsets are half-open and count code points of the decoded source.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

_SHA256 = re.compile(r"[0-9a-f]{64}")


class Label(NamedTuple):
    """The theme of a stretch of the source."""

    start: int
    end: int
    code: str
    second: str | None = None


@dataclass(frozen=True, slots=True)
class LabelledDocument:
    """The labels of one document, by start; `file` is where it stood, for people; `sha256` says which it is."""

    file: str
    sha256: str
    labels: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels of one reader in one round.

    Attributes:
        round: Name of the round, `1a`.
        labeller: Who labelled; a name, or what kind of reader.
        guidelines: Version of the guidelines that were followed.
        documents: By file.
    """

    round: str
    labeller: str
    guidelines: str
    documents: tuple[LabelledDocument, ...]

    def spans(self) -> dict[tuple[str, int, int], Label]:
        """Return each label by its document's sha256, start and end."""
        return {(one.sha256, label.start, label.end): label for one in self.documents for label in one.labels}

    def check(self, codes: Collection[str], where: str) -> None:
        """Check codes and offsets.

        Args:
            codes: Codes of the codebook.
            where: File named in errors.

        Raises:
            ValueError: Naming the document, the stretch and the fault.
        """
        for document in self.documents:
            named = f"{where}: {document.file}"
            if not _SHA256.fullmatch(document.sha256):
                msg = f"{named}: sha256 must be 64 hex digits, got {document.sha256!r}"
                raise ValueError(msg)
            for label in document.labels:
                _check_label(label, codes, named)
            for one, other in pairwise(document.labels):
                if other.start < one.end:
                    msg = f"{named}: labels overlap: {one.start}–{one.end} and {other.start}–{other.end}"
                    raise ValueError(msg)

    def to_json(self) -> str:
        """Return the file's text, a label a line; the same labels give the same bytes."""
        head = {"round": self.round, "labeller": self.labeller, "guidelines": self.guidelines}
        parts = []
        for one in self.documents:
            rows = ",\n".join(json.dumps(list(label), ensure_ascii=False) for label in one.labels)
            told = json.dumps({"file": one.file, "sha256": one.sha256}, ensure_ascii=False)
            parts.append(f'{told[:-1]}, "labels": [\n{rows}\n]}}')
        return f'{json.dumps(head, ensure_ascii=False)[:-1]}, "documents": [\n' + ",\n".join(parts) + "\n]}\n"


def _check_label(label: Label, codes: Collection[str], named: str) -> None:
    stretch = f"{label.start}–{label.end}"
    if not 0 <= label.start < label.end:
        msg = f"{named}: {stretch} is no stretch: wanted 0 <= start < end"
        raise ValueError(msg)
    for code in (label.code, label.second):
        if code is not None and code not in codes:
            msg = f"{named}: {stretch} has the unknown theme {code!r}; known: {', '.join(codes)}"
            raise ValueError(msg)
    if label.second == label.code:
        msg = f"{named}: {stretch} has {label.code!r} as first and second theme"
        raise ValueError(msg)


def gather_labels(rows: Iterable[tuple[str, str, Label]]) -> tuple[LabelledDocument, ...]:
    """Put labels with their file and sha256 into documents, sorted by file and start; equal rows count once."""
    by_document: dict[tuple[str, str], set[Label]] = {}
    for file, sha256, label in rows:
        by_document.setdefault((file, sha256), set()).add(label)
    ordered = sorted(by_document.items())
    return tuple(
        LabelledDocument(file, sha256, tuple(sorted(found, key=lambda one: (one.start, one.end, one.code))))
        for (file, sha256), found in ordered
    )


def is_standoff(given: object) -> bool:
    """Say whether JSON holds standoff labels."""
    return isinstance(given, Mapping) and "documents" in given


def parse_labels(given: Mapping[str, object], where: str) -> Labels:
    """Build labels from the JSON of a file.

    Raises:
        ValueError: If the JSON is not built like labels.
    """
    try:
        documents = given["documents"]
        if not isinstance(documents, Sequence):
            raise TypeError
        rows = [(str(one["file"]), str(one["sha256"]), _label(row)) for one in documents for row in one["labels"]]
        name, labeller, guidelines = (str(given[key]) for key in ("round", "labeller", "guidelines"))
    except (KeyError, TypeError, ValueError) as error:
        msg = (
            f"{where}: no labels: wanted round, labeller, guidelines, documents with labels [start, end, code, second]"
        )
        raise ValueError(msg) from error
    return Labels(name, labeller, guidelines, gather_labels(rows))


def _label(row: Sequence[object]) -> Label:
    start, end, code, second = row
    if not isinstance(start, int) or not isinstance(end, int) or not isinstance(code, str):
        raise TypeError
    return Label(start, end, code, None if second is None else str(second))


def read_labels(path: Path) -> Labels:
    """Read a file of standoff labels.

    Raises:
        FileNotFoundError: If it is not there.
        ValueError: If it is no JSON, or not built like labels.
    """
    try:
        given = json.loads(path.read_text(encoding="utf-8-sig"))
    except ValueError as error:
        msg = f"{path}: no valid JSON: {error}"
        raise ValueError(msg) from error
    if not is_standoff(given):
        msg = f"{path}: no standoff labels; `planlens label --import` makes them from a tool's export"
        raise ValueError(msg)
    return parse_labels(given, str(path))
