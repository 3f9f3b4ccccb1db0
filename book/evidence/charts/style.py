"""How figures look: one set of matplotlib settings, and colours that survive grey print and
colour blindness: Okabe and Ito's (2008) blue and vermilion, the latter darker, so that small
text in it has a contrast of 4.5 (WCAG 2.2) on white and on land."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import matplotlib

ACCENT = "#0072B2"
"""The subject of a figure."""
CLAIM = "#B84C00"
"""What the article says."""
CONTEXT = "#666666"
"""Everything else."""
FAINT = "#D9D9D9"
"""Rules and land."""
INK = "#222222"
"""Text."""

WIDTH = 6.4
"""Figure width in inches: the text column of the page and of the PDF."""

RC: dict[Any, Any] = {
    "figure.facecolor": "white",
    "savefig.facecolor": "white",
    "font.family": "DejaVu Sans",
    "font.size": 9,
    "text.color": INK,
    "axes.edgecolor": CONTEXT,
    "axes.labelcolor": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlelocation": "left",
    "axes.titlesize": 9,
    "xtick.color": INK,
    "ytick.color": INK,
    "timezone": "UTC",
    "svg.fonttype": "path",
    "svg.hashsalt": "kazakh-chinese-exchanges",
}
"""Settings of every figure. Glyphs are paths, so that a figure looks the same everywhere."""


def own_fonts() -> None:
    """Let matplotlib know only the DejaVu fonts it brings.

    A system's copy of the same font goes first otherwise, and another version of it draws other glyphs.
    """
    from matplotlib import font_manager

    font_manager.fontManager.ttflist = []
    for font in sorted(Path(matplotlib.get_data_path(), "fonts", "ttf").glob("DejaVuSans*.ttf")):
        font_manager.fontManager.addfont(font)


def use() -> None:
    """Apply the settings and fonts; figures are drawn to files, whatever a notebook has set."""
    matplotlib.use("svg")
    matplotlib.rcdefaults()  # a reader's own matplotlibrc would change the figures
    matplotlib.rcParams.update(RC)
    own_fonts()
