"""The argument, the front page, the dictionary, the forecasts and the map of figures and tables."""

import re

import pytest
from evidence import paths, tables
from evidence.ledger import REPORT
from evidence.measures import outlook
from evidence.pages import argument, dictionary, forecasts, html, naming, overview
from evidence.pages.pasted import MARK
from evidence.publish import provenance
from evidence.verdicts import examine
from test_pages import NOTEBOOKS

BOOK = tables.load()
JUDGED = examine.all_judgements()


def with_argument(rows):
    """Return the tables with another argument."""
    return tables.Tables(BOOK | {"argument": rows})


def test_the_argument_never_runs_in_a_circle():
    offered = BOOK["argument"].groupby("conclusion")["premise"].apply(set).to_dict()

    def reached(claim, path=()):
        assert claim not in path, " <- ".join([*path, claim])
        return {claim}.union(*(reached(premise, (*path, claim)) for premise in offered.get(claim, ())))

    assert all(reached(claim) for claim in offered)
    offered["C09"] = {"C01"}  # C01 already rests on C09
    with pytest.raises(AssertionError):
        reached("C01")


def test_conclusions_are_counted_with_what_they_lean_on():
    rows = argument.leaning(BOOK, JUDGED).set_index("Conclusion")
    supports = BOOK["argument"][BOOK["argument"]["relation"] == "supports"]
    assert rows[["Held", "In part", "Fell", "Open"]].to_numpy().sum() == len(supports)
    fallen = {c for c in BOOK["claims"].index if argument.verdict_of(BOOK["claims"].loc[c], JUDGED) == "contradicted"}
    leaning = set(supports[supports["premise"].isin(fallen)]["conclusion"])
    assert {re.search(r"C\d+", c).group() for c in rows.index[rows["Fell"] > 0]} == leaning != set()


@pytest.mark.parametrize("chapter", REPORT)
def test_an_answer_names_its_claims_and_says_the_confidence_of_each(chapter):
    cell = "".join(NOTEBOOKS[chapter]["cells"][0]["source"])
    claims, said = re.findall(r"\[(C\d\d)\]", cell), cell.partition("*Confidence:")[2]
    assert re.search(r"^# .+\n\n\*\*[^\n]+[.]\*\* \(\[C\d\d\]", cell), "an answer in bold, whole, before its claims"
    grades = {JUDGED[key].confidence for key in JUDGED if key[0] in claims} - {""}
    assert grades and set(re.findall(r"\b(low|medium|high)\b", said)) == grades


def test_the_abstract_is_short():
    written = "\n".join("".join(c["source"]) for c in NOTEBOOKS["index"]["cells"] if c["cell_type"] == "markdown")
    told = re.split("^## ", written, flags=re.M)
    argued, short = (next(part.removeprefix(head) for part in told if part.startswith(head))
                     for head in ("What the article argues", "How we tested it\n"))
    for part in (argued, short):
        assert 60 <= len(re.sub("<!--.*?-->", "", part).split()) <= 150
    assert "(article.ipynb)" in argued and not MARK.search(argued), (
        "what the article argues comes first, and without our numbers")


def test_what_no_record_could_decide_has_no_test_and_the_kinds_hold_every_claim():
    claims, rows = BOOK["claims"], overview.by_record(BOOK, JUDGED)
    assert rows["claims"].sum() == len(claims) == len(overview.in_reading_order(BOOK, JUDGED))
    none = rows[rows["record"] == overview.RECORDS["none"]]
    assert list(none["verdict"]) == ["untestable"]
    spoilt = tables.Tables(BOOK, claims=claims.assign(record="none"))
    assert set(overview.by_record(spoilt, JUDGED)["verdict"]) > {"untestable"}, "a claim that has a test must show"


def test_claims_judged_twice_are_told_by_whether_they_kept_their_verdict():
    rows = overview.since(BOOK, JUDGED)
    assert set(rows["claim_id"]) == {claim for claim, tense in JUDGED
                                     if tense == "since" and (claim, "writing") in JUDGED}
    assert all((JUDGED[r.claim_id, "writing"].verdict == JUDGED[r.claim_id, "since"].verdict) == r.kept
               for r in rows.itertuples())


def test_words_for_a_quantity_stand_beside_what_was_found():
    rows = overview.says_shows(BOOK, JUDGED).set_index("claim_id")
    assert list(rows.loc[["C73", "C56", "C70", "C65"], "shows"]) == ["606 to 686 miles", "73%", "4", "60% to 86%"]
    assert set(rows.index) == set(BOOK["claims"].index[BOOK["claims"]["word"] != ""])


