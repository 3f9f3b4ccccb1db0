"""The book's Markdown as plain HTML with a few inline styles: what JupyterLab, VS Code, nbconvert
and GitHub show of an output, since they know no MyST."""

from __future__ import annotations

import html
import re
from functools import cache

from markdown_it import MarkdownIt
from mdit_py_plugins.attrs import attrs_plugin
from mdit_py_plugins.colon_fence import colon_fence_plugin

from ..verdicts import wording

ROLES = re.compile(r"\{term\}`([^`<]*[^`< ])(?: *<[^`]*>)?`|\{[\w:]+\}`[^`]*`")
"""Roles of Sphinx: a term is its words, any other leads somewhere that only the book has."""
OPTIONS = re.compile(r"(?::\w+: *\S*\n)*\n?")
"""The options at the head of a directive."""
BADGE = "color:#fff;background:{color};border-radius:3px;padding:0 .4em;font-weight:600;white-space:nowrap"


@cache
def _parser() -> MarkdownIt:
    """Return a reader of CommonMark with tables, attributes on spans, and directives in colon fences."""
    parser = MarkdownIt("commonmark", {"html": True}).enable("table")
    attrs_plugin(parser, spans=True)
    colon_fence_plugin(parser)
    parser.add_render_rule("colon_fence", lambda renderer, tokens, at, *rest: _directive(tokens[at].info, tokens[at].content))
    return parser


def _directive(info: str, content: str) -> str:
    """Return a table with its caption, or a container, as HTML."""
    kind, _, words = info.strip().partition(" ")
    name = re.search(r"^:name: *(\S+)$", content, re.M)
    anchor = f' id="{html.escape(name[1])}"' if name else ""
    body = of(content[OPTIONS.match(content).end():])  # type: ignore[union-attr]
    if kind == "{table}":
        caption = _parser().renderInline(words)
        return body.replace("<table>", f'<table{anchor}>\n<caption style="text-align:left">{caption}</caption>', 1)
    return f'<div class="{html.escape(words)}"{anchor}>\n{body}</div>\n'


def of(markdown: str) -> str:
    """Return some of the book's Markdown as HTML; badges carry their colours with them."""
    found = _parser().render(ROLES.sub(lambda m: m[1] or "", markdown))
    for verdict, color in wording.COLOR.items():
        style = BADGE.format(color=color)
        name = verdict.replace("_", "-")
        found = found.replace(f'<span class="badge {name}">', f'<span class="badge {name}" style="{style}">')
    return found
