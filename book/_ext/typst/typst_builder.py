"""Sphinx builder "typst": the book as one Typst file, compiled to a tagged PDF.

It reads the doctrees that the HTML build made, takes every number from the same tables, and
asks the compiler for PDF/UA-1 and PDF/A-3a, which refuse a missing glyph or alt text.
"""

from __future__ import annotations

import datetime
import hashlib
import html
import json
import os
import pprint
import re
import shutil
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path
from typing import Any

import typst
import yaml
from claims import CLAIM
from docutils import nodes
from evidence import dates, paths
from evidence.pages.claims import TENSES
from evidence.publish import citation
from evidence.tables import load
from evidence.verdicts import wording
from evidence.verdicts.examine import all_judgements, state_of
from sphinx.application import Sphinx
from sphinx.builders import Builder
from typst_writer import TypstError, Writer, label_of, literal, words

HERE = Path(__file__).parent
NAME = citation.NAME
STANDARDS: Any = ["ua-1", "a-3a"]
FONTS = HERE / "fonts"
"""The faces the book is set in, as Typst 0.15.2 carries them, with their licences; no other font can be used."""
MIME = {".csv": "text/csv", ".ipynb": "application/x-ipynb+json", ".json": "application/json", ".md": "text/markdown", ".zip": "application/zip"}
EXTRA = {
    "claims.json": "Every claim with its verdicts",
    "data/datapackage.json": "Description of the tables, with their hashes",
    "data/LICENSES.md": "Whose data this is",
    "rerun.zip": "Everything needed to build the book again, without the article",
}
"""What is attached beside the tables and the notebooks."""


APPENDICES = {
    "Appendix A. Claim sheets": re.compile(r"book/sheets-"),
    "Appendix B. Sources": re.compile(r"book/sources$"),
    "Appendix C. Method and glossary": re.compile(r"book/(?:method|glossary)$"),
}
"""What follows the report in print; any other page of the parts APPARATUS is for the screen."""
APPARATUS = ("Claims", "Apparatus")


def contents(toc: Path) -> list[tuple[str, list[str], int]]:
    """Return the parts of the printed book with their documents and the level of their titles below the
    part: 0 in the report, 1 in an appendix, which has a heading of its own. The front page has no part."""
    tree = yaml.safe_load(toc.read_text("utf-8"))
    parts = {part["caption"]: [chapter["file"] for chapter in part["chapters"]] for part in tree.get("parts", [])}
    behind = [docname for caption in APPARATUS for docname in parts.pop(caption, [])]
    found = [("", [tree["root"]], 0), *((caption, docnames, 0) for caption, docnames in parts.items())]
    return found + [(name, list(filter(page.match, behind)), 1) for name, page in APPENDICES.items()]


def data_digest() -> str:
    """Return one SHA-256 over the evidence tables, by which a copy can be told from another."""
    total = hashlib.sha256()
    for path in sorted(paths.DATA.iterdir()):
        if path.is_file():
            total.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def shared(env: Any) -> bytes:
    """Return what a page may show of the others: every number, title and name that a reference may lead to."""
    titles = {docname: title.astext() for docname, title in env.titles.items()}
    cited = sorted((one.citation_id, one.formatted_entry.label) for one in env.domaindata["cite"]["citations"])
    return pprint.pformat((env.toc_fignumbers, env.toc_secnumbers, titles, env.domaindata["std"], cited)).encode()


