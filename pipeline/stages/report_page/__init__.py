"""The report page: what goes into it (`payload`), its charts (`charts`), its text, style and script.

Reading order: `page.html`, `rows`, `payload`, `comparison_payload`, `document_payload`, `charts`, `assets`,
`core.js`, `tables.js`, `overview.js`, `why.js`, `commitments.js`, `matrix.js`, `pair.js`, `trend.js`,
`compare.js`, `document.js`, `main.js`.
"""
