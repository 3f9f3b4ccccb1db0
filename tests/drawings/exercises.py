"""What is drawn of the charts of exercises: marks, then numbers of labels, caption and alt text, from the rows offered."""

from drawings.read import bar, near, where


def exercises_timeline(table):
    lanes = ["both took part", "not both", "not known"]
    marks = [(0, "dot", False, near(row["year"], lanes.index(row["lane"]), 14 + (row["troops"] or 0) / 28)) for row in table]
    both = where(table, lane=lanes[0])
    large = [row for row in both if row["troops"] != "" and row["troops"] >= 1000]
    largest, years = max(large, key=lambda row: row["troops"]), [int(row["year"]) for row in table]
    caption = [sum(row["year"] < 2013 for row in both), "2002 2012", sum(row["year"] >= 2013 for row in both), f"2013 {max(years)}"]
    alt = [len(table), min(years), max(years), *(len(where(table, lane=lane)) for lane in lanes), largest["name"], f"{largest['troops']:,.0f}"]
    return marks, [f"{row['troops']:,.0f}" for row in large], caption, alt


def exercises_readings(table):
    marks = [bar(0, place - 0.275, row["exercises"], place + 0.275) for place, row in enumerate(table)]
    hatched = [(place, row) for place, row in enumerate(table) if row["if_unknown"] != "" and row["if_unknown"] > row["exercises"]]
    marks += [bar(row["exercises"], place - 0.275, row["if_unknown"], place + 0.275) for place, row in hatched]
    found = [f"{row['exercises']:.0f}" for row in table]
    said = [f"{row[column]:.0f}" for row in table for column in ("exercises", "if_unknown") if row[column] != ""]
    return marks, found, [max(found, key=int), max(said, key=int), "2010", "2002 2012"], ["2003 2012", len(table), "24", *said]


EXPECTED = {
    "exercises-timeline": exercises_timeline,
    "exercises-readings": exercises_readings,
}
ALTERED = {
    "exercises-timeline": ["year", "lane", "troops"],
    "exercises-readings": ["exercises", "if_unknown"],
}
"""The columns that a reader sees drawn."""
