"""What is drawn of the charts of reach: marks, then numbers of labels, caption and alt text, from the rows offered."""

from drawings.read import at, points, where


def reach_map(table):
    lines = {line: where(table, line=line) for line in dict.fromkeys(row["line"] for row in table)}
    way, on, other = (lines[name] for name in ("Urumqi to Otar", "on to 1,200 miles", "Jiayuguan to Otar"))
    ends = [way[0], way[-1], on[-1], other[0]]
    marks = points((row["lon"], row["lat"]) for row in [*table, *ends])
    length, far = f"{way[-1]['mi']:.0f}", f"{other[-1]['mi']:,.0f}"
    reached = f"{on[-1]['mi']:,.0f}"
    alt = [length, reached, f"{on[-1]['lat']:.1f}", f"{on[-1]['lon']:.1f}", far]
    return marks, [reached, length, far], [length, reached], alt


def reach_distances(table):
    marks = points((row[end], place) for place, row in enumerate(table) for end in ("low_mi", "high_mi"))
    found = [f"{row['low_mi']:,.0f} {row['high_mi']:,.0f}" for row in table]
    longest = at(table, "high_mi", reading="One way from Urumqi")
    return marks, ["1,200", *found], [f"{longest:.0f}", "1,200 10%"], ["1,200", *found]


EXPECTED = {
    "reach-map": reach_map,
    "reach-distances": reach_distances,
}
ALTERED = {
    "reach-map": ["lat", "lon"],
    "reach-distances": ["low_mi", "high_mi"],
}
"""The columns that a reader sees drawn."""
