"""Each figure's marks, the rows offered for it, and the numbers in its labels, caption and alt text
are the same data: what is drawn is read back from the axes, what is offered from the CSV, and every
number is computed again from that CSV."""

import csv
import io
import math
import re
import shutil
from collections import Counter
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import matplotlib
import pytest
from drawn import rows
from evidence import tables
from evidence.charts import all_charts, economy, exercises, reach, style
from evidence.verdicts.examine import all_judgements
from matplotlib import colors, font_manager, pyplot
from matplotlib.collections import PatchCollection, PathCollection
from matplotlib.patches import Rectangle

matplotlib.use("agg")
FIGURES = all_charts()
EPOCH = date(1970, 1, 1)


def offered(name):
    """Return the rows of a figure as its CSV has them; a cell that reads as a number is one."""
    def cell(text):
        try:
            return float(text)
        except ValueError:
            return text

    lines = io.StringIO(rows(name).to_csv(index=False, lineterminator="\n"))
    return [{key: cell(text) for key, text in row.items()} for row in csv.DictReader(lines)]


def numbers(*parts):
    """Return the numbers of some texts, in order, without names of claims and aircraft."""
    text = " ".join(map(str, parts))
    return re.findall(r"(?<![\w-])\d[\d,]*(?:\.\d+)?%?", re.sub(r"\bC\d+\b", "", text).replace(", ", " , "))


def near(*values):
    """Return coordinates rounded so that they compare."""
    return tuple(round(float(v), 6) + 0.0 for v in values)


def drawn(canvas):
    """Return every mark in the coordinates of its data: (panel, kind, hollow, coordinates), counted.

    Lines across a panel (axvline and its like) belong to the axes, not to the data.
    """
    found = Counter()
    for panel, axes in enumerate(canvas.axes):
        for line in (one for one in axes.lines if one.get_transform() == axes.transData):
            hollow = colors.same_color(line.get_markerfacecolor(), "white")
            found.update((panel, "point", hollow, near(x, y)) for x, y in line.get_xydata() if not math.isnan(y))
        for bar in (p for p in axes.patches if isinstance(p, Rectangle) and p.get_data_transform() == axes.transData):
            hollow = colors.same_color(bar.get_facecolor(), "white")
            found[panel, "bar", hollow, near(bar.get_x(), bar.get_y(), bar.get_x() + bar.get_width(), bar.get_y() + bar.get_height())] += 1
        for tiles in (c for c in axes.collections if isinstance(c, PatchCollection)):
            for path, color in zip(tiles.get_paths(), tiles.get_facecolors(), strict=True):
                found[panel, "bar", colors.same_color(color, "white"), near(*path.get_extents().extents)] += 1
        for dots in (c for c in axes.collections if isinstance(c, PathCollection)):
            sizes = list(dots.get_sizes())
            found.update((panel, "dot", False, near(x, y, size)) for (x, y), size in zip(dots.get_offsets(), sizes, strict=True))
    return found


def labels(canvas):
    """Return the numbers written among the marks."""
    return sorted(numbers(*(text.get_text() for axes in canvas.axes for text in axes.texts)))


def points(pairs, panel=0, hollow=False):
    """Return marks for points (x, y)."""
    return [(panel, "point", hollow, near(*pair)) for pair in pairs]


def bar(x, y, to_x, to_y, panel=0, hollow=False):
    """Return the mark of a bar by its corners."""
    return (panel, "bar", hollow, near(x, y, to_x, to_y))


def day(text):
    """Return an ISO date as matplotlib counts days."""
    return (date.fromisoformat(text) - EPOCH).days


def long(text):
    """Return the day and the year of an ISO date."""
    return f"{int(text[8:])} {text[:4]}"


def where(table, **wanted):
    """Return the rows with these values."""
    return [row for row in table if all(row[key] == value for key, value in wanted.items())]


def at(table, column, **wanted):
    """Return the value of the only row with these values."""
    (row,) = where(table, **wanted)
    return row[column]


# One function for each figure: rows of its CSV in; marks, numbers of labels, caption and alt text out.


def contacts_offices(table):
    fifths = [key for key in table[0] if key.endswith("-12-05")]
    fit = [key for key in fifths if all(row[key] != "no" for row in table)]
    marks = []
    for place, row in enumerate(table):
        start, end, late = day(row["start"]), day(row["end"]), day(row["end_high"])
        marks += [bar(start, -place - 0.21, end, -place + 0.21), bar(end, -place - 0.21, late, -place + 0.21)]
    said = [long(key) for key in fit]
    return marks, said, said, ["5", *(long(row[key]) for row in table for key in ("start", "end")), *said]


