"""What is drawn of the charts of the front page: marks, then numbers of labels, caption and alt text, from the rows offered."""

import textwrap

from drawings.read import where


def index_says_shows(table):
    written = [part for row in table for part in (textwrap.shorten(row["text"], 40), row["says"], row["shows"])]
    exact, least = where(table, exact="True"), where(table, exact="False")
    held, fell = (sum(row["verdict"] == verdict for row in exact) for verdict in ("supported", "contradicted"))
    kept = sum(row["verdict"] == "supported" for row in least)
    caption = f"{len(exact)} {held} {fell} {len(exact) - held - fell} {len(least)} {kept}"
    return [], written, [caption], [f"{row['text']} {row['says']} {row['shows']}" for row in table]


EXPECTED = {"index-says-shows": index_says_shows}
ALTERED = {"index-says-shows": ["says", "shows"]}
"""The columns that a reader sees drawn."""
