"""Sphinx extension: what a page says of itself to search engines and to those who share it, how
to rerun a chapter, the pages that no chapter makes (404, sitemap), and what else is published where `make book` does
not do it."""

import hashlib
import html
import shutil
import sys
from contextlib import ExitStack
from pathlib import Path

from docutils import nodes
from markupsafe import Markup
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.environment import BuildEnvironment

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "making"))
import build
import watch
from charts import executed
from citing import base_url
from evidence import paths
from evidence.ledger import REPORT
from evidence.publish import citation, downloads, preview

LONGEST = 155
"""Characters of a description that a search engine shows."""


def description(doctree: nodes.document | None) -> str:
    """Return the opening paragraph of a page, cut at the end of a word."""
    paragraphs = doctree.findall(nodes.paragraph) if doctree else ()
    text = next((" ".join(p.astext().split()) for p in paragraphs if len(p.astext()) > 60), "")
    return text if len(text) <= LONGEST else text[:LONGEST].rpartition(" ")[0] + " …"


def open_graph(title: str, text: str, base: str, page: str, alt: str) -> list[tuple[str, str]]:
    """Return the Open Graph properties of a page; an address needs the site's own, an image what it shows too."""
    found = [("og:type", "article"), ("og:title", title), ("og:description", text),
             ("og:site_name", citation.load()["title"]), ("og:locale", "en_GB")]
    if base:
        found += [("og:url", f"{base}{page}.html")]
    if base and alt:
        found += [("og:image", f"{base}{preview.FOLDER}/{preview.page(page)}.png"), ("og:image:alt", alt)]
    return found


def binder(repository: str, branch: str, page: str) -> str:
    """Return the address at which Binder opens a chapter, "" for a repository that is not on GitHub.

    Colab has no link: it opens one notebook without the package beside it.
    """
    owner = repository.rstrip("/").removesuffix(".git").partition("github.com/")[2]
    return f"https://mybinder.org/v2/gh/{owner}/{branch}?urlpath=lab/tree/book/{page}.ipynb" if owner else ""


def rerun(page: str, repository: str, branch: str) -> str:
    """Return the box that says how to rerun a chapter."""
    link = binder(repository, branch, page)
    also = f' Or <a href="{html.escape(link)}">open it on Binder</a>.' if link else ""
    return (
        '<section class="rerun" aria-labelledby="rerun-this-chapter">'
        '<h2 id="rerun-this-chapter">Rerun this chapter</h2>'
        f'<p>Download <a href="../rerun.zip">rerun.zip</a>, change what you like, and run it again.{also}</p>'
        f'<pre tabindex="0">unzip rerun.zip\ncd {citation.NAME}\nmake rerun chapter={page}</pre></section>'
    )


def add_meta(app: Sphinx, pagename: str, templatename: str, context: dict, doctree: nodes.document) -> None:
    """Add description and Open Graph to every page, and to each chapter how to rerun it."""
    title = Markup(context.get("title") or citation.load()["title"]).striptags()
    text = description(doctree) or f"{title}: {citation.load()['title']}"  # search and index have no paragraph
    tags = [f'<meta name="description" content="{html.escape(text)}">']
    notebook = executed(app.env, f"book/{preview.page(pagename)}")
    chart = preview.leading(notebook) if notebook.is_file() else None
    properties = open_graph(title, text, base_url(app), pagename, chart[1] if chart else "")
    tags += [f'<meta property="{name}" content="{html.escape(value)}">' for name, value in properties if value]
    context["metatags"] = context.get("metatags", "") + "\n" + "\n".join(tags)
    page = pagename.rpartition("/")[2]
    if page in REPORT:
        options = app.config.html_theme_options
        repository = options.get("repository_url") or citation.load().get("repository-code", "")
        context["body"] += rerun(page, repository, options.get("repository_branch", "main"))


def sitemap(base: str, pages: list[str]) -> str:
    """Return a sitemap of the pages (https://www.sitemaps.org/protocol.html)."""
    day = citation.load()["date-released"].isoformat()
    urls = "".join(f"<url><loc>{html.escape(base + page)}</loc><lastmod>{day}</lastmod></url>\n" for page in pages)
    return ('<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
            f'{urls}</urlset>\n')


