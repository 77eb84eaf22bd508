"""Names of the DOCX format, and how its values are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_OPEN = "http://schemas.openxmlformats.org/"
W = f"{{{_OPEN}wordprocessingml/2006/main}}"
M = f"{{{_OPEN}officeDocument/2006/math}}"
A = f"{{{_OPEN}drawingml/2006/main}}"
MC = f"{{{_OPEN}markup-compatibility/2006}}"
V = "{urn:schemas-microsoft-com:vml}"
RELATION = f"{{{_OPEN}package/2006/relationships}}Relationship"
_STRICT = b"http://purl.oclc.org/ooxml/"
STRICT = (
    (_STRICT + b"wordprocessingml/main", W.strip("{}").encode()),
    (_STRICT + b"officeDocument/math", M.strip("{}").encode()),
    (_STRICT + b"drawingml/main", A.strip("{}").encode()),
)


def value(parent: Element | None, name: str) -> str | None:
    """Return `w:val` of the child of that name, or None."""
    child = None if parent is None else parent.find(W + name)
    found: str | None = None if child is None else child.get(W + "val")
    return found


def is_on(parent: Element | None, name: str) -> bool | None:
    """Return whether a switch is set, or None where the parent does not say."""
    child = None if parent is None else parent.find(W + name)
    return None if child is None else child.get(W + "val", "true") not in {"0", "false", "off", "none"}


def whole_number(text: str | None, default: int, low: int, high: int) -> int:
    """Return a number within bounds; what is none, or absurdly long, is the default."""
    try:
        return min(high, max(low, int(text))) if text and len(text) < 20 else default
    except ValueError:
        return default
