"""The PDF's writer: one test per node, and the compiler's refusals."""

import io
import re
import shutil

import pikepdf
import pytest
import yaml
from claims import claim_line, claim_row, folded
from docutils import nodes
from docutils.utils import new_document
from evidence import dates
from evidence.publish import citation
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader
from sphinx import addnodes

import typst_builder  # isort: skip
from typst_builder import (  # isort: skip
    FONTS, HERE, TypstBuilder, compile_pdf, contents, counted, cover, identity, lettered, packed, references, titled)
from typst_writer import LINE, PIECE, TypstError, Writer, column_widths, label_of, literal, width, words


def writer(labels=None):
    """Return a writer for a page called book/page."""
    return Writer(new_document("page"), "book/page", 1, lambda doc, kind, node: "7", lambda uri: "images/a.svg",
                  set() if labels is None else labels)


def typ(node):
    """Return the Typst of a node."""
    return writer().write(node)


def p(*children, **attributes):
    return nodes.paragraph("", "", *[nodes.Text(c) if isinstance(c, str) else c for c in children], **attributes)


def entry(text, **attributes):
    return nodes.entry("", p(text), **attributes)


def table(columns=2):
    """Return a small table with a header, a caption and one column set right."""
    group = nodes.tgroup("", *[nodes.colspec() for _ in range(columns)], cols=columns)
    group += nodes.thead("", nodes.row("", *[entry(f"h{i}") for i in range(columns)]))
    group += nodes.tbody("",
                         nodes.row("", *[entry(f"c{i}", classes=["text-right"] if i else []) for i in range(columns)]))
    return nodes.table("", nodes.title("", "Caption"), group, ids=["tab-a"])


def figure(alt="Words"):
    image = nodes.image(uri="a.svg", alt=alt)
    return nodes.figure("", image, nodes.caption("", "Finding"), nodes.legend("", p("Source", classes=["credit"])),
                        ids=["fig-a"])


def sheet(words="c"):
    """Return a claim's sheet."""
    body = nodes.container("", p("b"), nodes.bullet_list("", nodes.list_item("", p("v"))), p(words), classes=["sheet"])
    return nodes.section("", nodes.title("", "a"), body, ids=["c73"])


def chip(**given):
    """Return a link to a sheet as the site's transform leaves it."""
    target = {"refuri": "%book/sheets-reach#c73"} | given
    return nodes.reference("", "C73", internal=True, classes=["chip", "supported"], **target)