class TypstBuilder(Builder):
    """Write NAME.typ and NAME.pdf into the output folder."""

    name = "typst"
    format = "typst"
    epilog = ""
    supported_image_types = ["image/svg+xml"]  # noqa: RUF012 (as Sphinx declares it)
    allow_parallel = False

    def get_outdated_docs(self) -> Iterable[str]:
        """Return all documents: the book is one file."""
        return self.env.all_docs

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        """Return the address of a document inside the PDF."""
        return f"%{docname}"

    def get_relative_uri(self, from_: str, to: str, typ: str | None = None) -> str:
        """Return the address of a document inside the PDF."""
        return self.get_target_uri(to)

    def prepare_writing(self, docnames: set[str]) -> None:
        """Nothing to prepare."""

    def write(self, *ignored: object) -> None:
        """Write the Typst file and compile it; raise TypstError for whatever cannot be set."""
        self.stage = Path(self.outdir)
        shutil.rmtree(self.stage / "images", ignore_errors=True)
        (self.stage / "images").mkdir(parents=True, exist_ok=True)
        shutil.copy(HERE / "template.typ", self.stage)
        (self.stage / f"{NAME}.typ").write_text(self.source(), "utf-8")
        compile_pdf(self.stage / f"{NAME}.typ", self.stage / f"{NAME}.pdf")

    def source(self) -> str:
        """Return the whole book as Typst, with its images staged."""
        parts = [part for part in contents(Path(self.app.srcdir) / self.config.external_toc_path) if part[1]]
        self.printed = frozenset(docname for _, docnames, _ in parts for docname in docnames)
        common = shared(self.env) + b"".join(path.read_bytes() for path in sorted(HERE.glob("*.py")))
        sheets: dict[str, str] = {}
        body = []
        for caption, docnames, level in parts:
            pieces = [self.piece(docname, level, common) for docname in docnames]
            sheets |= {anchor: label for piece in pieces for anchor, label in piece["sheets"].items()}
            if level:
                body.append(f"#appendix({literal(caption)})\n")
                body += [claim_index(sheets)] if caption == next(iter(APPENDICES)) else []
            elif caption:
                body.append(f"#part({literal(caption)})\n")
            for place, (docname, piece) in enumerate(zip(docnames, pieces, strict=True)):
                body.append("" if level or (caption and not place) else "#chapter-break()\n")
                for uri in piece["images"]:
                    shutil.copy(self.image(uri), self.stage / "images")
                body.append(f"#metadata(none)#label({literal(label_of(docname))});\n{piece['text']}")
        attached = "".join(attachment(*entry) for entry in self.attached())
        head = f'#import "template.typ": *\n#show: book.with({front_matter()})\n{attached}'
        return head + "\n".join([*body, f"#colophon([{colophon()}])\n"])

    def piece(self, docname: str, level: int, common: bytes) -> dict[str, Any]:
        """Return the Typst of a document, its sheets for the index and its images. It is kept beside
        the doctree until that, what it shares with others or this code changes."""
        doctree, kept = (Path(self.app.doctreedir, f"{docname}.{kind}") for kind in ("doctree", "typst.json"))
        key = hashlib.sha256(common + doctree.read_bytes()).hexdigest()
        if kept.is_file() and (piece := json.loads(kept.read_text("utf-8")))["key"] == key:
            return piece
        images: list[str] = []
        document = self.env.get_and_resolve_doctree(docname, self)

        def image(uri: str) -> str:
            images.append(uri)
            return f"images/{self.image(uri).name}"

        text = Writer(document, docname, level, self.number, image, set(), self.printed).write(document)
        sections = [anchor for node in document.findall(nodes.section) for anchor in node["ids"]]
        sheets = {anchor: label_of(docname, anchor) for anchor in sections if CLAIM.fullmatch(anchor)}
        piece = {"key": key, "text": text, "sheets": sheets, "images": images}
        kept.write_text(json.dumps(piece), "utf-8")
        return piece

    def attached(self) -> list[tuple[str, str, str]]:
        """Copy what travels inside the PDF beside it; return name, MIME type and description of each."""
        published = Path(self.config.published)
        if not self.config.published:
            return []
        package = json.loads((published / "data" / "datapackage.json").read_text("utf-8"))
        entries = [(published / "data" / entry["path"], entry["mediatype"], f"{entry['title']}: {entry['description']}") for entry in package["resources"]]
        entries += [(published / name, MIME[Path(name).suffix], words) for name, words in EXTRA.items()]
        entries += [(path, MIME[path.suffix], f"Notebook of the page {path.stem}") for path in sorted(paths.BOOK.glob("*.ipynb"))]
        folder = self.stage / "attached"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        for path, _, _ in entries:
            shutil.copy(path, folder)
        return sorted((path.name, mime, words) for path, mime, words in entries)

    def number(self, docname: str, kind: str, node: nodes.Element) -> str:
        """Return the number that the HTML shows for a figure or table."""
        known = self.env.toc_fignumbers.get(docname, {}).get(kind, {})
        for anchor in node["ids"]:
            if anchor in known:
                return ".".join(map(str, known[anchor]))
        raise TypstError(f"{docname}: a {kind} has no number: {node['ids']}")

    def image(self, uri: str) -> Path:
        """Return the file of an image; raise TypstError for one that cannot be set."""
        path = Path(uri) if Path(uri).is_absolute() else Path(self.app.srcdir) / uri
        if path.suffix != ".svg":
            raise TypstError(f"no rule for the image type {path.suffix}: {path.name}")
        return path


def attachment(name: str, mime: str, description: str) -> str:
    """Return the Typst of one file attached to the PDF."""
    return f'#pdf.attach({literal("attached/" + name)}, relationship: "data", mime-type: {literal(mime)}, description: {literal(description)})\n'


