"""The built PDF: the same book as the site, tagged, with its numbers, captions and links."""

import html
import io
import json
import re
import subprocess
import sys
import zipfile

import pymupdf
import pytest
from bs4 import BeautifulSoup
from evidence import paths, tables
from evidence.publish import citation
from evidence.verdicts import wording
from pypdf import PdfReader
from typst_builder import FONTS, contents

HTML = paths.BUILD / "html"
FILE = HTML / "book" / "kazakh-chinese-exchanges.pdf"
READER = PdfReader(FILE)
PAGES = [page.extract_text() for page in READER.pages]
DRAWN = pymupdf.open(FILE)
MARGIN = 27 / 25.4 * 72
"""The side margins of template.typ, in points."""


def folded(text):
    """Return text without white space, zero-width breaks and the hyphens of line ends, and with
    straight quotation marks."""
    text = text.translate(str.maketrans("\u2018\u2019\u201c\u201d", "''\"\""))
    return re.sub(r"[\s\u00ad\u200b\N{NO-BREAK SPACE}-]+", "", text)


TEXT = folded("\n".join(PAGES))


def test_it_is_a_whole_tagged_book_and_both_copies_are_the_same():
    assert FILE.read_bytes() == (paths.BUILD / "pdf" / FILE.name).read_bytes() and len(PAGES) >= 40
    assert [i for i, text in enumerate(PAGES) if len(text.strip()) < 40] == [], "an empty page"
    raw = READER.trailer["/Root"]["/Metadata"].get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in raw or 'pdfuaid:part="1"' in raw
    assert "<pdfaid:part>3</pdfaid:part>" in raw or 'pdfaid:part="3"' in raw
    assert READER.trailer["/Root"]["/MarkInfo"]["/Marked"]


def faces(document):
    """Return the names of the fonts that a PDF uses."""
    return {font[3].rpartition("+")[2].removesuffix("-Identity-H") for page in document for font in page.get_fonts()}


def test_it_is_set_in_the_bundled_fonts_and_each_of_them_is_used():
    charts = {"Inter-Regular"}  # in them letters are drawn
    assert faces(DRAWN) | charts == {p.stem for p in FONTS.iterdir() if p.suffix in (".otf", ".ttf")}
    page = pymupdf.open().new_page()
    page.insert_text((MARGIN, 300), "Words.", fontname="hebo")
    assert faces(page.parent) == {"Helvetica-Bold"}, "another font must show"


PARTS = [(title, [docname.rpartition("/")[2] for docname in docnames], level) for title, docnames, level in contents(paths.ROOT / "_toc.yml")]
PRINTED = [page for _, pages, _ in PARTS for page in pages]
"""The pages of the site that are printed, in their order: the report, and behind it the appendices."""
SITE = {page: (HTML / "book" / f"{page}.html").read_text("utf-8") for page in PRINTED}


def wanted():
    """Return the bookmarks that the printed pages should have, above those of their sections: level and title, in order."""
    found = []
    for title, names, level in PARTS:
        found += [(1, title)] if level else []
        for name in names:
            heading = re.search(r'<h1>(.*?)<a class="headerlink"', SITE[name]).group(1)
            found.append((level + 1, html.unescape(re.sub(r"<[^>]+>", "", heading)).strip()))
    return found


def test_bookmarks_lead_to_every_chapter_and_appendix_and_to_every_sheet():
    toc, claims = [(level, title) for level, title, _ in DRAWN.get_toc()], tables.load()["claims"]
    titles = wanted()
    assert [entry for entry in toc if entry in titles] == titles and [t for level, t in toc if level == 1] == [t for level, t in titles if level == 1]
    sheets = [folded(title) for level, title in toc if level == 3]
    assert {folded(f"{text[0].upper()}{text[1:]}") for text in claims["stated_text"]} <= {*sheets}
    unprinted = {path.stem for path in (HTML / "book").glob("*.html")} - {*PRINTED}
    assert unprinted == {"claims", "article", "reproduce", "workbench"}


