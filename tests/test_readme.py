"""README.md says what the evidence says."""

import pytest
from evidence import readme

TEXT = readme.README.read_text("utf-8")


def test_findings_are_up_to_date():
    assert readme.rewritten(TEXT) == TEXT, "run make rerun"


def test_a_changed_finding_is_noticed():
    spoilt = TEXT.replace("Contradicted", "Supported", 1)
    assert spoilt != TEXT and readme.rewritten(spoilt) == TEXT


def test_lost_markers_are_noticed():
    with pytest.raises(ValueError, match="markers"):
        readme.rewritten("no markers")


def test_every_make_target_named_exists():
    import re

    targets = set(re.findall(r"^([a-z-]+):", (readme.paths.ROOT / "Makefile").read_text("utf-8"), re.M))
    assert set(re.findall(r"make ([a-z-]+)", TEXT)) - {"and"} <= targets
