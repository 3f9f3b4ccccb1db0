"""What a reader does with the site, in a real browser."""

import re
from collections import Counter

import pytest
from conftest import HTML, READ, watch
from evidence import tables

CHAPTER = "book/reach.html"
CLAIMS = tables.load()["claims"].index


@pytest.mark.parametrize(("address", "there"), [("", "book/index.html"),
                                                ("claims/c73.html", "book/sheets-reach.html#c73")])
def test_the_root_and_the_short_address_of_a_claim_lead_to_a_page(page, site, address, there):
    page.goto(site + address)
    page.wait_for_url(site + there)


def test_a_reader_goes_from_the_table_of_claims_to_sheet_to_chapter_to_line_and_back(page, site):
    page.goto(site + "book/claims.html")
    page.click("#tab-scoreboard a[href$='#c73']")
    page.wait_for_url("**/sheets-reach.html#c73")
    page.click("#c73 a:has-text('Reach')")
    page.wait_for_url("**/reach.html")
    page.click("figure .credit a:has-text('C73')")
    page.wait_for_url("**/sheets-reach.html#c73")
    page.go_back()
    page.click("#line-c73 .found")
    page.click("#line-c73 .card a:has-text('Every reading and row')")
    page.wait_for_url("**/sheets-reach.html#c73")
    assert page.locator("section:target blockquote .marked").is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_sheet_that_an_address_names_has_one_sign_of_it(new_page, site, scheme):
    page = new_page(color_scheme=scheme)
    page.goto(site + "book/sheets-reach.html#c73")
    section, head = (page.eval_on_selector(which, """e => {
      const { boxShadow, outlineStyle, backgroundColor } = getComputedStyle(e);
      return [boxShadow, outlineStyle, backgroundColor];
    }""") for which in ("section:target", "section:target > h2"))
    assert section[0] != "none" and section[1:] == head[1:] == ["none", "rgba(0, 0, 0, 0)"] and head[0] == "none"


def unfold(page):
    """Return whether the card of a line is shown before its fold is clicked, after, and after another click."""
    card, found = page.locator("#line-c73 .card"), []
    for _ in range(3):
        found.append(card.is_visible())
        page.click("#line-c73 .found")
    return found


@pytest.mark.parametrize("scripts", [True, False])
def test_a_line_unfolds_and_folds_with_and_without_scripts(new_page, site, scripts):
    page = new_page(viewport={"width": 1280, "height": 800}, java_script_enabled=scripts)
    page.goto(site + CHAPTER)
    assert unfold(page) == [False, True, False]
    assert page.locator("#line-c73 .verdicts .badge").inner_text().strip() == "\u00d7 Contradicted"


def test_a_line_unfolds_by_keyboard_and_its_card_leads_to_the_sheet(page, site):
    page.goto(site + CHAPTER)
    page.locator("#line-c73 summary").focus()
    page.keyboard.press("Enter")
    assert page.locator("#line-c73 .card").is_visible()
    while page.evaluate("document.activeElement.hash") != "#c73":
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('#line-c73 .card') !== null")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sheets-reach.html#c73")


def test_without_scripts_the_table_of_claims_is_whole_and_leads_to_sheets(new_page, site):
    page = new_page(java_script_enabled=False)
    page.goto(site + "book/claims.html")
    assert page.locator("#tab-scoreboard tbody tr").count() == len(CLAIMS) and not page.locator("form.filter").count()
    page.click("#tab-scoreboard a[href$='#c73']")
    assert (page.url.endswith("/sheets-reach.html#c73")
            and page.locator("#c73 a.cite").get_attribute("href") == "../cite/c73.bib")


def unfolded(page, site, claim, search=""):
    """Return the form of a claim's sheet, opened by its link or by hand."""
    chapter = tables.load()["claims"].at[claim.upper(), "chapter"]
    page.goto(f"{site}book/sheets-{chapter}.html{search}#{claim}")
    if not search:
        page.click(f"#{claim} .what-if > summary")
    return page.locator(f"#{claim} .what-if form")


def shown(form):
    """Return what a form says: verdict and agreement, what is changed, and what is wrong."""
    places = (":nth-child(2)", ".changed", ".wrong")
    return [" ".join(form.locator(f".now > {place}").inner_text().split()) for place in places]


OWN = [
    "\u00d7 Contradicted \u00b7 all 6 other readings agree \u00b7 it would pass at 1,080 mi",
    "Nothing is changed: this is the book\u2019s own verdict.",
]
"""What the form of C73 says before anything is changed."""