def unseen(text):
    """Return the claims whose sheet is not in some folded text: title, number and kind."""
    found = []
    for claim_id, claim in tables.load()["claims"].iterrows():
        title = f"{claim['stated_text'][0].upper()}{claim['stated_text'][1:]}"
        found += [] if folded(f"{title}{claim_id} \N{MIDDLE DOT} {claim['kind']}") in text else [claim_id]
    return found


def test_every_claim_is_there():
    assert unseen(TEXT) == [] and unseen(TEXT.replace("C73", "C37")) == ["C73"]


def captions():
    """Return the number and words of every figure and table caption of the pages that are printed."""
    found = []
    for text in SITE.values():
        for number, words in re.findall(r'<span class="caption-number">([^<]+)</span><span class="caption-text">(.*?)</span><a', text, re.S):
            found.append(html.unescape(re.sub(r"<[^>]+>", "", number + words)))
    return found


def test_captions_and_numbers_are_those_of_the_site():
    found = captions()
    assert len(found) >= 15
    for caption in found:
        assert folded(caption) in TEXT and folded(caption + "x") not in TEXT, caption


@pytest.mark.parametrize("wrong", ["<IPython", "object at 0x", "{glue", "<!--", "Every reading and row of", "Cite this claim"])
def test_nothing_is_printed_that_should_not_be(wrong):
    assert folded(wrong) not in TEXT


def inner_links(document):
    """Return every link of a document that is not to the web."""
    return [link for page in document for link in page.get_links() if link["kind"] != pymupdf.LINK_URI]


def dead(document):
    """Return the links inside a document that lead to no page of it."""
    return [link["from"] for link in inner_links(document) if not 0 <= link.get("page", -1) < len(document)]


def test_links_inside_the_book_work():
    assert len(inner_links(DRAWN)) >= 100 and dead(DRAWN) == []
    links = [a.get_object() for page in READER.pages for a in page.get("/Annots") or [] if a.get_object().get("/Subtype") == "/Link"]
    assert all("/Contents" in a or "/StructParent" in a for a in links)
    document, place = pymupdf.open(), pymupdf.Rect(60, 60, 90, 70)
    document.new_page()
    document.new_page()
    document[0].insert_link({"kind": pymupdf.LINK_GOTO, "from": pymupdf.Rect(60, 90, 90, 99), "page": 1, "to": pymupdf.Point(0, 0)})
    document[0].insert_link({"kind": pymupdf.LINK_NAMED, "from": place, "name": "nowhere"})
    saved = pymupdf.open(stream=document.tobytes())
    assert len(inner_links(saved)) == 2 and dead(saved) == [place], "a dead link must show"


# -- the page


def outside(pages):
    """Return every word that stands outside the text block at the sides, or off the foot or head."""
    found = []
    for page in pages:
        for left, top, right, bottom, word, *_ in page.get_text("words"):
            if left < MARGIN - 1 or right > page.rect.width - MARGIN + 1 or top < 20 or bottom > page.rect.height - 20:
                found.append((page.number + 1, word))
    return found


def test_no_word_leaves_the_text_block():
    assert outside(DRAWN) == []
    page = pymupdf.open().new_page()
    page.insert_text((MARGIN - 20, 300), "stray")
    assert outside([page]) == [(1, "stray")], "a word in the margin must show"


def lines(page):
    """Return the lines of a page's text block from the top: position of the foot, size, whether bold, text."""
    found = []
    for block in page.get_text("dict")["blocks"]:
        for line in block.get("lines", []):
            text = "".join(span["text"] for span in line["spans"]).strip()
            if text and 60 < line["bbox"][3] < page.rect.height - 60:  # without running head and page number
                found.append((line["bbox"][3], line["spans"][0]["size"], "Bold" in line["spans"][0]["font"], text))
    return sorted(found)


def stranded(pages):
    """Return the pages whose last line is a heading or the caption of a table."""
    last = [(page.number + 1, *lines(page)[-1][1:]) for page in pages if lines(page)]
    return [(number, text) for number, size, bold, text in last if bold and (size > 11.5 or re.match(r"Table \d", text))]


