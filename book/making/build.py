"""Build the book: check, execute, render, publish, and only then replace the last good build.

`make book` runs this. Everything is made in _build/next; _build/html changes only when every
step has succeeded.
"""

from __future__ import annotations

import errno
import fcntl
import gc
import hashlib
import json
import os
import re
import shutil
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

BOOK = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(BOOK), str(BOOK / "making")]
import keeping  # noqa: E402
import offline  # noqa: E402
from evidence import paths  # noqa: E402
from evidence.checks import everything  # noqa: E402
from evidence.publish import citation  # noqa: E402

NEXT = paths.BUILD / "next"
HTML = paths.BUILD / "html"
OLD = paths.BUILD / "replaced"
EXECUTED = paths.BUILD / "executed"
DOCTREES = paths.BUILD / "doctrees"
DRAWN = paths.BUILD / "jupyter_execute"
"""The figures of the pages that were read."""
TYPST = paths.BUILD / "typst"
PDF = paths.BUILD / "pdf"
PDF_NAME = citation.PDF
FINGERPRINT = paths.BUILD / "fingerprint.json"
FRAME = DOCTREES / "frame"
"""What the pages on disk were read with; it is there only while they are fit to be used again."""
SUMS = "SHA256SUMS"
SYSTEM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES, errno.EPERM, errno.ENOLCK}
"""Errors that are the machine's and not the book's: no space, no right to write."""
refused: list[str] = []
"""Hosts that code of this process tried to reach."""
UNSENT = (
    "*.map", "fontawesome*", "*thebe*", "togglebutton*", "copybutton*", "clipboard*", "design-tabs*", "sphinx-design*",
    "locales", "images", "*webpack-macros.html", "*.png", "check-solid.svg", "play-solid.svg", "copy-button.svg",
    "jquery*", "underscore*", "_sphinx_javascript*", "*.pot",
)
"""Files of the theme that no page uses: source maps, the icon script and its fonts, buttons."""
ICONS = re.compile(r"@font-face\{[^{}]*Font ?Awesome[^{}]*\}|(?:\.fa-[a-z0-9-]+::?(?:before|after),?)+\{[^{}]*\}")
"""The theme's rules for two thousand icons, a third of its styles; book.css draws the few in use."""
REDIRECT = """<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="utf-8"><link rel="icon" href="data:,"><title>{title}</title>
<meta http-equiv="refresh" content="0; url=book/index.html"><link rel="canonical" href="book/index.html"></head>
<body><p><a href="book/index.html">{title}</a></p></body></html>
"""


def is_page(path: Path) -> bool:
    """Return whether a file is a notebook or a page of the book."""
    return path.parent == BOOK and path.suffix in (".ipynb", ".md")


