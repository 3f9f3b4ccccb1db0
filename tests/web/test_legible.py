"""Every figure is legible and has the ground of its page: the contrast of the pixels that a reader sees, in light and
dark. What is text on the page, axe looks at.

Contrast is WCAG's ratio of relative luminances, 4.5 for text and 3 for marks. Pages are shot at two
pixels a CSS pixel, so that the stems of letters hold pixels no antialiasing has mixed.
"""

import colorsys
import io

import numpy as np
import pytest
from conftest import HTML, READ
from evidence.charts import style
from evidence.verdicts import wording
from PIL import Image

TEXT, MARK = 4.5, 3.0
SCALE = 2
"""Pixels a CSS pixel."""
LEAST = 0.01
"""The share of an area that a colour fills to count as its ink; antialiasing spreads over
many colours, each with less."""
EDGE = 3
"""How deep the upper edge of a figure is that holds nothing, in CSS pixels; a map covers most of the rest."""
NEAR = 2
"""How far a shown colour may be from the one meant, of 255: a filter rounds."""
WHITE = (255, 255, 255)
PALETTE = {colour: tuple(bytes.fromhex(colour[1:]))
           for colour in {*style.COUNTRY.values(), style.OTHER, style.INK, *wording.COLOR.values()}}
TEXTS = {page: (HTML / page).read_text("utf-8") for page in READ}
SHOWN = [page for page, text in TEXTS.items() if "<figure" in text]
NARROW = "book/index.html"
"""The page with a figure drawn again for phones."""

LABELS = """() => {
  const all = document.querySelector('svg').getBoundingClientRect();
  return [...document.querySelectorAll('g[id^="text_"]')].map(label => label.getBoundingClientRect())\
.filter(box => box.width)
    .map(box => [box.left / all.width, box.top / all.height, box.right / all.width, box.bottom / all.height]);
}"""
FRAME = """image => {
  const style = getComputedStyle(image), [left, top] = [style.paddingLeft, style.paddingTop].map(parseFloat);
  return [left, top, image.clientWidth - 2 * left, image.clientHeight - 2 * top];
}"""


