"""The built site and the PDF say of the book what CITATION.cff says, field by field; every figure
and table is cited by its caption."""

import html
import json
import os
import re
import shutil
import subprocess
import zipfile
from datetime import datetime

import pytest
import surfaces
from evidence import paths
from evidence.publish import citation, provenance
from pypdf import PdfReader

HTML = paths.BUILD / "html"
CFF = citation.load()
CAPTION = re.compile(r'<span class="caption-number">[^<]+</span><span class="caption-text">(.*?)</span>'
                     r'<a class="headerlink" href="#([\w-]+)"', re.S)
FIELDS = [field for field in CFF if field in surfaces.CHANGES]


def words(markup):
    """Return the text of some HTML."""
    return html.unescape(re.sub(r"<[^>]+>", "", markup))


def site():
    """Return what pages and downloads of the site say, as `surfaces.differences` takes it."""
    front, root, lost = ((HTML / name).read_text("utf-8") for name in ("book/index.html", "index.html", "404.html"))
    tags = {name: html.unescape(value)
            for name, value in re.findall(r'<meta (?:name|property)="([\w:]+)" content="([^"]*)"', front)}
    head = {
        "title": tags["og:site_name"], "short-title": words(re.search(r"<title>(.*?)</title>", front)[1]),
        "contributors": tags["author"], "language": re.search(r'<html lang="([\w-]+)"', front)[1],
        "licence": surfaces.licence(re.search(r'<link rel="license" href="([^"]*)"', front)[1]),
    }
    shown = words(front[front.index('id="how-to-cite'):])
    package = json.loads((HTML / "data" / "datapackage.json").read_text("utf-8"))
    return {
        "front page, tags": (head, "title short-title contributors language licence"),
        "front page, how to cite": (surfaces.sentence(shown), "title contributors version year doi"),
        "root page": ({"title": words(re.search(r"<title>(.*?)</title>", root)[1])}, "title"),
        "404 page": ({"title": words(re.search(r"<title>Page not found: (.*?)</title>", lost)[1])}, "title"),
        "data/datapackage.json": ({"short-title": package["title"].partition(": ")[0]}, "short-title"),
    }


def pdf():
    """Return what the PDF says, as `surfaces.differences` takes it."""
    reader = PdfReader(HTML / "book" / citation.PDF)
    page, about, info = (re.sub(r"\s+", " ", reader.pages[0].extract_text().replace("-\n", "-")), reader.xmp_metadata,
                         reader.metadata)
    raw = reader.trailer["/Root"]["/Metadata"].get_data().decode()
    cited = surfaces.sentence(page.partition("Cite as ")[2])
    release = re.search(r"Edition Version \S+, (\d+ \w+ \d{4})", page)[1]
    about_all = {
        "title": about.dc_title["x-default"], "subtitle": about.dc_description["x-default"],
        "contributors": " and ".join(about.dc_creator), "language": about.dc_language[0],
        "licence": surfaces.licence(about.dc_rights["x-default"]), "date": about.xmp_create_date.date().isoformat(),
        "keywords": re.search(r"<pdf:Keywords>(.*?)</pdf:Keywords>", raw)[1].replace(", ", "; "),
    }
    return {
        "PDF, title page": (
            cited | {
                "licence": surfaces.licence(page), "date": datetime.strptime(release, "%d %B %Y").date().isoformat(),
                "abstract": re.search(r"\d+ [a-z]+ (An .*?) Edition", page)[1],
                "short-title": page.partition(f" {CFF['title'].partition(': ')[2]}")[0],
            },
            "title short-title contributors version date year licence doi abstract",
        ),
        "PDF, XMP": (about_all, "title subtitle contributors language licence date keywords"),
        "PDF, information": (
            {
                "title": info.title, "subtitle": info.subject, "contributors": info.author,
                "date": info.creation_date.date().isoformat(),
                "keywords": info["/Keywords"].replace(", ", "; "),
            },
            "title subtitle contributors date keywords",
        ),
        "PDF, catalogue": ({"language": reader.trailer["/Root"]["/Lang"]}, "language"),
    }


