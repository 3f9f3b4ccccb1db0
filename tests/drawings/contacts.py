"""What is drawn of the charts of contacts: marks, then numbers of labels, caption and alt text."""

from datetime import date

from drawings.read import bar, long, points, where

SCO = "at an SCO defence meeting"


def decimal(text):
    """Return an ISO day as a year with a fraction."""
    return 1 + date.fromisoformat(text).toordinal() / 365.2425


def contacts_timeline(table):
    lanes = [SCO, "alone", "at a wider meeting"]
    marks = [
        m for row in table for m in points([(row["year"], -lanes.index(row["setting"]))], hollow=row["known"] != "True")
    ]
    known = where(table, known="True")
    caption = []
    for first, last in ((2003, 2012), (2013, 2025)):
        chosen = [row for row in known if first <= int(row["date"][:4]) <= last]
        caption += [len(chosen), first, last, len(where(chosen, setting=SCO))]
    years = sorted(row["date"][:4] for row in table)
    return (
        marks,
        ["2013"],
        caption,
        [years[0], years[-1], *(len(where(table, setting=lane)) for lane in lanes), *caption],
    )


def contacts_offices(table):
    fifths = [key for key in table[0] if key.endswith("-12-05")]
    fit = [key for key in fifths if all(row[key] != "no" for row in table)]
    marks = []
    for place, row in enumerate(table):
        early, start, end, late = (decimal(row[key]) for key in ("start_low", "start", "end", "end_high"))
        marks += [
            bar(start, -place - 0.17, end, -place + 0.17),
            bar(early, -place - 0.17, start, -place + 0.17, hollow=True),
            bar(end, -place - 0.17, late, -place + 0.17, hollow=True),
        ]
    said = [long(key) for key in fit]
    return (
        marks,
        [*said, "2013"],
        [*said, "5"],
        ["5", *(long(row[key]) for row in table for key in ("start", "end")), *said, "5"],
    )


def contacts_record(table):
    lanes = list(dict.fromkeys(row["subject"] for row in table))
    marks = [
        m for row in table for m in points([(row["year"], -lanes.index(row["subject"]))], hollow=row["known"] != "True")
    ]
    early = [row for row in where(table, known="True") if row["year"] < 2013 + 15 / 365]
    caption = [len(early), len(lanes) - len({row["subject"] for row in early}), len(lanes)]
    words = {
        "gratitude": ["2010"],
        "opening": ["2010"],
        "april-2012": ["2012"],
        "december-agreed": ["5"],
        "liang-pledge": ["5"],
    }
    alt = [part for lane in lanes for part in (*words.get(lane, ()), len(where(table, subject=lane, known="True")))]
    return marks, [n for lane in lanes for n in words.get(lane, ())], caption, [*(n for n in alt), *caption]


EXPECTED = {
    "contacts-timeline": contacts_timeline,
    "contacts-offices": contacts_offices,
    "contacts-record": contacts_record,
}
ALTERED = {
    "contacts-timeline": ["year", "setting", "known"],
    "contacts-offices": ["start_low", "start", "end", "end_high"],
    "contacts-record": ["year", "known"],
}
"""The columns that a reader sees drawn."""
