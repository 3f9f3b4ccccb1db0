"""What the book is expected to say, as text in tests/expected: the verdict of every claim (verdicts.csv), what
is published of it (claims.txt), of every figure the rows drawn (a table each) and the words (figures.txt), and
each chapter's answer beside the verdicts of the claims that it rests on (answers.txt).
"""

import csv
import difflib
import json
import re
import sys
import textwrap
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "book")]

from drawn import rows  # noqa: E402
from evidence import __version__, paths, tables  # noqa: E402
from evidence.charts import all_charts  # noqa: E402
from evidence.ledger import REPORT  # noqa: E402
from evidence.publish.downloads import _value, claims_document, flat  # noqa: E402
from evidence.verdicts import examine  # noqa: E402
from evidence.verdicts.examine import Judged  # noqa: E402

FOLDER = Path(__file__).with_name("expected")
VERDICTS = paths.RECORDED
CHANGELOG = ROOT / "CHANGELOG.md"
DECIDED = ("verdict", "outcome", "agree")
"""What a move of the judgement changes; `low` and `high` move with any figure behind it."""

Expected = dict[tuple[str, str], dict[str, str]]


def read() -> Expected:
    """Return the committed rows by (claim_id, tense)."""
    with VERDICTS.open(encoding="utf-8", newline="") as lines:
        return {(row["claim_id"], row["tense"]): row for row in csv.DictReader(lines)}


def _text(value: float, unit: str) -> str:
    """Return an end of a statistic as claims.json has it; "" where it is open."""
    shown = _value(value, unit)
    return "" if shown is None else str(shown)


def row(judged: Judged, key: tuple[str, str]) -> dict[str, str]:
    """Return what is expected of one judgement, as it now is: verdict, outcome of the main
    reading, other readings that agree, and the main statistic to nine decimals."""
    made = judged[key]
    ends = {"low": "", "high": ""}
    if made.main.statistic:
        found = made.main.statistic
        ends = {"low": _text(found.low, found.unit), "high": _text(found.high, found.unit)}
    agree = f"{made.agreeing} of {len(made.alternatives)}"
    decided = {"verdict": made.verdict, "outcome": made.main.outcome, "agree": agree}
    return {"claim_id": key[0], "tense": key[1], **decided, **ends}


def moved(judged: Judged, expected: Expected, columns: tuple[str, ...] = DECIDED) -> list[str]:
    """Return one line for each judgement that is not as expected in some columns."""
    lines = []
    for key in sorted({*judged, *expected}):
        now, then = (row(judged, key) if key in judged else {}), expected.get(key, {})
        lines += [
            f"{' '.join(key)}, {c}: expected {then.get(c, 'no row')}, found {now.get(c, 'no judgement')}"
            for c in columns if now.get(c) != then.get(c)
        ]
    return lines


def unsaid(expected: Expected, changelog: str) -> list[str]:
    """Return the claims whose verdict moved in a release whose section of the changelog does not name them."""
    sections = dict(re.findall(r"(?ms)^## (\S+?),? .*?\n(.*?)(?=^## |\Z)", changelog))
    return [
        f"{claim_id} moved in {entry['release']}, and CHANGELOG.md does not say so"
        for (claim_id, _), entry in expected.items()
        if entry["release"] and not re.search(rf"\b{claim_id}\b", sections.get(entry["release"], ""))
    ]


FOUND = ("id", "outcome", "unit", "low", "high", "items")
"""What the first line of a reading says."""


def claim(record: dict) -> str:
    """Return a claim of claims.json as text: its id, then one value to a line, and a reading to two: what it found,
    and how it is asked. What was changed stands in the stored outputs of the sheets."""
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in flat(record).items()]
    for reading in record["readings"]:
        ends = [f"{part['low']} to {part['high']}" for part in (reading, *reading["items"])]
        lines.append(f"{reading['id']}: {reading['outcome']}, {reading['unit']}: {'; '.join(ends)}")
        asked = {key: value for key, value in reading.items() if key not in FOUND}
        lines.append(f"  {json.dumps(asked, ensure_ascii=False)}")
    return "\n  ".join([record["id"], *lines])


