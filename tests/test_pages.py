"""Notebooks and configuration: what the tools would let pass silently."""

import csv
import json
import re

import pytest
import yaml
from evidence import ledger, paths
from evidence.pages import html, pasted

NOTEBOOKS = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(paths.BOOK.glob("*.ipynb"))}
MARKDOWN = {path.stem: path.read_text("utf-8") for path in sorted(paths.BOOK.glob("*.md"))}
TAGS = {"hide-input", "parameters", "remove-input"}
CLAIMS = list(csv.DictReader((paths.DATA / "claims.csv").read_text("utf-8").splitlines()))


def code_cells(name, notebooks=NOTEBOOKS):
    """Return the code cells of a notebook."""
    return [cell for cell in notebooks[name]["cells"] if cell["cell_type"] == "code"]


def faults(name, notebook):
    """Return everything that is wrong with one notebook, as text."""
    found, glued, cells = [], set(), notebook["cells"]
    text = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
    if len(re.findall(r"^# ", text, re.M)) != 1 or not text.startswith("# "):
        found.append(f"{name}: not one H1 at the top")
    for number, cell in enumerate(cells):
        here, source = f"{name} cell {number}", "".join(cell["source"])
        if cell["cell_type"] != "code":
            continue
        if unknown := set(cell["metadata"].get("tags", [])) - TAGS:
            found.append(f"{here}: unknown tags {unknown}")
        if unknown := set(cell["metadata"]) - {"tags"}:
            found.append(f"{here}: unknown metadata {unknown}")
        if re.search(r"^\s*(def|class|lambda)\b", source, re.M):
            found.append(f"{here}: holds logic")
        if len([line for line in source.splitlines() if line.strip()]) > 20:
            found.append(f"{here}: more than 20 lines")
        new = [o["metadata"]["scrapbook"]["name"] for o in cell["outputs"] if "scrapbook" in o.get("metadata", {})]
        for call in re.findall(r"show\.glue\(.*?\)\n", f"{source}\n", re.S):
            for key in re.findall(r"\"([a-z0-9]+\.\w+)\"(?=[:,])", call):
                if key not in new:
                    found.append(f"{here}: {key} is not stored")
        glued |= set(new)
        if cell["execution_count"] is None:
            found.append(f"{here}: has no stored output")
    used = {mark["key"] for mark in pasted.MARK.finditer(text)}
    return found + [f"{name}: glues {key} and does not use it" for key in sorted(glued - used)]


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_notebook_is_in_order(name):
    assert faults(name, NOTEBOOKS[name]) == []


def spoilt(**changes):
    """Return the reach notebook with its last figure cell changed."""
    copy = json.loads(json.dumps(NOTEBOOKS["reach"]))
    cell = [c for c in copy["cells"] if "show.chart" in "".join(c["source"])][-1]
    cell.update(changes)
    return copy


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"metadata": {"tags": ["hide-imput"]}}, "unknown tags"),
        ({"source": ["def f():\n", "    pass"]}, "holds logic"),
        ({"source": ["a = 1\n"] * 21}, "more than 20 lines"),
        ({"metadata": {"collapsed": True}}, "unknown metadata"),
        ({"execution_count": None}, "no stored output"),
        ({"source": ['show.glue("c73.extra", 1)']}, "c73.extra is not stored"),
        ({"outputs": [{"output_type": "display_data", "data": {}, "metadata": {"scrapbook": {"name": "c73.unused"}}}]},
         "does not use it"),
    ],
)
def test_a_notebook_out_of_order_is_named(changes, message):
    assert any(message in fault for fault in faults("reach", spoilt(**changes)))


def test_another_title_is_named():
    notebook = spoilt()
    notebook["cells"].append({"cell_type": "markdown", "metadata": {}, "source": ["# Another title\n"]})
    assert any("not one H1 at the top" in fault for fault in faults("reach", notebook))


def glued(notebooks):
    """Return every glue key that some notebooks make."""
    outputs = [o for name in notebooks for cell in code_cells(name, notebooks) for o in cell["outputs"]]
    return [o["metadata"]["scrapbook"]["name"] for o in outputs if "scrapbook" in o.get("metadata", {})]


def test_no_glue_key_is_made_twice():
    keys = glued(NOTEBOOKS)
    assert len(keys) == len(set(keys)) > 0
    again = glued(NOTEBOOKS | {"copy": next(NOTEBOOKS[name] for name in NOTEBOOKS if glued({name: NOTEBOOKS[name]}))})
    assert len(again) > len(set(again)), "a page that glues the same again must show"


def shown(kind, name, notebooks=NOTEBOOKS):
    """Return the claims whose lines or sheets ("claim", "sheet") a notebook shows, in order, as its
    outputs have them in Markdown and in HTML."""
    outputs = [o["data"] for cell in code_cells(name, notebooks) for o in cell["outputs"]]
    text, html = ("".join(line for data in outputs for line in data.get(f"text/{form}", ()))
                  for form in ("markdown", "html"))
    found = re.findall(rf":::\{{{kind}\}} (\w+)$", text, re.M)
    heads = re.findall(r"<summary><a [^>]*>(\w+)</a>" if kind == "claim" else r'<h3 id="(c\w+)" ', html)
    assert [head.upper() for head in heads] == found, "HTML and Markdown show the same"
    return found


@pytest.mark.parametrize("chapter", ledger.CHAPTERS)
def test_every_claim_has_one_line_in_its_chapter_and_one_sheet(chapter):
    own = [row["claim_id"] for row in CLAIMS if row["chapter"] == chapter]
    assert sorted(shown("claim", chapter)) == own == shown("sheet", f"sheets-{chapter}") != []
    assert not shown("sheet", chapter) and not shown("claim", f"sheets-{chapter}")


