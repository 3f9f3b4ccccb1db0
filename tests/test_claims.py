"""Every claim's judgement, whatever its chapter."""

import pytest
from evidence import tables
from evidence.verdicts import examine, rules
from moving import moved

JUDGED = examine.all_judgements()
BOOK = tables.load()


@pytest.mark.parametrize("key", [k for k, j in JUDGED.items() if j.flip], ids="-".join)
def test_past_the_flip_point_the_outcome_changes_and_short_of_it_not(key):
    judgement = JUDGED[key]
    statistic, criterion, point = judgement.main.statistic, judgement.main.spec.criterion, judgement.flip
    step = float(BOOK["units"].at[statistic.unit, "step"])
    low, high = rules.pivot(statistic, criterion)
    observed = low if point.end == "low" else high
    toward = 1 if (point.value, point.end) > (observed, "low") else -1
    size = abs(point.value - observed) or abs(point.value) or 1
    past = point.value if step else point.value + toward * size * 1e-6
    short = point.value - toward * (step or size * 1e-6)
    assert rules.outcome(moved(statistic, criterion, point.end, past), criterion) != judgement.main.outcome
    if (short - observed) * toward >= 0:
        assert rules.outcome(moved(statistic, criterion, point.end, short), criterion) == judgement.main.outcome


@pytest.mark.parametrize("key", list(JUDGED), ids="-".join)
def test_judgement_is_complete(key):
    judgement = JUDGED[key]
    assert judgement.verdict in rules.VERDICTS
    if judgement.verdict == "untestable":
        assert judgement.flip is None and not judgement.confidence and judgement.flip_reason
    else:
        assert judgement.confidence in ("high", "medium", "low") and judgement.sources
        assert (judgement.flip is None) == (judgement.main.outcome == "open")


@pytest.mark.parametrize("key", list(JUDGED), ids="-".join)
def test_no_row_of_the_article_or_unverified_decides(key):
    judgement = JUDGED[key]
    for result in (judgement.main, *judgement.alternatives):
        rows = [BOOK[table].loc[row] for table, row in result.rows]
        for row in rows:
            assert row.get("verified", "yes") == "yes"
        behind = {BOOK["sources"].at[key, "lineage"] for row in rows
                  for key in [row["source_key"], *row.get("also", "").split()]}
        if behind == {tables.ARTICLE_LINEAGE}:
            assert result.outcome == "open"
