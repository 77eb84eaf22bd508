// Views by the address after `#`, and the language.
const main = document.getElementById("main");
const picker = document.getElementById("open-document");

function route() {
  const [view, ...rest] = location.hash.slice(1).split("/").map(decodeURIComponent);
  if (view === "doc" && DOCUMENTS.has(rest[0])) return { view, doc: rest[0], quantity: rest[1] };
  return { view: view === "compare" ? "compare" : "overview" };
}

function labelPage() {
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  for (const one of document.querySelectorAll("[data-label]")) one.textContent = ui(one.dataset.label);
  const button = document.getElementById("language");
  button.textContent = language === "zh" ? "English" : "中文";
  button.lang = language === "zh" ? "en" : "zh";
  picker.setAttribute("aria-label", ui("open_document"));
  const first = el("option", { value: "" }, `${ui("open_document")} …`);
  picker.replaceChildren(first, ...CORPUS.documents.map((one) => el("option", { value: one.id }, one.label)));
  document.getElementById("footer").textContent = ui("made_with", { version: CORPUS.version, models: CORPUS.models.join(", ") || "–" });
}

function show() {
  if (location.hash === "#main") return;
  const at = route();
  const parts = { overview: showOverview, compare: showCompare, doc: () => showDocument(at.doc, at.quantity) }[at.view]();
  main.replaceChildren(...parts.filter(Boolean));
  for (const link of document.querySelectorAll("[data-view]")) {
    if (link.dataset.view === at.view) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  picker.value = at.doc || "";
  document.title = at.doc ? `${DOCUMENTS.get(at.doc).label} – ${CORPUS.title}` : CORPUS.title;
  const row = at.quantity && document.getElementById(at.quantity);
  if (row) {
    row.click();
    row.scrollIntoView({ block: "center" });
  } else window.scrollTo(0, 0);
}

document.getElementById("language").addEventListener("click", () => {
  language = language === "zh" ? "en" : "zh";
  labelPage();
  show();
});
picker.addEventListener("change", () => { location.hash = picker.value ? documentLink(picker.value) : "#overview"; });
window.addEventListener("hashchange", show);
labelPage();
show();