def contacts_timeline(table):
    lanes = ["alone", "at an SCO defence meeting", "at a wider meeting"]
    marks = [m for row in table for m in points([(day(row["date"]), -lanes.index(row["setting"]))], hollow=row["known"] != "True")]
    known = [int(row["date"][:4]) for row in where(table, known="True")]
    caption = [sum(2003 <= y <= 2012 for y in known), "2003 2012", sum(y >= 2013 for y in known), "2013 2024"]
    years = sorted(row["date"][:4] for row in table)
    return marks, [], caption, [years[0], years[-1], *(len(where(table, setting=lane)) for lane in lanes), *caption]


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

    recent, after = fast("Kazakhstan", 2008, 2012), fast("Kazakhstan", 2013, 2024)
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


def _plain(cell):
    """Return a cell as a reader sees it: 2008, not 2008.0."""
    return cell if isinstance(cell, str) else f"{cell:.0f}"


def economy_readings(table):
    claims, marks, alt = sorted({row["claim_id"] for row in table}), [], []
    for row in table:
        before = [r for r in where(table, claim_id=row["claim_id"], tense=row["tense"]) if table.index(r) < table.index(row)]
        x = len(before) + (0 if row["tense"] == "writing" else economy.SINCE_AT)
        marks += points([(x, claims.index(row["claim_id"]) - 0.12)], hollow=row["outcome"] != "pass")
    for claim in claims:
        for tense in ("writing", "since"):
            own = where(table, claim_id=claim, tense=tense)
            alt += [len(where(own, outcome="pass")), len(own), *(_plain(row["reading"]) for row in own if row["outcome"] != "pass")]
    then, since = (where(table, tense=tense) for tense in ("writing", "since"))
    caption = [len(where(then, outcome="pass")), len(then), len(where(since, outcome="pass")), len(since)]
    titles = {row["claim_id"]: row["text"] for row in table}
    return marks, [*titles.values(), *(_plain(row["reading"]) for row in table)], caption, alt


def exercises_timeline(table):
    lanes = ["both took part", "not both", "not known"]
    marks = [(0, "dot", False, near(row["year"], lanes.index(row["lane"]), 14 + (row["troops"] or 0) / 28)) for row in table]
    both = where(table, lane=lanes[0])
    large = [row for row in both if row["troops"] != "" and row["troops"] >= 1000]
    caption = [sum(row["year"] < 2013 for row in both), "2002 2012", sum(row["year"] >= 2013 for row in both), "2013 2024"]
    largest, years = max(large, key=lambda row: row["troops"]), [int(row["year"]) for row in table]
    alt = [len(table), min(years), max(years), *(len(where(table, lane=lane)) for lane in lanes), largest["name"], f"{largest['troops']:,.0f}"]
    return marks, [f"{row['troops']:,.0f}" for row in large], caption, alt


def exercises_readings(table):
    marks = [bar(0, place - 0.275, row["exercises"], place + 0.275) for place, row in enumerate(table)]
    hatched = [(place, row) for place, row in enumerate(table) if row["if_unknown"] != "" and row["if_unknown"] > row["exercises"]]
    marks += [bar(row["exercises"], place - 0.275, row["if_unknown"], place + 0.275) for place, row in hatched]
    found = [f"{row['exercises']:.0f}" for row in table]
    said = [f"{row[column]:.0f}" for row in table for column in ("exercises", "if_unknown") if row[column] != ""]
    return marks, found, [max(found, key=int), max(said, key=int), "2002"], ["2003 2012", len(table), "24", *said]


def _interval(row):
    """Return the numbers of an interval found."""
    low, high = row["found_low"], row["found_high"]
    if row["unit"] == "share":
        return [f"{100 * low:.1f}%"]
    return [f"{low:,.0f}"] if high in (low, math.inf) else [f"{low:,.0f}", f"{high:,.0f}"]


def index_says_shows(table):
    marks, said = [], []
    for panel, group in enumerate(("number", "word")):
        for place, row in enumerate(where(table, group=group)):
            low, high = max(row["ratio_low"], 1 / 8), min(row["ratio_high"], 8)
            assert row["ratio_high"] == pytest.approx(row["stated"] / row["found_low"])
            assert row["ratio_low"] == pytest.approx(row["stated"] / row["found_high"])
            marks += 2 * points([(low, place), (high, place)], panel)
            said += [row["text"], *_interval(row)]
    given, words = where(table, group="number"), where(table, group="word")
    exact = [row for row in given if row["ratio_low"] == row["ratio_high"] == 1]
    (over,) = [row for row in given if row["ratio_low"] > 1]
    caption = [len(given), len(exact), sum(row["ratio_low"] == 0 for row in given), 1, over["text"], f"{over['ratio_low']:.1f} {over['ratio_high']:.1f}"]
    return marks, said, [*caption, len(words), sum(row["ratio_high"] <= 1 for row in words)], said


