"""What is drawn of the charts of thesis: marks, then numbers of labels, caption and alt text, from the rows offered."""

from drawings.read import plain, points, where


def thesis_paradox(table):
    marks = points((100 * row[side], -place) for place, row in enumerate(table) for side in ("china", "russia", "west") if row[side] != "")
    trade, arms = where(table, tie="All trade")[0], where(table, tie="Arms imports")[0]
    caption = [f"{trade['china']:.0%}", "2012", f"{arms['china']:.0%}", "2012", f"{trade['russia']:.0%}", f"{arms['russia']:.0%}"]
    alt = []
    for row in table:
        alt += [plain(row["years"]), *(f"{row[side]:.0%}" for side in ("china", "russia", "west") if row[side] != "")]
    return marks, [f"{100 * row['china']:.0f}" for row in table], caption, alt


EXPECTED = {
    "thesis-paradox": thesis_paradox,
}
ALTERED = {
    "thesis-paradox": ["china", "russia", "west"],
}
"""The columns that a reader sees drawn."""
