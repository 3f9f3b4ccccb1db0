"""The machine fails: the build is killed, the disk is full, a folder may not be written, two builds
start at once. What is published is always one whole build, and the next one gives the same bytes."""

import os
import shutil
import signal
import subprocess
import sys
import time

import namespaces
import psutil
import pytest
from one_page import BUILD, CODE, PAGE, build, digest, page, run, sources

WORDS = " ".join(BUILD[1:])
CHANGE = page(text=PAGE + "\nAnother sentence.\n", code=CODE + "\nprint('another output')")
KILLED = {
    "in a running notebook": "watch.said = die",
    "with the PDF half made": "build.beside = half",
    "with the site written": "build.swap = die",
    "between the two renames": "Path.rename = lambda self, to: die() if self.name == 'next' else rename(self, to)",
    "before the new build is on record":
        "Path.replace = lambda self, to: die() if self.name == 'fingerprint.next' else replace(self, to)",
}
"""Where a build is killed: what is put in the place of a function, to kill the process when it is called."""
RUN = """
import os, signal, sys, time
from pathlib import Path
sys.path.insert(0, "book/making")
import watch
copy = watch.enter(Path.cwd())
sys.path[:1] = [str(copy / "book" / "making"), str(copy / "book")]
del sys.modules["watch"]
import build, watch
main = os.getpid()
def die(*args, **kwargs):
    os.kill(main, signal.SIGKILL)
beside, rename, replace = build.beside, Path.rename, Path.replace
def half(name, job):
    made = beside(name, job)
    return made if name != "the PDF" else (made.__enter__(), time.sleep(1), die())
{point}
sys.argv = ["build.py"]
raise SystemExit(build.main())
"""


def published(folder):
    """Return the SHA-256 of every file of the site and of the PDF's folder."""
    return digest(folder / "_build" / "html"), digest(folder / "_build" / "pdf")


def build_until(book, point):
    """Build a book in a process that is killed at a point; "pass" lets it live."""
    return run(book, sys.executable, "-c", RUN.format(point=point))


@pytest.fixture(scope="module")
def changed(good, tmp_path_factory):
    """Return what the changed book gives when nothing goes wrong."""
    book = shutil.copytree(good, tmp_path_factory.mktemp("changed") / "book")
    CHANGE(book)
    done = build_until(book, "pass")
    assert done.returncode == 0, done.stderr
    assert published(book) != published(good)
    return published(book)


@pytest.mark.parametrize("point", KILLED)
def test_a_killed_build_leaves_a_whole_one_and_is_made_good(book, changed, point):
    before = published(book)
    CHANGE(book)
    killed = build_until(book, KILLED[point])
    assert killed.returncode == -9, killed.stderr
    html, replaced = (digest(book / "_build" / name) for name in ("html", "replaced"))
    assert html in (before[0], changed[0]) or (not html and replaced == before[0])
    outside = sources(book)
    done = build(book)
    assert done.returncode == 0, done.stderr
    assert published(book) == changed
    assert sources(book) == outside
    assert not (book / "_build" / "next").exists() and not (book / "_build" / "replaced").exists()


def mounted(book, script, *args):
    """Run a shell script in a book's folder, with mounts that only it sees; $0 is Python, $1 and so on are `args`."""
    return run(book, *namespaces.need(namespaces.MOUNTS), "sh", "-euc", script, sys.executable, *map(str, args))


