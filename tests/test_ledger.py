"""The ledger covers the whole article, and would say so if it did not."""

import pytest
from evidence import ledger, tables
from evidence.checks import everything
from spoiling import spoilt

BOOK = tables.load()
if everything.left_out():
    pytest.skip("the article is not in this copy", allow_module_level=True)
TEXT = ledger.seed()


def found(claims=BOOK["claims"], not_claims=BOOK["not_claims"], words=BOOK["trigger_words"]):
    """Return the checkable words of the seed."""
    return ledger.tokens(TEXT, words, claims, not_claims)


def test_word_list_knows_its_words():
    """Numbers, ranks, quantities and forecasts that the article does not happen to use."""
    text = "Seven of 12,5 thirds rarely doubled, the greatest few might never exceed half since June"
    words = ledger.tokens(text, BOOK["trigger_words"], BOOK["claims"].iloc[:0], BOOK["not_claims"].iloc[:0])
    assert len(found()) >= 140, "the word list has lost words"
    assert [w.word for w in words] == ["Seven", "12,5", "rarely", "greatest", "few", "might", "never", "half",
                                       "since", "June"]


@pytest.mark.parametrize("claim_id", ["C30", "C40", "C64", "C73"])
def test_a_missing_claim_is_noticed(claim_id):
    left = ledger.left_over(found(claims=BOOK["claims"].drop(claim_id)), TEXT)
    assert left and all("a claim or a not_claims row" in str(fault) for fault in left)


def test_a_missing_not_claim_is_noticed():
    assert all(ledger.left_over(found(not_claims=BOOK["not_claims"].drop(key)), TEXT)
               for key in BOOK["not_claims"].index if key != "N03")


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [("quote", "Five H-6 bombers", "0 times"), ("quote", "Kazakhstan", "times"),
     ("paragraph", 3, "expected 17, found 3")],
)
def test_a_wrong_quote_is_named(column, value, message):
    (fault,) = ledger.quote_faults(TEXT, spoilt("claims", "C70", **{column: value})["claims"], "data/claims.csv")
    assert message in str(fault) and "row C70" in str(fault)


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
    (fault,) = ledger.excerpt_faults(TEXT, spoilt("claims", "C70", **{column: value})["claims"], "data/claims.csv")
    assert message in str(fault) and (fault.row, fault.column) == ("C70", column)


def test_an_excerpt_that_is_wrong_stops_the_check():
    book = spoilt("claims", "C70", context=f"Some {BOOK['claims'].at['C70', 'quote']}")
    assert [(f.row, f.column) for f in everything.ledger_faults(book, TEXT)] == [("C70", "context")]


def test_ids_run_without_gaps():
    assert list(BOOK["claims"].index) == [f"C{i:02d}" for i in range(1, len(BOOK["claims"]) + 1)]


def test_forecast_columns_belong_to_forecasts():
    book = spoilt("claims", "C70", horizon="2022-12-31")
    assert [(f.row, f.column) for f in everything.ledger_faults(book, TEXT)] == [("C70", "horizon")]


def test_paragraphs_are_the_blank_line_blocks():
    assert len(ledger.paragraphs(TEXT)) == 22
    assert ledger.paragraphs("one\ntwo\n\n\nthree\n") == [(0, 7), (10, 15)]


def test_ledger_has_only_known_chapters():
    assert set(BOOK["claims"]["chapter"]) == set(ledger.CHAPTERS)