@pytest.mark.parametrize(("text", "size"), [("A heading", 13), ("Table 7 A caption", 9)])
def test_no_heading_or_table_caption_stands_at_the_foot_of_a_page(text, size):
    assert stranded(DRAWN) == []
    page = pymupdf.open().new_page()
    page.insert_text((MARGIN, 300), "Words.", fontsize=10)
    assert stranded([page]) == []
    page.insert_text((MARGIN, 700), text, fontsize=size, fontname="hebo")
    assert stranded([page]) == [(1, text)], "one that stands there must show"


def undrawn(pages):
    """Return the figure captions with nothing drawn in the 20 mm above them: a picture has curves, outlines or many boxes, a table only rules."""
    found = []
    for page in pages:
        shapes = [(d["rect"], len(d["items"])) for d in page.get_drawings()]
        for top, text in [(line["bbox"][1], "".join(s["text"] for s in line["spans"])) for b in page.get_text("dict")["blocks"] for line in b.get("lines", [])]:
            near = [(rect, items) for rect, items in shapes if rect.y0 < top and rect.y1 > top - 57]
            drawn = any(items > 4 for _, items in near) or sum(min(rect.width, rect.height) > 10 for rect, _ in near) > 4
            if re.match(r"Fig\. \d+ ", text) and not drawn:
                found.append((page.number + 1, text[:8]))
    return found


def test_every_figure_stands_over_its_caption():
    assert len(re.findall(r"^Fig\. \d+ ", "\n".join(PAGES), re.M)) == len([c for c in captions() if c.startswith("Fig.")])
    assert undrawn(DRAWN) == []
    page = pymupdf.open().new_page()
    page.insert_text((MARGIN, 300), "Fig. 7 A finding")
    page.draw_rect((MARGIN, 200, 400, 280))
    assert undrawn([page]) == [(1, "Fig. 7 A")], "a caption without its figure must show"


def code_of(path):
    """Return the code of a notebook."""
    return "".join("".join(c["source"]) for c in json.loads(path.read_text("utf-8"))["cells"] if c["cell_type"] == "code")


def codes(text):
    """Return the notebooks whose code some text, folded, has."""
    return [path.name for path in sorted(paths.BOOK.glob("*.ipynb")) if folded(code_of(path)[:60]) in text]


def test_code_is_left_out_and_its_place_named():
    assert codes(TEXT) == [] and folded("Attached to this file: every table with its description, every notebook") in TEXT
    assert "sources.ipynb" in codes(TEXT + folded(code_of(paths.BOOK / "sources.ipynb"))), "code that is printed must show"


def head(page):
    """Return the running head of a page, "" if it has none."""
    return " ".join(w[4] for w in sorted(page.get_text("words"), key=lambda w: (round(w[1]), w[0])) if w[3] < 75)


def misheaded(pages, chapters):
    """Return the pages whose running head is not the title of their chapter, as far as its colon, and that of the book, with that head; a
    page that opens a chapter has none. `chapters` gives titles with first pages, in order."""
    found = []
    for number, page in [(page.number + 1, page) for page in pages if page.number + 1 >= chapters[0][1]]:
        title = [title.partition(":")[0] for title, first in chapters if first <= number][-1]
        opens = number in [first for _, first in chapters]
        if head(page) != ("" if opens else f"{title} {citation.load()['title'].partition(':')[0]}"):
            found.append((number, head(page)))
    return found


CHAPTERS = [(title, first) for level, title, first in DRAWN.get_toc() if level == 1]


def test_running_heads_name_the_chapter():
    assert len(CHAPTERS) == sum(level == 1 for level, _ in wanted()) and misheaded(DRAWN, CHAPTERS) == []
    (title, first), (_, following) = CHAPTERS[1:3]
    assert following - first > 1
    assert misheaded([DRAWN[first], DRAWN[following - 1]], [("Another", first), *CHAPTERS[2:]]) == [(first + 1, head(DRAWN[first]))]
    assert misheaded([DRAWN[first]], [("One", first), ("Two", first + 1)]) == [(first + 1, head(DRAWN[first]))]
    blank = pymupdf.open().new_page()
    assert misheaded([blank], [(title, 0)]) == [(1, "")]


