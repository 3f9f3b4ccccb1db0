"""Claims as a reader sees them: the line in a chapter, the sheet that proves it, the table of all."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

import pandas as pd

from .. import dates, ledger
from ..measures import exercises
from ..measures.statistic import point
from ..tables import Tables, resource, traced
from ..verdicts import wording
from ..verdicts.examine import Judged, Judgement, Result, since_reason, state_of
from ..verdicts.rules import outcome
from ..verdicts.sentences import sentence
from .markdown import badge, claim_link, escape, page_link, pipe_table
from .naming import linked

TENSES = {"writing": "At writing", "since": "Since"}
SHOWN, FOLDED = 5, 7
"""How many sources are named at once, where there are more than so many."""
DASH = "\N{EN DASH}"
"""Where a tense does not apply."""
ARROW = "\N{RIGHTWARDS ARROW}"
DOT = " \N{MIDDLE DOT} "
MISSED = 1000
"""How many exercises the inventory may have missed, at the very most."""
FOLD = "%%"
"""What stands between a claim's line and the card that unfolds below it."""


def _badges(claim: pd.Series, judged: Judged) -> str:
    states = [state for tense in TENSES if (state := state_of(claim, tense, judged))]
    return f" {ARROW} ".join(badge(state) for state in states)


def _quoted(text: str) -> str:
    """Return words of the article between quotation marks; those within are single."""
    inner = text.translate(str.maketrans("\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}",
                                         "\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}"))
    return f"\N{LEFT DOUBLE QUOTATION MARK}{escape(inner)}\N{RIGHT DOUBLE QUOTATION MARK}"


def line(claim: pd.Series, judged: Judged) -> str:
    """Return one claim as a line of a chapter: its words, verdicts and finding, and below the fold
    how it was read."""
    claim_id = claim["claim_id"]
    made = judged.of(claim_id)
    card = [part for tense, judgement in made.items() for part in _card(claim, tense, judgement, judged.tables)]
    card.append(f"[Every reading and row of {claim_id}](#{claim_id.lower()})")
    head = [f":::::{{claim}} {claim_id}",
            f"{claim_link(claim_id)} {_quoted(claim['said'])} [{_badges(claim, judged)}]{{.verdicts}}"]
    return "\n".join([*head, "", _finding(made), "", FOLD, "", "\n\n".join(card), ":::::"])


def lines(tables: Tables, judged: Judged, claim_ids: Iterable[str]) -> str:
    """Return the lines of some claims; raise KeyError for a claim that is not in the ledger."""
    return "\n\n".join(line(tables["claims"].loc[claim_id], judged) for claim_id in claim_ids)


def _finding(made: dict[str, Judgement]) -> str:
    """Return what was found, how many readings agree, and the confidence, in one line."""
    found = [escape(sentence(judgement.main)) for judgement in made.values()]
    sure = [f"{judgement.confidence} confidence" if judgement.confidence else "" for judgement in made.values()]
    return DOT.join(filter(None, [_each(found), _each(list(map(wording.robustness, made.values()))), _each(sure)]))


def _each(said: list[str]) -> str:
    """Return what is said of each tense, once where it is the same of both or of one only."""
    same = list(dict.fromkeys(filter(None, said)))
    return f"at writing {same[0]}; since then {same[1]}" if len(same) > 1 else "".join(same)


def _right_if(judgement: Judgement) -> str:
    """Return the test of a main reading and the value at which its outcome changes, in sentences."""
    main = judgement.main
    flip = (f" It would {escape(wording.turn(judgement))}." if judgement.flip
            else f" No flip point: {judgement.flip_reason}.")
    return f"**Right if** it is {escape(wording.test(main.spec.criterion, main.unit))}.{flip}"


def _lower(text: str) -> str:
    """Return a sentence so that it can follow a colon: a first word that is no name in lower case."""
    return text[0].lower() + text[1:] if wording.OPENERS.match(text) else text


def _card(claim: pd.Series, tense: str, judgement: Judgement, tables: Tables) -> list[str]:
    """Return how a claim was read in one tense, as paragraphs."""
    main, before = judgement.main, f"*{TENSES[tense]}.* "
    if judgement.verdict == "untestable":
        return [f"{before}No test: {escape(_lower(main.spec.reason))}. {_settled(claim, [judgement])}"]
    found = [f"{before}**Read as:** {escape(_lower(main.spec.reason))}. {_right_if(judgement)}"]
    if judgement.alternatives:
        others = [f"{escape(_lower(a.spec.reason))} ({wording.OUTCOME[a.outcome]})" for a in judgement.alternatives]
        found.append(f"**Other readings:** {'; '.join(others)}.")
    found.append(f"**Confidence:** {judgement.confidence}, {escape(judgement.confidence_reason)}. "
                 f"{_sources(tables, judgement)}")
    if judgement.verdict in ("unresolved", "mixed"):
        found.append(_settled(claim, [judgement]))
    return found


