"""Sphinx builder "typst": the book as one Typst file, compiled to a tagged PDF.

It reads the doctrees that the HTML build made, takes every number from the same tables, and
asks the compiler for PDF/UA-1 and PDF/A-3a, which refuse a missing glyph or alt text.
"""

import base64
import hashlib
import html
import io
import json
import os
import pprint
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from importlib import metadata
from pathlib import Path
from typing import Any

import pikepdf
import watch
from claims import CLAIM
from docutils import nodes
from evidence import cff, dates, paths
from evidence.checks import files
from evidence.pages import naming
from evidence.pages.argument import verdict_of
from evidence.pages.claims import TENSES
from evidence.pages.markdown import source_anchor
from evidence.publish import citation, downloads
from evidence.tables import load, package
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
PASS = (sys.executable, "-I", str(HERE / "typst_pass.py"))
"""The program that is one pass of the compiler."""
MIME = {
    ".csv": "text/csv", ".geojson": "application/geo+json", ".html": "text/html", ".ipynb": "application/x-ipynb+json",
    ".json": "application/json", ".md": "text/markdown", ".otf": "font/otf", ".py": "text/x-python", ".ttf": "font/ttf",
}
"""What is attached, by its ending; the rest is plain text."""
EXTRA = {
    "claims.json": "Every claim with its verdicts",
    "data/datapackage.json": "Description of the tables",
    "data/LICENSES.md": "Whose data this is",
}
"""What is attached beside the tables and the notebooks."""


APPENDICES = {
    "Appendix A. Claim sheets": re.compile(r"book/sheets-"),
    "Appendix B. Sources": re.compile(r"book/sources$"),
    "Appendix C. Method and glossary": re.compile(r"book/(?:method|glossary)$"),
}
"""What follows the report in print; any other page of the parts APPARATUS is for the screen."""
APPARATUS = ("Claims", "Apparatus")
GUIDE = ("how-to-read-on",)
"""The section of the front page that stands below the contents."""
BEHIND = ("how-to-cite", "challenge-a-verdict")
"""The sections of the front page that stand at the end."""
ON_SCREEN = ("downloads",)
"""The sections of the front page that are for the screen: files beside the site."""
INDEX = "Every claim of the article and its verdicts."
"""What the index of claims is, below the number of the site's table of them."""
GLANCE = "The verdicts at a glance"
"""What is left of the front page, as a chapter."""
SHALLOW = 105
"""A page on which a chapter ends above so many millimetres is almost empty."""
STYLE = "chicago-notes"
"""The references' style in CSL, as Typst carries it: author, title, publisher, day."""


