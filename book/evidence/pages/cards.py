"""Claims as a reader sees them: the card, the table of readings, the scoreboard."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import pandas as pd

from ..charts import of_claim
from ..tables import Tables, traced
from ..verdicts import wording
from ..verdicts.examine import Judged, Judgement, Result, since_reason, state_of
from .markdown import badge, claim_link, container, escape
from .naming import linked

TENSES = {"writing": "At writing", "since": "Since"}
SHOWN, FOLDED = 5, 7
"""How many sources a card names at once, where it has more than so many."""
DASH = "\N{EN DASH}"
"""Where a tense does not apply."""


def locator(claim: pd.Series) -> str:
    """Return where the words stand in the article."""
    return f"{claim['section'].capitalize()}, block {int(claim['paragraph'])} of the text"


def card(claim: pd.Series, judged: Judged) -> str:
    """Return one claim as a card: quotation, locator, verdicts, robustness, flip point, sources."""
    kind = claim["kind"] + {"event": ", a past event", "forecast": "", "state": ""}[claim["scope"]]
    article = "An" if kind[0] in "aeiou" else "A"
    figures = ", ".join(f"{{numref}}`fig-{name}`" for name in of_claim(claim["claim_id"]))
    body = [
        f"[{claim['claim_id']}]{{.claim-id}} [{escape(claim['stated_text'][0].upper() + claim['stated_text'][1:])}]{{.claim-title}}",
        "",
        f"> {escape(claim['quote'])}",
        "",
        f"[{locator(claim)}. {article} {kind}.]{{.locator}}",
        "",
    ]
    for tense, label in TENSES.items():
        body += _tense(claim, tense, label, judged)
    if figures:
        body += [f"Shown in {figures}.", ""]
    return container("claim", f"claim-{claim['claim_id'].lower()}", body)


def _tense(claim: pd.Series, tense: str, label: str, judged: Judged) -> list[str]:
    """Return the card's paragraphs for one tense."""
    state = state_of(claim, tense, judged)
    judgement = judged.get((claim["claim_id"], tense))
    head = f"[{label}:]{{.tense}} "
    if not state:
        why = "a forecast, judged only afterwards" if tense == "writing" else since_reason(claim, judged)
        return [f"{head}{why}.", ""]
    lines = [head + badge(state, wording.VERDICT[state])]
    if judgement is None:
        return [lines[0], "", f"Reading: {escape(claim['note'])}", ""]
    if judgement.verdict == "untestable":
        return [f"{lines[0]} {escape(judgement.main.spec.reason)}.", "", f"What would settle it: {escape(claim['note'])}", ""]
    spec, unit = judgement.main.spec, judgement.main.unit
    read = f"Read as: {escape(spec.reason)}. "
    flip = f"Flip point: {escape(wording.flip(judgement))}." if judgement.flip else f"No flip point: {judgement.flip_reason}."
    lines[0] += f" Found: {escape(wording.found(judgement.main))}. Test: {escape(wording.test(spec.criterion, unit))}."
    lines += ["", f"{read}{wording.robustness(judgement)}. {flip} Confidence: {judgement.confidence} ({escape(judgement.confidence_reason)}).", ""]
    if judgement.verdict in ("unresolved", "mixed"):
        lines += [f"What would settle it: {escape(claim['note'])}", ""]
    return [*lines, *_sources(judged.tables, judgement)]


def _sources(tables: Tables, judgement: Judgement) -> list[str]:
    """Return the card's sources: those named by most of the rows that decide the main reading
    first, and where there are many the rest folded away."""
    named = Counter(tables[table].at[key, "source_key"] for table, key in judgement.main.rows)
    ranked = sorted(judgement.sources, key=lambda key: (-named[key], key))
    shown, rest = (ranked, []) if len(ranked) <= FOLDED else (ranked[:SHOWN], ranked[SHOWN:])
    lines = [f"Sources: {linked(tables, shown)}.", ""]
    if rest:
        lines += [f'<details class="more"><summary>{len(rest)} more sources</summary>', "", f"Further sources: {linked(tables, rest)}.", "", "</details>", ""]
    return lines