def contrast(one, other):
    """Return the contrast of two sRGB colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    share = np.array([one, other]) / 255
    dark, light = sorted(
        np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4) @ [0.2126, 0.7152, 0.0722])
    return (light + 0.05) / (dark + 0.05)


def meant(colour, ground):
    """Return what a colour drawn on white is on a ground: itself on white, on a dark one as light as it was dark and
    of the same hue (an inversion that leaves white at the ground, turned by 180 degrees as CSS turns hues)."""
    if ground == WHITE:
        return colour
    lowest = np.array(ground)
    turned = lowest + (255 - np.array(colour)) * (255 - 2 * lowest) / 255
    return tuple(np.clip(2 * (turned @ [0.213, 0.715, 0.072]) - turned, 0, 255).round().astype(int).tolist())


def colours(image):
    """Return the colours of an image, most frequent first, as (r, g, b) and share of its pixels."""
    pixels = np.asarray(image).astype(np.uint32) @ np.array([65536, 256, 1], np.uint32)
    found, count = np.unique(pixels, return_counts=True)
    order = np.argsort(-count, kind="stable")
    return [((int(v) >> 16, int(v) >> 8 & 255, int(v) & 255), n / pixels.size)
            for v, n in zip(found[order], count[order], strict=True)]


def written(image):
    """Return the contrast of an area with writing: its commonest colour against the colour most unlike it.

    Where letters are so bold that theirs is the commonest, the ratio is the same.
    """
    found = colours(image)
    return max(contrast(found[0][0], colour) for colour, share in found if share >= LEAST)


def shoot(page, **given):
    """Return a shot of a page or of an element."""
    return Image.open(io.BytesIO(page.screenshot(**given))).convert("RGB")


def crop(image, left, top, right, bottom):
    """Return a part of a shot, given in CSS pixels."""
    return image.crop([round(SCALE * value) for value in (left, top, right, bottom)])


def near(colour, seen):
    """Return whether a colour is among those seen, but for rounding."""
    return np.abs(seen - colour).max(axis=1).min() <= NEAR


def figures(page, scratch):
    """Return what every figure of the page that is open shows: whether its ground is the page's, contrast of each
    label, contrast of each mark's colour.

    A label's place is read from the drawing; its pixels, from the page. Marks are the palette's colours
    outside labels: one that does not reach the screen as it is meant there counts as contrast 0. What is
    fainter than the palette is left out: rules, land and tints, which a label names.
    """
    found, ground = [], tuple(map(int, page.evaluate(
        "getComputedStyle(document.body).backgroundColor.match(/[0-9]+/g).slice(0, 3)")))
    for image in page.locator("figure img >> visible=true").all():
        drawing = (HTML / "_images" / image.evaluate("image => image.currentSrc").rpartition("/")[2]).read_text("utf-8")
        scratch.set_content(f'<body style="margin:0">{drawing[drawing.index("<svg") :]}')
        labels = scratch.evaluate(LABELS)
        scratch.evaluate("document.querySelectorAll('g[id^=\"text_\"]').forEach(label => label.remove())")
        marks = [meant(rgb, ground) for colour, rgb in PALETTE.items() if colour.lower() in scratch.content().lower()]
        shot, (left, top, width, height) = shoot(image), image.evaluate(FRAME)
        boxes = [crop(shot, left + a * width - 1, top + b * height - 1, left + c * width + 1, top + d * height + 1)
                 for a, b, c, d in labels]
        ranked = colours(shot)
        paper, seen = ranked[0][0], np.array([colour for colour, _ in ranked])
        edge = colours(crop(shot, 0, 0, shot.width / SCALE, EDGE))[0][0]
        found.append((edge == ground, [written(box) for box in boxes],
                      [contrast(paper, mark) if near(mark, seen) else 0 for mark in marks]))
    return found


@pytest.fixture
def opened(new_page, site):
    """Return a function that opens a page in a scheme at a width, and gives it with an empty page to measure in."""

    def open_page(name, scheme, width=1280):
        page = new_page(viewport={"width": width, "height": 1600}, color_scheme=scheme, device_scale_factor=SCALE)
        page.goto(site + name)
        page.evaluate("document.querySelectorAll('img').forEach(image => { image.loading = 'eager'; })")
        page.wait_for_load_state("networkidle")
        return page, page.context.new_page()

    return open_page


def test_every_page_with_a_figure_is_looked_at():
    assert len(SHOWN) >= 9 and "book/index.html" in SHOWN
    assert "<source media=" in TEXTS[NARROW], "a phone gets a drawing of its own"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("name", "width"), [(name, 1280) for name in SHOWN] + [(NARROW, 390)])
def test_figures_are_legible_on_the_ground_of_their_page(opened, name, width, scheme):
    found = figures(*opened(name, scheme, width))
    assert len(found) == TEXTS[name].count("<figure")
    for grounded, labels, marks in found:
        assert grounded
        assert labels and min(labels) >= TEXT, labels
        assert min(marks, default=MARK) >= MARK, marks  # a table of words has no other mark


def test_a_printed_figure_is_as_drawn_from_the_dark_too(opened):
    page, scratch = opened("book/reach.html", "dark")
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert all(grounded and min(marks) >= MARK for grounded, _, marks in figures(page, scratch))


def test_a_colour_keeps_its_hue_in_the_dark():
    for colour in PALETTE.values():
        (hue, _, strong), (other, _, _) = (
            colorsys.rgb_to_hls(*(value / 255 for value in one)) for one in (colour, meant(colour, (18, 18, 18))))
        assert strong < 0.2 or min(abs(hue - other), 1 - abs(hue - other)) < 15 / 360, colour


@pytest.mark.parametrize("spoil", ["contrast(.5)", "opacity(.5)", "invert(1)"])
def test_a_spoilt_figure_would_be_noticed(opened, spoil):
    page, scratch = opened("book/reach.html", "dark")
    before = figures(page, scratch)
    page.evaluate("filter => document.querySelectorAll('figure img').forEach(i => i.style.setProperty('filter', "
                  "filter, 'important'))", spoil)
    after = figures(page, scratch)
    assert all(min(marks) < MARK <= min(sound) for (_, _, marks), (_, _, sound) in zip(after, before, strict=True))
    assert all(grounded for grounded, *_ in before) and not any(grounded for grounded, *_ in after)


def test_a_faint_label_would_be_noticed(opened):
    _, scratch = opened("404.html", "light")
    scratch.set_content('<p style="display: inline-block; font: 20px sans-serif; color: #8a8a8a; '
                        'background: #fff">1,200 miles</p>')
    assert 1 < written(shoot(scratch.locator("p"))) < TEXT