def contents(toc: Path) -> list[tuple[str, list[str], int]]:
    """Return the parts of the printed book with their documents and the level of their titles below the
    part: 0 in the report, 1 in an appendix, which has a heading of its own. The front page has no part.
    Raises TypstError for contents that have anything else."""
    tree = cff.parsed(toc)
    for fault in files.contents_faults(tree):
        raise TypstError(str(fault))
    parts = [(part["caption"], [*paths.pages(part)]) for part in tree["parts"]]
    behind = [docname for caption, docnames in parts if caption in APPARATUS for docname in docnames]
    found = [("", [tree["root"]], 0), *((*part, 0) for part in parts if part[0] not in APPARATUS)]
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
        pieces = {docname: self.piece(docname, level, common) for _, docnames, level in parts for docname in docnames}
        sheets = {anchor: label for piece in pieces.values() for anchor, label in piece["sheets"].items()}
        for uri in [uri for piece in pieces.values() for uri in piece["images"]]:
            (self.stage / "images" / self.image(uri).name).write_text(
                lettered(self.image(uri).read_text("utf-8")), "utf-8")
        first = {docnames[0] for _, docnames, _ in parts}
        front, summary, guide, behind = self.front(pieces[self.config.root_doc]["sections"])
        pieces[self.config.root_doc]["text"] = front
        body = []
        for caption, docnames, level in parts:
            texts = []
            for docname in docnames:
                text = pieces[docname]["text"].replace("#plate(", "#first-plate(", int(docname != self.config.root_doc))
                opening = "" if level or docname in first else f"#chapter-break(name: {literal(docname)})\n"
                texts.append(f"{opening}#metadata(none)#label({literal(label_of(docname))});\n{text}")
            if level:
                before = claim_index(sheets, self.env.toc_fignumbers) if caption == next(iter(APPENDICES)) else ""
                after = f"{behind}#colophon([{colophon()}])\n" if caption == list(APPENDICES)[-1] else ""
                body.append(f"#appendix({literal(caption)})[\n{before}{''.join(texts)}{after}]\n")
            else:
                body += [f"#part({literal(caption)})\n" if caption else "#chapter-break()\n", *texts]
        (self.stage / "sources.yml").write_text(json.dumps(dict(references()), ensure_ascii=False, indent=1), "utf-8")
        attached = "".join(attachment(*entry) for entry in self.attached())
        head = f'#import "template.typ": *\n#show: book.with({identity()})\n{attached}{cover()}'
        return f"{head}#summary({counted(at_writing())})[\n{summary}]\n#contents[\n{guide}]\n{''.join(body)}"

    def front(self, sections: dict[str, str]) -> tuple[str, ...]:
        """Return what is left of the front page as a chapter, its summary (all above the first figure), its
        guide, and what stands at the end; a page without a figure is all summary. Raise TypstError for a
        section that it no longer has."""
        moved = (GUIDE, BEHIND, ON_SCREEN)
        if missing := {name for names in moved for name in names} - sections.keys():
            raise TypstError(f"the front page has no section {', '.join(sorted(missing))}")
        guide, behind, _ = ("".join(sections.pop(name) for name in names) for names in moved)
        texts = list(sections.values())
        figures = [i for i, text in enumerate(texts) if "#plate(" in text] or [len(texts)]
        # The last figure may wait for its place.
        before, tall = "".join(texts[figures[0] : figures[-1]]), "".join(texts[figures[-1] :])
        chapter = f"#heading(level: 1)[{words(GLANCE)}]\n{before.replace('#plate(', '#plate-here(')}{tall}"
        return chapter, "".join(texts[: figures[0]]), guide, behind

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

        listed = any("tab-sources" in node["ids"] for node in document.findall(nodes.table))
        writer = Writer(document, docname, level, self.number, image, set(), self.printed,
                        bibliography(docname) if listed else "")
        found = [node for node in document.findall(nodes.section) if node["ids"]]
        sheets = {anchor: label_of(docname, anchor) for node in found
                  for anchor in node["ids"] if CLAIM.fullmatch(anchor)}
        if docname == self.config.root_doc:
            writer.level += 1
            subtitle = citation.load()["title"].partition(": ")[2]  # it is on the cover
            lead = [node for node in found[0].children if not isinstance(node, nodes.title | nodes.section)
                    and node.astext() != subtitle]
            sections = {node["ids"][0]: writer.write(node) for node in found if node.parent.parent is document}
            parts = {"text": "", "sections": {"": "".join(map(writer.write, lead))} | sections}
        else:
            parts = {"text": writer.write(document), "sections": {}}
        piece = {"key": key, "sheets": sheets, "images": images, **parts}
        kept.write_text(json.dumps(piece), "utf-8")
        return piece

    def attached(self) -> list[tuple[str, str, str]]:
        """Copy what travels inside the PDF beside it: what rerun.zip holds but the tests, each file by its name there,
        and the claims with their verdicts. Return name, MIME type and description of each."""
        if not self.config.published:
            return []
        described = {f"data/{one['path']}": f"{one['title']}: {one['description']}" for one in package()["resources"]}
        names = [name for name in watch.listed(paths.ROOT)[0] if not name.startswith("tests/")]
        files = (dict(downloads.held(names))
                 | {"claims.json": (Path(self.config.published) / "claims.json").read_bytes()})
        folder = self.stage / "attached"
        shutil.rmtree(folder, ignore_errors=True)
        entries = []
        for number, (name, content) in enumerate(sorted(files.items())):
            path = folder / str(number)
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(downloads.without_drawings(content) if name.endswith(".ipynb") else content)
            entries.append((name, f"attached/{number}",
                            described.get(name) or EXTRA.get(name) or f"Needed to build the book: {name}"))
        return entries

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


