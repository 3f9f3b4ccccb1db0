"""How charts look: one set of matplotlib settings, one colour for each country, one line for the article.

Colours are Okabe and Ito's (2008), which survive colour blindness, darkened so that small text in
them has a contrast of 4.5 on white (WCAG 2.2).
"""

import re
import textwrap
from typing import Any

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.text import Text
from matplotlib.transforms import Affine2D

from .. import dates, paths

COUNTRY = {"China": "#B84C00", "Russia": "#0072B2", "Kazakhstan": "#00795A", "the West": "#9C4A7F"}
"""One colour for each country, in every chart; any other is OTHER."""
OTHER = "#666666"
INK = "#222222"
"""Text, and what the article says."""
FAINT = "#D9D9D9"
"""Rules and land."""
BOLD: dict[str, Any] = {"fontsize": 9, "fontweight": "bold"}
"""How a line or bar is named."""

WIDTH, NARROW = 6.4, 3.5
"""Width in inches: of the text column of page and PDF, and of a phone's screen."""
FONTS = paths.BOOK / "_ext" / "typst" / "fonts"
"""The open faces that charts and PDF share."""
WRITTEN = dates.WRITTEN.year + dates.WRITTEN.timetuple().tm_yday / 365
"""When the article was written, on an axis of years."""

RC: dict[Any, Any] = {
    "figure.facecolor": "white",
    "savefig.facecolor": "white",
    "font.family": "Inter",
    "font.size": 9,
    "text.color": INK,
    "axes.edgecolor": OTHER,
    "axes.labelcolor": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlelocation": "left",
    "axes.titlesize": 9,
    "axes.unicode_minus": True,
    "xtick.color": INK,
    "ytick.color": INK,
    "timezone": "UTC",
    "svg.fonttype": "path",
    "svg.hashsalt": "kazakh-chinese-exchanges",
}
"""Settings of every chart. Glyphs are paths, so that a chart looks the same everywhere."""


def own_fonts() -> None:
    """Let matplotlib know only the book's own faces: a system's copy of another version draws other glyphs."""
    from matplotlib import font_manager

    font_manager.fontManager.ttflist = []
    for font in sorted(FONTS.glob("Inter-*.ttf")):
        font_manager.fontManager.addfont(font)


def use() -> None:
    """Apply the settings and fonts; charts are drawn to files, whatever a notebook has set."""
    matplotlib.use("svg")
    matplotlib.rcdefaults()  # a reader's own matplotlibrc would change the charts
    matplotlib.rcParams.update(RC)
    own_fonts()


def color(country: str) -> str:
    """Return the colour of a country."""
    return COUNTRY.get(country, OTHER)


def head(figure: Figure, title: str, unit: str) -> None:
    """Write the finding above a chart, and below it in grey what is measured, in which unit."""
    inch = 1 / figure.get_figheight()
    quiet = textwrap.fill(unit, int(figure.get_figwidth() * 14.5))
    loud = textwrap.fill(title, int(figure.get_figwidth() * 10.8))
    at = 1 + 0.10 * inch
    if quiet:
        figure.text(0, at, quiet, fontsize=8.5, color=OTHER, ha="left", va="bottom", linespacing=1.25)
        at += (0.155 * (quiet.count("\n") + 1) + 0.07) * inch
    figure.text(0, at, loud, fontsize=11, fontweight="bold", color=INK, ha="left", va="bottom", linespacing=1.2)


def article(axes: Axes, at: float = 0.98, words: str = "the article,\nJanuary 2013", side: str = "left",
            when: float = WRITTEN) -> None:
    """Draw the article as one dark dashed line in a chart over years, or over days if `when` is one, named in
    words at a height of the axes, to the left or the right of it."""
    axes.axvline(when, color=INK, linewidth=1, linestyle=(0, (4, 3)), zorder=1.5)
    shift, flush = ((-4, 0), "right") if side == "left" else ((4, 0), "left")
    say(axes, words, (when, at), shift, xycoords=("data", "axes fraction"), ha=flush, va="top", fontsize=8, color=INK,
        linespacing=1.2)


def say(axes: Axes, words: str, at: tuple[Any, Any], shift: tuple[float, float] = (0, 0), **look: Any) -> None:
    """Write words beside a place of a chart, so many points from it."""
    axes.annotate(words, at, xytext=shift, textcoords="offset points", **look)


