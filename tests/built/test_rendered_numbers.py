"""Every number a reader sees on the built pages and in the PDF is pasted, quoted, cited or allowed,
or stands in a card, a table, a figure or another output that a cell computed."""

import html
import json
import re
from collections import Counter, defaultdict

import pikepdf
import pymupdf
import pytest
from bs4 import BeautifulSoup
from common import curled, folded
from drawn import rows
from evidence import paths
from evidence.charts import all_charts
from evidence.checks import numbers, prose
from evidence.pages import pasted
from evidence.verdicts import wording
from typst_builder import contents

HTML = paths.BUILD / "html"
SITE = {path.stem: path.read_text("utf-8") for path in sorted((HTML / "book").glob("*.html"))}
PDF = pymupdf.open(HTML / "book" / "kazakh-chinese-exchanges.pdf")
KNOWN = numbers.Known()
ALLOWED = prose.allowed()
UNREAD = ("script, style, svg, .cell_input, a.headerlink, details:is(.code, .hide) > summary, pre, code, "
          ".toctree-wrapper")
"""Code, and what is no text of the book."""
COMPUTED = {
    "line": "details.claim", "sheet": "section:has(> .sheet)", "table": ".cell_output table", "figure": "figure",
    "output": ".cell_output", "reference": "div.citation",
}
"""What a cell or the bibliography writes; checked by the tests of lines, sheets, data, figures and citations."""
BLOCKS = ["p", "li", "h1", "h2", "h3", "h4", "td", "th", "dt", "dd"]


def parsed(page):
    """Return the article of a page without what is not read."""
    article = BeautifulSoup(page, "html.parser").select_one("article")
    for node in article.select(UNREAD):
        node.replace_with(prose.PASTED if node.name == "code" else "")
    return article


def digits(text):
    """Return how many numbers some text shows."""
    return len(numbers.NUMBER.findall(text))


def seen(name, page):
    """Return the numbers of a page by what explains them, and those that nothing does, with the words around."""
    article, found, typed = parsed(page), Counter(), []
    for image in article.select("figure img"):
        found["alt text"] += digits(image["alt"])
    for kind, selector in COMPUTED.items():
        for node in article.select(selector):
            found[kind] += digits(node.get_text(" "))
            node.decompose()
    for node in article.select("span.pasted-text"):
        found["glued"] += 1
        node.replace_with(prose.PASTED)
    phrases = [row["phrase"] for row in ALLOWED if row["page"] == name]
    # Last, what stands in no block.
    for block in [*(b for b in article.find_all(BLOCKS) if not b.find(BLOCKS)), article]:
        text = " ".join(block.get_text().split())
        block.extract()
        for number in numbers.classify(text, KNOWN, phrases, heading=block.name.startswith("h")):
            found[number.kind] += 1
            if number.kind == "typed":
                typed.append((name, number.text, text[max(0, number.start - 40) : number.start + 40]))
    return found, typed


SEEN = {name: seen(name, page) for name, page in SITE.items()}


def test_no_number_on_the_site_was_typed():
    assert [fault for _, typed in SEEN.values() for fault in typed] == []
    total = sum((found for found, _ in SEEN.values()), Counter())
    assert total["glued"] >= 80 and total["cited"] >= 100 and total["table"] >= 1000, total
    assert total["line"] >= 200 and total["sheet"] >= 2000, total


@pytest.mark.parametrize("name", SITE)
def test_every_paste_of_the_source_is_marked_on_the_page(name):
    path = paths.BOOK / f"{name}.ipynb"
    cells = json.loads(path.read_text("utf-8"))["cells"] if path.is_file() else []
    text = "".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
    marked = [mark["words"] or mark["number"] for mark in pasted.MARK.finditer(text)]
    shown = [node.get_text() for node in parsed(SITE[name]).select("span.pasted-text")]
    assert [curled(one) for one in shown] == [curled(one) for one in marked] and SEEN[name][0]["glued"] == len(marked)


@pytest.mark.parametrize(
    ("added", "number"),
    [
        ("<p>About 17 miles.</p>", "17"),
        ("<ul><li><p>Half of the trade.</p></li></ul>", "Half"),
        ("<h2>Seventy drills</h2>", "Seventy"),
        ("<table><tr><td>3.5</td></tr></table>", "3.5"),
        ("<p>On <span>29 January 2013</span>.</p>", "29"),
    ],
)
def test_a_typed_number_would_be_noticed(added, number):
    _, typed = seen("reach", SITE["reach"].replace("</article>", added + "</article>"))
    assert number in [text for _, text, _ in typed]


