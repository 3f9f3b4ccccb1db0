"""Each figure's marks, the rows offered for it, and the numbers in its labels, caption and alt text
are the same data: what is drawn is read back from the axes, what is offered from the CSV, and every
number is computed again from that CSV."""

import math
import re
import shutil
from collections import Counter
from dataclasses import replace
from functools import cache
from importlib import import_module
from itertools import pairwise

import matplotlib
import pytest
from drawings.read import drawn, labels, numbers, offered
from drawn import rows
from evidence import charts, ledger, paths, tables
from evidence.charts import all_charts, economy, exercises, reach, style
from evidence.measures import russia
from evidence.publish import provenance
from matplotlib import font_manager, pyplot
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.path import Path

matplotlib.use("agg")
FIGURES = all_charts()
CHAPTERS = [import_module(f"drawings.{name}") for name in ("index", *ledger.REPORT)]
EXPECTED = {name: read for chapter in CHAPTERS for name, read in chapter.EXPECTED.items()}
ALTERED = {name: columns for chapter in CHAPTERS for name, columns in chapter.ALTERED.items()}


@cache
def expected(name):
    """Return what a figure's CSV says: its marks, and the numbers of labels, caption and alt text."""
    marks, *texts = EXPECTED[name](offered(name))
    return Counter(marks), *(numbers(*text) for text in texts)


def check_marks(name, draw=None):
    """Raise AssertionError where a figure's marks or labels differ from its CSV; another drawing
    function may stand in for its own."""
    marks, written, _, _ = expected(name)
    canvas = (draw or FIGURES[name].draw)(rows(name))
    try:
        assert drawn(canvas) == marks, "marks"
        assert labels(canvas) == sorted(written), "labels"
    finally:
        pyplot.close(canvas)


def check_words(name, part, text=None):
    """Raise AssertionError where the numbers of a figure's caption or alt text differ from its CSV,
    or where those of another text do."""
    wanted = expected(name)[{"caption": 2, "alt": 3}[part]]
    assert numbers(text or getattr(FIGURES[name], part)(rows(name))) == wanted, part


def test_every_figure_is_checked():
    assert set(EXPECTED) == set(FIGURES), (
        "EXPECTED has a function for each figure, that tells what is drawn of its rows, and ALTERED its columns")
    assert all(figure.words.__name__.endswith("_words") for figure in FIGURES.values()), "checks/prose.py asks for it"


@pytest.mark.parametrize("name", FIGURES)
def test_marks_rows_and_words_are_the_same_data(name):
    check_marks(name)
    check_words(name, "caption")
    check_words(name, "alt")


def caught(name, draw):
    """Return whether a figure fails its check under another drawing function, or that function
    fails by itself."""
    try:
        check_marks(name, draw)
    except (AssertionError, LookupError, ValueError):
        return True
    return False


