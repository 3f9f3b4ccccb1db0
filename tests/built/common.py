"""What the tests of the built book read alike: text, and the links of a site."""

import re
from urllib.parse import urlsplit

from bs4 import BeautifulSoup


def curled(text):
    """Return text with single spaces and straight quotation marks, as smart quotes are set for readers."""
    return " ".join(text.split()).translate(str.maketrans("\u2018\u2019\u201c\u201d", "''\"\""))


def folded(text):
    """Return text without white space, zero-width breaks and the hyphens of line ends, and with straight quotation
    marks."""
    return re.sub(r"[\s\u00ad\u200b\u2060-]+", "", curled(text))


def dead(html):
    """Return the links of a site, and the places of its images and scripts, that lead to no file or anchor of it."""
    pages = {path: BeautifulSoup(path.read_text("utf-8"), "lxml") for path in sorted(html.resolve().rglob("*.html"))}
    anchors = {path: {node["id"] for node in page.select("[id]")} for path, page in pages.items()}
    found = set()
    for path, page in pages.items():
        for link in [node.get("href", node.get("src")) for node in page.select("[href], [src]")]:
            address = urlsplit(link)
            there = (path.parent / address.path).resolve() if address.path else path
            lost = address.fragment and there in pages and address.fragment not in anchors[there]
            if not address.scheme and (link.startswith("/") or not there.is_file() or lost):
                found.add(f"{path.relative_to(html.resolve())}: {link}")
    return sorted(found)
