"""What is drawn of the charts of russia: marks, then numbers of labels, caption and alt text, from the rows offered."""

from datetime import date

from drawings.read import at, bar, points, where

WRITTEN = "2013-01-15"


def russia_arms(table):
    marks = []
    for row in table:
        base = 0.0
        for supplier in ("Russia", "China", "others"):
            marks.append(bar(row["year"] - 0.4, base, row["year"] + 0.4, base + row[supplier]))
            base += row[supplier]

    def all_of(rows):
        return sum(row["Russia"] + row["China"] + row["others"] for row in rows)

    def share(rows):
        return f"{sum(row['Russia'] for row in rows) / all_of(rows):.0%}"

    then, after = ([row for row in table if (row["year"] > 2012) == late] for late in (False, True))
    last = table[-1]
    low = [f"{row['year']:.0f}" for row in table if all_of([row]) and row["Russia"] / all_of([row]) <= 0.5]
    china = f"{sum(row['China'] for row in table):.0f}"
    caption = [share(then), "2003 2012", share(after), f"2013 {last['year']:.0f}", *low, china]
    peak = max(table, key=lambda row: row["Russia"])
    ends = [f"{table[0]['year']:.0f}", f"{last['year']:.0f}"]
    return marks, ["2013"], caption, [*ends, *caption, f"{peak['Russia']:.0f} {peak['year']:.0f}", ends[1],
                                      f"{last['Russia']:.0f}"]


def stacks(table, dated):
    """Return the bars of shares, and the numbers written in and above them."""
    marks, written, groups = [], [], list(dict.fromkeys((row["recipient"], row["start"]) for row in table))
    for place, (recipient, start) in enumerate(groups):
        parts, left = where(table, recipient=recipient, start=start), 0.0
        whole = sum(row["tiv"] for row in parts)
        years = [f"{start:.0f} {parts[0]['end']:.0f}"] if dated else []
        written += [*years, f"{whole:,.0f}",
                    *(f"{100 * row['tiv'] / whole:.0f}" for row in parts if row["tiv"] / whole >= 0.07)]
        for row in parts:
            share = 100 * row["share"]
            assert abs(row["share"] - row["tiv"] / whole) < 1e-9
            marks.append(bar(left, place - 0.31, left + share, place + 0.31))
            left += share
    return marks, written


def russia_suppliers(table):
    marks, written = stacks(table, dated=True)
    before, after = min(row["start"] for row in table), max(row["start"] for row in table)

    def share(recipient, start, supplier="Russia"):
        return f"{at(table, 'share', recipient=recipient, start=start, supplier=supplier):.0%}"

    def yearly(start, *suppliers):
        rows = [row for row in where(table, recipient="others", start=start)
                if not suppliers or row["supplier"] in suppliers]
        return f"{sum(row['tiv'] for row in rows) / (rows[0]['end'] - start + 1):.0f}"

    caption = [share(buyer, start) for buyer in ("Kazakhstan", "others") for start in (before, after)]
    caption += [yearly(before, "Russia"), yearly(after, "Russia"), yearly(before), yearly(after)]
    last = where(table, recipient="others", start=after)
    return marks, written, caption, [*caption, f"{after:.0f} {last[0]['end']:.0f}",
                                     *(f"{row['share']:.0%}" for row in last)]


def russia_neighbours(table):
    marks, written = stacks(table, dated=False)
    russian = [f"{row['share']:.0%}" for row in where(table, supplier="Russia")]
    caption = [f"{table[0]['start']:.0f} {table[0]['end']:.0f}", *russian, f"{table[0]['end']:.0f}"]
    states = dict.fromkeys(row["recipient"] for row in table)
    return marks, written, caption, [*caption, *(f"{max(row['share'] for row in where(table, recipient=state)):.0%}"
                                                 for state in states)]


def russia_agreements(table):
    marks = []
    for panel, field in enumerate(dict.fromkeys(row["field"] for row in table)):
        for place, row in enumerate(where(table, field=field)):
            day = date.fromisoformat(row["date"])
            marks += points([(day.year + day.timetuple().tm_yday / 365, place)], panel, hollow=row["date"] > WRITTEN)
    signed = at(table, "date", treaty_id="AD-SIGNED")
    after = sum(row["date"] > WRITTEN for row in table)
    caption = [f"{int(signed[8:])} {signed[:4]}", len(table) - after, len(table), after]
    return (marks, ["2013", *(row["date"][:4] for row in table)], caption,
            [*caption, *(row["date"][:4] for row in table)])


def russia_facilities(table):
    marks = [m for row in table if row["lat"] != ""
             for m in points([(row["lon"], row["lat"])], hollow=row["use"] == "civil")]
    used = where(table, state="Russia", use="military")
    counts = {host: len(where(used, host=host)) for host in ("Kazakhstan", "Kyrgyzstan", "Tajikistan")}
    labels = [number for number in counts.values() if number]
    if any(row["facility_id"] == "RU-201-DUSH" for row in table):
        labels.append("201")
    caption = [len({row["group"] for row in used}), len(used), "2013", sum(row["lat"] == "" for row in used)]
    return marks, labels, caption, [*caption, *(row["name"] for row in where(table, state="Russia"))]


def russia_force(table):
    marks, written, spoken = [], [], []
    for place, row in enumerate(table):
        marks.append(bar(0, place - 0.3, row["low"], place + 0.3))
        words = f"{row['low']:,.0f}"
        if row["high"] > row["low"]:
            marks.append(bar(row["low"], place - 0.3, row["high"], place + 0.3, hollow=True))
            words += f" {row['high']:,.0f}"
        written.append(words)
        spoken.append(words)
    most, least = at(table, "high", member="all"), at(table, "low", member="all")
    caption = [
        f"{100 * at(table, 'low', member=member) / most:.0f} {at(table, 'high', member=member) / least:.0%}"
        for member in ("Russia and Kazakhstan", "Russia", "Kazakhstan")
    ]
    return marks, written, caption, ["2009 2010", *spoken, *caption]


EXPECTED = {
    "russia-arms": russia_arms,
    "russia-suppliers": russia_suppliers,
    "russia-neighbours": russia_neighbours,
    "russia-agreements": russia_agreements,
    "russia-facilities": russia_facilities,
    "russia-force": russia_force,
}
ALTERED = {
    "russia-arms": ["Russia", "China", "others"],
    "russia-suppliers": ["share"],
    "russia-neighbours": ["share", "tiv"],
    "russia-agreements": ["date"],
    "russia-facilities": ["lat", "lon", "use"],
    "russia-force": ["low", "high"],
}
"""The columns that a reader sees drawn."""