def digest(folder: Path, names: tuple[str, ...] = ("",), but: Callable[[Path], bool] = lambda path: False) -> str:
    """Return one SHA-256 over the names and contents of all files, caches and what `but` names left out."""
    total = hashlib.sha256()
    for name in names:
        top = folder / name
        for path in sorted(p for p in ([top] if top.is_file() else top.rglob("*")) if p.is_file()):
            if "__pycache__" in path.parts or ".ipynb_checkpoints" in path.parts or but(path):
                continue
            total.update(path.relative_to(folder).as_posix().encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def fingerprint(html: Path = HTML) -> dict[str, str]:
    """Return what a build depends on and what it made."""
    return {"python": sys.version, "sources": digest(paths.ROOT, paths.SOURCES), "outputs": digest(html)}


@contextmanager
def alone() -> Iterator[None]:
    """Hold the build folder for one build, after waiting for another to end."""
    paths.BUILD.mkdir(exist_ok=True)
    with (paths.BUILD / "lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("another build is running in this folder; waiting for it to end", file=sys.stderr, flush=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def note_refused(host: str) -> None:
    """Say at once what tried to reach the network, for the error may be swallowed; the build fails at its end."""
    refused.append(host)
    print(f"the book is built without the network: {host} was refused", file=sys.stderr)


def last_build() -> dict[str, str]:
    """Return the fingerprint of the last build, nothing where it is not complete."""
    complete = FINGERPRINT.is_file() and HTML.is_dir() and (PDF / PDF_NAME).is_file()
    return json.loads(FINGERPRINT.read_text("utf-8")) if complete else {}


def take_pages() -> None:
    """Copy the pages of the last good build and their sources; those that have changed are written over."""
    shutil.copytree(HTML / "_sources", NEXT / "_sources")
    shutil.copytree(HTML / "book", NEXT / "book", ignore=shutil.ignore_patterns("*.pdf"))


class Beside:
    """A job in a process forked from this one, to use the second core. It holds this one's lock:
    should this one be killed, the next build waits for both to end."""

    def __init__(self, job: Callable[[], object]) -> None:
        sys.stdout.flush()
        self.pid = os.fork()
        if not self.pid:
            status = 1
            try:
                status = guarded(job)
            except SystemExit as error:
                print(error, file=sys.stderr)
            except BaseException:  # whatever it is, this process must end here
                traceback.print_exc()
            finally:
                sys.stdout.flush()
                os._exit(status)

    def __enter__(self) -> Beside:
        return self

    def __exit__(self, *error: object) -> None:
        """End the job, if it has not."""
        if self.pid:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)

    def wait(self) -> None:
        """Wait for the job to end. Raises SystemExit where it failed, after it has said why."""
        if self.pid:
            _, status = os.waitpid(self.pid, 0)
            self.pid = 0
            if status:
                raise SystemExit(1)


def application(target: Path) -> Any:
    """Return the Sphinx application with Jupyter Book's configuration that writes the site into
    `target`; every warning is an error. It reads notebooks as executed."""
    from jupyter_book.config import get_final_config
    from sphinx.application import Sphinx

    overrides = {
        "external_toc_path": "_toc.yml",
        "latex_individualpages": False,
        "nitpicky": True,
        "nb_execution_mode": "off",
        "executed_notebooks": str(EXECUTED),
        "published": str(NEXT),
    }
    config, _ = get_final_config(user_yaml=paths.ROOT / "_config.yml", cli_config=overrides, sourcedir=paths.ROOT)
    app = Sphinx(
        paths.ROOT, None, target, DOCTREES, "html", confoverrides=config, status=None, warning=sys.stderr,
        warningiserror=True, keep_going=True, parallel=2,
    )
    app.builder.allow_parallel = False  # pages are read in two processes, and written in one beside the PDF
    keeping.keep_pages(app)
    app.extensions["sphinx_multitoc_numbering"].parallel_read_safe = True  # it does not say so; it numbers when all is read
    return app


def render(app: Any, when_read: Callable[[Any], object]) -> None:
    """Write the site's pages. `when_read` is called with the application when the pages are read
    and nothing is written yet. Raises SystemExit after Sphinx has said what is wrong."""
    from sphinx.errors import SphinxError

    app.connect("write-started", lambda app, builder: when_read(app))
    try:
        app.build()
    except SphinxError as error:
        raise SystemExit(f"the book does not render: {error}") from None
    refuse_warnings(app)


def refuse_warnings(app: Any) -> None:
    """Raise SystemExit where Sphinx has warned or something has tried to reach the network."""
    if app._warncount:
        raise SystemExit(f"the book does not render ({app.builder.name}): see the warnings above")
    if refused:
        raise SystemExit(f"the book does not render ({app.builder.name}): something tried to reach {', '.join(sorted(set(refused)))}")


def write_pdf(app: Any) -> None:
    """Write the PDF from the pages that a Sphinx application has read for the site."""
    from sphinx.errors import SphinxError

    app._warncount, app.outdir = 0, TYPST
    app.builder = app.create_builder("typst")
    app.builder.init()
    try:
        app.builder.write()
    except SphinxError as error:
        raise SystemExit(f"the book does not render (typst): {error}") from None
    refuse_warnings(app)


def render_both(app: Any, published: Beside) -> None:
    """Write the site's pages and, when they are read, the PDF beside them, with what is published inside."""
    with ExitStack() as jobs:
        written: list[Beside] = []

        def when_read(app: Any) -> None:
            published.wait()
            written.append(jobs.enter_context(Beside(lambda: write_pdf(app))))

        render(app, when_read)
        written[0].wait()


def tidy() -> None:
    """Drop what no page uses, and write a root page that leads to the front page."""
    for pattern in UNSENT:
        for path in list((NEXT / "_static").rglob(pattern)):
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    styles = NEXT / "_static" / "styles" / "pydata-sphinx-theme.css"
    styles.write_text(ICONS.sub("", styles.read_text("utf-8")), "utf-8")
    (NEXT / ".buildinfo").unlink(missing_ok=True)
    (NEXT / "index.html").write_text(REDIRECT.format(title=citation.load()["title"]), "utf-8")


def sums(folder: Path) -> str:
    """Return the SHA-256 of every file below a folder but the list itself, as `sha256sum -c` reads it."""
    names = sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())
    return "".join(f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n" for name in names if name != SUMS)


def swap() -> None:
    """Put the new build and its PDF in the place of the last good ones.

    All that needs space is written before; the rest is renaming.
    """
    PDF.mkdir(exist_ok=True)
    made = FINGERPRINT.with_suffix(".next")
    made.write_text(json.dumps(fingerprint(NEXT), indent=1) + "\n", "utf-8")
    shutil.rmtree(OLD, ignore_errors=True)
    if HTML.exists():
        HTML.rename(OLD)
    NEXT.rename(HTML)
    (TYPST / PDF_NAME).replace(PDF / PDF_NAME)
    made.replace(FINGERPRINT)
    shutil.rmtree(OLD, ignore_errors=True)


def check_and_publish(known: bool) -> int:
    """Check the book and write what is published beside its pages; return the exit status.

    Where the data are `known`, as the last good build had them, the prose alone is checked.
    """
    from evidence.publish import downloads

    status = everything.main(data=not known)
    if not status:
        downloads.write(NEXT)
    return status


def make(known: bool) -> None:
    """Check the data, execute the notebooks and write site and PDF, as much as can be at one time.

    Raises SystemExit where any of it fails: what is wrong with the data is said first, and by the check.
    """
    with Beside(lambda: check_and_publish(known)) as published:
        from notebooks import NotebookFailed, executing
        from sphinx.util.docutils import docutils_namespace, patch_docutils

        with patch_docutils(None), docutils_namespace():
            with executing(sorted(BOOK.glob("*.ipynb")), paths.ROOT, EXECUTED) as executed:
                app = application(NEXT)
                if not known:
                    published.wait()
                try:
                    names = executed()
                except NotebookFailed as error:
                    raise SystemExit(str(error)) from None
            print(f"executed: {', '.join(names) or 'nothing, all outputs are current'}")
            render_both(app, published)


def build() -> int:
    """Build the book; return the exit status."""
    if OLD.exists() and not HTML.exists():  # killed between the two renames of swap()
        OLD.rename(HTML)
    last, now = last_build(), fingerprint()
    if last == now:
        print("nothing has changed: _build/html is up to date")
        return 0
    os.environ["SOURCE_DATE_EPOCH"] = str(citation.epoch())
    shutil.rmtree(NEXT, ignore_errors=True)
    NEXT.mkdir(parents=True)
    frame = digest(paths.ROOT, paths.SOURCES, but=is_page)
    if not (known := DRAWN.is_dir() and FRAME.is_file() and FRAME.read_text("utf-8") == frame):
        shutil.rmtree(DOCTREES, ignore_errors=True)
        shutil.rmtree(DRAWN, ignore_errors=True)
    if known and last.get("outputs") == now["outputs"]:
        take_pages()
    FRAME.unlink(missing_ok=True)  # pages read by a build that fails would pass when used again
    make(known)
    shutil.copy(TYPST / PDF_NAME, NEXT / "book")
    tidy()
    (NEXT / SUMS).write_text(sums(NEXT), "utf-8")
    swap()
    FRAME.write_text(frame, "utf-8")
    print(f"the book is at {(HTML / 'index.html').relative_to(paths.ROOT)}")
    return 0


def guarded(job: Callable[[], object]) -> int:
    """Do a job; return its exit status, 1 after saying so where the machine has no space or grants no right."""
    try:
        return int(bool(job()))
    except OSError as error:
        if error.errno not in SYSTEM:
            raise
        print(f"the book was not built: {error}; the last one in _build/html is as it was", file=sys.stderr)
        return 1


def main() -> int:
    """Build the book; return the exit status."""
    offline.refuse(note_refused)
    gc.set_threshold(1_000_000, 50, 1000)  # looking through documents for what can go took a fifth of reading and writing them

    def job() -> int:
        with alone():
            return build()

    return guarded(job)


if __name__ == "__main__":
    raise SystemExit(main())
