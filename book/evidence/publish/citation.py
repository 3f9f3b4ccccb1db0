"""Every way to cite the book, one claim, one figure or one table. CITATION.cff is the one source."""

import calendar
import json
import re

import pandas as pd

from .. import dates
from ..cff import NAMED, load
from ..pages.argument import verdict_of
from ..verdicts import wording
from ..verdicts.examine import Judged

NAME = "kazakh-chinese-exchanges"
"""The book's name in addresses, archives and citation keys."""
PDF = f"{NAME}.pdf"
LANGUAGE = "en-GB"
"""CITATION.cff has no field for it."""
ARTICLE = {
    "@type": "Article",
    "name": "Kazakh-Chinese military exchanges continue",
    "author": {"@type": "Person", "name": "Richard Weitz"},
    "datePublished": dates.WRITTEN.isoformat(),
    "isPartOf": {"@type": "Periodical", "name": "Central Asia-Caucasus Analyst"},
}
"""The article under test, as schema.org describes it."""
CITE_FILES = (
    'The same as <a href="../cite/book.bib">BibTeX</a>, <a href="../cite/book.ris">RIS</a> and '
    '<a href="../cite/book.json">CSL-JSON</a>. To cite one claim, add its number: claim C73. '
    "On the site each sheet and each figure has a link to its own BibTeX, and the list of claims in the "
    "PDF's Appendix A gives the page."
)
RATING = {"supported": 3, "qualified": 2, "contradicted": 1}
"""The rating scale of ClaimReview, 1 to 3; other verdicts have a name and no number."""


def epoch() -> int:
    """Return the release date as seconds since 1970, midnight UTC: the build's only clock."""
    return calendar.timegm(load()["date-released"].timetuple())


def contributors() -> str:
    """Return the contributors as one string."""
    return " and ".join(author["name"] for author in load()["authors"])


def agents() -> list[dict[str, str]]:
    """Return the contributors as schema.org describes them."""
    return [{"@type": "Person" if _is_person(author) else "Organization", "name": author["name"]}
            for author in load()["authors"]]


def _is_person(author: dict[str, str]) -> bool:
    """Return whether an author has a part of a person's name, or no name but an alias."""
    return any(part in author for part in NAMED) or author["name"] == author.get("alias")


def _family(author: dict[str, str]) -> str:
    """Return the name by which a person is sorted, "" for an organization or a person without one."""
    return " ".join(author[part] for part in ("name-particle", "family-names") if part in author)


def _sorted_name(author: dict[str, str]) -> str:
    """Return "Family, Suffix, Given" for a person, "" for an organization."""
    return ", ".join(filter(None, (_family(author), author.get("name-suffix"), author.get("given-names"))))


def _bibtex_authors() -> str:
    """Return the contributors as BibTeX has them: an organization is kept whole."""
    return " and ".join(_latex(_sorted_name(author)) if _family(author) else _whole(author["name"])
                        for author in load()["authors"])


LATEX = str.maketrans({
    **{sign: f"\\{sign}" for sign in "%&#$_"}, "\\": r"\textbackslash{}", "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"})
"""What LaTeX reads as a command, and how it is set; BibTeX counts braces, also one behind a backslash."""


def _latex(text: str) -> str:
    """Return text as LaTeX sets it."""
    return text.translate(LATEX)


def _whole(text: str) -> str:
    """Return text for BibTeX, which leaves its capitals and its words as they are."""
    return "{" + _latex(text) + "}"


def abstract() -> str:
    """Return the abstract on one line."""
    return " ".join(load()["abstract"].split())


def rights() -> str:
    """Return in one sentence who may do what with the book."""
    return f"Text and figures CC {' '.join(_licence())}, code MIT; values taken from others keep their own terms."


def licence_url() -> str:
    """Return the address of the licence."""
    return f"https://creativecommons.org/licenses/{'/'.join(_licence()).lower()}/"


