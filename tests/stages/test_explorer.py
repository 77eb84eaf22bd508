"""The page in a real browser: what a reader sees, by mouse, by keyboard and by ear."""

import csv
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from small_corpus import corpus

from pipeline.labelling.exchange import read_any_labels
from pipeline.params import Compare, Report
from pipeline.stages.compare import compare
from pipeline.stages.report import report
from pipeline.tables import TABLES

playwright = pytest.importorskip("playwright.sync_api", reason="no playwright here: pip install playwright")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium here: apt-get install chromium")

RARE = "𠮷"  # two UTF-16 units, one code point
VIEWS = ("#overview", "#commitments", "#compare", "#labels", "#pair/lanping/yunze", "#doc/lanping")


def tables() -> dict[str, pd.DataFrame]:
    """Return a corpus with a rare character before figures, a weak page, a second theme and a target left open."""
    found = corpus()
    for name in ("documents", "clauses"):
        found[name]["text"] = found[name]["text"].str.replace("建设", f"{RARE}设")
    quantities = found["quantities"]
    open_target = quantities["doc_id"].eq("yunze") & quantities["indicator_id"].eq("grain_output")
    row = quantities[open_target].iloc[0]
    told = {
        one: row[one]
        for one in ("doc_id", "clause_id", "start", "end", "source_spans", "quote", "indicator", "indicator_id")
    }
    found["absent_targets"] = TABLES["absent_targets"].frame([{**told, "source_spans": [[1, 2]], "reason": "open"}])
    found["quantities"] = quantities[~open_target].assign(doubtful=quantities["quote"].str.contains("万人"))
    innovation = found["themes"]["theme"].eq("innovation")
    found["themes"].loc[innovation, "second"] = "industry"
    found["themes"].loc[innovation, "p_second"] = 0.08
    summed = found["quantities"]["doc_id"].eq("yunze") & found["quantities"]["indicator_id"].eq("new_urban_jobs")
    found["quantities"].loc[summed, "aggregation"] = "cumulative"
    made = compare(found, Compare(bootstrap=20))
    return found | {name: getattr(made, name) for name in type(made).__slots__}


FRAMES = tables()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("explorer") / "page.html"
    path.write_text(report(FRAMES, Report("Three places")), encoding="utf-8")
    return path.as_uri()


@pytest.fixture(scope="module")
def browser() -> Iterator["playwright.Browser"]:
    with playwright.sync_playwright() as browsers:
        yield browsers.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])


@pytest.fixture
def page(browser: "playwright.Browser", address: str) -> Iterator["playwright.Page"]:
    """Give a page that fails the test if a script fails or anything but a file is asked for."""
    context = browser.new_context(locale="en-GB", base_url=address)
    made = context.new_page()
    made.set_default_timeout(8000)
    faults: list[str] = []
    made.on("pageerror", lambda error: faults.append(str(error)))
    made.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    made.on(
        "request", lambda asked: None if asked.url.startswith(("file:", "data:", "blob:")) else faults.append(asked.url)
    )
    yield made
    context.close()
    assert faults == []


YEARS = {
    "a21": ("澜坪市", 6.5, 2021),
    "a22": ("澜坪市", 6.0, 2022),
    "a24": ("澜坪市", 5.0, 2024),
    "b22": ("云泽市", 7.0, 2022),
}


