"""`make mutate`: break the data and the code on purpose, and say what gives it away.

Exit status 1 where a decisive cell past its flip point is not noticed by its meaning, where a
change that a reader would see is in no committed output, where a row can go unseen, where fewer than 95% of the code's
mutants are killed, or where a survivor is not listed in survivors.csv.
"""

import argparse
import random
import sys
import time
from collections import Counter
from functools import partial
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent), str(HERE.parents[1] / "book"), str(HERE.parents[1] / "book" / "making")]

from watch import guarded  # noqa: E402

REST = 16
"""Cells tried in each table that decide nothing."""


def share(findings: list, what: str) -> str:
    """Return the share of findings that were given away by something, as text."""
    return f"{sum(bool(getattr(f, what)) for f in findings) / len(findings):.1%}" if findings else "-"


def table(findings: list, kinds: tuple[str, ...]) -> str:
    """Return the counts by kind as text: tried, seen by a reader, caught by committed outputs and by meaning."""
    lines = [f"{'kind':<12}{'decisive':>9}{'meaning':>9}{'rest':>7}{'meaning':>9}{'seen':>7}{'stored':>8}"]
    for kind in (*kinds, "all"):
        own = [f for f in findings if kind in (f.mutant.kind, "all")]
        decisive, rest, seen = ([f for f in own if f.decisive], [f for f in own if not f.decisive],
                                [f for f in own if f.seen])
        lines.append(
            f"{kind:<12}{len(decisive):>9}{share(decisive, 'meaning'):>9}"
            f"{len(rest):>7}{share(rest, 'meaning'):>9}{len(seen):>7}{share(seen, 'stored'):>8}"
        )
    return "\n".join(lines)


def data_passes(sample: int, blind: bool) -> bool:
    """Print the tables of data mutation; return whether everything was caught that must be."""
    import data

    checks, started, choose = () if blind else data.CHECKS, time.time(), random.Random(data.mutants.SEED)
    rows = sorted(data.decisive_rows())
    rows = choose.sample(rows, min(sample, len(rows))) if sample else rows
    probes = [cell for found in data.in_parallel(partial(data.probe, checks=checks), rows) for cell in found]
    flips = [finding for _, finding in probes if finding]
    layers = Counter(f.meaning.partition(":")[0] or "nothing" for f in flips)
    print(f"{len(probes)} cells of {len(rows)} rows decide; {len(flips)} of them can move a judgement alone.")
    print(f"Past the flip point {share(flips, 'meaning')} are noticed by meaning: "
          f"{', '.join(f'{layer} {n}' for layer, n in layers.most_common())}.")
    cells = [cell for cell, _ in probes]
    own, rest = data.of_decisive(cells), data.of_rest(cells, 1 if sample else REST)
    own, rest = (choose.sample(group, min(sample, len(group))) if sample else group for group in (own, rest))
    findings = data.in_parallel(partial(data.tried, checks=checks, decisive=True), own)
    findings += data.in_parallel(partial(data.tried, checks=checks), rest)
    print(f"\n{table(findings, data.mutants.KINDS)}\n{time.time() - started:.0f} s, seed {data.mutants.SEED}")
    quiet = Counter((f.mutant.table, f.mutant.column or "row", f.mutant.kind) for f in findings if not f.meaning)
    print("Least often noticed by meaning:", quiet.most_common(9))
    missed = [f for f in [*flips, *findings] if f.seen and not f.stored] + [f for f in flips if not f.meaning]
    for f in missed[:40]:
        print(f"MISSED {f.mutant}: {f.seen}")
    every = data.shown_rows()
    for row in (idle := data.idle(choose.sample(every, sample) if sample else every)):
        print(f"IDLE {row}: no reading, chart or table would miss this row")
    return bool(findings) and not missed and not idle


def main() -> int:
    """Run what is asked for; return the exit status."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("what", nargs="*", default=["data", "code"], help="data, code or both")
    options.add_argument("--sample", type=int, default=0,
                         help="try only so many of each, and kill with the fastest tests")
    options.add_argument("--blind", action="store_true", help="run no check: everything must go unnoticed")
    given = options.parse_args()
    passed = True
    if "data" in given.what:
        passed &= data_passes(given.sample, given.blind)
    if "code" in given.what:
        import code_mutants

        passed &= code_mutants.passes(given.sample, given.blind)
    return 0 if passed else 1


if __name__ == "__main__":
    raise SystemExit(guarded(main))
