"""What is drawn of the charts of outlook: marks, then numbers of labels, caption and alt text, from the rows offered."""

from drawings.read import at, points, where


def outlook_outcomes(table):
    factors = {"trade-kazakhstan": 1e-3, "trade-china": 1e-3, "arms-china-region": 100, "arms-russia-region": 100, "us-troops": 1e-3}
    marks, written, alt = [], ["2003 2012"], [len(factors), f"2003 {max(row['year'] for row in table):.0f}"]
    for panel, (name, factor) in enumerate(factors.items()):
        own = where(table, series=name)
        known = [row for row in own if row["value"] != ""]
        marks += points(((row["year"], factor * row["value"]) for row in known), panel)
        marks += points(((row["year"], factor * row["value"]) for row in known if row["year"] == 2012), panel)  # the end of one line, the start of the next
        marks += points(((row["year"], factor * row["naive"]) for row in own if row["naive"] != ""), panel)
        base, last = at(known, "value", year=2012), known[-1]
        written += [f"{factor * base:.0f}", f"{factor * last['value']:.0f}"]
        alt += [f"{factor * base:.0f}", "2012", f"{factor * last['value']:.0f}", f"{last['year']:.0f}"]

    def value(name, year):
        return at(table, "value", series=name, year=year)

    trade = [f"{value('trade-kazakhstan', year) / 1000:.1f} {year}" for year in (2012, 2016, 2022)]
    latest = [row["value"] for row in where(table, series="arms-china-region") if row["value"] != ""][-1]
    arms = [*(value("arms-china-region", year) for year in (2012, 2017, 2022)), latest]
    return marks, written, [*trade, *(f"{share:.0%}" for share in arms), "2003 2012"], alt


EXPECTED = {
    "outlook-outcomes": outlook_outcomes,
}
ALTERED = {
    "outlook-outcomes": ["year", "value", "naive"],
}
"""The columns that a reader sees drawn."""
