"""Sphinx extension of the book: a chart's output becomes a figure with caption, alt text, credit and
a link to its rows, and notebooks may be read as executed by the build."""

import hashlib
import re
import sys
from pathlib import Path
from typing import Any, cast

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.domains.std import StandardDomain
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.nodes import make_refnode

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from evidence.pages.show import NARROW
from evidence.publish import downloads, preview, provenance

log = logging.getLogger(__name__)
SVG = "image/svg+xml"


def as_written(drawing: str) -> bytes:
    """Return a drawing as MyST-NB writes it to a file that it names by its SHA-256."""
    return "\n".join(drawing.splitlines()).encode()


def size(drawing: str) -> dict[str, str]:
    """Return width and height of a drawing, whole: a page keeps as much room for it before it comes."""
    box = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', drawing)
    return dict(zip(("width", "height"), (f"{float(side):.0f}px" for side in box.groups()), strict=True)) if box else {}


def executed(env: BuildEnvironment, docname: str) -> Path:
    """Return the notebook of a page with the outputs that the page shows."""
    return Path(env.mystnb_config.output_folder, f"{docname}.ipynb")  # type: ignore[attr-defined]


class CompleteFigures(SphinxTransform):
    """Make each drawing that says what it is a figure: with the name, caption, alt text and credit
    of its output, and a link to the rows drawn."""

    default_priority = 400

    def apply(self, **kwargs) -> None:
        notebook = executed(self.env, self.env.docname)
        if not notebook.is_file():
            return
        charts = {
            hashlib.sha256(as_written(data[SVG])).hexdigest(): (exhibit, data)
            for exhibit, data in provenance.outputs(notebook)
            if exhibit["kind"] == "figure"
        }
        for image in list(self.document.findall(nodes.image)):
            if found := charts.get(Path(image["uri"]).stem):
                self.complete(image, *found)

    def complete(self, image: nodes.image, exhibit: dict[str, Any], data: dict[str, str]) -> None:
        """Put a figure in the place of an image."""
        image["alt"] = data["text/plain"]
        image.attributes.update(size(data[SVG]))
        figure = nodes.figure("", names=[provenance.anchor(exhibit)])
        figure.source, figure.line = image.source, image.line
        image.replace_self(figure)
        figure += self.pair(image, data[NARROW], exhibit["name"]) if NARROW in data else image
        figure += nodes.caption("", exhibit["caption"])
        figure += nodes.legend("", self.credit(exhibit), self.tools(exhibit))
        self.document.note_explicit_target(figure)

    def pair(self, image: nodes.image, drawing: str, name: str) -> nodes.container:
        """Return the wide drawing and the one for a phone as one child of a figure."""
        uri = f"{Path(image['uri']).parent.as_posix()}/narrow-{name}.svg"
        Path(self.env.relfn2path(uri, self.env.docname)[1]).write_bytes(as_written(drawing) + b"\n")
        image["classes"].append("wide")
        return nodes.container("", image,
                               nodes.image("", uri=uri, alt=image["alt"], classes=["narrow"], **size(drawing)))

    def credit(self, exhibit: dict[str, Any]) -> nodes.paragraph:
        """Return who made the data, and which claims they bear on."""
        credit = nodes.paragraph("", f"Source: {exhibit['credit']}", classes=["credit"])
        for place, claim_id in enumerate(exhibit["claims"]):
            credit += [nodes.Text(", " if place else " Bears on "), claim_reference(claim_id)]
        if exhibit["claims"]:
            credit += nodes.Text(".")
        return credit

    def tools(self, exhibit: dict[str, Any]) -> nodes.container:
        """Return the line of links under a figure, with the first: its rows, and the tables they come from if few."""
        def link(words: str, name: str, *classes: str) -> nodes.reference:
            uri = "../" * self.env.docname.count("/") + f"data/{name}.csv"
            return nodes.reference("", words, refuri=uri, internal=False, classes=[*classes])

        line = nodes.inline("", "", link("Data", exhibit["name"], "data-link"))
        tables = [name for name in exhibit["data"] if name != "patches"]
        for place, name in enumerate(tables if len(tables) <= FEW else ()):
            line += [nodes.Text(", " if place else " from "), link(name, name)]
        return nodes.container("", line, classes=["tools"])


FEW = 4
"""Tables that are named under a figure; of more, the map of all figures tells."""


class CodeAtExhibit(SphinxPostTransform):
    """Fold the code that leads to a figure or a numbered table into the line under it."""

    default_priority = 198  # before MyST-NB would fold each cell by itself
    formats = ("html",)

    def run(self, **kwargs) -> None:
        waiting: list[nodes.Node] = []
        for cell in [node for node in self.document.findall(nodes.container) if node.get("nb_element") == "cell_code"]:
            if cell.get("hide_mode") == "input":
                waiting.append(cell.children[0])
                cell.remove(cell.children[0])
                cell["hide_mode"] = ""
            if exhibit := next((node for node in cell.findall()
                                if isinstance(node, nodes.figure | nodes.table) and node.get("ids")), None):
                line = tools_of(exhibit)
                if waiting:
                    line += [nodes.raw("", '<details class="code"><summary>Code</summary>', format="html"), *waiting]
                    line += nodes.raw("", "</details>", format="html")
                waiting = []


