"""What is drawn of the charts of economy: marks, then numbers of labels, caption and alt
text, from the rows offered."""

from drawings.read import at, bar, points, where


def middles(rows, column, panel=0, scale=1):
    """Return the marks of a line: a value in the middle of its year."""
    return points(((row["year"] + 0.5, scale * row[column]) for row in rows), panel)


def column(row, value, bottom=0, hollow=False):
    """Return the mark of a bar as wide as most of its year."""
    return bar(row["year"] + 0.1, bottom, row["year"] + 0.9, bottom + value, hollow=hollow)


def span(table):
    """Return the first and the last year of a table."""
    years = [row["year"] for row in table]
    return [f"{min(years):.0f}", f"{max(years):.0f}"]


def economy_trade(table):
    def value(partner, year):
        return at(table, "value", partner=partner, year=year)

    last = max(row["year"] for row in table)
    pairs = [f"{value('China', 2012):.2f} {value('Russia', 2012):.2f}",
             f"{last:.0f} {value('China', last):.1f} {value('Russia', last):.1f}"]
    caption = ["2012", *pairs, f"{value('European Union', 2012):.1f} 2012"]
    low = [f"{value('China', year):.1f} {year}" for year in (2003, 2016)]
    return middles(table, "value"), ["2013"], caption, [*span(table), *caption, *low,
                                                        f"{value('European Union', 2020):.1f} 2020"]


def economy_ranks(table):
    views, marks = ["kazakhstan", "bns", "kazakhstan-eu", "partners", "cow"], []
    for panel, (flow, first) in enumerate((("total", 2009), ("exports", 2010))):
        for row in where(table, flow=flow):
            y = views.index(row["view"])
            marks.append(bar(row["year"] + 0.04, y - 0.35, row["year"] + 0.96, y + 0.35, panel))
        marks += points([(first, -0.42), (first, 4.42), (2013, 4.42), (2013, -0.42), (first, -0.42)], panel)

    def held(flow, view, first, last, place):
        ranks = [row["rank"] for row in where(table, flow=flow, view=view) if first <= row["year"] <= last]
        return f"{sum(rank <= place for rank in ranks)} {len(ranks)}"

    caption = [held("total", "kazakhstan", 2009, 2012, 2), held("exports", "kazakhstan", 2010, 2012, 1), "2013"]
    caption += [held("total", "bns", 2013, 2025, 2), held("exports", "bns", 2013, 2025, 1)]
    alt = [f"{row['rank']:.0f}" for flow, first in (("total", 2009), ("exports", 2010)) for view in views
           for row in where(table, flow=flow, view=view) if first <= row["year"] <= 2012]
    return marks, [f"{row['rank']:.0f}" for row in table], caption, [*span(table), *alt, *caption]


def economy_five(table):
    marks = [column(row, row["kazakhstan"]) for row in table]
    marks += [column(row, row["others"], row["kazakhstan"]) for row in table]
    whole = {row["year"]: row["kazakhstan"] + row["others"] for row in table}
    own = {row["year"]: row["kazakhstan"] for row in table}
    last = max(whole)
    caption = [f"{whole[2003]:.1f} 2003 {whole[2012]:.1f} 2012 {whole[2016]:.1f} 2016 {whole[last]:.1f} "
               f"{last:.0f} 2021"]
    alt = [*span(table), *caption, f"{own[2003]:.1f} 2003 {own[2012]:.1f} 2012 {own[last]:.1f} {last:.0f}"]
    return marks, ["2013", *(f"{whole[year]:.0f}" for year in (2003, 2012, 2016, last))], caption, alt


def economy_share(table):
    share = {row["year"]: row["share"] for row in table}
    last, low = max(share), min(share, key=share.get)
    caption = [f"{share[2003]:.0f}% 2003 {share[2012]:.0f}% 2012 {share[last]:.0f}% {last:.0f} 2021 2022"]
    written = ["2013", *(f"{share[year]:.0f}%" for year in (2003, 2012, 2016, last))]
    return middles(table, "share"), written, caption, [*span(table), *caption, f"{share[low]:.0f}% {low:.0f}"]


def economy_growth(table):
    def fast(economy, first, last):
        places = [row["place"] for row in where(table, economy=economy) if first <= row["year"] <= last]
        return sum(place <= 0.2 for place in places), len(places)

    caption = ["20%", *fast("China", 2003, 2012), "2012", fast("Kazakhstan", 2003, 2012)[0],
               *fast("Kazakhstan", 2008, 2012)]
    after = ["2013 20%", *fast("Kazakhstan", 2013, 2025), *fast("China", 2013, 2025)]
    return middles(table, "place", scale=100), ["2013"], caption, [*span(table), *caption, *after]


def economy_oil(table):
    made, sent = where(table, series="oil production"), where(table, series="oil to China")
    marks = middles(made, "value") + [column(row, row["value"], hollow=row["verified"] != "yes") for row in sent]
    output, piped = ({row["year"]: row["value"] for row in rows} for rows in (made, sent))
    last, final = max(output), max(piped)
    caption = [f"{output[2003]:.0f} 2003 {output[2012]:.0f} 2012 {output[2013]:.0f} 2013 {piped[2013]:.2f} {final:.0f} "
               f"{piped[final]:.2f}"]
    alt = [*span(table), *caption,
           f"{piped[min(piped)]:.2f} {min(piped):.0f} {piped[2009]:.2f} 2009 {output[last]:.0f} {last:.0f}"]
    return marks, ["2013", *(f"{output[year]:.0f}" for year in (2003, 2012, last))], caption, alt


def economy_gas(table):
    made, used, sent = (
        {row["year"]: row["value"] for row in where(table, series=series)}
        for series in ("gas production", "gas consumption", "gas to China")
    )
    left = {year: made[year] - used[year] for year in made}
    caption = [f"{left[2003]:.1f} 2003 {left[2012]:.1f} 2012 {sent[2013]:.1f} 2013 {sent[2024]:.1f} 2024 "
               f"{left[2024]:.1f}"]
    return middles(table, "value"), ["2013"], caption, [*span(table), *caption,
                                                        f"2024 {made[2024]:.1f} {used[2024]:.1f} 2019 2024"]


def economy_sellers(table):
    states = ("Turkmenistan", "Uzbekistan", "Kazakhstan")
    then, now = ([f"{at(table, 'value', state=state, year=year):.1f}" for state in states] for year in (2013, 2024))
    own = {row["year"]: row["value"] for row in where(table, state="Kazakhstan")}
    most = max(own, key=own.get)
    caption = ["2013", *then, "2024", *now, "2019 2024"]
    return middles(table, "value"), ["2013"], caption, [*span(table), *caption, f"{own[most]:.1f} {most:.0f}"]


EXPECTED = {
    "economy-trade": economy_trade,
    "economy-ranks": economy_ranks,
    "economy-five": economy_five,
    "economy-share": economy_share,
    "economy-growth": economy_growth,
    "economy-oil": economy_oil,
    "economy-gas": economy_gas,
    "economy-sellers": economy_sellers,
}
ALTERED = {
    "economy-trade": ["year", "value"],
    "economy-ranks": ["year", "rank"],
    "economy-five": ["year", "kazakhstan", "others"],
    "economy-share": ["year", "share"],
    "economy-growth": ["year", "place"],
    "economy-oil": ["year", "value", "verified"],
    "economy-gas": ["year", "value"],
    "economy-sellers": ["year", "value"],
}
"""The columns that a reader sees drawn."""