SHEETS = next(first for title, first in CHAPTERS if title.startswith("Appendix A"))
"""The page on which the index of claims begins, before the sheets."""


def sheet_pages(pages):
    """Return the page on which the sheet of each claim begins, by its number and kind below the title."""
    found = {}
    for claim_id, claim in tables.load()["claims"].iterrows():
        below = folded(f"{claim_id} \N{MIDDLE DOT} {claim['kind']}")
        found[claim_id] = next((number for number, text in enumerate(pages, 1) if number >= SHEETS and below in folded(text)), 0)
    return found


def misplaced(pages):
    """Return the claims whose sheet is not on the page that the index gives for it, and the chips that name another page."""
    sheets = sheet_pages(pages)
    index = "\n".join(pages[SHEETS - 1 : min(sheets.values()) or None])
    entries = {claim_id: re.search(rf"^{claim_id}\b.*?(\d+)$", index, re.M | re.S) for claim_id in sheets}
    chips = re.findall(r"\b(C\d+)\s*[^\w\s]\s+p\.\s*(\d+)", "\n".join(pages[: SHEETS - 1]))
    assert len(chips) > len(sheets)
    return sorted({c for c, entry in entries.items() if entry is None or int(entry[1]) != sheets[c]} | {c for c, page in chips if int(page) != sheets[c]})


def test_index_and_chips_give_the_page_of_every_sheet():
    assert misplaced(PAGES) == []
    at = sheet_pages(PAGES)["C73"]
    assert "C73" in misplaced([*PAGES[: at - 1], PAGES[at - 1].replace("C73", "C00"), *PAGES[at:]]), "a sheet on another page must show"
    chapter = next(number for number, text in enumerate(PAGES) if re.search(rf"C73\W+p\.\s*{at}\b", text))
    spoilt = re.sub(r"(C73\W+p\.\s*)\d+", r"\g<1>7", PAGES[chapter])
    assert misplaced([*PAGES[:chapter], spoilt, *PAGES[chapter + 1 :]]) == ["C73"], "a chip with another page must show"


# -- what checkers say


def checked(path, code, *options):
    """Return the exit status of a checker for a PDF, and what it says."""
    done = subprocess.run([sys.executable, "-c", code, *options, str(path)], capture_output=True, text=True)
    return done.returncode, done.stdout


def pdfua(path):
    """Return what pdfua finds."""
    return checked(path, "from pdfua.cli import main; raise SystemExit(main())", "check")


def outloud(path, report):
    """Return what outloud finds; it writes a report."""
    return checked(path, "from outloud.cli import main; main()", "--json", str(report), "--quiet")


def test_checkers_find_nothing(tmp_path):
    assert pdfua(FILE)[0] == 0, pdfua(FILE)[1]
    assert outloud(FILE, tmp_path / "report.json")[0] == 0 and (tmp_path / "report.json").is_file()
    bare = pymupdf.open()
    bare.new_page().insert_text((72, 72), "Words without a tag.")
    bare.save(tmp_path / "bare.pdf")
    assert pdfua(tmp_path / "bare.pdf")[0] != 0 and outloud(tmp_path / "bare.pdf", tmp_path / "report.json")[0] != 0


# -- what travels inside


def attachment_faults(document, wanted):
    """Return what is attached to a document and not wanted, wanted and not attached, or attached without a description."""
    words = {name.rpartition("/")[2]: document.embfile_info(name)["description"] for name in document.embfile_names()}
    return sorted(words.keys() ^ wanted), sorted(name for name in words if len(words[name]) < 8)


