"""The built site: every page, figure, table, anchor and download that should be there."""

import json
import re
from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup
from evidence import paths, tables
from evidence.charts import all_charts

HTML = paths.BUILD / "html"
BOOK = tables.load()


class Page:
    """What a page holds: ids, links, images, visible text."""

    def __init__(self, path: Path):
        page = BeautifulSoup(path.read_text("utf-8"), "html.parser")
        self.path, self.images = path, [image.attrs for image in page.select("img")]
        self.ids, self.links = [node["id"] for node in page.select("[id]")], [node["href"] for node in page.select("a[href]")]
        self.text = "".join(page.find_all(string=lambda words: words.parent.name not in ("script", "style")))


PAGES = {path.relative_to(HTML).as_posix(): Page(path) for path in sorted(HTML.rglob("*.html")) if "_static" not in path.parts}


def test_pages_are_those_of_the_toc():
    toc = yaml.safe_load((paths.ROOT / "_toc.yml").read_text("utf-8"))
    listed = {toc["root"]} | {chapter["file"] for part in toc["parts"] for chapter in part["chapters"]}
    assert set(PAGES) == {f"{name}.html" for name in listed} | {"index.html", "genindex.html", "search.html", "404.html"}


def test_every_claim_has_its_anchor_and_every_anchor_its_claim():
    document = json.loads((HTML / "claims.json").read_text("utf-8"))
    anchors = {f"{name}#{i}" for name, page in PAGES.items() for i in page.ids if re.fullmatch(r"claim-c\d+[a-z]?", i)}
    assert anchors == {claim["url"] for claim in document["claims"]}


def test_every_figure_is_there_with_alt_caption_and_rows():
    drawn = [i for page in PAGES.values() for i in page.ids if i.startswith("fig-")]
    assert sorted(drawn) == sorted(f"fig-{name}" for name in all_charts())
    for name in all_charts():
        assert (HTML / "data" / f"{name}.csv").stat().st_size > 0
    for page in PAGES.values():
        for image in page.images:
            assert len(image.get("alt", "")) > 40, image


def test_every_numbered_table_is_there():
    shown = [i for page in PAGES.values() for i in page.ids if i.startswith("tab-")]
    text = "".join(path.read_text("utf-8") for path in sorted(paths.BOOK.glob("*.ipynb")))
    assert sorted(shown) == sorted(set(re.findall(r":name: (tab-[a-z0-9-]+)", text))) and len(shown) >= 10


@pytest.mark.parametrize("name", PAGES)
def test_links_and_anchors_lead_somewhere(name):
    page = PAGES[name]
    for link in page.links:
        target, _, anchor = link.partition("#")
        if re.match(r"[a-z]+:", target):
            continue
        path = (page.path.parent / target).resolve() if target else page.path
        assert path.is_file(), link
        if anchor and path.suffix == ".html":
            assert anchor in PAGES[path.relative_to(HTML).as_posix()].ids, link


def test_no_object_is_printed_instead_of_its_content():
    for name, page in PAGES.items():
        assert not re.search(r"<IPython|object at 0x|\{glue|\bnan\b", page.text), name


def test_scoreboard_shows_every_claim():
    table = re.search(r'<table[^>]*id="tab-scoreboard".*?</table>', (HTML / "book" / "index.html").read_text("utf-8"), re.S).group()
    ids = re.findall(r'href="[^"]*#claim-(c\d+)"', table)
    assert [i.upper() for i in ids] == list(BOOK["claims"].index)


def test_the_article_is_not_reprinted():
    seed = " ".join(paths.SEED.read_text("utf-8").split())
    for page in PAGES.values():
        text = " ".join(page.text.split())
        assert not any(seed[i : i + 700] in text for i in range(0, len(seed) - 700, 100))
