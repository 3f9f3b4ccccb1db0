"""Docutils to Typst: one method per node that the book uses; any other node is an error.

Text is written as Typst string literals, so no character of it can act as markup.
"""

import re
from collections.abc import Callable
from typing import Any

from docutils import nodes
from sphinx.errors import SphinxError

SHORT = 14
"""Columns whose cells are all at most this wide, in average characters, are never broken."""
LINE = 106
"""What a line of a table holds, in average characters. A table that needs a little more is set
smaller, one that needs much more on a turned page, whose lines hold TURNED."""
TURNED = 165
COLUMN = 0.64
"""What the right column of a claim's sheet has of a line."""
SMALLEST = 0.87
"""The least that a table's type is reduced to, before its page is turned."""
SMALL, PAGE, LONG = 1500, 3500, 15_000
"""Tables with at most SMALL characters stay in one piece, and those with at most PAGE where else one row would stand
alone; those with more than LONG are for looking things up, and set smallest."""
PIECE = 1200
"""A claim's sheet with at most so many characters stays in one piece."""
KAZAKH = frozenset("ӘәҒғҚқҢңӨөҰұҮүҺһІі")
"""Letters that Kazakh has and Russian has not."""
BREAKABLE = 12
"""Words longer than this may break after an underscore, a dot, a slash, before a number, and inside a hash."""
ANSI = re.compile(r"\x1b\[[0-9;]*m")
"""What gives text its colour in a terminal; the site leaves it out too."""


class TypstError(SphinxError):
    """The PDF cannot be written; the message names the document and what is wrong."""

    category = "PDF error"


def literal(text: str, lines: bool = False) -> str:
    """Return text as a Typst string literal, on one line or with its `lines`."""
    escaped = (text.replace("\\", "\\\\").replace('"', '\\"')
               .replace("\n", "\\n" if lines else " ").replace("\r", " ").replace("\t", " "))
    return f'"{escaped}"'


def breakable(text: str) -> str:
    """Return text with the places marked where a long key may break."""
    return re.sub(rf"\S{{{BREAKABLE},}}",
                  lambda m: re.sub(r"([_./](?=\w)|-(?=\d)|[0-9a-f]{8}(?=[0-9a-f]))", "\\1\u200b", m.group()), text)


def width(text: str) -> float:
    """Return about how wide text is, in average characters of a table: capitals and digits are wider."""
    return sum(1.35 if c.isupper() else 1.1 if c.isdigit() else 1 for c in text)


def column_widths(texts: list[list[str]], heads: int = 0, line: float = LINE) -> tuple[float, str]:
    """Return what the columns of a table need, in average characters, and their widths in Typst: as
    wide as their cells where all are short; else the longest piece that cannot break, and a share of
    what is left of a line. The first `heads` cells of each column are bold, and so a fifth wider."""
    texts = [[breakable(cell) for cell in column] for column in texts]
    bold = [1.2 if i < heads else 1 for i in range(len(texts[0]))]
    longest = [max(width(cell) * b for cell, b in zip(column, bold, strict=True)) + 2 for column in texts]
    if max(longest) <= SHORT + 2:
        return sum(longest), "auto, " * len(texts)
    split = re.compile(r"[\s\u200b]|(?<=-)(?=\D)").split
    pieces = [max(width(piece) * b for cell, b in zip(column, bold, strict=True) for piece in split(cell)) + 2
              for column in texts]
    need = [most if most <= SHORT + 2 else piece for most, piece in zip(longest, pieces, strict=True)]
    line = line if sum(need) * SMALLEST <= LINE else TURNED
    # Short cells stay on one line where three quarters of it do for that.
    for i in sorted(range(len(need)), key=longest.__getitem__):
        if sum(need) - need[i] + longest[i] <= 0.75 * line:
            need[i] = longest[i]
    spare = [min(sum(map(len, column)) / len(column), most - least)
             for column, most, least in zip(texts, longest, need, strict=True)]
    rest = max(line - sum(need), 0) / (sum(spare) or 1)
    return sum(need), ", ".join(f"{least + rest * more:.0f}fr" for least, more in zip(need, spare, strict=True)) + ","


def words(text: str) -> str:
    """Return text as Typst content: Kazakh, Russian and Chinese runs carry their language, and long
    keys may break."""
    out = []
    for run in re.split(r"([\u0400-\u04ff]+(?:[^\w]+[\u0400-\u04ff]+)*|[\u3000-\u9fff\uff00-\uffef]+)", text):
        if not run:
            continue
        run = breakable(run)
        cyrillic = "kk" if KAZAKH.intersection(run) else "ru"
        language = cyrillic if "\u0400" <= run[0] <= "\u04ff" else "zh" if "\u3000" <= run[0] <= "\uffef" else ""
        out.append(f'#text(lang: "{language}", region: none, {literal(run)});' if language else f"#{literal(run)};")
    return "".join(out)