@pytest.mark.parametrize("read", [site, pdf])
def test_every_built_surface_says_what_the_citation_file_says(read):
    assert surfaces.differences(read(), CFF) == []


@pytest.mark.parametrize("field", FIELDS)
def test_a_changed_field_is_noticed_on_every_built_surface_that_carries_it(field):
    assert surfaces.unnoticed({**site(), **pdf()}, field, CFF) == []


def test_citations_are_published_as_the_package_writes_them():
    """tests/test_citation.py holds each to the citation file, field by field."""
    front = (HTML / "book" / "index.html").read_text("utf-8")
    (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', front, re.S)
    assert json.loads(data) == citation.jsonld()
    assert citation.bibtex().strip() in words(front[front.index('id="how-to-cite'):])
    forms = {"bib": citation.bibtex(), "ris": citation.ris(), "json": citation.csl()}
    assert {form: (HTML / "cite" / f"book.{form}").read_text("utf-8") for form in forms} == forms


def test_the_archive_has_the_citation_file():
    with zipfile.ZipFile(HTML / "rerun.zip") as archive:
        assert archive.read(f"{citation.NAME}/CITATION.cff") == paths.CITATION.read_bytes()


def captions():
    """Return the caption of each figure and numbered table of the site by anchor."""
    found = {}
    for path in sorted((HTML / "book").glob("*.html")):
        text = path.read_text("utf-8")
        for words_, anchor in CAPTION.findall(text):
            found[anchor] = " ".join(words(words_).split())
    return found


def uncited(shown, folder):
    """Return the anchors whose BibTeX in a folder is missing or is not titled by the caption's opening."""
    found = []
    for anchor, caption in shown.items():
        path = folder / f"{anchor}.bib"
        title = surfaces.bibtex(path.read_text("utf-8"))["title"] if path.is_file() else ""
        if not title or not re.match(re.escape(title) + r"([.?!]|$)", caption):
            found.append(anchor)
    return found


def test_every_figure_and_table_is_cited_by_its_caption():
    shown = captions()
    assert set(shown) >= set(provenance.places()) and uncited(shown, HTML / "cite") == []


def test_a_citation_with_another_title_or_none_would_be_noticed():
    shown = captions()
    assert uncited(shown | {"fig-reach-map": "Another caption.", "fig-none": "One."}, HTML / "cite") == [
        "fig-reach-map", "fig-none"]


COMMANDS = {
    "biber": ["biber", "--tool", "--validate-datamodel", "--nolog", "-O", os.devnull],
    "pandoc": ["pandoc", "--citeproc", "--metadata", "nocite=@*", "-t", "plain", "-f", "biblatex"],
}
"""What reads BibTeX, where it is installed, and says nothing of a file that it likes."""


def warned(program, path):
    """Return what a program warns of when it reads a file; skip where it is not installed."""
    if not shutil.which(program):
        pytest.skip(f"{program} is not installed")
    done = subprocess.run([*COMMANDS[program], path], capture_output=True, text=True, check=False)
    return [line for line in (done.stdout + done.stderr).splitlines()
            if re.match(r"(WARN|ERROR|\[WARNING|Error)", line)]


@pytest.mark.parametrize("program", COMMANDS)
def test_other_programs_read_every_entry_without_a_warning(program, tmp_path):
    files = sorted((HTML / "cite").glob("*.bib"))
    whole = tmp_path / "all.bib"
    whole.write_text("\n".join(path.read_text("utf-8") for path in files if path.name != "items.bib"), "utf-8")
    assert len(files) > 100 and warned(program, whole) == []
    whole.write_text("@book{a, title = {B}\n@book{c, ", "utf-8")
    assert warned(program, whole), "an entry that is cut is noticed"
