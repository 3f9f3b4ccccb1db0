"""The built PDF: the same book as the site, tagged, with its numbers, captions and links."""

import copy
import html
import itertools
import json
import re
import shutil
import subprocess
import sys
from datetime import date

import pymupdf
import pytest
import watch
from bs4 import BeautifulSoup
from common import folded
from evidence import dates, paths, tables
from evidence.pages import naming
from evidence.pages.argument import verdict_of
from evidence.publish import citation, downloads
from evidence.verdicts import wording
from evidence.verdicts.examine import all_judgements
from pypdf import PdfReader
from typst_builder import FONTS, GLANCE, INDEX, ON_SCREEN, UNPACK, contents, data_digest

HTML = paths.BUILD / "html"
FILE = HTML / "book" / "kazakh-chinese-exchanges.pdf"
READER = PdfReader(FILE)
PAGES = [page.extract_text() for page in READER.pages]
DRAWN = pymupdf.open(FILE)
MARGIN = (210 / 25.4 - 6.4) / 2 * 72
"""The side margins of template.typ, in points."""


TEXT = folded("\n".join(PAGES))
PLAIN_CHIP = rf"(?<=C\d\d)[{''.join(wording.SIGN.values())}](?:p\.\d{{1,3}}(?!\d))?"
"""What the PDF adds to a chip, in folded text: the sign of the verdict, and the page."""


def test_it_is_a_whole_tagged_book_of_no_great_size_and_both_copies_are_the_same():
    assert FILE.read_bytes() == (paths.BUILD / "pdf" / FILE.name).read_bytes() and len(PAGES) >= 40
    assert FILE.stat().st_size <= 4_000_000 and FILE.read_bytes().count(b"/Type /ObjStm") > 10, (
        "objects are packed into streams")
    raw = READER.trailer["/Root"]["/Metadata"].get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in raw or 'pdfuaid:part="1"' in raw
    assert "<pdfaid:part>3</pdfaid:part>" in raw or 'pdfaid:part="3"' in raw
    assert READER.trailer["/Root"]["/MarkInfo"]["/Marked"]


def faces(document):
    """Return the names of the fonts that a PDF uses."""
    return {font[3].rpartition("+")[2].removesuffix("-Identity-H") for page in document for font in page.get_fonts()}


def test_it_is_set_in_the_bundled_fonts_and_each_of_them_is_used():
    assert faces(DRAWN) == {p.stem for p in FONTS.iterdir() if p.suffix in (".otf", ".ttf")}
    page = pymupdf.open().new_page()
    page.insert_text((MARGIN, 300), "Words.", fontname="hebo")
    assert faces(page.parent) == {"Helvetica-Bold"}, "another font must show"


PARTS = [(title, [docname.rpartition("/")[2] for docname in docnames], level)
         for title, docnames, level in contents(paths.ROOT / "_toc.yml")]
PRINTED = [page for _, pages, _ in PARTS for page in pages]
"""The pages of the site that are printed, in their order: the report, and behind it the appendices."""


def parsed(name):
    """Return a page of the site without the links that its headings and captions carry."""
    page = BeautifulSoup((HTML / "book" / f"{name}.html").read_text("utf-8"), "html.parser")
    for link in page.select(".headerlink"):
        link.decompose()
    return page


SITE = {name: parsed(name) for name in PRINTED}
TITLES = {name: page.select_one("article h1").get_text().strip() for name, page in SITE.items()}


def wanted():
    """Return the bookmarks that the printed pages should have, above those of their
    sections: level and title, in order."""
    found = []
    for title, names, level in PARTS:
        found += [(1, title)] if level else []
        for name in names:
            found += [(1, "Summary"), (1, GLANCE)] if name == "index" else [(level + 1, TITLES[name])]
    return found


