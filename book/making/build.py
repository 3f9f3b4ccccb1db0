"""Build the book: check, execute, render, publish, and only then replace the last good build.

`make book` runs this in a copy of the book's files (watch.py). Everything is made in _build/next;
_build/html changes only when every step has succeeded.
"""

import gc
import hashlib
import io
import json
import os
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

import watch
from evidence import paths
from watch import BUILD

NEXT = BUILD / "next"
HTML = BUILD / "html"
OLD = BUILD / "replaced"
EXECUTED = BUILD / "executed"
DOCTREES = BUILD / "doctrees"
DRAWN = BUILD / "jupyter_execute"
"""The figures of the pages that were read."""
TYPST = BUILD / "typst"
PDF = BUILD / "pdf"
FINGERPRINT = BUILD / "fingerprint.json"
FRAME = DOCTREES / "frame"
"""What the pages on disk were read with; it is there only while they are fit to be used again."""
SUMS = "SHA256SUMS"
TESTS = paths.ROOT / "tests"
"""They go into rerun.zip, and no page depends on them."""
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def sums(folder: Path, kept: Callable[[Path], bool] = lambda path: path.suffix != ".pyc") -> str:
    """Return the SHA-256 of every file below a folder that is `kept`, as `sha256sum -c` reads it."""
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file() and kept(path)}
    return "".join(f"{hashlib.sha256(files[name].read_bytes()).hexdigest()}  {name}\n" for name in sorted(files))


def fingerprint(html: Path = HTML, pdf: Path = PDF) -> dict[str, str]:
    """Return what a build depends on and what it made."""
    made = {"html": sums(html), "pdf": sums(pdf, lambda path: path.suffix == ".pdf")}
    return {"installed": watch.installed(), "sources": sums(paths.ROOT), **made}


def last_build() -> dict[str, str]:
    """Return the fingerprint of the last build, nothing where there is none."""
    return watch.noted(FINGERPRINT)


@contextmanager
def beside(name: str, job: Callable[[], object]) -> Iterator[Callable[[], None]]:
    """Do a job in a process forked from this one, to use the second core; give what waits for it to end, repeats what
    it said, and raises SystemExit with that where it failed.

    The process leads a group, which ends with the block. It holds this one's lock: should this one
    be killed, the next build waits for both.
    """
    said, ended = watch.scrap(), list[int]()

    def leader() -> object:
        os.setpgid(0, 0)
        for number in SIGNALS:
            signal.signal(number, signal.SIG_DFL)
        for descriptor in (1, 2):
            os.dup2(said, descriptor)
        return job()

    def wait() -> None:
        if not ended:
            ended.append(os.waitpid(pid, 0)[1])
            lines = watch.said(said).splitlines()
            if os.WIFSIGNALED(ended[0]):
                lines.append(f"{name}: ended by {signal.Signals(os.WTERMSIG(ended[0])).name}")
            if ended[0]:
                raise SystemExit("\n".join(lines))
            print(*lines, sep="\n", end="\n" if lines else "", flush=True)

    pid = watch.fork(leader)
    with suppress(OSError):
        os.setpgid(pid, pid)  # whoever comes first
    try:
        yield wait
    finally:
        with suppress(OSError):
            os.killpg(pid, signal.SIGKILL)
        if not ended:
            os.waitpid(pid, 0)


def changed(app: Any, env: Any, *ignored: object) -> list[str]:
    """Return the pages whose words or outputs are not those read last; Sphinx itself goes by dates alone."""
    before, env.digests = getattr(env, "digests", {}), {}
    for name in env.found_docs:
        executed = EXECUTED / f"{name}.ipynb"
        path = executed if executed.is_file() else Path(env.doc2path(name))
        env.digests[name] = hashlib.sha256(path.read_bytes()).hexdigest()
    return [name for name, total in env.digests.items() if before.get(name) != total]


def application(target: Path) -> Any:
    """Return the Sphinx application with Jupyter Book's configuration that writes the site into
    `target`; every warning is an error. It reads notebooks as executed."""
    from jupyter_book.config import get_final_config
    from sphinx.application import Sphinx

    own = {"external_toc_path": "_toc.yml", "latex_individualpages": False, "nitpicky": True,
           "nb_execution_mode": "off"}
    own |= {"executed_notebooks": str(EXECUTED), "published": str(NEXT)}
    config, _ = get_final_config(user_yaml=paths.ROOT / "_config.yml", cli_config=own, sourcedir=paths.ROOT)
    app = Sphinx(
        paths.ROOT, None, target, DOCTREES, "html", confoverrides=config, status=None, warning=io.StringIO(),
        warningiserror=True, keep_going=True,
    )
    app.connect("env-get-outdated", changed)
    return app


