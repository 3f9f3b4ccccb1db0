"""What a notebook stores plainly, for any reader, becomes on a page: numbers behind marks, links to sheets, and
hidden code, which folds into the line under the exhibit that it leads to."""

import json
import re

import pytest
from bs4 import BeautifulSoup
from sphinx.testing.util import SphinxTestApp

SHEETS = "# Sheets\n\n::::{sheet} C73\nThe range lies 1,200 miles away\n\nHow it is read.\n::::\n"
TABLE = ":::{table} One finding.\n:name: tab-a\n\n| a |\n|---|\n| 1 |\n:::\n"


def cell(kind, source, number, tags=(), outputs=()):
    """Return a cell of a notebook."""
    made = {"cell_type": kind, "id": f"cell-{number}", "metadata": {"tags": list(tags)} if tags else {},
            "source": source}
    return made | ({"execution_count": 1, "outputs": list(outputs)} if kind == "code" else {})


def shows(text):
    """Return an output of Markdown."""
    return {"output_type": "display_data", "data": {"text/markdown": text, "text/plain": text}, "metadata": {}}


def stores(key, value):
    """Return an output that stores a value for the prose."""
    about = {"scrapbook": {"name": key, "mime_prefix": "application/papermill.record/"}}
    return {"output_type": "display_data", "data": {"application/papermill.record/text/plain": repr(value)},
            "metadata": about}


@pytest.fixture
def page(tmp_path):
    """Return a function that builds a page from cells and returns its article and what Sphinx warned of."""
    apps = []

    def built(*cells):
        python = {"kernelspec": {"name": "python3", "display_name": "Python"}, "language_info": {"name": "python"}}
        whole = [cell(*given, number) if len(given) == 2 else cell(*given[:2], number, *given[2:])
                 for number, given in enumerate(cells)]
        notebook = {"cells": whole, "metadata": python, "nbformat": 4, "nbformat_minor": 5}
        index = "# Front\n\n```{toctree}\nreach\nsheets-reach\n```\n"
        for name, text in {"index.md": index, "sheets-reach.md": SHEETS, "reach.ipynb": json.dumps(notebook)}.items():
            (tmp_path / "book").mkdir(exist_ok=True)
            (tmp_path / "book" / name).write_text(text, "utf-8")
        (tmp_path / "conf.py").write_text("", "utf-8")
        given = {"extensions": ["myst_nb", "charts", "claims"],
                 "myst_enable_extensions": ["colon_fence", "attrs_inline"]}
        given |= {"numfig": True, "nb_execution_mode": "off"}
        given |= {"nb_render_markdown_format": "myst", "root_doc": "book/index", "html_theme": "basic",
                  "suppress_warnings": ["config.cache"]}
        apps.append(app := SphinxTestApp(srcdir=tmp_path, confoverrides=given))
        app.build()
        text = (app.outdir / "book" / "reach.html").read_text("utf-8")
        return (BeautifulSoup(text, "html.parser").select_one("div.body"),
                re.sub(r"\x1b\[[\d;]*m", "", app.warning.getvalue()))

    yield built
    for app in apps:
        app.cleanup()


def test_a_number_behind_its_mark_is_pasted_and_the_mark_is_not_shown(page):
    prose = ("# Reach\n\nIt lies **<!--c73.low:,.0f-->1,206** miles away, on <!--c24.day-->24 April 2012<!--/-->, "
             "of <!--c31.both-->6.")
    prose += " Of <!--c31.both:w-->six<!--/--> boxes."
    found, warned = page(("markdown", prose), ("code", "x", (),
        [stores("c73.low", 1205.6), stores("c24.day", "24 April 2012"), stores("c31.both", 6)]))
    assert ([node.get_text() for node in found.select("span.pasted-text")] == ["1,206", "24 April 2012", "6", "six"]
            and not warned)
    assert ("It lies 1,206 miles away, on 24 April 2012, of 6. Of six boxes." in found.get_text()
            and "<!--" not in str(found))


def test_what_is_pasted_is_what_the_notebook_stores_now(page):
    found, _ = page(("markdown", "# Reach\n\nIt lies <!--c73.low:.0f-->606 miles away."),
                    ("code", "x", (), [stores("c73.low", 617.2)]))
    assert "It lies 617 miles away." in found.get_text()


def test_a_mark_without_its_value_is_named(page):
    _, warned = page(("markdown", "# Reach\n\nIt lies <!--c73.low:.0f-->606 miles away."), ("code", "x"))
    assert "c73.low" in warned, warned


def test_a_link_to_a_sheet_is_a_chip_whose_words_are_the_claim_alone(page):
    found, warned = page(("markdown",
                          "# Reach\n\nSee [C73](sheets-reach.ipynb#c73) or [the range](sheets-reach.ipynb#c73)."))
    links = [(link.get_text(), link["href"], "chip" in link["class"]) for link in found.select("p a.internal")]
    assert (links == [("C73", "sheets-reach.html#c73", True), ("the range", "sheets-reach.html#c73", False)]
            and not warned)


def test_code_in_a_cell_is_left_as_it_is(page):
    found, _ = page(("markdown", "# Reach"), ("code", "x = '<!--c73.low-->7 [C73](sheets-reach.ipynb#c73)'"))
    assert "<!--c73.low-->7 [C73](sheets-reach.ipynb#c73)" in found.select_one("pre").get_text()


def test_hidden_code_folds_into_the_line_under_the_exhibit_it_leads_to(page):
    hidden = ["hide-input"]
    found, warned = page(
        ("markdown", "# Reach"), ("code", "first = 1", hidden), ("markdown", "Words between."),
        ("code", "second = 2", hidden, [shows(TABLE)]),
        ("code", "third = 3", hidden, [shows(TABLE.replace("tab-a", "tab-b"))]),
    )
    lines = found.select("div.tools")
    assert [[pre.get_text().strip() for pre in line.select("details.code pre")] for line in lines] == [
        ["first = 1", "second = 2"], ["third = 3"]]
    assert [line.find_previous("table")["id"] for line in lines] == ["tab-a", "tab-b"] and not warned
    assert len(found.select("pre")) == 3 and all(fold.summary.get_text() == "Code"
                                                 for fold in found.select("details.code"))


def test_code_that_is_shown_or_removed_stays_where_it_is(page):
    found, _ = page(("markdown", "# Reach"), ("code", "shown = 1"),
                    ("code", "removed = 2", ["remove-input"], [shows(TABLE)]))
    assert [pre.get_text().strip() for pre in found.select("pre")] == ["shown = 1"] and not found.select("details")
