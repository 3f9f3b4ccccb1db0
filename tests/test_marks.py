"""A verdict has one sign and one colour wherever it stands: in words, on the site, in a notebook, in print."""

import re

import pytest
from evidence import paths
from evidence.pages import html, markdown
from evidence.verdicts import rules, wording

CSS = (paths.BOOK / "assets" / "book.css").read_text("utf-8")
TEMPLATE = (paths.BOOK / "_ext" / "typst" / "template.typ").read_text("utf-8")
OUTCOMES = {"pass": "supported", "fail": "contradicted"}
"""The verdicts whose sign and colour an outcome borrows."""


def styles(css):
    """Return the colour on white of each verdict that a style sheet knows, the sign after its chip, and
    colour and sign of each outcome."""
    light = re.search(r'\[data-theme="light"\] \{ (--supported.*?) \}', css)[1]
    colours = dict(re.findall(r"--([\w-]+): (#\w{6});", light))
    default = re.search(r'^\.chip::after \{ content: "\\a0(.+?)"', css, re.M)[1]
    own = dict(re.findall(r'\.chip\.([\w-]+)::after \{ content: "\\a0(.+?)"', css))
    signs = {name: sign_of(own.get(name, default)) for name in colours}
    borrowed = {name: (colours[colour], "")
                for name, colour in re.findall(r"\.outcome\.(\w+) \{ color: var\(--(\w+)\)", css)}
    for name, sign in re.findall(r'\.outcome\.(\w+)::before \{ content: "(.+?)\\a0"', css):
        borrowed[name] = (borrowed[name][0], sign_of(sign))
    return colours, signs, borrowed


def on_paper(css):
    """Return the colour that each verdict has when the site is printed, from the dark too."""
    rules = re.search(r"@media print \{\n(.*?)\n\}", css, re.S)[1]
    return dict(re.findall(r"--([\w-]+): (#\w{6});", re.search(r"html\[data-theme\] \{ (--supported.*?) \}", rules)[1]))


def sign_of(content):
    """Return the character that some CSS content stands for."""
    return chr(int(content[1:], 16)) if content.startswith("\\") else content


def print_styles(template):
    """Return the colour and the sign of each verdict in the PDF's template."""
    return (dict(re.findall(r'"([\w-]+)": rgb\("(#\w{6})"\)', template)),
            dict(re.findall(r'"([\w-]+)": "(.)"', template)))


def wanted(of):
    """Return what wording says of each verdict, by the name that styles have for it."""
    return {verdict.replace("_", "-"): value for verdict, value in of.items()}


def differing(css=CSS, template=TEMPLATE):
    """Return each verdict and outcome whose colour or sign is not wording's, with its place."""
    colours, signs, outcomes = styles(css)
    printed, marked = print_styles(template)
    found = []
    for place, own, of in (
        ("colour on the site", colours, wording.COLOR), ("sign on the site", signs, wording.SIGN),
        ("colour on paper", on_paper(css), wording.COLOR),
        ("colour in print", printed, wording.COLOR), ("sign in print", marked, wording.SIGN),
    ):
        found += [f"{name}, {place}" for name, value in wanted(of).items() if own.get(name) != value]
    borrowed = {name: (wording.COLOR[verdict], wording.SIGN[verdict]) for name, verdict in OUTCOMES.items()}
    return found + [f"{name}, outcome on the site" for name, pair in borrowed.items() if outcomes.get(name) != pair]


def test_every_verdict_has_a_word_a_sign_a_colour_and_a_meaning():
    known = {*rules.VERDICTS, "not_examined"}
    assert set(wording.VERDICT) == set(wording.SIGN) == set(wording.COLOR) == known <= set(wording.MEANING)
    assert len(set(wording.SIGN.values())) == len(known), "grey print tells them apart"


def test_site_and_print_have_the_colours_and_signs_of_wording():
    assert differing() == []


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("--supported: #2b6e1e", "--supported: #2b6e1f",
         ["supported, colour on the site", "pass, outcome on the site"]),
        ('.chip.supported::after { content: "\\a0\\2713"', '.chip.supported::after { content: "\\a0\\2714"',
         ["supported, sign on the site"]),
        ("html[data-theme] { --supported: #2b6e1e", "html[data-theme] { --supported: #8fce7f",
         ["supported, colour on paper"]),
        ('.chip.not-examined::after', '.chip.not-looked-at::after', ["not-examined, sign on the site"]),
        ('.outcome.fail::before { content: "\\d7', '.outcome.fail::before { content: "\\2717',
         ["fail, outcome on the site"]),
    ],
)
def test_another_colour_or_sign_on_the_site_is_noticed(old, new, found):
    assert CSS.count(old) >= 1 and differing(css=CSS.replace(old, new, 1)) == found


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ('"contradicted": rgb("#ad1039")', '"contradicted": rgb("#a63f00")', ["contradicted, colour in print"]),
        ('"qualified": "≈"', '"qualified": "~"', ["qualified, sign in print"]),
    ],
)
def test_another_colour_or_sign_in_print_is_noticed(old, new, found):
    assert TEMPLATE.count(old) == 1 and differing(template=TEMPLATE.replace(old, new)) == found


@pytest.mark.parametrize("verdict", wording.VERDICT)
def test_a_badge_says_sign_and_word_and_carries_its_colour_into_a_notebook(verdict):
    words = f"{wording.SIGN[verdict]} {wording.VERDICT[verdict]}"
    assert markdown.badge(verdict) == f"[{words}]{{.badge .{verdict.replace('_', '-')}}}"
    shown = html.of(markdown.badge(verdict))
    assert f'style="color:{wording.COLOR[verdict]};' in shown and f">{words}</span>" in shown