def _settled(claim: pd.Series, made: Iterable[Judgement]) -> str:
    """Return what would settle a claim that some judgements leave open: the records that close its
    readings, what its note says where nothing can be measured, a choice where records disagree;
    "" where each reading is decided."""
    made = list(made)
    closes = dict.fromkeys(escape(result.spec.closes) for judgement in made for result in judgement.counted
                           if result.outcome == "open")
    verdicts = {judgement.verdict for judgement in made}
    if closes:
        text = "; ".join(closes)
        return f"**What would settle it:** {text[0].upper()}{text[1:]}."
    if "untestable" in verdicts:
        return f"**What would settle it:** {escape(claim['note'])}"
    return f"**What would settle it:** {wording.DISAGREE}" if "mixed" in verdicts else ""


def _sources(tables: Tables, judgement: Judgement) -> str:
    """Return a judgement's sources, those named by most of the rows that decide it first."""
    named = Counter(tables[table].at[key, "source_key"] for table, key in judgement.main.rows)
    ranked = sorted(judgement.sources, key=lambda key: (-named[key], key))
    shown = ranked if len(ranked) <= FOLDED else ranked[:SHOWN]
    more = f"; and {len(ranked) - len(shown)} more" if len(shown) < len(ranked) else ""
    return f"**Sources:** {linked(tables, shown)}{more}."


def sheet(claim: pd.Series, judged: Judged) -> str:
    """Return the sheet of one claim: its sentence, verdicts, every reading, the rows and sources
    that decided it, and what would settle it."""
    claim_id = claim["claim_id"]
    made = judged.of(claim_id)
    paragraph = ledger.counted_paragraphs(judged.tables["claims"])
    kind = claim["kind"] + {"event": ", a past event", "forecast": "", "state": ""}[claim["scope"]]
    where = f"{claim['section'].capitalize()}, paragraph {paragraph[claim_id]}"
    marked = escape(claim["context"]).replace(escape(claim["quote"]), f"[{escape(claim['quote'])}]{{.marked}}")
    body = [
        f":::::{{sheet}} {claim_id}",
        escape(claim["stated_text"][0].upper() + claim["stated_text"][1:]),
        "",
        f"[{claim_id}{DOT}{kind}{DOT}{where}{DOT}discussed in]{{.locator}} {page_link(claim['chapter'])}",
        "",
        f"> {marked}",
        "",
        *_facts(claim, judged),
        "",
    ]
    for tense, judgement in made.items():
        body += _reasons(tense, judgement, judged.tables)
    if any(judgement.verdict != "untestable" for judgement in made.values()):
        body += [pipe_table(readings(made), raw=["Reading", "Outcome"]), ""]
        body += [paragraph for judgement in made.values() for paragraph in _decided(judgement, judged.tables)]
    settled = _settled(claim, made.values())
    if escape(claim["note"]) not in settled:
        body += [f"**Note:** {escape(claim['note'])}", ""]
    for paragraph in filter(None, (settled, *_changed(claim_id, judged.tables))):
        body += [paragraph, ""]
    return "\n".join([*body, ":::::"])


def _changed(claim_id: str, tables: Tables) -> list[str]:
    """Return each change of a claim's readings that was made when its verdict was known, as a paragraph."""
    found, rows = [], tables["reading_history"]
    for row in rows[rows["claim_id"] == claim_id].rename(columns={"from": "before"}).itertuples():
        before, after = (word.replace("none", "no verdict") for word in (row.before, row.to))
        moved = f"still {after}" if before == after else f"{before} {ARROW} {after}"
        when = f"{dates.spoken(row.date)}, {TENSES[row.tense].lower()}"
        found.append(f"**Changed** on {when}, with the verdict known ({moved}): {escape(_lower(row.why))}.")
    return found


def _facts(claim: pd.Series, judged: Judged) -> list[str]:
    """Return verdict, finding, agreement and confidence in each tense as a list."""
    made, found = judged.of(claim["claim_id"]), []
    for tense, label in TENSES.items():
        state = state_of(claim, tense, judged)
        if not state:
            why = "a forecast, judged only afterwards" if tense == "writing" else since_reason(claim, judged)
            found.append(f"- {label}: {why}")
        elif tense in made:
            judgement = made[tense]
            parts = [badge(state), escape(sentence(judgement.main)), wording.robustness(judgement)]
            if judgement.confidence:
                parts.append(f"{judgement.confidence} confidence: {escape(judgement.confidence_reason)}")
            found.append(f"- {label}: " + DOT.join(filter(None, parts)))
    return found


PARTNER = {"china": "China", "russia": "Russia", "united_states": "the United States", "nato": "a member of NATO"}
"""What the partners are called by which the inventory of exercises counts."""


def _unlisted(main: Result, tables: Tables) -> str:
    """Return how many exercises that the inventory lacks would change what a ratio of its counts gave, as a sentence;
    "" for any other reading, and where no such number would. Each count is a floor, and may be short by other
    numbers."""
    if main.spec.function is not exercises.inventory_ratio:
        return ""
    params: dict[str, Any] = {**main.spec.params}
    kinds = [params.pop("one"), params.pop("other")]
    first, second = exercises.inventory_counts(tables, *kinds, **params)
    longer = ((more, kind, first + more * (kind == kinds[0]), second + more * (kind == kinds[1]))
              for more in range(1, MISSED + 1) for kind in kinds)
    turned = (found for found in longer
              if outcome(point(found[2] / found[3], "ratio", ()), main.spec.criterion) != main.outcome)
    if not (nearest := next(turned, None)):
        return ""
    more, kind, *_ = nearest
    listed = f"{first} with {PARTNER[kinds[0]]} and {second} with {PARTNER[kinds[1]]}"
    return f" The inventory lists {listed}; {more} more with {PARTNER[kind]} alone would change that."


