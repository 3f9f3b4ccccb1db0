"""One source, CITATION.cff, and everything that is derived from it, field by field."""

import json
import re
from pathlib import Path

import jsonschema
import pytest
import surfaces
import yaml
from evidence import __version__, cff, paths, tables
from evidence.faults import Fault
from evidence.publish import citation, provenance
from evidence.verdicts import examine
from pybtex.database import parse_string
from pybtex.plugin import find_plugin
from pybtex.style.template import FieldIsMissing
from typst_builder import cover, identity

CFF = citation.load()
CLAIMS = tables.load()["claims"]
JUDGED = examine.all_judgements()
BASE = surfaces.BASE
FRONT = identity() + cover()
SCHEMA = json.loads((Path(__file__).parent / "schemas" / "cff-1.2.0.json").read_text("utf-8"))


def plain(found):
    """Return CITATION.cff as JSON has it: a date is text."""
    return json.loads(json.dumps(found, default=str))


def test_citation_file_is_valid():
    jsonschema.validate(plain(CFF), SCHEMA, cls=jsonschema.Draft7Validator)


@pytest.mark.parametrize("change", [{"cff-version": "1.3"}, {"authors": []}, {"type": "book"}, {"license": "CC-BY"},
                                    {"date-released": "24/11/2026"}])
def test_citation_file_made_wrong_is_refused(change):
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(plain(CFF | change), SCHEMA, cls=jsonschema.Draft7Validator)


def files():
    """Return the files of the repository that name the book, as `surfaces.differences` takes them."""
    readme = (paths.ROOT / "README.md").read_text("utf-8")
    package, config = (json.loads(paths.PACKAGE.read_text("utf-8")),
                       yaml.safe_load((paths.ROOT / "_config.yml").read_text("utf-8")))
    heading = {"short-title": readme.partition("\n")[0].removeprefix("# "), "licence": surfaces.licence(readme)}
    return {
        "README.md": (heading, "short-title licence"),
        "README.md, BibTeX": (surfaces.bibtex(readme),
                              "title contributors version date year language url doi abstract keywords"),
        "_config.yml": (
            {"short-title": config["title"], "contributors": config["author"], "year": config["copyright"],
             "language": config["sphinx"]["config"]["language"]},
            "short-title contributors year language",
        ),
        "datapackage.json": ({"short-title": package["title"].partition(": ")[0], "version": package["version"]},
                             "short-title version"),
        "the package": ({"version": __version__}, "version"),
    }


def test_citation_file_says_nothing_that_is_not_shown():
    assert set(CFF) - set(surfaces.CHANGES) == {"cff-version", "message", "type"}, (
        "add the field to the citations and to their test")


@pytest.mark.parametrize("base", ["", BASE])
def test_every_surface_says_what_the_citation_file_says(base):
    assert surfaces.differences(surfaces.forms(base), CFF, base) == []
    assert surfaces.differences(files(), CFF) == []


@pytest.mark.parametrize("field", surfaces.CHANGES)
def test_a_changed_field_is_noticed_on_every_surface_that_carries_it(field):
    base = "" if field == "url" else BASE
    assert surfaces.unnoticed({**surfaces.forms(base), **files()}, field, CFF, base) == []


@pytest.mark.parametrize("field", surfaces.CHANGES)
def test_a_changed_field_reaches_every_form(monkeypatch, field):
    changed = CFF | {field: surfaces.CHANGES[field]}
    monkeypatch.setattr(citation, "load", lambda: changed)
    base = "" if field == "url" else BASE
    assert surfaces.differences(surfaces.forms(base), changed, base) == []
    assert (identity() + cover() == FRONT) == (field in ("url", "repository-code")), "the title page of the PDF"


def cff_with(folder, old, new):
    """Return what is read of a citation file with some words changed."""
    text = paths.CITATION.read_text("utf-8")
    assert old in text
    (folder / "CITATION.cff").write_text(text.replace(old, new), "utf-8")
    return cff.load(folder / "CITATION.cff")