def attachment(name: str, path: str, description: str) -> str:
    """Return the Typst of one file attached to the PDF."""
    kind = MIME.get(Path(name).suffix, "text/plain")
    return (
        f'#pdf.attach({literal(name)}, read({literal(path)}, encoding: none), relationship: "data", '
        f'mime-type: {literal(kind)}, description: {literal(description)})\n'
    )


GLYPHS = re.compile(
    r'<!-- ((?:(?!-->).)*?) -->\s*'
    r'<g style="([^"]*)" transform="(translate\([^)]*\)(?: rotate\([^)]*\))?) scale\(([\d.]+) -[\d.]+\)">'
    r"((?:(?!</g>).)*)</g>", re.S,
)
GLYPH = re.compile(r'<use xlink:href="#Inter-(Regular|Bold)-[0-9a-f]+"(?: transform="translate\((-?[\d.]+) 0\)")?/>')


def lettered(drawing: str) -> str:
    """Return a drawing of matplotlib's whose letters are text in Inter, not outlines: smaller, and found by a search.
    Coordinates have two decimals, of a point. Letters that cannot be told stay outlines."""

    def text(found: re.Match) -> str:
        said, style, place, scale, inner = found.groups()
        glyphs, said = GLYPH.findall(inner), html.unescape(said)
        left = re.sub(r"<defs>.*?</defs>", "", GLYPH.sub("", inner), flags=re.S).strip()
        if left or len(glyphs) != len(said) or len({weight for weight, _ in glyphs}) != 1:
            return found.group()
        return (
            f'<text transform="{place}" style="{style}" x="{float(glyphs[0][1] or 0) * float(scale):g}" y="0" '
            f'font-family="Inter" font-weight="{glyphs[0][0].lower().replace("regular", "normal")}" '
            f'font-size="{float(scale) * 100:g}" font-kerning="none" xml:space="preserve">{html.escape(said)}</text>'
        )

    return re.sub(r"(\d\.\d\d)\d+", r"\1",
                  GLYPHS.sub(text, re.sub(r"<metadata>.*?</metadata>", "", drawing, flags=re.S)))


def titled(text: str) -> str:
    """Return text for Hayagriva that keeps its capitals and is no formula."""
    return "{" + text.replace("$", "\\$") + "}"


def references() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the key of each source, in the order of its author, with its entry in Hayagriva, from which CSL sets it.
    What was published on no day that can be told has its words for that behind the publisher."""
    tables = load()
    for key, row in sorted(tables["sources"].iterrows(),
                           key=lambda one: (naming.author(one[1]).casefold(), one[1]["published"], one[0])):
        who, day = naming.author(row), row["published"]
        told = re.fullmatch(r"\d{4}(-\d\d){0,2}", day)
        people = [dict(zip(("name", "given-name"), person, strict=False)) for person in naming.people(row)]
        by = [row["producer"] if people else row["producer"].partition(who)[2].strip(" ,;"),
              "" if told or not day else naming.published(row)]
        publisher = re.sub(r"^[a-z]+\b(?![.-])", lambda word: word.group().capitalize(), "; ".join(filter(None, by)))
        entry: dict[str, Any] = {"type": "web", "author": people or {"name": who}, "title": titled(row["title"])}
        entry |= {"date": day} if told else {}
        entry |= {"publisher": titled(publisher)} if publisher else {}
        entry |= ({"url": {"value": row["url"]} | ({"date": row["accessed"]} if row["accessed"] else {})}
                  if row["url"] else {})
        yield key, entry


def bibliography(docname: str) -> str:
    """Return the list of sources as Typst: each with its anchor on a page of the site, and how much of it was read."""
    sources, usual = load()["sources"], load()["sources"]["licence"].mode()[0]
    entries = []
    for key, _ in references():
        row = sources.loc[key]
        read = " · ".join(filter(None,
                                 (f"read: {row['extent_read']}", row["licence"] if row["licence"] != usual else "")))
        entries.append(f"({literal(key)}, {literal(label_of(docname, source_anchor(key)))}, [{words(read)}])")
    terms = words("Style: Chicago. Behind each: its key in the tables, and how much of it was read. "
                  f"Where no terms are given: {usual}.")
    return f"\n{terms}\n\n#references({literal(STYLE)}, \"sources.yml\", ({', '.join(entries)},))\n"


def claim_index(sheets: dict[str, str], numbered: dict[str, Any]) -> str:
    """Return an index of every claim with its verdicts and page, from the label of its sheet by its anchor, with the
    number that the site's table of all claims has; raise TypstError if a sheet is missing."""
    number = numbered.get("book/claims", {}).get("table", {}).get("tab-scoreboard", ())
    caption = f"#strong[{words(f'Table {number[0]}')}] {words(INDEX)}" if number else ""
    claims, judged, entries = load()["claims"], all_judgements(), []
    for claim_id, claim in claims.iterrows():
        if (anchor := claim_id.lower()) not in sheets:
            raise TypstError(f"claim {claim_id} has no sheet")
        states = [state_of(claim, tense, judged) for tense in TENSES]
        badges = [f"badge({literal(kind(state))}, {literal(wording.VERDICT[state])})" if state else "none"
                  for state in states]
        entries.append(f"({literal(claim_id)}, {literal(claim['stated_text'])}, {', '.join(badges)}, "
                       f"{literal(sheets[anchor])})")
    return f"#claim-index([{caption}], ({', '.join(entries)},))\n"


