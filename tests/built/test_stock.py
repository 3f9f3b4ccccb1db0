"""`jupyter-book build .`, as its users type it, shows the same pages as `make book`."""

import re
import subprocess
import sys

from evidence import paths


def words(path):
    """Return the text of a page's article, mark-up and white space folded."""
    body = re.search(r"<article.*?</article>", path.read_text("utf-8"), re.S).group()
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


def test_stock_build_shows_the_same_pages(tmp_path):
    command = [
        sys.executable, "-c", "from jupyter_book.cli.main import main; main()", "build", ".", "--path-output",
        str(tmp_path), "-W", "-n", "--keep-going", "-q",
    ]
    done = subprocess.run(command, cwd=paths.ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    ours = {p.name: words(p) for p in (paths.BUILD / "html" / "book").glob("*.html")}
    stock = {p.name: words(p) for p in (tmp_path / "_build" / "html" / "book").glob("*.html")}
    assert ours.keys() == stock.keys() and len(ours) > 10
    assert [name for name in ours if ours[name] != stock[name]] == []
