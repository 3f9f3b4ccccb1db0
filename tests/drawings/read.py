"""Read back what a chart drew, and the rows offered for it."""

import csv
import io
import math
import re
from collections import Counter
from datetime import date

from drawn import rows
from matplotlib import colors
from matplotlib.collections import PatchCollection, PathCollection
from matplotlib.patches import Rectangle

EPOCH = date(1970, 1, 1)


def offered(name):
    """Return the rows of a figure as its CSV has them; a cell that reads as a number is one."""
    def cell(text):
        try:
            return float(text)
        except ValueError:
            return text

    lines = io.StringIO(rows(name).to_csv(index=False, lineterminator="\n"))
    return [{key: cell(text) for key, text in row.items()} for row in csv.DictReader(lines)]


def numbers(*parts):
    """Return the numbers of some texts, in order, without names of claims and aircraft."""
    text = " ".join(map(str, parts))
    return re.findall(r"(?<![\w-])\d[\d,]*(?:\.\d+)?%?", re.sub(r"\bC\d+\b", "", text).replace(", ", " , "))


def near(*values):
    """Return coordinates rounded so that they compare."""
    return tuple(round(float(v), 6) + 0.0 for v in values)


def drawn(canvas):
    """Return every mark in the coordinates of its data: (panel, kind, hollow, coordinates), counted.

    Lines across a panel (axvline and its like) belong to the axes, not to the data.
    """
    found = Counter()
    for panel, axes in enumerate(canvas.axes):
        for line in (one for one in axes.lines if one.get_transform() == axes.transData):
            hollow = colors.same_color(line.get_markerfacecolor(), "white")
            found.update((panel, "point", hollow, near(x, y)) for x, y in line.get_xydata() if not math.isnan(y))
        for bar in (p for p in axes.patches if isinstance(p, Rectangle) and p.get_data_transform() == axes.transData):
            hollow = colors.same_color(bar.get_facecolor(), "white")
            found[panel, "bar", hollow,
                  near(bar.get_x(), bar.get_y(), bar.get_x() + bar.get_width(), bar.get_y() + bar.get_height())] += 1
        for tiles in (c for c in axes.collections if isinstance(c, PatchCollection)):
            for path, color in zip(tiles.get_paths(), tiles.get_facecolors(), strict=True):
                found[panel, "bar", colors.same_color(color, "white"), near(*path.get_extents().extents)] += 1
        for dots in (c for c in axes.collections if isinstance(c, PathCollection)):
            sizes = list(dots.get_sizes())
            found.update((panel, "dot", False, near(x, y, size))
                         for (x, y), size in zip(dots.get_offsets(), sizes, strict=True))
    return found


def labels(canvas):
    """Return the numbers written among the marks."""
    return sorted(numbers(*(text.get_text() for axes in canvas.axes for text in axes.texts)))


def points(pairs, panel=0, hollow=False):
    """Return marks for points (x, y)."""
    return [(panel, "point", hollow, near(*pair)) for pair in pairs]


def bar(x, y, to_x, to_y, panel=0, hollow=False):
    """Return the mark of a bar by its corners."""
    return (panel, "bar", hollow, near(x, y, to_x, to_y))


def day(text):
    """Return an ISO date as matplotlib counts days."""
    return (date.fromisoformat(text) - EPOCH).days


def long(text):
    """Return the day and the year of an ISO date."""
    return f"{int(text[8:])} {text[:4]}"


def where(table, **wanted):
    """Return the rows with these values."""
    return [row for row in table if all(row[key] == value for key, value in wanted.items())]


def at(table, column, **wanted):
    """Return the value of the only row with these values."""
    (row,) = where(table, **wanted)
    return row[column]


def plain(cell):
    """Return a cell as a reader sees it: 2008, not 2008.0."""
    return cell if isinstance(cell, str) else f"{cell:.0f}"


def tile_places(lengths, lead=0, most=11):
    """Return the places (x, y) of the tiles of each row; a row of more than `most` goes on in the next line."""
    found, line = [], 0
    for length in lengths:
        found.append([(lead + place % most, line + place // most) for place in range(length)])
        line += 1 + (length - 1) // most
    return found
