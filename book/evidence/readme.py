"""Keep README.md's table of findings equal to the evidence: `python -m evidence.readme`."""

from __future__ import annotations

from . import cards, examine, paths, tables, wording
from .examine import Judged, state_of

START, END = "<!-- findings: written by make rerun -->", "<!-- end of findings -->"
README = paths.ROOT / "README.md"


def findings(book: tables.Tables, judged: Judged) -> str:
    """Return the table of verdict counts and of every claim decided, in GitHub Markdown."""
    writing, since = cards.counts(book, judged, "writing"), cards.counts(book, judged, "since")
    lines = ["| Verdict | At writing | Since |", "|:--|--:|--:|"]
    lines += [f"| {wording.VERDICT[word]} | {writing[word]} | {since[word]} |" for word in wording.VERDICT]
    lines += ["", "| Claim | The article says | At writing | Since |", "|:--|:--|:--|:--|"]
    for _, claim in book["claims"].iterrows():
        states = [state_of(claim, tense, judged) for tense in cards.TENSES]
        if set(states) & {"supported", "qualified", "contradicted"}:
            words = [wording.VERDICT[state] if state else "" for state in states]
            lines.append(f"| {claim['claim_id']} | {claim['stated_text']} | {words[0]} | {words[1]} |")
    return "\n".join(lines)


def rewritten(text: str) -> str:
    """Return README text with its findings replaced; raise ValueError if the markers are gone."""
    before, start, rest = text.partition(START)
    _, end, after = rest.partition(END)
    if not start or not end:
        raise ValueError("README.md has lost the markers of its findings")
    return f"{before}{START}\n{findings(tables.load(), examine.all_judgements())}\n{END}{after}"


if __name__ == "__main__":
    README.write_text(rewritten(README.read_text("utf-8")), "utf-8")
