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

/** Make a mark that opens its commitment. */
function figureMark(doc, one, text) {
  const open = () => { location.hash = documentLink(doc.id, one.id); };
  const pressed = (event) => { if (event.key === "Enter") open(); };
  return el("mark", { role: "link", tabindex: "0", title: value(one), onclick: open, onkeydown: pressed }, text);
}

/** Make a sentence: its clauses, each with its theme, and its figures marked. */
function sentenceNodes(doc, sentence, clauses, quantities) {
  const points = [...sentence.text];
  const marks = quantities.map((one) => ({ start: one.start, end: one.end, make: (text) => figureMark(doc, one, text) }));
  if (!clauses.length) return cut(points, sentence.start, marks);
  return cut(points, sentence.start, clauses.map((one) => ({
    start: one.start, end: one.end,
    make: (text) => el("span", { "data-theme": one.theme, title: theme(one.theme) }, ...cut([...text], one.start, marks.filter((mark) => mark.start >= one.start && mark.end <= one.end))),
  })));
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

/** Return a function that makes the text of a section, paragraph by paragraph. */
function textMaker(doc, parts) {
  const sentences = positions(parts.sentences, (one) => one.section ?? -1);
  const quantities = positions(parts.quantities, (one) => one.sentence);
  const clauses = positions(parts.clauses || [], (one) => one.sentence);
  return (section) => {
    const own = sentences.get(section) || [];
    let end = null;
    const nodes = own.flatMap((at) => {
      const sentence = parts.sentences[at];
      const gap = end !== null && sentence.start > end ? ["\n"] : [];
      end = sentence.start + [...sentence.text].length;
      const inside = (groups, rows) => (groups.get(at) || []).map((one) => rows[one]);
      return [...gap, ...sentenceNodes(doc, sentence, inside(clauses, parts.clauses), inside(quantities, parts.quantities))];
    });
    return own.length ? el("p", { class: "text", lang: "zh" }, ...nodes) : null;
  };
}

/** Make the tree of sections; the text of a section is made when it is first opened. */
function structureCard(doc, parts) {
  const under = positions(parts.sections, (one) => one.parent ?? -1);
  const text = textMaker(doc, parts);
  const clauses = (at) => (parts.sections[at].n_clauses || 0) + (under.get(at) || []).reduce((sum, one) => sum + clauses(one), 0);
  const themes = THEMES.filter((one) => (parts.clauses || []).some((clause) => clause.theme === one));
  const [select, label] = choice("light", themes, theme, "", () => light(box));
  const light = (root) => root.querySelectorAll("[data-theme]").forEach((one) => one.classList.toggle("lit", one.dataset.theme === select.value));
  const branch = (at) => {
    const one = parts.sections[at];
    const facts = [`${clauses(at).toLocaleString("en")} ${ui("clauses").toLowerCase()}`, theme(one.theme)].filter(Boolean).join(" · ");
    const made = el("details", { class: "section" }, el("summary", {}, el("span", { lang: "zh" }, one.heading), el("span", { class: "small" }, facts)));
    made.addEventListener("toggle", () => {
      if (made.childElementCount > 1) return;
      made.append(...[text(at), ...(under.get(at) || []).map(branch)].filter(Boolean));
      light(made);
    });
    return made;
  };
  const note = { full: "structure_note", commitments: "structure_note_partial", overview: "structure_note_none" }[CORPUS.detail];
  const tree = (under.get(-1) || []).map(branch);
  // A title alone at the top would hide everything behind one more click.
  if (tree.length === 1) tree[0].open = true;
  const filters = themes.length ? el("div", { class: "filters" }, label) : null;
  const box = card("structure", note, filters, text(-1), ...tree);
  return box;
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
