"""Keep what README.md says of verdicts and how to cite equal to the evidence: `python -m evidence.publish.readme`."""

from collections.abc import Callable
from pathlib import Path

from .. import paths, tables
from ..pages import claims
from ..verdicts import examine, wording
from ..verdicts.examine import Judged, state_of
from ..verdicts.sentences import sentence
from . import citation

README = paths.ROOT / "README.md"
HEADLINES = ("C03", "C29", "C30", "C31", "C34", "C39", "C40", "C42", "C56", "C64", "C73")
"""Claims that README.md lists whatever their verdict: the thesis, its best-known numbers, and those contradicted when
last recorded, so that one which moves is still there. What is contradicted now is listed too."""


def findings(book: tables.Tables, judged: Judged) -> str:
    """Return, in GitHub Markdown, the counts of verdicts, then every claim contradicted and the
    headlines, each with what was measured."""
    writing, since = claims.counts(book, judged, "writing"), claims.counts(book, judged, "since")
    lines = ["| Verdict | At writing | Since |", "|:--|--:|--:|"]
    lines += [f"| {wording.VERDICT[word]} | {writing[word]} | {since[word]} |"
              for word in wording.VERDICT if writing[word] or since[word]]
    lines += ["", "| Claim | The article says | What was measured | Found at writing | At writing | Since |",
              "|:--|:--|:--|:--|:--|:--|"]
    for claim_id, claim in book["claims"].iterrows():
        states = [state_of(claim, tense, judged) for tense in claims.TENSES]
        if "contradicted" in states or claim_id in HEADLINES:
            main = (judged.get((claim_id, "writing")) or judged[claim_id, "since"]).main
            words = [wording.VERDICT[state] if state else "" for state in states]
            cells = [claim_id, claim["stated_text"], main.spec.reason, sentence(main), *words]
            lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines).replace("\N{NO-BREAK SPACE}", " ")


def moved(judged: Judged, recorded: Path = paths.RECORDED) -> list[str]:
    """Return in words each verdict that is not as recorded in a table: "C73 at writing: contradicted -> qualified"."""
    if not recorded.is_file():
        return []
    then = {(row["claim_id"], row["tense"]): row["verdict"] for row in tables.records(recorded)}
    now = {key: judgement.verdict for key, judgement in judged.items()}
    moves = [(key, then.get(key, "none"), now.get(key, "none")) for key in sorted({*then, *now})]
    return [f"{claim_id} {claims.TENSES[tense].lower()}: {old} -> {new}"
            for (claim_id, tense), old, new in moves if old != new]


PARTS: dict[str, Callable[[], str]] = {
    "findings": lambda: findings(tables.load(), examine.all_judgements()),
    "citation": lambda: f"{citation.suggested()}\n\n```bibtex\n{citation.bibtex()}```",
}
"""What stands between the markers of README.md, by name."""


def rewritten(text: str) -> str:
    """Return README text with its parts written again; raise ValueError if a marker is gone."""
    for name, write in PARTS.items():
        start, end = f"<!-- {name}: written by make rerun -->", f"<!-- end of {name} -->"
        before, found, rest = text.partition(start)
        _, closed, after = rest.partition(end)
        if not found or not closed:
            raise ValueError(f"README.md has lost the markers of its {name}")
        text = f"{before}{start}\n{write()}\n{end}{after}"
    return text


if __name__ == "__main__":
    README.write_text(rewritten(README.read_text("utf-8")), "utf-8")
