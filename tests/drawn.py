"""The rows that each chart draws: those that its notebook stores, or, where the chart makes them itself, made anew."""

import io
from functools import cache

import pandas as pd
from evidence import paths, tables
from evidence.charts import all_charts
from evidence.publish import provenance


@cache
def stored():
    """Return the rows of each chart as the notebooks store them, by name."""
    return {
        exhibit["name"]: pd.read_csv(io.StringIO(data["text/csv"]), keep_default_na=False, na_values=[""])
        for path in sorted(paths.BOOK.glob("*.ipynb"))
        for exhibit, data in provenance.outputs(path)
        if exhibit["kind"] == "figure"
    }


@cache
def rows(name):
    """Return the rows of a chart."""
    frame = all_charts()[name].frame
    return frame(tables.load()) if frame else stored()[name]
