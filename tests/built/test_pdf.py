"""The built PDF: the same book as the site, tagged, with its numbers, captions and links."""

import html
import re

import pytest
from evidence import citation, paths, tables
from pypdf import PdfReader

HTML = paths.BUILD / "html"
FILE = HTML / "book" / "kazakh-chinese-exchanges.pdf"
READER = PdfReader(FILE)
PAGES = [page.extract_text() for page in READER.pages]


def folded(text):
    """Return text without white space, zero-width breaks and the hyphens of line ends, and with
    straight quotation marks."""
    text = text.translate(str.maketrans("\u2018\u2019\u201c\u201d", "''\"\""))
    return re.sub(r"[\s\u00ad\u200b\N{NO-BREAK SPACE}-]+", "", text)


TEXT = folded("\n".join(PAGES))


def test_both_copies_are_the_same_file():
    assert FILE.read_bytes() == (paths.BUILD / "pdf" / FILE.name).read_bytes()


def test_it_is_a_whole_book():
    assert len(PAGES) >= 40
    assert [i for i, text in enumerate(PAGES) if len(text.strip()) < 40] == [], "an empty page"


def test_standards_title_language_and_author():
    metadata = READER.xmp_metadata
    raw = READER.trailer["/Root"]["/Metadata"].get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in raw or 'pdfuaid:part="1"' in raw
    assert "<pdfaid:part>3</pdfaid:part>" in raw or 'pdfaid:part="3"' in raw
    assert metadata.dc_title["x-default"] == citation.load()["title"]
    assert metadata.dc_creator == [citation.contributors()]
    assert READER.trailer["/Root"]["/Lang"] == "en-GB"
    assert READER.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_bookmarks_lead_to_every_chapter():
    def titles(entries):
        return [t for e in entries for t in (titles(e) if isinstance(e, list) else [e.title])]

    found = titles(READER.outline)
    for path in (HTML / "book").glob("*.html"):
        heading = re.search(r'<h1>(.*?)<a class="headerlink"', path.read_text("utf-8")).group(1)
        assert html.unescape(re.sub(r"<[^>]+>", "", heading)).strip() in found


def test_every_claim_is_there():
    for claim_id, claim in tables.load()["claims"].iterrows():
        assert folded(f"{claim_id} {claim['stated_text'][0].upper()}{claim['stated_text'][1:]}") in TEXT, claim_id


def captions():
    """Return the number and words of every figure and table caption of the site."""
    found = []
    for path in sorted((HTML / "book").glob("*.html")):
        for number, words in re.findall(r'<span class="caption-number">([^<]+)</span><span class="caption-text">(.*?)</span><a', path.read_text("utf-8"), re.S):
            found.append(html.unescape(re.sub(r"<[^>]+>", "", number + words)))
    return found


def test_captions_and_numbers_are_those_of_the_site():
    found = captions()
    assert len(found) >= 15
    for caption in found:
        assert folded(caption) in TEXT, caption


def test_a_changed_caption_would_be_noticed():
    assert folded(captions()[0] + "x") not in TEXT


@pytest.mark.parametrize("wrong", ["<IPython", "object at 0x", "{glue", "Rows drawn (CSV)"])
def test_nothing_is_printed_that_should_not_be(wrong):
    assert folded(wrong) not in TEXT


def test_links_inside_the_book_work():
    links = [a.get_object() for page in READER.pages for a in page.get("/Annots") or [] if a.get_object().get("/Subtype") == "/Link"]
    inside = [a for a in links if "/Dest" in a or (a.get("/A") and a["/A"].get_object().get("/S") == "/GoTo")]
    assert len(inside) >= 100 and all("/Contents" in a or "/StructParent" in a for a in links)