def _licence() -> tuple[str, str]:
    """Return the terms and the version of the licence: BY, 4.0."""
    _, terms, version = re.split("-(?=BY|[0-9])", load()["license"])
    return terms, version


def doi_url() -> str:
    """Return the address of the book's DOI, "" while it has none."""
    return f"https://doi.org/{load()['doi']}" if "doi" in load() else ""


def address(base: str) -> str:
    """Return the front page's address; without a `base` the one CITATION.cff gives, "" while it gives none."""
    return f"{base}book/index.html" if base else load().get("url", "")


def suggested() -> str:
    """Return the suggested citation in one sentence of Markdown."""
    cff = load()
    return (f"{contributors()} ({cff['date-released'].year}). "
            f"*{cff['title']}* (version {cff['version']}).") + (f" {doi_url()}." if doi_url() else "")


def how_to_cite() -> str:
    """Return the suggested citation, BibTeX, and where the other forms are, as Markdown."""
    return f"{suggested()}\n\n```bibtex\n{bibtex()}```\n\n{CITE_FILES}"


def _entry(kind: str, key: str, fields: dict[str, str]) -> str:
    """Return one BibTeX entry of fields as LaTeX sets them; empty ones are left out."""
    return f"@{kind}{{{key},\n" + "".join(f"  {name} = {{{text}}},\n" for name, text in fields.items() if text) + "}\n"


def _common(url: str) -> dict[str, str]:
    """Return the BibTeX fields that every entry of the book shares. Without a publisher the plain styles
    refuse it: it is who wrote it."""
    cff, day = load(), load()["date-released"]
    released = {"date": day.isoformat(), "year": str(day.year), "month": str(day.month),
                "edition": _latex(cff["version"])}
    return {**released, "publisher": _whole(contributors()), "language": LANGUAGE, "url": url}


def bibtex(base: str = "") -> str:
    """Return a BibTeX entry for the book; `base` is the site's address, if it has one."""
    cff = load()
    fields = {"author": _bibtex_authors(), "title": _whole(cff["title"]), **_common(address(base)),
              "doi": cff.get("doi", "")}
    fields |= {"keywords": _latex(", ".join(cff["keywords"])), "abstract": _latex(abstract())}
    return _entry("book", NAME, fields)


def item_bibtex(anchor: str, title: str, page: str, base: str = "") -> str:
    """Return a BibTeX entry for one claim, figure or table: its anchor, its title, the page that has it."""
    cff, place = load(), f"book/{page}.html#{anchor}"
    fields = {
        "author": _bibtex_authors(), "title": _whole(title), "booktitle": _whole(cff["title"]),
        **_common(f"{base}{place}" if base else ""), "note": _latex(place), "editor": _whole(contributors()),
    }
    return _entry("incollection", f"{NAME}-{anchor}", fields)


def claim_title(claim: pd.Series, judged: Judged) -> str:
    """Return a claim as the title of a citation: number, statement, verdict."""
    return f"Claim {claim['claim_id']}: {claim['stated_text']} ({wording.VERDICT[verdict_of(claim, judged)].lower()})"


def ris(base: str = "") -> str:
    """Return the book's citation in RIS."""
    cff = load()
    lines = [
        ("TY", "BOOK"), *(("AU", _sorted_name(author) or f"{author['name']},") for author in cff["authors"]),
        ("TI", cff["title"]), ("PY", f"{cff['date-released']:%Y}"), ("DA", f"{cff['date-released']:%Y/%m/%d}"),
    ]
    lines += [("ET", cff["version"]), ("PB", contributors()), ("LA", LANGUAGE), ("AB", abstract()),
              *(("KW", word) for word in cff["keywords"])]
    lines += [("UR", address(base)), ("DO", cff.get("doi", ""))]
    return "".join(f"{tag}  - {' '.join(value.split())}\n" for tag, value in lines if value) + "ER  - \n"


def _csl(author: dict[str, str]) -> dict[str, str]:
    parts = {"given": author.get("given-names"), "family": _family(author), "suffix": author.get("name-suffix")}
    return {part: name for part, name in parts.items() if name} if _family(author) else {"literal": author["name"]}