DAY = CFF["date-released"].isoformat()
AUTHOR = "  - name: The Exchanges Book contributors\n"
PERSONS = ("  - {given-names: Ann Lee, name-particle: van, family-names: Berg, name-suffix: Jr}\n"
           "  - {name: An Institute}\n")


def test_whatever_the_schema_allows_is_read(tmp_path, monkeypatch):
    assert cff_with(tmp_path, DAY, f'"{DAY}"') == CFF
    cff.load.cache_clear()
    for version in ("0.10", "2", "1.0.0-rc.1", "2027.05"):
        assert cff_with(tmp_path, f"version: {CFF['version']}", f"version: {version}")["version"] == version
        cff.load.cache_clear()
    assert cff_with(tmp_path, "license: CC-BY-4.0", "license: [MIT, CC-BY-SA-4.0]")["license"] == "CC-BY-SA-4.0"
    cff.load.cache_clear()
    bare = cff_with(tmp_path, "keywords:", "x-keywords:")
    cff.load.cache_clear()
    people = cff_with(tmp_path, AUTHOR, PERSONS)
    cff.load.cache_clear()
    monkeypatch.setattr(citation, "load", lambda: bare)
    assert not any(re.search("keyword|^KW", form, re.M)
                   for form in (citation.bibtex(), citation.ris(), citation.csl(), str(citation.highwire(BASE))))
    monkeypatch.setattr(citation, "load", lambda: people)
    assert citation.contributors() == "Ann Lee van Berg Jr and An Institute"
    assert "author = {van Berg, Jr, Ann Lee and {An Institute}}," in citation.bibtex()
    assert "AU  - van Berg, Jr, Ann Lee\nAU  - An Institute,\n" in citation.ris()
    assert json.loads(citation.csl())[0]["author"] == [{"given": "Ann Lee", "family": "van Berg", "suffix": "Jr"},
                                                       {"literal": "An Institute"}]
    assert [agent["@type"] for agent in citation.jsonld()["author"]] == ["Person", "Organization"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("license: CC-BY-4.0", "license: MIT",
         "column license: expected a Creative Commons licence, CC-BY-4.0, found MIT"),
        (DAY, "24/11/2026", "column date-released: expected a day, 2027-05-01, found 24/11/2026"),
        ("title:", "headline:", "column title: expected a value, found none"),
        (AUTHOR, "  - {affiliation: A}\n", "column authors: expected a name for each, found none"),
        (AUTHOR, "  - Somebody\n", "column authors: expected a list of persons or entities, found ['Somebody']"),
        ("type: dataset", "type: [dataset", "row 4: expected YAML, found while parsing a flow sequence"),
        (DAY, f"[{DAY}]", f"column date-released: expected a day, 2027-05-01, found ['{DAY}']"),
        (DAY, "1900-01-01", "column date-released: expected a day, 2027-05-01, found 1900-01-01"),
        ("license: CC-BY-4.0", "license: [{a: b}]",
         "column license: expected text, or a list of it, found [{'a': 'b'}]"),
        ("license: CC-BY-4.0", "license: CC-BY-BY-4.0",
         "column license: expected a Creative Commons licence, CC-BY-4.0, found CC-BY-BY-4.0"),
        ("type: dataset", "doi: https://doi.org/10.5281/zenodo.1",
         "column doi: expected 10.5281/zenodo.1, without an address before it, found https://doi.org/10.5281/zenodo.1"),
        ("type: dataset", "doi: [a]",
         "column doi: expected 10.5281/zenodo.1, without an address before it, found ['a']"),
        ("type: dataset", "url: [b]", "column url: expected an address, https://..., found ['b']"),
        ("type: dataset", "title: Another", "row 4: expected YAML, found 'title' is there twice"),
        ("type: dataset", "? [a]\n: b", "row 3: expected YAML, found while constructing a mapping"),
        (DAY, "2108-01-01", "column date-released: expected a day, 2027-05-01, found 2108-01-01"),
        ("type: dataset", "url: https://example.org/{a}",
         "column url: expected an address, https://..., found https://example.org/{a}"),
        ("type: dataset", "identifiers: [{type: doi}]", "column identifiers, doi: expected a value, found none"),
        ("type: dataset", "identifiers: 10.5281/zenodo.1",
         "column identifiers: expected a list of types and values, found '10.5281/zenodo.1'"),
        ("type: dataset", "identifiers: [{type: doi, value: doi.org/1}]",
         "column doi: expected 10.5281/zenodo.1, without an address before it, found doi.org/1"),
        (AUTHOR, '  - {name: " "}\n', "column authors, name: expected a name, found ' '"),
        (AUTHOR, "  - {family-names: [a, b]}\n", "column authors, family-names: expected a name, found ['a', 'b']"),
    ],
)
def test_what_cannot_be_cited_is_named(tmp_path, old, new, message):
    with pytest.raises(Fault) as refused:
        cff_with(tmp_path, old, new)
    assert str(refused.value) == f"CITATION.cff, {message}"


