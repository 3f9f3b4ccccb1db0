"""What is drawn of the charts of exercises: marks, then numbers of labels, caption and alt text."""

import re

from drawings.read import bar, plain, points, where

BOTH, UNKNOWN = "both took part", "who took part is not known"


def exercises_boxes(table):
    marks = []
    for row in table:
        x, y = (row["box"] - 1) % 6, -((row["box"] - 1) // 6)
        marks.append(bar(x - 0.46, y - 0.45, x + 0.46, y + 0.45, hollow=row["state"] == UNKNOWN))
    both, unknown = where(table, state=BOTH), where(table, state=UNKNOWN)
    caption = [len(both), "2003 2012", len(unknown), len(table) - len(both) - len(unknown)]
    named = [part for row in both for part in (row["name"], f"({plain(row['year'])})")]
    return marks, [plain(row["year"]) for row in [*both, *unknown]], caption, [len(table), *named, *caption]


def exercises_partners(table):
    names = ["China", "Russia", "NATO members", "others"]
    marks, said, alt = [], [], []
    for row in table:
        low = 0
        alt += [plain(row["year"]), *(plain(row[name]) for name in names)]
        for name in names:
            marks.append(bar(row["year"] - 0.39, low, row["year"] + 0.39, low + row[name]))
            said += [plain(row[name])] if row[name] else []
            low += row[name]
    total = [sum(row[name] for row in table) for name in names]
    caption = [plain(sum(total)), *map(plain, total)]
    return marks, said, caption, [*alt, *caption]


def exercises_coding(table):
    starts, marks, said = sorted({row["start"] for row in table}), [], []
    for panel, by in enumerate(("enemy", "forces")):
        rows = where(table, by=by)
        kinds = list(dict.fromkeys(row["kind"] for row in rows))
        for row in rows:
            middle = kinds.index(row["kind"]) + (-0.19 if row["start"] == starts[0] else 0.19)
            marks.append(bar(0, middle - 0.18, row["exercises"], middle + 0.18, panel=panel))
            said += [plain(row["exercises"])] + (
                [plain(row["start"]), plain(row["end"])] if row["kind"] == kinds[0] else []
            )
    first = {row["kind"]: plain(row["exercises"]) for row in where(table, start=starts[0])}
    ends = min(row["end"] for row in table)
    caption = [
        first["terrorism"],
        plain(starts[0]),
        plain(ends),
        first["police, special services"],
        first["troops with aircraft"],
    ]
    return marks, said, caption, [plain(row[column]) for row in table for column in ("start", "end", "exercises")]


def exercises_troops(table):
    marks = points(pair for row in table for pair in ((row["year"], row["low"]), (row["year"], row["high"])))
    said = []
    for row in table:
        said.append([f"{row[end]:,.0f}" for end in ("low", "high")][row["low"] == row["high"] :])
    early = max((row for row in table if row["year"] < 2013), key=lambda row: row["high"])
    late = max((row for row in table if row["year"] > 2014), key=lambda row: row["high"])
    caption = [part for row in (early, late) for part in (row["name"], f"{row['high']:,.0f}")]
    alt = [part for row, ends in zip(table, said, strict=True) for part in (row["name"], *ends)]
    missions = [row for row in table if row["name"].startswith("Peace Mission ")]
    caption += [len(table), len(missions)]
    named = [re.search("[0-9]{4}", row["name"])[0] for row in table]
    return marks, [*(end for ends in said for end in ends), *named, "2013"], caption, alt


EXPECTED = {
    "exercises-boxes": exercises_boxes,
    "exercises-partners": exercises_partners,
    "exercises-coding": exercises_coding,
    "exercises-troops": exercises_troops,
}
ALTERED = {
    "exercises-boxes": ["box", "state", "year"],
    "exercises-partners": ["year", "China", "Russia", "NATO members", "others"],
    "exercises-coding": ["kind", "start", "exercises"],
    "exercises-troops": ["year", "low", "high"],
}
"""The columns that a reader sees drawn."""
