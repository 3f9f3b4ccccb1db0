"""The rows that each chart draws, as its notebook stores them."""

import io
from functools import cache

import pandas as pd
from evidence import paths
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


def rows(name):
    """Return the rows of a chart; raise KeyError if no notebook shows it."""
    return stored()[name]