def _reasons(tense: str, judgement: Judgement, tables: Tables) -> list[str]:
    """Return how the main reading was chosen in one tense, as paragraphs."""
    if judgement.verdict == "untestable":
        return [f"*{TENSES[tense]}.* No test: {escape(_lower(judgement.main.spec.reason))}.", ""]
    return [f"*{TENSES[tense]}.* {_right_if(judgement)}{_unlisted(judgement.main, tables)}", ""]


def _decided(judgement: Judgement, tables: Tables) -> list[str]:
    """Return which rows decided a judgement, with a link to each table, and the sources behind them."""
    if judgement.verdict == "untestable":
        return []
    counted = Counter(table for table, _ in judgement.main.rows)
    paths = {table: resource(table, tables.folder)["path"] for table in counted}
    rows = ", ".join(f'{count} of <a href="../data/{paths[table]}">{escape(table.replace("_", " "))}</a>'
                     for table, count in counted.items())
    return [f"**Rows that decided** ({TENSES[judgement.tense].lower()}): {rows}. {_sources(tables, judgement)}", ""]


def readings(made: dict[str, Judgement]) -> pd.DataFrame:
    """Return every reading of a claim, main ones first: columns Reading (Markdown), Found,
    Right if, Outcome (Markdown)."""
    return pd.DataFrame([_reading(result) for judgement in made.values() for result in judgement.readings.values()])


def _reading(result: Result) -> dict[str, str]:
    role = {"main": "**Main:** ", "diagnostic": "For explanation: "}.get(result.spec.role, "")
    reason = escape(_lower(result.spec.reason) if role else result.spec.reason)
    since = f" *({TENSES['since'].lower()})*" if result.spec.tense == "since" else ""
    return {
        "Reading": f"{role}{reason}{since}",
        "Found": wording.found(result),
        "Right if": wording.test(result.spec.criterion, result.unit),
        "Outcome": f"[{wording.OUTCOME[result.outcome]}]{{.outcome .{result.outcome}}}",
    }


def counts(tables: Tables, judged: Judged, tense: str = "writing") -> dict[str, int]:
    """Return how many claims have each verdict in one tense; claims to which the tense does
    not apply are counted as "not applicable"."""
    found = Counter(state_of(row, tense, judged) or "not applicable" for _, row in tables["claims"].iterrows())
    return {word: found.get(word, 0) for word in [*wording.VERDICT, "not applicable"]}


@traced
def tally(tables: Tables, judged: Judged) -> pd.DataFrame:
    """Return the verdicts: columns Verdict (Markdown), It means, At writing, Since (numbers of claims)."""
    writing, since = counts(tables, judged, "writing"), counts(tables, judged, "since")
    shown = [word for word in writing if word != "not_examined" or writing[word] or since[word]]
    rows = [{"Verdict": badge(word) if word in wording.VERDICT else "Does not apply",
             "It means": wording.MEANING[word], "At writing": writing[word], "Since": since[word]} for word in shown]
    total = {"Verdict": "All claims", "It means": "", "At writing": sum(writing.values()), "Since": sum(since.values())}
    return pd.DataFrame([*rows, total])


@traced
def scoreboard(tables: Tables, judged: Judged) -> pd.DataFrame:
    """Return every claim of the article with its state, as Markdown: columns Claim, The article says,
    Part, At writing, Since, Agree."""
    rows = []
    for _, claim in tables["claims"].iterrows():
        states = {label: state_of(claim, tense, judged) for tense, label in TENSES.items()}
        first = next(iter(judged.of(claim["claim_id"]).values()), None)
        rows.append({
            "Claim": claim_link(claim["claim_id"]), "The article says": escape(claim["stated_text"]),
            "Part": claim["section"].capitalize(),
            **{label: badge(state) if state else DASH for label, state in states.items()},
            "Agree": f"{first.agreeing} of {len(first.alternatives)}" if first and first.alternatives else DASH,
        })
    return pd.DataFrame(rows)


@traced
def changes(tables: Tables) -> pd.DataFrame:
    """Return the changes made with a verdict known that moved it: columns Claim (Markdown), When, Day,
    Changed, Before, After, Why."""
    rows = tables["reading_history"]
    rows = rows[rows["from"] != rows["to"]]
    word = {**wording.VERDICT, "none": DASH}
    return pd.DataFrame({
        "Claim": [claim_link(claim_id) for claim_id in rows["claim_id"]], "When": rows["tense"].map(TENSES),
        "Day": rows["date"], "Changed": rows["cause"], "Before": rows["from"].map(word), "After": rows["to"].map(word),
        "Why": rows["why"],
    })
