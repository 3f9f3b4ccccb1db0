"""The built site: every page, figure, table, anchor and download that should be there."""

import json
import re
from collections import Counter
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml
from bs4 import BeautifulSoup
from common import curled, dead
from evidence import paths, tables
from evidence.ledger import CHAPTERS, REPORT
from evidence.pages.claims import TENSES
from evidence.publish import citation
from evidence.verdicts import examine, wording
from evidence.verdicts.examine import state_of

HTML = paths.BUILD / "html"
BOOK, JUDGED = tables.load(), examine.all_judgements()


class Page:
    """What a page holds: ids and visible text."""

    def __init__(self, path: Path):
        page = BeautifulSoup(path.read_text("utf-8"), "html.parser")
        self.ids = [node["id"] for node in page.select("[id]")]
        self.text = "".join(page.find_all(string=lambda words: words.parent.name not in ("script", "style")))


PAGES = {path.relative_to(HTML).as_posix(): Page(path)
         for path in sorted(HTML.rglob("*.html")) if "_static" not in path.parts}


def test_pages_are_those_of_the_toc():
    toc = yaml.safe_load((paths.ROOT / "_toc.yml").read_text("utf-8"))
    listed = {toc["root"]} | {chapter["file"] for part in toc["parts"] for chapter in part["chapters"]}
    addresses = {f"claims/{claim_id.lower()}" for claim_id in BOOK["claims"].index}
    assert set(PAGES) == {f"{name}.html" for name in listed | addresses} | {
        "index.html", "genindex.html", "search.html", "404.html"}


def places(pages, pattern):
    """Return every place of some pages whose id matches a pattern, as an address."""
    return sorted(f"{name}#{i}" for name, page in pages.items() for i in page.ids if re.fullmatch(pattern, i))


def astray(pages):
    """Return the places of lines and sheets that should be there and are not, or are there
    twice, or should not be there."""
    claims = json.loads((HTML / "claims.json").read_text("utf-8"))["claims"]
    sheets = [claim["sheet"] for claim in claims]
    lines = [f"book/{claim['chapter']}.html#line-{claim['id'].lower()}" for claim in claims]
    found = Counter(places(pages, r"c\d+[a-z]?") + places(pages, r"line-c\d+[a-z]?"))
    found.subtract(sheets + lines)
    return sorted(place for place, count in found.items() if count)


def test_every_claim_has_one_line_and_one_sheet_where_its_address_says():
    assert astray(PAGES) == []
    spoilt = {name: SimpleNamespace(ids=[*page.ids, "line-c73"] if name == "book/reach.html" else page.ids)
              for name, page in PAGES.items()}
    del spoilt["book/sheets-thesis.html"]
    assert "book/reach.html#line-c73" in astray(spoilt) and "book/sheets-thesis.html#c03" in astray(spoilt)


def parsed(name):
    """Return a page, as it can be searched."""
    return BeautifulSoup((HTML / name).read_text("utf-8"), "html.parser")


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_line_shows_words_verdict_and_finding_before_it_unfolds_and_the_card_after(chapter):
    for line in parsed(f"book/{chapter}.html").select("details.claim"):
        claim = BOOK["claims"].loc[line["id"].removeprefix("line-").upper()]
        summary, card = line.select_one("summary"), line.select_one("summary ~ .card")
        said = curled(claim["said"]).replace('"', "'")  # quotation marks within others are single
        assert f'"{said}"' in curled(summary.select_one(".said").get_text()) and not summary.select("p, div")
        state = next(state for tense in TENSES if (state := state_of(claim, tense, JUDGED)))
        assert summary.select_one(".verdicts .badge").get_text() == f"{wording.SIGN[state]} {wording.VERDICT[state]}"
        assert summary.select_one(".found").get_text().strip() and not line.has_attr("open")
        assert summary.select_one(".said .claim-id").get_text() == claim["claim_id"] and not summary.a, (
            "what unfolds a line holds no link")
        assert f"sheets-{chapter}.html#{claim['claim_id'].lower()}" in [a["href"] for a in card.select("a")]


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_sheet_has_the_sentence_with_the_claim_marked_and_each_reading(chapter):
    page = parsed(f"book/sheets-{chapter}.html")
    for claim_id, claim in BOOK["claims"][BOOK["claims"]["chapter"] == chapter].iterrows():
        sheet = page.select_one(f"section#{claim_id.lower()}")
        assert curled(sheet.select_one("blockquote .marked").get_text()) == curled(claim["quote"])
        assert curled(sheet.blockquote.get_text()) == curled(claim["context"])
        made = [JUDGED[claim_id, tense] for tense in TENSES if (claim_id, tense) in JUDGED]
        unsettled = [r for j in made for r in (j.main, *j.alternatives)
                     if r.outcome == "open" or j.verdict in ("untestable", "mixed")]
        assert (len(sheet.select("li .badge")) == len(made)
                and ("What would settle it:" in sheet.get_text()) == bool(unsettled))
        readings = sum(len(judgement.readings) for judgement in made if judgement.verdict != "untestable")
        tables = sheet.select("table")
        assert (len(tables) == bool(readings) and len(sheet.select("tbody tr")) >= readings
                and not sheet.select("caption"))


