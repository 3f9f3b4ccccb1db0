"""Figures: for each a pure frame (the rows drawn), a drawing of it, a caption and an alt text.

One module per chapter. A figure is found by its name, `chapter-subject`; its rows are published
as data/<name>.csv.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

import pandas as pd
from matplotlib.figure import Figure as Canvas

from ..tables import Tables, load


@dataclass(frozen=True)
class Figure:
    """A figure of the book.

    `frame(tables)` returns the rows drawn; `draw(frame)` a matplotlib figure; `caption(frame)`
    the finding in one sentence; `alt(frame)` chart type, what it shows and the numbers that
    matter; `credit` names producer, dataset, release and our processing; `claims` are the
    claims it bears on. `narrow(frame)` draws it again for a phone, where the wide drawing would
    be too small to read.
    """

    name: str
    frame: Callable[[Tables], pd.DataFrame]
    draw: Callable[[pd.DataFrame], Canvas]
    caption: Callable[[pd.DataFrame], str]
    alt: Callable[[pd.DataFrame], str]
    credit: str
    claims: tuple[str, ...] = ()
    narrow: Callable[[pd.DataFrame], Canvas] | None = None


@cache
def all_figures() -> dict[str, Figure]:
    """Return every figure by name; raise ValueError if two share one, or one is no plain file name."""
    found: dict[str, Figure] = {}
    for module in sorted(m.name for m in iter_modules(__path__)):
        for figure in vars(import_module(f"{__name__}.{module}")).values():
            if isinstance(figure, Figure):
                if not re.fullmatch(r"[a-z0-9-]+", figure.name):
                    raise ValueError(f"a figure is called {figure.name!r}: expected lower-case letters, digits and hyphens")
                if figure.name in found:
                    raise ValueError(f"two figures are called {figure.name}")
                found[figure.name] = figure
    return found


def years(values: pd.Series) -> str:
    """Return the first and last year of some years or ISO dates: "2003 to 2024"."""
    return f"{str(values.min())[:4]} to {str(values.max())[:4]}"


def of_claim(claim_id: str) -> list[str]:
    """Return the names of the figures that bear on a claim."""
    return [name for name, figure in all_figures().items() if claim_id in figure.claims]


@cache
def rows(name: str) -> pd.DataFrame:
    """Return the rows that a figure draws, from the book's own tables; made once."""
    return all_figures()[name].frame(load())


def show(name: str) -> None:
    """Draw a figure in a notebook."""
    from matplotlib import pyplot

    figure = all_figures()[name]
    canvas = figure.draw(rows(name))
    pyplot.show()
    pyplot.close(canvas)