def words(name: str) -> str:
    """Return a figure's caption, alt text, credit and claims as text, under its name."""
    figure, frame = all_charts()[name], rows(name)
    said = {"caption": figure.caption(frame), "alt": figure.alt(frame), "credit": figure.credit}
    said["claims"] = " ".join(figure.claims)
    wrap = textwrap.TextWrapper(110, initial_indent="  ", subsequent_indent="    ", break_on_hyphens=False)
    return "\n".join([name, *(wrap.fill(f"{part}: {text}") for part, text in said.items())])


def drawn(name: str) -> str:
    """Return the rows of a figure as CSV, numbers to nine digits."""
    return rows(name).to_csv(index=False, float_format="%.9g", lineterminator="\n")


def answer(notebook: Path, judged: Judged) -> str:
    """Return a chapter's answer, a sentence to a line, beside the judgements of the claims it names."""
    cell = "".join(json.loads(notebook.read_text("utf-8"))["cells"][0]["source"])
    claims = dict.fromkeys(re.findall(r"\[(C\d\d)\]", cell))
    spoken = re.sub(r"<!--.*?-->|\(\[C.*?\)\)|\*", "", cell.partition("**")[2].split("\n\n")[0])
    lines = [f"  {sentence}" for sentence in re.split(r"(?<=[.?!]) +(?=[A-Z])", " ".join(spoken.split()))]
    for key in [(claim_id, tense) for claim_id in claims
                for tense in ("writing", "since") if (claim_id, tense) in judged]:
        made = judged[key]
        lines.append(f"    {' '.join(key)}: {made.verdict}, {made.confidence or 'no'} confidence")
    return "\n".join([notebook.stem, *lines])


def published(book: tables.Tables) -> dict[str, str]:
    """Return by file what is published of each claim and figure, but for its drawing."""
    found = {f"{name}.csv": drawn(name) for name in sorted(all_charts())}
    found["claims.txt"] = "\n\n".join(map(claim, claims_document(book)["claims"])) + "\n"
    judged = examine.judgements(book)
    found["answers.txt"] = "\n\n".join(answer(paths.BOOK / f"{name}.ipynb", judged) for name in REPORT) + "\n"
    found["figures.txt"] = "\n\n".join(map(words, sorted(all_charts()))) + "\n"
    return found


def read_published() -> dict[str, str]:
    """Return the committed text by file."""
    return {path.name: path.read_text("utf-8") for path in sorted(FOLDER.iterdir()) if path != VERDICTS}


def changed(then: dict[str, str], now: dict[str, str], most: int = 8) -> str:
    """Return each file and each line that is gone (-) or new (+), a line with its file and what it stands
    under; of many in a file, the first."""
    found = []
    for file in sorted({*then, *now}):
        if file not in then or file not in now:
            found.append(f"{'-' if file in then else '+'} {file}")
            continue
        before, after, heading, lines = then[file].splitlines(), now[file].splitlines(), "", []
        for line in list(difflib.unified_diff(before, after, n=len(before), lineterm=""))[3:]:
            mark, text, inner = line[0], line[1:].strip(), line[1:2].isspace()
            heading = heading if inner else f"{text}: "
            if mark != " ":
                lines.append(f"{mark} {file}, {heading if inner else ''}{text}")
        found += lines[:most] + [f"  {file}, and {len(lines) - most} more"] * (len(lines) > most)
    return "\n".join(found)


def main() -> None:
    """Write the expectations anew and say what moved; a verdict that moved carries this release."""
    judged, before = examine.all_judgements(), read()
    print("\n".join(moved(judged, before, DECIDED)) or "no judgement moved")
    lines = []
    for key in sorted(judged):
        now, then = row(judged, key), before.get(key, {})
        stands = now["verdict"] == then.get("verdict", now["verdict"])
        lines.append(now | {"release": then.get("release", "") if stands else __version__})
    with VERDICTS.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(lines[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(lines)
    now, then = published(tables.load()), read_published()
    print(changed(then, now) or "nothing published moved")
    for file in {*then, *now}:
        (FOLDER / file).write_text(now[file], "utf-8") if file in now else (FOLDER / file).unlink()


if __name__ == "__main__":
    main()