def test_everything_is_attached_with_a_description():
    wanted = {path.name for path in (HTML / "data").iterdir()}
    wanted |= {p.name for p in paths.BOOK.glob("*.ipynb")} | {"claims.json", "rerun.zip"}
    assert len(wanted) > 50 and attachment_faults(DRAWN, wanted) == ([], [])
    document = pymupdf.open()
    document.new_page()
    document.embfile_add("attached/a.csv", b"a", desc="Described in words")
    document.embfile_add("b.csv", b"b", desc="")
    assert attachment_faults(document, {"a.csv", "c.csv"}) == (["b.csv", "c.csv"], ["b.csv"])


def attached(name):
    """Return the content of one attachment."""
    return DRAWN.embfile_get(next(n for n in DRAWN.embfile_names() if n.rpartition("/")[2] == name))


def other_bytes(published):
    """Return the attachments that are not the files of some folders by the same name; notebooks are those of the book."""
    files = {path.name: path for folder in (*published, paths.BOOK) for path in folder.iterdir() if path.is_file()}
    return sorted(name for name in (n.rpartition("/")[2] for n in DRAWN.embfile_names()) if attached(name) != files[name].read_bytes())


def test_attachments_are_the_published_files(tmp_path):
    assert other_bytes([HTML, HTML / "data"]) == []
    (tmp_path / "trade.csv").write_bytes(b"year\n")
    assert other_bytes([HTML, HTML / "data", tmp_path]) == ["trade.csv"]


def test_a_chapter_runs_again_from_the_pdf_alone(tmp_path):
    with zipfile.ZipFile(io.BytesIO(attached("rerun.zip"))) as archive:
        archive.extractall(tmp_path)
    top = tmp_path / citation.NAME
    checked = subprocess.run([sys.executable, "-m", "evidence.checks.everything"], cwd=top / "book", capture_output=True, text=True)
    assert checked.returncode == 0 and "quotations not checked" in checked.stdout, checked.stderr
    chapter = top / "book" / "reach.ipynb"
    wanted = json.loads(chapter.read_text("utf-8"))
    bare = [cell | {"outputs": []} if "outputs" in cell else cell for cell in wanted["cells"]]
    chapter.write_text(json.dumps(wanted | {"cells": bare}), "utf-8")
    subprocess.run([sys.executable, "-I", "book/making/watch.py", "book/making/build.py", "rerun", "reach"], cwd=top, check=True)
    assert json.loads(chapter.read_text("utf-8"))["cells"] == wanted["cells"] != bare


# -- the same words as the site


UNREAD = "script, style, svg, form, .cell_input, .tools, .cite, .rerun, .headerlink, details.claim > .card, details.folded, pre"
"""What is for the screen: code, links to files beside the site, the cards below the lines of claims, and what else is folded."""


def chunks():
    """Return the paragraphs, cells, rows of claim lines, verdicts and captions of the pages that are printed."""
    found = []
    for name, page in SITE.items():
        article = BeautifulSoup(page, "html.parser").select_one("article")
        for unread in article.select(UNREAD):
            unread.decompose()
        for part in article.select("p, td, th, h1, h2, h3, span.said, span.found"):
            if words := " ".join(part.get_text().split()):
                found.append((name, words))
    return found


PLAIN = re.sub(rf"(?<=C\d\d)[{''.join(wording.SIGN.values())}](?:p\.\d{{1,3}}(?!\d))?", "", TEXT)
"""The text of the PDF without what it adds to a chip: the sign of the verdict, and the page."""


def printed(words):
    """Return whether the PDF has the words, in one piece or, if long, cut in two by the end of a page."""
    text = folded(words)
    return any(text in whole or (len(text) > 40 and any(text[:i] in whole and text[i:] in whole for i in range(1, len(text)))) for whole in (TEXT, PLAIN))


def test_every_word_and_number_of_the_site_is_in_the_pdf():
    found = chunks()
    missing = [(page, words) for page, words in found if not printed(words)]
    assert len(found) > 2000 and missing == []
    assert not printed("Russia supplied 99.9 per cent of the arms")
    shown = {f"{wording.SIGN[v]} {wording.VERDICT[v]}" for v in wording.VERDICT}
    assert len(shown & {words for _, words in found}) >= 5