def tools_of(exhibit: nodes.Element) -> nodes.Element:
    """Return the line of links under a figure or table; a table gets one."""
    if isinstance(exhibit, nodes.figure):
        return next(node for node in exhibit.findall(nodes.container) if "tools" in node["classes"])
    after = exhibit.next_node(descend=False, siblings=True)
    if not isinstance(after, nodes.container) or "tools" not in after["classes"]:
        after = nodes.container(classes=["tools"])
        exhibit.parent.insert(exhibit.parent.index(exhibit) + 1, after)
    return after


def write_rows(app: Sphinx, error: Exception | None) -> None:
    """Write each page's picture for sharing and, where no other extension or command does (meta.py), the rows of each
    chart to data/<name>.csv beside the pages."""
    if error or app.builder.name != "html":
        return
    notebooks = {docname: executed(app.env, docname) for docname in sorted(app.env.found_docs)}
    found = {docname: path for docname, path in notebooks.items() if path.is_file()}
    if "published" not in app.config:
        downloads.write_rows(found.values(), Path(app.outdir) / "data")
    preview.write([(app.env.titles[docname].astext(), path) for docname, path in found.items()], Path(app.outdir))


def claim_reference(claim_id: str) -> addnodes.pending_xref:
    """Return a link to a claim's card, wherever it is."""
    target = claim_id.lower()
    return addnodes.pending_xref("", nodes.inline("", claim_id), refdomain="std", reftype="ref", refexplicit=True,
                                 refwarn=True, reftarget=target)


class NumberExhibits(SphinxPostTransform):
    """Resolve {numref} from the table of numbers. Sphinx's own way loads the target's whole page
    from disk for each reference, which took a sixth of the build."""

    default_priority = 5  # before Sphinx's ReferencesResolver

    def run(self, **kwargs) -> None:
        labels = cast(StandardDomain, self.env.get_domain("std")).anonlabels
        for node in list(self.document.findall(addnodes.pending_xref)):
            if node.get("reftype") != "numref" or node["reftarget"] not in labels:
                continue
            docname, anchor = labels[node["reftarget"]][:2]
            for kind, numbers in self.env.toc_fignumbers.get(docname, {}).items():
                if number := numbers.get(anchor):
                    text = nodes.inline("", self.config.numfig_format[kind] % ".".join(map(str, number)))
                    node.replace_self(make_refnode(self.app.builder, self.env.docname, docname, anchor, text))


class CheckAlt(SphinxTransform):
    """Warn of an image that says nothing to those who cannot see it; a warning stops the build."""

    default_priority = 401

    def apply(self, **kwargs) -> None:
        for image in self.document.findall(nodes.image):
            if not image.get("alt", "").strip():
                log.warning("an image has no alt text: %s", image.get("uri"), location=image, type="charts")


def read_executed(app: Sphinx, docname: str, source: list[str]) -> None:
    """Read a notebook as the build executed it, where the build did."""
    folder = app.config.executed_notebooks
    if folder and app.env.doc2path(docname).endswith(".ipynb"):
        executed = Path(folder) / f"{docname}.ipynb"
        if not executed.is_file():
            raise ExtensionError(f"{docname} was not executed")
        app.env.note_dependency(str(executed))
        source[0] = executed.read_text("utf-8")


def needs_filter(node: nodes.Node) -> bool:
    """Return whether a node is the table of all claims, which filter.js filters."""
    return isinstance(node, nodes.table) and "tab-scoreboard" in node["ids"]


def needs_cite(node: nodes.Node) -> bool:
    """Return whether a node is a link to BibTeX, which cite.js copies."""
    return isinstance(node, nodes.raw) and 'class="cite"' in node.astext()


def needs_what_if(node: nodes.Node) -> bool:
    """Return whether a node is a fold in which what-if.js makes its form."""
    return isinstance(node, nodes.raw) and 'class="what-if' in node.astext()


SCRIPTS = {"filter.js": needs_filter, "cite.js": needs_cite, "what-if.js": needs_what_if}
"""Scripts that some pages need, and by what they need them; no other page is sent them."""


def add_scripts(app: Sphinx, pagename: str, templatename: str, context: dict, doctree: nodes.document | None) -> None:
    """Send a page its own scripts."""
    for name, needed in SCRIPTS.items():
        if doctree and any(doctree.findall(needed)):
            # What a link asks for moves nothing.
            first: dict[str, Any] = {"blocking": "render"} if name == "what-if.js" else {}
            app.add_js_file(name, loading_method="defer", **first)


def setup(app: Sphinx) -> dict:
    """Register the extension."""
    app.add_config_value("executed_notebooks", "", "env")
    app.add_transform(CompleteFigures)
    app.add_transform(CheckAlt)
    app.add_post_transform(NumberExhibits)
    app.add_post_transform(CodeAtExhibit)
    app.connect("source-read", read_executed)
    app.connect("html-page-context", add_scripts)
    app.connect("build-finished", write_rows)
    app.add_js_file("menu.js", loading_method="defer")
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
