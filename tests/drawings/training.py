"""What is drawn of the charts of training: marks, then numbers of labels, caption and alt text, from the rows offered."""

import pytest
from drawings.read import at, bar, points


def training_numbers(table):
    marks = [bar(0, place - 0.275, row["persons"], place + 0.275) for place, row in enumerate(table)]
    found = [f"{row['persons']:,.0f}" for row in table]
    caption = [f"{at(table, 'persons', training_id=key):.0f}" for key in ("KZ-RU-2013", "KZ-CN-2003")]
    return marks, found, ["2013", *caption, "2012"], [part for row, said in zip(table, found, strict=True) for part in (row["label"], said)]


def training_windows(table):
    marks, rates = points(p for row in table for p in ((row["start"], 0), (row["end"] + 1, row["persons"]))), []
    for row in table:
        assert row["per_year"] == pytest.approx(row["persons"] / (row["end"] - row["start"] + 1))
        rates.append(f"{row['per_year']:.0f}")
    article, sibling = table
    caption = [f"{row['persons']:.0f} {row['start']:.0f} {row['per_year']:.0f}" for row in (sibling, article)]
    alt = [f"{article['persons']:.0f} {article['start']:.0f} {article['end'] + 1:.0f}", rates[0],
           f"{sibling['persons']:.0f} {sibling['start']:.0f}", rates[1]]
    return marks, rates, caption, alt


EXPECTED = {
    "training-numbers": training_numbers,
    "training-windows": training_windows,
}
ALTERED = {
    "training-numbers": ["persons"],
    "training-windows": ["start", "end", "persons", "per_year"],
}
"""The columns that a reader sees drawn."""
