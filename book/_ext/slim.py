"""Sphinx extension: leave out of every page the scripts and styles that this book does not use,
and mend what the theme gets wrong.

Jupyter Book loads them for buttons and boxes that no page has. Dropping the extensions instead
would mean to repeat Jupyter Book's own list of them in _config.yml.
"""

import re
import shutil
from itertools import cycle
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx

UNUSED = ("thebe", "togglebutton", "toggleHint", "toggleOpenOnPrint", "copybutton", "clipboard", "design-tabs",
          "sphinx-design")
"""Parts of the names, or of the text, of scripts and styles that no page needs."""
UNSENT = (
    "*.map", "fontawesome*", "*thebe*", "togglebutton*", "copybutton*", "clipboard*", "design-tabs*", "sphinx-design*",
    "locales", "images", "*webpack-macros.html", "*.png", "check-solid.svg", "play-solid.svg", "copy-button.svg",
    "jquery*", "underscore*", "_sphinx_javascript*", "*.pot",
)
"""Files of the theme that no page uses: source maps, the icon script and its fonts, buttons."""
RULE = re.compile(r"(?<=[{};/])([^{};/@]+)\{([^{}]*)\}|@font-face\{[^{}]*Font ?Awesome[^{}]*\}")
"""A rule of the theme's minified styles: its selectors, and what it sets."""
CLASS = re.compile(r"(?<!\\)\.([A-Za-z][\w-]*)")
SEARCH_ONLY = ("doctools", "sphinx_highlight", "searchtools", "language_data", "searchindex")
"""Scripts that only the search page needs."""
REPAIRS = (
    (re.compile(r'(<img\b[^>]*) style="width: (\d+)px; height: (\d+)px;"'),
     r'\1 width="\2" height="\3"'),  # what keeps room for it
    (re.compile(r'<a class="wide( [^"]*)" href="([^"]*)">(<img\b[^>]*>)\s*</a>\s*'
                r'<a [^>]*><img\b[^>]*\bsrc="([^"]*narrow-[^"]*)"( width="\d+" height="\d+")[^>]*>\s*</a>'),
     # one drawing is sent
     r'<a class="wide\1" href="\2"><picture><source media="(max-width: 576px)" srcset="\4"\5>\3</picture></a>'),
    (re.compile(r' role="(?:list|doc-biblioentry|doc-biblioref)"'), ""),  # roles where ARIA does not allow them
    (re.compile(r'\s*<script type="text/x-thebe-config">.*?</script>|\s*<script>kernelName = .*?</script>', re.S), ""),
    (re.compile(r'(?<=<summary) aria-label="[^"]*">\s*<p class="(collapsed)[^"]*">(.*?)</p>\s*'
                r'<p class="(expanded)[^"]*">(.*?)</p>', re.S),
     r'><span class="\1">\2</span><span class="\3">\4</span>'),  # no paragraph may stand in a summary
)
"""What is wrong in the body of a page, and what takes its place."""
TABLE = re.compile(r"<table\b.*?</table>", re.S)
HEAD = re.compile(r"<th\b[^>]*>(.*?)</th>", re.S)


def unused(asset: object, search: bool) -> bool:
    """Return whether a script or style of Sphinx's lists is not needed on a page."""
    text = f"{getattr(asset, 'filename', '') or ''} {getattr(asset, 'attributes', {}).get('body', '')}"
    names = UNUSED if search else UNUSED + SEARCH_ONLY
    return any(name.lower() in text.lower() for name in names)


def repaired(body: str) -> str:
    """Return the body of a page with every repair made, and its pictures loaded when they come near, but the first."""
    for pattern, replacement in REPAIRS:
        body = pattern.sub(replacement, body)
    body = TABLE.sub(lambda found: labelled(found[0]), body)
    first, image, rest = body.partition('<img alt="')
    return first + image + rest.replace('<img alt="', '<img loading="lazy" alt="')  # the first may be in sight


def labelled(table: str) -> str:
    """Return a table with the word of its column in each cell, which a phone shows where the columns do not fit, and a
    place to break after each underscore of its words."""
    heads = cycle([re.sub("<[^>]*>", "", head).replace('"', "&quot;") for head in HEAD.findall(table)] or [""])
    table = re.sub("<td(?= |>)", lambda _: f'<td data-head="{next(heads)}"', table)
    return re.sub("(?<=>)[^<]+", lambda words: re.sub(r"_(?=\w)", "_<wbr>", words[0]), table)


def purged(styles: str, names: set[str]) -> str:
    """Return minified styles without the rules whose classes no page and no script names.

    Two thousand icons and most of Bootstrap go: two thirds of what a page loaded first.
    """
    def kept(rule: re.Match) -> str:
        if rule[1] is None:
            return ""
        selectors = [part for part in re.split(r",(?![^(]*\))", rule[1])
                     if names.issuperset(CLASS.findall(re.sub(r":not\(.*?\)", "", part)))]
        return f"{','.join(selectors)}{{{rule[2]}}}" if selectors else ""
    return RULE.sub(kept, styles)


def slim(app: Sphinx, pagename: str, templatename: str, context: dict, doctree: nodes.document) -> None:
    """Drop unused scripts and styles, defer the others, and repair the body."""
    search = pagename == "search"
    for kind in ("script_files", "css_files"):
        context[kind] = [asset for asset in context.get(kind, []) if not unused(asset, search)]
    for asset in context["script_files"]:
        if getattr(asset, "filename", None) and "documentation_options" not in asset.filename and not search:
            asset.attributes.setdefault("defer", "defer")
    if "body" in context:
        context["body"] = repaired(context["body"])


def drop_unsent(app: Sphinx, error: Exception | None) -> None:
    """Drop the files that no page uses, and what Sphinx notes for itself."""
    if error or app.builder.name != "html":
        return
    static = Path(app.outdir, "_static")
    for path in [path for pattern in UNSENT for path in static.rglob(pattern)]:
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    pages = [path for pattern in ("*.html", "_static/**/*.js") for path in Path(app.outdir).rglob(pattern)]
    names = {name for path in pages for name in re.findall(r"[\w-]+", path.read_text("utf-8"))}
    for styles in static.rglob("*.css"):
        if styles.name != "book.css":
            styles.write_text(purged(styles.read_text("utf-8"), names), "utf-8")
    Path(app.outdir, ".buildinfo").unlink(missing_ok=True)


def setup(app: Sphinx) -> dict:
    """Register the extension, after all that add scripts."""
    app.connect("build-finished", drop_unsent)
    app.connect("html-page-context", slim, priority=999)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
