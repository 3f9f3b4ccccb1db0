"""The ledger covers the whole article, and would say so if it did not."""

import hashlib

import pandas as pd
import pytest
from evidence import ledger, paths, tables
from evidence.checks import everything

BOOK = tables.load()
if everything.left_out():
    pytest.skip("the article is not in this copy", allow_module_level=True)
TEXT = ledger.seed()


def found(claims=BOOK["claims"], not_claims=BOOK["not_claims"], words=BOOK["trigger_words"]):
    """Return the checkable words of the seed."""
    return ledger.tokens(TEXT, words, claims, not_claims)


def test_seed_is_unchanged():
    assert hashlib.sha256(paths.SEED.read_bytes()).hexdigest() == everything.SEED_SHA256


def test_no_checkable_word_is_left_over():
    words = found()
    assert len(words) >= 140, "the word list has lost words"
    assert ledger.left_over(words, TEXT) == []


def test_word_list_knows_its_words():
    """Numbers, ranks, quantities and forecasts that the article does not happen to use."""
    text = "Seven of 12,5 thirds rarely doubled, the greatest few might never exceed half since June"
    words = ledger.tokens(text, BOOK["trigger_words"], BOOK["claims"].iloc[:0], BOOK["not_claims"].iloc[:0])
    assert [w.word for w in words] == ["Seven", "12,5", "rarely", "greatest", "few", "might", "never", "half",
                                       "since", "June"]


@pytest.mark.parametrize("claim_id", ["C30", "C40", "C64", "C73"])
def test_a_missing_claim_is_noticed(claim_id):
    left = ledger.left_over(found(claims=BOOK["claims"].drop(claim_id)), TEXT)
    assert left and all("a claim or a not_claims row" in str(fault) for fault in left)


def test_a_missing_not_claim_is_noticed():
    assert all(ledger.left_over(found(not_claims=BOOK["not_claims"].drop(key)), TEXT)
               for key in BOOK["not_claims"].index if key != "N03")


def test_every_quote_stands_once_where_its_row_says():
    for name in ("claims", "not_claims"):
        assert ledger.quote_faults(TEXT, BOOK[name], name) == []


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [("quote", "Five H-6 bombers", "0 times"), ("quote", "Kazakhstan", "times"),
     ("paragraph", 3, "expected 17, found 3")],
)
def test_a_wrong_quote_is_named(column, value, message):
    rows = BOOK["claims"].copy()
    rows[column] = rows[column].astype(object)
    rows.loc["C70", column] = value
    (fault,) = ledger.quote_faults(TEXT, rows, "data/claims.csv")
    assert message in str(fault) and "row C70" in str(fault)


def test_every_excerpt_is_the_article_around_its_quote():
    assert ledger.excerpt_faults(TEXT, BOOK["claims"], "data/claims.csv") == []


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        ("said", "5 H-6 bombers", "expected words of the quote, found '5 H-6 bombers'"),
        ("said", "took off from air bases", "expected words of the quote"),
        ("word", "4", "expected words of the quote, found '4'"),
        ("context", "In September 2010, Four H-6 bombers", "expected words of the seed around the quote"),
        ("context", "took off from air bases in Urumqi, China", "expected words of the seed around the quote"),
    ],
)
def test_an_excerpt_that_is_not_of_the_article_is_named(column, value, message):
    rows = BOOK["claims"].copy()
    rows.loc["C70", column] = value
    (fault,) = ledger.excerpt_faults(TEXT, rows, "data/claims.csv")
    assert message in str(fault) and (fault.row, fault.column) == ("C70", column)


def test_an_excerpt_that_is_wrong_stops_the_check():
    claims = BOOK["claims"].copy()
    claims.loc["C70", "context"] = f"Some {claims.at['C70', 'quote']}"
    book = tables.Tables(BOOK, claims=claims)
    assert [(f.row, f.column) for f in everything.ledger_faults(book, TEXT)] == [("C70", "context")]


def test_ids_run_without_gaps():
    assert list(BOOK["claims"].index) == [f"C{i:02d}" for i in range(1, len(BOOK["claims"]) + 1)]


def test_forecast_columns_belong_to_forecasts():
    claims = BOOK["claims"].copy()
    claims.loc["C70", "horizon"] = "2022-12-31"
    book = tables.Tables(BOOK, claims=claims)
    assert [(f.row, f.column) for f in everything.ledger_faults(book, TEXT)] == [("C70", "horizon")]


def test_paragraphs_are_the_blank_line_blocks():
    assert len(ledger.paragraphs(TEXT)) == 22
    assert ledger.paragraphs("one\ntwo\n\n\nthree\n") == [(0, 7), (10, 15)]


def test_ledger_has_only_known_chapters():
    assert set(BOOK["claims"]["chapter"]) == set(ledger.CHAPTERS)
    assert isinstance(BOOK["claims"], pd.DataFrame)