def test_a_paste_that_lost_its_mark_would_be_noticed():
    found, typed = seen("economy", SITE["economy"].replace('class="pasted-text"', "", 1))
    assert len(typed) == 1 and found["glued"] == SEEN["economy"][0]["glued"] - 1


def test_captions_and_alt_texts_are_those_of_the_figures():
    """tests/test_figures.py holds their numbers to the rows drawn."""
    shown = [BeautifulSoup(text, "html.parser").figure
             for page in SITE.values() for text in re.findall(r"<figure.*?</figure>", page, re.S)]
    found = {node["id"]: node for node in shown}
    assert len(found) == len(shown) == len(all_charts())
    for name, figure in all_charts().items():
        node = found[f"fig-{name}"]
        assert node.img["alt"] == figure.alt(rows(name)) and len(node.img["alt"]) > 40
        assert curled(node.select_one(".caption-text").get_text()) == curled(figure.caption(rows(name)))


# -- the PDF: its words are the site's, so its numbers are explained there


def words(page):
    """Return the words of a page's article, code included, without the links that paper has no use for."""
    article = re.search(r"<article.*?</article>", page, re.S).group()
    article = re.sub(r"<(script|style|svg)\b.*?</\1>|<a class=\"headerlink.*?</a>", "", article, flags=re.S)
    return html.unescape(re.sub(r"<[^>]+>", "", article))


APPENDICES = [(title, docnames) for title, docnames, level in contents(paths.ROOT / "_toc.yml") if level]
READ = folded(" ".join([*(words(page) for page in SITE.values()), *(title for title, _ in APPENDICES)]))
FURNITURE = re.compile(r"\d+$")
"""Page numbers."""
SIGN = "[" + "".join(wording.SIGN.values()) + "]"
CHIP = re.compile(rf"(?<=\bC\d\d) *{SIGN}(?: *p\.\xa0 *\d+)?|^{SIGN} *p\.\xa0 *\d+|^p\.\xa0 *\d+")
"""What print adds to a chip: the verdict's sign and the page of the sheet. tests/built/test_pdf.py
holds the pages to the sheets."""
MARKER = re.compile(r"^(?:[\u2022\u2023]|\d+\.)\s")
"""What stands before an item of a list."""


def only_in_pdf(lines):
    """Return the lines of the PDF that hold a number and are no part of the site."""
    return [line for line in lines if re.search(r"\d", line) and not FURNITURE.match(line)
            and folded(CHIP.sub("", line)) not in READ]


def drawn():
    """Return the rectangles of the figures of the PDF by page, from 0: their letters are
    those of the site's drawings."""
    found = defaultdict(list)
    with pikepdf.open(PDF.name) as document:
        places = {page.objgen: number for number, page in enumerate(document.pages)}
        for one in document.objects:
            if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Figure":
                left, low, right, high = map(float, one.A[0].BBox)
                height = PDF[places[one.Pg.objgen]].rect.height
                found[places[one.Pg.objgen]].append(pymupdf.Rect(left, height - high, right, height - low))
    return found


def body():
    """Return the lines of the pages between the title page and the colophon, but for figures, running heads and
    references, which tests/built/test_pdf.py holds to the site and to the sources."""
    figures, found = drawn(), []
    references = range(*(first - 1 for level, title, first in PDF.get_toc()
                         if level == 1 and title[:11] in ("Appendix B.", "Appendix C.")))
    for page in PDF.pages(1):
        for line in [line for block in page.get_text("dict")["blocks"] for line in block.get("lines", [])]:
            middle = (pymupdf.Rect(line["bbox"]).tl + pymupdf.Rect(line["bbox"]).br) / 2
            if (page.number not in references and middle.y > 60
                    and not any(middle in figure for figure in figures[page.number])):
                found.append("".join(span["text"] for span in line["spans"]).strip())
    assert len(figures) > 30 and len(references) > 5
    return [MARKER.sub("", line) for line in found[: found.index("About this copy")]]


def test_every_number_of_the_pdf_is_on_the_site():
    lines = body()
    assert sum(bool(re.search(r"\d", line)) for line in lines) > 2000
    assert only_in_pdf(lines) == []


def test_a_number_only_in_the_pdf_would_be_noticed():
    changed = next(line for line in body() if "per cent" in line and re.search(r"\d", line))
    assert only_in_pdf([changed]) == [] and only_in_pdf([re.sub(r"\d", "7", changed) + "7"]) != []
