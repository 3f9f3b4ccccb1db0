"""How much of a chapter is argument: prose and figures in its height, words, tables, screens of a phone,
pages of the report in print. The table is printed at the end of `make test-all`."""

import pytest
from conftest import HTML, READ
from evidence import paths
from evidence.ledger import CHAPTERS
from pypdf import PdfReader

ARGUED = (*CHAPTERS, "since")
HEIGHTS = """() => {
  const article = document.querySelector("article");
  const high = (selector) => [...article.querySelectorAll(selector)]
    .filter((node) => !node.closest("details, figure, table, .sheet, .rerun, nav") || node.matches("figure"))
    .reduce((sum, node) => sum + node.getBoundingClientRect().height, 0);
  const part = article.querySelector("section");
  const words = [...part.querySelectorAll("p, li, h1, h2, h3")]
    .filter((node) => !node.closest("details, figure, table, .tools, .cell_output, .rerun"))
    .map((node) => node.textContent).join(" ").split(/\\s+/).filter(Boolean).length;
  return {
    whole: part.getBoundingClientRect().height, prose: high("p, ul, ol, blockquote, h1, h2, h3"),\
 figures: high("figure"),
    words, tables: part.querySelectorAll("table").length, drawn: part.querySelectorAll("figure").length,
  };
}"""
TORN = """() => {
  const found = [], range = document.createRange();
  for (const cell of document.querySelectorAll("article :is(td, th)")) {
    const right = cell.getBoundingClientRect().right + 1, box = cell.closest("div").getBoundingClientRect();
    const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    for (let text; (text = walker.nextNode());)
      for (const word of text.data.matchAll(/[^\\s_\\/-]+/g)) {
        range.setStart(text, word.index);
        range.setEnd(text, word.index + word[0].length);
        const lines = [...range.getClientRects()];
        if (new Set(lines.map((line) => Math.round(line.top))).size > 1 && !/^[0-9a-f]{64}$/.test(word[0]))
          found.push(`${word[0]} is torn`);
        if (lines.some((line) => line.right > (getComputedStyle(cell).display === "inline" ? box.right + 1 : right)))
          found.push(`${word[0]} leaves its cell`);
      }
  }
  return found;
}"""
"""Words of tables that are broken within, but for checksums, or that stand out of their cell."""
SCREEN = 850
"""Height of a phone's screen in pixels."""


@pytest.fixture(scope="module")
def measured(browser, site):
    """Return what each chapter and the front page measure, by page."""
    found = {}
    for name in ("index", *ARGUED):
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(f"{site}book/{name}.html")
        page.wait_for_load_state("networkidle")
        found[name] = page.evaluate(HEIGHTS)
        page.set_viewport_size({"width": 390, "height": SCREEN})
        page.wait_for_timeout(200)
        found[name]["screens"] = (
            page.evaluate("document.querySelector('article').getBoundingClientRect().height") / SCREEN)
        page.close()
    return found


def report_pages():
    """Return how many pages of the PDF come before its first appendix."""
    reader = PdfReader(next((paths.BUILD / "pdf").glob("*.pdf")))
    first = next(entry for entry in reader.outline
                 if not isinstance(entry, list) and str(entry["/Title"]).startswith("Appendix A"))
    return reader.get_destination_page_number(first)


def test_the_measures_of_the_book(measured, capsys):
    rows = [f"{'page':<12}{'argument':>9}{'words':>7}{'figures':>9}{'tables':>8}{'screens':>9}"]
    for name, one in measured.items():
        share = (one["prose"] + one["figures"]) / one["whole"]
        rows.append(
            f"{name:<12}{share:>9.0%}{one['words']:>7}{one['drawn']:>9}{one['tables']:>8}{one['screens']:>9.1f}")
    with capsys.disabled():
        print("\n" + "\n".join([*rows, f"report: {report_pages()} pages"]))
    chapters = [measured[name] for name in ARGUED]
    assert all((one["prose"] + one["figures"]) / one["whole"] >= 0.65 for one in chapters)
    assert all(850 <= one["words"] <= 1400 for one in chapters)
    assert sum(one["tables"] for one in chapters) <= 24 and all(one["tables"] <= 3 for one in chapters)
    assert sum(one["drawn"] for one in measured.values()) >= 30
    assert max(one["screens"] for one in chapters) <= 16


@pytest.mark.parametrize("width", [390, 768, 1280])
@pytest.mark.parametrize("name", [name for name in READ if "<table" in (HTML / name).read_text("utf-8")])
def test_the_words_of_tables_are_whole_and_in_their_cells(page, site, name, width):
    page.set_viewport_size({"width": width, "height": SCREEN})
    page.goto(site + name)
    assert page.evaluate(TORN) == []


def test_a_word_that_is_torn_or_leaves_its_cell_would_be_noticed(page, site):
    page.set_viewport_size({"width": 1280, "height": SCREEN})
    page.goto(site + "book/sheets-contacts.html")
    assert page.evaluate(TORN) == []
    page.add_style_tag(content="#c20 table { table-layout: fixed; width: 8rem !important; }"
                               "#c20 td { min-width: 0 !important }")
    assert "September leaves its cell" in page.evaluate(TORN)
    page.add_style_tag(content="#c20 td { overflow-wrap: anywhere; }")
    assert "September is torn" in page.evaluate(TORN)


def test_a_phone_shows_a_wide_table_row_by_row_with_the_word_of_each_column(page, site):
    page.set_viewport_size({"width": 390, "height": SCREEN})
    page.goto(site + "book/sources.html")
    row = page.locator("#tab-sources tbody tr").first
    named = row.locator("td").evaluate_all(
        "cells => cells.map(cell => getComputedStyle(cell, '::before').content)")
    assert named[0] == "none" and ["Published" in word for word in named].index(True) == 2
    assert all(cell.is_visible() for cell in row.locator("td").all())
    page.goto(site + "book/claims.html")
    assert page.locator("#tab-scoreboard td:last-child").first.is_visible(), "the page explains the column"
    page.select_option("form.filter select[name=Verdict]", "\u00d7 Contradicted")
    shown = [row for row in page.locator("#tab-scoreboard tbody tr").all() if row.is_visible()]
    assert shown and all("Contradicted" in row.inner_text() for row in shown)


def test_the_measures_count_what_is_there(page, site):
    page.goto(site + "book/reach.html")
    before = page.evaluate(HEIGHTS)
    page.evaluate("document.querySelector('article section').insertAdjacentHTML('beforeend', '<table><tr><td>1</td>"
                  "</tr></table><p>Two words</p>')")
    after = page.evaluate(HEIGHTS)
    assert (after["tables"] == before["tables"] + 1 and after["words"] == before["words"] + 2
            and after["whole"] > before["whole"])