UNPACK = f"""import pathlib, pikepdf
with pikepdf.open("{citation.PDF}") as pdf:
    for name, file in pdf.attachments.items():
        path = pathlib.Path("{citation.NAME}", name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.get_file().read_bytes())
"""
"""What saves every attachment by its name, and so makes the folder from which the book is built."""


def colophon() -> str:
    """Return how the PDF was made, with what, and how the book is built from what is attached, in Typst."""
    made = (
        f"Set from the same documents as the site, by Typst in the Python package typst {metadata.version('typst')}, "
        "in Libertinus Serif and Inter (SIL Open Font License) and DejaVu Sans Mono (Bitstream Vera licence), "
        "all embedded. Accepted by the compiler as PDF/UA-1 and PDF/A-3a. Attached to this file, each by "
        "its own name: every table with its description, every notebook, the claims with their verdicts, "
        "and all else that the book is built from. The article is not among them. The notebooks are without their "
        "drawings, which the pages show and make rerun draws again. "
        "This makes the folder, and its README.md says how to go on:"
    )
    return (f"{words(made)}#listing({literal(UNPACK, lines=True)})\n{words('SHA-256 of the tables in data:')}\n"
            f"#digest({literal(data_digest())})")


def identity() -> str:
    """Return what the PDF says of itself, from CITATION.cff."""
    cff = citation.load()
    title, _, subtitle = cff["title"].partition(": ")
    day = cff["date-released"]
    fields = {
        "title": literal(title), "subtitle": literal(subtitle), "author": literal(citation.contributors()),
        "date": f"datetime(year: {day.year}, month: {day.month}, day: {day.day})",
        "keywords": f"({', '.join(literal(word) for word in cff['keywords'])},)",
    }
    return ", ".join(f"{key}: {value}" for key, value in fields.items())


def cover() -> str:
    """Return the cover: title, every claim in the colour of its verdict, and what identifies this copy."""
    cff, claims, judged = citation.load(), load()["claims"], all_judgements()
    title, _, subtitle = cff["title"].partition(": ")
    day, version = cff["date-released"], f"Version {cff['version']}. {citation.doi_url()}".strip()
    origin = paths.COMMIT.read_text("utf-8") if paths.COMMIT.is_file() else watch.origin(paths.ROOT)
    facts = {
        "Edition": words(f"Version {cff['version']}, {dates.long(day)}. "
                         f"Evidence last checked on {dates.long(dates.EVIDENCE_CHECKED)}"),
        "Commit": words(origin.strip() or "not known: this copy has no history"),
        "Licence": words(citation.rights()),
        "Cite as": f"{words(citation.contributors())} ({day.year}). {words(cff['title'])}. {words(version)}",
        "Cite a claim": words("Add its number and the page of its sheet: claim C17, and Appendix A has the page."),
    }
    states = [verdict_of(claim, judged) for _, claim in claims.iterrows()]
    key = words(f"The article's {len(states)} claims in its order, each in the colour of its verdict (a forecast's is "
                "the one since).")
    return (
        f"#cover({literal(title)}, {literal(subtitle)}, {literal(citation.contributors())}, "
        f"[{words(citation.abstract())}], ({', '.join(literal(kind(state)) for state in states)}), [{key}], "
        f"{counted(states)}, ({', '.join(f'({literal(name)}, [{fact}])' for name, fact in facts.items())}))\n"
    )


