"""Markup in a cell is shown as text, in the site and in the PDF."""

import pandas as pd
import pypdf
import pytest
from bs4 import BeautifulSoup
from one_page import build

SCRIPT = "</script><script>alert(document.domain)</script><b onclick=x>bold</b>"
MARKUP = "{raw}`html` [go](javascript:alert) **bold** {{glue}} $x$ | ::: #let x"
BRACKETS = "[Janes] review](in part) [of"
CELLS = {
    "sources": [("title", BRACKETS + SCRIPT), ("producer", MARKUP), ("extent_read", SCRIPT)],
    "claims": [("stated_text", SCRIPT), ("note", MARKUP)],
    "specifications": [("reason", SCRIPT + MARKUP)],
}


def poison(table, columns):
    """Put markup before the text of some columns, in every row that has some."""
    frame = pd.read_csv(table, dtype=str, keep_default_na=False)
    for column, text in columns:
        frame[column] = frame[column].where(frame[column] == "", f"{text} " + frame[column])
    frame.to_csv(table, index=False, lineterminator="\n")


@pytest.fixture
def hostile(book):
    """Return a book whose tables hold markup, built."""
    for name, columns in CELLS.items():
        poison(book / "data" / f"{name}.csv", columns)
    done = build(book)
    assert done.returncode == 0, done.stderr[-2000:]
    return book


def live(html):
    """Return the pages in which some of the markup works, by path below the site."""
    marks = ("<script>alert", "<b onclick", 'href="javascript:')
    return sorted(p.relative_to(html).as_posix() for p in html.rglob("*.html")
                  if any(mark in p.read_text("utf-8") for mark in marks))


def test_markup_is_text_in_site_and_pdf(hostile):
    html = hostile / "_build" / "html"
    page = (html / "book" / "index.html").read_text("utf-8")
    assert (page.count("&lt;script&gt;alert(document.domain)&lt;/script&gt;") > 100 and "{raw}" in page
            and "**bold**" in page)
    assert live(html) == []
    shown = BeautifulSoup(page, "lxml").get_text()
    assert shown.count(BRACKETS) > 50, "a title keeps its brackets"
    pdf = pypdf.PdfReader(hostile / "_build" / "pdf" / "kazakh-chinese-exchanges.pdf")
    text = "".join("".join(leaf.extract_text().split()) for leaf in pdf.pages).replace("\N{ZERO WIDTH SPACE}", "")
    assert text.count("<script>alert(document.domain)</script>") > 50
    assert text.count("".join(BRACKETS.split())) > 50
    assert "{raw}`html`[go](javascript:alert)**bold**" in text
    (html / "book" / "index.html").write_text(page.replace("&lt;script&gt;", "<script>", 1), "utf-8")
    assert live(html) == ["book/index.html"], "a script that is not escaped must show"