def test_every_short_address_leads_to_its_sheet_and_says_what_was_found():
    for claim_id, claim in BOOK["claims"].iterrows():
        page, there = (parsed(f"claims/{claim_id.lower()}.html"),
                       f"../book/sheets-{claim['chapter']}.html#{claim_id.lower()}")
        tags = {tag.get("name") or tag.get("property") or tag.get("http-equiv"): tag["content"]
                for tag in page.select("meta[content]")}
        assert tags["refresh"] == f"0; url={there}" and page.a["href"] == there
        assert page.title.get_text() == tags["og:title"] == page.a.get_text() == citation.claim_title(claim, JUDGED)
        assert tags["description"] == tags["og:description"] != ""


def test_a_phone_is_sent_its_own_drawing_of_every_figure():
    for name in ("index", *REPORT):
        for figure in parsed(f"book/{name}.html").select("figure"):
            (source,), (image,) = figure.select("picture source"), figure.select("img")
            wide, narrow = ((HTML / "book" / path).resolve() for path in (image["src"], source["srcset"]))
            assert (source["media"] == "(max-width: 576px)" and wide.is_file() and narrow.is_file()
                    and wide.read_bytes() != narrow.read_bytes())
            assert narrow.name == f"narrow-{figure['id'].removeprefix('fig-')}.svg"


def test_links_lead_somewhere():
    assert dead(HTML) == []
    downloads = parsed("book/index.html").select("#downloads a[href], #how-to-cite a[href]")
    assert {re.sub(r".*\.", "", link["href"]) for link in downloads} >= {"pdf", "zip", "json", "csv", "bib"}


def test_a_dead_link_is_named(tmp_path):
    (tmp_path / "a.html").write_text('<a id="x" href="b.html#x"></a><img src="/c.svg"><a href="a.html?x#x"></a>'
                                     '<a href="#y"></a><a href="#x"></a><a href="https://example.org/"></a>')
    assert dead(tmp_path) == ["a.html: #y", "a.html: /c.svg", "a.html: b.html#x"]


def test_no_object_is_printed_instead_of_its_content():
    for name, page in PAGES.items():
        assert not re.search(r"<IPython|object at 0x|\{glue|\bnan\b", page.text), name


def test_scoreboard_shows_every_claim():
    links = [link["href"] for link in parsed("book/claims.html").select("#tab-scoreboard td:first-child a.chip")]
    assert links == [f"sheets-{claim['chapter']}.html#{claim_id.lower()}"
                     for claim_id, claim in BOOK["claims"].iterrows()]


def test_a_chip_has_the_verdict_of_its_page_s_time():
    """C40: qualified at writing, contradicted since."""
    titles = {name: parsed(f"book/{name}.html").select_one('p a.chip[href$="#c40"]')["title"]
              for name in ("economy", "since")}
    assert titles == {"economy": "Qualified, at writing", "since": "Contradicted, since"}


def misdealt(name, page):
    """Return the scripts that a page needs and is not sent, or is sent and does not need."""
    needed = {"cite.js": page.select("a.cite[data-bibtex]"), "filter.js": page.select("table#tab-scoreboard"),
              "what-if.js": page.select(".what-if")}
    sent = [script["src"].rpartition("/")[2].partition("?")[0] for script in page.select("script[src]")]
    return [f"{name}: {script}" for script, nodes in needed.items() if bool(nodes) != (script in sent)]


def test_a_page_is_sent_the_scripts_it_needs_and_no_other():
    pages = {name: parsed(name) for name in PAGES}
    assert [fault for name, page in pages.items() for fault in misdealt(name, page)] == []
    assert pages["book/claims.html"].select("#tab-scoreboard") and pages["book/sheets-reach.html"].select("#c73 a.cite")
    pages["book/claims.html"].select_one("script[src*=filter]").decompose()
    assert misdealt("book/claims.html", pages["book/claims.html"]) == ["book/claims.html: filter.js"]


def test_the_article_is_not_reprinted():
    seed = " ".join(paths.SEED.read_text("utf-8").split())
    for page in PAGES.values():
        text = " ".join(page.text.split())
        assert not any(seed[i : i + 700] in text for i in range(0, len(seed) - 700, 100))
