"""What is drawn of the charts of thesis: marks, then numbers of labels, caption and alt text, from the rows offered."""

from drawings.read import at, bar, plain, points, tile_places, where


def thesis_trade_and_arms(table):
    trade, arms = where(table, tie="trade"), where(table, tie="arms")
    marks = points((row["start"], 100 * row["share"]) for row in trade)
    steps = [(year, 100 * row["share"]) for row in arms for year in (row["start"], row["end"] + 1)]
    marks += points(steps, panel=1)
    first, last = (end(row["start"] for row in trade) for end in (min, max))
    ends = [f"{at(trade, 'share', country=country, start=last):.0%}" for country in ("China", "Russia")]
    written = [*ends, plain(last), plain(last), *(f"{100 * row['share']:.0f}%" for row in arms), "2013", "2013"]
    china = where(arms, country="China")
    caption = [
        f"{at(trade, 'share', country='China', start=first):.0%}",
        plain(first),
        f"{at(trade, 'share', country='China', start=2012):.0%}",
        "2012",
    ]
    caption += [f"{max(row['share'] for row in china):.0%}", plain(last), *ends]
    alt = [
        f"{at(trade, 'share', country=country, start=year):.0%} {year:.0f}"
        for country in ("China", "Russia")
        for year in (first, 2012, last)
    ]
    alt += [
        f"{row['share']:.1%} {row['start']:.0f} {row['end']:.0f}"
        for country in ("China", "Russia")
        for row in where(arms, country=country)
    ]
    return marks, written, caption, alt


def thesis_growth(table):
    held = where_known(table)
    marks = [bar(row["year"] - 0.35, 0, row["year"] + 0.35, row["trade"]) for row in table]
    marks += points(((row["year"], n) for row in held for n in range(int(row["exercises"]))), panel=1)
    first, last = table[0], table[-1]
    written = [f"{first['trade']:.1f}", f"{last['trade']:.1f}", *("0" for row in held if not row["exercises"])]
    counts = [row["exercises"] for row in held]
    caption = (f"{first['trade']:.1f} {last['trade']:.1f} {first['year']:.0f} {last['year']:.0f} {sum(counts):.0f} "
               f"{len(held)} {max(counts):.0f}")
    alt = [f"{row['year']:.0f} {row['trade']:.1f}" for row in table] + [
        f"{row['year']:.0f} {row['exercises']:.0f}" for row in held
    ]
    return marks, written, [caption], alt


def where_known(table):
    """Return the years in which exercises are counted."""
    return [row for row in table if row["exercises"] != ""]


def thesis_ties(table):
    marks = points(
        (100 * row[side], -place)
        for place, row in enumerate(table)
        for side in ("china", "russia", "west")
        if row[side] != ""
    )
    caption = [f"{at(table, 'china', tie=tie):.0%}" for tie in ("Exports", "Exercises", "Arms imports")]
    alt = []
    for row in table:
        alt += [plain(row["years"]), *(f"{row[side]:.0%}" for side in ("china", "russia", "west") if row[side] != "")]
    return marks, [f"{row['china']:.0%}" for row in table], caption, alt


def thesis_closeness(table):
    marks, words = [], []
    for panel, count in enumerate(("exercises", "training", "arms")):
        for place, row in enumerate(where(table, count=count)):
            if count != "training":
                marks.append(bar(0, place - 0.17, row["value"], place + 0.17, panel=panel))
                marks += points([(row["value"], place)], panel=panel) if row["floor"] == "True" else []
            words.append(f"{row['value']:,.0f}")
    caption = [f"{at(table, 'value', count='exercises', side=side):.0f}" for side in ("China", "the West")]
    titles = ("2003 2010", "", "2003 2012")
    alt = [f"{title} {' '.join(words[3 * panel : 3 * panel + 3])}" for panel, title in enumerate(titles)]
    return marks, words, [*caption, "2006"], alt


def thesis_argument(table):
    groups = {}
    for row in table:
        groups.setdefault(row["conclusion"], []).append(row)
    marks, written = [], []
    for (conclusion, rows), placed in zip(
        groups.items(), tile_places([len(rows) for rows in groups.values()], lead=1.5), strict=True
    ):
        marks += points([(0, placed[0][1])])
        for row, place in zip(rows, placed, strict=True):
            marks += points([place], hollow=row["relation"] != "supports")
        written += [conclusion[1:], *(row["premise"][1:] for row in rows)]
    support = where(table, relation="supports")
    fell = {row["conclusion"] for row in where(support, verdict="contradicted")}
    leaves = {row["conclusion"] for row in support if row["verdict"] in ("unresolved", "untestable")}
    return (
        marks,
        written,
        [f"{len(groups)} {len(fell)} {len(leaves)}"],
        ["1,200" if "1,200" in row["text"] else "" for row in table],
    )


EXPECTED = {
    "thesis-trade-and-arms": thesis_trade_and_arms,
    "thesis-growth": thesis_growth,
    "thesis-ties": thesis_ties,
    "thesis-closeness": thesis_closeness,
    "thesis-argument": thesis_argument,
}
ALTERED = {
    "thesis-trade-and-arms": ["share", "start"],
    "thesis-growth": ["trade", "exercises"],
    "thesis-ties": ["china", "russia", "west"],
    "thesis-closeness": ["value", "floor"],
    "thesis-argument": ["premise", "relation"],
}
"""The columns that a reader sees drawn."""
