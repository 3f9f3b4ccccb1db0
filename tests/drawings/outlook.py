"""What is drawn of the charts of outlook: marks, then numbers of labels, caption and alt
text, from the rows offered."""

from drawings.economy import column, middles, span
from drawings.read import near, plain, points, where


def outlook_grid(table):
    firsts = {row["claim_id"]: row for row in reversed(table)}
    open_, held = where(table, could_fail="yes"), [row["verdict"] for row in firsts.values()]
    written = ["2017 2022", *(row["found"] for row in open_), *(row["text"] for row in firsts.values())]
    written += [row["measure"] for row in firsts.values() if row["could_fail"] == "yes"]
    caption = [len(firsts), sum(row["could_fail"] == "no" for row in firsts.values()), held.count("supported"),
               held.count("qualified")]
    caption.append(len(where(table, grade="contradicted")))
    alt = []
    for claim in dict.fromkeys(row["claim_id"] for row in table):
        first = firsts[claim]
        alt += [first["text"], *([first["measure"]] if first["could_fail"] == "yes" else [])]
        alt += [f"{plain(row['horizon'])} {row['found']}" for row in where(open_, claim_id=claim)]
    return [], written, caption, [*alt, *caption]


def outlook_trade(table):
    marks, written, alt, value = [], ["2013 2012"], span(table), {}
    for panel, view in enumerate(("china", "kazakhstan")):
        own = where(table, view=view)
        for name in ("current", "constant"):
            marks += middles(own, name, panel)
            value[view, name] = {row["year"]: row[name] for row in own}
            written.append(f"{own[-1][name]:.0f}")
        current, last = value[view, "current"], own[-1]["year"]
        alt += [f"{current[year]:.1f} {year:.0f}" for year in (2003, 2012, 2016, last)]

    def change(view, name, year, base=2012):
        series = value[view, name]
        return f"{abs(100 * (series[year] / series[base] - 1)):.0f}%"

    caption = ["2012", change("china", "current", 2022), "2022", change("china", "constant", 2022), "2012",
               f"{last:.0f}"]
    caption += [change("china", name, last) for name in ("current", "constant")]
    caption += ["2013", *(change("kazakhstan", name, last, 2013) for name in ("current", "constant")), f"{last:.0f}",
                "2013", "2012"]
    return marks, written, caption, [*alt, *caption]


def outlook_buyers(table):
    lanes = ["Kazakhstan", "Uzbekistan", "Turkmenistan", "Tajikistan", "Kyrgyzstan"]
    marks = [(0, "dot", False, near(row["year"] + 0.5, lanes.index(row["state"]), 8 + 1.2 * row["tiv"]))
             for row in table]
    got = {state: sum(row["tiv"] for row in where(table, state=state)) for state in lanes}
    first, last = span(table)
    caption = [first, last,
               *(f"{got[state]:.0f}" for state in ("Turkmenistan", "Uzbekistan", "Tajikistan", "Kazakhstan"))]
    return (marks, ["2013", *(f"{row['tiv']:.0f}" for row in table)], caption,
            [*(f"{row['year']:.0f} {row['tiv']:.1f}" for row in table), *caption])


def outlook_suppliers(table):
    marks = [m for row in table for m in points([(row["start"], row["share"]), (row["end"] + 1, row["share"])])]
    share = {(row["supplier"], row["end"]): f"{row['share']:.0f}%" for row in table}
    last = max(row["end"] for row in table)
    caption = [share["Russia", 2012], "2008 2012", share["Russia", 2017], "2013 2017", share["Russia", 2022],
               "2018 2022"]
    caption += [share["China", end] for end in (2012, 2017, 2022)]
    caption += [f"{last - 4:.0f} {last:.0f}", share["Russia", last], share["China", last]]
    first = [f"{min(row['start'] for row in table):.0f} {last:.0f}", share["Russia", 2007], share["China", 2007]]
    return marks, ["2013", *share.values()], caption, [*first, *caption]


def outlook_troops(table):
    bars, line = ([row for row in table if row["area"] == area] for area in ("Afghanistan", "Kyrgyzstan"))
    marks = [column(row, row["all_troops"], hollow=row["estimate"] == "True") for row in bars]
    marks += middles(line, "all_troops")
    number, transit = ({row["year"]: row["all_troops"] for row in some} for some in (bars, line))
    most, last, peak, end = max(number, key=number.get), max(number), max(transit, key=transit.get), max(transit)
    caption = [f"{number[2011]:,.0f} 2011 {number[2012]:,.0f} 2012 {number[last]:,.0f} {last:.0f}"]
    caption += [f"{transit[peak]:,.0f} {peak:.0f} {transit[end]:,.0f} {end:.0f}"]
    alt = [*span(table), *caption, f"{number[most]:,.0f} {most:.0f} 2017 {number[2017]:,.0f} 2021 {number[2021]:,.0f}"]
    return marks, ["2013", f"{number[most]:,.0f}", f"{number[last]:,.0f}"], caption, alt


EXPECTED = {
    "outlook-grid": outlook_grid,
    "outlook-trade": outlook_trade,
    "outlook-buyers": outlook_buyers,
    "outlook-suppliers": outlook_suppliers,
    "outlook-troops": outlook_troops,
}
ALTERED = {
    "outlook-grid": ["found"],
    "outlook-trade": ["year", "current", "constant"],
    "outlook-buyers": ["state", "year", "tiv"],
    "outlook-suppliers": ["start", "end", "share"],
    "outlook-troops": ["area", "year", "all_troops", "estimate"],
}
"""The columns that a reader sees drawn."""
