"""Notebooks and configuration: what the tools would let pass silently."""

import csv
import json
import re

import pytest
import yaml
from evidence import ledger, paths
from evidence.charts import all_charts

NOTEBOOKS = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(paths.BOOK.glob("*.ipynb"))}
MARKDOWN = {path.stem: path.read_text("utf-8") for path in sorted(paths.BOOK.glob("*.md"))}
TAGS = {"hide-input", "remove-input"}
CLAIMS = list(csv.DictReader((paths.DATA / "claims.csv").read_text("utf-8").splitlines()))
GLUE = re.compile(r"\{glue:(\w+)\}`([^`:]+)")


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
        for output in cell["outputs"]:
            if output["output_type"] in ("stream", "error"):
                found.append(f"{here}: prints or raises")
            if "image/png" in output.get("data", {}):
                found.append(f"{here}: stores a PNG, which nbval does not compare")
    used = {key for _, key in GLUE.findall(text)}
    found += [f"{name}: glues {key} and does not use it" for key in sorted(glued - used)]
    found += [f"{name}: uses {key} and does not glue it" for key in sorted(used - glued)]
    return found


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_notebook_is_in_order(name):
    assert faults(name, NOTEBOOKS[name]) == []


def spoilt(**changes):
    """Return the reach notebook with its last figure cell changed."""
    copy = json.loads(json.dumps(NOTEBOOKS["reach"]))
    cell = [c for c in copy["cells"] if "show.figure" in "".join(c["source"]) or "show.chart" in "".join(c["source"])][-1]
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
        ({"outputs": [{"output_type": "error", "ename": "E", "evalue": "x"}]}, "prints or raises"),
        ({"outputs": [{"output_type": "stream", "name": "stderr", "text": "x"}]}, "prints or raises"),
        ({"outputs": [{"output_type": "display_data", "data": {"image/png": ""}, "metadata": {}}]}, "stores a PNG"),
        ({"source": ['show.glue("c73.extra", 1)']}, "c73.extra is not stored"),
        ({"outputs": [{"output_type": "display_data", "data": {}, "metadata": {"scrapbook": {"name": "c73.unused"}}}]}, "does not use it"),
    ],
)
def test_a_notebook_out_of_order_is_named(changes, message):
    assert any(message in fault for fault in faults("reach", spoilt(**changes)))


@pytest.mark.parametrize(
    ("text", "message"),
    [("# Another title\n", "not one H1 at the top"), ("{glue:text}`c73.nowhere`\n", "uses c73.nowhere and does not glue it")],
)
def test_text_out_of_order_is_named(text, message):
    notebook = spoilt()
    notebook["cells"].append({"cell_type": "markdown", "metadata": {}, "source": [text]})
    assert any(message in fault for fault in faults("reach", notebook))


def glued(notebooks):
    """Return every glue key that some notebooks make."""
    outputs = [o for name in notebooks for cell in code_cells(name, notebooks) for o in cell["outputs"]]
    return [o["metadata"]["scrapbook"]["name"] for o in outputs if "scrapbook" in o.get("metadata", {})]


def test_no_glue_key_is_made_twice():
    keys = glued(NOTEBOOKS)
    assert len(keys) == len(set(keys)) > 0
    again = glued(NOTEBOOKS | {"copy": next(NOTEBOOKS[name] for name in NOTEBOOKS if glued({name: NOTEBOOKS[name]}))})
    assert len(again) > len(set(again)), "a page that glues the same again must show"


def figures_shown(notebooks):
    """Return the figures that some notebooks show, in order of their names."""
    outputs = [o for name in notebooks for cell in code_cells(name, notebooks) for o in cell["outputs"]]
    shown = [o["metadata"]["exhibit"] for o in outputs if "exhibit" in o.get("metadata", {})]
    return sorted(exhibit["name"] for exhibit in shown if exhibit["kind"] == "figure")


def test_every_figure_is_shown_once():
    assert figures_shown(NOTEBOOKS) == sorted(all_charts())
    assert figures_shown(NOTEBOOKS | {"copy": NOTEBOOKS["reach"]}) != sorted(all_charts()), "a figure shown twice must show"
    assert figures_shown({name: NOTEBOOKS[name] for name in NOTEBOOKS if name != "reach"}) != sorted(all_charts()), "a figure left out must show"


def cards_shown(chapter, cells):
    """Return the claims whose cards some code cells show, in order."""
    own = [row["claim_id"] for row in CLAIMS if row["chapter"] == chapter]
    found = []
    for call, named in re.findall(r'show\.(claim|cards_of)\(([^)]*)\)', "\n".join(cells)):
        found += own if call == "cards_of" else re.findall(r"C\d+\w?", named)
    return found


@pytest.mark.parametrize("chapter", ledger.CHAPTERS)
def test_every_chapter_shows_each_of_its_cards_once(chapter):
    cells = ["".join(cell["source"]) for cell in code_cells(chapter)]
    own = sorted(row["claim_id"] for row in CLAIMS if row["chapter"] == chapter)
    assert sorted(cards_shown(chapter, cells)) == own != []
    assert sorted(cards_shown(chapter, [*cells, f'show.claim("{own[0]}")'])) != own, "a card shown twice must show"


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

    default = yaml.safe_load((paths.Path(jupyter_book.__file__).parent / "default_config.yml").read_text("utf-8")) | {"bibtex_bibfiles": None}
    found = [key for key in config if key not in default]
    return found + [f"{key}.{inner}" for key in config if isinstance(default.get(key), dict) for inner in config[key] if inner not in default[key]]


def test_config_has_no_unknown_key():
    config = yaml.safe_load((paths.ROOT / "_config.yml").read_text("utf-8"))
    assert unknown_keys(config) == []
    assert unknown_keys(config | {"autor": "x", "execute": {"timeouts": 1}}) == ["autor", "execute.timeouts"]


def astray(text):
    """Return the claims that some text leads to and the ledger does not have."""
    return {f"C{n}" for n in re.findall(r"#claim-c(\d+)", text)} - {row["claim_id"] for row in CLAIMS}


def test_every_reference_to_a_claim_exists():
    text = "\n".join([*MARKDOWN.values(), json.dumps(NOTEBOOKS), (paths.ROOT / "README.md").read_text("utf-8")])
    assert "#claim-c" in text and astray(text) == set()
    assert astray(f"{text} [gone](#claim-c999)") == {"C999"}


def binder_fault(config, runtime):
    """Return what is wrong with the Python that Binder would take for a site with a repository."""
    linked = (config.get("repository") or {}).get("url")
    return "Binder takes a Python older than 3.11: add runtime.txt" if linked and runtime not in ("python-3.11", "python-3.12", "python-3.13") else ""


def test_binder_links_lead_to_a_python_that_the_lock_is_for():
    runtime = paths.ROOT / "runtime.txt"
    assert binder_fault(yaml.safe_load((paths.ROOT / "_config.yml").read_text("utf-8")), runtime.read_text("utf-8").strip() if runtime.is_file() else "") == ""
    linked = {"repository": {"url": "https://github.com/example/exchanges"}}
    assert binder_fault(linked, "") and binder_fault(linked, "python-3.10") and not binder_fault(linked, "python-3.13")
