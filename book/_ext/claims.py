"""Sphinx extension: claims on the page. A claim's line unfolds without a script; a claim's sheet is a
section of its page; a link to a sheet is a chip that carries the verdict."""

import html
import json
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from evidence.pages import pasted
from evidence.pages.claims import FOLD, TENSES
from evidence.publish import citation, downloads, preview
from evidence.tables import load
from evidence.verdicts import wording
from evidence.verdicts.examine import Judged, all_judgements, state_of, unread
from evidence.verdicts.sentences import sentence


def base_url(app: Sphinx) -> str:
    """Return the site's address with one slash at its end, or "" where none is set."""
    return app.config.html_baseurl.rstrip("/") + "/" if app.config.html_baseurl else ""


def script(data: dict) -> str:
    """Return JSON-LD as a script element that no text in it can close."""
    text = json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")
    return f'<script type="application/ld+json">{text}</script>'


CLAIM = re.compile(r"c\d+\w?")
"""The anchor of a sheet."""
SHEET_LINK = re.compile(r"\]\(sheets-[a-z]+\.ipynb(#c\d+\w?)\)")


class claim_line(nodes.General, nodes.Element):
    """A claim's line: rows that are always seen, and a card below the fold."""


class claim_row(nodes.Part, nodes.TextElement):
    """One row of a claim's line."""


class ClaimLine(SphinxDirective):
    """A claim's line: one paragraph a row, the fold, and the card."""

    required_arguments, has_content = 1, True

    def run(self) -> list[nodes.Node]:
        """Return the line, its card last."""
        fold = list(self.content).index(FOLD)
        head, card = nodes.container(), nodes.container(classes=["card"])
        self.state.nested_parse(self.content[:fold], self.content_offset, head)
        self.state.nested_parse(self.content[fold + 1:], self.content_offset + fold + 1, card)
        line = claim_line("", ids=[f"line-{self.arguments[0].lower()}"], classes=["claim"])
        line += [claim_row("", "", *row.children, classes=["said" if i == 0 else "found"])
                 for i, row in enumerate(head.children)]
        line += card
        return [line]


class folded(nodes.General, nodes.Element):
    """Something long that unfolds: its title, then the rest. It is for the screen, and not in print."""


class Folded(SphinxDirective):
    """Something long that unfolds: its title is the argument."""

    required_arguments, final_argument_whitespace, has_content = 1, True, True

    def run(self) -> list[nodes.Node]:
        """Return it as one node."""
        body = nodes.container()
        self.state.nested_parse(self.content, self.content_offset, body)
        return [folded("", *body.children, title=self.arguments[0])]


class Sheet(SphinxDirective):
    """A claim's sheet: its title on the first line."""

    required_arguments, has_content = 1, True

    def run(self) -> list[nodes.Node]:
        """Return the sheet as a container, which becomes a section."""
        title, body = nodes.container(), nodes.container(classes=["cell_output", "sheet"])
        self.state.nested_parse(self.content[:1], self.content_offset, title)
        self.state.nested_parse(self.content[1:], self.content_offset + 1, body)
        section = nodes.section("", nodes.title("", "", *title.children[0].children), body,
                                names=[self.arguments[0].lower()])
        self.state.document.note_explicit_target(section)
        return [nodes.container("", section, classes=["sheet-here"])]


class LiftSheets(SphinxTransform):
    """Let each sheet be a section of its page, not of the cell that shows it."""

    default_priority = 395

    def apply(self, **kwargs) -> None:
        for here in list(self.document.findall(
                lambda node: isinstance(node, nodes.container) and "sheet-here" in node["classes"])):
            cell: Any = here
            while not isinstance(cell.parent, nodes.section):
                cell = cell.parent
            cell.replace_self(here.children)


class NoLinkInSummary(SphinxPostTransform):
    """Let a claim's number in its line be words on the site: what unfolds a line may hold no link."""

    default_priority = 21  # after Chips
    formats = ("html",)

    def run(self, **kwargs) -> None:
        for row in list(self.document.findall(claim_row)):
            for link in list(row.findall(nodes.reference)):
                link.replace_self(nodes.inline("", "", *link.children, classes=["claim-id"]))


class Chips(SphinxPostTransform):
    """Let each link to a sheet carry the verdict of its claim: at writing, or since where that is the page's subject
    or all there is."""

    default_priority = 20  # when references are resolved

    def run(self, **kwargs) -> None:
        claims, judged = load()["claims"], all_judgements()
        tenses = ("since", "writing") if self.env.docname.endswith("/since") else ("writing", "since")
        for link in self.document.findall(nodes.reference):
            anchor = link.get("refid") or link.get("refuri", "").rpartition("#")[2]
            if CLAIM.fullmatch(anchor) and link.astext() == anchor.upper():
                states = {tense: state_of(claims.loc[anchor.upper()], tense, judged) for tense in tenses}
                tense, state = next((tense, state) for tense, state in states.items() if state)
                link["classes"] += ["chip", state.replace("_", "-")]
                link["reftitle"] = f"{wording.VERDICT[state]}, {TENSES[tense].lower()}"