EXPECTED = {
    "text": (nodes.Text("a b"), '#"a b";'),
    "cyrillic": (nodes.Text("by Россия и мы"), '#"by ";#text(lang: "ru", region: none, "Россия и мы");'),
    "chinese": (nodes.Text("和平 x"), '#text(lang: "zh", region: none, "和平");#" x";'),
    "emphasis": (nodes.emphasis("", "a"), '#emph[#"a";];'),
    "strong": (nodes.strong("", "a"), '#strong[#"a";];'),
    "literal": (nodes.literal("", "a\\b"), '#raw("a\\\\b");'),
    "paragraph": (p("a"), '\n#"a";\n\n'),
    "credit": (p("a", classes=["credit"]), '\n#credit[#"a";]\n\n'),
    "anchor": (p("a", ids=["x"]), '\n#metadata(none)#label("page:x");#"a";\n\n'),
    "title": (nodes.title("", "a"), '\n#heading(level: 1)[#"a";]\n'),
    "section": (nodes.section("", nodes.title("", "a")), '\n#heading(level: 2)[#"a";]\n'),
    "bullet list": (nodes.bullet_list("", nodes.list_item("", p("a"))), '#list([\n#"a";\n\n])\n'),
    "numbered list": (nodes.enumerated_list("", nodes.list_item("", p("a"))), '#enum([\n#"a";\n\n])\n'),
    "quotation": (nodes.block_quote("", p("a")), '#quote(block: true)[\n#"a";\n\n]\n'),
    "listing": (nodes.literal_block("", '\x1b[1;31ma\x1b[0m\n"b"'), '#listing("a\\n\\"b\\"")\n'),
    "rubric": (nodes.rubric("", "a"), '#rubric[#"a";]\n'),
    "transition": (nodes.transition(), "#align(center, line(length: 20%, stroke: 0.4pt))\n"),
    "comment": (nodes.comment("", "a"), ""),
    "index entry": (addnodes.index(entries=[]), ""),
    "badge": (nodes.inline("", "Held", classes=["badge", "supported"]), '#badge("supported")[#"Held";];'),
    "date": (nodes.inline("", "2013-01-15", classes=["date"]), '#box[#"2013-01-15";];'),
    "locator": (nodes.inline("", "a", classes=["locator"]), '#locator[#"a";];'),
    "marked words": (nodes.inline("", "a", classes=["marked"]), '#marked[#"a";];'),
    "verdicts of a line": (nodes.inline("", "a", classes=["verdicts"]), '#"a";'),
    "outcome": (nodes.inline("", "passes", classes=["outcome", "pass"]), '#"passes";'),
    "glued": (nodes.inline("", "614", classes=["pasted-text"]), '#"614";'),
    "external link": (nodes.reference("", "a", refuri="https://example.org/?a=1&b=2"),
                      '#link("https://example.org/?a=1&b=2")[#"a";];'),
    "link to a page": (nodes.reference("", "a", refuri="%book/reach#fig-a", internal=True),
                       '#cross("reach:fig-a")[#"a";];'),
    "chip": (chip(), '#chip("supported", "sheets-reach:c73", true)[#"C73";];'),
    "chip on its own page": (chip(refuri="", refid="c73"), '#chip("supported", "page:c73", true)[#"C73";];'),
    "chip in a table": (
        nodes.row("", nodes.entry("", p(chip()))).children[0].children[0],
        '\n#chip("supported", "sheets-reach:c73", false)[#"C73";];\n\n',
    ),
    "link on the page": (nodes.reference("", "a", refid="x", internal=True), '#cross("page:x")[#"a";];'),
    "data link": (nodes.reference("", "a", refuri="../data/a.csv", classes=["data-link"]), ""),
    "link beside the site": (nodes.raw("", '<a href="../claims.json">', format="html"), ""),
    "target": (nodes.target("", "", ids=["x"]), '#metadata(none)#label("page:x");'),
    "container": (nodes.container("", p("a")), '\n#"a";\n\n'),
    "claim line": (
        claim_line("", claim_row("", "", chip(), nodes.inline("", "v", classes=["verdicts"])), claim_row("", "b"),
                   nodes.container("", p("card")),
                   ids=["line-c73"]),
        '#metadata(none)#label("page:line-c73");#claim-line("supported", [#chip("supported", "sheets-reach:c73", '
        'true)[#"C73";];], [#"v";], [#"b";])\n',
    ),
    "folded": (folded("", p("a"), title="b"), ""),
    "sheet": (
        sheet(),
        '#sheet("C73", false, [#metadata(none)#label("page:c73");\n#heading(level: 2)[#"a";]\n\n#"b";\n\n#list([\n'
        '#"v";\n\n])\n], [\n#"c";\n\n])\n',
    ),
    "words above sheets": (
        nodes.section("", p("a"), sheet()).children[0],
        '\n#leading[#"a";]\n\n',
    ),
    "code": (nodes.container("", p("a"), classes=["cell_input"]), ""),
    "line of tools": (nodes.container("", p("a"), classes=["tools"]), ""),
    "toctree": (nodes.compound("", p("a"), classes=["toctree-wrapper"]), ""),
    "definition list": (
        nodes.definition_list("", nodes.definition_list_item("", nodes.term("", "TIV"), nodes.definition("", p("a")))),
        '#terms(terms.item([#"TIV";], [\n#"a";\n\n]))\n',
    ),
    "citation": (
        nodes.citation("", nodes.label("", "K13"), p("a"), ids=["k"]),
        '#metadata(none)#label("page:k");#reference([#"K13";], [#"a";])\n',
    ),
    "figure": (
        figure(),
        '#plate([#metadata(none)#label("page:fig-a");], [#strong[#"Fig. 7";] #"Finding";], [\n#credit[#"Source";]\n\n])'
        '[#image("images/a.svg", width: 100%, alt: "Words")]\n',
    ),
    "table": (
        table(),
        '#metadata(none)#label("page:tab-a");#grid-table([#strong[#"Table 7";] #"Caption";], keep: true, '
        'table(columns: (auto, auto, ), align: (left, right,), table.header(repeat: true, [#strong[#"h0";]], '
        '[#strong[#"h1";]]), [#"c0";], [#"c1";]))\n',
    ),
}


