"""Write what readers and machines download: claims.json, claims.csv, figure rows, data."""

import csv
import hashlib
import io
import json
import math
import zipfile
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

from .. import __version__, dates, ledger, paths, tables
from ..measures.statistic import Item, Statistic
from ..tables import Tables
from ..verdicts.examine import Judged, Judgement, Result, judgements, since_reason
from ..verdicts.rules import Criterion, pivot
from ..verdicts.wording import flip as in_words
from ..verdicts.wording import found
from . import citation, provenance

SCHEMA = "2"
HISTORY = ("date", "tense", "cause", "from", "to", "why")
"""What is published of a change that was made with the verdict known."""
ABSENT_WORDS = "This copy leaves the article out. seeds/README.md says where it was published.\n"


def claims_document(book: Tables) -> dict:
    """Return every claim with its judgement, in the schema of claims.schema.json."""
    judged = judgements(book)
    return {
        "schema": SCHEMA,
        "version": __version__,
        "written": dates.WRITTEN.isoformat(),
        "evidence_checked": dates.EVIDENCE_CHECKED.isoformat(),
        "claims": [_claim(row, judged) for _, row in book["claims"].iterrows()],
    }


def _claim(row: pd.Series, judged: Judged) -> dict:
    claim_id, changes = row["claim_id"], judged.tables["reading_history"]
    made = judged.of(claim_id)
    return {
        "id": claim_id,
        **{column: row[column] for column in ("slug", "section")},
        "paragraph": int(ledger.counted_paragraphs(judged.tables["claims"])[claim_id]),
        **{column: row[column] for column in ("quote", "kind", "chapter")},
        "url": f"claims/{claim_id.lower()}.html",
        "sheet": f"book/sheets-{row['chapter']}.html#{claim_id.lower()}",
        "stated": {"text": row["stated_text"], "low": _stated(row["stated_low"]), "high": _stated(row["stated_high"]),
                   "unit": row["unit"] or None},
        "state": "examined" if made else "not_examined",
        "at_writing": _judgement(made.get("writing")),
        "since": _judgement(made.get("since")),
        "since_reason": since_reason(row, judged) or None,
        "readings": readings(claim_id, judged),
        "history": changes.loc[changes["claim_id"] == claim_id, list(HISTORY)].to_dict("records"),
    }


def readings(claim_id: str, judged: Judged) -> list[dict]:
    """Return every reading of a claim as claims.json has it: at writing, then since; the main one first."""
    return [_reading(result, judged.tables)
            for judgement in judged.of(claim_id).values() for result in judgement.readings.values()]


def _reading(result: Result, book: Tables) -> dict:
    """Return one reading: what it found, its test and what came out. An end or a bound that is not there is None."""
    spec, statistic, unit = result.spec, result.statistic, result.unit

    def ends(of: Statistic | Item | Criterion) -> dict:
        return {"low": _value(of.low, unit), "high": _value(of.high, unit)}

    return {
        "id": spec.spec_id,
        **{"tense": spec.tense, "role": spec.role, "text": spec.reason},
        "unit": unit or None,
        "step": float(book["units"].at[unit, "step"]) if unit else None,
        **(ends(statistic) if statistic else {"low": None, "high": None}),
        "items": [{"label": item.label, **ends(item)} for item in statistic.items] if statistic else [],
        "test": spec.criterion.test,
        "bounds": ends(spec.criterion),
        "quorum": spec.criterion.quorum,
        "only_sibling": result.only_sibling,
        "outcome": result.outcome,
        "found": plain(found(result)),
    }


def plain(words: str) -> str:
    """Return words with every space an ordinary one."""
    return words.replace("\N{NO-BREAK SPACE}", " ")


def _stated(text: str) -> float | str | None:
    """Return a stated bound: a number, an ISO date, or None where open."""
    try:
        return float(text) if text else None
    except ValueError:
        return text


def _judgement(judgement: Judgement | None) -> dict | None:
    if judgement is None:
        return None
    main, flip = judgement.main, judgement.flip
    unit = main.unit
    statistic = None
    if main.statistic and main.outcome != "none":
        low, high = pivot(main.statistic, main.spec.criterion)
        statistic = {"low": _value(low, unit), "high": _value(high, unit), "unit": unit}
    return {
        "verdict": judgement.verdict,
        "outcome": main.outcome,
        "statistic": statistic,
        "alternatives_agree": judgement.agreeing,
        "alternatives_total": len(judgement.alternatives),
        "flip": flip and {"value": _value(flip.value, unit), "unit": unit, "text": plain(in_words(judgement))},
        "flip_reason": judgement.flip_reason or None,
        "confidence": judgement.confidence or None,
        "confidence_reason": judgement.confidence_reason or None,
        "sources": list(judgement.sources),
    }


def _value(value: float, unit: str) -> float | str | None:
    """Return a value for JSON: an ISO date for dates, None for an open end."""
    if math.isinf(value):
        return None
    return dates.iso(value) if unit == "date" else round(value, 9)


def flat(claim: dict, prefix: str = "") -> dict:
    """Return nested keys joined by dots, and the keys of sources by spaces: one row of claims.csv, which leaves out
    all other lists."""
    row: dict[str, object] = {}
    for key, value in claim.items():
        if isinstance(value, dict):
            row |= flat(value, f"{prefix}{key}.")
        elif key == "sources":
            row[prefix + key] = " ".join(value)
        elif not isinstance(value, list):
            row[prefix + key] = value
    return row


