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
    return [at ? ", " : "", el("a", { href: pairLink(id, other) }, DOCUMENTS.get(other).label)];
  });
}

function factsCard(doc) {
  // Only web addresses become links: a table may hold anything.
  const address = /^https?:\/\//.test(doc.url || "") ? el("a", { href: doc.url, rel: "noreferrer noopener" }, doc.url) : doc.url;
  const near = closest(doc.id);
  return card("document", null, facts([
    ["place", doc.place], ["type", word("type", doc.type)], ["period", period(doc)], ["issuer", doc.issuer], ["published", doc.published],
    ["source", address], ["file", `${doc.file} · ${doc.encoding} · sha256 ${doc.sha256.slice(0, 12)}…`],
    ["characters", doc.n_chars.toLocaleString("en")], ["warnings", doc.warnings.join(" ")], ["closest", near.length ? near : null],
  ]));
}

/** Make a mark that opens its commitment. */
function figureMark(doc, one, text) {
  const link = documentLink(doc.id, one.id);
  return el("mark", { "data-at": one.id }, el("a", { href: link, class: "plain", title: value(one) }, text), one.doubtful ? doubt(one) : null);
}

/** Make a sentence: its clauses, each with its theme, and its figures marked. */
function sentenceNodes(doc, sentence, clauses, quantities) {
  const points = [...sentence.text];
  const marks = quantities.map((one) => ({ start: one.start, end: one.end, make: (text) => figureMark(doc, one, text) }));
  const within = (one) => marks.filter((mark) => mark.start >= one.start && mark.end <= one.end);
  const spans = clauses.map((one) => ({ start: one.start, end: one.end, make: (text) =>
    el("span", { "data-theme": one.theme, "data-at": one.id, title: theme(one.theme) }, ...cut([...text], one.start, within(one))) }));
  const loose = marks.filter((mark) => !clauses.some((one) => mark.start >= one.start && mark.end <= one.end));
  return cut(points, sentence.start, [...spans, ...loose]);
}

/** Group the positions of rows by a key. */
function positions(rows, key) {
  const found = new Map();
  rows.forEach((row, at) => {
    const name = key(row);
    if (!found.has(name)) found.set(name, []);
    found.get(name).push(at);
  });
  return found;
}

/** Make the list of a section's clauses with why each has its theme; made when opened. */
function clauseList(doc, parts, clauses) {
  const made = el("details", { class: "data" }, el("summary", {}, ui("clause_themes", { n: clauses.length })));
  made.addEventListener("toggle", () => {
    if (made.childElementCount > 1) return;
    made.append(el("ul", { class: "clauses" }, ...clauses.map((one) => el("li", {}, el("span", { lang: "zh" }, clauseText(parts, one)), why(doc, parts, one)))));
  });
  return made;
}

/** Make the text of a section; a click on a clause says under it why it has its theme. */
function sectionText(doc, parts, sentences, groups) {
  let end = null;
  const shown = el("div", { "aria-live": "polite" });
  const inside = (group, at) => groups[group].get(at) || [];
  const nodes = sentences.flatMap((at) => {
    const sentence = parts.sentences[at];
    const gap = end !== null && sentence.start > end ? ["\n"] : [];
    end = sentence.start + [...sentence.text].length;
    return [...gap, ...sentenceNodes(doc, sentence, inside("clauses", at).map((one) => parts.clauses[one]), inside("quantities", at).map((one) => parts.quantities[one]))];
  });
  const clauses = sentences.flatMap((at) => inside("clauses", at)).map((one) => parts.clauses[one]);
  const explain = (event) => {
    const hit = event.target.closest("a") ? null : event.target.closest("[data-theme]");
    const clause = hit && clauses.find((one) => one.id === hit.dataset.at);
    if (clause) shown.replaceChildren(el("p", { lang: "zh" }, `“${clauseText(parts, clause)}”`), why(doc, parts, clause));
  };
  return [el("p", { class: "text", lang: "zh", onclick: explain }, ...nodes), shown, clauses.length ? clauseList(doc, parts, clauses) : null].filter(Boolean);
}

