"""Sphinx extension of the book: figures get their caption, alt text, credit and data link from
the figure itself, and notebooks may be read as executed by the build."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import cast

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
from evidence.charts import all_figures, rows, style
from evidence.ledger import CHAPTERS

log = logging.getLogger(__name__)
PREFIX = "fig-"


class CompleteFigures(SphinxTransform):
    """Give each drawn figure its caption, alt text, credit and data link.

    A figure cell names its figure in its metadata (mystnb.figure.name: fig-NAME); everything
    else is computed from the frame that the drawing uses.
    """

    default_priority = 400

    def apply(self, **kwargs) -> None:
        for node in self.document.findall(nodes.figure):
            name = next((n.removeprefix(PREFIX) for n in node["names"] if n.startswith(PREFIX)), None)
            if name not in all_figures():
                log.warning("no figure is called %r", name, location=node, type="charts")
                continue
            figure = all_figures()[name]
            frame = rows(name)
            image = next(node.findall(nodes.image))
            image["alt"] = figure.alt(frame)
            image["width"] = "100%"
            if figure.narrow:
                image["classes"].append("wide")
                both = nodes.container()  # one child beside the caption, as the HTML of a figure expects
                image.parent.replace(image, both)
                both += [image, self.narrow(image, name)]
            node += nodes.caption("", figure.caption(frame))
            link = "../" * self.env.docname.count("/") + f"data/{name}.csv"
            credit = nodes.paragraph("", f"Source: {figure.credit} ", classes=["credit"])
            credit += nodes.reference("", "Rows drawn (CSV).", refuri=link, internal=False, classes=["data-link"])  # its stop goes with it where paper drops it
            if figure.claims:
                credit += nodes.Text(" Bears on ")
                for place, claim_id in enumerate(figure.claims):
                    credit += [nodes.Text(", " if place else ""), claim_reference(claim_id)]
                credit += nodes.Text(".")
            node += nodes.legend("", credit)


    def narrow(self, image: nodes.image, name: str) -> nodes.image:
        """Return the drawing of a figure for a phone, drawn beside the wide one."""
        figure = all_figures()[name]
        assert figure.narrow
        uri = f"{Path(image['uri']).parent.as_posix()}/narrow-{name}.svg"
        style.use()
        figure.narrow(rows(name)).savefig(self.env.relfn2path(uri, self.env.docname)[1], metadata={"Date": None, "Creator": None})
        return nodes.image("", uri=uri, alt=image["alt"], classes=["narrow"])


def claim_reference(claim_id: str) -> addnodes.pending_xref:
    """Return a link to a claim's card, wherever it is."""
    target = f"claim-{claim_id.lower()}"
    return addnodes.pending_xref("", nodes.inline("", claim_id), refdomain="std", reftype="ref", refexplicit=True, refwarn=True, reftarget=target)


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


def edited(app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]) -> list[str]:
    """Return the pages without code whose words are not those read last: Sphinx goes by dates, and a
    copied file may keep an old one. A notebook's copy is dated by its execution."""
    sources = {name: Path(env.doc2path(name)) for name in env.found_docs}
    words = {name: path.read_text("utf-8") for name, path in sources.items() if path.suffix == ".md"}
    before, env.words_read = getattr(env, "words_read", {}), words  # type: ignore[attr-defined]
    return [name for name, text in words.items() if before.get(name) != text]


SCRIPTS = {"book/index": ("filter.js",)} | {f"book/{chapter}": ("cite.js",) for chapter in CHAPTERS}
"""Scripts that some pages need and no other is sent."""


def add_scripts(app: Sphinx, pagename: str, templatename: str, context: dict, doctree: nodes.document) -> None:
    """Send a page its own scripts."""
    for name in SCRIPTS.get(pagename, ()):
        app.add_js_file(name, loading_method="defer")


def setup(app: Sphinx) -> dict:
    """Register the extension."""
    app.add_config_value("executed_notebooks", "", "env")
    app.add_transform(CompleteFigures)
    app.add_transform(CheckAlt)
    app.add_post_transform(NumberExhibits)
    app.connect("env-get-outdated", edited)
    app.connect("source-read", read_executed)
    app.connect("html-page-context", add_scripts)
    app.add_js_file("menu.js", loading_method="defer")
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