def write_claims(book: Tables, folder: Path) -> None:
    """Write claims.json and claims.csv into `folder`."""
    document = claims_document(book)
    (folder / "claims.json").write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", "utf-8")
    rows = [flat(claim) for claim in document["claims"]]
    columns = list(dict.fromkeys(column for row in rows for column in row))
    columns = [c for c in columns if not any(other.startswith(c + ".") for other in columns)]
    with (folder / "claims.csv").open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, columns, lineterminator="\n", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)


def write_rows(notebooks: Iterable[Path], folder: Path) -> None:
    """Write the rows of each chart that some notebooks show to `folder`/<chart>.csv, and describe them in the data
    package there, if there is one."""
    folder.mkdir(parents=True, exist_ok=True)
    descriptor = folder / "datapackage.json"
    package = json.loads(descriptor.read_text("utf-8")) if descriptor.is_file() else None
    for notebook in notebooks:
        for exhibit, data in provenance.outputs(notebook):
            if exhibit["kind"] == "figure":
                (folder / f"{exhibit['name']}.csv").write_text(data["text/csv"], "utf-8")
                if package:
                    package["resources"].append(_described(exhibit, data["text/csv"], package["resources"]))
    if package:
        descriptor.write_text(json.dumps(package, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _described(exhibit: dict, text: str, known: list[dict]) -> dict:
    """Return the rows of a chart as a resource of the data package: its terms and sources are those of its tables."""
    tables_of = [entry for entry in known if entry["name"] in exhibit["data"]]
    kinds = {"i": "integer", "f": "number", "b": "boolean"}
    fields = [{"name": str(name), "type": kinds.get(kind.kind, "string")}
              for name, kind in pd.read_csv(io.StringIO(text)).dtypes.items()]
    shared = {word: list({json.dumps(one): one for entry in tables_of for one in entry.get(word, ())}.values())
              for word in ("licenses", "sources")}
    return {
        "name": exhibit["name"], "path": f"{exhibit['name']}.csv", "title": citation.first_sentence(exhibit["caption"]),
        "description": f"Rows of a figure, by {exhibit['function']} from {', '.join(exhibit['data'])}",
        "profile": "tabular-data-resource", "format": "csv", "mediatype": "text/csv", "encoding": "utf-8", **shared,
        "schema": {"fields": fields, "missingValues": [""]}, **_sealed(text.encode()),
    }


def _sealed(raw: bytes) -> dict[str, str | int]:
    """Return the hash and the size of a file as a resource of a data package has them."""
    return {"hash": f"sha256:{hashlib.sha256(raw).hexdigest()}", "bytes": len(raw)}


def write_data(folder: Path) -> None:
    """Copy the tables and their descriptor; the published descriptor adds hash and bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    package = json.loads(paths.PACKAGE.read_text("utf-8"))
    for entry in package["resources"]:
        raw = (paths.DATA / entry["path"]).read_bytes()
        entry |= _sealed(raw)
        (folder / entry["path"]).write_bytes(raw)
    (folder / "LICENSES.md").write_bytes((paths.DATA / "LICENSES.md").read_bytes())
    (folder / "datapackage.json").write_text(json.dumps(package, ensure_ascii=False, indent=1) + "\n", "utf-8")


def archive(target: Path, entries: list[tuple[str, bytes]]) -> None:
    """Write a zip of (name, content), the same bytes for the same content wherever it is made."""
    clock = datetime.fromtimestamp(citation.epoch(), UTC)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in sorted(entries):
            info = zipfile.ZipInfo(name, clock.timetuple()[:6])
            info.compress_type, info.create_system, info.external_attr = zipfile.ZIP_DEFLATED, 3, 0o100644 << 16
            out.writestr(info, content)


def held(names: Iterable[str]) -> list[tuple[str, bytes]]:
    """Return the files of some names below the project with their contents, but for the article, which stays where it
    was published, and with the file that says so."""
    kept = [name for name in names if not name.startswith("seeds/") or name == "seeds/README.md"]
    entries = [(name, (paths.ROOT / name).read_bytes()) for name in kept]
    return [*entries, (paths.SEED_ABSENT.relative_to(paths.ROOT).as_posix(), ABSENT_WORDS.encode())]


def without_drawings(notebook: bytes) -> bytes:
    """Return a notebook whose stored outputs have all they had but the drawings, which are most of it."""
    read = json.loads(notebook)
    for output in [output for cell in read["cells"] for output in cell.get("outputs", [])]:
        for kind in [kind for kind in output.get("data", {}) if "svg" in kind]:
            del output["data"][kind]
    return (json.dumps(read, ensure_ascii=False, indent=1) + "\n").encode()


def write_archives(folder: Path, names: Iterable[str]) -> None:
    """Write rerun.zip with the files of those `names` below the project, from which the book can be built and tested
    again, and data.zip with every table."""
    archive(folder / "rerun.zip", [(f"{citation.NAME}/{name}", content) for name, content in held(names)])
    published = sorted(p for p in (folder / "data").iterdir() if p.is_file())
    archive(folder / "data.zip", [(f"{citation.NAME}-data/{p.name}", p.read_bytes()) for p in published])


def write(folder: Path, names: Iterable[str]) -> None:
    """Write everything that is published beside the pages into `folder`; the project is made of the files `names`."""
    book = tables.load()
    write_claims(book, folder)
    write_data(folder / "data")
    write_archives(folder, names)
