// One document: facts, theme profile, commitments, structure and text.

/** Return this document's shares with the mean of the corpus. */
function profileRows(id) {
  const sums = new Map();
  for (const one of CORPUS.shares || []) sums.set(one.theme, (sums.get(one.theme) || 0) + one.share);
  const n = new Set((CORPUS.shares || []).map((one) => one.doc)).size;
  const own = (CORPUS.shares || []).filter((one) => one.doc === id);
  return withTheme(own.map((one) => ({ ...one, mean: n > 1 ? sums.get(one.theme) / n : null })));
}

/** Return up to five documents with the most similar theme profiles, as links. */
function closest(id) {
  const pairs = (CORPUS.divergence || []).filter((one) => one.kind !== "mean" && (one.doc_a === id || (one.kind === "pair" && one.doc_b === id)));
  return sorted(pairs, (one) => one.jsd).slice(0, 5).flatMap((one, at) => {
    const other = one.doc_a === id ? one.doc_b : one.doc_a;
    return [at ? ", " : "", el("a", { href: documentLink(other) }, DOCUMENTS.get(other).label)];
  });
}

function factsCard(doc) {
  // Only web addresses become links: a table may hold anything.
  const address = /^https?:\/\//.test(doc.url || "") ? el("a", { href: doc.url, rel: "noreferrer noopener" }, doc.url) : doc.url;
  const rows = [
    ["place", doc.place], ["type", word("type", doc.type)], ["period", period(doc)], ["issuer", doc.issuer], ["published", doc.published],
    ["source", address], ["document", `${doc.file} · ${doc.encoding} · sha256 ${doc.sha256.slice(0, 12)}…`],
    ["characters", doc.n_chars.toLocaleString("en")], ["warnings", doc.warnings.join(" ")],
  ].filter(([, shown]) => shown).map(([key, shown]) => [key, [shown]]);
  const near = closest(doc.id);
  if (near.length) rows.push(["closest", near]);
  return card("document", null, el("dl", { class: "facts" }, ...rows.flatMap(([key, shown]) => [el("dt", {}, ui(key)), el("dd", {}, ...shown)])));
}

/** Make a sentence with its figures marked; a mark opens the commitment. */
function sentenceNodes(doc, sentence, quantities) {
  const points = [...sentence.text];
  const unit = (at) => points.slice(0, at - sentence.start).join("").length;
  return cut(sentence.text, 0, quantities.map((one) => ({
    start: unit(one.start), end: unit(one.end),
    make: (text) => el("mark", { role: "link", tabindex: "0", title: value(one), onclick: () => { location.hash = documentLink(doc.id, one.id); },
      onkeydown: (event) => { if (event.key === "Enter") location.hash = documentLink(doc.id, one.id); } }, text),
  })));
}

/** Make the tree of sections; the text of a section is made when it is first opened. */
function structureCard(doc, parts) {
  const under = new Map();
  parts.sections.forEach((one, at) => under.set(one.parent ?? -1, [...(under.get(one.parent ?? -1) || []), at]));
  const sentences = new Map();
  parts.sentences.forEach((one, at) => sentences.set(one.section ?? -1, [...(sentences.get(one.section ?? -1) || []), at]));
  const quantities = new Map();
  parts.quantities.forEach((one) => quantities.set(one.sentence, [...(quantities.get(one.sentence) || []), one]));
  const clauses = (at) => (parts.sections[at].n_clauses || 0) + (under.get(at) || []).reduce((sum, one) => sum + clauses(one), 0);
  const text = (at) => {
    const own = sentences.get(at) || [];
    const nodes = own.flatMap((one) => sentenceNodes(doc, parts.sentences[one], quantities.get(one) || []));
    return own.length ? el("p", { class: "text", lang: "zh" }, ...nodes) : null;
  };
  const branch = (at) => {
    const one = parts.sections[at];
    const facts = [`${clauses(at).toLocaleString("en")} ${ui("clauses").toLowerCase()}`, theme(one.theme)].filter(Boolean).join(" · ");
    const box = el("details", { class: "section" }, el("summary", {}, el("span", { lang: "zh" }, one.heading), el("span", { class: "small" }, facts)));
    box.addEventListener("toggle", () => {
      if (box.childElementCount === 1) box.append(...[text(at), ...(under.get(at) || []).map(branch)].filter(Boolean));
    });
    return box;
  };
  const note = { full: "structure_note", commitments: "structure_note_partial", overview: "structure_note_none" }[CORPUS.detail];
  const tree = (under.get(-1) || []).map(branch);
  // A title alone at the top would hide everything behind one more click.
  if (tree.length === 1) tree[0].open = true;
  return card("structure", note, text(-1), ...tree);
}

function showDocument(id, wanted) {
  const doc = DOCUMENTS.get(id);
  const parts = contents(id);
  const profile = profileRows(id);
  const profileCard = profile.length ? card("profile", DOCUMENTS.size > 1 ? "profile_note" : null, chart("profile", "profile", profile)) : null;
  return [
    el("p", { class: "path" }, [doc.label, word("type", doc.type), period(doc)].filter(Boolean).join(" · ")),
    el("h1", { lang: "zh" }, doc.title || doc.label),
    figures([["sections", doc.n_sections], ["clauses", doc.n_clauses], ["commitments", doc.n_commitments]]),
    el("div", { class: "two" }, profileCard, factsCard(doc)),
    CORPUS.detail === "overview" ? null : commitmentsCard(doc, parts, wanted),
    structureCard(doc, parts),
  ];
}