def test_a_reader_moves_a_bound_and_the_verdict_follows(page, site):
    form = unfolded(page, site, "c73")
    assert shown(form)[:2] == OWN and not form.locator(".wrong").is_visible()
    form.get_by_label("low bound").fill("600")
    assert shown(form)[0] == "\u2248 Qualified \u00b7 none of 6 other readings agrees \u00b7 it would fail below 600 mi"
    assert shown(form)[1] == "Changed: low bound 600, not 1,080. In the book: \u00d7 Contradicted"
    ticked = form.locator(".reading:not(.main) input[type=checkbox]:checked")
    while ticked.count():
        ticked.first.uncheck()
    assert "\u2713 Supported \u00b7 no other reading" in shown(form)[0] and "6 readings left out" in shown(form)[1]
    form.get_by_label("Counts: Does the distance out and back fit").check()
    assert "\u2713 Supported \u00b7 the other reading agrees" in shown(form)[0]
    assert "1 reading counted too" in shown(form)[1]
    form.get_by_role("button", name="Reset").click()
    assert shown(form)[:2] == OWN and form.get_by_label("low bound").input_value() == "1080"


def test_a_link_carries_a_choice(page, site):
    form = unfolded(page, site, "c73")
    form.get_by_label("Main reading: Miles read as nautical miles").check()
    form.get_by_label("high bound").fill("590")
    form.get_by_label("low bound").fill("500")
    form.get_by_label("Counts: Only the places of GeoNames").uncheck()
    there, said = form.locator("a"), shown(form)
    assert (there.get_attribute("href") == "?main=alt-nautical&low=500&high=590&off=alt-geonames#c73"
            and "Unresolved" in said[0])
    there.click()
    page.wait_for_selector("#c73 .what-if a:has-text('Copied')")
    copied = page.evaluate("navigator.clipboard.readText()")
    page.goto("about:blank")
    page.goto(copied)
    assert shown(page.locator("#c73 .what-if form")) == said
    assert page.locator(".what-if[open]").count() == 1 and page.locator(".what-if form").count() == 1


def test_the_form_works_in_a_page_opened_as_a_file(new_page):
    page = new_page()
    page.goto(f"{(HTML / 'book' / 'sheets-reach.html').as_uri()}?low=600#c73")
    assert "low bound 600, not 1,080" in shown(page.locator("#c73 .what-if form"))[1]


def test_a_page_opened_as_a_file_takes_every_face_of_the_styles_late(new_page, page, site):
    faces = "async () => (await document.fonts.ready, [...document.fonts].map((face) => [face.display, face.status]))"
    local = new_page()
    local.goto((HTML / CHAPTER).as_uri())
    styles = (HTML / "_static" / "book.css").read_text("utf-8")
    assert local.evaluate(faces) == [["swap", "loaded"]] * styles.count("@font-face")
    page.goto(site + CHAPTER)
    assert {display for display, _ in page.evaluate(faces)} == {"optional"}, "by a server nothing moves"


def test_the_time_since_and_the_share_of_years_can_be_chosen(page, site):
    form = unfolded(page, site, "c39")
    form.get_by_label("Since").check()
    assert "Mixed" in shown(form)[0]
    form.get_by_label("share of cases in per cent").fill("50")
    assert "share of cases 50%, not 100%" in shown(form)[1]
    assert form.locator("a").get_attribute("href") == "?main=since-main&quorum=0.5#c39"


def test_a_link_that_asks_for_what_there_is_not_shows_the_books_verdict(page, site):
    form = unfolded(page, site, "c73", "?main=alt-none")
    assert shown(form)[0] == OWN[0]
    assert shown(form)[2] == "C73 has no reading \u201calt-none\u201d. Shown is the book\u2019s own verdict."
    form.get_by_label("low bound").fill("1000")
    assert shown(form)[2] == "" and "low bound 1,000" in shown(form)[1]


def test_a_bound_that_is_none_shows_the_books_verdict(page, site):
    form = unfolded(page, site, "c73")
    field = form.get_by_label("low bound")
    for typed, wrong in (("six", "is no number"), ("1400", "is above the high one"), ("", "is no number")):
        field.fill(typed)
        assert shown(form)[0] == OWN[0] and wrong in shown(form)[2] and field.get_attribute("aria-invalid") == "true"
    field.fill("1,000")
    assert "low bound 1,000" in shown(form)[1] and field.get_attribute("aria-invalid") == "false"


