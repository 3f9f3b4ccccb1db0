"""Sphinx extension: leave out of every page the scripts and styles that this book does not use,
and give each page its description.

Jupyter Book loads them for buttons and boxes that no page has. Dropping the extensions instead
would mean to repeat Jupyter Book's own list of them in _config.yml.
"""

from __future__ import annotations

import html
import re

from docutils import nodes
from sphinx.application import Sphinx

UNUSED = ("thebe", "togglebutton", "toggleHint", "toggleOpenOnPrint", "copybutton", "clipboard", "design-tabs", "sphinx-design")
"""Parts of the names, or of the text, of scripts and styles that no page needs."""
SEARCH_ONLY = ("doctools", "sphinx_highlight", "searchtools", "language_data", "searchindex")
"""Scripts that only the search page needs."""
LONGEST = 155
"""Characters of a description that a search engine shows."""


def unused(asset: object, search: bool) -> bool:
    """Return whether a script or style of Sphinx's lists is not needed on a page."""
    text = f"{getattr(asset, 'filename', '') or ''} {getattr(asset, 'attributes', {}).get('body', '')}"
    names = UNUSED if search else UNUSED + SEARCH_ONLY
    return any(name.lower() in text.lower() for name in names)


def description(doctree: nodes.document | None) -> str:
    """Return the opening paragraph of a page, cut at the end of a word."""
    paragraphs = doctree.findall(nodes.paragraph) if doctree else ()
    text = next((" ".join(p.astext().split()) for p in paragraphs if len(p.astext()) > 60), "")
    return text if len(text) <= LONGEST else text[:LONGEST].rpartition(" ")[0] + " …"


def slim(app: Sphinx, pagename: str, templatename: str, context: dict, doctree: nodes.document) -> None:
    """Drop unused scripts and styles, defer the others, and add the page's description."""
    search = pagename == "search"
    for kind in ("script_files", "css_files"):
        context[kind] = [asset for asset in context.get(kind, []) if not unused(asset, search)]
    for asset in context["script_files"]:
        if getattr(asset, "filename", None) and "documentation_options" not in asset.filename and not search:
            asset.attributes.setdefault("defer", "defer")
    if "body" in context:
        context["body"] = re.sub(r' role="(?:list|doc-biblioentry|doc-biblioref)"', "", context["body"])  # where axe finds them wrong
        context["body"] = re.sub(r'\s*<script type="text/x-thebe-config">.*?</script>|\s*<script>kernelName = .*?</script>', "", context["body"], flags=re.S)
    if text := description(doctree):
        context["metatags"] = context.get("metatags", "") + f'\n<meta name="description" content="{html.escape(text)}">'


def setup(app: Sphinx) -> dict:
    """Register the extension, after all that add scripts."""
    app.connect("html-page-context", slim, priority=999)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
