"""What is drawn of the charts of reach: marks, then numbers of labels, caption and alt text, from the rows offered."""

from drawings.read import numbers, points, where

FACTS = ("h6", "j10", "aew", "tanker", "earlier_cross_border", "departure", "distance_flown")
TELLERS = ("pla-daily-2010", "xinhua-meng-2010", "article")


def reach_told(table):
    marks = points((TELLERS.index(row["lineage"]), FACTS.index(row["subject"])) for row in table)
    counted = [f"{row['low']:.0f}" for row in table if row["subject"] in FACTS[:4] and row["low"] != ""]
    stated = where(table, subject="distance_flown", lineage="article")
    miles, said = [f"{row['low']:,.0f}" for row in stated], [n for row in stated for n in numbers(row["says"])]

    def most(lineage, count):
        rows = where(table, lineage=lineage)
        return max(row["reports"] for row in rows) if count else len({row["subject"] for row in rows})

    caption = [len({row["subject"] for row in table}), most("xinhua-meng-2010", False),
               f"{most('xinhua-meng-2010', True):.0f}", most("pla-daily-2010", False)]
    return marks, [*counted, *miles], caption, [*caption, *said]


def reach_map(table):
    way, on, other = (where(table, line=line) for line in ("way", "on", "other"))
    ends = [way[0], way[-1], on[-1], other[0]]
    marks = points((row["lon"], row["lat"]) for row in [*table, *ends])
    length, far = f"{way[-1]['mi']:.0f}", f"{other[-1]['mi']:,.0f}"
    reached = f"{on[-1]['mi']:,.0f}"
    alt = [length, reached, f"{on[-1]['lat']:.1f}", f"{on[-1]['lon']:.1f}", far]
    return marks, [reached, length, far], [length, reached], alt


def reach_distances(table):
    readings = list(dict.fromkeys(row["reading"] for row in table))
    marks = points((row["mi"], readings.index(row["reading"])) for row in table)
    miles = [[row["mi"] for row in where(table, reading=reading)] for reading in readings]
    found = [f"{min(ones):,.0f} {max(ones):,.0f}" for ones in miles]
    caption = [len(miles[0]), f"{max(miles[0]):.0f}", "1,200 10%"]
    return marks, ["1,200", *found], caption, ["1,200", *found, *caption]


EXPECTED = {
    "reach-told": reach_told,
    "reach-map": reach_map,
    "reach-distances": reach_distances,
}
ALTERED = {
    "reach-told": ["low"],
    "reach-map": ["lat", "lon"],
    "reach-distances": ["mi"],
}
"""The columns that a reader sees drawn."""
