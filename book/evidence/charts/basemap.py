"""The map under the maps: Natural Earth outlines and a frame of longitudes and latitudes."""

import json
import math
from functools import cache

from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.path import Path
from matplotlib.transforms import Bbox

from .. import paths
from ..tables import resource
from . import style

MARGIN = 1
"""Degrees beyond the frame to which outlines are kept: where they are cut is out of sight, and so is the cut."""


@cache
def outlines() -> list[list[tuple[float, float]]]:
    """Return the outer ring of every polygon as (longitude, latitude) pairs."""
    features = json.loads((paths.DATA / resource("basemap")["path"]).read_text("utf-8"))["features"]
    rings = []
    for feature in features:
        shape = feature["geometry"]
        polygons = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
        rings += [[tuple(point) for point in polygon[0]] for polygon in polygons]
    return rings


def draw(axes: Axes, west: float, east: float, south: float, north: float) -> None:
    """Draw land and borders into `axes`, cut to a frame in degrees, true to scale at its middle."""
    frame = Bbox.from_extents(west, south, east, north).padded(MARGIN)
    seen = []
    for ring in outlines():
        near = Path(ring, closed=True).clip_to_bbox(frame)
        near.should_simplify = False  # that is done when it is drawn, in pixels and not in degrees
        seen += near.to_polygons()
    axes.add_collection(PolyCollection(seen, facecolor="#F3F1EC", edgecolor="#B5B0A5", linewidth=0.5, zorder=0))
    axes.set(xlim=(west, east), ylim=(south, north), xticks=[], yticks=[], facecolor="#E3EBF0")
    axes.set_aspect(1 / math.cos(math.radians((south + north) / 2)))
    for spine in axes.spines.values():
        spine.set(visible=True, color=style.FAINT)
