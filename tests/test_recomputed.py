"""The deciding numbers of each chapter, computed again from the shipped rows with nothing but
the csv module, and compared with what the book prints."""

import csv

import pytest
from evidence import examine, paths

JUDGED = examine.all_judgements()


def rows(name):
    """Return a table as a list of dictionaries."""
    with (paths.DATA / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def statistics(claim_id, tense="writing"):
    """Return the statistic of every reading of a claim by the tail of its id."""
    judgement = JUDGED[claim_id, tense]
    return {r.spec.spec_id.partition(".")[2]: r.statistic for r in (judgement.main, *judgement.alternatives, *judgement.diagnostics)}


# -- exercises


def joint(table, first, last):
    """Return verified exercises of both countries, leaders included."""
    both = ("took part", "led")
    return [r for r in table if r["verified"] == "yes" and first <= int(r["start"][:4]) <= last and r["kazakhstan"] in both and r["china"] in both]


def test_exercises_of_both():
    table = rows("exercises")
    found = statistics("C31")
    assert len(joint(table, 2003, 2012)) == found["main"].low == 6
    assert len(joint(table, 2002, 2012)) == found["alt-2002"].low
    assert len(joint(table, 2013, 2022)) == statistics("C31", "since")["since-main"].low
    assert len(joint(table[:-1] + [dict(table[-1], start="2012-12")], 2003, 2012)) != found["main"].low, "a moved row must show"


def test_shares_of_non_military_exercises():
    table = joint(rows("exercises"), 2003, 2012)
    found = statistics("C32")
    assert sum(r["threat"] != "conventional" for r in table) / len(table) == found["main"].low == found["main"].high
    assert sum(r["means"] in ("police", "special services") for r in table) / len(table) == pytest.approx(found["alt-forces"].low)
    assert sum(r["means"] != "troops with air" for r in table) / len(table) == pytest.approx(found["alt-means"].low)


def test_ceiling_of_all_chinese_exercises():
    tallies = {r["tally_id"]: float(r["low"]) for r in rows("exercise_tallies")}
    assert statistics("C31")["diag-world"].high == pytest.approx(10 * tallies["CSIS-WORLD"] / tallies["CSIS-FACTOR"])


# -- training


def test_training_numbers():
    table = {r["training_id"]: r for r in rows("training")}
    assert statistics("C64")["main"].low == min(float(table[k]["low"]) for k in ("KZ-RU-2013", "KZ-RU-2013-RIA")) == 600
    assert statistics("C30")["diag-sibling-window"].low == float(table["KZ-CN-2003"]["low"]) / 10
    assert statistics("C54")["diag-united-states"].low == pytest.approx(600 / float(table["KZ-US-2007"]["low"]))


# -- reach


def test_distances_by_the_haversine_formula():
    """A sphere is within half a per cent of the ellipsoid at these latitudes."""
    from math import asin, cos, radians, sin, sqrt

    places = {r["place_id"]: (radians(float(r["lat"])), radians(float(r["lon"]))) for r in rows("places")}
    area = {r["place_id"]: r["area"] for r in rows("places")}

    def miles(a, b):
        (la, lo), (lb, lp) = places[a], places[b]
        return 2 * 6371.0088 * asin(sqrt(sin((lb - la) / 2) ** 2 + cos(la) * cos(lb) * sin((lp - lo) / 2) ** 2)) / 1.609344

    found = [miles(a, b) for a in places if area[a] == "urumqi" for b in places if area[b] == "otar"]
    assert statistics("C73")["main"].low == pytest.approx(min(found), rel=5e-3)
    assert statistics("C73")["main"].high == pytest.approx(max(found), rel=5e-3)
    assert statistics("C73")["main"].low != pytest.approx(miles("JIAYUGUAN", "GVARDEISKY"), rel=5e-3)