NOT_FOUND = """<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>Page not found: {title}</title>
<meta name="description" content="There is no such page in this book; its front page lists every claim.">
<style>:root {{ color-scheme: light dark; background: Canvas; }}
body {{ font: 1.1rem/1.6 system-ui, sans-serif; max-width: 40rem; margin: 4rem auto; padding: 0 1rem; }}</style></head>
<body><main><h1>There is no such page</h1>
<p>The book has the claim you look for on its <a href="{front}">front page</a>, where every claim is listed.</p>\
</main></body></html>
"""


REDIRECT = """<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="utf-8"><link rel="icon" href="data:,"><title>{title}</title>
<meta http-equiv="refresh" content="0; url=book/index.html"><link rel="canonical" href="book/index.html"></head>
<body><p><a href="book/index.html">{title}</a></p></body></html>
"""


def write_pages(app: Sphinx, error: Exception | None) -> None:
    """Write the 404 page, a root page that leads to the front page, and a sitemap where the site has an address."""
    if error or app.builder.name != "html":
        return
    base, out = base_url(app), Path(app.outdir)
    (out / ".nojekyll").touch()  # GitHub Pages leaves out folders such as _static otherwise
    (out / "index.html").write_text(REDIRECT.format(title=html.escape(citation.load()["title"])), "utf-8")
    front = f"{base}book/index.html"
    (out / "404.html").write_text(
        NOT_FOUND.format(title=html.escape(citation.load()["title"]), front=html.escape(front)), "utf-8")
    if base:
        pages = sorted(f"{name}.html" for name in app.env.found_docs)
        (out / "sitemap.xml").write_text(sitemap(base, pages), "utf-8")


def stock(app: Sphinx) -> bool:
    """Return whether not `make book` but `jupyter-book build` makes the site and the PDF."""
    return "published" in app.config and not app.config.published


def read_anew(app: Sphinx, env: BuildEnvironment, *ignored: object) -> list[str]:
    """Return every page where `jupyter-book build` finds other data, code or settings than it read them with: Sphinx
    looks at the pages alone. `make book` does so itself."""
    if not stock(app):
        return []
    names = [name for name in watch.listed(paths.ROOT)[0]
             if not name.endswith((".ipynb", ".md")) and not name.startswith("tests/")]
    now = {name: hashlib.sha256((paths.ROOT / name).read_bytes()).hexdigest() for name in names}
    before, env.read_with = getattr(env, "read_with", {}), now  # type: ignore[attr-defined]
    return [] if before == now else sorted(env.found_docs)


def start_rest(app: Sphinx, builder: Builder) -> None:
    """Where not `make book` builds the site but `jupyter-book build`, write the downloads beside the pages, lest a link
    be dead, and begin the PDF in another process: when the pages are written, they are not as they were read."""
    if builder.name != "html" or not stock(app):
        return
    downloads.write(Path(app.outdir), watch.listed(paths.ROOT)[0])
    notebooks = [executed(app.env, docname) for docname in sorted(app.env.found_docs)]
    downloads.write_rows([path for path in notebooks if path.is_file()], Path(app.outdir, "data"))
    app.config.published, typst = str(app.outdir), Path(app.doctreedir, "typst")
    running = ExitStack()
    wait = running.enter_context(build.beside("the PDF", lambda: build.pdf_builder(app, typst).write()))

    def end(app: Sphinx, error: Exception | None) -> None:
        with running:
            if not error:
                wait()
                shutil.copy(typst / citation.PDF, Path(app.outdir, "book"))

    app.connect("build-finished", end, priority=999)


def write_sums(app: Sphinx, error: Exception | None) -> None:
    """Write the digests of a site that `jupyter-book build` made, also where it found no page to write again."""
    out = Path(app.outdir)
    here = "published" in app.config and app.config.published in ("", str(out))
    if not error and here and (out / "book" / citation.PDF).is_file():
        (out / build.SUMS).write_text(build.sums(out, lambda path: path.name != build.SUMS), "utf-8")


def no_latex(app: Sphinx) -> None:
    """Stop a build through LaTeX, whose figures and claims would be missing."""
    if app.builder.name == "latex":
        raise SystemExit("this book's PDF needs no LaTeX: jupyter-book build . "
                         f"writes it to _build/html/book/{citation.PDF}")


def setup(app: Sphinx) -> dict:
    """Register the extension."""
    app.connect("builder-inited", no_latex, priority=0)
    app.connect("env-get-outdated", read_anew)
    app.connect("write-started", start_rest)
    app.connect("html-page-context", add_meta)
    app.connect("build-finished", write_sums, priority=1000)
    app.connect("build-finished", write_pages)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