/** Return a function that makes what stands directly in a section. */
function textMaker(doc, parts) {
  const sentences = positions(parts.sentences, (one) => one.section ?? -1);
  const groups = { quantities: positions(parts.quantities, (one) => one.sentence), clauses: positions(parts.clauses || [], (one) => one.sentence) };
  return (section) => (sentences.has(section) ? sectionText(doc, parts, sentences.get(section), groups) : []);
}

/** Return the sections around a figure or clause, outermost first. */
function sectionsAround(parts, id) {
  const held = parts.quantities.find((one) => one.id === id) || parts.clauses.find((one) => one.id === id);
  const found = [];
  let at = held && (parts.sentences[held.sentence] || {}).section;
  for (; at !== undefined && at !== null; at = parts.sections[at].parent) found.unshift(at);
  return found;
}

/** Make the tree of sections; the text of a section is made when it is first opened. */
function structureCard(doc, parts, target) {
  const under = positions(parts.sections, (one) => one.parent ?? -1);
  const text = textMaker(doc, parts);
  const around = new Set(sectionsAround(parts, target));
  const clauses = (at) => (parts.sections[at].n_clauses || 0) + (under.get(at) || []).reduce((sum, one) => sum + clauses(one), 0);
  const themes = THEMES.filter((one) => parts.clauses.some((clause) => clause.theme === one));
  const select = el("select", { onchange: () => light(box) }, el("option", { value: "" }, "–"), ...themes.map((one) => el("option", { value: one }, theme(one))));
  const light = (root) => root.querySelectorAll("[data-theme]").forEach((one) => one.classList.toggle("lit", one.dataset.theme === select.value));
  const branch = (at) => {
    const one = parts.sections[at];
    const told = [`${clauses(at).toLocaleString("en")} ${ui("clauses").toLowerCase()}`, theme(one.theme)].filter(Boolean).join(" · ");
    const made = el("details", { class: "section" }, el("summary", {}, el("span", { lang: "zh" }, one.heading), el("span", { class: "small" }, told)));
    const fill = () => {
      if (made.childElementCount > 1) return;
      made.append(...text(at), ...(under.get(at) || []).map(branch));
      light(made);
    };
    made.addEventListener("toggle", fill);
    if (around.has(at)) { fill(); made.open = true; }
    return made;
  };
  const note = { full: "structure_note", commitments: "structure_note_partial", overview: "structure_note_none" }[CORPUS.detail];
  const box = card("structure", note, themes.length ? el("div", { class: "filters" }, el("label", {}, ui("light"), select)) : null);
  const tree = (under.get(-1) || []).map(branch);
  // A title alone at the top would hide everything behind one more click.
  if (tree.length === 1) tree[0].open = true;
  box.append(...text(-1), ...tree);
  return box;
}

function showDocument(id, wanted, target) {
  const doc = DOCUMENTS.get(id);
  const parts = contents(id);
  const profile = profileRows(id);
  const profileCard = profile.length ? card("profile", DOCUMENTS.size > 1 ? "profile_note" : null, chart("profile", "profile", profile)) : null;
  const rows = quantityRows([id]);
  return [
    el("p", { class: "path" }, [doc.label, word("type", doc.type), period(doc)].filter(Boolean).join(" · ")),
    el("h1", { lang: "zh" }, doc.title || doc.label),
    figures([["sections", doc.n_sections], ["clauses", doc.n_clauses], ["commitments", doc.n_commitments], ["weak_figures", rows.filter(({ one }) => one.doubtful).length]]),
    el("div", { class: "two" }, profileCard, factsCard(doc)),
    CORPUS.detail === "overview" ? null : commitmentsCard(rows, { wanted, name: doc.id }),
    structureCard(doc, parts, target),
  ];
}