@pytest.mark.parametrize("name", EXPECTED)
def test_node(name):
    node, expected = EXPECTED[name]
    assert typ(node) == expected


def test_every_rule_of_the_writer_has_a_test():
    rules = {name.removeprefix("visit_") for name in vars(Writer) if name.startswith("visit_")}
    tried = {n.__class__.__name__ for node, _ in EXPECTED.values() for n in node.findall()} | {
        "document", "footnote", "glossary", "number_reference"}
    assert rules <= tried, rules - tried


def test_a_wide_table_is_set_smaller_and_a_wider_one_turned():
    def shape(columns):
        one = table(columns)
        for cell in one.findall(nodes.entry):
            cell.children[0].children[0] = nodes.Text("tencharact")
        return re.search(r"#(wide|grid-table)\(\[.*?\](?:, keep: true)?(, scale: 0\.\d+)?, table", typ(one)).groups()

    assert (shape(7) == ("grid-table", None) and shape(8) == ("grid-table", ", scale: 0.95")
            and shape(9) == ("wide", None))


def test_a_long_table_may_break_and_a_small_one_not():
    one = table()
    assert "keep: true" in typ(one)
    next(one.findall(nodes.tbody)).extend(nodes.row("", entry("x" * 400), entry("y" * 400)) for _ in range(2))
    assert "keep" not in typ(one)


def test_a_table_for_looking_things_up_is_set_smallest_and_holds_more_on_a_line():
    one = table()
    rows = [nodes.row("", entry("word " * 20), entry("word " * 40)) for _ in range(40)]
    next(one.findall(nodes.tbody)).extend(rows)
    assert "scale" not in typ(one)
    next(one.findall(nodes.tbody)).extend(row.deepcopy() for row in rows[:20])
    assert "scale: 0.87" in typ(one)
    texts = [["word " * 20], ["word " * 40]]
    short, long = (sum(int(w) for w in re.findall(r"\d+", column_widths(texts, line=line)[1]))
                   for line in (LINE, 2 * LINE))
    assert short <= LINE + 1 and long > 1.9 * LINE


def test_no_column_is_narrower_than_what_cannot_break():
    need, widths = column_widths([["S-" + "A" * 12], ["many words " * 30], ["2013-01-15"]])
    key, text, day = (int(w.removesuffix("fr")) for w in widths.strip(",").split(", "))
    assert key >= width("A" * 12) and day >= width("2013-01-15") and text > key + day and need < LINE
    assert column_widths([["a"], ["b"]])[1] == "auto, auto, "


def test_a_long_key_may_break():
    assert words("jam_monitor_6_130 S-A") == '#"jam_\u200bmonitor_\u200b6_\u200b130 S-A";'


def test_labels_are_used_once():
    labels: set[str] = set()
    one = writer(labels).write(p("a", ids=["x"]))
    two = writer(labels).write(p("a", ids=["x"]))
    assert "#label" in one and "#label" not in two
    assert label_of("book/sheets-reach", "c73") == "sheets-reach:c73"


@pytest.mark.parametrize(
    ("node", "message"),
    [
        (nodes.math("", "x"), "no rule for the node math"),
        (nodes.image(uri="a.svg", alt=" "), "an image has no alt text"),
        (nodes.raw("", "<b>", format="html"), "raw html has no place"),
        (nodes.raw("", "<!--c73.low:.0f-->", format="html"), "raw html has no place"),
        (nodes.raw("", "<details><summary>Code</summary>", format="html"), "raw html has no place"),
        (nodes.raw("", "x", format="latex"), "raw latex has no place"),
        (nodes.reference("", "a", refuri="../elsewhere.txt"), "a link the PDF cannot follow"),
    ],
)
def test_what_cannot_be_set_is_an_error(node, message):
    with pytest.raises(TypstError, match=message):
        typ(node)