def read_as(folder, monkeypatch, old, new):
    """Let the citations be made of a citation file with some words changed."""
    cff.load.cache_clear()
    changed = cff_with(folder, old, new)
    cff.load.cache_clear()
    monkeypatch.setattr(citation, "load", lambda: changed)


@pytest.mark.parametrize(
    ("new", "doi"),
    [
        ("doi:", ""), ('doi: ""', ""), ("doi: 10.5281/zenodo.1", "10.5281/zenodo.1"),
        ("identifiers:", ""), ("identifiers: [{type: url, value: a}]", ""),
        ("identifiers: [{type: url, value: a}, {type: doi, value: 10.5281/zenodo.2}]", "10.5281/zenodo.2"),
        ("doi: 10.5281/zenodo.1\nidentifiers: [{type: doi, value: 10.5281/zenodo.2}]", "10.5281/zenodo.1"),
    ],
)
def test_a_doi_is_one_wherever_it_is_said_and_an_empty_one_is_none(tmp_path, monkeypatch, new, doi):
    read_as(tmp_path, monkeypatch, "type: dataset", new)
    forms = citation.suggested(), citation.bibtex(), citation.ris(), citation.csl(), str(citation.jsonld())
    assert citation.doi_url() == (f"https://doi.org/{doi}" if doi else "")
    assert [form for form in forms if bool(re.search("(?i)doi|DO  -", form)) != bool(doi) or doi not in form] == []
    assert [content for name, content in citation.highwire(BASE) if name == "citation_doi"] == ([doi] if doi else [])


def test_no_text_breaks_the_form_that_holds_it(tmp_path, monkeypatch):
    odd = "A } b { c ~ d ^ e % f \\ g"
    read_as(tmp_path, monkeypatch, f'title: "{CFF["title"]}"', f"title: '{odd}: h\n\n  i'")
    assert "\n" in citation.load()["title"], "a title may have two lines"
    assert f"\nTI  - {odd}: h i\nPY" in citation.ris()
    for text, field in ((citation.bibtex(), "title"), (citation.item_bibtex("c73", odd, "sheets-reach"), "booktitle"),
                        (citation.item_bibtex("c73", odd, "sheets-reach"), "title")):
        (entry,) = parse_string(text, "bibtex").entries.values()
        assert entry.fields[field].startswith(
            "{A \\textbraceright{} b \\textbraceleft{} c \\textasciitilde{} d \\textasciicircum{} e \\% f "
            "\\textbackslash{} g")
        assert entry.fields["year"] == str(CFF["date-released"].year), "what follows is read too"


@pytest.mark.parametrize(
    ("author", "kind", "bibtex"),
    [
        ("given-names: Plato", "Person", "{Plato}"), ("alias: plato", "Person", "{plato}"),
        ("name: Plato & Co", "Organization", r"{Plato \& Co}"),
        ("family-names: Smith_Jones", "Person", r"Smith\_Jones"),
    ],
)
def test_who_has_a_name_of_a_person_is_one(tmp_path, monkeypatch, author, kind, bibtex):
    read_as(tmp_path, monkeypatch, AUTHOR, f"  - {author}\n")
    assert citation.agents() == [{"@type": kind, "name": author.partition(": ")[2]}]
    assert f"  author = {{{bibtex}}},\n" in citation.bibtex()


