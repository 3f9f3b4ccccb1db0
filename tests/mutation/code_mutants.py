"""Code mutation: change the measures and the engine, and see whether a fast test fails.

Why not a library: mutmut 3.8 finds as much inside functions (in rules and reach it left 5 of 548
alive, the words of errors apart, where this leaves 2 of 266), but changes no constant of a module,
no property and no function with a decorator, which hold one in sixteen of the mutants here, and it
needs data beside its copy of the sources. Cosmic-ray starts a process for each mutant, and importing pandas
takes longer than the tests. Here pytest collects once; each mutant is grafted onto the loaded
functions in a forked child, which runs only the tests that reach the changed line.
"""

import csv
import os
import random
import signal
import sys
import time
import types
from collections import defaultdict
from pathlib import Path

import pandas as pd
import pytest
import watch
from _pytest.runner import runtestprotocol
from hypothesis import settings
from operators import Change, changes

ROOT = Path(__file__).resolve().parents[2]
EVIDENCE = ROOT / "book" / "evidence"
MODULES = ["verdicts.rules", "verdicts.examine", "verdicts.specifications", "tables", "dates"]
MODULES += [f"measures.{p.stem}" for p in sorted((EVIDENCE / "measures").glob("[a-z]*.py"))]
TESTS = ["test_verdicts.py", "test_measures.py", "test_engine.py"]
"""The tests of measures and engine by expectations worked out by hand. Those on the book's own data are
left out: they compare with committed results, and are slow to try 1,500 times."""
SURVIVORS = Path(__file__).with_name("survivors.csv")
LEAST = 0.95
"""The share that must be killed."""
SEED = 20130115
WORKERS, TIMEOUT_S = 2, 60
SURVIVED, AT_IMPORT, BY = 0, 1, 10
"""Exit status of a child: survived, refused at import, or killed by a file of TESTS counted from here."""


def file_of(module: str) -> Path:
    """Return the file of a module of the book's package."""
    return EVIDENCE / f"{module.replace('.', '/')}.py"


class Runner:
    """A pytest plugin: after collection it records which lines each test reaches, then tries every mutant."""

    def __init__(self, sample: int, blind: bool) -> None:
        self.sample, self.blind = sample, blind
        self.found: list[tuple[Change, int]] = []
        self.lines: dict[tuple[str, int], list[int]] = defaultdict(list)
        self.seconds: list[float] = []
        self.failing: list[str] = []

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run what pytest would have run, once unchanged and once for each mutant."""
        self.items = sorted(session.items, key=lambda item: TESTS.index(item.path.name))
        for number, item in enumerate(self.items):
            self._record(number, item)
        if not self.failing:
            wanted = [c for m in MODULES for c in changes(m, str(file_of(m)), file_of(m).read_text("utf-8"))]
            self._run_all(random.Random(SEED).sample(wanted, self.sample) if self.sample else wanted)
        return True

    def _record(self, number: int, item: pytest.Item) -> None:
        """Run one test unchanged and note the lines of the mutated modules that it reaches."""
        names, reached = {str(file_of(m)): m for m in MODULES}, set()

        def trace(frame, event, argument):
            module = names.get(frame.f_code.co_filename)
            if module is None:
                return None
            reached.add((module, frame.f_lineno))
            return trace

        forget()
        started = time.process_time()
        sys.settrace(trace)
        try:
            reports = runtestprotocol(item, nextitem=None, log=False)
        finally:
            sys.settrace(None)
        self.seconds.append(time.process_time() - started)
        self.failing += [item.nodeid for report in reports if report.failed]
        for line in reached:
            self.lines[line].append(number)

    def _run_all(self, wanted: list[Change]) -> None:
        """Try every mutant, some at a time, each in a child of its own."""
        running: dict[int, Change] = {}
        progress = watch.Progress("changes of code", len(wanted))
        for change in [*wanted, None]:
            while running and (change is None or len(running) >= WORKERS):
                pid, status = os.wait()
                self.found.append((running.pop(pid), os.waitstatus_to_exitcode(status)))
                progress.step()
            if change is not None:
                if not (pid := os.fork()):
                    self._child(change)
                running[pid] = change
        progress.end()

    def _child(self, change: Change) -> None:
        """Graft a mutant, run the tests that reach it, and leave with what became of it."""
        signal.alarm(TIMEOUT_S)  # a mutant that never ends is killed
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 1)
        os.dup2(null, 2)
        try:
            graft(change)
            forget(again=True)
        except BaseException:
            os._exit(AT_IMPORT)
        for number in self.reach(change):
            item = self.items[number]
            if any(report.failed for report in runtestprotocol(item, nextitem=None, log=False)):
                os._exit(BY + TESTS.index(item.path.name))
        os._exit(SURVIVED)

    def reach(self, change: Change) -> list[int]:
        """Return the tests that can tell a mutant: those that reach its line, or, for a line run at
        import or in reading the specifications, all; in the order of TESTS, the quickest first."""
        if self.blind:
            return []
        reaching = self.lines.get((change.module, change.line), [])
        numbers = reaching if reaching and change.module != "verdicts.specifications" else range(len(self.items))
        return sorted(numbers, key=lambda n: (TESTS.index(self.items[n].path.name), self.seconds[n]))


def forget(again: bool = False) -> None:
    """Forget every judgement made and signature read; `again` reads the specifications again too."""
    from evidence import tables
    from evidence.verdicts import examine, specifications

    specifications.signature.cache_clear()
    judged = examine.all_judgements()
    judged.made.clear()
    if again:
        judged.__init__(tables.load())


def graft(change: Change) -> None:
    """Give the loaded module the code of a mutant, in place: whoever has imported a function has the mutant."""
    module = sys.modules[f"evidence.{change.module}"]
    space = {"__name__": module.__name__, "__package__": module.__package__, "__file__": module.__file__,
             "__path__": getattr(module, "__path__", None)}
    exec(change.code, space)
    for name, new in space.items():
        old = vars(module).get(name)
        elsewhere = callable(new) and getattr(new, "__module__", module.__name__) != module.__name__
        if name.startswith("__") or elsewhere:  # what is imported; a pattern names the module of its kind
            continue
        if isinstance(new, type):
            for attribute, value in vars(new).items():
                _graft_function(vars(old).get(attribute), value)
        elif callable(new):
            _graft_function(old, new)
        elif isinstance(new, dict):
            old.clear()
            old.update(new)
        elif not isinstance(new, types.ModuleType) and new != old:
            for other in [m for key, m in sys.modules.items() if key.startswith(("evidence", "test_"))]:
                if vars(other).get(name) is old:
                    setattr(other, name, new)


def _graft_function(old: object, new: object) -> None:
    """Give one function, be it a property's or a decorated one, the code and defaults of another."""
    for wrapping in ("fget", "__wrapped__"):
        old, new = getattr(old, wrapping, old), getattr(new, wrapping, new)
    if isinstance(old, types.FunctionType) and isinstance(new, types.FunctionType):
        old.__defaults__, old.__kwdefaults__ = new.__defaults__, new.__kwdefaults__
        if (len(old.__code__.co_freevars) == len(new.__code__.co_freevars)
                and old.__code__.co_filename == new.__code__.co_filename):
            old.__code__ = new.__code__