def test_the_form_works_by_keyboard(page, site):
    page.goto(site + "book/sheets-reach.html")
    page.locator("#c73 .what-if > summary").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#c73 .what-if form")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.ariaLabel") == (
        "Main reading: 1,200 as a number rounded to the nearest hundred")
    form = page.locator("#c73 .what-if form")
    assert "the main reading is" in shown(form)[1]
    while page.evaluate("document.activeElement.name") != "low":
        page.keyboard.press("Tab")
    page.keyboard.press("Control+a")
    page.keyboard.type("600")
    page.keyboard.press("Enter")
    assert "low bound 600, not 1,150" in shown(form)[1] and page.url.endswith("sheets-reach.html")


def test_every_form_opens_on_the_books_own_verdict(page, site):
    wrong = {}
    for name in (name for name in READ if "/sheets-" in name):
        page.goto(site + name)
        for sheet in page.locator("section:has(> .sheet)").all():
            if sheet.locator(".what-if").count():
                sheet.locator(".what-if > summary").click()
                first = sheet.locator(".sheet ul .badge").first.inner_text()
                said = shown(sheet.locator("form"))
                if not said[0].startswith(first) or said[1] != OWN[1]:
                    wrong[sheet.get_attribute("id")] = said
    assert not wrong


def test_without_scripts_a_sheet_is_whole_and_has_no_empty_form(new_page, site):
    page = new_page(java_script_enabled=False)
    page.goto(site + "book/sheets-reach.html?main=alt-none#c73")
    assert page.locator("#c73 table").is_visible() and not page.locator("#c73 .what-if").is_visible()


@pytest.mark.parametrize(("words", "wanted"), [
    ("C73", "sheets-reach"), ("Liang", "contacts"), ("CRRF", "russia"), ("Matybulak", "reach"), ("1,200", "method"),
    ("1200", "method"), ("J-10", "reach"), ("2012", "economy"), ("\u00dcr\u00fcmqi", "reach"),
    ("\u041c\u0430\u0442\u044b\u0431\u0443\u043b\u0430\u043a\u0435", "reach"),
])
def test_search_finds_claims_people_acronyms_numbers_and_names_in_other_letters(page, site, words, wanted):
    page.goto(f"{site}search.html?q={words}")
    page.wait_for_selector("#search-results li a")
    found = page.eval_on_selector_all("#search-results li a", "links => links.map(link => link.href)")
    assert any(f"book/{wanted}.html" in link for link in found), found


def test_a_claims_number_leads_first_to_its_sheet_and_says_it_in_words(page, site):
    page.goto(site + "search.html?q=c73")
    first = page.locator("#search-results li").first
    first.locator(".context").wait_for()
    assert first.locator("a").inner_text() == "C73: Targets 1,200 miles from the base"
    assert first.locator(".context").inner_text().startswith("\u2026 H-6 bombers and two J-10 fighter jets took off")
    page.wait_for_function("document.querySelectorAll('#search-results .context').length === "
                           "document.querySelectorAll('#search-results li').length")
    assert not [said for said in page.locator("#search-results .context").all_inner_texts()
                if re.search(r"\.ipynb|specifications\[|author =", said)]
    first.locator("a").click()
    page.wait_for_url("**/book/sheets-reach.html#c73")


def test_the_sign_of_the_search_covers_no_letter(page, site):
    page.goto(site + "search.html?q=K")
    box = """field => { const sign = field.previousElementSibling.getBoundingClientRect(),\
 own = field.getBoundingClientRect();
      return own.left + parseFloat(getComputedStyle(field).paddingLeft) - sign.right; }"""
    assert page.locator("main input[type=search]").evaluate(box) > 0
    page.goto(site + CHAPTER)
    page.keyboard.press("Control+k")
    assert page.locator("dialog[open] input[type=search]").evaluate(box) > 0


def test_search_finds_nothing_where_there_is_nothing(page, site):
    page.goto(f"{site}search.html?q=zzyzxq")
    page.wait_for_selector("#search-results p:has-text('did not match')")


def test_the_search_button_leads_to_results(page, site):
    page.goto(site + CHAPTER)
    page.click(".search-button__button >> visible=true")
    page.fill("dialog[open] input[type=search]", "geodesic")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=geodesic*")


def test_the_table_of_claims_is_filtered(page, site):
    page.goto(site + "book/claims.html")
    rows = page.locator("#tab-scoreboard tbody tr")
    every = rows.count()
    page.select_option("form.filter select[name=Verdict]", "\u00d7 Contradicted")
    shown = [row for row in rows.all() if row.is_visible()]
    assert 0 < len(shown) < every and all("Contradicted" in row.inner_text() for row in shown)
    assert page.locator("form.filter output").inner_text() == f"{len(shown)} of {every} claims"
    page.select_option("form.filter select[name=Verdict]", "")
    assert all(row.is_visible() for row in rows.all())


