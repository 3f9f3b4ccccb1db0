"""Wrong data and wrong code are noticed: a small seeded sample of what `make mutate` tries in full.
Each check is also switched off, and then the same slips must go unnoticed and be reported."""

import random
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from evidence import paths, tables
from evidence.checks import everything

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "tests" / "mutation"))

import meaning  # noqa: E402
import mutants  # noqa: E402


def mutate(*options):
    """Run a sample of mutants in a process of its own."""
    command = [sys.executable, "tests/mutation/run.py", *map(str, options)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(("what", "size"), [("data", 12), ("code", 60)])
def test_a_sample_of_slips_is_noticed(what, size):
    done = mutate(what, "--sample", size)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]


@pytest.mark.parametrize(("what", "size", "message"),
                         [("data", 3, "MISSED Mutant"), ("code", 6, "SURVIVOR not in survivors.csv")])
def test_with_the_checks_off_every_slip_is_missed(what, size, message):
    done = mutate(what, "--sample", size, "--blind")
    assert done.returncode == 1 and message in done.stdout, done.stdout[-3000:] + done.stderr[-1000:]
    assert "100.0%" not in done.stdout and not re.search(r"\btest_\w+\.py", done.stdout), "no file of tests kills one"


def test_a_row_that_nobody_would_miss_is_named(monkeypatch):
    import data

    rows = data.shown_rows()[:2]
    assert data.idle(rows) == []
    monkeypatch.setattr(data, "first_seen", lambda table: ("", ""))
    assert data.idle(rows) == rows


def test_the_fast_look_at_a_schema_says_what_frictionless_says(tmp_path):
    """One slip in each of some rows of every table, looked at one by one and all together."""
    shutil.copytree(paths.DATA, tmp_path / "data")
    choose, slips = random.Random(mutants.SEED), []
    for name in tables.names():
        rows, key = [dict(row) for row in mutants.raw(name)], mutants.key_of(name)
        for at in choose.sample(range(len(rows)), min(len(rows), 8)):
            found = [m for column in rows[at] if column != key
                     for m in mutants.of_cell(name, rows[at][key], column) if m.kind != "swapped"]
            if found:
                slips.append(choose.choice(found))
                rows[at][slips[-1].column] = slips[-1].value
        path = tmp_path / "data" / tables.resource(name)["path"]
        pd.DataFrame(rows).to_csv(path, index=False, lineterminator="\n")
    faults = {(f.file, re.search(r"\((.*)\)", f.row)[1], f.column)
              for f in everything.package_faults(tmp_path / "data" / "datapackage.json")}
    refused = {(f"data/{m.table}.csv", m.key, m.column) for m in slips if meaning.schema_refuses(m, mutants.applied(m))}
    assert faults == refused and 10 < len(refused) < len(slips) - 10