class WhatIf(SphinxPostTransform):
    """Put below the readings of each sheet a fold with their data, in which what-if.js makes its form; a reading that
    rests on a row which nobody read cannot count, and is left out."""

    default_priority = 900
    formats = ("html",)

    def run(self, **kwargs) -> None:
        judged = all_judgements()
        for sheet in [node for node in self.document.findall(nodes.container) if "sheet" in node["classes"]]:
            table = next(iter(sheet.findall(nodes.table)), None)
            if table is not None:
                readings = countable(sheet.parent["ids"][0].upper(), judged)
                text = json.dumps(readings, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
                fold = WHAT_IF.format(readings=text)
                table.parent.insert(table.parent.index(table) + 1, nodes.raw("", fold, format="html"))


WHAT_IF = """<details class="what-if pst-js-only"><summary>What if it were read another way?</summary>
<p>Choose the main reading, move its bounds, or tick which others count: the verdict follows at once, by the rules of
the book.</p>
<script type="application/json">{readings}</script></details>"""


def countable(claim_id: str, judged: Judged) -> list[dict]:
    """Return the readings of a claim that have a test and rest on rows that somebody read, as claims.json has them."""
    made = [judged[claim_id, tense] for tense in TENSES if (claim_id, tense) in judged]
    results = {result.spec.spec_id: result for judgement in made for result in judgement.readings.values()}
    return [
        reading for reading in downloads.readings(claim_id, judged)
        if reading["test"] != "none" and not unread(judged.tables, results[reading["id"]].rows)
    ]


def as_glue(mark: re.Match[str], known: Mapping[str, object]) -> str:
    """Return a marked value as the role that pastes it from the notebook; a number in words, for which
    the role has no format, as it is pasted."""
    if mark["format"] == "w" and mark["key"] in known:
        return f"[{pasted.shown(mark, known)}]{{.pasted-text}}"
    return f"{{glue:text}}`{mark['key']}{':' + mark['format'] if mark['format'] else ''}`"


def plain(app: Sphinx, docname: str, source: list[str]) -> None:
    """Let numbers that stand in the text be those of the notebook, and links to sheets be the book's."""
    if not docname.startswith("book/") or not app.env.doc2path(docname).endswith(".ipynb"):
        return
    notebook = json.loads(source[0])
    known = pasted.values(notebook)
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown":
            text = SHEET_LINK.sub(r"](\1)", "".join(cell["source"]))
            cell["source"] = pasted.MARK.sub(lambda mark: as_glue(mark, known), text)
    source[0] = json.dumps(notebook)


def visit_line(self, node: claim_line) -> None:
    """Open a line that unfolds."""
    self.body.append(self.starttag(node, "details", CLASS="claim"))
    self.body.append("<summary>")


def depart_line(self, node: claim_line) -> None:
    """Close it."""
    self.body.append("</details>\n")


def visit_folded(self, node: folded) -> None:
    """Open what unfolds, with its title."""
    self.body.append(self.starttag(node, "details", CLASS="folded"))
    self.body.append(f"<summary>{self.encode(node['title'])}</summary>\n")


def visit_row(self, node: claim_row) -> None:
    """Open a row; a summary may hold no paragraph."""
    self.body.append(self.starttag(node, "span", ""))


def depart_row(self, node: claim_row) -> None:
    """Close a row, and the summary after the last."""
    self.body.append("</span>")
    if not isinstance(node.next_node(descend=False, siblings=True), claim_row):
        self.body.append("</summary>\n")


ADDRESS = """<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="utf-8"><link rel="icon" href="data:,">
<title>{title}</title><meta name="description" content="{found}">
<meta property="og:type" content="article"><meta property="og:title" content="{title}">\
<meta property="og:description" content="{found}">{picture}
<link rel="canonical" href="{sheet}"><meta http-equiv="refresh" content="0; url={there}">{review}</head>
<body><p><a href="{there}">{title}</a></p></body></html>
"""


def write_addresses(app: Sphinx, error: Exception | None) -> None:
    """Write a short address for each claim, claims/c39.html, which leads to its sheet and says what it found."""
    if error or app.builder.name != "html":
        return
    claims, judged, base = load()["claims"], all_judgements(), base_url(app)
    folder = Path(app.outdir) / "claims"
    folder.mkdir(exist_ok=True)
    for claim_id, claim in claims.iterrows():
        made = next(judged[claim_id, tense] for tense in TENSES if (claim_id, tense) in judged)
        there = f"book/sheets-{claim['chapter']}.html#{claim_id.lower()}"
        text = ADDRESS.format(
            title=html.escape(citation.claim_title(claim, judged)), found=html.escape(sentence(made.main)),
            there=f"../{there}",
            picture=(f'<meta property="og:image" content="{base}{preview.FOLDER}/{claim["chapter"]}.png">'
                     if base else ""),
            sheet=f"{base}{there}" if base else f"../{there}",
            review=script(citation.claim_review(claim, judged, base)) if base else "",
        )
        (folder / f"{claim_id.lower()}.html").write_text(text, "utf-8")


def setup(app: Sphinx) -> dict:
    """Register the extension."""
    app.add_node(claim_line, html=(visit_line, depart_line))
    app.add_node(claim_row, html=(visit_row, depart_row))
    app.add_node(folded, html=(visit_folded, depart_line))
    app.add_directive("claim", ClaimLine)
    app.add_directive("folded", Folded)
    app.add_directive("sheet", Sheet)
    app.add_transform(LiftSheets)
    app.add_post_transform(Chips)
    app.add_post_transform(NoLinkInSummary)
    app.add_post_transform(WhatIf)
    app.connect("source-read", plain, priority=600)
    app.connect("build-finished", write_addresses)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
