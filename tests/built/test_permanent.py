"""An address that an edition gave out is one for ever: addresses.txt lists pages, claims, sheets, figures, tables
and downloads. It may grow; a line that goes needs a redirect, and none is made."""

import re
from pathlib import Path

from evidence import paths

SITE = paths.BUILD / "html"
LISTED = Path(__file__).with_name("addresses.txt").read_text("utf-8").split()
ANCHOR = re.compile(r'\bid="((?:c\d\d|fig-[\w-]+|tab-[\w-]+))"')
FILES = ("claims.json", "claims.csv", "data.zip", "rerun.zip", "book/kazakh-chinese-exchanges.pdf")


def addresses(site):
    """Return every address that a site gives out."""
    pages = [page for folder in ("book", "claims") for page in sorted((site / folder).glob("*.html"))]
    found = {name for name in FILES if (site / name).is_file()}
    for page in pages:
        name = page.relative_to(site).as_posix()
        found |= {name, *(f"{name}#{anchor}" for anchor in ANCHOR.findall(page.read_text("utf-8")))}
    return found


def test_every_address_that_was_given_out_is_there():
    assert sorted(set(LISTED) - addresses(SITE)) == []


def test_every_new_address_is_listed():
    assert sorted(addresses(SITE) - set(LISTED)) == [], "add these lines to tests/built/addresses.txt"


def test_an_address_that_is_gone_is_noticed(tmp_path):
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "reach.html").write_text('<p id="fig-a">', "utf-8")
    assert addresses(tmp_path) == {"book/reach.html", "book/reach.html#fig-a"}
