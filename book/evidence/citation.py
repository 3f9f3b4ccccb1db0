"""Every way to cite the book, one claim, one figure or one table. CITATION.cff is the one source."""

from __future__ import annotations

import calendar
import json
from functools import cache

import pandas as pd
import yaml

from . import dates, paths, wording
from .examine import Judged, state_of
from .figures import all_figures

NAME = "kazakh-chinese-exchanges"
"""The book's name in addresses, archives and citation keys."""
PDF = f"{NAME}.pdf"
ARTICLE = {
    "@type": "Article",
    "name": "Kazakh-Chinese military exchanges continue",
    "author": {"@type": "Person", "name": "Richard Weitz"},
    "datePublished": dates.WRITTEN.isoformat(),
    "isPartOf": {"@type": "Periodical", "name": "Central Asia-Caucasus Analyst"},
}
"""The article under test, as schema.org describes it."""
RATING = {"supported": 3, "qualified": 2, "contradicted": 1}
"""The rating scale of ClaimReview, 1 to 3; other verdicts have a name and no number."""


@cache
def load() -> dict:
    """Return CITATION.cff as a dictionary."""
    return yaml.safe_load(paths.CITATION.read_text("utf-8"))


def epoch() -> int:
    """Return the release date as seconds since 1970, midnight UTC: the build's only clock."""
    return calendar.timegm(load()["date-released"].timetuple())


def contributors() -> str:
    """Return the contributors as one string."""
    return " and ".join(author["name"] for author in load()["authors"])


def abstract() -> str:
    """Return the abstract on one line."""
    return " ".join(load()["abstract"].split())


def rights() -> str:
    """Return in one sentence who may do what with the book."""
    name = load()["license"].replace("CC-BY-", "CC BY ")
    return f"Text and figures {name}, code MIT; values taken from others keep their own terms."


def suggested() -> str:
    """Return the suggested citation in one sentence of Markdown."""
    cff = load()
    return f"{contributors()} ({cff['date-released'].year}). *{cff['title']}* (version {cff['version']})."


def _entry(kind: str, key: str, fields: dict[str, str]) -> str:
    """Return one BibTeX entry; empty fields are left out."""
    return f"@{kind}{{{key},\n" + "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value) + "}\n"


def _common(url: str) -> dict[str, str]:
    """Return the BibTeX fields that every entry of the book shares."""
    cff, day = load(), load()["date-released"]
    return {"date": day.isoformat(), "year": str(day.year), "month": str(day.month), "edition": cff["version"], "language": "en-GB", "url": url}


def bibtex(base: str = "") -> str:
    """Return a BibTeX entry for the book; `base` is the site's address, if it has one."""
    cff = load()
    fields = {"author": "{" + contributors() + "}", "title": "{" + cff["title"] + "}", **_common(f"{base}book/index.html" if base else "")}
    fields |= {"keywords": ", ".join(cff["keywords"]), "abstract": abstract()}
    return _entry("book", NAME, fields)


def item_bibtex(anchor: str, title: str, page: str, base: str = "") -> str:
    """Return a BibTeX entry for one claim, figure or table: its anchor, its title, the page that has it."""
    cff, place = load(), f"book/{page}.html#{anchor}"
    fields = {
        "author": "{" + contributors() + "}", "title": "{" + title + "}", "booktitle": "{" + cff["title"] + "}",
        **_common(f"{base}{place}" if base else ""), "note": place,
    }
    return _entry("incollection", f"{NAME}-{anchor}", fields)


def claim_title(claim: pd.Series, judged: Judged) -> str:
    """Return a claim as the title of a citation: number, statement, verdict."""
    tense = "since" if claim["scope"] == "forecast" else "writing"
    return f"Claim {claim['claim_id']}: {claim['stated_text']} ({wording.VERDICT[state_of(claim, tense, judged)].lower()})"