def test_bookmarks_lead_to_every_chapter_and_appendix_and_to_every_sheet():
    toc, claims = [(level, title) for level, title, _ in DRAWN.get_toc()], tables.load()["claims"]
    titles = wanted()
    assert ([entry for entry in toc if entry in titles] == titles
            and [t for level, t in toc if level == 1] == [t for level, t in titles if level == 1])
    sheets = [folded(title) for level, title in toc if level == 3]
    assert {folded(f"{text[0].upper()}{text[1:]}") for text in claims["stated_text"]} <= {*sheets}
    unprinted = {path.stem for path in (HTML / "book").glob("*.html")} - {*PRINTED}
    assert unprinted == {"claims", "article", "reproduce", "workbench"}


@pytest.mark.parametrize("wrong",
                         ["<IPython", "object at 0x", "{glue", "<!--", "Every reading and row of", "Cite this claim"])
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
    links = [a.get_object() for page in READER.pages
             for a in page.get("/Annots") or [] if a.get_object().get("/Subtype") == "/Link"]
    assert all("/Contents" in a or "/StructParent" in a for a in links)
    document, place = pymupdf.open(), pymupdf.Rect(60, 60, 90, 70)
    document.new_page()
    document.new_page()
    document[0].insert_link({"kind": pymupdf.LINK_GOTO, "from": pymupdf.Rect(60, 90, 90, 99), "page": 1,
                             "to": pymupdf.Point(0, 0)})
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
    return [(number, text) for number, size, bold, text in last
            if bold and (size > 11.5 or re.match(r"Table \d", text))]


@pytest.mark.parametrize(("text", "size"), [("A heading", 13), ("Table 7 A caption", 9)])
def test_no_heading_or_table_caption_stands_at_the_foot_of_a_page(text, size):
    assert stranded(DRAWN) == []
    page = pymupdf.open().new_page()
    page.insert_text((MARGIN, 300), "Words.", fontsize=10)
    assert stranded([page]) == []
    page.insert_text((MARGIN, 700), text, fontsize=size, fontname="hebo")
    assert stranded([page]) == [(1, text)], "one that stands there must show"


def drawings():
    """Return the words in each figure of the site, by the figure's number."""
    found = {}
    for page in SITE.values():
        for figure in page.select("figure"):
            drawing = (HTML / "book" / figure.select_one("img")["src"]).resolve().read_text("utf-8")
            number = re.search(r"\d+", figure.select_one(".caption-number").get_text()).group()
            found[int(number)] = [html.unescape(words) for words in re.findall(r"<!-- (.*?) -->", drawing)]
    return found


def undrawn(pages, figures):
    """Return the figures some of whose words, which are text in print, are not on the page of their
    caption, with the first of these."""
    found = []
    for number, letters in figures.items():
        page = next((folded(text) for text in pages if re.search(rf"^Fig\. {number}\b", text, re.M)), "")
        found += [(number, words) for words in letters if folded(words) not in page][:1]
    return found


def test_every_figure_stands_over_its_caption_and_its_letters_are_text():
    figures = drawings()
    assert len(figures) == sum(len(page.select("figure")) for page in SITE.values())
    assert sum(map(len, figures.values())) > 500
    assert undrawn(PAGES, figures) == []
    assert undrawn([text.replace("second-largest", "third") for text in PAGES], figures) == [
        (1, "C39  China second-largest trade partner since 2009")]