@pytest.fixture
def book(tmp_path):
    """Return a function that compiles a body into a PDF and returns its bytes."""
    shutil.copy(HERE / "template.typ", tmp_path)

    def compiled(body, name="a"):
        source = tmp_path / f"{name}.typ"
        source.write_text(f'#import "template.typ": *\n#show: book.with({identity()})\n= One\n{body}\n', "utf-8")
        compile_pdf(source, tmp_path / f"{name}.pdf")
        return (tmp_path / f"{name}.pdf").read_bytes()

    return compiled


def test_a_compiler_that_is_ended_is_a_fault_and_not_a_wait(tmp_path, monkeypatch):
    monkeypatch.setattr(typst_builder, "PASS", ("sh", "-c", "kill -9 $$"))
    with pytest.raises(TypstError, match="its process ended with status -9"):
        compile_pdf(tmp_path / "a.typ", tmp_path / "a.pdf")


def test_two_compilations_are_identical_and_tagged(book):
    one, two = book(words("Қазақстан Россия")), book(words("Қазақстан Россия"), "b")
    assert one == two and "/StructTreeRoot" in PdfReader(io.BytesIO(one)).trailer["/Root"]


def test_a_missing_glyph_is_an_error(book):
    with pytest.raises(TypstError, match=r"could not be displayed|glyph|font"):
        book(words("\U00013000"))


def test_a_font_that_is_not_bundled_is_an_error(book):
    with pytest.raises(TypstError, match="unknown font family: new computer modern"):
        book('#text(font: "New Computer Modern", "x")')


def unlicensed(folder):
    """Return the fonts of a folder whose notice of copyright is in no text beside them."""
    fonts = {p for p in folder.iterdir() if p.suffix in (".otf", ".ttf")}
    texts = [p.read_text("utf-8") for p in set(folder.iterdir()) - fonts]
    notices = {p.name: TTFont(p)["name"].getDebugName(0).splitlines()[0] for p in fonts}
    return {name for name, notice in notices.items() if not any(notice in text and len(text) > 4000 for text in texts)}


def test_each_bundled_font_has_its_licence_beside_it(tmp_path):
    assert unlicensed(FONTS) == set()
    bare = shutil.copytree(FONTS, tmp_path / "fonts", ignore=shutil.ignore_patterns("OFL.txt"))
    assert unlicensed(bare) == {p.name for p in FONTS.glob("LibertinusSerif-*.otf")} != set()


def pages(pdf):
    """Return the text of each page of a PDF."""
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


def test_a_long_table_repeats_its_header_and_cuts_no_row(book):
    rows = ", ".join(f"[first{i} #linebreak() last{i}], [x]" for i in range(90))
    body = '#grid-table([Caption], table(columns: (1fr, 1fr), table.header(repeat: true, [HEAD], [x]), ' + rows + "))"
    found = [text for text in pages(book(body)) if "first" in text]
    assert len(found) >= 3 and all("HEAD" in text for text in found)
    assert all(re.findall(r"first(\d+)", text) == re.findall(r"last(\d+)", text) for text in found)


WHOLE = ('#claim-line("mixed", [{}], [], [Found])', "#plate-here([], [Caption], [Credit])[{}]",
         "#grid-table([Caption], keep: true, table({}))", "#listing({})")


@pytest.mark.parametrize("what", WHOLE)
def test_lines_figures_small_tables_and_listings_stay_in_one_piece(book, what):
    text = ("[START], [#v(6cm)], [END]" if "table(" in what else '"START\\n' + "\\n" * 12 + 'END"' if "listing" in what
            else "START #v(6cm) END")
    for filled in (14, 18, 20):
        for page in pages(book(f"#v({filled}cm)\n" + what.format(text))):
            assert ("START" in page) == ("END" in page)


def test_a_chip_has_the_page_of_its_sheet_outside_of_tables_and_the_sign_everywhere(book):
    below = typ(sheet())
    inside = f'#grid-table(none, table([{typ(EXPECTED["chip in a table"][0])}]))'.replace("sheets-reach:", "page:")
    for body, said in (typ(chip(refuri="", refid="c73")), "C73 \u2713 p. "), (inside, "C73 \u2713"):
        found = pages(book(f"{body}\n#pagebreak()\n#pagebreak()\n{below}"))
        ((page, shown),) = [(at, text) for at, text in enumerate(found, 1) if "\u2713" in text]
        line = next(line for line in shown.splitlines() if "C73" in line)
        assert " ".join(line.split()) == (f"{said}{page + 2}" if "p." in said else said)