def kind(verdict: str) -> str:
    """Return a verdict as the template names it."""
    return verdict.replace("_", "-")


def counted(states: list[str]) -> str:
    """Return each verdict among some with its word and how often it is there, as a Typst array."""
    found = [(kind(verdict), word, states.count(verdict))
             for verdict, word in wording.VERDICT.items() if verdict in states]
    return f"({', '.join(f'({literal(name)}, {literal(word)}, {count})' for name, word, count in found)},)"


def at_writing() -> list[str]:
    """Return the verdict at writing of each claim that has one."""
    judged = all_judgements()
    return list(filter(None, (state_of(claim, "writing", judged) for _, claim in load()["claims"].iterrows())))


def packed(pdf: bytes, rights: str) -> bytes:
    """Return a PDF of Typst's with the rights in its XMP packet, for which Typst has no field, and its objects packed
    into streams: the same bytes for the same PDF. Raises TypstError without a packet."""
    entry = (f'<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">{html.escape(rights)}</rdf:li></rdf:Alt>'
             '</dc:rights>').encode()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        if "/Metadata" not in document.Root:
            raise TypstError("the PDF has no XMP packet that can be read")
        said = document.Root.Metadata.read_bytes()
        document.Root.Metadata.write(said.replace(b"<dc:creator>", entry + b"<dc:creator>", 1))
        out = io.BytesIO()
        document.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return out.getvalue()


def compile_pdf(source: Path, target: Path) -> None:
    """Compile a Typst file to a tagged PDF; raise TypstError with the compiler's words.

    A draft tells what is asked for: where a chapter would end on a page that is almost empty, that the next begins
    below that end; where the last row of a table would stand alone on a page, that the table stays in one piece. It is
    compiled until nothing more is.
    """
    nothing: dict[str, set[str]] = {"runs-on": set(), "whole": set()}
    before, (asked, pdf, warnings) = None, compiled(source, nothing, draft=True)
    while asked != before:
        before, (asked, pdf, warnings) = asked, compiled(source, asked)
    if warnings:
        raise TypstError("Typst warns: " + "; ".join(warnings))
    target.write_bytes(packed(pdf, citation.rights()))


def compiled(source: Path, asked: dict[str, set[str]], draft: bool = False) -> tuple[dict, bytes, list[str]]:
    """Return what has been asked for, by name, with what a Typst file asks for once it is so laid out; and, but for a
    draft, the PDF and the compiler's warnings. Raises TypstError. The clock is SOURCE_DATE_EPOCH, and no font but those
    of FONTS is looked at."""
    epoch = int(os.environ.get("SOURCE_DATE_EPOCH", str(citation.epoch())))
    inputs = {name: "|".join(sorted(names)) for name, names in asked.items()} | ({"draft": ""} if draft else {})
    given: dict[str, Any] = {"source": str(source), "root": str(source.parent), "fonts": [str(FONTS)], "inputs": inputs}
    given |= {} if draft else {"pdf_standards": STANDARDS, "timestamp": epoch}
    done = subprocess.run(PASS, input=json.dumps(given), capture_output=True, text=True)
    if done.returncode:
        raise TypstError(f"Typst: its process ended with status {done.returncode} {done.stderr}")
    made = json.loads(done.stdout)
    if "error" in made:
        raise TypstError(f"Typst: {made['error']}")
    rows = made["row"]
    wanted = {
        "runs-on": {name for name, depth in made["end"] if depth < SHALLOW},
        "whole": {name for (name, page), (_, last) in zip(rows[::2], rows[1::2], strict=True) if page != last},
    }
    return {name: asked[name] | wanted[name] for name in asked}, base64.b64decode(made["pdf"]), made["warnings"]


def setup(app: Sphinx) -> dict:
    """Register the builder."""
    app.add_config_value("published", "", "")
    app.add_builder(TypstBuilder)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