def ris(base: str = "") -> str:
    """Return the book's citation in RIS."""
    cff = load()
    lines = [
        ("TY", "BOOK"), *(("AU", f"{author['name']},") for author in cff["authors"]), ("TI", cff["title"]),
        ("PY", f"{cff['date-released']:%Y}"), ("DA", f"{cff['date-released']:%Y/%m/%d}"),
    ]
    lines += [("ET", cff["version"]), ("LA", "en-GB"), ("AB", abstract()), *(("KW", word) for word in cff["keywords"])]
    lines += [("UR", f"{base}book/index.html")] if base else []
    return "".join(f"{tag}  - {value}\n" for tag, value in [*lines, ("ER", "")])


def csl(base: str = "") -> str:
    """Return the book's citation in CSL-JSON."""
    cff, day = load(), load()["date-released"]
    item = {
        "id": NAME, "type": "book", "title": cff["title"], "author": [{"literal": author["name"]} for author in cff["authors"]],
        "issued": {"date-parts": [[day.year, day.month, day.day]]}, "edition": cff["version"], "language": "en-GB", "abstract": abstract(),
        "keyword": ", ".join(cff["keywords"]), **({"URL": f"{base}book/index.html"} if base else {}),
    }
    return json.dumps([item], ensure_ascii=False, indent=1) + "\n"


def jsonld(base: str = "") -> dict:
    """Return the book as schema.org describes it."""
    cff = load()
    return {
        "@context": "https://schema.org", "@type": "Book", "name": cff["title"],
        "author": [{"@type": "Organization", "name": a["name"]} for a in cff["authors"]],
        "datePublished": cff["date-released"].isoformat(), "version": cff["version"], "inLanguage": "en-GB",
        "license": "https://creativecommons.org/licenses/by/4.0/", "abstract": abstract(),
        "keywords": cff["keywords"], "about": ARTICLE, **({"url": f"{base}book/index.html"} if base else {}),
    }


def highwire(base: str) -> list[tuple[str, str]]:
    """Return the front page's Highwire tags, by which indexes find the PDF: name and content."""
    cff = load()
    authors = [("citation_author", author["name"]) for author in cff["authors"]]
    return [
        ("citation_title", cff["title"]), *authors, ("citation_publication_date", f"{cff['date-released']:%Y/%m/%d}"), ("citation_language", "en"),
        ("citation_keywords", "; ".join(cff["keywords"])), ("citation_public_url", f"{base}book/index.html"), ("citation_pdf_url", f"{base}book/{PDF}"),
    ]


def claim_review(claim: pd.Series, judged: Judged, base: str) -> dict:
    """Return one claim as a schema.org ClaimReview. Unresolved and untestable have no number."""
    state = state_of(claim, "since" if claim["scope"] == "forecast" else "writing", judged)
    rating: dict[str, str | int] = {"@type": "Rating", "alternateName": wording.VERDICT[state]}
    if state in RATING:
        rating |= {"ratingValue": RATING[state], "bestRating": max(RATING.values()), "worstRating": min(RATING.values())}
    return {
        "@context": "https://schema.org", "@type": "ClaimReview",
        "url": f"{base}book/{claim['chapter']}.html#claim-{claim['claim_id'].lower()}",
        "claimReviewed": claim["quote"], "datePublished": load()["date-released"].isoformat(),
        "author": {"@type": "Organization", "name": contributors()},
        "itemReviewed": {"@type": "Claim", "author": ARTICLE["author"], "datePublished": ARTICLE["datePublished"], "appearance": ARTICLE},
        "reviewRating": rating,
    }


def items(claims: pd.DataFrame, judged: Judged, places: dict[str, str], base: str = "") -> dict[str, str]:
    """Return BibTeX by anchor for every claim, figure and table. `places` gives the page of each
    figure and table by anchor, as evidence.provenance finds them; an unknown figure raises LookupError."""
    found = {
        f"claim-{c['claim_id'].lower()}": item_bibtex(f"claim-{c['claim_id'].lower()}", claim_title(c, judged), c["chapter"], base)
        for _, c in claims.iterrows()
    }
    for anchor, page in places.items():
        kind, _, name = anchor.partition("-")
        if kind == "fig" and name not in all_figures():
            raise LookupError(f"no figure is called {name}")
        found[anchor] = item_bibtex(anchor, f"{'Figure' if kind == 'fig' else 'Table'} {name}", page, base)
    return found
