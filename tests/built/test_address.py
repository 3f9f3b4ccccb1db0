"""The site built with an address and a repository: canonical links, Highwire tags, ClaimReview and
Binder, and none without them."""

import html
import json
import re
import shutil
import subprocess
import sys

import pytest
import yaml
from evidence import paths, tables
from evidence.ledger import REPORT
from evidence.publish import citation
from evidence.verdicts import examine

BASE = "https://example.org/"
REPOSITORY = "https://github.com/example/exchanges"
CLAIMS = tables.load()["claims"]
RENDER = """
import sys
from pathlib import Path
sys.path[:0] = ["_build/sources/book/making", "_build/sources/book"]
import jupyter_book.config as config
import build
plain, (settings, doctrees, target) = config.get_final_config, map(Path, sys.argv[1:])
config.get_final_config = lambda **given: plain(**given | {"user_yaml": settings})
build.DOCTREES = doctrees
app = build.application(target)
build.write(app, app.build)
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Return the folder of the site, written again from the last build's documents with html.baseurl set."""
    folder = tmp_path_factory.mktemp("address")
    settings = yaml.safe_load((paths.ROOT / "_config.yml").read_text("utf-8"))
    settings["html"]["baseurl"] = BASE
    settings["repository"]["url"] = REPOSITORY
    extensions = settings["sphinx"]["local_extensions"]
    # Found from the file's own folder.
    extensions |= {name: str(paths.BUILD / "sources" / place) for name, place in extensions.items()}
    (folder / "_config.yml").write_text(yaml.safe_dump(settings), "utf-8")
    shutil.copytree(paths.BUILD / "doctrees", folder / "doctrees")
    command = [sys.executable, "-c", RENDER, str(folder / "_config.yml"), str(folder / "doctrees"),
               str(folder / "site")]
    done = subprocess.run(command, cwd=paths.ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return folder / "site"


@pytest.fixture(scope="module")
def site(built):
    """Return the pages of the site with an address by name."""
    return {path.stem: path.read_text("utf-8") for path in (built / "book").glob("*.html")}


@pytest.fixture(scope="module")
def short(built):
    """Return the pages that are the short addresses of claims, by anchor."""
    return {path.stem: path.read_text("utf-8") for path in (built / "claims").glob("*.html")}


@pytest.fixture(scope="module")
def plain():
    """Return the pages of the built site, which has no address."""
    return {path.stem: path.read_text("utf-8") for path in (paths.BUILD / "html" / "book").glob("*.html")}


def highwire(page):
    """Return the Highwire tags of a page: name and content."""
    return [(name, html.unescape(content))
            for name, content in re.findall(r'<meta name="(citation_\w+)" content="([^"]*)">', page)]


def linked_data(page, kind):
    """Return the JSON-LD of one type on a page."""
    found = [json.loads(text) for text in re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)]
    return [data for data in found if data["@type"] == kind]


def test_front_page_has_highwire_tags_and_no_other_page(site):
    assert highwire(site["index"]) == citation.highwire(BASE)
    assert (dict(highwire(site["index"]))["citation_pdf_url"] == f"{BASE}book/{citation.PDF}"
            and (paths.BUILD / "html" / "book" / citation.PDF).is_file())
    assert [name for name, page in site.items() if highwire(page)] == ["index"]


def test_every_page_names_its_address(site):
    for name, page in site.items():
        assert re.findall(r'<link rel="canonical" href="([^"]*)"', page) == [f"{BASE}book/{name}.html"], name


def test_every_claim_has_its_review_on_the_page_of_its_sheet(site):
    judged = examine.all_judgements()
    for name, page in site.items():
        rows = [claim for _, claim in CLAIMS.iterrows() if f"sheets-{claim['chapter']}" == name]
        assert linked_data(page, "ClaimReview") == [citation.claim_review(claim, judged, BASE) for claim in rows], name
        for review in linked_data(page, "ClaimReview"):
            assert f'<section class="cell tag_remove-input" id="{review["url"].partition("#")[2]}">' in page


def test_every_short_address_carries_its_review_and_the_address_of_the_sheet(short):
    judged = examine.all_judgements()
    for claim_id, claim in CLAIMS.iterrows():
        page, review = short[claim_id.lower()], citation.claim_review(claim, judged, BASE)
        assert (linked_data(page, "ClaimReview") == [review]
                and re.findall(r'<link rel="canonical" href="([^"]*)"', page) == [review["url"]])
    assert len(short) == len(CLAIMS)


def test_front_page_describes_the_book(site, plain):
    assert (linked_data(site["index"], "Book") == [citation.jsonld(BASE)]
            and linked_data(plain["index"], "Book") == [citation.jsonld()])
    for page in plain.values():
        assert f'<meta name="author" content="{citation.contributors()}">' in page


def test_without_an_address_none_is_invented(plain):
    for name, page in plain.items():
        assert not highwire(page) and not linked_data(page, "ClaimReview") and 'rel="canonical"' not in page, name


def launchers(page):
    """Return the addresses of a page that open a notebook elsewhere."""
    return re.findall(r'href="(https://(?:mybinder\.org|colab\.research\.google\.com)[^"]*)"', page)


def test_each_chapter_opens_on_binder_and_nothing_on_colab(site, plain):
    """Colab opens one notebook without its repository, and there `from evidence import ...` fails:
    a link to it would be wrong."""
    for name, page in site.items():
        wanted = ([f"https://mybinder.org/v2/gh/example/exchanges/main?urlpath=lab/tree/book/{name}.ipynb"]
                  if name in REPORT else [])
        assert [html.unescape(link) for link in launchers(page)] == wanted, name
        assert not wanted or "from evidence" in (paths.BOOK / f"{name}.ipynb").read_text("utf-8")
    assert not [name for name, page in plain.items() if launchers(page)]
    assert launchers('<a href="https://colab.research.google.com/github/example">')
