"""Claims as tiles: a row for each thing that they belong to, each with its number and the sign of its verdict."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field

from matplotlib.figure import Figure

from ..verdicts import wording
from . import style

TILE, STEP, WIDEST = 0.245, 0.272, 0.36
"""Side of a tile and distance to the next, in inches; and the distance where the words leave room."""
LETTER = 0.064
"""Width of a letter of the words, in inches."""
MOST = 11
"""Tiles in a row, at most."""
LEAD = 1.5
"""How many steps the first tile stands from the one that leads its row."""


@dataclass(frozen=True)
class Tile:
    """One claim: its number, its verdict, and whether it is drawn hollow."""

    claim_id: str
    verdict: str
    hollow: bool = False


@dataclass(frozen=True)
class Row:
    """A row of tiles with its words; `lead` stands before them."""

    words: str
    tiles: Sequence[Tile] = field(default_factory=tuple)
    lead: Tile | None = None


def places(rows: Sequence[Row]) -> list[tuple[Tile, float, int]]:
    """Return each tile with its place: x in steps, y in lines. A row longer than MOST goes on in the next line."""
    found, line = [], 0
    for row in rows:
        if row.lead:
            found.append((row.lead, 0.0, line))
        start = LEAD if row.lead else 0.0
        found += [(tile, start + at % MOST, line + at // MOST) for at, tile in enumerate(row.tiles)]
        line += 1 + (len(row.tiles) - 1) // MOST
    return found


def draw(rows: Sequence[Row], width: float) -> Figure:
    """Return the rows, their words to the left of the tiles or, where it is narrow, above them."""
    placed, wide = places(rows), width > 5
    lines = 1 + max(y for _, _, y in placed)
    columns = max(x for _, x, _ in placed) + 1
    left = min(width - STEP * columns, LETTER * max(len(row.words) for row in rows) + 0.2) if wide else 0.0
    step = min(WIDEST, (width - left) / columns) if wide else STEP
    side = TILE * step / STEP
    pitch = side + 0.07 if wide else 0.49
    top, bottom = (-0.5, lines - 0.5) if wide else (-0.6, lines - 0.7)
    ends = (-0.5 - left / step, -0.5 + (width - left) / step)
    canvas, axes = style.sheet(width, pitch * (bottom - top), ends, (bottom, top))
    line = 0
    for row in rows:
        if wide:
            words = textwrap.fill(row.words, int(left * 15.5))
            axes.text(-0.65, line, words, fontsize=8.5, ha="right", va="center", linespacing=1.1)
        else:
            axes.text(-0.45, line - (TILE / 2 + 0.03) / pitch, row.words, fontsize=8.5, ha="left", va="bottom")
        if row.lead:
            axes.text(LEAD / 2, line, "\N{LEFTWARDS ARROW}", fontsize=9, color=style.OTHER, ha="center", va="center")
        line += 1 + (len(row.tiles) - 1) // MOST
    for tile, x, y in placed:
        color = wording.COLOR[tile.verdict]
        face, ink = ("white", color) if tile.hollow else (color, "white")
        axes.plot(x, y, "s", markersize=side * 72, markerfacecolor=face, markeredgecolor=color, markeredgewidth=1.2)
        words = f"{wording.SIGN[tile.verdict]}{tile.claim_id[1:]}"
        axes.text(x, y, words, fontsize=8, fontweight="bold", color=ink, ha="center", va="center")
    return canvas