def outlook_outcomes(table):
    factors = {"trade-kazakhstan": 1e-3, "trade-china": 1e-3, "arms-china-region": 100, "arms-russia-region": 100, "us-troops": 1e-3}
    marks, written, alt = [], ["2003 2012"], [len(factors), "2003 2024"]
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
    return marks, written, [*trade, *(f"{value('arms-china-region', year):.0%}" for year in (2012, 2017, 2024)), "2003 2012"], alt


def reach_map(table):
    lines = {line: where(table, line=line) for line in dict.fromkeys(row["line"] for row in table)}
    way, on, other = (lines[name] for name in ("Urumqi to Otar", "on to 1,200 miles", "Jiayuguan to Otar"))
    ends = [way[0], way[-1], on[-1], other[0]]
    marks = points((row["lon"], row["lat"]) for row in [*table, *ends])
    length, far = f"{way[-1]['mi']:.0f}", f"{other[-1]['mi']:,.0f}"
    reached = f"{on[-1]['mi']:,.0f}"
    alt = [length, reached, f"{on[-1]['lat']:.1f}", f"{on[-1]['lon']:.1f}", far]
    return marks, [reached, length, far], [length, reached], alt


def reach_distances(table):
    marks = points((row[end], place) for place, row in enumerate(table) for end in ("low_mi", "high_mi"))
    found = [f"{row['low_mi']:,.0f} {row['high_mi']:,.0f}" for row in table]
    longest = at(table, "high_mi", reading="One way from Urumqi")
    return marks, ["1,200", *found], [f"{longest:.0f}", "1,200 10%"], ["1,200", *found]


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
    caption = [f"{share:.0%}", "2003 2012", *low, f"{sum(row['china'] for row in china):.0f}", *(f"{row['year']:.0f}" for row in china)]
    years = [f"{row['year']:.0f}" for row in table]
    return marks, [], caption, [min(years), max(years), *caption, f"{peak['russia']:.0f} {peak['year']:.0f}"]


def russia_facilities(table):
    marks = [m for row in table for m in points([(row["lon"], row["lat"])], hollow=row["in_use_2013"] not in ("yes", "civil"))]
    russian = where(table, state="Russia")
    used = [row for row in russian if row["in_use_2013"] in ("yes", "civil")]
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


def thesis_paradox(table):
    marks = points((100 * row[side], -place) for place, row in enumerate(table) for side in ("china", "russia", "west") if row[side] != "")
    trade, arms = where(table, tie="All trade")[0], where(table, tie="Arms imports")[0]
    caption = [f"{trade['china']:.0%}", "2012", f"{arms['china']:.0%}", "2012", f"{trade['russia']:.0%}", f"{arms['russia']:.0%}"]
    alt = []
    for row in table:
        alt += [_plain(row["years"]), *(f"{row[side]:.0%}" for side in ("china", "russia", "west") if row[side] != "")]
    return marks, [f"{100 * row['china']:.0f}" for row in table], caption, alt


def training_numbers(table):
    marks = [bar(0, place - 0.275, row["persons"], place + 0.275) for place, row in enumerate(table)]
    found = [f"{row['persons']:,.0f}" for row in table]
    caption = [f"{at(table, 'persons', training_id=key):.0f}" for key in ("KZ-RU-2013", "KZ-CN-2003")]
    return marks, found, [*caption, "2012"], [part for row, said in zip(table, found, strict=True) for part in (row["label"], said)]


def training_windows(table):
    marks, rates = points(p for row in table for p in ((row["start"], 0), (row["end"] + 1, row["persons"]))), []
    for row in table:
        assert row["per_year"] == pytest.approx(row["persons"] / (row["end"] - row["start"] + 1))
        rates.append(f"{row['per_year']:.0f}")
    article, sibling = table
    caption = [f"{row['persons']:.0f} {row['start']:.0f} {row['per_year']:.0f}" for row in (sibling, article)]
    alt = [f"{article['persons']:.0f} {article['start']:.0f} {article['end'] + 1:.0f}", rates[0],
           f"{sibling['persons']:.0f} {sibling['start']:.0f}", rates[1]]
    return marks, rates, caption, alt


