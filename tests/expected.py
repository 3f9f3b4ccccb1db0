"""The verdict that each claim is expected to have, committed in expected_verdicts.csv, and a digest
of what is published beside the notebooks' stored outputs, in expected_published.csv.

A change of data or rules that moves one fails `make test` until somebody has looked at it, has
written a moved verdict into CHANGELOG.md and has run this file to write the expectations anew.
"""

import csv
import hashlib
import json
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "book")]

from drawn import rows  # noqa: E402
from evidence import __version__, tables  # noqa: E402
from evidence.charts import all_charts  # noqa: E402
from evidence.publish.downloads import _value, claims_document  # noqa: E402
from evidence.verdicts import examine  # noqa: E402
from evidence.verdicts.examine import Judged  # noqa: E402

FILE = Path(__file__).with_name("expected_verdicts.csv")
PUBLISHED = FILE.with_name("expected_published.csv")
CHANGELOG = ROOT / "CHANGELOG.md"
DECIDED = ("verdict", "outcome", "agree")
"""What a move of the judgement changes; `low` and `high` move with any figure behind it."""

Expected = dict[tuple[str, str], dict[str, str]]


def read() -> Expected:
    """Return the committed rows by (claim_id, tense)."""
    with FILE.open(encoding="utf-8", newline="") as lines:
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
    return {"claim_id": key[0], "tense": key[1], "verdict": made.verdict, "outcome": made.main.outcome, "agree": agree, **ends}


def moved(judged: Judged, expected: Expected, columns: tuple[str, ...] = DECIDED) -> list[str]:
    """Return one line for each judgement that is not as expected in some columns."""
    lines = []
    for key in sorted({*judged, *expected}):
        now, then = (row(judged, key) if key in judged else {}), expected.get(key, {})
        lines += [f"{' '.join(key)}, {c}: expected {then.get(c, 'no row')}, found {now.get(c, 'no judgement')}" for c in columns if now.get(c) != then.get(c)]
    return lines


def unsaid(expected: Expected, changelog: str) -> list[str]:
    """Return the claims whose verdict moved in a release whose section of the changelog does not name them."""
    sections = dict(re.findall(r"(?ms)^## (\S+?),? .*?\n(.*?)(?=^## |\Z)", changelog))
    return [
        f"{claim_id} moved in {entry['release']}, and CHANGELOG.md does not say so"
        for (claim_id, _), entry in expected.items()
        if entry["release"] and not re.search(rf"\b{claim_id}\b", sections.get(entry["release"], ""))
    ]


def figure(name: str) -> tuple[str, str, str]:
    """Return what is published of a figure beside its drawing: rows, caption and alt text."""
    made, frame = all_charts()[name], rows(name)
    return frame.to_csv(index=False, float_format="%.9g"), made.caption(frame), made.alt(frame)


def digest(shown: object) -> str:
    """Return a digest of something that JSON can hold."""
    return hashlib.sha256(json.dumps(shown).encode()).hexdigest()[:16]


def published(book: tables.Tables) -> dict[str, str]:
    """Return a digest of each claim in claims.json and of each figure's rows, caption and alt text."""
    found = {claim["id"]: digest(claim) for claim in claims_document(book)["claims"]}
    return found | {name: digest(figure(name)) for name in sorted(all_charts())}


def read_published() -> dict[str, str]:
    """Return the committed digests by claim_id or name of a figure."""
    with PUBLISHED.open(encoding="utf-8", newline="") as lines:
        return {row["published"]: row["digest"] for row in csv.DictReader(lines)}


def _write(file: Path, lines: list[dict[str, str]]) -> None:
    """Write a table of expectations."""
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(lines[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(lines)


def main() -> None:
    """Write the expectations anew and say what moved; a verdict that moved carries this release."""
    judged, before = examine.all_judgements(), read()
    print("\n".join(moved(judged, before, DECIDED)) or "no judgement moved")
    lines = []
    for key in sorted(judged):
        now, then = row(judged, key), before.get(key, {})
        stands = now["verdict"] == then.get("verdict", now["verdict"])
        lines.append(now | {"release": then.get("release", "") if stands else __version__})
    _write(FILE, lines)
    _write(PUBLISHED, [{"published": name, "digest": digest} for name, digest in published(tables.load()).items()])


if __name__ == "__main__":
    main()
