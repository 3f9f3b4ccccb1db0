"""Sphinx extension: what lets readers and indexes cite a page, a claim or a figure.

Everything comes from evidence.publish.citation, and so from CITATION.cff. Highwire tags and
ClaimReview need an address, and appear only when html.baseurl is set in _config.yml.
"""

import html
import sys
from pathlib import Path
from typing import Any

from charts import tools_of
from claims import CLAIM, base_url, script
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from evidence.publish import citation
from evidence.tables import load
from evidence.verdicts.examine import all_judgements


def exhibits(env: Any) -> dict[str, tuple[str, str]]:
    """Return page and caption of each figure and numbered table by anchor, as Sphinx knows them for references."""
    labels = sorted(env.get_domain("std").labels.values(), key=lambda label: label[1])
    return {anchor: (docname.rpartition("/")[2], caption)
            for docname, anchor, caption in labels if anchor.startswith(("fig-", "tab-"))}


def bibtex_items(app: Sphinx) -> dict[str, str]:
    """Return BibTeX by anchor for every claim, figure and table."""
    return citation.items(load()["claims"], all_judgements(), exhibits(app.env), base_url(app))


class CiteLinks(SphinxPostTransform):
    """Put a link to its BibTeX under each claim's card and each figure, on the site only."""

    default_priority = 900
    formats = ("html",)

    def run(self, **kwargs) -> None:
        marked: list[tuple[nodes.Element, str]] = [(node, "claim") for node in self.document.findall(nodes.section)
                                                   if CLAIM.fullmatch(node["ids"][0])]
        marked += [(node, "figure") for node in self.document.findall(nodes.figure)]
        marked += [(node, "table") for node in self.document.findall(nodes.table)]
        if not marked:
            return
        env: Any = self.env
        if not hasattr(env, "bibtex_items"):
            env.bibtex_items = bibtex_items(self.app)
        up = "../" * self.env.docname.count("/")
        for node, kind in marked:
            anchor = next((a for a in node["ids"] if a in env.bibtex_items), None)
            if anchor is None:
                continue
            text = html.escape(env.bibtex_items[anchor], quote=True)
            words = "Cite this claim" if kind == "claim" else f'Cite<span class="visually-hidden"> this {kind}</span>'
            link = f'<a class="cite" href="{up}cite/{anchor}.bib" data-bibtex="{text}">{words}</a>'
            place = node if kind == "claim" else tools_of(node)
            place += nodes.raw("", f"<p>{link}</p>" if kind == "claim" else link, format="html")


def add_meta(app: Sphinx, pagename: str, templatename: str, context: dict, doctree: nodes.document) -> None:
    """Add author, licence, JSON-LD and, where the site has an address, Highwire tags and ClaimReview."""
    base, page = base_url(app), pagename.rpartition("/")[2]
    tags = [f'<meta name="author" content="{html.escape(citation.contributors())}">',
            f'<link rel="license" href="{citation.licence_url()}">']
    if pagename == app.config.root_doc:
        tags.append(script(citation.jsonld(base)))
        if base:
            tags += [f'<meta name="{name}" content="{html.escape(content)}">'
                     for name, content in citation.highwire(base)]
    if base and page.startswith("sheets-"):
        claims = load()["claims"]
        own = claims[claims["chapter"] == page.removeprefix("sheets-")]
        tags += [script(citation.claim_review(claim, all_judgements(), base)) for _, claim in own.iterrows()]
    context["metatags"] = context.get("metatags", "") + "\n" + "\n".join(tags)


def write_citations(app: Sphinx, error: Exception | None) -> None:
    """Write cite/: the book in BibTeX, RIS and CSL-JSON, and each claim, figure and table in BibTeX."""
    if error or app.builder.name != "html":
        return
    folder, base = Path(app.outdir) / "cite", base_url(app)
    folder.mkdir(exist_ok=True)
    files = {"book.bib": citation.bibtex(base), "book.ris": citation.ris(base), "book.json": citation.csl(base)}
    items = bibtex_items(app)
    files |= {f"{anchor}.bib": text for anchor, text in items.items()} | {"items.bib": "\n".join(items.values())}
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")


def setup(app: Sphinx) -> dict:
    """Register the extension."""
    app.add_post_transform(CiteLinks)
    app.connect("html-page-context", add_meta)
    app.connect("build-finished", write_citations)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