@pytest.mark.parametrize("room", [64, 4000, 400_000])
def test_a_full_disk_is_named_and_leaves_the_last_build(book, changed, tmp_path, room):
    """`room` is what is left on the disk beside the last build, in KiB; each lets the build come
    further, the last one to its end."""
    build_folder = book / "_build"
    for scrap in ("executed", "doctrees", "typst"):
        shutil.rmtree(build_folder / scrap)
    used = sum(1 + -(-path.stat().st_size // 4096) for path in build_folder.rglob("*")) * 4
    before = published(book)
    CHANGE(book)
    done = mounted(
        book,
        f'cp -a _build "$1"; mount -t tmpfs -o size=$2k none _build; cp -a "$1/_build/." _build; code=0\n'
        f'"$0" {WORDS} || code=$?; rm -r "$1/_build"; cp -a _build "$1"; exit $code',
        tmp_path, used + room,
    )
    if room == 400_000:
        assert done.returncode == 0 and published(tmp_path) == changed, done.stderr
    else:
        assert (done.returncode == 1 and "No space left on device" in done.stderr
                and "Traceback" not in done.stderr), done.stderr
        assert published(tmp_path) == before


def test_read_only_sources_give_the_same_book(book, changed):
    CHANGE(book)
    done = mounted(
        book,
        'mount --bind . .; cd "$PWD"; mount --bind _build _build; mount -o remount,bind,ro .; if touch book/x; '
        'then exit 9; fi; "$0" ' + WORDS,
    )
    assert done.returncode == 0, done.stderr
    assert published(book) == changed


def test_a_read_only_build_folder_is_named_and_left(book):
    before = published(book)
    CHANGE(book)
    for turn in ("first", "second"):
        done = mounted(book, 'mount --bind _build _build; mount -o remount,bind,ro _build; exec "$0" ' + WORDS)
        assert done.returncode == 1, f"{turn} run: {done.stderr}"
        assert ("book/making/build.py: " in done.stderr and "Read-only file system" in done.stderr
                and "Traceback" not in done.stderr)
        assert published(book) == before


def test_the_second_of_two_builds_waits_for_the_first(book, changed):
    CHANGE(book)
    both = []
    for _ in range(2):
        both.append(subprocess.Popen(BUILD, cwd=book, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True))
        time.sleep(1)
    said = [process.communicate(timeout=120) for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    waited = [err for _, err in said if "another build is running in this folder; waiting for it to end" in err]
    idle = [out for out, _ in said if out.startswith("nothing has changed")]
    assert len(waited) == len(idle) == 1
    assert published(book) == changed


def left_running(folder):
    """Return the processes that work somewhere below a folder."""
    found = []
    for process in psutil.process_iter():
        try:
            found += ([process] if process.cwd().startswith(str(folder))
                      and process.status() != psutil.STATUS_ZOMBIE else [])
        except psutil.Error:
            continue
    return found


POINTS = {
    "a running cell": ("sources/book/started", "import subprocess, time\nsubprocess.Popen(['sleep', '99'])\n"
                                               "open('started', 'w').close()\ntime.sleep(99)"),
    "the pages": ("next/book/index.html", CODE + "\nprint('another output')"),
}
"""By what is interrupted: the file by which it shows, and the code of the notebook."""


@pytest.mark.parametrize("point", POINTS)
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_build_says_so_and_leaves_nothing_running(book, point, number):
    mark, code = POINTS[point]
    page(code=code)(book)
    before = published(book)
    process = subprocess.Popen(BUILD, cwd=book, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                               start_new_session=True)
    while not (book / "_build" / mark).exists():
        time.sleep(0.05)
        assert process.poll() is None
    assert left_running(book)
    if number == signal.SIGINT:
        os.killpg(process.pid, number)  # as a terminal does
    else:
        process.send_signal(number)
    _, said = process.communicate(timeout=30)
    assert (process.returncode, said) == (1, "stopped; the last good site is unchanged\n")
    assert left_running(book) == [] and published(book) == before


def test_a_fork_that_is_killed_is_named(book):
    """The process that starts the notebooks is ended by another, for want of memory say."""
    before = published(book)
    page(code="import os, signal\nos.kill(os.getppid(), signal.SIGKILL)", claims=())(book)
    done = build(book)
    assert (done.returncode, done.stderr) == (1, "the notebooks: ended by SIGKILL\n")
    assert left_running(book) == [] and published(book) == before