def cards(tables: Tables, judged: Judged, claim_ids: Iterable[str]) -> str:
    """Return the cards of some claims; raise KeyError for a claim that is not in the ledger."""
    return "\n\n".join(card(tables["claims"].loc[claim_id], judged) for claim_id in claim_ids)


@traced
def chapter_verdicts(tables: Tables, judged: Judged, chapter: str) -> pd.DataFrame:
    """Return a chapter's claims in the article's order, as Markdown: columns Claim, The article says,
    At writing, Since."""
    claims, rows = tables["claims"], []
    for _, claim in claims[claims["chapter"] == chapter].iterrows():
        rows.append({"Claim": claim_link(claim["claim_id"]), "The article says": escape(claim["stated_text"]), **_badges(claim, judged)})
    return pd.DataFrame(rows)


def _badges(claim: pd.Series, judged: Judged) -> dict[str, str]:
    """Return the verdict of a claim in each tense as a badge, a dash where the tense does not apply."""
    states = {label: state_of(claim, tense, judged) for tense, label in TENSES.items()}
    return {label: badge(state, wording.VERDICT[state]) if state else DASH for label, state in states.items()}


def chapter_cards(tables: Tables, judged: Judged, chapter: str) -> str:
    """Return the cards of every claim a chapter owns, in the article's order."""
    claims = tables["claims"]
    return cards(tables, judged, claims.index[claims["chapter"] == chapter])


def readings(judgement: Judgement) -> pd.DataFrame:
    """Return every reading of one claim: columns Reading, Role, Found, Test, Outcome."""
    rows = pd.DataFrame([_reading(result) for result in judgement.readings.values()])
    measures = sorted({result.spec.measure for result in judgement.readings.values() if result.spec.measure})
    rows.attrs["function"] = " ".join(f"measures/{name.replace('.', '.py: ')}" for name in measures)
    rows.attrs["data"] = sorted({table for result in judgement.readings.values() for table, _ in result.rows})
    return rows


def _reading(result: Result) -> dict[str, str]:
    """Return one row of the table of readings."""
    return {
        "Reading": result.spec.reason,
        "Role": result.spec.role,
        "Found": wording.found(result),
        "Test": wording.test(result.spec.criterion, result.unit),
        "Outcome": wording.outcome(result),
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
    rows = [{"Verdict": _label(word), "It means": wording.MEANING[word], "At writing": writing[word], "Since": since[word]} for word in shown]
    total = {"Verdict": "All claims", "It means": "", "At writing": sum(writing.values()), "Since": sum(since.values())}
    return pd.DataFrame([*rows, total])


def _label(word: str) -> str:
    """Return a verdict as its badge, and what stands where none applies as words."""
    return badge(word, wording.VERDICT[word]) if word in wording.VERDICT else "Does not apply"


@traced
def scoreboard(tables: Tables, judged: Judged) -> pd.DataFrame:
    """Return every claim of the article with its state, as Markdown: columns Claim, The article says,
    Part, At writing, Since, Agree."""
    rows = []
    for _, claim in tables["claims"].iterrows():
        cells = {"Claim": claim_link(claim["claim_id"]), "The article says": escape(claim["stated_text"]), "Part": claim["section"].capitalize()}
        cells |= _badges(claim, judged)
        cells["Agree"] = _short_robustness(judged.get((claim["claim_id"], "writing")) or judged.get((claim["claim_id"], "since")))
        rows.append(cells)
    return pd.DataFrame(rows)


def _short_robustness(judgement: Judgement | None) -> str:
    """Return "5 of 5" for agreeing alternatives, or a dash."""
    return f"{judgement.agreeing} of {len(judgement.alternatives)}" if judgement and judgement.alternatives else DASH
