"""What is drawn of the charts of contacts: marks, then numbers of labels, caption and alt text, from the rows offered."""

from drawings.read import bar, day, long, points, where


def contacts_offices(table):
    fifths = [key for key in table[0] if key.endswith("-12-05")]
    fit = [key for key in fifths if all(row[key] != "no" for row in table)]
    marks = []
    for place, row in enumerate(table):
        start, end, late = day(row["start"]), day(row["end"]), day(row["end_high"])
        marks += [bar(start, -place - 0.21, end, -place + 0.21), bar(end, -place - 0.21, late, -place + 0.21)]
    said = [long(key) for key in fit]
    return marks, said, said, ["5", *(long(row[key]) for row in table for key in ("start", "end")), *said]


def contacts_timeline(table):
    lanes = ["alone", "at an SCO defence meeting", "at a wider meeting"]
    marks = [m for row in table for m in points([(day(row["date"]), -lanes.index(row["setting"]))], hollow=row["known"] != "True")]
    known = [int(row["date"][:4]) for row in where(table, known="True")]
    caption = [sum(2003 <= y <= 2012 for y in known), "2003 2012", sum(y >= 2013 for y in known), f"2013 {max(row['date'][:4] for row in table)}"]
    years = sorted(row["date"][:4] for row in table)
    return marks, [], caption, [years[0], years[-1], *(len(where(table, setting=lane)) for lane in lanes), *caption]


EXPECTED = {
    "contacts-offices": contacts_offices,
    "contacts-timeline": contacts_timeline,
}
ALTERED = {
    "contacts-offices": ["start", "end", "end_high"],
    "contacts-timeline": ["date", "setting", "known"],
}
"""The columns that a reader sees drawn."""
