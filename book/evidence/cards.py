"""Claims as a reader sees them: the card, the table of readings, the scoreboard."""

from __future__ import annotations

from collections import Counter

import pandas as pd

from . import wording
from .examine import Judgement, Result
from .markdown import badge, claim_link, container, escape, table
from .tables import Tables

Judged = dict[tuple[str, str], Judgement]

TENSES = {"writing": "At writing", "since": "Since"}


def state_of(claim: pd.Series, tense: str, judged: Judged) -> str:
    """Return the verdict of a claim in one tense, "not_examined", or "" where the tense does
    not apply: a forecast has no verdict at writing, a past event none since."""
    key = (claim["claim_id"], tense)
    if key in judged:
        return judged[key].verdict
    if tense == "writing":
        return "" if claim["scope"] == "forecast" else "not_examined"
    return "" if claim["scope"] == "event" or (claim["claim_id"], "writing") in judged else "not_examined"


def since_reason(claim: pd.Series, judged: Judged) -> str:
    """Return why a claim has no verdict since, or "" where it has one."""
    if (claim["claim_id"], "since") in judged:
        return ""
    if claim["scope"] == "event":
        return "past event"
    return "not examined" if (claim["claim_id"], "writing") not in judged else "no measure for the period since"


def locator(claim: pd.Series) -> str:
    """Return where the words stand in the article."""
    return f"{claim['section'].capitalize()}, block {int(claim['paragraph'])} of the text"


def card(claim: pd.Series, judged: Judged) -> str:
    """Return one claim as a card: quotation, locator, verdicts, robustness, flip point, sources."""
    body = [
        f"[{claim['claim_id']}]{{.claim-id}} [{escape(claim['stated_text'][0].upper() + claim['stated_text'][1:])}]{{.claim-title}}",
        "",
        f"> {escape(claim['quote'])}",
        "",
        f"[{locator(claim)}. A {claim['kind']}{', ' + claim['scope'] if claim['scope'] != 'state' else ''}.]{{.locator}}",
        "",
    ]
    for tense, label in TENSES.items():
        body += _tense(claim, tense, label, judged)
    if not any((claim["claim_id"], tense) in judged for tense in TENSES):
        body += [f"*Reading:* {escape(claim['note'])}", ""]
    return container("claim", f"claim-{claim['claim_id'].lower()}", body)


def _tense(claim: pd.Series, tense: str, label: str, judged: Judged) -> list[str]:
    """Return the card's lines for one tense."""
    state = state_of(claim, tense, judged)
    judgement = judged.get((claim["claim_id"], tense))
    if not state:
        why = "a forecast, judged only afterwards" if tense == "writing" else since_reason(claim, judged)
        return [f"{label}: {why}.", ""]
    if judgement is None:
        return [f"{label}: {badge(state, wording.VERDICT[state])}", ""]
    lines = [f"{label}: {badge(state, wording.VERDICT[state])}", ""]
    if judgement.verdict == "untestable":
        return [*lines, f"- Why: {escape(judgement.main.spec.reason)}.", f"- What would settle it: {escape(claim['note'])}", ""]
    spec, unit = judgement.main.spec, judgement.main.statistic.unit
    lines += [
        f"- Found: {escape(wording.found(judgement.main))}. Test: {escape(wording.test(spec.criterion, unit))}.",
        f"- {wording.robustness(judgement)}.",
        f"- Flip point: {escape(wording.flip(judgement))}." if judgement.flip else f"- No flip point: {judgement.flip_reason}.",
        f"- Confidence: {judgement.confidence} ({escape(judgement.confidence_reason)}).",
        f"- Sources: {', '.join(escape(key) for key in judgement.sources)}.",
    ]
    if judgement.verdict == "unresolved":
        lines.append(f"- What would settle it: {escape(claim['note'])}")
    return [*lines, ""]


def chapter_cards(tables: Tables, judged: Judged, chapter: str) -> str:
    """Return the cards of every claim a chapter owns, in the article's order."""
    claims = tables["claims"]
    return "\n\n".join(card(row, judged) for _, row in claims[claims["chapter"] == chapter].iterrows())


def readings(tables: Tables, judgement: Judgement) -> str:
    """Return the table of every reading of one claim: what was found, the test, the outcome."""
    claim_id = judgement.claim_id
    rows = [_reading(r) for r in (judgement.main, *judgement.alternatives, *judgement.diagnostics)]
    caption = f"{claim_id}: every reading and its outcome. Diagnostics explain; they never count."
    tail = "" if judgement.tense == "writing" else "-since"
    return table(pd.DataFrame(rows), caption, f"tab-readings-{claim_id.lower()}{tail}")


def _reading(result: Result) -> dict[str, str]:
    """Return one row of the table of readings."""
    unit = result.statistic.unit if result.statistic else ""
    return {
        "Reading": result.spec.reason,
        "Role": result.spec.role,
        "Found": wording.found(result),
        "Test": wording.test(result.spec.criterion, unit),
        "Outcome": wording.outcome(result),
    }


def counts(tables: Tables, judged: Judged, tense: str = "writing") -> dict[str, int]:
    """Return how many claims have each verdict in one tense; claims to which the tense does
    not apply are counted as "not applicable"."""
    found = Counter(state_of(row, tense, judged) or "not applicable" for _, row in tables["claims"].iterrows())
    return {word: found.get(word, 0) for word in [*wording.VERDICT, "not applicable"]}


def tally(tables: Tables, judged: Judged) -> str:
    """Return the table of verdict counts, at writing and since."""
    writing, since = counts(tables, judged, "writing"), counts(tables, judged, "since")
    rows = [{"Verdict": wording.VERDICT.get(word, "Does not apply"), "At writing": writing[word], "Since": since[word]} for word in writing]
    total = {"Verdict": "All claims", "At writing": sum(writing.values()), "Since": sum(since.values())}
    return table(pd.DataFrame([*rows, total]), "How many claims have each verdict.", "tab-tally")


def scoreboard(tables: Tables, judged: Judged) -> str:
    """Return the table of every claim of the article with its state."""
    rows = []
    for _, claim in tables["claims"].iterrows():
        cells = {"Claim": claim_link(claim["claim_id"]), "The article says": escape(claim["stated_text"])}
        for tense, label in TENSES.items():
            state = state_of(claim, tense, judged)
            cells[label] = badge(state, wording.VERDICT[state]) if state else "–"
        cells["Robustness"] = _short_robustness(judged.get((claim["claim_id"], "writing")) or judged.get((claim["claim_id"], "since")))
        rows.append(cells)
    return table(pd.DataFrame(rows), "Every claim of the article and its state.", "tab-scoreboard", raw=rows[0])


def _short_robustness(judgement: Judgement | None) -> str:
    """Return "5 of 5" for agreeing alternatives, or a dash."""
    return f"{judgement.agreeing} of {len(judgement.alternatives)}" if judgement and judgement.alternatives else "–"


def summary(tables: Tables, judged: Judged) -> str:
    """Return one sentence on how far the examination has come and what it found."""
    found = counts(tables, judged)
    total = len(tables["claims"])
    pending = found["not_examined"] + sum(
        state_of(row, "since", judged) == "not_examined" for _, row in tables["claims"].iterrows() if row["scope"] == "forecast"
    )
    decided = ", ".join(f"{found[word]} {word}" for word in ("supported", "qualified", "contradicted", "unresolved", "untestable"))
    examined = f"**{total} claims in all. At writing: {decided}.**"
    return examined + (f" {pending} are not examined yet." if pending else "")
