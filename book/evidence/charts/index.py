"""Charts of the front page: what is said and shown, who holds the records, the article from top to bottom."""

import pandas as pd
from matplotlib import pyplot
from matplotlib.figure import Figure

from ..verdicts import wording
from . import Chart, style, tiles, where

# -- says and shows


def draw(rows: pd.DataFrame, width: float = style.WIDTH) -> Figure:
    """Return a table drawn as a chart: one claim to a line, both numbers and the verdict."""
    return _wide(rows, width) if width > 5 else _narrow(rows, width)


def _wide(rows: pd.DataFrame, width: float) -> Figure:
    """Return one line to a claim."""
    canvas, axes = style.sheet(width, 0.27 * (len(rows) + 1), (0, 1), (len(rows) - 0.5, -1.5))
    columns = ((0, "Claim"), (0.51, "The article says"), (0.69, "The evidence shows"), (1, "Verdict"))
    for x, words in columns:
        axes.text(x, -1, words, fontsize=8.5, color=style.OTHER, va="center", ha="right" if x == 1 else "left")
    for at, row in enumerate(rows.itertuples()):
        axes.axhline(at - 0.5, color=style.FAINT, linewidth=0.6)
        weights = ("normal", "bold", "bold", "bold")
        for (x, _), words, color, weight in zip(columns, _cells(row), _colors(row), weights, strict=True):
            size = 8.5 if x else 8.2
            axes.text(
                x,
                at,
                words,
                fontsize=size,
                color=color,
                va="center",
                fontweight=weight,
                ha="right" if x == 1 else "left",
            )
    return canvas


def _narrow(rows: pd.DataFrame, width: float) -> Figure:
    """Return two lines to a claim."""
    canvas, axes = style.sheet(width, 0.43 * len(rows), (0, 1), (len(rows) - 0.5, -0.5))
    for at, row in enumerate(rows.itertuples()):
        text, says, shows, verdict = _cells(row)
        axes.axhline(at - 0.5, color=style.FAINT, linewidth=0.6)
        axes.text(0, at - 0.21, text, fontsize=8.5, va="center")
        axes.text(
            0,
            at + 0.2,
            f"{says} \N{RIGHTWARDS ARROW} {shows}",
            fontsize=8.5,
            va="center",
            fontweight="bold",
            color=_colors(row)[2],
        )
        axes.text(1, at + 0.2, verdict, fontsize=8.5, va="center", ha="right", color=_colors(row)[3], fontweight="bold")
    return canvas


def _cells(row) -> tuple[str, str, str, str]:
    quoted = f"\N{LEFT DOUBLE QUOTATION MARK}{row.says}\N{RIGHT DOUBLE QUOTATION MARK}"
    return (
        f"{row.claim_id}  {row.text[0].upper()}{row.text[1:]}",
        quoted,
        row.shows,
        f"{wording.SIGN[row.verdict]} {wording.VERDICT[row.verdict]}",
    )


def _colors(row) -> tuple[str, str, str, str]:
    """Return the colours of one line: what the evidence shows is red where it contradicts."""
    color = wording.COLOR[row.verdict]
    return style.INK, style.INK, color if row.verdict == "contradicted" else style.INK, color


def says_shows_words(rows: pd.DataFrame) -> tuple[str, str]:
    """Return the finding, and the chart in words."""
    named = rows["verdict"].value_counts()
    finding = (
        f"Of {len(rows)} words for a quantity that a record could test, {named.get('supported', 0)} hold in the "
        f"kindest reading and nearly every other, {named.get('qualified', 0)} in the kindest reading but too few "
        f"others, {named.get('unresolved', 0)} cannot be settled and {named.get('contradicted', 0)} does not fit "
        "its place."
    )
    lines = [
        f"{row.claim_id}, {row.text}: says {row.says}, evidence shows {row.shows}, {row.verdict}"
        for row in rows.itertuples()
    ]
    return finding, f"Table drawn as a chart, one line for each claim that states a quantity. {'; '.join(lines)}."


SAYS_SHOWS = Chart(
    "index-says-shows",
    draw,
    says_shows_words,
    "The ledger, and the main reading of each claim; sources are on its sheet.",
    title="One number does not fit, some cannot be settled, the rest hold",
    unit="The article's word for a quantity, and the number in the evidence",
)


# -- who holds the record