def openings():
    """Return how the code of each notebook begins, in folded text."""
    notebooks = [json.loads(path.read_text("utf-8")) for path in sorted(paths.BOOK.glob("*.ipynb"))]
    return [folded("".join("".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code")[:60])
            for notebook in notebooks]


def test_code_is_left_out_and_its_place_named():
    codes = openings()
    assert [code for code in codes if code in TEXT] == []
    assert folded("Attached to this file, each by its own name: every table") in TEXT
    assert min(map(len, codes)) > 30, "each notebook has some"


def head(page):
    """Return the running head of a page, "" if it has none."""
    return " ".join(w[4] for w in sorted(page.get_text("words"), key=lambda w: (round(w[1]), w[0])) if w[3] < 62)


CHAPTERS = [(title, first) for level, title, first in DRAWN.get_toc() if level == 1]
SECTIONS = [(title, first) for level, title, first in DRAWN.get_toc() if level == 2]


def misheaded(pages, chapters, sections, sheets):
    """Return the pages with a running head that is not theirs, and that head: on a left page the title of the chapter,
    as far as its colon; on a right one its first section, or the one that goes on there, or the first and last claim
    whose sheets it has; none where a chapter opens. Each of the three gives titles with first pages, in order."""

    def here(entries, number, since):
        on = [title for title, first in entries if first == number]
        return on or [title for title, first in entries if since <= first < number][-1:]

    found = []
    for page in pages:
        number = page.number + 1
        title, since = [entry for entry in chapters if entry[1] <= number][-1]
        claims, parts = here(sheets, number, since), here(sections, number, since)
        wanted = title.partition(":")[0]
        if number % 2 and (claims or parts):
            wanted = "\u2013".join(dict.fromkeys((claims[0], claims[-1]))) if claims else parts[0]
        if head(page) != ("" if number in [first for _, first in chapters] else wanted.upper()):
            found.append((number, head(page)))
    return found


def test_running_heads_name_chapter_and_section():
    assert len(CHAPTERS) == sum(level == 1 for level, _ in wanted())
    sheets = sorted(((claim, page) for claim, page in sheet_pages(PAGES).items()),
                    key=lambda one: (one[1], TEXT.index(folded(f"{one[0]} \N{MIDDLE DOT}"))))
    pages = [page for page in DRAWN if page.number > 2]
    assert misheaded(pages, CHAPTERS, SECTIONS, sheets) == []
    assert len({head(page) for page in pages if page.number % 2}
               & {head(page) for page in pages if not page.number % 2}) <= 2, "left and right differ"
    first = CHAPTERS[2][1]
    left, right = (DRAWN[first + (first % 2 == turn)] for turn in (0, 1))
    assert ((left.number + 1) % 2 == 0
            and misheaded([left], [("Another", first)], SECTIONS, sheets) == [(left.number + 1, head(left))])
    assert misheaded([right], CHAPTERS, [("Another", right.number + 1)], sheets) == [(right.number + 1, head(right))]
    assert misheaded([right], [("Another", right.number + 1)], SECTIONS, sheets) == [(right.number + 1, head(right))]


SHEETS = next(first for title, first in CHAPTERS if title.startswith("Appendix A"))
"""The page on which the index of claims begins, before the sheets."""


def sheet_pages(pages):
    """Return the page on which the sheet of each claim begins, by its title with its number and kind below."""
    found = {}
    for claim_id, claim in tables.load()["claims"].iterrows():
        title = f"{claim['stated_text'][0].upper()}{claim['stated_text'][1:]}"
        top = folded(f"{title}{claim_id} \N{MIDDLE DOT} {claim['kind']}")
        found[claim_id] = next(
            (number for number, text in enumerate(pages, 1) if number >= SHEETS and top in folded(text)), 0)
    return found


def misplaced(pages):
    """Return the claims whose sheet is not on the page that the index gives for it, and the
    chips that name another page."""
    sheets = sheet_pages(pages)
    index = "\n".join(pages[SHEETS - 1 : min(sheets.values()) or None])
    entries = {claim_id: re.search(rf"^{claim_id}\b.*?(\d+)$", index, re.M | re.S) for claim_id in sheets}
    chips = re.findall(r"\b(C\d+)\s*[^\w\s]\s+p\.\s*(\d+)", "\n".join(pages[: SHEETS - 1]))
    assert len(chips) > len(sheets)
    return sorted({c for c, entry in entries.items() if entry is None or int(entry[1]) != sheets[c]}
                  | {c for c, page in chips if int(page) != sheets[c]})


def test_no_letter_is_copied_with_a_place_to_break():
    assert "\u200b" not in "".join(PAGES)


def test_index_and_chips_give_the_page_of_every_sheet():
    assert misplaced(PAGES) == []
    caption = parsed("claims").select_one("#tab-scoreboard caption").get_text(" ", strip=True).removesuffix(" #")
    assert INDEX in caption and caption in " ".join(PAGES[SHEETS - 1].split())
    at = sheet_pages(PAGES)["C73"]
    assert "C73" in misplaced([*PAGES[: at - 1], PAGES[at - 1].replace("C73", "C00"), *PAGES[at:]]), (
        "a sheet on another page must show")
    chapter = next(number for number, text in enumerate(PAGES) if re.search(rf"C73\W+p\.\s*{at}\b", text))
    spoilt = re.sub(r"(C73\W+p\.\s*)\d+", r"\g<1>7", PAGES[chapter])
    assert misplaced([*PAGES[:chapter], spoilt, *PAGES[chapter + 1 :]]) == ["C73"], "a chip with another page must show"


# -- a report

ORIGIN = paths.COMMIT.read_text("utf-8") if paths.COMMIT.is_file() else watch.origin(paths.ROOT)
"""The commit that the book is built from."""
NAMES = [name for name in watch.listed(paths.ROOT)[0] if not name.startswith("tests/")]
BOOK = {name: downloads.without_drawings(content) if name.endswith(".ipynb") else content
        for name, content in downloads.held(NAMES)}
BOOK |= {"claims.json": (HTML / "claims.json").read_bytes()} | ({"COMMIT": ORIGIN.encode()} if ORIGIN else {})
"""What should be attached, by name: what the book is built from, and the claims with their verdicts."""


def unsaid(text):
    """Return what the cover does not say of commit and verdicts; tests/built/test_citing.py holds the rest."""
    claims, judged = tables.load()["claims"], all_judgements()
    states = [verdict_of(claim, judged) for _, claim in claims.iterrows()]
    said = [f"{wording.SIGN[state]} {states.count(state)} {wording.VERDICT[state].lower()}"
            for state in dict.fromkeys(states)]
    said += [f"Commit {ORIGIN.strip() or 'not known'}"]
    return [words for words in said if folded(words) not in folded(text)]


def test_the_cover_says_what_copy_this_is():
    assert unsaid(PAGES[0]) == []
    (words,) = unsaid(re.sub(r"\d+(\s+supported)", r"999\1", PAGES[0]))
    assert words.endswith(" supported"), "another number must show"
    strip = [drawing for drawing in DRAWN[0].get_drawings() if drawing["fill"] and 8 < drawing["rect"].height < 20]
    assert len(strip) == len(tables.load()["claims"])


def test_summary_and_contents_have_a_page_each():
    sections = SITE["index"].select("section section")
    figures = next(i for i, section in enumerate(sections) if section.select_one("figure"))
    parts = [part.get_text() for section in sections[:figures] for part in section.select("p")]
    summary = re.sub(PLAIN_CHIP, "", folded(PAGES[1]))
    assert len(parts) >= 6 and [part for part in parts if folded(part) not in summary] == []
    assert "Confidence:low" in summary and PAGES[2].startswith("Contents")
    listed = [(title, first) for title, first in CHAPTERS
              if not re.search(rf"{re.escape(folded(title))}{first}(?!\d)", folded(PAGES[2]))]
    assert listed == [] and sum(level == 2 and folded(title) in folded(PAGES[2])
                                for level, title, first in DRAWN.get_toc() if 3 < first < SHEETS) == 0


def depth(page):
    """Return how far down the text block of a page anything stands, 1 at its foot."""
    marks = [w[3] for w in page.get_text("words")] + [d["rect"].y1 for d in page.get_drawings()]
    return (max([mark for mark in marks if mark < 782], default=68) - 68) / 714


def bare(pages, last):
    """Return the pages that are almost empty, but those before a part or an appendix, which are `last`."""
    return [page.number + 1 for page in pages if depth(page) < (0.1 if page.number + 1 in last else 0.16)]


def test_the_report_has_at_most_fifty_pages_and_none_is_almost_empty():
    opens = [TITLES[names[0]] for _, names, level in PARTS if not level][1:] + [
        title for title, _, level in PARTS if level]
    last = {first - 1 for title, first in CHAPTERS if title in opens}
    assert (SHEETS - 1 <= 50 and len(last) == len(opens)
            and bare([page for page in DRAWN if page.number > 0], last) == [])
    page = pymupdf.open().new_page()
    page.insert_text((MARGIN, 120), "A line")
    assert bare([page], set()) == [1]


def lone(pages):
    """Return the pages at whose head stands one row alone of a sheet's table, below the header that is said again."""
    found = []
    for page in pages:
        words = page.get_text("words")
        for head in [w for w in words if w[4] == "Outcome" and w[1] < 110]:
            column = [w for w in words if abs(w[0] - head[0]) < 3 and w[1] > head[1]]
            ends = min([w[1] for w in words if w[4] in ("Rows", "Note:") and w[1] > head[1]], default=800)
            begun = any(w[4] == "Right" and 62 < w[1] < head[1] - 6 for w in words)
            found += [page.number + 1] if not begun and len([w for w in column if w[1] < ends]) == 1 else []
    return found


def test_no_row_of_a_table_stands_alone():
    assert lone(DRAWN) == []
    page = pymupdf.open().new_page()
    for place, text in [((400, 90), "Outcome"), ((400, 110), "passes"), ((100, 130), "Rows that decided")]:
        page.insert_text(place, text)
    assert lone([page]) == [1]
    page.insert_text((400, 120), "fails")
    assert lone([page]) == []


def shredded(pages, wanted):
    """Return those of some keys that do not stand whole on a line."""
    found = [word for page in pages for word in re.split(r"\s+", page.get_text())]
    return sorted({*wanted} - {*found})


def test_sources_are_references_and_no_key_or_hash_is_broken():
    sources = tables.load()["sources"]
    assert shredded(DRAWN, [*sources.index, data_digest()]) == [] and shredded([DRAWN[0]], ["cisatc"]) == ["cisatc"]
    first = next(first for title, first in CHAPTERS if title.startswith("Appendix B"))
    text = folded("".join(PAGES[first - 1 : CHAPTERS[-1][1] - 1]))
    ends = {key: text.index(folded(f"{key} \N{MIDDLE DOT} read: {row['extent_read']}"))
            for key, row in sources.iterrows()}
    by_author = [ends[key] for key, row in sorted(sources.iterrows(), key=lambda one: naming.author(one[1]).casefold())]
    assert sum(one > other for one, other in itertools.pairwise(by_author)) < len(ends) / 4, (
        "in the order of their authors")
    start = 0
    for key in sorted(ends, key=ends.get):
        row, entry, start = sources.loc[key], text[start : ends[key]], ends[key]
        day = (dates.long(date.fromisoformat(row["published"])) if re.fullmatch(r"\d{4}-\d\d-\d\d", row["published"])
               else row["published"][:4])
        people = [family for family, *_ in naming.people(row)] or [naming.author(row)]
        said = [*people, row["title"], row["url"], *([day] if row["published"][:4].isdigit() else [])]
        assert [words for words in said if folded(words) not in entry] == [], key
    assert folded("Xinhua. \u2018") in text and re.search(r"\d{1,2}[A-Z][a-z]+20\d\d\.https://", text), (
        "author, title, day")


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


def unlike(attached, wanted):
    """Return the names of the files that one of two has and the other has not, or has with other contents."""
    return sorted(name for name in attached.keys() | wanted if attached.get(name) != wanted.get(name))


def undescribed(document):
    """Return the names of the files that are attached to a document without a description."""
    return [name for name in document.embfile_names() if len(document.embfile_info(name)["description"]) < 8]


def test_attachments_are_the_files_of_the_book_each_with_a_description():
    attached = {name: DRAWN.embfile_get(name) for name in DRAWN.embfile_names()}
    assert unlike(attached, BOOK) == [] and undescribed(DRAWN) == []
    spoilt = BOOK | {"book/reach.ipynb": BOOK["book/reach.ipynb"].replace(b"Urumqi", b"Kashgar"), "more.csv": b""}
    del spoilt["data/trade.csv"]
    assert unlike(attached, spoilt) == ["book/reach.ipynb", "data/trade.csv", "more.csv"]
    document = pymupdf.open()
    document.new_page()
    document.embfile_add("a.csv", b"a", desc="Described in words")
    document.embfile_add("b.csv", b"b", desc="")
    assert undescribed(document) == ["b.csv"]


def test_a_chapter_runs_again_from_the_pdf_alone(tmp_path):
    """Its drawings come with it: the notebook stands as it is in the project."""
    assert folded(UNPACK) in TEXT
    shutil.copy(FILE, tmp_path)
    subprocess.run([sys.executable, "-c", UNPACK], cwd=tmp_path, check=True)
    top = tmp_path / citation.NAME
    checked = subprocess.run([sys.executable, "-m", "evidence.checks.everything"], cwd=top / "book",
                             capture_output=True, text=True)
    assert checked.returncode == 0 and "quotations not checked" in checked.stdout, checked.stderr
    chapter, wanted = top / "book" / "reach.ipynb", (paths.BOOK / "reach.ipynb").read_text("utf-8")
    bare = json.loads(chapter.read_text("utf-8"))
    bare["cells"] = [cell | {"outputs": []} if "outputs" in cell else cell for cell in bare["cells"]]
    chapter.write_text(json.dumps(bare), "utf-8")
    subprocess.run([sys.executable, "-I", "book/making/watch.py", "book/making/build.py", "rerun", "reach"],
                   cwd=top, check=True)
    assert json.loads(chapter.read_text("utf-8"))["cells"] == json.loads(wanted)["cells"] != bare["cells"]


# -- the same words as the site


UNREAD = ("script, style, svg, form, details.what-if, .cell_input, .tools, .cite, .rerun, .headerlink, "
          "details.claim > .card, details.folded, pre")
"""What is for the screen: code, links to files beside the site, the cards below the lines of
claims, and what else is folded."""


def chunks():
    """Return the paragraphs, cells, rows of claim lines, verdicts and captions of the pages that are printed."""
    found = []
    for name, page in SITE.items():
        article = copy.copy(page.select_one("article"))
        for unread in article.select(", ".join([UNREAD, "#tab-sources", *(f"section#{name}" for name in ON_SCREEN)])):
            unread.decompose()
        title = "h1, " if name != "index" else ""
        for part in article.select(f"{title}h2, h3, p, td, th, caption, span.said, span.found"):
            if words := " ".join(part.get_text().split()):
                found.append((name, words))
    return found


PLAIN = re.sub(PLAIN_CHIP, "", TEXT)
"""The text of the PDF without what it adds to a chip."""


def printed(words):
    """Return whether the PDF has the words, in one piece or, if long, cut in two by the end of a page."""
    text = folded(words)
    return any(text in whole
               or (len(text) > 40 and any(text[:i] in whole and text[i:] in whole for i in range(1, len(text))))
               for whole in (TEXT, PLAIN))


def test_every_word_and_number_of_the_site_is_in_the_pdf():
    found = chunks()
    missing = [(page, words) for page, words in found if not printed(words)]
    assert len(found) > 2000 and missing == []
    assert sum(bool(re.match(r"(Fig\.|Table) \d", words)) for _, words in found) >= 15, "captions with their numbers"
    assert not printed("Russia supplied 99.9 per cent of the arms")
    shown = {f"{wording.SIGN[v]} {wording.VERDICT[v]}" for v in wording.VERDICT}
    assert len(shown & {words for _, words in found}) >= 5
