"""How much of a chapter is argument: prose and figures in its height, words, tables, screens of a phone,
pages of the report in print. The table is printed at the end of `make test-all`."""

import re

import pytest
from conftest import HTML
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
        found[name]["wide"] = page.evaluate("document.documentElement.scrollWidth")
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
    assert report_pages() <= 50


def test_no_page_is_wider_than_a_phone(measured):
    assert {name for name, one in measured.items() if one["wide"] > 390} == set()


def test_the_measures_count_what_is_there(browser, site):
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(site + "book/reach.html")
    before = page.evaluate(HEIGHTS)
    page.evaluate("document.querySelector('article section').insertAdjacentHTML('beforeend', '<table><tr><td>1</td>"
                  "</tr></table><p>Two words</p>')")
    after = page.evaluate(HEIGHTS)
    assert (after["tables"] == before["tables"] + 1 and after["words"] == before["words"] + 2
            and after["whole"] > before["whole"])
    page.close()
    assert re.search(r"<figure", (HTML / "book" / "reach.html").read_text("utf-8"))
