"""What is drawn of the charts of russia: marks, then numbers of labels, caption and alt text, from the rows offered."""

import pytest
from drawings.read import at, bar, points, where


def russia_arms(table):
    marks, dated = [], [row for row in table if row["russia_share"] != ""]
    for row in table:
        base = 0.0
        for supplier in ("russia", "china", "others"):
            marks.append(bar(row["year"] - 0.4, base, row["year"] + 0.4, base + row[supplier]))
            base += row[supplier]
        if row in dated:
            assert row["russia_share"] == pytest.approx(row["russia"] / base)
    marks += points(((row["year"], 100 * row["russia_share"]) for row in dated), panel=1)
    then = [row for row in table if row["year"] <= 2012]
    share = sum(row["russia"] for row in then) / sum(row["russia"] + row["china"] + row["others"] for row in then)
    low = [f"{row['year']:.0f}" for row in dated if row["russia_share"] <= 0.5]
    peak = max(table, key=lambda row: row["russia"])
    china = [row for row in table if row["china"]]
    caption = [f"{share:.0%}", "2003 2012", *low, *(f"{row['china']:.0f} {row['year']:.0f}" for row in china)]
    years = [f"{row['year']:.0f}" for row in table]
    return marks, [], caption, [min(years), max(years), *caption, f"{peak['russia']:.0f} {peak['year']:.0f}"]


def russia_facilities(table):
    marks = [m for row in table for m in points([(row["lon"], row["lat"])], hollow=row["in_use_2013"] != "yes")]
    russian = where(table, state="Russia")
    used = where(russian, in_use_2013="yes")
    labelled = ["201"] if any(row["facility_id"] == "RU-201-DUSH" for row in table) else []
    return marks, labelled, [len(used), "2013 2013"], ["2013", *(row["name"] for row in russian)]


def russia_scale(table):
    marks = points((row["year"], row["spending"] / 1000) for row in table)
    last = [f"{where(table, country=country)[-1]['spending'] / 1000:,.1f}" for country in ("China", "Russia", "Kazakhstan")]

    def times(country, year):
        return f"{at(table, 'spending', country=country, year=year) / at(table, 'spending', country='Kazakhstan', year=year):.0f}"

    caption = ["2012", times("Russia", 2012), times("China", 2012), "2024", times("Russia", 2024), times("China", 2024)]
    years = [f"{row['year']:.0f}" for row in table]
    return marks, last, caption, [min(years), max(years), *caption]


EXPECTED = {
    "russia-arms": russia_arms,
    "russia-facilities": russia_facilities,
    "russia-scale": russia_scale,
}
ALTERED = {
    "russia-arms": ["russia", "china", "others", "russia_share"],
    "russia-facilities": ["lat", "lon", "in_use_2013"],
    "russia-scale": ["year", "spending"],
}
"""The columns that a reader sees drawn."""
