"""Citations of the tool, of a corpus, of a document and of a single figure: BibTeX, APA 7, GB/T 7714-2015."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from pipeline import __version__

STYLES = ("bibtex", "apa", "gb7714")
TITLE = "PlanLens: reading Chinese development plans into clauses, themes and numeric commitments"
AUTHORS = "The PlanLens authors"
YEAR = "2026"
_KINDS = {"work_report": "R", "proposal": "R", "outline": "R"}


@dataclass(frozen=True, slots=True)
class Work:
    """What is cited.

    Attributes:
        key: Of BibTeX.
        kind: Of BibTeX: software, dataset or misc.
        letter: Kind by GB/T 7714: CP (program), DS (data set), R (report), Z (other).
        author: Who is named.
        title: Its title.
        date: Year, or YYYY-MM-DD; empty where it is not known.
        version: Version, or empty.
        address: Where it is, or empty.
        note: What else identifies it: digests, offsets, the quote.
    """

    key: str
    kind: str
    letter: str
    author: str
    title: str
    date: str = ""
    version: str = ""
    address: str = ""
    note: str = ""


def tool() -> Work:
    """Return PlanLens itself."""
    return Work("planlens", "software", "CP", AUTHORS, TITLE, YEAR, __version__)


def corpus_digest(documents: pd.DataFrame) -> str:
    """Return the SHA-256 of the sorted SHA-256 of a corpus's files, one a line."""
    return hashlib.sha256("\n".join(sorted(documents["sha256"])).encode()).hexdigest()


def corpus(documents: pd.DataFrame) -> Work:
    """Return a corpus as read: what its files are is held by one digest."""
    digest = corpus_digest(documents)
    title = f"{len(documents)} Chinese development plans of {documents['place'].nunique()} places, read with PlanLens"
    return Work(f"corpus-{digest[:8]}", "dataset", "DS", AUTHORS, title, YEAR, __version__, note=f"sha256 {digest}")


def document(row: Mapping[str, object]) -> Work:
    """Return a document of the table `documents`."""
    told = {key: str(value) for key, value in row.items() if isinstance(value, str) and value}
    author = told.get("issuer") or told.get("place") or "[s.n.]"
    title = told.get("title") or told["doc_id"]
    return Work(
        _key(told["doc_id"]), "misc", _KINDS.get(told.get("doc_type", ""), "Z"), author, title,
        told.get("published", ""),
        address=told.get("source_url", ""), note=f"sha256 {told['sha256'][:16]}",
    )  # fmt: skip


def quantity(row: Mapping[str, object], of: Mapping[str, object]) -> Work:
    """Return a single figure: its quote and where it stands in the document."""
    from dataclasses import replace

    spans = "; ".join(f"{start}-{end}" for start, end in row["source_spans"])  # type: ignore[attr-defined]
    note = f"“{row['quote']}”, characters {spans} of the file; PlanLens {__version__}, {row['quantity_id']}"
    whole = document(of)
    return replace(whole, key=str(row["quantity_id"]), note=f"{note}; {whole.note}")


def _key(text: str) -> str:
    """Return a key that BibTeX takes: other signs than those of ASCII are spelt by a digest."""
    plain = re.sub(r"[^A-Za-z0-9-]+", "", text)
    return plain if plain == text else f"{plain or 'doc'}-{hashlib.sha256(text.encode()).hexdigest()[:8]}"


def cited(work: Work, style: str, accessed: str = "") -> str:
    """Return a citation.

    Args:
        work: What is cited.
        style: One of STYLES.
        accessed: Day on which the source was seen, YYYY-MM-DD; GB/T 7714 wants one for what is on the web.

    Raises:
        ValueError: If the style is unknown.
    """
    if style not in STYLES:
        msg = f"unknown style {style!r}: use one of {', '.join(STYLES)}"
        raise ValueError(msg)
    return {"bibtex": _bibtex, "apa": _apa, "gb7714": _gb7714}[style](work, accessed)


def _bibtex(work: Work, accessed: str) -> str:
    fields = {
        "title": f"{{{work.title}}}",
        "author": f"{{{work.author}}}",
        "year": work.date[:4],
        "date": work.date if len(work.date) > 4 else "",  # noqa: PLR2004 - more than the year
        "version": work.version,
        "url": work.address,
        "urldate": accessed,
        "note": work.note,
        "license": "Apache-2.0" if work.kind == "software" else "",
    }
    lines = [f"  {name} = {{{_safe(value)}}}" for name, value in fields.items() if value]
    return f"@{work.kind}{{{work.key},\n" + ",\n".join(lines) + "\n}"


def _safe(value: str) -> str:
    return re.sub(r"([%#&$_])", r"\\\1", value) if not value.startswith("http") else value


def _apa(work: Work, accessed: str) -> str:
    names = {"software": " [Computer software]", "dataset": " [Data set]"}
    version = f" (Version {work.version})" if work.version else ""
    told = f"{work.author}. ({work.date or 'n.d.'}). {work.title}{version}{names.get(work.kind, '')}."
    seen = f"Retrieved {accessed}, from {work.address}" if accessed and work.address else work.address
    return " ".join(filter(None, [told, f"{work.note}." if work.note else "", seen]))


def _gb7714(work: Work, accessed: str) -> str:
    letter = f"{work.letter}/OL" if work.address else work.letter
    version = f". 版本 {work.version}" if work.version else ""
    day = f"({work.date})" if work.address and len(work.date) > 4 else work.date  # noqa: PLR2004
    seen = f"[{accessed}]" if accessed else ""
    parts = [f"{work.author}. {work.title}[{letter}]{version}", f"{day}{seen}", work.address, work.note]
    return ". ".join(one for one in parts if one) + "."