EXPECTED = {
    "contacts-offices": contacts_offices, "contacts-timeline": contacts_timeline, "economy-ranks": economy_ranks, "economy-growth": economy_growth,
    "economy-energy": economy_energy, "economy-readings": economy_readings, "exercises-timeline": exercises_timeline,
    "exercises-readings": exercises_readings, "index-says-shows": index_says_shows, "outlook-outcomes": outlook_outcomes, "reach-map": reach_map,
    "reach-distances": reach_distances, "russia-arms": russia_arms, "russia-facilities": russia_facilities, "russia-scale": russia_scale,
    "thesis-paradox": thesis_paradox, "training-numbers": training_numbers, "training-windows": training_windows,
}


@cache
def expected(name):
    """Return what a figure's CSV says: its marks, and the numbers of labels, caption and alt text."""
    marks, *texts = EXPECTED[name](offered(name))
    return Counter(marks), *(numbers(*text) for text in texts)


def check_marks(name, draw=None):
    """Raise AssertionError where a figure's marks or labels differ from its CSV; another drawing
    function may stand in for its own."""
    marks, written, _, _ = expected(name)
    canvas = (draw or FIGURES[name].draw)(rows(name))
    try:
        assert drawn(canvas) == marks, "marks"
        assert labels(canvas) == sorted(written), "labels"
    finally:
        pyplot.close(canvas)


def check_words(name, part, text=None):
    """Raise AssertionError where the numbers of a figure's caption or alt text differ from its CSV,
    or where those of another text do."""
    wanted = expected(name)[{"caption": 2, "alt": 3}[part]]
    assert numbers(text or getattr(FIGURES[name], part)(rows(name))) == wanted, part


def test_every_figure_is_checked():
    assert set(EXPECTED) == set(FIGURES), "EXPECTED has a function for each figure, that tells what is drawn of its rows, and ALTERED its columns"
    assert NARROW


def test_the_chart_of_readings_has_the_tested_claims_of_its_chapter():
    claims = tables.load()["claims"]
    chapter = claims[claims["chapter"] == "economy"].index
    assert list(economy.READ) == [c for c in chapter if all_judgements()[c, "writing"].main.outcome != "none"]


@pytest.mark.parametrize("name", FIGURES)
def test_marks_rows_and_words_are_the_same_data(name):
    check_marks(name)
    check_words(name, "caption")
    check_words(name, "alt")


def caught(name, draw):
    """Return whether a figure fails its check under another drawing function, or that function
    fails by itself."""
    try:
        check_marks(name, draw)
    except (AssertionError, LookupError, ValueError):
        return True
    return False


