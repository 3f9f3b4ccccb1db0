"""The verdicts from above, as rows for charts: what the article says and the evidence shows, who holds the
records, the article read from top to bottom, and what moved since."""

import pandas as pd

from .. import ledger
from ..tables import Tables, traced
from ..verdicts import wording
from ..verdicts.examine import Judged
from ..verdicts.rules import pivot
from .argument import verdict_of

RECORDS = {"others": "Recorded by others", "armies": "Known to the armies alone", "none": "No record could decide"}
"""Who holds the record that would decide a claim, as a reader sees it."""


@traced
def says_shows(tables: Tables, judged: Judged) -> pd.DataFrame:
    """Return each claim whose quote states a quantity, and what was found: columns claim_id, text, says (the
    article's word), shows, verdict at writing; the wrong ones first, then by verdict."""
    rows = []
    claims = tables["claims"]
    for claim_id, claim in claims[claims["word"] != ""].iterrows():
        judgement = judged[str(claim_id), "writing"]
        main = judgement.main
        if main.statistic is None:
            continue
        shows = _short(*pivot(main.statistic, main.spec.criterion), main.unit)
        rows.append((claim_id, claim["stated_text"], claim["word"], shows, judgement.verdict))
    found = pd.DataFrame(rows, columns=["claim_id", "text", "says", "shows", "verdict"])
    order = ["contradicted", "unresolved", "mixed", "qualified", "supported"]
    return found.sort_values(
        ["verdict", "claim_id"], key=lambda c: c.map(order.index) if c.name == "verdict" else c
    ).reset_index(drop=True)


def _short(low: float, high: float, unit: str) -> str:
    """Return an interval with as few words as a table bears: whole per cents, miles spelt out, no other unit."""
    if unit == "share":
        return f"{low:.0%}" if round(low, 2) == round(high, 2) else f"{low:.0%} to {high:.0%}"
    words = wording.interval(low, high, unit)
    return (
        words.replace("\N{NO-BREAK SPACE}mi", " miles")
        if unit in ("mi", "rank")
        else words.partition("\N{NO-BREAK SPACE}")[0]
    )


@traced
def by_record(tables: Tables, judged: Judged) -> pd.DataFrame:
    """Return how many claims have each verdict (a forecast's is the one since), by who holds the record that would
    decide them: columns record, verdict, claims."""
    claims = tables["claims"]
    verdicts = [verdict_of(claim, judged) for _, claim in claims.iterrows()]
    found = pd.DataFrame({"record": claims["record"].to_list(), "verdict": verdicts}).value_counts()
    rows = [(RECORDS[r], v, int(found[r, v])) for r in RECORDS for v in wording.VERDICT if (r, v) in found.index]
    return pd.DataFrame(rows, columns=["record", "verdict", "claims"])


@traced
def in_reading_order(tables: Tables, judged: Judged) -> pd.DataFrame:
    """Return every claim in the order of the article: columns paragraph (counted from 1, as a reader does: the title
    is in the first), section, claim_id, verdict (a forecast's is the one since)."""
    claims = tables["claims"]
    found = claims[["section", "claim_id"]].assign(
        paragraph=ledger.counted_paragraphs(claims),
        verdict=[verdict_of(claim, judged) for _, claim in claims.iterrows()]
    )
    section = found["section"].replace("title", "opening")
    return found.assign(section=section).reset_index(drop=True)


@traced
def reached(tables: Tables, judged: Judged, verdict: str) -> pd.DataFrame:
    """Return the claims with a verdict at writing: columns claim_id, confidence, revised (whether another verdict
    became this one when a reading was revised with that verdict known)."""
    history = tables["reading_history"].query("tense == 'writing' and cause == 'reading' and to == @verdict")
    revised = set(history[history["from"] != verdict]["claim_id"])
    found = [(claim_id, made.confidence, claim_id in revised)
             for (claim_id, tense), made in judged.items() if (tense, made.verdict) == ("writing", verdict)]
    return pd.DataFrame(found, columns=["claim_id", "confidence", "revised"])


@traced
def since(tables: Tables, judged: Judged) -> pd.DataFrame:
    """Return every claim with a verdict in both tenses: columns claim_id, writing, since (verdicts), kept (whether
    they are the same), in the order of these verdicts."""
    order = list(wording.VERDICT)
    rows = []
    for claim_id in tables["claims"].index:
        if (claim_id, "writing") in judged and (claim_id, "since") in judged:
            pair = [judged[claim_id, tense].verdict for tense in ("writing", "since")]
            rows.append((claim_id, *pair, pair[0] == pair[1]))
    found = pd.DataFrame(rows, columns=["claim_id", "writing", "since", "kept"])
    places = found[["writing", "since"]].apply(lambda column: column.map(order.index))
    return found.loc[places.sort_values(["writing", "since"], kind="stable").index].reset_index(drop=True)