def write(app: Any, job: Callable[[], object]) -> None:
    """Let a Sphinx application write. Raises SystemExit after saying what it warned of, with files named as in the
    project."""
    from sphinx.errors import SphinxError

    wrong = ""
    try:
        job()
    except SphinxError as error:
        wrong = str(error)
    print(app._warning.getvalue().replace(f"{paths.ROOT}{os.sep}", ""), end="", file=sys.stderr)
    if app._warncount:
        wrong = "see the warnings above"
    if watch.refused:
        wrong = f"something tried to reach {', '.join(sorted({*watch.refused}))}"
    if wrong:
        raise SystemExit(f"the book does not render ({app.builder.name}): {wrong}")


def pdf_builder(app: Any, folder: Path) -> Any:
    """Return the builder that a Sphinx application writes the PDF with, to `folder`, from pages that have been read."""
    app.outdir = folder
    app.builder = app.create_builder("typst")
    app.builder.init()
    return app.builder


def write_pdf(app: Any) -> None:
    """Write the PDF from the pages that a Sphinx application has read for the site."""
    app._warncount = 0
    write(app, pdf_builder(app, TYPST).write)


def render(app: Any, published: Callable[[], None]) -> None:
    """Write the site's pages and, when they are read, the PDF beside them, with what is published inside."""
    from evidence.publish import downloads

    with ExitStack() as jobs:
        def when_reading(app: Any, env: Any, names: list[str]) -> None:
            shown.append(watch.Progress("pages read", len(names)))

        def when_read(*ignored: object) -> None:
            published()
            pages = [EXECUTED / f"{name}.ipynb" for name in sorted(app.env.found_docs)]
            downloads.write_rows([path for path in pages if path.is_file()], NEXT / "data")
            written.append(jobs.enter_context(beside("the PDF", lambda: write_pdf(app))))
            shown.append(watch.Progress("pages written", len(app.env.found_docs)))

        def when_written(app: Any, name: str, *ignored: object) -> None:
            if name in app.env.found_docs:
                shown[-1].step()

        written: list[Callable[[], None]] = []
        shown: list[watch.Progress] = []
        app.connect("env-before-read-docs", when_reading)
        app.connect("doctree-read", lambda *ignored: shown[-1].step())
        app.connect("write-started", when_read)
        app.connect("html-page-context", when_written)
        try:
            write(app, app.build)
            shown.append(watch.Progress("setting the PDF"))
            written[0]()
        finally:
            shown[-1].end()


def check_and_publish(known: bool) -> int:
    """Check the book and write what is published beside its pages; return the exit status.

    Where the data are `known`, as the last good build had them, the prose alone is checked; else it
    makes way for the notebooks, as reading their pages will take one core of two.
    """
    os.nice(0 if known else 5)
    from evidence.checks import everything
    from evidence.publish import downloads, readme
    from evidence.verdicts import examine

    # Who tries a change wants to see it; tests and release refuse.
    status = everything.main(data=not known, recorded=False)
    if not status:
        for move in readme.moved(examine.all_judgements()):
            print(f"not recorded, so make test fails: {move}")
        downloads.write(NEXT, watch.listed(paths.ROOT)[0])
    return status


def execute() -> None:
    """Execute the notebooks whose outputs are not current, and say which."""
    import notebooks

    started = time.monotonic()
    names = notebooks.bring_up_to_date(paths.ROOT, sorted(paths.BOOK.glob("*.ipynb")), EXECUTED)
    done = f"{', '.join(names)} ({time.monotonic() - started:.0f} s)" if names else "nothing, all outputs are current"
    print(f"executed: {done}")


def make(known: bool) -> None:
    """Check the data, execute the notebooks and write site and PDF, as much as can be at one time.

    Raises SystemExit where any of it fails: what is wrong with the data is said first, and by the check.
    """
    import notebooks  # noqa: F401  (what the check and the notebooks share is imported once)
    from sphinx.util.docutils import docutils_namespace

    with ExitStack() as jobs:
        published = jobs.enter_context(beside("the check", lambda: check_and_publish(known)))
        executed = jobs.enter_context(beside("the notebooks", execute))
        jobs.enter_context(docutils_namespace())
        from evidence.publish import citation

        try:
            os.environ["SOURCE_DATE_EPOCH"] = str(citation.epoch())
            app = application(NEXT)
            executed()
        except (Exception, SystemExit):
            published()
            raise
        render(app, published)
        shutil.copy(TYPST / citation.PDF, NEXT / "book")
        (NEXT / SUMS).write_text(sums(NEXT), "utf-8")