@pytest.mark.parametrize("name", FIGURES)
def test_a_row_that_is_not_drawn_is_caught(name):
    assert caught(name, lambda frame: FIGURES[name].draw(frame.drop(index=frame.index[len(frame) // 2])))


def later(text):
    """Return an ISO date a month later."""
    return text[:5] + f"{int(text[5:7]) % 12 + 1:02d}" + text[7:]


ALTERED = {
    "contacts-offices": ["start", "end", "end_high"], "contacts-timeline": ["date", "setting", "known"], "economy-ranks": ["year", "rank"],
    "economy-growth": ["year", "place"], "economy-energy": ["year", "value", "verified"], "economy-readings": ["outcome"],
    "exercises-timeline": ["year", "lane", "troops"], "exercises-readings": ["exercises", "if_unknown"],
    "index-says-shows": ["ratio_low", "ratio_high", "found_low"],
    "outlook-outcomes": ["year", "value", "naive"], "reach-map": ["lat", "lon"], "reach-distances": ["low_mi", "high_mi"],
    "russia-arms": ["russia", "china", "others", "russia_share"], "russia-facilities": ["lat", "lon", "in_use_2013"], "russia-scale": ["year", "spending"],
    "thesis-paradox": ["china", "russia", "west"], "training-numbers": ["persons"], "training-windows": ["start", "end", "persons", "per_year"],
}
"""The columns that a reader sees drawn."""
OTHER = {
    "yes": "no", "no": "yes", "pass": "fail", "fail": "pass", "open": "pass",
    "alone": "at a wider meeting", "both took part": "not both", "not both": "not known",
}


def altered(frame, column):
    """Return rows with one cell of a column changed: the last that holds a value."""
    frame = frame.copy()
    place = frame.index[frame[column].map(lambda v: v == v and v not in ("", math.inf) and v in OTHER if column in ("setting", "lane") else v == v)][-1]
    value = frame.at[place, column]
    if isinstance(value, str):
        value = OTHER.get(value) or (later(value) if re.fullmatch(r"[\d-]{10}", value) else "no")
    elif frame[column].dtype == bool:
        value = not value
    else:
        value = type(value)(1.25 * value + 1) if not math.isinf(value) else 3.0
    frame.at[place, column] = value
    return frame


@pytest.mark.parametrize(("name", "column"), [(name, column) for name, columns in ALTERED.items() for column in columns])
def test_a_value_drawn_wrong_is_caught(name, column):
    assert caught(name, lambda frame: FIGURES[name].draw(altered(frame, column)))


@pytest.mark.parametrize("name", FIGURES)
@pytest.mark.parametrize("part", ["caption", "alt"])
def test_any_other_number_in_words_is_caught(name, part):
    text = getattr(FIGURES[name], part)(rows(name))
    places = [m.start() for m in re.finditer(r"(?<![\w-])\d", re.sub(r"\bC\d+\b", lambda m: "C" * len(m[0]), text))]
    for place in places:
        spoilt = text[:place] + str((int(text[place]) + 1) % 10) + text[place + 1 :]
        with pytest.raises(AssertionError, match=part):
            check_words(name, part, spoilt)
    with pytest.raises(AssertionError, match=part):
        check_words(name, part, text + " About 17.")


NARROW = [name for name, figure in FIGURES.items() if figure.narrow]


def check_narrow(name, frame):
    """Raise AssertionError where a figure's drawing for a phone has other marks or labels than its CSV:
    each mark lies lower by a part of a row, beside the two ends of the line where both say the same."""
    marks, written, _, _ = expected(name)
    rule = Counter((panel, 1.0, round(place + part, 6)) for panel, place in {(p, round(y)) for p, _, _, (_, y) in marks} for part in (0.1, 0.36))
    wanted = Counter((panel, x, round(y + 0.23, 6)) for panel, _, _, (x, y) in marks.elements())
    canvas = FIGURES[name].narrow(frame)
    assert Counter((panel, x, y) for panel, _, _, (x, y) in drawn(canvas).elements()) == wanted + rule
    assert labels(canvas) == sorted(written)


@pytest.mark.parametrize("name", NARROW)
def test_the_drawing_for_a_phone_shows_the_same(name):
    check_narrow(name, rows(name))
    for column in ALTERED[name]:
        with pytest.raises(AssertionError):
            check_narrow(name, altered(rows(name), column))
    with pytest.raises(AssertionError):
        check_narrow(name, rows(name).drop(index=3))


def test_a_label_with_another_number_is_caught():
    def draw(frame):
        canvas = FIGURES["training-numbers"].draw(frame)
        canvas.axes[0].texts[0].set_text("917")
        return canvas

    assert caught("training-numbers", draw)


def test_constants_of_the_figures_are_the_ledgers():
    book = tables.load()
    claims, specs = book["claims"], book["specifications"]
    assert float(claims.at["C73", "stated_low"]) == reach.CLAIMED_MI
    assert float(claims.at["C31", "stated_low"]) == exercises.STATED
    assert economy.FASTEST == float(specs.at["C42.main", "high"]) == float(specs.at["C43.main", "high"])
    bounds = [(1 + side * reach.MARGIN) * reach.CLAIMED_MI for side in (-1, 1)]
    assert bounds == pytest.approx([float(specs.at["C73.main", end]) for end in ("low", "high")])


def test_a_figure_has_a_plain_name_and_no_other_is_shown(monkeypatch):
    monkeypatch.setattr(reach, "MAP", replace(reach.MAP, name="../../../reach-map"))
    with pytest.raises(ValueError, match=r"a chart is called '\.\./\.\./\.\./reach-map'"):
        all_charts.__wrapped__()
    with pytest.raises(KeyError, match="x"):
        rows("../../x")


def test_a_systems_copy_of_the_font_is_not_used(tmp_path):
    bundled = Path(matplotlib.get_data_path(), "fonts", "ttf", "DejaVuSans.ttf")
    installed = shutil.copy(bundled, tmp_path)
    manager = font_manager.fontManager
    manager.ttflist = []
    manager.addfont(installed)
    assert font_manager.findfont("DejaVu Sans") == str(installed)  # the control: what a system with the font does
    style.own_fonts()
    assert font_manager.findfont("DejaVu Sans") == str(bundled)
    assert font_manager.findfont("DejaVu Sans:bold").endswith("DejaVuSans-Bold.ttf")