def label_of(docname: str, anchor: str = "") -> str:
    """Return the Typst label of an anchor: page name and id, joined by a colon."""
    return f"{docname.rpartition('/')[2]}:{anchor}"


class Writer(nodes.NodeVisitor):
    """Write one document of the book.

    `number(docname, kind, id)` gives the number that the HTML shows; `image(uri)` gives the
    name of a file for Typst; `labels` collects every label of the document and refuses a second one;
    a link to a page that is not `printed` is its words alone (every page is, where none is named);
    `sources` is what stands in the place of the table of sources.
    """

    def __init__(
        self, document: nodes.document, docname: str, level: int, number: Callable, image: Callable, labels: set[str],
        printed: frozenset[str] = frozenset(), sources: str = "",
    ):
        super().__init__(document)
        self.printed, self.sources = printed, sources
        self.docname, self.level, self.number, self.image, self.labels = docname, level, number, image, labels
        self.line: float = LINE
        self.sheet, self.tables = "", 0
        self.out: list[str] = []

    # -- machinery

    def write(self, node: nodes.Node) -> str:
        """Return the Typst of a node."""
        start = len(self.out)
        node.walkabout(self)
        text = "".join(self.out[start:])
        del self.out[start:]
        return text

    def inner(self, node: nodes.Node) -> str:
        """Return the Typst of a node's children."""
        return "".join(self.write(child) for child in node.children)

    def emit(self, text: str) -> None:
        """Add text and leave the node: its children are done."""
        self.out.append(text)
        raise nodes.SkipNode

    def unknown_visit(self, node: nodes.Node) -> None:
        raise TypstError(f"{self.docname}: no rule for the node {node.__class__.__name__}: {node.astext()[:80]!r}")

    def anchors(self, node: nodes.Element) -> str:
        """Return invisible marks for the ids of a node, which links can point to."""
        marks = []
        anchor: str
        for anchor in node.get("ids", []):
            label = label_of(self.docname, anchor)
            if label not in self.labels:
                self.labels.add(label)
                marks.append(f"#metadata(none)#label({literal(label)});")
        return "".join(marks)

    # -- structure

    def visit_document(self, node: nodes.document) -> None:
        self.emit(f"{self.anchors(node)}{self.inner(node)}")

    def visit_section(self, node: nodes.section) -> None:
        self.level += 1
        body = self._sheets(node)
        text = self._sheet(node, body[0]) if body else self.anchors(node) + self.inner(node)
        self.level -= 1
        self.emit(text)

    def _sheets(self, node: nodes.Node | None) -> list[nodes.Element]:
        """Return the body of a claim's sheet, in a list of one, if a node is the section of one."""
        children = node.children if isinstance(node, nodes.section) else []
        return [child for child in children if isinstance(child, nodes.container) and "sheet" in child["classes"]]

    def _sheet(self, node: nodes.section, body: nodes.Element) -> str:
        """Return a claim's sheet: beside what it says, down to the list of its verdicts, how that was decided."""
        says = next(i for i, child in enumerate(body.children) if isinstance(child, nodes.bullet_list)) + 1
        first = self.anchors(node) + self.write(node.children[0]) + "".join(map(self.write, body.children[:says]))
        self.line, self.sheet = LINE * COLUMN, node["ids"][0].upper()
        proof = "".join(map(self.write, body.children[says:]))
        self.line, self.sheet = LINE, ""
        long = "true" if len(body.astext()) > PIECE else "false"
        return f"#sheet({literal(node['ids'][0].upper())}, {long}, [{first}], [{proof}])\n"

    def visit_title(self, node: nodes.title) -> None:
        self.emit(f"\n#heading(level: {self.level})[{self.inner(node)}]\n")

    def visit_paragraph(self, node: nodes.paragraph) -> None:
        text = f"{self.anchors(node)}{self.inner(node)}"
        if "credit" in node.get("classes", []):
            text = f"#credit[{text}]"
        if self._sheets(node.next_node(nodes.section, descend=False, siblings=True)):
            text = f"#leading[{text}]"  # it says what the sheets below show
        self.emit(f"\n{text}\n\n")

    def visit_block_quote(self, node: nodes.block_quote) -> None:
        self.emit(f"#quote(block: true)[{self.inner(node)}]\n")

    def visit_bullet_list(self, node: nodes.bullet_list) -> None:
        self.emit(f"#list({', '.join(f'[{self.inner(item)}]' for item in node.children)})\n")

    def visit_enumerated_list(self, node: nodes.enumerated_list) -> None:
        self.emit(f"#enum({', '.join(f'[{self.inner(item)}]' for item in node.children)})\n")

    def visit_definition_list(self, node: nodes.definition_list) -> None:
        items = []
        for item in node.children:
            terms = [self.anchors(child) + self.inner(child)
                     for child in item.children if isinstance(child, nodes.term)]
            text = "".join(self.inner(child) for child in item.children if isinstance(child, nodes.definition))
            items.append(f"terms.item([{', '.join(terms)}], [{text}])")
        self.emit(f"{self.anchors(node)}#terms({', '.join(items)})\n")

    def visit_glossary(self, node: nodes.Element) -> None:
        self.emit(self.inner(node))

    def visit_literal_block(self, node: nodes.literal_block) -> None:
        self.emit(f"#listing({self._raw(ANSI.sub('', node.astext()))})\n")

    def visit_rubric(self, node: nodes.rubric) -> None:
        self.emit(f"#rubric[{self.inner(node)}]\n")

    def visit_transition(self, node: nodes.transition) -> None:
        self.emit("#align(center, line(length: 20%, stroke: 0.4pt))\n")

    # -- inline

    def visit_Text(self, node: nodes.Text) -> None:
        self.emit(words(node.astext().replace("\n", " ")))

    def visit_emphasis(self, node: nodes.emphasis) -> None:
        self.emit(f"#emph[{self.inner(node)}];")

    def visit_strong(self, node: nodes.strong) -> None:
        self.emit(f"#strong[{self.inner(node)}];")

    def visit_literal(self, node: nodes.literal) -> None:
        self.emit(f"#raw({self._raw(node.astext())});")

    def _raw(self, text: str) -> str:
        """Return text that is set as it stands: a string literal that keeps its line breaks."""
        return literal(text, lines=True)

    def visit_inline(self, node: nodes.inline) -> None:
        classes: list[str] = node.get("classes", [])
        text = f"{self.anchors(node)}{self.inner(node)}"
        if "badge" in classes:
            text = f"#badge({literal(next(c for c in classes if c != 'badge'))})[{text}];"
        elif "date" in classes:
            text = f"#box[{text}];"
        elif named := {"locator", "marked"}.intersection(classes):
            text = f"#{named.pop()}[{text}];"
        self.emit(text)

    def visit_reference(self, node: nodes.reference) -> None:
        text = f"{self.anchors(node)}{self.inner(node)}"
        if "data-link" in node.get("classes", []):
            self.emit("")  # the rows are beside the site, not in the PDF
        target = node.get("refuri", "")
        if node.get("internal") or target.startswith("%") or "refid" in node:
            docname, _, anchor = target.removeprefix("%").partition("#")
            docname, anchor = docname or self.docname, anchor or node.get("refid", "")
            if self.printed and docname not in self.printed:
                self.emit(text)
            label = literal(label_of(docname, anchor))
            if "chip" in node.get("classes", []):
                paged = "false" if self.inside(node, nodes.entry) else "true"
                self.emit(f"#chip({literal(node['classes'][-1])}, {label}, {paged})[{text}];")
            self.emit(f"#cross({label})[{text}];")
        if target.startswith("../data/"):
            self.emit(text)  # a table lies beside the site; it is attached to the PDF
        if re.match(r"(https?|mailto):", target):
            self.emit(f"#link({literal(target)})[{text}];")
        raise TypstError(f"{self.docname}: a link the PDF cannot follow: {target!r}")

    visit_number_reference = visit_reference

    def inside(self, node: nodes.Node, kind: type[nodes.Node]) -> bool:
        """Return whether a node stands inside one of a kind."""
        while node.parent is not None and not isinstance(node, kind):
            node = node.parent
        return isinstance(node, kind)

    def visit_claim_line(self, node: nodes.Element) -> None:
        first, *more = node.children[:-1]  # the card is for the screen
        verdicts: list[nodes.Node] = [child for child in first.children
                                      if isinstance(child, nodes.inline) and "verdicts" in child["classes"]]
        said = [child for child in first.children if child not in verdicts]
        state = next(first.findall(nodes.reference))["classes"][-1]  # that of its chip
        rows = [f"[{''.join(map(self.write, row))}]"
                for row in (said, verdicts, [child for row in more for child in row.children])]
        self.emit(f"{self.anchors(node)}#claim-line({literal(state)}, {', '.join(rows)})\n")

    def visit_folded(self, node: nodes.Element) -> None:
        self.emit("")  # for the screen

    def visit_target(self, node: nodes.target) -> None:
        self.emit(f"{self.anchors(node)}{self.inner(node)}")

    def visit_raw(self, node: nodes.raw) -> None:
        if node.get("format") == "html" and re.match(r"</?a\b[^>]*>\Z|<script\b", node.astext().strip()):
            self.emit("")  # a link to a file beside the site: its words stay; or the theme's script
        raise TypstError(f"{self.docname}: raw {node.get('format')} has no place in the PDF: {node.astext()[:80]!r}")

    def visit_comment(self, node: nodes.comment) -> None:
        self.emit("")

    def visit_index(self, node: nodes.Element) -> None:
        self.emit("")  # entries of the site's index; the PDF has its own

    # -- notebooks

    def visit_container(self, node: nodes.container) -> None:
        classes: list[str] = node.get("classes", [])
        if "cell_input" in classes or "tools" in classes:
            self.emit("")  # code is in the notebook, rows are beside the site; the PDF shows what they gave
        self.emit(f"{self.anchors(node)}{self.inner(node)}")

    def visit_compound(self, node: nodes.compound) -> None:
        self.emit("" if "toctree-wrapper" in node.get("classes", []) else self.inner(node))

    # -- figures and tables

    def visit_figure(self, node: nodes.figure) -> None:
        picture = self.write(next(node.findall(nodes.image)))
        caption = next(node.findall(nodes.caption))
        legend = "".join(self.inner(child) for child in node.children if isinstance(child, nodes.legend))
        head = self._caption("figure", "Fig.", node, caption)
        self.emit(f"#plate([{self.anchors(node)}], [{head}], [{legend}])[{picture}]\n")

    def _caption(self, kind: str, word: str, node: nodes.Element, caption: nodes.Element) -> str:
        """Return a caption with the number that the HTML gives it."""
        number = self.number(self.docname, kind, node)
        return f"#strong[{words(f'{word} {number}')}] {self.inner(caption)}"

    def visit_image(self, node: nodes.image) -> None:
        alt = node.get("alt", "").strip()
        if not alt:
            raise TypstError(f"{self.docname}: an image has no alt text: {node['uri']}")
        self.emit(f"#image({literal(self.image(node['uri']))}, width: 100%, alt: {literal(alt)})")

    def visit_table(self, node: nodes.table) -> None:
        if self.sources and "tab-sources" in node["ids"]:
            self.emit(self.sources)
        group = next(node.findall(nodes.tgroup))
        head = [row for part in group.findall(nodes.thead) for row in part.findall(nodes.row)]
        body = [row for part in group.findall(nodes.tbody) for row in part.findall(nodes.row)]
        columns = len(list(group.findall(nodes.colspec)))
        title = next(node.findall(nodes.title), None)
        caption = "none" if title is None else f"[{self._caption('table', 'Table', node, title)}]"
        cells = f"table.header(repeat: true, {self._cells(head, strong=True)})" if head else ""
        largest = SMALLEST if len(group.astext()) > LONG else 1
        line = self.line / largest
        need, widths = column_widths([[row.children[i].astext() for row in head + body] for i in range(columns)],
                                     len(head), line)
        keep = len(group.astext()) <= SMALL and not self.sheet
        name = ("" if keep or len(body) <= 2 or len(group.astext()) > PAGE
                else self.sheet or f"{self.docname} {self.tables}")
        table = f"columns: ({widths}), align: ({self._aligns(body, columns)}), {cells}, {self._cells(body, last=name)}"
        turned = need * SMALLEST > LINE
        kind, scale = "wide" if turned else "grid-table", 1 if turned else min(self.line / need, largest)
        self.tables += 1
        options = ", keep: true" if keep else f", name: {literal(name)}" if name and not self.sheet else ""
        options += f", scale: {scale:.2f}" if scale < 1 else ""
        self.emit(f"{self.anchors(node)}#{kind}({caption}{options}, table({table}))\n")

    def _cells(self, rows: list[nodes.row], strong: bool = False, last: str = "") -> str:
        """Return the cells of rows as Typst arguments; the header's are bold. The `last` two rows of a table of that
        name say on which page they are."""
        marks = [f"#row({literal(last)})" if last and len(rows) - i <= 2 else "" for i in range(len(rows))]
        cells = [("" if place else mark) + self.inner(entry).strip()
                 for row, mark in zip(rows, marks, strict=True) for place, entry in enumerate(row.children)]
        return ", ".join(f"[#strong[{cell}]]" if strong else f"[{cell}]" for cell in cells)

    def _aligns(self, rows: list[nodes.row], columns: int) -> str:
        """Return column alignments: right where the site sets a column right."""
        first: Any = rows[0].children if rows else []
        right = ["text-right" in " ".join(first[i].get("classes", [])) if i < len(first) else False
                 for i in range(columns)]
        return ", ".join("right" if r else "left" for r in right) + ","

    # -- references

    def visit_citation(self, node: nodes.Element) -> None:
        label, *rest = node.children
        text = "".join(self.inner(child) if isinstance(child, nodes.paragraph) else self.write(child) for child in rest)
        self.emit(f"{self.anchors(node)}#reference([{self.inner(label)}], [{text}])\n")

    def visit_footnote(self, node: nodes.footnote) -> None:
        self.visit_citation(node)
