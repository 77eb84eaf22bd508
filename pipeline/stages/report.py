"""Make the report: one HTML page for a corpus, with everything inside."""

from __future__ import annotations

import html
from collections.abc import Mapping
from string import Template

import pandas as pd

from pipeline.params import Report
from pipeline.stages.report_page.assets import asset, labels, policy, runtime, script
from pipeline.stages.report_page.charts import specifications
from pipeline.stages.report_page.document_payload import document_payloads
from pipeline.stages.report_page.payload import complete, corpus_payload, detail_of
from pipeline.stages.report_page.rows import script_json


def _block(name: str, value: object) -> str:
    return f'<script type="application/json" id="{name}">{script_json(value)}</script>'


def report(tables: Mapping[str, pd.DataFrame], params: Report) -> str:
    """Return a self-contained page: no server, no network; it opens from a file.

    Args:
        tables: `documents`, and whichever there are of dropped, sections, sentences, clauses, themes,
            quantities, theme_shares, divergence, indicators, indicator_matrix, alignment, reuse.
        params: The parameters of the stage.

    Returns:
        HTML; the same tables give the same text. A large corpus shows sentences with a quantity
        only, a very large one leaves the quantities to the tables; the page says so.

    Raises:
        ValueError: If there is no documents table.
    """
    found = complete(tables)
    detail = detail_of(found)
    corpus = corpus_payload(found, params.title, detail)
    n_documents = len(found["documents"])
    corpus["charts"] = {language: specifications(n_documents, language) for language in ("en", "zh")}
    blocks = [_block("labels", labels()), _block("corpus", corpus)]
    blocks += [_block(f"doc-{at}", one) for at, (_, one) in enumerate(document_payloads(found, detail))]
    scripts = (runtime(), script())
    return Template(asset("page.html")).substitute(
        title=html.escape(params.title),
        policy=html.escape(policy(*scripts)),
        style=asset("style.css"),
        data="\n".join(blocks),
        runtime=scripts[0],
        script=scripts[1],
    )
