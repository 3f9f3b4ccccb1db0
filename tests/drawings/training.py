"""What is drawn of the charts of training: marks, then numbers of labels, caption and alt text."""

from drawings.read import at, bar, plain

KINDS = ["stock", "flow", "cumulative"]


def training_numbers(table):
    marks = []
    for place, row in enumerate(table):
        middle = place + 0.85 * (KINDS.index(row["kind"]) + 1)
        marks.append(bar(0, middle - 0.31, row["persons"], middle + 0.31))
    found = [f"{row['persons']:,.0f}" for row in table]
    caption = ["30 2013", *(plain(at(table, "persons", training_id=key)) for key in ("KZ-RU-2013", "KZ-CN-2003"))]
    caption.append(plain(at(table, "period_start", training_id="KZ-CN-2003")))
    alt = []
    for row, said in zip(table, found, strict=True):
        alt += [plain(row["period_start"]), *([plain(row["period_end"])] if row["kind"] == "cumulative" else []), said]
    return marks, found, caption, alt


def training_american(table):
    known = [row for row in table if row["all_places"] != ""]
    marks = []
    for row in known:
        left, right = row["fiscal_year"] - 0.15, row["fiscal_year"] + 0.65
        marks += [bar(left, 0, right, row["imet_places"]), bar(left, row["imet_places"], right, row["all_places"])]
    early = [row for row in known if row["fiscal_year"] <= 2012]
    places = [row["all_places"] for row in early]
    caption = [
        plain(min(places)),
        plain(max(places)),
        "2003 2012",
        f"{sum(places):,.0f}",
        "2006",
        plain(sum(row["imet_places"] for row in early)),
    ]
    alt = [plain(table[0]["fiscal_year"]), plain(table[-1]["fiscal_year"])]
    alt += [plain(row[column]) for row in known for column in ("fiscal_year", "all_places")]
    return marks, [*(plain(row["all_places"]) for row in known), "2013"], caption, [*alt, *caption]


def training_yearly(table):
    marks, said = [], []
    for place, row in enumerate(table):
        marks.append(bar(0, place - 0.21, row["low"], place + 0.21))
        said.append(plain(row["low"]))
        if row["high"] != "" and row["high"] > row["low"]:
            marks.append(bar(row["low"], place - 0.21, row["high"], place + 0.21, hollow=True))
            said.append(plain(row["high"]))
    article, earlier, places, sent = (plain(row["low"]) for row in table)
    return marks, said, [article, earlier, places, "2007", sent], said


EXPECTED = {
    "training-numbers": training_numbers,
    "training-american": training_american,
    "training-yearly": training_yearly,
}
ALTERED = {
    "training-numbers": ["persons"],
    "training-american": ["fiscal_year", "all_places", "imet_places"],
    "training-yearly": ["low", "high"],
}
"""The columns that a reader sees drawn."""
