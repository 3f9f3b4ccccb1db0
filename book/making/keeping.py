"""Which pages of the site a build writes again: those that show something which has changed.

Writing pages is a third of what is left to do after an edit of prose. A page is kept where its
document and all that it may show of others are as they were; Sphinx itself goes by dates alone,
and forgets of a kept page which index entries it has.
"""

from __future__ import annotations

import hashlib
import pickle
import pprint
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

INDEX = "search.pickle"
INDEXED = ("_titles", "_filenames", "_all_titles", "_index_entries", "_mapping", "_title_mapping")
"""What Sphinx's search index holds of each page."""


def shared(env: Any) -> bytes:
    """Return what a page may show of the others: every number, title and name that a reference may lead to."""
    titles = {docname: title.astext() for docname, title in env.titles.items()}
    cited = sorted((one.citation_id, one.formatted_entry.label) for one in env.domaindata.get("cite", {}).get("citations", ()))
    return pprint.pformat((env.toc_fignumbers, env.toc_secnumbers, titles, env.domaindata["std"], cited)).encode()


def keys(app: Sphinx) -> dict[str, str]:
    """Return a digest of what each page shows, by document."""
    env = app.env
    contents = sorted((docname, toc.astext()) for docname, toc in env.tocs.items())
    images = sorted((uri, name) for uri, (_, name) in env.images.items())
    common = shared(env) + repr((contents, images)).encode()
    documents = {docname: Path(app.doctreedir, f"{docname}.doctree").read_bytes() for docname in env.found_docs}
    return {docname: hashlib.sha256(common + document).hexdigest() for docname, document in documents.items()}


def changed(app: Sphinx, env: Any) -> list[str]:
    """Return the documents whose page is not as it was written last."""
    before, env.page_keys = getattr(env, "page_keys", {}), keys(app)
    return [docname for docname, key in env.page_keys.items() if before.get(docname) != key]


def remember(app: Sphinx, builder: Any) -> None:
    """Let the builder copy the images of kept pages too, and take their part of the search index from the last build."""
    builder.images.update((uri, name) for uri, (_, name) in app.env.images.items())
    builder.load_indexer = lambda written: load_index(builder.indexer, set(app.env.all_docs) - set(written), Path(app.doctreedir, INDEX))


def load_index(indexer: Any, kept: set[str], path: Path) -> None:
    """Put into a search index what it held of the pages that are kept."""
    if not kept:
        return
    for name, held in pickle.loads(path.read_bytes()).items():
        getattr(indexer, name).update(held)
    indexer.prune(kept)
    indexer._index_entries = {docname: entries for docname, entries in indexer._index_entries.items() if docname in kept}
    for name in ("_mapping", "_title_mapping"):
        setattr(indexer, name, {word: where for word, where in getattr(indexer, name).items() if where})


def save_index(app: Sphinx, error: Exception | None) -> None:
    """Keep what the search index holds for the next build."""
    if not error:
        indexer: Any = app.builder.indexer  # type: ignore[attr-defined]
        Path(app.doctreedir, INDEX).write_bytes(pickle.dumps({name: getattr(indexer, name) for name in INDEXED}))


def keep_pages(app: Sphinx) -> None:
    """Let an application write only the pages that have changed since it last wrote them."""
    app.connect("env-get-updated", changed, priority=999)  # after Sphinx has given out the numbers
    app.connect("write-started", remember)
    app.connect("build-finished", save_index)
