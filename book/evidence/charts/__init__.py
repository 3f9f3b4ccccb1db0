"""Charts: for each how rows are drawn, what is found in them, and the same in words.

One module per chapter. A chart is found by its name, `chapter-subject`; a notebook computes its
rows and hands them over, and they are published as data/<name>.csv.
"""

import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

import pandas as pd
from matplotlib.figure import Figure

from . import style


@dataclass(frozen=True)
class Chart:
    """A chart of the book.

    `draw(rows, width)` returns a matplotlib figure, drawn once for the page and once for a phone
    (style.WIDTH and style.NARROW inches); `words(rows)` its caption, the finding with its numbers,
    and its alternative text, chart type, what it shows and the numbers that matter; `credit` names
    producer, dataset, release and our processing; `claims` are the claims it bears on. `title` is the
    finding in a few words, drawn above the chart with `unit`, what is measured and in which unit.
    """

    name: str
    draw: Callable[[pd.DataFrame, float], Figure]
    words: Callable[[pd.DataFrame], tuple[str, str]]
    credit: str
    claims: tuple[str, ...] = ()
    title: str = ""
    unit: str = ""

    def caption(self, rows: pd.DataFrame) -> str:
        """Return the finding with its numbers."""
        return self.words(rows)[0]

    def alt(self, rows: pd.DataFrame) -> str:
        """Return the chart in words, for those who cannot see it."""
        return self.words(rows)[1]

    def svg(self, rows: pd.DataFrame, width: float) -> str:
        """Return the chart as SVG."""
        figure = self.draw(rows, width)
        if self.title:
            style.head(figure, self.title, self.unit)
        style.curl(figure)
        style.interrupt(figure)
        return svg(figure)


@cache
def all_charts() -> dict[str, Chart]:
    """Return every chart by name; raise ValueError if two share one, or one is no plain file name."""
    found: dict[str, Chart] = {}
    for module in sorted(m.name for m in iter_modules(__path__)):
        for chart in vars(import_module(f"{__name__}.{module}")).values():
            if isinstance(chart, Chart):
                if not re.fullmatch(r"[a-z0-9-]+", chart.name):
                    raise ValueError(f"a chart is called {chart.name!r}: expected lower-case letters, digits, hyphens")
                if chart.name in found:
                    raise ValueError(f"two charts are called {chart.name}")
                found[chart.name] = chart
    return found


def years(values: pd.Series) -> str:
    """Return the first and last year of some years or ISO dates: "2003 to 2024"."""
    return f"{str(values.min())[:4]} to {str(values.max())[:4]}"


def where(rows: pd.DataFrame, **wanted: str | int) -> pd.DataFrame:
    """Return the rows in which some columns have the values wanted."""
    for column, value in wanted.items():
        rows = rows[rows[column] == value]
    return rows


def settle(figure: Figure) -> None:
    """Fix where a figure's axes stand. The solver of the layout gives the last digits in one of several ways, by the
    order of its variables in memory."""
    figure.draw_without_rendering()
    figure.set_layout_engine("none")
    for axes in figure.axes:
        left, bottom, width, height = (round(part, 6) for part in axes.get_position(original=True).bounds)
        axes.set_position((left, bottom, width, height), which="original")
        axes.set_in_layout(True)  # a position that is set takes axes out of what is cut to size


def svg(figure: Figure) -> str:
    """Return a figure as SVG, the same bytes for the same figure, and close it."""
    from matplotlib import pyplot

    settle(figure)
    out = io.BytesIO()
    figure.savefig(
        out, format="svg", bbox_inches="tight", metadata={"Date": None, "Creator": None},
        facecolor=figure.get_facecolor(), edgecolor=figure.get_edgecolor(),
    )
    pyplot.close(figure)
    return out.getvalue().decode()
