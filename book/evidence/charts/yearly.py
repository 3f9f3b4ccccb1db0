"""Parts of charts by year: a year is the stretch of the axis from its first day to its last, so what
was counted over it stands in its middle, and the article at its own day."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from . import style

BAR = 0.8
"""The width of a bar, in years."""


def middle(year: pd.Series | float) -> Any:
    """Return the middle of a year on the axis."""
    return year + 0.5


def axis(axes: Axes, start: int, end: int, width: float, every: int = 4) -> None:
    """Let an axis run from the first year to the last, with fewer of them named where it is narrow."""
    step = every if width > 5 else every + 2
    named = range(end - (end - start) // step * step, end + 1, step)
    axes.set(xlim=(start - 0.1, end + 1.1), xticks=[middle(year) for year in named],
             xticklabels=[f"{year}" for year in named])


def line(axes: Axes, year: pd.Series, value: pd.Series, **look: Any) -> None:
    """Draw a line with a mark at each year; it breaks at a year without a value."""
    known = pd.Series(value.to_numpy(), index=year.astype(int)).reindex(
        range(int(year.min()), int(year.max()) + 1), fill_value=np.nan)
    look = {"linewidth": 1.8, "marker": "o", "markersize": 2.6, **look}
    axes.plot(middle(known.index.to_numpy()), known.to_numpy(), **look)


def bars(axes: Axes, year: pd.Series, value: pd.Series, **look: Any) -> None:
    """Draw a bar at each year."""
    axes.bar(middle(year), value, width=BAR, **look)


def name(axes: Axes, words: str, year: float, value: float, color: str, shift: tuple[float, float] = (0, 0),
         **look: Any) -> None:
    """Write the name of a line or bar beside it, in its colour."""
    look = {"fontsize": 8.5, "fontweight": "bold", "ha": "left", "va": "center", **look}
    style.say(axes, words, (middle(year), value), shift, color=color, **look)


def frame(axes: Axes, start: int, end: int, width: float, every: int = 4, **limits: Any) -> None:
    """Let the axes run from the first year to the last, with some limits and ticks of values, and leave nothing of
    their frame but the line that the years stand on."""
    axis(axes, start, end, width, every)
    axes.set(**limits)
    style.grid(axes)
    axes.tick_params(axis="x", length=2)