def swap() -> None:
    """Put the new build and its PDF in the place of the last good ones.

    All that needs space is written before; the rest is renaming, and is not interrupted.
    """
    PDF.mkdir(exist_ok=True)
    made = FINGERPRINT.with_suffix(".next")
    made.write_text(json.dumps(fingerprint(NEXT, TYPST), indent=1) + "\n", "utf-8")
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)
    shutil.rmtree(OLD, ignore_errors=True)
    if HTML.exists():
        HTML.rename(OLD)
    NEXT.rename(HTML)
    for path in TYPST.glob("*.pdf"):
        path.replace(PDF / path.name)
    made.replace(FINGERPRINT)
    shutil.rmtree(OLD, ignore_errors=True)


def build() -> None:
    """Build the book, if anything has changed."""
    started = time.monotonic()
    if OLD.exists() and not HTML.exists():  # killed between the two renames of swap()
        OLD.rename(HTML)
    if last_build() == fingerprint():
        print("nothing has changed: _build/html is up to date")
        return
    shutil.rmtree(NEXT, ignore_errors=True)
    NEXT.mkdir()
    kinds = (".ipynb", ".md", ".pyc")
    frame = watch.installed() + sums(
        paths.ROOT, lambda path: path.suffix not in kinds and TESTS not in path.parents and path != paths.COMMIT)
    known = DRAWN.is_dir() and FRAME.is_file() and FRAME.read_text("utf-8") == frame
    if not known:
        shutil.rmtree(DOCTREES, ignore_errors=True)
        shutil.rmtree(DRAWN, ignore_errors=True)
    FRAME.unlink(missing_ok=True)  # pages read by a build that fails would pass when used again
    make(known)
    swap()
    FRAME.write_text(frame, "utf-8")
    print(f"the book is at _build/html/index.html ({time.monotonic() - started:.0f} s)")


def store(before: Mapping[Path, bytes]) -> list[str]:
    """Copy to the project those files of this copy that are not as they were `before`; return the names of those that
    the project no longer has so, which somebody has saved meanwhile: they are left."""
    left = []
    for path in (path for path, then in before.items() if path.read_bytes() != then):
        to = BUILD.parent / (name := path.relative_to(paths.ROOT))
        if to.is_file() and to.read_bytes() == before[path]:
            shutil.copyfile(path, to)
        else:
            left.append(name.as_posix())
    return left


def rerun(*names: str) -> None:
    """Execute the named notebooks, or all, store in the project what they give, and what its texts say of that, and
    print what has moved. Raises SystemExit where one fails, is not there or was saved meanwhile."""
    import notebooks
    from evidence.pages import pasted
    from evidence.publish import readme
    from evidence.verdicts import examine

    def execute(some: list[Path]) -> Iterator[Path]:
        for path, read in notebooks.run({path: path.with_suffix(".next") for path in some}, paths.ROOT):
            path.with_suffix(".next").replace(path)
            if any(name.endswith(".ipynb") and not path.match(name) for name in read):
                yield path

    started = time.monotonic()
    chosen = [paths.BOOK / f"{name}.ipynb" for name in names] or sorted(paths.BOOK.glob("*.ipynb"))
    if missing := [path.name for path in chosen if not path.is_file()]:
        raise SystemExit(f"book/ has no {', '.join(missing)}")
    if not chosen:
        raise SystemExit("no page is listed: make check says what is wrong with _toc.yml")
    before = {path: path.read_bytes() for path in (*chosen, readme.README)}
    again = list(execute(chosen))  # they show what others have shown
    list(execute(again))
    if pasted.main():
        raise SystemExit("nothing was stored")
    readme.README.write_text(readme.rewritten(readme.README.read_text("utf-8")), "utf-8")
    left = store(before)
    count = sum(path.read_bytes() != before[path] for path in chosen)
    moved = readme.moved(examine.all_judgements())
    print(f"{', '.join(moved) or 'no verdict moved'}; "
          f"{count} notebook{'' if count == 1 else 's'} changed ({time.monotonic() - started:.0f} s)")
    if moved:
        print("make book shows it; make test fails until it is undone, or recorded as CONTRIBUTING.md says")
    if left:
        raise SystemExit(f"saved by somebody while this ran, so left as it is: {', '.join(left)}")


def check() -> int:
    """Check data, rules and prose alone; return the exit status."""
    from evidence.checks import everything

    return everything.main()


def main() -> int:
    """Build the book, check it or rerun notebooks, as the command says; return the exit status."""
    for number in SIGNALS:
        signal.signal(number, signal.default_int_handler)
    gc.set_threshold(1_000_000, 50, 1000)  # looking through documents for what can go took a fifth of the time
    watch.refuse()
    command, *names = sys.argv[1:] or ["book"]
    return watch.guarded({"book": build, "check": check, "rerun": lambda: rerun(*names)}[command])


if __name__ == "__main__":
    raise SystemExit(main())
