"""What each place that names the book says of it, field by field, in the words of CITATION.cff."""

import json
import re
from datetime import date

from evidence.publish import citation

BASE = "https://example.org/"
LANGUAGE = {"en": "en-GB"}
"""Highwire has a language and no country."""

CHANGES = {
    "title": "Another Book: Under another title", "authors": [{"name": "Somebody Else"}, {"name": "And Others"}],
    "version": "9.9.9", "date-released": date(2031, 2, 3), "license": "CC-BY-SA-3.0",
    "abstract": "Another abstract, 100% & more.", "keywords": ["one", "two_three"],
    "doi": "10.5281/zenodo.1", "url": "https://example.com/", "repository-code": "https://example.com/code",
}
"""Another value for every field of CITATION.cff that a reader may see."""
CARRIED = {
    "title": {"title", "short-title"}, "authors": {"contributors"}, "version": {"version"},
    "date-released": {"date", "year"}, "license": {"licence"}, "abstract": {"abstract"}, "keywords": {"keywords"},
    "doi": {"doi"}, "url": {"url"}, "repository-code": {"repository"},
}


def wanted(cff, base):
    """Return every field that CITATION.cff sets, and the address of the site if it has one."""
    title, _, subtitle = cff["title"].partition(": ")
    day = cff["date-released"]
    found = {
        "title": cff["title"], "short-title": title, "subtitle": subtitle,
        "contributors": " and ".join(a["name"] for a in cff["authors"]),
        "version": cff["version"], "date": day.isoformat(), "year": str(day.year), "licence": cff["license"],
        "language": "en-GB", "abstract": " ".join(cff["abstract"].split()), "keywords": "; ".join(cff["keywords"]),
        "doi": cff.get("doi"), "url": f"{base}book/index.html" if base else cff.get("url"),
        "repository": cff.get("repository-code"),
    }
    return {field: value for field, value in found.items() if value}


def differences(surfaces, cff, base=""):
    """Return a line for each field that a surface has otherwise than CITATION.cff, or not at all.

    `surfaces` gives by name what was read and the fields that must be there.
    """
    expected = wanted(cff, base)
    return [
        f"{surface}, {field}: expected {expected[field]!r}, found {found.get(field)!r}"
        for surface, (found, fields) in surfaces.items()
        for field in fields.split() if field in expected and found.get(field) != expected[field]
    ]


def unnoticed(surfaces, field, cff, base=""):
    """Return the surfaces that carry a field of CITATION.cff and still pass when it has another value there."""
    found = {line.partition(": ")[0] for line in differences(surfaces, cff | {field: CHANGES[field]}, base)}
    carried = {f"{surface}, {one}" for surface, (_, fields) in surfaces.items()
               for one in CARRIED[field] & set(fields.split())}
    return sorted(carried - found) if carried else ["no surface carries it"]


def licence(text):
    """Return the SPDX name of a Creative Commons licence that is named in words or by its address, or None."""
    found = re.search(r"CC (BY(?:-\w\w)*) (\d\.\d)|creativecommons\.org/licenses/([a-z-]+)/(\d\.\d)", text)
    return f"CC-{(found[1] or found[3]).upper()}-{found[2] or found[4]}" if found else None


def bibtex(text):
    """Return the fields of the one BibTeX entry in a text, with its escapes undone."""
    fields = {name: re.sub(r"\\([%&#$_])|[{}]", r"\1", value)
              for name, value in re.findall(r"^  (\w+) = \{(.*)\},$", text, re.M)}
    fields["keywords"] = fields.get("keywords", "").replace(", ", "; ")
    return fields | {"contributors": fields["author"], "version": fields["edition"]}


def ris(text):
    """Return the fields of a RIS record."""
    tags = {}
    for tag, value in re.findall(r"^([A-Z0-9]{2})  - (.*)$", text, re.M):
        tags.setdefault(tag, []).append(value)
    names = {"TI": "title", "PY": "year", "ET": "version", "LA": "language", "AB": "abstract", "UR": "url", "DO": "doi"}
    return {name: tags[tag][0] for tag, name in names.items() if tag in tags} | {
        "contributors": " and ".join(name.rstrip(",") for name in tags["AU"]), "keywords": "; ".join(tags["KW"]),
        "date": tags["DA"][0].replace("/", "-"),
    }


def csl(text):
    """Return the fields of a CSL-JSON item."""
    (item,) = json.loads(text)
    year, month, day = item["issued"]["date-parts"][0]
    return item | {
        "contributors": " and ".join(author["literal"] for author in item["author"]), "version": item["edition"],
        "year": str(year), "date": f"{year}-{month:02}-{day:02}", "keywords": item["keyword"].replace(", ", "; "),
        "url": item.get("URL"), "doi": item.get("DOI"),
    }


def linked_data(data):
    """Return the fields of the book's JSON-LD."""
    return {
        "title": data["name"], "contributors": " and ".join(author["name"] for author in data["author"]),
        "version": data["version"], "date": data["datePublished"], "language": data["inLanguage"],
        "licence": licence(data["license"]), "abstract": data["abstract"],
        "keywords": "; ".join(data["keywords"]), "url": data.get("url"),
        "doi": data.get("identifier", "").removeprefix("https://doi.org/"),
        "repository": data.get("isBasedOn"),
    }


def highwire(tags):
    """Return the fields of Highwire tags, given as names and contents."""
    one = dict(tags)
    return {
        "title": one["citation_title"],
        "contributors": " and ".join(value for name, value in tags if name == "citation_author"),
        "date": one["citation_publication_date"].replace("/", "-"), "language": LANGUAGE[one["citation_language"]],
        "keywords": one["citation_keywords"], "url": one["citation_public_url"], "doi": one.get("citation_doi"),
    }


SUGGESTED = re.compile(
    r"(?P<contributors>[^\n]+?) \((?P<year>\d{4})\)\. \*?(?P<title>.+?)\*?[. (]+[Vv]ersion (?P<version>\d[\w.]*\w)"
    r"(?:[).\s]+https://doi\.org/(?P<doi>\S+\w))?", re.S,
)
"""The suggested citation, with or without the marks of Markdown."""


def sentence(text):
    """Return the fields of the suggested citation."""
    found = SUGGESTED.search(text)
    return {name: " ".join(value.split()) for name, value in found.groupdict("").items()} if found else {}


def forms(base=""):
    """Return the surfaces that are written by the package itself, as `differences` takes them."""
    common = "title contributors version date year language url doi abstract keywords"
    found = {
        "BibTeX": (bibtex(citation.bibtex(base)), common),
        "RIS": (ris(citation.ris(base)), common),
        "CSL-JSON": (csl(citation.csl(base)), common),
        "JSON-LD": (linked_data(citation.jsonld(base)), f"{common} licence repository".replace("year ", "")),
        "how to cite": (sentence(citation.suggested()), "title contributors version year doi"),
    }
    return (
        found | ({"Highwire": (highwire(citation.highwire(base)), "title contributors date language url doi keywords")}
                 if base else {}))
