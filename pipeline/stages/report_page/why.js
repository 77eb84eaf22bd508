// Why a clause has its theme, and labels by a reader who disagrees. Labels stay in this browser until saved as a file.
const LABEL_STORE = "planlens-labels";
const LABEL_COLUMNS = ["clause_id", "heading", "text", "suggested", "p", "theme", "second", "file", "sha256", "start", "end"];

/** Return what this browser keeps, by clause; a browser that keeps nothing for files still holds it while the page is open. */
const labelled = (() => {
  try {
    return new Map(JSON.parse(localStorage.getItem(LABEL_STORE) || "[]"));
  } catch {
    return new Map();
  }
})();

const ownLabels = () => {
  const here = new Set(CORPUS.documents.map((one) => one.sha256));
  return [...labelled.values()].filter((one) => here.has(one.sha256));
};

function keepLabels() {
  try {
    localStorage.setItem(LABEL_STORE, JSON.stringify([...labelled]));
  } catch { /* Nothing is kept; the file can still be saved. */ }
  const n = ownLabels().length;
  const link = document.getElementById("labels-link");
  link.hidden = n === 0;
  link.textContent = ui("labels_n", { n });
}

/** Return the text of a clause; offsets count code points. */
function clauseText(parts, clause) {
  const sentence = parts.sentences[clause.sentence];
  return [...sentence.text].slice(clause.start - sentence.start, clause.end - sentence.start).join("");
}

function labelOf(doc, parts, clause, chosen, second) {
  const sentence = parts.sentences[clause.sentence];
  return {
    clause_id: clause.id, heading: headings(parts, sentence.section).join(" > "), text: clauseText(parts, clause), suggested: clause.theme,
    p: clause.p, theme: chosen, second, file: doc.file, sha256: doc.sha256, start: clause.label_start, end: clause.label_end, doc: doc.id,
  };
}

/** Make the choice of the right theme; `done` is called with it. */
function themeChoice(clause, done) {
  const option = (one) => el("option", { value: one }, theme(one));
  const first = el("select", {}, el("option", { value: "" }, "–"), ...THEMES.filter((one) => one !== clause.theme).map(option));
  const second = el("select", {}, el("option", { value: "" }, "–"), ...THEMES.map(option));
  if (clause.second) first.value = clause.second;
  const save = el("button", { type: "button", onclick: () => first.value && done(first.value, second.value === first.value ? "" : second.value) }, ui("save_label"));
  const cancel = el("button", { type: "button", onclick: () => done() }, ui("cancel"));
  return el("div", { class: "filters" }, el("label", {}, ui("right_theme"), first), el("label", {}, ui("second_theme"), second), save, cancel);
}

/** Make the buttons that agree or disagree with a clause's theme, or what was said before. */
function labelButtons(doc, parts, clause) {
  const box = el("div", { class: "label-buttons" });
  const keep = (chosen, second = "") => {
    if (chosen) labelled.set(clause.id, labelOf(doc, parts, clause, chosen, second));
    keepLabels();
    fill(true);
  };
  const button = (key, onclick) => el("button", { type: "button", onclick }, ui(key));
  function fill(focus) {
    const known = labelled.get(clause.id);
    if (known) {
      const drop = () => { labelled.delete(clause.id); keep(); };
      box.replaceChildren(el("span", { class: "tag" }, `${ui("your_label")}: ${theme(known.theme)}`), button("undo", drop));
    } else {
      const ask = () => { box.replaceChildren(themeChoice(clause, keep)); box.querySelector("select").focus(); };
      box.replaceChildren(button("disagree", ask), button("agree", () => keep(clause.theme)));
    }
    if (focus) box.querySelector("button").focus();
  }
  fill();
  return box;
}

/** Say how sure the model is: 62 % Rural; next Environment 30 %; margin 32 points; by the model. */
function whyText(clause) {
  const next = clause.second ? ui("why_next", { theme: theme(clause.second), p: percent(clause.p_second ?? 0) }) : ui("why_no_next");
  return [`${theme(clause.theme)} ${percent(clause.p ?? 0)}`, next, ui("why_margin", { margin: (clause.margin ?? 0).toFixed(2) }),
    word("theme_source", clause.source)].join(ui("comma"));
}

function why(doc, parts, clause) {
  if (!clause || !clause.theme) return null;
  const buttons = clause.label_start === undefined ? null : labelButtons(doc, parts, clause);
  return el("div", { class: "why" }, el("p", {}, el("strong", {}, `${ui("why_theme")} `), whyText(clause)), buttons);
}

/** Make the page of all labels given so far. */
function showLabels() {
  const all = ownLabels();
  const lines = () => ownLabels().map((one) => LABEL_COLUMNS.map((key) => one[key]));
  const save = el("button", { type: "button", onclick: () => download("planlens-labels.csv", separated(LABEL_COLUMNS, lines(), ",")) }, ui("save_labels"));
  const drop = (one) => { labelled.delete(one.clause_id); keepLabels(); show(); };
  const names = ["document", "text", "suggested", "your_label", "undo"];
  const top = el("thead", {}, el("tr", {}, ...names.map((name) => el("th", { scope: "col" }, ui(name)))));
  const body = all.map((one) => el("tr", {}, el("td", {}, el("a", { href: documentLink(one.doc, "text", one.clause_id) }, DOCUMENTS.get(one.doc).label)),
    el("td", { lang: "zh" }, one.text), el("td", {}, theme(one.suggested)), el("td", {}, [one.theme, one.second].filter(Boolean).map(theme).join(" + ")),
    el("td", {}, el("button", { type: "button", onclick: () => drop(one), "aria-label": `${ui("undo")}: ${one.text}` }, ui("undo")))));
  const table = scroller(ui("labels"), true, el("table", {}, top, el("tbody", {}, ...body)));
  return [el("h1", {}, ui("labels")), el("p", { class: "lead" }, ui("labels_note")),
    all.length ? el("section", { class: "card" }, save, el("pre", { tabindex: "0" }, "planlens label --import planlens-labels.csv --labeller NAME --to labels.json"), table) : el("p", {}, ui("no_labels"))];
}
