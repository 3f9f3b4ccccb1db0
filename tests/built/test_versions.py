"""The built book names one version on every surface, and its list of sums is that of its files."""

import release
from build import HTML, PDF
from evidence.publish import citation


def test_every_surface_has_the_version():
    found = release.versions(HTML, PDF / citation.PDF)
    assert len(found) == 6 and set(found.values()) == {citation.load()["version"]}


def test_the_sums_are_those_of_the_site():
    assert release.built_faults(HTML) == []