def test_the_theme_switch_goes_dark_and_is_remembered(page, site):
    page.goto(site + CHAPTER)
    seen = set()
    for _ in range(3):
        page.click("button.theme-switch-button >> visible=true")
        seen.add(page.evaluate("document.documentElement.dataset.mode"))
    assert seen == {"light", "dark", "auto"}
    while page.evaluate("document.documentElement.dataset.mode") != "dark":
        page.click("button.theme-switch-button >> visible=true")
    page.goto(site + "book/index.html")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_code_is_folded_and_one_click_away(page, site):
    page.goto(site + CHAPTER)
    code = page.locator("figure details.code").first
    line = code.locator("xpath=..")
    assert not code.locator("pre").first.is_visible() and code.locator("summary").inner_text() == "Code"
    said = [word.strip() for word in line.inner_text().split("\n") if word.strip()]
    assert said[:3] == ["Data from claims, sources, strike_reports", "Code", "Cite"]
    code.locator("summary").click()
    assert code.locator("pre").first.is_visible()


@pytest.mark.parametrize(("name", "place"), [("book/sheets-reach.html", "c73"), (CHAPTER, "fig-reach-map")])
def test_a_claim_and_a_figure_can_be_cited(page, site, name, place):
    page.goto(site + name)
    page.click(f"#{place} a[data-bibtex]")
    page.wait_for_selector(f"#{place} a:has-text('Copied')")
    assert page.evaluate("navigator.clipboard.readText()") == (HTML / "cite" / f"{place}.bib").read_text("utf-8")


def test_the_keyboard_alone_reaches_the_text(page, site):
    page.goto(site + CHAPTER)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent.trim()") == "Skip to main content"
    page.keyboard.press("Enter")
    assert page.url.endswith("#main-content")


FOCUS = """() => {
  const on = document.activeElement, style = getComputedStyle(on), box = on.getBoundingClientRect();
  const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0 || style.boxShadow !== 'none';
  return [on === document.body ? null : on.outerHTML.slice(0, 120), ring && box.width > 0 && box.height > 0];
}"""


def tab_through(page):
    """Return what the Tab key reaches on a page, in order, as (element, whether it shows the focus)."""
    stops = []
    page.evaluate("document.querySelectorAll('*').forEach(e => { e.style.transition = 'none'; })")
    while not stops or stops[-1][0]:
        page.keyboard.press("Tab")
        stops.append(page.evaluate(FOCUS))
    return stops[:-1]


@pytest.mark.parametrize("name", [CHAPTER, "book/workbench.html", "search.html"])
def test_whatever_the_keyboard_reaches_shows_it(page, site, name):
    page.goto(site + name)
    stops = tab_through(page)
    assert len(stops) > 15 and not [stop for stop, shown in stops if not shown]


def test_a_focus_that_does_not_show_would_be_noticed(page, site):
    page.goto(site + "book/glossary.html")
    page.add_style_tag(content=":focus-visible:focus-visible:focus-visible { outline: none !important; "
                               "box-shadow: none !important; }")
    assert not any(shown for _, shown in tab_through(page))


def test_code_unfolds_and_the_search_opens_by_keyboard(page, site):
    page.goto(site + CHAPTER)
    page.locator("details.code summary").first.focus()
    page.keyboard.press("Enter")
    assert page.locator("details.code pre").first.is_visible()
    page.keyboard.press("Enter")
    assert not page.locator("details.code pre").first.is_visible()
    page.keyboard.press("Control+k")
    assert page.evaluate("document.activeElement.matches('dialog[open] input[type=search]')")
    page.keyboard.press("Escape")
    assert not page.locator("dialog[open]").count()


def test_the_menu_of_a_phone_works_by_keyboard(page, site):
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(site + CHAPTER)
    page.locator("button.primary-toggle >> visible=true").focus()
    page.keyboard.press("Enter")
    page.locator("dialog[open] a:has-text('Since:')").focus()
    page.keyboard.press("Escape")
    # Escape gives the focus back, a moment after the menu is shut.
    page.wait_for_function("document.activeElement.matches('button.primary-toggle')")
    page.keyboard.press("Enter")
    page.locator("dialog[open] a:has-text('Since:')").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/since.html")


