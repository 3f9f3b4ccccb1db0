"""The picture that stands for a page where its address is shared: its title beside its leading chart."""

import tempfile
from collections.abc import Iterable
from pathlib import Path

from ..charts import style
from ..ledger import REPORT
from . import citation, provenance

FOLDER = "preview"
FRONT = "index"
SIZE = (1200, 630)
"""Pixels that Open Graph asks for."""
CARD = """#let (width, height) = (1200pt, 630pt)
#set page(width: width, height: height, margin: 0pt, fill: white)
#grid(columns: (400pt, 800pt), rows: height,
  block(width: 100%, height: 100%, inset: 44pt, fill: rgb("#f2f0eb"))[
    #text(font: "Inter", 18pt, fill: rgb("#555"), sys.inputs.book)
    #v(1fr)
    #par(leading: .35em, text(font: "Libertinus Serif", 44pt, weight: "bold", fill: rgb("#222"), sys.inputs.title))
    #v(1fr)
  ],
  block(width: 100%, height: 100%, inset: 40pt,
    align(center + horizon, image("chart.svg", width: 100%, height: 100%, fit: "contain"))))
"""


def page(docname: str) -> str:
    """Return the page whose picture stands for a page: a chapter's for its sheets, else the front page's."""
    name = docname.rpartition("/")[2].removeprefix("sheets-")
    return name if name in REPORT else FRONT


def leading(notebook: Path) -> tuple[str, str] | None:
    """Return (drawing as SVG, alternative text) of the first chart of an executed notebook, None if it has none."""
    charts = (data for exhibit, data in provenance.outputs(notebook) if exhibit["kind"] == "figure")
    return next(((data["image/svg+xml"], data["text/plain"]) for data in charts), None)


def picture(title: str, svg: str) -> bytes:
    """Return a PNG of SIZE with a title and a chart; its letters are the book's own faces."""
    import typst

    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(style.FONTS)])
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "chart.svg").write_text(svg, "utf-8")
        Path(folder, "card.typ").write_text(CARD, "utf-8")
        return typst.compile(
            str(Path(folder, "card.typ")), format="png", ppi=72.0, font_paths=fonts,
            sys_inputs={"book": citation.load()["title"], "title": title},
        )


def write(pages: Iterable[tuple[str, Path]], folder: Path) -> None:
    """Write `folder`/preview/<page>.png for each (title, executed notebook) that leads with a chart."""
    (folder / FOLDER).mkdir(parents=True, exist_ok=True)
    for title, notebook in pages:
        if page(notebook.stem) == notebook.stem and (chart := leading(notebook)):
            (folder / FOLDER / f"{notebook.stem}.png").write_bytes(picture(title, chart[0]))