def hatched(color: str, strokes: int = 4) -> dict[str, Any]:
    """Return how a bar looks whose length is not certain."""
    return {"facecolor": "white", "edgecolor": color, "hatch": "/" * strokes, "linewidth": 0.8}


def sheet(width: float, height: float, xlim: tuple[float, float], ylim: tuple[float, float]) -> tuple[Figure, Axes]:
    """Return a figure of some inches with bare axes over all of it."""
    from matplotlib import pyplot

    canvas = pyplot.figure(figsize=(width, height))
    axes = canvas.add_axes((0, 0, 1, 1))
    axes.set(xlim=xlim, ylim=ylim)
    axes.axis("off")
    return canvas, axes


def grid(axes: Axes, axis: str = "y") -> None:
    """Draw faint lines behind the marks, in the place of the spine along which they are read."""
    axes.grid(axis=axis, color=FAINT, linewidth=0.6)  # type: ignore[arg-type]
    axes.set_axisbelow(True)
    axes.spines["left" if axis == "y" else "bottom"].set_visible(False)
    axes.tick_params(length=0)


def curled(words: str) -> str:
    """Return words with their apostrophes and quotation marks as prose has them."""
    return re.sub('"([^"]*)"', "\N{LEFT DOUBLE QUOTATION MARK}\\1\N{RIGHT DOUBLE QUOTATION MARK}",
                  words.replace("'", "\N{RIGHT SINGLE QUOTATION MARK}"))


def curl(figure: Figure) -> None:
    """Curl what is written in a figure, names of ticks too, which an axis keeps for itself."""
    for axis in (axis for axes in figure.axes for axis in (axes.xaxis, axes.yaxis)):
        named = [label.get_text() for label in axis.get_ticklabels()]
        if (curly := [curled(words) for words in named]) != named:
            axis.set_ticklabels(curly)
    for text in figure.findobj(Text):
        text.set_text(curled(text.get_text()))


def interrupt(figure: Figure) -> None:
    """Break each line that runs up through an axes, such as the article's, where it would strike through words."""
    lines = [(axes, line) for axes in figure.axes for line in uprights(axes)]
    if lines:
        figure.draw_without_rendering()  # the layout moves axes and words until then
    for axes, line in lines:
        ends, start = [], 0.0
        for low, high in [*sorted(crossed(axes, line)), (1.0, 1.0)]:
            ends += [start, low, np.nan] if low > start else []
            start = max(start, high)
        line.set_data([_place(line)] * (len(ends) - 1), ends[:-1])


def uprights(axes: Axes) -> list[Line2D]:
    """Return the lines at one place of the x-axis that run over the whole height of the axes."""
    return [line for line in axes.lines if line.get_transform() is axes.get_xaxis_transform()]


def _place(line: Line2D) -> float:
    return np.asarray(line.get_xdata())[0]


def crossed(axes: Axes, line: Line2D) -> list[tuple[float, float]]:
    """Return where an upright line of a figure that is laid out meets words, as heights of the axes from the bottom."""
    at = axes.transData.transform((_place(line), 0))[0]
    found: list[tuple[float, float]] = []
    for text in (one for one in axes.texts if one.get_text()):
        corners = _corners(text)
        met = [a + (b - a) * (at - a[0]) / (b[0] - a[0])
               for a, b in zip(corners, np.roll(corners, 1, axis=0), strict=True) if (a[0] - at) * (b[0] - at) < 0]
        if met:
            found.append(tuple(sorted(axes.transAxes.inverted().transform(met)[:, 1])))
    return found


def _corners(text: Text) -> np.ndarray:
    """Return the corners of some words, in order and with a little room around them, in pixels."""
    turn = text.get_rotation() if text.get_rotation_mode() == "anchor" else 0
    text.set_rotation(text.get_rotation() - turn)
    box = Text.get_window_extent(text)  # an annotation's own holds its arrow too
    text.set_rotation(text.get_rotation() + turn)
    x, y = text.get_transform().transform(text.get_unitless_position())
    return Affine2D().rotate_deg_around(x, y, turn).transform(box.padded(1.5).corners()[[0, 1, 3, 2]])