@pytest.mark.parametrize("name", FIGURES)
def test_a_row_that_is_not_drawn_is_caught(name):
    assert caught(name, lambda frame: FIGURES[name].draw(frame.drop(index=frame.index[len(frame) // 2])))


def later(text):
    """Return an ISO date a month later."""
    return text[:5] + f"{int(text[5:7]) % 12 + 1:02d}" + text[7:]


OTHER = {
    "yes": "no", "no": "yes", "pass": "fail", "fail": "pass", "open": "pass",
    "alone": "at a wider meeting", "both took part": "not both", "not both": "not known",
}


def altered(frame, column):
    """Return rows with one cell of a column changed: the last that holds a value."""
    frame = frame.copy()
    place = frame.index[frame[column].map(lambda v: v == v and v not in ("", math.inf) and v in OTHER
                                          if column in ("setting", "lane") else v == v)][-1]
    value = frame.at[place, column]
    if isinstance(value, str):
        value = OTHER.get(value) or (later(value) if re.fullmatch(r"[\d-]{10}", value) else "no")
    elif frame[column].dtype == bool:
        value = not value
    else:
        value = type(value)(1.25 * value + 1) if not math.isinf(value) else 3.0
    frame.at[place, column] = value
    return frame


@pytest.mark.parametrize(("name", "column"),
                         [(name, column) for name, columns in ALTERED.items() for column in columns])
def test_a_value_drawn_wrong_is_caught(name, column):
    assert caught(name, lambda frame: FIGURES[name].draw(altered(frame, column)))


@pytest.mark.parametrize("name", FIGURES)
@pytest.mark.parametrize("part", ["caption", "alt"])
def test_any_other_number_in_words_is_caught(name, part):
    text = getattr(FIGURES[name], part)(rows(name))
    places = [m.start() for m in re.finditer(r"(?<![\w-])\d", re.sub(r"\bC\d+\b", lambda m: "C" * len(m[0]), text))]
    for place in places:
        spoilt = text[:place] + str((int(text[place]) + 1) % 10) + text[place + 1 :]
        with pytest.raises(AssertionError, match=part):
            check_words(name, part, spoilt)
    with pytest.raises(AssertionError, match=part):
        check_words(name, part, text + " About 17.")


NARROW = [name for name, figure in FIGURES.items() if figure.title]


@pytest.mark.parametrize("name", NARROW)
def test_the_drawing_for_a_phone_shows_the_same(name):
    narrow = FIGURES[name].draw(rows(name), style.NARROW)
    marks, written, _, _ = expected(name)
    assert drawn(narrow) == Counter(marks) and labels(narrow) == sorted(written)
    assert narrow.get_figwidth() <= style.NARROW < style.WIDTH
    pyplot.close(narrow)


def struck(canvas):
    """Return the words that a line over the whole height of an axes strikes through."""
    texts = [(axes, text) for axes in canvas.axes for text in axes.texts if text.get_text()]
    for _, text in texts:
        text.set_bbox({"pad": 0})  # its outline, turned as the words are
    canvas.draw_without_rendering()
    found = []
    for axes, text in texts:
        box = text.get_bbox_patch()
        outline = box.get_transform().transform_path(box.get_path())
        for line in style.uprights(axes):
            ends = line.get_transform().transform(line.get_xydata())
            found += [text.get_text() for a, b in pairwise(ends) if not math.isnan(a[1] + b[1])
                      and outline.intersects_path(Path([a, b]))]
    pyplot.close(canvas)
    return found


@pytest.mark.parametrize("name", FIGURES)
@pytest.mark.parametrize("width", [style.WIDTH, style.NARROW])
def test_no_line_strikes_through_words(name, width):
    canvas = FIGURES[name].draw(rows(name), width)
    style.interrupt(canvas)
    assert not struck(canvas)


def test_words_that_a_line_strikes_through_are_seen():
    for name, width, words in (("russia-agreements", style.NARROW, "rule written down, 2017"),
                               ("contacts-timeline", style.WIDTH, "Fan Changlong")):  # upright, and turned
        assert words in struck(FIGURES[name].draw(rows(name), width))


def test_a_line_is_whole_where_no_words_are():
    canvas, axes = pyplot.subplots()
    for x in (0.2, 0.5):
        axes.axvline(x)
    axes.text(0.5, 0.5, "words", ha="center", va="center")
    style.interrupt(canvas)
    whole, broken = (line.get_ydata() for line in style.uprights(axes))
    assert list(whole[:2]) == [0, 1]
    assert 0.4 < broken[1] < 0.5 < broken[3] < 0.6 and math.isnan(broken[2]) and broken[4] == 1
    pyplot.close(canvas)


def test_the_last_digits_of_a_layout_change_nothing(monkeypatch):
    """Its solver gives them in one of several ways, as its variables lie in memory."""
    execute = ConstrainedLayoutEngine.execute

    def drawn(by):
        def nudged(engine, canvas):
            execute(engine, canvas)
            for axes in canvas.axes:
                place = axes.get_position(original=True).bounds
                axes._set_position([part + by for part in place], which="original")

        monkeypatch.setattr(ConstrainedLayoutEngine, "execute", nudged)
        with pyplot.rc_context(style.RC):
            canvas, axes = pyplot.subplots(layout="constrained")
            axes.plot([0, 1])
            return charts.svg(canvas)

    assert drawn(0) == drawn(1e-12)
    assert drawn(0) != drawn(1e-4)
    monkeypatch.setattr(charts, "settle", lambda canvas: None)
    assert drawn(0) != drawn(1e-12)  # the control: where its frame is cut is named by all its digits


def straight(svg):
    """Return what is written in a drawing with an apostrophe or a quotation mark that is not curled."""
    return [words for words in re.findall("<!-- (.*?) -->", svg) if re.search("['\"]", words)]


def test_apostrophes_and_quotation_marks_are_curled():
    def draw(*_):
        canvas, axes = pyplot.subplots()
        axes.set(yticks=[0.5], yticklabels=["China's"], title="its partners' figures")
        axes.text(0, 0, 'joint drills "a possibility"')
        return canvas

    chart = replace(FIGURES["reach-map"], draw=draw, title="Russia's", unit="the article's")
    assert len(straight(charts.svg(draw()))) == 3  # the control: the same as matplotlib writes it
    assert not straight(chart.svg(None, style.WIDTH))
    drawings = [text for path in paths.BOOK.glob("*.ipynb") for _, data in provenance.outputs(path)
                for kind, text in data.items() if "svg" in kind]
    assert len(drawings) >= len(FIGURES) and not [words for svg in drawings for words in straight(svg)]


def test_a_label_with_another_number_is_caught():
    def draw(frame):
        canvas = FIGURES["training-numbers"].draw(frame)
        canvas.axes[0].texts[0].set_text("917")
        return canvas

    assert caught("training-numbers", draw)


def test_constants_of_the_figures_are_the_ledgers():
    book = tables.load()
    claims, specs = book["claims"], book["specifications"]
    assert float(claims.at["C73", "stated_low"]) == reach.CLAIMED_MI
    assert float(claims.at["C31", "stated_low"]) == exercises.STATED
    assert economy.FASTEST == float(specs.at["C42.main", "high"]) == float(specs.at["C43.main", "high"])
    bounds = [(1 + side * reach.MARGIN) * reach.CLAIMED_MI for side in (-1, 1)]
    assert bounds == pytest.approx([float(specs.at["C73.main", end]) for end in ("low", "high")])


def test_the_range_of_facilities_is_the_measures():
    counted = russia.facility_count(tables.load(), "Russia")
    assert f"used {counted.low:.0f} to {counted.high:.0f} sites" in FIGURES["russia-facilities"].caption(
        rows("russia-facilities"))


def test_china_leads_in_tajikistan_by_its_last_year_alone():
    found = russia.deliveries(tables.load(), "Tajikistan", 2013, 2025)
    assert russia.by_supplier(found).index[0] == "China"
    assert russia.by_supplier(found[found["year"] < 2025]).index[0] == "Russia"
    assert set(zip(found["year"] == 2025, found["release"], strict=True)) == {
        (False, "February 2026"), (True, "May 2026")}


def test_a_figure_has_a_plain_name_and_no_other_is_shown(monkeypatch):
    monkeypatch.setattr(reach, "MAP", replace(reach.MAP, name="../../../reach-map"))
    with pytest.raises(ValueError, match=r"a chart is called '\.\./\.\./\.\./reach-map'"):
        all_charts.__wrapped__()
    with pytest.raises(KeyError, match="x"):
        rows("../../x")


def test_a_systems_copy_of_the_font_is_not_used(tmp_path):
    bundled = style.FONTS / "Inter-Regular.ttf"
    installed = shutil.copy(bundled, tmp_path)
    manager = font_manager.fontManager
    manager.ttflist = []
    manager.addfont(installed)
    assert font_manager.findfont("Inter") == str(installed)  # the control: what a system with the font does
    style.own_fonts()
    assert font_manager.findfont("Inter") == str(bundled)
    assert font_manager.findfont("Inter:bold").endswith("Inter-Bold.ttf")