def by_year() -> dict[str, pd.DataFrame]:
    """Return the tables of a place with three years and of one with a single year."""
    found = corpus(YEARS)
    year = found["documents"].set_index("doc_id")["period_end"]
    found["quantities"] = found["quantities"].assign(deadline=found["quantities"]["doc_id"].map(year))
    jin = found["quantities"]["doc_id"].eq("a22") & found["quantities"]["indicator_id"].eq("grain_output")
    found["quantities"].loc[jin, "unit"] = "斤"
    found["documents"] = found["documents"].assign(period_start=found["documents"]["period_end"])
    made = compare(found, Compare(bootstrap=20))
    return found | {name: getattr(made, name) for name in type(made).__slots__}


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, dict[str, pd.DataFrame]]:
    path, frames = tmp_path_factory.mktemp("years") / "page.html", by_year()
    path.write_text(report(frames, Report("Years")), encoding="utf-8")
    return path.as_uri(), frames


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Give a page whose sentences each stand on a line of their own, as the rows of a table do."""
    path = tmp_path_factory.mktemp("lines") / "page.html"
    found = {
        name: FRAMES[name].copy() for name in ("documents", "sections", "sentences", "clauses", "themes", "quantities")
    }
    found["documents"]["text"] = found["documents"]["text"].str.replace("。", "\n")
    found["sentences"]["end"] -= 1
    path.write_text(report(found, Report("Lines")), encoding="utf-8")
    return path.as_uri()


def saved(page: "playwright.Page", button: str, folder: Path) -> Path:
    with page.expect_download() as waiting:
        page.get_by_role("button", name=button).first.click()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


def test_a_link_leads_to_the_quote_in_the_text_beyond_the_basic_plane(page, address: str):
    rows = FRAMES["quantities"].query("doc_id == 'lanping'")
    texts = FRAMES["clauses"].set_index("clause_id")["text"]
    after_rare = [row for row in rows.itertuples() if RARE in texts[row.clause_id].split(row.quote)[0]]
    assert len(after_rare) >= 2
    for row in after_rare:
        page.goto(f"{address}#doc/lanping/text/{row.quantity_id}")
        target = page.locator("mark.target")
        assert target.inner_text() == row.quote
        assert target.evaluate("one => document.activeElement === one")
        assert target.evaluate(
            "one => { const { top, bottom } = one.getBoundingClientRect(); return top >= 0 && bottom <= innerHeight; }"
        )


def test_each_row_opens_the_sentence_with_its_quote_marked(page, address: str):
    rows = FRAMES["quantities"].query("doc_id == 'lanping'")
    page.goto(f"{address}#doc/lanping")
    for row in rows.itertuples():
        line = page.locator(f"#{row.quantity_id}")
        line.get_by_role("button").click()
        detail = line.locator("xpath=following-sibling::tr[1]")
        assert detail.locator("mark").inner_text() == row.quote
        line.get_by_role("button").click()


def test_the_filtered_rows_are_the_file(page, address: str, tmp_path: Path):
    page.goto(f"{address}#commitments")
    page.get_by_role("combobox", name="Theme").select_option("innovation")
    page.get_by_label("Search").fill("实验室")
    path = saved(page, "Download these rows", tmp_path)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {(row["theme"], row["indicator"]) for row in rows} == {("innovation", "省级重点实验室")}
    assert len(rows) == page.locator("tr.row").count() == 3
    assert all(row["sentence"].startswith(RARE) and row["quote"] in row["sentence"] for row in rows)


def test_the_address_brings_a_filtered_view_back(page, address: str):
    page.goto(f"{address}#commitments")
    page.get_by_role("combobox", name="Force").select_option("binding")
    page.get_by_label("Search").fill("能耗")
    shown, link = page.locator("[role=status]").inner_text(), page.url
    page.goto("about:blank")
    page.goto(link)
    assert page.locator("[role=status]").inner_text() == shown == "3 shown of 3 that match; 29 figures in all"


def test_who_disagrees_gets_a_file_that_label_reads(page, address: str, tmp_path: Path):
    clause = FRAMES["clauses"].loc[FRAMES["clauses"]["text"].str.contains("省级重点实验室")].iloc[0]
    quantity = FRAMES["quantities"].query("clause_id == @clause.clause_id").iloc[0]
    page.goto(f"{address}#doc/{clause.doc_id}/{quantity.quantity_id}")
    assert (
        "Innovation & talent 90 %; next best Industry & parks 8 %; margin 0.80; read by the model"
        in page.locator(".why").inner_text()
    )
    page.get_by_role("button", name="Disagree").click()
    page.get_by_label("The right theme").select_option("industry")
    page.get_by_label("A second one").select_option("innovation")
    page.get_by_role("button", name="Keep this label").click()
    page.get_by_role("link", name="Your labels (1)").click()
    labels, n_open = read_any_labels(saved(page, "Save labels", tmp_path), ("1", "anna", "1"))
    (document,) = labels.documents
    (label,) = document.labels
    text = FRAMES["documents"].set_index("doc_id")["text"][clause.doc_id]
    assert text[label.start : label.end] == clause.text
    assert (label.code, label.second, n_open) == ("industry", "innovation", 0)
    page.reload()
    assert page.get_by_role("link", name="Your labels (1)").is_visible(), "kept for the next visit"
    page.get_by_role("button", name=re.compile("Undo")).click()
    assert page.get_by_text("No labels yet").is_visible()


def test_a_clause_of_the_text_says_why_it_has_its_theme(page, address: str):
    clause = FRAMES["clauses"].loc[FRAMES["clauses"]["text"].str.contains("省级重点实验室")].iloc[0]
    page.goto(f"{address}#doc/{clause.doc_id}/text/{clause.clause_id}")
    page.locator("span.target").click(position={"x": 3, "y": 8})
    assert "next best Industry & parks 8 %" in page.locator("[aria-live] .why").inner_text()
    page.locator("summary", has_text="Themes of").first.click()
    listed = page.locator(".clauses li", has_text=clause.text[:6])
    assert "next best Industry & parks 8 %" in listed.inner_text()
    assert listed.get_by_role("button", name="Agree", exact=True).is_visible()


@pytest.mark.parametrize("lost", ["#doc/lanping/quGONE", "#doc/lanping/text/quGONE", "#doc/gone", "#%E0%A4%A"])
def test_a_link_to_what_is_gone_says_so(page, address: str, lost: str):
    page.goto(address + lost)
    assert "does not hold" in page.get_by_role("alert").inner_text()


def test_states_are_told_by_sign_and_word(page, address: str):
    page.goto(f"{address}#compare")
    cell = page.locator("td.state-explicitly_absent")
    assert cell.inner_text().startswith("∅")
    assert cell.get_attribute("title") == "Says that no number is set"
    assert page.locator("td.state-quantified").count() >= 20


def test_two_places_side_by_side(page, address: str):
    page.goto(f"{address}#compare")
    page.get_by_label("Second document").select_option("yunze")
    page.get_by_label("First document").select_option("lanping")
    page.get_by_role("button", name="Put side by side").click()
    page.wait_for_selector(".chart svg")
    row = page.get_by_role("row", name=re.compile("GDP growth"))
    assert "comparable" in row.inner_text()
    assert "Jensen-Shannon divergence" in page.locator("main").inner_text()
    page.goto(f"{address}#pair/lanping/lanping")
    assert page.get_by_text("Both are the same document").is_visible()


def test_a_verdict_gives_its_reason_in_words(page, address: str):
    page.goto(f"{address}?lang=zh#pair/lanping/yunze")
    row = page.locator("table.matrix").get_by_role("row", name=re.compile("城镇新增就业"))
    assert "汇总方式不同: 未写明 / 累计" in row.inner_text()


@pytest.mark.parametrize("places", [("lanping", "yunze"), ("yunze", "lanping")])
def test_the_legend_stands_in_the_order_of_the_columns(page, address: str, places: tuple[str, str]):
    page.goto(f"{address}#pair/{'/'.join(places)}")
    names = page.locator("h1").inner_text().split(" · ")
    legend = page.locator("svg.marks .role-legend-label text")
    legend.first.wait_for()
    assert legend.all_text_contents() == names


def test_indicators_stand_by_their_names_and_say_what_falls(page, address: str):
    page.goto(f"{address}#compare")
    matrix = page.locator("table.matrix")
    names = matrix.locator("tbody th").all_inner_texts()
    assert names == sorted(names, key=str.casefold)
    assert "decrease" in matrix.get_by_role("row", name=re.compile("Energy use")).inner_text()


def test_rows_of_a_table_do_not_run_together(page, lines: str):
    page.goto(f"{lines}#doc/lanping")
    line = page.locator("tr.row").nth(1)
    line.get_by_role("button").click()
    told = line.locator("xpath=following-sibling::tr[1]").locator(".context")
    assert len(told.evaluate("one => one.textContent").split("\n")) == 3


def test_a_phone_shows_distances_as_they_are_and_each_theme(page, address: str):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{address}#compare")
    points = page.get_by_role("figure", name="Map of plans").locator("svg.marks .mark-symbol.role-mark path")
    points.first.wait_for()
    seen = [[float(one) for one in re.findall(r"-?[\d.]+", point.get_attribute("transform"))] for point in points.all()]
    real = FRAMES["plan_map"].sort_values("doc_id")[["x", "y"]].to_numpy()
    shown = np.array(seen)[:, :2]
    apart = [np.linalg.norm(one[[0, 0, 1]] - one[[1, 2, 2]], axis=1) for one in (shown, real)]
    assert apart[0] / apart[0].max() == pytest.approx(apart[1] / apart[1].max(), abs=0.01)
    themes = page.get_by_role("figure", name="Themes by document").locator("svg.marks")
    assert themes.evaluate("one => one.getBoundingClientRect().width") > 450


def test_figures_of_weak_pages_are_marked(page, address: str):
    page.goto(f"{address}#commitments?reading=doubtful")
    assert page.locator("tr.row").count() == page.locator("tr.row .weak").count() == 3


def test_the_keyboard_alone_reaches_a_sentence(page, address: str):
    page.goto(f"{address}#commitments")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    assert page.url.endswith("#commitments"), "the skip link keeps the view"
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('tr.row button')"):
            break
    page.keyboard.press("Enter")
    assert page.locator("tr.detail mark").count() == 1


@pytest.mark.parametrize("view", VIEWS)
def test_each_view_speaks_chinese(page, address: str, view: str):
    page.goto(f"{address}?lang=zh{view}")
    heads = page.locator("h1, h2, th, label, nav a, main button, summary").all_inner_texts()
    known = {"Three places", "", "Farmland area"}  # an id of the small corpus alone, without a name
    assert [one for one in heads if one not in known and not re.search("[㐀-鿿]", one)] == []
    assert page.locator("html").get_attribute("lang") == "zh-CN"


@pytest.mark.parametrize("view", VIEWS)
def test_a_phone_need_not_scroll_sideways(page, address: str, view: str):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(address + view)
    assert page.evaluate("document.documentElement.scrollWidth") == 390


@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_no_barrier(browser, address: str, view: str):
    axe = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="no axe here: pip install axe-playwright-python"
    )
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    page.goto(f"{address}?lang=en{view}")
    page.wait_for_timeout(500)
    found = axe.Axe().run(page)
    context.close()
    assert found.violations_count == 0, found.generate_report()


def read_trend(page: "playwright.Page") -> list[dict[str, str]]:
    card = page.locator("section", has=page.get_by_role("heading", name="Trend of a place")).last
    card.locator("details.data summary").click()
    card.locator("details.data td").first.wait_for()  # the rows are made when it opens
    heads, lines = card.locator("details.data th").all_inner_texts(), card.locator("details.data tbody tr").all()
    return [dict(zip(heads, line.locator("td").all_inner_texts(), strict=True)) for line in lines]


def test_a_place_has_its_trend_by_year_with_intervals(page, years):
    address, frames = years
    page.goto(f"{address}#compare")
    place, series = page.get_by_role("combobox", name=re.compile("^Place")), page.get_by_label("Theme or indicator")
    assert place.locator("option").all_inner_texts() == ["澜坪市, Outline"], "a single year is no trend"
    series.select_option("theme/rural")
    told = read_trend(page)
    wanted = frames["theme_attention"].query(
        "by == 'place' and name == '澜坪市' and theme == 'rural' and doc_type == 'outline'"
    )
    wanted = wanted[wanted["year"].notna()].sort_values("year")
    assert [int(one["Year"]) for one in told] == wanted["year"].tolist() == [2021, 2022, 2024]
    columns = ("Share", "share"), ("Low", "low"), ("High", "high"), ("Low, corrected", "low_corrected")
    for shown, column in columns:
        assert [float(one[shown]) for one in told] == pytest.approx(wanted[column].tolist(), abs=1e-4)
    chart = page.get_by_role("figure", name="Trend of a place")
    chart.locator("svg.marks").wait_for()
    assert chart.locator("svg.marks .mark-rule line, svg.marks .mark-rule path").count() >= 6, "intervals of both kinds"


def test_an_indicator_has_its_trend_by_the_year_it_is_for(page, years):
    address, _ = years
    page.goto(f"{address}#compare")
    page.get_by_label("Theme or indicator").select_option("indicator/gdp_growth")
    assert [(one["Year"], float(one["Value"])) for one in read_trend(page)] == [
        ("2021", 6.5),
        ("2022", 6.0),
        ("2024", 5.0),
    ]
    page.get_by_role("figure", name="Trend of an indicator").locator("svg.marks").wait_for()


def test_a_line_of_a_trend_holds_one_unit_and_says_which(page, years):
    page.goto(f"{years[0]}#compare")
    series = page.get_by_label("Theme or indicator")
    series.select_option("indicator/grain_output")
    assert [one["Year"] for one in read_trend(page)] == ["2021", "2024"], "2022 is in jin"
    assert series.locator("option:checked").inner_text() == "Grain output (level, t)"
    chart = page.get_by_role("figure", name="Trend of an indicator")
    assert chart.locator("svg.marks text", has_text="level, t").count() == 1


def test_no_trend_without_a_second_year(page, address: str):
    page.goto(f"{address}#compare")
    page.get_by_role("heading", name="Compare").first.wait_for()
    assert page.get_by_label("Theme or indicator").count() == 0


def test_the_trend_speaks_chinese_and_fits_a_phone(page, years):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{years[0]}?lang=zh#compare")
    page.get_by_role("figure", name="地区历年变化").locator("svg.marks").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
