// Views by the address after `#`, and the language.
const main = document.getElementById("main");
const picker = document.getElementById("open-document");

/** Return a part of an address as it was before it was made safe; one that was never made safe stays as it is. */
function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Return the view of the address: #overview, #commitments?theme=rural, #compare, #labels, #pair/A/B,
 * #doc/ID, #doc/ID/FIGURE (its row), #doc/ID/text/FIGURE-OR-CLAUSE (its place in the text). */
function route() {
  const [path, query] = location.hash.slice(1).split("?");
  const [view, ...rest] = path.split("/").map(decoded);
  if (view === "doc" && DOCUMENTS.has(rest[0])) {
    const target = rest[1] === "text" ? rest[2] : undefined;
    return { view, doc: rest[0], target, quantity: target ? undefined : rest[1] };
  }
  if (view === "pair" && DOCUMENTS.has(rest[0]) && DOCUMENTS.has(rest[1])) return { view, pair: rest };
  const known = ["commitments", "compare", "labels"].includes(view);
  return { view: known ? view : "overview", chosen: Object.fromEntries(new URLSearchParams(query)), lost: !known && !["", "overview"].includes(view) };
}

/** Put an address into the bar without going there. */
function setAddress(hash) {
  if (location.hash !== hash) history.replaceState(null, "", hash);
}

/** Return the whole address of a place in this page. */
const addressOf = (hash) => `${location.href.split("#")[0]}${hash}`;

function labelPage() {
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  for (const one of document.querySelectorAll("[data-label]")) one.textContent = ui(one.dataset.label);
  const button = document.getElementById("language");
  button.textContent = language === "zh" ? "English" : "中文";
  button.lang = language === "zh" ? "en" : "zh";
  picker.setAttribute("aria-label", ui("open_document"));
  document.getElementById("views").setAttribute("aria-label", ui("views"));
  const first = el("option", { value: "" }, `${ui("open_document")} …`);
  picker.replaceChildren(first, ...CORPUS.documents.map((one) => el("option", { value: one.id }, one.label)));
  document.getElementById("footer").textContent = ui("made_with", { version: CORPUS.version, models: CORPUS.models.join(", ") || "–" });
  keepLabels();
}

/** Bring the row or the stretch that the address names into sight; say so where there is none. */
function reveal(at) {
  const row = at.quantity && document.getElementById(at.quantity);
  const stretch = at.target && main.querySelector(`[data-at="${CSS.escape(at.target)}"]`);
  if (at.lost || ((at.quantity || at.target) && !row && !stretch)) main.prepend(el("p", { class: "banner", role: "alert" }, ui("lost")));
  if (row) {
    row.click();
    row.querySelector("button").focus({ preventScroll: true });
  } else if (stretch) {
    stretch.classList.add("target");
    stretch.tabIndex = -1;
    stretch.focus({ preventScroll: true });
  }
  if (row || stretch) (row || stretch).scrollIntoView({ block: "center" });
  else window.scrollTo(0, 0);
}

function show() {
  const at = route();
  const views = {
    overview: showOverview, compare: showCompare, labels: showLabels, commitments: () => showCommitments(at.chosen),
    pair: () => showPair(...at.pair), doc: () => showDocument(at.doc, at.quantity, at.target),
  };
  main.replaceChildren(...views[at.view]().filter(Boolean));
  for (const link of document.querySelectorAll("[data-view]")) {
    if (link.dataset.view === (at.view === "pair" ? "compare" : at.view)) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  picker.value = at.doc || "";
  const named = at.doc ? DOCUMENTS.get(at.doc).label : main.querySelector("h1").textContent;
  document.title = named === CORPUS.title ? named : `${named} – ${CORPUS.title}`;
  reveal(at);
}

document.getElementById("language").addEventListener("click", () => {
  language = language === "zh" ? "en" : "zh";
  labelPage();
  show();
});
picker.addEventListener("change", () => { location.hash = picker.value ? documentLink(picker.value) : "#overview"; });
document.querySelector(".skip").addEventListener("click", (event) => { event.preventDefault(); main.focus(); });
window.addEventListener("hashchange", () => {
  show();
  // A reader by ear is told that the page is another one; a row or stretch that was asked for has the focus already.
  if (!main.contains(document.activeElement)) main.focus({ preventScroll: true });
});
labelPage();
show();