def draw_records(rows: pd.DataFrame, width: float = style.WIDTH) -> Figure:
    """Return a bar for each kind of record, in parts by verdict."""
    canvas, axes = pyplot.subplots(figsize=(width, 2.5))
    canvas.subplots_adjust(0, 0, 1, 1)
    totals = rows.groupby("record", sort=False)["claims"].sum()
    end = totals.max()
    for at, (record, total) in enumerate(totals.items()):
        axes.text(0, at - 0.3, f"{record}: {total} claims", va="bottom", **style.BOLD)
        start = 0
        for row in where(rows, record=record).itertuples():
            color = wording.COLOR[row.verdict]
            axes.barh(at, row.claims, left=start, height=0.42, color=color, edgecolor="white", linewidth=1.5)
            axes.text(start + row.claims / 2, at, f"{row.claims}", color="white", ha="center", va="center",
                      **style.BOLD)
            words = f"{wording.SIGN[row.verdict]} {wording.VERDICT[row.verdict]}"
            last = width * (1 - start / end) < 0.06 * len(words)  # it would run over the edge
            axes.text(
                end if last else start,
                at + 0.24,
                words,
                fontsize=8,
                color=color,
                fontweight="bold",
                ha="right" if last else "left",
                va="top",
            )
            start += row.claims
    axes.set(xlim=(0, end), ylim=(len(totals) - 0.45, -0.6))
    axes.axis("off")
    return canvas


def _counted(rows: pd.DataFrame, record: str, *verdicts: str) -> int:
    """Return how many claims of a kind of record have some verdicts."""
    return int(where(rows[rows["verdict"].isin(verdicts)], record=record)["claims"].sum())


def records_words(rows: pd.DataFrame) -> tuple[str, str]:
    """Return the finding, and the chart in words."""
    others, armies, none = rows["record"].unique()
    total = rows.groupby("record")["claims"].sum()
    finding = (
        f"Of {total[others]} claims that statistics, treaties or maps could decide, "
        f"{_counted(rows, others, 'unresolved', 'untestable') or 'none'} are without an answer. "
        f"Of {total[armies]} that only armies and ministries could, "
        f"{_counted(rows, armies, 'unresolved', 'untestable')} are. For {total[none]} claims, on causes, "
        f"motives and what \N{LEFT DOUBLE QUOTATION MARK}could\N{RIGHT DOUBLE QUOTATION MARK} happen, "
        "nobody keeps a record."
    )
    lines = [
        f"{record}: " + ", ".join(f"{row.claims} {row.verdict}" for row in part.itertuples())
        for record, part in rows.groupby("record", sort=False)
    ]
    return finding, f"Stacked bars of claims by verdict. {'; '.join(lines)}."


RECORDS = Chart(
    "index-records",
    draw_records,
    records_words,
    "The ledger, and the judgements of the book; forecasts as they stand since.",
    title="What others record can be settled; what armies count, less",
    unit="Claims by who holds the record that would decide them, and by verdict",
)


# -- the article from top to bottom


def draw_paragraphs(rows: pd.DataFrame, width: float = style.WIDTH) -> Figure:
    """Return every claim as a tile, a row for each paragraph with its claims in reading order."""
    found, before = [], ""
    for paragraph, part in rows.groupby("paragraph", sort=True):
        section = part["section"].iloc[0]
        words = f"{section.capitalize()}, paragraph {paragraph}" if section != before else f"{paragraph}"
        before = section
        found.append(tiles.Row(words, [tiles.Tile(row.claim_id, row.verdict) for row in part.itertuples()]))
    return tiles.draw(found, width)


def paragraphs_words(rows: pd.DataFrame) -> tuple[str, str]:
    """Return the finding, and the chart in words."""
    held = rows["verdict"].isin(["supported", "qualified"])
    share = held.groupby(rows["section"]).mean()
    finding = (
        f"Each tile is one of {len(rows)} claims, in the order of the article. Supported or qualified are "
        f"{share['background']:.0%} of those in its background and {share['implications']:.0%} of those in its "
        "implications. Forecasts have the verdict that they earned since."
    )
    lines = [
        f"paragraph {paragraph}: " + ", ".join(f"{row.claim_id} {row.verdict}" for row in part.itertuples())
        for paragraph, part in rows.groupby("paragraph", sort=True)
    ]
    return finding, f"Tiles, one for each claim, in rows by paragraph of the article. {'; '.join(lines)}."


PARAGRAPHS = Chart(
    "index-paragraphs",
    draw_paragraphs,
    paragraphs_words,
    "The ledger, and the judgements of the book.",
    title="Most of the unresolved stands in the background",
    unit="Claims in reading order: \N{CHECK MARK} supported, \N{ALMOST EQUAL TO} qualified, "
    "\N{MULTIPLICATION SIGN} contradicted, ? unresolved, \N{EN DASH} untestable",
)
