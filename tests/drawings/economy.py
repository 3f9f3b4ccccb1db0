"""What is drawn of the charts of economy: marks, then numbers of labels, caption and alt text, from the rows offered."""

from drawings.read import at, bar, plain, points, where
from evidence.charts import economy


def economy_ranks(table):
    views = list(dict.fromkeys(row["view"] for row in table))
    marks = []
    for panel, (flow, first) in enumerate((("total", 2009), ("exports", 2010))):
        for row in where(table, flow=flow):
            x, y = row["year"], views.index(row["view"])
            marks.append(bar(x - 0.46, y - 0.42, x + 0.46, y + 0.42, panel))
        frame = [(first - 0.5, -0.5), (first - 0.5, 3.5), (2012.5, 3.5), (2012.5, -0.5), (first - 0.5, -0.5)]
        marks += points(frame, panel)

    def held(flow, first, last, place):
        ranks = [row["rank"] for row in where(table, flow=flow, view=views[0]) if first <= row["year"] <= last]
        return f"{sum(rank <= place for rank in ranks)} {len(ranks)}"

    caption = [held("total", 2009, 2012, 2), "2009", held("exports", 2010, 2012, 1), "2010 2013", held("exports", 2013, 2020, 1)]
    alt = [f"{row['rank']:.0f}" for flow, first in (("total", 2009), ("exports", 2010)) for view in views
           for row in where(table, flow=flow, view=view) if first <= row["year"] <= 2012]
    years = [f"{row['year']:.0f}" for row in table]
    return marks, [f"{row['rank']:.0f}" for row in table], caption, [min(years), max(years), *alt]


def economy_growth(table):
    marks = points((row["year"], 100 * row["place"]) for row in table)

    def fast(economy, first, last):
        places = [row["place"] for row in where(table, economy=economy) if first <= row["year"] <= last]
        return sum(place <= 0.2 for place in places), len(places)

    recent, after = fast("Kazakhstan", 2008, 2012), fast("Kazakhstan", 2013, 2025)
    caption = ["20%", *fast("China", 2003, 2012), "2012", fast("Kazakhstan", 2003, 2012)[0], *recent]
    years = [f"{row['year']:.0f}" for row in table]
    return marks, ["20%"], caption, [min(years), max(years), *caption, "2012 20%", *after]


def economy_energy(table):
    marks, lines = [], [("oil production", 0), ("gas production", 1), ("gas consumption", 1)]
    for row in where(table, series="oil to China"):
        marks.append(bar(row["year"] - 0.4, 0, row["year"] + 0.4, row["value"], hollow=row["verified"] != "yes"))
    lines += [("gas to China", 1), ("gas to China", 2)]
    for series, panel in lines:
        own = where(table, series=series) if panel == 2 else where(table, series=series, state="Kazakhstan")
        marks += points(((row["year"], row["value"]) for row in own), panel)

    def value(series, state, year):
        return at(table, "value", series=series, state=state, year=year)

    left = [value("gas production", "Kazakhstan", year) - value("gas consumption", "Kazakhstan", year) for year in (2003, 2012)]
    made = [f"{value('oil production', 'Kazakhstan', year):.0f} {year}" for year in (2003, 2012, 2024)]
    sent = [f"{value('oil to China', 'Kazakhstan', year):.2f} {year}" for year in (2013, 2022)]
    gas = [f"{value('gas to China', 'Kazakhstan', 2013):.1f} 2013", f"{value('gas to China', 'Turkmenistan', 2013):.1f}"]
    caption = [*sent, f"{left[0]:.1f} {left[1]:.1f} 2012", *gas]
    return marks, ["2013"], caption, [*made, *caption, "2024", f"{value('gas to China', 'Kazakhstan', 2024):.1f}"]


def economy_readings(table):
    claims, marks, alt = sorted({row["claim_id"] for row in table}), [], []
    for row in table:
        before = [r for r in where(table, claim_id=row["claim_id"], tense=row["tense"]) if table.index(r) < table.index(row)]
        x = len(before) + (0 if row["tense"] == "writing" else economy.SINCE_AT)
        marks += points([(x, claims.index(row["claim_id"]) - 0.12)], hollow=row["outcome"] != "pass")
    for claim in claims:
        for tense in ("writing", "since"):
            own = where(table, claim_id=claim, tense=tense)
            alt += [len(where(own, outcome="pass")), len(own), *(plain(row["reading"]) for row in own if row["outcome"] != "pass")]
    then, since = (where(table, tense=tense) for tense in ("writing", "since"))
    caption = [len(where(then, outcome="pass")), len(then), len(where(since, outcome="pass")), len(since)]
    titles = {row["claim_id"]: row["text"] for row in table}
    return marks, [*titles.values(), *(plain(row["reading"]) for row in table)], caption, alt


EXPECTED = {
    "economy-ranks": economy_ranks,
    "economy-growth": economy_growth,
    "economy-energy": economy_energy,
    "economy-readings": economy_readings,
}
ALTERED = {
    "economy-ranks": ["year", "rank"],
    "economy-growth": ["year", "place"],
    "economy-energy": ["year", "value", "verified"],
    "economy-readings": ["outcome"],
}
"""The columns that a reader sees drawn."""