def listed() -> dict[tuple[str, str, str, str], str]:
    """Return the survivors that are known, each with its reason."""
    with SURVIVORS.open(encoding="utf-8", newline="") as lines:
        return {(row["module"], row["function"], row["before"], row["after"]): row["reason"]
                for row in csv.DictReader(lines)}


def passes(sample: int = 0, blind: bool = False) -> bool:
    """Run every mutant, or a sample, and print the table; return whether enough were killed and every
    survivor is listed. `blind` runs no test, so that every mutant must survive."""
    started = time.time()
    settings.register_profile("mutation", settings(max_examples=50, deadline=None, derandomize=True, database=None))
    settings.load_profile("mutation")
    runner = Runner(sample, blind)
    tests = [str(ROOT / "tests" / name) for name in TESTS]
    quiet = ["-o", "addopts=", "-p", "no:cacheprovider", "-p", "no:terminal", "-p", "no:xdist", "--rootdir", str(ROOT)]
    if pytest.main([*tests, *quiet], plugins=[runner]) == pytest.ExitCode.INTERRUPTED:
        raise KeyboardInterrupt
    if runner.failing:
        print(f"{len(runner.failing)} tests fail before anything is changed: {runner.failing[:3]}")
        return False
    alive = [change for change, status in runner.found if status == SURVIVED]
    killed = f"{1 - len(alive) / len(runner.found):.1%}" if runner.found else "-"
    print(f"{summary(runner.found)}\n{killed} killed; {len(runner.items)} tests, {time.time() - started:.0f} s")
    known = listed()
    for change in alive:
        if change.name not in known:
            print(f"SURVIVOR not in {SURVIVORS.name}: {change.module} line {change.line} ({change.function}): "
                  f"{change.before}  ->  {change.after}")
    for name in set() if sample else set(known) - {change.name for change in alive}:
        print(f"listed in {SURVIVORS.name} and killed: {name}")
    few = sample > 0 or len(alive) <= (1 - LEAST) * len(runner.found)
    return bool(runner.found) and few and all(change.name in known for change in alive)


def summary(found: list[tuple[Change, int]]) -> str:
    """Return as text how many mutants of each module survived, and how many what killed first."""
    ends = {SURVIVED: "survived", AT_IMPORT: "at import", **{BY + number: name for number, name in enumerate(TESTS)}}
    modules, outcomes = [change.module for change, _ in found], [ends.get(status, "time") for _, status in found]
    return pd.crosstab(modules, outcomes, rownames=["module"], colnames=[""], margins=True).to_string()
