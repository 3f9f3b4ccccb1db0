"""What is drawn of the charts of what followed: marks, then numbers of labels, caption and alt text, from the rows."""

from drawings.read import at, bar, day, numbers, plain, points, tile_places, where


def since_ties(table):
    trade, arms, drills = (where(table, tie=tie) for tie in ("trade", "arms", "drills"))
    marks = points((row["year"], row["value"]) for row in trade)
    marks += points(((row["year"], 0) for row in drills), panel=2)
    given = [row for row in arms if row["value"]]
    for row in given:
        middle = row["year"] + (-0.2 if row["country"] == "Russia" else 0.2)
        marks.append(bar(middle - 0.2, 0, middle + 0.2, row["value"], panel=1))
    first, last = (end(row["year"] for row in table) for end in (min, max))
    ends = [f"{at(trade, 'value', country=country, year=last):.0f}" for country in ("China", "Russia")]
    chinese = where(given, country="China")
    written = [*ends, "2013", *(f"{row['value']:.0f}" for row in chinese), *(plain(row["year"]) for row in drills)]
    after = {
        c: sum(row["value"] for row in arms if row["country"] == c and row["year"] > 2012) for c in ("China", "Russia")
    }
    caption = [
        ends[0],
        plain(last),
        ends[1],
        "2013",
        f"{after['China']:.0f}",
        f"{after['Russia']:,.0f}",
        f"{len(drills)}",
        "2013",
    ]
    alt = [plain(first), plain(last)]
    alt += [
        f"{at(trade, 'value', country=c, year=year):.1f} {year:.0f}"
        for c in ("China", "Russia")
        for year in (first, 2016, last)
    ]
    alt += [f"{row['value']:.1f} {row['year']:.0f}" for row in chinese] + ["2013", f"{after['Russia']:,.0f}"]
    return marks, written, caption, [*alt, *(plain(row["year"]) for row in drills)]


def since_events(table):
    marks = points((day(row["date"]), place) for place, row in enumerate(table))
    named = [len(where(table, side=side)) for side in ("China", "Russia", "the West")]
    words = [number for row in table for number in numbers(row["short"])]
    alt = [f"{plain(row['said'])} {row['short']}" for row in table]
    return marks, ["2013", *words], [f"{len(table)}", *map(str, named)], alt


def since_verdicts(table):
    groups = {}
    for row in table:
        groups.setdefault((row["writing"], row["since"]), []).append(row)
    marks, written = [], []
    for rows, placed in zip(groups.values(), tile_places([len(rows) for rows in groups.values()]), strict=True):
        for row, place in zip(rows, placed, strict=True):
            marks += points([place], hollow=row["kept"] != "True")
            written.append(row["claim_id"][1:])
    kept = len(where(table, kept="True"))
    return marks, written, [f"{len(table)} {kept} {len(table) - kept}"], []


EXPECTED = {"since-ties": since_ties, "since-events": since_events, "since-verdicts": since_verdicts}
ALTERED = {"since-ties": ["year", "value"], "since-events": ["date"], "since-verdicts": ["claim_id", "kept"]}
"""The columns that a reader sees drawn."""