def test_without_an_address_no_form_invents_one():
    for form in (citation.bibtex(), citation.ris(), citation.csl(), citation.item_bibtex("c73", "t", "sheets-reach")):
        assert "http" not in form
    assert "http" in citation.bibtex(BASE), "an address that is set is seen"


def test_every_claim_figure_and_table_can_be_cited():
    places = provenance.places()
    assert set(places) == set(provenance.everything()["item"])
    found = citation.items(CLAIMS, JUDGED,
                           {anchor: (page, f"What {anchor} shows, in 100% of cases. More.")
                            for anchor, page in places.items()}, BASE)
    assert len(found) == len(CLAIMS) + len(places)
    keys = [re.match(r"@incollection\{(.+),", text).group(1) for text in found.values()]
    assert len(set(keys)) == len(keys)
    fields = surfaces.bibtex(found["c73"])
    assert (fields["url"] == f"{BASE}book/sheets-reach.html#c73" and "C73" in fields["title"]
            and "contradicted" in fields["title"])
    assert surfaces.bibtex(found["fig-reach-map"])["title"] == "What fig-reach-map shows, in 100% of cases"
    assert "100\\% of cases" in found["fig-reach-map"], "LaTeX takes what follows a bare % for a comment"


@pytest.mark.parametrize(
    ("caption", "title"),
    [("One finding.", "One finding"), ("24.0 in 2012. Dashed: the trend.", "24.0 in 2012"), ("Words", "Words"),
     ("C09, since: all.", "C09, since: all")],
)
def test_first_sentence(caption, title):
    assert citation.first_sentence(caption) == title


@pytest.mark.parametrize(
    ("claim_id", "value", "word"),
    [
        ("C73", 1, "Contradicted"), ("C70", 3, "Supported"), ("C39", 2, "Qualified"), ("C31", None, "Unresolved"),
        ("C06", None, "Untestable"),
    ],
)
def test_claim_review(claim_id, value, word):
    review = citation.claim_review(CLAIMS.loc[claim_id], JUDGED, BASE)
    rating = review["reviewRating"]
    assert rating.get("ratingValue") == value and rating["alternateName"] == word
    assert ("bestRating" in rating) == (value is not None)
    assert review["claimReviewed"] == CLAIMS.at[claim_id, "quote"]
    assert review["url"] == f"{BASE}book/sheets-{CLAIMS.at[claim_id, 'chapter']}.html#{claim_id.lower()}"


def rendered(style, entries):
    """Return BibTeX entries as a plain style of pybtex's sets them, by key; so does another Jupyter Book, which reads
    them with pybtex. Raises FieldIsMissing for an entry that lacks what the style asks for."""
    database = parse_string("\n".join(entries), "bibtex")
    text = find_plugin("pybtex.backends", "plaintext")()
    return {entry.key: entry.text.render(text)
            for entry in find_plugin("pybtex.style.formatting", style)().format_bibliography(database)}


@pytest.mark.parametrize("style", ["plain", "unsrt", "alpha", "unsrtalpha"])
@pytest.mark.parametrize("base", ["", BASE])
def test_every_entry_is_set_in_a_plain_style(style, base):
    exhibits = {anchor: (page, f"100% of {anchor}, $5 & more_than #1. More.")
                for anchor, page in provenance.places().items()}
    entries = {citation.NAME: citation.bibtex(base), **citation.items(CLAIMS, JUDGED, exhibits, base)}
    found = rendered(style, entries.values())
    assert len(found) == len(entries) > 100 and all(CFF["title"] in text for text in found.values())
    assert "1,200 miles" in found[f"{citation.NAME}-c73"]


@pytest.mark.parametrize("field", ["title", "publisher"])
def test_an_entry_that_lacks_a_field_is_refused(field):
    with pytest.raises(FieldIsMissing, match=field):
        rendered("plain", [re.sub(rf"(?m)^  {field} = .*\n", "", citation.bibtex())])
