"""One browser for all tests of the site: Debian's Chromium, driven by Playwright, which brings none.

Without a browser these tests are skipped with the reason; in CI that is a failure.
"""

import functools
import http.server
import os
import shutil
import threading
from pathlib import Path

import pytest
from evidence import paths

HTML = paths.BUILD / "html"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]
PAGES = sorted(p.relative_to(HTML).as_posix() for p in HTML.rglob("*.html") if "_static" not in p.parts)
READ = [page for page in PAGES if page != "index.html" and not page.startswith("claims/")]
"""Every page that is read; the root page and the short addresses of claims only lead to one."""


def find_browser():
    """Return where the browser is, or None."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def browser_path():
    """Return where the browser is; skip, in CI fail, where there is none."""
    found = find_browser()
    if found is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("no Chromium on this machine")
    return found


@pytest.fixture(scope="session")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser_path(), args=FLAGS)
        yield chromium
        chromium.close()


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves the site without a line for each request."""

    def log_message(self, *args):
        pass


class Below(Quiet):
    """Serves it below a path, as GitHub Pages and Read the Docs do; nothing is at the root."""

    path_above = "/user/en/latest/"

    def translate_path(self, path):
        below = path.startswith(self.path_above)
        return super().translate_path(path.removeprefix(self.path_above[:-1])) if below else "/nothing here"


@pytest.fixture(scope="session")
def site():
    """Serve the built site on loopback, below a path; return its address."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Below, directory=str(HTML)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}{Below.path_above}"
    server.shutdown()


@pytest.fixture
def new_page(browser):
    """Return a function that opens a page in a context of its own, which is given what that takes."""
    contexts = []

    def opened(**given):
        contexts.append(browser.new_context(**given))
        return contexts[-1].new_page()

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def page(browser, site):
    """Return a fresh page at laptop width; it fails the test on a console error or a request to another host."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, accept_downloads=True)
    context.set_default_timeout(10_000)
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site.removesuffix(Below.path_above))
    page = context.new_page()
    wrong = watch(page, site)
    yield page
    context.close()
    assert not wrong


def watch(page, site):
    """Return a list that fills with every console error and every request that leaves the site."""
    wrong = []
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", lambda request:
            wrong.append(request.url) if not request.url.startswith((site, "data:", "blob:")) else None)
    return wrong


def axe_source():
    """Return the text of axe-core, as npm's lock has it."""
    return (Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")
