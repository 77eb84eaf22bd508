"""The report page: what goes into it (`payload`), its charts (`charts`), its text, style and script.

Reading order: `page.html`, `rows`, `payload`, `document_payload`, `charts`, `assets`, `core.js`,
`overview.js`, `compare.js`, `commitments.js`, `document.js`, `main.js`.
"""