def csl(base: str = "") -> str:
    """Return the book's citation in CSL-JSON."""
    cff, day = load(), load()["date-released"]
    item = {
        "id": NAME, "type": "book", "title": cff["title"], "author": list(map(_csl, cff["authors"])),
        "issued": {"date-parts": [[day.year, day.month, day.day]]}, "edition": cff["version"], "language": LANGUAGE,
        "abstract": abstract(), "publisher": contributors(), "keyword": ", ".join(cff["keywords"]),
        "URL": address(base), "DOI": cff.get("doi"),
    }
    return json.dumps([{name: value for name, value in item.items() if value}], ensure_ascii=False, indent=1) + "\n"


def jsonld(base: str = "") -> dict:
    """Return the book as schema.org describes it."""
    cff = load()
    found = {
        "@context": "https://schema.org", "@type": "Book", "name": cff["title"],
        "author": agents(),
        "datePublished": cff["date-released"].isoformat(), "version": cff["version"], "inLanguage": LANGUAGE,
        "license": licence_url(), "abstract": abstract(), "keywords": cff["keywords"], "about": ARTICLE,
        "url": address(base), "identifier": doi_url(), "isBasedOn": cff.get("repository-code"),
    }
    return {name: value for name, value in found.items() if value}


def highwire(base: str) -> list[tuple[str, str]]:
    """Return the front page's Highwire tags, by which indexes find the PDF: name and content."""
    cff = load()
    authors = [("citation_author", author["name"]) for author in cff["authors"]]
    return [
        ("citation_title", cff["title"]), *authors, ("citation_publication_date", f"{cff['date-released']:%Y/%m/%d}"),
        ("citation_language", LANGUAGE[:2]),
        *([("citation_keywords", "; ".join(cff["keywords"]))] if cff["keywords"] else []),
        ("citation_public_url", address(base)),
        ("citation_pdf_url", f"{base}book/{PDF}"), *([("citation_doi", cff["doi"])] if "doi" in cff else []),
    ]


def claim_review(claim: pd.Series, judged: Judged, base: str) -> dict:
    """Return one claim as a schema.org ClaimReview. Mixed, unresolved and untestable have no number."""
    state = verdict_of(claim, judged)
    rating: dict[str, str | int] = {"@type": "Rating", "alternateName": wording.VERDICT[state]}
    if state in RATING:
        rating |= {"ratingValue": RATING[state], "bestRating": max(RATING.values()),
                   "worstRating": min(RATING.values())}
    return {
        "@context": "https://schema.org", "@type": "ClaimReview",
        "url": f"{base}book/sheets-{claim['chapter']}.html#{claim['claim_id'].lower()}",
        "claimReviewed": claim["quote"], "datePublished": load()["date-released"].isoformat(),
        "author": agents(),
        "itemReviewed": {"@type": "Claim", "author": ARTICLE["author"], "datePublished": ARTICLE["datePublished"],
                         "appearance": ARTICLE},
        "reviewRating": rating,
    }


def first_sentence(caption: str) -> str:
    """Return the first sentence of a caption without its full stop."""
    return re.split(r"(?<=[.!?])\s", caption.strip(), maxsplit=1)[0].removesuffix(".")


def items(claims: pd.DataFrame, judged: Judged, exhibits: dict[str, tuple[str, str]], base: str = "") -> dict[str, str]:
    """Return BibTeX by anchor for every claim, figure and table. `exhibits` gives page and caption
    of each figure and table by anchor; the caption's first sentence is its title, without a number that may change."""
    found = {
        c["claim_id"].lower(): item_bibtex(c["claim_id"].lower(), claim_title(c, judged),
                                           f"sheets-{c['chapter']}", base)
        for _, c in claims.iterrows()
    }
    return found | {anchor: item_bibtex(anchor, first_sentence(caption), page, base)
                    for anchor, (page, caption) in exhibits.items()}
