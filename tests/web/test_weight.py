"""The site is light, and nothing moves while it loads."""

import gzip

import pytest
from conftest import HTML, READ
from evidence.ledger import REPORT

PAGE_BYTES, WITH_FIGURES = 150_000, 400_000
"""Limits of a chapter's first load, compressed."""
SHIFT = """() => new Promise(done => {
  let total = 0;
  new PerformanceObserver(list => list.getEntries().filter(e => !e.hadRecentInput).forEach(e => { total += e.value; }))
    .observe({type: "layout-shift", buffered: true});
  setTimeout(() => done(total), 300);
})"""


def loaded(page, site, address):
    """Return the compressed size of everything a page loads: without its figures, and with them."""
    urls = []
    page.on("request", lambda request: urls.append(request.url))
    page.goto(site + address)
    page.evaluate("document.querySelectorAll('img').forEach(image => { image.loading = 'eager'; })")
    page.wait_for_load_state("networkidle")
    files = {HTML / url.removeprefix(site).partition("?")[0].partition("#")[0] for url in urls if url.startswith(site)}
    sizes = {path: len(gzip.compress(path.read_bytes(), 6)) for path in files if path.is_file()}
    return sum(size for path, size in sizes.items() if "_images" not in path.parts), sum(sizes.values())


@pytest.mark.parametrize("chapter", REPORT)
def test_a_chapter_is_light(page, site, chapter):
    text, everything = loaded(page, site, f"book/{chapter}.html")
    assert 20_000 < text <= PAGE_BYTES and everything <= WITH_FIGURES, (text, everything)


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("name", [*READ, "book/sheets-reach.html?low=600#c73"])
def test_nothing_moves_while_a_page_loads(page, site, name, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(site + name)
    assert page.evaluate(SHIFT) < 0.01


def test_a_shift_would_be_noticed(page, site):
    page.goto(site + "book/method.html")
    page.wait_for_timeout(300)
    page.evaluate("document.querySelector('main').insertAdjacentHTML('afterbegin', "
                  "'<div style=\"height:300px\">late</div>')")
    page.wait_for_timeout(100)
    assert page.evaluate(SHIFT) > 0.01


def test_every_script_and_style_that_is_published_is_used():
    text = "".join(path.read_text("utf-8") for path in HTML.rglob("*") if path.suffix in (".html", ".css"))
    unused = [p.name for p in (HTML / "_static").rglob("*")
              if p.suffix in (".js", ".css", ".woff2", ".ttf") and p.name not in text]
    assert unused == []
    assert not [path for path in HTML.rglob("*") if path.suffix in (".map", ".ttf", ".woff", ".po", ".mo")]
