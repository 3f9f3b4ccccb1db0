"""The book's Markdown as plain HTML with a few inline styles: what JupyterLab, VS Code, nbconvert
and GitHub show of an output, since they know no MyST."""

import re
from functools import cache

from markdown_it import MarkdownIt
from mdit_py_plugins.attrs import attrs_plugin
from mdit_py_plugins.colon_fence import colon_fence_plugin

from ..tables import load
from ..verdicts import wording
from . import claims

ROLES = re.compile(r"\{term\}`([^`<]*[^`< ])(?: *<[^`]*>)?`|\{[\w:]+\}`[^`]*`")
"""Roles of Sphinx: a term is its words, any other leads somewhere that only the book has."""
OPTIONS = re.compile(r"(?::\w+: *\S*\n)*\n?")
"""The options at the head of a directive."""
ANCHOR = re.compile(r'(?<![\w-])id="([^"]+)"(?! data-jupyter-id)')
"""The name of a place; JupyterLab looks for the places that a link leads to under another one."""
CHECKSUM = re.compile(r'<td style="text(?=[^<]*\w{40})')
"""A cell with a word that no column is wide enough for."""
BADGE = "font-weight:600;white-space:nowrap;background:#fff;padding:0 .3em"
MARKED = "background:#ffedb3;color:#1f1f1f"
LINE = "border-top:1px solid #ddd;padding:.3em 0"


@cache
def _parser() -> MarkdownIt:
    """Return a reader of CommonMark with tables, attributes on spans, and directives in colon fences."""
    parser = MarkdownIt("commonmark", {"html": True}).enable("table")
    attrs_plugin(parser, spans=True)
    colon_fence_plugin(parser)
    parser.add_render_rule("colon_fence",
                           lambda renderer, tokens, at, *rest: _directive(tokens[at].info, tokens[at].content))
    return parser


def _directive(info: str, content: str) -> str:
    """Return a table with its caption, a claim's line, a claim's sheet or something folded as HTML."""
    kind, _, words = info.strip().partition(" ")
    name = re.search(r"^:name: *(\S+)$", content, re.M)
    body = content[OPTIONS.match(content).end():]  # type: ignore[union-attr]
    if kind == "{table}":
        head = f'<table id="{name[1]}">' if name else "<table>"
        caption = f'<caption style="text-align:left">{_parser().renderInline(words)}</caption>'
        return of(body).replace("<table>", f"{head}\n{caption}", 1)
    if kind == "{claim}":
        head, _, card = body.partition(f"\n{claims.FOLD}\n")
        rows = "<br>".join(_parser().renderInline(row) for row in head.strip().split("\n\n"))
        return f'<details style="{LINE}"><summary>{rows}</summary>{of(card)}</details>\n'
    if kind == "{sheet}":
        title, _, rest = body.partition("\n")
        return f'<h3 id="{words.lower()}">{_parser().renderInline(title)}</h3>\n{of(rest)}'
    if kind == "{folded}":
        return f"<details><summary>{words}</summary>{of(body)}</details>\n"
    raise ValueError(f"no plain HTML for the directive {kind}")


def _led(found: re.Match[str]) -> str:
    """Return a link that leads to the notebook which has its anchor."""
    page = "sources" if found[1].startswith("source-") else f"sheets-{load()['claims'].at[found[1].upper(), 'chapter']}"
    return f'href="{page}.ipynb#{found[1]}"'


def of(markdown: str) -> str:
    """Return some of the book's Markdown as HTML; badges carry their colours with them."""
    found = _parser().render(ROLES.sub(lambda m: m[1] or "", markdown))
    for verdict, color in wording.COLOR.items():
        name = f"badge {verdict.replace('_', '-')}"
        found = found.replace(f'<span class="{name}">', f'<span class="{name}" style="color:{color};{BADGE}">')
    found = found.replace('<span class="marked">', f'<span style="{MARKED}">')
    found = found.replace('<span class="date">', '<span style="white-space:nowrap">')
    found = re.sub(r'<a href="\.\./cite/[^"]*">(.*?)</a>', r"\1", found)  # a file that only the built site has
    found = CHECKSUM.sub('<td style="overflow-wrap:anywhere;text', found)
    found = ANCHOR.sub(r'id="\1" data-jupyter-id="\1"', found)
    return re.sub(r'href="#(c\d+\w?|source-[\w.-]+)"', _led, found)