def test_a_claims_line_is_two_lines_high_and_its_card_is_left_out(book):
    said = claim_row("", "", chip(refuri="", refid="line-c73"), nodes.Text(" Said"),
                     nodes.inline("", "Held", classes=["verdicts"]))
    line = claim_line("", said, claim_row("", "Found"), nodes.container("", p("CARD")), ids=["line-c73"])
    (shown,) = [text for text in pages(book(typ(line))) if "Said" in text]
    assert re.search(r"^C73.* Said\s+Held\s+Found$", shown, re.M) and "CARD" not in shown


def test_words_of_other_languages_are_marked(book):
    def languages(text):
        reader = PdfReader(io.BytesIO(book(words(text))))
        elements = {o.get("/Lang") for o in (reader.get_object(i) for i in range(1, reader.trailer["/Size"]))
                    if isinstance(o, dict)}
        return elements | {lang.decode() for page in reader.pages
                           for lang in re.findall(rb"/Lang\((.*?)\)", page.get_contents().get_data())}

    assert {"kk", "ru", "en-GB"} <= languages("by Қазақстан and Россия")
    assert not {"kk", "ru"} & languages("by Kazakhstan and Russia")


def test_rights_are_in_the_metadata_and_the_file_stays_sound(book):
    pdf = book(words("a"))
    reader = PdfReader(io.BytesIO(pdf), strict=True)
    assert reader.xmp_metadata.dc_rights == {"x-default": citation.rights()} and len(reader.pages) == 1
    assert b"/ObjStm" in pdf and b"<pdfaid:part>" in pdf and "/Filter" not in reader.trailer["/Root"]["/Metadata"]
    bare = pikepdf.new()
    bare.save(out := io.BytesIO())
    with pytest.raises(TypstError, match="XMP"):
        packed(out.getvalue(), "x")


def test_a_dead_link_is_an_error(book):
    with pytest.raises(TypstError, match="nowhere"):
        book('#cross("page:nowhere")[x]')


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=40))
def test_no_text_can_leave_its_literal(text):
    found = literal(text)
    inner = found[1:-1].replace("\\\\", "").replace('\\"', "")
    assert found[0] == found[-1] == '"' and '"' not in inner and "\\" not in inner and "\n" not in inner


def test_markup_characters_stay_text(book):
    assert book(words("# $x$ *a* _b_ `c` <d> @e ~ = - + / [f] {g} \\ \" ' // /* */"))


def test_contents_follow_the_toc(tmp_path):
    toc = tmp_path / "_toc.yml"
    parts = {"A": ["b"], "Claims": ["claims", "sheets-b"], "Apparatus": ["method", "sources", "workbench"]}
    chapters = [{"caption": name, "chapters": [{"file": f"book/{page}"} for page in pages]}
                for name, pages in parts.items()]
    toc.write_text(yaml.safe_dump({"format": "jb-book", "root": "book/index", "parts": chapters}), "utf-8")
    assert contents(toc) == [
        ("", ["book/index"], 0), ("A", ["book/b"], 0), ("Appendix A. Claim sheets", ["book/sheets-b"], 1),
        ("Appendix B. Sources", ["book/sources"], 1), ("Appendix C. Method and glossary", ["book/method"], 1),
    ]
    for old, new in (("file: book/b", "url: book/b"), ("caption: A", "numbered: A")):
        toc.write_text((text := toc.read_text("utf-8")).replace(old, new), "utf-8")
        with pytest.raises(TypstError, match=r"_toc\.yml, .*: expected "):
            contents(toc)
        toc.write_text(text, "utf-8")
    toc.write_text("", "utf-8")
    with pytest.raises(TypstError, match=r"_toc\.yml, .*: expected format, root and parts, found none"):
        contents(toc)