@pytest.mark.parametrize("name", READ)
def test_pages_opened_as_files_ask_no_host_and_report_no_error(new_page, name):
    page = new_page()
    wrong = watch(page, "file://")
    page.goto((HTML / name).as_uri())
    assert not wrong


def test_a_request_to_another_host_would_be_noticed(new_page):
    page = new_page()
    wrong = watch(page, "file://")
    page.set_content('<img src="https://example.invalid/a.png"><script>console.error("loud")</script>')
    page.wait_for_timeout(200)
    assert any("example.invalid" in entry for entry in wrong) and "loud" in wrong


@pytest.mark.parametrize("width", [360, 390, 640, 1280])
def test_no_page_is_wider_than_its_window(new_page, site, width):
    """640 is a window of 1280 at 200 per cent zoom."""
    page, wide = new_page(viewport={"width": width, "height": 800}), Counter()
    for name in READ:
        page.goto(site + name)
        wide[name] = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert not [name for name, by in wide.items() if by > 0]


def test_paper_shows_the_text_and_hides_the_controls(page, site):
    page.goto(site + CHAPTER)
    page.emulate_media(media="print")
    assert page.locator("#line-c73 .said").is_visible() and page.locator("#line-c73 .found").is_visible()
    assert not page.locator("#line-c73 .card").is_visible() and not page.locator(".bd-sidebar-primary").is_visible()
    assert not page.locator("details.code").first.is_visible() and not page.locator(".cite").first.is_visible()


PAPER = """() => {
  const shown = [...document.querySelectorAll('.bd-article *')].filter(e => e.checkVisibility()),\
 style = e => getComputedStyle(e);
  const bright = colour => { const [r, g, b] = colour.match(/[0-9.]+/g).map(Number); return .3 * r + .6 * g + .1 * b; };
  const dark = e => !/, 0\\)$/.test(style(e).backgroundColor) && bright(style(e).backgroundColor) < 200;
  return {
    titles: shown.filter(e => e.matches('h1')).length,
    cut: shown.filter(e => e.matches('pre, .pst-scrollable-table-container') && e.scrollWidth > e.clientWidth).length,
    pale: shown.filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())\
 && bright(style(e).color) > 130).length,
    dark: [document.body, ...shown].filter(dark).length,
  };
}"""
A4 = {"viewport": {"width": 680, "height": 980}}
"""Its width between margins of 15 mm, in CSS pixels."""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_paper_has_each_title_once_cuts_nothing_and_is_black_on_white(new_page, site, scheme):
    page, found = new_page(**A4, color_scheme=scheme), {}
    page.emulate_media(media="print")
    for name in [name for name in READ if name.startswith("book/")]:
        page.goto(site + name)
        found[name] = page.evaluate(PAPER)
    assert set(map(str, found.values())) == {str({"titles": 1, "cut": 0, "pale": 0, "dark": 0})}, found


def test_a_bad_print_would_be_noticed(new_page, site):
    page = new_page(**A4, color_scheme="dark")
    page.goto(site + "book/workbench.html")
    found = page.evaluate(PAPER)  # as on the screen
    assert found["cut"] and found["pale"] and found["dark"]


HIDDEN = """() => [...document.querySelectorAll('.bd-article *')].filter(e => e.textContent.trim()\
 && !e.closest('figure > a, svg'))
  .map((e, i) => e.checkVisibility() ? -1 : i).filter(i => i >= 0)"""


def lost(page, narrow=640):
    """Return the elements with text that the page shows at 1280 and not at another width (640 is 200 per cent zoom)."""
    hidden = {}
    for width in (1280, narrow):
        page.set_viewport_size({"width": width, "height": 800})
        hidden[width] = set(page.evaluate(HIDDEN))
    return hidden[narrow] - hidden[1280]


def test_zoom_of_200_per_cent_loses_nothing(page, site):
    for name in READ:
        page.goto(site + name)
        assert not lost(page), name
    page.goto(site + "book/claims.html")
    assert lost(page, 390)  # phones lose two columns of the table of claims, which each sheet has


MOVING = ("[...document.querySelectorAll('*')].filter(e => parseFloat(getComputedStyle(e).transitionDuration) > "
          "0.01).length")


@pytest.mark.parametrize("wish", ["reduce", "no-preference"])
def test_reduced_motion_is_respected(new_page, site, wish):
    page = new_page(reduced_motion=wish)
    page.goto(site + CHAPTER)
    assert (page.evaluate(MOVING) == 0) == (wish == "reduce")