def claim_index(sheets: dict[str, str]) -> str:
    """Return an index of every claim with its verdicts and page, from the label of its sheet by its
    anchor; raise TypstError if a sheet is missing."""
    claims, judged, entries = load()["claims"], all_judgements(), []
    for claim_id, claim in claims.iterrows():
        if (anchor := claim_id.lower()) not in sheets:
            raise TypstError(f"claim {claim_id} has no sheet")
        states = [state_of(claim, tense, judged).replace("_", "-") for tense in TENSES]
        badges = [f"badge({literal(state)}, {literal(wording.VERDICT[state.replace('-', '_')])})" if state else "none" for state in states]
        entries.append(f"({literal(claim_id)}, {literal(claim['stated_text'])}, {', '.join(badges)}, {literal(sheets[anchor])})")
    return f"#claim-index(({', '.join(entries)},))\n"


def colophon() -> str:
    """Return how the PDF was made, and with what, in Typst."""
    text = (
        f"Set from the same documents as the site, with Typst {metadata.version('typst')}, in Libertinus Serif and Inter (SIL Open Font License) and "
        "DejaVu Sans Mono (Bitstream Vera licence), all embedded; rerun.zip holds the fonts with their licences. The letters of figures, in Inter, are drawn. "
        "Accepted by the compiler as PDF/UA-1 and PDF/A-3a. Attached to this file: every table with its description, every notebook, "
        "the claims with their verdicts, and rerun.zip, from which the book can be built again. The article is not among them."
    )
    return words(text)


def front_matter() -> str:
    """Return the arguments of the title page, from CITATION.cff."""
    cff = citation.load()
    title, _, subtitle = cff["title"].partition(": ")
    day, version = cff["date-released"], f"Version {cff['version']}. {citation.doi_url()}".strip()
    facts = {
        "Release": words(f"Version {cff['version']}, {dates.long(day)}"),
        "Cite as": f"{words(citation.contributors())} ({day.year}). #emph[{words(cff['title'])}]. {words(version)}",
        "Cite a claim": words("Add its number and the page of its sheet: claim C17, and Appendix A has the page."),
        "Licence": words(citation.rights()),
        "Evidence": f"{words('SHA-256 of the tables in data:')} #raw({literal(data_digest())})",
    }
    fields = {
        "title": literal(title),
        "subtitle": literal(subtitle),
        "author": literal(citation.contributors()),
        "date": f"datetime(year: {day.year}, month: {day.month}, day: {day.day})",
        "abstract": f"[{words(citation.abstract())}]",
        "facts": f"({', '.join(f'({literal(name)}, [{fact}])' for name, fact in facts.items())})",
        "keywords": f"({', '.join(literal(word) for word in cff['keywords'])},)",
    }
    return ", ".join(f"{key}: {value}" for key, value in fields.items())


def with_rights(pdf: bytes, rights: str) -> bytes:
    """Return a PDF of Typst's with the rights in its XMP packet, for which Typst has no field.

    The packet is neither compressed nor followed by anything but plain objects and a plain
    cross-reference table, so what comes after it only moves. Raises TypstError without a packet.
    """
    entry = f'<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">{html.escape(rights)}</rdf:li></rdf:Alt></dc:rights>'.encode()
    length = re.search(rb"(?<=/Length )\d+(?=/Type/Metadata/Subtype/XML)", pdf)
    if length is None:
        raise TypstError("the PDF has no XMP packet that can be read")
    at = pdf.index(b"<dc:creator>", length.end())
    table = int(pdf[pdf.rindex(b"startxref") :].split()[1])
    moved = pdf[: length.start()] + b"%d" % (int(length.group()) + len(entry)) + pdf[length.end() : at] + entry + pdf[at:table]
    shift = len(moved) - table
    tail = re.sub(rb"^\d{10}(?= \d{5} n)", lambda m: b"%010d" % (int(m.group()) + shift * (int(m.group()) > at)), pdf[table:], flags=re.M)
    return moved + re.sub(rb"(?<=startxref\n)\d+", b"%d" % (table + shift), tail)


def compile_pdf(source: Path, target: Path) -> None:
    """Compile a Typst file to a tagged PDF; raise TypstError with the compiler's words.

    The clock is SOURCE_DATE_EPOCH, and no font but those of FONTS is looked at.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", str(citation.epoch()))
    clock = datetime.datetime.fromtimestamp(int(epoch), datetime.UTC)
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
    try:
        pdf, warnings = typst.compile_with_warnings(
            str(source), root=str(source.parent), font_paths=fonts, pdf_standards=STANDARDS, timestamp=int(clock.timestamp()),
        )
    except typst.TypstError as error:
        raise TypstError(f"Typst: {error} {getattr(error, 'diagnostic', '')}") from None
    if warnings:
        raise TypstError("Typst warns: " + "; ".join(str(warning) for warning in warnings))
    target.write_bytes(with_rights(pdf, citation.rights()))


def setup(app: Sphinx) -> dict:
    """Register the builder."""
    app.add_config_value("published", "", "")
    app.add_builder(TypstBuilder)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