def test_the_argument_in_words_unfolds():
    text = argument.outline(BOOK, JUDGED)
    assert text.startswith(":::::{folded} ") and text.endswith(":::::")
    assert html.of(text).startswith("<details><summary>The same in words</summary>")


def test_the_forecasts_that_could_fail_are_graded_by_horizon_and_set_beside_a_rule():
    could_fail = set(BOOK["claims"].query("could_fail == 'yes'").index)
    assert (set(forecasts.INDICATORS) == set(forecasts.GRADED_BY)
            == set(outlook.against_rule(BOOK)["claim_id"]) == could_fail)
    grid = forecasts.grid(BOOK, JUDGED)
    assert list(grid.groupby("horizon").size()) == [len(BOOK["claims"].query("scope == 'forecast'"))] * 3
    graded = grid[grid["could_fail"] == "yes"]
    assert (graded["grade"] != "untestable").all() and (graded[graded["horizon"] == "2017"]["end"] == 2017).all()
    assert set(grid[grid["could_fail"] == "no"]["grade"]) == {"untestable"}


def test_every_column_is_in_the_dictionary():
    rows = dictionary.columns()
    written = {(name, column) for name in tables.names() for column in BOOK[name].columns}
    assert {(t.replace("\\", ""), c.replace("\\", ""))
            for t, c in zip(rows["Table"], rows["Column"], strict=True)} == written


def test_sources_that_share_a_lineage_are_named():
    shown = " ".join(dictionary.shared_lineages(BOOK)["Lineage"])
    assert "article" in shown and "dmdc" not in shown


def test_map_of_figures_and_tables_is_whole():
    rows = provenance.everything()
    code = "\n".join("".join(c["source"]) for book in NOTEBOOKS.values()
                     for c in book["cells"] if c["cell_type"] == "code")
    assert len(rows) == len(re.findall(r"show\.(?:figure|chart|table|tally|scoreboard)\(", code))
    assert (rows[["item", "notebook", "function"]] != "").all().all() and rows["item"].is_unique
    found = rows.set_index("item")["data"]
    assert list(found.index[found == ""]) == ["tab-provenance"], "the map is made from notebooks"
    assert (found["fig-reach-map"] == "places" and "trade_totals" in found["fig-thesis-trade-and-arms"]
            and found["fig-economy-share"])


def test_map_refuses_data_that_is_no_table(tmp_path):
    text = (paths.BOOK / "reach.ipynb").read_text("utf-8")
    (tmp_path / "reach.ipynb").write_text(text.replace('"places"', '"nowhere"'), "utf-8")
    with pytest.raises(LookupError, match="nowhere"):
        provenance.everything(tmp_path)


def test_a_source_is_named_by_producer_and_date():
    assert naming.label(BOOK, "S-XINHUA-0910") == "Xinhua, 10 September 2010"
    assert naming.label(BOOK, "S-RFERL-2006").startswith("RFE/RL, ")
    assert all(re.fullmatch(r"[^()]+(, (undated|(\d+ )?([A-Z][a-z]+ )?\d{4}))?", naming.label(BOOK, key))
               for key in BOOK["sources"].index)
    assert naming.label(BOOK, "S-BELLONA") == "Sliwa and Ong, 2008"
    assert naming.label(BOOK, "pwt_11_0") == "Feenstra, Inklaar and Timmer, 2025"
    assert naming.credit(BOOK["sources"].loc["S-MASUDA"]) == "Masuda, Masayuki. Tokyo Foundation"
    assert "Allen, M. Package troopdata" in naming.credit(BOOK["sources"].loc["troopdata"]), "one full stop"
    assert naming.credit(BOOK["sources"].loc["S-RFERL-2006"]).startswith("RFE/RL")
    assert naming.published(BOOK["sources"].loc["S-24KZ-2025"]) == "June 2025"
    undated = BOOK["sources"][BOOK["sources"]["published"] == ""]
    assert set(undated.apply(naming.published, axis="columns")) == {"undated"}
    assert naming.linked(BOOK, ["rbc_2013"]) == "[RBC, 30 January 2013](#source-rbc-2013)"
    with pytest.raises(KeyError):
        naming.label(BOOK, "S-NOBODY")
