"""What is drawn of the charts of the front page: marks, then numbers of labels, caption and alt text, from the rows."""

from drawings.read import bar, plain, points, tile_places, where


def index_says_shows(table):
    written = [part for row in table for part in (row["text"], row["says"], plain(row["shows"]))]
    named = [len(where(table, verdict=verdict)) for verdict in ("supported", "qualified", "unresolved", "contradicted")]
    return (
        [],
        written,
        [f"{len(table)}", *map(str, named)],
        [f"{row['text']} {row['says']} {plain(row['shows'])}" for row in table],
    )


def index_records(table):
    marks, written, totals, left_open = [], [], {}, {}
    for row in table:
        start = totals.setdefault(row["record"], 0)
        place = list(totals).index(row["record"])
        marks.append(bar(start, place - 0.21, start + row["claims"], place + 0.21))
        totals[row["record"]] += row["claims"]
        left_open[row["record"]] = left_open.get(row["record"], 0) + row["claims"] * (
            row["verdict"] in ("unresolved", "untestable")
        )
    written = [f"{row['claims']:.0f}" for row in table] + [f"{total:.0f}" for total in totals.values()]
    others, armies, none = totals
    stays = f"{left_open[others]:.0f}" if left_open[others] else ""
    caption = [
        f"{totals[others]:.0f}",
        stays,
        f"{totals[armies]:.0f}",
        f"{left_open[armies]:.0f}",
        f"{totals[none]:.0f}",
    ]
    return marks, written, caption, [f"{row['claims']:.0f}" for row in table]


def index_paragraphs(table):
    groups = {}
    for row in table:
        groups.setdefault(row["paragraph"], []).append(row)
    marks, written = [], []
    for (paragraph, rows), placed in zip(
        groups.items(), tile_places([len(rows) for rows in groups.values()]), strict=True
    ):
        marks += points(placed)
        written += [f"{paragraph:.0f}", *(row["claim_id"][1:] for row in rows)]
    shares = []
    for section in ("background", "implications"):
        rows = where(table, section=section)
        shares.append(f"{sum(row['verdict'] in ('supported', 'qualified') for row in rows) / len(rows):.0%}")
    return marks, written, [f"{len(table)}", *shares], [f"{paragraph:.0f}" for paragraph in groups]


EXPECTED = {"index-says-shows": index_says_shows, "index-records": index_records, "index-paragraphs": index_paragraphs}
ALTERED = {
    "index-says-shows": ["shows"],
    "index-records": ["claims"],
    "index-paragraphs": ["claim_id", "paragraph"],
}
"""The columns that a reader sees drawn."""