def test_no_other_page_shows_a_line_or_a_sheet():
    others = {*NOTEBOOKS} - {*ledger.CHAPTERS} - {f"sheets-{chapter}" for chapter in ledger.CHAPTERS}
    assert [name for name in others for kind in ("claim", "sheet") if shown(kind, name)] == []


@pytest.mark.parametrize(("kind", "name"), [("claim", "reach"), ("sheet", "sheets-reach")])
def test_a_line_or_sheet_shown_twice_or_not_at_all_is_noticed(kind, name):
    own, copy = shown(kind, name), json.loads(json.dumps(NOTEBOOKS[name]))
    last = [cell for cell in copy["cells"] if f"show.{kind}(" in "".join(cell["source"])][-1]
    last["outputs"] *= 2
    assert shown(kind, name, {name: copy}) == [*own, own[-1]]
    last["outputs"] = []
    assert shown(kind, name, {name: copy}) == own[:-1]


def listed(text):
    """Return the pages that a table of contents names."""
    toc = yaml.safe_load(text)
    return {toc["root"]} | {chapter["file"] for part in toc["parts"] for chapter in part["chapters"]}


def test_toc_lists_every_page():
    text, pages = (paths.ROOT / "_toc.yml").read_text("utf-8"), {f"book/{name}" for name in (*NOTEBOOKS, *MARKDOWN)}
    assert listed(text) == pages
    assert listed(text.replace("book/reach", "book/reach-2")) != pages


def unknown_keys(config):
    """Return keys of _config.yml that Jupyter Book would ignore without a word."""
    import jupyter_book

    default = yaml.safe_load((paths.Path(jupyter_book.__file__).parent / "default_config.yml").read_text("utf-8")) | {
        "bibtex_bibfiles": None}
    found = [key for key in config if key not in default]
    return found + [f"{key}.{inner}" for key in config if isinstance(default.get(key), dict)
                    for inner in config[key] if inner not in default[key]]


def test_config_has_no_unknown_key():
    config = yaml.safe_load((paths.ROOT / "_config.yml").read_text("utf-8"))
    assert unknown_keys(config) == []
    assert unknown_keys(config | {"autor": "x", "execute": {"timeouts": 1}}) == ["autor", "execute.timeouts"]


SHEETS = {row["claim_id"]: f"sheets-{row['chapter']}.ipynb#{row['claim_id'].lower()}" for row in CLAIMS}
"""The address of each claim's sheet, from another notebook."""


def prose(notebooks=NOTEBOOKS):
    """Return the text of all Markdown cells and pages, which is read in notebooks too."""
    cells = [cell for book in notebooks.values() for cell in book["cells"] if cell["cell_type"] == "markdown"]
    return "\n".join([*MARKDOWN.values(), *("".join(cell["source"]) for cell in cells)])


def astray(text):
    """Return the links to claims that do not lead from a notebook to the sheet of the claim they name."""
    links = re.findall(r"\[(C\d+\w?)\]\(([^)]*)\)|\[([^\]]*)\]\(([^)]*#c\d+\w?)\)", text)
    named = [(claim or words, target or other) for claim, target, words, other in links]
    return [f"{words}: {target}" for words, target in named
            if target not in SHEETS.values() or SHEETS.get(words, target) != target]


def test_every_reference_to_a_claim_leads_to_its_sheet():
    assert prose().count(".ipynb#c") > 10 and astray(prose()) == []


@pytest.mark.parametrize(
    "link",
    [
        "[C999](sheets-reach.ipynb#c999)", "[C73](sheets-economy.ipynb#c73)", "[C73](sheets-reach.ipynb#c72)",
        "[C73](#c73)", "[C73](reach.ipynb#line-c73)",
        "[the raid](sheets-reach.ipynb#c999)",
    ],
)
def test_a_reference_that_leads_astray_is_named(link):
    assert len(astray(f"See {link} and [C70](sheets-reach.ipynb#c70) or [the bombers](sheets-reach.ipynb#c70).")) == 1


def unled(notebooks=NOTEBOOKS):
    """Return the addresses of sheets in the HTML of outputs that are none, with their notebooks."""
    outputs = [(name, o["data"]) for name in notebooks for cell in code_cells(name, notebooks) for o in cell["outputs"]]
    led = [(name, link) for name, data in outputs
           for link in re.findall(r'href="([^"]*#c\d[^"]*)"', "".join(data.get("text/html", ())))]
    return [pair for pair in led if pair[1] not in SHEETS.values()]


def test_the_html_of_outputs_leads_to_sheets_too():
    assert unled() == []
    spoilt = json.loads(json.dumps(NOTEBOOKS["reach"]).replace("sheets-reach.ipynb#c73", "sheets-economy.ipynb#c73"))
    assert {link for _, link in unled({"reach": spoilt})} == {"sheets-economy.ipynb#c73"}


def test_the_html_of_outputs_leads_somewhere_in_jupyterlab():
    """It looks for places by a name of its own, once each, and has no file that only the built site has."""
    shown = html.of(":::{table} Caption\n:name: tab-x\n\n| [S-A]{#source-s-a} | [2013-01-30]{.date} |\n|:--|:--|\n"
                    f"| {'a1' * 32} | [fig-x](../cite/fig-x.bib) |\n\n:::")
    assert [shown.count(f'id="{name}" data-jupyter-id="{name}"') for name in ("tab-x", "source-s-a")] == [1, 1]
    assert shown.count("data-jupyter-id") == 2 and "../cite" not in shown and "fig-x" in shown
    assert shown.count("overflow-wrap") == 1 and '<span style="white-space:nowrap">2013-01-30' in shown