def test_cover_takes_everything_from_the_citation_and_the_verdicts():
    text, cff = cover(), citation.load()
    written = [*cff["title"].split(": "), citation.contributors(), citation.rights(), literal(citation.abstract())]
    for fact in [*written, cff["version"], dates.long(cff["date-released"]), dates.long(dates.EVIDENCE_CHECKED)]:
        assert fact in text, fact
    assert counted(["qualified", "supported", "qualified"]) == (
        '(("supported", "Supported", 1), ("qualified", "Qualified", 2),)')


def test_the_front_page_is_taken_apart_and_must_have_its_sections():
    names = ("found", "one", "two", "how-to-read-on", "how-to-cite", "challenge-a-verdict", "downloads", "more")
    sections = {name: f"<{name}>" for name in names} | {"one": "#plate(a)", "two": "#plate(b)"}
    chapter, summary, guide, behind = TypstBuilder.front(None, dict(sections))
    assert chapter.endswith("#plate-here(a)#plate(b)<more>") and summary == "<found>"
    assert (guide, behind) == ("<how-to-read-on>", "<how-to-cite><challenge-a-verdict>")
    del sections["how-to-cite"]
    with pytest.raises(TypstError, match="no section how-to-cite"):
        TypstBuilder.front(None, sections)


def test_a_table_is_kept_together_where_one_row_would_stand_alone(book):
    for name, cut in (("", [4, 1]), ("t", [5])):
        mark = f"#row({literal(name)})" if name else ""
        rows = ", ".join(f"[{mark if i > 2 else ''}row{i}], [x]" for i in range(5))
        table = (f"#grid-table(none, name: {literal(name) if name else 'none'}, table(columns: (1fr, 1fr), "
                 f"table.header(repeat: true, [HEAD], [x]), {rows}))")
        found = [re.findall(r"row\d", text) for text in pages(book(f"#block(height: 21.45cm)\n{table}"))]
        assert [len(rows) for rows in found if rows] == cut


def test_a_chapter_begins_below_one_that_ends_on_an_almost_empty_page(book):
    def begins(above):
        found = pages(book(f'a #pagebreak() #block(height: {above}cm)\n#chapter-break(name: "two")\n= Two\nwords'))
        return next(number for number, text in enumerate(found, 1) if "Two" in text)

    assert begins(2) == 2 and begins(12) == 3


def test_letters_of_a_drawing_become_text_and_what_cannot_be_told_stays():
    def group(said, glyphs):
        uses = "".join(f'<use xlink:href="#{glyph}"/>' for glyph in glyphs)
        return (f'<!-- {said} --><g style="fill: #222222" transform="translate(1.23456 2) scale(0.09 -0.09)"><defs>'
                f'<path/></defs>{uses}</g>')

    found = lettered(group("A&amp;", ["Inter-Bold-1", "Inter-Bold-2"]))
    assert found == (
        '<text transform="translate(1.23 2)" style="fill: #222222" x="0" y="0" font-family="Inter" font-weight="bold" '
        'font-size="9" font-kerning="none" xml:space="preserve">A&amp;</text>'
    )
    for said, glyphs in (("AB", ["Inter-Bold-1"]), ("A", ["Other-1"]), ("AB", ["Inter-Bold-1", "Inter-Regular-1"])):
        assert "<use" in lettered(group(said, glyphs)) and "<text" not in lettered(group(said, glyphs))


def test_sources_keep_their_capitals_and_their_days():
    found = dict(references())
    assert found["S-ARTICLE"]["author"] == [{"name": "Weitz", "given-name": "Richard"}]
    assert found["rbc_2013"]["author"] == {"name": "RBC"}
    assert list(found).index("mme_v7") < list(found).index("S-DUNYO-2022"), "by family name: D'Orazio, then Dunyo"
    assert "date" not in found["S-ARTICLE"]
    assert found["S-ARTICLE"]["publisher"].endswith("15 January 2013 on kazworld copy}"), "no day stays in words"
    assert found["imf_dots_2022"]["publisher"].startswith("{In a copy"), "behind a full stop"
    assert found["S-BREIT-2021"]["publisher"].startswith("{Quoting ")
    assert found["kennan52"]["date"] == "2020-05" and titled("a $1") == "{a \\$1}"


def test_a_sheet_that_is_long_may_be_cut():
    assert '"C73", false' in typ(sheet("c" * 99)) and '"C73", true' in typ(sheet("c" * PIECE))
