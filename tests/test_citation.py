"""One source, CITATION.cff, and everything that is derived from it, field by field."""

import json
import re
from pathlib import Path

import jsonschema
import pytest
import yaml
from evidence import __version__, citation, examine, paths, provenance, tables
from typst_builder import front_matter

CFF = citation.load()
CLAIMS = tables.load()["claims"]
JUDGED = examine.all_judgements()
BASE = "https://example.org/"
SCHEMA = json.loads((Path(__file__).parent / "schemas" / "cff-1.2.0.json").read_text("utf-8"))


def plain(cff):
    """Return CITATION.cff as JSON has it: a date is text."""
    return json.loads(json.dumps(cff, default=str))


def test_citation_file_is_valid():
    jsonschema.validate(plain(CFF), SCHEMA, cls=jsonschema.Draft7Validator)


@pytest.mark.parametrize("change", [{"cff-version": "1.3"}, {"authors": []}, {"type": "book"}, {"license": "CC-BY"}, {"date-released": "24/11/2026"}])
def test_citation_file_made_wrong_is_refused(change):
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(plain(CFF | change), SCHEMA, cls=jsonschema.Draft7Validator)


def bibtex_fields(text):
    """Return the fields of one BibTeX entry."""
    return {name: value.strip("{}") for name, value in re.findall(r"^  (\w+) = \{(.*)\},$", text, re.M)}


def ris_fields(text):
    """Return the tags of a RIS record, each with its values."""
    found = {}
    for tag, value in re.findall(r"^([A-Z]{2})  - (.*)$", text, re.M):
        found.setdefault(tag, []).append(value)
    return found


def test_every_form_says_the_same():
    bib, ris, (csl,), ld = bibtex_fields(citation.bibtex(BASE)), ris_fields(citation.ris(BASE)), json.loads(citation.csl(BASE)), citation.jsonld(BASE)
    wire, name = dict(citation.highwire(BASE)), CFF["authors"][0]["name"]
    assert {bib["title"], *ris["TI"], csl["title"], ld["name"], wire["citation_title"]} == {CFF["title"]}
    assert {bib["author"], ris["AU"][0].rstrip(","), csl["author"][0]["literal"], ld["author"][0]["name"], wire["citation_author"]} == {name}
    assert {bib["edition"], *ris["ET"], csl["edition"], ld["version"], __version__} == {CFF["version"]}
    assert {bib["year"], *ris["PY"], str(csl["issued"]["date-parts"][0][0])} == {str(CFF["date-released"].year)}
    assert {
        bib["date"], ris["DA"][0].replace("/", "-"), "-".join(map(str, csl["issued"]["date-parts"][0])),
        ld["datePublished"], wire["citation_publication_date"].replace("/", "-"),
    } == {CFF["date-released"].isoformat()}
    assert {bib["language"], *ris["LA"], csl["language"], ld["inLanguage"]} == {"en-GB"}
    assert {bib["url"], *ris["UR"], csl["URL"], ld["url"], wire["citation_public_url"]} == {f"{BASE}book/index.html"}
    assert bib["keywords"].split(", ") == ris["KW"] == csl["keyword"].split(", ") == ld["keywords"] == wire["citation_keywords"].split("; ") == CFF["keywords"]
    assert {bib["abstract"], ris["AB"][0], csl["abstract"], ld["abstract"]} == {" ".join(CFF["abstract"].split())}
    for form in (citation.suggested(), front_matter()):
        assert name in form and CFF["version"] in form and CFF["title"].partition(":")[0] in form


def test_another_version_shows_everywhere(monkeypatch):
    monkeypatch.setattr(citation, "load", lambda: CFF | {"version": "9.9.9"})
    for form in (citation.bibtex(), citation.ris(), citation.csl(), json.dumps(citation.jsonld()), citation.suggested(), front_matter()):
        assert "9.9.9" in form and CFF["version"] not in form


def test_the_package_and_the_data_have_the_version():
    assert json.loads(paths.PACKAGE.read_text("utf-8"))["version"] == __version__ == CFF["version"]


def test_without_an_address_no_form_invents_one():
    for form in (citation.bibtex(), citation.ris(), citation.csl(), citation.item_bibtex("claim-c73", "t", "reach")):
        assert "http" not in form


def test_pdf_stands_beside_the_page_that_names_it():
    wire = dict(citation.highwire(BASE))
    assert wire["citation_pdf_url"].rpartition("/")[0] == wire["citation_public_url"].rpartition("/")[0]


def test_every_claim_figure_and_table_can_be_cited():
    places = provenance.places()
    assert set(places) == set(provenance.everything(JUDGED)["item"])
    found = citation.items(CLAIMS, JUDGED, places, BASE)
    assert len(found) == len(CLAIMS) + len(places)
    keys = [re.match(r"@incollection\{(.+),", text).group(1) for text in found.values()]
    assert len(set(keys)) == len(keys)
    fields = bibtex_fields(found["claim-c73"])
    assert fields["url"] == f"{BASE}book/reach.html#claim-c73" and "C73" in fields["title"] and "contradicted" in fields["title"]
    with pytest.raises(LookupError):
        citation.items(CLAIMS, JUDGED, {"fig-none": "reach"})


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
    assert review["claimReviewed"] == CLAIMS.at[claim_id, "quote"] and review["url"].endswith(f"#claim-{claim_id.lower()}")


def test_readme_cites_like_the_book():
    text = (paths.ROOT / "README.md").read_text("utf-8")
    assert yaml.safe_load(paths.CITATION.read_text("utf-8"))["title"].partition(":")[0] in text
