"""The article's argument: which claims it offers for which conclusions, and how those stand."""

import pandas as pd

from ..tables import Tables, traced
from ..verdicts.examine import Judged, state_of
from .markdown import badge, claim_link, escape

STANDING = {"supported": "held", "qualified": "partly", "mixed": "partly", "contradicted": "fell"}
"""What each verdict does for an argument; any other leaves the premise open."""
RELATIONS = {"supports": "for", "undermines": "against"}


def verdict_of(claim: pd.Series, judged: Judged) -> str:
    """Return the verdict that counts for an argument: at writing, for a forecast since."""
    return state_of(claim, "since" if claim["scope"] == "forecast" else "writing", judged)


def standing(tables: Tables, judged: Judged) -> pd.DataFrame:
    """Return one row per premise: columns conclusion, premise, relation, verdict (of the premise)."""
    rows = tables["argument"][["conclusion", "premise", "relation"]].reset_index(drop=True)
    verdicts = [verdict_of(tables["claims"].loc[premise], judged) for premise in rows["premise"]]
    return rows.assign(verdict=verdicts)


@traced
def picture(tables: Tables, judged: Judged) -> pd.DataFrame:
    """Return one row per premise, conclusions in the order of the article: columns conclusion, text, stands (verdict
    of the conclusion), premise, relation, verdict (of the premise)."""
    claims, rows = tables["claims"], standing(tables, judged)
    rows = rows.sort_values(["conclusion", "relation", "premise"]).reset_index(drop=True)
    rows["text"] = claims.loc[rows["conclusion"], "stated_text"].to_list()
    rows["stands"] = [verdict_of(claims.loc[conclusion], judged) for conclusion in rows["conclusion"]]
    return rows[["conclusion", "text", "stands", "premise", "relation", "verdict"]]


@traced
def leaning(tables: Tables, judged: Judged) -> pd.DataFrame:
    """Return per conclusion how the claims offered for it stand: columns Conclusion, It says,
    Verdict (all three Markdown), Held, In part, Fell, Open (numbers of claims)."""
    rows, found = standing(tables, judged), []
    for conclusion, group in rows[rows["relation"] == "supports"].groupby("conclusion"):
        claim, how = tables["claims"].loc[conclusion], group["verdict"].map(STANDING).fillna("open")
        verdict = verdict_of(claim, judged)
        found.append({
            "Conclusion": claim_link(conclusion), "It says": escape(claim["stated_text"]), "Verdict": badge(verdict),
            **{head: int((how == word).sum())
               for head, word in (("Held", "held"), ("In part", "partly"), ("Fell", "fell"), ("Open", "open"))},
        })
    return pd.DataFrame(found)


def outline(tables: Tables, judged: Judged) -> str:
    """Return the argument as a nested list that unfolds: each conclusion with what speaks for and against it."""
    lines, claims = [":::::{folded} The same in words", ""], tables["claims"]
    for conclusion, group in standing(tables, judged).groupby("conclusion"):
        lines.append(f"- {_entry(claims.loc[conclusion], judged)}")
        for row in group.sort_values(["relation", "premise"], ascending=[True, True]).itertuples():
            lines.append(f"  - {RELATIONS[row.relation]}: {_entry(claims.loc[row.premise], judged)}")
    return "\n".join([*lines, ":::::"])


def _entry(claim: pd.Series, judged: Judged) -> str:
    verdict = verdict_of(claim, judged)
    return f"{claim_link(claim['claim_id'])} {escape(claim['stated_text'])} {badge(verdict)}"
