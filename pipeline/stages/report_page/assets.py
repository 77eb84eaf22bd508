"""The page's own files, and its policy against foreign scripts."""

from __future__ import annotations

import base64
import hashlib
import json
from functools import cache
from importlib.resources import files

SCRIPTS = (
    "core.js", "tables.js", "overview.js", "why.js", "commitments.js", "matrix.js", "pair.js", "trend.js", "compare.js",
    "document.js", "main.js",
)  # fmt: skip


@cache
def asset(name: str) -> str:
    """Return one file of this package as text."""
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


def labels() -> dict[str, dict[str, list[str]]]:
    """Return the page's words: group, key, `[English, Chinese]`."""
    found: dict[str, dict[str, list[str]]] = json.loads(asset("labels.json"))
    return found


def script() -> str:
    """Return the page's script: its files, in order, in a scope of their own."""
    parts = "\n".join(asset(name) for name in SCRIPTS)
    return f'(() => {{\n"use strict";\n{parts}\n}})();\n'


@cache
def runtime() -> str:
    """Return Vega, Vega-Lite and Vega-Embed as one classic script."""
    import vl_convert

    bundle: str = vl_convert.javascript_bundle(snippet="window.vegaEmbed = vegaEmbed;")
    return bundle.replace("</script", "<\\/script").replace("<!--", "<\\!--")


def policy(*scripts: str) -> str:
    """Return a content security policy: only these inline scripts run, and nothing is fetched.

    Source: Content Security Policy Level 3, section 2.3.1 (hash-source).
    """
    hashes = (base64.b64encode(hashlib.sha256(one.encode()).digest()).decode() for one in scripts)
    allowed = " ".join(f"'sha256-{one}'" for one in hashes)
    return (
        f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; img-src data: blob:; "
        "base-uri 'none'; form-action 'none'"
    )
